//! What one member earned on each day.

use super::{Day, Result, Tx};
use crate::bank::Hundredths;
use jiff::civil::Date;
use sqlx::FromRow;
use uuid::Uuid;

/// What a member earned on one day.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OneDay {
    /// `daily` or `practice`.
    pub board: String,
    /// The day.
    pub day: Day,
    /// The points.
    pub points: Hundredths,
    /// For how many answers.
    pub answers: i64,
}

impl Tx {
    /// What a member earned in a pack from a day on, by day and board.
    pub async fn earned_since(&mut self, workspace: Uuid, member: Uuid, pack: &str, from: Date) -> Result<Vec<OneDay>> {
        self.sql(
            "SELECT board, day, CAST(SUM(points) AS bigint) AS points, CAST(SUM(answers) AS bigint) AS answers FROM totals
             WHERE workspace_id = $1 AND board IN ('daily', 'practice') AND pack = $2 AND day >= $3 AND member_id = $4 AND answers <> 0
             GROUP BY board, day ORDER BY day, board",
        )
        .bind(workspace)
        .bind(pack)
        .bind(Day::from(from))
        .bind(member)
        .all()
        .await
    }
}
