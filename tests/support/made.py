#!/usr/bin/env python3
"""Makes articles with real programs from real reference lists, and scores what `reflist find` finds in them.

    REFLIST_SHARED=… tests/support/made.py make FOLDER [COUNT]
    tests/support/made.py score FOLDER target/release/reflist [KIND] [--wrong]

Each of COUNT (ten) lists of the development sets is put behind the body of an article, in turn as a numbered list, as plain paragraphs
and as bullets. pandoc and LibreOffice write it as Word, OpenDocument, HTML, Markdown, LaTeX, JATS and wrapped text; `fmt` wraps it;
pdflatex and LibreOffice print it in one column and pdftotext reads it back, with and without -layout; bibtex and biber make .bbl files of
its records. Beside NAME.PROGRAM.EXTENSION stands NAME.PROGRAM.EXTENSION.gold with the entries and their italic stretches: those that the
source marks, else the container's title. What bibtex prints is taken from a PDF with one entry a line.
"""
import collections, html, json, random, re, subprocess, sys, unicodedata
from pathlib import Path

from printed import PRINTABLE, SHARED, articles, bare, body_tex, is_heading, tex

PROGRAM = Path("target/release/reflist").resolve()
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 600}


def lists():
    """(name, entries) of the lists of at least ten references in the development sets; an entry is a text and its italic places."""
    groups = collections.OrderedDict()
    for source in ("jats", "grobid", "excite"):
        for line in open(SHARED / f"dev/{source}.jsonl"):
            item = json.loads(line)
            text = bare(item["text"])
            lead = len(item["text"]) - len(text)
            marks = [mark[:2] for mark in item.get("marks", []) if mark[2] == "i"]
            names = [label for label in ("container-title", "title") if any(span[2] == label for span in item["spans"])]
            marks = marks or [span[:2] for span in item["spans"] if span[2] in names[:1]]
            places = [(start - lead, end - lead) for start, end in sorted(marks) if start >= lead]
            if len(text) > 25:
                groups.setdefault((source, item["group"]), []).append((text, places))
    by_source = collections.defaultdict(list)
    for (source, group), entries in groups.items():
        if len(entries) >= 10:
            by_source[source].append((re.sub(r"[^A-Za-z0-9]+", "_", f"{source}-{group}"), entries[:60]))
    return [one for row in zip_all(*by_source.values()) for one in row]


def zip_all(*columns):
    return [[column[at] for column in columns if at < len(column)] for at in range(max(map(len, columns)))]


def pieces(entry):
    """An entry as runs: (text, italic)."""
    text, places = entry
    at = 0
    for start, end in places:
        yield text[at:start], False
        yield text[start:end], True
        at = max(at, end)
    yield text[at:], False


def as_html(entry):
    return "".join(f"<i>{html.escape(run)}</i>" if italic else html.escape(run) for run, italic in pieces(entry))


def as_tex(entry):
    return "".join("\\emph{%s}" % tex(run) if italic else tex(run) for run, italic in pieces(entry))


def page(title, body, entries, form, after):
    def paragraph(text):
        return f"<h1>{html.escape(text)}</h1>" if is_heading(text) else f"<p>{html.escape(text)}</p>"
    tag, around = {"numbers": ("li", "ol"), "bullets": ("li", "ul"), "paragraphs": ("p", "div")}[form]
    items = "\n".join(f"<{tag}>{as_html(entry)}</{tag}>" for entry in entries)
    tail = "<h1>About the authors</h1>" + "".join(map(paragraph, after)) if after else ""
    return f"<!doctype html><html><head><meta charset=utf-8><title>{html.escape(title)}</title></head><body>" \
           f"{''.join(map(paragraph, body))}<h1>References</h1><{around}>{items}</{around}>{tail}</body></html>"


