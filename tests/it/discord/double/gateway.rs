//! The gateway: sessions, who gets which event, what is replayed, and the faults that a test asks for.

mod socket;

use super::permissions::VIEW_CHANNEL;
use super::state::{Id, State, id};
use super::{Shared, shape};
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::mpsc::UnboundedSender;

pub(super) use socket::serve;

pub(crate) const GUILDS: u64 = 1;
pub(crate) const GUILD_MEMBERS: u64 = 1 << 1;
pub(crate) const GUILD_PRESENCES: u64 = 1 << 8;
pub(crate) const GUILD_MESSAGES: u64 = 1 << 9;
pub(crate) const GUILD_REACTIONS: u64 = 1 << 10;
pub(crate) const DIRECT_MESSAGES: u64 = 1 << 12;
pub(crate) const DIRECT_REACTIONS: u64 = 1 << 13;
pub(crate) const MESSAGE_CONTENT: u64 = 1 << 15;
/// Those that have to be switched on in the developer portal.
pub(crate) const PRIVILEGED: u64 = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;
/// Every intent there is.
const KNOWN: u64 = 0b0011_0001_1111_1111_1111_1111 | 1 << 24 | 1 << 25;

/// As many events of a session can be replayed.
const REPLAYED: usize = 5_000;

/// Everything the gateway remembers.
pub(crate) struct Gateway {
    pub(super) sessions: BTreeMap<u64, Session>,
    made: u64,
    /// How many events each session ever made was told, once each, however often they went down a connection.
    pub(super) told: Vec<Arc<AtomicU64>>,
    /// Privileged intents switched on in the portal.
    pub(crate) granted: u64,
    /// Milliseconds.
    pub(crate) heartbeat: u64,
    pub(crate) acks_withheld: bool,
    /// Nobody can connect.
    pub(crate) down: bool,
    /// As many shards are asked for.
    pub(crate) shards: u64,
    /// Every event is sent twice.
    pub(crate) twice: bool,
    /// Events that wait to be released.
    pub(crate) withheld: Option<Vec<Happening>>,
    /// Nothing is sent, and nothing kept for a replay.
    pub(crate) lost: bool,
    /// Counted: full logins, and sessions taken up again.
    pub(crate) identified: usize,
    pub(crate) resumed: usize,
}

impl Default for Gateway {
    fn default() -> Gateway {
        Gateway {
            sessions: BTreeMap::new(),
            made: 0,
            told: Vec::new(),
            granted: MESSAGE_CONTENT,
            heartbeat: 41_250,
            acks_withheld: false,
            down: false,
            shards: 1,
            twice: false,
            withheld: None,
            lost: false,
            identified: 0,
            resumed: 0,
        }
    }
}

/// An event, before it is known who gets it.
#[derive(Debug, Clone)]
pub(crate) struct Happening {
    pub(crate) name: &'static str,
    pub(crate) guild: Option<Id>,
    /// Only who sees this channel gets it.
    pub(crate) channel: Option<Id>,
    pub(crate) data: Value,
}

/// What goes down a connection.
#[derive(Debug)]
pub(super) enum Out {
    Text(String),
    /// A close frame with this code.
    Close(u16),
    /// The connection is torn off.
    Abort,
}

/// A login of the bot.
pub(crate) struct Session {
    pub(super) intents: u64,
    shard: (u64, u64),
    sequence: u64,
    told: Arc<AtomicU64>,
    /// Sequence numbers and texts, for a replay.
    log: VecDeque<(u64, String)>,
    pub(super) out: Option<UnboundedSender<Out>>,
}

impl Session {
    fn push(&mut self, name: &str, data: &Value) {
        self.sequence += 1;
        let text = json!({ "op": 0, "t": name, "s": self.sequence, "d": data }).to_string();
        if self.log.len() == REPLAYED {
            self.log.pop_front();
        }
        if let Some(out) = &self.out {
            // A connection that has just gone is noticed by its reader; the event is in the log.
            let _ = out.send(Out::Text(text.clone()));
            self.told.fetch_add(1, Ordering::SeqCst);
        }
        self.log.push_back((self.sequence, text));
    }

