//! Says what stands in the outbox: messages, threads, forum posts, edits, reactions; and finds what may have been said.

use super::ids::{first_of, short};
use super::inbound::PLATFORM;
use super::limits::AUTO_ARCHIVE;
use super::places::{Kind, Places, tag};
use super::render::{self, Rendered};
use super::rest::{Fault, File, Lane, Part, Request, Rest, Route};
use super::trouble::{Deed, code, outcome};
use crate::chat::delivery::{Body, Found, LEASE, Outcome, Sender};
use crate::message::{Block, Card, Reaction, Span};
use crate::store::outbox::{LANE_ANSWERS, LANE_BULK, Leased, Reach, Verb};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// For how long Discord surely gives the first message again for the same nonce. It says "a few minutes".
const NONCE_HOLDS: SignedDuration = SignedDuration::from_mins(2);

/// How many messages are looked through for one that may have been sent.
const LOOKED_THROUGH: u8 = 100;

/// A sender for one lane.
#[derive(Clone)]
pub(super) struct Mouth {
    pub(super) rest: Rest,
    pub(super) places: Arc<Places>,
    /// The bot's own user.
    pub(super) me: u64,
    pub(super) lane: Lane,
}

/// Where a row's message goes.
enum Target {
    /// A message in a channel or a direct conversation.
    Channel(u64),
    /// A message in a thread.
    Thread(u64),
    /// A post in a forum.
    Forum(u64),
}

impl Target {
    fn deed(&self) -> Deed {
        match self {
            Target::Channel(_) => Deed::Post,
            Target::Thread(_) => Deed::Reply,
            Target::Forum(_) => Deed::ForumPost,
        }
    }
}

impl Sender for Mouth {
    fn reach(&self) -> Reach {
        let lane = match self.lane {
            Lane::Answers => LANE_ANSWERS,
            Lane::Bulk => LANE_BULK,
        };
        Reach { platform: PLATFORM, lane: Some(lane), holds: true, side_by_side: true }
    }

    async fn send(&mut self, row: &Leased, body: &Body) -> Outcome {
        let done = match (row.verb(), body) {
            (_, Body::Reaction(sign)) => self.react(row, *sign).await,
            (Verb::Thread, Body::Card(card)) => self.open_thread(row, card).await,
            (Verb::Edit, Body::Card(card)) => self.edit(row, row.parent_id.as_deref(), card).await,
            (_, Body::Card(card)) if row.sent_id.is_some() => self.edit(row, row.sent_id.as_deref(), card).await,
            (_, Body::Card(card)) => self.post(row, card).await,
        };
        match done {
            Ok(id) => Outcome::Sent(id),
            Err((Fault::Unclear(_), _)) => match self.find(row, body).await {
                Found::Sent(id) => Outcome::Sent(id),
                Found::NotSent => Outcome::Later(SignedDuration::from_secs(2)),
                Found::Unknown => Outcome::Unclear,
            },
            Err((fault, deed)) => outcome(&fault, deed),
        }
    }

    async fn look(&mut self, row: &Leased, body: &Body, now: Timestamp) -> Found {
        // Whoever had it before began within the lease that ran out. Of those before that one nobody knows when they sent it.
        let begun = row.lapsed.map_or(Timestamp::MIN, |lapsed| *lapsed - LEASE);
        match self.is_forum_post(row).await {
            Ok(false) if row.tries == 2 && now < begun + NONCE_HOLDS => Found::NotSent,
            Ok(_) => self.find(row, body).await,
            Err(_) => Found::Unknown,
        }
    }
}

type Done = Result<Option<String>, (Fault, Deed)>;

impl Mouth {
    async fn call(&self, request: Request) -> Result<Value, Fault> {
        self.rest.call(self.lane, request).await
    }

