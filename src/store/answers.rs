//! What members said to rounds: their messages as they came, and what these were folded and graded into.

use super::types::json;
use super::{Day, Result, Ts, Tx};
use crate::bank::Hundredths;
use crate::grade::Grade;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

/// A message of a round's thread, or a form sent to it.
#[derive(Debug, Clone, FromRow)]
pub struct Message {
    /// The platform's id.
    pub message_id: String,
    /// Whose; none while only its deletion is known.
    pub member_id: Option<Uuid>,
    /// The platform's time.
    pub at: Ts,
    /// `thread` or `form`.
    pub via: String,
    /// The message it replies to.
    pub reply_to: Option<String>,
    /// When, and what it then said; oldest first.
    #[sqlx(json)]
    pub versions: Vec<(Timestamp, String)>,
    /// When it was taken back, or when that was heard of.
    pub deleted_at: Option<Ts>,
}

/// What a message says from a time on.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The platform's id of the message, or of the form's interaction.
    pub id: &'a str,
    /// Whose.
    pub member: Uuid,
    /// `thread` or `form`.
    pub via: &'static str,
    /// The message it replies to; an edit doesn't know.
    pub reply_to: Option<&'a str>,
    /// From when on, by the platform's time.
    pub at: Timestamp,
    /// The whole text.
    pub text: &'a str,
    /// It is an edit of a message that may be known already.
    pub edit: bool,
}

/// One graded answer of a member to a round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// From 1; the number of one that was given back isn't used again.
    pub number: u32,
    /// The messages it was folded from.
    pub messages: Vec<String>,
    /// What it says.
    pub text: String,
    /// The platform's time of its first message.
    pub at: Timestamp,
    /// After the close: feedback, but no points.
    pub late: bool,
    /// What it earned, hints not yet taken off.
    pub grade: Grade,
    /// Taken back after its grade was read: no points, but used.
    pub withdrawn: bool,
}

impl Attempt {
    /// It was said on time and not taken back.
    pub fn counts(&self) -> bool {
        !self.late && !self.withdrawn
    }
}

/// One member in one round.
#[derive(Debug, Clone, FromRow)]
pub struct Participation {
    /// Who.
    pub member_id: Uuid,
    /// When they read their breakdown.
    #[sqlx(json)]
    pub opened: Vec<Timestamp>,
    /// When they pressed *Try again*.
    #[sqlx(json)]
    pub again: Vec<Timestamp>,
    /// How many hints they read.
    pub hints: i64,
    /// Their attempts, first to last.
    #[sqlx(json)]
    pub attempts: Vec<Attempt>,
    /// They answered on time.
    pub answered: bool,
    /// What counts: the best attempt on time, less the hints.
    pub points: Hundredths,
    /// The board it counts on.
    pub counted_board: Option<String>,
    /// The day it counts for.
    pub counted_day: Option<Day>,
    /// When a lead took out what they had said by then: it counts for nothing.
    #[sqlx(json)]
    pub taken_out: Vec<Timestamp>,
}

impl Tx {
    /// Keeps what a message said from a time on. The same again changes nothing, a deletion that came first stays, and an edit that came
    /// before its message finds its place: whatever the order, the same is kept. The caller holds the round's lock.
    pub async fn keep_message(&mut self, workspace: Uuid, round: Uuid, words: &Words<'_>) -> Result<()> {
        let known = self.message(workspace, round, words.id).await?;
        if known.as_ref().and_then(|known| known.member_id).is_some_and(|member| member != words.member) {
            return Ok(());
        }
        // While only a deletion is known there are no versions yet.
        let (mut versions, reply_to) = known.map_or((Vec::new(), None), |known| (known.versions, known.reply_to));
        if !words.edit && versions.first().is_some_and(|(first, _)| *first <= words.at) {
            return Ok(());
        }
        versions.push((words.at, words.text.to_owned()));
        versions.sort();
        versions.dedup();
        let at = versions[0].0;
        self.sql(
            "INSERT INTO messages (workspace_id, round_id, message_id, member_id, at, via, reply_to, versions)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (workspace_id, round_id, message_id) DO UPDATE
             SET member_id = excluded.member_id, at = excluded.at, reply_to = excluded.reply_to, versions = excluded.versions",
        )
        .bind(workspace)
        .bind(round)
        .bind(words.id)
        .bind(words.member)
        .bind(Ts::from(at))
        .bind(words.via)
        .bind(reply_to.as_deref().or(words.reply_to))
        .bind(json(&versions)?)
        .run()
        .await
        .map(drop)
    }

