//! What a schedule asks first because a lead put it there, and the questions that nothing asks any more.

use super::{Result, Ts, Tx};
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

/// A question that nothing draws any more.
#[derive(Debug, Clone, FromRow)]
pub struct Retired {
    /// The question's id.
    pub question_id: String,
    /// Why, if anybody said.
    pub reason: Option<String>,
    /// Since when.
    pub at: Ts,
}

impl Tx {
    /// The questions that were put first for a schedule, in their order.
    pub async fn queue(&mut self, workspace: Uuid, schedule: Uuid) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = self
            .sql("SELECT question_id FROM queued WHERE workspace_id = $1 AND schedule_id = $2 ORDER BY place, question_id")
            .bind(workspace)
            .bind(schedule)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// Puts these questions first for a schedule, and no others; each is named once. The caller holds the schedule's lock.
    pub async fn save_queue(&mut self, workspace: Uuid, schedule: Uuid, questions: &[String]) -> Result<()> {
        self.sql("DELETE FROM queued WHERE workspace_id = $1 AND schedule_id = $2").bind(workspace).bind(schedule).run().await?;
        for (place, question) in (1_i64..).zip(questions) {
            self.sql("INSERT INTO queued (workspace_id, schedule_id, question_id, place) VALUES ($1, $2, $3, $4)")
                .bind(workspace)
                .bind(schedule)
                .bind(&**question)
                .bind(place)
                .run()
                .await?;
        }
        Ok(())
    }

    /// Takes a question out of a schedule's queue: a round asks it, which remembers that it was put first.
    pub async fn unqueue(&mut self, workspace: Uuid, schedule: Uuid, question: &str, round: Uuid) -> Result<()> {
        let was_queued = self
            .sql("DELETE FROM queued WHERE workspace_id = $1 AND schedule_id = $2 AND question_id = $3")
            .bind(workspace)
            .bind(schedule)
            .bind(question)
            .run()
            .await?;
        if was_queued > 0 {
            self.sql("UPDATE rounds SET queued = TRUE WHERE workspace_id = $1 AND id = $2").bind(workspace).bind(round).run().await?;
        }
        Ok(())
    }

    /// A lead had put a round's question first.
    pub async fn was_queued(&mut self, workspace: Uuid, round: Uuid) -> Result<bool> {
        let found: Option<(Uuid,)> = self
            .sql("SELECT id FROM rounds WHERE workspace_id = $1 AND id = $2 AND queued = TRUE")
            .bind(workspace)
            .bind(round)
            .opt()
            .await?;
        Ok(found.is_some())
    }

    /// Retires a question, and takes it out of all queues. False: it was retired before.
    pub async fn retire(&mut self, workspace: Uuid, pack: &str, question: &str, reason: Option<&str>, now: Timestamp) -> Result<bool> {
        let retired = self
            .sql(
                "INSERT INTO retired (workspace_id, pack, question_id, reason, at) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (workspace_id, pack, question_id) DO NOTHING",
            )
            .bind(workspace)
            .bind(pack)
            .bind(question)
            .bind(reason)
            .bind(Ts::from(now))
            .run()
            .await?;
        self.sql(
            "DELETE FROM queued WHERE workspace_id = $1 AND question_id = $2
               AND schedule_id IN (SELECT id FROM schedules WHERE workspace_id = $1 AND pack = $3)",
        )
        .bind(workspace)
        .bind(question)
        .bind(pack)
        .run()
        .await?;
        Ok(retired == 1)
    }

    /// Lets a retired question be drawn again. False: it wasn't retired.
    pub async fn restore(&mut self, workspace: Uuid, pack: &str, question: &str) -> Result<bool> {
        let restored = self
            .sql("DELETE FROM retired WHERE workspace_id = $1 AND pack = $2 AND question_id = $3")
            .bind(workspace)
            .bind(pack)
            .bind(question)
            .run()
            .await?;
        Ok(restored == 1)
    }

    /// The retired questions of a pack.
    pub async fn retired(&mut self, workspace: Uuid, pack: &str) -> Result<Vec<Retired>> {
        self.sql("SELECT question_id, reason, at FROM retired WHERE workspace_id = $1 AND pack = $2 ORDER BY question_id")
            .bind(workspace)
            .bind(pack)
            .all()
            .await
    }
}
