//! The boards' sums, read for a time, and computed anew from the answers to prove them.

use super::{Day, Result, Tx};
use crate::bank::Hundredths;
use jiff::civil::Date;
use sqlx::FromRow;
use uuid::Uuid;

/// A member's sum.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Total {
    /// Who.
    pub member_id: Uuid,
    /// Their points.
    pub points: Hundredths,
    /// Their answers.
    pub answers: i64,
}

/// A day's sum of one member in one topic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, FromRow)]
pub struct DayTotal {
    /// `daily` or `practice`.
    pub board: String,
    /// The day.
    pub day: Day,
    /// The topic's id.
    pub topic: String,
    /// Who.
    pub member_id: Uuid,
    /// Their points.
    pub points: Hundredths,
    /// Their answers.
    pub answers: i64,
}

/// Which sums are wanted.
#[derive(Debug, Clone)]
pub struct Span<'a> {
    /// `daily` or `practice`.
    pub board: &'static str,
    /// The pack's id.
    pub pack: &'a str,
    /// The first day.
    pub from: Date,
    /// The day after the last.
    pub to: Date,
    /// Only this topic.
    pub topic: Option<&'a str>,
}

impl Tx {
    /// Everybody's sums in a span, hidden members left out; in no order.
    pub async fn totals(&mut self, workspace: Uuid, span: &Span<'_>) -> Result<Vec<Total>> {
        self.sql(
            "SELECT t.member_id, CAST(SUM(t.points) AS bigint) AS points, CAST(SUM(t.answers) AS bigint) AS answers
             FROM totals t JOIN members m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
             WHERE t.workspace_id = $1 AND t.board = $2 AND t.pack = $3 AND t.day >= $4 AND t.day < $5
               AND (t.topic = $6 OR $6 = '') AND m.hidden = FALSE
             GROUP BY t.member_id HAVING SUM(t.answers) > 0",
        )
        .bind(workspace)
        .bind(span.board)
        .bind(span.pack)
        .bind(Day::from(span.from))
        .bind(Day::from(span.to))
        .bind(span.topic.unwrap_or_default())
        .all()
        .await
    }

    /// Every day's sums that come to an answer.
    pub async fn day_totals(&mut self, workspace: Uuid, pack: &str) -> Result<Vec<DayTotal>> {
        self.sql(
            "SELECT board, day, topic, member_id, points, answers FROM totals
             WHERE workspace_id = $1 AND pack = $2 AND answers <> 0 ORDER BY board, day, topic, member_id",
        )
        .bind(workspace)
        .bind(pack)
        .all()
        .await
    }

    /// The same from the answers themselves; it must always agree with [`Tx::day_totals`].
    pub async fn day_totals_recomputed(&mut self, workspace: Uuid, pack: &str) -> Result<Vec<DayTotal>> {
        self.sql(
            "SELECT p.counted_board AS board, p.counted_day AS day, r.topic, p.member_id, CAST(SUM(p.points) AS bigint) AS points,
                    COUNT(*) AS answers
             FROM participations p JOIN rounds r ON r.workspace_id = p.workspace_id AND r.id = p.round_id
             WHERE p.workspace_id = $1 AND r.pack = $2 AND p.counted_board IS NOT NULL AND p.counted_day IS NOT NULL
             GROUP BY p.counted_board, p.counted_day, r.topic, p.member_id ORDER BY 1, 2, 3, 4",
        )
        .bind(workspace)
        .bind(pack)
        .all()
        .await
    }
}
