//! Setting up the daily question: a complete offer on one card, started with one press.

use crate::message::{Card, Field, FieldError, Form, Mark, Text, Turn};
use crate::quiz::calendar::{CloseRule, Timetable};
use crate::quiz::plan::{Answers, Grades, Plan, RunLow};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::weekdays::Weekdays;
use crate::quiz::wishes::{Ground, set, wish};
use crate::quiz::{daily, schedule, whom, wording};
use crate::store::schedules::Schedule;
use jiff::civil::time;
use jiff::tz::TimeZone;
use uuid::Uuid;

/// The topic that only makes sense for one's own work; a first offer leaves it out.
pub(super) const PERSONAL_TOPIC: &str = "project";

/// `setup`, with whatever was typed behind it.
pub(super) async fn setup(scene: &mut Scene<'_>, by: &Speaker, pack: &str, words: &[String]) -> anyhow::Result<Turn> {
    let mut existing = in_channel(scene, pack, &by.place.channel).await?;
    let mut from = None;
    if existing.is_none()
        && let Some(lost) = lost(scene, pack).await?
    {
        from = Some(lost.channel.clone());
        existing = Some(Schedule { state: "draft".into(), ..lost });
    }
    if words.is_empty() && existing.as_ref().is_some_and(|schedule| schedule.state != "draft") {
        return schedule::show(scene, by, pack).await;
    }
    let mut plan = match &existing {
        Some(schedule) => schedule.plan.clone(),
        None => offer(scene, by, pack)?,
    };
    let start = match wish(&ground(scene, pack)?, &mut plan, words) {
        Ok(start) => start,
        Err(faults) => return Ok(nothing_changed(faults)),
    };
    let state = existing.as_ref().map_or("draft", |schedule| schedule.state.as_str()).to_owned();
    if let (Some(moved), Some(_)) = (&mut existing, &from) {
        scene.tx.move_schedule(scene.workspace.id, moved.id, &by.place.channel).await?;
        *moved = Schedule { channel: by.place.channel.clone(), lost: None, ..moved.clone() };
    }
    let schedule = save(scene, by, pack, existing, plan, &state).await?;
    let card = match start || (state == "on" && !words.is_empty()) {
        true => begin(scene, schedule).await?,
        false => offered(scene, &schedule)?,
    };
    Ok(Turn::Private(match from {
        Some(from) => card.small(wording::marked(&format!("It was in {}, and keeps its plan and what it asked.", wording::channel(&from)))),
        None => card,
    }))
}

/// The schedule of a pack that has waited longest for another channel.
async fn lost(scene: &mut Scene<'_>, pack: &str) -> anyhow::Result<Option<Schedule<Plan>>> {
    let schedules = scene.tx.schedules::<Plan>(scene.workspace.id, pack).await?;
    Ok(schedules.into_iter().find(|schedule| schedule.lost.is_some()))
}

/// The schedule of a pack in a channel.
pub(super) async fn in_channel(scene: &mut Scene<'_>, pack: &str, channel: &str) -> anyhow::Result<Option<Schedule<Plan>>> {
    let schedules = scene.tx.schedules::<Plan>(scene.workspace.id, pack).await?;
    Ok(schedules.into_iter().find(|schedule| schedule.channel == channel))
}

/// What is offered first: workdays at nine in the caller's zone, every topic but the personal one.
fn offer(scene: &Scene<'_>, by: &Speaker, pack: &str) -> anyhow::Result<Plan> {
    let zone = by.member.zone.as_deref().and_then(|zone| TimeZone::get(zone).ok()).unwrap_or_else(|| scene.zone());
    let topics = scene.pack(pack)?.topics.iter().map(|topic| topic.id.clone()).filter(|id| id != PERSONAL_TOPIC).collect();
    let timetable =
        Timetable { zone, days: Weekdays::WORKDAYS, post: time(9, 0, 0, 0), close: CloseRule::BeforeNext, holidays: Vec::new() };
    let answers = scene.abilities().answers(Answers::default());
    Ok(Plan { timetable, topics, run_low: RunLow::Again, answers, grades: Grades::default(), told: None })
}

