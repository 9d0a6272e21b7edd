//! What is found wrong with bodies, files, queries, answers and events that no bot would send on purpose.

use super::super::rest::{Reply, Request, Upload};
use super::{event, openapi, request, response};
use serde_json::{Value, json};

fn asked(method: &str, path: &str, body: Value) -> Request {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let query = pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    Request { method: method.into(), path: path.into(), query, body, files: Vec::new(), authorization: None }
}

/// This is found wrong by rules of our own, among whatever else is.
fn finds(of: &Request, code: &str) {
    let found = request(of);
    assert!(found.iter().any(|wrong| wrong.code == code), "{} {} {} should be {code}: {found:?}", of.method, of.path, of.body);
}

fn hi() -> Value {
    json!({ "content": "hi", "allowed_mentions": { "parse": [] } })
}

#[test]
fn routes_and_queries() {
    finds(&asked("GET", "/gateway", json!({ "a": 1 })), "UNEXPECTED_BODY");
    finds(&asked("GET", "/channels/1/messages?limits=5", Value::Null), "UNKNOWN_FIELD");
    finds(&asked("GET", "/channels/1/messages?limit=5&limit=6", Value::Null), "REPEATED");
    finds(&asked("GET", "/channels/1/messages?before=5&after=6", Value::Null), "MUTUALLY_EXCLUSIVE");
    finds(&asked("POST", "/interactions/1/t/callback?wait=true", json!({ "type": 6 })), "UNKNOWN_FIELD");
    finds(&asked("PATCH", "/channels/1", json!({ "archive": true })), "UNKNOWN_FIELD");
    finds(&asked("PATCH", "/channels/1", json!({ "archived": "yes" })), "BOOLEAN_TYPE_CONVERT");
    finds(&asked("POST", "/users/@me/channels", json!({ "recipient": "1" })), "UNKNOWN_FIELD");
    assert_eq!(request(&asked("GET", "/channels/1/messages?limit=5&before=6", Value::Null)), []);
}

#[test]
fn answers_to_interactions() {
    let callback = |body: Value| asked("POST", "/interactions/1/t/callback", body);
    finds(&callback(json!({ "type": 5, "data": { "content": "hi" } })), "UNKNOWN_FIELD");
    finds(&callback(json!({ "type": 5, "data": { "flags": 4 } })), "UNKNOWN_FLAG");
    finds(&callback(json!({ "type": 6, "data": { "flags": 64 } })), "UNKNOWN_FIELD");
    let choices = |all: Value| callback(json!({ "type": 8, "data": { "choices": all } }));
    let choice = |name: &str| json!({ "name": name, "value": name });
    finds(&choices(Value::Array((0..26).map(|n| choice(&n.to_string())).collect())), "BASE_TYPE_BAD_LENGTH");
    finds(&choices(json!([choice("a"), choice("a")])), "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS");
    finds(&choices(json!([choice(&"x".repeat(101))])), "BASE_TYPE_BAD_LENGTH");
    finds(&choices(json!([{ "name": "a" }])), "BASE_TYPE_REQUIRED");
    assert_eq!(request(&choices(json!([choice("a")]))), []);
    finds(&asked("PATCH", "/webhooks/1/t/messages/@original", json!({ "flags": 64 })), "UNKNOWN_FLAG");
    finds(&asked("POST", "/webhooks/1/t", json!({ "content": "hi", "nonce": "a" })), "UNKNOWN_FIELD");
}

#[test]
fn files() {
    let file = |index: u64, bytes: &[u8]| Upload { index, name: "a.png".into(), kind: None, bytes: bytes.to_vec() };
    let with = |method: &str, path: &str, files: Vec<Upload>| Request { files, ..asked(method, path, hi()) };
    let post = |files: Vec<Upload>| with("POST", "/channels/1/messages", files);
    finds(&post(vec![file(0, b"")]), "EMPTY_FILE");
    finds(&post((0..11).map(|n| file(n, b"PNG")).collect()), "BASE_TYPE_MAX_LENGTH");
    finds(&post(vec![file(0, &vec![0; 10 * 1024 * 1024 + 1])]), "BASE_TYPE_MAX_SIZE");
    let mut edit = with("PATCH", "/channels/1/messages/2", vec![file(1, b"PNG")]);
    edit.body["attachments"] = json!([{ "id": 0, "filename": "a.png" }]);
    finds(&edit, "UNNAMED_FILE");
    assert_eq!(request(&post(vec![file(0, b"PNG")])), []);
}

