//! The challenge: the same questions at the same time for everybody who joined, and a podium at the end.
//!
//! It is opened, joined and started in a channel; each question is a round of its own, answered by form and graded like a daily. A
//! deadline ends each question and asks the next, so a challenge goes on whatever becomes of the program that began it.

use crate::bank::Question;
use crate::bank::select::{self, Wanted};
use crate::command::Steer;
use crate::message::{Card, Live, Speech, Turn};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::setup::PERSONAL_TOPIC;
use crate::quiz::{daily, wording};
use crate::store::Result;
use crate::store::challenges::{Challenge, Challenger};
use crate::store::outbox::{LANE_BULK, Saying, Verb};
use crate::store::rounds::{NewRound, Round};
use jiff::SignedDuration;
use std::sync::Arc;
use uuid::Uuid;

mod cards;

pub(super) use cards::{asked, card, heading, podium, scoreboard};

/// The deadline at which a challenge goes on: to its next question, to its end, or away when nobody starts it.
pub(super) const STEP: &str = "challenge";
/// How long a challenge waits to be started.
const PATIENCE: SignedDuration = SignedDuration::from_mins(30);
/// How often a card that counts may change.
const EDIT_EVERY: SignedDuration = SignedDuration::from_secs(3);

/// Why a question is not free.
const NOTHING_SEEN: &str = "a challenge asks nothing that a daily here has asked or is about to ask.";

/// What is wished of a new challenge.
pub(super) struct Wish {
    pub(super) topic: Option<String>,
    pub(super) count: u32,
    pub(super) minutes: u32,
}

/// `challenge`: opens one in the channel.
pub(super) async fn open(scene: &mut Scene<'_>, by: &Speaker, pack: &str, wish: Wish) -> anyhow::Result<Turn> {
    if by.place.private {
        return Ok(wording::line("A challenge is played in a channel, where others can join. Type it there."));
    }
    if by.is_muted() {
        return Ok(wording::line(
            "A lead muted you here, so you can't open a challenge. You can join others', and what is private works as ever.",
        ));
    }
    if scene.tx.challenge_in(scene.workspace.id, &by.place.channel).await?.is_some() {
        return Ok(there_is_one());
    }
    let drawn = draw(scene, pack, &wish).await?;
    if drawn.is_empty() {
        return Ok(wording::line(format!("No such question is free: {NOTHING_SEEN} Try another topic.")));
    }
    let challenge = Challenge {
        id: scene.id(),
        pack: pack.to_owned(),
        channel: by.place.channel.clone(),
        opened_by: by.member.id,
        topic: wish.topic,
        minutes: i64::from(wish.minutes),
        state: "open".into(),
        asked: 0,
    };
    if !scene.tx.open_challenge(scene.workspace.id, &challenge, scene.now).await? {
        return Ok(there_is_one());
    }
    for (number, question) in (1..).zip(&drawn) {
        scene.tx.add_drawn(scene.workspace.id, challenge.id, number, &question.id).await?;
    }
    say(scene, &challenge, format!("challenge:{}", challenge.id), Verb::Post, None, Live::Challenge(challenge.id)).await?;
    scene.tx.set_deadline(scene.workspace.id, STEP, challenge.id, scene.now + PATIENCE).await?;
    let few = match drawn.len() {
        n if n >= wish.count as usize => String::new(),
        1 => format!("Only 1 such question is free: {NOTHING_SEEN} "),
        n => format!("Only {n} such questions are free: {NOTHING_SEEN} "),
    };
    Ok(wording::line(format!("Your challenge is open. {few}Join it to play yourself; Start begins it once somebody has joined.")))
}

fn there_is_one() -> Turn {
    wording::line("There is a challenge in this channel already. Join that one, or wait for its end.")
}

