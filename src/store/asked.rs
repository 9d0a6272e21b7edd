//! How often each question was asked, and what its answers earned.

use super::answers::Attempt;
use super::{Result, Ts, Tx};
use crate::bank::Hundredths;
use sqlx::FromRow;
use uuid::Uuid;

/// How often a question was asked in one way.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Times {
    /// The question's id.
    pub question_id: String,
    /// `daily`, `quiz`, `interview` or `challenge`.
    pub kind: String,
    /// How many rounds asked it.
    pub asked: i64,
    /// When the last of them began.
    pub last_at: Ts,
}

/// What the answers of closed rounds to a question earned together.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Earned {
    /// The question's id.
    pub question_id: String,
    /// `daily`, `quiz`, `interview` or `challenge`.
    pub kind: String,
    /// Who answered.
    pub member_id: Uuid,
    /// How many answers.
    pub answers: i64,
    /// Their points.
    pub points: Hundredths,
}

/// An answer of a closed round, as it was graded.
#[derive(Debug, Clone, FromRow)]
pub struct Graded {
    /// `daily`, `quiz`, `interview` or `challenge`.
    pub kind: String,
    /// Whose.
    pub member_id: Uuid,
    /// What counts: hints taken off, a follow-up's answer added.
    pub points: Hundredths,
    /// The attempts, first to last.
    #[sqlx(json)]
    pub attempts: Vec<Attempt>,
}

impl Tx {
    /// How often each question of a pack was asked, by kind; rounds that were taken back don't count.
    pub async fn times_asked(&mut self, workspace: Uuid, pack: &str) -> Result<Vec<Times>> {
        self.sql(
            "SELECT question_id, kind, COUNT(*) AS asked, MAX(opens_at) AS last_at FROM rounds
             WHERE workspace_id = $1 AND pack = $2 AND state <> 'void' GROUP BY question_id, kind ORDER BY question_id, kind",
        )
        .bind(workspace)
        .bind(pack)
        .all()
        .await
    }

    /// What each member's answers to each question of a pack earned, by kind; only of rounds that are closed.
    pub async fn earned_by_question(&mut self, workspace: Uuid, pack: &str) -> Result<Vec<Earned>> {
        self.sql(
            "SELECT r.question_id, r.kind, p.member_id, COUNT(*) AS answers, CAST(SUM(p.points) AS bigint) AS points
             FROM rounds r JOIN participations p ON p.workspace_id = r.workspace_id AND p.round_id = r.id
             WHERE r.workspace_id = $1 AND r.pack = $2 AND r.state = 'closed' AND p.answered = TRUE
             GROUP BY r.question_id, r.kind, p.member_id ORDER BY r.question_id, r.kind, p.member_id",
        )
        .bind(workspace)
        .bind(pack)
        .all()
        .await
    }

    /// Every answer to a question, of rounds that are closed.
    pub async fn graded_answers(&mut self, workspace: Uuid, pack: &str, question: &str) -> Result<Vec<Graded>> {
        self.sql(
            "SELECT r.kind, p.member_id, p.points, p.attempts
             FROM rounds r JOIN participations p ON p.workspace_id = r.workspace_id AND p.round_id = r.id
             WHERE r.workspace_id = $1 AND r.pack = $2 AND r.question_id = $3 AND r.state = 'closed' AND p.answered = TRUE
             ORDER BY r.opens_at, r.id, p.member_id",
        )
        .bind(workspace)
        .bind(pack)
        .bind(question)
        .all()
        .await
    }
}
