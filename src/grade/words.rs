//! Pieces to words: stems, roles, and the vocabulary in which both are looked up.

use crate::grade::english::{self, Role};
use crate::grade::text::{Gap, Text};
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// A stem's number in a [`Vocabulary`].
pub(crate) type Stem = u32;

/// The stem of a word that no rubric and no lexicon knows.
pub(crate) const UNKNOWN: Stem = Stem::MAX;

/// A word of a text.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Its stem's number, or [`UNKNOWN`].
    pub(crate) stem: Stem,
    /// What it does in the sentence.
    pub(crate) role: Role,
    /// Its bytes in the original.
    pub(crate) source: Range<usize>,
    /// Its place in the folded text.
    pub(crate) folded: Range<usize>,
    /// What stands before it.
    pub(crate) gap: Gap,
    /// It was read as the vocabulary's word it nearly is.
    pub(crate) typo: bool,
    /// It stands in a line quoted from somebody else.
    pub(crate) quoted: bool,
}

impl Word {
    pub(crate) fn is_content(&self) -> bool {
        self.role == Role::Content
    }
}

/// The stem of a folded word: endings, British spelling and possessives gone.
pub(crate) fn stem(word: &str) -> Cow<'_, str> {
    let word = bare(word);
    if let Some(base) = english::irregular(word) {
        return Cow::Borrowed(base);
    }
    if !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    let american = american(word);
    let mut stem = Stemmer::create(Algorithm::English).stem(&american).into_owned();
    // "labelled" and "labeled" are one word.
    if stem.len() > 4 && stem.ends_with("ll") {
        stem.pop();
    }
    Cow::Owned(stem)
}

/// Without a contracted verb, a possessive, or a French article.
fn bare(word: &str) -> &str {
    let Some(at) = word.find('\'') else { return word };
    let (head, tail) = (&word[..at], &word[at + 1..]);
    if head.chars().count() == 1 || head == "qu" { if matches!(head, "i") { head } else { tail } } else { head }
}

/// -ise, -isation and -our as -ize, -ization and -or; wrong for some words, but the same wrong everywhere.
fn american(word: &str) -> Cow<'_, str> {
    if word.len() < 6 {
        return Cow::Borrowed(word);
    }
    for end in ["isation", "isations", "ise", "ised", "ises", "ising", "iser"] {
        if let Some(base) = word.strip_suffix(end) {
            return Cow::Owned(format!("{base}iz{}", &end[2..]));
        }
    }
    match word.strip_suffix("our").or_else(|| word.strip_suffix("ours")) {
        Some(base) => Cow::Owned(format!("{base}or")),
        None => Cow::Borrowed(word),
    }
}

/// Stems and single words by number; a rubric's own stands on its field's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    base: Option<Arc<Vocabulary>>,
    stems: HashMap<Box<str>, Stem>,
    /// Whole folded words: two pieces that make one of these are that word ("side car").
    whole: HashMap<Box<str>, Stem>,
    /// Every word as its authors wrote it, folded, with its stem.
    written: HashMap<Box<str>, Stem>,
    /// Joined forms of names that are known in several words; those words are left apart.
    spaced: HashSet<Box<str>>,
    /// Function words that the field uses as words of its own: "kind".
    content: HashSet<Box<str>>,
}

impl Vocabulary {
    /// An empty one on top of `base`.
    pub(crate) fn over(base: Arc<Vocabulary>) -> Vocabulary {
        Vocabulary { base: Some(base), ..Vocabulary::default() }
    }

    /// How many stems are numbered.
    pub(crate) fn len(&self) -> usize {
        self.stems.len() + self.base.as_ref().map_or(0, |base| base.len())
    }

    /// The number of a stem, if it has one.
    pub(crate) fn get(&self, stem: &str) -> Option<Stem> {
        self.stems.get(stem).copied().or_else(|| self.base.as_ref()?.get(stem))
    }

    /// Takes a function word as one that carries content.
    pub(crate) fn promote(&mut self, word: &str) {
        if english::role(word) == Role::Function {
            self.content.insert(word.into());
        }
    }

    /// Leaves the words of a name apart, though their joined form is known as well.
    pub(crate) fn keep_apart(&mut self, joined: &str) {
        self.spaced.insert(joined.into());
    }

    fn role(&self, word: &str) -> Role {
        let role = english::role(word);
        if role == Role::Function && self.is_promoted(word) { Role::Content } else { role }
    }

    fn is_promoted(&self, word: &str) -> bool {
        self.content.contains(word) || self.base.as_ref().is_some_and(|base| base.is_promoted(word))
    }

    fn is_spaced(&self, joined: &str) -> bool {
        self.spaced.contains(joined) || self.base.as_ref().is_some_and(|base| base.is_spaced(joined))
    }

