//! What is to happen at a time: rows, so that a restart forgets nothing and any number of processes may look.

use super::{Result, Ts, Tx};
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

/// How many deadlines a process looks at to find one that nobody else is at: more than there are processes.
const LOOK: i64 = 64;

/// Something that is due.
#[derive(Debug, Clone, FromRow)]
pub struct Deadline {
    /// Whose.
    pub workspace_id: Uuid,
    /// What is to happen: `post`, `close`, `idle`, ….
    pub kind: String,
    /// To which schedule, round, quiz or challenge.
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

    /// Takes the oldest deadline that is due and whose subject nobody else is at. It is gone when the transaction is committed, and back
    /// when it is not, so its transition happens once however many processes look.
    ///
    /// The subject is locked before the deadline, which is the order of everybody who moves one: a member whose answer puts off the end of
    /// their quiz, a lead who pauses a schedule. Nothing is waited for.
    pub async fn take_deadline(&mut self, now: Timestamp) -> Result<Option<Deadline>> {
        let due: Vec<Deadline> = self
            .sql(
                "SELECT workspace_id, kind, subject, due_at, tries FROM deadlines WHERE due_at <= $1
                 ORDER BY due_at, workspace_id, kind, subject LIMIT $2",
            )
            .bind(Ts::from(now))
            .bind(LOOK)
            .all()
            .await?;
        if due.is_empty() {
            return Ok(None);
        }
        self.sql("SAVEPOINT look").run().await?;
        for deadline in due {
            // Gives back what was locked for nothing with the one before.
            self.sql("ROLLBACK TO SAVEPOINT look").run().await?;
            if self.lock_subject(&deadline).await? && self.is_still_due(&deadline).await? {
                self.sql("RELEASE SAVEPOINT look").run().await?;
                self.clear_deadline(deadline.workspace_id, &deadline.kind, deadline.subject).await?;
                return Ok(Some(deadline));
            }
        }
        Ok(None)
    }

    /// Locks the schedule, round, quiz or challenge a deadline is about. False: somebody else is at it.
    async fn lock_subject(&mut self, deadline: &Deadline) -> Result<bool> {
        let (workspace, subject) = (deadline.workspace_id, deadline.subject);
        let schedule: Option<(Uuid,)> = self
            .sql("SELECT id FROM schedules WHERE workspace_id = $1 AND id = $2")
            .bind(workspace)
            .bind(subject)
            .skip_locked()
            .opt()
            .await?;
        let round: Option<(Uuid,)> =
            self.sql("SELECT id FROM rounds WHERE workspace_id = $1 AND id = $2").bind(workspace).bind(subject).skip_locked().opt().await?;
        let quiz: Option<(Uuid,)> = self
            .sql("SELECT id FROM quizzes WHERE workspace_id = $1 AND id = $2")
            .bind(workspace)
            .bind(subject)
            .skip_locked()
            .opt()
            .await?;
        let challenge: Option<(Uuid,)> = self
            .sql("SELECT id FROM challenges WHERE workspace_id = $1 AND id = $2")
            .bind(workspace)
            .bind(subject)
            .skip_locked()
            .opt()
            .await?;
        if schedule.or(round).or(quiz).or(challenge).is_some() {
            return Ok(true);
        }
        // Locked, or no longer there at all.
        let locked: Option<(Uuid,)> = self
            .sql(
                "SELECT id FROM schedules WHERE workspace_id = $1 AND id = $2
                 UNION ALL SELECT id FROM rounds WHERE workspace_id = $1 AND id = $2
                 UNION ALL SELECT id FROM quizzes WHERE workspace_id = $1 AND id = $2
                 UNION ALL SELECT id FROM challenges WHERE workspace_id = $1 AND id = $2",
            )
            .bind(workspace)
            .bind(subject)
            .opt()
            .await?;
        Ok(locked.is_none())
    }

    /// Nobody took or moved it since it was seen.
    async fn is_still_due(&mut self, deadline: &Deadline) -> Result<bool> {
        let found: Option<(i64,)> = self
            .sql("SELECT tries FROM deadlines WHERE workspace_id = $1 AND kind = $2 AND subject = $3 AND due_at = $4")
            .bind(deadline.workspace_id)
            .bind(&*deadline.kind)
            .bind(deadline.subject)
            .bind(deadline.due_at)
            .skip_locked()
            .opt()
            .await?;
        Ok(found.is_some())
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

    /// When the next thing of a kind is due in a workspace.
    pub async fn next_of_kind(&mut self, workspace: Uuid, kind: &str) -> Result<Option<Ts>> {
        let next: Option<(Ts,)> = self
            .sql("SELECT due_at FROM deadlines WHERE workspace_id = $1 AND kind = $2 ORDER BY due_at LIMIT 1")
            .bind(workspace)
            .bind(kind)
            .opt()
            .await?;
        Ok(next.map(|(at,)| at))
    }

    /// When the next deadline is due.
    pub async fn next_deadline(&mut self) -> Result<Option<Timestamp>> {
        let (at,): (Option<Ts>,) = self.sql("SELECT MIN(due_at) FROM deadlines").one().await?;
        Ok(at.map(|at| *at))
    }
}
