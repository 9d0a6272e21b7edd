//! Answers that say nothing: empty, "I don't know", the question's own words.

use crate::grade::Note;
use crate::grade::reading::Reading;

/// An answer longer than this, in content words, says more than that its author doesn't know.
const SHORT: usize = 12;

/// How much of an answer must be the prompt's words to be its echo.
const ECHO: f64 = 0.8;

/// Ways to say that one doesn't know, as folded words; what stands around them doesn't matter.
const UNKNOWING: &[&str] = &[
    "idk",
    "dunno",
    "no idea",
    "no clue",
    "don't know",
    "dont know",
    "do not know",
    "not know",
    "never heard",
    "beats me",
    "pass",
    "skip",
    "magic",
    "no comment",
    "not sure",
    "can't say",
    "cant say",
    "can't answer",
    "keine ahnung",
    "weiss nicht",
    "weiß nicht",
    "weiss es nicht",
    "no se",
    "ni idea",
    "aucune idee",
    "sais pas",
    "nao sei",
    "pata nahi",
    "नही पता",
    "नहीं पता",
    "boh",
    "non lo so",
];

/// Why an answer that earned nothing says nothing, if it does.
pub(crate) fn note(reading: &Reading<'_>, in_prompt: &[bool]) -> Option<Note> {
    if unknowing(reading) {
        return Some(Note::DontKnow);
    }
    let content = reading.content();
    if content == 0 && !reading.answers_no {
        return Some(Note::Empty);
    }
    let echoed = reading.words.iter().zip(in_prompt).filter(|(word, prompt)| word.is_content() && **prompt).count();
    (content >= 2 && echoed as f64 >= ECHO * content as f64).then_some(Note::Echo)
}

fn unknowing(reading: &Reading<'_>) -> bool {
    if reading.source.contains("¯\\_") || reading.source.contains("🤷") {
        return true;
    }
    let stands = |at: usize, phrase: &str| {
        phrase.split(' ').enumerate().all(|(n, word)| at + n < reading.words.len() && reading.word(at + n) == word)
    };
    let says = |phrase: &&str| (0..reading.words.len()).any(|at| stands(at, phrase));
    reading.content() <= SHORT && UNKNOWING.iter().any(says)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::text::Text;
    use crate::grade::words::Vocabulary;

    #[test]
    fn nothing_said_is_named() {
        let table = [
            ("", Some(Note::Empty)),
            ("… !!", Some(Note::Empty)),
            ("\u{200b}\u{202e}", Some(Note::Empty)),
            ("🤷", Some(Note::DontKnow)),
            ("¯\\_(ツ)_/¯", Some(Note::DontKnow)),
            ("No idea, sorry", Some(Note::DontKnow)),
            ("ich weiß nicht", Some(Note::DontKnow)),
            ("gateways and routes", Some(Note::Echo)),
            ("gateways open the listener", None),
        ];
        for (answer, expected) in table {
            let text = Text::new(answer);
            let mut vocabulary = Vocabulary::default();
            vocabulary.learn(&Text::new("gateway route"), false);
            let reading = Reading::new(answer, &text, vocabulary.words(&text), false);
            let in_prompt: Vec<bool> = reading.words.iter().map(|word| word.stem != crate::grade::words::UNKNOWN).collect();
            assert_eq!(note(&reading, &in_prompt), expected, "{answer}");
        }
    }
}
