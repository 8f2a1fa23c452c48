//! Links that the end of a line breaks.

/// Whether a link was broken between the last word of a line and the line below.
pub(crate) fn link_goes_on(word: &str, next: &str) -> bool {
    // "http:" and "//towns.example/roads".
    if next.starts_with("//") && (word.ends_with("http:") || word.ends_with("https:")) {
        return true;
    }
    // "10.1016/j.ceb.2011.11." and "003" alone on the next line.
    let number = next.trim_end_matches('.');
    let in_doi = word.starts_with("10.") || word.contains("doi.org/10.") || word.contains("doi:10.");
    if in_doi && word.ends_with(['.', '-']) && (2..=6).contains(&number.len()) && is_number(number) {
        return true;
    }
    let link = word.contains("://")
        || word.starts_with("www.")
        || word.contains("doi.org/")
        || (word.starts_with("10.") && word.contains('/'));
    if !link || word.ends_with(['>', ')', ']', ',', ';']) {
        return false;
    }
    let ahead = next.split_whitespace().next().unwrap_or_default();
    let open = word.ends_with(['/', '-', '_', '=', '?', '&', '%', '#', '~', ':'])
        || word.ends_with('.') && ahead.starts_with(|c: char| c.is_ascii_lowercase())
        // The registrant of a DOI stands on the next line.
        || word.ends_with("/10.") && ahead.contains('/');
    let goes_on = ahead.len() > 3
        && ahead.is_ascii()
        && (ahead.contains(['/', '_', '=', '%'])
            || ahead.bytes().any(|byte| byte.is_ascii_digit()) && ahead.contains(['-', '.']))
        && !ahead.starts_with(['(', '['])
        && !ahead.contains("://");
    (open && ahead.starts_with(|c: char| c.is_ascii_alphanumeric())) || (goes_on && !word.ends_with('.'))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::link_goes_on;

    #[test]
    fn a_broken_link_goes_on_and_a_whole_one_ends() {
        for (word, next) in [
            ("https://doi.", "org/10.1111/j.1574"),
            ("https://doi.org/10.", "1016/0305-750X(96)"),
            ("http://www.", "towns.example/2017/01/roads/"),
            ("http://towns.example/38528396.", "pdf"),
            ("https://towns.example/", "roads"),
            ("10.1016/j.ceb.2011.11.", "003."),
            ("doi:10.1002/town-", "12345"),
            ("http:", "//www.towns.example/roads"),
            ("(https:", "//towns.example/roads"),
        ] {
            assert!(link_goes_on(word, next), "{word} {next}");
        }
        for (word, next) in [
            ("https://doi.org/10.1086/669258.", "Doss, C. R."),
            ("https://doi.org/10.1086/669258", "Doss, C. R."),
            ("Oxford.", "org/10.1111"),
            ("10.1016/j.ceb.2011.11.", "3. Doss, C. R."),
            ("http://towns.example/roads.", "2012."),
        ] {
            assert!(!link_goes_on(word, next), "{word} {next}");
        }
    }
}
