//! What a lead does with a schedule once it is set up.

use crate::message::{Block, Card, Mark, Text, Turn};
use crate::quiz::calendar::local_date;
use crate::quiz::daily::{self, Opened};
use crate::quiz::dates::parse_dates;
use crate::quiz::holidays::DateRange;
use crate::quiz::plan::Plan;
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::{ics, wording};
use crate::quiz::{setup, trouble, unclear};
use crate::store::schedules::{Notice, Schedule};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What to say where the channel has no schedule.
pub(super) fn none_here(pack: &str) -> Turn {
    wording::line(Text::new().plain("No daily question is set up in this channel. To set one up: ").code(format!("/{pack} setup")))
}

/// `schedule show`: how it stands, what comes, and what waited for a lead.
pub(super) async fn show(scene: &mut Scene<'_>, by: &Speaker, pack: &str) -> anyhow::Result<Turn> {
    let notices = scene.tx.take_notices(scene.workspace.id).await?;
    let standing = trouble::standing(scene).await?.and(unclear::asked(scene).await?);
    let notes = notices.into_iter().fold(standing, |card, notice| card.item(Mark::Point, said_at(&notice)));
    let Some(schedule) = setup::in_channel(scene, pack, &by.place.channel).await? else {
        if notes.blocks.is_empty() {
            return Ok(none_here(pack));
        }
        return Ok(Turn::Private(Card::titled("What waited for you").and(notes)));
    };
    let state = match schedule.state.as_str() {
        "on" => "on",
        "paused" => "paused",
        _ => "set up, but not started",
    };
    let mut card = setup::described(scene, Card::titled(format!("The daily question in this channel is {state}")), &schedule)?;
    if schedule.state == "on"
        && let Some(next) = schedule.plan.timetable.next_post(schedule.last_date, scene.now)
    {
        card = card.text(Text::new().plain("The next one comes ").time(next.at).plain("."));
    }
    if let Some(reason) = &schedule.lost {
        card = card.text(wording::marked(&trouble::how_to_go_on(scene, reason)));
    }
    let retired = scene.tx.retired(scene.workspace.id, pack).await?;
    if !retired.is_empty() {
        let ids = retired.iter().map(|retired| retired.question_id.as_str()).collect::<Vec<_>>().join(", ");
        let restore = scene.typed("question restore ID");
        card = card.small(wording::marked(&format!("Retired, and asked nowhere here: {ids}. To bring one back: `{restore}`")));
    }
    if !notes.blocks.is_empty() {
        card = card.text(Text::new().bold("What waited for you")).and(notes);
    }
    let id = schedule.id.simple();
    Ok(Turn::Private(match schedule.state.as_str() {
        "on" => card.button(format!("setup-change.{id}"), "Change"),
        _ => card.primary(format!("setup-start.{id}"), "Start").button(format!("setup-change.{id}"), "Change"),
    }))
}

fn said_at(notice: &Notice) -> Text {
    let mut line = Text::new().time(*notice.at).plain(": ");
    line.0.extend(wording::marked(&notice.text).0);
    line
}

/// `schedule pause`.
pub(super) async fn pause(scene: &mut Scene<'_>, by: &Speaker, pack: &str) -> anyhow::Result<Turn> {
    let Some(schedule) = setup::in_channel(scene, pack, &by.place.channel).await? else { return Ok(none_here(pack)) };
    let paused = Schedule { state: "paused".into(), ..schedule };
    scene.tx.save_schedule(&paused, scene.now).await?;
    scene.tx.clear_deadline(scene.workspace.id, daily::POST, paused.id).await?;
    Ok(wording::line(
        Text::new()
            .plain("Paused. A question that is open stays open until its close. To go on: ")
            .code(format!("/{pack} schedule resume")),
    ))
}

/// `schedule resume`.
pub(super) async fn resume(scene: &mut Scene<'_>, by: &Speaker, pack: &str) -> anyhow::Result<Turn> {
    match setup::in_channel(scene, pack, &by.place.channel).await? {
        Some(schedule) => setup::begin(scene, schedule).await.map(Turn::Private),
        None => Ok(none_here(pack)),
    }
}

/// `schedule skip`: the next date has no question.
pub(super) async fn skip(scene: &mut Scene<'_>, by: &Speaker, pack: &str) -> anyhow::Result<Turn> {
    let Some(schedule) = setup::in_channel(scene, pack, &by.place.channel).await? else { return Ok(none_here(pack)) };
    let timetable = &schedule.plan.timetable;
    let Some(next) = timetable.next_post(schedule.last_date, scene.now).filter(|_| schedule.state == "on") else {
        return Ok(wording::line(
            Text::new().plain("It isn't on, so there is nothing to leave out. To start it: ").code(format!("/{pack} schedule resume")),
        ));
    };
    scene.tx.set_last_date(scene.workspace.id, schedule.id, next.date).await?;
    daily::plan_next(scene, &schedule, Some(next.date)).await?;
    let after = schedule.plan.timetable.next_post(Some(next.date), scene.now);
    let text = Text::new().plain(format!("{} is left out.", wording::day(next.date)));
    Ok(wording::line(match after {
        Some(after) => text.plain(" The next one comes ").time(after.at).plain("."),
        None => text,
    }))
}

