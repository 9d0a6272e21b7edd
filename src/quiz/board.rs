//! The team's standing: by day, ISO week, month, all time and topic; and the separate practice board.

use crate::bank::points;
use crate::command;
use crate::message::{Block, Card, Text, Turn};
use crate::quiz::names::Names;
use crate::quiz::period::Period;
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::wording;
use crate::store::boards::{Span, Total};
use crate::store::people::Member;
use uuid::Uuid;

/// How many places are listed.
const LISTED: usize = 10;

/// A place on a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) rank: usize,
    pub(super) member: Uuid,
    pub(super) name: String,
    pub(super) points: i64,
    pub(super) answers: i64,
}

/// Ranks 1, 1, 3. Sorted here and not in the database, whose collations differ: by points, then fewer answers, then name.
pub(super) fn ranked(mut totals: Vec<Total>, members: &[Member]) -> Vec<Place> {
    let names = Names::of(members);
    let name = |id: Uuid| names.shown(id);
    totals.sort_by(|a, b| {
        let by_points = b.points.cmp(&a.points).then(a.answers.cmp(&b.answers));
        by_points.then_with(|| name(a.member_id).to_lowercase().cmp(&name(b.member_id).to_lowercase())).then(a.member_id.cmp(&b.member_id))
    });
    let mut places: Vec<Place> = Vec::with_capacity(totals.len());
    for (i, total) in totals.iter().enumerate() {
        let rank = match places.last() {
            Some(last) if last.points == total.points => last.rank,
            _ => i + 1,
        };
        places.push(Place {
            rank,
            member: total.member_id,
            name: name(total.member_id).to_owned(),
            points: total.points,
            answers: total.answers,
        });
    }
    places
}

/// The first places as a table.
pub(super) fn table(places: &[Place]) -> Block {
    let head = ["Name", "Rank", "Points", "Answers"].map(str::to_owned).to_vec();
    Block::Table { head, rows: places.iter().take(LISTED).map(row).collect() }
}

fn row(place: &Place) -> Vec<String> {
    vec![place.name.clone(), place.rank.to_string(), points(place.points), place.answers.to_string()]
}

/// The dates of a period around today, in the workspace's zone.
pub(super) fn period(period: command::Period) -> Period {
    match period {
        command::Period::Day => Period::Day,
        command::Period::Week => Period::IsoWeek,
        command::Period::Month => Period::Month,
        command::Period::All => Period::All,
    }
}

fn named(period: command::Period) -> &'static str {
    match period {
        command::Period::Day => "today",
        command::Period::Week => "this week",
        command::Period::Month => "this month",
        command::Period::All => "all time",
    }
}

/// `leaderboard`.
pub(super) async fn show(
    scene: &mut Scene<'_>,
    by: &Speaker,
    pack: &str,
    when: command::Period,
    practice: bool,
    topic: Option<&str>,
) -> anyhow::Result<Turn> {
    let mut places = standing(scene, pack, if practice { "practice" } else { "daily" }, when, topic).await?;
    let within = match topic {
        Some(topic) => format!(" in {}", wording::topic(scene.pack(pack)?, topic)),
        None => String::new(),
    };
    let mut card = Card::default();
    let mut practice = practice;
    if places.is_empty() && !practice {
        card = card.text(format!("Nobody has daily points{within} yet ({}).", named(when)));
        places = standing(scene, pack, "practice", when, topic).await?;
        practice = true;
        if places.is_empty() {
            return Ok(Turn::Private(
                card.text(Text::new().plain("Practice has none either. Start with ").code(format!("/{pack} quiz")).plain(".")),
            ));
        }
    }
    if places.is_empty() {
        return Ok(wording::line(format!("Nobody has practised{within} yet ({}).", named(when))));
    }
    let topic = match topic {
        Some(topic) => format!(", {}", wording::topic(scene.pack(pack)?, topic)),
        None => String::new(),
    };
    let title = format!("{}, {}{topic}", if practice { "Practice board" } else { "Leaderboard" }, named(when));
    Ok(Turn::Private(Card::titled(title).and(card).block(table(&places)).and(own(&places, by))))
}

/// The asker's own place, where the list doesn't show it.
fn own(places: &[Place], by: &Speaker) -> Card {
    match places.iter().position(|place| place.member == by.member.id) {
        _ if by.member.hidden => Card::default().small("You are hidden, so you are on no board."),
        Some(at) if at >= LISTED => {
            let place = &places[at];
            Card::default().small(format!(
                "You: rank {}, {} points, {}.",
                place.rank,
                points(place.points),
                wording::count(place.answers, "answer")
            ))
        }
        _ => Card::default(),
    }
}

/// A board's places.
pub(super) async fn standing(
    scene: &mut Scene<'_>,
    pack: &str,
    board: &'static str,
    when: command::Period,
    topic: Option<&str>,
) -> anyhow::Result<Vec<Place>> {
    let days = period(when).days(scene.today());
    let totals = scene.tx.totals(scene.workspace.id, &Span { board, pack, from: days.from, to: days.to, topic }).await?;
    let members = scene.tx.members(scene.workspace.id).await?;
    Ok(ranked(totals, &members))
}