def article(body, entries, form, after):
    """A LaTeX article in one column."""
    items = {"numbers": "\\begin{thebibliography}{99}\n%s\n\\end{thebibliography}", "bullets": "\\section*{References}\\begin{itemize}\n%s\n\\end{itemize}",
             "paragraphs": "\\section*{References}{\\setlength{\\parindent}{0pt}\\everypar{\\hangindent=1.5em\\hangafter=1}\n%s\n\n}"}[form]
    lead = {"numbers": lambda at: "\\bibitem{key%d} " % at, "bullets": lambda _: "\\item ", "paragraphs": lambda _: ""}[form]
    tail = "\n\n\\section*{About the authors}\n" + "\n\n".join(tex("".join(PRINTABLE.findall(p))) for p in after) if after else ""
    return "\\documentclass[11pt]{article}\\usepackage[margin=28mm]{geometry}\\usepackage[T1]{fontenc}\\usepackage{lmodern,textcomp,url}" \
           "\\sloppy\\emergencystretch=3em\\begin{document}\n%s\n%s%s\n\\end{document}\n" % (
               body_tex(body, random.Random(1), True), items % "\n\n".join(lead(at) + as_tex(entry) for at, entry in enumerate(entries)), tail)


def gold(path, entries):
    path.with_name(path.name + ".gold").write_text(json.dumps([list(map(list, pieces(entry))) for entry in entries], ensure_ascii=False))


def pandoc(source, target, *options):
    subprocess.run(["pandoc", "-f", "html", source, "-o", target, *options], check=True, **QUIET)


def pdftotext(pdf, name, entries):
    for option, kind in (["-layout"], "layout"), ([], "plain"):
        out = pdf.with_name(f"{name}-{kind}.txt")
        subprocess.run(["pdftotext", *option, "-enc", "UTF-8", pdf, out], check=True)
        gold(out, entries)


def by_pandoc(folder, name, source, entries, at):
    markdown = ["markdown", "gfm", "commonmark"][at % 3]
    latex = ["latex", "latex-smart"][at % 2]
    for target, options in {
        "pandoc.docx": [], "pandoc.odt": [], "pandoc.html": ["-s"], "pandoc.md": ["-t", markdown], "pandoc.tex": ["-s", "-t", latex],
        "pandoc.xml": ["-s", "-t", "jats"], "pandoc.txt": ["-t", "plain", "--wrap=auto", f"--columns={[72, 100][at % 2]}"],
    }.items():
        out = folder / f"{name}.{target}"
        pandoc(source, out, *options)
        gold(out, entries)


def by_fmt(folder, name, body, entries, form, after):
    """Paragraphs wrapped by fmt, those of the list in three ways: numbers, a hanging indent (fmt -t), blank lines."""
    options = ["-t"] if form == "bullets" else []
    def wrapped(text, *options):
        return subprocess.run(["fmt", "-w", "76", *options], input=text, capture_output=True, text=True, check=True).stdout
    lead = (lambda at: f"[{at}] ") if form == "numbers" else (lambda _: "")
    items = [wrapped(lead(at) + entry[0] + "\n", *options) for at, entry in enumerate(entries, 1)]
    parts = [wrapped("\n\n".join(body)), "References\n", ("\n" if form == "paragraphs" else "").join(items)]
    out = folder / f"{name}.fmt.txt"
    out.write_text("\n".join(parts + (["About the authors\n", wrapped("\n\n".join(after))] if after else [])))
    gold(out, entries)


def by_latex(folder, name, body, entries, form, after):
    entries = [entry for entry in entries if PRINTABLE.fullmatch(entry[0])]
    out = folder / f"{name}.pdflatex.tex"
    out.write_text(article(body, entries, form, after))
    subprocess.run(["pdflatex", "-interaction=batchmode", out.name], cwd=folder, **QUIET)
    gold(out, entries)
    pdftotext(out.with_suffix(".pdf"), f"{name}.pdflatex", entries)


WIDE = "\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage{lmodern,textcomp,url}" \
       "\\usepackage[paperwidth=5600mm,paperheight=2000mm,margin=1mm]{geometry}\\pagestyle{empty}\\begin{document}\\input{%s}\\end{document}"
BIBER = "\\documentclass{article}\\usepackage[style=%s]{biblatex}\\addbibresource{%s}\\begin{document}\\nocite{*}\\printbibliography\\end{document}"


def tools(folder, *commands):
    for command in commands:
        subprocess.run(command, cwd=folder, **QUIET)


