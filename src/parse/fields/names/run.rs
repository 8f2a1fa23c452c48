//! A run of names → its words, and the pieces between separators.
//!
//! Only here are characters looked at; [`super::arrange`] sees pieces and [`super::person`] sees words.

use super::super::words::{is_cjk, is_dash};
use super::words;

/// What separates a piece from the one before it, from the weakest to the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Separator {
    /// Nothing: the first piece.
    Start,
    /// A comma: between two names, or inside one.
    Comma,
    /// "y", "e", "i": between two names, or inside a family name ("Ortega y Gasset").
    LetterAnd,
    /// "/".
    Slash,
    /// "and", "&".
    And,
    /// A dash between blanks: between names, or between a body and its short name.
    Dash,
    /// ";".
    Semicolon,
}

/// How a word looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// "C.", "J.-P.", "Yu.", "C": initials.
    Initials,
    /// "CG", "JMP", "LI": initials without stops, or a short name in capitals.
    Capitals,
    /// A name or any other word.
    Word,
    /// "van", "de la" in lower case.
    Particle,
    /// "Jr.", "III".
    Suffix,
    /// What stands in brackets.
    Bracket,
}

/// One word, `start..end` in bytes of the source.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) look: Look,
    /// In lower case, stops kept.
    pub(super) lower: String,
    /// A stop ends it, be it the one behind the run.
    pub(super) stopped: bool,
}

/// The words between two separators.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) separator: Separator,
    pub(super) words: std::ops::Range<usize>,
}

/// A run of names, cut.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    pub(super) words: Vec<Word>,
    pub(super) pieces: Vec<Piece>,
    /// Whether "et al." or dots say that there are more.
    pub(super) et_al: bool,
}

enum Token {
    Word(Word),
    Separator(Separator),
}

/// Cuts `source[start..end]`.
pub(super) fn cut(source: &str, start: usize, end: usize) -> Run {
    let mut scanner = Scanner { source, end, tokens: Vec::new(), word: None, et_al: false };
    scanner.scan(start);
    let et_al = scanner.et_al;
    let mut run = collect(source, scanner.tokens);
    run.et_al |= et_al;
    drop_roles(&mut run);
    show_capital_families(source, &mut run);
    settle_looks(source, &mut run);
    if let Some(last) = run.words.last_mut() {
        last.stopped |= last.end == end && source[end..].starts_with('.');
    }
    run
}

struct Scanner<'s> {
    source: &'s str,
    end: usize,
    tokens: Vec<Token>,
    /// Where the word in progress began.
    word: Option<usize>,
    et_al: bool,
}

