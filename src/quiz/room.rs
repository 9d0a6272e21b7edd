//! The room as a page shows it: the channel's topics with their threads, the board, and one member's own cards. Reads only, but for
//! taking a seat.

use crate::bank::points;
use crate::command;
use crate::message::{Card, Home, Live, Place, Reaction, Speech, Turn};
use crate::quiz::names::Names;
use crate::quiz::scene::Scene;
use crate::quiz::{Quiz, board, daily, live};
use crate::store::answers::Message;
use crate::store::history::{Post, Told};
use crate::store::seats::Seat;
use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use uuid::Uuid;

/// How many topics a page shows.
const TOPICS: i64 = 8;
/// How many of a thread's messages a page shows, unless it is asked for all.
const LINES: i64 = 100;
/// How long after a topic began something may still be said below it: longer than any daily or challenge is open.
const FOLLOWS: SignedDuration = SignedDuration::from_hours(24 * 21);
/// How many private cards are looked through.
const CARDS: i64 = 12;

/// What everybody in the room sees.
#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    /// What the channel is about, newest first.
    pub topics: Vec<Topic>,
    /// The newest topic of those before these, where there are more.
    pub earlier: Option<Uuid>,
    /// When the next daily is asked, as far as it is settled.
    pub next: Option<Timestamp>,
    /// This week's board.
    pub board: Vec<Standing>,
    /// How many cards each member was sent.
    pub told: Vec<Told>,
}

/// Below which topics the lines are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Below {
    /// All of them.
    All,
    /// This one, or else the newest that is open, or else the newest.
    One(Option<Uuid>),
    /// This one, with all its messages, however many there are.
    Whole(Uuid),
}

/// Something the channel is about: a daily, a challenge with all its questions, a notice.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// The outbox row that began it.
    pub id: Uuid,
    /// One line that tells it from the others.
    pub title: String,
    /// It can still be answered or joined.
    pub open: bool,
    /// What it began with, as it stands.
    pub card: Card,
    /// How many answered, as a card; only a daily has one.
    pub tally: Option<Card>,
    /// Where members write, for a daily whose thread is open.
    pub place: Option<Place>,
    /// What was said below where that was asked for, in the order in which it is read: a thread oldest first, a challenge newest first.
    pub lines: Vec<Line>,
    /// There are earlier messages than those in it.
    pub more: bool,
}

/// A line below a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The platform's id of a member's message, or the row of what the bot said.
    pub id: String,
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

