//! Words to sentences: which words stand together, which are claims, and what a sentence takes over from the one before.

use crate::grade::english::Role;
use crate::grade::negation::{self, Negation};
use crate::grade::text::{Gap, Text};
use crate::grade::words::Word;
use std::ops::Range;

/// A line this long (in bytes) that goes on in lower case was wrapped, not ended.
const WRAPPED: usize = 50;

/// How many words of a question or of the sentence before are taken over.
const CARRIED: usize = 10;

/// How many words at the head of a sentence count as what a following "it" stands for.
const SUBJECT: usize = 4;

/// A line with more content words than this says something itself and heads nothing.
const HEADING: usize = 5;

/// A sentence: its words, and the words before it that it goes on from.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    /// Its words.
    pub(crate) words: Range<usize>,
    /// Words taken over from before: a heading, a question, the subject of "it".
    pub(crate) carry: Range<usize>,
    /// It claims something; a question does not.
    pub(crate) claims: bool,
}

/// An answer as it was read.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    /// The answer itself; quotes are cut from it.
    pub(crate) source: &'a str,
    /// Its pieces.
    pub(crate) text: &'a Text,
    /// Its words.
    pub(crate) words: Vec<Word>,
    /// Each word's place, counted in content words; commas and conjunctions count as one more.
    pub(crate) places: Vec<i32>,
    /// Its sentences.
    pub(crate) sentences: Vec<Sentence>,
    /// What is negated.
    pub(crate) negations: Vec<Negation>,
    /// It is in Portuguese, where "no" is "in the".
    pub(crate) portuguese: bool,
    /// It begins with a plain "no" to the question.
    pub(crate) answers_no: bool,
}