impl Scanner<'_> {
    fn scan(&mut self, start: usize) {
        let mut at = start;
        while let Some(c) = self.source[at..self.end].chars().next() {
            at = self.step(at, c);
        }
        self.flush(at);
    }

    /// Takes in the character at `at`; returns where the next one is.
    fn step(&mut self, at: usize, c: char) -> usize {
        let next = at + c.len_utf8();
        let before = self.source[..at].chars().next_back();
        let after = self.source[next..self.end].chars().next();
        match c {
            c if c.is_whitespace() => self.flush(at),
            ',' | '，' | '､' | ':' | '：' => self.separate(at, Separator::Comma),
            ';' | '；' | '、' | '|' => self.separate(at, Separator::Semicolon),
            '&' | '＆' | '+' if !is_inside_body(before, after) => self.separate(at, Separator::And),
            '/' if after.is_some_and(|c| !c.is_ascii_digit()) => self.separate(at, Separator::Slash),
            '·' | '•' | '∙' if self.word.is_none() || before.is_some_and(is_cjk) => {
                self.separate(at, Separator::Semicolon)
            }
            '…' => self.more_follow(at),
            '.' => return self.stop(at, next, before, after),
            '(' | '[' => return self.bracket(at, next, after),
            ')' | ']' | '{' | '}' | '<' | '>' | '*' | '†' | '‡' | '§' | '¶' | '"' | '“' | '”' | '„' | '«' | '»' => {
                self.flush(at)
            }
            c if is_dash(c) && self.word.is_none() && after.is_none_or(char::is_whitespace) => {
                self.separate(at, Separator::Dash);
            }
            // "Q.林清书", "Chen和Liao": the script changes.
            c if self.word.is_some() && before.is_some_and(|before| changes_script(before, c)) => {
                self.flush(at);
                self.word = Some(at);
            }
            // An affiliation's number: "Smith1,2".
            '0'..='9' if self.word.is_some_and(|start| self.source[start..at].ends_with(char::is_alphabetic)) => {
                self.flush(at)
            }
            _ => {
                self.word.get_or_insert(at);
            }
        }
        next
    }

    /// A stop: behind an initial, set apart from it by a blank, as dots, or between East Asian names.
    fn stop(&mut self, at: usize, next: usize, before: Option<char>, after: Option<char>) -> usize {
        if before.is_some_and(is_cjk) {
            self.separate(at, Separator::Comma);
        } else if self.word.is_some() {
            let start = self.word.unwrap_or(at);
            let name = at - start >= 3 && self.source[start..at].chars().all(char::is_uppercase);
            // "J.-P." goes on, and "GOV.UK".
            if !after.is_some_and(|c| is_dash(c) || (name && c.is_uppercase())) {
                self.flush(next);
            }
        } else if let Some(length) = dots(&self.source[at..self.end]) {
            self.more_follow(at);
            return at + length;
        } else if let Some(Token::Word(word)) = self.tokens.last_mut()
            && (word.look != Look::Word || word.lower.chars().count() <= 3)
        {
            word.end = next;
            word.lower.push('.');
            word.stopped = true;
            word.look = look(&self.source[word.start..word.end], &word.lower);
        }
        next
    }

    /// Skips a role or a number in brackets, keeps anything else as one word. Text in brackets that is glued to an East Asian name
    /// belongs to it ("[美]富勒").
    fn bracket(&mut self, at: usize, next: usize, after: Option<char>) -> usize {
        self.flush(at);
        let Some(length) = self.source[next..self.end].find([')', ']']) else { return next };
        let close = next + length;
        let inner = self.source[next..close].trim();
        let behind = close + 1;
        let glued = self.source[behind..self.end].chars().next().is_some_and(is_cjk);
        if glued {
            self.word = Some(at);
            return behind;
        }
        let lower = inner.to_lowercase();
        let mut bare = lower.split(|c: char| c.is_whitespace() || c == '.' || c == ',').filter(|word| !word.is_empty());
        if lower.starts_with("et al") || lower.starts_with("u. a") || lower.starts_with("u.a") {
            self.et_al = true;
        } else if after.is_none_or(|c| c.is_ascii_digit())
            || bare.clone().all(|word| words::is_role(word) || words::leads_role(word))
        {
        } else if self.tokens.is_empty() || inner.ends_with('.') && inner.chars().count() <= 8 {
            // "[Smith, J.]" is a supplied name; "Blancquaert (G.)" prints given names so.
            return next;
        } else if bare.any(words::names_body)
            && self.tokens.iter().any(|token| matches!(token, Token::Word(word) if word.look == Look::Initials))
        {
            // "…, Smith, J. (ALICE Collaboration)"
            self.tokens.push(Token::Separator(Separator::Semicolon));
            return next;
        } else {
            self.tokens.push(Token::Word(Word { start: at, end: behind, look: Look::Bracket, lower, stopped: false }));
        }
        behind
    }

    fn more_follow(&mut self, at: usize) {
        self.separate(at, Separator::Comma);
        self.et_al = true;
    }

    fn separate(&mut self, at: usize, separator: Separator) {
        self.flush(at);
        self.tokens.push(Token::Separator(separator));
    }

    /// Ends the word in progress at `end`.
    fn flush(&mut self, end: usize) {
        let Some(mut start) = self.word.take() else { return };
        // "andM .S. Green": a conjunction that lost its blank.
        for glued in ["and", "und", "et"] {
            let rest = self.source[start..end].strip_prefix(glued).and_then(|rest| rest.chars().next());
            if rest.is_some_and(char::is_uppercase) {
                self.tokens.push(Token::Separator(Separator::And));
                start += glued.len();
            }
        }
        let mut text = &self.source[start..end];
        // East Asian "and others" is glued to the last name.
        for others in ["等", "ほか", "他", "외"] {
            if text.chars().next().is_some_and(is_cjk) && text.len() > 3 && text.ends_with(others) {
                text = &text[..text.len() - others.len()];
                self.et_al = true;
            }
        }
        // "刘晨, 王维平和朱一凡": the conjunction has no blanks.
        if let Some(middle) =
            text.find('和').filter(|&middle| middle > 3 && text.len() - middle > 6 && text.len() <= 24)
        {
            self.push_word(start, start + middle);
            self.tokens.push(Token::Separator(Separator::And));
            start += middle + '和'.len_utf8();
            text = &self.source[start..end];
        }
        self.push_word(start, start + text.len());
    }

    fn push_word(&mut self, start: usize, end: usize) {
        let text = &self.source[start..end];
        if text.chars().any(char::is_alphanumeric) {
            let lower = text.to_lowercase();
            self.tokens.push(Token::Word(Word {
                start,
                end,
                look: look(text, &lower),
                stopped: text.ends_with('.'),
                lower,
            }));
        }
    }
}

