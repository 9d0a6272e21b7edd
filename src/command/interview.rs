//! The words behind `interview`.

use super::{Call, Misread, level_of, shown, topic_of};
use crate::bank::Pack;

/// How long an interview may take, in minutes; the first is usual.
pub const INTERVIEW_MINUTES: [u32; 2] = [20, 40];

/// Reads how many minutes it takes.
pub(super) fn interview(words: &[String], pack: &Pack) -> Result<Call, Misread> {
    let mut minutes = INTERVIEW_MINUTES[0];
    for typed in words {
        let word = typed.to_lowercase();
        let value = word.split_once([':', '=']).map_or(word.as_str(), |(_, value)| value);
        if matches!(value, "m" | "min" | "mins" | "minute" | "minutes" | "interview" | "for") {
            continue;
        }
        if topic_of(value, pack).is_some() || level_of(value).is_some() {
            let says = "An interview goes through all topics and finds your level by itself.";
            return Err(Misread(format!("{says} To drill what you choose: /{} quiz {}", pack.id, shown(value))));
        }
        let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let known = INTERVIEW_MINUTES.into_iter().find(|minutes| number.parse() == Ok(*minutes));
        minutes = known.ok_or_else(|| Misread(format!("An interview takes 20 or 40 minutes, not {}.", shown(typed))))?;
    }
    Ok(Call::Interview { minutes })
}
