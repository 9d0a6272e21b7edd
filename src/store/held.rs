//! What waits for one member until they are at hand, and what was said to them before.

use super::{Result, Ts, Tx};
use crate::message::Speech;
use crate::store::outbox::{Due, Leased};
use jiff::Timestamp;
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

#[derive(FromRow)]
struct Kept {
    speech: Json<Speech>,
}

impl Tx {
    /// Leases up to `n` rows that wait for this member, by the platform's id, oldest first. What is for one member follows no other row.
    pub async fn lease_held(&mut self, workspace: Uuid, person: &str, now: Timestamp, until: Timestamp, n: i64) -> Result<Vec<Leased>> {
        let due = self
            .sql(
                "SELECT o.workspace_id, o.id, o.leased_until, NULL AS parent_id, NULL AS parent_verb, FALSE AS troubled
                 FROM outbox o
                 WHERE o.workspace_id = $1 AND o.audience = $2 AND o.state IN ('ready', 'leased')
                   AND (o.state = 'ready' OR o.leased_until <= $3) AND o.not_before <= $3
                 ORDER BY o.id LIMIT $4",
            )
            .bind(workspace)
            .bind(person)
            .bind(Ts::from(now))
            .bind(n)
            .skip_locked()
            .all::<Due>()
            .await?;
        self.take(due, until).await
    }

    /// Something waits for this member.
    pub async fn holds_for(&mut self, workspace: Uuid, person: &str) -> Result<bool> {
        let row: Option<(Uuid,)> = self
            .sql("SELECT id FROM outbox WHERE workspace_id = $1 AND audience = $2 AND state IN ('ready', 'leased') LIMIT 1")
            .bind(workspace)
            .bind(person)
            .opt()
            .await?;
        Ok(row.is_some())
    }

    /// What a row says, unless it is for another member than this one.
    pub async fn speech_of(&mut self, workspace: Uuid, row: Uuid, person: &str) -> Result<Option<Speech>> {
        let kept: Option<Kept> = self
            .sql("SELECT speech FROM outbox WHERE workspace_id = $1 AND id = $2 AND (audience IS NULL OR audience = $3)")
            .bind(workspace)
            .bind(row)
            .bind(person)
            .opt()
            .await?;
        Ok(kept.map(|kept| kept.speech.0))
    }
}
