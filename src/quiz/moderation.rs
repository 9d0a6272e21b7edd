//! What a lead does about a member: an answer taken out, a name on boards cleared, a mute. Whoever it is about is told in a sentence.

use crate::message::{Card, Place, Turn};
use crate::quiz::buttons::{can_try_again, with_another_try};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::{challenge, privacy, profile, threads, whom, wording};
use crate::store::Result;
use crate::store::answers::{Attempt, Participation};
use crate::store::people::Member;
use crate::store::rounds::Round;
use jiff::SignedDuration;

/// How far back an answer is looked for that is to be taken out of a channel.
const LOOKS_BACK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// `moderate withdraw`: a member's answer to the thread's question, or their latest in the channel, counts and is quoted no more.
pub(super) async fn withdraw(scene: &mut Scene<'_>, by: &Speaker, who: &str) -> anyhow::Result<Turn> {
    let (member, name) = match whom::named(scene, who).await? {
        Ok(found) => found,
        Err(nobody) => return Ok(nobody),
    };
    let Some((round, part)) = latest(scene, by, &member).await? else {
        return Ok(wording::line(format!("I have no answer of {name} here from the last week.")));
    };
    let prompt = &round.question.prompt;
    if !part.attempts.iter().any(Attempt::counts) {
        let why = if !part.taken_out.is_empty() { "is taken out already" } else { "doesn't count anyway" };
        return Ok(wording::line(format!("{name}'s answer to “{prompt}” {why}.")));
    }
    let typed = part.attempts.iter().flat_map(|attempt| &attempt.messages).any(|id| !id.starts_with("form:"));
    let part = threads::take_out(scene, &round, member.id, by.at).await?;
    let scores = scene.tx.scores_said_of(scene.workspace.id, round.id, member.id).await?;
    privacy::take_back(scene, scores).await?;

    let card = Card::says(format!(
        "A lead took your answer to “{prompt}” out, so it isn't counted or quoted; talk to them if you think it should be."
    ));
    let used = part.attempts.len();
    let card = match can_try_again(&round, used) {
        true => with_another_try(card.text("You can answer again while the question is open."), &round, used),
        false => card,
    };
    let thread = scene.tx.said_about(scene.workspace.id, &format!("thread:{}", round.id)).await?.and_then(|row| row.sent_id);
    let place = Place { channel: round.channel.clone(), thread, private: false };
    scene.tell_member(&member, &place, format!("taken-out:{}:{}:{}", round.id, member.id, by.delivery), card).await?;
    let line = format!("{name}'s answer to “{prompt}” is taken out: it isn't counted or quoted. They are told so.");
    Ok(wording::line(match typed {
        true => format!("{line} What they wrote in the thread stays there; that is yours to delete."),
        false => line,
    }))
}

/// The round of the thread, or else the newest here that a member answered, locked; with their part in it.
async fn latest(scene: &mut Scene<'_>, by: &Speaker, member: &Member) -> Result<Option<(Round, Participation)>> {
    let workspace = scene.workspace.id;
    let in_thread = match &by.place.thread {
        Some(thread) => scene.tx.round_of_thread(workspace, thread).await?,
        None => None,
    };
    let since = scene.now - LOOKS_BACK;
    let rounds = match in_thread {
        Some(round) => vec![round],
        None => scene.tx.rounds_with(workspace, &by.place.channel, member.id, since).await?.iter().map(|round| round.id).collect(),
    };
    for id in rounds {
        let Some(round) = scene.tx.lock_round(workspace, id).await?.filter(|round| round.state != "void") else { continue };
        let part = scene.tx.participations(workspace, id).await?.into_iter().find(|part| part.member_id == member.id);
        if let Some(part) = part.filter(|part| !part.attempts.is_empty()) {
            return Ok(Some((round, part)));
        }
    }
    Ok(None)
}

/// `moderate alias`: boards call a member by their own name again.
pub(super) async fn clear_alias(scene: &mut Scene<'_>, by: &Speaker, who: &str) -> anyhow::Result<Turn> {
    let (member, name) = match whom::named(scene, who).await? {
        Ok(found) => found,
        Err(nobody) => return Ok(nobody),
    };
    if member.alias.is_none() {
        return Ok(wording::line(format!("{name} goes by no other name on boards.")));
    }
    scene.tx.set_alias(scene.workspace.id, member.id, None).await?;
    profile::refresh_reveals(scene, member.id).await?;
    for (challenge, _) in scene.tx.challenges_of(scene.workspace.id, member.id).await? {
        challenge::refresh_standing(scene, challenge).await?;
    }
    // The lines with their scores were written with that name.
    privacy::take_back_scores(scene, member.id).await?;
    let card = Card::says(wording::marked(&format!(
        "A lead cleared the name you chose for boards; they call you {} again. `{}` chooses another.",
        member.name,
        scene.typed("alias NAME")
    )));
    scene.tell_member(&member, &by.place, format!("alias-cleared:{}:{}", member.id, by.delivery), card).await?;
    Ok(wording::line(format!("Boards call them {} again. They are told so.", member.name)))
}

/// `moderate mute`: what a member writes in threads is no answer, and nothing of theirs is quoted; or no longer so.
pub(super) async fn mute(scene: &mut Scene<'_>, by: &Speaker, who: &str, on: bool) -> anyhow::Result<Turn> {
    let (member, name) = match whom::named(scene, who).await? {
        Ok(found) => found,
        Err(nobody) => return Ok(nobody),
    };
    if on && member.id == by.member.id {
        return Ok(wording::line("You are a lead, and leads aren't muted."));
    }
    if on && member.lead {
        let off = scene.typed(&format!("setup lead {} off", member.name));
        return Ok(wording::line(wording::marked(&format!("{name} is a lead here, and leads aren't muted. `{off}` comes first."))));
    }
    if member.muted == on {
        return Ok(wording::line(format!("{name} {}.", if on { "is muted already" } else { "isn't muted" })));
    }
    scene.tx.set_muted(scene.workspace.id, member.id, on).await?;
    profile::refresh_reveals(scene, member.id).await?;
    if on {
        privacy::take_back_scores(scene, member.id).await?;
    }
    let told = match on {
        true => format!(
            "A lead muted you here: what you write in questions' threads isn't taken as an answer, and nothing of yours is quoted. What is private works as ever: answering by button, `{}`, `{}`. If you think that is a mistake, talk to a lead.",
            scene.typed("quiz"),
            scene.typed("me")
        ),
        false => "You aren't muted any more: what you write in questions' threads is taken as an answer again.".to_owned(),
    };
    let card = Card::says(wording::marked(&told));
    scene.tell_member(&member, &by.place, format!("muted:{}:{}", member.id, by.delivery), card).await?;
    Ok(wording::line(match on {
        true => {
            let off = scene.typed(&format!("moderate mute {name} off"));
            wording::marked(&format!(
                "{name} is muted: nothing they write in threads is an answer, and nothing is quoted. They are told so. `{off}` ends it."
            ))
        }
        false => format!("{name} isn't muted any more. They are told so.").into(),
    }))
}
