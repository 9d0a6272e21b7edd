//! Threads over REST: on a message, in a forum, and their archive.

use super::super::gateway::Happening;
use super::super::permissions::{
    CREATE_PRIVATE_THREADS, CREATE_PUBLIC_THREADS, MANAGE_CHANNELS, MANAGE_THREADS, SEND_MESSAGES, VIEW_CHANNEL,
};
use super::super::shape;
use super::super::state::{Channel, Id, Message, State, ThreadState, id, instant};
use super::super::trouble::{Trouble, invalid, refuse};
use super::channels::{allowed, entered, seen};
use super::posting::{announce, compose, say};
use super::{Outcome, Request, ok};
use serde_json::{Value, json};

/// The open threads of a server that the bot sees.
pub(super) fn active(state: &State, guild: Id) -> Outcome {
    let threads = entered(state, guild)?.channels.iter().rev().filter_map(|of| state.channels.get(of));
    let threads: Vec<&Channel> = threads
        .filter(|of| of.thread.is_some() && !of.archived())
        .filter(|of| state.permissions(state.bot, of.id) & VIEW_CHANNEL != 0)
        .collect();
    let own = threads.iter().filter(|of| of.thread.as_ref().is_some_and(|t| t.members.contains(&state.bot)));
    ok(json!({
        "threads": threads.iter().map(|of| shape::channel(state, of)).collect::<Vec<_>>(),
        "members": own.map(|of| membership(state, of)).collect::<Vec<_>>(),
        "has_more": false,
    }))
}

fn membership(state: &State, of: &Channel) -> Value {
    let joined = of.thread.as_ref().map_or_else(|| state.time(), |t| t.made);
    json!({ "id": id(of.id), "user_id": id(state.bot), "join_timestamp": instant(joined), "flags": 0 })
}

/// Start Thread from Message.
pub(super) fn on_message(state: &mut State, channel: Id, message: Id, request: &Request) -> Outcome {
    let of = seen(state, channel)?;
    let kind = match of.kind {
        0 => 11,
        5 => 10,
        _ => return Err(refuse(50024)),
    };
    allowed(state, channel, CREATE_PUBLIC_THREADS)?;
    let starter = of.messages.get(&message).filter(|m| m.only_for.is_none()).ok_or_else(|| refuse(10008))?;
    if starter.kind != 0 && starter.kind != 19 && starter.kind != 20 {
        return Err(refuse(50021));
    }
    if state.channels.contains_key(&message) {
        return Err(refuse(160004));
    }
    let bot = state.bot;
    let thread = thread(state, (message, kind, channel, bot), &request.body);
    state.add_channel(thread);
    if let Some(starter) = state.message_mut(message) {
        starter.flags |= 1 << 5;
    }
    tell(state, "THREAD_CREATE", message);
    joins(state, message, bot);
    announce(state, "MESSAGE_UPDATE", message);
    let first = Message { kind: 21, reply_to: None, ..state.blank(message, bot) };
    state.add_message(first);
    created(state.channels.get(&message).map_or(Value::Null, |of| with_member(state, of)))
}

/// Start Thread without Message: a forum's post, or a bare thread.
pub(super) fn open(state: &mut State, channel: Id, request: &Request) -> Outcome {
    let of = seen(state, channel)?;
    let (body, bot) = (&request.body, state.bot);
    if of.kind == 15 {
        allowed(state, channel, SEND_MESSAGES)?;
        let tags = tags(of, state.permissions(bot, channel) & MANAGE_THREADS != 0, &body["applied_tags"])?;
        let first = compose(state, channel, &body["message"], &request.files)?;
        let mut post = thread(state, (first.id, 11, channel, bot), body);
        post.thread.as_mut().into_iter().for_each(|thread| thread.tags.clone_from(&tags));
        let at = post.id;
        state.add_channel(post);
        tell(state, "THREAD_CREATE", at);
        joins(state, at, bot);
        let message = say(state, Message { channel: at, ..first });
        let mut answer = state.channels.get(&at).map_or(Value::Null, |of| with_member(state, of));
        answer["message"] = message;
        return created(answer);
    }
    let kind = body["type"].as_u64().map_or(12, |kind| u8::try_from(kind).unwrap_or(0));
    match (of.kind, kind) {
        (0, 11) | (5, 10) => allowed(state, channel, CREATE_PUBLIC_THREADS)?,
        (0, 12) => allowed(state, channel, CREATE_PRIVATE_THREADS)?,
        (0 | 5, _) => return Err(invalid(&[("type".into(), "BASE_TYPE_CHOICES", "Not a thread of this channel".into())])),
        _ => return Err(refuse(50024)),
    }
    let at = state.next_id();
    let bare = thread(state, (at, kind, channel, bot), body);
    let said = Message { kind: 18, content: bare.name.clone(), ..state.blank(channel, bot) };
    state.add_channel(bare);
    tell(state, "THREAD_CREATE", at);
    joins(state, at, bot);
    if kind != 12 {
        say(state, said);
    }
    created(state.channels.get(&at).map_or(Value::Null, |of| with_member(state, of)))
}

/// The tags that a new post of a forum carries.
fn tags(forum: &Channel, manages: bool, named: &Value) -> Result<Vec<Id>, Trouble> {
    let unknown = || invalid(&[("applied_tags".into(), "INVALID_FORUM_TAG", "Unknown tag".into())]);
    let mut tags = Vec::new();
    for named in named.as_array().into_iter().flatten() {
        let tag = named.as_str().and_then(|tag| tag.parse::<Id>().ok()).and_then(|of| forum.tags.iter().find(|tag| tag.id == of));
        let tag = tag.ok_or_else(unknown)?;
        if tag.moderated && !manages {
            return Err(refuse(50013));
        }
        tags.push(tag.id);
    }
    if tags.is_empty() && forum.requires_tag { Err(refuse(40067)) } else { Ok(tags) }
}

