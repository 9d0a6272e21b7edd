//! Discord's own description of its interface (OpenAPI 3.1), held against bodies both ways.
//!
//! The document isn't part of the repository: it is looked for at `../shared/specs/discord-openapi.json`, or where `DISCORD_OPENAPI` says.

use super::super::rest::{Reply, Request};
use super::Findings;
use jsonschema::Validator;
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// The document; where it isn't, that is said once, past the test runner's capture.
static DOCUMENT: LazyLock<Option<Value>> = LazyLock::new(|| {
    let path = std::env::var_os("DISCORD_OPENAPI").map(PathBuf::from);
    let path = path.unwrap_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/specs/discord-openapi.json")));
    match std::fs::read_to_string(&path).map_err(anyhow::Error::from).and_then(|text| Ok(serde_json::from_str(&text)?)) {
        Ok(document) => Some(document),
        Err(why) => {
            say_missing(&path.display().to_string(), &why.to_string());
            None
        }
    }
});

/// Compiled when they are first needed, by operation and what of it.
static COMPILED: LazyLock<Mutex<HashMap<String, Option<Arc<Validator>>>>> = LazyLock::new(Mutex::default);

fn say_missing(path: &str, why: &str) {
    let bar = "=".repeat(100);
    let cure = "put openapi.json of github.com/discord/discord-api-spec there, or name it in DISCORD_OPENAPI";
    let lines = format!("\n{bar}\nBodies were NOT held against Discord's own description: {path}: {why}.\nTo do so: {cure}\n{bar}\n");
    // A stderr that is gone hears nothing.
    let _ = std::io::stderr().write_all(lines.as_bytes());
}

/// The description is at hand.
#[cfg(test)]
pub(super) fn at_hand() -> bool {
    DOCUMENT.is_some()
}

/// What the description finds wrong with a request's body.
pub(super) fn request(found: &mut Findings, request: &Request) {
    let Some((template, operation)) = operation(request) else { return };
    let content = &operation["requestBody"]["content"];
    let schema = if content["application/json"].is_object() { &content["application/json"] } else { &content["multipart/form-data"] };
    if request.body.is_null() || schema.is_null() {
        if operation["requestBody"]["required"] == true && request.body.is_null() && request.files.is_empty() {
            found.refuse("", "BASE_TYPE_REQUIRED", "the body is missing");
        }
        return;
    }
    let mut body = request.body.clone();
    forgive(&mut body);
    for (path, wrong) in errors(&format!("{} {template}", request.method), &schema["schema"], &body) {
        found.refuse(&path, "OPENAPI", wrong);
    }
}

/// What the description finds wrong with an answer.
pub(super) fn response(request: &Request, reply: &Reply) -> Vec<String> {
    let Some((template, operation)) = operation(request) else { return Vec::new() };
    let responses = &operation["responses"];
    let mut of = &responses[reply.status.to_string()];
    if of.is_null() && (400..500).contains(&reply.status) {
        of = &responses["4XX"];
    }
    if of.is_null() && reply.status < 500 {
        return vec![format!("{} {template} never answers {}", request.method, reply.status)];
    }
    if let Some(name) = of["$ref"].as_str().and_then(|name| name.strip_prefix("#/")) {
        let document = DOCUMENT.as_ref().unwrap_or(&Value::Null);
        of = name.split('/').fold(document, |of, step| &of[step]);
    }
    let schema = &of["content"]["application/json"]["schema"];
    match (schema.is_null(), reply.body.is_null()) {
        (true, true) => Vec::new(),
        (true, false) => vec!["there is a body, and there should be none".to_owned()],
        (false, true) => vec!["there is no body".to_owned()],
        (false, false) => {
            let mut body = reply.body.clone();
            if let Some(refusal) = body.as_object_mut().filter(|_| reply.status == 400) {
                // The codes of single fields are words, whatever the document says.
                refusal.remove("errors");
            }
            forgive_forwards(&mut body);
            let found = errors(&format!("{} {template} {}", request.method, reply.status), schema, &body);
            found.into_iter().map(|(path, wrong)| format!("{path}: {wrong}")).collect()
        }
    }
}

