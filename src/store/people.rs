//! Workspaces, their members, and when these are away.

use super::{Day, Result, Ts, Tx};
use crate::message::{Home, Person};
use jiff::{Timestamp, civil::Date};
use sqlx::FromRow;
use uuid::Uuid;

/// A team's place.
#[derive(Debug, Clone, FromRow)]
pub struct Workspace {
    /// Ours.
    pub id: Uuid,
    /// `discord`, `slack`, `local`.
    pub platform: String,
    /// The platform's id of it.
    pub external_id: String,
    /// IANA zone of its dates.
    pub zone: String,
    /// The channel in which its leads are told things; none: they wait on `schedule show`.
    pub notices: Option<String>,
}

impl Workspace {
    /// As its platform names it.
    pub fn home(&self) -> Home {
        Home { platform: self.platform.clone(), id: self.external_id.clone() }
    }
}

/// Somebody in a workspace.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Member {
    /// Ours.
    pub id: Uuid,
    /// The platform's id.
    pub external_id: String,
    /// The platform's name for them.
    pub name: String,
    /// The name they chose for boards.
    pub alias: Option<String>,
    /// Their IANA zone, where it is known.
    pub zone: Option<String>,
    /// Made a lead here; the platform may make others leads as well.
    pub lead: bool,
    /// Decides appeals.
    pub reviewer: bool,
    /// On no board.
    pub hidden: bool,
    /// Their best answers and scores may be shown.
    pub shares: bool,
    /// What they write in threads is no answer, and nothing of theirs is quoted.
    pub muted: bool,
}

impl Member {
    /// The name others see.
    pub fn shown(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.name)
    }
}

/// Days away, both included.
#[derive(Debug, Clone, Copy, FromRow)]
pub struct Away {
    /// From this day on.
    pub first_day: Day,
    /// To this day.
    pub last_day: Day,
}

impl Tx {
    /// The workspace, made with `id` and `zone` when it is new.
    pub async fn workspace(&mut self, home: &Home, id: Uuid, zone: &str, now: Timestamp) -> Result<Workspace> {
        self.sql(
            "INSERT INTO workspaces (id, platform, external_id, zone, created_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (platform, external_id) DO NOTHING",
        )
        .bind(id)
        .bind(&*home.platform)
        .bind(&*home.id)
        .bind(zone)
        .bind(Ts::from(now))
        .run()
        .await?;
        self.known_workspace(home).await?.ok_or(sqlx::Error::RowNotFound)
    }

    /// A workspace, if it was ever heard of.
    pub async fn known_workspace(&mut self, home: &Home) -> Result<Option<Workspace>> {
        self.sql("SELECT id, platform, external_id, zone, notices FROM workspaces WHERE platform = $1 AND external_id = $2")
            .bind(&*home.platform)
            .bind(&*home.id)
            .opt()
            .await
    }

    /// A workspace by our id.
    pub async fn workspace_by_id(&mut self, id: Uuid) -> Result<Workspace> {
        self.sql("SELECT id, platform, external_id, zone, notices FROM workspaces WHERE id = $1").bind(id).one().await
    }

    /// Sets the zone of a workspace's dates. What was earned stays on the day it was earned.
    pub async fn set_workspace_zone(&mut self, id: Uuid, zone: &str) -> Result<()> {
        self.sql("UPDATE workspaces SET zone = $2 WHERE id = $1").bind(id).bind(zone).run().await.map(drop)
    }

    /// Sets or clears the channel in which leads are told things.
    pub async fn set_notices(&mut self, id: Uuid, channel: Option<&str>) -> Result<()> {
        self.sql("UPDATE workspaces SET notices = $2 WHERE id = $1").bind(id).bind(channel).run().await.map(drop)
    }

