//! The files of `languages/`.

macro_rules! files {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("languages/", $name, ".txt")))),*] };
}

/// Name and source.
pub const FILES: &[(&str, &str)] = files![
    "ar", "cs", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hu", "it", "ja", "ko", "law", "nl", "nordic", "other",
    "pl", "pt", "ru", "tr", "uk", "words", "zh",
];
