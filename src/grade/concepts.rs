//! The field's concepts, compiled: which names mean the same.

use crate::bank::Lexicon;
use crate::grade::english::Role;
use crate::grade::text::{self, Text};
use crate::grade::words::{self, Stem, Vocabulary, Word};
use std::collections::HashMap;
use std::sync::Arc;

/// A name, as the stems of its words.
pub(crate) type Name = Box<[Stem]>;

/// Names of several words, by their first.
pub(crate) type Names = HashMap<Stem, Vec<Name>>;

/// A lexicon, compiled; every rubric of a pack may share one.
#[derive(Debug, Clone)]
pub struct Field {
    pub(crate) vocabulary: Arc<Vocabulary>,
    /// The names of each concept.
    concepts: Vec<Vec<Name>>,
    /// The concepts that have a name.
    named: HashMap<Name, Vec<usize>>,
    pub(crate) several: Arc<Names>,
    /// How many words the longest name has.
    pub(crate) longest: usize,
}

impl Field {
    /// Compiles a lexicon.
    pub fn new(lexicon: &Lexicon) -> Field {
        let mut vocabulary = Vocabulary::default();
        let texts: Vec<Vec<Text>> =
            lexicon.concepts.iter().map(|concept| concept.names.iter().map(|name| Text::new(name)).collect()).collect();
        for text in texts.iter().flatten() {
            vocabulary.learn(text, text.pieces.len() == 1);
        }
        for word in &lexicon.known {
            vocabulary.learn(&Text::new(word), true);
            vocabulary.promote(&text::fold(word));
        }
        for text in texts.iter().flatten() {
            match text.pieces.as_slice() {
                [piece] => vocabulary.promote(text.word(piece)),
                _ => vocabulary.keep_apart(&joined(text)),
            }
        }
        let mut several = Names::new();
        let mut field = Field {
            vocabulary: Arc::default(),
            several: Arc::default(),
            concepts: Vec::with_capacity(texts.len()),
            named: HashMap::new(),
            longest: 1,
        };
        for (concept, names) in texts.iter().enumerate() {
            let mut known: Vec<Name> = Vec::with_capacity(names.len() * 2);
            for text in names {
                field.longest = field.longest.max(text.pieces.len());
                known.push(significant(&vocabulary.words(text)));
                known.extend(run_together(text, &mut vocabulary));
            }
            known.retain(|name| !name.is_empty());
            for name in &known {
                let concepts = field.named.entry(name.clone()).or_default();
                if !concepts.contains(&concept) {
                    concepts.push(concept);
                }
                if let [first, _, ..] = **name {
                    several.entry(first).or_default().push(name.clone());
                }
            }
            field.concepts.push(known);
        }
        field.several = Arc::new(several);
        field.vocabulary = Arc::new(vocabulary);
        field
    }

    /// Every name of every concept that has this name; just itself where none has.
    pub(crate) fn names(&self, name: &[Stem]) -> Vec<Name> {
        let mut names: Vec<Name> = vec![name.into()];
        for &concept in self.named.get(name).into_iter().flatten() {
            names.extend(self.concepts[concept].iter().cloned());
        }
        names
    }

    /// Some concept has this name.
    pub(crate) fn has(&self, name: &[Stem]) -> bool {
        self.named.contains_key(name)
    }
}

/// The stems of the words that count in a name: content and negators ("zero trust"). Where a name of several words
/// would shrink to one ("hands off", "by itself"), all its words count.
pub(crate) fn significant(words: &[Word]) -> Name {
    let stems = |all: bool| words.iter().filter(|word| all || counts(word)).map(|word| word.stem).collect::<Name>();
    let name = stems(false);
    if name.len() < 2 { stems(true) } else { name }
}

/// A word that counts in a name.
pub(crate) fn counts(word: &Word) -> bool {
    matches!(word.role, Role::Content | Role::Negator)
}

fn joined(text: &Text) -> String {
    text.pieces.iter().map(|piece| text.word(piece)).collect()
}

/// A name of two or three words as people run it together: "dataplane".
fn run_together(text: &Text, vocabulary: &mut Vocabulary) -> Option<Name> {
    let count = text.pieces.len();
    if !(2..=3).contains(&count) {
        return None;
    }
    let joined = joined(text);
    (joined.len() >= 6).then(|| Name::from([vocabulary.add(&words::stem(&joined))]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::Concept;

    #[test]
    fn names_of_a_concept_meet() {
        let concept = |id: &str, names: &[&str]| Concept { id: id.into(), names: names.iter().map(|n| (*n).into()).collect() };
        let lexicon = Lexicon {
            concepts: vec![concept("mtls", &["mtls", "mutual TLS"]), concept("plane", &["control plane", "istiod"])],
            known: vec![],
        };
        let field = Field::new(&lexicon);
        let name = |text: &str| significant(&field.vocabulary.words(&Text::new(text)));
        for (name_of, expected) in
            [("mtls", true), ("mutual-TLS", true), ("controlplane", true), ("Control Planes", true), ("plane", false)]
        {
            assert_eq!(field.has(&name(name_of)), expected, "{name_of}");
        }
        assert!(field.names(&name("istiod")).contains(&name("controlplane")));
    }
}