    fn wants(&self, event: &Happening) -> bool {
        let (shard, shards) = self.shard;
        let own_shard = event.guild.map_or(shard == 0, |guild| (guild >> 22) % shards.max(1) == shard);
        let in_guild = event.guild.is_some();
        let needed = match event.name {
            name if name.starts_with("MESSAGE_REACTION_") && in_guild => GUILD_REACTIONS,
            name if name.starts_with("MESSAGE_REACTION_") => DIRECT_REACTIONS,
            name if name.starts_with("MESSAGE_") && in_guild => GUILD_MESSAGES,
            name if name.starts_with("MESSAGE_") => DIRECT_MESSAGES,
            name if name.starts_with("GUILD_MEMBER_") => GUILD_MEMBERS,
            name if ["GUILD_", "CHANNEL_", "THREAD_"].iter().any(|p| name.starts_with(p)) => GUILDS,
            _ => 0,
        };
        own_shard && self.intents & needed == needed
    }
}

/// How many events a bot is told, for who knows how many it heard.
#[derive(Clone)]
pub(crate) struct Told {
    pub(super) shared: Arc<Shared>,
    /// Sessions before it ran.
    pub(super) spared: usize,
}

impl Told {
    /// From now on, in new sessions.
    pub(crate) fn afresh(&self) -> Told {
        Told { shared: self.shared.clone(), spared: self.shared.look(|state| state.gateway.told.len()) }
    }

    pub(crate) fn events(&self) -> u64 {
        self.shared.look(|state| state.gateway.told.iter().skip(self.spared).map(|told| told.load(Ordering::SeqCst)).sum())
    }
}

impl State {
    /// Tells everybody who may know.
    pub(crate) fn emit(&mut self, event: Happening) {
        if self.gateway.lost {
            return;
        }
        match &mut self.gateway.withheld {
            Some(waiting) if event.name != "INTERACTION_CREATE" => waiting.push(event),
            _ => self.deliver(&event),
        }
    }

    /// Sends an event, once or twice.
    pub(crate) fn deliver(&mut self, event: &Happening) {
        let seen = event
            .channel
            .zip(event.guild)
            .is_none_or(|(channel, _)| !self.channels.contains_key(&channel) || self.permissions(self.bot, channel) & VIEW_CHANNEL != 0);
        if !seen {
            return;
        }
        self.check_event(event.name, &event.data);
        let (bot, times) = (self.bot, if self.gateway.twice { 2 } else { 1 });
        for session in self.gateway.sessions.values_mut().filter(|session| session.wants(event)) {
            let mut data = event.data.clone();
            if session.intents & MESSAGE_CONTENT == 0 && event.guild.is_some() {
                blank(&mut data, bot);
            }
            (0..times).for_each(|_| session.push(event.name, &data));
        }
    }

    fn check_event(&mut self, name: &str, data: &Value) {
        if let Some(wrong) = Some(()).filter(|()| self.checked).and_then(|()| super::check::event(name, data)) {
            self.violation(format!("gateway, {name}: {wrong}"));
        }
    }

    /// A login: its number, or the code to close with.
    pub(super) fn identify(&mut self, data: &Value, out: UnboundedSender<Out>) -> Result<u64, u16> {
        if data["token"].as_str().map(|token| token.trim_start_matches("Bot ")) != Some(&self.token) {
            return Err(4004);
        }
        let intents = data["intents"].as_u64().ok_or(4002_u16)?;
        if intents & !KNOWN != 0 {
            return Err(4013);
        }
        if intents & PRIVILEGED & !self.gateway.granted != 0 {
            return Err(4014);
        }
        let shard = (data["shard"][0].as_u64().unwrap_or(0), data["shard"][1].as_u64().unwrap_or(1));
        if shard.0 >= shard.1 {
            return Err(4010);
        }
        self.gateway.identified += 1;
        self.gateway.made += 1;
        let number = self.gateway.made;
        let told = Arc::<AtomicU64>::default();
        self.gateway.told.push(Arc::clone(&told));
        let session = Session { intents, shard, sequence: 0, told, log: VecDeque::new(), out: Some(out) };
        self.gateway.sessions.insert(number, session);
        self.welcome(number, !data["shard"].is_null());
        Ok(number)
    }

