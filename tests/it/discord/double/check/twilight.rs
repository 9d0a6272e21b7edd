//! twilight's models and limits, which others wrote down: bodies both ways and events have to fit them.

use super::super::rest::Request;
use super::super::state::instant;
use super::{Findings, Kind, at, each};
use serde::Deserialize;
use serde::de::DeserializeSeed;
use serde_json::{Value, json};
use twilight_model::application::command::Command;
use twilight_model::channel::message::{AllowedMentions, Component, Embed};
use twilight_model::channel::{Channel, Message};
use twilight_model::gateway::event::DispatchEventWithTypeDeserializer;
use twilight_model::guild::Guild;
use twilight_model::http::interaction::{InteractionResponse, InteractionResponseType};
use twilight_model::oauth::Application;
use twilight_model::user::CurrentUser;

const CODE: &str = "TWILIGHT";

/// What twilight finds wrong with a request.
pub(super) fn request(found: &mut Findings, kind: Kind, request: &Request) {
    let body = &request.body;
    match kind {
        Kind::Message | Kind::Edit | Kind::FollowUp | Kind::FollowUpEdit => message(found, "", body),
        Kind::Callback => callback(found, body),
        Kind::Thread if body["message"].is_object() => {
            named(found, body);
            message(found, "message", &body["message"]);
        }
        Kind::Thread | Kind::ThreadOnMessage => named(found, body),
        Kind::Channel if body["name"].is_string() => named(found, body),
        Kind::Channel | Kind::Direct => {}
        Kind::Commands => each(body).for_each(|(index, one)| command(found, index, one)),
    }
}

/// The value as one of twilight's types.
fn read<T: for<'de> Deserialize<'de>>(found: &mut Findings, path: &str, value: &Value) -> Option<T> {
    T::deserialize(value).map_err(|wrong| found.refuse(path, CODE, wrong.to_string())).ok()
}

fn named(found: &mut Findings, body: &Value) {
    if let Err(wrong) = twilight_validate::channel::name(body["name"].as_str().unwrap_or_default()) {
        found.refuse("name", CODE, wrong.to_string());
    }
}

fn message(found: &mut Findings, path: &str, body: &Value) {
    if let Some(Err(wrong)) = body["content"].as_str().map(twilight_validate::message::content) {
        found.refuse(&at(path, "content"), CODE, wrong.to_string());
    }
    let mut embeds = body["embeds"].clone();
    for embed in embeds.as_array_mut().into_iter().flatten().filter(|embed| embed.is_object()) {
        // What only comes back.
        embed["type"] = json!("rich");
        // twilight takes one way only to write an instant; Discord takes all of ISO 8601.
        if let Some(at) = embed["timestamp"].as_str().and_then(|at| at.parse().ok()) {
            embed["timestamp"] = instant(at);
        }
        for field in
            embed.get_mut("fields").and_then(Value::as_array_mut).into_iter().flatten().filter(|f| f.is_object() && f["inline"].is_null())
        {
            field["inline"] = json!(false);
        }
    }
    if let Some(embeds) = (!embeds.is_null()).then(|| read::<Vec<Embed>>(found, &at(path, "embeds"), &embeds)).flatten()
        && let Err(wrong) = twilight_validate::message::embeds(&embeds)
    {
        found.refuse(&at(path, "embeds"), CODE, wrong.to_string());
    }
    let components = &body["components"];
    if let Some(read) = (!components.is_null()).then(|| read::<Vec<Component>>(found, &at(path, "components"), components)).flatten() {
        let v2 = body["flags"].as_u64().is_some_and(|flags| flags & 1 << 15 != 0);
        if let Err(wrong) = twilight_validate::message::components(&read, v2) {
            found.refuse(&at(path, "components"), CODE, wrong.to_string());
        }
    }
    if !body["allowed_mentions"].is_null() {
        read::<AllowedMentions>(found, &at(path, "allowed_mentions"), &body["allowed_mentions"]);
    }
}

fn callback(found: &mut Findings, body: &Value) {
    let mut whole = body.clone();
    if let Some(data) = whole["data"].as_object_mut() {
        // Checked by themselves, since they lack what only comes back.
        data.remove("embeds");
        data.remove("attachments");
    }
    let Some(response) = read::<InteractionResponse>(found, "", &whole) else { return };
    let Some(data) = response.data else { return };
    if response.kind == InteractionResponseType::Modal {
        for row in data.components.into_iter().flatten() {
            let Component::ActionRow(row) = row else { continue };
            for input in row.components {
                let Component::TextInput(input) = input else { continue };
                if let Err(wrong) = twilight_validate::component::text_input(&input, true) {
                    found.refuse("data.components", CODE, wrong.to_string());
                }
            }
        }
    } else if data.choices.is_none() {
        message(found, "data", &body["data"]);
    }
}

fn command(found: &mut Findings, index: usize, of: &Value) {
    let mut whole = of.clone();
    let Some(fields) = whole.as_object_mut() else { return };
    for (name, usual) in [("version", json!("1")), ("type", json!(1)), ("default_member_permissions", Value::Null)] {
        fields.entry(name).or_insert(usual);
    }
    let path = index.to_string();
    let Some(command) = read::<Command>(found, &path, &whole) else { return };
    if let Err(wrong) = twilight_validate::command::command(&command) {
        found.refuse(&path, CODE, wrong.to_string());
    }
}

/// What twilight can't read of an answer.
pub(super) fn response(request: &Request, body: &Value) -> Option<String> {
    fn fits<T: for<'de> Deserialize<'de>>(body: &Value) -> Option<String> {
        T::deserialize(body).err().map(|wrong| format!("twilight can't read it: {wrong}"))
    }
    let parts: Vec<&str> = request.path.split('/').skip(1).collect();
    match (request.method.as_str(), parts.as_slice()) {
        _ if body.is_null() => None,
        ("GET", ["channels", _, "messages"]) => fits::<Vec<Message>>(body),
        (_, ["channels", _, "messages"] | ["channels", _, "messages", _] | ["webhooks", ..]) => fits::<Message>(body),
        (_, ["channels", _] | ["channels", _, "threads"] | ["channels", _, "messages", _, "threads"] | ["users", "@me", "channels"]) => {
            fits::<Channel>(body)
        }
        (_, ["guilds", _]) => fits::<Guild>(&with_lists(body)),
        (_, ["guilds", _, "channels"]) => fits::<Vec<Channel>>(body),
        (_, ["guilds", _, "threads", "active"]) => fits::<Vec<Channel>>(&body["threads"]),
        (_, ["users", "@me"]) => fits::<CurrentUser>(body),
        (_, ["applications", "@me"] | ["oauth2", "applications", "@me"]) => fits::<Application>(body),
        (_, ["applications", .., "commands"]) => fits::<Vec<Command>>(body),
        _ => None,
    }
}

/// twilight has one type for servers over REST and in events; only these tell of stages.
fn with_lists(body: &Value) -> Value {
    let mut body = body.clone();
    body["stage_instances"] = json!([]);
    body["large"] = json!(false);
    body
}

/// What twilight can't read of an event.
pub(super) fn event(name: &str, data: &Value) -> Option<String> {
    DispatchEventWithTypeDeserializer::new(name).deserialize(data).err().map(|wrong| format!("twilight can't read it: {wrong}"))
}
