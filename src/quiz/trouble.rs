//! What becomes of what was to be said where it can't be said: it waits for people to mend that, or it is given up and the rest goes on.

use crate::message::{Card, Home, Live, Mark, Speech, Text};
use crate::quiz::plan::Plan;
use crate::quiz::scene::Scene;
use crate::quiz::{Quiz, daily, wording};
use crate::store::Result;
use crate::store::outbox::{GivenUp, Leased, Verb};
use crate::store::rounds::Round;
use crate::store::schedules::Schedule;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// The longest pause between two tries: short enough that whoever mends something sees that it works.
const LONGEST_PAUSE: i64 = 5;
/// How long a message waits for its channel to be mended: over a weekend's end, and not so long that people wonder what it is about.
const PATIENCE: SignedDuration = SignedDuration::from_hours(48);
/// How long what belongs to the moment waits: a sign on an answer, a question of a challenge.
const MOMENT: SignedDuration = SignedDuration::from_mins(30);

impl Quiz {
    /// A row was sent, as `sent_id` where the platform has an id for it.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn sent(&self, row: &Leased, sent_id: Option<&str>, now: Timestamp) -> anyhow::Result<()> {
        let mut scene = self.scene_of(row, now).await?;
        scene.tx.sent(row, sent_id, now).await?;
        if (row.troubled || row.blocked > 0) && scene.tx.end_trouble(row).await? {
            scene.tx.try_blocked(row.workspace_id, Some(&row.channel), now).await?;
            if scene.tx.troubles(row.workspace_id).await?.iter().any(|trouble| trouble.channel == row.channel) {
                return Ok(scene.tx.commit().await?);
            }
            let line = format!(
                "What waited for {} gets through again. A daily that nobody could see before its close counts for nobody.",
                wording::channel(&row.channel)
            );
            let about = format!("mended:{}", scene.id());
            scene.notice(&about, &line).await?;
        }
        Ok(scene.tx.commit().await?)
    }

    /// A row was surely not sent, because something stands in the way that people may mend: `why`, and `cure` for what they can do.
    /// It waits and is tried again; the leads are told once of a reason in a channel.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn blocked(&self, row: &Leased, why: &str, cure: &str, now: Timestamp) -> anyhow::Result<()> {
        let mut scene = self.scene_of(row, now).await?;
        let round = lock_round(&mut scene, row).await?;
        let pause = SignedDuration::from_mins((1 << row.blocked.clamp(0, 8)).min(LONGEST_PAUSE));
        if !scene.tx.blocked(row, why, now + pause, now + patience(row)).await? {
            return Ok(());
        }
        if let Some(round) = round.filter(|round| round.state == "closed") {
            // It closed while somebody was at sending it.
            match row.verb() {
                // A change of it that can't be made says nothing of who saw it before.
                Verb::Post if is_daily(row) && row.sent_id.is_none() => daily::never_seen(&mut scene, &round).await?,
                Verb::Thread => daily::lose_thread(&mut scene, &round, row.id, why).await?,
                _ => {}
            }
        }
        if row.audience.is_none() && scene.tx.note_trouble(row, why, cure, now).await? {
            let line = format!("Something waits for {}. {}", wording::channel(&row.channel), reason_and_cure(why, cure));
            let about = format!("trouble:{}", scene.id());
            // It stands on `schedule show` for as long as it lasts.
            scene.say_to_leads(&about, &line, &row.channel).await?;
        }
        Ok(scene.tx.commit().await?)
    }

    /// A row can never be sent, for a reason. What hangs on it goes another way or is given up, and the leads are told.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn failed(&self, row: &Leased, reason: &str, now: Timestamp) -> anyhow::Result<()> {
        let mut scene = self.scene_of(row, now).await?;
        let round = lock_round(&mut scene, row).await?;
        if !scene.tx.give_up(row, GivenUp::Failed, reason).await? {
            return Ok(());
        }
        // A sign or a change of something that is gone is nobody's loss.
        if row.audience.is_none() && row.sent_id.is_none() && row.verb() != Verb::React {
            given_up(&mut scene, row, round, reason).await?;
        }
        Ok(scene.tx.commit().await?)
    }

    /// A row can never be sent, since the post it was to go under was taken down: whoever did that wants nothing in its place. The leads
    /// are told once.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn gone(&self, row: &Leased, reason: &str, now: Timestamp) -> anyhow::Result<()> {
        let mut scene = self.scene_of(row, now).await?;
        let round = lock_round(&mut scene, row).await?;
        if !scene.tx.give_up(row, GivenUp::Failed, reason).await? {
            return Ok(());
        }
        if let Some(round) = round.filter(|_| row.audience.is_none() && row.verb() != Verb::React) {
            post_lost(&mut scene, &round, reason).await?;
        }
        Ok(scene.tx.commit().await?)
    }

    /// Something was changed in a workspace, or in one of its channels, that may have mended it: what waits there is tried at once.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn mended(&self, home: &Home, channel: Option<&str>, now: Timestamp) -> anyhow::Result<()> {
        let mut tx = self.db.begin().await?;
        if let Some(workspace) = tx.known_workspace(home).await? {
            tx.try_blocked(workspace.id, channel, now).await?;
        }
        Ok(tx.commit().await?)
    }

    /// What settling a row works with.
    pub(super) async fn scene_of(&self, row: &Leased, now: Timestamp) -> anyhow::Result<Scene<'_>> {
        let mut tx = self.db.begin().await?;
        let workspace = tx.workspace_by_id(row.workspace_id).await?;
        Ok(Scene { core: self, tx, workspace, now })
    }
}

