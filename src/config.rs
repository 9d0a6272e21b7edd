//! The environment, read once, with `.env` beside it; secrets wrapped.

use anyhow::Context;
use secrecy::SecretString;
use std::ffi::OsString;
use std::path::PathBuf;

/// What the environment says.
#[derive(Debug, Default)]
pub struct Config {
    /// `DATABASE_URL`: the team's PostgreSQL. Unset: the embedded SQLite.
    pub database_url: Option<SecretString>,
    /// `MESHDRILL_DATA`: the folder of the embedded database.
    pub data: Option<PathBuf>,
    /// `MESHDRILL_PACKS`: folders of further packs, separated as in `PATH`.
    pub packs: Vec<PathBuf>,
    /// `MESHDRILL_ROOM_KEY`: what newcomers to the room in the browser bring, where others can reach it.
    pub room_key: Option<SecretString>,
    /// The team's Discord, where `DISCORD_TOKEN` is set.
    pub discord: Option<Discord>,
    /// `NO_COLOR` is set to anything: no colour (no-color.org).
    pub no_colour: bool,
    /// `RUST_LOG`: what is logged; `warn` where it is unset.
    pub log: Option<String>,
}

/// How Discord is reached.
#[derive(Debug, Clone)]
pub struct Discord {
    /// `DISCORD_TOKEN`: the bot's token, from the developer portal.
    pub token: SecretString,
    /// `DISCORD_API_URL`: where the REST interface is, for servers that are like Discord; Discord's own where it is unset.
    pub api: Option<String>,
    /// `DISCORD_GATEWAY_URL`: where the gateway is; what the REST interface says where it is unset.
    pub gateway: Option<String>,
    /// `DISCORD_MESSAGE_CONTENT`: `off` where the application has no Message Content Intent; answers are then taken privately.
    pub message_content: bool,
    /// `DISCORD_DEV_GUILD`: the server in which alone commands are registered, for development: there they show at once.
    pub dev_guild: Option<u64>,
}

impl Discord {
    fn read(text: impl Fn(&str) -> Option<String>) -> anyhow::Result<Option<Discord>> {
        let Some(token) = text("DISCORD_TOKEN") else { return Ok(None) };
        let message_content = match text("DISCORD_MESSAGE_CONTENT").map(|word| word.to_lowercase()).as_deref() {
            None | Some("on" | "true" | "1" | "yes") => true,
            Some("off" | "false" | "0" | "no") => false,
            Some(other) => anyhow::bail!("DISCORD_MESSAGE_CONTENT is on or off, not {other:?}"),
        };
        let dev_guild = text("DISCORD_DEV_GUILD").map(|id| {
            id.parse().ok().filter(|id| *id > 0).context(format!(
            "DISCORD_DEV_GUILD takes a server's id, a number (in Discord: Settings, Advanced, Developer Mode; then right-click the server, \
             Copy Server ID), not {id:?}"
        ))
        });
        Ok(Some(Discord {
            token: SecretString::from(token.trim().trim_start_matches("Bot ").to_owned()),
            api: text("DISCORD_API_URL"),
            gateway: text("DISCORD_GATEWAY_URL"),
            message_content,
            dev_guild: dev_guild.transpose()?,
        }))
    }
}

impl Config {
    /// Reads `.env` in the current folder, where there is one, and the environment, which wins.
    ///
    /// # Errors
    /// A `.env` that can't be read, with its line; a setting that means nothing.
    pub fn read() -> anyhow::Result<Config> {
        match dotenvy::dotenv() {
            Err(e) if !e.not_found() => anyhow::bail!(".env can't be read: {e}"),
            _ => {}
        }
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let text = |name: &str| set(name).map(|value| value.to_string_lossy().into_owned());
        Ok(Config {
            database_url: text("DATABASE_URL").map(SecretString::from),
            data: set("MESHDRILL_DATA").map(PathBuf::from),
            packs: set("MESHDRILL_PACKS").map(|paths: OsString| std::env::split_paths(&paths).collect()).unwrap_or_default(),
            room_key: text("MESHDRILL_ROOM_KEY").map(SecretString::from),
            discord: Discord::read(text)?,
            no_colour: set("NO_COLOR").is_some(),
            log: text("RUST_LOG"),
        })
    }
}