    /// The member, made with `id` when new; name and zone follow the platform.
    pub async fn member(&mut self, workspace: Uuid, person: &Person, id: Uuid, now: Timestamp) -> Result<Member> {
        self.sql(
            "INSERT INTO members (workspace_id, id, external_id, name, zone, created_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (workspace_id, external_id)
             DO UPDATE SET name = excluded.name, zone = COALESCE(excluded.zone, members.zone)
             RETURNING id, external_id, name, alias, zone, lead, reviewer, hidden, shares, muted",
        )
        .bind(workspace)
        .bind(id)
        .bind(&*person.id)
        .bind(&*person.name)
        .bind(person.zone.as_deref())
        .bind(Ts::from(now))
        .one()
        .await
    }

    /// Everybody in a workspace.
    pub async fn members(&mut self, workspace: Uuid) -> Result<Vec<Member>> {
        self.sql(
            "SELECT id, external_id, name, alias, zone, lead, reviewer, hidden, shares, muted FROM members
             WHERE workspace_id = $1 ORDER BY created_at, id",
        )
        .bind(workspace)
        .all()
        .await
    }

    /// Sets or clears the name on boards.
    pub async fn set_alias(&mut self, workspace: Uuid, member: Uuid, alias: Option<&str>) -> Result<()> {
        self.sql("UPDATE members SET alias = $3 WHERE workspace_id = $1 AND id = $2")
            .bind(workspace)
            .bind(member)
            .bind(alias)
            .run()
            .await
            .map(drop)
    }

    /// On boards, or on none.
    pub async fn set_hidden(&mut self, workspace: Uuid, member: Uuid, hidden: bool) -> Result<()> {
        self.sql("UPDATE members SET hidden = $3 WHERE workspace_id = $1 AND id = $2")
            .bind(workspace)
            .bind(member)
            .bind(hidden)
            .run()
            .await
            .map(drop)
    }

    /// Whether their best answers and scores may be shown.
    pub async fn set_shares(&mut self, workspace: Uuid, member: Uuid, shares: bool) -> Result<()> {
        self.sql("UPDATE members SET shares = $3 WHERE workspace_id = $1 AND id = $2")
            .bind(workspace)
            .bind(member)
            .bind(shares)
            .run()
            .await
            .map(drop)
    }

    /// Mutes somebody, or no longer.
    pub async fn set_muted(&mut self, workspace: Uuid, member: Uuid, muted: bool) -> Result<()> {
        self.sql("UPDATE members SET muted = $3 WHERE workspace_id = $1 AND id = $2")
            .bind(workspace)
            .bind(member)
            .bind(muted)
            .run()
            .await
            .map(drop)
    }

    /// Makes somebody a lead or a reviewer, or no longer.
    pub async fn set_roles(&mut self, workspace: Uuid, member: Uuid, lead: bool, reviewer: bool) -> Result<()> {
        self.sql("UPDATE members SET lead = $3, reviewer = $4 WHERE workspace_id = $1 AND id = $2")
            .bind(workspace)
            .bind(member)
            .bind(lead)
            .bind(reviewer)
            .run()
            .await
            .map(drop)
    }

    /// Notes days away; the same first day again replaces the last day.
    pub async fn add_away(&mut self, workspace: Uuid, member: Uuid, first: Date, last: Date) -> Result<()> {
        self.sql(
            "INSERT INTO aways (workspace_id, member_id, first_day, last_day) VALUES ($1, $2, $3, $4)
             ON CONFLICT (workspace_id, member_id, first_day) DO UPDATE SET last_day = excluded.last_day",
        )
        .bind(workspace)
        .bind(member)
        .bind(Day::from(first))
        .bind(Day::from(last))
        .run()
        .await
        .map(drop)
    }

    /// A member's days away, oldest first.
    pub async fn aways(&mut self, workspace: Uuid, member: Uuid) -> Result<Vec<Away>> {
        self.sql("SELECT first_day, last_day FROM aways WHERE workspace_id = $1 AND member_id = $2 ORDER BY first_day")
            .bind(workspace)
            .bind(member)
            .all()
            .await
    }
}
