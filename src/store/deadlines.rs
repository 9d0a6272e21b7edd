//! What is to happen at a time: rows, so that a restart forgets nothing and any number of processes may look.

use super::{Result, Ts, Tx};
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

/// Something that is due.
#[derive(Debug, Clone, FromRow)]
pub struct Deadline {
    /// Whose.
    pub workspace_id: Uuid,
    /// What is to happen: `post`, `close`, `idle`, ….
    pub kind: String,
    /// To which schedule, round or quiz.
    pub subject: Uuid,
    /// When it was due.
    pub due_at: Ts,
    /// How often it went wrong.
    pub tries: i64,
}

impl Tx {
    /// Sets a deadline, or moves it.
    pub async fn set_deadline(&mut self, workspace: Uuid, kind: &str, subject: Uuid, due: Timestamp) -> Result<()> {
        self.sql(
            "INSERT INTO deadlines (workspace_id, kind, subject, due_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (workspace_id, kind, subject) DO UPDATE SET due_at = excluded.due_at, tries = 0",
        )
        .bind(workspace)
        .bind(kind)
        .bind(subject)
        .bind(Ts::from(due))
        .run()
        .await
        .map(drop)
    }

    /// Takes a deadline back.
    pub async fn clear_deadline(&mut self, workspace: Uuid, kind: &str, subject: Uuid) -> Result<()> {
        self.sql("DELETE FROM deadlines WHERE workspace_id = $1 AND kind = $2 AND subject = $3")
            .bind(workspace)
            .bind(kind)
            .bind(subject)
            .run()
            .await
            .map(drop)
    }

    /// Takes the oldest deadline that is due and that nobody else is at. It is gone when the transaction is committed, and back when it
    /// is not, so its transition happens once however many processes look.
    pub async fn take_deadline(&mut self, now: Timestamp) -> Result<Option<Deadline>> {
        let due: Option<Deadline> = self
            .sql(
                "SELECT workspace_id, kind, subject, due_at, tries FROM deadlines WHERE due_at <= $1
                 ORDER BY due_at, workspace_id, kind, subject LIMIT 1",
            )
            .bind(Ts::from(now))
            .skip_locked()
            .opt()
            .await?;
        if let Some(deadline) = &due {
            self.clear_deadline(deadline.workspace_id, &deadline.kind, deadline.subject).await?;
        }
        Ok(due)
    }

    /// Puts a deadline off whose transition went wrong, so that it doesn't hold up the others. One that was moved meanwhile stays.
    pub async fn put_off(&mut self, deadline: &Deadline, until: Timestamp) -> Result<()> {
        self.sql(
            "UPDATE deadlines SET due_at = $5, tries = tries + 1
             WHERE workspace_id = $1 AND kind = $2 AND subject = $3 AND due_at = $4",
        )
        .bind(deadline.workspace_id)
        .bind(&*deadline.kind)
        .bind(deadline.subject)
        .bind(deadline.due_at)
        .bind(Ts::from(until))
        .run()
        .await
        .map(drop)
    }

    /// When the next deadline is due.
    pub async fn next_deadline(&mut self) -> Result<Option<Timestamp>> {
        let (at,): (Option<Ts>,) = self.sql("SELECT MIN(due_at) FROM deadlines").one().await?;
        Ok(at.map(|at| *at))
    }
}