/// The questions of a new challenge: what nobody can have seen in a daily, and no daily is about to ask. Those that no challenge asked
/// yet go first.
async fn draw(scene: &mut Scene<'_>, pack: &str, wish: &Wish) -> anyhow::Result<Vec<Arc<Question>>> {
    let mut exclude = daily::taken(scene, pack).await?;
    exclude.extend(scene.tx.known_questions(scene.workspace.id, pack).await?);
    let mut history = scene.tx.drawn_before(scene.workspace.id, pack).await?;
    let mut chance = select::seeded(scene.core.seed() as u64);
    let wished = |question: &&Arc<Question>| match &wish.topic {
        Some(topic) => question.topic == *topic,
        None => question.topic != PERSONAL_TOPIC,
    };
    let pool: Vec<_> = scene.pack(pack)?.questions.iter().filter(wished).cloned().collect();
    let mut drawn = Vec::new();
    while drawn.len() < wish.count as usize {
        let wanted = Wanted { exclude: &exclude, history: &history, ..Wanted::default() };
        let Some(question) = select::draw(&pool, &wanted, &mut chance) else { break };
        exclude.push(question.id.clone());
        history.push(question.id.clone());
        drawn.push(question);
    }
    Ok(drawn)
}

/// `challenge join`, `start` or `stop`: about the channel's challenge.
pub(super) async fn steer_here(scene: &mut Scene<'_>, by: &Speaker, steer: Steer) -> anyhow::Result<Turn> {
    match scene.tx.challenge_in(scene.workspace.id, &by.place.channel).await? {
        Some(id) => self::steer(scene, by, steer, id).await,
        None => {
            let line = format!("No challenge is open in this channel. To open one: `{}`", scene.typed("challenge"));
            Ok(wording::line(wording::marked(&line)))
        }
    }
}

/// A challenge is joined, started or stopped.
pub(super) async fn steer(scene: &mut Scene<'_>, by: &Speaker, steer: Steer, id: Uuid) -> anyhow::Result<Turn> {
    let challenge = scene.tx.lock_challenge(scene.workspace.id, id).await?;
    let Some(challenge) = challenge.filter(Challenge::is_on) else { return Ok(wording::line("This challenge is over.")) };
    if steer == Steer::Join {
        return join(scene, by, &challenge).await;
    }
    if !by.lead && challenge.opened_by != by.member.id {
        let what = if steer == Steer::Start { "start" } else { "stop" };
        return Ok(wording::line(format!("Whoever opened a challenge can {what} it, and so can a lead.")));
    }
    match steer {
        Steer::Start if challenge.state == "running" => Ok(wording::line("It has started already.")),
        Steer::Start if scene.tx.challengers(scene.workspace.id, id).await?.is_empty() => {
            Ok(wording::line("Nobody has joined yet. It can start with one."))
        }
        Steer::Start => {
            next(scene, Challenge { state: "running".into(), ..challenge }).await?;
            Ok(wording::line("Started. The first question is open."))
        }
        _ => {
            let line = if challenge.state == "open" { "It is called off." } else { "Stopped. What was answered by now counts." };
            close_current(scene, &challenge).await?;
            finish(scene, challenge, "stopped").await?;
            Ok(wording::line(line))
        }
    }
}

async fn join(scene: &mut Scene<'_>, by: &Speaker, challenge: &Challenge) -> anyhow::Result<Turn> {
    let from_number = challenge.asked + 1;
    let last = scene.tx.drawn(scene.workspace.id, challenge.id).await?.last().map_or(0, |drawn| drawn.number);
    let joined = scene.tx.challengers(scene.workspace.id, challenge.id).await?;
    if let Some(known) = joined.iter().find(|known| known.member_id == by.member.id) {
        return Ok(wording::line(match known.from_number > challenge.asked {
            true if challenge.state == "running" => "You are in, from the next question on.",
            true => "You are in. It begins when it is started.",
            false => "You are in already.",
        }));
    }
    if from_number > last {
        return Ok(wording::line("The last question is open already. Join the next challenge."));
    }
    let joins = Challenger { member_id: by.member.id, from_number };
    scene.tx.join_challenge(scene.workspace.id, challenge.id, &joins, scene.now).await?;
    refresh(scene, format!("challenge:{}", challenge.id), true).await?;
    Ok(wording::line(match challenge.state.as_str() {
        "running" => "You are in, from the next question on.",
        _ => "You are in. When it starts, press Answer on each question before its time is up.",
    }))
}

