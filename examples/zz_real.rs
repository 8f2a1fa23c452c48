#![allow(missing_docs, clippy::all, warnings)]
use reflist::document::{Document, DocumentKind};
use reflist::parse::{entries, section};
use reflist::text::MarkKind;
fn letters(t: &str) -> String {
    t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let verbose = std::env::args().nth(2);
    for ext in [
        "md", "mdx", "docx", "odt", "html", "tex", "xml", "txt", "p.txt", "l.txt", "c.txt", "cl.txt", "lo.docx",
        "lo.odt", "lo.html",
    ] {
        let (mut right, mut found, mut gold, mut it, mut itg, mut perfect, mut n) = (0, 0, 0, 0, 0, 0, 0);
        for i in 0..10 {
            let Ok(bytes) = std::fs::read(format!("{dir}/{i}.{ext}")) else { continue };
            let refs: Vec<(String, Vec<String>)> =
                serde_json::from_slice(&std::fs::read(format!("{dir}/{i}.json")).unwrap()).unwrap();
            let e = if ext == "mdx" { "md" } else { ext.rsplit('.').next().unwrap() };
            let kind = DocumentKind::detect(Some(e), &bytes).unwrap();
            let d = Document::read(kind, &bytes);
            let (lists, _) = section::find(&d);
            let es: Vec<_> = lists.iter().flat_map(|l| entries::split(&d, l)).collect();
            n += 1;
            found += es.len();
            gold += refs.len();
            let mut r = 0;
            let mut unused: Vec<_> = es.iter().collect();
            for (t, its) in &refs {
                if let Some(p) = unused.iter().position(|e| letters(&e.text) == letters(t)) {
                    let e = unused.remove(p);
                    r += 1;
                    let got: Vec<String> = e
                        .marks
                        .iter()
                        .filter(|m| m.kind == MarkKind::Italic)
                        .map(|m| letters(&e.text[m.span.range()]))
                        .collect();
                    itg += its.len();
                    it += its.iter().filter(|x| got.contains(&letters(x))).count();
                } else if verbose.as_deref() == Some(ext) {
                    println!("- {i} {t}");
                }
            }
            if verbose.as_deref() == Some(ext) {
                for e in unused {
                    println!("+ {i} [{:?}] {}", e.label, e.text);
                }
            }
            right += r;
            if r == refs.len() && es.len() == r {
                perfect += 1;
            }
        }
        if n > 0 {
            println!("{ext:8} docs {n} perfect {perfect} right {right} found {found} gold {gold}  italics {it}/{itg}");
        }
    }
}
