//! The daily question: drawn and posted when it is due, counted while it is open, closed with its reveal.

use crate::message::{Block, Card, Live, Place, Speech, Text};
use crate::quiz::calendar::{Timetable, local_date};
use crate::quiz::plan::{Answers, Plan, RunLow};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::{plan, wording};
use crate::store::Result;
use crate::store::outbox::{LANE_ANSWERS, Saying, Verb};
use crate::store::rounds::{NewRound, Round};
use crate::store::schedules::Schedule;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

mod draw;
mod thread;

pub(super) use draw::{REST, asked_before, draw, queued_elsewhere, taken, upcoming};
pub(super) use thread::{Reveal, give_up_thread, lose_post, lose_thread, reveal, thread};

/// The deadline at which a schedule posts.
pub(super) const POST: &str = "post";
/// The deadline at which a round closes.
pub(super) const CLOSE: &str = "close";

/// How often the line that counts answers may change: often enough to feel alive, rarely enough for every platform's limits.
const TALLY_EVERY: SignedDuration = SignedDuration::from_secs(15);
/// Dailies in a row without an answer after which a schedule pauses.
const UNANSWERED_PAUSE: i64 = 5;
/// Questions left at which the lead is told.
const RUNS_LOW: usize = 10;
/// What became of opening a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opened {
    /// It is open.
    Yes,
    /// The schedule's date has its round already.
    Before,
    /// Every question was asked, and none may come again yet.
    NothingToAsk,
}

/// A schedule is to post.
pub(super) async fn post_due(scene: &mut Scene<'_>, schedule: Uuid) -> anyhow::Result<()> {
    let Some(schedule) = scene.tx.lock_schedule::<Plan>(scene.workspace.id, schedule).await? else { return Ok(()) };
    if schedule.state != "on" {
        return Ok(());
    }
    let timetable = &schedule.plan.timetable;
    let last = schedule.last_date.unwrap_or_else(|| local_date(&timetable.zone, scene.now).yesterday().unwrap_or(Date::MIN));
    let owed = timetable.owed(last, scene.now);
    for date in &owed.skipped {
        let line = format!(
            "The daily of {} in {} was left out: I wasn't running while it would have been open.",
            wording::day(*date),
            wording::channel(&schedule.channel)
        );
        scene.notice(&format!("skipped:{}:{date}", schedule.id), &line).await?;
        scene.tx.set_last_date(scene.workspace.id, schedule.id, *date).await?;
    }
    if let Some(post) = owed.late {
        let closes = timetable.closes(post.date);
        scene.tx.set_last_date(scene.workspace.id, schedule.id, post.date).await?;
        if open(scene, &schedule, post.date, closes, false).await? == Opened::NothingToAsk {
            return out_of_questions(scene, &schedule).await;
        }
    }
    let last = owed.late.map(|post| post.date).or(owed.skipped.last().copied()).or(schedule.last_date);
    plan_next(scene, &schedule, last).await
}

/// Sets the deadline of a schedule's next post.
pub(super) async fn plan_next(scene: &mut Scene<'_>, schedule: &Schedule<Plan>, last: Option<Date>) -> anyhow::Result<()> {
    match schedule.plan.timetable.next_post(last, scene.now) {
        Some(post) => scene.tx.set_deadline(scene.workspace.id, POST, schedule.id, post.at).await?,
        None => {
            scene
                .notice(
                    &format!("no-next:{}", schedule.id),
                    "The schedule has no day left to post on. Other days or fewer holidays help: `setup` and `schedule holidays`.",
                )
                .await?
        }
    }
    Ok(())
}

/// Opens a round of a schedule and posts it.
pub(super) async fn open(
    scene: &mut Scene<'_>,
    schedule: &Schedule<Plan>,
    date: Date,
    closes: Timestamp,
    extra: bool,
) -> anyhow::Result<Opened> {
    let Some(drawn) = draw(scene, schedule).await? else { return Ok(Opened::NothingToAsk) };
    let id = scene.id();
    let round = NewRound {
        id,
        kind: "daily",
        pack: &schedule.pack,
        question: &drawn.question,
        schedule: Some(schedule.id),
        local_date: date,
        extra,
        again: drawn.again,
        channel: &schedule.channel,
        quiz: None,
        opens: scene.now,
        closes: Some(closes),
    };
    if !scene.tx.open_round(scene.workspace.id, &round).await? {
        return Ok(Opened::Before);
    }
    scene.tx.unqueue(scene.workspace.id, schedule.id, &drawn.question.id, id).await?;
    let post = scene.announce(format!("daily:{id}"), id, &schedule.channel, Verb::Post, None, Speech::Live(Live::Daily(id))).await?;
    scene.announce(format!("thread:{id}"), id, &schedule.channel, Verb::Thread, Some(post), Speech::Live(Live::Daily(id))).await?;
    scene.tx.set_deadline(scene.workspace.id, CLOSE, id, closes).await?;
    if drawn.unseen == RUNS_LOW + 1 && !drawn.again {
        let line = format!("{RUNS_LOW} questions are left in {} that this channel hasn't seen.", schedule.pack);
        scene.notice(&format!("low:{}", schedule.id), &line).await?;
    }
    Ok(Opened::Yes)
}