fn ground<'s>(scene: &'s Scene<'_>, pack: &str) -> anyhow::Result<Ground<'s>> {
    Ok(Ground { pack: scene.pack(pack)?, abilities: scene.abilities() })
}

/// Every word that is nothing, at once.
fn nothing_changed(faults: Vec<String>) -> Turn {
    let head = Card::says("Nothing was changed:");
    Turn::Private(faults.into_iter().fold(head, |card, fault| card.item(Mark::Point, fault)))
}

async fn save(
    scene: &mut Scene<'_>,
    by: &Speaker,
    pack: &str,
    existing: Option<Schedule<Plan>>,
    plan: Plan,
    state: &str,
) -> anyhow::Result<Schedule<Plan>> {
    let schedule = match existing {
        Some(schedule) => Schedule { plan, state: state.to_owned(), ..schedule },
        None => Schedule {
            workspace_id: scene.workspace.id,
            id: scene.id(),
            pack: pack.to_owned(),
            channel: by.place.channel.clone(),
            state: state.to_owned(),
            plan,
            seed: scene.core.seed(),
            last_date: None,
            unanswered: 0,
            lost: None,
        },
    };
    let id = scene.tx.save_schedule(&schedule, scene.now).await?;
    Ok(Schedule { id, ..schedule })
}

/// The offer on one card.
fn offered(scene: &Scene<'_>, schedule: &Schedule<Plan>) -> anyhow::Result<Card> {
    let title = format!("A daily {} question in this channel", scene.pack(&schedule.pack)?.title);
    let card = described(scene, Card::titled(title), schedule)?;
    let id = schedule.id.simple();
    Ok(card.primary(format!("setup-start.{id}"), "Start").button(format!("setup-change.{id}"), "Change"))
}

/// What a plan comes to, line by line.
pub(super) fn described(scene: &Scene<'_>, card: Card, schedule: &Schedule<Plan>) -> anyhow::Result<Card> {
    let pack = scene.pack(&schedule.pack)?;
    let Plan { timetable, topics, run_low, answers, grades, told } = &schedule.plan;
    let topics: Vec<&str> = topics.iter().map(|topic| wording::topic(pack, topic)).collect();
    let zone = timetable.zone.iana_name().unwrap_or("UTC");
    let mut card = card
        .item(Mark::Point, format!("Posts {} at {} ({zone})", wording::days(timetable.days), timetable.post.strftime("%H:%M")))
        .item(Mark::Point, "Open until an hour before the next one; the answer is revealed in the thread")
        .item(Mark::Point, format!("Topics: {}", if topics.is_empty() { "all".to_owned() } else { topics.join(", ") }))
        .item(
            Mark::Point,
            match scene.abilities().answers(*answers) {
                Answers::Thread => "Answers are typed in the thread",
                Answers::Private => "Answers are given privately; the thread is for talk",
                Answers::Both => "Answers are typed in the thread, or given privately",
            },
        )
        .item(
            Mark::Point,
            match grades {
                Grades::Author => "Grades are private to each author",
                Grades::Thread => "Grades are shown in the thread for those who agreed (share on)",
            },
        )
        .item(
            Mark::Point,
            match run_low {
                RunLow::Again => "When every question was asked, the hardest come again after 60 days",
                RunLow::Pause => "When every question was asked, it pauses and tells you",
            },
        );
    if scene.abilities().groups {
        let role = scene.typed("setup role");
        card = card.item(
            Mark::Point,
            wording::marked(&match told {
                Some(_) => format!("Mentions the role you chose with each question; `{role} off` ends that"),
                None => format!("Mentions nobody; `{role}` names a role that wants to be told"),
            }),
        );
    }
    if let Some(unread) = &scene.abilities().unread {
        card = card.small(unread.as_str());
    }
    let today = scene.today();
    for range in timetable.holidays.iter().filter(|range| range.last() >= today) {
        card = card.item(Mark::Point, format!("Nothing on {range}"));
    }
    Ok(card)
}

