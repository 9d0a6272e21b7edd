//! What the Discord of our own knows: servers, channels, people, messages, commands, interactions.

use super::gateway::Gateway;
use super::limits::Limits;
use super::permissions::{self, Overwrite};
use super::script::Script;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// A snowflake. In JSON it is a string.
pub(crate) type Id = u64;

/// The clock of whoever tests.
pub(crate) type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The first millisecond of Discord's ids.
const EPOCH: i64 = 1_420_070_400_000;

/// Everything, under one lock.
pub(crate) struct State {
    pub(crate) now: Now,
    last_id: Id,
    pub(crate) application: Id,
    pub(crate) bot: Id,
    pub(crate) token: String,
    pub(crate) users: BTreeMap<Id, User>,
    pub(crate) guilds: BTreeMap<Id, Guild>,
    pub(crate) channels: BTreeMap<Id, Channel>,
    /// The channel of every message.
    pub(crate) where_said: HashMap<Id, Id>,
    /// Registered commands: everywhere (`None`) and by server.
    pub(crate) commands: HashMap<Option<Id>, Vec<Value>>,
    pub(crate) interactions: BTreeMap<Id, Interaction>,
    pub(crate) tokens: HashMap<String, Id>,
    pub(crate) nonces: HashMap<(Id, String), (Timestamp, Id)>,
    pub(crate) gateway: Gateway,
    pub(crate) script: Script,
    pub(crate) limits: Limits,
    pub(crate) violations: Vec<String>,
    /// Everything is checked; off where speed is measured.
    pub(crate) checked: bool,
    pub(crate) requests: Vec<Seen>,
    /// Where files are said to lie.
    pub(crate) files: String,
    pub(crate) gateway_url: String,
    /// Files and their alt texts.
    pub(crate) uploads: HashMap<Id, (Vec<u8>, Option<String>)>,
}

/// A request that arrived.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// Without query, below `/api/v10`.
    pub(crate) path: String,
    pub(crate) body: Value,
    /// What was answered; 0 where nothing was.
    pub(crate) status: u16,
    /// Real time.
    pub(crate) at: std::time::Instant,
}

/// Somebody with an account.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) bot: bool,
}

/// A server.
#[derive(Debug, Clone)]
pub(crate) struct Guild {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) owner: Id,
    pub(crate) channels: Vec<Id>,
    pub(crate) roles: Vec<Role>,
    pub(crate) members: BTreeMap<Id, Membership>,
}

/// A role; the one with its server's id is everybody's.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) permissions: u64,
    pub(crate) managed: bool,
    pub(crate) mentionable: bool,
}

/// Somebody in a server.
#[derive(Debug, Clone)]
pub(crate) struct Membership {
    pub(crate) user: Id,
    pub(crate) nick: Option<String>,
    pub(crate) roles: Vec<Id>,
    pub(crate) joined: Timestamp,
}

/// A channel, a thread or somebody's direct messages.
#[derive(Debug, Clone)]
pub(crate) struct Channel {
    pub(crate) id: Id,
    pub(crate) kind: u8,
    pub(crate) guild: Option<Id>,
    pub(crate) parent: Option<Id>,
    pub(crate) name: String,
    pub(crate) owner: Id,
    /// Of direct messages: who writes with the bot.
    pub(crate) recipient: Option<Id>,
    pub(crate) overwrites: Vec<Overwrite>,
    pub(crate) thread: Option<ThreadState>,
    pub(crate) position: u64,
    pub(crate) slow_mode: u64,
    /// Of a forum: the tags that its posts may carry.
    pub(crate) tags: Vec<Tag>,
    /// Of a forum: its posts must carry one.
    pub(crate) requires_tag: bool,
    pub(crate) messages: BTreeMap<Id, Message>,
    pub(crate) gone: HashSet<Id>,
}

/// A tag of a forum.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    pub(crate) id: Id,
    pub(crate) name: String,
    /// Only who manages threads may apply it.
    pub(crate) moderated: bool,
}

