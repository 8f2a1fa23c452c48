//! biblatex's `.bbl`: what biber made of a `.bib`, back in the form of a `.bib` entry, whose fields [`crate::formats::bibtex`] knows.
//!
//! Biber divides dates into their parts, names into theirs, and lists into items; all else it hands on. What it computes for sorting and
//! labels (`sortinit`, `labelnamesource`, hashes) and what it has resolved already (`crossref`, `xdata`) is left out.

use std::fmt::Write;

use crate::document::bbl::{Command, arguments, balanced};
use crate::record::edtf_doubt;

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
    let others = |list: &str| if is_told(commands, &format!("more{list}")) { " and others" } else { "" };
    for command in commands {
        match (command.name, command.arguments.as_slice()) {
            ("name", [role, _, _, people]) => field(role, &(names(people) + others(role))),
            ("list", [name, count, items]) => {
                field(name, &(list(items, count.parse().unwrap_or(1)) + others(name)));
            }
            ("field", [name, value]) if is_handed_on(name) => field(name, &plain(value)),
            ("verb", [name, value]) if *name != "urlraw" => field(name, value),
            ("keyw", [words]) => field("keywords", words),
            _ => {}
        }
    }
    for prefix in ["", "orig", "event", "url"] {
        if let Some((name, value)) = (Dates { commands, prefix }).field() {
            field(&name, &value);
        }
    }
    out.push_str("\n}\n");
    Some(((*key).to_owned(), out))
}

/// Whether a flag is set: `\true{moreauthor}`.
fn is_told(commands: &[Command<'_>], flag: &str) -> bool {
    commands.iter().any(|command| command.name == "true" && command.arguments == [flag])
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
    letters(&value.replace("-- ", "--").replace(",  ", ", "))
}

/// Letters as they were before biber turned their commands into characters: `{ß}` was `{\ss}`, which protects nothing, and a dotless i
/// under an accent was `\'{\i}`.
fn letters(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find(['{', 'ı', 'ȷ']) {
        out.push_str(&rest[..at]);
        let mut chars = rest[at..].chars();
        let (first, second, third) = (chars.next(), chars.next(), chars.next());
        let taken = match (first, second, third) {
            (Some('{'), Some(letter), Some('}')) if !letter.is_ascii() => {
                out.push(letter);
                2 + letter.len_utf8()
            }
            (Some(dotless @ ('ı' | 'ȷ')), Some('\u{300}'..='\u{30c}'), _) => {
                out.push(if dotless == 'ı' { 'i' } else { 'j' });
                dotless.len_utf8()
            }
            _ => {
                out.extend(first);
                first.map_or(1, char::len_utf8)
            }
        };
        rest = &rest[at + taken..];
    }
    out + rest
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
        let value = letters(&blanks.iter().fold(value, |value, delimiter| value.replace(delimiter, " ")));
        Some(value.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|value| !value.is_empty())
    };
    let all = ["family", "given", "prefix", "suffix"].map(|name| (name, part(name)));
    match &all {
        // A body, or the one name of a person.
        [(_, Some(family)), (_, None), (_, None), (_, None)] => format!("{{{}}}", family.trim_matches(['{', '}'])),
        // As a `.bib` has it: a particle in the given name ("Matt, P. von") is seen there.
        [(_, Some(family)), (_, Some(given)), (_, None), (_, None)]
            if !family.contains([',', '{'])
                && !given.contains([',', '{'])
                && family.starts_with(char::is_uppercase) =>
        {
            format!("{family}, {given}")
        }
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

/// The dates of an entry, each of which biber has divided into its parts.
struct Dates<'a> {
    commands: &'a [Command<'a>],
    /// What stands in front of the parts' names: "", "orig", "event", "url".
    prefix: &'a str,
}

impl<'a> Dates<'a> {
    fn part(&self, name: &str) -> Option<&'a str> {
        let wanted = format!("{}{name}", self.prefix);
        let is_it = |command: &&Command<'_>| command.name == "field" && command.arguments.first() == Some(&&*wanted);
        self.commands.iter().find(is_it).and_then(|command| command.arguments.get(1).copied())
    }

    /// The field with the date in EDTF; `year` where it is none.
    fn field(&self) -> Option<(String, String)> {
        let year = self.part("year")?;
        if year.parse::<u32>().is_err() {
            return self.prefix.is_empty().then(|| ("year".to_owned(), year.to_owned()));
        }
        let start = self.point("")?;
        let date = self.point("end").map_or_else(|| start.clone(), |end| format!("{start}/{end}"));
        Some((format!("{}date", self.prefix), date))
    }

    /// One end of it: `end` is "" or "end". An open end has a year, and nothing in it.
    fn point(&self, end: &str) -> Option<String> {
        let year = self.part(&format!("{end}year"))?;
        if year.is_empty() {
            return Some(String::new());
        }
        let mut out = match (self.part(&format!("{end}dateera")), year.parse::<u32>()) {
            // The year before 1 is 0.
            (Some("bce"), Ok(year)) => format!("-{:0>4}", year.saturating_sub(1)),
            _ => format!("{year:0>4}"),
        };
        if let Some(month) = self.part(&format!("{end}month")).map(str::to_owned).or_else(|| self.season(end)) {
            let _ = write!(out, "-{month:0>2}");
            if let Some(day) = self.part(&format!("{end}day")) {
                let _ = write!(out, "-{day:0>2}");
            }
        }
        Some(out + self.doubt(end))
    }

    /// A season by its number in EDTF.
    fn season(&self, end: &str) -> Option<String> {
        let word = self.part(&format!("{end}yeardivision")).or_else(|| self.part(&format!("{end}season")))?;
        let at = ["spring", "summer", "autumn", "winter"].iter().position(|season| *season == word)?;
        Some((at + 21).to_string())
    }

    /// EDTF's mark for an uncertain or approximate date.
    fn doubt(&self, end: &str) -> &'static str {
        let told = |what: &str| is_told(self.commands, &format!("{}{end}date{what}", self.prefix));
        edtf_doubt(told("uncertain"), told("circa"))
    }
}

#[cfg(test)]
mod tests {
    use super::{letters, name};

    #[test]
    fn letters_that_biber_wrote_protect_nothing() {
        for (biber, letter) in [
            ("Die Gro{ß}stadt in {Å}rhus", "Die Großstadt in Århus"),
            ("Apesteguı\u{301}a", "Apestegui\u{301}a"),
            ("{DNA} and {Ö}l{ä}", "{DNA} and Ölä"),
            ("kırmızı {", "kırmızı {"),
        ] {
            assert_eq!(letters(biber), letter);
        }
    }

    #[test]
    fn a_particle_in_a_given_name_is_left_to_the_reader_of_names() {
        assert_eq!(name("family={Matt},\n given={P.\\bibnamedelimi von},"), "Matt, P. von");
        assert_eq!(name("family={Cleef},\n given={B.},\n prefix={van},"), "family={Cleef}, given={B.}, prefix={van}");
        assert_eq!(name("family={Towns}"), "{Towns}");
    }
}
