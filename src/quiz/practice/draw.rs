//! What a quiz may ask, and what it asks next.

use crate::bank::{Question, select};
use crate::message::{Text, Turn};
use crate::quiz::daily;
use crate::quiz::practice::WEAK;
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::wording;
use crate::store::Result;
use crate::store::quizzes::{Quiz, Wanted};
use std::sync::Arc;

pub(super) async fn nothing_to_ask(scene: &mut Scene<'_>, by: &Speaker, quiz: &Quiz) -> anyhow::Result<Turn> {
    if !quiz.wanted.weak {
        return Ok(wording::line(
            "No such question is free just now: what a daily asks, or will ask within a week, is not drilled before that. Try another topic or level.",
        ));
    }
    let known = scene.tx.mastery::<rs_fsrs::Card>(scene.workspace.id, by.member.id, &quiz.pack).await?;
    let text = Text::new().plain("Nothing you missed is due again");
    Ok(wording::line(match known.iter().find(|known| known.points < WEAK) {
        Some(next) => text.plain("; the next is due ").time(next.due_at).plain("."),
        None => text.plain(". Drill something new: ").code(format!("/{} quiz", quiz.pack)),
    }))
}

/// The questions that a quiz or interview may still ask: none that a daily asks now or within a week, none that it asked already.
pub(super) async fn pool(scene: &mut Scene<'_>, quiz: &Quiz) -> anyhow::Result<Vec<Arc<Question>>> {
    let mut exclude = daily::taken(scene, &quiz.pack).await?;
    exclude.extend(scene.tx.rounds_of_quiz(scene.workspace.id, quiz.id).await?.into_iter().map(|round| round.question.id));
    let known = if quiz.wanted.weak {
        scene.tx.mastery::<rs_fsrs::Card>(scene.workspace.id, quiz.member_id, &quiz.pack).await?
    } else {
        Vec::new()
    };
    let due = |question: &Question| {
        known.iter().any(|known| known.question_id == question.id && known.points < WEAK && known.due_at <= scene.now)
    };
    let Wanted { topic, level, weak, .. } = &quiz.wanted;
    let pack = scene.pack(&quiz.pack)?;
    let free = pack.questions.iter().filter(|question| {
        topic.as_ref().is_none_or(|topic| *topic == question.topic)
            && level.is_none_or(|level| level == question.level)
            && !exclude.contains(&question.id)
            && (!weak || due(question))
    });
    Ok(free.cloned().collect())
}

/// The quiz's next question, by its seed and how many it asked.
pub(super) async fn draw(scene: &mut Scene<'_>, quiz: &Quiz, asked: usize) -> anyhow::Result<Option<Arc<Question>>> {
    let free = pool(scene, quiz).await?;
    Ok(one_of(scene, quiz, asked, &free).await?)
}

/// One of these: what the member wasn't asked yet goes first.
pub(super) async fn one_of(scene: &mut Scene<'_>, quiz: &Quiz, asked: usize, free: &[Arc<Question>]) -> Result<Option<Arc<Question>>> {
    let before = scene.tx.asked_in_quizzes(scene.workspace.id, quiz.member_id, &quiz.pack).await?;
    let history: Vec<String> = before.into_iter().rev().map(|asked| asked.question_id).collect();
    let wanted = select::Wanted { history: &history, ..select::Wanted::default() };
    let mut chance = select::seeded((quiz.seed as u64).wrapping_add(asked as u64));
    Ok(select::draw(free, &wanted, &mut chance))
}
