//! Numbers, dates in figures and identifiers, as they look in print.

use crate::random::Random;

/// A number of the kind; `None` where there is no such kind.
pub fn number(kind: &str, random: &mut Random) -> Option<String> {
    let dash = |random: &mut Random| *random.pick(&["-", "–", "–", "—", "--"]);
    Some(match kind {
        "year" => year(random).to_string(),
        "year-letter" => format!("{}{}", year(random), random.pick(&["a", "a", "b", "c"])),
        "old-year" => random.between(1780, 1960).to_string(),
        "year2" => format!("{:02}", random.between(0, 99)),
        "hebrew-offset" => random.between(5700, 5785).to_string(),
        "buddhist-year" => (year(random) + 543).to_string(),
        "day" => random.between(1, 28).to_string(),
        "day2" => format!("{:02}", random.between(1, 28)),
        "month" => random.between(1, 12).to_string(),
        "month2" => format!("{:02}", random.between(1, 12)),
        "n5" => random.between(1, 5).to_string(),
        "n9" => random.between(1, 9).to_string(),
        "n12" => random.between(1, 12).to_string(),
        "n30" => random.between(1, 30).to_string(),
        "n99" => random.between(1, 99).to_string(),
        "n400" => random.between(1, 400).to_string(),
        "n2000" => random.between(1, 2000).to_string(),
        "n9999" => random.between(1000, 9999).to_string(),
        "digit" => random.below(10).to_string(),
        "edition" => random.pick(&["2", "2", "2", "3", "3", "4", "5", "6", "7", "8", "10", "12", "15"]).to_string(),
        "count" => random.between(48, 890).to_string(),
        "volume" => up_to(&[3, 12, 40, 90, 150], random).to_string(),
        "issue" => up_to(&[4, 6, 6, 12, 24], random).to_string(),
        "issues" => {
            let first = random.between(1, 11);
            format!("{first}{}{}", random.pick(&["-", "–", "/"]), first + 1)
        }
        "page" => up_to(&[9, 99, 400, 1500], random).to_string(),
        "pages" => {
            let (first, last) = pages(random);
            format!("{first}{}{last}", dash(random))
        }
        "pages-blank" => {
            let (first, last) = pages(random);
            format!("{first} {} {last}", random.pick(&["-", "–"]))
        }
        "pages-short" => {
            let (first, last) = pages(random);
            format!("{first}{}{}", dash(random), shortened(first, last))
        }
        "roman" => roman(random.between(1, 60)),
        "roman-small" => roman(random.between(1, 30)).to_lowercase(),
        "doi" => doi(random),
        "isbn" => isbn(random),
        "issn" => format!("{:04}-{:03}{}", random.below(3000), random.below(1000), random.pick(&["1", "4", "7", "X"])),
        "arxiv" => format!("{:02}{:02}.{:05}", random.between(8, 24), random.between(1, 12), random.below(20000)),
        "digits6" => format!("{:06}", random.below(1_000_000)),
        "digits7" => format!("{}", random.between(1_000_000, 9_999_999)),
        "digits8" => format!("{}", random.between(10_000_000, 99_999_999)),
        "grouped7" => {
            let mark = *random.pick(&[",", " ", ",", "."]);
            format!("{}{mark}{:03}{mark}{:03}", random.between(1, 11), random.below(1000), random.below(1000))
        }
        "lower-letter" => random.pick(&["a", "b", "c", "d", "e"]).to_string(),
        "capital" => random.pick(&["A", "B", "C", "D", "E", "F", "G", "H", "K", "L", "M", "N", "R", "S"]).to_string(),
        "slug" => slug(random),
        _ => return None,
    })
}

/// A number from 1 to one of `mosts`.
fn up_to(mosts: &[usize], random: &mut Random) -> usize {
    let most = *random.pick(mosts);
    random.between(1, most)
}

/// Recent years are cited most.
fn year(random: &mut Random) -> usize {
    match random.below(10) {
        0 => random.between(1890, 1959),
        1..=2 => random.between(1960, 1989),
        3..=5 => random.between(1990, 2009),
        _ => random.between(2010, 2025),
    }
}

fn pages(random: &mut Random) -> (usize, usize) {
    let most = *random.pick(&[99, 400, 400, 2000]);
    let first = random.between(1, most);
    (first, first + random.between(2, 34))
}

/// "112–8" for 112 to 118, "133–58" for 133 to 158.
fn shortened(first: usize, last: usize) -> String {
    let (first, last) = (first.to_string(), last.to_string());
    let same = first.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
    if first.len() == last.len() { last[same.min(last.len() - 1)..].to_owned() } else { last }
}

fn roman(mut number: usize) -> String {
    let mut printed = String::new();
    for (value, letters) in [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while number >= value {
            printed.push_str(letters);
            number -= value;
        }
    }
    printed
}

fn doi(random: &mut Random) -> String {
    let prefix = random.between(1001, 9999);
    match random.below(5) {
        0 => format!(
            "10.{prefix}/s{}-{:03}-{:05}-{}",
            random.between(10000, 49999),
            random.below(30),
            random.below(99999),
            random.below(10)
        ),
        1 => format!(
            "10.{prefix}/j.{}.{}.{:02}.{:03}",
            random.pick(&["tree", "cities", "jmb", "langsci", "ress"]),
            year(random),
            random.between(1, 12),
            random.below(200)
        ),
        2 => format!(
            "10.{prefix}/{:08}.{}.{}",
            random.below(99_999_999),
            year(random),
            random.between(100_000, 2_000_000)
        ),
        3 => format!("10.{prefix}/{}", random.between(1000, 99_999_999)),
        _ => format!(
            "10.{prefix}/{}{:02}.{}",
            random.pick(&["vrt", "hist", "jss", "lfy", "rgs"]),
            random.below(90),
            random.between(100, 9999)
        ),
    }
}

fn isbn(random: &mut Random) -> String {
    let country = *random.pick(&[
        "0", "1", "2", "3", "4", "5", "7", "80", "83", "84", "85", "88", "90", "91", "605", "951", "963", "966", "978",
    ]);
    let middle = format!(
        "{country}-{:03}-{:0width$}",
        random.between(10, 999),
        random.below(10_usize.pow(8 - country.len().min(3) as u32 - 2)),
        width = 6 - country.len()
    );
    let ten = format!("{middle}-{}", random.pick(&["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "X"]));
    match random.below(3) {
        0 => ten,
        1 => format!("978-{middle}-{}", random.below(10)),
        _ => format!("978{}{}", middle.replace('-', ""), random.below(10)),
    }
}

/// The end of an address.
fn slug(random: &mut Random) -> String {
    const WORDS: &[&str] = &[
        "index",
        "news",
        "2019",
        "article",
        "report",
        "view",
        "stat",
        "publications",
        "docs",
        "item",
        "en",
        "archive",
        "data",
        "content",
        "pdf",
        "main",
        "page",
        "library",
        "research",
        "info",
        "journal",
        "node",
        "show",
        "detail",
        "press",
        "media",
    ];
    let mut words: Vec<String> = (0..random.between(1, 3)).map(|_| (*random.pick(WORDS)).to_owned()).collect();
    match random.below(5) {
        0 => words.push(format!("{}.html", random.between(10, 99999))),
        1 => words.push(format!("index.php?id={}", random.between(10, 99999))),
        2 => words.push(format!("{}.pdf", random.pick(WORDS))),
        3 => words.push(random.between(100, 999_999).to_string()),
        _ => {}
    }
    words.join("/")
}
