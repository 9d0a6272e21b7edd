//! What nobody can tell whether it was said: leads look for themselves, and say so.

use crate::message::{Card, Live, Mark, Speech, Turn};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::{Quiz, daily, wording};
use crate::store::Result;
use crate::store::outbox::{GivenUp, Leased, Verb};
use crate::store::troubles::Unclear;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// How many are asked about at a time: each has two buttons.
const ASKED: usize = 3;
/// When a change is made again whose fate is unclear.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// Why nobody can tell.
const REASON: &str = "the chat's answer was lost, and its history can't be read";

impl Quiz {
    /// Nobody can tell whether a row was sent: it is not sent again unless a lead wishes it. A change of what is there is made again, since
    /// twice is harmless.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn unclear(&self, row: &Leased, now: Timestamp) -> anyhow::Result<()> {
        let mut scene = self.scene_of(row, now).await?;
        if row.sent_id.is_some() {
            scene.tx.try_later(row, now + AGAIN).await?;
            return Ok(scene.tx.commit().await?);
        }
        if scene.tx.give_up(row, GivenUp::Unknown, REASON).await? && row.audience.is_none() && row.verb() != Verb::React {
            let line = format!(
                "Something may or may not have got into {}: {REASON}. `{}` there tells what, and posts it again if you wish.",
                wording::channel(&row.channel),
                scene.typed("schedule show")
            );
            let about = format!("unclear:{}:{}", row.id, row.version);
            scene.say_to_leads(&about, &line, &row.channel).await?;
        }
        Ok(scene.tx.commit().await?)
    }
}

/// What leads are asked about, with a button for each answer.
pub(super) async fn asked(scene: &mut Scene<'_>) -> Result<Card> {
    let unclear = scene.tx.unclear(scene.workspace.id).await?;
    let several = unclear.len() > 1;
    let mut card = Card::default();
    for (n, row) in (1..).zip(unclear.iter().take(ASKED)) {
        let number = if several { format!(" ({n})") } else { String::new() };
        let what = named(scene, row).await?;
        let line = format!("Nobody can tell whether {what} got into {}{number}. Look there.", wording::channel(&row.channel));
        let id = row.id.simple();
        card = card
            .item(Mark::Point, wording::marked(&line))
            .button(format!("post-again.{id}"), format!("Post again{number}"))
            .button(format!("was-sent.{id}"), format!("It is there{number}"));
    }
    Ok(card)
}

async fn named(scene: &mut Scene<'_>, row: &Unclear) -> Result<String> {
    let of = match row.round_id {
        Some(round) => scene.tx.round(scene.workspace.id, round).await?.map(|round| wording::day(*round.local_date)),
        None => None,
    };
    let of = of.map_or(String::new(), |day| format!(" of {day}"));
    Ok(match (&row.speech, row.verb.as_str()) {
        (Speech::Live(Live::Daily(_)), "thread") => format!("the thread for the question{of}"),
        (Speech::Live(Live::Daily(_)), _) => format!("the question{of}"),
        (Speech::Live(Live::Tally(_)), _) => format!("the count of answers{of}"),
        (Speech::Live(Live::Reveal(_)), _) => format!("the reveal{of}"),
        (Speech::Live(Live::Challenge(_) | Live::Asked(_) | Live::Scoreboard(_) | Live::Podium(_)), _) => "a card of a challenge".into(),
        (Speech::Card(_) | Speech::React(_), _) => "a message of mine".into(),
    })
}

/// *Post again* or *It is there* was pressed.
pub(super) async fn settle(scene: &mut Scene<'_>, by: &Speaker, id: Uuid, is_there: bool) -> anyhow::Result<Turn> {
    if !by.lead {
        return Ok(wording::line("That is for leads."));
    }
    let workspace = scene.workspace.id;
    let unclear = scene.tx.unclear(workspace).await?.into_iter().find(|row| row.id == id);
    let Some(row) = unclear else { return Ok(wording::line("That is settled already.")) };
    // Whoever closes the round has it before its rows, so it comes first here as well.
    let round = match row.round_id {
        Some(round) => scene.tx.lock_round(workspace, round).await?,
        None => None,
    };
    if !scene.tx.settle_unclear(workspace, id, is_there, scene.now).await? {
        return Ok(wording::line("That is settled already."));
    }
    if !is_there {
        return Ok(wording::line("It is posted again."));
    }
    // Nobody knows under which id it is there, so nothing can be hung on it.
    let opens_thread = matches!(row.speech, Speech::Live(Live::Daily(_)));
    match round.filter(|_| opens_thread) {
        Some(round) if daily::give_up_thread(scene, &round, REASON).await? => {
            Ok(wording::line("Good. I can't find its thread, so answers are private, and the reveal comes into the channel."))
        }
        _ => Ok(wording::line("Good, then it stays as it is.")),
    }
}
