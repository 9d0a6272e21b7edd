//! Schedules of daily questions, and the notices that wait for their leads.

use super::types::json;
use super::{Day, Result, Ts, Tx};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

/// A schedule as it stands. `P` is the plan, which the core understands and the store only keeps.
#[derive(Debug, Clone)]
pub struct Schedule<P> {
    /// Whose.
    pub workspace_id: Uuid,
    /// Ours.
    pub id: Uuid,
    /// The pack's id.
    pub pack: String,
    /// Where it posts.
    pub channel: String,
    /// `draft`, `on` or `paused`.
    pub state: String,
    /// When and how it posts.
    pub plan: P,
    /// Fixes its draws.
    pub seed: i64,
    /// The last date that had its question or was skipped.
    pub last_date: Option<Date>,
    /// Dailies in a row that nobody answered.
    pub unanswered: i64,
    /// Why its channel was given up; it waits for another.
    pub lost: Option<String>,
}

#[derive(FromRow)]
struct Row {
    workspace_id: Uuid,
    id: Uuid,
    pack: String,
    channel: String,
    state: String,
    plan: Json<serde_json::Value>,
    seed: i64,
    last_date: Option<Day>,
    unanswered: i64,
    lost: Option<String>,
}

impl Row {
    fn read<P: DeserializeOwned>(self) -> Result<Schedule<P>> {
        Ok(Schedule {
            workspace_id: self.workspace_id,
            id: self.id,
            pack: self.pack,
            channel: self.channel,
            state: self.state,
            plan: serde_json::from_value(self.plan.0).map_err(|e| sqlx::Error::Decode(e.into()))?,
            seed: self.seed,
            last_date: self.last_date.map(|day| *day),
            unanswered: self.unanswered,
            lost: self.lost,
        })
    }
}

/// A line that waits for a lead.
#[derive(Debug, Clone, FromRow)]
pub struct Notice {
    /// Ours.
    pub id: Uuid,
    /// The line.
    pub text: String,
    /// Since when.
    pub at: Ts,
}

impl Tx {
    /// Adds a schedule, or changes the plan and state of the one the channel has for this pack. Its id.
    pub async fn save_schedule<P: Serialize>(&mut self, schedule: &Schedule<P>, now: Timestamp) -> Result<Uuid> {
        let (id,): (Uuid,) = self
            .sql(
                "INSERT INTO schedules (workspace_id, id, pack, channel, state, plan, seed, created_at, lost)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                 ON CONFLICT (workspace_id, pack, channel)
                 DO UPDATE SET state = excluded.state, plan = excluded.plan, lost = excluded.lost
                 RETURNING id",
            )
            .bind(schedule.workspace_id)
            .bind(schedule.id)
            .bind(&*schedule.pack)
            .bind(&*schedule.channel)
            .bind(&*schedule.state)
            .bind(json(&schedule.plan)?)
            .bind(schedule.seed)
            .bind(Ts::from(now))
            .bind(schedule.lost.as_deref())
            .one()
            .await?;
        Ok(id)
    }

    /// A schedule, locked: whoever else wants to decide about it waits.
    pub async fn lock_schedule<P: DeserializeOwned>(&mut self, workspace: Uuid, id: Uuid) -> Result<Option<Schedule<P>>> {
        let row: Option<Row> = self
            .sql(
                "UPDATE schedules SET id = id WHERE workspace_id = $1 AND id = $2
                 RETURNING workspace_id, id, pack, channel, state, plan, seed, last_date, unanswered, lost",
            )
            .bind(workspace)
            .bind(id)
            .opt()
            .await?;
        row.map(Row::read).transpose()
    }

    /// A schedule, to read.
    pub async fn schedule<P: DeserializeOwned>(&mut self, workspace: Uuid, id: Uuid) -> Result<Option<Schedule<P>>> {
        let row: Option<Row> = self
            .sql(
                "SELECT workspace_id, id, pack, channel, state, plan, seed, last_date, unanswered, lost FROM schedules
                 WHERE workspace_id = $1 AND id = $2",
            )
            .bind(workspace)
            .bind(id)
            .opt()
            .await?;
        row.map(Row::read).transpose()
    }

    /// All schedules of a workspace.
    pub async fn schedules<P: DeserializeOwned>(&mut self, workspace: Uuid, pack: &str) -> Result<Vec<Schedule<P>>> {
        let rows: Vec<Row> = self
            .sql(
                "SELECT workspace_id, id, pack, channel, state, plan, seed, last_date, unanswered, lost FROM schedules
                 WHERE workspace_id = $1 AND pack = $2 ORDER BY created_at, id",
            )
            .bind(workspace)
            .bind(pack)
            .all()
            .await?;
        rows.into_iter().map(Row::read).collect()
    }

    /// Takes a schedule to another channel, which has none of its pack.
    pub async fn move_schedule(&mut self, workspace: Uuid, schedule: Uuid, channel: &str) -> Result<()> {
        self.sql("UPDATE schedules SET channel = $3, lost = NULL WHERE workspace_id = $1 AND id = $2")
            .bind(workspace)
            .bind(schedule)
            .bind(channel)
            .run()
            .await
            .map(drop)
    }

    /// Notes the last date that had its question or was skipped.
    pub async fn set_last_date(&mut self, workspace: Uuid, schedule: Uuid, date: Date) -> Result<()> {
        self.sql("UPDATE schedules SET last_date = $3 WHERE workspace_id = $1 AND id = $2")
            .bind(workspace)
            .bind(schedule)
            .bind(Day::from(date))
            .run()
            .await
            .map(drop)
    }

    /// Notes how many dailies in a row nobody answered.
    pub async fn set_unanswered(&mut self, workspace: Uuid, schedule: Uuid, unanswered: i64) -> Result<()> {
        self.sql("UPDATE schedules SET unanswered = $3 WHERE workspace_id = $1 AND id = $2")
            .bind(workspace)
            .bind(schedule)
            .bind(unanswered)
            .run()
            .await
            .map(drop)
    }

    /// Leaves a line for the leads; the same matter twice is one line.
    pub async fn notice(&mut self, workspace: Uuid, id: Uuid, about: &str, text: &str, now: Timestamp) -> Result<()> {
        self.sql(
            "INSERT INTO notices (workspace_id, id, about, text, at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (workspace_id, about) DO NOTHING",
        )
        .bind(workspace)
        .bind(id)
        .bind(about)
        .bind(text)
        .bind(Ts::from(now))
        .run()
        .await
        .map(drop)
    }

    /// The lines no lead has seen, oldest first; they count as seen now.
    pub async fn take_notices(&mut self, workspace: Uuid) -> Result<Vec<Notice>> {
        let mut notices: Vec<Notice> = self
            .sql("UPDATE notices SET seen = TRUE WHERE workspace_id = $1 AND seen = FALSE RETURNING id, text, at")
            .bind(workspace)
            .all()
            .await?;
        notices.sort_by_key(|notice| notice.id);
        Ok(notices)
    }
}
