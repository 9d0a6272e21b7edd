//! Registered commands: read, and overwritten in bulk.

use super::super::state::{Id, State, id};
use super::super::trouble::refuse;
use super::channels::entered;
use super::{Outcome, Request, ok};
use serde_json::{Map, Value, json};

pub(super) fn list(state: &State, app: Id, guild: Option<Id>, request: &Request) -> Outcome {
    if app != state.application {
        return Err(refuse(10002));
    }
    guild.map_or(Ok(()), |guild| entered(state, guild).map(|_| ()))?;
    let mut all = state.commands.get(&guild).cloned().unwrap_or_default();
    if request.param("with_localizations") != Some("true") {
        all.iter_mut().for_each(without_localizations);
    }
    ok(Value::Array(all))
}

/// Lists tell translations only where they are asked for.
fn without_localizations(of: &mut Value) {
    if let Some(fields) = of.as_object_mut() {
        fields.remove("name_localizations");
        fields.remove("description_localizations");
    }
    for list in ["options", "choices"] {
        of[list].as_array_mut().into_iter().flatten().for_each(without_localizations);
    }
    if let Some(fields) = of.as_object_mut() {
        fields.retain(|name, value| !(value.is_null() && matches!(name.as_str(), "options" | "choices")));
    }
}

pub(super) fn overwrite(state: &mut State, app: Id, guild: Option<Id>, request: &Request) -> Outcome {
    if app != state.application {
        return Err(refuse(10002));
    }
    guild.map_or(Ok(()), |guild| entered(state, guild).map(|_| ()))?;
    let before = state.commands.get(&guild).cloned().unwrap_or_default();
    let mut all = Vec::new();
    for sent in request.body.as_array().cloned().unwrap_or_default() {
        let known = before.iter().find(|old| old["name"] == sent["name"] && old["type"] == json!(sent["type"].as_u64().unwrap_or(1)));
        all.push(registered(state, sent, guild, known));
    }
    state.commands.insert(guild, all.clone());
    ok(Value::Array(all))
}

/// A command as Discord keeps it: with what it fills in, and without what says nothing.
fn registered(state: &mut State, sent: Value, guild: Option<Id>, known: Option<&Value>) -> Value {
    let own = known.and_then(|old| old["id"].as_str().map(str::to_owned)).unwrap_or_else(|| state.next_id().to_string());
    let version = state.next_id();
    let nothing = Map::new();
    let fields = sent.as_object().unwrap_or(&nothing);
    let or = |name: &str, usual: Value| fields.get(name).filter(|value| !value.is_null()).cloned().unwrap_or(usual);
    let mut kept = json!({
        "id": own, "application_id": id(state.application), "version": id(version), "type": or("type", json!(1)), "name": or("name", json!("")),
        "name_localizations": or("name_localizations", Value::Null), "description": or("description", json!("")),
        "description_localizations": or("description_localizations", Value::Null),
        "default_member_permissions": or("default_member_permissions", Value::Null), "nsfw": or("nsfw", json!(false)),
        "contexts": or("contexts", Value::Null), "integration_types": or("integration_types", json!([0])),
    });
    if let Some(options) = fields.get("options").and_then(Value::as_array).filter(|all| !all.is_empty()) {
        kept["options"] = options.iter().map(option).collect();
    }
    match guild {
        Some(guild) => kept["guild_id"] = id(guild),
        None => kept["dm_permission"] = or("dm_permission", json!(true)),
    }
    kept
}

/// An option without what is false or empty.
fn option(sent: &Value) -> Value {
    let mut kept = sent.clone();
    if let Some(fields) = kept.as_object_mut() {
        let says = |name: &str, value: &Value| match name {
            "required" | "autocomplete" => *value == json!(true),
            "options" | "choices" | "channel_types" => value.as_array().is_some_and(|all| !all.is_empty()),
            _ => !value.is_null(),
        };
        fields.retain(|name, value| says(name, value));
        if let Some(options) = fields.get_mut("options") {
            *options = options.as_array().into_iter().flatten().map(option).collect();
        }
    }
    kept
}
