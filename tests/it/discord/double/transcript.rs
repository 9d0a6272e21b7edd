//! What people see, as text that is the same in every run: names instead of ids, instants in UTC.

use super::people::{leaves, shown};
use super::state::{Channel, Id, Message, State};
use jiff::Timestamp;
use serde_json::Value;
use std::fmt::Write;

/// All channels with their threads, direct messages, and what each member alone sees.
pub(crate) fn all(state: &State) -> String {
    let mut text = String::new();
    for guild in state.guilds.values() {
        let _ = writeln!(text, "══ {} ══", guild.name);
        let channels = guild.channels.iter().filter_map(|of| state.channels.get(of)).filter(|of| of.thread.is_none());
        channels.for_each(|of| text.push_str(&channel(state, of)));
    }
    for of in state.channels.values().filter(|of| of.kind == 1) {
        text.push_str(&channel(state, of));
    }
    for user in state.users.values().filter(|user| !user.bot) {
        let own = private(state, user.id);
        if !own.is_empty() {
            let _ = write!(text, "── only {} sees ──\n{own}", user.name);
        }
    }
    text
}

/// A channel and the threads in it.
pub(crate) fn channel(state: &State, of: &Channel) -> String {
    let mut text = format!("── {} ──\n", title(state, of));
    for message in of.messages.values().filter(|m| m.only_for.is_none()) {
        text.push_str(&self::message(state, message));
        if let Some(on) = state.channels.get(&message.id).filter(|on| on.thread.is_some() && on.id != of.id) {
            text.push_str(&indented(&thread(state, on)));
        }
    }
    let rest = state.channels.values().filter(|t| t.parent == Some(of.id) && t.thread.is_some() && !of.messages.contains_key(&t.id));
    rest.for_each(|t| text.push_str(&thread(state, t)));
    text
}

fn title(state: &State, of: &Channel) -> String {
    match (of.kind, of.recipient) {
        (_, Some(recipient)) => format!("{} and Meshdrill", state.name_of(recipient)),
        (5, _) => format!("#{} (announcements)", of.name),
        (15, _) => format!("#{} (forum)", of.name),
        _ => format!("#{}", of.name),
    }
}

/// A thread: its name, how it stands, and its messages.
pub(crate) fn thread(state: &State, of: &Channel) -> String {
    let stands = match (of.archived(), of.locked()) {
        (true, true) => " (archived, locked)",
        (true, false) => " (archived)",
        (false, true) => " (locked)",
        (false, false) => "",
    };
    let mut text = format!("thread “{}”{stands}\n", of.name);
    for said in of.messages.values().filter(|m| m.only_for.is_none() && m.kind != 21) {
        text.push_str(&indented(&message(state, said)));
    }
    text
}

/// What only one member sees, oldest first.
pub(crate) fn private(state: &State, user: Id) -> String {
    let mut own: Vec<&Message> = state.channels.values().flat_map(|c| c.messages.values()).filter(|m| m.only_for == Some(user)).collect();
    own.sort_by_key(|m| m.id);
    own.into_iter().map(|m| message(state, m)).collect()
}

/// A message: who, what, its cards, buttons and signs.
pub(crate) fn message(state: &State, of: &Message) -> String {
    let edited = if of.edited.is_some() && !state.users.get(&of.author).is_some_and(|u| u.bot) { " (edited)" } else { "" };
    let reply = of.reply_to.filter(|_| !of.webhook).map(|to| {
        let to = state.message(to).map_or_else(|| "a deleted message".to_owned(), |m| state.name_of(m.author));
        format!(" (to {to})")
    });
    let mut text = format!("{}{}:", state.name_of(of.author), reply.unwrap_or_default());
    let words = if of.loading { "thinking …".to_owned() } else { plain(state, &of.content) };
    let pings = if of.author == state.bot { pings(state, of) } else { String::new() };
    if words.contains('\n') {
        let _ = write!(text, "{edited}{pings}\n{}", indented(&words));
    } else {
        let _ = writeln!(text, "{}{words}{edited}{pings}", if words.is_empty() { "" } else { " " });
    }
    for embed in &of.embeds {
        text.push_str(&indented(&card(state, embed)));
    }
    for file in &of.attachments {
        let _ = writeln!(
            text,
            "  [file {}: {}]",
            file["filename"].as_str().unwrap_or_default(),
            file["description"].as_str().unwrap_or("no alt text")
        );
    }
    for row in &of.components {
        let _ = writeln!(text, "  {}", controls(row).join(" "));
    }
    if !of.reactions.is_empty() {
        let signs: Vec<String> = of.reactions.iter().map(|(sign, by)| sign_by(state, sign, by)).collect();
        let _ = writeln!(text, "  {}", signs.join("  "));
    }
    text
}

fn sign_by(state: &State, sign: &str, by: &[Id]) -> String {
    let names: Vec<String> = by.iter().map(|user| state.name_of(*user)).collect();
    format!("{sign} {}", names.join(", "))
}

