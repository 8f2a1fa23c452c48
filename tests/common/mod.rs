//! Records of every kind, with every variable and values as rich as they come: proptest strategies that all tests share.
#![allow(dead_code, reason = "each test file uses a part")]

pub mod schema;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use reflist::*;

/// Pieces that texts are made of: words, and what some format gives a meaning.
const PIECES: &[&str] = &[
    "alpha",
    "Beta",
    "the",
    "DNA",
    "McCarthy",
    "x",
    "2",
    "é",
    "ß",
    "Ångström",
    "中文",
    "русский",
    "-",
    "--",
    "–",
    ":",
    ";",
    ",",
    ".",
    "?",
    "!",
    "&",
    "&amp;",
    "%",
    "#",
    "$",
    "$x$",
    "_",
    "^",
    "~",
    "\\",
    "\\emph",
    "{",
    "}",
    "{}",
    "<",
    ">",
    "<i>",
    "<i>y</i>",
    "\"",
    "'",
    "“",
    "’",
    "@",
    "||",
    "and",
    "others",
    "et al.",
    "PMID: 1",
    "type: book",
    "TY  - JOUR",
    "arXiv:1501.00001",
    "http://example.org/a_b",
    "/",
    "(1)",
    "[2]",
];

/// Plain characters, blanks between some of the pieces.
pub fn plain() -> impl Strategy<Value = String> {
    vec((select(PIECES), any::<bool>()), 1..6).prop_map(|pieces| {
        let mut out = String::new();
        for (piece, blank) in pieces {
            if blank {
                out.push(' ');
            }
            out.push_str(piece);
        }
        out.trim().to_owned()
    })
}

/// A word without anything special.
pub fn word() -> impl Strategy<Value = String> {
    select(vec!["Smith", "Ångström", "O'Neil", "Garcia Marquez", "王", "Иванов", "Li", "McDonald", "Abd al-Rahman"])
        .prop_map(str::to_owned)
}

/// Text with up to three formats, nested or crossing.
pub fn text() -> impl Strategy<Value = Text> {
    let run = (select(Format::ALL.to_vec()), any::<prop::sample::Index>(), any::<prop::sample::Index>());
    (plain(), vec(run, 0..3)).prop_map(|(plain, runs)| {
        let bounds: Vec<usize> = plain.char_indices().map(|(at, _)| at).chain([plain.len()]).collect();
        Text::build(|b| {
            b.push_str(&plain);
            for (format, from, to) in runs {
                let (from, to) = (bounds[from.index(bounds.len())], bounds[to.index(bounds.len())]);
                if from < to {
                    b.format(from, to, format);
                }
            }
        })
    })
}

fn title() -> impl Strategy<Value = Title> {
    (text(), option::weighted(0.2, text()), option::weighted(0.2, text())).prop_map(|(main, sub, addition)| {
        Title::new(main).with_sub(sub.unwrap_or_default()).with_addition(addition.unwrap_or_default())
    })
}

fn name() -> impl Strategy<Value = Name> {
    let person = (
        word(),
        option::of(select(vec!["J.", "John", "C. P.", "Jean-Paul", "小明", "Mary Ann"])),
        option::weighted(0.2, select(vec!["van", "de la", "von der"])),
        option::weighted(0.1, select(vec!["von", "de"])),
        option::weighted(0.1, select(vec!["Jr.", "III"])),
        option::weighted(0.1, Just("0000-0002-1825-0097")),
    )
        .prop_map(|(family, given, particle, dropping, suffix, orcid)| {
            let mut name = Name::person(&family, given.unwrap_or_default())
                .with_non_dropping_particle(particle.unwrap_or_default())
                .with_suffix(suffix.unwrap_or_default());
            if let Name::Person(person) = &mut name {
                person.dropping_particle = dropping.unwrap_or_default().into();
                person.orcid = orcid.unwrap_or_default().into();
            }
            name
        });
    let literals = vec!["World Bank", "Barnes and Noble, Inc.", "UNESCO", "École normale", "{Group} & Co", "A; B"];
    prop_oneof![4 => person, 1 => select(literals).prop_map(Name::literal)]
}

fn names() -> impl Strategy<Value = Names> {
    (vec(name(), 1..4), prop::bool::weighted(0.15))
        .prop_map(|(list, et_al)| if et_al { Names::new(list).and_others() } else { Names::new(list) })
}

