//! Patterns against a reading: where all terms of a phrasing stand close together, and with which sign.

use crate::grade::concepts::{Name, Names, counts};
use crate::grade::negation::{self, Polarity};
use crate::grade::phrase::Origin;
use crate::grade::reading::{Reading, Sentence};
use crate::grade::text::Gap;
use crate::grade::words::Stem;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// How many combinations of words one pattern may try in one answer; no honest answer comes near.
const MOST_STEPS: usize = 3000;

/// How many words without content may stand inside a name.
const INSIDE_NAME: usize = 2;

/// A term's number: a slot's names, shared by all patterns that look for the same.
pub(crate) type Term = u32;

/// A term found in an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    term: Term,
    /// Its first and last word.
    pub(crate) first: u32,
    pub(crate) last: u32,
}

/// What a pattern looks for.
#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    /// The terms, in the order they were written, and whether each must precede the next.
    pub(crate) terms: Vec<(Term, bool)>,
    /// The answer must deny it.
    pub(crate) negated: bool,
    /// How far apart the first and last term may stand, in places.
    pub(crate) window: i32,
}

/// All terms of a rubric by their first word.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    by_first: HashMap<Stem, Vec<(Name, Origin, Term)>>,
    count: u32,
}

impl Terms {
    /// Numbers a term with these names.
    pub(crate) fn add(&mut self, names: &BTreeMap<Name, Origin>) -> Term {
        let term = self.count;
        self.count += 1;
        for (name, origin) in names {
            if let Some(first) = name.first() {
                self.by_first.entry(*first).or_default().push((name.clone(), *origin, term));
            }
        }
        term
    }

    /// Every term in an answer.
    pub(crate) fn find(&self, reading: &Reading<'_>, field: &Names) -> Hits {
        let inside = inside_names(reading, field);
        let mut hits = Vec::new();
        for (first, word) in reading.words.iter().enumerate() {
            for (name, origin, term) in self.by_first.get(&word.stem).into_iter().flatten() {
                // In "virtual service" nobody speaks of a service, unless the author asked for that very word.
                if name.len() == 1 && *origin == Origin::Lexicon && inside[first] {
                    continue;
                }
                if let Some(last) = spans(reading, first, name) {
                    hits.push(Hit { term: *term, first: first as u32, last: last as u32 });
                }
            }
        }
        Hits::new(hits, self.count as usize)
    }
}

/// For each word, whether it stands inside a name of several words of the lexicon.
fn inside_names(reading: &Reading<'_>, names: &Names) -> Vec<bool> {
    let mut inside = vec![false; reading.words.len()];
    for (first, word) in reading.words.iter().enumerate() {
        for name in names.get(&word.stem).into_iter().flatten() {
            if let Some(last) = spans(reading, first, name) {
                inside[first..=last].fill(true);
            }
        }
    }
    inside
}

/// The last word of `name` if its first stands at `first`; a few words without content may stand in between.
fn spans(reading: &Reading<'_>, first: usize, name: &[Stem]) -> Option<usize> {
    let breaks = Gap::STOP.and(Gap::COMMA).and(Gap::LINE).and(Gap::COLON).and(Gap::ARROW);
    let mut at = first;
    for stem in &name[1..] {
        let mut skipped = 0;
        loop {
            at += 1;
            let word = reading.words.get(at).filter(|word| !word.gap.has(breaks))?;
            if word.stem == *stem {
                break;
            }
            skipped += 1;
            if counts(word) || skipped > INSIDE_NAME {
                return None;
            }
        }
    }
    Some(at)
}

/// All hits, by term and then by place.
#[derive(Debug)]
pub(crate) struct Hits {
    hits: Vec<Hit>,
    starts: Vec<u32>,
}

impl Hits {
    fn new(mut hits: Vec<Hit>, terms: usize) -> Hits {
        hits.sort_unstable_by_key(|hit| (hit.term, hit.first, hit.last));
        let mut starts = vec![0; terms + 1];
        for hit in &hits {
            starts[hit.term as usize + 1] += 1;
        }
        for term in 0..terms {
            starts[term + 1] += starts[term];
        }
        Hits { hits, starts }
    }

    /// The hits of a term.
    pub(crate) fn of(&self, term: Term) -> &[Hit] {
        &self.hits[self.starts[term as usize] as usize..self.starts[term as usize + 1] as usize]
    }

