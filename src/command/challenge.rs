//! The words behind `challenge`.

use super::{Call, Misread, no_topic, topic_of};
use crate::bank::Pack;
use crate::screening::shown;

/// The most questions a challenge asks: it is played in one sitting.
pub const MOST_ASKED: u32 = 20;
/// How many questions a challenge asks when no number is named.
const USUALLY_ASKED: u32 = 5;
/// The longest a challenge's question is open, in minutes.
pub const MOST_MINUTES: u32 = 30;
/// How long a challenge's question is open when no time is named, in minutes: to think, and to write three sentences.
const USUAL_MINUTES: u32 = 3;

/// What is done with a channel's challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steer {
    /// Take part.
    Join,
    /// Begin with the first question.
    Start,
    /// End it.
    Stop,
}

/// Reads a topic, how many questions, and how many minutes each is open; or what to do with the challenge that is there.
pub(super) fn challenge(words: &[String], pack: &Pack) -> Result<Call, Misread> {
    if let [word] = words {
        match word.to_lowercase().as_str() {
            "join" => return Ok(Call::ChallengeSteer(Steer::Join)),
            "start" => return Ok(Call::ChallengeSteer(Steer::Start)),
            "stop" | "end" => return Ok(Call::ChallengeSteer(Steer::Stop)),
            _ => {}
        }
    }
    let (mut topic, mut count, mut minutes) = (None, None, None);
    for typed in words {
        let word = typed.to_lowercase();
        let (name, value) = word.split_once([':', '=']).unwrap_or(("", &word));
        let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let unit = &value[number.len()..];
        let names_minutes = name.starts_with("min") || matches!(unit, "m" | "min" | "mins" | "minute" | "minutes");
        if matches!(value, "minutes" | "minute" | "min" | "questions" | "question" | "each" | "per" | "a" | "on") {
            continue;
        }
        if let Some(found) = topic_of(value, pack) {
            topic = Some(found.to_owned());
        } else if number.is_empty() || !number.trim_start_matches(['-', '+']).bytes().all(|b| b.is_ascii_digit()) {
            return Err(no_topic(typed, pack));
        } else if names_minutes || (count.is_some() && name.is_empty()) {
            minutes = Some(within(number, MOST_MINUTES, "A question of a challenge is open for 1 to", "minutes")?);
        } else {
            count = Some(within(number, MOST_ASKED, "A challenge has 1 to", "questions")?);
        }
    }
    Ok(Call::Challenge { topic, count: count.unwrap_or(USUALLY_ASKED), minutes: minutes.unwrap_or(USUAL_MINUTES) })
}

fn within(number: &str, most: u32, begins: &str, unit: &str) -> Result<u32, Misread> {
    let read = number.parse().ok().filter(|n| (1..=most).contains(n));
    read.ok_or_else(|| Misread(format!("{begins} {most} {unit}, not {}.", shown(number))))
}