fn date() -> impl Strategy<Value = Date> {
    let edtf = vec![
        "1871",
        "2020-05",
        "2020-05-03",
        "1871/1872",
        "2004-06/2004-08",
        "2004-06-01/2004-06-30",
        "1984~",
        "1984?",
        "2004-06%",
        "199X",
        "19XX",
        "2004-XX",
        "1985-04-XX",
        "2001-21",
        "2001-24",
        "2001-21/2001-22",
        "2001-34",
        "1997/",
        "1997/..",
        "../1997",
        "/1997",
        "-0033",
        "0000",
        "-0005/0000",
        "Y17000",
        "1985-04-12T23:20:30Z",
        "1900~/1910",
    ];
    let literal = vec!["in press", "n.d.", "[forthcoming]", "winter term, c. 300 BC"];
    prop_oneof![4 => select(edtf).prop_map(Date::parse), 1 => select(literal).prop_map(Date::literal)]
}

fn number() -> impl Strategy<Value = Number> {
    let numbers = vec![
        "1",
        "29",
        "S3",
        "12-14",
        "IV",
        "3A",
        "1099",
        "2.0.1-rc1",
        "12 Suppl. 1",
        "nº 7",
        "ISO 9001:2015",
        "arXiv:1501.00001",
    ];
    select(numbers).prop_map(Number::from)
}

fn pages() -> impl Strategy<Value = Pages> {
    let printed = vec![
        "98",
        "98-114",
        "112-8",
        "R285",
        "S3-S9",
        "e1004",
        "xii-xv",
        "5, 7-9",
        "67 ff.",
        "67f",
        "45-",
        "A-12--A-20",
        "14 (Article 3), p. 2",
    ];
    prop_oneof![
        6 => select(printed).prop_map(Pages::parse),
        1 => Just(Pages::article("110447")),
        1 => Just(Pages::article("e12-b")),
    ]
}

fn identifier(scheme: Scheme) -> impl Strategy<Value = Identifier> {
    let printed = match scheme {
        Scheme::Doi => vec!["10.1000/182", "10.1002/(SICI)1097<1::AID-X>3.0.CO;2-A", "10.1000/a_b%c", "no doi"],
        Scheme::Isbn => vec!["978-3-16-148410-0", "080442957X", "not one"],
        Scheme::Issn => vec!["2434-561X", "0028-0836", "1234-567"],
        Scheme::Pmid => vec!["31411786"],
        Scheme::Pmcid => vec!["PMC1234567"],
        Scheme::Url => vec!["https://example.org/a_b?c=d&e=%20#f", "http://example.org/~x", "www.example.org"],
        _ => vec!["1501.00001", "hep-th/9711200", "some number"],
    };
    select(printed).prop_map(move |printed| Identifier::new(scheme, printed))
}

fn attachment() -> impl Strategy<Value = Attachment> {
    let title = select(vec!["", "Full text", "a:b;c"]);
    let path = select(vec!["files/1/a.pdf", "C:\\dir\\b.pdf", "https://example.org/c.html"]);
    let media_type = select(vec!["", "application/pdf", "text/html", "image/png"]);
    (title, path, media_type).prop_map(|(title, path, media_type)| Attachment {
        title: title.to_owned(),
        path: path.to_owned(),
        media_type: media_type.to_owned(),
    })
}

/// A value that `variable` can have.
pub fn value(variable: Variable) -> BoxedStrategy<Value> {
    let keys = matches!(
        variable,
        Variable::Related
            | Variable::EntrySet
            | Variable::Aliases
            | Variable::Xdata
            | Variable::Crossref
            | Variable::Xref
    );
    match variable.value_type() {
        ValueType::Names => names().prop_map(Value::Names).boxed(),
        ValueType::Title => title().prop_map(Value::Title).boxed(),
        ValueType::Text if keys => "[a-z]{3,6}[0-9]{4}".prop_map(|key| Value::Text(Text::plain(&key))).boxed(),
        ValueType::Texts if keys => vec("[a-z]{3,6}[0-9]{4}", 1..3)
            .prop_map(|keys| Value::Texts(keys.iter().map(|key| Text::plain(key)).collect()))
            .boxed(),
        ValueType::Text if variable == Variable::EprintType => {
            select(vec!["arxiv", "hdl", "jstor"]).prop_map(|name| Value::Text(Text::plain(name))).boxed()
        }
        ValueType::Text => text().prop_map(Value::Text).boxed(),
        ValueType::Texts => vec(text(), 1..4).prop_map(Value::Texts).boxed(),
        ValueType::Date => date().prop_map(Value::Date).boxed(),
        ValueType::Number => number().prop_map(Value::Number).boxed(),
        ValueType::Pages => pages().prop_map(Value::Pages).boxed(),
        ValueType::Identifier => identifier(variable.scheme()).prop_map(Value::Identifier).boxed(),
        ValueType::Identifiers => vec(identifier(variable.scheme()), 1..3).prop_map(Value::Identifiers).boxed(),
        ValueType::Attachments => vec(attachment(), 1..3).prop_map(Value::Attachments).boxed(),
        _ => text().prop_map(Value::Text).boxed(),
    }
}

