//! Challenges: what they ask, who joined, and what the players have so far.

use super::boards::Total;
use super::{Result, Ts, Tx};
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

/// A challenge as it stands.
#[derive(Debug, Clone, FromRow)]
pub struct Challenge {
    /// Ours.
    pub id: Uuid,
    /// The pack's id.
    pub pack: String,
    /// Where it is played.
    pub channel: String,
    /// Who opened it.
    pub opened_by: Uuid,
    /// Only this topic.
    pub topic: Option<String>,
    /// How long each question is open.
    pub minutes: i64,
    /// `open` (to join), `running`, or how it ended: `played`, `stopped`, `unanswered`, `unstarted`.
    pub state: String,
    /// How many of its questions have had their turn.
    pub asked: i64,
}

impl Challenge {
    /// It can still be joined.
    pub fn is_on(&self) -> bool {
        matches!(self.state.as_str(), "open" | "running")
    }
}

/// One of a challenge's questions.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Drawn {
    /// From 1.
    pub number: i64,
    /// The question's id.
    pub question_id: String,
    /// Its round, once it was asked.
    pub round_id: Option<Uuid>,
}

/// Somebody who joined.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Challenger {
    /// Who.
    pub member_id: Uuid,
    /// The first question they play, from 1.
    pub from_number: i64,
}

impl Tx {
    /// Opens a challenge. False: there is one in its channel already.
    pub async fn open_challenge(&mut self, workspace: Uuid, challenge: &Challenge, now: Timestamp) -> Result<bool> {
        let opened = self
            .sql(
                "INSERT INTO challenges (workspace_id, id, pack, channel, opened_by, topic, minutes, state, asked, opened_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
            )
            .bind(workspace)
            .bind(challenge.id)
            .bind(&*challenge.pack)
            .bind(&*challenge.channel)
            .bind(challenge.opened_by)
            .bind(challenge.topic.as_deref())
            .bind(challenge.minutes)
            .bind(&*challenge.state)
            .bind(challenge.asked)
            .bind(Ts::from(now))
            .run()
            .await?;
        Ok(opened == 1)
    }

    /// Adds a question to a challenge.
    pub async fn add_drawn(&mut self, workspace: Uuid, challenge: Uuid, number: i64, question: &str) -> Result<()> {
        self.sql("INSERT INTO challenge_questions (workspace_id, challenge_id, number, question_id) VALUES ($1, $2, $3, $4)")
            .bind(workspace)
            .bind(challenge)
            .bind(number)
            .bind(question)
            .run()
            .await
            .map(drop)
    }

    /// A challenge.
    pub async fn challenge(&mut self, workspace: Uuid, id: Uuid) -> Result<Option<Challenge>> {
        self.sql("SELECT id, pack, channel, opened_by, topic, minutes, state, asked FROM challenges WHERE workspace_id = $1 AND id = $2")
            .bind(workspace)
            .bind(id)
            .opt()
            .await
    }

    /// A challenge, locked: one step of it happens at a time. It is locked before its rounds.
    pub async fn lock_challenge(&mut self, workspace: Uuid, id: Uuid) -> Result<Option<Challenge>> {
        self.sql(
            "UPDATE challenges SET id = id WHERE workspace_id = $1 AND id = $2
             RETURNING id, pack, channel, opened_by, topic, minutes, state, asked",
        )
        .bind(workspace)
        .bind(id)
        .opt()
        .await
    }

    /// The challenge of a channel that can still be joined.
    pub async fn challenge_in(&mut self, workspace: Uuid, channel: &str) -> Result<Option<Uuid>> {
        let found: Option<(Uuid,)> = self
            .sql("SELECT id FROM challenges WHERE workspace_id = $1 AND channel = $2 AND state IN ('open', 'running')")
            .bind(workspace)
            .bind(channel)
            .opt()
            .await?;
        Ok(found.map(|(id,)| id))
    }

    /// Keeps where a challenge stands.
    pub async fn save_challenge(&mut self, workspace: Uuid, challenge: &Challenge) -> Result<()> {
        self.sql("UPDATE challenges SET state = $3, asked = $4 WHERE workspace_id = $1 AND id = $2")
            .bind(workspace)
            .bind(challenge.id)
            .bind(&*challenge.state)
            .bind(challenge.asked)
            .run()
            .await
            .map(drop)
    }

    /// A challenge's questions in their order.
    pub async fn drawn(&mut self, workspace: Uuid, challenge: Uuid) -> Result<Vec<Drawn>> {
        self.sql(
            "SELECT number, question_id, round_id FROM challenge_questions WHERE workspace_id = $1 AND challenge_id = $2 ORDER BY number",
        )
        .bind(workspace)
        .bind(challenge)
        .all()
        .await
    }

