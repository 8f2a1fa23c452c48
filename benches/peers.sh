#!/usr/bin/env bash
# Converts one BibTeX file to CSL-JSON with reflist and with programs that do the same, and prints the processor time of each.
#
#   benches/peers.sh FILE.bib [FOLDER]
#
# FOLDER holds the peer of npm: npm install --prefix FOLDER @citation-js/core @citation-js/plugin-bibtex @citation-js/plugin-csl
# pandoc is taken from the path. What is not there is passed over. The time is user plus system time of one run, start-up included;
# `cargo build --release` comes first.
set -euo pipefail

file=$1
folder=${2:-.}
reflist=$(dirname "$0")/../target/release/reflist
size=$(wc -c <"$file")

# measure NAME COMMAND...: one line with the time, and how much of the file that is in a second.
measure() {
    name=$1
    shift

    times=$( { time -p "$@" >/dev/null 2>/dev/null; } 2>&1 ) || { echo "$name: failed"; return; }
    echo "$times" | awk -v name="$name" -v size="$size" '
        $1 == "user" || $1 == "sys" { seconds += $2 }
        END { if (seconds < 0.01) seconds = 0.01; printf "%-12s %8.2f s %10.2f MB/s\n", name, seconds, size / seconds / 1e6 }'
}

measure reflist "$reflist" convert -q -j 1 -f bibtex -t csl-json "$file"
if command -v pandoc >/dev/null; then
    measure pandoc pandoc -f bibtex -t csljson "$file"
fi
if [ -d "$folder/node_modules/@citation-js/core" ]; then
    program='
        const { Cite } = require("@citation-js/core")
        require("@citation-js/plugin-bibtex")
        require("@citation-js/plugin-csl")
        const text = require("fs").readFileSync(process.argv[1], "utf8")
        process.stdout.write(JSON.stringify(new Cite(text).data))'
    absolute=$(realpath "$file")
    measure citation-js sh -c 'cd "$1" && exec node -e "$2" "$3"' sh "$folder" "$program" "$absolute"
fi
