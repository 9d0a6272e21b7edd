//! Seats in the local room, whose people no platform vouches for: a name is bound to a cookie, of which only the digest is kept.

use super::people::Member;
use super::{Db, Result, Ts, Tx};
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

/// Somebody's seat.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Seat {
    /// Whose workspace.
    pub workspace_id: Uuid,
    /// Whose.
    pub member_id: Uuid,
    /// The name by which the room knows them.
    pub external_id: String,
    /// The name others see.
    pub name: String,
    /// Their IANA zone, where it is known.
    pub zone: Option<String>,
    /// They lead the room: by the link of its start, or because another lead made them one.
    pub lead: bool,
}

impl Tx {
    /// Locks the workspace, so that two people can't take one name at once.
    pub async fn lock_workspace(&mut self, workspace: Uuid) -> Result<()> {
        self.sql("UPDATE workspaces SET id = id WHERE id = $1").bind(workspace).run().await.map(drop)
    }

    /// Gives a member a seat. Whoever holds what has this digest is that member from now on, and whoever was it before no more.
    pub async fn take_seat(&mut self, workspace: Uuid, member: &Member, digest: &str, lead: bool, now: Timestamp) -> Result<()> {
        self.sql(
            "INSERT INTO seats (workspace_id, digest, member_id, lead, taken_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (workspace_id, member_id)
             DO UPDATE SET digest = excluded.digest, lead = (seats.lead OR excluded.lead), taken_at = excluded.taken_at",
        )
        .bind(workspace)
        .bind(digest)
        .bind(member.id)
        .bind(lead)
        .bind(Ts::from(now))
        .run()
        .await
        .map(drop)
    }

    /// Makes whoever sits here lead.
    pub async fn seat_leads(&mut self, workspace: Uuid, digest: &str) -> Result<()> {
        self.sql("UPDATE seats SET lead = TRUE WHERE workspace_id = $1 AND digest = $2").bind(workspace).bind(digest).run().await.map(drop)
    }
}

impl Db {
    /// Whose seat this is.
    pub async fn seat(&self, workspace: Uuid, digest: &str) -> Result<Option<Seat>> {
        self.sql(
            "SELECT s.workspace_id, s.member_id, m.external_id, COALESCE(m.alias, m.name) AS name, m.zone, (s.lead OR m.lead) AS lead
             FROM seats s JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.member_id
             WHERE s.workspace_id = $1 AND s.digest = $2",
        )
        .bind(workspace)
        .bind(digest)
        .opt()
        .await
    }
}