    /// Notes the round in which a challenge asks a question.
    pub async fn set_drawn_round(&mut self, workspace: Uuid, challenge: Uuid, number: i64, round: Uuid) -> Result<()> {
        self.sql("UPDATE challenge_questions SET round_id = $4 WHERE workspace_id = $1 AND challenge_id = $2 AND number = $3")
            .bind(workspace)
            .bind(challenge)
            .bind(number)
            .bind(round)
            .run()
            .await
            .map(drop)
    }

    /// The challenge a round belongs to, and which of its questions it is, from 1.
    pub async fn challenge_of_round(&mut self, workspace: Uuid, round: Uuid) -> Result<Option<(Uuid, i64)>> {
        self.sql("SELECT challenge_id, number FROM challenge_questions WHERE workspace_id = $1 AND round_id = $2")
            .bind(workspace)
            .bind(round)
            .opt()
            .await
    }

    /// Lets somebody join from a question on. False: they are in already.
    pub async fn join_challenge(&mut self, workspace: Uuid, challenge: Uuid, joins: &Challenger, now: Timestamp) -> Result<bool> {
        let joined = self
            .sql(
                "INSERT INTO challengers (workspace_id, challenge_id, member_id, from_number, joined_at) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT DO NOTHING",
            )
            .bind(workspace)
            .bind(challenge)
            .bind(joins.member_id)
            .bind(joins.from_number)
            .bind(Ts::from(now))
            .run()
            .await?;
        Ok(joined == 1)
    }

    /// Who joined, in the order in which they did.
    pub async fn challengers(&mut self, workspace: Uuid, challenge: Uuid) -> Result<Vec<Challenger>> {
        self.sql(
            "SELECT member_id, from_number FROM challengers WHERE workspace_id = $1 AND challenge_id = $2 ORDER BY joined_at, member_id",
        )
        .bind(workspace)
        .bind(challenge)
        .all()
        .await
    }

    /// The challenges a member joined, by id.
    pub async fn challenges_of(&mut self, workspace: Uuid, member: Uuid) -> Result<Vec<(Uuid, Ts)>> {
        self.sql("SELECT challenge_id, joined_at FROM challengers WHERE workspace_id = $1 AND member_id = $2 ORDER BY challenge_id")
            .bind(workspace)
            .bind(member)
            .all()
            .await
    }

    /// What each player has from the questions that are closed; in no order.
    pub async fn challenge_totals(&mut self, workspace: Uuid, challenge: Uuid) -> Result<Vec<Total>> {
        self.sql(
            "SELECT p.member_id, CAST(SUM(p.points) AS bigint) AS points, COUNT(*) AS answers FROM challenge_questions q
             JOIN rounds r ON r.workspace_id = q.workspace_id AND r.id = q.round_id
             JOIN participations p ON p.workspace_id = r.workspace_id AND p.round_id = r.id
             WHERE q.workspace_id = $1 AND q.challenge_id = $2 AND r.state = 'closed' AND p.answered = TRUE
             GROUP BY p.member_id",
        )
        .bind(workspace)
        .bind(challenge)
        .all()
        .await
    }

    /// The questions of a workspace's challenges, in the order in which they were drawn.
    pub async fn drawn_before(&mut self, workspace: Uuid, pack: &str) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = self
            .sql(
                "SELECT q.question_id FROM challenges c
                 JOIN challenge_questions q ON q.workspace_id = c.workspace_id AND q.challenge_id = c.id
                 WHERE c.workspace_id = $1 AND c.pack = $2 ORDER BY c.opened_at, c.id, q.number",
            )
            .bind(workspace)
            .bind(pack)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// The questions that somebody may know from elsewhere: those that any daily of the workspace asked, and those that are open anywhere.
    pub async fn known_questions(&mut self, workspace: Uuid, pack: &str) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = self
            .sql("SELECT DISTINCT question_id FROM rounds WHERE workspace_id = $1 AND pack = $2 AND (kind = 'daily' OR state = 'open')")
            .bind(workspace)
            .bind(pack)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// Closes an open round before its time. What is said from `at` on is late.
    pub async fn close_early(&mut self, workspace: Uuid, round: Uuid, at: Timestamp) -> Result<()> {
        self.sql("UPDATE rounds SET state = 'closed', closes_at = $3 WHERE workspace_id = $1 AND id = $2 AND state = 'open'")
            .bind(workspace)
            .bind(round)
            .bind(Ts::from(at))
            .run()
            .await
            .map(drop)
    }
}
