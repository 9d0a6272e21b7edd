//! The fold: from what one member said to one round to their attempts.
//!
//! [`fold`] replays everything in the order of the platform's time (then by kind, then by id) and looks at nothing else, so that arrival
//! order, repeats and a deletion that came before its message make no difference. It is run anew at every change.
//!
//! # What begins an attempt
//! - A form, always, and a message that begins with `answer:`, always, even as a reply.
//! - Otherwise a message that replies to nobody and reads as an answer ([`Substance::Answer`]), if no attempt stands yet or *Try again* was
//!   pressed since the last one began. A "don't know" and talk begin nothing, so that a later message can still be the answer.
//! - Everything else is conversation: an [`Aside`] that says why.
//!
//! # What joins it
//! A message without `answer:` that replies to nobody, within [`PAUSE`] of the member's last message of that run, or within [`QUIET`]
//! while nobody else has spoken. Clear talk in between ("lol", a question back) keeps the run going and stays out of the text. A form
//! is one message. Opening the breakdown, *Try again* and another attempt end the run.
//!
//! # What changes it
//! - **Sealed**: an attempt is sealed when the member opens a breakdown, and at the close, because the reveal shows everything.
//! - An edit of an unsealed attempt changes it in place, as does a deletion. An edit into talk is a deletion. When nothing is left the
//!   attempt is given back: it doesn't count, what is said from then on can be the answer, and its number isn't used again.
//! - An edit of a sealed attempt leaves it as it was and begins a new one with the text as it now stands, at the time of the edit. An edit
//!   that leaves the words alone, or makes talk of them, does nothing.
//! - A deletion in a sealed attempt withdraws it; it still counts as used. Parts that are left become a new attempt.
//! - An edit of a message that belongs to no attempt is read as if it had been said at the time of the edit.
//! - At most [`ATTEMPTS`] count. What would be one more changes nothing and is an aside that says so.
//! - A copy (the caller tells) uses no attempt; an attempt that becomes a copy is given back.
//!
//! # Time
//! The round is open from `opens` up to but without `closes`. What begins after that, also by an edit, is late: feedback, no points. What would
//! join an attempt after the close makes a late attempt of the whole text, and the one on time keeps the words it had.

mod replay;

#[cfg(doc)]
use crate::quiz::substance::{self, Substance};
use jiff::{SignedDuration, Timestamp};
use replay::Replay;
use std::collections::BTreeMap;

/// How many attempts count in a round.
pub const ATTEMPTS: usize = 3;

/// A message this soon after the member's last one belongs to it.
pub const PAUSE: SignedDuration = SignedDuration::from_secs(15);

/// A message this soon after the member's last one belongs to it while nobody else has spoken.
pub const QUIET: SignedDuration = SignedDuration::from_secs(60);

/// One message or form of the member, with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The platform's id of the message, or of the form's interaction.
    pub id: String,
    /// Its texts with the platform's times, the first as it was said; in any order. Empty while only its deletion is known.
    pub versions: Vec<Version>,
    /// The message it replies to. A reply to the question itself replies to nobody: leave it `None`.
    pub reply_to: Option<String>,
    /// When it was deleted: the platform's time, or where it tells none, when the deletion was heard of.
    pub deleted: Option<Timestamp>,
    /// How it was said.
    pub via: Via,
}

/// A message's text from a time on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// When it was said or edited, by the platform's time.
    pub at: Timestamp,
    /// The whole text.
    pub text: String,
}

/// How something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Via {
    /// Typed in the thread.
    Thread,
    /// Sent with a form.
    Form,
}

/// What the fold needs to know of the round.
#[derive(Clone, Copy)]
pub struct Round<'a> {
    /// When it opened.
    pub opens: Timestamp,
    /// When it closes; a message of this very instant is late.
    pub closes: Timestamp,
    /// What was asked.
    pub prompt: &'a str,
    /// Knows the words of the field; see [`substance::read`].
    pub is_field_word: &'a dyn Fn(&str) -> bool,
    /// Tells whether a text said at a time is a copy of what *others had said before that time* or of the model answer; see [`crate::quiz::copy`].
    pub copied: &'a dyn Fn(&str, Timestamp) -> bool,
}

/// What one member did in the round, and when others spoke; all in any order.
#[derive(Debug, Clone, Copy, Default)]
pub struct Doings<'a> {
    /// What the member said, in the thread and by forms.
    pub said: &'a [Said],
    /// Each time the member was shown a breakdown.
    pub opened: &'a [Timestamp],
    /// Each time the member pressed *Try again*.
    pub again: &'a [Timestamp],
    /// When other people, not the bot, spoke in the thread.
    pub others: &'a [Timestamp],
}

