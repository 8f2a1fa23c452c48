//! What a line looks like: the evidence by which the list is found and split.
//!
//! Every line gets an [`Evidence`]: a set of yes-or-no observations and a few classes (how it begins, how it ends, how long it is).
//! All of it is typography that references share across languages (initials, a year in brackets, a page range, a stop at the end) and
//! how a line stands to its neighbours (indent, order of the alphabet, numbers that count up). A word list of one language would
//! do harm in another, so there is hardly any.
//!
//! A line is looked at in its first [`HEAD`] and last [`TAIL`] bytes, so that one line of 50 MB costs no more than any other.

use super::headings::{HeadingKind, behind_heading, heading_kind};
use super::lines::Line;
use crate::document::{BlockKind, Document, DocumentKind};

/// How many bytes of a line are read from its start.
const HEAD: usize = 420;
/// How many bytes of a line are read at its end.
const TAIL: usize = 60;

macro_rules! observations {
    ($($name:ident,)*) => {
        /// Yes-or-no observations on a line.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Seen { $($name,)* }

        impl Seen {
            /// How many there are.
            pub(crate) const COUNT: usize = [$(Self::$name,)*].len();
        }
    };
}

observations! {
    // Years.
    YearInBrackets, YearEarly, YearAnywhere, YearAtEnd, SeveralYears,
    // Cues.
    PageCue, PageRange, VolumeIssue, PublisherWord, JournalWord, EditorWord, InWord, Url, EtAl, Ampersand, SeveralInitials, Initial,
    ManyMarks, ManyCapitals, FunctionWords, Verb, CitationInProse, SeeWord, DotLeaders, UnclosedBracket, Quote, TitleColon, Digits, NoLetters,
    // The end.
    EndsStop, EndsHyphen, EndsComma, EndsLower, EndsNumber, EndsUrl, EndsBracket,
    // Length.
    Short, Middle, Full, Paragraph, Tiny,
    // Layout.
    BlankBefore, BlankAfter, IndentLess, IndentMore, AtMargin, Deeper, FirstOnPage, OneLineBlock, Wrapped,
    // Structure.
    ReferencesHeading, BackHeading, Heading, ListItem, TableRow, Footnote, HasLabel, Furniture, AfterHeading, Declared,
    // Order.
    AlphabetHolds, AlphabetBroken, NumberFollows, NumberAstray, NumberFirst,
    // Neighbourhood.
    BracketNumbersNear, DotNumbersNear, BlanksNear, HangingNear, LookalikesNone, LookalikesFew, LookalikesSome, LookalikesMany,
    SecondHalf, LastTenth, UnderHeading, UnlabelledAmongNumbers, BulletsNear, NoBulletAmongBullets,
}

/// How a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub(crate) enum Start {
    #[default]
    Other,
    BracketNumber,
    DotNumber,
    BracketLabel,
    Bullet,
    Dash,
    FamilyComma,
    FamilyInitials,
    InitialsFamily,
    GivenFamily,
    Capitals,
    Capital,
    Lower,
    Digit,
    Mark,
    Continuation,
    BareNumber,
    Uncased,
}

impl Start {
    pub(crate) const COUNT: usize = 18;

    /// Whether names stand there as references begin with them.
    pub(crate) const fn is_author(self) -> bool {
        matches!(self, Self::FamilyComma | Self::FamilyInitials | Self::InitialsFamily | Self::GivenFamily | Self::Dash)
    }
}

/// The evidence on one line.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Evidence {
    bits: u128,
    pub(crate) start: Start,
    /// How it begins behind a label.
    pub(crate) inner: Start,
    /// The number in front, if it is one.
    pub(crate) number: Option<u32>,
    /// First letter of what follows a label, upper case, for the order of the alphabet.
    letter: Option<char>,
    width: u32,
}

impl Evidence {
    pub(crate) const fn has(&self, seen: Seen) -> bool {
        self.bits & (1 << seen as u8) != 0
    }

    pub(crate) const fn bits(&self) -> u128 {
        self.bits
    }

    /// Whether it is a line as short as "Ibid 46" or "Harrow (n 3) 12", with a figure or a word that points back.
    pub(crate) const fn cites_again(&self) -> bool {
        self.width < 80 && (self.has(Seen::Digits) || self.has(Seen::SeeWord))
    }