/// A step is due: the question's time is up, or the time to start it.
pub(super) async fn step_due(scene: &mut Scene<'_>, id: Uuid) -> anyhow::Result<()> {
    let challenge = scene.tx.lock_challenge(scene.workspace.id, id).await?;
    let Some(challenge) = challenge.filter(Challenge::is_on) else { return Ok(()) };
    if challenge.state == "open" {
        return finish(scene, challenge, "unstarted").await;
    }
    let Some(round) = current(scene, &challenge).await? else { return next(scene, challenge).await };
    scene.tx.end_round(scene.workspace.id, round, "closed").await?;
    refresh(scene, format!("asked:{round}"), false).await?;
    if scene.tx.answered_count(scene.workspace.id, round).await? == 0 {
        return finish(scene, challenge, "unanswered").await;
    }
    next(scene, challenge).await
}

/// The question that is open was taken back: the next one is asked.
pub(super) async fn taken_back(scene: &mut Scene<'_>, challenge: Challenge, round: Uuid) -> anyhow::Result<()> {
    refresh(scene, format!("asked:{round}"), false).await?;
    next(scene, challenge).await
}

/// The round of the question that had its turn last.
async fn current(scene: &mut Scene<'_>, challenge: &Challenge) -> Result<Option<Uuid>> {
    let drawn = scene.tx.drawn(scene.workspace.id, challenge.id).await?;
    let current = drawn.into_iter().find(|drawn| drawn.number == challenge.asked).and_then(|drawn| drawn.round_id);
    // Whoever answers has the round's lock as well.
    match current {
        Some(round) => Ok(scene.tx.lock_round(scene.workspace.id, round).await?.map(|round| round.id)),
        None => Ok(None),
    }
}

/// Ends the question that is open, now.
async fn close_current(scene: &mut Scene<'_>, challenge: &Challenge) -> Result<()> {
    let Some(round) = current(scene, challenge).await? else { return Ok(()) };
    scene.tx.close_early(scene.workspace.id, round, scene.now).await?;
    refresh(scene, format!("asked:{round}"), false).await
}

/// Asks the next question, or ends the challenge when there is none.
async fn next(scene: &mut Scene<'_>, mut challenge: Challenge) -> anyhow::Result<()> {
    let drawn = scene.tx.drawn(scene.workspace.id, challenge.id).await?;
    let retired = scene.tx.retired(scene.workspace.id, &challenge.pack).await?;
    let is_retired = |id: &str| retired.iter().any(|retired| retired.question_id == id);
    let pack = scene.pack(&challenge.pack)?;
    // One that was retired or left the bank meanwhile is passed over.
    let ahead = drawn.into_iter().filter(|drawn| drawn.number > challenge.asked && drawn.round_id.is_none());
    let ahead = ahead.filter(|drawn| !is_retired(&drawn.question_id));
    let found = ahead.filter_map(|drawn| Some((drawn.number, pack.question(&drawn.question_id).ok()?.clone()))).next();
    let Some((number, question)) = found else { return finish(scene, challenge, "played").await };
    let (id, closes) = (scene.id(), scene.now + SignedDuration::from_mins(challenge.minutes));
    let round = NewRound {
        id,
        kind: "challenge",
        pack: &challenge.pack,
        question: &question,
        schedule: None,
        local_date: scene.today(),
        extra: false,
        again: false,
        channel: &challenge.channel,
        quiz: None,
        opens: scene.now,
        closes: Some(closes),
    };
    scene.tx.open_round(scene.workspace.id, &round).await?;
    scene.tx.set_drawn_round(scene.workspace.id, challenge.id, number, id).await?;
    challenge.asked = number;
    scene.tx.save_challenge(scene.workspace.id, &challenge).await?;
    refresh(scene, format!("challenge:{}", challenge.id), false).await?;
    if cards::closed(scene, &challenge).await? > 0 {
        let about = format!("scoreboard:{}", challenge.id);
        refresh(scene, about.clone(), false).await?;
        say(scene, &challenge, about, Verb::Post, None, Live::Scoreboard(challenge.id)).await?;
    }
    say(scene, &challenge, format!("asked:{id}"), Verb::Post, None, Live::Asked(id)).await?;
    Ok(scene.tx.set_deadline(scene.workspace.id, STEP, challenge.id, closes).await?)
}

