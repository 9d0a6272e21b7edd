//! Answers to interactions: the callback, the answer's changes, and what follows it.

use super::super::shape_message as shape;
use super::super::state::{Id, Interaction, Message, State, id};
use super::super::trouble::{Trouble, invalid, refuse};
use super::messages::{change, remove};
use super::posting::{announce, compose, fill, is_empty, say};
use super::{Outcome, Request, TOKEN_LIVES, done, ok};
use serde_json::{Value, json};
use std::time::Duration;

/// So long an interaction waits for its callback, in real time.
pub(crate) const ANSWERED_WITHIN: Duration = Duration::from_secs(3);

const EPHEMERAL: u64 = 1 << 6;
const LOADING: u64 = 1 << 7;

/// Create Interaction Response.
pub(super) fn answer(state: &mut State, of: Id, token: &str, request: &Request) -> Outcome {
    let waiting = state.interactions.get(&of).filter(|i| i.token == token && !i.failed).ok_or_else(|| refuse(10062))?.clone();
    if waiting.answered.is_some() {
        return Err(refuse(40060));
    }
    if waiting.begun.elapsed() > ANSWERED_WITHIN {
        return Err(refuse(10062));
    }
    let (body, data) = (&request.body, &request.body["data"]);
    let kind = body["type"].as_u64().and_then(|kind| u8::try_from(kind).ok()).unwrap_or(0);
    fits(&waiting, kind)?;
    let mut answered = Interaction { answered: Some(kind), settled: true, ..waiting };
    match kind {
        4 => answered.original = Some(first_message(state, &answered, data, request)?),
        5 => {
            answered.settled = false;
            let flags = data["flags"].as_u64().unwrap_or(0) & EPHEMERAL;
            let blank = state.blank(answered.channel, state.bot);
            let blank = Message { flags: flags | LOADING, loading: true, ..in_answer(&answered, blank, flags) };
            answered.original = Some(blank.id);
            state.interactions.insert(of, answered.clone());
            say(state, blank);
        }
        6 => {
            answered.settled = false;
            answered.original = answered.on_message;
        }
        7 => {
            answered.original = answered.on_message;
            let pressed = answered.on_message.ok_or_else(|| refuse(10008))?;
            let update = Request { body: data.clone(), files: request.files.clone(), ..bare() };
            change(state, pressed, &update)?;
        }
        8 => answered.choices = Some(data["choices"].as_array().cloned().unwrap_or_default()),
        _ => answered.modal = Some(data.clone()),
    }
    let original = answered.original;
    state.interactions.insert(of, answered);
    if kind == 4 {
        original.into_iter().for_each(|said| announce(state, "MESSAGE_CREATE", said));
    }
    if request.param("with_response") == Some("true") { ok(with_response(state, of, kind)) } else { done() }
}

fn with_response(state: &State, of: Id, kind: u8) -> Value {
    let Some(answered) = state.interactions.get(&of) else { return Value::Null };
    let message = answered.original.and_then(|m| state.message(m));
    let mut body = json!({ "interaction": { "id": id(of), "type": answered.kind } });
    if let Some(message) = message {
        body["interaction"]["response_message_id"] = id(message.id);
        body["interaction"]["response_message_loading"] = json!(message.loading);
        body["interaction"]["response_message_ephemeral"] = json!(message.only_for.is_some());
        if matches!(kind, 4 | 7) {
            body["resource"] = json!({ "type": kind, "message": shape::message(state, message) });
        }
    }
    body
}

/// The callback is one that this kind of interaction takes.
fn fits(waiting: &Interaction, kind: u8) -> Result<(), Trouble> {
    let fits = match kind {
        4 | 5 => waiting.kind != 4,
        6 | 7 => waiting.kind == 3 || waiting.kind == 5 && waiting.on_message.is_some(),
        8 => waiting.kind == 4,
        9 => matches!(waiting.kind, 2 | 3),
        _ => false,
    };
    let wrong = || {
        invalid(&[("type".into(), "INTERACTION_CALLBACK_TYPE", format!("{kind} doesn't answer an interaction of type {}", waiting.kind))])
    };
    if fits { Ok(()) } else { Err(wrong()) }
}

fn bare() -> Request {
    let (method, path) = ("PATCH".to_owned(), String::new());
    Request { method, path, query: Vec::new(), body: Value::Null, files: Vec::new(), authorization: None }
}

