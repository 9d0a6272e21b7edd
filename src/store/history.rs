//! What was said in a room, read back for a page: the channel's posts with their threads, and the cards of one member.

use super::answers::Message;
use super::outbox::Said;
use super::{Db, Result, Ts, Tx};
use crate::message::{Speech, Turn};
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

/// Something the bot said. Its id tells when it was decided, and sorts by it.
#[derive(Debug, Clone, FromRow)]
pub struct Post {
    /// Ours.
    pub id: Uuid,
    /// What it is about.
    pub about: String,
    /// `post`, `thread`, `edit` or `react`.
    pub verb: String,
    /// The channel's id.
    pub channel: String,
    /// The thread it was said in, where that was known when it was decided.
    pub thread: Option<String>,
    /// The round it belongs to.
    pub round_id: Option<Uuid>,
    /// The row it follows.
    pub on_row: Option<Uuid>,
    /// The message a reaction is for.
    pub on_message: Option<String>,
    /// The words.
    #[sqlx(json)]
    pub speech: Speech,
    /// The platform's id of it.
    pub sent_id: Option<String>,
}

/// What a member was answered with.
#[derive(Debug, Clone, FromRow)]
pub struct Answered {
    /// The delivery that was answered.
    pub delivery: String,
    /// When it came.
    pub at: Ts,
    /// The answer.
    #[sqlx(json)]
    pub turn: Turn,
}

/// How many cards were sent to a member alone.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Told {
    /// The platform's id of the member.
    pub audience: String,
    /// How many.
    pub cards: i64,
}

/// A thread of a daily, to be read back.
#[derive(Debug, Clone, FromRow)]
pub struct Opened {
    /// The platform's id of the workspace.
    pub home: String,
    /// Whose.
    pub workspace_id: Uuid,
    /// The daily.
    pub round_id: Uuid,
    /// The daily's: `open` or `closed`.
    pub state: String,
    /// The platform's id of the channel.
    pub channel: String,
    /// The platform's id of the thread.
    pub thread: String,
}

impl Db {
    /// Everything in a workspace's outbox, oldest first.
    pub async fn outbox(&self, workspace: Uuid) -> Result<Vec<Said>> {
        self.sql("SELECT id, about, state, sent_id, sent_at, reason FROM outbox WHERE workspace_id = $1 ORDER BY id")
            .bind(workspace)
            .all()
            .await
    }

    /// The threads of a platform's dailies that are open, or closed since a time, oldest first.
    pub async fn threads_since(&self, platform: &str, since: Timestamp) -> Result<Vec<Opened>> {
        self.sql(
            "SELECT w.external_id AS home, r.workspace_id, r.id AS round_id, r.state, r.channel, o.sent_id AS thread
             FROM workspaces w JOIN rounds r ON r.workspace_id = w.id
             JOIN outbox o ON o.workspace_id = r.workspace_id AND o.round_id = r.id
             WHERE w.platform = $1 AND r.kind = 'daily' AND (r.state = 'open' OR (r.state = 'closed' AND r.closes_at >= $2))
               AND o.verb = 'thread' AND o.state <> 'failed' AND o.sent_id IS NOT NULL
             ORDER BY r.opens_at, r.id",
        )
        .bind(platform)
        .bind(Ts::from(since))
        .all()
        .await
    }
}

impl Tx {
    /// The round whose thread this is.
    pub async fn round_of_thread(&mut self, workspace: Uuid, thread: &str) -> Result<Option<Uuid>> {
        let found: Option<(Option<Uuid>,)> = self
            .sql("SELECT round_id FROM outbox WHERE workspace_id = $1 AND sent_id = $2 AND verb = 'thread'")
            .bind(workspace)
            .bind(thread)
            .opt()
            .await?;
        Ok(found.and_then(|(round,)| round))
    }

    /// The newest `n` of what was posted in the channels and stands for itself, newest first; none after `upto`. The questions and
    /// scores of a challenge stand with it.
    pub async fn heads(&mut self, workspace: Uuid, upto: Uuid, n: i64) -> Result<Vec<Uuid>> {
        let heads: Vec<(Uuid,)> = self
            .sql(
                "SELECT id FROM outbox
                 WHERE workspace_id = $1 AND id <= $2 AND audience IS NULL AND verb = 'post' AND on_row IS NULL AND thread IS NULL
                   AND sent_id IS NOT NULL
                   AND about NOT LIKE 'asked:%' AND about NOT LIKE 'scoreboard:%' AND about NOT LIKE 'podium:%'
                 ORDER BY id DESC LIMIT $3",
            )
            .bind(workspace)
            .bind(upto)
            .bind(n)
            .all()
            .await?;
        Ok(heads.into_iter().map(|(id,)| id).collect())
    }