    const fn set(&mut self, seen: Seen, holds: bool) {
        if holds {
            self.bits |= 1 << seen as u8;
        }
    }

    /// How it ends: hyphen, comma, stop, number or bracket, lower case, anything else.
    pub(crate) const fn end_class(&self) -> usize {
        if self.has(Seen::EndsHyphen) {
            0
        } else if self.has(Seen::EndsComma) {
            1
        } else if self.has(Seen::EndsStop) {
            2
        } else if self.has(Seen::EndsNumber) || self.has(Seen::EndsUrl) || self.has(Seen::EndsBracket) {
            3
        } else if self.has(Seen::EndsLower) {
            4
        } else {
            5
        }
    }

    /// How long it is beside its neighbours.
    pub(crate) const fn length_class(&self) -> usize {
        if self.has(Seen::Paragraph) {
            3
        } else if self.has(Seen::Full) {
            2
        } else if self.has(Seen::Middle) {
            1
        } else {
            0
        }
    }

    /// Which of "at the margin", "deeper", "nothing to tell by".
    pub(crate) const fn margin_class(&self) -> usize {
        if self.has(Seen::AtMargin) {
            1
        } else if self.has(Seen::Deeper) {
            2
        } else {
            0
        }
    }

    /// How the list around seems to tell its entries apart.
    pub(crate) const fn manner_class(&self) -> usize {
        if self.has(Seen::BracketNumbersNear) || self.has(Seen::DotNumbersNear) {
            1
        } else if self.has(Seen::HangingNear) {
            2
        } else if self.has(Seen::BlanksNear) {
            3
        } else {
            0
        }
    }

    /// Where the year stands.
    pub(crate) const fn year_class(&self) -> usize {
        if self.has(Seen::YearEarly) {
            0
        } else if self.has(Seen::YearAtEnd) {
            1
        } else if self.has(Seen::YearAnywhere) {
            2
        } else {
            3
        }
    }
}

/// The evidence on every line of a document.
pub(crate) fn evidence(document: &Document, lines: &[Line]) -> Vec<Evidence> {
    among(document, lines, each_alone(document, lines))
}

/// What each line shows by itself.
pub(super) fn each_alone(document: &Document, lines: &[Line]) -> Vec<Evidence> {
    lines.iter().map(|line| alone(line.text(document))).collect()
}

/// The same with what the other lines show of each.
pub(super) fn among(document: &Document, lines: &[Line], alone: Vec<Evidence>) -> Vec<Evidence> {
    let mut out = alone;
    links(document, lines, &mut out);
    structure(document, lines, &mut out);
    dashes(document, lines, &mut out);
    widths(&mut out);
    layout(lines, &mut out);
    order(&mut out);
    neighbourhood(&mut out);
    out
}

/// What the text of a line shows by itself. A pure function of the text.
pub(super) fn alone(text: &str) -> Evidence {
    let mut e = Evidence { width: u32::try_from(text.len()).unwrap_or(u32::MAX), ..Evidence::default() };
    let head = super::shape::prefix(text, HEAD);
    let behind = behind_heading(head);
    e.set(Seen::AfterHeading, behind.is_some());
    let head = behind.unwrap_or(head);
    let (label, body) = super::shape::label(head);
    e.start = label.start.unwrap_or_else(|| super::shape::start(head));
    e.number = label.number;
    e.inner = if label.start.is_some() { super::shape::start(body) } else { e.start };
    e.letter = body.chars().find(|c| c.is_alphabetic()).and_then(|c| c.to_uppercase().next());
    e.set(Seen::HasLabel, label.start.is_some());
    super::shape::words(body, &mut |seen| e.set(seen, true));
    super::shape::tail(super::shape::suffix(text, TAIL), &mut |seen| e.set(seen, true));
    e.set(Seen::Tiny, text.len() <= 5);
    e
}

/// A line that is nothing but the rest of a link ends with it, whatever it looks like: "Roads_Report.pdf".
fn links(document: &Document, lines: &[Line], out: &mut [Evidence]) {
    const LONGEST: usize = 200;
    for at in 1..lines.len() {
        if !out[at - 1].has(Seen::EndsUrl) || out[at].has(Seen::EndsUrl) || out[at].width as usize > LONGEST {
            continue;
        }
        let text = lines[at].text(document);
        let before = super::shape::suffix(lines[at - 1].text(document), LONGEST);
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        if !text.contains(char::is_whitespace) && super::link_goes_on(word, text) {
            out[at].set(Seen::EndsUrl, true);
        }
    }
}