/// What is forwarded refers to its origin with type 1, which the document leaves out.
fn forgive_forwards(body: &mut Value) {
    let all = match body {
        Value::Array(all) => all.as_mut_slice(),
        one => std::slice::from_mut(one),
    };
    for message in all.iter_mut().filter(|message| message["message_reference"]["type"] == 1) {
        message["message_reference"]["type"] = json!(0);
    }
}

/// What Discord takes whatever the document says: ids of attachments as numbers, permissions as text.
fn forgive(body: &mut Value) {
    for within in ["", "/data", "/message"] {
        let list = body.pointer_mut(&format!("{within}/attachments")).and_then(Value::as_array_mut);
        for one in list.into_iter().flatten().filter(|one| one["id"].is_u64()) {
            one["id"] = json!(one["id"].to_string());
        }
    }
    for command in body.as_array_mut().into_iter().flatten() {
        if let Some(number) = command["default_member_permissions"].as_str().and_then(|text| text.parse::<u64>().ok()) {
            command["default_member_permissions"] = json!(number);
        }
    }
}

/// The operation of a request, with its path as the document has it: as many steps as possible word for word.
fn operation(request: &Request) -> Option<(&'static str, &'static Value)> {
    let paths = DOCUMENT.as_ref()?["paths"].as_object()?;
    let have: Vec<&str> = request.path.split('/').collect();
    let fits = |template: &&String| {
        let want: Vec<&str> = template.split('/').collect();
        want.len() == have.len() && want.iter().zip(&have).all(|(want, have)| want.starts_with('{') || want == have)
    };
    let template = paths.keys().filter(fits).min_by_key(|template| template.matches('{').count())?;
    let operation = &paths[template][request.method.to_lowercase()];
    operation.is_object().then_some((template.as_str(), operation))
}

fn errors(key: &str, schema: &Value, body: &Value) -> Vec<(String, String)> {
    let compiled = {
        let mut all = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(key.to_owned()).or_insert_with(|| compile(schema).map(Arc::new)).clone()
    };
    let Some(validator) = compiled else { return vec![(String::new(), format!("the schema of {key} doesn't compile"))] };
    let at = |path: String| path.trim_start_matches('/').replace('/', ".");
    validator.iter_errors(body).map(|error| (at(error.instance_path().to_string()), short(&error.to_string()))).collect()
}

/// Errors quote whole bodies.
fn short(text: &str) -> String {
    if text.chars().count() <= 300 {
        text.to_owned()
    } else {
        text.chars().take(150).chain(" … ".chars()).chain(last(text, 150)).collect()
    }
}

fn last(text: &str, most: usize) -> impl Iterator<Item = char> {
    text.chars().skip(text.chars().count() - most)
}

/// The schema with all that it refers to, and nothing else of the document.
fn compile(schema: &Value) -> Option<Validator> {
    let all = DOCUMENT.as_ref()?["components"]["schemas"].as_object()?;
    let (mut needed, mut waiting) = (HashSet::new(), references(schema));
    while let Some(name) = waiting.pop() {
        if needed.insert(name.clone()) {
            waiting.extend(references(all.get(&name)?));
        }
    }
    let schemas: Map<String, Value> = all.iter().filter(|(name, _)| needed.contains(*name)).map(|(n, s)| (n.clone(), s.clone())).collect();
    let whole = json!({ "allOf": [schema], "components": { "schemas": schemas } });
    jsonschema::options().with_draft(jsonschema::Draft::Draft202012).build(&whole).ok()
}

fn references(of: &Value) -> Vec<String> {
    match of {
        Value::Object(fields) => {
            let own = fields.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix("#/components/schemas/"));
            own.map(str::to_owned).into_iter().chain(fields.values().flat_map(references)).collect()
        }
        Value::Array(all) => all.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
