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

    /// The turn a delivery was answered with, for whoever it answered, by the platform's id.
    pub async fn turn_of(&mut self, workspace: Uuid, person: &str, delivery: &str) -> Result<Option<Turn>> {
        let kept: Option<Answered> = self
            .sql(
                "SELECT turn FROM inbox WHERE workspace_id = $1 AND delivery = $2
                   AND member_id = (SELECT id FROM members WHERE workspace_id = $1 AND external_id = $3)",
            )
            .bind(workspace)
            .bind(delivery)
            .bind(person)
            .opt()
            .await?;
        Ok(kept.and_then(|kept| kept.turn).map(|turn| turn.0))
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

    /// How many of a member's deliveries came after a time: all, or only those that had an immediate answer.
    pub async fn heard_since(&mut self, workspace: Uuid, member: Uuid, after: Timestamp, answered: bool) -> Result<i64> {
        let (n,): (i64,) = self
            .sql(
                "SELECT COUNT(*) FROM inbox
                 WHERE workspace_id = $1 AND member_id = $2 AND at > $3 AND turn IS NOT NULL
                   AND ($4 = FALSE OR CAST(turn AS TEXT) NOT LIKE '_None_')",
            )
            .bind(workspace)
            .bind(member)
            .bind(Ts::from(after))
            .bind(answered)
            .one()
            .await?;
        Ok(n)
    }

    /// Forgets a workspace's deliveries older than `before`, and what was said to single members before that.
    pub async fn forget_deliveries(&mut self, workspace: Uuid, before: Timestamp) -> Result<()> {
        self.sql("DELETE FROM inbox WHERE workspace_id = $1 AND at < $2").bind(workspace).bind(Ts::from(before)).run().await?;
        self.sql("DELETE FROM outbox WHERE workspace_id = $1 AND audience IS NOT NULL AND state = 'sent' AND sent_at < $2")
            .bind(workspace)
            .bind(Ts::from(before))
            .run()
            .await
            .map(drop)
    }
}
