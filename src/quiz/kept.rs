//! What was said before, for a chat that shows it again or page by page.

use crate::message::{Card, Home, Speech, Turn};
use crate::quiz::{Quiz, live};
use crate::store::outbox::Leased;
use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// How much one member is told at a time of what waited for them.
const MOST_HELD: i64 = 5;

impl Quiz {
    /// What a delivery was answered with, for whoever it answered, by the platform's id.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn turn_of(&self, home: &Home, person: &str, delivery: &str) -> Result<Option<Turn>> {
        let mut tx = self.db.look().await?;
        let Some(workspace) = tx.known_workspace(home).await? else { return Ok(None) };
        Ok(tx.turn_of(workspace.id, person, delivery).await?)
    }

    /// Leases what waits for one member, by the platform's id, for so long.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn held(&self, home: &Home, person: &str, now: Timestamp, lease: SignedDuration) -> Result<Vec<Leased>> {
        let mut tx = self.db.look().await?;
        let Some(workspace) = tx.known_workspace(home).await? else { return Ok(Vec::new()) };
        if !tx.holds_for(workspace.id, person).await? {
            return Ok(Vec::new());
        }
        drop(tx);
        let mut tx = self.db.begin().await?;
        let rows = tx.lease_held(workspace.id, person, now, now + lease, MOST_HELD).await?;
        tx.commit().await?;
        Ok(rows)
    }

    /// What a row of the outbox says, as it stands now, unless it is for another member than this one.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn said(&self, home: &Home, person: &str, row: Uuid, now: Timestamp) -> Result<Option<Card>> {
        let mut tx = self.db.look().await?;
        let Some(workspace) = tx.known_workspace(home).await? else { return Ok(None) };
        let speech = tx.speech_of(workspace.id, row, person).await?;
        drop(tx);
        Ok(match speech {
            Some(Speech::Card(card)) => Some(card),
            Some(Speech::Live(live)) => Some(live::card(&mut self.look(workspace.id, now).await?, live).await?),
            Some(Speech::React(_)) | None => None,
        })
    }
}