    fn within(&self, term: Term, words: &Range<usize>) -> &[Hit] {
        let of = self.of(term);
        let start = of.partition_point(|hit| (hit.first as usize) < words.start);
        let end = start + of[start..].partition_point(|hit| (hit.last as usize) < words.end);
        &of[start..end]
    }
}

/// Where a pattern was found.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    /// The words that matched, in the order of the pattern's terms.
    pub(crate) words: Vec<usize>,
    /// The sentence they were found in.
    pub(crate) sentence: usize,
    /// How many words matched, names of several words as many.
    pub(crate) strength: usize,
    /// How far apart the outer terms stand.
    pub(crate) spread: i32,
    /// Several words of one clause, and not only the subject of something else: enough to say, where they have the
    /// wrong sign, that they say the opposite.
    pub(crate) outright: bool,
    /// There is a reason to doubt it: a typo, a window all but exceeded, a negation near by.
    pub(crate) shaky: bool,
}

impl Match {
    /// Which of two is the clearer evidence: more terms, no doubt, closer together.
    pub(crate) fn clearer(&self, other: &Match) -> bool {
        (self.strength, !self.shaky, -self.spread) > (other.strength, !other.shaky, -other.spread)
    }

    /// Puts `found` in `best` if it is clearer.
    pub(crate) fn keep(found: Match, best: &mut Option<Match>) {
        if best.as_ref().is_none_or(|best| found.clearer(best)) {
            *best = Some(found);
        }
    }
}

/// What became of a pattern in an answer.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Said, with the pattern's own sign.
    pub(crate) said: Option<Match>,
    /// Said with the opposite sign.
    pub(crate) opposite: Option<Match>,
    /// Found, but only in words that the prompt has as well.
    pub(crate) only_prompt: bool,
}

impl Outcome {
    /// Adds what one sentence says; within it, the words closest together decide.
    fn add(&mut self, here: Outcome) {
        let spread = |found: &Option<Match>| found.as_ref().map_or(i32::MAX, |found| found.spread);
        let (said, opposite) = (spread(&here.said), spread(&here.opposite));
        if let Some(found) = here.said.filter(|_| said <= opposite) {
            Match::keep(found, &mut self.said);
        }
        if let Some(found) = here.opposite.filter(|_| opposite <= said) {
            Match::keep(found, &mut self.opposite);
        }
        self.only_prompt |= here.only_prompt;
    }
}

/// An answer ready to be searched.
#[derive(Clone, Copy)]
pub(crate) struct Search<'a> {
    pub(crate) reading: &'a Reading<'a>,
    pub(crate) hits: &'a Hits,
    /// Clauses that are passed over.
    pub(crate) passed_over: &'a [Range<usize>],
    /// For each word, whether the prompt has its stem.
    pub(crate) in_prompt: &'a [bool],
}

impl Search<'_> {
    /// Looks for a pattern everywhere.
    pub(crate) fn look(&self, pattern: &Compiled) -> Outcome {
        let mut outcome = Outcome::default();
        if pattern.terms.iter().any(|(term, _)| self.hits.of(*term).is_empty()) {
            return outcome;
        }
        if pattern.terms.is_empty() {
            let found = Match { words: vec![0], sentence: 0, strength: 1, spread: 0, shaky: false, outright: true };
            outcome.said = self.reading.answers_no.then_some(found);
            return outcome;
        }
        let mut steps = MOST_STEPS;
        for (at, sentence) in self.reading.sentences.iter().enumerate() {
            if !sentence.claims {
                continue;
            }
            let mut here = Outcome::default();
            let mut attempt = Attempt {
                search: self,
                pattern,
                sentence,
                at,
                chosen: Vec::with_capacity(pattern.terms.len()),
                steps: &mut steps,
                outcome: &mut here,
            };
            if attempt.possible() {
                attempt.extend();
            }
            outcome.add(here);
        }
        outcome
    }

    /// Words that the prompt has as well prove nothing.
    fn only_prompt(&self, words: &[usize]) -> bool {
        words.iter().all(|&word| self.in_prompt[word])
    }
}

struct Attempt<'s, 'a> {
    search: &'s Search<'a>,
    pattern: &'s Compiled,
    sentence: &'s Sentence,
    at: usize,
    chosen: Vec<Hit>,
    steps: &'s mut usize,
    outcome: &'s mut Outcome,
}

