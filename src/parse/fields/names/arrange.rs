//! The pieces of a run → names, at the least price.
//!
//! A name is one piece ("C. G. Gaddy", "Gaddy CG"), two ("Gaddy", "C. G."), or three with a suffix; the name of a body may span several.
//! Each reading has a price in tenths by how well the pieces look the part, and a change of manner from one name to the next has a
//! price, too. The cheapest sequence is found by dynamic programming over the pieces, in linear time.

use std::ops::Range;

use super::super::conventions::{Conventions, NameOrder, Tally};
use super::super::words::is_cjk;
use super::person::{is_capitals, is_given, trailing_initials};
use super::run::{Look, Piece, Run, Separator, Word};
use super::words;

/// How a name is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// "Gaddy, C. G."
    Inverted,
    /// "C. G. Gaddy", in the order of speech.
    Spoken,
    /// "Gaddy CG", "KUHLMANN Martin".
    FamilyFirst,
    /// A body, or a name that is not divided.
    Literal,
}

/// One name of the run.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) manner: Manner,
    pub(super) words: Range<usize>,
    /// The first word behind the comma of an inverted name.
    pub(super) comma: Option<usize>,
    /// The first word behind the conjunction inside a family name: "Gasset" of "José Ortega y Gasset".
    pub(super) joint: Option<usize>,
}

/// What a reading never costs.
const IMPOSSIBLE: u32 = 1_000_000;

/// The longest body's name, in pieces.
const LONGEST_BODY: usize = 8;

/// The manners as states; the first inverted name is a state of its own, since "Glick, R., A. K. Rose" is a usual style.
const FIRST: usize = 0;
const INVERTED: usize = 1;
const SPOKEN: usize = 2;
const FAMILY_FIRST: usize = 3;
const LITERAL: usize = 4;
const STATES: usize = 5;

/// Price of going from the manner of one name (row) to that of the next (column).
#[rustfmt::skip]
const CHANGE: [[u32; STATES]; STATES] = [
    //  first      inverted  spoken  family first  literal
    [IMPOSSIBLE,   0,        6,      12,           3],
    [IMPOSSIBLE,   0,        20,     12,           3],
    [IMPOSSIBLE,   25,       0,      20,           3],
    [IMPOSSIBLE,   12,       6,      0,            3],
    [IMPOSSIBLE,   3,        3,      3,            0],
];

/// The best way to reach a piece in a state.
#[derive(Clone, Copy)]
struct Step {
    price: u32,
    /// Where the name began, and the state before it.
    from: usize,
    before: usize,
}

/// Reads the pieces as names.
pub(super) fn arrange(source: &str, run: &Run, conventions: &Conventions) -> Vec<Part> {
    let shapes: Vec<Shape> =
        run.pieces.iter().map(|piece| Shape::of(source, &run.words[piece.words.clone()])).collect();
    let pricer = Pricer::new(run, &shapes, conventions);
    let count = shapes.len();
    let unreached = Step { price: IMPOSSIBLE, from: 0, before: 0 };
    let mut best = vec![[unreached; STATES]; count + 1];
    // Only a run with a word for a body can have a name of more than three pieces.
    let longest = if shapes.iter().any(|shape| shape.body > 0) { LONGEST_BODY } else { 3 };
    for end in 1..=count {
        for from in end.saturating_sub(longest)..end {
            let states = if end - from > 3 { LITERAL..STATES } else { FIRST..STATES };
            for state in states {
                let Some(price) = pricer.price(from..end, state) else { continue };
                let (before, total) = if from == 0 {
                    (state, price)
                } else {
                    let cheapest = (0..STATES).map(|before| (before, best[from][before].price + CHANGE[before][state]));
                    let (before, through) = cheapest.min_by_key(|&(_, price)| price).unwrap_or((0, IMPOSSIBLE));
                    (before, through + price)
                };
                if total < best[end][state].price {
                    best[end][state] = Step { price: total, from, before };
                }
            }
        }
    }
    trace(run, &best)
}

