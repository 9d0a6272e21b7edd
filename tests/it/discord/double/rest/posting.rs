//! A message of the bot: what is kept of a body, what it needs, and who hears of it.

use super::super::gateway::Happening;
use super::super::permissions::{
    ATTACH_FILES, EMBED_LINKS, MANAGE_THREADS, MENTION_EVERYONE, READ_HISTORY, SEND_IN_THREADS, SEND_MESSAGES,
};
use super::super::shape_message as shape;
use super::super::state::{Id, Message, State, id};
use super::super::trouble::{Trouble, invalid, refuse};
use super::channels::{allowed, seen};
use super::multipart::Upload;
use super::{Outcome, Request, ok};
use serde_json::{Value, json};

/// Discord replays a nonce for "a few minutes"; so long here.
const NONCES_LIVE: i64 = 5 * 60;

/// Create Message.
pub(super) fn post(state: &mut State, channel: Id, request: &Request) -> Outcome {
    may_send(state, channel, &request.body, &request.files)?;
    let (body, now) = (&request.body, state.time());
    let nonce = body["nonce"].as_str().map(str::to_owned).or_else(|| body["nonce"].as_i64().map(|n| n.to_string()));
    let nonce = nonce.filter(|_| body["enforce_nonce"] == true).map(|nonce| (channel, nonce));
    if let Some((said, first)) = nonce.as_ref().and_then(|nonce| state.nonces.get(nonce))
        && now.duration_since(*said).as_secs() < NONCES_LIVE
    {
        let first = state.message(*first).map(|first| shape::message(state, first));
        return first.map_or_else(|| Err(refuse(10008)), ok);
    }
    let message = compose(state, channel, body, &request.files)?;
    if let Some(nonce) = nonce {
        state.nonces.insert(nonce, (now, message.id));
    }
    reopen(state, channel);
    ok(say(state, message))
}

/// The bot may say this there.
fn may_send(state: &State, channel: Id, body: &Value, files: &[Upload]) -> Result<(), Trouble> {
    let of = seen(state, channel)?;
    if matches!(of.kind, 4 | 15 | 16) {
        return Err(refuse(50008));
    }
    let mut needed = if of.thread.is_some() { SEND_IN_THREADS } else { SEND_MESSAGES };
    needed |= body["embeds"].as_array().filter(|e| !e.is_empty()).map_or(0, |_| EMBED_LINKS);
    needed |= if files.is_empty() { 0 } else { ATTACH_FILES };
    needed |= if body["message_reference"].is_object() { READ_HISTORY } else { 0 };
    allowed(state, channel, needed)?;
    if of.locked() && state.permissions(state.bot, channel) & MANAGE_THREADS == 0 {
        return Err(refuse(160005));
    }
    Ok(())
}

/// A message made of a body. Nobody hears of it yet.
pub(super) fn compose(state: &mut State, channel: Id, body: &Value, files: &[Upload]) -> Result<Message, Trouble> {
    let mut message = Message { nonce: Some(body["nonce"].clone()).filter(|n| !n.is_null()), ..state.blank(channel, state.bot) };
    fill(state, &mut message, body, files)?;
    if let Some(reply_to) = body["message_reference"]["message_id"].as_str() {
        let found = reply_to.parse().ok().filter(|of| state.message(*of).is_some_and(|m| m.channel == channel));
        if found.is_none() && body["message_reference"]["fail_if_not_exists"] != false {
            return Err(invalid(&[("message_reference".into(), "REPLIES_UNKNOWN_MESSAGE", "Unknown message".into())]));
        }
        message.kind = if found.is_some() { 19 } else { 0 };
        message.reply_to = found;
    }
    message.tts = body["tts"] == true;
    if is_empty(&message) { Err(refuse(50006)) } else { Ok(message) }
}

/// Nothing would be seen.
pub(super) fn is_empty(message: &Message) -> bool {
    message.content.trim().is_empty() && message.embeds.is_empty() && message.attachments.is_empty() && message.components.is_empty()
}