fn pings(state: &State, of: &Message) -> String {
    let users = of.pings.users.iter().map(|user| state.name_of(*user));
    let names = of.pings.roles.iter().map(|role| role_name(state, *role)).chain(users);
    let names: Vec<String> = names.chain(of.pings.everyone.then(|| "everyone".to_owned())).collect();
    if names.is_empty() { String::new() } else { format!(" [pings {}]", names.join(", ")) }
}

/// An embed, with a bar at its left.
fn card(state: &State, embed: &Value) -> String {
    let mut text = String::new();
    let line = |name: &str| embed[name].as_str().map(|said| plain(state, said));
    let author = embed["author"]["name"].as_str().map(str::to_owned);
    for said in author.into_iter().chain(line("title").map(|title| format!("**{title}**"))).chain(line("description")) {
        let _ = writeln!(text, "{said}");
    }
    for field in embed["fields"].as_array().into_iter().flatten() {
        let (name, value) = (field["name"].as_str().unwrap_or_default(), plain(state, field["value"].as_str().unwrap_or_default()));
        let _ = if value.contains('\n') { write!(text, "{name}:\n{}", indented(&value)) } else { writeln!(text, "{name}: {value}") };
    }
    if let Some(picture) = embed["image"]["url"].as_str() {
        let mut parts = picture.rsplit('/');
        let (name, of) = (parts.next().unwrap_or_default(), parts.next().and_then(|of| of.parse::<Id>().ok()));
        let alt = of.and_then(|of| state.uploads.get(&of)).and_then(|(_, alt)| alt.as_deref());
        let _ = writeln!(text, "[picture {name}: {}]", alt.unwrap_or("no alt text"));
    }
    if let Some(footer) = embed["footer"]["text"].as_str() {
        let _ = writeln!(text, "({})", plain(state, footer));
    }
    text.lines().map(|line| format!("{}\n", format!("│ {line}").trim_end())).collect()
}

/// Buttons and menus of a row.
fn controls(row: &Value) -> Vec<String> {
    let read = |one: &&Value| {
        let off = if one["disabled"] == true { " (off)" } else { "" };
        match one["type"].as_u64() {
            Some(2) if one["style"] == 5 => format!("[{}]({})", shown(one), one["url"].as_str().unwrap_or_default()),
            Some(2) => format!("[{}{off}]", shown(one)),
            Some(10) => one["content"].as_str().unwrap_or_default().to_owned(),
            _ => {
                let labels = one["options"].as_array().into_iter().flatten().filter_map(|option| option["label"].as_str());
                let labels: Vec<&str> = labels.collect();
                format!("[{} ▾ {}{off}]", one["placeholder"].as_str().unwrap_or("choose"), labels.join(" | "))
            }
        }
    };
    leaves(&Value::Array(vec![row.clone()])).iter().map(read).collect()
}

/// A form as it opens.
pub(crate) fn form(of: &Value) -> String {
    let mut text = format!("form “{}”\n", of["title"].as_str().unwrap_or_default());
    for field in leaves(&of["components"]) {
        let optional = if field["required"] == false { " (optional)" } else { "" };
        let held = field["value"].as_str().unwrap_or_default().replace('\n', "⏎");
        let hint = field["placeholder"].as_str().map(|hint| format!(" ({hint})")).unwrap_or_default();
        let _ = writeln!(text, "  {}{optional}: {held}{hint}", field["label"].as_str().unwrap_or_default());
    }
    text
}

/// Mentions by name, time stamps in UTC.
fn plain(state: &State, said: &str) -> String {
    let mut text = String::new();
    let mut rest = said;
    while let Some(start) = rest.find('<') {
        let (before, mark) = rest.split_at(start);
        text.push_str(before);
        let end = mark.find('>').map_or(mark.len(), |end| end + 1);
        let named = named(state, mark[..end].trim_start_matches('<').trim_end_matches('>'));
        if let Some(named) = named {
            text.push_str(&named);
            rest = &mark[end..];
        } else {
            text.push('<');
            rest = &mark[1..];
        }
    }
    text + rest
}

fn named(state: &State, mark: &str) -> Option<String> {
    if let Some(role) = mark.strip_prefix("@&") {
        return Some(format!("@{}", role_name(state, role.parse().ok()?)));
    }
    if let Some(user) = mark.strip_prefix('@') {
        return Some(format!("@{}", state.name_of(user.trim_start_matches('!').parse().ok()?)));
    }
    if let Some(channel) = mark.strip_prefix('#') {
        return Some(format!("#{}", state.channels.get(&channel.parse().ok()?).map_or("deleted-channel", |c| &c.name)));
    }
    if let Some(command) = mark.strip_prefix('/') {
        return Some(format!("/{}", command.rsplit_once(':')?.0));
    }
    let mut parts = mark.strip_prefix("t:")?.split(':');
    let at = Timestamp::from_second(parts.next()?.parse().ok()?).ok()?;
    Some(format!("{} UTC", at.strftime("%Y-%m-%d %H:%M")))
}

fn role_name(state: &State, role: Id) -> String {
    let mut all = state.guilds.values().flat_map(|guild| &guild.roles);
    all.find(|known| known.id == role).map_or_else(|| "deleted-role".to_owned(), |known| known.name.clone())
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}").trim_end().to_owned() + "\n").collect()
}
