//! What is to be said: written in the transaction of its cause, sent by delivery, each row once.

use super::types::json;
use super::{Result, Ts, Tx};
use crate::message::Speech;
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

/// Rows to leave before others: answers to people go first.
pub const LANE_ANSWERS: i64 = 0;
/// Daily questions, reveals, notices.
pub const LANE_BULK: i64 = 1;

/// Something to say, not yet in the outbox.
#[derive(Debug, Clone)]
pub struct Saying {
    /// Names what it is about; the same twice is said once.
    pub about: String,
    /// The platform's id of the channel.
    pub channel: String,
    /// The platform's id of the thread, where it is known already.
    pub thread: Option<String>,
    /// The platform's id of the one member it is for; nobody else sees it.
    pub audience: Option<String>,
    /// The round it belongs to.
    pub round: Option<Uuid>,
    /// What is done.
    pub verb: Verb,
    /// The row it follows: the post a thread is opened on, the thread a post goes into, the message that is edited.
    pub on_row: Option<Uuid>,
    /// The platform's id of the message a reaction is for.
    pub on_message: Option<String>,
    /// [`LANE_ANSWERS`] or [`LANE_BULK`].
    pub lane: i64,
    /// The words.
    pub speech: Speech,
    /// Not sent earlier.
    pub not_before: Timestamp,
    /// Not sent later.
    pub expires: Option<Timestamp>,
}

/// What is done with a row's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// A new message: in the channel, in the thread of `on_row`, or to one member.
    Post,
    /// A thread on the message of `on_row`.
    Thread,
    /// The message of `on_row` changes.
    Edit,
    /// A sign on `on_message`.
    React,
}

impl Verb {
    fn as_str(self) -> &'static str {
        match self {
            Verb::Post => "post",
            Verb::Thread => "thread",
            Verb::Edit => "edit",
            Verb::React => "react",
        }
    }
}

/// Which rows a sender takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Only what is said on this platform.
    pub platform: &'static str,
    /// Only what goes in this lane; none means all, each in its turn.
    pub lane: Option<i64>,
    /// What is for one member is left, unless it is in their own direct messages: nobody is spoken to unasked.
    pub holds: bool,
    /// Several leases are under way at once: what is said in one channel still goes one behind the other.
    pub side_by_side: bool,
}

impl Reach {
    /// All that is said on a platform.
    pub const fn of(platform: &'static str) -> Reach {
        Reach { platform, lane: None, holds: false, side_by_side: false }
    }
}

/// A row that delivery has leased and is to send.
#[derive(Debug, Clone, FromRow)]
pub struct Leased {
    /// Whose.
    pub workspace_id: Uuid,
    /// Ours; short enough for a nonce in base 62.
    pub id: Uuid,
    /// What it is about.
    pub about: String,
    /// The round it belongs to.
    pub round_id: Option<Uuid>,
    /// The channel.
    pub channel: String,
    /// The thread.
    pub thread: Option<String>,
    /// The one member it is for.
    pub audience: Option<String>,
    verb: String,
    /// The row it follows.
    pub on_row: Option<Uuid>,
    /// The platform's id of what `on_row` sent.
    #[sqlx(skip)]
    pub parent_id: Option<String>,
    #[sqlx(skip)]
    parent_verb: Option<String>,
    /// The message a reaction is for.
    pub on_message: Option<String>,
    /// The platform's id of what this row sent before: a live message that is sent again is an edit of that.
    pub sent_id: Option<String>,
    /// The words.
    #[sqlx(json)]
    pub speech: Speech,
    /// Counts the changes of a live message: what is sent meanwhile is not lost.
    pub version: i64,
    /// How often it was leased since it was last known what became of it, this time included.
    pub tries: i64,
    /// Until when it was the sender's that had it before and never said what became of it.
    #[sqlx(skip)]
    pub lapsed: Option<Ts>,
    /// How often something stood in its way since it was last sent.
    pub blocked: i64,
    /// Something stood in the way in its channel when it was leased.
    #[sqlx(skip)]
    pub troubled: bool,
    /// Until when it is this sender's; no two leases of a row end alike.
    pub(super) leased_until: Option<Ts>,
}

/// A row that may be leased.
#[derive(FromRow)]
pub(super) struct Due {
    workspace_id: Uuid,
    id: Uuid,
    /// Until when it was leased before.
    leased_until: Option<Ts>,
    /// What its parent was sent as, and is.
    parent_id: Option<String>,
    parent_verb: Option<String>,
    /// Something stands in the way in its channel.
    troubled: bool,
}

impl Leased {
    /// What is to be done.
    pub fn verb(&self) -> Verb {
        match self.verb.as_str() {
            "thread" => Verb::Thread,
            "edit" => Verb::Edit,
            "react" => Verb::React,
            _ => Verb::Post,
        }
    }

    /// The thread to post into: its own, or the one that its parent opened.
    pub fn into_thread(&self) -> Option<&str> {
        match self.parent_verb.as_deref() {
            Some("thread") => self.parent_id.as_deref(),
            _ => self.thread.as_deref(),
        }
    }
}

