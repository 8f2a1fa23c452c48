//! Tokens → features: what the model may look at to label a token.
//!
//! A feature is a template and a value ("the shapes of this token and of the two behind it are X . ,"), hashed to one of
//! [`ROWS`] rows of weights; two features that share a row cost little, since rows are many and features weak. All groups of
//! templates overlap on purpose:
//!
//! - the word, its neighbours and its affixes;
//! - n-grams of shapes, and of shapes with what the word announces ("symbols");
//! - the lexicon's classes, own and of the neighbours;
//! - patterns of numbers (ranges, "12(3)", dates, identifiers);
//! - the stretch between strong marks that the token is in ("chunk"), and the stretches around it;
//! - flags of the whole reference: what stands before and behind this token, however far;
//! - place in the reference, brackets, quotes, italics.
//!
//! A change of any template changes what the rows mean: raise [`VERSION`] with it, and train again.

use super::attributes::{Attributes, SPACE, attributes, coarse, is_capital, is_number, is_word, mix, shape};
use super::chunks::{self, Chunk};
use super::lexicon::{Lexicon, class};
use super::patterns;
use crate::parse::entries::Entry;
use crate::parse::tokens::Token;

/// Which set of templates this is; a model names the one that it was trained with.
pub const VERSION: u16 = 1;

/// How many rows of weights the features are hashed to.
pub(crate) const ROWS: usize = 1 << ROW_BITS;
const ROW_BITS: u32 = 18;

/// Most features of a token.
pub(crate) const MAX_FEATURES: usize = 128;

/// Tokens in front and behind whose attributes can be asked for.
const PAD: usize = 4;

/// The rows of one token's features.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    rows: [u32; MAX_FEATURES],
    len: usize,
}

impl Rows {
    pub(crate) const fn new() -> Self {
        Self { rows: [0; MAX_FEATURES], len: 0 }
    }

    pub(crate) fn as_slice(&self) -> &[u32] {
        &self.rows[..self.len]
    }

    #[inline]
    fn add(&mut self, template: u64, value: u64) {
        let hash = (value ^ template.wrapping_mul(0xff51_afd7_ed55_8ccd)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        if let Some(slot) = self.rows.get_mut(self.len) {
            *slot = (hash >> (64 - ROW_BITS)) as u32;
            self.len += 1;
        }
    }
}

/// Everything that the features of one entry's tokens are made from. Reused from entry to entry.
#[derive(Debug, Default)]
pub(crate) struct Analysis {
    attributes: Vec<Attributes>,
    patterns: Vec<u8>,
    states: Vec<u8>,
    chunk_of: Vec<u16>,
    chunks: Vec<Chunk>,
    flags: Vec<u32>,
    before: Vec<u32>,
    after: Vec<u32>,
    marks_known: bool,
    words: Vec<u64>,
    classes: Vec<u64>,
}

impl Analysis {
    /// Looks at an entry as a whole; what [`Analysis::rows`] then says of each token depends on it.
    pub(crate) fn analyse(&mut self, entry: &Entry, tokens: &[Token], lexicon: Lexicon<'_>) {
        self.attributes.clear();
        self.attributes.resize(PAD, Attributes::default());
        let buffers = (&mut self.words, &mut self.classes);
        attributes(&entry.text, tokens, lexicon, buffers, &mut self.attributes);
        self.attributes.resize(PAD + tokens.len() + PAD, Attributes::default());
        self.marks_known = entry.marks_known;
        let inner = &self.attributes[PAD..PAD + tokens.len()];
        patterns::patterns(inner, &mut self.patterns);
        chunks::states(inner, &mut self.states);
        chunks::chunks(inner, &self.states, &mut self.chunk_of, &mut self.chunks);
        flags(inner, &self.patterns, &mut self.flags);
        self.spread_flags();
    }

    /// What stands before and behind each token.
    fn spread_flags(&mut self) {
        let (mut seen, mut twice) = (0, 0);
        self.before.clear();
        for &flags in &self.flags {
            self.before.push(seen | twice << 31);
            twice |= u32::from(seen & flags & flag::YEAR != 0);
            seen |= flags;
        }
        seen = 0;
        self.after.clear();
        self.after.resize(self.flags.len(), 0);
        for (slot, &flags) in self.after.iter_mut().zip(&self.flags).rev() {
            *slot = seen;
            seen |= flags;
        }
    }

