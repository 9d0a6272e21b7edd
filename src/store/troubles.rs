//! What stands in the way of what is to be said, and what becomes of rows that can't be said where they were to be.

use super::outbox::{Leased, Said, Verb};
use super::{Result, Ts, Tx};
use crate::message::Speech;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

/// Something that stands in the way.
#[derive(Debug, Clone, FromRow)]
pub struct Trouble {
    /// The platform's id of the channel.
    pub channel: String,
    /// Why nothing gets through.
    pub why: String,
    /// What people can do about it.
    pub cure: String,
    /// Since when.
    pub since: Ts,
}

/// A row of which nobody can tell whether it was sent.
#[derive(Debug, Clone, FromRow)]
pub struct Unclear {
    /// Ours.
    pub id: Uuid,
    /// The round it belongs to.
    pub round_id: Option<Uuid>,
    /// The platform's id of the channel.
    pub channel: String,
    /// `post`, `thread` or `edit`.
    pub verb: String,
    /// The words.
    #[sqlx(json)]
    pub speech: Speech,
}

/// The thread a row goes into, as a trouble names it.
fn thread_of(row: &Leased) -> &str {
    row.into_thread().unwrap_or_default()
}

/// An edit goes through where a post does.
fn verb_of(row: &Leased) -> &'static str {
    match row.verb() {
        Verb::Post | Verb::Edit => "post",
        Verb::Thread => "thread",
        Verb::React => "react",
    }
}

impl Tx {
    /// Notes that something stands in a row's way, and when it is tried again; it is given up at `expires` unless it was to be earlier.
    /// False: the lease has gone to somebody else, and nothing changed.
    pub async fn blocked(&mut self, row: &Leased, why: &str, not_before: Timestamp, expires: Timestamp) -> Result<bool> {
        let changed = self
            .sql(
                "UPDATE outbox SET state = 'ready', tries = 0, leased_until = NULL, blocked = blocked + 1, reason = $4, not_before = $5,
                        expires_at = COALESCE(expires_at, $6)
                 WHERE workspace_id = $1 AND id = $2 AND state = 'leased' AND leased_until = $3",
            )
            .bind(row.workspace_id)
            .bind(row.id)
            .bind(row.leased_until)
            .bind(why)
            .bind(Ts::from(not_before))
            .bind(Ts::from(expires))
            .run()
            .await?;
        Ok(changed == 1)
    }

    /// Has what waits behind a trouble tried at `now`, in one channel or in all. How many rows that are.
    pub async fn try_blocked(&mut self, workspace: Uuid, channel: Option<&str>, now: Timestamp) -> Result<u64> {
        self.sql(
            "UPDATE outbox SET not_before = $3
             WHERE workspace_id = $1 AND state = 'ready' AND blocked > 0 AND not_before > $3 AND ($2 = '' OR channel = $2)",
        )
        .bind(workspace)
        .bind(channel.unwrap_or_default())
        .bind(Ts::from(now))
        .run()
        .await
    }

    /// Notes what stands in a row's way. True: that was not known of its channel.
    pub async fn note_trouble(&mut self, row: &Leased, why: &str, cure: &str, now: Timestamp) -> Result<bool> {
        let known = self.troubles(row.workspace_id).await?.into_iter().any(|known| known.channel == row.channel && known.why == why);
        self.sql(
            "INSERT INTO troubles (workspace_id, channel, thread, verb, why, cure, since) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (workspace_id, channel, thread, verb) DO UPDATE SET why = excluded.why, cure = excluded.cure",
        )
        .bind(row.workspace_id)
        .bind(&*row.channel)
        .bind(thread_of(row))
        .bind(verb_of(row))
        .bind(why)
        .bind(cure)
        .bind(Ts::from(now))
        .run()
        .await?;
        Ok(!known)
    }

    /// What stands in the way in a workspace, oldest first; in a thread only for as long as something waits for it.
    pub async fn troubles(&mut self, workspace: Uuid) -> Result<Vec<Trouble>> {
        self.sql(
            "SELECT channel, why, cure, since FROM troubles t
             WHERE workspace_id = $1 AND (thread = '' OR EXISTS (SELECT 1 FROM outbox o WHERE o.workspace_id = t.workspace_id
                   AND o.channel = t.channel AND o.state IN ('ready', 'leased') AND o.blocked > 0 AND o.reason = t.why))
             ORDER BY since, channel, thread, verb",
        )
        .bind(workspace)
        .all()
        .await
    }

