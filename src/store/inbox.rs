//! What came in, each delivery once, with the turn it was answered with.

use super::types::json;
use super::{Result, Ts, Tx};
use crate::message::Turn;
use jiff::Timestamp;
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

#[derive(FromRow)]
struct Answered {
    turn: Option<Json<Turn>>,
}

impl Tx {
    /// Takes a delivery for this transaction. The turn it was answered with, if it was delivered before; a second process that handles
    /// the same delivery waits here until the first is done.
    pub async fn receive(&mut self, workspace: Uuid, delivery: &str, now: Timestamp) -> Result<Option<Turn>> {
        let fresh = self
            .sql("INSERT INTO inbox (workspace_id, delivery, at) VALUES ($1, $2, $3) ON CONFLICT (workspace_id, delivery) DO NOTHING")
            .bind(workspace)
            .bind(delivery)
            .bind(Ts::from(now))
            .run()
            .await?;
        if fresh == 1 {
            return Ok(None);
        }
        let before: Answered =
            self.sql("SELECT turn FROM inbox WHERE workspace_id = $1 AND delivery = $2").bind(workspace).bind(delivery).one().await?;
        Ok(Some(before.turn.map_or(Turn::None, |turn| turn.0)))
    }

    /// Keeps the turn a delivery was answered with, and whose it was.
    pub async fn answered(&mut self, workspace: Uuid, delivery: &str, member: Uuid, turn: &Turn) -> Result<()> {
        self.sql("UPDATE inbox SET turn = $3, member_id = $4 WHERE workspace_id = $1 AND delivery = $2")
            .bind(workspace)
            .bind(delivery)
            .bind(json(turn)?)
            .bind(member)
            .run()
            .await
            .map(drop)
    }

    /// Forgets deliveries older than `before`; no platform delivers again after days.
    pub async fn forget_deliveries(&mut self, before: Timestamp) -> Result<u64> {
        self.sql("DELETE FROM inbox WHERE at < $1").bind(Ts::from(before)).run().await
    }
}