    /// The features of token `at`.
    #[inline]
    pub(crate) fn rows(&self, at: usize, rows: &mut Rows) {
        rows.len = 0;
        let window: &[Attributes; 2 * PAD + 1] = match self.attributes[at..].first_chunk() {
            Some(window) => window,
            None => return,
        };
        word_features(window, rows);
        shape_features(window, rows);
        class_features(window, rows);
        self.pattern_features(at, window, rows);
        self.layout_features(at, window, rows);
        self.chunk_features(at, window, rows);
        self.flag_features(at, window, rows);
    }

    fn pattern_features(&self, at: usize, window: &[Attributes; 2 * PAD + 1], rows: &mut Rows) {
        let get = |at: usize| u64::from(self.patterns.get(at).copied().unwrap_or(255));
        let (own, next, previous) = (get(at), get(at + 1), get(at.wrapping_sub(1)));
        let shape = u64::from(window[PAD].shape);
        rows.add(60, own);
        rows.add(61, own << 8 | next);
        rows.add(62, own << 8 | previous);
        rows.add(63, (own << 8 | shape) << 8 | u64::from(window[PAD - 1].shape));
        rows.add(64, mix(own << 8 | previous, window[PAD].symbol));
    }

    fn layout_features(&self, at: usize, window: &[Attributes; 2 * PAD + 1], rows: &mut Rows) {
        let own = &window[PAD];
        let count = self.flags.len();
        let shape = u64::from(own.shape);
        let state = u64::from(self.states[at]);
        rows.add(70, state << 8 | shape);
        rows.add(71, state << 16 | u64::from(window[PAD - 1].shape) << 8 | u64::from(window[PAD + 1].shape));
        let fifth = (5 * at / count) as u64;
        rows.add(72, (10 * at / count) as u64);
        rows.add(73, fifth << 8 | shape);
        rows.add(74, at.min(12) as u64);
        rows.add(75, (count - at).min(12) as u64);
        rows.add(76, (count / 8).min(12) as u64 * 8 + u64::from(coarse(own.shape)));
        rows.add(
            77,
            u64::from(own.layout & SPACE) << 17
                | u64::from(window[PAD + 1].layout & SPACE) << 16
                | u64::from(window[PAD - 1].shape) << 8
                | shape,
        );
        if self.marks_known {
            let marks = |attributes: &Attributes| u64::from(attributes.layout >> 1);
            let around = marks(&window[PAD - 1]) << 8 | marks(own) << 4 | marks(&window[PAD + 1]);
            rows.add(78, around);
            rows.add(79, around << 8 | shape);
            rows.add(80, marks(own) << 8 | fifth);
            rows.add(81, marks(own) << 32 | u64::from(self.before[at] & 0xffff));
        }
    }

    fn chunk_features(&self, at: usize, window: &[Attributes; 2 * PAD + 1], rows: &mut Rows) {
        let number = usize::from(self.chunk_of[at]);
        let get = |number: usize| self.chunks.get(number).map_or(0x3fff_ffff, Chunk::code);
        let own = get(number);
        let (next, second, previous) = (get(number + 1), get(number + 2), get(number.wrapping_sub(1)));
        let form = |code: u64| code & chunks::FORM;
        let shape = u64::from(window[PAD].shape);
        let inside = self.chunks.get(number).map_or(0, |chunk| chunk.place(at));
        rows.add(90, own);
        rows.add(91, own << 8 | shape);
        rows.add(92, form(own) << 32 | form(next));
        rows.add(93, form(own) << 32 | form(previous));
        rows.add(94, mix(form(own) << 32 | form(next), form(second)));
        rows.add(95, mix(form(own) << 32 | form(next), form(previous)));
        rows.add(96, inside << 32 | form(own));
        rows.add(97, inside << 8 | shape);
        rows.add(98, (number as u64).min(12) << 32 | form(own));
        rows.add(99, ((self.chunks.len() - number) as u64).min(8) << 32 | form(own));
        rows.add(100, next << 8 | shape);
        rows.add(101, previous << 8 | shape);
    }

