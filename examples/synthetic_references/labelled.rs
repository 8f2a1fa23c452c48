//! A reference with labels: every character knows its span, so that noise can come and go without any sums.

use serde_json::{Value, json};

use reflist::parse::label::Label;

/// A character and the number of its span, 0 outside all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    pub c: char,
    pub span: usize,
}

/// A reference's text and its spans.
#[derive(Debug, Clone, Default)]
pub struct Labelled {
    pub glyphs: Vec<Glyph>,
    /// Labels of the spans; the first belongs to span 1.
    labels: Vec<String>,
}

/// A run of characters with one label: first, end, label. Offsets in code points.
pub type Run<'a> = (usize, usize, &'a str);

impl Labelled {
    /// Adds text of the open span.
    pub fn push(&mut self, text: &str, span: usize) {
        self.glyphs.extend(text.chars().map(|c| Glyph { c, span }));
    }

    /// Opens a span and gives its number.
    pub fn open(&mut self, label: &str) -> usize {
        self.labels.push(label.to_owned());
        self.labels.len()
    }

    pub fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.c).collect()
    }

    /// The label of a span; none outside all.
    pub fn label(&self, span: usize) -> Option<&str> {
        span.checked_sub(1).and_then(|at| self.labels.get(at)).map(String::as_str)
    }

    /// The spans as they stand, in order.
    pub fn runs(&self) -> Vec<Run<'_>> {
        let mut runs = Vec::new();
        let mut start = 0;
        while start < self.glyphs.len() {
            let span = self.glyphs[start].span;
            let end = start + self.glyphs[start..].iter().take_while(|glyph| glyph.span == span).count();
            if let Some(label) = self.label(span) {
                runs.push((start, end, label));
            }
            start = end;
        }
        runs
    }

    /// Folds white space to single blanks, none at the ends, none at the edge of a span.
    pub fn fold_blanks(&mut self) {
        let glyphs = std::mem::take(&mut self.glyphs);
        for glyph in glyphs {
            let blank = glyph.c.is_whitespace();
            match self.glyphs.last_mut() {
                None if blank => {}
                Some(last) if blank && last.c == ' ' => {
                    if last.span != glyph.span {
                        last.span = 0;
                    }
                }
                _ => self.glyphs.push(Glyph { c: if blank { ' ' } else { glyph.c }, ..glyph }),
            }
        }
        self.drop_second_stops();
        while self.glyphs.last().is_some_and(|glyph| glyph.c == ' ') {
            self.glyphs.pop();
        }
        for at in 0..self.glyphs.len() {
            let span = self.glyphs[at].span;
            let inside = at > 0
                && self.glyphs[at - 1].span == span
                && self.glyphs.get(at + 1).is_some_and(|next| next.span == span);
            if self.glyphs[at].c == ' ' && !inside {
                self.glyphs[at].span = 0;
            }
        }
    }

    /// "Moss, A.." is printed "Moss, A.": the stop of an abbreviation ends the part, too.
    fn drop_second_stops(&mut self) {
        let glyphs = std::mem::take(&mut self.glyphs);
        for (at, glyph) in glyphs.iter().enumerate() {
            let second = glyph.c == '.' && at > 0 && glyphs[at - 1].c == '.' && glyphs[at - 1].span != glyph.span;
            let ellipsis = glyphs.get(at + 1).is_some_and(|next| next.c == '.');
            if !second || ellipsis {
                self.glyphs.push(*glyph);
            }
        }
    }

    /// What the scheme of the training data forbids.
    pub fn check(&self) -> Result<(), String> {
        let text: Vec<char> = self.glyphs.iter().map(|glyph| glyph.c).collect();
        let runs = self.runs();
        if runs.is_empty() {
            return Err("no span".to_owned());
        }
        for (start, end, label) in &runs {
            let words: String = text[*start..*end].iter().collect();
            let bad = |why: &str| Err(format!("{why}: {label} {words:?} in {:?}", self.text()));
            if Label::from_name(label).is_none_or(|label| label == Label::Separator) {
                return bad("unknown label");
            }
            let outer = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || ",;:".contains(c));
            if outer(words.chars().next()) || outer(words.chars().next_back()) {
                return bad("punctuation at the edge of the span");
            }
            if !words.contains(char::is_alphanumeric) && *label != "title" {
                return bad("nothing in the span");
            }
            for (open, close) in [('(', ')'), ('[', ']'), ('（', '）'), ('《', '》'), ('«', '»'), ('“', '”')]
            {
                let (opened, closed) = (words.matches(open).count(), words.matches(close).count());
                if opened != closed && (words.starts_with(open) || words.ends_with(close)) {
                    return bad("unpaired bracket at the edge");
                }
            }
        }
        let blanks = text.windows(2).any(|pair| pair[0] == ' ' && pair[1] == ' ');
        if blanks || text.iter().any(|c| c.is_control()) {
            return Err(format!("blanks not folded in {:?}", self.text()));
        }
        Ok(())
    }

    /// `text` and `spans` of the format of labelled references.
    pub fn to_json(&self) -> (Value, Value) {
        let spans: Vec<Value> = self.runs().iter().map(|(start, end, label)| json!([start, end, label])).collect();
        (Value::String(self.text()), Value::Array(spans))
    }
}