/// A row as it stands, for the room's history, for leads and for tests.
#[derive(Debug, Clone, FromRow)]
pub struct Said {
    /// Ours.
    pub id: Uuid,
    /// What it is about.
    pub about: String,
    /// `ready`, `leased`, `sent`, `unknown`, `failed` or `expired`.
    pub state: String,
    /// The platform's id of what was sent.
    pub sent_id: Option<String>,
    /// When.
    pub sent_at: Option<Ts>,
    /// Why it failed.
    pub reason: Option<String>,
}

impl Tx {
    /// Puts something into the outbox; what is about the same as an earlier row is not said again.
    pub async fn say(&mut self, workspace: Uuid, id: Uuid, saying: &Saying) -> Result<()> {
        self.sql(
            "INSERT INTO outbox (workspace_id, id, about, channel, thread, audience, round_id, verb, on_row, on_message, lane, speech,
                                 not_before, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
             ON CONFLICT (workspace_id, about) DO NOTHING",
        )
        .bind(workspace)
        .bind(id)
        .bind(&*saying.about)
        .bind(&*saying.channel)
        .bind(saying.thread.as_deref())
        .bind(saying.audience.as_deref())
        .bind(saying.round)
        .bind(saying.verb.as_str())
        .bind(saying.on_row)
        .bind(saying.on_message.as_deref())
        .bind(saying.lane)
        .bind(json(&saying.speech)?)
        .bind(Ts::from(saying.not_before))
        .bind(saying.expires.map(Ts::from))
        .run()
        .await
        .map(drop)
    }

    /// Has a live message sent again as it then stands, not before `not_before`; one that waits already goes no later than it would. One
    /// that is there under no known id can't be changed.
    pub async fn refresh(&mut self, workspace: Uuid, about: &str, not_before: Timestamp) -> Result<bool> {
        let changed = self
            .sql(
                "UPDATE outbox SET version = version + 1,
                        not_before = CASE WHEN state = 'sent' THEN $3 ELSE not_before END,
                        state = CASE WHEN state = 'sent' THEN 'ready' ELSE state END
                 WHERE workspace_id = $1 AND about = $2 AND (state IN ('ready', 'leased') OR (state = 'sent' AND sent_id IS NOT NULL))",
            )
            .bind(workspace)
            .bind(about)
            .bind(Ts::from(not_before))
            .run()
            .await?;
        Ok(changed > 0)
    }

    /// Has a row say something else; what was sent is edited.
    pub async fn reword(&mut self, workspace: Uuid, about: &str, speech: &Speech, now: Timestamp) -> Result<()> {
        self.sql("UPDATE outbox SET speech = $3 WHERE workspace_id = $1 AND about = $2")
            .bind(workspace)
            .bind(about)
            .bind(json(speech)?)
            .run()
            .await?;
        self.refresh(workspace, about, now).await.map(drop)
    }

    /// The row about something.
    pub async fn said_about(&mut self, workspace: Uuid, about: &str) -> Result<Option<Said>> {
        self.sql("SELECT id, about, state, sent_id, sent_at, reason FROM outbox WHERE workspace_id = $1 AND about = $2")
            .bind(workspace)
            .bind(about)
            .opt()
            .await
    }

    /// Leases up to `n` rows that may be sent now. A row whose lease ran out is leased again with `tries` above one: what became of it
    /// is unclear, and its sender looks before it sends.
    pub async fn lease(&mut self, reach: Reach, now: Timestamp, until: Timestamp, n: i64) -> Result<Vec<Leased>> {
        self.expire(now).await?;
        // Each condition is looked up for one row after the other, in the order of `outbox_waiting`, until there are enough. As a join,
        // PostgreSQL would work it out for the whole table first.
        let due: Vec<Due> = self
            .sql(
                "SELECT o.workspace_id, o.id, o.leased_until,
                        (SELECT p.sent_id FROM outbox p WHERE p.workspace_id = o.workspace_id AND p.id = o.on_row) AS parent_id,
                        (SELECT p.verb FROM outbox p WHERE p.workspace_id = o.workspace_id AND p.id = o.on_row) AS parent_verb,
                        EXISTS (SELECT 1 FROM troubles t WHERE t.workspace_id = o.workspace_id AND t.channel = o.channel) AS troubled
                 FROM outbox o
                 WHERE o.state IN ('ready', 'leased') AND o.lane BETWEEN $4 AND $7
                   AND (o.state = 'ready' OR o.leased_until <= $1) AND o.not_before <= $1
                   AND (o.on_row IS NULL OR
                        (SELECT p.sent_id FROM outbox p WHERE p.workspace_id = o.workspace_id AND p.id = o.on_row) IS NOT NULL)
                   AND (SELECT w.platform = $3 AND (o.audience IS NULL OR $5 = FALSE OR w.external_id LIKE 'dm:%')
                        FROM workspaces w WHERE w.id = o.workspace_id)
                   AND ($6 = FALSE OR o.verb = 'react' OR (SELECT 1 FROM outbox e
                        WHERE e.workspace_id = o.workspace_id AND e.channel = o.channel AND e.lane = o.lane AND e.id < o.id
                          AND e.state = 'leased' AND e.leased_until > $1 AND e.verb <> 'react' LIMIT 1) IS NULL)
                 ORDER BY o.lane, o.id LIMIT $2",
            )
            .bind(Ts::from(now))
            .bind(n)
            .bind(reach.platform)
            .bind(reach.lane.unwrap_or(LANE_ANSWERS))
            .bind(reach.holds)
            .bind(reach.side_by_side)
            .bind(reach.lane.unwrap_or(LANE_BULK))
            .skip_locked()
            .all()
            .await?;
        self.take(due, until).await
    }