def printed_entries(folder, bbl):
    """The entries of a .bbl as TeX prints them, each on one line of a very wide page."""
    (folder / "wide.tex").write_text(WIDE % bbl)
    tools(folder, ["pdflatex", "-interaction=batchmode", "wide.tex"])
    xml = subprocess.run(["pdftohtml", "-xml", "-i", "-stdout", "wide.pdf"], cwd=folder, capture_output=True, text=True).stdout
    rows, last = [], -100
    for top, left, line in sorted((int(top), int(left), line) for top, left, line in re.findall(r'<text top="(\d+)" left="(\d+)"[^>]*>(.*?)</text>', xml)):
        if top - last > 14:
            rows.append([])
        last = top
        rows[-1].append((left, line))
    for row in rows[1:]:
        runs, italic = [], False
        for part in re.split(r"(<[^>]*>)", " ".join(line for _, line in sorted(row))):
            if part.startswith("<"):
                italic = {"<i>": True, "</i>": False}.get(part, italic)
            else:
                runs.append((html.unescape(part), italic))
        runs[0] = (re.sub(r"^\[[^\]]*\]\s*", "", runs[0][0]), runs[0][1])
        yield runs


def by_bibtex(folder, name, entries, at):
    """.bbl files of bibtex and biber, from the records that reflist reads in the list."""
    lines = "".join(entry[0] + "\n" for entry in entries if PRINTABLE.fullmatch(entry[0]))
    for dialect in "bibtex", "biblatex":
        bib = subprocess.run([PROGRAM, "convert", "-f", "lines", "-t", dialect, "--ascii"], input=lines, capture_output=True, text=True)
        (folder / f"{name}-{dialect}.bib").write_text(bib.stdout)
    (folder / f"{name}.bibtex.aux").write_text("\\citation{*}\n\\bibstyle{%s}\n\\bibdata{%s-bibtex}\n" % (["plain", "unsrt", "apalike"][at % 3], name))
    tools(folder, ["bibtex", f"{name}.bibtex"])
    (folder / f"{name}.bibtex.bbl.gold").write_text(json.dumps(list(printed_entries(folder, f"{name}.bibtex.bbl"))))
    (folder / f"{name}.biber.tex").write_text(BIBER % (["numeric", "authoryear"][at % 2], f"{name}-biblatex.bib"))
    tools(folder, ["pdflatex", "-interaction=batchmode", f"{name}.biber.tex"], ["biber", f"{name}.biber"])
    (folder / f"{name}.biber.tex").unlink()
    (folder / f"{name}.biber.bbl.gold").write_text(json.dumps(items(PROGRAM, folder / f"{name}-biblatex.bib")))


def by_libreoffice(folder, found):
    """All documents at once, since the program starts slowly: HTML to OpenDocument, that to Word, HTML and PDF."""
    office = ["soffice", "--headless", "--convert-to"]
    sources = [f"{name}.libreoffice.htm" for name in found]
    for name in found:
        (folder / f"{name}.libreoffice.htm").write_text((folder / f"{name}.source").read_text())
    texts = [f"{name}.libreoffice.odt" for name in found]
    tools(folder, [*office, "odt:writer8", "--outdir", ".", "--infilter=HTML (StarWriter)", *sources],
          *([*office, kind, "--outdir", ".", *texts] for kind in ("docx:MS Word 2007 XML", "html:HTML (StarWriter)", "pdf:writer_pdf_Export")))
    for name, entries in found.items():
        for extension in "odt", "docx", "html":
            gold(folder / f"{name}.libreoffice.{extension}", entries)
        pdftotext(folder / f"{name}.libreoffice.pdf", f"{name}.libreoffice", entries)