/// Counts the names without comma and initials whose given name or capitals show their order.
pub(super) fn observe(source: &str, run: &Run, tally: &mut Tally) {
    for piece in &run.pieces {
        let words = &run.words[piece.words.clone()];
        // Most pieces are a family name or initials, and are told by that alone.
        if words.len() < 2 || words.iter().any(|word| word.look == Look::Initials) {
            continue;
        }
        let shape = Shape::of(source, words);
        let plain = shape.leading + shape.trailing == 0
            && shape.count - shape.particles.min(shape.count) == 2
            && shape.body == 0;
        match (plain, shape.given_first, shape.given_last) {
            (true, _, _) if shape.capitals_first => tally.family_first += 1,
            (true, true, false) => tally.given_first += 1,
            (true, false, true) => tally.family_first += 1,
            _ => {}
        }
    }
}

/// Follows the cheapest steps back from the end.
fn trace(run: &Run, best: &[[Step; STATES]]) -> Vec<Part> {
    let mut end = best.len() - 1;
    let mut state = (0..STATES).min_by_key(|&state| best[end][state].price).unwrap_or(LITERAL);
    let mut parts = Vec::with_capacity(end);
    while end > 0 {
        let step = best[end][state];
        let pieces = &run.pieces[step.from..end];
        let manner = match state {
            FIRST | INVERTED => Manner::Inverted,
            SPOKEN => Manner::Spoken,
            FAMILY_FIRST => Manner::FamilyFirst,
            _ => Manner::Literal,
        };
        let comma = (manner == Manner::Inverted).then(|| comma(pieces, run)).flatten();
        let joint =
            pieces.iter().skip(1).find(|piece| piece.separator == Separator::LetterAnd).map(|piece| piece.words.start);
        parts.push(Part { manner, words: pieces[0].words.start..pieces[pieces.len() - 1].words.end, comma, joint });
        (end, state) = (step.from, step.before);
    }
    parts.reverse();
    parts
}

/// The word behind the comma that parts the family name from the given name; a suffix may stand on either side.
fn comma(pieces: &[Piece], run: &Run) -> Option<usize> {
    let is_suffix = |piece: &Piece| run.words[piece.words.clone()].iter().all(|word| word.look == Look::Suffix);
    let behind = pieces[1..].iter().find(|piece| piece.separator == Separator::Comma && !is_suffix(piece));
    behind.or(pieces.get(1)).map(|piece| piece.words.start)
}

/// What a piece looks like.
#[derive(Debug, Clone, Copy, Default)]
struct Shape {
    /// Words that are neither suffix nor bracket.
    count: usize,
    /// Initials in front and at the end; all words of "C. G." are in front.
    leading: usize,
    trailing: usize,
    /// The trailing initials have no stops: "Gaddy CG", "Muhammad I".
    bare: bool,
    /// Every word is an initial.
    initials: bool,
    /// Nothing but a suffix.
    suffix: bool,
    /// A degree: "PhD", "M.D."
    degree: bool,
    /// Particles in front.
    particles: usize,
    /// Particles at the end: "J. A. da" behind "SILVA".
    particles_behind: usize,
    /// One word of two to eight capitals.
    acronym: bool,
    /// The first words are capitals and a later one is not: "KUHLMANN Martin".
    capitals_first: bool,
    /// The first, the last word is a known given name.
    given_first: bool,
    given_last: bool,
    /// How sure it is that it names a body: 0 no, 1 perhaps, 2 certainly.
    body: u8,
    /// It begins with a word for a part of a body: "Department of …".
    division: bool,
    cjk: bool,
    /// A lower-case word that is no particle.
    lower: bool,
    /// The first word is in lower case.
    starts_lower: bool,
    /// Every word is in capitals, without stops: "LE GALL".
    capitals: bool,
    /// Its last word names a body only with others.
    modest: bool,
    /// It goes on with "of", "for", "für".
    function: bool,
    /// It begins like a body's name of its own: with an article, an adjective of place, a word for a body.
    opens: bool,
}