impl Quiz {
    /// The id of a workspace, which is made when it is new.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn workspace(&self, home: &Home, now: Timestamp) -> Result<Uuid> {
        let mut tx = self.db.begin().await?;
        let workspace = tx.workspace(home, self.id(now), &self.zone, now).await?;
        tx.commit().await?;
        Ok(workspace.id)
    }

    /// What everybody in a room sees now: its newest topics, or those from `upto` back, with what was said below some of them.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn room(&self, workspace: Uuid, now: Timestamp, upto: Option<Uuid>, below: Below) -> Result<Room> {
        let mut scene = self.look(workspace, now).await?;
        let mut heads = scene.tx.heads(workspace, upto.unwrap_or(Uuid::max()), TOPICS + 1).await?;
        let earlier = if heads.len() > TOPICS as usize { heads.pop() } else { None };
        let from = heads.last().copied().unwrap_or(Uuid::max());
        let to = heads.first().and_then(|head| decided(*head).checked_add(FOLLOWS).ok());
        let said = scene.tx.said_between(workspace, from, to.map_or(Uuid::max(), last_id_at)).await?;
        let mut topics = Vec::with_capacity(heads.len());
        for head in said.iter().rev().filter(|post| heads.contains(&post.id)) {
            topics.push(topic(&mut scene, head, &said).await?);
        }
        let names = Names::of(&scene.tx.members(workspace).await?);
        let (one, most) = match below {
            Below::All => (None, LINES),
            Below::One(named) => (Some(shown(&topics, named)), LINES),
            Below::Whole(topic) => (Some(Some(topic)), i64::MAX - 1),
        };
        for topic in topics.iter_mut().filter(|topic| one.is_none_or(|one| one == Some(topic.id))) {
            (topic.lines, topic.more) = lines(&mut scene, topic.id, &said, &names, most).await?;
        }
        let pack = self.packs.first().map_or("", |pack| pack.id.as_str());
        let places = board::standing(&mut scene, pack, "daily", command::Period::Week, None).await?;
        let board = places.into_iter().map(Standing::from).collect();
        let told = scene.tx.told_since(workspace, if heads.is_empty() { Uuid::nil() } else { from }).await?;
        let next = scene.tx.next_of_kind(workspace, daily::POST).await?.map(|at| *at);
        Ok(Room { topics, earlier, next, board, told })
    }

    /// The newest topic.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn newest_topic(&self, workspace: Uuid) -> Result<Option<Uuid>> {
        Ok(self.db.look().await?.heads(workspace, Uuid::max(), 1).await?.pop())
    }

    /// Where members write about a topic.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn place_of(&self, workspace: Uuid, topic: Uuid) -> Result<Option<Place>> {
        let thread = self.db.look().await?.thread_on(workspace, topic).await?;
        Ok(thread.map(|(channel, thread)| Place { channel, thread: Some(thread), private: false }))
    }

    /// A member's own cards and forms, newest first.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn own(&self, workspace: Uuid, seat: &Seat) -> Result<Vec<Own>> {
        let mut tx = self.db.look().await?;
        let answered = tx.answers_to(workspace, seat.member_id, CARDS).await?.into_iter();
        let mut own: Vec<Own> = answered
            .filter(|answered| answered.turn != Turn::None)
            .map(|answered| Own { id: answered.delivery, at: *answered.at, turn: answered.turn })
            .collect();
        for post in tx.told_to(workspace, &seat.external_id, CARDS).await? {
            let at = decided(post.id);
            if let Speech::Card(card) = post.speech {
                own.push(Own { id: post.id.simple().to_string(), at, turn: Turn::Private(card) });
            }
        }
        own.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.id.cmp(&a.id)));
        Ok(own)
    }
}

/// When a row was decided, which its id tells to the millisecond.
fn decided(id: Uuid) -> Timestamp {
    let since = id.get_timestamp().map_or((0, 0), |at| at.to_unix());
    Timestamp::new(since.0 as i64, since.1 as i32).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// An id that sorts after all that are made up to this time.
fn last_id_at(at: Timestamp) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(at.as_millisecond().unsigned_abs(), &[u8::MAX; 10]).into_uuid()
}

async fn card_of(scene: &mut Scene<'_>, speech: &Speech) -> Result<Card> {
    Ok(match speech {
        Speech::Live(live) => live::card(scene, *live).await?,
        Speech::Card(card) => card.clone(),
        Speech::React(_) => Card::default(),
    })
}

async fn bot_line(scene: &mut Scene<'_>, post: &Post) -> Result<Line> {
    let card = card_of(scene, &post.speech).await?;
    Ok(Line { id: post.id.simple().to_string(), at: decided(post.id), by: By::Bot(card) })
}

/// The topic that a page is about.
pub fn shown(topics: &[Topic], named: Option<Uuid>) -> Option<Uuid> {
    let known = topics.iter().find(|topic| Some(topic.id) == named);
    known.or_else(|| topics.iter().find(|topic| topic.open)).or_else(|| topics.first()).map(|topic| topic.id)
}

/// A topic without its lines.
async fn topic(scene: &mut Scene<'_>, head: &Post, said: &[Post]) -> Result<Topic> {
    let workspace = scene.workspace.id;
    let card = card_of(scene, &head.speech).await?;
    let title = card.title.clone().unwrap_or_else(|| "A word from Meshdrill".into());
    let topic = Topic { id: head.id, title, open: false, card, tally: None, place: None, lines: Vec::new(), more: false };
    Ok(match head.speech {
        Speech::Live(Live::Daily(round)) => {
            let Some(round) = scene.tx.round(workspace, round).await? else { return Ok(topic) };
            let thread = thread_on(head.id, said).and_then(|post| post.sent_id.clone());
            let place = thread.map(|thread| Place { channel: round.channel.clone(), thread: Some(thread), private: false });
            let tally = Some(live::card(scene, Live::Tally(round.id)).await?);
            Topic { title: round.question.prompt, open: round.state == "open", tally, place, ..topic }
        }
        Speech::Live(Live::Challenge(challenge)) => {
            let open = scene.tx.challenge(workspace, challenge).await?.is_some_and(|challenge| challenge.is_on());
            Topic { open, ..topic }
        }
        _ => topic,
    })
}

