//! Rules for buttons, menus and forms.

use super::{Findings, at, each};
use serde_json::Value;
use std::collections::HashSet;

/// The rows of a message.
pub(super) fn message(found: &mut Findings, path: &str, all: &Value, v2: bool) {
    found.count(path, all, (0, if v2 { 40 } else { 5 }));
    let mut ids = HashSet::new();
    for (index, row) in each(all) {
        let here = at(path, index);
        if row["type"] == 1 {
            self::row(found, &here, row, &mut ids);
        } else if v2 && matches!(row["type"].as_u64(), Some(9 | 10 | 12 | 13 | 14 | 17)) {
            blocks(found, &here, row, &mut ids);
        } else {
            found.refuse(&at(&here, "type"), "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1,).");
        }
    }
}

/// What version 2 nests: texts, containers, sections.
fn blocks(found: &mut Findings, path: &str, of: &Value, ids: &mut HashSet<String>) {
    if of["type"] == 10 {
        found.length(&at(path, "content"), &of["content"], (1, 4_000));
    }
    for (index, inner) in each(&of["components"]) {
        let here = at(&at(path, "components"), index);
        if inner["type"] == 1 { row(found, &here, inner, ids) } else { blocks(found, &here, inner, ids) }
    }
    if of["accessory"]["type"] == 2 {
        button(found, &at(path, "accessory"), &of["accessory"], ids);
    }
}