    async fn target(&self, row: &Leased) -> Result<Target, Fault> {
        if let Some(thread) = row.into_thread() {
            return Ok(Target::Thread(number(thread)));
        }
        let channel = number(&row.channel);
        // Somebody's direct messages are no channel of a server, and need no look.
        if row.audience.is_some() {
            return Ok(Target::Channel(channel));
        }
        Ok(match self.places.kind(&self.rest, self.lane, channel).await? {
            Kind::Forum => Target::Forum(channel),
            _ => Target::Channel(channel),
        })
    }

    async fn is_forum_post(&self, row: &Leased) -> Result<bool, Fault> {
        let fresh = row.verb() == Verb::Post && row.sent_id.is_none();
        Ok(fresh && matches!(self.target(row).await?, Target::Forum(_)))
    }

    async fn post(&self, row: &Leased, card: &Card) -> Done {
        let target = self.target(row).await.map_err(|fault| (fault, Deed::Post))?;
        let deed = target.deed();
        let rendered = render::message(card, &key(row), 0);
        let told = match target {
            Target::Forum(forum) => self.forum_post(row, forum, card, rendered).await,
            Target::Channel(channel) | Target::Thread(channel) => {
                let mut body = rendered.body;
                body["nonce"] = short(row.id).into();
                body["enforce_nonce"] = true.into();
                self.call(with_files(Request::new(Route::PostMessage { channel }).json(body), rendered.files)).await
            }
        };
        match told {
            Ok(told) => Ok(told["id"].as_str().map(str::to_owned)),
            Err(Fault::Refused { code: code::UNKNOWN_CHANNEL, message, .. })
                if deed == Deed::Reply && self.is_forum(&row.channel).await =>
            {
                Err((Fault::Refused { status: 404, code: code::UNKNOWN_CHANNEL, message }, Deed::ForumReply))
            }
            Err(fault) => Err((fault, deed)),
        }
    }

    /// It is a forum, and there: whoever deletes a post of it doesn't want another in its place. What is remembered may be out of date.
    async fn is_forum(&self, channel: &str) -> bool {
        let told = self.call(Request::new(Route::Channel { channel: number(channel) })).await;
        told.is_ok_and(|about| about["type"].as_u64().map(Kind::of) == Some(Kind::Forum))
    }

    async fn forum_post(&self, row: &Leased, forum: u64, card: &Card, rendered: Rendered) -> Result<Value, Fault> {
        let about = self.call(Request::new(Route::Channel { channel: forum })).await?;
        let body = json!({
            "name": render::thread_name(card),
            "auto_archive_duration": auto_archive(card, written_at(row)),
            "applied_tags": tag(&about, &subjects(card)).into_iter().collect::<Vec<_>>(),
            "message": rendered.body,
        });
        self.call(with_files(Request::new(Route::ForumPost { channel: forum }).json(body), rendered.files)).await
    }

    async fn open_thread(&self, row: &Leased, card: &Card) -> Done {
        let parent = row.parent_id.clone().unwrap_or_default();
        let channel = number(&row.channel);
        let kind = self.places.kind(&self.rest, self.lane, channel).await.map_err(|fault| (fault, Deed::Open))?;
        // A forum's post is its thread, with the id of its first message.
        if kind == Kind::Forum {
            return Ok(Some(parent));
        }
        let body = json!({ "name": render::thread_name(card), "auto_archive_duration": auto_archive(card, written_at(row)) });
        let route = Route::ThreadOnMessage { channel, message: number(&parent) };
        match self.call(Request::new(route).json(body)).await {
            Ok(_) | Err(Fault::Refused { code: code::THREAD_EXISTS, .. }) => Ok(Some(parent)),
            Err(fault) => Err((fault, Deed::Open)),
        }
    }

