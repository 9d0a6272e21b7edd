//! Everything that comes in and goes out, checked: by Discord's own description where it is at hand, by twilight's models, and by rules
//! for what both miss.

mod commands;
mod components;
mod embeds;
mod message;
mod openapi;
mod query;
#[cfg(test)]
mod tests;
mod twilight;

use super::rest::{Reply, Request};
use serde_json::Value;
use std::fmt;

/// Something wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// Where in the body, with dots.
    pub(crate) path: String,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// Discord itself refuses it; the rest it would take in silence.
    pub(crate) refused: bool,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.path, self.message, self.code)
    }
}

/// What is wrong, as it is found.
#[derive(Default)]
pub(super) struct Findings(Vec<Wrong>);

impl Findings {
    /// Discord refuses this.
    pub(super) fn refuse(&mut self, path: &str, code: &'static str, message: impl Into<String>) {
        self.0.push(Wrong { path: path.to_owned(), code, message: message.into(), refused: true });
    }

    /// Discord takes this, but it is a mistake all the same.
    pub(super) fn note(&mut self, path: &str, code: &'static str, message: impl Into<String>) {
        self.0.push(Wrong { path: path.to_owned(), code, message: message.into(), refused: false });
    }

    /// Only these fields are Discord's.
    pub(super) fn fields(&mut self, path: &str, of: &Value, known: &[&str]) {
        match of {
            Value::Object(fields) => {
                for name in fields.keys().filter(|name| !known.contains(&name.as_str())) {
                    self.note(&at(path, name), "UNKNOWN_FIELD", "there is no such field");
                }
            }
            Value::Null => {}
            _ => self.refuse(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType"),
        }
    }

    /// A text of so many characters; absent is fine where it may be empty.
    pub(super) fn length(&mut self, path: &str, of: &Value, (least, most): (usize, usize)) {
        match of {
            Value::Null if least == 0 => {}
            Value::Null => self.refuse(path, "BASE_TYPE_REQUIRED", "This field is required"),
            Value::String(text) => {
                let length = text.chars().count();
                if length < least || length > most {
                    self.refuse(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {least} and {most} in length, is {length}."));
                }
            }
            _ => self.refuse(path, "STRING_TYPE_CONVERT", "Could not interpret as a string."),
        }
    }

    /// A list of so many.
    pub(super) fn count(&mut self, path: &str, of: &Value, (least, most): (usize, usize)) {
        match of {
            Value::Null if least == 0 => {}
            Value::Array(all) if (least..=most).contains(&all.len()) => {}
            Value::Array(all) => {
                self.refuse(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {least} and {most} in length, is {}.", all.len()));
            }
            _ => self.refuse(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"),
        }
    }

    /// Yes or no, or absent.
    pub(super) fn flag(&mut self, path: &str, of: &Value) {
        if !matches!(of, Value::Null | Value::Bool(_)) {
            self.refuse(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
        }
    }
}

/// A step further in.
pub(super) fn at(path: &str, step: impl fmt::Display) -> String {
    if path.is_empty() { step.to_string() } else { format!("{path}.{step}") }
}

/// The elements of a list that may be absent.
pub(super) fn each(of: &Value) -> impl Iterator<Item = (usize, &Value)> {
    of.as_array().into_iter().flatten().enumerate()
}

/// Everything wrong with a request.
pub(crate) fn request(request: &Request) -> Vec<Wrong> {
    let mut found = Findings::default();
    query::check(&mut found, request);
    if let Some(kind) = kind(request) {
        rules(&mut found, kind, request);
        twilight::request(&mut found, kind, request);
    } else if !request.body.is_null() {
        found.note("", "UNEXPECTED_BODY", "this route takes no body");
    }
    openapi::request(&mut found, request);
    found.0
}

/// Everything wrong with an answer of the double's own.
pub(crate) fn response(request: &Request, reply: &Reply) -> Vec<String> {
    let mut found = openapi::response(request, reply);
    if reply.status < 300 {
        found.extend(twilight::response(request, &reply.body));
    }
    found
}

/// What is wrong with an event of the double's own.
pub(crate) fn event(name: &str, data: &Value) -> Option<String> {
    twilight::event(name, data)
}

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Message,
    Edit,
    FollowUp,
    FollowUpEdit,
    Callback,
    ThreadOnMessage,
    Thread,
    Channel,
    Direct,
    Commands,
}

fn kind(request: &Request) -> Option<Kind> {
    let parts: Vec<&str> = request.path.split('/').skip(1).collect();
    Some(match (request.method.as_str(), parts.as_slice()) {
        ("POST", ["channels", _, "messages"]) => Kind::Message,
        ("PATCH", ["channels", _, "messages", _]) => Kind::Edit,
        ("POST", ["webhooks", _, _]) => Kind::FollowUp,
        ("PATCH", ["webhooks", _, _, "messages", _]) => Kind::FollowUpEdit,
        ("POST", ["interactions", _, _, "callback"]) => Kind::Callback,
        ("POST", ["channels", _, "messages", _, "threads"]) => Kind::ThreadOnMessage,
        ("POST", ["channels", _, "threads"]) => Kind::Thread,
        ("PATCH", ["channels", _]) => Kind::Channel,
        ("POST", ["users", "@me", "channels"]) => Kind::Direct,
        ("PUT", ["applications", .., "commands"]) => Kind::Commands,
        _ => return None,
    })
}

fn rules(found: &mut Findings, kind: Kind, request: &Request) {
    let body = &request.body;
    match kind {
        Kind::Message | Kind::Edit | Kind::FollowUp | Kind::FollowUpEdit => message::check(found, "", kind, body, request),
        Kind::Callback => callback(found, request),
        Kind::ThreadOnMessage => {
            found.fields("", body, &["name", "auto_archive_duration", "rate_limit_per_user"]);
            thread(found, body, true);
        }
        Kind::Thread => {
            let known = ["name", "auto_archive_duration", "rate_limit_per_user", "type", "invitable", "message", "applied_tags"];
            found.fields("", body, &known);
            thread(found, body, true);
            if !body["message"].is_null() {
                message::check(found, "message", kind, &body["message"], request);
            }
        }
        Kind::Channel => {
            let known =
                ["name", "archived", "auto_archive_duration", "locked", "invitable", "rate_limit_per_user", "flags", "applied_tags"];
            found.fields("", body, &known);
            thread(found, body, false);
            ["archived", "locked", "invitable"].iter().for_each(|name| found.flag(name, &body[*name]));
        }
        Kind::Direct => found.fields("", body, &["recipient_id"]),
        Kind::Commands => commands::check(found, body),
    }
}

fn thread(found: &mut Findings, body: &Value, named: bool) {
    if named || !body["name"].is_null() {
        found.length("name", &body["name"], (1, 100));
        if body["name"].as_str().is_some_and(|name| name.trim().is_empty()) {
            found.refuse("name", "BASE_TYPE_REQUIRED", "This field is required");
        }
    }
    let minutes = &body["auto_archive_duration"];
    if !minutes.is_null() && !matches!(minutes.as_u64(), Some(60 | 1_440 | 4_320 | 10_080)) {
        found.refuse("auto_archive_duration", "BASE_TYPE_CHOICES", "Value must be one of {60, 1440, 4320, 10080}.");
    }
    let slow = &body["rate_limit_per_user"];
    if !slow.is_null() && slow.as_u64().is_none_or(|slow| slow > 21_600) {
        found.refuse("rate_limit_per_user", "NUMBER_TYPE_MAX", "int value should be 0 to 21600.");
    }
}

/// An answer to an interaction: its type, and what belongs to it.
fn callback(found: &mut Findings, request: &Request) {
    let (body, data) = (&request.body, &request.body["data"]);
    found.fields("", body, &["type", "data"]);
    match body["type"].as_u64() {
        Some(4 | 7) => message::check(found, "data", Kind::Callback, data, request),
        Some(5) => {
            found.fields("data", data, &["flags"]);
            message::flags(found, "data", data, message::EPHEMERAL);
        }
        Some(6) => found.fields("data", data, &[]),
        Some(8) => {
            found.fields("data", data, &["choices"]);
            commands::choices(found, "data.choices", &data["choices"]);
        }
        Some(9) => components::modal(found, "data", data),
        _ => found.refuse("type", "BASE_TYPE_CHOICES", "Value must be one of {4, 5, 6, 7, 8, 9}."),
    }
}
