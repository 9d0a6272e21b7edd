//! People: what they type, press, choose and send, as their client lets them.

use super::answer::Answer;
use super::interaction::Deed;
use super::permissions::{ADD_REACTIONS, MANAGE_THREADS, SEND_IN_THREADS, SEND_MESSAGES, VIEW_CHANNEL};
use super::rest::{add_reaction, announce, joins, remove_message, reopen, say, tell};
use super::server::{Place, Server};
use super::state::{Id, Message, State};
use super::typed::{self, Typing};
use super::{Shared, shape_message, transcript};
use serde_json::{Value, json};
use std::sync::Arc;

/// A member of a server.
#[derive(Clone)]
pub(crate) struct Member {
    pub(super) shared: Arc<Shared>,
    pub(super) server: Server,
    pub(crate) id: Id,
}

impl Member {
    /// Their id as JSON has it.
    pub(crate) fn key(&self) -> String {
        self.id.to_string()
    }

    /// Their direct messages with the bot.
    pub(crate) fn direct(&self) -> Place {
        let id = self.shared.with(|state| state.direct(self.id));
        Place { shared: self.shared.clone(), id }
    }

    fn name(&self) -> String {
        self.shared.look(|state| state.name_of(self.id))
    }

    /// Writes a message.
    pub(crate) fn types(&self, at: &Place, text: &str) -> Id {
        self.say(at, text, None).unwrap_or_else(|why| panic!("{} can't write: {why}", self.name()))
    }

    /// Replies to a message.
    pub(crate) fn replies(&self, at: &Place, to: Id, text: &str) -> Id {
        self.say(at, text, Some(to)).unwrap_or_else(|why| panic!("{} can't reply: {why}", self.name()))
    }

    /// Tries to write a message.
    pub(crate) fn say(&self, at: &Place, text: &str, reply_to: Option<Id>) -> Result<Id, String> {
        self.shared.with(|state| {
            let channel = state.channels.get(&at.id).ok_or("there is no such channel any more")?;
            let may = state.permissions(self.id, at.id);
            let needed = if channel.thread.is_some() { SEND_IN_THREADS } else { SEND_MESSAGES } | VIEW_CHANNEL;
            if may & needed != needed || channel.locked() && may & MANAGE_THREADS == 0 || matches!(channel.kind, 15 | 16) {
                return Err("they may not".to_owned());
            }
            if text.trim().is_empty() || text.chars().count() > 2_000 {
                return Err("it is empty or too long".to_owned());
            }
            reopen(state, at.id);
            let mut pings = shape_message::pings(text, &Value::Null);
            let replied = reply_to.and_then(|to| state.message(to)).map(|m| m.author).filter(|author| *author != self.id);
            pings.users.extend(replied.filter(|author| !pings.users.contains(author)));
            let blank = state.blank(at.id, self.id);
            let nonce = Some(json!(blank.id.to_string()));
            let kind = if reply_to.is_some() { 19 } else { 0 };
            let message = Message { content: text.trim().to_owned(), reply_to, pings, nonce, kind, ..blank };
            let of = message.id;
            say(state, message);
            joins(state, at.id, self.id);
            Ok(of)
        })
    }

