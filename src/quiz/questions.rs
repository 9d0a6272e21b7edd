//! The bank as leads read it: each question with its rubric and graded answers, how often it was asked here and what its answers earned.
//! Reads only.
//!
//! What members practise alone is theirs: such answers are counted in only once several people have given some, so that nobody's grade
//! can be read off. Of a round that is still open nothing is counted but that it was asked.

use crate::bank::Hundredths;
pub use crate::bank::{Item, Level, Pack, Question, Sample, points};
use crate::grade::Verdict;
pub use crate::grade::in_words;
use crate::quiz::Quiz;
use crate::quiz::reveal;
use crate::store::answers::Attempt;
use crate::store::asked::{Graded, Times};
use anyhow::Result;
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// So many people must have practised a question before their answers are counted.
pub const SEVERAL: usize = 3;

/// A question in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The question.
    pub question: Arc<Question>,
    /// How often it was asked here, in whatever way.
    pub asked: i64,
    /// How many answers are counted.
    pub answers: i64,
    /// What they earned on average.
    pub mean: Option<Hundredths>,
    /// Nothing here draws it any more.
    pub retired: bool,
}

/// A question whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The question as it stands in the bank.
    pub question: Arc<Question>,
    /// Its topic's title.
    pub topic: String,
    /// Its graded answers.
    pub samples: Vec<Sample>,
    /// How it went here.
    pub record: Record,
    /// Nothing here draws it any more, for this reason where one was given.
    pub retired: Option<Option<String>>,
    /// The ids of the questions before and after it in the pack.
    pub neighbours: (Option<String>, Option<String>),
}

/// How a question went in a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// How often it was asked, by kind.
    pub asked: Vec<(String, i64)>,
    /// When last.
    pub last_at: Option<Timestamp>,
    /// How many answers are counted.
    pub answers: i64,
    /// What they earned on average.
    pub mean: Option<Hundredths>,
    /// How each criterion of the question fared in them, in the rubric's order.
    pub criteria: Vec<Fared>,
    /// How many of them held each misconception, in the question's order.
    pub misconceptions: Vec<i64>,
    /// Fewer than [`SEVERAL`] people practised it, and what they said is not counted.
    pub kept_back: bool,
}

/// How a criterion fared in answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fared {
    /// Made it.
    pub made: i64,
    /// Made some of it.
    pub partly: i64,
    /// Said the opposite.
    pub contradicted: i64,
    /// Were graded by it; it may be newer than some answers.
    pub of: i64,
}

