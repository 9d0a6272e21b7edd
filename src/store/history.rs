//! What was said in a room, read back for a page: dailies with their threads, and the cards of one member.

use super::answers::Message;
use super::rounds::Round;
use super::{Db, Result, Ts};
use crate::message::{Speech, Turn};
use sqlx::FromRow;
use uuid::Uuid;

/// Something the bot said.
#[derive(Debug, Clone, FromRow)]
pub struct Post {
    /// Ours.
    pub id: Uuid,
    /// What it is about.
    pub about: String,
    /// `post`, `thread`, `edit` or `react`.
    pub verb: String,
    /// The message a reaction is for.
    pub on_message: Option<String>,
    /// The words.
    #[sqlx(json)]
    pub speech: Speech,
    /// When.
    pub sent_at: Option<Ts>,
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

impl Db {
    /// The newest dailies of a workspace, newest first.
    pub async fn latest_dailies(&self, workspace: Uuid, n: i64) -> Result<Vec<Round>> {
        self.sql(
            "SELECT workspace_id, id, kind, pack, question, schedule_id, local_date, extra, again, channel, quiz_id, opens_at, closes_at, state
             FROM rounds WHERE workspace_id = $1 AND kind = 'daily' AND state <> 'void' ORDER BY opens_at DESC, id DESC LIMIT $2",
        )
        .bind(workspace)
        .bind(n)
        .all()
        .await
    }

    /// What the bot said to everybody about a round, oldest first.
    pub async fn posts_about(&self, workspace: Uuid, round: Uuid) -> Result<Vec<Post>> {
        self.sql(
            "SELECT id, about, verb, on_message, speech, sent_at, sent_id FROM outbox
             WHERE workspace_id = $1 AND round_id = $2 AND audience IS NULL AND sent_id IS NOT NULL ORDER BY id",
        )
        .bind(workspace)
        .bind(round)
        .all()
        .await
    }

    /// The signs on messages of a thread.
    pub async fn signs_in(&self, workspace: Uuid, thread: &str) -> Result<Vec<Post>> {
        self.sql(
            "SELECT id, about, verb, on_message, speech, sent_at, sent_id FROM outbox
             WHERE workspace_id = $1 AND thread = $2 AND verb = 'react' AND state = 'sent' ORDER BY id",
        )
        .bind(workspace)
        .bind(thread)
        .all()
        .await
    }

    /// What members wrote in a round's thread and did not take back, by the platform's time; forms are their authors' own.
    pub async fn written_to(&self, workspace: Uuid, round: Uuid) -> Result<Vec<Message>> {
        self.sql(
            "SELECT message_id, member_id, at, via, reply_to, versions, deleted_at FROM messages
             WHERE workspace_id = $1 AND round_id = $2 AND member_id IS NOT NULL AND via = 'thread' AND deleted_at IS NULL
             ORDER BY at, message_id",
        )
        .bind(workspace)
        .bind(round)
        .all()
        .await
    }

    /// The newest cards sent to one member alone, newest first.
    pub async fn told_to(&self, workspace: Uuid, audience: &str, n: i64) -> Result<Vec<Post>> {
        self.sql(
            "SELECT id, about, verb, on_message, speech, sent_at, sent_id FROM outbox
             WHERE workspace_id = $1 AND audience = $2 AND sent_at IS NOT NULL ORDER BY sent_at DESC, id DESC LIMIT $3",
        )
        .bind(workspace)
        .bind(audience)
        .bind(n)
        .all()
        .await
    }

    /// The newest answers to one member, newest first.
    pub async fn answers_to(&self, workspace: Uuid, member: Uuid, n: i64) -> Result<Vec<Answered>> {
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

    /// How many cards each member was sent, which tells whose page has something new.
    pub async fn told(&self, workspace: Uuid) -> Result<Vec<Told>> {
        self.sql(
            "SELECT audience, COUNT(*) AS cards FROM outbox WHERE workspace_id = $1 AND audience IS NOT NULL AND sent_at IS NOT NULL
             GROUP BY audience ORDER BY audience",
        )
        .bind(workspace)
        .all()
        .await
    }
}