/// What only threads have.
#[derive(Debug, Clone)]
pub(crate) struct ThreadState {
    pub(crate) archived: bool,
    pub(crate) locked: bool,
    /// Minutes.
    pub(crate) auto_archive: u64,
    pub(crate) changed: Timestamp,
    pub(crate) made: Timestamp,
    pub(crate) members: Vec<Id>,
    /// Of a forum's post.
    pub(crate) tags: Vec<Id>,
}

/// A message, ephemeral ones included.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) id: Id,
    pub(crate) channel: Id,
    pub(crate) author: Id,
    pub(crate) kind: u8,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<Value>,
    pub(crate) flags: u64,
    pub(crate) tts: bool,
    pub(crate) at: Timestamp,
    pub(crate) edited: Option<Timestamp>,
    pub(crate) reply_to: Option<Id>,
    pub(crate) nonce: Option<Value>,
    /// Users, roles and everybody that it pings.
    pub(crate) pings: Pings,
    pub(crate) reactions: Vec<(String, Vec<Id>)>,
    pub(crate) webhook: bool,
    /// Of an answer to an interaction: which.
    pub(crate) interaction: Option<Id>,
    /// Who alone sees it.
    pub(crate) only_for: Option<Id>,
    /// Still "thinking …".
    pub(crate) loading: bool,
    /// What else Discord tells of it: a sticker, a poll, what was forwarded. Null where there is nothing.
    pub(crate) more: Value,
}

/// Who is notified by a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pings {
    pub(crate) users: Vec<Id>,
    pub(crate) roles: Vec<Id>,
    pub(crate) everyone: bool,
}

/// Something a member did that waits for an answer.
#[derive(Debug, Clone)]
pub(crate) struct Interaction {
    pub(crate) id: Id,
    pub(crate) token: String,
    pub(crate) user: Id,
    pub(crate) channel: Id,
    pub(crate) guild: Option<Id>,
    /// 2 command, 3 component, 4 autocomplete, 5 modal.
    pub(crate) kind: u8,
    /// The command's name, for what is shown above the answer.
    pub(crate) name: String,
    pub(crate) at: Timestamp,
    /// Real time, for the three seconds.
    pub(crate) begun: std::time::Instant,
    /// The type of its callback.
    pub(crate) answered: Option<u8>,
    pub(crate) original: Option<Id>,
    /// The message whose component was used.
    pub(crate) on_message: Option<Id>,
    /// The interaction that was answered with the form which this one sends.
    pub(crate) opened_by: Option<Id>,
    pub(crate) modal: Option<Value>,
    pub(crate) choices: Option<Vec<Value>>,
    pub(crate) follow_ups: Vec<Id>,
    /// The answer was changed since it was deferred.
    pub(crate) settled: bool,
    /// Nobody answered in time.
    pub(crate) failed: bool,
}

impl State {
    pub(crate) fn new(now: Now, rest: &str, gateway_url: String) -> State {
        let mut state = State {
            now,
            last_id: 0,
            application: 0,
            bot: 0,
            token: String::new(),
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            where_said: HashMap::new(),
            commands: HashMap::new(),
            interactions: BTreeMap::new(),
            tokens: HashMap::new(),
            nonces: HashMap::new(),
            gateway: Gateway::default(),
            script: Script::default(),
            limits: Limits::default(),
            violations: Vec::new(),
            checked: true,
            requests: Vec::new(),
            files: format!("{rest}/files"),
            gateway_url,
            uploads: HashMap::new(),
        };
        state.application = state.next_id();
        // Since 2016 an application and its bot have the same id.
        state.bot = state.application;
        state.users.insert(state.bot, User { id: state.bot, name: "Meshdrill".into(), bot: true });
        state.token = format!("MTE{}.GdOuble.{}", state.bot, "x".repeat(38));
        state
    }

    pub(crate) fn time(&self) -> Timestamp {
        (self.now)()
    }

    /// The next snowflake: of the clock's millisecond, and above every one before.
    pub(crate) fn next_id(&mut self) -> Id {
        let ms = u64::try_from(self.time().as_millisecond() - EPOCH).unwrap_or(0);
        self.last_id = (self.last_id + 1).max(ms << 22);
        self.last_id
    }

