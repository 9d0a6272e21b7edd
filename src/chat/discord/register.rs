//! The slash commands as Discord is told them, made from the one table; put in bulk, and only where they differ from what is there.

use super::inbound::FOR_LEADS;
use super::limits;
use super::locales::Locales;
use super::rest::{Fault, Lane, Request, Rest, Route};
use crate::command::{COMMANDS, Choice, Command, Takes, named_so};
use crate::quiz::questions::Pack;
use serde_json::{Map, Value, json};

/// Discord's numbers for what an option is.
mod kind {
    pub(super) const COMMAND: u8 = 1;
    pub(super) const GROUP: u8 = 2;
    pub(super) const STRING: u8 = 3;
    pub(super) const INTEGER: u8 = 4;
    pub(super) const BOOLEAN: u8 = 5;
    pub(super) const USER: u8 = 6;
    pub(super) const ROLE: u8 = 8;
}

/// Where a command can be typed: in servers, in direct messages with the bot.
const SERVERS: u8 = 0;
const DIRECT: u8 = 1;

/// A group can't be a command as well: what `setup` alone does is called so below it.
const ALONE: &str = "daily";

/// The bot is added to servers, not to people.
const TO_SERVERS: u8 = 0;

/// The command behind the names that were chosen.
pub fn command_at(path: &[&str]) -> Option<&'static Command> {
    match path {
        [name] => named_so(name),
        [group, ALONE] => named_so(&format!("{group} {ALONE}")).or_else(|| named_so(group)),
        [group, name] => named_so(&format!("{group} {name}")),
        _ => None,
    }
}

/// All commands of these packs, in every language there is.
pub fn commands(packs: &[Pack]) -> Vec<Value> {
    let locales = Locales::embedded();
    let both = |pack| {
        let (mut everybody, mut leads) = (for_everybody(pack), for_leads(pack));
        locales.add_to(&mut everybody, pack, "");
        locales.add_to(&mut leads, pack, FOR_LEADS);
        [everybody, leads]
    };
    packs.iter().flat_map(both).collect()
}

fn for_everybody(pack: &Pack) -> Value {
    json!({
        "name": pack.id, "type": 1, "description": cut(&format!("{}: drill, answer, compare", pack.title)),
        "options": options(COMMANDS.iter().filter(|command| !command.lead)),
        "contexts": [SERVERS, DIRECT], "integration_types": [TO_SERVERS],
    })
}

fn for_leads(pack: &Pack) -> Value {
    json!({
        "name": format!("{}{FOR_LEADS}", pack.id), "type": 1,
        "description": cut(&format!("{}: set up and look after the daily question", pack.title)),
        "options": options(COMMANDS.iter().filter(|command| command.lead)),
        "default_member_permissions": serenity::model::Permissions::MANAGE_GUILD.bits().to_string(),
        "contexts": [SERVERS], "integration_types": [TO_SERVERS],
    })
}

/// Commands of one word, and groups of those that begin alike, in the table's order.
fn options<'c>(commands: impl Iterator<Item = &'c Command>) -> Vec<Value> {
    let commands: Vec<&Command> = commands.collect();
    let heads_group = |name: &str| commands.iter().any(|other| other.name.split_once(' ').is_some_and(|(group, _)| group == name));
    let mut options: Vec<Value> = Vec::new();
    for command in &commands {
        let (group, name) = match command.name.split_once(' ') {
            Some((group, name)) => (group, name),
            None if heads_group(command.name) => (command.name, ALONE),
            None => {
                options.push(sub_command(command, command.name));
                continue;
            }
        };
        let sub = sub_command(command, name);
        match options.iter_mut().find(|option| option["name"] == group) {
            Some(known) => known["options"].as_array_mut().into_iter().for_each(|below| below.push(sub.clone())),
            None => options.push(json!({
                "type": kind::GROUP, "name": group, "description": about_group(group), "options": [sub],
            })),
        }
    }
    options
}

fn about_group(group: &str) -> &'static str {
    match group {
        "privacy" => "What is kept about you",
        "setup" => "Set up the daily question, and who looks after it",
        "schedule" => "When the daily question comes, and which",
        "question" => "Take back a bad question, or bring it back",
        "moderate" => "Look after what members write",
        _ => "More commands",
    }
}

fn sub_command(command: &Command, name: &str) -> Value {
    json!({
        "type": kind::COMMAND, "name": name, "description": cut(command.help),
        "options": command.choices().iter().map(option).collect::<Vec<_>>(),
    })
}

fn option(choice: &Choice) -> Value {
    let mut option = json!({ "name": choice.name, "description": cut(choice.help), "required": choice.required });
    let number = match choice.takes {
        Takes::OneOf(words) => {
            option["choices"] = words.iter().map(|word| json!({ "name": word, "value": word })).collect();
            kind::STRING
        }
        Takes::Topic | Takes::Question | Takes::Zone | Takes::Command => {
            option["autocomplete"] = true.into();
            kind::STRING
        }
        Takes::Number(least, most) => {
            option["min_value"] = least.into();
            option["max_value"] = most.into();
            kind::INTEGER
        }
        Takes::Switch(_) => kind::BOOLEAN,
        Takes::Member => kind::USER,
        Takes::Group => kind::ROLE,
        Takes::Text => kind::STRING,
    };
    option["type"] = number.into();
    option
}