/// Starts a schedule, or lets a changed one go on.
pub(super) async fn begin(scene: &mut Scene<'_>, schedule: Schedule<Plan>) -> anyhow::Result<Card> {
    let on = Schedule { state: "on".into(), lost: None, ..schedule };
    scene.tx.save_schedule(&on, scene.now).await?;
    zone_of_days(scene, &on).await?;
    scene.tx.set_unanswered(scene.workspace.id, on.id, 0).await?;
    let Some(post) = on.plan.timetable.next_post(on.last_date, scene.now) else {
        return Ok(Card::says("There is no day left to post on; change the days or the holidays."));
    };
    // What lies before the first post is not owed.
    let before = post.date.yesterday().unwrap_or(post.date);
    if on.last_date.is_none_or(|last| last < before) {
        scene.tx.set_last_date(scene.workspace.id, on.id, before).await?;
    }
    scene.tx.set_deadline(scene.workspace.id, daily::POST, on.id, post.at).await?;
    Ok(described(scene, Card::titled("The daily question is on in this channel"), &on)?
        .text(Text::new().plain("The next one comes ").time(post.at).plain(".")))
}

/// A team with one schedule counts all its days in that schedule's zone. What was earned stays on the day it was earned.
async fn zone_of_days(scene: &mut Scene<'_>, schedule: &Schedule<Plan>) -> anyhow::Result<()> {
    let Some(zone) = schedule.plan.timetable.zone.iana_name() else { return Ok(()) };
    if scene.tx.schedules::<Plan>(scene.workspace.id, &schedule.pack).await?.len() == 1 {
        scene.tx.set_workspace_zone(scene.workspace.id, zone).await?;
        zone.clone_into(&mut scene.workspace.zone);
    }
    Ok(())
}

/// *Start* was pressed.
pub(super) async fn start(scene: &mut Scene<'_>, id: Uuid) -> anyhow::Result<Turn> {
    match scene.tx.lock_schedule::<Plan>(scene.workspace.id, id).await? {
        Some(schedule) => begin(scene, schedule).await.map(Turn::Update),
        None => Ok(gone(scene)),
    }
}

/// *Change* was pressed: the form that changes a plan.
pub(super) async fn change_form(scene: &mut Scene<'_>, id: Uuid) -> anyhow::Result<Turn> {
    let Some(schedule) = scene.tx.lock_schedule::<Plan>(scene.workspace.id, id).await? else {
        return Ok(gone(scene));
    };
    let Timetable { zone, days, post, .. } = &schedule.plan.timetable;
    let abilities = scene.abilities();
    let answers = if abilities.unread.is_some() { "Answers: private" } else { "Answers: thread, private or both" };
    let field = |id: &str, label: &str, value: String| Field { id: id.into(), label: label.into(), value, long: false, required: true };
    Ok(Turn::Form(Form {
        id: format!("setup.{}", schedule.id.simple()),
        title: "The daily question".into(),
        text: "When it posts, and what it asks.".into(),
        fields: vec![
            field("time", "Time", post.strftime("%H:%M").to_string()),
            field("days", "Days", days.to_string()),
            field("zone", "Time zone", zone.iana_name().unwrap_or("UTC").to_owned()),
            field("topics", "Topics", schedule.plan.topics.join(", ")),
            field("answers", answers, abilities.answers(schedule.plan.answers).name().to_owned()),
            field("grades", "Grades: author or thread", schedule.plan.grades.name().to_owned()),
        ],
    }))
}