async fn out_of_questions(scene: &mut Scene<'_>, schedule: &Schedule<Plan>) -> anyhow::Result<()> {
    let paused = Schedule { state: "paused".into(), ..schedule.clone() };
    scene.tx.save_schedule(&paused, scene.now).await?;
    let why = nothing_to_ask(scene, schedule).await?;
    let line = format!(
        "The daily in {} is paused. {why} `{}` there lets it go on.",
        wording::channel(&schedule.channel),
        scene.typed("schedule resume")
    );
    Ok(scene.notice(&format!("empty:{}:{}", schedule.id, scene.today()), &line).await?)
}

/// Why nothing is left to ask, and what helps.
pub(super) async fn nothing_to_ask(scene: &mut Scene<'_>, schedule: &Schedule<Plan>) -> Result<String> {
    let setup = scene.typed("setup again start");
    let oldest = scene.tx.asked_by_schedule(scene.workspace.id, schedule.id).await?.last().map(|asked| asked.opens_at);
    let rested = oldest.and_then(|at| at.checked_add(REST).ok()).map(|at| local_date(&schedule.plan.timetable.zone, at));
    Ok(match (schedule.plan.run_low, rested) {
        (RunLow::Pause, _) => {
            format!("Every question was asked. More topics help; `{setup}` asks the hardest ones again once they have rested for 60 days.")
        }
        (RunLow::Again, Some(from)) => {
            format!("Every question was asked, and none has rested for 60 days; the first has on {}. More topics help.", wording::day(from))
        }
        (RunLow::Again, None) => {
            "No question is free to ask: one that is open in another channel stays there. More topics help.".to_owned()
        }
    })
}

/// A round closes: no points from here on, and the reveal.
pub(super) async fn close_due(scene: &mut Scene<'_>, round: Uuid) -> anyhow::Result<()> {
    let Some(round) = scene.tx.lock_round(scene.workspace.id, round).await? else { return Ok(()) };
    if round.state == "open" && is_unseen(scene, &round).await? {
        return Ok(never_seen(scene, &round).await?);
    }
    if !scene.tx.end_round(scene.workspace.id, round.id, "closed").await? {
        return Ok(());
    }
    let thread = thread(scene, &round).await?;
    // A thread that isn't there by now comes no more.
    let missing = give_up_thread(scene, &round, "the question closed before it could be opened").await?;
    let thread = thread.filter(|_| !missing).map(|thread| thread.id);
    let speech = Speech::Live(Live::Reveal(round.id));
    scene.announce(format!("reveal:{}", round.id), round.id, &round.channel, Verb::Post, thread, speech).await?;
    refresh_card(scene, &round).await?;
    pause_if_nobody_answers(scene, &round).await
}

/// Nobody can have seen the question: it was never posted, and nobody is at posting it.
pub(super) async fn is_unseen(scene: &mut Scene<'_>, round: &Round) -> Result<bool> {
    let post = scene.tx.said_about(scene.workspace.id, &format!("daily:{}", round.id)).await?;
    Ok(post.is_some_and(|post| post.is_unsaid()))
}

/// A daily that nobody saw is as if it had not been: no streak breaks, and its question may be drawn again, or is first again.
pub(super) async fn never_seen(scene: &mut Scene<'_>, round: &Round) -> Result<()> {
    if scene.tx.void_round(scene.workspace.id, round.id).await? {
        put_back(scene, round).await?;
    }
    scene.tx.clear_deadline(scene.workspace.id, CLOSE, round.id).await?;
    scene.tx.expire_round(scene.workspace.id, round.id).await
}

/// What a lead had put first is first again, unless it was retired since.
async fn put_back(scene: &mut Scene<'_>, round: &Round) -> Result<()> {
    let (workspace, id) = (scene.workspace.id, &round.question.id);
    let Some(schedule) = round.schedule_id else { return Ok(()) };
    if !scene.tx.was_queued(workspace, round.id).await? {
        return Ok(());
    }
    let Some(schedule) = scene.tx.lock_schedule::<Plan>(workspace, schedule).await? else { return Ok(()) };
    if scene.tx.retired(workspace, &round.pack).await?.iter().any(|retired| retired.question_id == *id) {
        return Ok(());
    }
    let behind = scene.tx.queue(workspace, schedule.id).await?.into_iter().filter(|queued| queued != id);
    let queue: Vec<String> = std::iter::once(id.clone()).chain(behind).collect();
    scene.tx.save_queue(workspace, schedule.id, &queue).await
}

