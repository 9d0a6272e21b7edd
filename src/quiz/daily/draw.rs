//! What a schedule asks next: what a lead put first, then what it never asked, and where all was asked the hardest again.

use crate::bank::Question;
use crate::bank::select::{self, Wanted};
use crate::quiz::calendar::Post;
use crate::quiz::plan::{Plan, RunLow};
use crate::quiz::scene::Scene;
use crate::store::Result;
use crate::store::rounds::Asked;
use crate::store::schedules::Schedule;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// How long a question rests before an empty bank asks it again.
pub(in crate::quiz) const REST: SignedDuration = SignedDuration::from_hours(60 * 24);
/// How far ahead a schedule's questions are kept from quizzes, challenges and other schedules.
const AHEAD: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What a draw came to.
pub(in crate::quiz) struct Drawn {
    pub(in crate::quiz) question: Arc<Question>,
    /// It was asked before.
    pub(in crate::quiz) again: bool,
    /// How many questions were never asked, this one included.
    pub(in crate::quiz) unseen: usize,
    /// A lead put it there.
    pub(in crate::quiz) queued: bool,
}

/// A schedule's draws, one after the other.
struct Draws<'a> {
    schedule: &'a Schedule<Plan>,
    /// What it asked, oldest first.
    asked: Vec<String>,
    /// What was put first and is yet to be asked.
    queue: Vec<String>,
    /// What is asked no more.
    retired: Vec<String>,
}

impl<'a> Draws<'a> {
    async fn of(scene: &mut Scene<'_>, schedule: &'a Schedule<Plan>) -> Result<Draws<'a>> {
        let workspace = scene.workspace.id;
        let asked = asked_before(scene, schedule).await?.into_iter().map(|asked| asked.question_id).collect();
        let queue = scene.tx.queue(workspace, schedule.id).await?;
        let retired = scene.tx.retired(workspace, &schedule.pack).await?.into_iter().map(|retired| retired.question_id).collect();
        Ok(Draws { schedule, asked, queue, retired })
    }

    /// The next question; none where only what was asked before is left.
    fn next(&mut self, scene: &Scene<'_>, exclude: &[String]) -> anyhow::Result<Option<Drawn>> {
        let topics = &self.schedule.plan.topics;
        let pack = scene.pack(&self.schedule.pack)?;
        let wished = |question: &&Arc<Question>| {
            let id = &question.id;
            (topics.is_empty() || topics.contains(&question.topic)) && !self.asked.contains(id) && !self.retired.contains(id)
        };
        let unseen: Vec<_> = pack.questions.iter().filter(wished).cloned().collect();
        // What was put first and is not free just now keeps its place.
        let drawn = match self.queue.iter().position(|id| !exclude.contains(id) && pack.question(id).is_ok()) {
            Some(at) => {
                let question = pack.question(&self.queue.remove(at))?.clone();
                Some(Drawn { again: self.asked.contains(&question.id), question, unseen: unseen.len(), queued: true })
            }
            None => {
                let mut chance = select::seeded((self.schedule.seed as u64).wrapping_add(self.asked.len() as u64));
                let wanted = Wanted { topics, level: None, exclude, history: &self.asked };
                let question = select::draw(&unseen, &wanted, &mut chance);
                question.map(|question| Drawn { question, again: false, unseen: unseen.len(), queued: false })
            }
        };
        self.asked.extend(drawn.iter().map(|drawn| drawn.question.id.clone()));
        Ok(drawn)
    }
}

/// The question a schedule asks next. The same until it is asked or the bank changes, so a preview tells the truth.
pub(in crate::quiz) async fn draw(scene: &mut Scene<'_>, schedule: &Schedule<Plan>) -> anyhow::Result<Option<Drawn>> {
    Ok(upcoming(scene, schedule, 1).await?.pop())
}

/// The next questions of a schedule, at most so many. Once nothing unseen is left only the first is told.
pub(in crate::quiz) async fn upcoming(scene: &mut Scene<'_>, schedule: &Schedule<Plan>, most: usize) -> anyhow::Result<Vec<Drawn>> {
    let exclude = kept_from(scene, schedule).await?;
    let mut draws = Draws::of(scene, schedule).await?;
    let mut drawn = Vec::new();
    while drawn.len() < most {
        let Some(next) = draws.next(scene, &exclude)? else { break };
        drawn.push(next);
    }
    if drawn.is_empty() && schedule.plan.run_low == RunLow::Again {
        drawn.extend(hardest(scene, schedule, &exclude).await?);
    }
    Ok(drawn)
}

