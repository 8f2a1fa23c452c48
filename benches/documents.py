#!/usr/bin/env python3
"""What documents cost the program, by kind and size: the table of the README.

    benches/documents.py PROGRAM [MEGABYTES …] [--kinds md,docx,…]

Half of each document is body text and half a reference list, both put together from a few hundred words by a fixed generator; its size
is that of the text with its markup, before a .docx or .odt packs it. For `find` and for `convert -t csl-json -j 1` the program prints
processor time and the most memory, and how both grow with the size. `cargo build --release` comes first; /usr/bin/time
is GNU's.
"""
import random, subprocess, sys, tempfile, textwrap, zipfile
from pathlib import Path

NAMES = [first + last for first in "Ash Bake Clark Drew Fost Hart Kent Mill Osei Rose Stone Win".split() for last in "by dale er ford ham land ley man son ton well wick".split()]
WORDS = "towns roads rivers bridges trade growth change market power health of and in the between from under early modern local".split()
PLACES = "Oxford Paris Berlin Lisbon Accra Harare Boston Toronto".split()
HOUSES = "Clarendon Press|Plon|Springer|University Press|Northern Books".split("|")


def title(rng):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(5, 12))).capitalize()


def reference(rng):
    """One reference as runs: (text, italic)."""
    names = ", ".join(f"{rng.choice(NAMES)}, {chr(rng.randint(65, 90))}." for _ in range(rng.randint(1, 4)))
    head = f"{names} ({rng.randint(1950, 2024)}). "
    if rng.random() < 0.7:
        page = rng.randint(1, 900)
        return [(head + title(rng) + ". ", False), ("Journal of " + title(rng), True),
                (f", {rng.randint(1, 90)}({rng.randint(1, 12)}), {page}–{page + 14}.", False)]
    return [(head, False), (title(rng), True), (f". {rng.choice(PLACES)}: {rng.choice(HOUSES)}.", False)]


def paragraph(rng):
    return " ".join(title(rng) + "." for _ in range(rng.randint(6, 14)))


def plain(runs):
    return "".join(text for text, _ in runs)


def marked(runs, before, after):
    return "".join(before + text + after if italic else text for text, italic in runs)


def tex(runs):
    return marked(runs, "\\emph{", "}").replace("–", "--")


def word(runs):
    return "".join(f'<w:r>{"<w:rPr><w:i/></w:rPr>" if italic else ""}<w:t xml:space="preserve">{text}</w:t></w:r>' for text, italic in runs)


# For each kind: what stands in front, a paragraph, the heading, a reference, what stands behind.
KINDS = {
    "md": ("# Towns\n\n", "{}\n\n".format, "# References\n\n", lambda runs: f"- {marked(runs, '*', '*')}\n", ""),
    "html": ("<!doctype html><title>Towns</title><h1>Towns</h1>\n", "<p>{}</p>\n".format, "<h2>References</h2>\n<ul>\n",
             lambda runs: f"<li>{marked(runs, '<i>', '</i>')}</li>\n", "</ul>\n"),
    "tex": ("\\documentclass{article}\n\\begin{document}\n", "{}\n\n".format, "\\begin{thebibliography}{9}\n",
            lambda runs: f"\\bibitem{{k}} {tex(runs)}\n\n", "\\end{thebibliography}\n\\end{document}\n"),
    "docx": ('<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>',
             lambda text: f"<w:p>{word([(text, False)])}</w:p>", f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{word([("References", False)])}</w:p>',
             lambda runs: f"<w:p>{word(runs)}</w:p>", "</w:body></w:document>"),
    "odt": ('<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
            ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"><office:automatic-styles><style:style style:name="T1"'
            ' style:family="text"><style:text-properties fo:font-style="italic"/></style:style></office:automatic-styles><office:body><office:text>',
            "<text:p>{}</text:p>".format, '<text:h text:outline-level="1">References</text:h>',
            lambda runs: "<text:p>" + marked(runs, '<text:span text:style-name="T1">', "</text:span>") + "</text:p>",
            "</office:text></office:body></office:document-content>"),
    "txt": ("Towns\n\n", lambda text: textwrap.fill(text, 76) + "\n\n", "References\n\n",
            lambda runs: textwrap.fill(plain(runs), 76, subsequent_indent="   ", break_on_hyphens=False) + "\n", ""),
    # A list that somebody pasted: no body, one reference below the other.
    "list": ("", None, "", lambda runs: plain(runs) + "\n", ""),
}


def make(path, kind, size):
    """Writes a document of about `size` bytes and tells its size and the number of its references."""
    rng = random.Random(7)
    front, body, heading, entry, end = KINDS[kind]
    parts, length, count = [front], len(front), 0
    while body and length < size / 2:
        parts.append(body(paragraph(rng)))
        length += len(parts[-1])
    parts.append(heading)
    while length < size:
        parts.append(entry(reference(rng)))
        length += len(parts[-1].encode())
        count += 1
    text = "".join([*parts, end]).encode()
    inner = {"docx": "word/document.xml", "odt": "content.xml"}.get(kind)
    if inner:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            if kind == "odt":
                archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr(inner, text)
    else:
        path.write_bytes(text)
    return len(text), count


def run(command):
    """Seconds of processor time and the most memory in bytes. Without `time` between, the memory of this program would count, too."""
    out = subprocess.run(["/usr/bin/time", "-f", "%U %S %M", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    user, system, kilobytes = out.stderr.splitlines()[-1].split()
    return float(user) + float(system), int(kilobytes) * 1024


def main():
    program, rest = str(Path(sys.argv[1]).resolve()), sys.argv[2:]
    kinds = list(KINDS)
    if "--kinds" in rest:
        at = rest.index("--kinds")
        kinds, rest = rest[at + 1].split(","), rest[:at] + rest[at + 2:]
    sizes = [int(size) for size in rest] or [10, 20, 50]
    print(f"{'kind':5} {'MB':>5} {'references':>10}   {'find':>7} {'a MB':>6} {'memory':>8} {'a byte':>6}   {'convert':>7} {'a MB':>6} {'memory':>8} {'a byte':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds:
            for size in sizes:
                path = Path(folder) / f"document.{'txt' if kind == 'list' else kind}"
                length, count = make(path, kind, size * 1_000_000)
                form = ["-f", "list"] if kind == "list" else []
                figures = []
                for command in [program, "find", *form, str(path)], [program, "convert", "-q", "-j", "1", "-t", "csl-json", *form, str(path)]:
                    seconds, memory = run(command)
                    figures.append(f"{seconds:6.2f}s {seconds / size:6.3f} {memory / 1e6:5.0f} MB {memory / length:6.1f}")
                print(f"{kind:5} {length / 1e6:5.1f} {count:10}   {'   '.join(figures)}", flush=True)


if __name__ == "__main__":
    main()
