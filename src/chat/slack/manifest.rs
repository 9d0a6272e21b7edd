//! The app's manifest, made from the command table and the scopes: pasted into Slack once, it makes the app.

use super::limits;
use super::scopes::{SCOPES, SUBSCRIPTIONS};
use crate::command::COMMANDS;
use crate::quiz::questions::Pack;
use serde_json::{Value, json};

/// The shortcut on a message, by which a typed answer is taken for one.
pub const GRADE_THIS: &str = "grade-this";

/// Below what path of the server each kind of request comes.
pub mod path {
    /// Events.
    pub const EVENTS: &str = "/slack/events";
    /// Slash commands.
    pub const COMMANDS: &str = "/slack/commands";
    /// Buttons, modals, shortcuts.
    pub const INTERACTIONS: &str = "/slack/interactions";
    /// Where an install comes back to.
    pub const INSTALLED: &str = "/slack/oauth/callback";
}

/// How Slack reaches the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// The app keeps a connection open; nothing of it need be reachable.
    Socket,
    /// Slack sends requests to this address, without the path.
    Url(String),
}

/// The manifest of an app with these packs. `reads`: it reads what is typed in threads; otherwise answers are given privately.
pub fn manifest(packs: &[Pack], way: &Way, reads: bool) -> Value {
    let at = |path: &str| match way {
        Way::Socket => None,
        Way::Url(base) => Some(format!("{}{path}", base.trim_end_matches('/'))),
    };
    let with_url = |mut value: Value, name: &str, path: &str| {
        if let Some(url) = at(path) {
            value[name] = url.into();
        }
        value
    };
    let scopes: Vec<&str> = SCOPES.iter().filter(|scope| reads || !scope.reads).map(|scope| scope.name).collect();
    let events: Vec<&str> = SUBSCRIPTIONS.iter().filter(|event| reads || !event.reads).map(|event| event.name).collect();
    let commands: Vec<Value> = packs.iter().take(limits::COMMANDS).map(|pack| with_url(command(pack), "url", path::COMMANDS)).collect();
    let mut oauth = json!({ "scopes": { "bot": scopes } });
    if let Some(url) = at(path::INSTALLED) {
        oauth["redirect_urls"] = json!([url]);
    }
    let is_url = matches!(way, Way::Url(_));
    json!({
        "_metadata": { "major_version": 2 },
        "display_information": {
            "name": "Meshdrill",
            "description": "A daily interview question in your channel, graded in its thread, with a team leaderboard",
        },
        "features": {
            "app_home": { "home_tab_enabled": true, "messages_tab_enabled": true, "messages_tab_read_only_enabled": false },
            "bot_user": { "display_name": "Meshdrill", "always_online": true },
            "slash_commands": commands,
            "shortcuts": [{
                "name": "Grade this answer", "type": "message", "callback_id": GRADE_THIS,
                "description": "Take this message as an answer to the thread's question",
            }],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": with_url(json!({ "bot_events": events }), "request_url", path::EVENTS),
            "interactivity": with_url(json!({ "is_enabled": true }), "request_url", path::INTERACTIONS),
            "org_deploy_enabled": is_url,
            "socket_mode_enabled": !is_url,
            "token_rotation_enabled": is_url,
        },
    })
}

fn command(pack: &Pack) -> Value {
    let hint = COMMANDS.iter().filter(|command| !command.lead && !command.name.contains(' ')).map(|command| command.name);
    let hint = hint.collect::<Vec<_>>().join(" | ");
    json!({
        "command": format!("/{}", pack.id),
        "description": format!("{}: drill, answer, compare", pack.title),
        "usage_hint": hint.chars().take(limits::COMMAND_HINT).collect::<String>(),
        "should_escape": true,
    })
}