/// Sets what the body names, and leaves the rest.
pub(super) fn fill(state: &mut State, message: &mut Message, body: &Value, files: &[Upload]) -> Result<(), Trouble> {
    if let Some(content) = body.get("content") {
        message.content = content.as_str().unwrap_or_default().trim().to_owned();
    }
    if !body["attachments"].is_null() || !files.is_empty() {
        message.attachments = attachments(state, message, &body["attachments"], files)?;
    }
    if let Some(embeds) = body.get("embeds") {
        message.embeds = shape::embeds(embeds, &message.attachments);
        let shown: Vec<String> = message.embeds.iter().map(|e| e["image"]["url"].to_string()).collect();
        // A picture that an embed shows isn't listed below the message.
        message.attachments.retain(|a| !shown.contains(&a["url"].to_string()));
    }
    if let Some(components) = body.get("components") {
        message.components = shape::components(components);
    }
    if let Some(flags) = body["flags"].as_u64() {
        message.flags = message.flags & !0x1004 | flags;
    }
    if body.get("content").is_some() || message.pings == super::super::state::Pings::default() {
        message.pings = shape::pings(&message.content, &body["allowed_mentions"]);
        let may = state.permissions(state.bot, message.channel) & MENTION_EVERYONE != 0;
        message.pings.everyone &= may;
        let guild = state.channels.get(&message.channel).and_then(|c| c.guild).and_then(|g| state.guilds.get(&g));
        let mentionable = |role: &Id| guild.is_some_and(|g| g.roles.iter().any(|r| r.id == *role && (r.mentionable || may)));
        message.pings.roles.retain(mentionable);
    }
    Ok(())
}

/// The files that the message keeps and those that are new.
fn attachments(state: &mut State, message: &Message, named: &Value, files: &[Upload]) -> Result<Vec<Value>, Trouble> {
    let mut kept: Vec<Value> = message.attachments.clone();
    if let Some(named) = named.as_array() {
        kept.retain(|old| named.iter().any(|n| n["id"] == old["id"]));
        let unknown = |n: &&Value| {
            let of = n["id"].as_str().and_then(|n| n.parse().ok()).or_else(|| n["id"].as_u64());
            !kept.iter().any(|old| old["id"] == n["id"]) && !files.iter().any(|f| Some(f.index) == of)
        };
        if let Some(unknown) = named.iter().find(unknown) {
            return Err(invalid(&[("attachments".into(), "ATTACHMENT_NOT_FOUND", format!("No file for {unknown}"))]));
        }
    }
    for file in files {
        let about = named
            .as_array()
            .into_iter()
            .flatten()
            .find(|n| n["id"].as_u64() == Some(file.index) || n["id"].as_str() == Some(file.index.to_string().as_str()));
        let of = state.next_id();
        let name = about.and_then(|n| n["filename"].as_str()).unwrap_or(&file.name);
        let url = format!("{}/{of}/{name}", state.files);
        let mut attachment = json!({ "id": id(of), "filename": name, "size": file.bytes.len(), "url": url, "proxy_url": url });
        if let Some(kind) = &file.kind {
            attachment["content_type"] = json!(kind);
        }
        if let Some(alt) = about.map(|n| &n["description"]).filter(|alt| alt.is_string()) {
            attachment["description"] = alt.clone();
        }
        state.uploads.insert(of, (file.bytes.clone(), attachment["description"].as_str().map(str::to_owned)));
        kept.push(attachment);
    }
    Ok(kept)
}

/// An archived thread in which somebody speaks is open again.
pub(crate) fn reopen(state: &mut State, channel: Id) {
    let now = state.time();
    let thread = state.channels.get_mut(&channel).and_then(|c| c.thread.as_mut()).filter(|t| t.archived);
    if let Some(thread) = thread {
        thread.archived = false;
        thread.changed = now;
        super::threads::tell(state, "THREAD_UPDATE", channel);
    }
}

/// Keeps a message and tells who may hear it; what it looks like.
pub(crate) fn say(state: &mut State, message: Message) -> Value {
    let of = message.id;
    state.add_message(message);
    announce(state, "MESSAGE_CREATE", of);
    state.message(of).map_or(Value::Null, |m| shape::message(state, m))
}

/// Tells of a message, unless only one member sees it.
pub(crate) fn announce(state: &mut State, name: &'static str, of: Id) {
    let Some(message) = state.message(of).filter(|m| m.only_for.is_none()) else { return };
    let (channel, data) = (message.channel, shape::message_event(state, message));
    let guild = state.channels.get(&channel).and_then(|c| c.guild);
    state.emit(Happening { name, guild, channel: Some(channel), data });
}