/// The hardest of the questions that have rested.
async fn hardest(scene: &mut Scene<'_>, schedule: &Schedule<Plan>, exclude: &[String]) -> anyhow::Result<Option<Drawn>> {
    let recent: Vec<String> = asked_before(scene, schedule)
        .await?
        .into_iter()
        .filter(|asked| asked.opens_at.duration_until(scene.now) < REST)
        .map(|asked| asked.question_id)
        .collect();
    let topics = &schedule.plan.topics;
    let hardest = scene.tx.hardest_of_schedule(scene.workspace.id, schedule.id).await?;
    let pack = scene.pack(&schedule.pack)?;
    let rested = hardest.iter().filter(|id| !recent.contains(id) && !exclude.contains(id));
    let question = rested.filter_map(|id| pack.question(id).ok()).find(|q| topics.is_empty() || topics.contains(&q.topic)).cloned();
    Ok(question.map(|question| Drawn { question, again: true, unseen: 0, queued: false }))
}

/// What a schedule asked, oldest first.
pub(in crate::quiz) async fn asked_before(scene: &mut Scene<'_>, schedule: &Schedule<Plan>) -> Result<Vec<Asked>> {
    let mut asked = scene.tx.asked_by_schedule(scene.workspace.id, schedule.id).await?;
    asked.reverse();
    Ok(asked)
}

/// The questions that a schedule may not ask: those open or kept elsewhere, and those that others have put first within a week.
async fn kept_from(scene: &mut Scene<'_>, schedule: &Schedule<Plan>) -> Result<Vec<String>> {
    let mut kept = scene.tx.open_questions(scene.workspace.id, &schedule.pack).await?;
    kept.extend(queued_elsewhere(scene, schedule).await?.into_iter().map(|(_, id)| id));
    Ok(kept)
}

/// What other schedules that are on have put first within a week, each with its schedule's channel.
pub(in crate::quiz) async fn queued_elsewhere(scene: &mut Scene<'_>, schedule: &Schedule<Plan>) -> Result<Vec<(String, String)>> {
    let mut queued = Vec::new();
    for other in scene.tx.schedules::<Plan>(scene.workspace.id, &schedule.pack).await? {
        if other.id == schedule.id || other.state != "on" {
            continue;
        }
        let posts = posts_ahead(&other, scene.now).len();
        let queue = scene.tx.queue(scene.workspace.id, other.id).await?;
        queued.extend(queue.into_iter().take(posts).map(|id| (other.channel.clone(), id)));
    }
    Ok(queued)
}

/// A schedule's posts within a week.
fn posts_ahead(schedule: &Schedule<Plan>, now: Timestamp) -> Vec<Post> {
    let next = |last| schedule.plan.timetable.next_post(last, now).filter(|post| post.at <= now + AHEAD);
    std::iter::successors(next(schedule.last_date), |post| next(Some(post.date))).collect()
}

/// The questions that no quiz may ask: those that are open in a daily, and those that the schedules are about to ask within a week.
pub(in crate::quiz) async fn taken(scene: &mut Scene<'_>, pack: &str) -> anyhow::Result<Vec<String>> {
    let mut taken = scene.tx.open_questions(scene.workspace.id, pack).await?;
    for schedule in scene.tx.schedules::<Plan>(scene.workspace.id, pack).await?.into_iter().filter(|schedule| schedule.state == "on") {
        let elsewhere = queued_elsewhere(scene, &schedule).await?.into_iter().map(|(_, id)| id);
        let exclude: Vec<String> = elsewhere.chain(taken.iter().cloned()).collect();
        let mut draws = Draws::of(scene, &schedule).await?;
        for _ in posts_ahead(&schedule, scene.now) {
            let Some(drawn) = draws.next(scene, &exclude)? else { break };
            taken.push(drawn.question.id.clone());
        }
    }
    Ok(taken)
}
