//! Messages over REST: read, changed, taken back, reacted to.

use super::super::gateway::Happening;
use super::super::permissions::{ADD_REACTIONS, MANAGE_MESSAGES, READ_HISTORY};
use super::super::shape_message as shape;
use super::super::state::{Id, Message, State, id};
use super::super::trouble::{Trouble, invalid, refuse};
use super::channels::{allowed, seen};
use super::posting::{announce, fill, is_empty};
use super::{Outcome, Request, done, ok};
use serde_json::{Value, json};

/// A message that everybody in the channel sees.
fn public(state: &State, channel: Id, message: Id) -> Result<&Message, Trouble> {
    let of = seen(state, channel)?;
    of.messages.get(&message).filter(|m| m.only_for.is_none()).ok_or_else(|| refuse(10008))
}

pub(super) fn list(state: &State, channel: Id, request: &Request) -> Outcome {
    let of = seen(state, channel)?;
    if allowed(state, channel, READ_HISTORY).is_err() {
        return ok(json!([]));
    }
    let limit = request.param("limit").map_or(Some(50), |limit| limit.parse().ok()).filter(|limit| (1..=100).contains(limit));
    let limit: usize = limit.ok_or_else(|| invalid(&[("limit".into(), "NUMBER_TYPE_MAX", "int value should be 1 to 100".into())]))?;
    let bound = |name: &str| request.param(name).and_then(|of| of.parse::<Id>().ok());
    let public = of.messages.values().filter(|m| m.only_for.is_none());
    let mut found: Vec<&Message> = match (bound("before"), bound("after"), bound("around")) {
        (_, _, Some(around)) => {
            let (older, newer): (Vec<_>, Vec<_>) = public.partition(|m| m.id <= around);
            let from = older.len().saturating_sub(limit / 2 + 1);
            older.into_iter().skip(from).chain(newer).take(limit).collect()
        }
        (_, Some(after), _) => public.filter(|m| m.id > after).take(limit).collect(),
        (Some(before), _, _) => public.filter(|m| m.id < before).rev_take(limit),
        _ => public.rev_take(limit),
    };
    found.sort_by_key(|m| std::cmp::Reverse(m.id));
    ok(found.into_iter().map(|m| shape::message(state, m)).collect())
}

/// The last of an iterator.
trait RevTake<'a> {
    fn rev_take(self, most: usize) -> Vec<&'a Message>;
}

impl<'a, I: DoubleEndedIterator<Item = &'a Message>> RevTake<'a> for I {
    fn rev_take(self, most: usize) -> Vec<&'a Message> {
        self.rev().take(most).collect()
    }
}

pub(super) fn get(state: &State, channel: Id, message: Id) -> Outcome {
    let of = public(state, channel, message)?;
    allowed(state, channel, READ_HISTORY)?;
    ok(shape::message(state, of))
}

pub(super) fn edit(state: &mut State, channel: Id, message: Id, request: &Request) -> Outcome {
    let of = public(state, channel, message)?;
    if of.author != state.bot {
        return Err(refuse(50005));
    }
    if state.channels.get(&channel).is_some_and(super::super::state::Channel::archived) {
        return Err(refuse(50083));
    }
    ok(change(state, message, request)?)
}

/// Changes a message of the bot by a body; what it looks like then.
pub(super) fn change(state: &mut State, message: Id, request: &Request) -> Result<Value, Trouble> {
    let Some(mut changed) = state.message(message).cloned() else { return Err(refuse(10008)) };
    fill(state, &mut changed, &request.body, &request.files)?;
    if is_empty(&changed) {
        return Err(refuse(50006));
    }
    changed.edited = Some(state.time());
    let shape = shape::message(state, &changed);
    state.add_message(changed);
    announce(state, "MESSAGE_UPDATE", message);
    Ok(shape)
}

pub(super) fn delete(state: &mut State, channel: Id, message: Id) -> Outcome {
    let of = public(state, channel, message)?;
    if of.author != state.bot {
        allowed(state, channel, MANAGE_MESSAGES)?;
    }
    remove(state, message);
    done()
}

/// Takes a message away and tells of it.
pub(crate) fn remove(state: &mut State, message: Id) {
    let Some(channel) = state.where_said.remove(&message).and_then(|of| state.channels.get_mut(&of)) else { return };
    let (of, guild) = (channel.id, channel.guild);
    let public = channel.messages.remove(&message).is_some_and(|m| m.only_for.is_none());
    if public {
        channel.gone.insert(message);
        let mut data = json!({ "id": id(message), "channel_id": id(of) });
        if let Some(guild) = guild {
            data["guild_id"] = id(guild);
        }
        state.emit(Happening { name: "MESSAGE_DELETE", guild, channel: Some(of), data });
    }
}

pub(super) fn react(state: &mut State, channel: Id, message: Id, emoji: &str) -> Outcome {
    let emoji = decoded(emoji).ok_or_else(|| refuse(10014))?;
    let plain = emoji.chars().next().is_some_and(|first| !first.is_ascii_alphabetic()) && emoji.chars().count() <= 8;
    if !plain {
        return Err(refuse(10014));
    }
    let of = public(state, channel, message)?;
    let first = !of.reactions.iter().any(|(known, _)| *known == emoji);
    if of.reactions.len() >= 20 && first {
        return Err(refuse(30010));
    }
    allowed(state, channel, READ_HISTORY | if first { ADD_REACTIONS } else { 0 })?;
    if state.channels.get(&channel).is_some_and(super::super::state::Channel::archived) {
        return Err(refuse(50083));
    }
    let bot = state.bot;
    add_reaction(state, message, bot, &emoji);
    done()
}

/// Somebody's sign on a message.
pub(crate) fn add_reaction(state: &mut State, message: Id, by: Id, emoji: &str) {
    let Some(of) = state.message_mut(message) else { return };
    let (channel, author) = (of.channel, of.author);
    match of.reactions.iter_mut().find(|(known, _)| known == emoji) {
        Some((_, all)) if all.contains(&by) => return,
        Some((_, all)) => all.push(by),
        None => of.reactions.push((emoji.to_owned(), vec![by])),
    }
    let guild = state.channels.get(&channel).and_then(|c| c.guild);
    let mut data = json!({
        "user_id": id(by), "channel_id": id(channel), "message_id": id(message), "emoji": shape::emoji(emoji), "message_author_id": id(author),
        "burst": false, "type": 0,
    });
    if let Some(of) = guild.and_then(|g| state.guilds.get(&g)) {
        data["guild_id"] = id(of.id);
        data["member"] = of.members.get(&by).map_or(Value::Null, |m| super::super::shape::member(state, m, false));
    }
    state.emit(Happening { name: "MESSAGE_REACTION_ADD", guild, channel: Some(channel), data });
}

/// `%F0%9F%91%8D` as what it stands for.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(after.get(..2)?).ok()?, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}