fn row(found: &mut Findings, path: &str, row: &Value, ids: &mut HashSet<String>) {
    found.fields(path, row, &["type", "id", "components"]);
    let path = at(path, "components");
    found.count(&path, &row["components"], (1, 5));
    let menus = each(&row["components"]).filter(|(_, one)| one["type"] != 2).count();
    if menus > 0 && each(&row["components"]).count() > 1 {
        found.refuse(&path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width");
    }
    for (index, one) in each(&row["components"]) {
        let here = at(&path, index);
        match one["type"].as_u64() {
            Some(2) => button(found, &here, one, ids),
            Some(3 | 5..=8) => menu(found, &here, one, ids),
            _ => found.refuse(&at(&here, "type"), "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8)."),
        }
    }
}

/// An id of at most 100 characters that nothing else in the message has.
fn custom_id(found: &mut Findings, path: &str, of: &Value, ids: &mut HashSet<String>) {
    let path = at(path, "custom_id");
    found.length(&path, &of["custom_id"], (1, 100));
    let id = of["custom_id"].as_str().unwrap_or_default();
    if !id.is_empty() && !ids.insert(id.to_owned()) {
        found.refuse(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
    }
}

fn button(found: &mut Findings, path: &str, of: &Value, ids: &mut HashSet<String>) {
    found.fields(path, of, &["type", "id", "style", "label", "emoji", "custom_id", "url", "sku_id", "disabled"]);
    found.length(&at(path, "label"), &of["label"], (0, 80));
    found.flag(&at(path, "disabled"), &of["disabled"]);
    if of["label"].as_str().is_none_or(|label| label.trim().is_empty()) && of["emoji"].is_null() {
        found.refuse(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "a button needs a label or an emoji");
    }
    emoji(found, path, &of["emoji"]);
    match of["style"].as_u64() {
        Some(1..=4) => {
            custom_id(found, path, of, ids);
            if !of["url"].is_null() {
                found.refuse(&at(path, "url"), "BUTTON_COMPONENT_URL_FORBIDDEN", "a url and custom id cannot both be specified");
            }
        }
        Some(5) => {
            found.length(&at(path, "url"), &of["url"], (1, 512));
            if !of["custom_id"].is_null() {
                found.refuse(&at(path, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_FORBIDDEN", "a link has no custom id");
            }
        }
        _ => found.refuse(&at(path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5}."),
    }
}

fn emoji(found: &mut Findings, path: &str, of: &Value) {
    found.fields(&at(path, "emoji"), of, &["id", "name", "animated"]);
}

fn menu(found: &mut Findings, path: &str, of: &Value, ids: &mut HashSet<String>) {
    let known =
        ["type", "id", "custom_id", "options", "placeholder", "min_values", "max_values", "disabled", "default_values", "channel_types"];
    found.fields(path, of, &known);
    custom_id(found, path, of, ids);
    found.length(&at(path, "placeholder"), &of["placeholder"], (0, 150));
    let (least, most) = (of["min_values"].as_u64().unwrap_or(1), of["max_values"].as_u64().unwrap_or(1));
    let options = of["options"].as_array().map_or(25, Vec::len) as u64;
    if most == 0 || most > 25 || least > most || of["type"] == 3 && most > options {
        found.refuse(&at(path, "max_values"), "NUMBER_TYPE_MAX", format!("{least} to {most} values of {options} options"));
    }
    if of["type"] != 3 {
        return;
    }
    let path = at(path, "options");
    found.count(&path, &of["options"], (1, 25));
    let mut values = HashSet::new();
    for (index, option) in each(&of["options"]) {
        let here = at(&path, index);
        found.fields(&here, option, &["label", "value", "description", "emoji", "default"]);
        emoji(found, &here, &option["emoji"]);
        found.length(&at(&here, "label"), &option["label"], (1, 100));
        found.length(&at(&here, "value"), &option["value"], (1, 100));
        found.length(&at(&here, "description"), &option["description"], (0, 100));
        if !values.insert(option["value"].to_string()) {
            found.refuse(&at(&here, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used");
        }
    }
    let chosen = each(&of["options"]).filter(|(_, option)| option["default"] == true).count() as u64;
    if chosen > most {
        found.refuse(&path, "SELECT_COMPONENT_TOO_MANY_DEFAULTS", format!("{chosen} options are chosen, of at most {most}"));
    }
}

/// A form: rows of one text input each, which is what serenity 0.12 reads back.
pub(super) fn modal(found: &mut Findings, path: &str, data: &Value) {
    found.fields(path, data, &["custom_id", "title", "components"]);
    found.length(&at(path, "custom_id"), &data["custom_id"], (1, 100));
    found.length(&at(path, "title"), &data["title"], (1, 45));
    let path = at(path, "components");
    found.count(&path, &data["components"], (1, 5));
    let mut ids = HashSet::new();
    for (index, row) in each(&data["components"]) {
        let here = at(&path, index);
        found.fields(&here, row, &["type", "id", "components"]);
        let inputs = row["components"].as_array().filter(|all| row["type"] == 1 && all.len() == 1 && all[0]["type"] == 4);
        match inputs {
            Some(inputs) => input(found, &at(&at(&here, "components"), 0), &inputs[0], &mut ids),
            None => found.refuse(&here, "UNION_TYPE_CHOICES", "a form's row holds one text input"),
        }
    }
}

fn input(found: &mut Findings, path: &str, of: &Value, ids: &mut HashSet<String>) {
    let known = ["type", "id", "custom_id", "style", "label", "min_length", "max_length", "required", "value", "placeholder"];
    found.fields(path, of, &known);
    custom_id(found, path, of, ids);
    found.length(&at(path, "label"), &of["label"], (1, 45));
    found.length(&at(path, "placeholder"), &of["placeholder"], (0, 100));
    found.flag(&at(path, "required"), &of["required"]);
    if !matches!(of["style"].as_u64(), Some(1 | 2)) {
        found.refuse(&at(path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.");
    }
    let least = of["min_length"].as_u64().unwrap_or(0);
    let most = if of["max_length"].is_null() { 4_000 } else { of["max_length"].as_u64().unwrap_or(0) };
    if most == 0 || most > 4_000 || least > most {
        found.refuse(&at(path, "max_length"), "NUMBER_TYPE_MAX", format!("{least} to {most} characters"));
    }
    found.length(&at(path, "value"), &of["value"], (0, usize::try_from(most).unwrap_or(4_000)));
}