    /// A row was sent: what stood in the way of such rows there is over, and what nothing waits for. False: there was no such thing.
    pub async fn end_trouble(&mut self, row: &Leased) -> Result<bool> {
        let ended = self
            .sql(
                "DELETE FROM troubles
                 WHERE workspace_id = $1 AND channel = $2 AND ((thread = $3 AND verb = $4) OR (thread <> '' AND NOT EXISTS
                       (SELECT 1 FROM outbox o WHERE o.workspace_id = troubles.workspace_id AND o.channel = troubles.channel
                        AND o.state IN ('ready', 'leased') AND o.blocked > 0 AND o.reason = troubles.why)))",
            )
            .bind(row.workspace_id)
            .bind(&*row.channel)
            .bind(thread_of(row))
            .bind(verb_of(row))
            .run()
            .await?;
        Ok(ended > 0)
    }

    /// A channel is given up, with what stood in the way there.
    pub async fn forget_troubles(&mut self, workspace: Uuid, channel: &str) -> Result<()> {
        self.sql("DELETE FROM troubles WHERE workspace_id = $1 AND channel = $2").bind(workspace).bind(channel).run().await.map(drop)
    }

    /// The rows of which nobody can tell whether they were sent, oldest first; none that is a sign or for one member.
    pub async fn unclear(&mut self, workspace: Uuid) -> Result<Vec<Unclear>> {
        self.sql(
            "SELECT id, round_id, channel, verb, speech FROM outbox
             WHERE workspace_id = $1 AND state = 'unknown' AND verb <> 'react' AND audience IS NULL ORDER BY id",
        )
        .bind(workspace)
        .all()
        .await
    }

    /// Somebody looked whether such a row is there: it counts as sent, or is sent again as if it never had been. False: it was settled
    /// already.
    pub async fn settle_unclear(&mut self, workspace: Uuid, row: Uuid, is_there: bool, now: Timestamp) -> Result<bool> {
        let changed = self
            .sql(
                "UPDATE outbox SET state = CASE WHEN $3 THEN 'sent' ELSE 'ready' END, sent_at = CASE WHEN $3 THEN $4 ELSE sent_at END,
                        not_before = $4, tries = 0, leased_until = NULL, reason = NULL
                 WHERE workspace_id = $1 AND id = $2 AND state = 'unknown'",
            )
            .bind(workspace)
            .bind(row)
            .bind(is_there)
            .bind(Ts::from(now))
            .run()
            .await?;
        Ok(changed == 1)
    }

    /// Gives up what waits to be said for the first time about a round.
    pub async fn expire_round(&mut self, workspace: Uuid, round: Uuid) -> Result<()> {
        self.sql("UPDATE outbox SET state = 'expired' WHERE workspace_id = $1 AND round_id = $2 AND state = 'ready' AND sent_id IS NULL")
            .bind(workspace)
            .bind(round)
            .run()
            .await
            .map(drop)
    }

    /// Gives up what waits to be said for the first time under a row.
    pub async fn expire_under(&mut self, workspace: Uuid, row: Uuid) -> Result<()> {
        self.sql("UPDATE outbox SET state = 'expired' WHERE workspace_id = $1 AND on_row = $2 AND state = 'ready' AND sent_id IS NULL")
            .bind(workspace)
            .bind(row)
            .run()
            .await
            .map(drop)
    }

    /// Nothing more can be said in the thread that a row opened, or was to open.
    pub async fn lose_thread(&mut self, workspace: Uuid, row: Uuid, why: &str) -> Result<()> {
        self.sql("UPDATE outbox SET state = 'failed', reason = $3 WHERE workspace_id = $1 AND id = $2")
            .bind(workspace)
            .bind(row)
            .bind(why)
            .run()
            .await
            .map(drop)
    }

    /// Has what was to be said under another row, and was not, said in the channel.
    pub async fn say_in_channel(&mut self, workspace: Uuid, about: &str, now: Timestamp) -> Result<()> {
        self.sql(
            "UPDATE outbox SET state = 'ready', on_row = NULL, thread = NULL, tries = 0, blocked = 0, reason = NULL, not_before = $3,
                    expires_at = NULL
             WHERE workspace_id = $1 AND about = $2 AND sent_id IS NULL AND state IN ('ready', 'failed')",
        )
        .bind(workspace)
        .bind(about)
        .bind(Ts::from(now))
        .run()
        .await
        .map(drop)
    }

    /// Gives up what was to be said about something, unless it was said.
    pub async fn say_nowhere(&mut self, workspace: Uuid, about: &str) -> Result<()> {
        self.sql(
            "UPDATE outbox SET state = 'expired', tries = 0, leased_until = NULL
             WHERE workspace_id = $1 AND about = $2 AND sent_id IS NULL AND state IN ('ready', 'failed')",
        )
        .bind(workspace)
        .bind(about)
        .run()
        .await
        .map(drop)
    }
}

impl Said {
    /// Nobody has seen it, and nobody is at sending it.
    pub fn is_unsaid(&self) -> bool {
        self.sent_id.is_none() && matches!(self.state.as_str(), "ready" | "failed" | "expired")
    }
}
