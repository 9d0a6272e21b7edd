//! Live messages as they stand now. Reads only.

use crate::message::{Card, Live};
use crate::quiz::scene::Scene;
use crate::quiz::{Quiz, challenge, daily, reveal};
use anyhow::Result;
use jiff::Timestamp;
use uuid::Uuid;

/// A live message's card.
pub(super) async fn card(scene: &mut Scene<'_>, live: Live) -> Result<Card> {
    match live {
        Live::Daily(round) => daily::card(scene, round).await,
        Live::Tally(round) => daily::tally(scene, round).await,
        Live::Reveal(round) => reveal::card(scene, round).await,
        Live::Challenge(id) => challenge::card(scene, id).await,
        Live::Asked(round) => challenge::asked(scene, round).await,
        Live::Scoreboard(id) => challenge::scoreboard(scene, id).await,
        Live::Podium(id) => challenge::podium(scene, id).await,
    }
}

impl Quiz {
    /// What a workspace looks like at one instant, to read only.
    pub(super) async fn look(&self, workspace: Uuid, now: Timestamp) -> Result<Scene<'_>> {
        let mut tx = self.db.look().await?;
        let workspace = tx.workspace_by_id(workspace).await?;
        Ok(Scene { core: self, tx, workspace, now })
    }

    /// A live message as it stands.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn render(&self, workspace: Uuid, live: Live, now: Timestamp) -> Result<Card> {
        card(&mut self.look(workspace, now).await?, live).await
    }
}
