//! Forgiven typos: a word nobody knows is read as the rubric's word it nearly is.

use crate::grade::english;
use crate::grade::words::{self, Stem, Vocabulary};
use std::collections::{HashMap, HashSet};

/// Words shorter than this are never corrected, nor corrected to.
const SHORTEST: usize = 5;

/// From this many letters on, two slips are forgiven.
const LONG: usize = 9;

/// The words a rubric looks for, by first letter.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typos {
    aims: HashMap<u8, Vec<Aim>>,
}

/// A word that is looked for, as it was written or as its stem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Aim {
    word: Box<str>,
    number: Stem,
    letters: u32,
}

impl Typos {
    /// Corrects to these stems from now on.
    pub(crate) fn aim_at(&mut self, vocabulary: &Vocabulary, wanted: &HashSet<Stem>) {
        for (form, number) in vocabulary.forms().filter(|(_, number)| wanted.contains(number)) {
            if form.len() >= SHORTEST && form.bytes().all(|b| b.is_ascii_lowercase()) {
                let aim = Aim { word: form.into(), number, letters: letters(form) };
                self.aims.entry(form.as_bytes()[0]).or_default().push(aim);
            }
        }
        for aims in self.aims.values_mut() {
            aims.sort_unstable();
            aims.dedup();
        }
    }

    /// The stem that an unknown word was most likely meant to have, if one is near enough.
    pub(crate) fn correct(&self, word: &str) -> Option<Stem> {
        if word.len() < SHORTEST || !word.bytes().all(|b| b.is_ascii_lowercase()) || english::is_common(word) {
            return None;
        }
        let forgiven = if word.len() >= LONG { 2 } else { 1 };
        let stem = words::stem(word);
        let as_written = self.nearest(word, forgiven);
        let as_stem =
            if *stem == *word || stem.len() < SHORTEST { None } else { self.nearest(&stem, if stem.len() >= LONG { 2 } else { 1 }) };
        as_written.into_iter().chain(as_stem).min().map(|(_, number)| number)
    }

    /// The nearest word within `forgiven` slips, with how many it takes.
    fn nearest(&self, word: &str, forgiven: usize) -> Option<(usize, Stem)> {
        let own = letters(word);
        let mut best: Option<(usize, Stem)> = None;
        for aim in self.aims.get(word.as_bytes().first()?)? {
            // A slip changes two letters of the set at most, and the length by one.
            if aim.word.len().abs_diff(word.len()) > forgiven || (own ^ aim.letters).count_ones() as usize > 2 * forgiven {
                continue;
            }
            let distance = strsim::osa_distance(&aim.word, word);
            if distance <= forgiven && best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, aim.number));
            }
        }
        best
    }
}

/// A word that nobody knows, one slip away from a negator of some length.
pub(crate) fn is_nearly_negator(word: &str) -> bool {
    word.len() >= SHORTEST
        && ["without", "cannot", "doesnt", "doesn't", "shouldnt", "never"].iter().any(|negator| strsim::osa_distance(word, negator) == 1)
}

/// The set of letters of a lower-case word.
fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |set, b| set | 1 << (b - b'a'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::text::Text;

    #[test]
    fn slips_are_forgiven_but_not_other_words() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.learn(
            &Text::new(
                "permissive traffic strict plaintext namespace ingress certificate proxy agent route destination automatically helm secure metrics",
            ),
            true,
        );
        let all: HashSet<Stem> = (0..vocabulary.len() as Stem).collect();
        let mut typos = Typos::default();
        typos.aim_at(&vocabulary, &all);
        let table = [
            ("permisssive", Some("permissive")),
            ("trafffic", Some("traffic")),
            ("stricct", Some("strict")),
            ("plaintxet", Some("plaintext")),
            ("namespcaes", Some("namespace")),
            ("certificaets", Some("certificate")),
            ("porxy", Some("proxy")),
            ("destinatoin", Some("destination")),
            ("automaticaly", Some("automatically")),
            ("helps", None),
            ("saturation", None),
            ("metrisc", Some("metrics")),
            ("egress", None),
            ("rate", None),
            ("string", None),
            ("tracks", None),
            ("urgent", None),
        ];
        for (word, meant) in table {
            let meant = meant.and_then(|meant| vocabulary.get(&words::stem(meant)));
            assert_eq!(typos.correct(word), meant, "{word}");
        }
    }
}