fn native() -> impl Strategy<Value = Option<NativeKind>> {
    let names = vec![
        ("biblatex", "mvbook"),
        ("biblatex", "bookinbook"),
        ("ris", "ANCIENT"),
        ("ris", "AGGR"),
        ("csl-json", "gazette"),
    ];
    option::weighted(
        0.1,
        select(names).prop_map(|(format, name)| NativeKind { format: format.into(), name: name.into() }),
    )
}

/// Fields that only their own format knows: those that readers make, and a few that no reader would.
fn extra() -> impl Strategy<Value = Vec<(&'static str, &'static str, &'static str)>> {
    let all = vec![
        ("biblatex", "userb", "a {b} c"),
        ("biblatex", "verba", "\\x{_}"),
        ("bibtex", "timestamp", "2020-01-01"),
        ("ris", "C7", "104523"),
        ("ris", "XX", "odd"),
        ("ris", "T2", "a second title"),
        ("csl-json", "publisher-note", "{\"a\":[1,2]}"),
        ("csl-json", "title", "\"second\""),
        ("csl-json", "odd", "not json"),
    ];
    let count = all.len();
    prop_oneof![3 => Just(Vec::new()), 1 => subsequence(all, 0..=count.min(3))]
}

/// A record of a kind with a few of the variables.
pub fn record_of(kind: Kind) -> impl Strategy<Value = Record> {
    let variables = subsequence(Variable::ALL.to_vec(), 0..14);
    let fields = variables.prop_flat_map(|variables| {
        variables
            .into_iter()
            .map(|variable| value(variable).prop_map(move |value| (variable, value)))
            .collect::<Vec<_>>()
    });
    ("[A-Za-z][A-Za-z0-9_:-]{0,8}", native(), fields, extra()).prop_map(move |(key, native, fields, extra)| {
        let mut record = Record::new(key, kind);
        record.native = native;
        for (variable, value) in fields {
            record.set(variable, value);
        }
        for (format, name, raw) in extra {
            record.add_extra(format, name, raw);
        }
        record
    })
}

/// A record of any kind.
pub fn record() -> impl Strategy<Value = Record> {
    select(Kind::ALL.to_vec()).prop_flat_map(record_of)
}

/// What differs between two records, a line each; empty if they are equal.
pub fn differences(found: &Record, expected: &Record) -> String {
    let mut out = String::new();
    let mut tell = |what: &str, found: &dyn std::fmt::Debug, expected: &dyn std::fmt::Debug| {
        out.push_str(&format!("{what}\n  found    {found:?}\n  expected {expected:?}\n"));
    };
    if found.key != expected.key {
        tell("key", &found.key, &expected.key);
    }
    if found.kind != expected.kind {
        tell("kind", &found.kind, &expected.kind);
    }
    if found.native != expected.native {
        tell("native kind", &found.native, &expected.native);
    }
    for &variable in Variable::ALL {
        let (found, expected) = (found.get(variable), expected.get(variable));
        if found != expected {
            tell(variable.as_str(), &found, &expected);
        }
    }
    if found.extra != expected.extra {
        tell("extra", &found.extra, &expected.extra);
    }
    out
}

/// Every file of `testdata`, and of the shared bibliographies where they are at hand.
pub fn bibliographies() -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    collect(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata"), &mut files);
    if let Some(shared) = std::env::var_os("REFLIST_SHARED") {
        collect(&std::path::Path::new(&shared).join("data/bibliographies"), &mut files);
    }
    files
}

fn collect(folder: &std::path::Path, files: &mut Vec<std::path::PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            collect(&entry, files);
        } else {
            files.push(entry);
        }
    }
}

/// The files of a folder of `testdata`, sorted.
pub fn testdata(folder: &str) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    collect(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(folder), &mut files);
    assert!(!files.is_empty(), "testdata/{folder} is there");
    files
}

/// Records and diagnostics, a line each value, as snapshots have them.
pub fn show(records: &[Record], diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for record in records {
        out.push_str(&format!("{} {}", record.kind, record.key));
        if let Some(native) = &record.native {
            out.push_str(&format!(" ({} {})", native.format, native.name));
        }
        out.push('\n');
        for (variable, value) in record.fields() {
            out.push_str(&format!("  {variable}: {}\n", show_value(value)));
        }
        for extra in &record.extra {
            out.push_str(&format!("  + {} {}: {}\n", extra.format, extra.name, extra.raw));
        }
    }
    for diagnostic in diagnostics {
        out.push_str(&format!("{diagnostic}\n"));
    }
    out
}

