#!/usr/bin/env python3
"""Prints articles in two columns, reads the PDFs back with pdftotext, and scores what `reflist find` finds in the text.

    REFLIST_SHARED=… tests/support/printed.py print FOLDER [COUNT]
    tests/support/printed.py score FOLDER target/release/reflist [tuned|held] [--wrong]

Bodies and reference lists are those of the labelled articles and of the development sets; each document is set by one of several
classes and styles (LaTeX's article, IEEEtran, REVTeX, elsarticle, amsart; CSS columns by WeasyPrint where it is installed). For each
there is NAME.layout.txt (pdftotext -layout), NAME.plain.txt (pdftotext), and NAME.gold with one reference a line. Needs pdflatex with
texlive-publishers, and poppler-utils.
"""
import collections, gzip, html, json, os, random, re, subprocess, sys
from pathlib import Path

SHARED = Path(os.environ.get("REFLIST_SHARED", "../shared")) / "data"
PRINTABLE = re.compile(r"[\u0020-\u007e\u00a0-\u017f\u2010-\u2015\u2018-\u201e\u2026]*")


def articles():
    """(name, paragraphs, references) of labelled articles and of the lists of the development sets."""
    found, bodies = [], []
    with gzip.open(SHARED / "documents/jats.jsonl.gz", "rt") as file:
        for line in file:
            article = json.loads(line)
            spans = article["reference_spans"]
            body = article["text"][: spans[0][0]]
            body = [p.strip() for p in body.split("\n\n") if len(p.strip()) > 20]
            bodies.append(body)
            found.append((article["id"], body, [article["text"][a:b] for a, b in spans]))
    groups = collections.OrderedDict()
    for name in ("grobid", "excite"):
        with open(SHARED / f"dev/{name}.jsonl") as file:
            for line in file:
                item = json.loads(line)
                groups.setdefault(f"{name}-{item['group']}", []).append(item["text"])
    lists = [(name, refs) for name, refs in groups.items() if len(refs) >= 10]
    found += [(name, bodies[at % len(bodies)], refs[:60]) for at, (name, refs) in enumerate(lists)]
    return found


def bare(text):
    return re.sub(r"^(\[\d+\]|\(\d+\)|\d{1,3}\.|\d{1,3}(?= ([A-Z]|de |van |von )))\s*", "", " ".join(text.split()))


