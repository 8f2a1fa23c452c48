#!/usr/bin/env bash
# What conversions cost the program: the table of the README.
#
#   benches/conversions.sh FILE.bib FILE.ris [instructions]
#
# The figures of the README are of real files repeated up to 50 MB, as benches/convert.rs makes them; `cargo build --release` comes
# first. With "instructions" they are counted by valgrind's callgrind instead, which other work on the machine does not disturb: take
# files of 1 to 5 MB then, and of two sizes, whose difference is without the start of the program.
set -euo pipefail

bib=$1
ris=$2
how=${3:-time}
reflist=$(dirname "$0")/../target/release/reflist

# measure FROM TO FILE: one line.
measure() {
    local size
    size=$(wc -c <"$3")
    local command=("$reflist" convert -q -j 1 -f "$1" -t "$2" "$3")
    if [ "$how" = instructions ]; then
        local count
        count=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "${command[@]}" 2>&1 >/dev/null |
            sed -n 's/.*Collected : //p')
        awk -v name="$1 to $2" -v count="$count" -v size="$size" \
            'BEGIN { printf "%-22s %14d instructions %8.1f a byte\n", name, count, count / size }'
        return
    fi
    { time -p "${command[@]}" >/dev/null 2>/dev/null; } 2>&1 | awk -v name="$1 to $2" -v size="$size" '
        $1 == "real" { elapsed = $2 }
        $1 == "user" || $1 == "sys" { seconds += $2 }
        END { printf "%-22s %6.2f s processor %6.2f s elapsed %8.1f MB/s\n", name, seconds, elapsed, size / seconds / 1e6 }'
}

measure bibtex csl-json "$bib"
measure bibtex bibtex "$bib"
measure bibtex biblatex "$bib"
measure ris csl-json "$ris"
measure ris bibtex "$ris"
