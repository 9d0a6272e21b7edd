//! Seats in a room whose people no platform vouches for: a name is bound to whoever holds a secret.

use crate::message::{Home, Person};
use crate::quiz::Quiz;
use crate::screening;
pub use crate::store::seats::Seat;
use anyhow::Result;
use jiff::Timestamp;
use uuid::Uuid;

/// Why a name can't be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing of it can be shown.
    #[error("That name has no letters that can be shown. Choose another.")]
    Empty,
    /// It would pass for the bot's.
    #[error("That name is too much like the bot's. Choose another.")]
    Bots,
    /// Somebody has it, or one that looks like it.
    #[error("Somebody here is already called that, or nearly. Choose another name.")]
    Taken,
}

/// Who wants to sit down.
#[derive(Debug, Clone, Copy)]
pub struct Newcomer<'a> {
    /// The name they ask for.
    pub name: &'a str,
    /// Their IANA zone.
    pub zone: Option<&'a str>,
    /// The digest of their secret.
    pub digest: &'a str,
    /// They came by the leads' link, which only whoever started the room has seen: they lead, and a name that is taken is theirs to take
    /// back.
    pub lead: bool,
}

impl Quiz {
    /// Gives somebody a seat under a name that nobody here has, nor one that looks like it.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn sit(&self, home: &Home, who: Newcomer<'_>, now: Timestamp) -> Result<std::result::Result<(), Refused>> {
        let name = screening::name(who.name);
        let looks = screening::skeleton(&name);
        if looks.is_empty() {
            return Ok(Err(Refused::Empty));
        }
        if screening::is_bots(&name) {
            return Ok(Err(Refused::Bots));
        }
        let mut tx = self.db.begin().await?;
        let workspace = tx.workspace(home, self.id(now), &self.zone, now).await?;
        tx.lock_workspace(workspace.id).await?;
        let members = tx.members(workspace.id).await?;
        let alike = |name: &String| screening::skeleton(name) == looks;
        let taken = members
            .iter()
            .find(|member| [Some(&member.name), Some(&member.external_id), member.alias.as_ref()].into_iter().flatten().any(alike));
        let zone = who.zone.filter(|zone| jiff::tz::TimeZone::get(zone).is_ok()).map(str::to_owned);
        let member = match taken {
            Some(member) if who.lead && member.name == name => member.clone(),
            Some(_) => return Ok(Err(Refused::Taken)),
            None => {
                let person = Person { id: name.clone(), name, lead: who.lead, zone };
                tx.member(workspace.id, &person, self.id(now), now).await?
            }
        };
        tx.take_seat(workspace.id, &member, who.digest, who.lead, now).await?;
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Whose seat a digest names.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn seat(&self, workspace: Uuid, digest: &str) -> Result<Option<Seat>> {
        Ok(self.db.seat(workspace, digest).await?)
    }

    /// Makes whoever sits here lead.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn make_lead(&self, workspace: Uuid, digest: &str) -> Result<()> {
        let mut tx = self.db.begin().await?;
        tx.seat_leads(workspace, digest).await?;
        Ok(tx.commit().await?)
    }
}
