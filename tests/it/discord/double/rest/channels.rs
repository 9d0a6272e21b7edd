//! Servers, channels and people over REST.

use super::super::permissions::VIEW_CHANNEL;
use super::super::shape;
use super::super::state::{Channel, Guild, Id, State};
use super::super::trouble::{Trouble, invalid, refuse};
use super::{Outcome, Request, ok};
use serde_json::Value;

/// A server that the bot is in.
pub(super) fn entered(state: &State, guild: Id) -> Result<&Guild, Trouble> {
    state.guilds.get(&guild).filter(|of| of.members.contains_key(&state.bot)).ok_or_else(|| refuse(10004))
}

/// A channel that the bot sees.
pub(super) fn seen(state: &State, channel: Id) -> Result<&Channel, Trouble> {
    let of = state.channels.get(&channel).ok_or_else(|| refuse(10003))?;
    if state.permissions(state.bot, channel) & VIEW_CHANNEL == 0 { Err(refuse(50001)) } else { Ok(of) }
}

/// The bot has all of these permissions there.
pub(super) fn allowed(state: &State, channel: Id, needed: u64) -> Result<(), Trouble> {
    if state.permissions(state.bot, channel) & needed == needed { Ok(()) } else { Err(refuse(50013)) }
}

pub(super) fn guild(state: &State, guild: Id) -> Outcome {
    ok(shape::guild(entered(state, guild)?))
}

pub(super) fn roles(state: &State, guild: Id) -> Outcome {
    ok(shape::guild(entered(state, guild)?)["roles"].clone())
}

pub(super) fn member(state: &State, guild: Id, user: &str) -> Outcome {
    let user = if user == "@me" { state.bot } else { user.parse().map_err(|_| refuse(10013))? };
    let of = entered(state, guild)?.members.get(&user).ok_or_else(|| refuse(10013))?;
    ok(shape::member(state, of, false))
}

/// Its channels; threads are asked for elsewhere, and those that the bot doesn't see are listed as well.
pub(super) fn of_guild(state: &State, guild: Id) -> Outcome {
    let channels = entered(state, guild)?.channels.iter().filter_map(|of| state.channels.get(of)).filter(|of| of.thread.is_none());
    ok(channels.map(|of| shape::channel(state, of)).collect())
}

pub(super) fn get(state: &State, channel: Id) -> Outcome {
    ok(shape::channel(state, seen(state, channel)?))
}

/// Opens somebody's direct messages.
pub(super) fn direct(state: &mut State, request: &Request) -> Outcome {
    let user = request.body["recipient_id"].as_str().and_then(|of| of.parse::<Id>().ok());
    let user = user.filter(|user| state.users.get(user).is_some_and(|u| !u.bot));
    let user = user.ok_or_else(|| invalid(&[("recipient_id".into(), "NUMBER_TYPE_COERCE", "Unknown User".into())]))?;
    let channel = state.direct(user);
    ok(state.channels.get(&channel).map_or(Value::Null, |of| shape::channel(state, of)))
}
