//! What is kept about one member: all of it to read, or none of it any more.

use super::{Day, Result, Ts, Tx};
use crate::bank::Hundredths;
use serde::Serialize;
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use super::answers::Attempt;

/// A member's messages to one round.
#[derive(Debug, Clone, Serialize)]
pub struct KeptMessage {
    /// The question's id.
    pub question: String,
    /// The platform's id.
    pub message: String,
    /// When and what; oldest first.
    pub versions: Vec<(jiff::Timestamp, String)>,
    /// When it was taken back.
    pub deleted: Option<jiff::Timestamp>,
}

/// A member's part in one round.
#[derive(Debug, Clone, Serialize)]
pub struct KeptAnswer {
    /// `daily`, `quiz`, `interview` or `challenge`.
    pub kind: String,
    /// The question's id.
    pub question: String,
    /// The date it counts for.
    pub date: jiff::civil::Date,
    /// What counts.
    pub points: Hundredths,
    /// Hints read.
    pub hints: i64,
    /// When a lead took out what was said by then.
    pub taken_out: Vec<jiff::Timestamp>,
    /// The attempts with their grades.
    pub attempts: Vec<Attempt>,
}

/// What a member knows of one question.
#[derive(Debug, Clone, Serialize)]
pub struct KeptLearning {
    /// The pack's id.
    pub pack: String,
    /// The question's id.
    pub question: String,
    /// What the last answer earned.
    pub points: Hundredths,
    /// When it is due again.
    pub due: jiff::Timestamp,
}

#[derive(FromRow)]
struct MessageRow {
    question_id: String,
    message_id: String,
    versions: Json<Vec<(jiff::Timestamp, String)>>,
    deleted_at: Option<Ts>,
}

#[derive(FromRow)]
struct AnswerRow {
    kind: String,
    question_id: String,
    local_date: Day,
    points: Hundredths,
    hints: i64,
    taken_out: Json<Vec<jiff::Timestamp>>,
    attempts: Json<Vec<Attempt>>,
}

/// When a member was first seen.
#[derive(Debug, Clone, FromRow)]
pub struct Since {
    /// The instant.
    pub created_at: Ts,
}

impl Tx {
    /// Every message a member wrote to rounds.
    pub async fn kept_messages(&mut self, workspace: Uuid, member: Uuid) -> Result<Vec<KeptMessage>> {
        let rows: Vec<MessageRow> = self
            .sql(
                "SELECT r.question_id, m.message_id, m.versions, m.deleted_at FROM messages m
                 JOIN rounds r ON r.workspace_id = m.workspace_id AND r.id = m.round_id
                 WHERE m.workspace_id = $1 AND m.member_id = $2 ORDER BY m.at, m.message_id",
            )
            .bind(workspace)
            .bind(member)
            .all()
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| KeptMessage {
                question: row.question_id,
                message: row.message_id,
                versions: row.versions.0,
                deleted: row.deleted_at.map(|at| *at),
            })
            .collect())
    }

    /// Every round a member took part in.
    pub async fn kept_answers(&mut self, workspace: Uuid, member: Uuid) -> Result<Vec<KeptAnswer>> {
        let rows: Vec<AnswerRow> = self
            .sql(
                "SELECT r.kind, r.question_id, r.local_date, p.points, p.hints, p.taken_out, p.attempts FROM participations p
                 JOIN rounds r ON r.workspace_id = p.workspace_id AND r.id = p.round_id
                 WHERE p.workspace_id = $1 AND p.member_id = $2 ORDER BY r.opens_at, r.id",
            )
            .bind(workspace)
            .bind(member)
            .all()
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| KeptAnswer {
                kind: row.kind,
                question: row.question_id,
                date: *row.local_date,
                points: row.points,
                hints: row.hints,
                taken_out: row.taken_out.0,
                attempts: row.attempts.0,
            })
            .collect())
    }

    /// What a member's quizzes came to, question by question.
    pub async fn kept_learning(&mut self, workspace: Uuid, member: Uuid) -> Result<Vec<KeptLearning>> {
        let rows: Vec<(String, String, Hundredths, Ts)> = self
            .sql(
                "SELECT pack, question_id, points, due_at FROM mastery
                 WHERE workspace_id = $1 AND member_id = $2 ORDER BY pack, question_id",
            )
            .bind(workspace)
            .bind(member)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(pack, question, points, due)| KeptLearning { pack, question, points, due: *due }).collect())
    }

    /// The rows that told a member's scores in threads, by what they are about.
    pub async fn scores_said(&mut self, workspace: Uuid, member: Uuid) -> Result<Vec<String>> {
        self.said_like(workspace, &format!("score:%:{member}:%")).await
    }

    /// The rows that told a member's scores in a round's thread, by what they are about.
    pub async fn scores_said_of(&mut self, workspace: Uuid, round: Uuid, member: Uuid) -> Result<Vec<String>> {
        self.said_like(workspace, &format!("score:{round}:{member}:%")).await
    }

    /// The rows that told scores in a round's thread, by what they are about.
    pub async fn scores_said_in(&mut self, workspace: Uuid, round: Uuid) -> Result<Vec<String>> {
        self.said_like(workspace, &format!("score:{round}:%")).await
    }

    async fn said_like(&mut self, workspace: Uuid, about: &str) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = self
            .sql("SELECT about FROM outbox WHERE workspace_id = $1 AND about LIKE $2 ORDER BY about")
            .bind(workspace)
            .bind(about)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(about,)| about).collect())
    }

    /// When a member was first seen.
    pub async fn member_since(&mut self, workspace: Uuid, member: Uuid) -> Result<Since> {
        self.sql("SELECT created_at FROM members WHERE workspace_id = $1 AND id = $2").bind(workspace).bind(member).one().await
    }

    /// Locks a member's quiz and every round they took part in, so that nobody folds their words or puts their quiz aside while they are
    /// forgotten. To be called before anything else is touched: everybody else has these locks first as well.
    pub async fn lock_all_of(&mut self, workspace: Uuid, member: Uuid) -> Result<()> {
        self.lock_quiz(workspace, member).await?;
        let rounds: Vec<(Uuid,)> = self
            .sql(
                "SELECT round_id FROM messages WHERE workspace_id = $1 AND member_id = $2
                 UNION SELECT round_id FROM participations WHERE workspace_id = $1 AND member_id = $2 ORDER BY 1",
            )
            .bind(workspace)
            .bind(member)
            .all()
            .await?;
        for (round,) in rounds {
            self.lock_round(workspace, round).await?;
        }
        Ok(())
    }

    /// Forgets a member: their messages, answers, grades, sums, quizzes and settings. Other members' points stay as they are.
    pub async fn forget_member(&mut self, workspace: Uuid, member: Uuid, external_id: &str) -> Result<()> {
        self.sql(
            "DELETE FROM rounds WHERE workspace_id = $1 AND quiz_id IN (SELECT id FROM quizzes WHERE workspace_id = $1 AND member_id = $2)",
        )
        .bind(workspace)
        .bind(member)
        .run()
        .await?;
        self.sql("UPDATE inbox SET turn = NULL, member_id = NULL WHERE workspace_id = $1 AND member_id = $2")
            .bind(workspace)
            .bind(member)
            .run()
            .await?;
        // What waited to be said to them quotes them as well.
        self.sql("DELETE FROM outbox WHERE workspace_id = $1 AND audience = $2").bind(workspace).bind(external_id).run().await?;
        self.sql("DELETE FROM members WHERE workspace_id = $1 AND id = $2").bind(workspace).bind(member).run().await.map(drop)
    }
}