async fn pause_if_nobody_answers(scene: &mut Scene<'_>, round: &Round) -> anyhow::Result<()> {
    let Some(schedule) = round.schedule_id else { return Ok(()) };
    let Some(schedule) = scene.tx.lock_schedule::<Plan>(scene.workspace.id, schedule).await? else { return Ok(()) };
    let answers = scene.tx.answered_count(scene.workspace.id, round.id).await?;
    let unanswered = if answers == 0 { schedule.unanswered + 1 } else { 0 };
    scene.tx.set_unanswered(scene.workspace.id, schedule.id, unanswered).await?;
    if unanswered < UNANSWERED_PAUSE || schedule.state != "on" {
        return Ok(());
    }
    let paused = Schedule { state: "paused".into(), ..schedule.clone() };
    scene.tx.save_schedule(&paused, scene.now).await?;
    scene.tx.clear_deadline(scene.workspace.id, POST, schedule.id).await?;
    let line = format!(
        "The daily in {} is paused: {UNANSWERED_PAUSE} questions in a row had no answer. `{}` there lets it go on.",
        wording::channel(&schedule.channel),
        scene.typed("schedule resume")
    );
    Ok(scene.notice(&format!("unanswered:{}:{}", schedule.id, round.id), &line).await?)
}

/// Has the line that counts answers brought up to date, some seconds after its last change. It comes with the first answer: a question
/// that nobody answers costs no message more.
pub(super) async fn refresh_tally(scene: &mut Scene<'_>, round: &Round) -> Result<()> {
    let about = format!("tally:{}", round.id);
    if scene.tx.said_about(scene.workspace.id, &about).await?.is_some() {
        return refresh(scene, round, "tally", Some(TALLY_EVERY)).await;
    }
    let Some(thread) = thread(scene, round).await? else { return Ok(()) };
    let tally = Saying {
        about,
        channel: round.channel.clone(),
        thread: None,
        audience: None,
        round: Some(round.id),
        verb: Verb::Post,
        on_row: Some(thread.id),
        on_message: None,
        lane: LANE_ANSWERS,
        speech: Speech::Live(Live::Tally(round.id)),
        not_before: scene.now,
        expires: None,
    };
    scene.say(&tally).await.map(drop)
}

/// An open daily was taken back: what stands in the channel about it says so, and it closes no more.
pub(super) async fn taken_back(scene: &mut Scene<'_>, round: &Round, why: Option<&str>) -> Result<()> {
    if is_unseen(scene, round).await? {
        return never_seen(scene, round).await;
    }
    scene.tx.clear_deadline(scene.workspace.id, CLOSE, round.id).await?;
    refresh_card(scene, round).await?;
    refresh(scene, round, "tally", None).await?;
    let why = why.map_or(String::new(), |why| format!(" {}", wording::sentence(why)));
    let line = format!(
        "The question of {} is taken back.{why} It counts for nobody: its points are undone, and no streak breaks.",
        wording::day(*round.local_date)
    );
    let about = format!("taken-back:{}", round.id);
    scene.announce(about, None, &round.channel, Verb::Post, None, Speech::Card(Card::says(line))).await.map(drop)
}

/// Has the reveal brought up to date.
pub(super) async fn refresh_reveal(scene: &mut Scene<'_>, round: &Round) -> Result<()> {
    refresh(scene, round, "reveal", Some(TALLY_EVERY)).await
}

async fn refresh_card(scene: &mut Scene<'_>, round: &Round) -> Result<()> {
    refresh(scene, round, "daily", None).await
}

/// Edits the message about `what` of a round, at the earliest `every` after it was last sent.
async fn refresh(scene: &mut Scene<'_>, round: &Round, what: &str, every: Option<SignedDuration>) -> Result<()> {
    let about = format!("{what}:{}", round.id);
    let Some(row) = scene.tx.said_about(scene.workspace.id, &about).await? else { return Ok(()) };
    let last = row.sent_at.and_then(|at| every.and_then(|every| at.checked_add(every).ok()));
    let not_before = last.map_or(scene.now, |last| last.max(scene.now));
    scene.tx.refresh(scene.workspace.id, &about, not_before).await.map(drop)
}