/// What the document's structure says: headings, list items, table rows, declared lists.
fn structure(document: &Document, lines: &[Line], out: &mut [Evidence]) {
    let mut declared = document.declared_lists().iter().peekable();
    let mut seen_heading = false;
    for (index, line) in lines.iter().enumerate() {
        let block = &document.blocks()[line.block as usize];
        let alone_in_block = line.first_in_block && lines.get(index + 1).is_none_or(|next| next.block != line.block);
        let e = &mut out[index];
        e.set(Seen::BlankBefore, line.first_in_block);
        e.set(Seen::FirstOnPage, line.first_on_page);
        e.set(Seen::OneLineBlock, alone_in_block);
        e.set(Seen::ListItem, block.kind == BlockKind::ListItem);
        e.set(Seen::TableRow, block.kind == BlockKind::TableRow);
        e.set(Seen::Footnote, block.kind == BlockKind::Footnote);
        e.set(Seen::Heading, matches!(block.kind, BlockKind::Heading(_)));
        if block.label.is_some() && line.first_in_block {
            e.set(Seen::HasLabel, true);
            e.number = e.number.or_else(|| block.label.as_deref().and_then(|label| label.parse().ok()));
            if e.number.is_some() && e.start != Start::BracketNumber {
                e.start = Start::DotNumber;
            }
        }
        match heading_kind(line.text(document)) {
            Some(HeadingKind::References) => {
                seen_heading = true;
                e.set(Seen::ReferencesHeading, true);
            }
            Some(HeadingKind::Back) if !e.has(Seen::YearAnywhere) => {
                seen_heading = false;
                e.set(Seen::BackHeading, true);
            }
            _ => {}
        }
        seen_heading |= e.has(Seen::AfterHeading);
        e.set(Seen::UnderHeading, seen_heading);
        let heading = e.has(Seen::ReferencesHeading);
        while declared.peek().is_some_and(|list| list.blocks.end <= line.block as usize) {
            declared.next();
        }
        e.set(Seen::Declared, declared.peek().is_some_and(|list| list.blocks.contains(&(line.block as usize))));
        if let Some(next) = out.get_mut(index + 1) {
            next.set(Seen::AfterHeading, heading);
        }
        e_half(out, index, lines.len());
    }
}

/// A dash in front of a wrapped line ("– Weinheim.") is no bullet where other lines begin as references do and none behind a dash does,
/// nor where other signs are the bullets.
fn dashes(document: &Document, lines: &[Line], out: &mut [Evidence]) {
    const REACH: usize = 24;
    let dashed = |at: usize| document.kind() == DocumentKind::Plain && lines[at].text(document).starts_with(['–', '-']);
    let dashes: Vec<usize> = (0..lines.len()).filter(|&at| out[at].start == Start::Bullet && dashed(at)).collect();
    let stray = |&at: &usize| {
        let around = &out[at.saturating_sub(REACH)..(at + REACH + 1).min(out.len())];
        let authors = |bullet: bool| {
            around.iter().filter(|e| (e.start == Start::Bullet) == bullet && e.inner.is_author()).count()
        };
        authors(true) == 0 && authors(false) >= 3 || {
            let dashes = dashes.partition_point(|&dash| dash < (at + REACH + 1).min(out.len()))
                - dashes.partition_point(|&dash| dash < at.saturating_sub(REACH));
            let bullets = around.iter().filter(|e| e.start == Start::Bullet).count();
            bullets >= dashes * 3
        }
    };
    let stray: Vec<usize> = dashes.iter().copied().filter(stray).collect();
    for at in stray {
        out[at].start = Start::Mark;
        out[at].bits &= !(1 << Seen::HasLabel as u8);
    }
}

fn e_half(out: &mut [Evidence], index: usize, count: usize) {
    out[index].set(Seen::SecondHalf, index * 2 >= count);
    out[index].set(Seen::LastTenth, index * 10 >= count * 9);
}

