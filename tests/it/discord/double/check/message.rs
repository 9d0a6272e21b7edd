//! Rules for messages: what they hold, whom they may ping, their flags and files.

use super::super::rest::Request;
use super::{Findings, Kind, at, components, each, embeds};
use serde_json::Value;
use std::collections::HashSet;

pub(super) const EPHEMERAL: u64 = 1 << 6;
const SUPPRESS_EMBEDS: u64 = 1 << 2;
const SILENT: u64 = 1 << 12;
const COMPONENTS_V2: u64 = 1 << 15;

/// What every message may hold.
const EVERY: [&str; 6] = ["content", "embeds", "allowed_mentions", "components", "attachments", "flags"];

pub(super) fn check(found: &mut Findings, path: &str, kind: Kind, body: &Value, request: &Request) {
    let more: &[&str] = match kind {
        Kind::Message => &["tts", "nonce", "enforce_nonce", "message_reference", "sticker_ids", "poll"],
        Kind::Thread => &["sticker_ids"],
        Kind::FollowUp | Kind::Callback => &["tts", "poll"],
        _ => &[],
    };
    let known: Vec<&str> = EVERY.iter().chain(more).copied().collect();
    found.fields(path, body, &known);
    let allowed = match kind {
        Kind::Message | Kind::Thread => SUPPRESS_EMBEDS | SILENT | COMPONENTS_V2,
        Kind::FollowUp | Kind::Callback => SUPPRESS_EMBEDS | SILENT | COMPONENTS_V2 | EPHEMERAL,
        _ => SUPPRESS_EMBEDS | COMPONENTS_V2,
    };
    flags(found, path, body, allowed);
    found.length(&at(path, "content"), &body["content"], (0, 2_000));
    found.flag(&at(path, "tts"), &body["tts"]);
    embeds::check(found, path, body, request);
    let v2 = body["flags"].as_u64().is_some_and(|flags| flags & COMPONENTS_V2 != 0);
    if v2 && ["content", "embeds"].iter().any(|name| !body[*name].is_null()) {
        found.refuse(path, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "no content or embeds beside components of version 2");
    }
    components::message(found, &at(path, "components"), &body["components"], v2);
    attachments(found, path, body, request, kind);
    mentions(found, path, body, kind);
    nonce(found, path, body);
    let reference = &body["message_reference"];
    found.fields(&at(path, "message_reference"), reference, &["type", "message_id", "channel_id", "guild_id", "fail_if_not_exists"]);
    empty(found, path, body, request, kind);
}

/// Only flags that may be set.
pub(super) fn flags(found: &mut Findings, path: &str, body: &Value, allowed: u64) {
    let flags = &body["flags"];
    match flags.as_u64() {
        None if flags.is_null() => {}
        None => found.refuse(&at(path, "flags"), "NUMBER_TYPE_COERCE", "Value is not int."),
        Some(flags) if flags & !allowed != 0 => {
            found.note(&at(path, "flags"), "UNKNOWN_FLAG", format!("the bits {:#b} can't be set here", flags & !allowed));
        }
        Some(_) => {}
    }
}

/// Nothing may be sent that shows nothing.
fn empty(found: &mut Findings, path: &str, body: &Value, request: &Request, kind: Kind) {
    let nothing = |name: &&str| match &body[*name] {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(all) => all.is_empty(),
        _ => false,
    };
    let fresh = matches!(kind, Kind::Message | Kind::FollowUp | Kind::Thread) || kind == Kind::Callback && request.body["type"] == 4;
    let shown = ["content", "embeds", "components", "sticker_ids", "poll"];
    if fresh && request.files.is_empty() && shown.iter().all(nothing) {
        found.note(path, "EMPTY", "Cannot send an empty message");
    }
}

