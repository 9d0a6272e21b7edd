//! Messages as version 10 of the interface writes them, and as they are kept from what was sent.

use super::shape;
use super::state::{Interaction, Message, Pings, State, id, instant};
use serde_json::{Value, json};

/// A message as its readers get it.
pub(crate) fn message(state: &State, of: &Message) -> Value {
    let mut shape = json!({
        "id": id(of.id), "channel_id": id(of.channel), "type": of.kind, "content": of.content, "author": shape::user(state, of.author),
        "timestamp": instant(of.at), "edited_timestamp": of.edited.map(instant), "tts": of.tts, "mention_everyone": of.pings.everyone,
        "mentions": of.pings.users.iter().map(|u| shape::user(state, *u)).collect::<Vec<_>>(),
        "mention_roles": of.pings.roles.iter().map(|r| id(*r)).collect::<Vec<_>>(),
        "attachments": of.attachments, "embeds": of.embeds, "components": of.components, "pinned": false, "flags": of.flags,
    });
    if !of.reactions.is_empty() {
        shape["reactions"] = of.reactions.iter().map(|(emoji, by)| reaction(state, emoji, by)).collect();
    }
    if let Some(nonce) = &of.nonce {
        shape["nonce"] = nonce.clone();
    }
    if let Some(thread) = state.channels.get(&of.id).filter(|c| c.thread.is_some() && c.id != of.channel) {
        shape["thread"] = shape::channel(state, thread);
    }
    if of.webhook {
        shape["webhook_id"] = id(state.application);
        shape["application_id"] = id(state.application);
    }
    if let Some(answered) = of.interaction.and_then(|i| state.interactions.get(&i)) {
        shape["interaction_metadata"] = metadata(state, answered);
    }
    if let Some(reply_to) = of.reply_to {
        let guild = state.channels.get(&of.channel).and_then(|c| c.guild).map(id);
        shape["message_reference"] = json!({ "type": 0, "channel_id": id(of.channel), "message_id": id(reply_to) });
        if let Some(guild) = guild {
            shape["message_reference"]["guild_id"] = guild;
        }
        let referenced = state.message(reply_to).filter(|r| r.reply_to.is_none() && r.only_for.is_none());
        shape["referenced_message"] = referenced.map_or(Value::Null, |r| message(state, r));
    }
    for (name, value) in of.more.as_object().into_iter().flatten() {
        shape[name] = value.clone();
    }
    shape
}

/// What a message tells of the interaction that it answers.
fn metadata(state: &State, of: &Interaction) -> Value {
    let owners = json!({ (if of.guild.is_some() { "0" } else { "1" }): of.guild.unwrap_or(of.user).to_string() });
    let mut told = json!({
        "id": id(of.id), "type": of.kind, "user": shape::user(state, of.user), "authorizing_integration_owners": owners,
    });
    match of.kind {
        2 => {
            told["name"] = json!(of.name);
            told["command_type"] = json!(1);
        }
        3 => told["interacted_message_id"] = of.on_message.map_or(Value::Null, id),
        5 => {
            let opened = of.opened_by.and_then(|by| state.interactions.get(&by));
            told["triggering_interaction_metadata"] = opened.map_or(Value::Null, |by| metadata(state, by));
        }
        _ => {}
    }
    told
}

/// A message as MESSAGE_CREATE has it: with its server, and its author as a member of it.
pub(crate) fn message_event(state: &State, of: &Message) -> Value {
    let mut shape = message(state, of);
    if let Some(guild) = state.channels.get(&of.channel).and_then(|c| c.guild).and_then(|g| state.guilds.get(&g)) {
        shape["guild_id"] = id(guild.id);
        if let Some(member) = guild.members.get(&of.author).filter(|_| !of.webhook) {
            shape["member"] = shape::member(state, member, true);
        }
        if let Some(mentions) = shape["mentions"].as_array_mut() {
            for (mention, user) in mentions.iter_mut().zip(&of.pings.users) {
                mention["member"] = guild.members.get(user).map_or(Value::Null, |m| shape::member(state, m, true));
            }
        }
    }
    shape
}

