#![allow(missing_docs, clippy::all, warnings)]
#[path = "../tests/support/corpus.rs"]
mod corpus;
fn main() {
    let f = corpus::folder().unwrap();
    for s in ["grobid", "jats", "anystyle", "excite"] {
        for c in corpus::load(&f, s) {
            let d = reflist::document::Document::from_plain(c.text.as_bytes());
            if d.text() != d.source() {
                println!("{s} {} {}", c.id, c.held_back);
                if !c.held_back {
                    let mut n = 0;
                    for l in d.text().lines() {
                        if !c.text.lines().any(|x| x.trim() == l.trim()) {
                            println!("   |{l}");
                            n += 1;
                            if n > 6 {
                                break;
                            }
                        }
                    }
                }
            }
        }
    }
}