    fn flag_features(&self, at: usize, window: &[Attributes; 2 * PAD + 1], rows: &mut Rows) {
        let (before, after) = (u64::from(self.before[at]), u64::from(self.after[at]));
        let own = u64::from(coarse(window[PAD].shape));
        for pair in 0..(flag::COUNT / 2) {
            let bits = (before >> (2 * pair) & 3) << 2 | after >> (2 * pair) & 3;
            rows.add(110 + pair, bits << 3 | own);
        }
        let main = u64::from(flag::MAIN);
        rows.add(130, (before & main) << 32 | (after & main));
        rows.add(131, mix((before & main) << 32 | (after & main), own));
        rows.add(132, ((before >> 31) << 32 | (before & 0xfff)) << 3 | own);
        rows.add(133, (after & 0xfff) << 3 | own);
    }
}

fn word_features(window: &[Attributes; 2 * PAD + 1], rows: &mut Rows) {
    let own = &window[PAD];
    rows.add(1, own.word);
    rows.add(2, window[PAD - 1].word);
    rows.add(3, window[PAD + 1].word);
    rows.add(4, window[PAD - 2].word);
    rows.add(5, window[PAD + 2].word);
    rows.add(6, mix(window[PAD - 1].word, own.word));
    rows.add(7, mix(own.word, window[PAD + 1].word));
    if is_word(own.shape) {
        rows.add(8, u64::from(own.affixes[0]));
        rows.add(9, u64::from(own.affixes[1]) << 8 | u64::from(own.shape));
        rows.add(10, u64::from(own.affixes[2]));
        rows.add(11, u64::from(own.affixes[3]) << 8 | u64::from(own.shape));
    }
}

fn shape_features(window: &[Attributes; 2 * PAD + 1], rows: &mut Rows) {
    let shape = |offset: usize| u64::from(window[offset].shape);
    let symbol = |offset: usize| window[offset].symbol;
    const O: usize = PAD;
    rows.add(20, symbol(O));
    rows.add(21, symbol(O - 1));
    rows.add(22, symbol(O + 1));
    rows.add(23, symbol(O - 2));
    rows.add(24, symbol(O + 2));
    rows.add(25, symbol(O - 3));
    rows.add(26, symbol(O + 3));
    let left = mix(symbol(O - 1), symbol(O));
    let right = mix(symbol(O), symbol(O + 1));
    let left2 = mix(symbol(O - 2), left);
    let right2 = mix(right, symbol(O + 2));
    let both = mix(left, symbol(O + 1));
    rows.add(27, left);
    rows.add(28, right);
    rows.add(29, left2);
    rows.add(30, right2);
    rows.add(31, both);
    rows.add(32, mix(left2, symbol(O + 1)));
    rows.add(33, mix(both, symbol(O + 2)));
    rows.add(34, mix(mix(left2, symbol(O + 1)), symbol(O + 2)));
    rows.add(35, mix(symbol(O - 3), left2));
    rows.add(36, mix(right2, symbol(O + 3)));
    rows.add(37, mix(symbol(O - 2), symbol(O - 1)));
    rows.add(38, mix(symbol(O + 1), symbol(O + 2)));
    rows.add(39, mix(mix(symbol(O + 1), symbol(O + 2)), symbol(O + 3)));
    rows.add(40, mix(symbol(O - 3), mix(symbol(O - 2), symbol(O - 1))));
    let before = shape(O - 3) << 16 | shape(O - 2) << 8 | shape(O - 1);
    let behind = shape(O + 1) << 16 | shape(O + 2) << 8 | shape(O + 3);
    rows.add(41, (before << 24 | behind) << 8 | shape(O));
    rows.add(42, (shape(O - 4) << 24 | before) << 8 | shape(O));
    rows.add(43, (behind << 8 | shape(O + 4)) << 8 | shape(O));
    rows.add(44, (before & 0xffff) << 24 | (behind >> 8) << 8 | shape(O));
}

fn class_features(window: &[Attributes; 2 * PAD + 1], rows: &mut Rows) {
    const NAMES: u64 = class::NAMES | class::LONG;
    const PEOPLE: u64 = class::FAMILY | class::FAMILY_RARE | class::GIVEN | class::GIVEN_RARE | class::PARTICLE;
    let own = &window[PAD];
    let names = own.classes & NAMES;
    let people = |offset: usize| (window[offset].classes & PEOPLE) | u64::from(coarse(window[offset].shape));
    rows.add(50, own.classes);
    rows.add(51, window[PAD - 1].classes);
    rows.add(52, window[PAD + 1].classes);
    rows.add(53, names);
    rows.add(54, mix(names, u64::from(own.shape)));
    rows.add(55, mix(mix(window[PAD - 1].classes & NAMES, names), window[PAD + 1].classes & NAMES));
    rows.add(56, people(PAD));
    rows.add(57, mix(people(PAD), people(PAD + 1)));
    rows.add(58, mix(mix(people(PAD), people(PAD + 1)), people(PAD + 2)));
    rows.add(59, mix(people(PAD - 1), people(PAD)));
    const TITLE: u64 = class::TITLE_WORD | class::TITLE_ABBREVIATION;
    let title = |offset: usize| (window[offset].classes & TITLE) | u64::from(window[offset].shape == shape::STOP);
    rows.add(65, mix(mix(title(PAD - 1), title(PAD)), title(PAD + 1)));
    rows.add(66, mix(title(PAD), u64::from(window[PAD + 1].shape)));
    for (template, class) in
        [(67, class::JOURNAL_NAME | class::JOURNAL_ABBREVIATION), (68, class::PUBLISHER_NAME | class::PLACE_NAME)]
    {
        let run = |offset: usize| u64::from(window[offset].classes & class != 0);
        rows.add(template, run(PAD - 2) << 4 | run(PAD - 1) << 3 | run(PAD) << 2 | run(PAD + 1) << 1 | run(PAD + 2));
    }
}

/// What may stand somewhere in the reference.
mod flag {
    macro_rules! flags {
        ($($name:ident = $bit:literal;)*) => { $(pub(super) const $name: u32 = 1 << $bit;)* };
    }
    flags! {
        YEAR = 0; QUOTE = 1; IN = 2; EDITOR = 3; PAGE = 4; VOLUME = 5; THESIS = 6; PUBLISHER = 7; PROCEEDINGS = 8; JOURNAL = 9;
        RANGE = 10; NUMBER_PAIR = 11; ISSUE = 12; LINK = 13; ACCESS = 14; INSTITUTION = 15; PLACE = 16; GENRE = 17;
        JOURNAL_NAME = 18; INITIAL = 19;
    }
    pub(super) const COUNT: u64 = 20;
    /// Those that together tell what kind of thing is cited.
    pub(super) const MAIN: u32 =
        YEAR | IN | EDITOR | PAGE | PUBLISHER | PROCEEDINGS | JOURNAL_NAME | NUMBER_PAIR | THESIS;
}

/// The flags that each token raises.
fn flags(tokens: &[Attributes], patterns: &[u8], flags: &mut Vec<u32>) {
    flags.clear();
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1).map_or(shape::EDGE, |next| next.shape);
        let behind = if next == shape::STOP { tokens.get(at + 2).map_or(shape::EDGE, |next| next.shape) } else { next };
        let mut set = class_flags(token, next, behind);
        set |= match token.shape {
            shape::YEAR => flag::YEAR,
            shape::QUOTE | shape::QUOTE_OPEN | shape::QUOTE_CLOSE => flag::QUOTE,
            shape::URL | shape::DOI | shape::DOI_LINK => flag::LINK,
            shape::UPPER if next == shape::STOP => flag::INITIAL,
            _ => 0,
        };
        set |= match patterns[at] {
            patterns::RANGE => flag::RANGE,
            patterns::BRACKETED => flag::NUMBER_PAIR,
            _ => 0,
        };
        flags.push(set);
    }
}