    /// A message that is kept.
    pub async fn message(&mut self, workspace: Uuid, round: Uuid, id: &str) -> Result<Option<Message>> {
        self.sql(
            "SELECT message_id, member_id, at, via, reply_to, versions, deleted_at FROM messages
             WHERE workspace_id = $1 AND round_id = $2 AND message_id = $3",
        )
        .bind(workspace)
        .bind(round)
        .bind(id)
        .opt()
        .await
    }

    /// Notes that a message was taken back, which may be known before the message itself.
    pub async fn delete_message(&mut self, workspace: Uuid, round: Uuid, id: &str, at: Timestamp) -> Result<()> {
        self.sql(
            "INSERT INTO messages (workspace_id, round_id, message_id, at, via, versions, deleted_at) VALUES ($1, $2, $3, $4, 'thread', $5, $4)
             ON CONFLICT (workspace_id, round_id, message_id) DO UPDATE SET deleted_at = COALESCE(messages.deleted_at, excluded.deleted_at)",
        )
        .bind(workspace)
        .bind(round)
        .bind(id)
        .bind(Ts::from(at))
        .bind(json(&[(); 0])?)
        .run()
        .await
        .map(drop)
    }

    /// Everything said to a round, by the platform's time.
    pub async fn messages(&mut self, workspace: Uuid, round: Uuid) -> Result<Vec<Message>> {
        self.sql(
            "SELECT message_id, member_id, at, via, reply_to, versions, deleted_at FROM messages
             WHERE workspace_id = $1 AND round_id = $2 AND member_id IS NOT NULL ORDER BY at, message_id",
        )
        .bind(workspace)
        .bind(round)
        .all()
        .await
    }

    /// A member's part in a round, made when missing, and locked: their messages are folded by one process at a time.
    pub async fn lock_participation(&mut self, workspace: Uuid, round: Uuid, member: Uuid) -> Result<Participation> {
        self.sql(
            "INSERT INTO participations (workspace_id, round_id, member_id, opened, again, attempts) VALUES ($1, $2, $3, $4, $4, $5)
             ON CONFLICT (workspace_id, round_id, member_id) DO UPDATE SET member_id = excluded.member_id
             RETURNING member_id, opened, again, hints, attempts, answered, points, counted_board, counted_day, taken_out",
        )
        .bind(workspace)
        .bind(round)
        .bind(member)
        .bind(json(&[(); 0])?)
        .bind(json(&[(); 0])?)
        .one()
        .await
    }

    /// Keeps a member's part in a round.
    pub async fn save_participation(&mut self, workspace: Uuid, round: Uuid, part: &Participation) -> Result<()> {
        self.sql(
            "UPDATE participations SET opened = $4, again = $5, hints = $6, attempts = $7, answered = $8, points = $9,
                    counted_board = $10, counted_day = $11, taken_out = $12
             WHERE workspace_id = $1 AND round_id = $2 AND member_id = $3",
        )
        .bind(workspace)
        .bind(round)
        .bind(part.member_id)
        .bind(json(&part.opened)?)
        .bind(json(&part.again)?)
        .bind(part.hints)
        .bind(json(&part.attempts)?)
        .bind(part.answered)
        .bind(part.points)
        .bind(part.counted_board.as_deref())
        .bind(part.counted_day)
        .bind(json(&part.taken_out)?)
        .run()
        .await
        .map(drop)
    }