impl<'a> Reading<'a> {
    /// Reads `words`, which were made from `text`, which was made from `source`.
    /// `asked_yes_no` tells whether the question wants a yes or no.
    pub(crate) fn new(source: &'a str, text: &'a Text, mut words: Vec<Word>, asked_yes_no: bool) -> Reading<'a> {
        drop_quoted(&mut words);
        let ranges = cut(source, &words, text.end);
        let places = places(&words);
        let mut reading = Reading {
            source,
            text,
            words,
            places,
            sentences: Vec::with_capacity(ranges.len()),
            negations: Vec::new(),
            answers_no: false,
            portuguese: false,
        };
        reading.portuguese = reading.is_portuguese();
        reading.answers_no = reading.opens_with_no(asked_yes_no);
        for range in ranges {
            reading.add_sentence(range);
        }
        reading.carry_headings();
        reading.negations = negation::find(&reading);
        reading
    }

    /// The folded form of a word.
    pub(crate) fn word(&self, at: usize) -> &str {
        self.text.slice(self.words[at].folded.clone())
    }

    /// What stands after a word.
    pub(crate) fn gap_after(&self, at: usize) -> Gap {
        self.words.get(at + 1).map_or(self.text.end, |next| next.gap)
    }

    /// The sentence that has a word.
    pub(crate) fn sentence_of(&self, word: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.words.end <= word)
    }

    /// How many words carry content.
    pub(crate) fn content(&self) -> usize {
        self.words.iter().filter(|word| word.is_content()).count()
    }

    /// No comma, bracket or conjunction parts the words of one sentence from `from` to `to`.
    pub(crate) fn in_one_clause(&self, from: usize, to: usize) -> bool {
        let parts = Gap::COMMA.and(Gap::ASIDE).and(Gap::COLON).and(Gap::ARROW).and(Gap::STOP).and(Gap::LINE);
        (from + 1..=to).all(|at| {
            let word = &self.words[at];
            let subject =
                || matches!(self.words.get(at + 1), Some(next) if next.role == Role::Pronoun || matches!(self.word(at + 1), "the" | "a"));
            !word.gap.has(parts) && word.role != Role::Conjunction && !(word.role == Role::Coordinator && subject())
        })
    }

    /// How many content words the paragraph of a word has.
    pub(crate) fn paragraph_content(&self, word: usize) -> usize {
        let opens = |at: &usize| self.words[*at].gap.has(Gap::BLANK);
        let start = (0..=word).rev().find(opens).unwrap_or(0);
        let end = (word + 1..self.words.len()).find(opens).unwrap_or(self.words.len());
        self.words[start..end].iter().filter(|word| word.is_content()).count()
    }

    /// The answer's own words from one word to another.
    pub(crate) fn quote(&self, from: usize, to: usize) -> &'a str {
        &self.source[self.words[from].source.start..self.words[to].source.end]
    }

    fn is_portuguese(&self) -> bool {
        let any = |list: &str| (0..self.words.len()).filter(|&at| list.split(' ').any(|word| word == self.word(at))).count();
        let telling = any("nao os dos das da pelo pela uma voce depois entao sao qual quem acontece fica faz tambem isso");
        telling > 0 && telling > any("the is of it to with you by for which")
    }

    /// The first word answers a question, rather than negating what follows.
    fn opens_with_no(&self, asked: bool) -> bool {
        let plain =
            !self.words.is_empty() && matches!(self.word(0), "no" | "nope" | "nah" | "nein" | "nao" | "non" | "नहीं" | "nahi" | "nahin");
        let follows = || match self.words.get(1) {
            None => true,
            Some(next) if !Gap::SPACE.covers(next.gap) => true,
            Some(next)
                if matches!(next.role, Role::Pronoun | Role::Conjunction | Role::Negator) || matches!(self.word(1), "the" | "a" | "an") =>
            {
                true
            }
            Some(_) => asked && !matches!(self.word(1), "need" | "one" | "code" | "longer" | "way" | "reason"),
        };
        plain && follows()
    }

    fn add_sentence(&mut self, words: Range<usize>) {
        let asks = self.asks(&words);
        let carry = match self.sentences.last() {
            None => 0..0,
            Some(_) if self.words[words.start].gap.has(Gap::BLANK.and(Gap::ITEM)) => 0..0,
            Some(last) if !last.claims => last.words.end.saturating_sub(CARRIED).max(last.words.start)..last.words.end,
            // A sentence that ended in brackets is not what "it" stands for.
            Some(_) if self.words[words.start].gap.has(Gap::ASIDE) => 0..0,
            Some(last) => self.taken_over(last, words.start),
        };
        if let Some(last) = self.sentences.last_mut()
            && !last.claims
            && matches!(self.text.slice(self.words[words.start].folded.clone()), "yes" | "yep" | "yeah" | "ja" | "si" | "oui" | "sim")
        {
            last.claims = true;
        }
        self.sentences.push(Sentence { words, carry, claims: !asks });
    }

    /// It is a real question, not a statement with a question mark.
    fn asks(&self, words: &Range<usize>) -> bool {
        let opens = |role| matches!(role, Role::Auxiliary | Role::Conjunction);
        self.gap_after(words.end - 1).has(Gap::QUESTION) && opens(self.words[words.start].role)
    }

    /// What a sentence takes over from the one before, by its first word.
    fn taken_over(&self, last: &Sentence, start: usize) -> Range<usize> {
        match self.word(start) {
            "it" | "its" | "it's" | "they" | "this" | "that" | "that's" | "these" | "those" | "their" | "he" | "she" | "er" | "sie" => {
                let refers = matches!(self.words[last.words.start].role, Role::Pronoun) && !last.carry.is_empty();
                if refers { last.carry.clone() } else { last.words.start..(last.words.start + SUBJECT).min(last.words.end) }
            }
            "then" | "and" | "so" | "after" | "afterwards" | "next" | "finally" | "also" | "plus" | "once" | "later" | "or" => {
                last.words.end.saturating_sub(CARRIED).max(last.words.start)..last.words.end
            }
            _ => 0..0,
        }
    }

    /// A line that ends in a colon, an arrow or is short before a list, heads the lines under it.
    fn carry_headings(&mut self) {
        let mut heading: Option<Range<usize>> = None;
        for at in 0..self.sentences.len() {
            let words = self.sentences[at].words.clone();
            let (before, after) = (self.words[words.start].gap, self.gap_after(words.end - 1));
            let breaks = after.has(Gap::LINE) && self.sentences.len() > at + 1;
            let short = self.words[words.clone()].iter().filter(|word| word.is_content()).count() <= HEADING;
            let heads = breaks
                && short
                && (after.has(Gap::COLON.and(Gap::ARROW)) || (words.len() <= SUBJECT && after.has(Gap::ITEM) && !before.has(Gap::ITEM)));
            let under = before.has(Gap::LINE);
            if let Some(range) = &heading
                && under
                && self.sentences[at].carry.is_empty()
            {
                self.sentences[at].carry = range.clone();
            }
            if breaks && !short && after.has(Gap::COLON) {
                heading = None;
            } else if heads {
                heading = Some(words.end.saturating_sub(CARRIED).max(words.start)..words.end);
            } else if before.has(Gap::BLANK) && !before.has(Gap::ITEM) && at > 0 {
                heading = None;
            }
        }
    }
}

