//! Rules for the registration of commands.

use super::{Findings, at, each};
use serde_json::Value;
use std::collections::HashSet;

/// Locales that Discord knows.
const LOCALES: [&str; 33] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR", "ro", "fi", "sv-SE",
    "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko", "he",
];

/// The whole list.
pub(super) fn check(found: &mut Findings, body: &Value) {
    found.count("", body, (0, 100));
    let mut names = HashSet::new();
    for (index, command) in each(body) {
        let path = index.to_string();
        let known = [
            "id",
            "type",
            "name",
            "name_localizations",
            "description",
            "description_localizations",
            "options",
            "default_member_permissions",
            "dm_permission",
            "default_permission",
            "nsfw",
            "contexts",
            "integration_types",
            "handler",
        ];
        found.fields(&path, command, &known);
        if !names.insert((command["name"].to_string(), command["type"].as_u64().unwrap_or(1))) {
            found.refuse(&path, "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique");
        }
        let needed = &command["default_member_permissions"];
        if !needed.is_null() && needed.as_str().is_none_or(|needed| needed.parse::<u64>().is_err()) {
            found.refuse(&at(&path, "default_member_permissions"), "NUMBER_TYPE_COERCE", "permissions are a number in a string");
        }
        for (list, most) in [("contexts", 2), ("integration_types", 1)] {
            let wrong = each(&command[list]).any(|(_, one)| one.as_u64().is_none_or(|one| one > most));
            if wrong || command[list].as_array().is_some_and(Vec::is_empty) {
                found.refuse(&at(&path, list), "BASE_TYPE_CHOICES", format!("values from 0 to {most}"));
            }
        }
        named(found, &path, command);
        options(found, &path, command, 0);
        let size = size(command);
        if size > 8_000 {
            found.refuse(&path, "APPLICATION_COMMAND_TOO_LARGE", format!("Command exceeds maximum size (8000), is {size}"));
        }
    }
}

/// Names are of letters, digits, - and _, in lower case; descriptions say something.
fn named(found: &mut Findings, path: &str, of: &Value) {
    found.length(&at(path, "name"), &of["name"], (1, 32));
    name(found, &at(path, "name"), &of["name"]);
    found.length(&at(path, "description"), &of["description"], (1, 100));
    for (field, most) in [("name_localizations", 32), ("description_localizations", 100)] {
        for (locale, text) in of[field].as_object().into_iter().flatten() {
            let here = at(&at(path, field), locale);
            if !LOCALES.contains(&locale.as_str()) {
                found.refuse(&here, "BASE_TYPE_CHOICES", "there is no such locale");
            }
            found.length(&here, text, (1, most));
            if field == "name_localizations" {
                name(found, &here, text);
            }
        }
    }
}

