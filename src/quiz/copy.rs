//! Copies: whether an answer is somebody else's in all but name.

use crate::screening;
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
/// A text of at least [`FEWEST_WORDS`] words is one if nine tenths of its rows of five words stand in a single source. Where it repeats
/// the prompt, in five words or more or the whole of it, those words don't count, since everybody may repeat the question. Case,
/// punctuation, width and accents as composed make no difference.
pub fn copied(text: &str, others: &[&str], model: &str, prompt: &str) -> bool {
    let words = words(text);
    let stretches = outside(&words, &self::words(prompt));
    if stretches.iter().map(|stretch| stretch.len()).sum::<usize>() < FEWEST_WORDS {
        return false;
    }
    let own: Vec<String> = stretches.iter().flat_map(|stretch| rows(stretch)).collect();
    if own.is_empty() {
        return false;
    }
    others.iter().chain([&model]).any(|source| {
        let theirs: HashSet<String> = rows(&self::words(source)).collect();
        own.iter().filter(|row| theirs.contains(*row)).count() * 100 >= own.len() * SHARE
    })
}

/// The stretches of a text that don't repeat the prompt.
fn outside<'a>(words: &'a [String], prompt: &[String]) -> Vec<&'a [String]> {
    let long = SHINGLE.min(prompt.len()).max(1);
    let asked: HashSet<&[String]> = prompt.windows(long).collect();
    let mut repeated = vec![false; words.len()];
    for (at, row) in words.windows(long).enumerate() {
        if asked.contains(row) {
            repeated[at..at + long].fill(true);
        }
    }
    let mut stretches = Vec::new();
    let mut from = 0;
    for (at, _) in repeated.iter().enumerate().filter(|(_, repeated)| **repeated) {
        stretches.push(&words[from..at]);
        from = at + 1;
    }
    stretches.push(&words[from..]);
    stretches
}

fn rows(words: &[String]) -> impl Iterator<Item = String> + '_ {
    words.windows(SHINGLE).map(|row| row.join(" "))
}

fn words(text: &str) -> Vec<String> {
    let text: String = text.nfkc().filter(|c| !screening::is_invisible(*c)).collect();
    text.unicode_words().map(|word| word.to_lowercase().replace('’', "'")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROMPT: &str = "How does Istio secure service-to-service communication?";
    const MODEL: &str = "Istio gives every workload an identity in a certificate that istiod issues and rotates, the proxies use it for mutual TLS, \
        and authorization policies decide which identity may call which service on which path.";
    const ANA: &str = "The sidecars talk mutual TLS to each other with certificates from istiod, so nobody can listen in, and with an AuthorizationPolicy \
        you say which service account may call which service at all, everything else is denied.";
    const OWN: &str = "Sidecars on both ends encrypt what they exchange and check each other's certificate first. Istiod hands those certificates out and renews \
        them. Who may call whom is a matter of policies that name service accounts.";

    fn check(text: &str, expected: bool) {
        assert_eq!(copied(text, &[ANA], MODEL, PROMPT), expected, "{text}");
    }

    #[test]
    fn a_pasted_answer_is_a_copy_whatever_its_signs() {
        check(ANA, true);
        check(MODEL, true);
        check(&ANA.to_uppercase().replace(',', " -"), true);
        check(&ANA.replace(' ', "\u{200b} "), true);
    }

    #[test]
    fn a_word_added_or_a_greeting_in_front_hides_no_copy() {
        check(&format!("{ANA} Right?"), true);
        check(&format!("{PROMPT} {ANA}"), true);
    }

    #[test]
    fn own_words_are_none() {
        check(OWN, false);
        check(&format!("{} {OWN}", &MODEL[..90]), false);
    }

    #[test]
    fn a_short_text_is_none() {
        let short = ANA.split(' ').take(FEWEST_WORDS - 1).collect::<Vec<_>>().join(" ");
        check(&short, false);
        check(&format!("{short} {}", ANA.split(' ').nth(FEWEST_WORDS - 1).unwrap()), true);
        check("", false);
    }

    #[test]
    fn nine_tenths_are_the_limit() {
        let words: Vec<String> = (0..44).map(|n| format!("w{n}")).collect();
        let source = words.join(" ");
        // 40 rows of five; a changed last word spoils one of them, one in the middle five.
        let changed = |at: &[usize]| {
            words.iter().enumerate().map(|(n, word)| if at.contains(&n) { "other" } else { word }).collect::<Vec<_>>().join(" ")
        };
        assert!(copied(&changed(&[43]), &[&source], "", PROMPT));
        assert!(copied(&changed(&[40, 43]), &[&source], "", PROMPT));
        assert!(!copied(&changed(&[20]), &[&source], "", PROMPT));
    }

    #[test]
    fn shares_of_several_sources_do_not_add_up() {
        let mixed = format!("{} {}", &ANA[..130], &MODEL[100..]);
        check(&mixed, false);
    }

    #[test]
    fn what_everybody_repeats_of_the_question_counts_for_nobody() {
        let long = "Please explain in your own words and in as much detail as you like how a request of one service finds its way to another service of the mesh and who may look at it";
        assert!(!copied(long, &[long], "", long));
    }
}
