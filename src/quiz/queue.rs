//! The queue of a schedule: what comes, and what a lead puts first.

use crate::command::Queue;
use crate::message::{Card, Mark, Text, Turn};
use crate::quiz::calendar::local_date;
use crate::quiz::plan::Plan;
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::schedule::none_here;
use crate::quiz::{daily, setup, wording};
use crate::screening::shown;
use crate::store::schedules::Schedule;

/// How many of the next questions are listed.
const LISTED: usize = 5;
/// The most that can be put first: at a question a workday, ten weeks.
const MOST_QUEUED: usize = 50;

/// `schedule queue`: shown, emptied, or these questions first.
pub(super) async fn queue(scene: &mut Scene<'_>, by: &Speaker, pack: &str, wish: Queue) -> anyhow::Result<Turn> {
    let Some(schedule) = setup::in_channel(scene, pack, &by.place.channel).await? else { return Ok(none_here(pack)) };
    let Some(schedule) = scene.tx.lock_schedule::<Plan>(scene.workspace.id, schedule.id).await? else { return Ok(none_here(pack)) };
    match wish {
        Queue::Show => Ok(Turn::Private(coming(scene, by, &schedule, Vec::new()).await?)),
        Queue::Clear => {
            let was_empty = scene.tx.queue(scene.workspace.id, schedule.id).await?.is_empty();
            scene.tx.save_queue(scene.workspace.id, schedule.id, &[]).await?;
            Ok(wording::line(match was_empty {
                true => "Nothing was put first, so nothing changes.",
                false => "Nothing is put first any more; what comes is drawn again.",
            }))
        }
        Queue::First(ids) => put_first(scene, by, &schedule, ids).await,
    }
}

/// These come first, and after them what was put first before.
async fn put_first(scene: &mut Scene<'_>, by: &Speaker, schedule: &Schedule<Plan>, ids: Vec<String>) -> anyhow::Result<Turn> {
    let faults = faults(scene, schedule, &ids).await?;
    let before = scene.tx.queue(scene.workspace.id, schedule.id).await?;
    let behind: Vec<String> = before.into_iter().filter(|id| !ids.contains(id)).collect();
    let queue = [ids.clone(), behind].concat();
    if faults.is_empty() && queue.len() <= MOST_QUEUED {
        scene.tx.save_queue(scene.workspace.id, schedule.id, &queue).await?;
        let again = asked_lately(scene, schedule, &ids).await?;
        return Ok(Turn::Private(coming(scene, by, schedule, again).await?));
    }
    if faults.is_empty() {
        let line =
            format!("Up to {MOST_QUEUED} questions can be put first, and with these there would be {}. Nothing was changed.", queue.len());
        return Ok(wording::line(line));
    }
    let head = Card::says("Nothing was changed:");
    Ok(Turn::Private(faults.into_iter().fold(head, |card, fault| card.item(Mark::Point, wording::marked(&fault)))))
}

/// Why some of these can't be put first, a line each.
async fn faults(scene: &mut Scene<'_>, schedule: &Schedule<Plan>, ids: &[String]) -> anyhow::Result<Vec<String>> {
    let open = scene.tx.open_questions(scene.workspace.id, &schedule.pack).await?;
    let retired = scene.tx.retired(scene.workspace.id, &schedule.pack).await?;
    let elsewhere = daily::queued_elsewhere(scene, schedule).await?;
    let mut faults = Vec::new();
    for id in ids {
        let known = scene.pack(&schedule.pack)?.question(id);
        faults.extend(if let Err(unknown) = known {
            Some(no_question(id, unknown.nearest.as_deref()))
        } else if retired.iter().any(|retired| retired.question_id == *id) {
            Some(format!("{id} is retired; `{}` brings it back.", scene.typed(&format!("question restore {id}"))))
        } else if open.contains(id) {
            Some(format!("{id} is being asked just now, or kept for a challenge that is on."))
        } else {
            let there = elsewhere.iter().find(|(_, queued)| queued == id);
            there.map(|(channel, _)| format!("{id} is to come in {} within a week.", wording::channel(channel)))
        });
    }
    Ok(faults)
}

/// What to say of an id that no question has.
pub(super) fn no_question(id: &str, near: Option<&str>) -> String {
    let near = near.map_or(String::new(), |near| format!(" Did you mean {near}?"));
    format!("There is no question “{}”.{near}", shown(id))
}

/// A line for each of these that was asked here a short time ago, and comes again because it was wished.
async fn asked_lately(scene: &mut Scene<'_>, schedule: &Schedule<Plan>, ids: &[String]) -> anyhow::Result<Vec<String>> {
    let asked = daily::asked_before(scene, schedule).await?;
    let lately = asked.iter().filter(|asked| asked.opens_at.duration_until(scene.now) < daily::REST);
    let lines = lately.filter(|asked| ids.contains(&asked.question_id)).map(|asked| {
        let day = wording::day(local_date(&schedule.plan.timetable.zone, *asked.opens_at));
        format!("{} was asked here on {day}. It comes again, and is marked so.", asked.question_id)
    });
    Ok(lines.collect())
}

/// What comes: by its id what was put first; what is drawn only for a lead who doesn't play. Below it stand the notes.
async fn coming(scene: &mut Scene<'_>, by: &Speaker, schedule: &Schedule<Plan>, mut notes: Vec<String>) -> anyhow::Result<Card> {
    let queued = scene.tx.queue(scene.workspace.id, schedule.id).await?;
    let coming = daily::upcoming(scene, schedule, queued.len().max(LISTED)).await?;
    let waiting: Vec<String> = queued.into_iter().filter(|id| coming.iter().all(|drawn| drawn.question.id != *id)).collect();
    if !waiting.is_empty() {
        notes.push(format!("Put first, but not free just now: {}. I ask it as soon as it is.", waiting.join(", ")));
    }
    if coming.is_empty() {
        return Ok(Card::says(wording::marked(&daily::nothing_to_ask(scene, schedule).await?)));
    }
    let pack = scene.pack(&schedule.pack)?;
    let mut card = Card::titled("What comes next");
    let mut post = schedule.plan.timetable.next_post(schedule.last_date, scene.now).filter(|_| schedule.state == "on");
    let mut kept_back = false;
    for drawn in coming {
        let when = post.map_or(Text::new(), |post| Text::new().time(post.at).plain(": "));
        let subject = wording::subject(pack, &drawn.question);
        let line = match drawn.queued {
            true => when.code(drawn.question.id.as_str()).plain(format!(" ({subject}), put first")),
            false if by.member.hidden => when.code(drawn.question.id.as_str()).plain(format!(" ({subject})")),
            false => when.plain(subject),
        };
        kept_back |= !drawn.queued && !by.member.hidden;
        card = card.item(Mark::Point, if drawn.again { line.plain(", again") } else { line });
        post = post.and_then(|post| schedule.plan.timetable.next_post(Some(post.date), scene.now));
    }
    card = notes.into_iter().fold(card, Card::text);
    if schedule.state != "on" {
        card = card.text("The schedule isn't on; this is what comes once it is.");
    }
    if kept_back {
        let hide = scene.typed("hide on");
        card = card.small(wording::marked(&format!(
            "You are on the board yourself, so I keep back which ones I drew. `{hide}` takes you off it and shows them here."
        )));
    }
    Ok(card.small(wording::marked(&format!("To put others first: `{}`", scene.typed("schedule queue ID ID")))))
}