    pub(crate) fn violation(&mut self, what: String) {
        self.violations.push(what);
    }

    pub(crate) fn message(&self, id: Id) -> Option<&Message> {
        self.channels.get(self.where_said.get(&id)?)?.messages.get(&id)
    }

    pub(crate) fn message_mut(&mut self, id: Id) -> Option<&mut Message> {
        self.channels.get_mut(self.where_said.get(&id)?)?.messages.get_mut(&id)
    }

    pub(crate) fn add_channel(&mut self, channel: Channel) {
        if let Some(guild) = channel.guild.and_then(|id| self.guilds.get_mut(&id)) {
            guild.channels.push(channel.id);
        }
        self.channels.insert(channel.id, channel);
    }

    pub(crate) fn add_message(&mut self, message: Message) {
        self.where_said.insert(message.id, message.channel);
        if let Some(channel) = self.channels.get_mut(&message.channel) {
            channel.messages.insert(message.id, message);
        }
    }

    /// The direct messages of somebody with the bot, opened where they weren't.
    pub(crate) fn direct(&mut self, user: Id) -> Id {
        if let Some(open) = self.channels.values().find(|c| c.kind == 1 && c.recipient == Some(user)) {
            return open.id;
        }
        let id = self.next_id();
        let name = self.users.get(&user).map(|u| u.name.clone()).unwrap_or_default();
        self.add_channel(Channel { recipient: Some(user), ..Channel::new(id, 1, None, name) });
        id
    }

    /// A new message without content.
    pub(crate) fn blank(&mut self, channel: Id, author: Id) -> Message {
        let id = self.next_id();
        Message {
            id,
            channel,
            author,
            kind: 0,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            flags: 0,
            tts: false,
            at: self.time(),
            edited: None,
            reply_to: None,
            nonce: None,
            pings: Pings::default(),
            reactions: Vec::new(),
            webhook: false,
            interaction: None,
            only_for: None,
            loading: false,
            more: Value::Null,
        }
    }

    /// The name that people see.
    pub(crate) fn name_of(&self, user: Id) -> String {
        self.users.get(&user).map_or_else(|| "unknown".into(), |u| u.name.clone())
    }

    /// What somebody may do in a channel.
    pub(crate) fn permissions(&self, user: Id, channel: Id) -> u64 {
        let Some(channel) = self.channels.get(&channel) else { return 0 };
        let Some(guild) = channel.guild.and_then(|id| self.guilds.get(&id)) else { return permissions::IN_DIRECT };
        let Some(member) = guild.members.get(&user) else { return 0 };
        let overwrites = match channel.parent.filter(|_| channel.thread.is_some()) {
            Some(parent) => self.channels.get(&parent).map(|c| c.overwrites.clone()).unwrap_or_default(),
            None => channel.overwrites.clone(),
        };
        permissions::effective(guild, member, &overwrites)
    }
}

impl Channel {
    /// With nothing in it.
    pub(crate) fn new(id: Id, kind: u8, guild: Option<Id>, name: String) -> Channel {
        Channel {
            id,
            kind,
            guild,
            parent: None,
            name,
            owner: 0,
            recipient: None,
            overwrites: Vec::new(),
            thread: None,
            position: 0,
            slow_mode: 0,
            tags: Vec::new(),
            requires_tag: false,
            messages: BTreeMap::new(),
            gone: HashSet::new(),
        }
    }

    pub(crate) fn archived(&self) -> bool {
        self.thread.as_ref().is_some_and(|t| t.archived)
    }

    pub(crate) fn locked(&self) -> bool {
        self.thread.as_ref().is_some_and(|t| t.locked)
    }
}

/// An id as JSON has it.
pub(crate) fn id(of: Id) -> Value {
    json!(of.to_string())
}

/// An instant as Discord writes it.
pub(crate) fn instant(at: Timestamp) -> Value {
    let at = at.strftime("%Y-%m-%dT%H:%M:%S%.6f").to_string();
    json!(format!("{at}+00:00"))
}
