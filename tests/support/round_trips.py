#!/usr/bin/env python3
"""How much of a bibliography comes back from another format: reflist's chains, and other programs' beside them.

    tests/support/round_trips.py reflist FILES…

Each chain is run on each file. What was read before and after is compared as CSL-JSON written by reflist, member by member, entries
by their key: a member is the same, or says the same in letters and digits, or else is changed or missing. A program that refuses a
file is counted, and the file's members are not.

Other programs are tried where they are found: pandoc, bibutils, and citation-js with NODE_PATH set.
"""

import collections
import json
import pathlib
import re
import subprocess
import sys

CITATION_JS = """
const {Cite} = require('@citation-js/core'); for (const p of ['bibtex', 'ris', 'csl']) require('@citation-js/plugin-' + p);
const [from, to] = process.argv.slice(1); const text = require('fs').readFileSync(0, 'utf8');
const types = {bib: '@bibtex/text', ris: '@ris/file', csl: '@csl/list+object'};
const cite = new Cite(from === 'csl' ? JSON.parse(text) : text, {forceType: types[from]});
process.stdout.write(to === 'csl' ? JSON.stringify(cite.data) : cite.format(to === 'bib' ? 'bibtex' : 'ris'));
"""

REFLIST = sys.argv[1]


def ours(start, end):
    names = {"bib": "biblatex", "ris": "ris", "csl": "csl-json"}
    return [REFLIST, "convert", "-q", "-f", names[start], "-t", names[end], "-"]


def citation_js(start, end):
    return ["node", "-e", CITATION_JS, start, end]


# Chains by what goes in and comes out, as commands that read standard input.
CHAINS = {
    "bib-ris-bib": {
        "reflist": [ours("bib", "ris"), ours("ris", "bib")],
        "bibutils": [["bib2xml"], ["xml2ris"], ["ris2xml"], ["xml2bib"]],
        "citation-js": [citation_js("bib", "ris"), citation_js("ris", "bib")],
    },
    "bib-csl-bib": {
        "reflist": [ours("bib", "csl"), ours("csl", "bib")],
        "pandoc": [
            ["pandoc", "-f", "biblatex", "-t", "csljson"],
            ["pandoc", "-f", "csljson", "-t", "biblatex"],
        ],
        "citation-js": [citation_js("bib", "csl"), citation_js("csl", "bib")],
    },
    "ris-csl-ris": {
        "reflist": [ours("ris", "csl"), ours("csl", "ris")],
        "citation-js": [citation_js("ris", "csl"), citation_js("csl", "ris")],
    },
}


def run(commands, data):
    """The output of the last command, or None where one refuses, says nothing, or takes more than a minute."""
    for command in commands:
        try:
            done = subprocess.run(command, input=data, capture_output=True, timeout=60)
        except subprocess.TimeoutExpired:
            return None
        if done.returncode != 0 or not done.stdout.strip():
            return None
        data = done.stdout
    return data


def members(data, start):
    """The members of each entry, by key and place among those of this key."""
    out, seen = {}, collections.Counter()
    for item in json.loads(run([ours(start, "csl")], data) or b"[]"):
        fields = dict(item)
        key = fields.pop("id", "")
        custom = fields.pop("custom", {}) or {}
        for extra in custom.pop("extra", []):
            fields[f"{extra['name']} {extra.get('ordinal', 0)}"] = extra["raw"]
        fields.update((f"custom {name}", value) for name, value in custom.items())
        out[key, seen[key]] = fields
        seen[key] += 1
    return out


def letters(value):
    """Letters and digits without markup."""
    text = re.sub(r"<[^>]*>", "", json.dumps(value, ensure_ascii=False))
    return [c for c in text.lower() if c.isalnum()]


def compare(before, after):
    """Members that are the same, say the same, are changed, are missing."""
    counts = collections.Counter()
    same_order = len(before) == len(after)
    for (key, fields), other in zip(before.items(), list(after.values()) + [{}] * len(before)):
        back = after.get(key, other if same_order else {})
        for name, value in fields.items():
            if name not in back:
                counts["missing"] += 1
            elif back[name] == value:
                counts["same"] += 1
            else:
                counts["similar" if letters(back[name]) == letters(value) else "changed"] += 1
    return counts


def main():
    totals = collections.defaultdict(collections.Counter)
    for path in map(pathlib.Path, sys.argv[2:]):
        data = path.read_bytes()
        start = "ris" if path.suffix == ".ris" else "bib"
        before = members(data, start)
        for chain, programs in CHAINS.items():
            if not before or not chain.startswith(start):
                continue
            for program, commands in programs.items():
                total = totals[chain, program]
                back = run(commands, data)
                if back is None:
                    total["refused"] += 1
                else:
                    total["files"] += 1
                    total.update(compare(before, members(back, start)))
    print("| chain | program | files | refused | members | same | in letters | changed | missing |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for (chain, program), total in totals.items():
        count = sum(total[kind] for kind in ("same", "similar", "changed", "missing"))
        shares = " | ".join(f"{100 * total[kind] / max(count, 1):.1f} %" for kind in ("same", "similar", "changed", "missing"))
        print(f"| {chain} | {program} | {total['files']} | {total['refused']} | {count} | {shares} |")


main()
