//! What stands further on in a source: looked for once, so that a command which is repeated without end costs no more than any other.

/// The braces of a source, each with the one that closes it.
#[derive(Debug)]
pub(super) struct Braces {
    /// Sorted by the opening one; the closing one is `usize::MAX` where there is none.
    pairs: Vec<(usize, usize)>,
}

impl Braces {
    pub(super) fn of(source: &str) -> Self {
        let mut pairs = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut escaped = usize::MAX;
        for at in memchr::memchr3_iter(b'\\', b'{', b'}', source.as_bytes()) {
            if escaped == at {
                continue;
            }
            match source.as_bytes()[at] {
                b'\\' => escaped = at + 1,
                b'{' => {
                    open.push(pairs.len());
                    pairs.push((at, usize::MAX));
                }
                _ => {
                    if let Some(pair) = open.pop().and_then(|index| pairs.get_mut(index)) {
                        pair.1 = at;
                    }
                }
            }
        }
        Self { pairs }
    }

    /// Where the brace at `open` is closed.
    pub(super) fn close(&self, open: usize) -> Option<usize> {
        let index = self.pairs.binary_search_by_key(&open, |pair| pair.0).ok()?;
        self.pairs.get(index).map(|pair| pair.1).filter(|&close| close != usize::MAX)
    }
}

/// The next place of something, kept until it is passed.
#[derive(Debug)]
pub(super) struct Next {
    find: fn(&[u8]) -> Option<usize>,
    /// From where it was looked for, and where it is.
    known: Option<(usize, Option<usize>)>,
}

impl Next {
    pub(super) const fn new(find: fn(&[u8]) -> Option<usize>) -> Self {
        Self { find, known: None }
    }

    /// The first place from `from` on.
    pub(super) fn from(&mut self, source: &str, from: usize) -> Option<usize> {
        match self.known {
            Some((looked, found)) if looked <= from && found.is_none_or(|at| at >= from) => found,
            _ => {
                let found = (self.find)(&source.as_bytes()[from..]).map(|at| from + at);
                self.known = Some((from, found));
                found
            }
        }
    }
}

/// "\\bibitem" with an argument: it may stand in a definition first ("\\def\\bibitem…").
pub(super) fn bibitem(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(bytes, b"\\bibitem")
        .find(|&at| matches!(bytes.get(at + 8), Some(b'{' | b'[' | b' ' | b'\n' | b'\r')))
}

pub(super) fn end_of_bibliography(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, b"\\end{thebibliography}")
}

#[cfg(test)]
mod tests {
    use super::{Braces, Next, end_of_bibliography};

    #[test]
    fn braces_know_their_ends() {
        let braces = Braces::of(r"a{b{c}\}d}{e \\{f}");
        let closes: Vec<Option<usize>> = [1, 3, 10, 15].map(|open| braces.close(open)).to_vec();
        assert_eq!(closes, [Some(9), Some(5), None, Some(17)]);
    }

    #[test]
    fn what_is_not_there_is_looked_for_once() {
        let mut next = Next::new(end_of_bibliography);
        let source = r"ab\end{thebibliography}cd";
        assert_eq!(next.from(source, 0), Some(2));
        assert_eq!(next.from(source, 2), Some(2));
        assert_eq!(next.from(source, 3), None);
        assert_eq!(next.from(source, 5), None);
        assert_eq!(next.from(source, 1), Some(2));
    }
}