/// A Latin letter beside an East Asian one.
fn changes_script(before: char, c: char) -> bool {
    is_cjk(before) != is_cjk(c) && before.is_alphabetic() && c.is_alphabetic() && (before.is_ascii() || c.is_ascii())
}

/// "AT&T": an ampersand without blanks between capitals.
fn is_inside_body(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(char::is_uppercase) && after.is_some_and(char::is_uppercase)
}

/// The length of "..." or ". . ." at the start of `text`.
fn dots(text: &str) -> Option<usize> {
    let run = text.bytes().take_while(|&byte| byte == b'.' || byte == b' ').count();
    let run = text[..run].trim_end().len();
    (text[..run].bytes().filter(|&byte| byte == b'.').count() >= 3).then_some(run)
}

/// How a word looks; `lower` is `text` in lower case.
fn look(text: &str, lower: &str) -> Look {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let upper = text.chars().filter(|c| c.is_uppercase()).count();
    let first_upper = text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let dotted = text.ends_with('.');
    // "JR", "SR" and "IV" without a stop are initials.
    let suffix = words::is_suffix(lower) && (first_upper || text.starts_with(|c: char| c.is_ascii_digit()));
    if suffix && (dotted || upper < letters || lower.starts_with("ii")) {
        return Look::Suffix;
    }
    if !first_upper {
        return if words::is_particle(lower) { Look::Particle } else { Look::Word };
    }
    if text.chars().any(|c| c.is_ascii_digit()) || text.chars().any(is_cjk) {
        return Look::Word;
    }
    let longest = text.split(is_dash).map(|part| part.chars().filter(|c| c.is_alphabetic()).count()).max().unwrap_or(0);
    match (dotted, letters) {
        (_, 1) => Look::Initials,
        // "St. Clair".
        (true, _) if matches!(lower, "st." | "ste.") => Look::Word,
        (true, 2..=6) if longest <= 2 || (longest == 3 && letters == 3) => Look::Initials,
        (false, 2..=4) if upper == letters && longest <= 2 && text.contains(is_dash) => Look::Initials,
        (false, 2..=4) if upper == letters => Look::Capitals,
        (false, 3..=4) if is_glued_particle(lower) => Look::Initials,
        _ => Look::Word,
    }
}

