//! What a member types after the slash, held against the registered commands as Discord's own client does.

use super::state::{Id, Membership, State};
use super::{permissions, shape};
use serde_json::{Value, json};

/// A command as it was typed: what goes into the interaction's `data`.
pub(crate) struct Typed {
    pub(crate) data: Value,
    /// With the words of its groups.
    pub(crate) name: String,
}

/// Who types where.
#[derive(Clone, Copy)]
pub(crate) struct Typing {
    pub(crate) user: Id,
    pub(crate) guild: Option<Id>,
    /// The last option isn't finished: choices are asked for.
    pub(crate) completing: bool,
}

const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;

/// Reads `/istio quiz topic:security count:5`.
pub(crate) fn read(state: &State, by: Typing, line: &str) -> Result<Typed, String> {
    let line = line.trim().strip_prefix('/').ok_or("a command begins with a slash")?;
    let (name, mut rest) = line.split_once(' ').unwrap_or((line, ""));
    let command = offered(state, by, name)?;
    let mut words = vec![name.to_owned()];
    let mut level = command.clone();
    let mut groups = Vec::new();
    while subcommands(&level).next().is_some() {
        let (word, after) = rest.trim_start().split_once(' ').unwrap_or((rest.trim_start(), ""));
        let names: Vec<&str> = subcommands(&level).filter_map(|one| one["name"].as_str()).collect();
        let next = subcommands(&level).find(|one| one["name"] == word).cloned();
        level = next.ok_or_else(|| format!("/{} has no {word:?}, only {}", words.join(" "), names.join(", ")))?;
        groups.push(level.clone());
        words.push(word.to_owned());
        rest = after;
    }
    let mut resolved = json!({});
    let mut options = options(state, by, &level, rest, &mut resolved)?;
    for group in groups.iter().rev() {
        options = vec![json!({ "name": group["name"], "type": group["type"], "options": options })];
    }
    let mut data = json!({ "id": command["id"], "name": command["name"], "type": 1 });
    if !options.is_empty() {
        data["options"] = Value::Array(options);
    }
    if resolved.as_object().is_some_and(|all| !all.is_empty()) {
        data["resolved"] = resolved;
    }
    if !command["guild_id"].is_null() {
        data["guild_id"] = command["guild_id"].clone();
    }
    Ok(Typed { data, name: words.join(" ") })
}

/// The command that the client offers there to this member.
fn offered(state: &State, by: Typing, name: &str) -> Result<Value, String> {
    let own = by.guild.and_then(|guild| state.commands.get(&Some(guild))).into_iter().flatten();
    let mut all = own.chain(state.commands.get(&None).into_iter().flatten());
    let command = all.find(|c| c["name"] == name && c["type"] == 1).ok_or_else(|| format!("/{name} is not registered"))?;
    let context = if by.guild.is_some() { 0 } else { 1 };
    let here = match command["contexts"].as_array() {
        Some(contexts) => contexts.contains(&json!(context)),
        None => by.guild.is_some() || command["dm_permission"] == true,
    };
    if !here {
        return Err(format!("/{name} is not offered {}", if by.guild.is_some() { "in servers" } else { "in direct messages" }));
    }
    let needed = command["default_member_permissions"].as_str().and_then(|needed| needed.parse::<u64>().ok());
    let guild = by.guild.and_then(|guild| state.guilds.get(&guild));
    if let (Some(needed), Some(guild)) = (needed, guild) {
        let has = guild.members.get(&by.user).map_or(0, |member| permissions::in_server(guild, member));
        let admin = has & permissions::ADMINISTRATOR != 0;
        if !admin && (needed == 0 || has & needed != needed) {
            return Err(format!("/{name} is not offered to {}", state.name_of(by.user)));
        }
    }
    Ok(command.clone())
}

fn subcommands(of: &Value) -> impl Iterator<Item = &Value> {
    of["options"].as_array().into_iter().flatten().filter(|o| matches!(o["type"].as_u64(), Some(SUBCOMMAND | GROUP)))
}