impl Shape {
    fn of(source: &str, all: &[Word]) -> Self {
        let text = |word: &Word| &source[word.start..word.end];
        let counted: Vec<&Word> =
            all.iter().filter(|word| !matches!(word.look, Look::Suffix | Look::Bracket)).collect();
        let count = counted.len();
        let (Some(first), Some(last)) = (counted.first(), counted.last()) else {
            return Self { suffix: all.iter().any(|word| word.look == Look::Suffix), count: 0, ..Self::default() };
        };
        let is_initial = |word: &Word| matches!(word.look, Look::Initials | Look::Capitals);
        let mut shape = Self { count, ..Self::default() };
        shape.particles = counted.iter().take_while(|word| word.look == Look::Particle).count();
        shape.particles_behind = counted.iter().rev().take_while(|word| word.look == Look::Particle).count();
        shape.cjk = counted.iter().any(|word| text(word).chars().any(is_cjk));
        shape.degree = words::is_degree(&all.iter().map(|word| word.lower.as_str()).collect::<String>());
        shape.count_initials(&counted, source);
        shape.acronym = count == 1 && is_acronym(text(first));
        shape.capitals_first = count > 1
            && is_capitals(source, first)
            && !is_capitals(source, last)
            && last.look == Look::Word
            && !shape.leading_is_initials(first, text(first), counted[1]);
        shape.given_first = is_given(&first.lower);
        shape.given_last =
            count > 1 && counted.iter().rev().find(|word| !is_initial(word)).is_some_and(|word| is_given(&word.lower));
        // "Li Fang-kuei", "Yuhao He": a Chinese or Korean family name shows its end.
        if (2..=3).contains(&count) && !shape.given_first && !shape.given_last {
            let (leads, ends) = (words::is_sino_family(&first.lower), words::is_sino_family(&last.lower));
            (shape.given_first, shape.given_last) = (ends && !leads, leads && !ends);
        }
        shape.lower = counted.iter().any(|word| {
            word.look == Look::Word
                && text(word).starts_with(char::is_lowercase)
                && !words::is_letter_conjunction(&word.lower)
        });
        shape.starts_lower = text(first).starts_with(char::is_lowercase);
        shape.capitals = counted.iter().all(|word| is_capitals(source, word));
        shape.modest = words::is_modest(&last.lower);
        let short_name = all
            .iter()
            .any(|word| word.look == Look::Bracket && is_acronym(text(word).trim_matches(['(', ')', '[', ']'])));
        let body_words = counted.iter().filter(|word| words::names_body(&word.lower)).count();
        let function = counted[1..]
            .iter()
            .any(|word| text(word).starts_with(char::is_lowercase) && words::is_function_word(&word.lower));
        let article = count > 1 && words::is_article(&first.lower) && text(first).starts_with(char::is_uppercase);
        let numeric = counted.iter().any(|word| text(word).starts_with(|c: char| c.is_ascii_digit()));
        shape.body = match (body_words, function || article || numeric) {
            (0, false) if short_name => 2,
            (0, false) => u8::from(shape.acronym || (shape.capitals && count > 3)),
            (0, true) => 1,
            (_, true) => 2,
            (_, false) => {
                if count > 1 {
                    2
                } else {
                    1
                }
            }
        };
        shape.division = words::is_division(&first.lower);
        shape.function = function;
        shape.opens = article || (words::names_body(&first.lower) && !words::is_modest(&first.lower));
        shape
    }

    /// Counts the initials at both ends. Where every word could be one ("LI X", "Y. LI", "JM LEE"), one is the family name.
    fn count_initials(&mut self, counted: &[&Word], source: &str) {
        let count = counted.len();
        let text = |word: &Word| &source[word.start..word.end];
        let is_initial = |word: &Word| matches!(word.look, Look::Initials | Look::Capitals);
        self.bare = counted.iter().skip(1).filter(|word| is_initial(word)).all(|word| !word.stopped);
        if counted.iter().all(|word| is_initial(word)) {
            let certain = counted.iter().all(|word| word.look == Look::Initials);
            if certain || count == 1 {
                (self.initials, self.leading) = (true, count);
                return;
            }
            let family_last = counted[count - 1].look == Look::Capitals && counted[0].look == Look::Initials
                || (counted[count - 1].look == Look::Capitals
                    && !has_vowel(&counted[0].lower)
                    && has_vowel(&counted[count - 1].lower));
            let trailing = trailing_initials(counted);
            (self.leading, self.trailing) = if family_last { (count - 1, 0) } else { (0, trailing) };
            return;
        }
        self.leading = counted.iter().take_while(|word| word.look == Look::Initials).count();
        let ends_full = counted[count - 1].look == Look::Word;
        if self.leading == 0
            && count > 1
            && ends_full
            && self.leading_is_initials(counted[0], text(counted[0]), counted[1])
        {
            self.leading = 1;
        }
        let behind_particles = counted.iter().rev().skip_while(|word| word.look == Look::Particle);
        let trailing = behind_particles.take_while(|word| is_initial(word)).count();
        self.trailing = if self.leading == 0 && trailing < count { trailing } else { 0 };
    }