/// "Tde" of "Barbosa Tde S", as MEDLINE prints Taís de S. Barbosa. With a vowel in front it may be a name: "Ada", "Ide".
fn is_glued_particle(lower: &str) -> bool {
    let mut chars = lower.chars();
    let initial = chars.next();
    initial.is_some_and(|c| c.is_ascii_lowercase() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u'))
        && matches!(chars.as_str(), "de" | "da" | "do" | "dos" | "das" | "del")
}

/// Words and separators → pieces; "and" becomes a separator, "et al." the flag.
fn collect(source: &str, tokens: Vec<Token>) -> Run {
    let mut run = Run::default();
    let mut separator = Separator::Start;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            Token::Separator(found) => separator = separator.max(found),
            Token::Word(mut word) => {
                let following = match tokens.peek() {
                    Some(Token::Word(next)) => Some(next.lower.as_str()),
                    _ => None,
                };
                let small = source[word.start..].starts_with(|c: char| !c.is_uppercase());
                let text = &source[word.start..word.end];
                // "AND", "ET" in a run of capitals, "And" by mistake; "Dan" and "With" are names.
                let loud = text.chars().all(char::is_uppercase)
                    && matches!(word.lower.as_str(), "and" | "und" | "et" | "och" | "og");
                let capitals = following.is_some() && (loud || matches!(text, "And" | "Und" | "Et"));
                // "Li Wet al.": the blank in front of "et" is lost.
                if following.is_some_and(|next| next.trim_end_matches('.') == "al")
                    && let Some(initials) = text.strip_suffix("et").filter(|initials| (1..=4).contains(&initials.len()))
                    && initials.bytes().all(|byte| byte.is_ascii_uppercase())
                {
                    let look = if initials.len() == 1 { Look::Initials } else { Look::Capitals };
                    word.end -= "et".len();
                    word.lower.truncate(initials.len());
                    word.look = look;
                    run.et_al = true;
                    tokens.next();
                }
                let following = match tokens.peek() {
                    Some(Token::Word(next)) => Some(next.lower.as_str()),
                    _ => None,
                };
                match if small || capitals { others(&word.lower, following) } else { 0 } {
                    0 => {}
                    count => {
                        run.et_al = true;
                        (1..count).for_each(|_| drop(tokens.next()));
                        separator = separator.max(Separator::Comma);
                        continue;
                    }
                }
                let letter = words::is_letter_conjunction(&word.lower) && word.look != Look::Initials;
                if letter && following.is_some() && !run.words.is_empty() {
                    separator = separator.max(Separator::LetterAnd);
                } else if small && run.words.is_empty() && following.is_some() && words::is_conjunction(&word.lower) {
                    // "and K. Meier": the run goes on from another.
                } else if (small || capitals && !word.stopped)
                    && words::is_conjunction(&word.lower)
                    && !run.words.is_empty()
                {
                    separator = separator.max(Separator::And);
                } else {
                    let at = run.words.len();
                    run.words.push(word);
                    match run.pieces.last_mut() {
                        Some(piece) if separator == Separator::Start => piece.words.end = at + 1,
                        _ => run.pieces.push(Piece { separator, words: at..at + 1 }),
                    }
                    separator = Separator::Start;
                }
            }
        }
    }
    if let Some(first) = run.pieces.first_mut() {
        first.separator = Separator::Start;
    }
    run
}

/// How many words at the front say that others follow: "et al.", "u. a.", "and others", "и др.", "mfl."
fn others(word: &str, next: Option<&str>) -> usize {
    let bare = word.trim_end_matches('.');
    if matches!(bare, "etal" | "mfl" | "dkk" | "vd" | "ym" | "ua" | "等" | "ほか" | "他" | "외" | "cols" | "colab")
    {
        return 1;
    }
    let Some(next) = next.map(|next| next.trim_end_matches('.')) else { return 0 };
    let pair = match bare {
        "et" | "&" => matches!(
            next,
            "al" | "alii" | "alia" | "aliae" | "als" | "coll" | "col" | "collab" | "autres" | "a1" | "ai"
        ),
        "u" => matches!(next, "a" | "c"),
        "and" | "with" => matches!(next, "others" | "al" | "colleagues" | "co-workers" | "coworkers"),
        "und" => matches!(next, "andere" | "mitarbeiter"),
        "и" | "та" | "і" | "й" => matches!(next, "др" | "соавт" | "другие" | "ін" | "колл" | "інші" | "остали"),
        "i" => matches!(next, "in" | "inni" | "sur" | "dr" | "ostali"),
        "e" => matches!(next, "outros" | "altri" | "a" | "cols" | "col"),
        "ed" => next == "altri",
        "y" => matches!(next, "otros" | "cols" | "col" | "colaboradores" | "colab"),
        "ve" => matches!(next, "ark" | "diğerleri"),
        "m" => next == "fl",
        "c" => next == "s",
        "a" => matches!(next, "kol" | "další" | "i"),
        "en" => matches!(next, "anderen" | "al"),
        "och" | "og" => matches!(next, "andra" | "andre"),
        "és" => matches!(next, "mtsai" | "mások" | "munkatársai"),
        "ir" => next == "kt",
        "in" => next == "drugi",
        _ => false,
    };
    if pair { 2 } else { 0 }
}

