//! Clauses about another world: how it is done elsewhere, or was before. What stands there is no belief of the author.

use crate::grade::reading::Reading;
use crate::grade::text::Gap;
use std::ops::Range;

/// All such clauses, in reading order. `in_prompt` tells which words name what the question is about.
pub(crate) fn find(reading: &Reading<'_>, in_prompt: &[bool]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        for at in sentence.words.clone() {
            if let Some(start) = opens(reading, in_prompt, &sentence.words, at) {
                found.push(start..end(reading, &sentence.words, at));
            }
        }
    }
    found
}

/// Where the clause starts that the word at `at` marks as one about elsewhere, if it does.
fn opens(reading: &Reading<'_>, in_prompt: &[bool], sentence: &Range<usize>, at: usize) -> Option<usize> {
    let word = |at: usize| if sentence.contains(&at) { reading.word(at) } else { "" };
    let opening = at == sentence.start || reading.words[at].gap.has(Gap::COMMA.and(Gap::ASIDE));
    let named = |at: usize| sentence.contains(&at) && (in_prompt[at] || word(at) == "it");
    let subject = named(at + 1) || (matches!(word(at + 1), "a" | "the") && named(at + 2));
    match word(at) {
        "unlike" => Some(at),
        "before" | "without" if opening && subject => Some(at),
        "previously" | "formerly" | "traditionally" | "normally" if opening => Some(at),
        "used" if word(at + 1) == "to" && matches!(word(at.wrapping_sub(1)), "we" | "i" | "they" | "people" | "teams" | "you") => {
            Some(at - 1)
        }
        _ => None,
    }
}

/// Where it ends: at the comma after it, or after its relative clause; at "now"; at the end of the sentence.
fn end(reading: &Reading<'_>, sentence: &Range<usize>, at: usize) -> usize {
    let relative = |w: usize| matches!(reading.word(w), "where" | "which" | "who" | "whose");
    let ends =
        |&w: &usize| (reading.words[w].gap.has(Gap::COMMA.and(Gap::ASIDE)) && !relative(w)) || matches!(reading.word(w), "now" | "but");
    let first = (at + 1..sentence.end).find(ends).unwrap_or(sentence.end);
    // "Without Istio, every team renews by hand": the main clause is meant as well.
    let condition = matches!(reading.word(at), "before" | "without" | "previously" | "formerly" | "traditionally" | "normally");
    let now = first < sentence.end && matches!(reading.word(first), "now" | "but");
    if condition && !now { (first + 1..sentence.end).find(ends).unwrap_or(sentence.end) } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::words::Vocabulary;

    #[test]
    fn clauses_about_elsewhere_are_found() {
        let table = [
            (
                "Unlike a rolling update, where the share follows the pods, Istio weighs",
                "Unlike a rolling update, where the share follows the pods",
            ),
            ("Before Istio every team renewed by hand, now nobody does", "Before Istio every team renewed by hand"),
            ("Without Istio, kube-proxy balances", "Without Istio, kube-proxy balances"),
            ("We used to balance by hand", "We used to balance by hand"),
            ("It is used to balance requests", ""),
            ("The agent renews before it expires", ""),
        ];
        for (answer, expected) in table {
            let text = crate::grade::text::Text::new(answer);
            let reading = Reading::new(answer, &text, Vocabulary::default().words(&text), false);
            let in_prompt: Vec<bool> = (0..reading.words.len()).map(|at| reading.word(at) == "istio").collect();
            let found = find(&reading, &in_prompt);
            let found = found.first().map_or("", |range| reading.quote(range.start, range.end - 1));
            assert_eq!(found, expected, "{answer}");
        }
    }
}
