use reflist::document::{Document, DocumentKind};
use reflist::parse::{entries, section};
use std::io::Write;
fn main() {
    let p = std::env::args().nth(1).unwrap();
    let b = std::fs::read(&p).unwrap();
    let kind = DocumentKind::detect(p.rsplit('.').next(), &b).unwrap();
    let d = Document::read(kind, &b);
    let mut o = std::io::stdout().lock();
    for x in d.diagnostics() {
        writeln!(o, "{x}").unwrap();
    }
    let (l, dg) = section::find(&d);
    for x in dg {
        writeln!(o, "{x}").unwrap();
    }
    for l in &l {
        let e = entries::split(&d, l);
        writeln!(o, "LIST {:?} {:?} {:.2} n={}", l.title, l.reason, l.confidence, e.len()).unwrap();
        for e in e {
            writeln!(
                o,
                "  [{}] {} {:?} <{}>",
                e.label.as_deref().unwrap_or(""),
                e.text,
                e.marks.iter().map(|m| &e.text[m.span.range()]).collect::<Vec<_>>(),
                &d.source()[e.place.range()].chars().take(30).collect::<String>()
            )
            .unwrap();
        }
    }
}