    fn own<'a>(&self, state: &'a mut State, message: Id) -> &'a mut Message {
        match state.message_mut(message).filter(|m| m.author == self.id) {
            Some(message) => message,
            None => panic!("{message} is no message of {}'s", self.id),
        }
    }

    /// Changes a message of theirs.
    pub(crate) fn edits(&self, message: Id, text: &str) {
        self.shared.with(|state| {
            let now = state.time();
            let own = self.own(state, message);
            text.trim().clone_into(&mut own.content);
            own.edited = Some(now);
            announce(state, "MESSAGE_UPDATE", message);
        });
    }

    /// Takes a message of theirs back.
    pub(crate) fn deletes(&self, message: Id) {
        self.shared.with(|state| {
            self.own(state, message);
            remove_message(state, message);
        });
    }

    /// Puts a sign on a message.
    pub(crate) fn reacts(&self, message: Id, emoji: &str) {
        self.shared.with(|state| {
            let channel = state.where_said.get(&message).copied().unwrap_or(0);
            assert!(state.permissions(self.id, channel) & ADD_REACTIONS != 0, "{} can't react here", state.name_of(self.id));
            add_reaction(state, message, self.id, emoji);
        });
    }

    /// Opens a thread of their own on a message.
    pub(crate) fn opens_thread(&self, message: Id, name: &str) -> Place {
        self.shared.with(|state| {
            let channel = state.where_said.get(&message).copied().unwrap_or(0);
            let kind = if state.channels.get(&channel).is_some_and(|c| c.kind == 5) { 10 } else { 11 };
            let thread = super::rest::thread(state, (message, kind, channel, self.id), &json!({ "name": name }));
            state.add_channel(thread);
            tell(state, "THREAD_CREATE", message);
            joins(state, message, self.id);
        });
        Place { shared: self.shared.clone(), id: message }
    }

    /// Types a slash command and waits for its answer.
    pub(crate) async fn command(&self, at: &Place, line: &str) -> Answer {
        let sent = self.sends_command(at, line).unwrap_or_else(|why| panic!("{} typed {line:?}: {why}", self.name()));
        sent.settled().await
    }

    /// Types a slash command; the answer isn't waited for.
    pub(crate) fn sends_command(&self, at: &Place, line: &str) -> Result<Answer, String> {
        self.enter(at, line, false)
    }

    fn enter(&self, at: &Place, line: &str, completing: bool) -> Result<Answer, String> {
        self.shared.with(|state| {
            let channel = state.channels.get(&at.id).ok_or("there is no such channel any more")?;
            if channel.archived() {
                return Err("an archived thread takes no commands".to_owned());
            }
            let guild = channel.guild;
            let typed = typed::read(state, Typing { user: self.id, guild, completing }, line)?;
            let kind = if completing { 4 } else { 2 };
            let of = state.interact(Deed {
                user: self.id,
                channel: at.id,
                kind,
                name: typed.name,
                data: typed.data,
                on_message: None,
                opened_by: None,
            });
            Ok(self.waits_for(of))
        })
    }

    /// Types a command up to its last option, and waits for the choices: names and values.
    pub(crate) async fn completes(&self, at: &Place, line: &str) -> Vec<(String, Value)> {
        let sent = self.enter(at, line, true).unwrap_or_else(|why| panic!("{} typed {line:?}: {why}", self.name()));
        sent.settled().await.choices()
    }

    /// Presses a button of a message by its label, and waits for the answer.
    pub(crate) async fn presses(&self, message: Id, label: &str) -> Answer {
        self.sends_press(message, label).settled().await
    }

    /// Presses a button; the answer isn't waited for.
    pub(crate) fn sends_press(&self, message: Id, label: &str) -> Answer {
        self.shared.with(|state| {
            let (channel, components) = self.sees(state, message);
            let buttons: Vec<&Value> = leaves(&components).into_iter().filter(|c| c["type"] == 2).collect();
            let labels: Vec<String> = buttons.iter().map(|b| shown(b)).collect();
            let button = buttons.iter().zip(&labels).find(|(_, read)| *read == label).map(|(button, _)| *button);
            let button = button.unwrap_or_else(|| panic!("no button {label:?} on {message}, only {labels:?}"));
            assert!(button["disabled"] != true && button["custom_id"].is_string(), "{label:?} can't be pressed: {button}");
            let data = json!({ "custom_id": button["custom_id"], "component_type": 2, "id": button["id"] });
            self.uses(state, channel, message, data)
        })
    }

    /// Presses what isn't on a message they see, as somebody could who writes their own client.
    pub(crate) async fn forges(&self, message: Id, button: &str) -> Answer {
        let sent = self.shared.with(|state| {
            let (channel, _) = self.sees(state, message);
            self.uses(state, channel, message, json!({ "custom_id": button, "component_type": 2, "id": 1 }))
        });
        sent.settled().await
    }

    /// Chooses from the menu with this placeholder or custom_id: labels, or names of people, roles and channels.
    pub(crate) async fn chooses(&self, message: Id, menu: &str, chosen: &[&str]) -> Answer {
        let sent = self.shared.with(|state| {
            let (channel, components) = self.sees(state, message);
            let menus = leaves(&components).into_iter().filter(|c| matches!(c["type"].as_u64(), Some(3 | 5..=8)));
            let found = menus.into_iter().find(|c| c["placeholder"] == menu || c["custom_id"] == menu);
            let found = found.unwrap_or_else(|| panic!("no menu {menu:?} on {message}"));
            let within = found["min_values"].as_u64().unwrap_or(1)..=found["max_values"].as_u64().unwrap_or(1);
            assert!(within.contains(&(chosen.len() as u64)), "{menu:?} takes {within:?} values");
            let guild = state.channels.get(&channel).and_then(|c| c.guild);
            let by = Typing { user: self.id, guild, completing: false };
            let mut resolved = json!({});
            let values: Vec<Value> = chosen.iter().map(|label| picked(state, by, found, label, &mut resolved)).collect();
            let mut data = json!({ "custom_id": found["custom_id"], "component_type": found["type"], "id": found["id"], "values": values });
            if found["type"] != 3 {
                data["resolved"] = resolved;
            }
            self.uses(state, channel, message, data)
        });
        sent.settled().await
    }

    /// Fills in the form they got, by labels or custom_ids, sends it and waits for the answer. What isn't named stays as it was.
    pub(crate) async fn submits(&self, form: &Answer, typed: &[(&str, &str)]) -> Answer {
        self.sends_form(form, typed).unwrap_or_else(|why| panic!("{} can't send the form: {why}", self.name())).settled().await
    }

    /// Sends a form; the answer isn't waited for.
    pub(crate) fn sends_form(&self, form: &Answer, typed: &[(&str, &str)]) -> Result<Answer, String> {
        self.shared.with(|state| {
            let asked = state.interactions.get(&form.of).cloned().ok_or("nothing was asked")?;
            let modal = asked.modal.ok_or("no form was answered")?;
            let fields = leaves(&modal["components"]);
            let known = |name: &str| fields.iter().any(|f| f["label"] == name || f["custom_id"] == name);
            if let Some((unknown, _)) = typed.iter().find(|(name, _)| !known(name)) {
                let labels: Vec<&Value> = fields.iter().map(|f| &f["label"]).collect();
                return Err(format!("the form has no {unknown:?}, only {labels:?}"));
            }
            let mut rows = Vec::new();
            for (at, field) in fields.iter().enumerate() {
                let written = typed.iter().find(|(name, _)| field["label"] == *name || field["custom_id"] == *name);
                let value = written.map_or_else(|| field["value"].as_str().unwrap_or_default(), |(_, value)| value);
                fits(field, value)?;
                let input = json!({ "type": 4, "id": at * 2 + 2, "custom_id": field["custom_id"], "value": value });
                rows.push(json!({ "type": 1, "id": at * 2 + 1, "components": [input] }));
            }
            let data = json!({ "custom_id": modal["custom_id"], "components": rows });
            let deed = Deed {
                user: self.id,
                channel: asked.channel,
                kind: 5,
                name: String::new(),
                data,
                on_message: asked.on_message,
                opened_by: Some(form.of),
            };
            Ok(self.waits_for(state.interact(deed)))
        })
    }

    fn uses(&self, state: &mut State, channel: Id, message: Id, data: Value) -> Answer {
        let deed = Deed { user: self.id, channel, kind: 3, name: String::new(), data, on_message: Some(message), opened_by: None };
        self.waits_for(state.interact(deed))
    }

    fn waits_for(&self, of: Id) -> Answer {
        Answer { shared: self.shared.clone(), of }
    }

    /// The channel and the components of a message that they see.
    fn sees(&self, state: &State, message: Id) -> (Id, Value) {
        let of = state.message(message).unwrap_or_else(|| panic!("there is no message {message}"));
        let hers = of.only_for.is_none_or(|only| only == self.id);
        let direct = state.channels.get(&of.channel).and_then(|c| c.recipient);
        let here = direct.map_or(state.permissions(self.id, of.channel) & VIEW_CHANNEL != 0, |only| only == self.id);
        assert!(hers && here, "{} doesn't see {message}", state.name_of(self.id));
        (of.channel, Value::Array(of.components.clone()))
    }

    /// What they alone see, oldest first.
    pub(crate) fn private(&self) -> String {
        self.shared.look(|state| transcript::private(state, self.id))
    }

    /// The newest message that they alone see.
    pub(crate) fn newest_private(&self) -> Option<Id> {
        self.shared.look(|state| {
            state.channels.values().flat_map(|c| c.messages.values()).filter(|m| m.only_for == Some(self.id)).map(|m| m.id).max()
        })
    }

    /// The server they are in.
    pub(crate) fn server(&self) -> &Server {
        &self.server
    }
}

