//! A member's own things: standing, streak, topics, days away, name on boards, what may be shown.

use crate::bank::{FULL, Hundredths, points};
use crate::command;
use crate::message::{Bar, Card, Mark, Picture, Text, Turn};
use crate::quiz::dates::parse_dates;
use crate::quiz::holidays::DateRange;
use crate::quiz::mastery::{self, Mastery, OfTopic};
use crate::quiz::plan::Plan;
use crate::quiz::progress::Ranked;
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::streak::{Scheduled, Streak, streak};
use crate::quiz::{board, privacy, wording};
use crate::screening;
use crate::store::Result;
use crate::store::people::Away;
use std::collections::HashSet;
use uuid::Uuid;

/// `me`.
pub(super) async fn me(scene: &mut Scene<'_>, by: &Speaker, pack: &str) -> anyhow::Result<Turn> {
    let mut card = Card::titled(by.member.shown());
    if scene.workspace.home().is_direct() {
        let known = known(scene, by, pack).await?;
        let nothing = wording::marked(&format!("Nothing yet. To begin: `{}`", scene.typed("quiz")));
        return Ok(Turn::Private(if known.blocks.is_empty() { card.text(nothing) } else { card.and(known) }));
    }
    for (when, said) in [(command::Period::Week, "This week"), (command::Period::All, "All time")] {
        let line = match place(scene, by.member.id, pack, when).await? {
            Some(place) => format!(
                "{said}: {} points in {}, rank {} of {}",
                points(place.points),
                wording::count(place.answers, "daily answer"),
                place.rank,
                place.of
            ),
            None if by.member.hidden => format!("{said}: hidden, so unranked"),
            None => format!("{said}: no daily answers yet"),
        };
        card = card.item(Mark::Point, line);
    }
    let Streak { current, best } = streaks(scene, by.member.id, pack).await?;
    card = card
        .item(Mark::Point, format!("Streak: {}, longest {best}", wording::count(i64::from(current), "daily").replace("dailys", "dailies")));
    let known = known(scene, by, pack).await?;
    card.picture = known.picture.clone();
    Ok(Turn::Private(card.and(known)))
}

/// Where a member stands on the daily board; nowhere while they are hidden or have no answers.
pub(super) async fn place(scene: &mut Scene<'_>, member: Uuid, pack: &str, when: command::Period) -> anyhow::Result<Option<Ranked>> {
    let places = board::standing(scene, pack, "daily", when, None).await?;
    let own = places.iter().find(|place| place.member == member);
    Ok(own.map(|own| Ranked { rank: own.rank, of: places.len(), points: own.points, answers: own.answers }))
}

/// The longest of a member's streaks over the pack's schedules.
pub(super) async fn streaks(scene: &mut Scene<'_>, member: Uuid, pack: &str) -> Result<Streak> {
    let answered: HashSet<_> = scene.tx.answered_rounds(scene.workspace.id, member).await?.into_iter().collect();
    let aways = scene.tx.aways(scene.workspace.id, member).await?;
    let mut longest = Streak::default();
    for schedule in scene.tx.schedules::<Plan>(scene.workspace.id, pack).await? {
        let rounds = scene.tx.rounds_of_schedule(scene.workspace.id, schedule.id).await?;
        let scheduled: Vec<Scheduled> = rounds
            .iter()
            .filter(|round| !round.extra && round.state != "void")
            .map(|round| Scheduled {
                date: *round.local_date,
                closed: round.state == "closed",
                answered: answered.contains(&round.id),
                away: aways.iter().any(|away| *away.first_day <= *round.local_date && *round.local_date <= *away.last_day),
            })
            .collect();
        let one = streak(&scheduled);
        longest = Streak { current: longest.current.max(one.current), best: longest.best.max(one.best) };
    }
    Ok(longest)
}

/// What the member's quizzes and interviews say about each topic.
async fn known(scene: &mut Scene<'_>, by: &Speaker, pack: &str) -> anyhow::Result<Card> {
    let Mastery { topics, missed } = mastery::mastery(scene, by.member.id, pack).await?;
    let seen: Vec<_> = topics.iter().filter_map(|topic| Some((topic, topic.average?))).collect();
    if seen.is_empty() {
        return Ok(Card::default());
    }
    let mut card = Card::default().text(Text::new().bold("From your quizzes and interviews"));
    card.picture = Some(averages(&seen));
    for (topic, average) in seen {
        let line = format!("{}: {} on average, {} of {} questions seen", topic.title, points(average), topic.seen, topic.of);
        card = card.item(Mark::Point, line);
    }
    let due = missed.iter().filter(|missed| missed.due).count();
    if due > 0 {
        let waits = format!("{} to repeat: ", wording::count(due as i64, "missed question"));
        card = card.small(Text::new().plain(waits).code(format!("/{pack} quiz weak")));
    }
    Ok(card)
}