    async fn edit(&self, row: &Leased, message: Option<&str>, card: &Card) -> Done {
        let message = number(message.unwrap_or_default());
        let target = self.target(row).await.map_err(|fault| (fault, Deed::Edit))?;
        let channel = match target {
            Target::Channel(channel) | Target::Thread(channel) => channel,
            Target::Forum(_) => message,
        };
        let rendered = render::message(card, &key(row), 0);
        let request = with_files(Request::new(Route::EditMessage { channel, message }).json(rendered.body), rendered.files);
        match self.in_thread(channel, request).await {
            Ok(_) => Ok(None),
            Err(fault) => Err((fault, Deed::Edit)),
        }
    }

    async fn react(&self, row: &Leased, sign: Reaction) -> Done {
        let channel = number(row.thread.as_deref().unwrap_or(&row.channel));
        let message = number(row.on_message.as_deref().unwrap_or_default());
        let route = Route::React { channel, message, emoji: render::reaction(sign).to_owned() };
        match self.in_thread(channel, Request::new(route)).await {
            // Nothing is left to react to, or its author wants no reactions.
            Ok(_) | Err(Fault::Refused { code: code::UNKNOWN_MESSAGE | code::REACTION_BLOCKED, .. }) => Ok(None),
            Err(fault) => Err((fault, Deed::React)),
        }
    }

    /// A message reopens an archived thread by itself; everything else needs it open first.
    async fn in_thread(&self, thread: u64, request: Request) -> Result<Value, Fault> {
        match self.call(request.clone()).await {
            Err(Fault::Refused { code: code::ARCHIVED, .. }) => {
                let open = Request::new(Route::EditChannel { channel: thread }).json(json!({ "archived": false }));
                let locked = |_| Fault::Refused { status: 403, code: code::THREAD_LOCKED, message: "the thread is locked".into() };
                self.call(open).await.map_err(locked)?;
                self.call(request).await
            }
            done => done,
        }
    }

    /// Looks for a message by what is unmistakably its own. What may be done twice isn't looked for.
    async fn find(&self, row: &Leased, body: &Body) -> Found {
        let Body::Card(card) = body else { return Found::NotSent };
        if row.verb() != Verb::Post || row.sent_id.is_some() {
            return Found::NotSent;
        }
        let since = first_of(written_at(row) - SignedDuration::from_mins(1));
        let there = match self.target(row).await {
            Ok(Target::Channel(channel) | Target::Thread(channel)) => self.messages(channel, since).await,
            Ok(Target::Forum(forum)) => self.first_messages(forum, since).await,
            Err(fault) => Err(fault),
        };
        let Ok(there) = there else { return Found::Unknown };
        let mark = Mark::of(&render::message(card, &key(row), 0).body);
        let mut alike = there.iter().filter(|message| names(&message["author"]["id"], self.me) && Mark::of(message) == mark);
        match (alike.next(), alike.next()) {
            (None, _) => Found::NotSent,
            (Some(one), None) => Found::Sent(one["id"].as_str().map(str::to_owned)),
            // Nobody can tell which of them it is.
            (Some(_), Some(_)) => Found::Unknown,
        }
    }

    async fn messages(&self, channel: u64, since: u64) -> Result<Vec<Value>, Fault> {
        let route = Route::Messages { channel, limit: LOOKED_THROUGH, part: Part::After(since) };
        Ok(self.call(Request::new(route)).await?.as_array().cloned().unwrap_or_default())
    }

