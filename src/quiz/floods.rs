//! How much one member may do within a minute, so that one who floods keeps nobody else waiting.
//!
//! What counts is what is kept anyway: the inbox, and the messages of a round. So a restart changes nothing, and each workspace counts for
//! itself. A form is always taken: it could only be opened by a press that was, and what was typed into it would be lost. A message that
//! could be an answer and isn't read gets a sign; mere talk is let pass.

use crate::message::{Card, Reaction, Turn, What};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::{substance, threads, wording};
use crate::store::Result;
use crate::store::answers::Message;
use crate::store::rounds::Round;
use jiff::{SignedDuration, Timestamp};

/// The time within which it is counted.
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// How much one member may do within any minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Floods {
    /// Commands and presses.
    pub presses: i64,
    /// Messages in a thread, and changes of one message, by the platform's time.
    pub messages: i64,
    /// Messages to the bot alone, such as the answers of a quiz.
    pub whispers: i64,
}

impl Default for Floods {
    /// One press a second is faster than anybody reads, and a message every other second faster than anybody thinks.
    fn default() -> Floods {
        Floods { presses: 60, messages: 30, whispers: 30 }
    }
}

impl Floods {
    /// As much as one likes, where there is nobody else to keep waiting.
    pub const NONE: Floods = Floods { presses: i64::MAX, messages: i64::MAX, whispers: i64::MAX };
}

/// What to say to somebody who does too much, instead of doing it. Messages in threads are looked at there.
pub(super) async fn held_back(scene: &mut Scene<'_>, by: &Speaker, what: &What) -> Result<Option<Turn>> {
    let limits = scene.abilities().floods;
    let (most, answered) = match what {
        What::Command { .. } | What::Press { .. } => (limits.presses, true),
        What::Message { .. } if by.place.private => (limits.whispers, false),
        _ => return Ok(None),
    };
    if scene.tx.heard_since(scene.workspace.id, by.member.id, scene.now - MINUTE, answered).await? < most {
        return Ok(None);
    }
    let line = format!("That is more than {most} in a minute, so I did nothing about it. Wait a minute, then go on.");
    if answered || !scene.abilities().posts_private {
        return Ok(Some(wording::line(line)));
    }
    let about = format!("flood:{}:{}", by.member.id, minute(scene.now));
    scene.tell(by, about, Card::says(line)).await?;
    Ok(Some(Turn::None))
}

/// A message in a round's thread is one too many, and isn't read.
pub(super) async fn unread(scene: &mut Scene<'_>, by: &Speaker, round: &Round, id: &str, text: &str) -> Result<bool> {
    let most = scene.abilities().floods.messages;
    if scene.tx.said_since(scene.workspace.id, round.id, by.member.id, by.at - MINUTE, by.at).await? < most {
        return Ok(false);
    }
    if substance::explicit(text).is_some() || threads::may_answer(scene, by, round).await? {
        tell(scene, by, round, id, most).await?;
    }
    Ok(true)
}

/// A change of a message is one too many, and isn't read.
pub(super) async fn change_unread(scene: &mut Scene<'_>, by: &Speaker, round: &Round, known: &Message) -> Result<bool> {
    let most = scene.abilities().floods.messages;
    let lately = known.versions.iter().filter(|(at, _)| *at > by.at - MINUTE && *at <= by.at).count();
    let is_too_many = i64::try_from(lately).unwrap_or(i64::MAX) >= most;
    if is_too_many {
        tell(scene, by, round, &known.message_id, most).await?;
    }
    Ok(is_too_many)
}

/// A sign on what isn't read, and once a minute why.
async fn tell(scene: &mut Scene<'_>, by: &Speaker, round: &Round, id: &str, most: i64) -> Result<()> {
    threads::react(scene, by, id, Reaction::Unread).await?;
    let line = format!(
        "That is more than {most} in a minute, so I didn't read it; what you wrote before counts. Wait a minute, then send your answer \
         again."
    );
    let about = format!("flood:{}:{}:{}", round.id, by.member.id, minute(by.at));
    scene.tell(by, about, Card::says(line)).await
}

fn minute(at: Timestamp) -> i64 {
    at.as_second() / MINUTE.as_secs()
}
