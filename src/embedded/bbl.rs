//! biblatex's `.bbl`: what biber made of a `.bib`, back in the form of a `.bib` entry, whose fields [`crate::formats::bibtex`] knows.
//!
//! Biber divides dates into their parts, names into theirs, and lists into items; all else it hands on. What it computes for sorting and
//! labels (`sortinit`, `labelnamesource`, hashes) and what it has resolved already (`crossref`, `xdata`) is left out.

use std::fmt::Write;

use crate::document::bbl::{Command, arguments, balanced};

/// The entry of a `.bib`; `None` for a set and for what is no entry.
pub(super) fn entry(commands: &[Command<'_>]) -> Option<(String, String)> {
    let head = commands.first().filter(|command| command.name == "entry")?;
    let [key, entry_type, ..] = head.arguments.as_slice() else { return None };
    if *entry_type == "set" {
        return None;
    }
    let mut out = format!("@{entry_type}{{{key}");
    let mut field = |name: &str, value: &str| {
        let _ = write!(out, ",\n  {name} = {{{value}}}");
    };
    let told = |flag: &str| commands.iter().any(|command| command.name == "true" && command.arguments == [flag]);
    for command in commands {
        match (command.name, command.arguments.as_slice()) {
            ("name", [role, _, _, people]) => {
                let others = if told(&format!("more{role}")) { " and others" } else { "" };
                field(role, &(names(people) + others));
            }
            ("list", [name, count, items]) => {
                let others = if told(&format!("more{name}")) { " and others" } else { "" };
                field(name, &(list(items, count.parse().unwrap_or(1)) + others));
            }
            ("field", [name, value]) if is_handed_on(name) => field(name, &plain(value)),
            ("verb", [name, value]) if *name != "urlraw" => field(name, value),
            ("keyw", [words]) => field("keywords", words),
            _ => {}
        }
    }
    for prefix in ["", "orig", "event", "url"] {
        if let Some((name, value)) = date(commands, prefix, &told) {
            field(&name, &value);
        }
    }
    out.push_str("\n}\n");
    Some(((*key).to_owned(), out))
}

/// Whether a field is of the source and has its own name there.
fn is_handed_on(name: &str) -> bool {
    let stem = ["end", "orig", "event", "url"].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    let stem = stem.strip_prefix("end").unwrap_or(stem);
    let of_a_date = matches!(
        stem,
        "year" | "month" | "day" | "hour" | "minute" | "second" | "timezone" | "season" | "yeardivision"
    );
    let computed = ["sortinit", "extra", "label", "crossref", "xref", "xdata", "clonesourcekey", "related"]
        .iter()
        .any(|prefix| name.starts_with(prefix));
    !of_a_date && !computed && !name.ends_with("era") && !name.ends_with("hash")
}

/// A value without the commands that biber puts into pages.
fn plain(value: &str) -> String {
    let value = value.replace("\\bibrangedash", "--").replace("\\bibrangessep", ", ");
    value.replace("-- ", "--").replace(",  ", ", ")
}

/// The items of a list, joined as a `.bib` joins them.
fn list(items: &str, count: usize) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut rest = items;
    while let Some((item, used)) = next_group(rest) {
        let item = plain(item);
        out.push(if item.contains(" and ") { format!("{{{item}}}") } else { item });
        rest = &rest[used..];
        if out.len() == count {
            break;
        }
    }
    out.join(" and ")
}

/// The next group in braces, over the `%` at the end of biber's lines, and the bytes up to its end.
fn next_group(text: &str) -> Option<(&str, usize)> {
    let lead = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '%').len();
    let (groups, used) = arguments(&text[lead..], 1)?;
    Some((groups.first()?, lead + used))
}

/// The people of a `\name`: each is a group of two, hashes and parts.
fn names(people: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut rest = people;
    while let Some((person, used)) = next_group(rest) {
        rest = &rest[used..];
        let Some((_, first)) = next_group(person) else { continue };
        let Some((parts, _)) = next_group(&person[first..]) else { continue };
        out.push(name(parts));
    }
    out.join(" and ")
}

fn name(parts: &str) -> String {
    let part = |name: &str| {
        let value = value_of(parts, name)?.replace("\\bibinitperiod", ".").replace("\\bibinithyphendelim", "-");
        let blanks = [
            "\\bibnamedelima",
            "\\bibnamedelimb",
            "\\bibnamedelimc",
            "\\bibnamedelimd",
            "\\bibnamedelimi",
            "\\bibinitdelim",
        ];
        let value = blanks.iter().fold(value, |value, delimiter| value.replace(delimiter, " "));
        Some(value.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|value| !value.is_empty())
    };
    let all = ["family", "given", "prefix", "suffix"].map(|name| (name, part(name)));
    match &all {
        // A body, or the one name of a person.
        [(_, Some(family)), (_, None), (_, None), (_, None)] => format!("{{{}}}", family.trim_matches(['{', '}'])),
        _ => {
            let parts = all.iter().filter_map(|(name, value)| Some(format!("{name}={{{}}}", value.as_ref()?)));
            parts.collect::<Vec<_>>().join(", ")
        }
    }
}

/// The value of one part: `given={Kofi}`, not that of `giveni`.
fn value_of<'a>(parts: &'a str, name: &str) -> Option<&'a str> {
    let start = memchr::memmem::find_iter(parts.as_bytes(), name.as_bytes()).find_map(|at| {
        let apart = !parts[..at].ends_with(|c: char| c.is_alphanumeric());
        parts[at + name.len()..].strip_prefix("={").filter(|_| apart)
    })?;
    Some(&start[..balanced(start)?])
}

/// A date in EDTF out of its parts; under the name of `year` where it is none.
fn date(commands: &[Command<'_>], prefix: &str, told: &impl Fn(&str) -> bool) -> Option<(String, String)> {
    let value = |part: &str| {
        let wanted = format!("{prefix}{part}");
        let found = commands
            .iter()
            .find(|command| command.name == "field" && command.arguments.first() == Some(&wanted.as_str()));
        found.and_then(|command| command.arguments.get(1).copied())
    };
    let year = value("year")?;
    if year.parse::<u32>().is_err() {
        return (prefix.is_empty()).then(|| ("year".to_owned(), year.to_owned()));
    }
    let end_of = |end: &str| {
        let doubt = match (told(&format!("{prefix}{end}dateuncertain")), told(&format!("{prefix}{end}datecirca"))) {
            (true, true) => "%",
            (true, false) => "?",
            (false, true) => "~",
            (false, false) => "",
        };
        let year = value(&format!("{end}year"))?;
        if year.is_empty() {
            return Some(String::new());
        }
        let mut out = match (value(&format!("{end}dateera")), year.parse::<u32>()) {
            // The year before 1 is 0.
            (Some("bce"), Ok(year)) => format!("-{:0>4}", year.saturating_sub(1)),
            _ => format!("{year:0>4}"),
        };
        let division =
            value(&format!("{end}yeardivision")).or_else(|| value(&format!("{end}season"))).and_then(|word| {
                ["spring", "summer", "autumn", "winter"]
                    .iter()
                    .position(|season| *season == word)
                    .map(|at| (at + 21).to_string())
            });
        if let Some(month) = value(&format!("{end}month")).map(str::to_owned).or(division) {
            let _ = write!(out, "-{month:0>2}");
            if let Some(day) = value(&format!("{end}day")) {
                let _ = write!(out, "-{day:0>2}");
            }
        }
        Some(out + doubt)
    };
    let start = end_of("")?;
    let date = end_of("end").map_or_else(|| start.clone(), |end| format!("{start}/{end}"));
    Some((format!("{prefix}date"), date))
}
