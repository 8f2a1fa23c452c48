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
pub const VERSION: u16 = 3;

/// How many rows of weights the features are hashed to.
pub(crate) const ROWS: usize = 1 << ROW_BITS;
const ROW_BITS: u32 = 18;

/// A feature, hashed.
///
/// The upper bits are its row. The lower ones pick one of [`Feature::CLASSES`] classes within the row, so that a model can tell
/// most features that it was never shown from those that it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Feature(pub(crate) u32);

impl Feature {
    /// Into how many classes the features of a row fall.
    pub(crate) const CLASSES: u32 = 14;

    #[inline]
    pub(crate) const fn row(self) -> usize {
        (self.0 >> (32 - ROW_BITS)) as usize
    }

    #[inline]
    pub(crate) const fn class(self) -> u32 {
        const REST: u32 = 32 - ROW_BITS;
        ((self.0 & ((1 << REST) - 1)) * Self::CLASSES) >> REST
    }
}

/// Most features of a token.
pub(crate) const MAX_FEATURES: usize = 128;

/// Tokens in front and behind whose attributes can be asked for.
const PAD: usize = 4;

/// The features of one token.
#[derive(Debug, Clone)]
pub(crate) struct Features {
    features: [Feature; MAX_FEATURES],
    len: usize,
}

impl Features {
    pub(crate) const fn new() -> Self {
        Self { features: [Feature(0); MAX_FEATURES], len: 0 }
    }

    pub(crate) fn as_slice(&self) -> &[Feature] {
        &self.features[..self.len]
    }

    /// A feature of a template that takes many values.
    #[inline]
    fn add(&mut self, template: u64, value: u64) {
        let hash = hash(template, value);
        self.push(hash - (hash >> FEW_BITS) + (1 << (32 - FEW_BITS)));
    }

    /// A feature of a template that takes few values. Such features are asked for all the time: they have the first rows to
    /// themselves, so that those stay in the cache.
    #[inline]
    fn add_few(&mut self, template: u64, value: u64) {
        self.push(hash(template, value) >> FEW_BITS);
    }

    /// A feature of a table of 2^`bits` rows.
    #[inline]
    pub(super) fn add_within(&mut self, bits: u32, template: u64, value: u64) {
        self.push(hash(template, value) >> (ROW_BITS - bits));
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
    }

    #[inline]
    fn push(&mut self, feature: u32) {
        if let Some(slot) = self.features.get_mut(self.len) {
            *slot = Feature(feature);
            self.len += 1;
        }
    }
}

/// One row in 2^4 is for features of templates that take few values.
const FEW_BITS: u32 = 4;