pub(crate) fn emoji(name: &str) -> Value {
    match name.split_once(':') {
        Some((name, of)) => json!({ "id": of, "name": name }),
        None => json!({ "id": null, "name": name }),
    }
}

fn reaction(state: &State, name: &str, by: &[u64]) -> Value {
    json!({
        "emoji": emoji(name), "count": by.len(), "count_details": { "burst": 0, "normal": by.len() }, "burst_colors": [], "me_burst": false,
        "me": by.contains(&state.bot), "burst_me": false, "burst_count": 0,
    })
}

/// Embeds as they are given back: with their type, and pictures that came along at their address.
pub(crate) fn embeds(sent: &Value, attachments: &[Value]) -> Vec<Value> {
    let mut embeds = sent.as_array().cloned().unwrap_or_default();
    for embed in &mut embeds {
        embed["type"] = json!("rich");
        if let Some(at) = embed["timestamp"].as_str().and_then(|at| at.parse().ok()) {
            embed["timestamp"] = instant(at);
        }
        for picture in ["image", "thumbnail"] {
            let named = embed[picture]["url"].as_str().and_then(|url| url.strip_prefix("attachment://"));
            if let Some(file) = named.and_then(|name| attachments.iter().find(|a| a["filename"] == name)) {
                embed[picture] = json!({ "url": file["url"], "proxy_url": file["proxy_url"], "width": 1, "height": 1, "flags": 0 });
            }
        }
        for field in embed["fields"].as_array_mut().into_iter().flatten() {
            field["inline"] = json!(field["inline"].as_bool().unwrap_or(false));
        }
        if let Some(embed) = embed.as_object_mut() {
            embed.retain(|_, value| !value.is_null());
        }
    }
    embeds
}

/// Components as they are given back: each with a number.
pub(crate) fn components(sent: &Value) -> Vec<Value> {
    let mut next = 0;
    let mut rows = sent.as_array().cloned().unwrap_or_default();
    rows.iter_mut().for_each(|row| number(row, &mut next));
    rows
}

fn number(component: &mut Value, next: &mut u64) {
    *next += 1;
    if component["id"].is_null() {
        component["id"] = json!(*next);
    }
    if matches!(component["type"].as_u64(), Some(3 | 5..=8)) {
        for name in ["min_values", "max_values"] {
            component[name] = json!(component[name].as_u64().unwrap_or(1));
        }
    }
    for inner in component["components"].as_array_mut().into_iter().flatten() {
        number(inner, next);
    }
    if component["accessory"].is_object() {
        number(&mut component["accessory"], next);
    }
    if let Some(fields) = component.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
}

/// Whom a text pings: what it names, as far as `allowed_mentions` lets it.
pub(crate) fn pings(content: &str, allowed: &Value) -> Pings {
    let may = |kind: &str, of: u64| {
        let parsed = allowed["parse"].as_array().map_or(allowed.is_null(), |all| all.iter().any(|k| k == kind));
        parsed || allowed[kind].as_array().is_some_and(|all| all.iter().any(|one| *one == of.to_string().as_str()))
    };
    let mut found = Pings::default();
    for (at, _) in content.match_indices("<@") {
        let rest = &content[at + 2..];
        let Some(end) = rest.find('>') else { continue };
        if let Some(role) = rest[..end].strip_prefix('&').and_then(|role| role.parse().ok()) {
            if may("roles", role) && !found.roles.contains(&role) {
                found.roles.push(role);
            }
        } else if let Ok(user) = rest[..end].trim_start_matches('!').parse()
            && may("users", user)
            && !found.users.contains(&user)
        {
            found.users.push(user);
        }
    }
    let everyone = content.contains("@everyone") || content.contains("@here");
    found.everyone = everyone && allowed["parse"].as_array().map_or(allowed.is_null(), |all| all.iter().any(|k| k == "everyone"));
    found
}
