//! Characters to pieces: runs of letters and digits, folded, each with its place in the original.

use std::ops::Range;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// What stands between a piece and the one before it; several signs add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Gap(u16);

impl Gap {
    pub(crate) const SPACE: Gap = Gap(1);
    /// A hyphen, underscore, or dot inside an identifier.
    pub(crate) const HYPHEN: Gap = Gap(1 << 1);
    pub(crate) const SLASH: Gap = Gap(1 << 2);
    pub(crate) const COMMA: Gap = Gap(1 << 3);
    pub(crate) const COLON: Gap = Gap(1 << 4);
    /// An arrow or an equals sign.
    pub(crate) const ARROW: Gap = Gap(1 << 5);
    /// A bracket, a dash between blanks, an ellipsis.
    pub(crate) const ASIDE: Gap = Gap(1 << 6);
    /// A full stop, semicolon, exclamation or question mark.
    pub(crate) const STOP: Gap = Gap(1 << 7);
    pub(crate) const QUESTION: Gap = Gap(1 << 8);
    pub(crate) const LINE: Gap = Gap(1 << 9);
    /// An empty line.
    pub(crate) const BLANK: Gap = Gap(1 << 10);
    /// The sign or number that opens an item of a list.
    pub(crate) const ITEM: Gap = Gap(1 << 11);
    /// A dash between blanks.
    pub(crate) const DASH: Gap = Gap(1 << 13);
    /// A plus or an ampersand.
    pub(crate) const PLUS: Gap = Gap(1 << 12);

    /// Any sign of `other` is here.
    pub(crate) fn has(self, other: Gap) -> bool {
        self.0 & other.0 != 0
    }

    /// Every sign of `other` is here.
    pub(crate) fn covers(self, other: Gap) -> bool {
        other.0 & !self.0 == 0
    }

    /// Both together.
    pub(crate) const fn and(self, other: Gap) -> Gap {
        Gap(self.0 | other.0)
    }
}

/// A run of letters and digits.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// Where its folded form stands in [`Text::folded`].
    pub(crate) folded: Range<usize>,
    /// Its bytes in the original.
    pub(crate) source: Range<usize>,
    /// What stands before it.
    pub(crate) gap: Gap,
    /// It stands in a line quoted from somebody else (`> …`).
    pub(crate) quoted: bool,
}

/// An answer in pieces.
#[derive(Debug, Default)]
pub(crate) struct Text {
    folded: String,
    /// In reading order.
    pub(crate) pieces: Vec<Piece>,
    /// What stands after the last piece.
    pub(crate) end: Gap,
}

impl Text {
    /// Cuts `source` into pieces. Invisible and direction-changing characters are dropped, compatibility forms
    /// (full width, ligatures) are unfolded, accents and case removed.
    pub(crate) fn new(source: &str) -> Text {
        let mut scan =
            Scan { chars: visible(source), text: Text::default(), open: None, gap: Gap::default(), line_start: true, quoted: false };
        let mut at = 0;
        while at < scan.chars.len() {
            at = scan.step(at);
        }
        scan.close();
        scan.text.end = scan.gap;
        scan.text
    }

    /// The folded form of a piece.
    pub(crate) fn word(&self, piece: &Piece) -> &str {
        self.slice(piece.folded.clone())
    }

    /// A part of the folded text.
    pub(crate) fn slice(&self, range: Range<usize>) -> &str {
        &self.folded[range]
    }
}

/// Characters that are not seen: zero-width, direction overrides, variation selectors, tags.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e01ef}')
}

/// A word as it stands in a folded text.
pub(crate) fn fold(word: &str) -> String {
    visible(word).iter().flat_map(|seen| seen.c.to_lowercase()).collect()
}

#[derive(Clone, Copy)]
struct Seen {
    c: char,
    from: usize,
    to: usize,
}

fn visible(source: &str) -> Vec<Seen> {
    let mut chars = Vec::with_capacity(source.len());
    for (from, c) in source.char_indices() {
        let to = from + c.len_utf8();
        if c.is_ascii() {
            chars.push(Seen { c, from, to });
        } else if !is_invisible(c) {
            let accent = |d: &char| !('\u{300}'..='\u{36f}').contains(d);
            chars.extend(std::iter::once(c).nfkd().filter(accent).map(|c| Seen { c, from, to }));
        }
    }
    chars
}

/// Scripts written without blanks: every character is a piece of its own.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '\u{e00}'..='\u{e7f}')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