impl Quiz {
    /// The questions of a pack in its order, of one topic or level where these are named.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn entries(&self, workspace: Uuid, pack: &Pack, topic: Option<&str>, level: Option<Level>) -> Result<Vec<Entry>> {
        let mut tx = self.db.look().await?;
        let times = tx.times_asked(workspace, &pack.id).await?;
        let earned = tx.earned_by_question(workspace, &pack.id).await?;
        let retired = tx.retired(workspace, &pack.id).await?;
        drop(tx);
        let asked = times.iter().fold(HashMap::new(), |mut asked: HashMap<&str, i64>, times| {
            *asked.entry(&times.question_id).or_default() += times.asked;
            asked
        });
        let wanted =
            |question: &Question| topic.is_none_or(|topic| topic == question.topic) && level.is_none_or(|level| level == question.level);
        let entries = pack.questions.iter().filter(|question| wanted(question)).map(|question| {
            let of_it: Vec<_> = earned.iter().filter(|earned| earned.question_id == question.id).collect();
            let several = are_several(of_it.iter().map(|earned| (earned.kind.as_str(), earned.member_id)));
            let counted = of_it.iter().filter(|earned| several || is_shared(&earned.kind));
            let (answers, points) = counted.fold((0, 0), |(answers, points), earned| (answers + earned.answers, points + earned.points));
            let asked = asked.get(question.id.as_str()).copied().unwrap_or_default();
            let retired = retired.iter().any(|retired| retired.question_id == question.id);
            Entry { question: Arc::clone(question), asked, answers, mean: i64::checked_div(points, answers), retired }
        });
        Ok(entries.collect())
    }

    /// A question of a pack, with how it went here. None where the pack has no such question.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn sheet(&self, workspace: Uuid, pack: &Pack, id: &str) -> Result<Option<Sheet>> {
        let Some(at) = pack.questions.iter().position(|question| question.id == id) else { return Ok(None) };
        let question = &pack.questions[at];
        let mut tx = self.db.look().await?;
        let times = tx.times_asked(workspace, &pack.id).await?;
        let graded = tx.graded_answers(workspace, &pack.id, id).await?;
        let retired = tx.retired(workspace, &pack.id).await?.into_iter().find(|retired| retired.question_id == id);
        let record = record(question, times.iter().filter(|times| times.question_id == id), &graded);
        let beside = |at: Option<usize>| at.and_then(|at| pack.questions.get(at)).map(|question| question.id.clone());
        Ok(Some(Sheet {
            question: Arc::clone(question),
            topic: pack.topics.iter().find(|topic| topic.id == question.topic).map_or_else(String::new, |topic| topic.title.clone()),
            samples: pack.samples.get(id).cloned().unwrap_or_default(),
            record,
            retired: retired.map(|retired| retired.reason),
            neighbours: (beside(at.checked_sub(1)), beside(Some(at + 1))),
        }))
    }
}

fn record<'a>(question: &Question, times: impl Iterator<Item = &'a Times>, graded: &[Graded]) -> Record {
    let mut record = Record { misconceptions: vec![0; question.misconceptions.len()], ..Record::default() };
    for times in times {
        record.asked.push((times.kind.clone(), times.asked));
        record.last_at = record.last_at.max(Some(*times.last_at));
    }
    let several = are_several(graded.iter().map(|graded| (graded.kind.as_str(), graded.member_id)));
    let (counted, kept): (Vec<_>, Vec<_>) = graded.iter().partition(|graded| several || is_shared(&graded.kind));
    record.kept_back = !kept.is_empty();
    record.criteria = vec![Fared::default(); question.criteria.len()];
    let mut sum = 0;
    for (graded, attempt) in counted.into_iter().filter_map(|graded| Some((graded, counts(graded)?))) {
        record.answers += 1;
        sum += graded.points;
        for (criterion, fared) in question.criteria.iter().zip(&mut record.criteria) {
            let Some(verdict) = reveal::verdict(attempt, &criterion.id) else { continue };
            fared.of += 1;
            match verdict {
                Verdict::Made => fared.made += 1,
                Verdict::Partly => fared.partly += 1,
                Verdict::Contradicted => fared.contradicted += 1,
                Verdict::Missed => {}
            }
        }
        for (wrong, n) in question.misconceptions.iter().zip(&mut record.misconceptions) {
            *n += i64::from(attempt.grade.misconceptions.iter().any(|believed| believed.misconception == wrong.id));
        }
    }
    record.mean = i64::checked_div(sum, record.answers);
    record
}

/// The attempt that tells what was known: the best one, or in practice, where the second answers a follow-up, the first.
fn counts(graded: &Graded) -> Option<&Attempt> {
    if is_shared(&graded.kind) { reveal::best_of(&graded.attempts) } else { graded.attempts.first() }
}

/// Answers to it are for the team's eyes in the end.
fn is_shared(kind: &str) -> bool {
    matches!(kind, "daily" | "challenge")
}

/// So many people practised that none of them stands out.
fn are_several<'a>(answers: impl Iterator<Item = (&'a str, Uuid)>) -> bool {
    let practised: HashSet<Uuid> = answers.filter(|(kind, _)| !is_shared(kind)).map(|(_, member)| member).collect();
    practised.len() >= SEVERAL
}