/// Ends the challenge: the podium, and each question's reveal in a thread on it.
async fn finish(scene: &mut Scene<'_>, challenge: Challenge, how: &str) -> anyhow::Result<()> {
    let challenge = Challenge { state: how.into(), ..challenge };
    scene.tx.save_challenge(scene.workspace.id, &challenge).await?;
    scene.tx.clear_deadline(scene.workspace.id, STEP, challenge.id).await?;
    refresh(scene, format!("challenge:{}", challenge.id), false).await?;
    let rounds: Vec<Uuid> =
        scene.tx.drawn(scene.workspace.id, challenge.id).await?.into_iter().filter_map(|drawn| drawn.round_id).collect();
    // Where nobody saw that there was a challenge, nobody wants to hear how it ended.
    let seen = scene.tx.said_about(scene.workspace.id, &format!("challenge:{}", challenge.id)).await?.is_some_and(|post| !post.is_unsaid());
    if rounds.is_empty() || !seen {
        return Ok(());
    }
    refresh(scene, format!("scoreboard:{}", challenge.id), false).await?;
    let podium = format!("podium:{}", challenge.id);
    let post = say(scene, &challenge, podium, Verb::Post, None, Live::Podium(challenge.id)).await?;
    let reveals = format!("reveals:{}", challenge.id);
    let thread = say(scene, &challenge, reveals, Verb::Thread, Some(post), Live::Podium(challenge.id)).await?;
    for round in rounds {
        say(scene, &challenge, format!("reveal:{round}"), Verb::Post, Some(thread), Live::Reveal(round)).await?;
    }
    Ok(())
}

/// Says something live about a challenge.
async fn say(scene: &mut Scene<'_>, challenge: &Challenge, about: String, verb: Verb, on_row: Option<Uuid>, live: Live) -> Result<Uuid> {
    let saying = Saying {
        about,
        channel: challenge.channel.clone(),
        thread: None,
        audience: None,
        // A thread of a challenge is for talk: it is no round's.
        round: None,
        verb,
        on_row,
        on_message: None,
        lane: LANE_BULK,
        speech: Speech::Live(live),
        not_before: scene.now,
        expires: None,
    };
    scene.say(&saying).await
}

/// Has a live message brought up to date, in some seconds where many changes come at once.
async fn refresh(scene: &mut Scene<'_>, about: String, soon: bool) -> Result<()> {
    let Some(row) = scene.tx.said_about(scene.workspace.id, &about).await? else { return Ok(()) };
    let last = row.sent_at.filter(|_| soon).and_then(|at| at.checked_add(EDIT_EVERY).ok());
    let not_before = last.map_or(scene.now, |last| last.max(scene.now));
    scene.tx.refresh(scene.workspace.id, &about, not_before).await.map(drop)
}

/// A member's part in a challenge's round has changed.
pub(super) async fn changed(scene: &mut Scene<'_>, round: &Round) -> Result<()> {
    let Some((challenge, _)) = scene.tx.challenge_of_round(scene.workspace.id, round.id).await? else { return Ok(()) };
    refresh(scene, format!("asked:{}", round.id), true).await?;
    if round.state != "open" {
        refresh_standing(scene, challenge).await?;
    }
    Ok(())
}

/// Has all that names a challenge's players brought up to date.
pub(super) async fn refresh_standing(scene: &mut Scene<'_>, challenge: Uuid) -> Result<()> {
    for what in ["challenge", "scoreboard", "podium"] {
        refresh(scene, format!("{what}:{challenge}"), true).await?;
    }
    Ok(())
}

/// Why somebody can't answer a challenge's question: they haven't joined, or joined after it. None: they can.
pub(super) async fn kept_out(scene: &mut Scene<'_>, by: &Speaker, round: &Round) -> Result<Option<Turn>> {
    let Some((challenge, number)) = scene.tx.challenge_of_round(scene.workspace.id, round.id).await? else { return Ok(None) };
    let joined = scene.tx.challengers(scene.workspace.id, challenge).await?;
    Ok(match joined.iter().find(|joined| joined.member_id == by.member.id) {
        Some(joined) if joined.from_number <= number => None,
        Some(_) => Some(wording::line("You joined while this question was open. You are in from the next one on.")),
        None if round.state != "open" => Some(wording::line("You didn't play this question.")),
        None => {
            let card = Card::says("You haven't joined this challenge. Join now, and you are in from the next question on.");
            Some(Turn::Private(card.primary(format!("challenge-join.{}", challenge.simple()), "Join")))
        }
    })
}
