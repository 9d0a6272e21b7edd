//! Rules for embeds.

use super::super::rest::Request;
use super::{Findings, at, each};
use serde_json::Value;

pub(super) fn check(found: &mut Findings, path: &str, body: &Value, request: &Request) {
    let (all, path) = (&body["embeds"], at(path, "embeds"));
    found.count(&path, all, (0, 10));
    let mut total = 0;
    for (index, embed) in each(all) {
        total += one(found, &at(&path, index), embed);
        pictures(found, &at(&path, index), embed, body, request);
    }
    if total > 6_000 {
        found.refuse(&path, "MAX_EMBED_SIZE_EXCEEDED", format!("Embed size exceeds maximum size of 6000, is {total}"));
    }
}

/// Checks an embed; how many characters it counts.
fn one(found: &mut Findings, path: &str, embed: &Value) -> usize {
    let known = ["title", "type", "description", "url", "timestamp", "color", "footer", "image", "thumbnail", "author", "fields"];
    found.fields(path, embed, &known);
    found.length(&at(path, "title"), &embed["title"], (0, 256));
    found.length(&at(path, "description"), &embed["description"], (0, 4_096));
    found.fields(&at(path, "footer"), &embed["footer"], &["text", "icon_url"]);
    found.fields(&at(path, "author"), &embed["author"], &["name", "url", "icon_url"]);
    if embed["footer"].is_object() {
        found.length(&at(path, "footer.text"), &embed["footer"]["text"], (1, 2_048));
    }
    if embed["author"].is_object() {
        found.length(&at(path, "author.name"), &embed["author"]["name"], (1, 256));
    }
    for url in [&embed["url"], &embed["author"]["url"], &embed["author"]["icon_url"], &embed["footer"]["icon_url"]] {
        if !url.is_null() && !url.as_str().is_some_and(|url| url.starts_with("https://") || url.starts_with("http://")) {
            found.refuse(path, "URL_TYPE_INVALID_SCHEME", format!("Scheme must be one of ('http', 'https'), not {url}."));
        }
    }
    let color = &embed["color"];
    if !color.is_null() && color.as_u64().is_none_or(|color| color > 0xFF_FFFF) {
        found.refuse(&at(path, "color"), "NUMBER_TYPE_MAX", "int value should be less than or equal to 16777215.");
    }
    let time = &embed["timestamp"];
    if !time.is_null() && time.as_str().is_none_or(|time| time.parse::<jiff::Timestamp>().is_err()) {
        found.refuse(&at(path, "timestamp"), "DATETIME_TYPE_CONVERT", "Could not interpret as a date-time.");
    }
    let fields = fields(found, path, &embed["fields"]);
    let text = |of: &Value| of.as_str().map_or(0, |text| text.trim().chars().count());
    let said =
        text(&embed["title"]) + text(&embed["description"]) + text(&embed["footer"]["text"]) + text(&embed["author"]["name"]) + fields;
    if said == 0 && embed["image"].is_null() && embed["thumbnail"].is_null() {
        found.refuse(path, "BASE_TYPE_REQUIRED", "an embed that shows nothing");
    }
    said
}

fn fields(found: &mut Findings, path: &str, all: &Value) -> usize {
    let path = at(path, "fields");
    found.count(&path, all, (0, 25));
    let mut total = 0;
    for (index, field) in each(all) {
        let here = at(&path, index);
        found.fields(&here, field, &["name", "value", "inline"]);
        found.flag(&at(&here, "inline"), &field["inline"]);
        for (name, most) in [("name", 256), ("value", 1_024)] {
            found.length(&at(&here, name), &field[name], (1, most));
            let text = field[name].as_str().unwrap_or_default().trim();
            if text.is_empty() {
                found.refuse(&at(&here, name), "BASE_TYPE_REQUIRED", "This field is required");
            }
            total += text.chars().count();
        }
    }
    total
}

/// A picture that is said to come along does.
fn pictures(found: &mut Findings, path: &str, embed: &Value, body: &Value, request: &Request) {
    for name in ["image", "thumbnail"] {
        let (picture, here) = (&embed[name], at(path, name));
        found.fields(&here, picture, &["url", "description"]);
        if picture.is_null() {
            continue;
        }
        let url = picture["url"].as_str().unwrap_or_default();
        if let Some(file) = url.strip_prefix("attachment://") {
            let named = each(&body["attachments"]).any(|(_, one)| one["filename"] == file);
            let kept = each(&body["attachments"]).any(|(_, one)| one["id"].as_str().is_some_and(|id| id.len() > 5));
            if !named && !kept && !request.files.iter().any(|f| f.name == file) {
                found.note(&at(&here, "url"), "NO_SUCH_FILE", format!("no file {file} comes along"));
            }
        } else if !url.starts_with("https://") && !url.starts_with("http://") {
            found.refuse(&at(&here, "url"), "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https', 'attachment').");
        }
    }
}
