//! The files of `languages/`.

macro_rules! files {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("languages/", $name, ".txt")))),*] };
}

/// Name and source.
pub const FILES: &[(&str, &str)] = files!["cs", "en", "ja", "ko", "law", "pl", "pt", "ru", "uk", "words", "zh"];