    /// All that was said to everybody from a row to another, oldest first; signs on messages are not among it.
    pub async fn said_between(&mut self, workspace: Uuid, from: Uuid, to: Uuid) -> Result<Vec<Post>> {
        self.sql(
            "SELECT id, about, verb, channel, thread, round_id, on_row, on_message, speech, sent_id FROM outbox
             WHERE workspace_id = $1 AND id >= $2 AND id <= $3 AND audience IS NULL AND verb <> 'react' AND sent_id IS NOT NULL ORDER BY id",
        )
        .bind(workspace)
        .bind(from)
        .bind(to)
        .all()
        .await
    }

    /// The thread that was opened on a row: its channel, and its id.
    pub async fn thread_on(&mut self, workspace: Uuid, row: Uuid) -> Result<Option<(String, String)>> {
        self.sql(
            "SELECT channel, sent_id FROM outbox
             WHERE workspace_id = $1 AND id > $2 AND on_row = $2 AND verb = 'thread' AND sent_id IS NOT NULL ORDER BY id LIMIT 1",
        )
        .bind(workspace)
        .bind(row)
        .opt()
        .await
    }

    /// The newest `n` signs on messages of a thread that was opened on a row, newest first.
    pub async fn signs_in(&mut self, workspace: Uuid, head: Uuid, thread: &str, n: i64) -> Result<Vec<Post>> {
        self.sql(
            "SELECT id, about, verb, channel, thread, round_id, on_row, on_message, speech, sent_id FROM outbox
             WHERE workspace_id = $1 AND id > $2 AND thread = $3 AND verb = 'react' AND sent_id IS NOT NULL ORDER BY id DESC LIMIT $4",
        )
        .bind(workspace)
        .bind(head)
        .bind(thread)
        .bind(n)
        .all()
        .await
    }

    /// The newest `n` of what members wrote in a round's thread and did not take back, newest first by the platform's time; forms are their
    /// authors' own.
    pub async fn written_to(&mut self, workspace: Uuid, round: Uuid, n: i64) -> Result<Vec<Message>> {
        self.sql(
            "SELECT message_id, member_id, at, via, reply_to, versions, deleted_at FROM messages
             WHERE workspace_id = $1 AND round_id = $2 AND member_id IS NOT NULL AND via = 'thread' AND deleted_at IS NULL
             ORDER BY at DESC, message_id DESC LIMIT $3",
        )
        .bind(workspace)
        .bind(round)
        .bind(n)
        .all()
        .await
    }

    /// The newest cards sent to one member alone, newest first.
    pub async fn told_to(&mut self, workspace: Uuid, audience: &str, n: i64) -> Result<Vec<Post>> {
        self.sql(
            "SELECT id, about, verb, channel, thread, round_id, on_row, on_message, speech, sent_id FROM outbox
             WHERE workspace_id = $1 AND audience = $2 AND sent_at IS NOT NULL ORDER BY id DESC LIMIT $3",
        )
        .bind(workspace)
        .bind(audience)
        .bind(n)
        .all()
        .await
    }

    /// The newest answers to one member, newest first.
    pub async fn answers_to(&mut self, workspace: Uuid, member: Uuid, n: i64) -> Result<Vec<Answered>> {
        self.sql(
            "SELECT delivery, at, turn FROM inbox WHERE workspace_id = $1 AND member_id = $2 AND turn IS NOT NULL
             ORDER BY at DESC, delivery DESC LIMIT $3",
        )
        .bind(workspace)
        .bind(member)
        .bind(n)
        .all()
        .await
    }

    /// How many cards each member was sent since a row, which tells whose page has something new.
    pub async fn told_since(&mut self, workspace: Uuid, from: Uuid) -> Result<Vec<Told>> {
        self.sql(
            "SELECT audience, COUNT(*) AS cards FROM outbox
             WHERE workspace_id = $1 AND id >= $2 AND audience IS NOT NULL AND sent_at IS NOT NULL GROUP BY audience ORDER BY audience",
        )
        .bind(workspace)
        .bind(from)
        .all()
        .await
    }
}
