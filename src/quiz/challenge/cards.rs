//! What a challenge shows: its card, each question, the scoreboard and the podium. All of them are live.

use crate::bank::points;
use crate::message::{Bar, Block, Card, Mark, Picture, Text};
use crate::quiz::board::{self, Place};
use crate::quiz::names::Names;
use crate::quiz::scene::Scene;
use crate::quiz::wording;
use crate::store::boards::Total;
use crate::store::challenges::Challenge;
use std::fmt::Write;
use uuid::Uuid;

/// How many who joined are named.
const NAMED: usize = 20;
/// The ranks of a podium.
const STEPS: [&str; 3] = ["First", "Second", "Third"];

fn gone() -> Card {
    Card::says("This challenge was removed.")
}

/// The challenge itself: what it asks, who joined, how it stands.
pub(in crate::quiz) async fn card(scene: &mut Scene<'_>, id: Uuid) -> anyhow::Result<Card> {
    let Some(challenge) = scene.tx.challenge(scene.workspace.id, id).await? else { return Ok(gone()) };
    let drawn = scene.tx.drawn(scene.workspace.id, id).await?;
    let count = drawn.len() as i64;
    let topic = match &challenge.topic {
        Some(topic) => format!(" on {}", wording::topic(scene.pack(&challenge.pack)?, topic)),
        None => String::new(),
    };
    let each = if count == 1 { "" } else { " each" };
    let title = format!("Challenge: {}{topic}, {}{each}", wording::count(count, "question"), wording::count(challenge.minutes, "minute"));
    let card = Card::titled(title).text(joined(scene, &challenge).await?);
    let button = |what: &str| format!("challenge-{what}.{}", id.simple());
    Ok(match challenge.state.as_str() {
        "open" => card
            .small("Everybody gets the same questions at the same time, and answers by form. Up to three attempts a question; the best counts, and being fast earns nothing.")
            .primary(button("join"), "Join")
            .button(button("start"), "Start")
            .button(button("stop"), "Call it off"),
        "running" => {
            let card = card.small(format!("Question {} of {count} is open.", challenge.asked));
            let card = if challenge.asked < count { card.button(button("join"), "Join from the next question") } else { card };
            card.button(button("stop"), "Stop")
        }
        "unstarted" => card.small("Nobody started it in half an hour, so it is put away."),
        "stopped" if challenge.asked == 0 => card.small("It was called off."),
        _ => card.small("It is over; the podium is below."),
    })
}

/// `Joined: Ana, Ben and 1 more`.
async fn joined(scene: &mut Scene<'_>, challenge: &Challenge) -> anyhow::Result<String> {
    let joined = scene.tx.challengers(scene.workspace.id, challenge.id).await?;
    let members = scene.tx.members(scene.workspace.id).await?;
    let shown = joined.iter().filter_map(|joined| members.iter().find(|member| member.id == joined.member_id && !member.hidden));
    let all = Names::of(&members);
    let names: Vec<&str> = shown.take(NAMED).map(|member| all.shown(member.id)).collect();
    let more = joined.len() - names.len();
    Ok(match (names.as_slice(), more) {
        ([], 0) => "Nobody has joined yet.".to_owned(),
        ([], n) => format!("{n} joined."),
        (names, 0) => format!("Joined: {}.", names.join(", ")),
        (names, n) => format!("Joined: {} and {n} more.", names.join(", ")),
    })
}

/// `Question 2 of 5`.
pub(in crate::quiz) async fn heading(scene: &mut Scene<'_>, round: Uuid) -> anyhow::Result<String> {
    let Some((challenge, number)) = scene.tx.challenge_of_round(scene.workspace.id, round).await? else { return Ok("Question".into()) };
    let count = scene.tx.drawn(scene.workspace.id, challenge).await?.len();
    Ok(format!("Question {number} of {count}"))
}

/// A question, while it is open and after.
pub(in crate::quiz) async fn asked(scene: &mut Scene<'_>, round: Uuid) -> anyhow::Result<Card> {
    let Some(round) = scene.tx.round(scene.workspace.id, round).await? else { return Ok(gone()) };
    if round.state == "void" {
        return Ok(Card::says("This question was taken back; it counts for nobody."));
    }
    let title = heading(scene, round.id).await?;
    let n = scene.tx.answered_count(scene.workspace.id, round.id).await?;
    let answered = wording::count(n, "answer");
    let so_far = if n == 0 { "Nobody has answered yet.".to_owned() } else { format!("{answered} so far.") };
    let closed = if n == 0 { "Closed without an answer.".to_owned() } else { format!("Closed with {answered}.") };
    let subject = Text::new().plain(wording::subject(scene.pack(&round.pack)?, &round.question));
    let card = Card::titled(title).block(Block::Lead(round.question.prompt.clone()));
    let id = round.id.simple();
    let card = match round.closes_at {
        Some(closes) if round.state == "open" => {
            card.small(subject.plain(". Open until ").time(*closes).plain(format!(". {so_far}"))).primary(format!("answer.{id}"), "Answer")
        }
        _ => card.small(subject.plain(format!(". {closed}"))),
    };
    Ok(card.button(format!("grade.{id}"), "My grade"))
}

