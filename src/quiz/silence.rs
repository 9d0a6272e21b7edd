//! What a chat needs to know after a silence: which threads to read back, and what was heard in them before.

use crate::message::Home;
use crate::quiz::Quiz;
use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// How long after its close a question's thread is read back: late answers are still read.
const READ_BACK: SignedDuration = SignedDuration::from_hours(48);

/// A thread in which something may have been said that was not heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenThread {
    /// Whose.
    pub home: Home,
    /// The platform's id of the channel.
    pub channel: String,
    /// The platform's id of the thread.
    pub thread: String,
    /// Its question still takes answers.
    pub open: bool,
    workspace: Uuid,
    round: Uuid,
}

/// A message that was heard, and was not taken back since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The platform's id of it.
    pub id: String,
    /// When it was last changed, or else written, by the platform's time.
    pub at: Timestamp,
}

impl Quiz {
    /// The threads of a platform's dailies that are open or closed within two days, oldest first.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn threads_of(&self, platform: &str, now: Timestamp) -> Result<Vec<OpenThread>> {
        let threads = self.db.threads_since(platform, now - READ_BACK).await?;
        let threads = threads.into_iter().map(|row| OpenThread {
            home: Home { platform: platform.to_owned(), id: row.home },
            channel: row.channel,
            thread: row.thread,
            open: row.state == "open",
            workspace: row.workspace_id,
            round: row.round_id,
        });
        Ok(threads.collect())
    }

    /// The messages that were heard in a thread and not taken back. One that the platform has not any more was deleted; one that it
    /// has changed since was edited; one that isn't here is new. Whatever of that is told twice is harmless.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn heard_in(&self, thread: &OpenThread) -> Result<Vec<Heard>> {
        let mut tx = self.db.look().await?;
        let messages = tx.messages(thread.workspace, thread.round).await?.into_iter();
        let typed = messages.filter(|message| message.via == "thread" && message.deleted_at.is_none());
        // A message of which only an edit was heard has that one version.
        let heard = typed.map(|message| Heard { at: message.versions.last().map_or(*message.at, |(at, _)| *at), id: message.message_id });
        Ok(heard.collect())
    }
}