struct Scan {
    chars: Vec<Seen>,
    text: Text,
    /// The piece being read: its start in the folded text and its bytes in the original.
    open: Option<(usize, Range<usize>)>,
    gap: Gap,
    line_start: bool,
    quoted: bool,
}

impl Scan {
    fn peek(&self, at: usize) -> char {
        self.chars.get(at).map_or(' ', |seen| seen.c)
    }

    fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or(' ', |at| self.chars[at].c)
    }

    /// Takes the character at `at` and returns where to go on.
    fn step(&mut self, at: usize) -> usize {
        let c = self.chars[at].c;
        if self.line_start
            && let Some(next) = self.item(at)
        {
            return next;
        }
        if is_word(c) {
            self.letter(at);
            return at + 1;
        }
        if matches!(c, '\'' | '’' | 'ʼ') && self.open.is_some() && is_word(self.peek(at + 1)) {
            self.text.folded.push('\'');
            return at + 1;
        }
        // A number keeps its decimals.
        if c == '.' && self.open.is_some() && self.before(at).is_ascii_digit() && self.peek(at + 1).is_ascii_digit() {
            self.text.folded.push('.');
            return at + 1;
        }
        if c == ':' && self.peek(at + 1) == '/' && self.peek(at + 2) == '/' {
            return self.skip_address(at);
        }
        self.close();
        self.sign(at)
    }

    fn letter(&mut self, at: usize) {
        let Seen { c, from, to } = self.chars[at];
        if self.open.is_some() && (stands_alone(c) || stands_alone(self.before(at)) || self.humps(at)) {
            self.close();
        }
        self.line_start = false;
        let start = self.text.folded.len();
        self.text.folded.extend(c.to_lowercase());
        match &mut self.open {
            Some((_, source)) => source.end = to,
            None => self.open = Some((start, from..to)),
        }
    }

    /// A capital inside a name starts a new piece (`PeerAuthentication`, `HTTPRoute`), but not in `mTLS` or `CRDs`.
    fn humps(&self, at: usize) -> bool {
        let long = self.open.as_ref().is_some_and(|(_, source)| source.len() >= 2);
        long && self.chars[at].c.is_uppercase() && self.peek(at + 1).is_lowercase() && self.peek(at + 2).is_lowercase()
    }

    fn close(&mut self) {
        let Some((start, source)) = self.open.take() else { return };
        unmask(&mut self.text.folded, start);
        let folded = start..self.text.folded.len();
        self.text.pieces.push(Piece { folded, source, gap: self.gap, quoted: self.quoted });
        self.gap = Gap::default();
    }

    /// An address on the web says nothing by its words.
    fn skip_address(&mut self, at: usize) -> usize {
        if let Some((start, _)) = self.open.take() {
            self.text.folded.truncate(start);
        }
        self.gap = self.gap.and(Gap::SPACE);
        let rest = self.chars[at..].iter().position(|seen| seen.c.is_whitespace());
        rest.map_or(self.chars.len(), |skip| at + skip)
    }

    /// The mark that opens a list item, a quoted line or a heading.
    fn item(&mut self, at: usize) -> Option<usize> {
        let c = self.peek(at);
        let digits = self.chars[at..].iter().take(3).take_while(|seen| seen.c.is_ascii_digit()).count();
        if (1..=2).contains(&digits) && matches!(self.peek(at + digits), '.' | ')') && self.peek(at + digits + 1).is_whitespace() {
            self.gap = self.gap.and(Gap::ITEM);
            self.line_start = false;
            return Some(at + digits + 1);
        }
        if matches!(c, '-' | '*' | '•' | '+' | '–' | '—' | '·' | '▪' | '◦') && self.peek(at + 1).is_whitespace() {
            self.gap = self.gap.and(Gap::ITEM);
            self.line_start = false;
            return Some(at + 1);
        }
        if c == '>' {
            self.quoted = true;
            return Some(at + 1);
        }
        None
    }

    fn sign(&mut self, at: usize) -> usize {
        let (c, before, next) = (self.chars[at].c, self.before(at), self.peek(at + 1));
        let inside = is_word(before) && is_word(next);
        let (gap, taken) = match c {
            '\n' if self.gap.has(Gap::LINE) => (Gap::BLANK, 1),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => (Gap::LINE, 1),
            '-' | '=' | '<' if next == '>' || (c == '<' && next == '-') => (Gap::ARROW, 2),
            '_' => (Gap::HYPHEN, 1),
            '-' | '‐' | '‑' if inside => (Gap::HYPHEN, 1),
            '-' | '–' | '—' => (Gap::ASIDE.and(Gap::DASH), 1),
            '.' if next == '.' => (Gap::ASIDE, self.chars[at..].iter().take_while(|seen| seen.c == '.').count()),
            '.' if inside => (Gap::HYPHEN, 1),
            '.' if self.abbreviated() => (Gap::SPACE, 1),
            '.' | ';' | '!' | '。' | '।' | '؟' => (Gap::STOP, 1),
            '?' => (Gap::STOP.and(Gap::QUESTION), 1),
            ',' | '、' | '·' | '•' => (Gap::COMMA, 1),
            '/' | '|' | '\\' if inside => (Gap::SLASH, 1),
            '/' | '|' => (Gap::COMMA, 1),
            ':' if inside => (Gap::HYPHEN, 1),
            ':' => (Gap::COLON, 1),
            '=' | '>' | '→' | '⇒' | '↔' | '➔' | '➜' | '⟶' | '←' | '≠' => (Gap::ARROW, 1),
            '(' | ')' | '[' | ']' | '{' | '}' => (Gap::ASIDE, 1),
            '+' | '&' => (Gap::PLUS, 1),
            _ => (Gap::SPACE, 1),
        };
        if gap == Gap::LINE {
            self.line_start = true;
            self.quoted = false;
        }
        self.gap = self.gap.and(gap);
        at + taken
    }

    /// The last piece is a short form whose dot ends no sentence.
    fn abbreviated(&self) -> bool {
        let Some(last) = self.text.pieces.last() else { return false };
        matches!(self.text.word(last), "eg" | "ie" | "e" | "g" | "i" | "vs" | "approx" | "resp" | "incl" | "bzw" | "z" | "ca")
    }
}