/// Where one name of the run prints its family name in capitals behind the given name ("Roza NURIEVA"), short capitals at the end of a
/// name are its family name, too, and no initials ("Zhaoxia LI").
fn show_capital_families(source: &str, run: &mut Run) {
    let is_capital = |word: &Word| {
        let text = &source[word.start..word.end];
        text.chars().filter(|c| c.is_alphabetic()).count() > 1 && !text.chars().any(char::is_lowercase)
    };
    let shows = |piece: &Piece| {
        let words = &run.words[piece.words.clone()];
        words.len() > 1
            && words[words.len() - 1].look == Look::Word
            && is_capital(&words[words.len() - 1])
            && words[0].look == Look::Word
            && !is_capital(&words[0])
    };
    if !run.pieces.iter().any(shows) {
        return;
    }
    for piece in &run.pieces {
        let last = piece.words.end - 1;
        if piece.words.len() > 1 && run.words[last].look == Look::Capitals {
            run.words[last].look = Look::Word;
        }
    }
}

/// Looks that depend on the neighbours: a numeral or "JR" behind a lone family name is initials ("Galkin II", "Scott JR"), whatever
/// stop ends the run, and East Asian characters behind a Latin name are a second print of it ("Cáo Q. 曹").
fn settle_looks(source: &str, run: &mut Run) {
    let end = run.words.last().map(|word| word.start);
    for piece in &run.pieces {
        let words = &mut run.words[piece.words.clone()];
        if let [Word { look: Look::Word, .. }, last] = words
            && last.look == Look::Suffix
            && (!last.stopped || Some(last.start) == end)
            && !source[last.start..last.end].contains(char::is_lowercase)
        {
            last.look = Look::Capitals;
            last.end -= usize::from(source[..last.end].ends_with('.'));
        }
        let east_asian = |word: &Word| source[word.start..word.end].chars().any(is_cjk);
        if words.first().is_some_and(|first| !east_asian(first)) {
            words.iter_mut().filter(|word| east_asian(word)).for_each(|word| word.look = Look::Bracket);
        }
    }
}

/// Takes roles off both ends: "hrsg. von A. Braun", "Braun, A., Hrsg."
fn drop_roles(run: &mut Run) {
    while let Some(piece) = run.pieces.last_mut() {
        let last = piece.words.end - 1;
        if run.words.len() < 2 || run.words[last].look == Look::Initials || !words::is_role(&run.words[last].lower) {
            break;
        }
        piece.words.end = last;
        if piece.words.is_empty() {
            run.pieces.pop();
        }
        run.words.truncate(last);
    }
    let Some(first) = run.pieces.first_mut() else { return };
    let lead = run.words[first.words.clone()].iter().take_while(|word| words::leads_role(&word.lower)).count();
    let certain = run.words[..lead].iter().any(|word| {
        matches!(word.lower.as_str(), "by" | "direction" | "cura" | "redactie" | "redaksi" | "редакцией" | "por")
            || (words::is_role(&word.lower) && word.look != Look::Initials)
    });
    if certain && lead < first.words.len() {
        first.words.start += lead;
    }
}