/// The places of all who joined and who may be shown.
async fn places(scene: &mut Scene<'_>, challenge: &Challenge) -> anyhow::Result<Vec<Place>> {
    let mut totals = scene.tx.challenge_totals(scene.workspace.id, challenge.id).await?;
    for joined in scene.tx.challengers(scene.workspace.id, challenge.id).await? {
        if totals.iter().all(|total| total.member_id != joined.member_id) {
            totals.push(Total { member_id: joined.member_id, points: 0, answers: 0 });
        }
    }
    let members = scene.tx.members(scene.workspace.id).await?;
    totals.retain(|total| members.iter().any(|member| member.id == total.member_id && !member.hidden));
    Ok(board::ranked(totals, &members))
}

/// How many questions are closed; those that were taken back aren't.
pub(super) async fn closed(scene: &mut Scene<'_>, challenge: &Challenge) -> anyhow::Result<i64> {
    let mut closed = 0;
    for drawn in scene.tx.drawn(scene.workspace.id, challenge.id).await? {
        if let Some(round) = drawn.round_id {
            closed += i64::from(scene.tx.round(scene.workspace.id, round).await?.is_some_and(|round| round.state == "closed"));
        }
    }
    Ok(closed)
}

/// The standing after the questions that are closed.
pub(in crate::quiz) async fn scoreboard(scene: &mut Scene<'_>, id: Uuid) -> anyhow::Result<Card> {
    let Some(challenge) = scene.tx.challenge(scene.workspace.id, id).await? else { return Ok(gone()) };
    let closed = closed(scene, &challenge).await?;
    let places = places(scene, &challenge).await?;
    let card = Card::titled(format!("Scoreboard after {}", wording::count(closed, "question")));
    Ok(if places.is_empty() { card.text("Nobody who plays is shown on boards.") } else { card.block(board::table(&places)) })
}

/// The podium as bars, the first one full.
fn steps(places: &[Place]) -> Option<Picture> {
    let most = places.iter().map(|place| place.points).max().filter(|most| *most > 0)?;
    let bar = |place: &Place| Bar {
        label: place.name.clone(),
        value: points(place.points),
        length: u16::try_from(place.points * 1_000 / most).unwrap_or_default(),
    };
    let said: Vec<String> = places.iter().map(|place| format!("{} {}", place.name, points(place.points))).collect();
    Some(Picture { alt: format!("Bars of points: {}.", said.join(", ")), bars: places.iter().map(bar).collect() })
}

/// The end: who stands on the podium, and everybody's points.
pub(in crate::quiz) async fn podium(scene: &mut Scene<'_>, id: Uuid) -> anyhow::Result<Card> {
    let Some(challenge) = scene.tx.challenge(scene.workspace.id, id).await? else { return Ok(gone()) };
    let drawn = scene.tx.drawn(scene.workspace.id, id).await?;
    let asked = drawn.iter().filter(|drawn| drawn.round_id.is_some()).count();
    let places = places(scene, &challenge).await?;
    let (on, off): (Vec<Place>, Vec<Place>) = places.into_iter().partition(|place| place.rank <= STEPS.len() && place.points > 0);
    let mut card = Card::titled("The podium");
    match challenge.state.as_str() {
        "unanswered" => card = card.text(format!("Nobody answered question {asked}, so the challenge ends here. Another day, perhaps.")),
        "stopped" => card = card.text(format!("The challenge was stopped after {}.", wording::count(asked as i64, "question"))),
        _ => {}
    }
    if on.is_empty() {
        card = card.text("Nobody has points this time.");
    }
    for place in &on {
        let unit = if place.points == 100 { "point" } else { "points" };
        let answers = wording::count(place.answers, "answer");
        let line = format!("{}: {}, {} {unit} in {answers}", STEPS[place.rank - 1], place.name, points(place.points));
        card = card.item(Mark::Point, line);
    }
    card.picture = steps(&on);
    let mut rest = String::new();
    for place in &off {
        let sign = if rest.is_empty() { "Also played: " } else { ", " };
        // Writing to a String can't fail.
        let _ = write!(rest, "{sign}{} ({})", place.name, points(place.points));
    }
    if !rest.is_empty() {
        card = card.small(format!("{rest}."));
    }
    let answers = if asked == 1 { "The answer is in the thread." } else { "The answers are in the thread." };
    Ok(card.small(if on.is_empty() { answers.to_owned() } else { format!("{answers} These points count on today's board.") }))
}