/// What somebody else said is no claim of the author, unless there is nothing else.
fn drop_quoted(words: &mut Vec<Word>) {
    if words.iter().any(|word| !word.quoted) {
        words.retain(|word| !word.quoted);
    }
}

/// The line break before a word is only where the line was full: the sentence goes on.
fn is_wrapped(source: &str, words: &[Word], at: usize, line: usize) -> bool {
    let (before, word) = (&words[at - 1], &words[at]);
    let lower = source[word.source.start..].starts_with(char::is_lowercase);
    let ends = word.gap.has(Gap::COLON.and(Gap::ITEM).and(Gap::BLANK).and(Gap::ARROW));
    // Short lines go on only where grammar says so: "the proxy holds / the key".
    let grammar = !word.is_content() || !before.is_content();
    lower && !ends && (grammar || before.source.end.saturating_sub(line) >= WRAPPED)
}

/// The sentences, as ranges of words.
fn cut(source: &str, words: &[Word], end: Gap) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let (mut start, mut line) = (0, 0);
    for at in 0..=words.len() {
        let gap = words.get(at).map_or(end, |word| word.gap);
        let wrapped = at > 0 && at < words.len() && gap.has(Gap::LINE) && is_wrapped(source, words, at, line);
        if gap.has(Gap::LINE) {
            line = words.get(at).map_or(0, |word| word.source.start);
        }
        let breaks = at == words.len() || gap.has(Gap::STOP.and(Gap::ITEM).and(Gap::BLANK)) || (gap.has(Gap::LINE) && !wrapped);
        if breaks && at > start {
            sentences.push(start..at);
            start = at;
        }
    }
    sentences
}

fn places(words: &[Word]) -> Vec<i32> {
    let mut place = 0;
    let step = |word: &Word| {
        place += i32::from(word.is_content()) + i32::from(word.gap.has(Gap::COMMA.and(Gap::ASIDE)) || word.role == Role::Conjunction);
        place
    };
    words.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::words::Vocabulary;

    fn sentences(source: &str) -> Vec<(String, String)> {
        let text = Text::new(source);
        let reading = Reading::new(source, &text, Vocabulary::default().words(&text), false);
        let quote =
            |range: &Range<usize>| if range.is_empty() { String::new() } else { reading.quote(range.start, range.end - 1).to_owned() };
        reading.sentences.iter().map(|s| (quote(&s.words), quote(&s.carry))).collect()
    }

    #[test]
    fn sentences_take_over_what_they_go_on_from() {
        let table: &[(&str, &[(&str, &str)])] = &[
            ("Envoy routes. It retries.", &[("Envoy routes", ""), ("It retries", "Envoy routes")]),
            ("Data plane:\n- Envoy\n- gateways", &[("Data plane", ""), ("Envoy", "Data plane"), ("gateways", "Data plane")]),
            ("mtls:\n  mode: STRICT", &[("mtls", ""), ("mode: STRICT", "mtls")]),
            ("What carries it? Envoy.", &[("What carries it", ""), ("Envoy", "What carries it")]),
            (
                "Two halves (one was split; it is gone). It routes.",
                &[("Two halves (one was split", ""), ("it is gone", "Two halves (one was"), ("It routes", "")],
            ),
            ("> they said so\nI disagree", &[("I disagree", "")]),
            (
                "start with both modes allowed and look at what is left in\nthe mesh",
                &[("start with both modes allowed and look at what is left in\nthe mesh", "")],
            ),
        ];
        for (source, expected) in table {
            let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
            assert_eq!(sentences(source), expected, "{source}");
        }
    }
}
