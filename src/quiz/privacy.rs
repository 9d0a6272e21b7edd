//! What is kept about a member: all of it to read, or none of it any more.

use crate::message::{Block, Card, Speech, Turn};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::{challenge, wording};
use crate::store::Result;
use serde_json::json;
use uuid::Uuid;

/// `privacy export`.
pub(super) async fn export(scene: &mut Scene<'_>, by: &Speaker) -> anyhow::Result<Turn> {
    let (workspace, member) = (scene.workspace.id, by.member.id);
    let since = scene.tx.member_since(workspace, member).await?;
    let aways = scene.tx.aways(workspace, member).await?;
    let messages = scene.tx.kept_messages(workspace, member).await?;
    let answers = scene.tx.kept_answers(workspace, member).await?;
    let joined = scene.tx.challenges_of(workspace, member).await?;
    let learned = scene.tx.kept_learning(workspace, member).await?;
    let export = json!({
        "you": {
            "id": by.member.external_id, "name": by.member.name, "alias": by.member.alias, "zone": by.member.zone,
            "hidden": by.member.hidden, "shares": by.member.shares, "lead": by.member.lead,
            "reviewer": by.member.reviewer, "muted": by.member.muted, "since": since.created_at.to_string(),
        },
        "away": aways.iter().map(|away| json!([away.first_day.to_string(), away.last_day.to_string()])).collect::<Vec<_>>(),
        "messages": messages,
        "answers": answers,
        "learned": learned,
        "challenges": joined.iter().map(|(_, at)| at.to_string()).collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&export)?;
    Ok(Turn::Private(
        Card::titled("All that is kept about you")
            .block(Block::Code(text))
            .small(wording::marked(&format!("Points are in hundredths. `{}` forgets it all.", scene.typed("privacy delete")))),
    ))
}

/// The lines in threads that told the member's scores tell them no more.
pub(super) async fn take_back_scores(scene: &mut Scene<'_>, member: Uuid) -> Result<()> {
    let said = scene.tx.scores_said(scene.workspace.id, member).await?;
    take_back(scene, said).await
}

/// These lines, by what they are about, tell a score no more.
pub(super) async fn take_back(scene: &mut Scene<'_>, scores: Vec<String>) -> Result<()> {
    for about in scores {
        scene.tx.reword(scene.workspace.id, &about, &Speech::Card(Card::says("A score was taken back.")), scene.now).await?;
    }
    Ok(())
}

/// `privacy delete`: asks first.
pub(super) async fn delete(scene: &mut Scene<'_>, by: &Speaker, confirmed: bool) -> anyhow::Result<Turn> {
    if !confirmed {
        let card = Card::says(
            "This forgets you here: your answers, grades, points, quizzes, interviews and settings. It can't be undone; other members' points stay as they are.",
        );
        return Ok(Turn::Private(card.button("privacy-delete", "Forget me")));
    }
    scene.tx.lock_all_of(scene.workspace.id, by.member.id).await?;
    for round in scene.tx.answered_rounds(scene.workspace.id, by.member.id).await? {
        for what in ["reveal", "tally", "asked"] {
            scene.tx.refresh(scene.workspace.id, &format!("{what}:{round}"), scene.now).await?;
        }
    }
    for (challenge, _) in scene.tx.challenges_of(scene.workspace.id, by.member.id).await? {
        challenge::refresh_standing(scene, challenge).await?;
    }
    take_back_scores(scene, by.member.id).await?;
    scene.tx.forget_member(scene.workspace.id, by.member.id, &by.member.external_id).await?;
    Ok(wording::line("Done: nothing about you is kept here any more. If you write to me again, we start anew."))
}
