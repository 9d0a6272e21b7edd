//! The room as a page shows it: who sits in it, its dailies with their threads, the board, and one member's own cards. Reads only, but
//! for taking a seat.

use crate::bank::points;
use crate::command;
use crate::message::{Card, Home, Live, Reaction, Speech, Turn};
use crate::quiz::scene::Scene;
use crate::quiz::{Quiz, board, wording};
use crate::store::history::{Post, Told};
use crate::store::people::Workspace;
use crate::store::rounds::Round;
pub use crate::store::seats::Seat;
use anyhow::Result;
use jiff::Timestamp;
use uuid::Uuid;

/// How many dailies a page shows.
const DAILIES: i64 = 7;
/// How many private cards are looked through.
const CARDS: i64 = 12;

/// What everybody in the room sees.
#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    /// Its dailies, newest first.
    pub dailies: Vec<Daily>,
    /// This week's board.
    pub board: Vec<Standing>,
    /// How many cards each member was sent.
    pub told: Vec<Told>,
}

/// A daily question with its thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Daily {
    /// The round.
    pub id: Uuid,
    /// The channel's id.
    pub channel: String,
    /// The thread's id, once it is open.
    pub thread: Option<String>,
    /// What is asked, as one line.
    pub prompt: String,
    /// Answers still count.
    pub open: bool,
    /// The question's card.
    pub card: Card,
    /// How many answered, as a card.
    pub tally: Card,
    /// What was written in the thread and what the bot said there, oldest first.
    pub lines: Vec<Line>,
}

/// A line of a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// Whose and what.
    pub by: By,
}

/// Who said it.
#[derive(Debug, Clone, PartialEq)]
pub enum By {
    /// The bot.
    Bot(Card),
    /// A member.
    Member {
        /// The platform's id of the message.
        id: String,
        /// Who.
        member: Uuid,
        /// The name others see.
        name: String,
        /// What it says now.
        text: String,
        /// It was changed.
        edited: bool,
        /// The sign on it.
        sign: Option<Reaction>,
    },
}

/// A place on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// 1, 1, 3.
    pub rank: usize,
    /// Who.
    pub member: Uuid,
    /// The name others see.
    pub name: String,
    /// As shown.
    pub points: String,
    /// How many answers.
    pub answers: i64,
}

/// Something only one member sees.
#[derive(Debug, Clone, PartialEq)]
pub struct Own {
    /// Names it on the page: a delivery, or an outbox row.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub turn: Turn,
}

/// Why a name can't be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing of it can be shown.
    #[error("That name has no letters that can be shown. Choose another.")]
    Empty,
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
    /// The digest of their cookie.
    pub digest: &'a str,
    /// They came by the leads' link.
    pub lead: bool,
}

impl Quiz {
    async fn home(&self, home: &Home, now: Timestamp) -> Result<Workspace> {
        let mut tx = self.db.begin().await?;
        let workspace = tx.workspace(home, self.id(now), &self.zone, now).await?;
        tx.commit().await?;
        Ok(workspace)
    }