    /// READY, then each server.
    fn welcome(&mut self, number: u64, sharded: bool) {
        let Some(session) = self.gateway.sessions.get(&number) else { return };
        let (shard, shards) = session.shard;
        let guilds: Vec<Id> =
            self.guilds.values().filter(|g| g.members.contains_key(&self.bot) && (g.id >> 22) % shards == shard).map(|g| g.id).collect();
        let mut ready = json!({
            "v": 10,
            "user": shape::current_user(self),
            "guilds": guilds.iter().map(|g| json!({ "id": id(*g), "unavailable": true })).collect::<Vec<_>>(),
            "session_id": format!("session-{number}"),
            "resume_gateway_url": self.gateway_url,
            "session_type": "normal",
            "application": { "id": id(self.application), "flags": 1 << 19 },
            "user_settings": {}, "relationships": [], "private_channels": [], "presences": [], "guild_join_requests": [],
            "geo_ordered_rtc_regions": ["frankfurt"], "auth": {}, "_trace": ["double"],
        });
        if sharded {
            ready["shard"] = json!([shard, shards]);
        }
        let mut events = vec![("READY", ready)];
        let wants_guilds = session.intents & GUILDS != 0;
        events.extend(guilds.iter().filter(|_| wants_guilds).filter_map(|g| Some(("GUILD_CREATE", shape::guild_create(self, *g)?))));
        for (name, data) in events {
            self.check_event(name, &data);
            if let Some(session) = self.gateway.sessions.get_mut(&number) {
                session.push(name, &data);
            }
        }
    }

    /// Takes a session up again: its number, or none where it can't be.
    pub(super) fn resume(&mut self, data: &Value, out: UnboundedSender<Out>) -> Option<u64> {
        let number = data["session_id"].as_str()?.strip_prefix("session-")?.parse::<u64>().ok()?;
        let known = data["token"].as_str()?.trim_start_matches("Bot ") == self.token;
        let session = self.gateway.sessions.get_mut(&number).filter(|_| known)?;
        let last = data["seq"].as_u64()?;
        if last > session.sequence || session.log.front().is_some_and(|(first, _)| *first > last + 1) {
            return None;
        }
        self.gateway.resumed += 1;
        for (_, text) in session.log.iter().filter(|(sequence, _)| *sequence > last) {
            let _ = out.send(Out::Text(text.clone()));
        }
        session.out = Some(out);
        // What it was told and lost, it is told now.
        session.told.store(session.sequence, Ordering::SeqCst);
        session.push("RESUMED", &json!({ "_trace": ["double"] }));
        Some(number)
    }

    /// Sends something down every open connection.
    pub(super) fn send_to_all(&self, what: impl Fn() -> Out) {
        for out in self.gateway.sessions.values().filter_map(|session| session.out.as_ref()) {
            let _ = out.send(what());
        }
    }
}

/// Takes away what Discord keeps from bots without the intent: content that isn't their own and doesn't mention them.
fn blank(data: &mut Value, bot: Id) {
    let Some(author) = data["author"]["id"].as_str() else { return };
    let own = bot.to_string();
    let mentioned = data["mentions"].as_array().is_some_and(|all| all.iter().any(|user| user["id"] == own.as_str()));
    if author != own && !mentioned {
        data["content"] = json!("");
        for list in ["embeds", "attachments", "components"] {
            data[list] = json!([]);
        }
    }
    if data["referenced_message"].is_object() {
        blank(&mut data["referenced_message"], bot);
    }
}