/// The form that changes a plan was sent. Every wrong field is named at once.
pub(super) async fn changed(scene: &mut Scene<'_>, id: Uuid, fields: &[(String, String)]) -> anyhow::Result<Turn> {
    let Some(schedule) = scene.tx.lock_schedule::<Plan>(scene.workspace.id, id).await? else {
        return Ok(gone(scene));
    };
    let mut plan = schedule.plan.clone();
    let ground = ground(scene, &schedule.pack)?;
    let mut errors = Vec::new();
    for (name, value) in fields {
        if let Err(error) = set(&ground, &mut plan, name, value) {
            errors.push(FieldError { field: name.clone(), error });
        }
    }
    if !errors.is_empty() {
        return Ok(Turn::FormErrors(errors));
    }
    let schedule = Schedule { plan, ..schedule };
    scene.tx.save_schedule(&schedule, scene.now).await?;
    if schedule.state == "on" {
        return begin(scene, schedule).await.map(Turn::Private);
    }
    Ok(Turn::Private(offered(scene, &schedule)?))
}

fn gone(scene: &Scene<'_>) -> Turn {
    wording::line(wording::marked(&format!("That schedule is gone. `{}` makes a new one.", scene.typed("setup"))))
}

/// `setup lead` and `setup reviewer`.
pub(super) async fn role(scene: &mut Scene<'_>, reviewer: bool, who: &str, remove: bool) -> anyhow::Result<Turn> {
    let member = match whom::named(scene, who).await? {
        Ok((member, _)) => member,
        Err(nobody) => return Ok(nobody),
    };
    let lead = if reviewer { member.lead } else { !remove };
    let reviews = if reviewer { !remove } else { member.reviewer };
    scene.tx.set_roles(scene.workspace.id, member.id, lead, reviews).await?;
    if lead {
        // A lead isn't muted.
        scene.tx.set_muted(scene.workspace.id, member.id, false).await?;
    }
    let what = if reviewer { "a reviewer" } else { "a lead" };
    Ok(wording::line(format!("{} is {} {what}.", member.name, if remove { "no longer" } else { "now" })))
}

/// `setup role`: the group that is mentioned with each question of the channel, or none.
pub(super) async fn told(scene: &mut Scene<'_>, by: &Speaker, pack: &str, group: &str) -> anyhow::Result<Turn> {
    if !scene.abilities().groups {
        return Ok(wording::line("This chat has no roles, so nobody can be mentioned."));
    }
    let Some(schedule) = in_channel(scene, pack, &by.place.channel).await? else { return Ok(schedule::none_here(pack)) };
    let named = group.strip_prefix("<@&").and_then(|id| id.strip_suffix('>')).filter(|id| !id.is_empty());
    if named.is_none() && !group.eq_ignore_ascii_case("off") {
        let line = format!("Which role? Choose it, so that it stands there as a mention, or end it: `{}`", scene.typed("setup role off"));
        return Ok(wording::line(wording::marked(&line)));
    }
    let plan = Plan { told: named.map(str::to_owned), ..schedule.plan.clone() };
    scene.tx.save_schedule(&Schedule { plan, ..schedule }, scene.now).await?;
    Ok(wording::line(match named {
        Some(_) => "That role is mentioned with each daily question here, and with nothing else. Let people take it who want to be told.",
        None => "Nobody is mentioned with the daily question.",
    }))
}

/// `setup notices`: where leads are told things.
pub(super) async fn notices(scene: &mut Scene<'_>, by: &Speaker, on: bool) -> anyhow::Result<Turn> {
    let channel = on.then_some(by.place.channel.as_str());
    scene.tx.set_notices(scene.workspace.id, channel).await?;
    let show = scene.typed("schedule show");
    Ok(wording::line(wording::marked(&match channel {
        Some(channel) => format!("Leads are told things in {} from now on. `{show}` keeps them as well.", wording::channel(channel)),
        None => format!("Nothing is said in a channel any more; what leads should know waits on `{show}`."),
    })))
}