/// `schedule preview`: when the next comes and of what topic; its words only for a lead who doesn't play.
pub(super) async fn preview(scene: &mut Scene<'_>, by: &Speaker, pack: &str) -> anyhow::Result<Turn> {
    let Some(schedule) = setup::in_channel(scene, pack, &by.place.channel).await? else { return Ok(none_here(pack)) };
    let Some(drawn) = daily::draw(scene, &schedule).await? else {
        return Ok(wording::line(wording::marked(&daily::nothing_to_ask(scene, &schedule).await?)));
    };
    let pack = scene.pack(&schedule.pack)?;
    let card = Card::titled("What comes next").text(wording::subject(pack, &drawn.question));
    let when = schedule.plan.timetable.next_post(schedule.last_date, scene.now);
    let card = match when {
        Some(post) => card.small(Text::new().plain("Due ").time(post.at).plain(".")),
        None => card,
    };
    if !by.member.hidden {
        let line = format!(
            "You are on the board yourself, so I keep the question and its answer back. `{}` takes you off it and shows them here.",
            scene.typed("hide on")
        );
        return Ok(Turn::Private(card.small(wording::marked(&line))));
    }
    let (prompt, answer) = (drawn.question.prompt.clone(), drawn.question.answer.clone());
    Ok(Turn::Private(card.block(Block::Lead(prompt)).block(Block::Quote(answer))))
}

/// `schedule post`: today's question if none was opened yet, otherwise one beside the schedule.
pub(super) async fn post(scene: &mut Scene<'_>, by: &Speaker, pack: &str) -> anyhow::Result<Turn> {
    let Some(schedule) = setup::in_channel(scene, pack, &by.place.channel).await? else { return Ok(none_here(pack)) };
    let Some(schedule) = scene.tx.lock_schedule::<Plan>(scene.workspace.id, schedule.id).await? else { return Ok(none_here(pack)) };
    let timetable = &schedule.plan.timetable;
    let today = local_date(&timetable.zone, scene.now);
    // A date that was left out, or held, still has no question of its own.
    let extra = scene.tx.has_round(scene.workspace.id, schedule.id, today).await?;
    let closes = match timetable.next_post(Some(today), scene.now) {
        Some(_) => timetable.closes(today),
        None => scene.now + jiff::SignedDuration::from_hours(23),
    };
    let closes = closes.max(scene.now + jiff::SignedDuration::from_hours(1));
    if daily::open(scene, &schedule, today, closes, extra).await? == Opened::NothingToAsk {
        return Ok(wording::line(wording::marked(&daily::nothing_to_ask(scene, &schedule).await?)));
    }
    let due = timetable.next_post(schedule.last_date, scene.now).filter(|_| schedule.state == "on");
    if !extra {
        let last = schedule.last_date.map_or(today, |last| last.max(today));
        scene.tx.set_last_date(scene.workspace.id, schedule.id, last).await?;
        if schedule.state == "on" {
            daily::plan_next(scene, &schedule, Some(last)).await?;
        }
    }
    let replaced = due.filter(|due| !extra && due.date == today);
    let last = if extra { schedule.last_date } else { schedule.last_date.max(Some(today)) };
    let next = schedule.plan.timetable.next_post(last, scene.now).filter(|_| schedule.state == "on");
    Ok(wording::line(posted(extra, replaced.map(|due| due.at), closes, next.map(|next| next.at))))
}

/// What a question that is posted by hand replaces, when it closes, and what comes after it.
fn posted(extra: bool, replaced: Option<Timestamp>, closes: Timestamp, next: Option<Timestamp>) -> Text {
    let text = match (extra, replaced) {
        (true, _) => Text::new().plain("Posted, beside the schedule; it replaces nothing."),
        (false, Some(due)) => Text::new().plain("Posted; this is today's, instead of the one due ").time(due).plain("."),
        (false, None) => Text::new().plain("Posted; this is today's, and it replaces nothing."),
    };
    let text = text.plain(" It closes ").time(closes).plain(".");
    match next {
        Some(next) => text.plain(" The next one comes ").time(next).plain(" as planned."),
        None => text.plain(" No other follows: the schedule isn't on."),
    }
}

/// `schedule holidays`: a date, two, or a pasted calendar file.
pub(super) async fn holidays(scene: &mut Scene<'_>, by: &Speaker, pack: &str, text: &str) -> anyhow::Result<Turn> {
    let Some(mut schedule) = setup::in_channel(scene, pack, &by.place.channel).await? else { return Ok(none_here(pack)) };
    let (ranges, faults) = match read(text, &schedule.plan.timetable.zone, scene) {
        Ok(read) => read,
        Err(why) => return Ok(wording::line(wording::sentence(why))),
    };
    for range in &ranges {
        if !schedule.plan.timetable.holidays.contains(range) {
            schedule.plan.timetable.holidays.push(*range);
        }
    }
    schedule.plan.timetable.holidays.sort_by_key(|range| (range.first(), range.last()));
    scene.tx.save_schedule(&schedule, scene.now).await?;
    if schedule.state == "on" {
        daily::plan_next(scene, &schedule, schedule.last_date).await?;
    }
    let mut card = Card::says(if ranges.is_empty() { "No days were noted." } else { "Noted. Nothing is posted on:" });
    for range in &ranges {
        card = card.item(Mark::Point, range.to_string());
    }
    for fault in faults {
        card = card.item(Mark::Point, format!("Look at {fault}."));
    }
    Ok(Turn::Private(card))
}

fn read(text: &str, zone: &TimeZone, scene: &Scene<'_>) -> Result<(Vec<DateRange>, Vec<String>), String> {
    if text.contains("BEGIN:VCALENDAR") {
        let file = ics::parse_ics(text, zone).map_err(|none| none.to_string())?;
        let ranges = file.holidays.iter().map(|holiday| holiday.dates).collect();
        return Ok((ranges, file.faults.iter().map(ToString::to_string).collect()));
    }
    parse_dates(text, scene.today()).map(|range| (vec![range], Vec::new())).map_err(|fault| fault.to_string())
}