/// What each topic earned on average, as bars of ten points.
fn averages(seen: &[(&OfTopic, Hundredths)]) -> Picture {
    let bar = |(topic, average): &(&OfTopic, Hundredths)| Bar {
        label: topic.title.clone(),
        value: wording::of_ten(*average),
        length: u16::try_from(average * 1_000 / FULL).unwrap_or_default(),
    };
    let said: Vec<String> = seen.iter().map(|(topic, average)| format!("{} {}", topic.title, wording::of_ten(*average))).collect();
    Picture { alt: format!("Bars of averages: {}.", said.join(", ")), bars: seen.iter().map(bar).collect() }
}

/// `away`.
pub(super) async fn away(scene: &mut Scene<'_>, by: &Speaker, text: &str) -> anyhow::Result<Turn> {
    if text.trim().is_empty() {
        let aways = scene.tx.aways(scene.workspace.id, by.member.id).await?;
        if aways.is_empty() {
            let line = format!("Say from when to when: `{}`", scene.typed("away 2026-12-24 2027-01-02"));
            return Ok(wording::line(wording::marked(&line)));
        }
        let card = aways.iter().fold(Card::says("You are away:"), |card, away| card.item(Mark::Point, range(away)));
        return Ok(Turn::Private(card));
    }
    match parse_dates(text, scene.today()) {
        Ok(range) => {
            // A daily that was missed breaks the streak at its close; days that lie behind can't be taken off afterwards.
            let first = range.first().max(scene.today());
            let kept = DateRange::new(first, range.last()).unwrap_or(range);
            scene.tx.add_away(scene.workspace.id, by.member.id, kept.first(), kept.last()).await?;
            let past = if first > range.first() { " What lies behind stays as it was." } else { "" };
            Ok(wording::line(format!("Noted: away {kept}. Your streak waits for you.{past}")))
        }
        Err(fault) => Ok(wording::line(wording::sentence(fault))),
    }
}

/// `2026-12-24 to 2027-01-02`.
fn range(away: &Away) -> String {
    DateRange::new(*away.first_day, *away.last_day).map_or_else(|backwards| backwards.to_string(), |range| range.to_string())
}

/// `alias`.
pub(super) async fn alias(scene: &mut Scene<'_>, by: &Speaker, alias: Option<&str>) -> anyhow::Result<Turn> {
    if by.is_muted() && alias.is_some() {
        return Ok(wording::line(
            "A lead muted you here, so your name on boards stays as it is. Talk to a lead if you think that is a mistake.",
        ));
    }
    let screened = alias.map(screening::name);
    if screened.as_deref() == Some("") {
        return Ok(wording::line("That name has no letters that can be shown. Choose another."));
    }
    if screened.as_deref().is_some_and(screening::mixes_scripts) {
        return Ok(wording::line("That name mixes letters of several alphabets that look alike. Write it in one of them."));
    }
    if let Some(alias) = &screened {
        let looks = screening::skeleton(alias);
        let members = scene.tx.members(scene.workspace.id).await?;
        let taken = members.iter().any(|other| {
            other.id != by.member.id
                && [Some(other.name.as_str()), other.alias.as_deref()].iter().flatten().any(|name| screening::skeleton(name) == looks)
        });
        if taken {
            return Ok(wording::line(format!("Somebody here is already called {alias}. Choose another name.")));
        }
    }
    scene.tx.set_alias(scene.workspace.id, by.member.id, screened.as_deref()).await?;
    Ok(wording::line(match screened {
        Some(alias) => format!("Boards call you {alias} now."),
        None => format!("Boards call you {} again.", by.member.name),
    }))
}

/// Has the reveals brought up to date that a member's answer or points are in.
pub(super) async fn refresh_reveals(scene: &mut Scene<'_>, member: Uuid) -> Result<()> {
    for round in scene.tx.revealed_rounds(scene.workspace.id, member).await? {
        scene.tx.refresh(scene.workspace.id, &format!("reveal:{round}"), scene.now).await?;
    }
    Ok(())
}

/// `hide`.
pub(super) async fn hide(scene: &mut Scene<'_>, by: &Speaker, hidden: bool) -> anyhow::Result<Turn> {
    scene.tx.set_hidden(scene.workspace.id, by.member.id, hidden).await?;
    // A reveal has the day's board in it.
    refresh_reveals(scene, by.member.id).await?;
    Ok(wording::line(if hidden {
        wording::marked(&format!("You are on no board any more. Your points are kept; `{}` shows you again.", scene.typed("hide off")))
    } else {
        "You are on the boards again.".into()
    }))
}

/// `share`.
pub(super) async fn share(scene: &mut Scene<'_>, by: &Speaker, shares: bool) -> anyhow::Result<Turn> {
    scene.tx.set_shares(scene.workspace.id, by.member.id, shares).await?;
    // What was revealed with their answer is revealed without it, or the other way round.
    refresh_reveals(scene, by.member.id).await?;
    if !shares {
        privacy::take_back_scores(scene, by.member.id).await?;
    }
    Ok(wording::line(if shares {
        let line = "Thank you: your best answers may be shown in reveals, and your scores where the channel wants them, with your name.";
        wording::marked(&format!("{line} `{}` takes that back, also from past reveals.", scene.typed("share off")))
    } else {
        "Your answers and scores are shown to nobody, and are taken out of the reveals they were in.".into()
    }))
}