fn thread_on(head: Uuid, said: &[Post]) -> Option<&Post> {
    said.iter().find(|post| post.verb == "thread" && post.on_row == Some(head))
}

/// What was said below a topic, with so many messages of members at the most; and whether there are earlier ones.
async fn lines(scene: &mut Scene<'_>, topic: Uuid, said: &[Post], names: &Names, most: i64) -> Result<(Vec<Line>, bool)> {
    let head = said.iter().find(|post| post.id == topic);
    match head.map(|head| &head.speech) {
        Some(Speech::Live(Live::Daily(round))) => in_thread(scene, topic, *round, said, names, most).await,
        Some(Speech::Live(Live::Challenge(challenge))) => Ok((in_challenge(scene, *challenge, said).await?, false)),
        _ => Ok((Vec::new(), false)),
    }
}

/// What members wrote in a daily's thread, and what the bot said there.
async fn in_thread(scene: &mut Scene<'_>, head: Uuid, round: Uuid, said: &[Post], names: &Names, most: i64) -> Result<(Vec<Line>, bool)> {
    let Some(thread) = thread_on(head, said) else { return Ok((Vec::new(), false)) };
    let opened = thread.sent_id.as_deref();
    let mut written = scene.tx.written_to(scene.workspace.id, round, most + 1).await?;
    let more = written.len() > most as usize;
    written.truncate(most as usize);
    let signs = scene.tx.signs_in(scene.workspace.id, head, opened.unwrap_or_default(), most).await?;
    let mut lines = members_lines(written, &signs, names);
    for post in said.iter().filter(|post| post.verb == "post" && (post.on_row == Some(thread.id) || post.thread.as_deref() == opened)) {
        if !matches!(post.speech, Speech::Live(Live::Tally(_))) {
            lines.push(bot_line(scene, post).await?);
        }
    }
    lines.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.id.cmp(&b.id)));
    Ok((lines, more))
}

fn members_lines(written: Vec<Message>, signs: &[Post], names: &Names) -> Vec<Line> {
    // The newest sign on a message is the one that holds.
    let mut known: HashMap<&str, Reaction> = HashMap::new();
    for post in signs.iter().rev() {
        if let (Some(message), Speech::React(reaction)) = (&post.on_message, &post.speech) {
            known.insert(message, *reaction);
        }
    }
    let lines = written.into_iter().filter_map(|message| {
        let author = message.member_id?;
        let sign = known.get(message.message_id.as_str()).copied();
        let text = message.versions.last()?.1.clone();
        let edited = message.versions.len() > 1;
        let by = By::Member { member: author, name: names.shown(author).to_owned(), text, edited, sign };
        Some(Line { id: message.message_id, at: *message.at, by })
    });
    lines.collect()
}

/// A challenge's questions, scores and answers: while it is on the newest first, then the podium and the answers before them.
async fn in_challenge(scene: &mut Scene<'_>, challenge: Uuid, said: &[Post]) -> Result<Vec<Line>> {
    let drawn = scene.tx.drawn(scene.workspace.id, challenge).await?;
    let rounds: Vec<Uuid> = drawn.into_iter().filter_map(|drawn| drawn.round_id).collect();
    let (mut asked, mut ended) = (Vec::new(), Vec::new());
    for post in said.iter().filter(|post| post.verb == "post") {
        let lines = match post.speech {
            Speech::Live(Live::Asked(round)) if rounds.contains(&round) => &mut asked,
            Speech::Live(Live::Scoreboard(id)) if id == challenge => &mut asked,
            Speech::Live(Live::Reveal(round)) if rounds.contains(&round) => &mut ended,
            Speech::Live(Live::Podium(id)) if id == challenge => &mut ended,
            _ => continue,
        };
        lines.push(bot_line(scene, post).await?);
    }
    Ok(ended.into_iter().chain(asked.into_iter().rev()).collect())
}

impl From<board::Place> for Standing {
    fn from(place: board::Place) -> Self {
        Standing { rank: place.rank, member: place.member, name: place.name, points: points(place.points), answers: place.answers }
    }
}