    /// Makes these rows a sender's own.
    pub(super) async fn take(&mut self, due: Vec<Due>, until: Timestamp) -> Result<Vec<Leased>> {
        let mut leased = Vec::with_capacity(due.len());
        for Due { workspace_id, id, leased_until: lapsed, parent_id, parent_verb, troubled } in due {
            let row: Leased = self
                .sql(
                    "UPDATE outbox SET state = 'leased', leased_until = $3, tries = tries + 1 WHERE workspace_id = $1 AND id = $2
                     RETURNING workspace_id, id, about, round_id, channel, thread, audience, verb, on_row, on_message, sent_id, speech, version,
                               tries, blocked, leased_until",
                )
                .bind(workspace_id)
                .bind(id)
                .bind(Ts::from(until))
                .one()
                .await?;
            leased.push(Leased { parent_id, parent_verb, lapsed, troubled, ..row });
        }
        Ok(leased)
    }

    /// Gives up what waited too long. What was leased is not: it may have been sent.
    async fn expire(&mut self, now: Timestamp) -> Result<()> {
        let late: Vec<(Uuid, Uuid)> = self
            .sql("SELECT workspace_id, id FROM outbox WHERE state = 'ready' AND expires_at <= $1")
            .bind(Ts::from(now))
            .skip_locked()
            .all()
            .await?;
        for (workspace, id) in late {
            // What stands there as it was before a change stays so.
            self.sql(
                "UPDATE outbox SET state = CASE WHEN sent_id IS NULL THEN 'expired' ELSE 'sent' END, blocked = 0, expires_at = NULL
                 WHERE workspace_id = $1 AND id = $2",
            )
            .bind(workspace)
            .bind(id)
            .run()
            .await?;
        }
        Ok(())
    }

    /// Notes that a row was sent as `sent_id`. A live message that changed meanwhile is ready again at once.
    pub async fn sent(&mut self, row: &Leased, sent_id: Option<&str>, now: Timestamp) -> Result<()> {
        self.sql(
            "UPDATE outbox SET state = CASE WHEN version = $3 THEN 'sent' ELSE 'ready' END, tries = 0, leased_until = NULL,
                    blocked = 0, reason = NULL, expires_at = NULL, sent_id = COALESCE(sent_id, $4), sent_at = $5
             WHERE workspace_id = $1 AND id = $2",
        )
        .bind(row.workspace_id)
        .bind(row.id)
        .bind(row.version)
        .bind(sent_id)
        .bind(Ts::from(now))
        .run()
        .await
        .map(drop)
    }

    /// Notes that a row was surely not sent and may be tried again. Nothing changes where the lease has gone to somebody else.
    pub async fn try_later(&mut self, row: &Leased, not_before: Timestamp) -> Result<()> {
        self.sql(
            "UPDATE outbox SET state = 'ready', tries = 0, leased_until = NULL, not_before = $4
             WHERE workspace_id = $1 AND id = $2 AND state = 'leased' AND leased_until = $3",
        )
        .bind(row.workspace_id)
        .bind(row.id)
        .bind(row.leased_until)
        .bind(Ts::from(not_before))
        .run()
        .await
        .map(drop)
    }

    /// Notes that a row can't be sent (`failed`), or that nobody can tell whether it was (`unknown`). False: the lease has gone to somebody
    /// else, and nothing changed.
    pub async fn give_up(&mut self, row: &Leased, state: GivenUp, reason: &str) -> Result<bool> {
        let changed = self
            .sql(
                "UPDATE outbox SET state = $4, leased_until = NULL, reason = $5
             WHERE workspace_id = $1 AND id = $2 AND state = 'leased' AND leased_until = $3",
            )
            .bind(row.workspace_id)
            .bind(row.id)
            .bind(row.leased_until)
            .bind(match state {
                GivenUp::Failed => "failed",
                GivenUp::Unknown => "unknown",
            })
            .bind(reason)
            .run()
            .await?;
        Ok(changed == 1)
    }
}

/// Why a row is no longer tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenUp {
    /// It can't be sent.
    Failed,
    /// It may or may not have been sent.
    Unknown,
}
