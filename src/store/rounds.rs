//! Rounds: one question asked in one place, with the question as it was asked.

use super::types::json;
use super::{Day, Result, Ts, Tx};
use crate::bank::Question;
use jiff::{Timestamp, civil::Date};
use sqlx::FromRow;
use uuid::Uuid;

/// A round as it stands.
#[derive(Debug, Clone, FromRow)]
pub struct Round {
    /// Whose.
    pub workspace_id: Uuid,
    /// Ours.
    pub id: Uuid,
    /// `daily`, `quiz`, `interview` or `challenge`.
    pub kind: String,
    /// The pack's id.
    pub pack: String,
    /// The question as it was asked.
    #[sqlx(json)]
    pub question: Question,
    /// The schedule that asked it.
    pub schedule_id: Option<Uuid>,
    /// The date it counts for.
    pub local_date: Day,
    /// Posted beside the schedule.
    pub extra: bool,
    /// Asked before; the bank ran empty.
    pub again: bool,
    /// Where.
    pub channel: String,
    /// The quiz or interview it is part of.
    pub quiz_id: Option<Uuid>,
    /// From.
    pub opens_at: Ts,
    /// To; a round of a quiz or interview has no closing time.
    pub closes_at: Option<Ts>,
    /// `open`, `closed` or `void` (taken back; earns nothing).
    pub state: String,
}

/// A round to open.
#[derive(Debug, Clone)]
pub struct NewRound<'a> {
    /// Ours.
    pub id: Uuid,
    /// `daily`, `quiz`, `interview` or `challenge`.
    pub kind: &'static str,
    /// The pack's id.
    pub pack: &'a str,
    /// What is asked.
    pub question: &'a Question,
    /// The schedule that asks.
    pub schedule: Option<Uuid>,
    /// The date it counts for.
    pub local_date: Date,
    /// Beside the schedule.
    pub extra: bool,
    /// Asked before.
    pub again: bool,
    /// Where.
    pub channel: &'a str,
    /// The quiz or interview it is part of.
    pub quiz: Option<Uuid>,
    /// From.
    pub opens: Timestamp,
    /// To.
    pub closes: Option<Timestamp>,
}

/// A question that was asked, for drawing the next.
#[derive(Debug, Clone, FromRow)]
pub struct Asked {
    /// The question's id.
    pub question_id: String,
    /// When.
    pub opens_at: Ts,
}

