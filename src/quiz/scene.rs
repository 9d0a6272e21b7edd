//! What handling one event or deadline works with: the transaction, the workspace, the time; and who speaks.

use crate::bank::Pack;
use crate::message::{Card, Place, Speech, Turn};
use crate::quiz::{Abilities, Quiz, wording};
use crate::store::outbox::{LANE_ANSWERS, LANE_BULK, Saying, Verb};
use crate::store::people::{Member, Workspace};
use crate::store::{Result, Tx};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

/// One event or deadline on its way, with all that it may touch.
pub(super) struct Scene<'a> {
    pub(super) core: &'a Quiz,
    pub(super) tx: Tx,
    pub(super) workspace: Workspace,
    pub(super) now: Timestamp,
}

/// Who speaks, where, and when by the platform's clock.
#[derive(Debug, Clone)]
pub(super) struct Speaker {
    pub(super) member: Member,
    pub(super) lead: bool,
    pub(super) place: Place,
    pub(super) at: Timestamp,
    pub(super) delivery: String,
}

impl Speaker {
    /// What they write in threads is no answer. A lead isn't muted, whoever made them one.
    pub(super) fn is_muted(&self) -> bool {
        self.member.muted && !self.lead
    }
}

impl Scene<'_> {
    pub(super) fn id(&self) -> Uuid {
        self.core.id(self.now)
    }

    /// What the workspace's chat can do.
    pub(super) fn abilities(&self) -> Abilities {
        self.core.abilities.get(&self.workspace.platform).cloned().unwrap_or_default()
    }

    /// The zone in which the workspace counts its days.
    pub(super) fn zone(&self) -> TimeZone {
        TimeZone::get(&self.workspace.zone).unwrap_or(TimeZone::UTC)
    }

    /// Today, in the workspace's zone.
    pub(super) fn today(&self) -> Date {
        self.now.to_zoned(self.zone()).date()
    }

    pub(super) fn pack(&self, id: &str) -> anyhow::Result<&Pack> {
        self.core
            .pack(id)
            .ok_or_else(|| anyhow::anyhow!("the pack {id} is not loaded; name its folder with --questions or MESHDRILL_PACKS"))
    }

    /// A command as it is typed: `/istio setup`.
    pub(super) fn typed(&self, command: &str) -> String {
        let pack = self.core.packs.first().map_or("", |pack| pack.id.as_str());
        format!("/{pack} {command}")
    }

    /// A card for whoever speaks, beside the immediate turn.
    pub(super) async fn tell(&mut self, by: &Speaker, about: String, card: Card) -> Result<()> {
        self.tell_member(&by.member, &by.place, about, card).await
    }

    /// A card that only one member sees, where they are told it.
    pub(super) async fn tell_member(&mut self, member: &Member, place: &Place, about: String, card: Card) -> Result<()> {
        let saying = Saying {
            about,
            channel: place.channel.clone(),
            thread: place.thread.clone(),
            audience: Some(member.external_id.clone()),
            round: None,
            verb: Verb::Post,
            on_row: None,
            on_message: None,
            lane: LANE_ANSWERS,
            speech: Speech::Card(card),
            not_before: self.now,
            expires: None,
        };
        self.say(&saying).await.map(drop)
    }

    /// Answers a message, which is no interaction and so has no immediate turn.
    pub(super) async fn reply(&mut self, by: &Speaker, card: Card) -> anyhow::Result<Turn> {
        self.tell(by, format!("reply:{}", by.delivery), card).await?;
        Ok(Turn::None)
    }

    /// Says something about a round in its channel, or under another row; it waits behind all answers.
    pub(super) async fn announce(
        &mut self,
        about: String,
        round: impl Into<Option<Uuid>>,
        channel: &str,
        verb: Verb,
        on_row: Option<Uuid>,
        speech: Speech,
    ) -> Result<Uuid> {
        let saying = Saying {
            about,
            channel: channel.to_owned(),
            thread: None,
            audience: None,
            round: round.into(),
            verb,
            on_row,
            on_message: None,
            lane: LANE_BULK,
            speech,
            not_before: self.now,
            expires: None,
        };
        self.say(&saying).await
    }

    /// Puts something into the outbox.
    pub(super) async fn say(&mut self, saying: &Saying) -> Result<Uuid> {
        let id = self.id();
        self.tx.say(self.workspace.id, id, saying).await.map(|()| id)
    }

    /// Leaves a line for the leads, and says it where they want to be told.
    pub(super) async fn notice(&mut self, about: &str, text: &str) -> Result<()> {
        self.notice_but(about, text, "").await
    }

    /// Leaves a line for the leads, and says it where they want to be told, unless that is the channel it is about.
    pub(super) async fn notice_but(&mut self, about: &str, text: &str, channel: &str) -> Result<()> {
        let id = self.id();
        self.tx.notice(self.workspace.id, id, about, text, self.now).await?;
        self.say_to_leads(about, text, channel).await
    }

    /// Says something where leads want to be told, unless that is the channel it is about.
    pub(super) async fn say_to_leads(&mut self, about: &str, text: &str, channel: &str) -> Result<()> {
        let Some(notices) = self.workspace.notices.clone().filter(|notices| notices != channel) else { return Ok(()) };
        let speech = Speech::Card(Card::says(wording::marked(text)));
        self.announce(format!("notice:{about}"), None, &notices, Verb::Post, None, speech).await.map(drop)
    }
}