fn class_flags(token: &Attributes, next: u8, behind: u8) -> u32 {
    let classes = token.classes;
    if classes == 0 {
        return 0;
    }
    let has = |class: u64, flag: u32| if classes & class != 0 { flag } else { 0 };
    let numbered = |class: u64, flag: u32| {
        if classes & class != 0 && (is_number(behind) || behind == shape::UPPER) { flag } else { 0 }
    };
    let mut set =
        numbered(class::PAGE, flag::PAGE) | numbered(class::VOLUME, flag::VOLUME) | numbered(class::ISSUE, flag::ISSUE);
    if classes & class::IN != 0 && (next == shape::COLON || is_capital(token.shape)) {
        set |= flag::IN;
    }
    if classes & class::EDITOR != 0
        && (matches!(next, shape::STOP | shape::CLOSE | shape::COMMA) || token.shape == shape::LOWERS)
    {
        set |= flag::EDITOR;
    }
    if is_capital(token.shape) || token.shape >= shape::MIXED && token.shape <= shape::KANA {
        set |= has(class::PUBLISHER | class::PUBLISHER_NAME, flag::PUBLISHER)
            | has(class::PROCEEDINGS | class::PROCEEDINGS_NAME, flag::PROCEEDINGS)
            | has(class::JOURNAL, flag::JOURNAL)
            | has(class::UNIVERSITY | class::INSTITUTION, flag::INSTITUTION)
            | has(class::PLACE | class::PLACE_NAME, flag::PLACE);
        if classes & class::LONG != 0 || next == shape::STOP {
            set |= has(class::JOURNAL_NAME | class::JOURNAL_ABBREVIATION, flag::JOURNAL_NAME);
        }
    }
    set | has(class::THESIS, flag::THESIS)
        | has(class::ACCESS, flag::ACCESS)
        | has(class::GENRE | class::REPORT, flag::GENRE)
}