async fn lock_round(scene: &mut Scene<'_>, row: &Leased) -> Result<Option<Round>> {
    match row.round_id {
        Some(round) => scene.tx.lock_round(scene.workspace.id, round).await,
        None => Ok(None),
    }
}

/// It is the question of a daily.
fn is_daily(row: &Leased) -> bool {
    row.verb() == Verb::Post && matches!(row.speech, Speech::Live(Live::Daily(_)))
}

fn patience(row: &Leased) -> SignedDuration {
    match row.speech {
        Speech::React(_) | Speech::Live(Live::Challenge(_) | Live::Asked(_) | Live::Scoreboard(_)) => MOMENT,
        _ => PATIENCE,
    }
}

fn reason_and_cure(why: &str, cure: &str) -> String {
    format!("{} {}", wording::sentence(why), wording::sentence(cure))
}

async fn given_up(scene: &mut Scene<'_>, row: &Leased, round: Option<Round>, reason: &str) -> anyhow::Result<()> {
    let workspace = scene.workspace.id;
    let reason = &wording::sentence(reason);
    if row.about.starts_with("notice:") {
        scene.tx.set_notices(workspace, None).await?;
        scene.tx.forget_troubles(workspace, &row.channel).await?;
        scene.workspace.notices = None;
        let line = format!(
            "I can't tell leads anything in {} any more. {reason} `{}` in another channel has me tell it there.",
            wording::channel(&row.channel),
            scene.typed("setup notices")
        );
        return Ok(scene.notice(&format!("notices-lost:{}", row.id), &line).await?);
    }
    match round {
        Some(round) if row.verb() == Verb::Thread => thread_lost(scene, &round, row.id, reason).await,
        Some(round) if row.into_thread().is_some() => match row.on_row {
            Some(thread) => thread_lost(scene, &round, thread, reason).await,
            None => Ok(()),
        },
        Some(round) => channel_lost(scene, &round, reason).await,
        None => {
            scene.tx.expire_under(workspace, row.id).await?;
            let line = format!("Something can't be said in {}, and I gave it up. {reason}", wording::channel(&row.channel));
            // Once a day is enough, whatever else can't be said there.
            let about = format!("given-up:{}:{}", row.channel, scene.today());
            Ok(scene.notice_but(&about, &line, &row.channel).await?)
        }
    }
}

async fn thread_lost(scene: &mut Scene<'_>, round: &Round, thread: Uuid, reason: &str) -> anyhow::Result<()> {
    daily::lose_thread(scene, round, thread, reason).await?;
    let line = format!(
        "The thread of {}'s question in {} is lost. {reason} Private answers go on, and the reveal comes into the channel.",
        wording::day(*round.local_date),
        wording::channel(&round.channel)
    );
    Ok(scene.notice(&format!("thread-lost:{}", round.id), &line).await?)
}

async fn post_lost(scene: &mut Scene<'_>, round: &Round, reason: &str) -> anyhow::Result<()> {
    daily::lose_post(scene, round, reason).await?;
    if round.state == "void" {
        return Ok(());
    }
    let line = format!(
        "The post of {}'s question in {} is lost. {} I post it no more, nor its reveal: `{}` shows members what they earned, and the \
         answer once it has closed.",
        wording::day(*round.local_date),
        wording::channel(&round.channel),
        wording::sentence(reason),
        scene.typed("grade")
    );
    Ok(scene.notice(&format!("post-lost:{}", round.id), &line).await?)
}

/// A schedule's channel is gone: the schedule waits for another one.
async fn channel_lost(scene: &mut Scene<'_>, round: &Round, reason: &str) -> anyhow::Result<()> {
    if daily::is_unseen(scene, round).await? {
        daily::never_seen(scene, round).await?;
    }
    scene.tx.forget_troubles(scene.workspace.id, &round.channel).await?;
    let Some(schedule) = round.schedule_id else { return Ok(()) };
    let Some(schedule) = scene.tx.lock_schedule::<Plan>(scene.workspace.id, schedule).await? else { return Ok(()) };
    if schedule.lost.is_some() || schedule.channel != round.channel {
        return Ok(());
    }
    let lost = Schedule { state: "paused".into(), lost: Some(reason.to_owned()), ..schedule };
    scene.tx.save_schedule(&lost, scene.now).await?;
    scene.tx.clear_deadline(scene.workspace.id, daily::POST, lost.id).await?;
    let line = format!("The daily in {} is held. {}", wording::channel(&lost.channel), how_to_go_on(scene, reason));
    Ok(scene.notice_but(&format!("channel-lost:{}", round.id), &line, &lost.channel).await?)
}

/// Why a schedule is held whose channel was given up, and what lets it go on.
pub(super) fn how_to_go_on(scene: &Scene<'_>, reason: &str) -> String {
    let (setup, resume) = (scene.typed("setup"), scene.typed("schedule resume"));
    format!("{reason} `{setup}` in another channel takes it there; if it is a mistake, `{resume}` tries here again.")
}

/// What stands in the way, for leads.
pub(super) async fn standing(scene: &mut Scene<'_>) -> Result<Card> {
    let mut card = Card::default();
    let mut told: Vec<(String, String)> = Vec::new();
    for trouble in scene.tx.troubles(scene.workspace.id).await? {
        let what = (trouble.channel.clone(), trouble.why.clone());
        if told.contains(&what) {
            continue;
        }
        told.push(what);
        let mut line = Text::new().plain("Since ").time(*trouble.since);
        let rest = format!(" something waits for {}. {}", wording::channel(&trouble.channel), reason_and_cure(&trouble.why, &trouble.cure));
        line.0.extend(wording::marked(&rest).0);
        card = card.item(Mark::Point, line);
    }
    Ok(card)
}
