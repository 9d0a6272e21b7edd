//! Servers and places as tests hold them.

use super::gateway::Happening;
use super::people::Member;
use super::permissions::{self, Overwrite};
use super::rest::{remove_message, say, sync, tell};
use super::state::{Channel, Guild, Id, Membership, Message, Role, State, Tag, User, id};
use super::{PATIENCE, Shared, shape, shape_message, transcript};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A server.
#[derive(Clone)]
pub(crate) struct Server {
    pub(super) shared: Arc<Shared>,
    pub(crate) id: Id,
}

/// A channel, a thread or direct messages.
#[derive(Clone)]
pub(crate) struct Place {
    pub(super) shared: Arc<Shared>,
    pub(crate) id: Id,
}

impl Server {
    pub(super) fn make(shared: &Arc<Shared>, name: &str) -> Server {
        let guild = shared.with(|state| {
            let (guild, owner, own_role, now) = (state.next_id(), state.next_id(), state.next_id(), state.time());
            state.users.insert(owner, User { id: owner, name: format!("owner of {name}"), bot: false });
            let role = |id, name: &str, permissions, managed| Role { id, name: name.into(), permissions, managed, mentionable: false };
            let bot = state.bot;
            let member = |user, roles| Membership { user, nick: None, roles, joined: now };
            let made = Guild {
                id: guild,
                name: name.to_owned(),
                owner,
                channels: Vec::new(),
                roles: vec![
                    role(guild, "@everyone", permissions::OF_EVERYBODY, false),
                    role(own_role, "Meshdrill", permissions::OF_THE_BOT, true),
                ],
                members: BTreeMap::from([(owner, member(owner, vec![])), (bot, member(bot, vec![own_role]))]),
            };
            state.guilds.insert(guild, made);
            welcome(state, guild);
            guild
        });
        Server { shared: shared.clone(), id: guild }
    }

    pub(crate) fn text(&self, name: &str) -> Place {
        self.channel(name, 0)
    }

    pub(crate) fn announcement(&self, name: &str) -> Place {
        self.channel(name, 5)
    }

    pub(crate) fn forum(&self, name: &str) -> Place {
        self.channel(name, 15)
    }

    /// A forum whose posts must carry a tag, with tags of these names; one in brackets is for who manages threads.
    pub(crate) fn tagged_forum(&self, name: &str, tags: &[&str]) -> Place {
        let forum = self.forum(name);
        forum.has_tags(tags, true);
        forum
    }

    fn channel(&self, name: &str, kind: u8) -> Place {
        let channel = self.shared.with(|state| {
            let id = state.next_id();
            let position = state.guilds.get(&self.id).map_or(0, |g| g.channels.len() as u64);
            state.add_channel(Channel { position, ..Channel::new(id, kind, Some(self.id), name.to_owned()) });
            tell(state, "CHANNEL_CREATE", id);
            id
        });
        self.place(channel)
    }

    fn place(&self, id: Id) -> Place {
        Place { shared: self.shared.clone(), id }
    }

    /// Somebody with this name, who joins where they aren't in the server yet.
    pub(crate) fn member(&self, name: &str) -> Member {
        let user = self.shared.with(|state| {
            let known = state.users.values().find(|user| user.name == name).map(|user| user.id);
            let user = known.unwrap_or_else(|| state.next_id());
            state.users.entry(user).or_insert_with(|| User { id: user, name: name.to_owned(), bot: false });
            let joined = state.time();
            if let Some(guild) = state.guilds.get_mut(&self.id) {
                guild.members.entry(user).or_insert(Membership { user, nick: None, roles: Vec::new(), joined });
            }
            user
        });
        Member { shared: self.shared.clone(), server: self.clone(), id: user }
    }

    /// Another bot in the server.
    pub(crate) fn other_bot(&self, name: &str) -> Id {
        let of = self.member(name).id;
        self.shared.with(|state| state.users.get_mut(&of).into_iter().for_each(|user| user.bot = true));
        of
    }

    /// Somebody who may manage the server.
    pub(crate) fn lead(&self, name: &str) -> Member {
        let member = self.member(name);
        let role = self.role_with("Leads", permissions::MANAGE_GUILD);
        self.shared.with(|state| {
            let membership = state.guilds.get_mut(&self.id).and_then(|guild| guild.members.get_mut(&member.id));
            membership.into_iter().filter(|m| !m.roles.contains(&role)).for_each(|m| m.roles.push(role));
        });
        member
    }

    /// A role of this name that anybody may mention.
    pub(crate) fn role(&self, name: &str) -> Id {
        self.role_with(name, 0)
    }