/// A value with all its parts in one line.
pub fn show_value(value: &Value) -> String {
    match value {
        Value::Names(names) => {
            let mut parts: Vec<String> = names.list.iter().map(show_name).collect();
            parts.extend(names.et_al.then(|| "…".to_owned()));
            parts.join("; ")
        }
        Value::Title(title) => {
            let parts = [Some(&title.main), title.sub.as_ref(), title.addition.as_ref()];
            parts
                .into_iter()
                .map(|part| part.map(show_text).unwrap_or_default())
                .collect::<Vec<_>>()
                .join(" | ")
                .trim_end_matches([' ', '|'])
                .to_owned()
        }
        Value::Text(text) => show_text(text),
        Value::Texts(texts) => texts.iter().map(show_text).collect::<Vec<_>>().join(" | "),
        Value::Date(Date::Literal(text)) => format!("{text:?}"),
        Value::Pages(pages) if pages.article_number => format!("article {pages}"),
        Value::Attachments(files) => files
            .iter()
            .map(|file| format!("{} [{}] {}", file.title, file.media_type, file.path))
            .collect::<Vec<_>>()
            .join(" | "),
        Value::Identifier(id) => show_identifier(id),
        Value::Identifiers(ids) => ids.iter().map(show_identifier).collect::<Vec<_>>().join(" | "),
        value => value.to_plain(),
    }
}

fn show_identifier(id: &Identifier) -> String {
    format!("{}{}", id.as_str(), if id.is_valid() { "" } else { " (invalid)" })
}

fn show_name(name: &Name) -> String {
    match name {
        Name::Literal(name) => format!("[{name}]"),
        Name::Person(p) => {
            let mut out = format!("{}, {}", p.family, p.given);
            for (what, part) in [
                ("particle", &p.non_dropping_particle),
                ("dropping", &p.dropping_particle),
                ("suffix", &p.suffix),
                ("orcid", &p.orcid),
            ] {
                if !part.is_empty() {
                    out.push_str(&format!(" ({what} {part})"));
                }
            }
            out
        }
        _ => format!("{name:?}"),
    }
}

fn show_text(text: &Text) -> String {
    text.pieces()
        .map(|(piece, formats)| {
            let names: Vec<&str> = formats.iter().map(|format| format.as_str()).collect();
            if names.is_empty() { piece.to_owned() } else { format!("{{{}:{piece}}}", names.join(" ")) }
        })
        .collect()
}

/// Losses, a line each.
pub fn show_losses(losses: &[Loss]) -> String {
    losses
        .iter()
        .map(|loss| {
            let kept = match &loss.kept {
                None => String::new(),
                Some(Kept::Value(value)) => format!(", kept {}", show_value(value)),
                Some(kept) => format!(", kept {kept:?}"),
            };
            format!("loss {:?}{kept}\n", loss.subject)
        })
        .collect()
}

/// Texts of lines and pieces of lines that a format gives a meaning, in any order.
pub fn lines(pieces: &[&str]) -> impl Strategy<Value = String> + use<> {
    let pieces: Vec<String> = pieces.iter().map(|&piece| piece.to_owned()).collect();
    vec((select(pieces), select(vec!["\n", "\r\n", "", " "])), 0..40)
        .prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end.to_owned()]).collect())
}

/// Runs `read` on `unit` repeated, and again on eight times as much: the time per byte must not grow beyond noise.
pub fn check_growth(unit: &str, read: impl Fn(&str)) {
    let time = |bytes: usize| {
        let text = unit.repeat(bytes / unit.len() + 1);
        let best = |_| {
            let start = std::time::Instant::now();
            read(&text);
            start.elapsed()
        };
        (0..3).map(best).min().unwrap()
    };
    let (small, large) = (time(20_000), time(160_000));
    assert!(
        large < small * 8 * 6 + std::time::Duration::from_millis(40),
        "{unit:?} repeated: {small:?} for 20 kB, {large:?} for 160 kB"
    );
}

/// CSL's schema, where it is at hand.
pub fn csl_schema() -> Option<serde_json::Value> {
    let shared = std::env::var_os("REFLIST_SHARED")?;
    let text = std::fs::read_to_string(std::path::Path::new(&shared).join("spec/csl-data.schema.json")).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}