    /// "JD" of "JD Smith" against "LI" of "LI Xiaoming".
    fn leading_is_initials(&self, word: &Word, text: &str, next: &Word) -> bool {
        word.look == Look::Capitals
            && next.look == Look::Word
            && !is_given(&next.lower)
            && !matches!(word.lower.as_str(), "us" | "uk" | "eu" | "un")
            && text.chars().count() <= 3
            && (text.chars().count() == 2 || !has_vowel(&word.lower))
    }

    /// A family name and nothing else: "Alpar", "van Imhoff", "García Márquez".
    fn family_words(&self) -> usize {
        let capitals = self.capitals && self.count > 0;
        let initials = self.leading > 0 || self.trailing > 0 || self.initials;
        if initials && !capitals { 0 } else { self.count - self.particles }
    }
}

fn has_vowel(lower: &str) -> bool {
    lower.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let upper = text.chars().filter(|c| c.is_uppercase()).count();
    (2..=8).contains(&letters) && upper * 3 >= letters * 2 && upper > 1 && !text.ends_with('.')
}

struct Pricer<'r> {
    run: &'r Run,
    shapes: &'r [Shape],
    /// The strongest separator of the run, "and" left out: where names stand between semicolons, a comma is inside a name.
    strongest: Separator,
    order: NameOrder,
}

impl<'r> Pricer<'r> {
    fn new(run: &'r Run, shapes: &'r [Shape], conventions: &Conventions) -> Self {
        let semicolon = run.pieces.iter().any(|piece| piece.separator == Separator::Semicolon);
        let slash = run.pieces.iter().any(|piece| piece.separator == Separator::Slash);
        let strongest = match (semicolon, slash) {
            (true, _) => Separator::Semicolon,
            (_, true) => Separator::Slash,
            _ => Separator::Comma,
        };
        Self { run, shapes, strongest, order: conventions.name_order }
    }

    /// The price of reading the pieces as one name in the manner of `state`; none if they cannot be.
    fn price(&self, pieces: Range<usize>, state: usize) -> Option<u32> {
        let boundary = self.boundary(pieces.start);
        let own = match (state, pieces.len()) {
            (FIRST, _) if pieces.start > 0 => None,
            (INVERTED, _) if pieces.start == 0 => None,
            (FIRST | INVERTED, _) => self.inverted(pieces),
            (SPOKEN, _) => self.alone(pieces, Self::spoken),
            // "Lapa e Silva JR".
            (FAMILY_FIRST, 2) if self.run.pieces[pieces.start + 1].separator == Separator::LetterAnd => {
                let (first, second) = (&self.shapes[pieces.start], &self.shapes[pieces.start + 1]);
                let plain = first.family_words() == 1 && second.trailing > 0 && second.count - second.trailing == 1;
                plain.then(|| self.family_first(second)).flatten().map(|price| price + 8)
            }
            (FAMILY_FIRST, _) => self.alone(pieces, Self::family_first),
            _ => self.literal(pieces),
        };
        own.map(|price| price + boundary)
    }

    /// What it costs that a name begins here.
    fn boundary(&self, at: usize) -> u32 {
        match self.run.pieces[at].separator {
            Separator::Comma if self.strongest > Separator::Comma => 15,
            Separator::Dash => 3,
            Separator::Slash if self.strongest == Separator::Semicolon => 10,
            Separator::LetterAnd => 2,
            _ => 0,
        }
    }

    /// One piece, or one and its suffix behind a comma: "R. D. Johnson, III".
    fn alone(&self, pieces: Range<usize>, price: impl Fn(&Self, &Shape) -> Option<u32>) -> Option<u32> {
        let shape = &self.shapes[pieces.start];
        match pieces.len() {
            1 => price(self, shape),
            2 if self.is_suffix(pieces.start + 1) && shape.count > 1 => price(self, shape),
            // "José Ortega y Gasset", "J. Sebastiao e Silva".
            2 if self.run.pieces[pieces.start + 1].separator == Separator::LetterAnd => {
                let second = &self.shapes[pieces.start + 1];
                let plain = second.family_words() == 1
                    && second.count == 1
                    && (shape.leading > 0 || shape.given_first && shape.count > 1);
                (plain && second.body == 0).then(|| price(self, shape)).flatten().map(|price| price + 6)
            }
            _ => None,
        }
    }