impl Attempt<'_, '_> {
    fn possible(&self) -> bool {
        let found = |term| {
            (
                !self.search.hits.within(term, &self.sentence.words).is_empty(),
                !self.search.hits.within(term, &self.sentence.carry).is_empty(),
            )
        };
        let mut own = false;
        self.pattern.terms.iter().all(|&(term, _)| {
            let (here, carried) = found(term);
            own |= here;
            here || carried
        }) && own
    }

    /// Chooses a hit for the next term in every way that stays within the window.
    fn extend(&mut self) {
        let Some(&(term, _)) = self.pattern.terms.get(self.chosen.len()) else {
            self.complete();
            return;
        };
        let search = self.search;
        for range in [&self.sentence.words, &self.sentence.carry] {
            for &hit in search.hits.within(term, range) {
                if *self.steps == 0 {
                    return;
                }
                *self.steps -= 1;
                if self.fits(hit) {
                    self.chosen.push(hit);
                    self.extend();
                    self.chosen.pop();
                }
            }
        }
    }

    fn fits(&self, hit: Hit) -> bool {
        let apart = |other: &Hit| hit.first > other.last || hit.last < other.first;
        let ordered = match (self.chosen.len().checked_sub(1), self.chosen.last()) {
            (Some(before), Some(last)) if self.pattern.terms[before].1 => hit.first > last.last,
            _ => true,
        };
        ordered && self.chosen.iter().all(apart) && self.spread(Some(hit)) <= self.pattern.window
    }

    /// How far apart the outer chosen words stand.
    fn spread(&self, next: Option<Hit>) -> i32 {
        let places = self.chosen.iter().copied().chain(next).map(|hit| (self.place(hit.first), self.place(hit.last)));
        let (low, high) = places.fold((i32::MAX, i32::MIN), |(low, high), (first, last)| (low.min(first), high.max(last)));
        high.saturating_sub(low)
    }

    /// A word's place; what is taken over stands right before the sentence.
    fn place(&self, word: u32) -> i32 {
        let places = &self.search.reading.places;
        let word = word as usize;
        if self.sentence.carry.contains(&word) {
            places[word] - places[self.sentence.carry.end - 1] + places[self.sentence.words.start] - 1
        } else {
            places[word]
        }
    }

    /// The words of the chosen terms, without those that carry no content, where others do.
    fn chosen_words(&self) -> Vec<usize> {
        let mut words = Vec::with_capacity(self.chosen.len() * 2);
        for hit in &self.chosen {
            let (all, before) = (hit.first as usize..=hit.last as usize, words.len());
            words.extend(all.clone().filter(|&word| counts(&self.search.reading.words[word])));
            if words.len() == before {
                words.extend(all);
            }
        }
        words
    }

    fn complete(&mut self) {
        let words = self.chosen_words();
        if !words.iter().any(|word| self.sentence.words.contains(word)) {
            return;
        }
        let passed_over = |word: &usize| self.search.passed_over.iter().any(|range| range.contains(word));
        if words.iter().any(passed_over) {
            return;
        }
        if !self.pattern.negated && self.search.only_prompt(&words) {
            self.outcome.only_prompt = true;
            return;
        }
        let polarity = negation::polarity(&self.search.reading.negations, &words, self.pattern.negated);
        let spread = self.spread(None);
        let typo = words.iter().any(|&word| self.search.reading.words[word].typo);
        let wide = self.pattern.terms.len() > 1 && spread >= self.pattern.window;
        let subject = matches!(polarity, Polarity::SubjectOfDenied | Polarity::SubjectOfHarmless);
        let (first, last) = words.iter().fold((usize::MAX, 0), |(first, last), &word| (first.min(word), last.max(word)));
        let whole = self.search.reading.in_one_clause(first, last);
        let outright = !subject && self.pattern.terms.len() > 1 && !self.pattern.negated && whole;
        let found = Match { outright, sentence: self.at, strength: words.len(), spread, shaky: typo || wide || subject, words };
        let denied = match polarity {
            Polarity::Affirmed => false,
            Polarity::Denied => true,
            Polarity::SubjectOfDenied => true,
            Polarity::SubjectOfHarmless => self.pattern.negated,
        };
        let best = if denied == self.pattern.negated { &mut self.outcome.said } else { &mut self.outcome.opposite };
        Match::keep(found, best);
    }
}