#[test]
fn the_second_version_of_components() {
    let button = json!({ "type": 2, "style": 1, "label": "a", "custom_id": "a" });
    let row = json!({ "type": 1, "components": [button] });
    let body = |components: Value, flags: u64| {
        let body = json!({ "components": components, "flags": flags, "allowed_mentions": { "parse": [] } });
        asked("POST", "/channels/1/messages", body)
    };
    let text = |content: &str| json!({ "type": 10, "content": content });
    finds(&body(json!([text("hi")]), 0), "UNION_TYPE_CHOICES");
    finds(&body(json!([text(&"x".repeat(4_001))]), 1 << 15), "BASE_TYPE_BAD_LENGTH");
    let container = json!({ "type": 17, "components": [text("hi"), row, row] });
    finds(&body(json!([container]), 1 << 15), "COMPONENT_CUSTOM_ID_DUPLICATED");
    let section = json!({ "type": 9, "components": [text("hi")], "accessory": button });
    finds(&body(json!([section, row]), 1 << 15), "COMPONENT_CUSTOM_ID_DUPLICATED");
    assert_eq!(request(&body(json!([section]), 1 << 15)), []);
}

#[test]
fn a_command_is_not_too_large() {
    let choice = |n: usize| json!({ "name": format!("{n} {}", "x".repeat(60)), "value": format!("{n} {}", "y".repeat(60)) });
    let option = |n: usize| {
        let choices: Vec<Value> = (0..25).map(choice).collect();
        json!({ "type": 3, "name": format!("o{n}"), "description": "One", "choices": choices })
    };
    let command = |options: usize| json!([{ "name": "a", "description": "A", "options": (0..options).map(option).collect::<Vec<_>>() }]);
    finds(&asked("PUT", "/applications/1/commands", command(3)), "APPLICATION_COMMAND_TOO_LARGE");
    assert_eq!(request(&asked("PUT", "/applications/1/commands", command(1))), []);
    let translated = |n: usize| json!({ "type": 3, "name": format!("o{n}"), "description": "One", "description_localizations": { "de": "x".repeat(100) } });
    let below = |n: usize| json!({ "type": 1, "name": format!("s{n}"), "description": "One", "options": (0..25).map(translated).collect::<Vec<_>>() });
    let command = |subs: usize| json!([{ "name": "a", "description": "A", "options": (0..subs).map(below).collect::<Vec<_>>() }]);
    finds(&asked("PUT", "/applications/1/commands", command(4)), "APPLICATION_COMMAND_TOO_LARGE");
    assert_eq!(request(&asked("PUT", "/applications/1/commands", command(1))), []);
}

#[test]
fn events_that_nobody_could_read() {
    let good = json!({ "id": "1", "channel_id": "2", "guild_id": "3" });
    assert_eq!(event("MESSAGE_DELETE", &good), None);
    assert!(event("MESSAGE_DELETE", &json!({ "id": "1" })).is_some());
    assert!(event("MESSAGE_CREATE", &good).is_some());
    assert!(event("NO_SUCH_EVENT", &good).is_some());
}

#[test]
fn answers_that_nobody_could_read() {
    let get = asked("GET", "/channels/1/messages/2", Value::Null);
    let given = |status: u16, body: Value| response(&get, &Reply { status, body });
    assert_ne!(given(200, json!({ "id": "2" })), Vec::<String>::new());
    assert_eq!(given(404, json!({ "message": "Unknown Message", "code": 10008 })), Vec::<String>::new());
}

/// Where Discord's own description is at hand; where it isn't, that was said loudly.
#[test]
fn discords_own_description() {
    if !openapi::at_hand() {
        return;
    }
    let post = |content: Value| asked("POST", "/channels/1/messages", json!({ "content": content, "allowed_mentions": { "parse": [] } }));
    finds(&post(json!("x".repeat(4_001))), "OPENAPI");
    finds(&post(json!(1)), "OPENAPI");
    finds(&asked("POST", "/channels/1/messages", Value::Null), "BASE_TYPE_REQUIRED");
    let given = |of: &Request, status: u16, body: Value| openapi::response(of, &Reply { status, body });
    let get = asked("GET", "/channels/1/messages/2", Value::Null);
    assert_ne!(given(&get, 200, json!({ "id": "2" })), Vec::<String>::new());
    assert_ne!(given(&get, 200, Value::Null), Vec::<String>::new());
    assert_ne!(given(&get, 204, Value::Null), Vec::<String>::new());
    assert_ne!(given(&get, 404, json!({ "error": "gone" })), Vec::<String>::new());
    assert_ne!(given(&asked("DELETE", "/channels/1/messages/2", Value::Null), 204, json!({})), Vec::<String>::new());
}
