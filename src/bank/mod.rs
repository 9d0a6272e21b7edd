//! The question bank: packs, questions and their rubrics, as data.
//!
//! The files are described in `questions/README.md`; [`load`] reads them and names every fault, [`select`] draws.

mod cover;
mod fault;
pub mod load;
mod page;
mod question;
mod samples;
pub mod select;

pub use fault::{Fault, Unknown, nearest};
pub use page::Lines;
pub use samples::LEAST_SAMPLES;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Points in hundredths: 10 points are 1000. Integers, so that sums are exact in every engine.
pub type Hundredths = i64;

/// What a whole rubric is worth: 10 points.
pub const FULL: Hundredths = 1000;

/// Hundredths as people read points: 250 is "2.5".
pub fn points(hundredths: Hundredths) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.unsigned_abs();
    let number = format!("{sign}{}.{:02}", size / 100, size % 100);
    number.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A folder of questions with its slash command.
#[derive(Debug, Clone)]
pub struct Pack {
    /// The folder's name; it is also the slash command, without the slash.
    pub id: String,
    /// What people read: "Istio".
    pub title: String,
    /// The topics, in the order in which an interview takes them.
    pub topics: Vec<Topic>,
    /// SPDX expression of the questions' licence.
    pub licence: String,
    /// The field's concepts and their names.
    pub lexicon: Lexicon,
    /// All questions that may be drawn: topic by topic, in an interview's order within each.
    pub questions: Vec<Arc<Question>>,
    /// The graded answers of each question, by its id.
    pub samples: BTreeMap<String, Vec<Sample>>,
}

impl Pack {
    /// The question with this id. Errors name the nearest id.
    pub fn question(&self, id: &str) -> Result<&Arc<Question>, Unknown> {
        let found = self.questions.iter().find(|question| question.id == id);
        found.ok_or_else(|| unknown("question", id, self.questions.iter().map(|question| &*question.id)))
    }

    /// The topic with this id or title, in whatever case. Errors name the nearest topic.
    pub fn topic(&self, name: &str) -> Result<&Topic, Unknown> {
        let name = name.trim();
        let lower = name.to_lowercase();
        let found = self.topics.iter().find(|topic| topic.id == lower || topic.title.to_lowercase() == lower);
        found.ok_or_else(|| unknown("topic", name, self.topics.iter().map(|topic| &*topic.id)))
    }
}

fn unknown<'a>(kind: &'static str, name: &str, known: impl Iterator<Item = &'a str>) -> Unknown {
    Unknown { kind, name: name.to_owned(), nearest: nearest(name, known).map(str::to_owned) }
}

/// One subject of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Slug, as typed: `security`.
    pub id: String,
    /// What people read: "Security".
    pub title: String,
}

/// The field's concepts and their many names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lexicon {
    /// Concept and its names; a name may be several words and may belong to several concepts.
    pub concepts: Vec<Concept>,
    /// Words of the field that are right as they stand: never taken for a typo of another word.
    pub known: Vec<String>,
}

/// One idea that people name in many ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concept {
    /// Slug.
    pub id: String,
    /// Its names as people type them, in any language.
    pub names: Vec<String>,
}

/// How much experience a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Up to two years.
    Junior,
    /// Two to four years.
    Mid,
    /// More than four years.
    Senior,
}

impl Level {
    /// All levels, from little experience to much.
    pub const ALL: [Self; 3] = [Self::Junior, Self::Mid, Self::Senior];

    /// The word for it, as typed and as read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Junior => "junior",
            Self::Mid => "mid",
            Self::Senior => "senior",
        }
    }
}

impl std::str::FromStr for Level {
    type Err = Unknown;

    /// The level of this name, in whatever case. Errors name the nearest level.
    fn from_str(name: &str) -> Result<Self, Unknown> {
        let lower = name.trim().to_lowercase();
        let found = Self::ALL.into_iter().find(|level| level.name() == lower);
        found.ok_or_else(|| unknown("level", name, Self::ALL.iter().map(|level| level.name())))
    }
}

/// One question, with the rubric that grades it. A round keeps a copy of the one it was asked with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Stable slug, unique in its pack.
    pub id: String,
    /// The topic's slug.
    pub topic: String,
    /// The level it is meant for.
    pub level: Level,
    /// Goes up by one whenever the rubric changes.
    pub revision: u32,
    /// The release of the subject it was checked against, such as `1.31`.
    pub release: String,
    /// What is asked.
    pub prompt: String,
    /// The model answer, spoken as in an interview.
    pub answer: String,
    /// From vague to plain.
    pub hints: Vec<String>,
    /// Pages that say so.
    pub sources: Vec<String>,
    /// What earns points; their points sum to [`FULL`].
    pub criteria: Vec<Criterion>,
    /// What costs points.
    pub misconceptions: Vec<Misconception>,
}

/// One thing a good answer says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Slug, unique in its question.
    pub id: String,
    /// Worth.
    pub points: Hundredths,
    /// The point in a full affirmative sentence.
    pub statement: String,
    /// Ways to say it, in the phrasing language.
    pub phrasings: Vec<String>,
    /// Other legitimate routes; any one earns the whole criterion.
    pub alternatives: Vec<Item>,
    /// A list of which `need` items make the criterion; each found item earns its share.
    pub any: Vec<Item>,
    /// How many of `any` are asked for; 0 where there is no list.
    pub need: usize,
    /// A question that points at what is missing without giving it away.
    pub nudge: String,
    /// The follow-up an interviewer would ask.
    pub probe: String,
    /// The page that says so.
    pub source: String,
}

/// A statement and the ways to say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// A full sentence.
    pub statement: String,
    /// Ways to say it, in the phrasing language.
    pub phrasings: Vec<String>,
}

/// A false belief that people really hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misconception {
    /// Slug, unique in its question.
    pub id: String,
    /// The false sentence.
    pub statement: String,
    /// Ways to say it, in the phrasing language.
    pub phrasings: Vec<String>,
    /// What it costs.
    pub cost: Hundredths,
    /// It turns the subject upside down: an answer that holds it earns at most one point.
    pub central: bool,
    /// Criteria that can't be made by an answer that holds it.
    pub unmakes: Vec<String>,
    /// What is true instead; shown in the feedback.
    pub correction: String,
}

/// An answer with what it must earn, from `<id>.answers.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The kind of answer: full, terse, paraphrase, typos, half, wrong, denied, off-topic, ….
    pub voice: String,
    /// The answer.
    pub text: String,
    /// Least and most it may earn.
    pub points: (Hundredths, Hundredths),
    /// Criteria it makes.
    pub made: Vec<String>,
    /// Criteria it does not make.
    pub missed: Vec<String>,
    /// It was written without seeing the rubric.
    pub blind: bool,
}