/// The daily question as it stands.
pub(super) async fn card(scene: &mut Scene<'_>, round: Uuid) -> anyhow::Result<Card> {
    let Some(round) = scene.tx.round(scene.workspace.id, round).await? else { return Ok(Card::says("This question was removed.")) };
    let plan = plan::of_round(scene, &round).await?;
    let has_thread = thread(scene, &round).await?.is_some();
    let pack = scene.pack(&round.pack)?;
    let again = if round.again { " (again)" } else { "" };
    let title = format!("{} question of {}{again}", pack.title, wording::day(*round.local_date));
    let card = Card::titled(title).block(Block::Lead(round.question.prompt.clone()));
    let subject = Text::new().plain(wording::subject(pack, &round.question));
    let id = round.id.simple();
    if round.state == "void" {
        return Ok(card.small(subject.plain(". Taken back; it counts for nobody.")));
    }
    if round.state != "open" {
        let place = match reveal(scene, &round).await? {
            Reveal::InThread => "the reveal is in the thread",
            Reveal::InChannel => "the reveal is in this channel",
            Reveal::Private => "My grade shows the answer",
        };
        return Ok(card.small(subject.plain(format!(". Closed; {place}."))).button(format!("grade.{id}"), "My grade"));
    }
    let answers = plan.as_ref().map_or_else(|| scene.abilities().answers(Answers::default()), |plan| plan.answers);
    let answers = if has_thread { answers } else { Answers::Private };
    let how = match answers {
        Answers::Private if !has_thread => "Answer privately.",
        Answers::Thread => "Answer in the thread.",
        Answers::Private => "Answer privately; the thread is for talk.",
        Answers::Both => "Answer in the thread, or privately.",
    };
    let subject = match round.closes_at {
        Some(closes) => subject.plain(". Open until ").time(*closes).plain("."),
        None => subject,
    };
    let told = plan.and_then(|plan| plan.told).filter(|_| scene.abilities().groups);
    let card = Card { ping: told, ..card.small(subject).small(how) };
    let card = if answers == Answers::Thread { card } else { card.primary(format!("answer.{id}"), "Answer privately") };
    Ok(card.button(format!("hint.{id}"), "Hint").button(format!("grade.{id}"), "My grade"))
}

/// The line that counts a round's answers.
pub(super) async fn tally(scene: &mut Scene<'_>, round: Uuid) -> anyhow::Result<Card> {
    if scene.tx.round(scene.workspace.id, round).await?.is_some_and(|round| round.state == "void") {
        return Ok(Card::says("This question was taken back; it counts for nobody."));
    }
    let answered = scene.tx.answered_count(scene.workspace.id, round).await?;
    Ok(Card::says(match answered {
        0 => "Nobody has answered yet.".to_owned(),
        n => format!("{n} answered."),
    }))
}

/// The open daily a member means: that of the thread or channel they are in, or the only one there is.
pub(super) async fn open_here(scene: &mut Scene<'_>, by: &Speaker) -> Result<Option<Round>> {
    let Place { channel, thread, .. } = &by.place;
    if let Some(thread) = thread
        && let Some(id) = scene.tx.round_of_thread(scene.workspace.id, thread).await?
    {
        return scene.tx.round(scene.workspace.id, id).await;
    }
    let mut open = scene.tx.open_dailies(scene.workspace.id).await?;
    if let Some(here) = open.iter().position(|round| round.channel == *channel) {
        return Ok(Some(open.swap_remove(here)));
    }
    Ok((open.len() == 1).then(|| open.swap_remove(0)))
}

/// What to say where no daily is open.
pub(super) async fn nothing_open(scene: &mut Scene<'_>, by: &Speaker) -> anyhow::Result<Text> {
    let command = scene.core.packs.first().map_or("istio", |pack| pack.id.as_str());
    let next = next_post(scene, &by.place.channel).await?;
    Ok(match next {
        Some(at) => Text::new()
            .plain("No daily question is open here. The next comes ")
            .time(at)
            .plain(". Until then: ")
            .code(format!("/{command} quiz")),
        None => Text::new().plain("No daily question is open here. A drill just for you: ").code(format!("/{command} quiz")),
    })
}

async fn next_post(scene: &mut Scene<'_>, channel: &str) -> anyhow::Result<Option<Timestamp>> {
    let Some(pack) = scene.core.packs.first() else { return Ok(None) };
    let schedules = scene.tx.schedules::<Plan>(scene.workspace.id, &pack.id).await?;
    let here = schedules.into_iter().find(|schedule| schedule.channel == channel && schedule.state == "on");
    Ok(here.and_then(|schedule| Timetable::next_post(&schedule.plan.timetable, schedule.last_date, scene.now)).map(|post| post.at))
}