/// Buttons, menus and text inputs in the rows and sections of a list.
pub(crate) fn leaves(of: &Value) -> Vec<&Value> {
    let mut all = Vec::new();
    for component in of.as_array().into_iter().flatten() {
        match component["type"].as_u64() {
            Some(1 | 17) => all.extend(leaves(&component["components"])),
            Some(9) => all.push(&component["accessory"]),
            Some(18) => all.push(&component["component"]),
            _ => all.push(component),
        }
    }
    all
}

/// What a button reads.
pub(crate) fn shown(button: &Value) -> String {
    button["label"].as_str().or_else(|| button["emoji"]["name"].as_str()).unwrap_or_default().to_owned()
}

fn picked(state: &State, by: Typing, menu: &Value, label: &str, resolved: &mut Value) -> Value {
    let value = match menu["type"].as_u64() {
        Some(3) => menu["options"].as_array().into_iter().flatten().find(|o| o["label"] == label).map(|o| o["value"].clone()),
        Some(5) => typed::resolve_user(state, by, label, resolved),
        Some(6) => typed::resolve_role(state, by, label, resolved),
        _ => typed::resolve_channel(state, by, label, resolved),
    };
    value.unwrap_or_else(|| panic!("{label:?} can't be chosen from {menu}"))
}

/// The client sends a form only when its fields are as they should be.
fn fits(field: &Value, value: &str) -> Result<(), String> {
    let length = value.chars().count() as u64;
    let (least, most) = (field["min_length"].as_u64().unwrap_or(0), field["max_length"].as_u64().unwrap_or(4_000));
    if length == 0 && field["required"] != false {
        return Err(format!("{} is required", field["label"]));
    }
    if length > 0 && (length < least || length > most) {
        return Err(format!("{} takes {least} to {most} characters, not {length}", field["label"]));
    }
    Ok(())
}