/// Letters of other alphabets that look like Latin ones, in a word that is Latin otherwise.
fn unmask(folded: &mut String, start: usize) {
    let word = &folded[start..];
    if word.is_ascii() || !word.bytes().any(|b| b.is_ascii_alphabetic()) {
        return;
    }
    let latin: String = word.chars().map(look_alike).collect();
    folded.truncate(start);
    folded.push_str(&latin);
}

fn look_alike(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' => 'e',
        'һ' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'ո' => 'n',
        'о' | 'ο' | 'σ' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(source: &str) -> Vec<String> {
        let text = Text::new(source);
        text.pieces.iter().map(|piece| text.word(piece).to_owned()).collect()
    }

    #[test]
    fn cuts_what_people_type_into_words() {
        let table: &[(&str, &[&str])] = &[
            ("mTLS, gRPC and CRDs", &["mtls", "grpc", "and", "crds"]),
            ("PeerAuthentication HTTPRoute portLevelMtls", &["peer", "authentication", "http", "route", "port", "level", "mtls"]),
            ("`mode: STRICT`", &["mode", "strict"]),
            ("1. first\n2) second\n- third", &["first", "second", "third"]),
            ("don’t change v1.31 or 1.31", &["don't", "change", "v1.31", "or", "1.31"]),
            ("en\u{200b}voy ｅｎｖｏｙ Énvoy еnvоу", &["envoy", "envoy", "envoy", "envoy"]),
            ("see https://istio.io/latest/docs/ there", &["see", "there"]),
            ("सेवा mesh 服务", &["सेवा", "mesh", "服", "务"]),
            ("istio_requests_total{a=\"b\"}", &["istio", "requests", "total", "a", "b"]),
        ];
        for (source, expected) in table {
            assert_eq!(pieces(source), *expected, "{source}");
        }
    }

    #[test]
    fn pieces_keep_their_place_in_the_original() {
        let source = "«En\u{200b}voy» – größer";
        let text = Text::new(source);
        let originals: Vec<&str> = text.pieces.iter().map(|piece| &source[piece.source.clone()]).collect();
        assert_eq!(originals, ["En\u{200b}voy", "größer"]);
    }

    #[test]
    fn gaps_tell_sentences_from_clauses() {
        let table: &[(&str, Gap)] = &[
            ("a. b", Gap::STOP),
            ("a, b", Gap::COMMA),
            ("a -> b", Gap::ARROW),
            ("a = b", Gap::ARROW),
            ("a — b", Gap::ASIDE),
            ("a? b", Gap::QUESTION),
            ("a\n\nb", Gap::BLANK),
            ("a\n- b", Gap::ITEM),
            ("a/b", Gap::SLASH),
            ("aa-bb", Gap::HYPHEN),
        ];
        for (source, gap) in table {
            assert!(Text::new(source).pieces[1].gap.has(*gap), "{source}");
        }
        assert!(!Text::new("Envoy vs. ztunnel").pieces[2].gap.has(Gap::STOP));
    }
}