/// Short, middle, full: against the width that lines around reach.
fn widths(out: &mut [Evidence]) {
    const REACH: usize = 40;
    const PARAGRAPH: u32 = 260;
    let mut window: Vec<u32> = Vec::with_capacity(REACH * 2);
    for chunk_start in (0..out.len()).step_by(REACH) {
        let from = chunk_start.saturating_sub(REACH / 2);
        let to = (chunk_start + REACH + REACH / 2).min(out.len());
        window.clear();
        window.extend(out[from..to].iter().map(|e| e.width).filter(|&width| width < PARAGRAPH));
        window.sort_unstable();
        // The width that all but the longest tenth keep to.
        let full = window.get(window.len().saturating_sub(1 + window.len() / 10)).copied().unwrap_or(80);
        let wrapped = window.len() * 4 > (to - from) * 3;
        for e in &mut out[chunk_start..(chunk_start + REACH).min(to)] {
            e.set(Seen::Paragraph, e.width >= PARAGRAPH);
            e.set(Seen::Full, e.width < PARAGRAPH && e.width * 100 >= full * 85);
            e.set(Seen::Middle, e.width * 100 < full * 85 && e.width * 100 >= full * 60);
            e.set(Seen::Short, e.width * 100 < full * 60);
            e.set(Seen::Wrapped, wrapped);
        }
    }
}

/// Indents against the line before and against the margin of the lines around.
///
/// "At the margin" is where entries begin: in a list that hangs the outer margin; in one whose entries begin like paragraphs, with an
/// indented line, the inner one.
fn layout(lines: &[Line], out: &mut [Evidence]) {
    const REACH: usize = 12;
    for index in 0..lines.len() {
        let indent = lines[index].indent;
        let from = index.saturating_sub(REACH);
        let to = (index + REACH + 1).min(lines.len());
        let around = &lines[from..to];
        let margin = around.iter().map(|line| line.indent).min().unwrap_or(0);
        let deeper = around.iter().filter(|line| line.indent > margin).count();
        let tells = deeper >= 2 && deeper + 2 <= around.len();
        let indented_first = tells && begin_indented(around, &out[from..to], margin);
        let before = index.checked_sub(1).map(|before| lines[before].indent);
        let blank_after = lines.get(index + 1).is_none_or(|next| next.first_in_block);
        let e = &mut out[index];
        e.set(Seen::BlankAfter, blank_after);
        let (mut less, mut more) = before.map_or((false, false), |before| (indent < before, indent > before));
        if indented_first {
            std::mem::swap(&mut less, &mut more);
        }
        e.set(Seen::IndentLess, less);
        e.set(Seen::IndentMore, more);
        e.set(Seen::AtMargin, tells && (indent == margin) != indented_first);
        e.set(Seen::Deeper, tells && (indent == margin) == indented_first);
        e.set(Seen::HangingNear, tells);
    }
}

/// Whether it is the indented lines that begin as references do.
fn begin_indented(lines: &[Line], seen: &[Evidence], margin: u16) -> bool {
    let count = |deep: bool, author: bool| {
        let one = |(line, e): &(&Line, &Evidence)| (line.indent > margin) == deep && (!author || e.inner.is_author());
        lines.iter().zip(seen).filter(one).count()
    };
    let (deep, outer) = (count(true, true), count(false, true));
    // In a list that hangs hardly any of the lines behind the first begins with names; in one of paragraphs none goes on indented.
    deep >= 2 && deep * 2 >= count(true, false) && outer * 4 < count(false, false)
}

/// Whether the alphabet and the numbers go on from the last line that began like an entry.
fn order(out: &mut [Evidence]) {
    let mut letter: Option<char> = None;
    let mut number: Option<u32> = None;
    for e in out.iter_mut() {
        if e.has(Seen::ReferencesHeading) || e.has(Seen::Heading) {
            (letter, number) = (None, None);
            continue;
        }
        if (e.inner.is_author() || e.inner == Start::Capital || e.inner == Start::Capitals)
            && let Some(own) = e.letter
        {
            let holds = letter.is_some_and(|last| own >= last && own as u32 - last as u32 <= 2);
            e.set(Seen::AlphabetHolds, holds);
            e.set(Seen::AlphabetBroken, letter.is_some() && !holds);
            // A line that breaks the order does not set a new one, unless it looks like an author more than the last did.
            if holds || e.inner.is_author() {
                letter = Some(own);
            }
        }
        if let Some(own) = e.number {
            e.set(Seen::NumberFollows, number.is_some_and(|last| own == last.saturating_add(1)));
            e.set(Seen::NumberAstray, number.is_some_and(|last| own != last.saturating_add(1)));
            e.set(Seen::NumberFirst, own == 1);
            // "2010." at the start of a wrapped line is no number of the list.
            if own < 3000 && (number.is_none() || own == 1 || number.is_some_and(|last| own > last && own - last <= 3))
            {
                number = Some(own);
            }
        }
    }
}