/// A description within Discord's limit, at a word.
pub(super) fn cut(text: &str) -> String {
    if text.chars().count() <= limits::COMMAND_DESCRIPTION {
        return text.to_owned();
    }
    let short: String = text.chars().take(limits::COMMAND_DESCRIPTION - 1).collect();
    format!("{}…", short.rsplit_once(' ').map_or(short.as_str(), |(whole, _)| whole))
}

/// Registers the commands where they differ from what is there: in one server, or in all. True: they were put.
///
/// # Errors
/// Discord doesn't take them.
pub async fn register(rest: &Rest, application: u64, guild: Option<u64>, packs: &[Pack]) -> Result<bool, Fault> {
    let ours = commands(packs);
    let (get, put) = match guild {
        Some(guild) => (Route::GuildCommands { application, guild }, Route::PutGuildCommands { application, guild }),
        None => (Route::Commands { application }, Route::PutCommands { application }),
    };
    let there = rest.call(Lane::Answers, Request::new(get)).await?;
    if there.as_array().is_some_and(|there| are_same(&ours, there)) {
        return Ok(false);
    }
    rest.call(Lane::Answers, Request::new(put).json(Value::Array(ours))).await?;
    Ok(true)
}

/// What is registered says the same: Discord adds ids and what we leave to it, and gives commands in its own order.
fn are_same(ours: &[Value], there: &[Value]) -> bool {
    let known = |command: &Value| there.iter().any(|other| other["name"] == command["name"] && says(command, other));
    ours.len() == there.len() && ours.iter().all(known)
}

/// Everything in `ours` stands in `there`; what is left out there is what it would be by itself.
fn says(ours: &Value, there: &Value) -> bool {
    match (ours, there) {
        (Value::Object(ours), Value::Object(there)) => {
            let same = |(key, value): (&String, &Value)| match there.get(key).unwrap_or(&Value::Null) {
                // A language that we took away has to go.
                other if key.ends_with("_localizations") => value == other,
                other => says(value, other),
            };
            ours.iter().all(same) && adds_nothing(ours, there)
        }
        (Value::Array(ours), Value::Array(there)) => {
            ours.len() == there.len() && ours.iter().zip(there).all(|(one, other)| says(one, other))
        }
        (Value::Array(ours), Value::Null) => ours.is_empty(),
        (Value::Bool(ours), Value::Null) => !ours,
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        _ => ours == there,
    }
}

/// What a command has there that we would take away.
fn adds_nothing(ours: &Map<String, Value>, there: &Map<String, Value>) -> bool {
    const MATTERS: [&str; 7] =
        ["options", "choices", "autocomplete", "default_member_permissions", "required", "name_localizations", "description_localizations"];
    let empty = |value: &Value| [json!(null), json!(false), json!([]), json!({})].contains(value);
    MATTERS.iter().all(|key| ours.contains_key(*key) || there.get(*key).is_none_or(empty))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::load;

    fn ours() -> Vec<Value> {
        commands(&load::embedded().unwrap())
    }

    #[test]
    fn every_command_has_its_place() {
        let mut found = 0;
        for top in ours() {
            for option in top["options"].as_array().unwrap() {
                let name = option["name"].as_str().unwrap();
                if option["type"] == kind::COMMAND {
                    assert_eq!(command_at(&[name]).unwrap().name, name);
                    found += 1;
                    continue;
                }
                for below in option["options"].as_array().unwrap() {
                    let command = command_at(&[name, below["name"].as_str().unwrap()]).unwrap();
                    assert_eq!(
                        command.help.chars().take(20).collect::<String>(),
                        below["description"].as_str().unwrap().chars().take(20).collect::<String>()
                    );
                    found += 1;
                }
            }
        }
        assert_eq!(found, COMMANDS.len());
    }

    #[test]
    fn what_is_registered_is_told_from_what_differs() {
        let ours = ours();
        let mut there = ours.clone();
        there.reverse();
        for command in &mut there {
            command["id"] = "1".into();
            command["version"] = "2".into();
            command["dm_permission"] = Value::Null;
        }
        assert!(are_same(&ours, &there));
        let mut changed = there.clone();
        changed[0]["description"] = "Something else".into();
        assert!(!are_same(&ours, &changed));
        let mut more = there.clone();
        more[0]["options"].as_array_mut().unwrap().pop();
        assert!(!are_same(&ours, &more));
        assert!(!are_same(&ours, &there[1..]));
        for changes in [json!({}), json!({ "de": "Anders" }), json!({ "de": ours[0]["description_localizations"]["de"], "fr": "Autre" })] {
            let mut translated = there.clone();
            translated[1]["description_localizations"] = changes;
            assert!(!are_same(&ours, &translated));
        }
        there[1]["name_localizations"] = Value::Null;
        assert!(are_same(&ours, &there));
        there[1]["name_localizations"] = json!({ "de": "istio-ueben" });
        assert!(!are_same(&ours, &there));
    }
}
