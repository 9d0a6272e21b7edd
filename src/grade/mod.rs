//! Answers against rubrics: text to words, words to concepts, concepts to criteria, criteria to a [`Grade`].
//!
//! Pure and deterministic: no I/O, no clock, no chance. The same words always earn the same.
//!
//! A [`Rubric`] is compiled once: `phrase` reads its phrasings, `concepts` adds the lexicon's names, and what must be found
//! becomes numbered terms (`search`). An answer then goes through `text` (pieces with their place in the original),
//! `words` (stems, joined spellings; `typo` corrects), `reading` (sentences, and what they take over from the one before)
//! and `negation` with `scope` (what is denied). `search` finds each phrasing's terms close together, with or against its
//! sign; `judge` weighs the evidence. `address`, `blank` and `keywords` know answers that are none, `elsewhere` clauses
//! that claim nothing of the subject. [`Rubric::explain`] tells why a phrasing was missed, [`in_words`] what it looks for.

mod address;
mod blank;
mod concepts;
mod elsewhere;
mod english;
mod explain;
mod judge;
mod keywords;
mod negation;
mod phrase;
mod plain;
mod reading;
mod rubric;
mod scope;
mod search;
mod text;
mod typo;
mod words;

pub use concepts::Field;
pub use explain::{Explained, Explanation, Tried, Why};
pub use phrase::Problem;
pub use plain::in_words;
pub use rubric::{PhraseFault, Rubric};

use crate::bank::{FULL, Hundredths};
use english::Role;
use reading::Reading;
use search::Search;
use serde::{Deserialize, Serialize};
use text::Text;
use words::{UNKNOWN, Word};

/// What one answer earned, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// What the answer earned, 0 to [`crate::bank::FULL`].
    pub points: Hundredths,
    /// Least and most it may be worth; both equal `points` where the grader is sure.
    pub range: (Hundredths, Hundredths),
    /// One verdict a criterion, in the rubric's order.
    pub verdicts: Vec<Judged>,
    /// The false beliefs found in the answer.
    pub misconceptions: Vec<Believed>,
    /// Why an answer earned next to nothing as a whole, if it did.
    pub note: Option<Note>,
}

impl Grade {
    /// The grader saw no reason to doubt its verdicts.
    pub fn sure(&self) -> bool {
        self.range.0 == self.range.1
    }
}

/// What became of one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The criterion's id.
    pub criterion: String,
    /// Made, partly made, missed or contradicted.
    pub verdict: Verdict,
    /// What it earned.
    pub points: Hundredths,
    /// The words of the answer that earned it, or that contradict it, as they stand there.
    pub quotes: Vec<String>,
}

/// What became of one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Said.
    Made,
    /// Of "any N of these", some.
    Partly,
    /// Not said.
    Missed,
    /// Said the other way round.
    Contradicted,
}

/// A misconception found in an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Believed {
    /// The misconception's id.
    pub misconception: String,
    /// What it cost.
    pub cost: Hundredths,
    /// The words that say so.
    pub quote: String,
}

/// Why an answer earned next to nothing as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// Nothing but white space and signs.
    Empty,
    /// "I don't know".
    DontKnow,
    /// The question's own words.
    Echo,
    /// A bare list of keywords.
    Keywords,
    /// Text that speaks to the grader.
    SpeaksToGrader,
    /// The facts denied.
    Denied,
}

/// The most that a bare list of keywords earns.
const KEYWORDS: Hundredths = 200;

/// From this likeness to a bare list on, it is called one.
const BARE: f64 = 0.6;

impl Rubric {
    /// Grades an answer. The same answer always earns the same.
    pub fn grade(&self, answer: &str) -> Grade {
        self.search(answer, |search| {
            if address::speaks_to_grader(answer, search.reading.text) {
                return judge::nothing(self, Note::SpeaksToGrader);
            }
            let mut grade = judge::judge(self, search);
            let likeness = keywords::likeness(search.reading);
            let most = FULL - ((FULL - KEYWORDS) as f64 * (likeness / BARE).min(1.0)) as Hundredths;
            if grade.points > most {
                grade.range = if likeness > BARE { (most, most) } else { (most, grade.points) };
                grade.points = most;
                grade.note = grade.note.or((likeness > BARE).then_some(Note::Keywords));
            }
            grade.range.1 = grade.range.1.max(judge::unread(&grade, search.reading));
            if grade.points == 0 && grade.note.is_none() && grade.misconceptions.is_empty() {
                grade.note = blank::note(search.reading, search.in_prompt);
            }
            grade
        })
    }

    /// Reads an unknown word as the one it was most likely meant to be.
    fn correct(&self, typed: &str, word: &mut Word) {
        if let Some(meant) = self.typos.correct(typed) {
            word.stem = meant;
            word.typo = true;
        } else if typo::is_nearly_negator(typed) {
            word.role = Role::Negator;
        }
    }

    /// Reads an answer and hands it over, ready to be searched.
    fn search<T>(&self, answer: &str, then: impl FnOnce(&Search<'_>) -> T) -> T {
        let text = Text::new(answer);
        let mut words = self.vocabulary.words(&text);
        for word in &mut words {
            if word.stem == UNKNOWN && word.is_content() {
                self.correct(text.slice(word.folded.clone()), word);
            }
        }
        let reading = Reading::new(answer, &text, words, self.asks_yes_no);
        let hits = self.terms.find(&reading, &self.names);
        let in_prompt: Vec<bool> = reading.words.iter().map(|word| self.prompt.contains(&word.stem)).collect();
        then(&Search { reading: &reading, hits: &hits, in_prompt: &in_prompt, passed_over: &[] })
    }
}
