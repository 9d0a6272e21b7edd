//! What a member's quizzes and interviews say about each topic, and what they missed and when it is due again.

use crate::bank::Hundredths;
use crate::quiz::practice::WEAK;
use crate::quiz::scene::Scene;
use jiff::Timestamp;
use uuid::Uuid;

/// What a member knows of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mastery {
    /// Every topic of the pack that has questions, in its order.
    pub topics: Vec<OfTopic>,
    /// What was missed, soonest due first; what was retired is not asked again.
    pub missed: Vec<Missed>,
}

/// What a member knows of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfTopic {
    /// The topic's id, as typed.
    pub id: String,
    /// What people read.
    pub title: String,
    /// What the last answers earned on average; none where no question was seen.
    pub average: Option<Hundredths>,
    /// How many of its questions were answered in quizzes and interviews.
    pub seen: usize,
    /// How many questions it has.
    pub of: usize,
}

/// A question whose last answer missed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// What is asked.
    pub prompt: String,
    /// The topic's title.
    pub topic: String,
    /// What the last answer earned.
    pub points: Hundredths,
    /// When it is due again.
    pub due_at: Timestamp,
    /// That is now or was before.
    pub due: bool,
}

/// What a member knows of a pack; questions that left the bank are left out.
pub(super) async fn mastery(scene: &mut Scene<'_>, member: Uuid, pack: &str) -> anyhow::Result<Mastery> {
    let rows = scene.tx.mastery::<rs_fsrs::Card>(scene.workspace.id, member, pack).await?;
    let retired: Vec<String> = scene.tx.retired(scene.workspace.id, pack).await?.into_iter().map(|retired| retired.question_id).collect();
    let pack = scene.pack(pack)?;
    let known: Vec<_> = rows.iter().filter_map(|row| Some((row, pack.question(&row.question_id).ok()?))).collect();
    let of = |id: &str| pack.questions.iter().filter(|question| question.topic == id).count();
    let topics = pack.topics.iter().filter(|topic| of(&topic.id) > 0).map(|topic| {
        let earned: Vec<_> = known.iter().filter(|(_, question)| question.topic == topic.id).map(|(row, _)| row.points).collect();
        let seen = earned.len();
        let average = i64::try_from(seen).ok().and_then(|n| earned.iter().sum::<Hundredths>().checked_div(n));
        OfTopic { id: topic.id.clone(), title: topic.title.clone(), average, seen, of: of(&topic.id) }
    });
    let title = |id: &str| pack.topics.iter().find(|topic| topic.id == id).map_or_else(String::new, |topic| topic.title.clone());
    let missed = known.iter().filter(|(row, _)| row.points < WEAK && !retired.contains(&row.question_id)).map(|(row, question)| Missed {
        prompt: question.prompt.clone(),
        topic: title(&question.topic),
        points: row.points,
        due_at: row.due_at,
        due: row.due_at <= scene.now,
    });
    Ok(Mastery { topics: topics.collect(), missed: missed.collect() })
}
