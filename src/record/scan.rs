//! What kinds of bytes a text holds, found in one pass.
//!
//! Nearly every value of a bibliography is plain ASCII with single blanks. Readers that know so from one look at the bytes need neither
//! decode nor fold nor compose it; all others take the longer way, which gives the same for these.

/// The kinds of bytes of a text, and the pairs of equal ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scan {
    /// The union of the classes of the bytes.
    classes: u8,
    /// The classes of which two bytes stand side by side.
    pairs: u8,
    /// Whether a blank stands at an end.
    edges: bool,
}

const BLANK: u8 = 1;
const HYPHEN: u8 = 2;
const APOSTROPHE: u8 = 4;
/// `\`, `{`, `}`, `$`, `~` and the backtick mean something to TeX by themselves.
const TEX: u8 = 8;
/// Not ASCII.
const WIDE: u8 = 16;
/// Tab, line feed, form feed, carriage return.
const LINE: u8 = 32;
/// All other controls.
const CONTROL: u8 = 64;
const EQUALS: u8 = 128;

const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b' ' => BLANK,
            b'-' => HYPHEN,
            b'\'' => APOSTROPHE,
            b'\\' | b'{' | b'}' | b'$' | b'~' | b'`' => TEX,
            b'\t' | b'\n' | b'\x0c' | b'\r' => LINE,
            b'=' => EQUALS,
            0x80.. => WIDE,
            0x7f | 0..=0x1f => CONTROL,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

impl Scan {
    /// Looks at every byte once.
    pub(crate) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (classes, pairs) = match plain_classes(bytes) {
            Some(classes) => (classes, 0),
            None => classes_and_pairs(bytes),
        };
        let edges = bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ');
        Self { classes, pairs, edges }
    }

    /// The same, if TeX prints the characters as they stand; told as soon as one does not.
    pub(crate) fn of_plain_tex(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        // A long text that is not plain shows so early; a short one is looked at as a whole.
        if bytes.len() > LANES && plain_classes(bytes).is_none() {
            let mut before = 0;
            for &byte in bytes {
                let class = CLASSES[usize::from(byte)];
                if class & TEX != 0 || class & before & (HYPHEN | APOSTROPHE) != 0 {
                    return None;
                }
                before = class;
            }
        }
        Some(Self::of(text)).filter(|scan| scan.is_plain_tex())
    }

    /// Printable ASCII with single blanks, none at the ends: the canonical form of every text is itself.
    pub(crate) const fn is_canonical(self) -> bool {
        self.classes & WIDE == 0 && self.may_be_canonical()
    }

    /// The same, but for characters beyond ASCII, which have to be looked at.
    pub(crate) const fn may_be_canonical(self) -> bool {
        self.classes & (LINE | CONTROL) == 0 && self.pairs & BLANK == 0 && !self.edges
    }

    /// TeX prints the characters as they stand: no command, group, formula, tie or ligature.
    pub(crate) const fn is_plain_tex(self) -> bool {
        self.classes & TEX == 0 && self.pairs & (HYPHEN | APOSTROPHE) == 0
    }

    /// ASCII without controls but those that are white space.
    pub(crate) const fn is_ascii_text(self) -> bool {
        self.classes & (WIDE | CONTROL) == 0
    }

    pub(crate) const fn has_blank(self) -> bool {
        self.classes & BLANK != 0
    }

    pub(crate) const fn has_equals(self) -> bool {
        self.classes & EQUALS != 0
    }

    pub(crate) const fn has_double_hyphen(self) -> bool {
        self.pairs & HYPHEN != 0
    }
}

/// The classes of the bytes, and those of blanks, hyphens and apostrophes of which two stand side by side. Hyphens and apostrophes count
/// as pairs only.
fn classes_and_pairs(bytes: &[u8]) -> (u8, u8) {
    let (mut classes, mut pairs, mut before) = (0, 0, 0);
    for &byte in bytes {
        let class = CLASSES[usize::from(byte)];
        classes |= class;
        pairs |= class & before;
        before = class;
    }
    (classes & !(HYPHEN | APOSTROPHE), pairs & (BLANK | HYPHEN | APOSTROPHE))
}

/// How many bytes are looked at in one step: as many as a vector register of every machine holds.
const LANES: usize = 16;

/// The same for texts of which every byte means itself and no two of a kind that matters stand side by side, in steps that compile to
/// vector instructions; none for all others, and for short ones.
fn plain_classes(bytes: &[u8]) -> Option<u8> {
    let (first, _) = bytes.split_first()?;
    if bytes.len() <= LANES || CLASSES[usize::from(*first)] & !(BLANK | HYPHEN | APOSTROPHE | EQUALS) != 0 {
        return None;
    }
    let mut found = [0; LANES];
    let mut at = 1;
    while at < bytes.len() {
        // The last step looks at some bytes again.
        at = at.min(bytes.len() - LANES);
        let now = bytes.get(at..at + LANES)?.first_chunk()?;
        let before = bytes.get(at - 1..at - 1 + LANES)?.first_chunk()?;
        look_at(now, before, &mut found);
        at += LANES;
    }
    let found = found.into_iter().fold(CLASSES[usize::from(*first)], |all, lane| all | lane);
    (found & TEX == 0).then_some(found & !(HYPHEN | APOSTROPHE))
}

/// Notes blanks, equals signs, and as [`TEX`] everything that is not plain.
fn look_at(now: &[u8; LANES], before: &[u8; LANES], found: &mut [u8; LANES]) {
    for lane in 0..LANES {
        let (byte, before) = (now[lane], before[lane]);
        let blank = byte == b' ';
        let odd = !(b' '..b'{').contains(&byte) | (byte == b'\\') | (byte == b'$') | (byte == b'`');
        let pair = (byte == before) & (blank | (byte == b'-') | (byte == b'\''));
        let bit = |is: bool, class: u8| if is { class } else { 0 };
        found[lane] |= bit(odd | pair, TEX) | bit(blank, BLANK) | bit(byte == b'=', EQUALS);
    }
}

/// [`str::trim`], at once where there is nothing to trim.
pub(crate) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn steps_see_what_single_bytes_show(text in "[ -~]{0,70}|[a-z ,.'=-]{0,70}|[a-zé\\n ]{0,40}") {
            if let Some(classes) = plain_classes(text.as_bytes()) {
                prop_assert_eq!((classes, 0), classes_and_pairs(text.as_bytes()));
            }
        }
    }

    #[test]
    fn kinds_of_bytes() {
        let canonical = |text| Scan::of(text).is_canonical();
        assert!(canonical("") && canonical("a b-c"));
        assert!(["a  b", " a", "a ", "a\tb", "a\u{7f}", "é"].into_iter().all(|text| !canonical(text)));
        assert!(Scan::of("é").may_be_canonical() && !Scan::of("é\n").may_be_canonical());
        assert!(Scan::of("a-b 'c' = d").is_plain_tex());
        assert!(["a--b", "''", "{", "a~b", "`a", "$", "\\"].into_iter().all(|text| !Scan::of(text).is_plain_tex()));
        assert!(Scan::of("a\nb").is_ascii_text() && !Scan::of("a\u{b}b").is_ascii_text());
    }
}
