//! Copies: whether an answer is somebody else's in all but name.

use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Shorter texts are never copies: two people may well say the same in a sentence.
pub const FEWEST_WORDS: usize = 25;

/// Words in a row that are compared.
const SHINGLE: usize = 5;

/// Share of an answer's shingles, in percent, that makes it a copy.
const SHARE: usize = 90;

/// Tells whether `text` is a copy of the model answer or of one of `others`, what other members had said before it.
///
/// A text of at least [`FEWEST_WORDS`] words is one if nine tenths of its rows of five words stand in a single source. Rows that the
/// prompt has as well don't count on either side, since everybody may repeat the question. Case, punctuation, width and accents as
/// composed make no difference.
pub fn copied(text: &str, others: &[&str], model: &str, prompt: &str) -> bool {
    let words = words(text);
    if words.len() < FEWEST_WORDS {
        return false;
    }
    let asked = shingles(&self::words(prompt));
    let own: Vec<String> = rows(&words).filter(|row| !asked.contains(row)).collect();
    if own.is_empty() {
        return false;
    }
    others.iter().chain([&model]).any(|source| {
        let theirs = shingles(&self::words(source));
        own.iter().filter(|row| theirs.contains(*row)).count() * 100 >= own.len() * SHARE
    })
}

fn shingles(words: &[String]) -> HashSet<String> {
    rows(words).collect()
}

fn rows(words: &[String]) -> impl Iterator<Item = String> + '_ {
    words.windows(SHINGLE).map(|row| row.join(" "))
}

fn words(text: &str) -> Vec<String> {
    let text: String = text.nfkc().filter(|c| !matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}')).collect();
    text.unicode_words().map(|word| word.to_lowercase().replace('’', "'")).collect()
}
