//! What becomes of a quiz whose question is taken back: it goes on with its next.

use crate::message::{Card, Place};
use crate::quiz::practice::{IDLE, go_on};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::wording;
use crate::store::quizzes::Quiz;
use crate::store::rounds::Round;

/// The question that a quiz waits on was taken back: its member is told, and is asked the next.
pub(in crate::quiz) async fn taken_back(scene: &mut Scene<'_>, quiz: Quiz, round: &Round) -> anyhow::Result<()> {
    let members = scene.tx.members(scene.workspace.id).await?;
    let Some(member) = members.into_iter().find(|member| member.id == quiz.member_id) else { return Ok(()) };
    let place = Place { channel: quiz.channel.clone(), thread: None, private: true };
    let by = Speaker { member, lead: false, place, at: scene.now, delivery: String::new() };
    let (id, aside) = (quiz.id, quiz.state == "idle");
    let said = Card::says("A lead took that question back, so it counts for nothing.");
    let mut card = go_on(scene, &by, quiz, round, said.clone()).await?;
    if aside {
        // Nobody is there: it stays put aside, at its next question.
        let next = scene.tx.lock_quiz_by_id(scene.workspace.id, id).await?.filter(|quiz| quiz.state == "open");
        if let Some(quiz) = next {
            scene.tx.save_quiz(scene.workspace.id, &Quiz { state: "idle".into(), ..quiz }).await?;
            scene.tx.clear_deadline(scene.workspace.id, IDLE, id).await?;
            card = said.text(wording::marked(&format!("To go on with the next: `{}`", scene.typed("resume"))));
        }
    }
    Ok(scene.tell(&by, format!("taken-back:{}", round.id), card).await?)
}
