//! Answers against rubrics: text to words, words to concepts, concepts to criteria, criteria to a [`Grade`].
//!
//! Pure and deterministic: no I/O, no clock, no chance. The same words always earn the same.

mod concepts;
mod english;
mod judge;
mod negation;
mod phrase;
mod reading;
mod rubric;
mod search;
mod text;
mod typo;
mod words;

pub use concepts::Field;
pub use phrase::Problem;
pub use rubric::{PhraseFault, Rubric};

use crate::bank::Hundredths;
use reading::Reading;
use search::Search;
use serde::{Deserialize, Serialize};
use text::Text;
use words::UNKNOWN;

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

impl Rubric {
    /// Grades an answer. The same answer always earns the same.
    pub fn grade(&self, answer: &str) -> Grade {
        let text = Text::new(answer);
        let reading = self.read(answer, &text);
        let hits = self.terms.find(&reading);
        let in_prompt: Vec<bool> = reading.words.iter().map(|word| self.prompt.contains(&word.stem)).collect();
        judge::judge(self, &Search { reading: &reading, hits: &hits, in_prompt: &in_prompt })
    }

    fn read<'a>(&self, answer: &'a str, text: &'a Text) -> Reading<'a> {
        let mut words = self.vocabulary.words(text);
        for word in &mut words {
            if word.stem == UNKNOWN
                && word.is_content()
                && let Some(meant) = self.typos.correct(text.slice(word.folded.clone()))
            {
                word.stem = meant;
                word.typo = true;
            }
        }
        Reading::new(answer, text, words, self.asks_yes_no)
    }
}