    fn is_suffix(&self, at: usize) -> bool {
        self.run.pieces[at].separator == Separator::Comma && (self.shapes[at].suffix || self.shapes[at].degree)
    }

    /// "Gaddy, C. G.", "King, Jr., M. L.", "King, M. L., Jr.", "Ortega y Gasset, José".
    fn inverted(&self, pieces: Range<usize>) -> Option<u32> {
        let (start, count) = (pieces.start, pieces.len());
        let comma = |at: usize| self.run.pieces[at].separator == Separator::Comma;
        match count {
            2 if comma(start + 1) => self.pair(&self.shapes[start], &self.shapes[start + 1]),
            // "Birke; M.": a separator of the wrong kind.
            2 if self.run.pieces[start + 1].separator == Separator::Semicolon && self.shapes[start + 1].initials => {
                self.pair(&self.shapes[start], &self.shapes[start + 1]).map(|price| price + 15)
            }
            3 if self.is_suffix(start + 1) && comma(start + 2) => {
                self.pair(&self.shapes[start], &self.shapes[start + 2])
            }
            3 if comma(start + 1) && self.is_suffix(start + 2) => {
                self.pair(&self.shapes[start], &self.shapes[start + 1])
            }
            3 if self.run.pieces[start + 1].separator == Separator::LetterAnd && comma(start + 2) => {
                let (first, second) = (&self.shapes[start], &self.shapes[start + 1]);
                let plain = (1..=2).contains(&first.family_words()) && second.family_words() == 1 && !first.given_first;
                plain.then(|| self.pair(second, &self.shapes[start + 2])).flatten().map(|price| price + 8)
            }
            _ => None,
        }
    }

    /// A family name and what stands behind its comma.
    fn pair(&self, family: &Shape, given: &Shape) -> Option<u32> {
        // "Ahmed, II": the numeral is initials where there is nothing else.
        if given.suffix && family.count == 1 {
            return Some(10);
        }
        if family.count == 0 || given.count == 0 || family.cjk != given.cjk {
            return None;
        }
        let family_price = match family.family_words() {
            // "Zs, Visy": initials in the family's place; "J. Smith, Paul" is two names.
            0 if family.initials && family.count == 1 => 30,
            0 => 50,
            1 => 0,
            2 => 4 + if family.given_first && !given.initials { 10 } else { 0 },
            _ => 12,
        };
        let given_price =
            if given.initials || given.leading > 0 && given.leading + given.particles_behind == given.count {
                0
            } else if given.leading > 0 {
                // "Smith, J. Paul", against "Smith, J. Miller".
                if given.given_last { 6 } else { 14 }
            } else if given.trailing > 0 {
                match (given.given_first, given.bare) {
                    (true, _) => 4,
                    (false, false) if given.count - given.trailing == 1 => 8,
                    _ => 40,
                }
            } else {
                let known = if given.given_first { 0 } else { 4 };
                known
                    + match given.count {
                        1 => 1,
                        2 => 6,
                        _ => 14,
                    }
            };
        // "Adriaan Verhulst, Georges Declercq": two words on both sides are two names, unless the second has two given names.
        let two = family.family_words() == 2 && given.count == 2 && given.leading + given.trailing == 0;
        let two = u32::from(two)
            * match (given.given_first, given.given_last) {
                (true, true) => 2,
                (true, false) => 8,
                (false, _) => 10,
            };
        let turned = if !given.initials && family.family_words() == 1 && family.given_first && !given.given_first {
            8
        } else {
            0
        };
        let body =
            u32::from(family.body.max(given.body).saturating_sub(u8::from(family.acronym || given.acronym))) * 10;
        let body = if given.initials { body.min(4) } else { body };
        let lower = if family.lower || given.lower { 12 } else { 0 };
        Some(family_price + given_price + two + turned + body + lower)
    }