    /// Everybody's part in a round.
    pub async fn participations(&mut self, workspace: Uuid, round: Uuid) -> Result<Vec<Participation>> {
        self.sql(
            "SELECT member_id, opened, again, hints, attempts, answered, points, counted_board, counted_day, taken_out FROM participations
             WHERE workspace_id = $1 AND round_id = $2 ORDER BY member_id",
        )
        .bind(workspace)
        .bind(round)
        .all()
        .await
    }

    /// How many answered a round on time.
    pub async fn answered_count(&mut self, workspace: Uuid, round: Uuid) -> Result<i64> {
        let (n,): (i64,) = self
            .sql("SELECT COUNT(*) FROM participations WHERE workspace_id = $1 AND round_id = $2 AND answered = TRUE")
            .bind(workspace)
            .bind(round)
            .one()
            .await?;
        Ok(n)
    }

    /// How many messages a member wrote in a round's thread after a time and up to another.
    pub async fn said_since(&mut self, workspace: Uuid, round: Uuid, member: Uuid, after: Timestamp, upto: Timestamp) -> Result<i64> {
        let (n,): (i64,) = self
            .sql(
                "SELECT COUNT(*) FROM messages
                 WHERE workspace_id = $1 AND round_id = $2 AND member_id = $3 AND via = 'thread' AND at > $4 AND at <= $5",
            )
            .bind(workspace)
            .bind(round)
            .bind(member)
            .bind(Ts::from(after))
            .bind(Ts::from(upto))
            .one()
            .await?;
        Ok(n)
    }

    /// The rounds a member answered on time in a schedule, by id.
    pub async fn answered_rounds(&mut self, workspace: Uuid, member: Uuid) -> Result<Vec<Uuid>> {
        let rows: Vec<(Uuid,)> = self
            .sql("SELECT round_id FROM participations WHERE workspace_id = $1 AND member_id = $2 AND answered = TRUE")
            .bind(workspace)
            .bind(member)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }
}

/// Where points count: which board, for which day and topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted<'a> {
    /// `daily` or `practice`.
    pub board: &'static str,
    /// The pack's id.
    pub pack: &'a str,
    /// The day.
    pub day: Date,
    /// The topic's id.
    pub topic: &'a str,
    /// Who.
    pub member: Uuid,
}

impl Tx {
    /// Changes a board's sum by points and answers; what comes to no answers at all is gone.
    pub async fn count(&mut self, workspace: Uuid, counted: Counted<'_>, points: Hundredths, answers: i64) -> Result<()> {
        self.sql(
            "INSERT INTO totals (workspace_id, board, pack, day, topic, member_id, points, answers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (workspace_id, board, pack, day, topic, member_id)
             DO UPDATE SET points = totals.points + excluded.points, answers = totals.answers + excluded.answers",
        )
        .bind(workspace)
        .bind(counted.board)
        .bind(counted.pack)
        .bind(Day::from(counted.day))
        .bind(counted.topic)
        .bind(counted.member)
        .bind(points)
        .bind(answers)
        .run()
        .await
        .map(drop)
    }
}

impl Tx {
    /// The closed dailies and challenge questions that a member answered, whose reveal may show their words.
    pub async fn revealed_rounds(&mut self, workspace: Uuid, member: Uuid) -> Result<Vec<Uuid>> {
        let rows: Vec<(Uuid,)> = self
            .sql(
                "SELECT r.id FROM participations p JOIN rounds r ON r.workspace_id = p.workspace_id AND r.id = p.round_id
                 WHERE p.workspace_id = $1 AND p.member_id = $2 AND p.answered = TRUE AND r.kind IN ('daily', 'challenge') AND r.state = 'closed'
                 ORDER BY r.id",
            )
            .bind(workspace)
            .bind(member)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }
}