    fn role_with(&self, name: &str, permissions: u64) -> Id {
        self.shared.with(|state| {
            let new = state.next_id();
            let Some(guild) = state.guilds.get_mut(&self.id) else { return new };
            if let Some(known) = guild.roles.iter().find(|role| role.name == name) {
                return known.id;
            }
            let role = Role { id: new, name: name.to_owned(), permissions, managed: false, mentionable: permissions == 0 };
            let shape = shape::role(&role, guild.roles.len());
            guild.roles.push(role);
            let data = json!({ "guild_id": id(self.id), "role": shape });
            state.emit(Happening { name: "GUILD_ROLE_CREATE", guild: Some(self.id), channel: None, data });
            new
        })
    }

    /// What the bot's role may in the whole server, from now on.
    pub(crate) fn sets_bot_role(&self, permissions: u64) {
        self.shared.with(|state| {
            let Some(guild) = state.guilds.get_mut(&self.id) else { return };
            let all = guild.roles.iter_mut().enumerate();
            let shapes = all.filter(|(_, role)| role.managed).map(|(position, role)| {
                role.permissions = permissions;
                shape::role(role, position)
            });
            for role in shapes.collect::<Vec<_>>() {
                let data = json!({ "guild_id": id(self.id), "role": role });
                state.emit(Happening { name: "GUILD_ROLE_UPDATE", guild: Some(self.id), channel: None, data });
            }
        });
    }

    /// The bot is removed.
    pub(crate) fn removes_bot(&self) {
        self.shared.with(|state| {
            let bot = state.bot;
            state.guilds.get_mut(&self.id).into_iter().for_each(|guild| drop(guild.members.remove(&bot)));
            let data = json!({ "id": id(self.id) });
            state.emit(Happening { name: "GUILD_DELETE", guild: Some(self.id), channel: None, data });
        });
    }

    /// The bot is invited again.
    pub(crate) fn invites_bot(&self) {
        self.shared.with(|state| {
            let (bot, joined) = (state.bot, state.time());
            if let Some(guild) = state.guilds.get_mut(&self.id) {
                let roles = guild.roles.iter().filter(|role| role.managed).map(|role| role.id).collect();
                guild.members.insert(bot, Membership { user: bot, nick: None, roles, joined });
            }
            welcome(state, self.id);
        });
    }

    /// The server can't be reached for a while, as in an outage.
    pub(crate) fn goes_away(&self) {
        let data = json!({ "id": id(self.id), "unavailable": true });
        self.shared.with(|state| state.emit(Happening { name: "GUILD_DELETE", guild: Some(self.id), channel: None, data }));
    }

    /// The server is there again.
    pub(crate) fn comes_back(&self) {
        self.shared.with(|state| welcome(state, self.id));
    }
}

fn welcome(state: &mut State, guild: Id) {
    if let Some(data) = shape::guild_create(state, guild) {
        state.emit(Happening { name: "GUILD_CREATE", guild: Some(guild), channel: None, data });
    }
}

impl Place {
    /// Its id as JSON has it.
    pub(crate) fn key(&self) -> String {
        self.id.to_string()
    }

    /// `/channels/{id}`
    pub(crate) fn path(&self) -> String {
        format!("/channels/{}", self.id)
    }

    /// Its messages that everybody sees, oldest first.
    pub(crate) fn messages(&self) -> Vec<Value> {
        self.shared.look(|state| messages(state, self.id))
    }

    /// Waits for a message that everybody sees.
    pub(crate) async fn message_where(&self, what: &str, mut fits: impl FnMut(&Value) -> bool) -> Id {
        let look = |state: &State| messages(state, self.id).iter().rev().find(|m| fits(m)).and_then(|m| m["id"].as_str()?.parse().ok());
        let found = self.shared.until(PATIENCE, look).await;
        found.unwrap_or_else(|| panic!("no message: {what}; there are {:#?}", self.messages()))
    }

    /// Its threads, oldest first.
    pub(crate) fn threads(&self) -> Vec<Place> {
        let look = |state: &State| {
            let all = state.channels.values().filter(|c| c.parent == Some(self.id) && c.thread.is_some());
            all.map(|c| Place { shared: self.shared.clone(), id: c.id }).collect()
        };
        self.shared.look(look)
    }

    /// Waits until it has so many threads; the newest.
    pub(crate) async fn thread(&self, number: usize) -> Place {
        let of = |state: &State| {
            let mut all = state.channels.values().filter(|c| c.parent == Some(self.id) && c.thread.is_some());
            all.nth(number.saturating_sub(1)).map(|c| c.id)
        };
        let found = self.shared.until(PATIENCE, of).await;
        Place { shared: self.shared.clone(), id: found.unwrap_or_else(|| panic!("there is no thread number {number}")) }
    }