/// What the lines around are like: numbered, set apart by blank lines, full of years and initials.
fn neighbourhood(out: &mut [Evidence]) {
    const REACH: usize = 24;
    let looks = |e: &Evidence| {
        let year = e.has(Seen::YearInBrackets) || e.has(Seen::YearAtEnd) || e.has(Seen::YearEarly);
        let names = e.has(Seen::SeveralInitials) || e.inner.is_author();
        let cue = e.has(Seen::PageRange) || e.has(Seen::VolumeIssue) || e.has(Seen::PageCue);
        usize::from(year) + usize::from(names) + usize::from(cue) >= 2
    };
    let sum = |holds: &dyn Fn(&Evidence) -> bool, out: &[Evidence]| {
        let mut sums = Vec::with_capacity(out.len() + 1);
        let mut total = 0u32;
        sums.push(0);
        for e in out {
            total += u32::from(holds(e));
            sums.push(total);
        }
        sums
    };
    let brackets =
        sum(&|e| e.start == Start::BracketNumber && (e.has(Seen::NumberFollows) || e.has(Seen::NumberFirst)), out);
    let dots = sum(&|e| e.start == Start::DotNumber && (e.has(Seen::NumberFollows) || e.has(Seen::NumberFirst)), out);
    let blanks = sum(&|e| e.has(Seen::BlankBefore), out);
    let bullets = sum(&|e| e.start == Start::Bullet, out);
    let lookalikes = sum(&looks, out);
    for index in 0..out.len() {
        let from = index.saturating_sub(REACH);
        let to = (index + REACH + 1).min(out.len());
        let count = |sums: &[u32]| sums[to] - sums[from];
        let near = count(&lookalikes) - u32::from(looks(&out[index]));
        let share = near * 100 / u32::try_from(to - from).unwrap_or(1).max(1);
        let e = &mut out[index];
        let numbered = count(&brackets) >= 3 || count(&dots) >= 3;
        e.set(Seen::BracketNumbersNear, count(&brackets) >= 3);
        e.set(Seen::DotNumbersNear, count(&dots) >= 3);
        e.set(Seen::BlanksNear, count(&blanks) as usize * 4 >= to - from);
        e.set(Seen::BulletsNear, count(&bullets) >= 3);
        e.set(Seen::NoBulletAmongBullets, count(&bullets) >= 3 && e.start != Start::Bullet);
        e.set(Seen::UnlabelledAmongNumbers, numbered && e.number.is_none());
        e.set(Seen::LookalikesNone, share < 4);
        e.set(Seen::LookalikesFew, (4..15).contains(&share));
        e.set(Seen::LookalikesSome, (15..35).contains(&share));
        e.set(Seen::LookalikesMany, share >= 35);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn observations_fit_their_set() {
        const { assert!(Seen::COUNT <= 128) };
        assert_eq!(Start::Uncased as usize + 1, Start::COUNT);
    }

    #[track_caller]
    fn check(line: &str, start: Start, seen: &[Seen]) {
        let e = alone(line);
        assert_eq!(e.start, start, "{line}");
        for &one in seen {
            assert!(e.has(one), "{one:?} in {line}");
        }
    }

    #[test]
    fn a_line_shows_its_start_its_cues_and_its_end() {
        check("[12] Baker, C. (2021).", Start::BracketNumber, &[Seen::YearInBrackets, Seen::EndsStop, Seen::HasLabel]);
        check("Baker, C. (2021). Military coopera-", Start::FamilyComma, &[Seen::YearEarly, Seen::EndsHyphen]);
        check(
            "Glick R, Rose AK. Contagion. J Int Money Finance. 1999;18(4):603-17.",
            Start::FamilyInitials,
            &[Seen::VolumeIssue, Seen::EndsStop],
        );
        check("A. K. Rose, Nature 12, 45 (1998)", Start::InitialsFamily, &[Seen::SeveralInitials]);
        check("and the structure of cities that we", Start::Continuation, &[Seen::EndsLower]);
        check("———. 2019. Title.", Start::Dash, &[Seen::YearEarly]);
    }
}