def make(folder, count):
    folder.mkdir(parents=True, exist_ok=True)
    bodies = [body for name, body, _ in articles() if not name.startswith(("grobid", "excite"))]
    found = {}
    for at, (name, entries) in enumerate(lists()[:count]):
        rng = random.Random(name)
        form = ["numbers", "paragraphs", "bullets"][at // 3 % 3]
        title, *body = bodies[at][: rng.randint(12, 40)]
        after = [p for p in body if len(p) > 200][:2] if rng.random() < 0.4 else []
        name = f"{at:02}-{form}-{name}"
        source = folder / f"{name}.source"
        source.write_text(page(title, body, entries, form, after))
        by_pandoc(folder, name, source, entries, at)
        by_fmt(folder, name, body, entries, form, after)
        by_latex(folder, name, body, entries, form, after)
        by_bibtex(folder, name, entries, at)
        found[name] = entries
    by_libreoffice(folder, found)


def shape(runs):
    """The letters and digits of an entry, and where among them the italic ones stand."""
    text, italic = "", set()
    for run, is_italic in runs:
        letters = [c for c in unicodedata.normalize("NFKC", run).lower() if c.isalnum()]
        italic |= set(range(len(text), len(text) + len(letters))) if is_italic else set()
        text += "".join(letters)
    starts = sorted(at for at in italic if at - 1 not in italic)
    return text, tuple((start, next(at for at in range(start, len(text) + 1) if at not in italic)) for start in starts)


def items(program, path):
    """The records of a bibliography, by what a .bbl of biber holds of them: it does not tell a body from a person of one name."""
    run = subprocess.run([program, "convert", "-q", "-t", "csl-json", path], capture_output=True, text=True)
    keep = "title", "author", "editor", "issued", "container-title", "volume", "issue", "page", "DOI", "publisher"
    records = [[item.get(field) for field in keep] for item in json.loads(run.stdout or "[]")]
    return [[[json.dumps(record, ensure_ascii=False).replace('"literal"', '"family"'), False]] for record in records]


def found_in(program, path):
    if path.name.endswith(".biber.bbl"):
        return [shape(item) for item in items(program, path)]
    run = subprocess.run([program, "find", "--json", path], capture_output=True, text=True)
    out = []
    for entry in (entry for one in json.loads(run.stdout or '{"lists": []}')["lists"] for entry in one["entries"]):
        marks = [(mark["start"], mark["end"]) for mark in entry["marks"] or [] if mark["kind"] == "italic"]
        out.append(shape(pieces((entry["text"], sorted(marks)))))
    return out


def score(folder, program, kind, wrong):
    table = collections.defaultdict(lambda: [0] * 6)
    for path in sorted(folder.glob(f"*.{kind}*.gold" if kind else "*.gold")):
        wanted, found = [shape(runs) for runs in json.loads(path.read_text())], found_in(program, path.with_suffix(""))
        texts, others = (collections.Counter(text for text, _ in side) for side in (wanted, found))
        whole, marks = texts & others, dict(found)
        stretches = [(text, place) for text, places in wanted if text in marks for place in places]
        arrived = [place in marks[text] for text, place in stretches]
        row = 1, sum(whole.values()), len(found), len(wanted), sum(arrived), len(arrived)
        name = path.with_suffix("").name.split(".", 1)[1]
        table[name] = [a + b for a, b in zip(table[name], row)]
        if wrong and not row[1] == row[2] == row[3]:
            print(f"== {path.with_suffix('').name}: {row[1]} of {row[3]} whole, {row[2]} found")
            print(*[f"  - {line[:150]}" for line in texts - others][:8], *[f"  + {line[:150]}" for line in others - texts][:8], sep="\n")
        if wrong and "txt" not in name:
            print(*[f"  i {text[:50]} …: {text[slice(*place)]} {marks[text]}" for (text, place), there in zip(stretches, arrived) if not there][:5], sep="\n")
    print(f"{'kind':22} {'documents':>9} {'entries':>8} {'found':>6} {'precision':>9} {'recall':>7} {'F1':>6} {'italics':>8}")
    for name, (documents, whole, found, wanted, arrived, stretches) in sorted(table.items()):
        italics = f"{arrived / max(stretches, 1):.3f}" if "txt" not in name and "biber" not in name else "-"
        print(f"{name:22} {documents:9} {wanted:8} {found:6} {whole / max(found, 1):9.3f} {whole / max(wanted, 1):7.3f} "
              f"{2 * whole / max(found + wanted, 1):6.3f} {italics:>8}")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 10)
    else:
        score(Path(sys.argv[2]), sys.argv[3], next((a for a in sys.argv[4:] if a != "--wrong"), ""), "--wrong" in sys.argv)
