fn main() {
    use std::io::Write;
    let p = std::env::args().nth(1).unwrap();
    let b = std::fs::read(&p).unwrap();
    let d = reflist::document::Document::from_plain(&b);
    for bl in d.blocks() {
        let _ = writeln!(
            std::io::stdout(),
            "[{}{}] {}",
            if bl.continues { "c" } else { "" },
            bl.span.len(),
            d.slice(bl.span)
        );
    }
}