/// A message as part of an answer.
fn in_answer(of: &Interaction, message: Message, flags: u64) -> Message {
    let only_for = (flags & EPHEMERAL != 0).then_some(of.user);
    let kind = if of.kind == 2 {
        20
    } else if of.on_message.is_some() {
        19
    } else {
        0
    };
    let reply_to = of.on_message.filter(|_| kind == 19);
    Message { webhook: true, interaction: Some(of.id), only_for, kind, reply_to, ..message }
}

fn first_message(state: &mut State, of: &Interaction, data: &Value, request: &Request) -> Result<Id, Trouble> {
    let message = compose(state, of.channel, data, &request.files)?;
    let flags = message.flags;
    let said = in_answer(of, message, flags);
    let number = said.id;
    state.add_message(said);
    Ok(number)
}

/// The interaction of a token.
fn by_token(state: &State, app: Id, token: &str) -> Result<Interaction, Trouble> {
    let of = state.tokens.get(token).filter(|_| app == state.application).and_then(|of| state.interactions.get(of));
    let of = of.ok_or_else(|| refuse(10015))?;
    let age = state.time().duration_since(of.at);
    if age.as_secs() >= i64::try_from(TOKEN_LIVES.as_secs()).unwrap_or(i64::MAX) {
        return Err(refuse(50027));
    }
    if of.answered.is_none() { Err(refuse(10015)) } else { Ok(of.clone()) }
}

/// Create Followup Message; the first after a deferral takes the deferred message's place.
pub(super) fn follow_up(state: &mut State, app: Id, token: &str, request: &Request) -> Outcome {
    let of = by_token(state, app, token)?;
    let loading = of.original.filter(|original| state.message(*original).is_some_and(|m| m.loading));
    if let Some(loading) = loading {
        return resolve(state, &of, loading, request);
    }
    let message = compose(state, of.channel, &request.body, &request.files)?;
    let flags = message.flags;
    let message = in_answer(&of, message, flags);
    let said = Message { kind: if message.reply_to.is_some() || of.original.is_some() { 19 } else { 0 }, reply_to: of.original, ..message };
    if let Some(of) = state.interactions.get_mut(&of.id) {
        of.follow_ups.push(said.id);
    }
    ok(say(state, said))
}

/// What was "thinking …" says something.
fn resolve(state: &mut State, of: &Interaction, loading: Id, request: &Request) -> Outcome {
    let Some(mut message) = state.message(loading).cloned() else { return Err(refuse(10008)) };
    let kept = message.flags & EPHEMERAL;
    fill(state, &mut message, &request.body, &request.files)?;
    if is_empty(&message) {
        return Err(refuse(50006));
    }
    message.loading = false;
    message.flags = message.flags & !(LOADING | EPHEMERAL) | kept;
    message.edited = Some(state.time());
    let shape = shape::message(state, &message);
    state.add_message(message);
    if let Some(of) = state.interactions.get_mut(&of.id) {
        of.settled = true;
    }
    announce(state, "MESSAGE_UPDATE", loading);
    ok(shape)
}

/// Reads, changes or takes back one of the messages of an answer.
pub(super) fn message(state: &mut State, method: &str, (app, token, which): (Id, &str, &str), request: &Request) -> Outcome {
    let of = by_token(state, app, token)?;
    let named = which.parse::<Id>().ok().filter(|named| of.follow_ups.contains(named) || of.original == Some(*named));
    let found = if which == "@original" { of.original } else { named };
    let found = found.filter(|found| state.message(*found).is_some()).ok_or_else(|| refuse(10008))?;
    match method {
        "GET" => ok(state.message(found).map_or(Value::Null, |m| shape::message(state, m))),
        "PATCH" if state.message(found).is_some_and(|m| m.loading) => resolve(state, &of, found, request),
        "PATCH" => {
            let shape = change(state, found, request)?;
            if let Some(of) = state.interactions.get_mut(&of.id).filter(|of| of.original == Some(found)) {
                of.settled = true;
            }
            ok(shape)
        }
        "DELETE" => {
            remove(state, found);
            if let Some(of) = state.interactions.get_mut(&of.id) {
                of.settled = true;
            }
            done()
        }
        _ => Err(super::no_route()),
    }
}