    /// The id of a workspace, which is made when it is new.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn workspace(&self, home: &Home, now: Timestamp) -> Result<Uuid> {
        Ok(self.home(home, now).await?.id)
    }

    /// Gives somebody a seat under a name that nobody here has, nor one that looks like it.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn sit(&self, home: &Home, who: Newcomer<'_>, now: Timestamp) -> Result<std::result::Result<(), Refused>> {
        let name = wording::name(who.name);
        let looks = wording::skeleton(&name);
        if looks.is_empty() {
            return Ok(Err(Refused::Empty));
        }
        let mut tx = self.db.begin().await?;
        let workspace = tx.workspace(home, self.id(now), &self.zone, now).await?;
        tx.lock_workspace(workspace.id).await?;
        let members = tx.members(workspace.id).await?;
        let names = members.iter().flat_map(|member| [Some(&member.name), Some(&member.external_id), member.alias.as_ref()]);
        if names.flatten().any(|taken| wording::skeleton(taken) == looks) {
            return Ok(Err(Refused::Taken));
        }
        let zone = who.zone.filter(|zone| jiff::tz::TimeZone::get(zone).is_ok()).map(str::to_owned);
        let person = crate::message::Person { id: name.clone(), name, lead: who.lead, zone };
        let member = tx.member(workspace.id, &person, self.id(now), now).await?;
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

    /// What everybody in a room sees now.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn room(&self, workspace: Uuid, now: Timestamp) -> Result<Room> {
        let rounds = self.db.latest_dailies(workspace, DAILIES).await?;
        let mut dailies = Vec::with_capacity(rounds.len());
        for round in &rounds {
            dailies.extend(self.daily(round, now).await?);
        }
        let mut tx = self.db.begin().await?;
        let known = tx.workspace_by_id(workspace).await?;
        let mut scene = Scene { core: self, tx, workspace: known, now };
        let pack = self.packs.first().map_or("", |pack| pack.id.as_str());
        let places = board::standing(&mut scene, pack, "daily", command::Period::Week, None).await?;
        let board = places.into_iter().map(|place| Standing {
            rank: place.rank,
            member: place.member,
            name: place.name,
            points: points(place.points),
            answers: place.answers,
        });
        Ok(Room { dailies, board: board.collect(), told: self.db.told(workspace).await? })
    }

    /// A daily as it stands; none while it is not yet posted.
    async fn daily(&self, round: &Round, now: Timestamp) -> Result<Option<Daily>> {
        let workspace = round.workspace_id;
        let posts = self.db.posts_about(workspace, round.id).await?;
        let thread = posts.iter().find(|post| post.verb == "thread").and_then(|post| post.sent_id.clone());
        if posts.is_empty() {
            return Ok(None);
        }
        let signs = match &thread {
            Some(thread) => self.db.signs_in(workspace, thread).await?,
            None => Vec::new(),
        };
        let mut lines = self.members_lines(round, &signs).await?;
        for post in posts.iter().filter(|post| post.verb == "post") {
            let card = match &post.speech {
                Speech::Live(Live::Daily(_) | Live::Tally(_)) | Speech::React(_) => continue,
                Speech::Live(live) => self.render(workspace, *live, now).await?,
                Speech::Card(card) => card.clone(),
            };
            lines.push(Line { at: post.sent_at.map_or(now, |at| *at), by: By::Bot(card) });
        }
        lines.sort_by_key(|line| line.at);
        Ok(Some(Daily {
            id: round.id,
            channel: round.channel.clone(),
            thread,
            prompt: round.question.prompt.clone(),
            open: round.state == "open",
            card: self.render(workspace, Live::Daily(round.id), now).await?,
            tally: self.render(workspace, Live::Tally(round.id), now).await?,
            lines,
        }))
    }

    async fn members_lines(&self, round: &Round, signs: &[Post]) -> Result<Vec<Line>> {
        let members = self.db.begin().await?.members(round.workspace_id).await?;
        let written = self.db.written_to(round.workspace_id, round.id).await?;
        let lines = written.into_iter().filter_map(|message| {
            let author = members.iter().find(|member| Some(member.id) == message.member_id)?;
            let sign = signs.iter().rev().find(|sign| sign.on_message.as_ref() == Some(&message.message_id));
            let sign = sign.and_then(|sign| if let Speech::React(reaction) = sign.speech { Some(reaction) } else { None });
            let text = message.versions.last()?.1.clone();
            let edited = message.versions.len() > 1;
            let by = By::Member { id: message.message_id, member: author.id, name: author.shown().to_owned(), text, edited, sign };
            Some(Line { at: *message.at, by })
        });
        Ok(lines.collect())
    }

    /// A member's own cards and forms, newest first.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn own(&self, workspace: Uuid, seat: &Seat) -> Result<Vec<Own>> {
        let answered = self.db.answers_to(workspace, seat.member_id, CARDS).await?.into_iter();
        let mut own: Vec<Own> = answered
            .filter(|answered| answered.turn != Turn::None)
            .map(|answered| Own { id: answered.delivery, at: *answered.at, turn: answered.turn })
            .collect();
        for post in self.db.told_to(workspace, &seat.external_id, CARDS).await? {
            if let Speech::Card(card) = post.speech {
                let at = post.sent_at.map_or(Timestamp::MIN, |at| *at);
                own.push(Own { id: post.id.simple().to_string(), at, turn: Turn::Private(card) });
            }
        }
        own.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.id.cmp(&a.id)));
        Ok(own)
    }
}