#[inline]
const fn hash(template: u64, value: u64) -> u32 {
    ((value ^ template.wrapping_mul(0xff51_afd7_ed55_8ccd)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
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
    /// Looks at an entry as a whole; what [`Analysis::features`] then says of each token depends on it.
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

    pub(super) fn shape(&self, at: usize) -> u8 {
        self.attributes[PAD + at].shape
    }

    pub(super) fn symbol(&self, at: usize) -> u64 {
        self.attributes[PAD + at].symbol
    }

    /// Italic, bold and small capitals, as bits.
    pub(super) fn marks(&self, at: usize) -> u8 {
        self.attributes[PAD + at].layout >> 1
    }

    /// The next token's shape if it is a mark.
    pub(super) fn next_mark(&self, at: usize) -> u8 {
        let next = self.attributes[PAD + at + 1].shape;
        if next >= shape::STOP { next } else { shape::EDGE }
    }

    /// What stands before and behind a token.
    pub(super) fn flags_around(&self, at: usize) -> (u32, u32) {
        (self.before[at], self.after[at])
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
    pub(crate) fn features(&self, at: usize, out: &mut Features) {
        out.clear();
        let window: &[Attributes; 2 * PAD + 1] = match self.attributes[at..].first_chunk() {
            Some(window) => window,
            None => return,
        };
        word_features(window, out);
        shape_features(window, out);
        class_features(window, out);
        self.pattern_features(at, window, out);
        self.layout_features(at, window, out);
        self.chunk_features(at, window, out);
        self.flag_features(at, window, out);
    }

    fn pattern_features(&self, at: usize, window: &[Attributes; 2 * PAD + 1], out: &mut Features) {
        let get = |at: usize| u64::from(self.patterns.get(at).copied().unwrap_or(255));
        let (own, next, previous) = (get(at), get(at + 1), get(at.wrapping_sub(1)));
        let shape = u64::from(window[PAD].shape);
        out.add_few(60, own);
        out.add_few(61, own << 8 | next);
        out.add_few(62, own << 8 | previous);
        out.add(63, (own << 8 | shape) << 8 | u64::from(window[PAD - 1].shape));
        out.add(64, mix(own << 8 | previous, window[PAD].symbol));
    }

    fn layout_features(&self, at: usize, window: &[Attributes; 2 * PAD + 1], out: &mut Features) {
        let own = &window[PAD];
        let count = self.flags.len();
        let shape = u64::from(own.shape);
        let fifth = (5 * at / count) as u64;
        out.add_few(72, (10 * at / count) as u64);
        out.add_few(73, fifth << 8 | shape);
        out.add_few(75, (count - at).min(12) as u64);
        out.add_few(76, (count / 8).min(12) as u64 * 8 + u64::from(coarse(own.shape)));
        out.add(
            77,
            (u64::from(own.layout & SPACE) << 17)
                | (u64::from(window[PAD + 1].layout & SPACE) << 16)
                | (u64::from(window[PAD - 1].shape) << 8)
                | shape,
        );
        if self.marks_known {
            let marks = |attributes: &Attributes| u64::from(attributes.layout >> 1);
            let around = marks(&window[PAD - 1]) << 8 | marks(own) << 4 | marks(&window[PAD + 1]);
            out.add_few(78, around);
            out.add(79, around << 8 | shape);
            out.add_few(80, marks(own) << 8 | fifth);
        }
    }

    fn chunk_features(&self, at: usize, window: &[Attributes; 2 * PAD + 1], out: &mut Features) {
        let number = usize::from(self.chunk_of[at]);
        let get = |number: usize| self.chunks.get(number).map_or(0x3fff_ffff, Chunk::code);
        let own = get(number);
        let (next, second, previous) = (get(number + 1), get(number + 2), get(number.wrapping_sub(1)));
        let form = |code: u64| code & chunks::FORM;
        let shape = u64::from(window[PAD].shape);
        let inside = self.chunks.get(number).map_or(0, |chunk| chunk.place(at));
        out.add(92, form(own) << 32 | form(next));
        out.add(94, mix(form(own) << 32 | form(next), form(second)));
        out.add(96, inside << 32 | form(own));
        out.add_few(97, inside << 8 | shape);
        out.add(100, next << 8 | shape);
        out.add(101, previous << 8 | shape);
    }

    fn flag_features(&self, at: usize, window: &[Attributes; 2 * PAD + 1], out: &mut Features) {
        let (before, after) = (u64::from(self.before[at]), u64::from(self.after[at]));
        let own = u64::from(coarse(window[PAD].shape));
        for pair in 0..(flag::COUNT / 2) {
            let bits = (before >> (2 * pair) & 3) << 2 | after >> (2 * pair) & 3;
            out.add_few(110 + pair, bits << 3 | own);
        }
        out.add(132, ((before >> 31) << 32 | (before & 0xfff)) << 3 | own);
        out.add(133, (after & 0xfff) << 3 | own);
    }
}

fn word_features(window: &[Attributes; 2 * PAD + 1], out: &mut Features) {
    let own = &window[PAD];
    out.add(1, own.word);
    out.add(2, window[PAD - 1].word);
    out.add(3, window[PAD + 1].word);
    out.add(4, window[PAD - 2].word);
    out.add(5, window[PAD + 2].word);
    if is_word(own.shape) {
        out.add(9, u64::from(own.affixes[1]) << 8 | u64::from(own.shape));
        out.add(10, u64::from(own.affixes[2]));
        out.add(11, u64::from(own.affixes[3]) << 8 | u64::from(own.shape));
    }
}

fn shape_features(window: &[Attributes; 2 * PAD + 1], out: &mut Features) {
    let shape = |offset: usize| u64::from(window[offset].shape);
    let symbol = |offset: usize| window[offset].symbol;
    const O: usize = PAD;
    out.add_few(20, symbol(O));
    out.add_few(21, symbol(O - 1));
    out.add_few(22, symbol(O + 1));
    out.add_few(23, symbol(O - 2));
    out.add_few(24, symbol(O + 2));
    out.add_few(25, symbol(O - 3));
    out.add_few(26, symbol(O + 3));
    let left = mix(symbol(O - 1), symbol(O));
    let right = mix(symbol(O), symbol(O + 1));
    let left2 = mix(symbol(O - 2), left);
    let right2 = mix(right, symbol(O + 2));
    let both = mix(left, symbol(O + 1));
    out.add(27, left);
    out.add(28, right);
    out.add(29, left2);
    out.add(30, right2);
    out.add(31, both);
    out.add(35, mix(symbol(O - 3), left2));
    out.add(37, mix(symbol(O - 2), symbol(O - 1)));
    out.add(38, mix(symbol(O + 1), symbol(O + 2)));
    out.add(39, mix(mix(symbol(O + 1), symbol(O + 2)), symbol(O + 3)));
    out.add(40, mix(symbol(O - 3), mix(symbol(O - 2), symbol(O - 1))));
    let before = shape(O - 3) << 16 | shape(O - 2) << 8 | shape(O - 1);
    let behind = shape(O + 1) << 16 | shape(O + 2) << 8 | shape(O + 3);
    out.add(42, (shape(O - 4) << 24 | before) << 8 | shape(O));
    out.add(43, (behind << 8 | shape(O + 4)) << 8 | shape(O));
}

fn class_features(window: &[Attributes; 2 * PAD + 1], out: &mut Features) {
    const NAMES: u64 = class::NAMES | class::LONG;
    const PEOPLE: u64 = class::FAMILY | class::FAMILY_RARE | class::GIVEN | class::GIVEN_RARE | class::PARTICLE;
    let own = &window[PAD];
    let names = own.classes & NAMES;
    let people = |offset: usize| (window[offset].classes & PEOPLE) | u64::from(coarse(window[offset].shape));
    out.add(50, own.classes);
    out.add_few(53, names);
    out.add(54, mix(names, u64::from(own.shape)));
    out.add(55, mix(mix(window[PAD - 1].classes & NAMES, names), window[PAD + 1].classes & NAMES));
    out.add_few(56, people(PAD));
    out.add(57, mix(people(PAD), people(PAD + 1)));
    out.add(58, mix(mix(people(PAD), people(PAD + 1)), people(PAD + 2)));
    out.add(59, mix(people(PAD - 1), people(PAD)));
    const TITLE: u64 = class::TITLE_WORD | class::TITLE_ABBREVIATION;
    let title = |offset: usize| (window[offset].classes & TITLE) | u64::from(window[offset].shape == shape::STOP);
    out.add_few(66, mix(title(PAD), u64::from(window[PAD + 1].shape)));
    for (template, class) in
        [(67, class::JOURNAL_NAME | class::JOURNAL_ABBREVIATION), (68, class::PUBLISHER_NAME | class::PLACE_NAME)]
    {
        let run = |offset: usize| u64::from(window[offset].classes & class != 0);
        out.add_few(template, run(PAD - 2) << 4 | run(PAD - 1) << 3 | run(PAD) << 2 | run(PAD + 1) << 1 | run(PAD + 2));
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
