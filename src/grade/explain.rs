//! Why each phrasing of a rubric was or was not found in an answer.

use crate::grade::elsewhere;
use crate::grade::judge::quotes;
use crate::grade::rubric::{Claim, Phrasing, Rubric};
use crate::grade::search::{Compiled, Match, Search};

/// Every phrasing of a rubric against one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// One entry a criterion, in the rubric's order.
    pub criteria: Vec<Explained>,
    /// One entry a misconception, in the rubric's order.
    pub misconceptions: Vec<Explained>,
}

/// Every phrasing of one criterion or misconception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// Its id.
    pub id: String,
    /// Its phrasings, those of alternatives and lists after its own.
    pub phrasings: Vec<Tried>,
}

/// One phrasing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Where it stands within the criterion: nothing, `alternatives[0]` or `any[2]`.
    pub part: String,
    /// The phrasing as written.
    pub phrasing: String,
    /// What became of it.
    pub why: Why,
}

/// What became of a phrasing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Found in these words; `sure` is false where a typo was corrected, the window almost exceeded or a negation near.
    Found {
        /// The answer's words.
        quote: String,
        /// There was no reason to doubt it.
        sure: bool,
    },
    /// Found with the opposite sign: negated where the phrasing is not, or the other way round.
    Opposite {
        /// The answer's words.
        quote: String,
    },
    /// Found only in words that the prompt has as well.
    OnlyPrompt,
    /// These of its words are nowhere in the answer.
    Absent {
        /// As the phrasing has them.
        words: Vec<String>,
    },
    /// All its words are there, but not in one sentence.
    Scattered,
    /// All its words are in one sentence, in another order.
    Order,
    /// Its words stand too far apart.
    Apart {
        /// Content words from the first to the last, at the closest.
        words: i32,
        /// As many are allowed.
        window: i32,
    },
}

impl Rubric {
    /// Tells for every phrasing why it was or was not found in an answer.
    pub fn explain(&self, answer: &str) -> Explanation {
        self.search(answer, |search| {
            let criteria = self.criteria.iter().map(|wanted| {
                let mut phrasings = Vec::new();
                for (index, claim) in wanted.routes.iter().enumerate() {
                    let part = index.checked_sub(1).map_or(String::new(), |index| format!("alternatives[{index}]"));
                    phrasings.extend(tried(search, claim, &part));
                }
                for (index, claim) in wanted.any.iter().enumerate() {
                    phrasings.extend(tried(search, claim, &format!("any[{index}]")));
                }
                Explained { id: wanted.id.clone(), phrasings }
            });
            let criteria = criteria.collect();
            let elsewhere = elsewhere::find(search.reading, search.in_prompt);
            let search = &Search { passed_over: &elsewhere, ..*search };
            let wrong = self
                .misconceptions
                .iter()
                .map(|wrong| Explained { id: wrong.id.clone(), phrasings: tried(search, &wrong.claim, "").collect() });
            Explanation { criteria, misconceptions: wrong.collect() }
        })
    }
}

fn tried<'a>(search: &'a Search<'_>, claim: &'a Claim, part: &str) -> impl Iterator<Item = Tried> + 'a {
    let part = part.to_owned();
    claim.phrasings.iter().map(move |phrasing| Tried { part: part.clone(), phrasing: phrasing.written.clone(), why: why(search, phrasing) })
}

/// The best that any reading of the phrasing came to.
fn why(search: &Search<'_>, phrasing: &Phrasing) -> Why {
    let each = phrasing.patterns.iter().zip(&phrasing.labels).map(|(pattern, labels)| why_one(search, pattern, labels));
    each.min_by_key(rank).unwrap_or(Why::Scattered)
}

/// Smaller is nearer to being found.
fn rank(why: &Why) -> usize {
    match why {
        Why::Found { sure: true, .. } => 0,
        Why::Found { .. } => 1,
        Why::Opposite { .. } => 2,
        Why::OnlyPrompt => 3,
        Why::Apart { .. } => 4,
        Why::Order => 5,
        Why::Scattered => 6,
        Why::Absent { words } => 6 + words.len(),
    }
}

fn why_one(search: &Search<'_>, pattern: &Compiled, labels: &[String]) -> Why {
    let outcome = search.look(pattern);
    let quote = |found: &Match| quotes(search.reading, found).join(" … ");
    if let Some(found) = &outcome.said {
        return Why::Found { quote: quote(found), sure: !found.shaky };
    }
    if let Some(found) = &outcome.opposite {
        return Why::Opposite { quote: quote(found) };
    }
    if outcome.only_prompt {
        return Why::OnlyPrompt;
    }
    let absent = |&(term, _): &(u32, bool)| search.hits.of(term).is_empty();
    let words: Vec<String> = pattern.terms.iter().zip(labels).filter(|(term, _)| absent(term)).map(|(_, label)| label.clone()).collect();
    if !words.is_empty() || pattern.terms.is_empty() {
        return Why::Absent { words };
    }
    let wide = Compiled { window: i32::MAX, ..pattern.clone() };
    if let Some(found) = closest(search, &wide) {
        return Why::Apart { words: found, window: pattern.window };
    }
    let loose = Compiled { terms: wide.terms.iter().map(|&(term, _)| (term, false)).collect(), ..wide };
    if closest(search, &loose).is_some() { Why::Order } else { Why::Scattered }
}

/// How close together the pattern's terms stand at the closest, with whatever sign.
fn closest(search: &Search<'_>, pattern: &Compiled) -> Option<i32> {
    let outcome = search.look(pattern);
    [outcome.said, outcome.opposite].into_iter().flatten().map(|found| found.spread).min()
}