    /// Every word as it was written, and every stem, with the stem's number.
    pub(crate) fn forms(&self) -> impl Iterator<Item = (&str, Stem)> {
        let base = self.base.iter().flat_map(|base| base.written.iter().chain(&base.stems));
        self.written.iter().chain(&self.stems).chain(base).map(|(word, number)| (&**word, *number))
    }

    /// The stem of a word that was learnt just like this.
    fn known(&self, word: &str) -> Option<Stem> {
        self.written.get(word).copied().or_else(|| self.base.as_ref()?.known(word))
    }

    fn whole(&self, word: &str) -> Option<Stem> {
        self.whole.get(word).copied().or_else(|| self.base.as_ref()?.whole(word))
    }

    /// Numbers a stem.
    pub(crate) fn add(&mut self, stem: &str) -> Stem {
        if let Some(number) = self.get(stem) {
            return number;
        }
        let number = self.len() as Stem;
        self.stems.insert(stem.into(), number);
        number
    }

    /// Numbers the stems of a text written by the bank's authors. With `whole`, words of one piece
    /// are also what split spellings are put together to.
    pub(crate) fn learn(&mut self, text: &Text, whole: bool) {
        for piece in &text.pieces {
            let word = text.word(piece);
            let number = match self.known(word) {
                Some(number) => number,
                None => {
                    let number = self.add(&stem(word));
                    self.written.insert(word.into(), number);
                    number
                }
            };
            if whole && word.len() >= 4 && english::role(word) == Role::Content && self.whole(word).is_none() {
                self.whole.insert(word.into(), number);
            }
        }
    }

    /// The words of a text, split spellings of known words put together.
    pub(crate) fn words(&self, text: &Text) -> Vec<Word> {
        let mut words = Vec::with_capacity(text.pieces.len());
        let mut at = 0;
        let mut joined = String::new();
        while at < text.pieces.len() {
            let taken = self.compound(text, at, &mut joined);
            let (first, last) = (&text.pieces[at], &text.pieces[at + taken.map_or(0, |(n, _)| n - 1)]);
            let word = text.word(first);
            let (stem, role) = match taken {
                Some((_, stem)) => (stem, Role::Content),
                None => {
                    let role = match self.role(word) {
                        Role::Content if word.contains('\'') => english::role(bare(word)),
                        role => role,
                    };
                    (self.known(word).or_else(|| self.get(&stem(word))).unwrap_or(UNKNOWN), role)
                }
            };
            words.push(Word {
                stem,
                role,
                source: first.source.start..last.source.end,
                folded: first.folded.start..last.folded.end,
                gap: first.gap,
                typo: false,
                quoted: first.quoted,
            });
            at += taken.map_or(1, |(n, _)| n);
        }
        words
    }

    /// The known word that two or three pieces from `at` on make together, and how many they are.
    fn compound(&self, text: &Text, at: usize, joined: &mut String) -> Option<(usize, Stem)> {
        joined.clear();
        joined.push_str(text.word(&text.pieces[at]));
        let mut found = None;
        for (n, piece) in text.pieces.iter().enumerate().skip(at + 1).take(2) {
            if !Gap::SPACE.and(Gap::HYPHEN).covers(piece.gap) {
                break;
            }
            joined.push_str(text.word(piece));
            if piece.gap != Gap::default() && self.is_spaced(joined) {
                continue;
            }
            if let Some(stem) = self.whole(joined).or_else(|| self.whole(joined.strip_suffix('s')?)) {
                found = Some((n - at + 1, stem));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_meet_across_endings_and_spellings() {
        let same = [
            ("encrypts", "encryption"),
            ("authorised", "authorized"),
            ("centralisation", "centralization"),
            ("labelled", "labeled"),
            ("behaviour", "behavior"),
            ("sent", "sends"),
            ("istio's", "istio"),
            ("proxies", "proxy"),
            ("l'identite", "identite"),
        ];
        for (a, b) in same {
            assert_eq!(stem(a), stem(b), "{a} and {b}");
        }
        let different = [("authority", "authorization"), ("customer", "custom"), ("important", "imports"), ("permission", "permissive")];
        for (a, b) in different {
            assert_ne!(stem(a), stem(b), "{a} and {b}");
        }
    }

    #[test]
    fn split_spellings_are_one_word() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.learn(&Text::new("sidecar peerauthentication plaintext gateway"), true);
        for (source, count) in [("side car", 1), ("side-cars", 1), ("PeerAuthentication", 1), ("plain text gateway", 2), ("side, car", 2)] {
            assert_eq!(vocabulary.words(&Text::new(source)).len(), count, "{source}");
        }
    }
}
