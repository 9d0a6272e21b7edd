//! Interactions as the gateway sends them.

use super::gateway::Happening;
use super::permissions::{self, OF_THE_BOT};
use super::state::{Id, Interaction, State, id};
use super::{shape, shape_message, typed};
use serde_json::{Value, json};

/// What a member did, before it is an interaction.
pub(crate) struct Deed {
    pub(crate) user: Id,
    pub(crate) channel: Id,
    /// 2 command, 3 component, 4 autocomplete, 5 modal.
    pub(crate) kind: u8,
    pub(crate) name: String,
    pub(crate) data: Value,
    pub(crate) on_message: Option<Id>,
    pub(crate) opened_by: Option<Id>,
}

impl State {
    /// Makes an interaction of it and sends it.
    pub(crate) fn interact(&mut self, deed: Deed) -> Id {
        let of = self.next_id();
        let guild = self.channels.get(&deed.channel).and_then(|c| c.guild);
        let token = format!("aW50ZXJhY3Rpb246{of}{}", "Q".repeat(60));
        let interaction = Interaction {
            id: of,
            token: token.clone(),
            user: deed.user,
            channel: deed.channel,
            guild,
            kind: deed.kind,
            name: deed.name.clone(),
            at: self.time(),
            begun: std::time::Instant::now(),
            answered: None,
            original: None,
            on_message: deed.on_message,
            opened_by: deed.opened_by,
            modal: None,
            choices: None,
            follow_ups: Vec::new(),
            settled: false,
            failed: false,
        };
        let data = payload(self, &interaction, &deed);
        self.tokens.insert(token, of);
        self.interactions.insert(of, interaction);
        self.emit(Happening { name: "INTERACTION_CREATE", guild, channel: None, data });
        of
    }
}

fn payload(state: &State, of: &Interaction, deed: &Deed) -> Value {
    let channel = state.channels.get(&of.channel).map_or(Value::Null, |c| shape::channel_of_interaction(state, c, of.user));
    let app_permissions = match of.guild {
        Some(_) => state.permissions(state.bot, of.channel),
        None => permissions::IN_DIRECT | OF_THE_BOT,
    };
    let mut payload = json!({
        "id": id(of.id), "application_id": id(state.application), "type": of.kind, "data": deed.data, "token": of.token, "version": 1,
        "channel": channel, "channel_id": id(of.channel), "app_permissions": app_permissions.to_string(), "locale": "en-US",
        "entitlements": [], "entitlement_sku_ids": [], "attachment_size_limit": 10_485_760,
        "context": if of.guild.is_some() { 0 } else { 1 },
        "authorizing_integration_owners": { "0": of.guild.map_or_else(|| "0".to_owned(), |g| g.to_string()) },
    });
    match of.guild.and_then(|guild| state.guilds.get(&guild)) {
        Some(guild) => {
            payload["guild_id"] = id(guild.id);
            payload["guild_locale"] = json!("en-US");
            payload["guild"] = json!({ "id": id(guild.id), "locale": "en-US", "features": ["COMMUNITY", "NEWS"] });
            let may = state.permissions(of.user, of.channel);
            payload["member"] = guild.members.get(&of.user).map_or(Value::Null, |m| typed::member_with_permissions(state, m, may));
        }
        None => payload["user"] = shape::user(state, of.user),
    }
    if let Some(message) = of.on_message.and_then(|on| state.message(on)) {
        payload["message"] = shape_message::message(state, message);
    }
    payload
}