TEX = {"\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "_": "\\_", "%": "\\%",
       "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "\\textless{}", ">": "\\textgreater{}"}


def tex(text):
    def link(word):
        return "\\url{%s}" % word if re.match(r"(https?://|10\.\d{4})[\x21-\x7e]+$", word) and not set(word) & set("{}\\%#") \
            else "".join(TEX.get(c, c) for c in word)
    return " ".join(link(word) for word in text.split(" "))


def is_heading(paragraph):
    return len(paragraph) < 60 and not paragraph.endswith(".")


def body_tex(paragraphs, rng, notes):
    out = []
    for paragraph in paragraphs:
        paragraph = "".join(PRINTABLE.findall(paragraph))
        if is_heading(paragraph):
            out.append("\\section{%s}" % tex(paragraph))
            continue
        text = tex(paragraph)
        if notes and rng.random() < 0.2:
            text += "\\footnote{%s}" % tex(paragraph[:120].rsplit(" ", 1)[0] + ".")
        out.append(text)
        if rng.random() < 0.06:
            out.append("\\begin{figure}[t]\\centering\\rule{.8\\columnwidth}{20mm}\\caption{%s}\\end{figure}" % tex(paragraph[:150]))
        if rng.random() < 0.03:
            out.append("\\begin{table*}[t]\\centering\\caption{Values}\\begin{tabular}{lrrrr}Name&A&B&C&D\\\\"
                       + "".join("Row %d&%.2f&%.2f&%d&%d\\\\" % (n, rng.random(), rng.random(), n * 7, n * 31) for n in range(6))
                       + "\\end{tabular}\\end{table*}")
    return "\n\n".join(out)


HEAD = {
    "article": "\\documentclass[10pt,twocolumn]{article}\\usepackage[margin=20mm,columnsep=8mm]{geometry}",
    "fancy": "\\documentclass[10pt,twocolumn,twoside]{article}\\usepackage[margin=18mm,columnsep=6mm]{geometry}\\usepackage{fancyhdr}"
             "\\pagestyle{fancy}\\fancyhf{}\\fancyhead[RE]{Towns and Roads 12 (2019) 103--117}\\fancyhead[LO]{K. Osei et al.}\\fancyfoot[LE,RO]{\\thepage}",
    "ieee": "\\documentclass[journal]{IEEEtran}\\markboth{Journal of Roads, Vol. 3, No. 2, March 2019}{Osei \\emph{et al.}: On towns}",
    "revtex": "\\documentclass[aps,prl,reprint]{revtex4-2}",
    "elsarticle": "\\documentclass[5p,times]{elsarticle}\\journal{Journal of Roads}",
    "amsart": "\\documentclass[9pt,twocolumn]{amsart}\\usepackage[margin=20mm,columnsep=7mm]{geometry}",
}
STYLES = ["brackets", "dots", "hanging", "indented", "blanks", "flush"]


def list_tex(references, style):
    if style == "brackets":
        items = "\n\n".join("\\bibitem{k%d} %s" % (n, tex(text)) for n, text in enumerate(references))
        return "\\begin{thebibliography}{%d}\n%s\n\\end{thebibliography}" % (len(references), items)
    if style == "dots":
        items = "\n".join("\\item %s" % tex(text) for text in references)
        return "\\section*{REFERENCES}{\\small\\begin{enumerate}\\setlength{\\itemsep}{0pt}\\setlength{\\parsep}{0pt}\n%s\n\\end{enumerate}}" % items
    setting = {"hanging": "\\setlength{\\parindent}{0pt}\\everypar{\\hangindent=1.5em\\hangafter=1}",
               "indented": "\\setlength{\\parindent}{1.2em}", "blanks": "\\setlength{\\parindent}{0pt}\\setlength{\\parskip}{6pt}",
               "flush": "\\setlength{\\parindent}{0pt}\\setlength{\\parskip}{0pt}"}[style]
    return "\\section*{References}{\\footnotesize%s\n%s\n\n}" % (setting, "\n\n".join(tex(text) for text in references))


def latex(kind, style, title, body, references, after, rng, folder, name):
    front = "\\title{%s}" % tex(title)
    author = "Kofi Osei and Ada Harlan"
    if kind == "elsarticle":
        start = "\\begin{document}\\begin{frontmatter}%s\\author{Kofi Osei}\\author{Ada Harlan}\\begin{abstract}%s\\end{abstract}\\end{frontmatter}" % (front, tex(body[0][:600]))
    else:
        start = "\\begin{document}%s\\author{%s}\\maketitle" % (front, author)
    ragged = "\\raggedright\n" if rng.random() < 0.15 else ""
    source = "\n".join([
        HEAD[kind], "\\usepackage[T1]{fontenc}\\usepackage{lmodern,textcomp}\\usepackage{url}\\def\\UrlBreaks{\\do\\/\\do-\\do.\\do_\\do=\\do?}\\sloppy\\emergencystretch=3em\\hbadness=10000\\vbadness=10000", start, ragged,
        body_tex(body, rng, kind in ("fancy", "article")), list_tex(references, style),
        "".join("\n\n%s" % tex("".join(PRINTABLE.findall(p))) if n else "\n\n\\section*{About the authors}" for n, p in enumerate([""] + after)) if after else "",
        "\\end{document}"])
    (folder / f"{name}.tex").write_text(source)
    subprocess.run(["pdflatex", "-interaction=batchmode", f"{name}.tex"], cwd=folder, stdout=subprocess.DEVNULL, timeout=180)


CSS = """@page{size:A4;margin:20mm 16mm;@top-center{content:"Annals of Roads and Towns, vol. 4"}@bottom-center{content:counter(page)}}
body{font:9.5pt/1.25 serif;text-align:justify;hyphens:auto}h1{text-align:center}.text{columns:2;column-gap:8mm}
p{margin:0;text-indent:1em}ol,ul{margin:0;padding-left:2em;font-size:8.5pt}ul{list-style:none;padding-left:1.4em;text-indent:-1.4em}"""


def css(style, title, body, references, after, folder, name):
    def paragraph(text):
        text = "".join(PRINTABLE.findall(text))
        return f"<h2>{html.escape(text)}</h2>" if is_heading(text) else f"<p>{html.escape(text)}</p>"
    tag = "ol" if style in ("brackets", "dots") else "ul"
    items = "".join(f"<li>{html.escape(text)}</li>" for text in references)
    tail = "<h2>About the authors</h2>" + "".join(map(paragraph, after)) if after else ""
    page = f"<!doctype html><html lang=en><meta charset=utf-8><style>{CSS}</style><h1>{html.escape(title)}</h1><div class=text>" \
           f"{''.join(map(paragraph, body))}<h2>References</h2><{tag}>{items}</{tag}>{tail}</div>"
    (folder / f"{name}.html").write_text(page)
    subprocess.run([sys.executable, "-m", "weasyprint", f"{name}.html", f"{name}.pdf"], cwd=folder, stderr=subprocess.DEVNULL, timeout=180)


def held_back(name):
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return (value >> 20) % 3 == 0


def print_all(folder, count):
    folder.mkdir(parents=True, exist_ok=True)
    try:
        import weasyprint  # noqa: F401
        kinds = [*HEAD, "css"]
    except ImportError:
        kinds = list(HEAD)
    found = articles()
    random.Random(7).shuffle(found)
    for at, (article, body, references) in enumerate(found[:count]):
        rng = random.Random(article)
        references = [bare(text) for text in references]
        references = [text for text in references if PRINTABLE.fullmatch(text) and len(text) > 25][:120]
        if len(references) < 8:
            continue
        kind, style = kinds[at % len(kinds)], STYLES[(at // len(kinds) + at) % len(STYLES)]
        title, body = body[0][:150], body[1 : rng.randint(8, 40)]
        after = [p for p in body if len(p) > 200][:3] if rng.random() < 0.4 else []
        safe = re.sub(r"\W", "_", article)
        name = f"{'held' if held_back(article) else 'tuned'}-{kind}-{style}-{safe}"
        if kind == "css":
            css(style, title, body, references, after, folder, name)
        else:
            latex(kind, style, title, body, references, after, rng, folder, name)
        if not (folder / f"{name}.pdf").exists():
            print("not set:", name, file=sys.stderr)
            continue
        (folder / f"{name}.gold").write_text("\n".join(references) + "\n")
        for option, end in (["-layout"], "layout"), ([], "plain"):
            subprocess.run(["pdftotext", *option, "-enc", "UTF-8", f"{name}.pdf", f"{name}.{end}.txt"], cwd=folder, check=True)


def letters(text):
    return "".join(c for c in text.lower() if c.isalnum())


def score(folder, program, part, wrong):
    """F1 of references whose letters and digits are all right, by kind of text and class."""
    table = collections.defaultdict(lambda: [0, 0, 0, 0])
    for gold in sorted(folder.glob(f"{part}*.gold")):
        wanted = [letters(line) for line in gold.read_text().splitlines()]
        for end in "layout", "plain":
            text = gold.with_suffix(f".{end}.txt")
            run = subprocess.run([program, "find", "--json", text], capture_output=True, text=True)
            lists = json.loads(run.stdout)["lists"] if run.stdout else []
            found = [letters(entry["text"]) for found in lists for entry in found["entries"]]
            missing, extra = collections.Counter(wanted), collections.Counter(found)
            right = sum((missing & extra).values())
            missing, extra = missing - extra, extra - missing
            if wrong:
                print(f"== {text.name} right {right} of {len(wanted)}, found {len(found)}")
                print(*[f"  - {line[:150]}" for line in missing][:4], *[f"  + {line[:150]}" for line in extra][:4], sep="\n")
            kind = gold.name.split("-")[1]
            for key in (end, "all"), (end, kind):
                table[key] = [a + b for a, b in zip(table[key], (1, right, len(found), len(wanted)))]
    for (end, kind), (documents, right, found, gold) in sorted(table.items()):
        print(f"{end:7} {kind:11} {documents:4} documents {gold:5} references  F1 {2 * right / max(found + gold, 1):.3f}")


if __name__ == "__main__":
    if sys.argv[1] == "print":
        print_all(Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 10**6)
    else:
        score(Path(sys.argv[2]), sys.argv[3], next((a for a in sys.argv[4:] if a != "--wrong"), ""), "--wrong" in sys.argv)