    /// "C. G. Gaddy", "Michael I. Mandel", "Paul Alpar", "Platon".
    fn spoken(&self, shape: &Shape) -> Option<u32> {
        if shape.count == 0 || shape.cjk {
            return None;
        }
        let price = if shape.initials {
            80
        } else if shape.leading > 0 {
            0
        } else if shape.trailing > 0 {
            30
        } else if shape.count - shape.particles.min(shape.count) == 1 {
            if self.shapes.len() == 1 { 2 } else { 30 }
        } else {
            let order = match (shape.given_first, shape.given_last) {
                (true, false) => 3,
                (false, true) if shape.count - shape.particles == 2 => 14,
                _ => 8,
            };
            let listed = if self.order == NameOrder::FamilyFirst { 5 } else { 0 };
            order + listed + if shape.capitals_first { 20 } else { 0 }
        };
        Some(price + u32::from(shape.body) * if shape.leading > 0 { 8 } else { 20 } + if shape.lower { 15 } else { 0 })
    }

    /// "Gaddy CG", "KUHLMANN Martin", "Duclos Jean-Claude".
    fn family_first(&self, shape: &Shape) -> Option<u32> {
        if shape.count < 2 || shape.count - shape.particles < 2 {
            return None;
        }
        if shape.cjk {
            // "山田 太郎", "王士元 W.S."
            return (shape.count == 2).then_some(2);
        }
        let price = if shape.initials || shape.leading > 0 {
            return None;
        } else if shape.trailing > 0 {
            match (shape.bare, shape.given_first) {
                (true, _) => 0,
                (false, false) => 3,
                (false, true) => 20,
            }
        } else if shape.capitals_first {
            1
        } else {
            let order = match (shape.given_first, shape.given_last) {
                (false, true) if shape.count - shape.particles == 2 => 5,
                (false, true) => 9,
                (true, false) => 20,
                _ => 13,
            };
            order - if self.order == NameOrder::FamilyFirst { 5 } else { 0 }
        };
        let many = (shape.count - shape.trailing - shape.particles).saturating_sub(2) as u32 * 3;
        Some(
            price
                + many
                + u32::from(shape.body) * if shape.trailing > 0 { 8 } else { 20 }
                + if shape.lower { 15 } else { 0 },
        )
    }

    /// A body, perhaps over several pieces: "Department of Health, Education, and Welfare".
    fn literal(&self, pieces: Range<usize>) -> Option<u32> {
        let shapes = &self.shapes[pieces.clone()];
        let body = shapes.iter().map(|shape| shape.body).max().unwrap_or(0);
        if let [shape] = shapes {
            let price = if shape.cjk {
                if shape.count == 1 { 0 } else { 4 }
            } else {
                match (shape.body, shape.count) {
                    (2, _) => 2,
                    (1, 1) if self.shapes.len() == 1 => 0,
                    (1, 1) => 9,
                    (1, _) => 6,
                    (_, 0) => 90,
                    _ => 60,
                }
            };
            return Some(
                price
                    + if shape.initials && !shape.acronym {
                        20
                    } else if shape.trailing > 0 {
                        12
                    } else {
                        0
                    },
            );
        }
        if body < 2 && !shapes.iter().any(|shape| shape.body == 1 && shape.lower) {
            return None;
        }
        let mut price = 3;
        for (at, shape) in pieces.clone().zip(shapes) {
            if shape.initials && !shape.acronym || shape.cjk || shape.suffix {
                price += 60;
            } else if shape.trailing > 0 || shape.leading > 0 && shape.body == 0 {
                price += 40;
            }
            if at > pieces.start {
                let separator = self.run.pieces[at].separator;
                price += match separator {
                    Separator::Semicolon | Separator::Slash => return None,
                    Separator::Dash if self.shapes[at - 1].acronym || shape.acronym => 0,
                    Separator::Dash | Separator::Comma => 5,
                    // "Bildung und Technologie" behind "Bundesamt für".
                    _ if self.shapes[at - 1].function && !shape.opens => 0,
                    _ => 2,
                };
                // Two bodies side by side are two bodies, unless the second is a part of the first.
                let before = &self.shapes[at - 1];
                let whole = if before.function && separator == Separator::And { shape.opens } else { !shape.modest };
                let complete = shape.body == 2 && before.body > 0 && whole || shape.acronym;
                let joined = shape.division || shape.starts_lower || separator == Separator::Dash;
                price += if complete && !joined { 10 } else { 0 };
                price += if shape.given_first && shape.body == 0 { 8 } else { 0 };
            }
        }
        // A comma belongs to a body's name only behind a word that names one.
        let opens =
            shapes[0].body == 2 || shapes.len() > 1 && self.run.pieces[pieces.start + 1].separator != Separator::Comma;
        price += if opens { 0 } else { 10 };
        Some(price)
    }
}