fn attachments(found: &mut Findings, path: &str, body: &Value, request: &Request, kind: Kind) {
    let (list, path) = (&body["attachments"], at(path, "attachments"));
    found.count(&path, list, (0, 10));
    let mut described = HashSet::new();
    for (index, one) in each(list) {
        let here = at(&path, index);
        found.fields(&here, one, &["id", "filename", "description", "title", "is_spoiler", "duration_secs", "waveform"]);
        found.length(&at(&here, "description"), &one["description"], (0, 1_024));
        found.length(&at(&here, "filename"), &one["filename"], (0, 1_024));
        let number = one["id"].as_u64().or_else(|| one["id"].as_str()?.parse().ok());
        match number {
            None => found.refuse(&at(&here, "id"), "BASE_TYPE_REQUIRED", "This field is required"),
            Some(number) if !described.insert(number) => found.refuse(&at(&here, "id"), "DUPLICATE", "the id stands there twice"),
            Some(_) => {}
        }
    }
    for file in &request.files {
        if file.bytes.is_empty() {
            found.refuse("files", "EMPTY_FILE", format!("{} is empty", file.name));
        }
        if file.bytes.len() > 10 * 1024 * 1024 {
            found.refuse("files", "BASE_TYPE_MAX_SIZE", format!("{} is above 10 MiB", file.name));
        }
        if matches!(kind, Kind::Edit | Kind::FollowUpEdit) && list.is_array() && !described.contains(&file.index) {
            found.note(&path, "UNNAMED_FILE", format!("files[{}] isn't among the attachments", file.index));
        }
    }
    if request.files.len() > 10 {
        found.refuse("files", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
    }
}

/// Whoever can be pinged is named, and nobody else.
fn mentions(found: &mut Findings, path: &str, body: &Value, kind: Kind) {
    let (of, path) = (&body["allowed_mentions"], at(path, "allowed_mentions"));
    let edit = matches!(kind, Kind::Edit | Kind::FollowUpEdit);
    if of.is_null() {
        if !edit || body["content"].as_str().is_some_and(|text| !text.is_empty()) {
            found.note(&path, "MISSING", "without allowed_mentions everything in the text may ping");
        }
        return;
    }
    found.fields(&path, of, &["parse", "roles", "users", "replied_user"]);
    found.flag(&at(&path, "replied_user"), &of["replied_user"]);
    for name in ["roles", "users"] {
        found.count(&at(&path, name), &of[name], (0, 100));
        let parsed = of["parse"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
        if parsed && of[name].as_array().is_some_and(|all| !all.is_empty()) {
            found.refuse(
                &at(&path, name),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                format!("parse:[\"{name}\"] and {name}: [ids] exclude each other"),
            );
        }
    }
    if of["parse"].is_null() {
        found.note(&at(&path, "parse"), "MISSING", "say `parse: []`");
    }
    for (index, one) in each(&of["parse"]) {
        if !matches!(one.as_str(), Some("roles" | "users" | "everyone")) {
            found.refuse(&at(&at(&path, "parse"), index), "BASE_TYPE_CHOICES", "Value must be one of {'users', 'roles', 'everyone'}.");
        } else {
            found.note(&at(&at(&path, "parse"), index), "MASS_MENTION", "no message of this bot pings everybody, all roles or all users");
        }
    }
}

fn nonce(found: &mut Findings, path: &str, body: &Value) {
    let nonce = &body["nonce"];
    if nonce.as_str().is_some_and(|nonce| nonce.chars().count() > 25) {
        found.refuse(&at(path, "nonce"), "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
    }
    found.flag(&at(path, "enforce_nonce"), &body["enforce_nonce"]);
    if body["enforce_nonce"] == true && nonce.as_str().is_none_or(str::is_empty) && !nonce.is_i64() {
        found.note(&at(path, "enforce_nonce"), "NO_NONCE", "there is no nonce to enforce");
    }
    if body["enforce_nonce"] != true && !nonce.is_null() {
        found.note(&at(path, "nonce"), "NOT_ENFORCED", "a nonce that isn't enforced keeps nothing from being posted twice");
    }
}
