//! Quizzes and interviews under way, and what members know of each question.

use super::types::json;
use super::{Result, Ts, Tx};
use crate::bank::Hundredths;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

/// What a quiz is to ask.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Only this topic.
    pub topic: Option<String>,
    /// Only this level.
    pub level: Option<crate::bank::Level>,
    /// How many questions.
    pub count: u32,
    /// Only what the member missed and is due again.
    pub weak: bool,
    /// Of an interview, the topic of each question in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
}

/// A member's quiz or interview; there is at most one of both that is not done.
#[derive(Debug, Clone, FromRow)]
pub struct Quiz {
    /// Ours.
    pub id: Uuid,
    /// `quiz` or `interview`.
    pub kind: String,
    /// Whose.
    pub member_id: Uuid,
    /// The pack's id.
    pub pack: String,
    /// What it is to ask.
    #[sqlx(json)]
    pub wanted: Wanted,
    /// Fixes its draws.
    pub seed: i64,
    /// `open`, `idle` (put aside after half an hour or by its member; can be resumed) or `done`.
    pub state: String,
    /// The round under way.
    pub round_id: Option<Uuid>,
    /// `answer` or `probe`: what the next words are taken for.
    pub stage: String,
    /// Where it is played.
    pub channel: String,
    /// How many minutes it has; an interview's.
    pub minutes: Option<i64>,
    /// How many seconds of them were used up to the member's last word.
    pub spent: i64,
    /// From.
    pub started_at: Ts,
    /// The member's last word.
    pub last_at: Ts,
}

impl Quiz {
    /// It is an interview.
    pub fn is_interview(&self) -> bool {
        self.kind == "interview"
    }
}

/// What a member knows of a question.
#[derive(Debug, Clone)]
pub struct Mastery<M> {
    /// The question's id.
    pub question_id: String,
    /// The scheduler's memory of it.
    pub memory: M,
    /// When it is due again.
    pub due_at: Timestamp,
    /// What the last answer earned.
    pub points: Hundredths,
}

#[derive(FromRow)]
struct MasteryRow {
    question_id: String,
    memory: Json<serde_json::Value>,
    due_at: Ts,
    points: Hundredths,
}

impl Tx {
    /// Starts a quiz.
    pub async fn start_quiz(&mut self, workspace: Uuid, quiz: &Quiz) -> Result<()> {
        self.sql(
            "INSERT INTO quizzes (workspace_id, id, member_id, pack, wanted, seed, state, round_id, stage, channel, started_at, last_at, kind,
                                  minutes, spent)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        )
        .bind(workspace)
        .bind(quiz.id)
        .bind(quiz.member_id)
        .bind(&*quiz.pack)
        .bind(json(&quiz.wanted)?)
        .bind(quiz.seed)
        .bind(&*quiz.state)
        .bind(quiz.round_id)
        .bind(&*quiz.stage)
        .bind(&*quiz.channel)
        .bind(quiz.started_at)
        .bind(quiz.last_at)
        .bind(&*quiz.kind)
        .bind(quiz.minutes)
        .bind(quiz.spent)
        .run()
        .await
        .map(drop)
    }

    /// A member's quiz that is not done, locked.
    pub async fn lock_quiz(&mut self, workspace: Uuid, member: Uuid) -> Result<Option<Quiz>> {
        self.sql(
            "UPDATE quizzes SET id = id WHERE workspace_id = $1 AND member_id = $2 AND state <> 'done'
             RETURNING id, kind, member_id, pack, wanted, seed, state, round_id, stage, channel, minutes, spent, started_at, last_at",
        )
        .bind(workspace)
        .bind(member)
        .opt()
        .await
    }

    /// The member, by the platform's id, has a quiz open.
    pub async fn is_drilling(&mut self, workspace: Uuid, external_id: &str) -> Result<bool> {
        let (open,): (i64,) = self
            .sql(
                "SELECT COUNT(*) FROM quizzes q JOIN members m ON m.workspace_id = q.workspace_id AND m.id = q.member_id
                 WHERE q.workspace_id = $1 AND m.external_id = $2 AND q.state = 'open'",
            )
            .bind(workspace)
            .bind(external_id)
            .one()
            .await?;
        Ok(open > 0)
    }

    /// A quiz by its id, locked.
    pub async fn lock_quiz_by_id(&mut self, workspace: Uuid, id: Uuid) -> Result<Option<Quiz>> {
        self.sql(
            "UPDATE quizzes SET id = id WHERE workspace_id = $1 AND id = $2
             RETURNING id, kind, member_id, pack, wanted, seed, state, round_id, stage, channel, minutes, spent, started_at, last_at",
        )
        .bind(workspace)
        .bind(id)
        .opt()
        .await
    }

    /// Keeps where a quiz stands.
    pub async fn save_quiz(&mut self, workspace: Uuid, quiz: &Quiz) -> Result<()> {
        self.sql(
            "UPDATE quizzes SET state = $3, round_id = $4, stage = $5, channel = $6, last_at = $7, spent = $8
             WHERE workspace_id = $1 AND id = $2",
        )
        .bind(workspace)
        .bind(quiz.id)
        .bind(&*quiz.state)
        .bind(quiz.round_id)
        .bind(&*quiz.stage)
        .bind(&*quiz.channel)
        .bind(quiz.last_at)
        .bind(quiz.spent)
        .run()
        .await
        .map(drop)
    }

    /// Keeps what a member knows of a question.
    pub async fn save_mastery<M: Serialize>(&mut self, workspace: Uuid, member: Uuid, pack: &str, known: &Mastery<M>) -> Result<()> {
        self.sql(
            "INSERT INTO mastery (workspace_id, member_id, pack, question_id, memory, due_at, points) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (workspace_id, member_id, pack, question_id)
             DO UPDATE SET memory = excluded.memory, due_at = excluded.due_at, points = excluded.points",
        )
        .bind(workspace)
        .bind(member)
        .bind(pack)
        .bind(&*known.question_id)
        .bind(json(&known.memory)?)
        .bind(Ts::from(known.due_at))
        .bind(known.points)
        .run()
        .await
        .map(drop)
    }

    /// What a member knows of a pack's questions, soonest due first.
    pub async fn mastery<M: DeserializeOwned>(&mut self, workspace: Uuid, member: Uuid, pack: &str) -> Result<Vec<Mastery<M>>> {
        let rows: Vec<MasteryRow> = self
            .sql(
                "SELECT question_id, memory, due_at, points FROM mastery
                 WHERE workspace_id = $1 AND member_id = $2 AND pack = $3 ORDER BY due_at, question_id",
            )
            .bind(workspace)
            .bind(member)
            .bind(pack)
            .all()
            .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Mastery {
                    question_id: row.question_id,
                    memory: serde_json::from_value(row.memory.0).map_err(|e| sqlx::Error::Decode(e.into()))?,
                    due_at: *row.due_at,
                    points: row.points,
                })
            })
            .collect()
    }
}