fn created(body: Value) -> Outcome {
    Ok(super::Reply { status: 201, body })
}

fn with_member(state: &State, of: &Channel) -> Value {
    let mut shape = shape::channel(state, of);
    shape["member"] = membership(state, of);
    shape
}

/// A new thread: id, kind, the channel it is in, its maker.
pub(crate) fn thread(state: &State, (at, kind, parent, owner): (Id, u8, Id, Id), body: &Value) -> Channel {
    let now = state.time();
    let guild = state.channels.get(&parent).and_then(|of| of.guild);
    Channel {
        parent: Some(parent),
        owner,
        slow_mode: body["rate_limit_per_user"].as_u64().unwrap_or(0),
        thread: Some(ThreadState {
            archived: false,
            locked: false,
            auto_archive: body["auto_archive_duration"].as_u64().unwrap_or(1440),
            changed: now,
            made: now,
            members: Vec::new(),
            tags: Vec::new(),
        }),
        ..Channel::new(at, kind, guild, body["name"].as_str().unwrap_or_default().trim().to_owned())
    }
}

/// Modify Channel, as far as threads and names go.
pub(super) fn change(state: &mut State, channel: Id, request: &Request) -> Outcome {
    let of = seen(state, channel)?;
    let (body, now) = (&request.body, state.time());
    let manages = state.permissions(state.bot, channel) & MANAGE_THREADS != 0;
    match &of.thread {
        None => allowed(state, channel, MANAGE_CHANNELS)?,
        // Whoever is in a thread may open it again.
        Some(thread) if only_opens(body) && !thread.locked && thread.members.contains(&state.bot) => {}
        // Whoever made a thread may rename and close it; only who manages threads locks it, or touches it while it is locked.
        Some(thread) if !manages && (of.owner != state.bot || thread.locked || !body["locked"].is_null()) => return Err(refuse(50013)),
        Some(thread) if thread.archived && body["archived"] != false => return Err(refuse(50083)),
        Some(_) => {}
    }
    let Some(of) = state.channels.get_mut(&channel) else { return Err(refuse(10003)) };
    if let Some(name) = body["name"].as_str() {
        name.trim().clone_into(&mut of.name);
    }
    of.slow_mode = body["rate_limit_per_user"].as_u64().unwrap_or(of.slow_mode);
    let event = if let Some(thread) = of.thread.as_mut() {
        thread.auto_archive = body["auto_archive_duration"].as_u64().unwrap_or(thread.auto_archive);
        thread.locked = body["locked"].as_bool().unwrap_or(thread.locked);
        if let Some(archived) = body["archived"].as_bool() {
            thread.archived = archived;
            thread.changed = now;
        }
        "THREAD_UPDATE"
    } else {
        "CHANNEL_UPDATE"
    };
    tell(state, event, channel);
    ok(state.channels.get(&channel).map_or(Value::Null, |of| shape::channel(state, of)))
}

fn only_opens(body: &Value) -> bool {
    body["archived"] == false && body.as_object().is_some_and(|all| all.len() == 1)
}

/// Somebody is in a thread from now on; who sees it is told, of others only with the intent for members.
pub(crate) fn joins(state: &mut State, thread: Id, user: Id) {
    let Some(of) = state.channels.get_mut(&thread) else { return };
    let (guild, Some(metadata)) = (of.guild, of.thread.as_mut()) else { return };
    if metadata.members.contains(&user) {
        return;
    }
    metadata.members.push(user);
    let count = metadata.members.len().min(50);
    if user != state.bot {
        return;
    }
    let Some(of) = guild.and_then(|guild| state.guilds.get(&guild)) else { return };
    let mut added = json!({ "id": id(thread), "user_id": id(user), "join_timestamp": instant(state.time()), "flags": 1 });
    added["member"] = of.members.get(&user).map_or(Value::Null, |member| shape::member(state, member, false));
    let data = json!({ "id": id(thread), "guild_id": id(of.id), "member_count": count, "added_members": [added] });
    state.emit(Happening { name: "THREAD_MEMBERS_UPDATE", guild, channel: Some(thread), data });
}

/// The bot sees a channel again: it is told of the open threads in it.
pub(crate) fn sync(state: &mut State, channel: Id) {
    let Some(guild) = state.channels.get(&channel).and_then(|of| of.guild) else { return };
    let open = state.channels.values().filter(|of| of.parent == Some(channel) && of.thread.is_some() && !of.archived());
    let (threads, members): (Vec<Value>, Vec<Value>) = open.map(|of| (shape::channel(state, of), membership(state, of))).unzip();
    let data = json!({ "guild_id": id(guild), "channel_ids": [id(channel)], "threads": threads, "members": members });
    state.emit(Happening { name: "THREAD_LIST_SYNC", guild: Some(guild), channel: Some(channel), data });
}

/// Tells of a channel or thread as it stands.
pub(crate) fn tell(state: &mut State, name: &'static str, channel: Id) {
    let Some(of) = state.channels.get(&channel) else { return };
    let (guild, mut data) = (of.guild, shape::channel(state, of));
    if name == "THREAD_CREATE" {
        data["newly_created"] = json!(true);
        data["member"] = membership(state, of);
    }
    // Bots are told of every channel, also of those that they don't see.
    let channel = of_threads(name).then_some(channel);
    state.emit(Happening { name, guild, channel, data });
}

fn of_threads(name: &str) -> bool {
    name.starts_with("THREAD_")
}
