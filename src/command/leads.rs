//! The words behind what only leads do: names and questions.

use super::{Call, Misread, strip_option_name};
use crate::bank::Pack;

/// What is done with a schedule's queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Queue {
    /// It is shown.
    Show,
    /// It is emptied.
    Clear,
    /// These questions come first, in this order; each is named once.
    First(Vec<String>),
}

/// What a lead does about a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moderation {
    /// Takes their latest answer out.
    Withdraw,
    /// Clears their name on boards.
    Alias,
    /// Mutes them, or no longer.
    Mute(bool),
}

/// Reads whom to make a lead or reviewer, or no longer.
pub(super) fn role(words: &[String], reviewer: bool) -> Result<Call, Misread> {
    let (who, remove) = without_off(words);
    Ok(Call::SetupRole { reviewer, who: named(who, "setup lead")?, remove })
}

/// Reads a group, or `off`.
pub(super) fn group(words: &[String], _: &Pack) -> Result<Call, Misread> {
    let typed = words.join(" ");
    Ok(Call::SetupGroup(typed.strip_prefix("role:").unwrap_or(&typed).trim().to_owned()))
}

/// Reads whom to mute, or no longer.
pub(super) fn mute(words: &[String], _: &Pack) -> Result<Call, Misread> {
    let (who, off) = without_off(words);
    Ok(Call::Moderate(Moderation::Mute(!off), named(who, "moderate mute")?))
}

/// Reads whom something is about.
pub(super) fn moderate(words: &[String], what: Moderation) -> Result<Call, Misread> {
    let command = if what == Moderation::Alias { "moderate alias" } else { "moderate withdraw" };
    Ok(Call::Moderate(what, named(words, command)?))
}

/// A name, and whether `off` stands behind it.
fn without_off(words: &[String]) -> (&[String], bool) {
    match words.split_last() {
        Some((last, name)) if !name.is_empty() && last.eq_ignore_ascii_case("off") => (name, true),
        _ => (words, false),
    }
}

fn named(words: &[String], command: &str) -> Result<String, Misread> {
    let who = words.iter().map(|word| strip_option_name(word)).collect::<Vec<_>>().join(" ");
    match who.trim_start_matches('@') {
        "" => Err(Misread(format!("Who? Type a name, such as: {command} Ana"))),
        who => Ok(who.to_owned()),
    }
}

/// Reads the ids of questions, or `clear`.
pub(super) fn queue(words: &[String], _: &Pack) -> Result<Call, Misread> {
    let mut ids = Vec::new();
    for id in words.iter().flat_map(|word| word.split(',')).map(question_id).filter(|id| !id.is_empty()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(Call::ScheduleQueue(match ids.as_slice() {
        [] => Queue::Show,
        [word] if word == "clear" => Queue::Clear,
        _ => Queue::First(ids),
    }))
}

/// A question's id as it may be typed: with its option's name, in quotes, in capitals.
fn question_id(word: &str) -> String {
    let word = word.split_once([':', '=']).filter(|(name, _)| matches!(*name, "id" | "question")).map_or(word, |(_, id)| id);
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Reads a question's id and a reason.
pub(super) fn retire(words: &[String], _: &Pack) -> Result<Call, Misread> {
    let (id, rest) = named_question(words, "question retire")?;
    let reason = rest.join(" ");
    let reason = reason.strip_prefix("reason:").unwrap_or(&reason).trim();
    Ok(Call::QuestionRetire { id, reason: (!reason.is_empty()).then(|| reason.to_owned()) })
}

/// Reads a question's id.
pub(super) fn restore(words: &[String], _: &Pack) -> Result<Call, Misread> {
    named_question(words, "question restore").map(|(id, _)| Call::QuestionRestore(id))
}

fn named_question<'w>(words: &'w [String], command: &str) -> Result<(String, &'w [String]), Misread> {
    match words.split_first().map(|(first, rest)| (question_id(first), rest)) {
        Some((id, rest)) if !id.is_empty() => Ok((id, rest)),
        _ => Err(Misread(format!("Which question? Type its id, such as: {command} canary"))),
    }
}