/// `topic:security note:two words`, against the options of a command.
fn options(state: &State, by: Typing, level: &Value, typed: &str, resolved: &mut Value) -> Result<Vec<Value>, String> {
    let known: Vec<&Value> = level["options"].as_array().into_iter().flatten().collect();
    let mut given: Vec<(&Value, String)> = Vec::new();
    for word in typed.split(' ').filter(|word| !word.is_empty()) {
        let named = word.split_once(':').and_then(|(name, value)| Some((known.iter().find(|o| o["name"] == name)?, value)));
        match (named, given.last_mut()) {
            (Some((option, value)), _) => given.push((option, value.to_owned())),
            (None, Some((_, value))) => {
                value.push(' ');
                value.push_str(word);
            }
            (None, None) => {
                let names: Vec<&str> = known.iter().filter_map(|o| o["name"].as_str()).collect();
                return Err(format!("{word:?} is no option of {}: {}", level["name"], names.join(", ")));
            }
        }
    }
    let missing = known.iter().find(|o| o["required"] == true && !given.iter().any(|(g, _)| g["name"] == o["name"]));
    if let Some(missing) = missing.filter(|_| !by.completing) {
        return Err(format!("the option {} is required", missing["name"]));
    }
    let last = given.len().saturating_sub(1);
    let mut sent = Vec::new();
    for (at, (option, typed)) in given.iter().enumerate() {
        let mut one = json!({ "name": option["name"], "type": option["type"] });
        if by.completing && at == last {
            if option["autocomplete"] != true {
                return Err(format!("the option {} completes nothing", option["name"]));
            }
            one["value"] = json!(typed);
            one["focused"] = json!(true);
        } else {
            one["value"] = value(state, by, option, typed, resolved)?;
        }
        sent.push(one);
    }
    Ok(sent)
}

/// What was typed as the option's type has it.
fn value(state: &State, by: Typing, option: &Value, typed: &str, resolved: &mut Value) -> Result<Value, String> {
    let wrong = |what: &str| format!("{}: {typed:?} {what}", option["name"]);
    if let Some(choices) = option["choices"].as_array().filter(|all| !all.is_empty()) {
        let chosen = choices.iter().find(|c| c["name"] == typed || plain(&c["value"]) == typed);
        return chosen.map(|c| c["value"].clone()).ok_or_else(|| wrong("is none of the choices"));
    }
    match option["type"].as_u64() {
        Some(3) => {
            let length = typed.chars().count() as u64;
            let within = option["min_length"].as_u64().is_none_or(|least| length >= least)
                && length <= option["max_length"].as_u64().unwrap_or(6000);
            if within { Ok(json!(typed)) } else { Err(wrong("is too long or too short")) }
        }
        Some(4) => {
            let number: i64 = typed.parse().map_err(|_| wrong("is no whole number"))?;
            let within = option["min_value"].as_i64().is_none_or(|least| number >= least)
                && option["max_value"].as_i64().is_none_or(|most| number <= most);
            if within { Ok(json!(number)) } else { Err(wrong("is out of range")) }
        }
        Some(5) => typed.to_lowercase().parse::<bool>().map(|yes| json!(yes)).map_err(|_| wrong("is neither True nor False")),
        Some(6) => resolve_user(state, by, typed, resolved).ok_or_else(|| wrong("is nobody here")),
        Some(7) => resolve_channel(state, by, typed, resolved).ok_or_else(|| wrong("is no channel here")),
        Some(8) => resolve_role(state, by, typed, resolved).ok_or_else(|| wrong("is no role here")),
        Some(10) => typed.parse::<f64>().map(|number| json!(number)).map_err(|_| wrong("is no number")),
        _ => Err(wrong("can't be typed here")),
    }
}

/// A choice's value as it would be typed.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Somebody by name, with what the payload tells of them.
pub(crate) fn resolve_user(state: &State, by: Typing, typed: &str, resolved: &mut Value) -> Option<Value> {
    let user = state.users.values().find(|user| user.name == typed.trim_start_matches('@'))?;
    let key = user.id.to_string();
    if let Some((guild, member)) = by.guild.and_then(|g| state.guilds.get(&g)).and_then(|g| Some((g, g.members.get(&user.id)?))) {
        resolved["members"][&key] = member_with_permissions(state, member, permissions::in_server(guild, member));
        resolved["members"][&key].as_object_mut().into_iter().for_each(|all| drop(all.remove("user")));
    }
    resolved["users"][&key] = shape::user(state, user.id);
    Some(json!(key))
}

pub(crate) fn resolve_role(state: &State, by: Typing, typed: &str, resolved: &mut Value) -> Option<Value> {
    let guild = state.guilds.get(&by.guild?)?;
    let (position, role) = guild.roles.iter().enumerate().find(|(_, role)| role.name == typed.trim_start_matches('@'))?;
    let key = role.id.to_string();
    resolved["roles"][&key] = shape::role(role, position);
    Some(json!(key))
}

pub(crate) fn resolve_channel(state: &State, by: Typing, typed: &str, resolved: &mut Value) -> Option<Value> {
    let guild = state.guilds.get(&by.guild?)?;
    let all = guild.channels.iter().filter_map(|of| state.channels.get(of));
    let channel = all.into_iter().find(|channel| channel.name == typed.trim_start_matches('#'))?;
    let key = channel.id.to_string();
    resolved["channels"][&key] = shape::channel_of_interaction(state, channel, by.user);
    Some(json!(key))
}

/// A member as interactions have them.
pub(crate) fn member_with_permissions(state: &State, of: &Membership, may: u64) -> Value {
    let mut member = shape::member(state, of, false);
    member["permissions"] = json!(may.to_string());
    member
}