fn name(found: &mut Findings, path: &str, of: &Value) {
    let text = of.as_str().unwrap_or_default();
    let fits = |c: char| c.is_alphanumeric() || "-_'".contains(c);
    if !text.chars().all(fits) || text.to_lowercase() != text {
        found.refuse(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
}

fn options(found: &mut Findings, path: &str, of: &Value, depth: usize) {
    let path = at(path, "options");
    found.count(&path, &of["options"], (0, 25));
    let mut names = HashSet::new();
    let (mut optional, mut groups, mut values) = (false, 0, 0);
    for (index, option) in each(&of["options"]) {
        let here = at(&path, index);
        named(found, &here, option);
        if !names.insert(option["name"].to_string()) {
            found.refuse(&at(&here, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists");
        }
        match option["type"].as_u64() {
            Some(kind @ (1 | 2)) => {
                groups += 1;
                found.fields(&here, option, &["type", "name", "name_localizations", "description", "description_localizations", "options"]);
                if depth > 0 && kind == 2 || depth > 1 {
                    found.refuse(&here, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command option may not be nested here");
                }
                if kind == 2 && each(&option["options"]).any(|(_, inner)| inner["type"] != 1) {
                    found.refuse(&here, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "a group holds sub-commands only");
                }
                options(found, &here, option, depth + 1);
            }
            Some(3..=11) => {
                values += 1;
                if option["required"] == true && optional {
                    let words = "Required options must be placed before non-required options";
                    found.refuse(&here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", words);
                }
                optional |= option["required"] != true;
                value(found, &here, option);
            }
            _ => found.refuse(&at(&here, "type"), "BASE_TYPE_CHOICES", "Value must be one of {1, …, 11}."),
        }
    }
    if groups > 0 && values > 0 {
        found.refuse(
            &path,
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        );
    }
}

fn value(found: &mut Findings, path: &str, of: &Value) {
    let known = [
        "type",
        "name",
        "name_localizations",
        "description",
        "description_localizations",
        "required",
        "choices",
        "autocomplete",
        "channel_types",
        "min_value",
        "max_value",
        "min_length",
        "max_length",
    ];
    found.fields(path, of, &known);
    ["required", "autocomplete"].iter().for_each(|name| found.flag(&at(path, name), &of[*name]));
    let kind = of["type"].as_u64().unwrap_or(0);
    choices(found, &at(path, "choices"), &of["choices"]);
    let chosen = of["choices"].as_array().is_some_and(|all| !all.is_empty());
    if of["autocomplete"] == true && (chosen || !matches!(kind, 3 | 4 | 10)) {
        found.refuse(
            &at(path, "autocomplete"),
            "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID",
            "completion goes with texts and numbers without choices",
        );
    }
    for (names, kinds) in [(["min_value", "max_value"], &[4, 10][..]), (["min_length", "max_length"], &[3][..])] {
        if names.iter().any(|name| !of[*name].is_null()) && !kinds.contains(&kind) {
            found.note(path, "WRONG_BOUND", format!("{names:?} don't bound an option of type {kind}"));
        }
    }
    if of["max_length"].as_u64().is_some_and(|most| most == 0 || most > 6_000) {
        found.refuse(&at(path, "max_length"), "NUMBER_TYPE_MAX", "1 to 6000");
    }
    for (_, choice) in each(&of["choices"]) {
        let fits = match kind {
            3 => choice["value"].is_string(),
            4 => choice["value"].is_i64(),
            _ => choice["value"].is_number(),
        };
        if !fits {
            found.refuse(&at(path, "choices"), "BASE_TYPE_CONVERT", format!("{} is no value of type {kind}", choice["value"]));
        }
    }
}

/// Choices, of an option or as completion.
pub(super) fn choices(found: &mut Findings, path: &str, all: &Value) {
    found.count(path, all, (0, 25));
    let (mut names, mut values) = (HashSet::new(), HashSet::new());
    for (index, choice) in each(all) {
        let here = at(path, index);
        found.fields(&here, choice, &["name", "name_localizations", "value"]);
        found.length(&at(&here, "name"), &choice["name"], (1, 100));
        if choice["value"].is_string() {
            found.length(&at(&here, "value"), &choice["value"], (1, 100));
        } else if !choice["value"].is_number() {
            found.refuse(&at(&here, "value"), "BASE_TYPE_REQUIRED", "This field is required");
        }
        if !names.insert(choice["name"].to_string()) | !values.insert(choice["value"].to_string()) {
            found.refuse(&here, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS", "Option choice name already exists");
        }
    }
}

/// Names, descriptions and values of a command and all in it; of a text in several languages, the longest.
fn size(of: &Value) -> usize {
    let text = |name: &str| {
        let others = of[format!("{name}_localizations")].as_object().into_iter().flat_map(|others| others.values());
        let lengths = others.chain([&of[name]]).filter_map(Value::as_str).map(|text| text.chars().count());
        lengths.max().unwrap_or(0)
    };
    let inner = ["options", "choices"].iter().flat_map(|list| each(&of[*list])).map(|(_, inner)| size(inner)).sum::<usize>();
    text("name") + text("description") + text("value") + inner
}