    /// The first messages of a forum's posts.
    async fn first_messages(&self, forum: u64, since: u64) -> Result<Vec<Value>, Fault> {
        let about = self.call(Request::new(Route::Channel { channel: forum })).await?;
        let guild = number(about["guild_id"].as_str().unwrap_or_default());
        let active = self.call(Request::new(Route::ActiveThreads { guild })).await?;
        let posts = active["threads"].as_array().into_iter().flatten().filter(|thread| {
            names(&thread["owner_id"], self.me)
                && names(&thread["parent_id"], forum)
                && number(thread["id"].as_str().unwrap_or_default()) >= since
        });
        let mut messages = Vec::new();
        for post in posts {
            let id = number(post["id"].as_str().unwrap_or_default());
            match self.call(Request::new(Route::Message { channel: id, message: id })).await {
                Ok(message) => messages.push(message),
                Err(Fault::Refused { code: code::UNKNOWN_MESSAGE, .. }) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(messages)
    }
}

/// What a message is known by: its heading and the rows of ours that its buttons name; without any buttons, its words. Numbers don't matter,
/// since those that count change.
#[derive(Debug, PartialEq, Eq)]
struct Mark {
    heading: String,
    rows: BTreeSet<String>,
    words: Option<String>,
}

impl Mark {
    fn of(message: &Value) -> Mark {
        let buttons = each(&message["components"]).flat_map(|row| each(&row["components"]));
        let rows: BTreeSet<String> = buttons.filter_map(|button| button["custom_id"].as_str()).map(subject).collect();
        let embeds = || each(&message["embeds"]);
        let words = || {
            let fields = embeds().flat_map(|embed| each(&embed["fields"])).flat_map(|field| [&field["name"], &field["value"]]);
            let said = embeds().map(|embed| &embed["description"]).chain(fields).chain([&message["content"]]);
            letters(said)
        };
        Mark { heading: letters(embeds().map(|embed| &embed["title"])), words: rows.is_empty().then(words), rows }
    }
}

fn each(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn letters<'v>(texts: impl Iterator<Item = &'v Value>) -> String {
    texts.filter_map(Value::as_str).flat_map(str::chars).filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect()
}

/// The row that a button's id names: which buttons a card has changes, what they are about doesn't.
fn subject(button: &str) -> String {
    button.split('.').nth(1).unwrap_or(button).to_owned()
}

/// What pages of a row's card are asked for by.
fn key(row: &Leased) -> String {
    format!("o{}", short(row.id))
}

/// When the row was written: its id says so.
fn written_at(row: &Leased) -> Timestamp {
    let at = row.id.get_timestamp().map(|at| at.to_unix());
    at.and_then(|(seconds, _)| Timestamp::from_second(i64::try_from(seconds).ok()?).ok()).unwrap_or(Timestamp::MIN)
}

/// What a card is about, for the tag of its post: its title, its small print, and the word by which people know a daily question.
fn subjects(card: &Card) -> Vec<&str> {
    let small = card.blocks.iter().flat_map(|block| match block {
        Block::Small(text) => text.0.as_slice(),
        _ => &[],
    });
    let small = small.filter_map(|span| if let Span::Plain(text) = span { Some(text.as_str()) } else { None });
    card.title.as_deref().into_iter().chain(small).chain(["daily"]).collect()
}

/// The shortest of Discord's times until a quiet thread is archived that doesn't end before the question closes.
fn auto_archive(card: &Card, opened: Timestamp) -> u16 {
    let spans = card.blocks.iter().flat_map(|block| match block {
        Block::Text(text) | Block::Small(text) => text.0.as_slice(),
        _ => &[],
    });
    let closes = spans.filter_map(|span| if let Span::Time(at) = span { Some(*at) } else { None }).max().unwrap_or(opened);
    let open = closes.duration_since(opened).as_mins();
    AUTO_ARCHIVE.into_iter().find(|minutes| i64::from(*minutes) >= open).unwrap_or(AUTO_ARCHIVE[AUTO_ARCHIVE.len() - 1])
}

pub(super) fn with_files(request: Request, files: Vec<render::File>) -> Request {
    let file = |file: render::File| File { name: file.name.to_owned(), bytes: file.bytes, mime: "image/png" };
    files.into_iter().map(file).fold(request, Request::file)
}

/// It is this id.
fn names(told: &Value, id: u64) -> bool {
    told.as_str().map(number) == Some(id)
}

/// One of Discord's ids. What is none names nothing, and Discord says so.
pub(super) fn number(id: &str) -> u64 {
    id.parse().unwrap_or_default()
}
