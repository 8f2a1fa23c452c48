fn main() {
    let a: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(&a[2]).unwrap().repeat(a[3].parse().unwrap());
    let n = match a[1].as_str() {
        "ours" => reflist::formats::bibtex::syntax::parse(&text).blocks.len(),
        "bibtex-parser" => bibtex_parser::Library::parse(&text).unwrap().entries().len(),
        "serde" => serde_bibtex::de::Deserializer::from_str(&text)
            .into_iter::<serde::de::IgnoredAny>()
            .filter(Result::is_ok)
            .count(),
        "biblatex-raw" => biblatex::RawBibliography::parse(&text).map(|f| f.entries.len()).unwrap_or(0),
        "biblatex" => biblatex::Bibliography::parse(&text).map(|f| f.len()).unwrap_or(0),
        _ => text.len(),
    };
    println!("{n}");
}