/// What the fold makes of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fold {
    /// The attempts that count, oldest first; at most [`ATTEMPTS`].
    pub attempts: Vec<Attempt>,
    /// What belongs to no attempt, and edits that changed nothing, in the order of time.
    pub asides: Vec<Aside>,
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// From 1; never used again in this round, so it can pass [`ATTEMPTS`] where attempts were given back.
    pub number: u32,
    /// The messages or the form it is made of, in the order of the text.
    pub ids: Vec<String>,
    /// Its text, messages joined by line breaks; what was deleted is left out.
    pub text: String,
    /// When it began: its first message, or the edit that made it.
    pub at: Timestamp,
    /// When its last message was said.
    pub last: Timestamp,
    /// It began after the close: feedback, no points.
    pub late: bool,
    /// Deleted after it was sealed: no points, but used.
    pub withdrawn: bool,
}

/// Something said that made no attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The message's id.
    pub id: String,
    /// When it was said or edited.
    pub at: Timestamp,
    /// Why it made none.
    pub why: Why,
}

/// Why something made no attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Said before the round opened.
    BeforeOpening,
    /// The member doesn't know: offer a hint.
    DontKnow,
    /// A question.
    QuestionBack,
    /// Talk.
    Chatter,
    /// It may have been an answer: in doubt nothing is graded.
    Unclear,
    /// It replies to somebody.
    Reply,
    /// Conversation after the answer.
    Later,
    /// All attempts are used.
    NoAttemptLeft,
    /// An edit of a sealed attempt that says nothing gradable.
    EditWithoutEffect,
    /// Copied: "put it your way and it counts".
    Copied,
    /// Empty, binary or made to mislead the eye.
    Unreadable,
    /// Longer than [`substance::LONGEST`], alone or with what it would join.
    TooLong,
    /// Deleted.
    Deleted,
}

/// Folds what a member did in a round into attempts; the rules stand at the head of this module.
pub fn fold(round: &Round, doings: &Doings) -> Fold {
    let said = merged(doings.said);
    let mut replay = Replay::new(round);
    for event in timeline(round, doings, &said) {
        replay.take(&event);
    }
    replay.finished()
}

/// Puts together what was told of one message more than once.
fn merged(said: &[Said]) -> Vec<Said> {
    let mut by_id: BTreeMap<&str, Said> = BTreeMap::new();
    for one in said {
        let known = by_id.entry(&one.id).or_insert_with(|| Said { versions: Vec::new(), ..one.clone() });
        known.versions.extend(one.versions.iter().cloned());
        known.reply_to = known.reply_to.take().max(one.reply_to.clone());
        known.via = known.via.max(one.via);
        known.deleted = match (known.deleted, one.deleted) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    let mut all: Vec<Said> = by_id.into_values().collect();
    for one in &mut all {
        one.versions.sort();
        one.versions.dedup();
    }
    all
}

/// Something that happened. The order of the kinds is their order at the same instant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Closed,
    OtherSpoke,
    PressedAgain,
    Said,
    Edited,
    Opened,
    Deleted,
}

struct Event<'a> {
    at: Timestamp,
    kind: Kind,
    /// The message it is about, with its text at that time.
    about: Option<(&'a Said, &'a str)>,
}

/// Everything that happened, in order.
fn timeline<'a>(round: &Round, doings: &Doings, said: &'a [Said]) -> Vec<Event<'a>> {
    let happened = |times: &[Timestamp], kind| times.iter().map(|at| Event { at: *at, kind, about: None }).collect::<Vec<_>>();
    let mut events = happened(&[round.closes], Kind::Closed);
    events.extend(happened(doings.others, Kind::OtherSpoke));
    events.extend(happened(doings.again, Kind::PressedAgain));
    events.extend(happened(doings.opened, Kind::Opened));
    for one in said {
        let Some(first) = one.versions.first() else { continue };
        // Clocks differ: nothing is deleted before it was said.
        let deleted = one.deleted.map(|at| at.max(first.at));
        let seen = one.versions.iter().filter(|version| deleted.is_none_or(|at| version.at <= at));
        for (nth, version) in seen.enumerate() {
            let kind = if nth == 0 { Kind::Said } else { Kind::Edited };
            events.push(Event { at: version.at, kind, about: Some((one, &version.text)) });
        }
        events.extend(deleted.map(|at| Event { at, kind: Kind::Deleted, about: Some((one, "")) }));
    }
    // A stable sort: the versions of one message stay in their order.
    events.sort_by_key(|event| (event.at, event.kind, event.about.map(|(one, _)| one.id.as_str())));
    events
}

#[cfg(test)]
mod tests;