    /// What everybody sees here.
    pub(crate) fn transcript(&self) -> String {
        self.shared.look(|state| match state.channels.get(&self.id) {
            Some(of) if of.thread.is_some() => transcript::thread(state, of),
            Some(of) => transcript::channel(state, of),
            None => "(deleted)\n".to_owned(),
        })
    }

    pub(crate) fn name(&self) -> String {
        self.shared.look(|state| state.channels.get(&self.id).map(|c| c.name.clone()).unwrap_or_default())
    }

    /// The bot loses these permissions here ([`permissions`](super::permissions)), or with 0 gets all of them back.
    pub(crate) fn takes_from_bot(&self, deny: u64) {
        self.shared.with(|state| {
            let bot = state.bot;
            let blind = state.permissions(bot, self.id) & permissions::VIEW_CHANNEL == 0;
            let Some(channel) = state.channels.get_mut(&self.id) else { return };
            channel.overwrites.retain(|own| own.of != bot);
            if deny != 0 {
                channel.overwrites.push(Overwrite { of: bot, kind: 1, allow: 0, deny });
            }
            tell(state, "CHANNEL_UPDATE", self.id);
            if blind && state.permissions(bot, self.id) & permissions::VIEW_CHANNEL != 0 {
                sync(state, self.id);
            }
        });
    }

    /// A forum has these tags from now on; one in brackets is for who manages threads.
    pub(crate) fn has_tags(&self, names: &[&str], required: bool) {
        self.shared.with(|state| {
            let tags = names.iter().map(|name| {
                let bare = name.trim_matches(['[', ']']);
                Tag { id: state.next_id(), name: bare.to_owned(), moderated: bare != *name }
            });
            let tags: Vec<Tag> = tags.collect();
            state.channels.get_mut(&self.id).into_iter().for_each(|forum| {
                (forum.tags, forum.requires_tag) = (tags.clone(), required);
            });
            tell(state, "CHANNEL_UPDATE", self.id);
        });
    }

    /// The names of the tags that a forum's post carries.
    pub(crate) fn tags(&self) -> Vec<String> {
        self.shared.look(|state| {
            let post = state.channels.get(&self.id);
            let forum = post.and_then(|post| state.channels.get(&post.parent?));
            let carried = post.and_then(|post| Some(&post.thread.as_ref()?.tags)).into_iter().flatten();
            carried.filter_map(|tag| Some(forum?.tags.iter().find(|known| known.id == *tag)?.name.clone())).collect()
        })
    }

    /// Something is said here that nobody typed in a client: of this kind, by whomever, with what else Discord tells of it.
    pub(crate) fn hears(&self, by: Id, kind: u8, text: &str, more: Value) -> Id {
        self.shared.with(|state| {
            let blank = state.blank(self.id, by);
            let of = blank.id;
            say(state, Message { kind, content: text.to_owned(), more, ..blank });
            of
        })
    }

    /// Archives or locks a thread, or opens it again.
    pub(crate) fn set_thread(&self, archived: bool, locked: bool) {
        self.shared.with(|state| {
            let now = state.time();
            let thread = state.channels.get_mut(&self.id).and_then(|c| c.thread.as_mut());
            thread.into_iter().for_each(|thread| (thread.archived, thread.locked, thread.changed) = (archived, locked, now));
            tell(state, "THREAD_UPDATE", self.id);
        });
    }

    /// The channel or thread is deleted, and its threads with it.
    pub(crate) fn is_deleted(&self) {
        self.shared.with(|state| {
            let within = state.channels.values().filter(|c| c.parent == Some(self.id)).map(|c| c.id);
            let gone: Vec<Id> = within.chain([self.id]).collect();
            for of in gone {
                delete(state, of);
            }
        });
    }

    /// Somebody with the right to takes a message away.
    pub(crate) fn removes(&self, message: Id) {
        self.shared.with(|state| remove_message(state, message));
    }
}

fn delete(state: &mut State, of: Id) {
    let Some(channel) = state.channels.get(&of).cloned() else { return };
    if channel.thread.is_some() {
        let data = json!({ "id": id(of), "guild_id": channel.guild.map(id), "parent_id": channel.parent.map(id), "type": channel.kind });
        state.emit(Happening { name: "THREAD_DELETE", guild: channel.guild, channel: channel.parent, data });
    } else {
        tell(state, "CHANNEL_DELETE", of);
    }
    state.channels.remove(&of);
    if let Some(guild) = channel.guild.and_then(|guild| state.guilds.get_mut(&guild)) {
        guild.channels.retain(|known| *known != of);
    }
}

fn messages(state: &State, channel: Id) -> Vec<Value> {
    let all = state.channels.get(&channel).into_iter().flat_map(|c| c.messages.values());
    all.filter(|m| m.only_for.is_none()).map(|m| shape_message::message(state, m)).collect()
}
