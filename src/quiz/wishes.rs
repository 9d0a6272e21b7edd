//! What is typed behind `setup`: each word is taken for what it is, and everything that is nothing is named at once.

use crate::bank::Pack;
use crate::command::{self, nearest};
use crate::quiz::Abilities;
use crate::quiz::plan::{Answers, Grades, Plan, RunLow};
use crate::quiz::weekdays::{DaysFault, parse_days};
use crate::quiz::when::parse_time;
use crate::quiz::wording::sentence;
use crate::quiz::zones::{ZoneFault, parse_zone};
use crate::screening::shown;

/// Words that stand between others and say nothing.
const FILLERS: [&str; 5] = ["and", "at", "in", "on", "from"];
/// Words that make one range of the days around them.
const RANGES: [&str; 5] = ["-", "–", "—", "to", "until"];

/// What wishes are measured by.
pub(super) struct Ground<'p> {
    pub(super) pack: &'p Pack,
    pub(super) abilities: Abilities,
}

/// The words of one `setup`, sorted by what they are.
#[derive(Default)]
struct Wishes {
    start: bool,
    days: Vec<String>,
    topics: Vec<String>,
    faults: Vec<String>,
}

/// Changes a plan by what was typed. True: it is to start.
///
/// # Errors
/// A sentence for each word that is nothing; the plan is then not to be kept.
pub(super) fn wish(ground: &Ground<'_>, plan: &mut Plan, words: &[String]) -> Result<bool, Vec<String>> {
    let words: Vec<&str> = words.iter().flat_map(|word| word.split(',')).filter(|word| !word.is_empty()).collect();
    let mut wishes = Wishes::default();
    let mut at = 0;
    while at < words.len() {
        at += take(ground, plan, &mut wishes, &words[at..]);
    }
    if !wishes.days.is_empty() {
        let days = wishes.days.join(" ");
        wishes.tried(set(ground, plan, "days", &days));
    }
    if !wishes.topics.is_empty() {
        let topics = wishes.topics.join(" ");
        wishes.tried(set(ground, plan, "topics", &topics));
    }
    if wishes.faults.is_empty() { Ok(wishes.start) } else { Err(wishes.faults) }
}

/// Takes what stands first; how many words that was.
fn take(ground: &Ground<'_>, plan: &mut Plan, wishes: &mut Wishes, words: &[&str]) -> usize {
    let (word, lower) = (words[0], words[0].to_lowercase());
    let next = words.get(1).map(|next| next.to_lowercase());
    if let Some((name, value)) = lower.split_once(['=', ':']).filter(|(name, _)| is_field(name)) {
        match name {
            "day" | "days" => wishes.days.push(value.to_owned()),
            "topic" | "topics" => wishes.topics.push(value.to_owned()),
            name => wishes.tried(set(ground, plan, name, value)),
        }
        return 1;
    }
    let names_day = |word: &str| parse_days(word).is_ok();
    match lower.as_str() {
        "start" => wishes.start = true,
        "again" => plan.run_low = RunLow::Again,
        "pause" => plan.run_low = RunLow::Pause,
        lower if FILLERS.contains(&lower) => {}
        lower if RANGES.contains(&lower) && !wishes.days.is_empty() => wishes.days.push(lower.to_owned()),
        lower if lower.starts_with(|c: char| c.is_ascii_digit()) => {
            let half = next.filter(|next| ["am", "pm", "a.m.", "p.m."].contains(&next.as_str()));
            wishes.tried(set(ground, plan, "time", &format!("{word}{}", half.as_deref().unwrap_or_default())));
            return 1 + usize::from(half.is_some());
        }
        lower if ground.pack.topics.iter().any(|topic| topic.id == lower) => wishes.topics.push(lower.to_owned()),
        lower if names_day(lower) => wishes.days.push(lower.to_owned()),
        _ => match parse_zone(word) {
            Ok(zone) => plan.timetable.zone = zone,
            Err(fault) => wishes.faults.push(unknown(ground.pack, word, &fault)),
        },
    }
    1
}

impl Wishes {
    fn tried(&mut self, outcome: Result<(), String>) {
        self.faults.extend(outcome.err());
    }
}

/// What a word that is nothing may have been meant for.
fn unknown(pack: &Pack, word: &str, zone: &ZoneFault) -> String {
    if word.contains('/') {
        return sentence(zone);
    }
    if nearest(word, pack.topics.iter().map(|topic| topic.id.as_str())).is_some() {
        return command::no_topic(word, pack).to_string();
    }
    match (parse_days(word), zone) {
        (Err(fault @ DaysFault::Misspelt { .. }), _) => sentence(fault),
        (_, ZoneFault::Misspelt { .. } | ZoneFault::Offset { .. }) => sentence(zone),
        _ => format!(
            "I don't know what “{}” asks for: a time, days, a time zone, topics, answers=…, grades=…, again, pause or start.",
            shown(word)
        ),
    }
}

fn is_field(name: &str) -> bool {
    matches!(name, "time" | "day" | "days" | "zone" | "topic" | "topics" | "answers" | "grades")
}

/// Sets one field of a plan from what was typed, or says what is wrong with it.
pub(super) fn set(ground: &Ground<'_>, plan: &mut Plan, field: &str, value: &str) -> Result<(), String> {
    let pack = ground.pack;
    match field {
        "time" => plan.timetable.post = parse_time(value).map_err(sentence)?,
        "days" => plan.timetable.days = parse_days(value).map_err(sentence)?,
        "zone" => plan.timetable.zone = parse_zone(value).map_err(sentence)?,
        "topics" => {
            let words = value.split([',', ' ', '\n']).filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("all"));
            let topics = words.map(|word| pack.topic(word).map(|topic| topic.id.clone()).map_err(|_| command::no_topic(word, pack)));
            plan.topics = topics.collect::<Result<_, _>>().map_err(|misread| misread.to_string())?;
        }
        "answers" => {
            let answers = Answers::named(value)?;
            plan.answers = ground.abilities.refuses(answers).map_or(Ok(answers), Err)?;
        }
        "grades" => plan.grades = Grades::named(value)?,
        _ => {}
    }
    Ok(())
}