impl Tx {
    /// Opens a round. False: the schedule has its round for that date already.
    pub async fn open_round(&mut self, workspace: Uuid, round: &NewRound<'_>) -> Result<bool> {
        let opened = self
            .sql(
                "INSERT INTO rounds (workspace_id, id, kind, pack, question_id, topic, question, schedule_id, local_date, extra, again,
                                     channel, quiz_id, opens_at, closes_at, state)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'open') ON CONFLICT DO NOTHING",
            )
            .bind(workspace)
            .bind(round.id)
            .bind(round.kind)
            .bind(round.pack)
            .bind(&*round.question.id)
            .bind(&*round.question.topic)
            .bind(json(round.question)?)
            .bind(round.schedule)
            .bind(Day::from(round.local_date))
            .bind(round.extra)
            .bind(round.again)
            .bind(round.channel)
            .bind(round.quiz)
            .bind(Ts::from(round.opens))
            .bind(round.closes.map(Ts::from))
            .run()
            .await?;
        Ok(opened == 1)
    }

    /// A round.
    pub async fn round(&mut self, workspace: Uuid, id: Uuid) -> Result<Option<Round>> {
        self.sql(
            "SELECT workspace_id, id, kind, pack, question, schedule_id, local_date, extra, again, channel, quiz_id, opens_at, closes_at, state
             FROM rounds WHERE workspace_id = $1 AND id = $2",
        )
        .bind(workspace)
        .bind(id)
        .opt()
        .await
    }

    /// A round, locked: whoever else has something for it waits.
    pub async fn lock_round(&mut self, workspace: Uuid, id: Uuid) -> Result<Option<Round>> {
        self.sql(
            "UPDATE rounds SET id = id WHERE workspace_id = $1 AND id = $2
             RETURNING workspace_id, id, kind, pack, question, schedule_id, local_date, extra, again, channel, quiz_id, opens_at, closes_at,
                       state",
        )
        .bind(workspace)
        .bind(id)
        .opt()
        .await
    }

    /// A schedule has its own round of a date; one posted beside it is none.
    pub async fn has_round(&mut self, workspace: Uuid, schedule: Uuid, date: Date) -> Result<bool> {
        let found: Option<(Uuid,)> = self
            .sql("SELECT id FROM rounds WHERE workspace_id = $1 AND schedule_id = $2 AND local_date = $3 AND extra = FALSE")
            .bind(workspace)
            .bind(schedule)
            .bind(Day::from(date))
            .opt()
            .await?;
        Ok(found.is_some())
    }

    /// The questions a schedule asked, those with the fewest points on average first; one that nobody answered had none.
    pub async fn hardest_of_schedule(&mut self, workspace: Uuid, schedule: Uuid) -> Result<Vec<String>> {
        let rows: Vec<(String, f64)> = self
            .sql(
                "SELECT r.question_id, CAST(COALESCE(AVG(p.points), 0) AS double precision) AS average
                 FROM rounds r LEFT JOIN participations p ON p.workspace_id = r.workspace_id AND p.round_id = r.id AND p.answered = TRUE
                 WHERE r.workspace_id = $1 AND r.schedule_id = $2 AND r.state <> 'void'
                 GROUP BY r.question_id ORDER BY average, r.question_id",
            )
            .bind(workspace)
            .bind(schedule)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id, _)| id).collect())
    }

    /// Closes an open round, or voids it, whose date then has room for another. False: it was not open.
    pub async fn end_round(&mut self, workspace: Uuid, id: Uuid, state: &'static str) -> Result<bool> {
        let ended = self
            .sql("UPDATE rounds SET state = $3, extra = (extra = TRUE OR $3 = 'void') WHERE workspace_id = $1 AND id = $2 AND state = 'open'")
            .bind(workspace)
            .bind(id)
            .bind(state)
            .run()
            .await?;
        Ok(ended == 1)
    }

    /// Voids a round that is open or closed, whose date then has room for another. False: it was void.
    pub async fn void_round(&mut self, workspace: Uuid, id: Uuid) -> Result<bool> {
        let voided = self
            .sql("UPDATE rounds SET state = 'void', extra = TRUE WHERE workspace_id = $1 AND id = $2 AND state <> 'void'")
            .bind(workspace)
            .bind(id)
            .run()
            .await?;
        Ok(voided == 1)
    }

    /// The open rounds that ask a question, of all kinds, by id.
    pub async fn open_rounds_of(&mut self, workspace: Uuid, pack: &str, question: &str) -> Result<Vec<Round>> {
        self.sql(
            "SELECT workspace_id, id, kind, pack, question, schedule_id, local_date, extra, again, channel, quiz_id, opens_at, closes_at, state
             FROM rounds WHERE workspace_id = $1 AND pack = $2 AND question_id = $3 AND state = 'open' ORDER BY id",
        )
        .bind(workspace)
        .bind(pack)
        .bind(question)
        .all()
        .await
    }

    /// A schedule's rounds, newest first.
    pub async fn rounds_of_schedule(&mut self, workspace: Uuid, schedule: Uuid) -> Result<Vec<Round>> {
        self.sql(
            "SELECT workspace_id, id, kind, pack, question, schedule_id, local_date, extra, again, channel, quiz_id, opens_at, closes_at, state
             FROM rounds WHERE workspace_id = $1 AND schedule_id = $2 ORDER BY opens_at DESC, id DESC",
        )
        .bind(workspace)
        .bind(schedule)
        .all()
        .await
    }

    /// The open dailies of a workspace, newest first.
    pub async fn open_dailies(&mut self, workspace: Uuid) -> Result<Vec<Round>> {
        self.sql(
            "SELECT workspace_id, id, kind, pack, question, schedule_id, local_date, extra, again, channel, quiz_id, opens_at, closes_at, state
             FROM rounds WHERE workspace_id = $1 AND kind = 'daily' AND state = 'open' ORDER BY opens_at DESC, id DESC",
        )
        .bind(workspace)
        .all()
        .await
    }

    /// The newest daily of a channel since a time that is closed and whose reveal was given up.
    pub async fn unrevealed(&mut self, workspace: Uuid, channel: &str, since: Timestamp) -> Result<Option<Round>> {
        self.sql(
            "SELECT r.workspace_id, r.id, r.kind, r.pack, r.question, r.schedule_id, r.local_date, r.extra, r.again, r.channel, r.quiz_id,
                    r.opens_at, r.closes_at, r.state
             FROM rounds r JOIN outbox o ON o.workspace_id = r.workspace_id AND o.round_id = r.id
             WHERE r.workspace_id = $1 AND r.channel = $2 AND r.kind = 'daily' AND r.state = 'closed' AND r.closes_at >= $3
               AND o.about LIKE 'reveal:%' AND o.state = 'expired'
             ORDER BY r.opens_at DESC, r.id DESC LIMIT 1",
        )
        .bind(workspace)
        .bind(channel)
        .bind(Ts::from(since))
        .opt()
        .await
    }

    /// The dailies and challenge questions of a channel since a time in which a member has a part, newest first.
    pub async fn rounds_with(&mut self, workspace: Uuid, channel: &str, member: Uuid, since: Timestamp) -> Result<Vec<Round>> {
        self.sql(
            "SELECT r.workspace_id, r.id, r.kind, r.pack, r.question, r.schedule_id, r.local_date, r.extra, r.again, r.channel, r.quiz_id,
                    r.opens_at, r.closes_at, r.state
             FROM rounds r JOIN participations p ON p.workspace_id = r.workspace_id AND p.round_id = r.id
             WHERE r.workspace_id = $1 AND r.channel = $2 AND p.member_id = $3 AND r.opens_at >= $4
               AND r.kind IN ('daily', 'challenge') AND r.state <> 'void'
             ORDER BY r.opens_at DESC, r.id DESC",
        )
        .bind(workspace)
        .bind(channel)
        .bind(member)
        .bind(Ts::from(since))
        .all()
        .await
    }

    /// A quiz's rounds in the order they were asked, without those that were taken back.
    pub async fn rounds_of_quiz(&mut self, workspace: Uuid, quiz: Uuid) -> Result<Vec<Round>> {
        self.sql(
            "SELECT workspace_id, id, kind, pack, question, schedule_id, local_date, extra, again, channel, quiz_id, opens_at, closes_at, state
             FROM rounds WHERE workspace_id = $1 AND quiz_id = $2 AND state <> 'void' ORDER BY opens_at, id",
        )
        .bind(workspace)
        .bind(quiz)
        .all()
        .await
    }

    /// The questions a schedule asked, newest first.
    pub async fn asked_by_schedule(&mut self, workspace: Uuid, schedule: Uuid) -> Result<Vec<Asked>> {
        self.sql(
            "SELECT question_id, opens_at FROM rounds WHERE workspace_id = $1 AND schedule_id = $2 AND state <> 'void'
             ORDER BY opens_at DESC, id DESC",
        )
        .bind(workspace)
        .bind(schedule)
        .all()
        .await
    }

    /// The questions a member was asked in quizzes and interviews, newest first; none that was taken back.
    pub async fn asked_in_quizzes(&mut self, workspace: Uuid, member: Uuid, pack: &str) -> Result<Vec<Asked>> {
        self.sql(
            "SELECT r.question_id, r.opens_at FROM quizzes q
             JOIN rounds r ON r.workspace_id = q.workspace_id AND r.quiz_id = q.id
             WHERE q.workspace_id = $1 AND q.member_id = $2 AND q.pack = $3 AND r.state <> 'void' ORDER BY r.opens_at DESC, r.id DESC",
        )
        .bind(workspace)
        .bind(member)
        .bind(pack)
        .all()
        .await
    }

    /// Questions that are open in any daily of the workspace, kept for a challenge that is on, or retired: nothing else there may draw them.
    pub async fn open_questions(&mut self, workspace: Uuid, pack: &str) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = self
            .sql(
                "SELECT question_id FROM rounds WHERE workspace_id = $1 AND pack = $2 AND kind = 'daily' AND state = 'open'
                 UNION SELECT q.question_id FROM challenges c
                 JOIN challenge_questions q ON q.workspace_id = c.workspace_id AND q.challenge_id = c.id
                 WHERE c.workspace_id = $1 AND c.pack = $2 AND c.state IN ('open', 'running')
                 UNION SELECT question_id FROM retired WHERE workspace_id = $1 AND pack = $2",
            )
            .bind(workspace)
            .bind(pack)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }
}
