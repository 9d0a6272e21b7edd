//! The environment, read once, with `.env` beside it; secrets wrapped.

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
    /// `NO_COLOR` is set to anything: no colour (no-color.org).
    pub no_colour: bool,
    /// `RUST_LOG`: what is logged; `warn` where it is unset.
    pub log: Option<String>,
}

impl Config {
    /// Reads `.env` in the current folder, where there is one, and the environment, which wins.
    ///
    /// # Errors
    /// A `.env` that can't be read, with its line.
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
            no_colour: set("NO_COLOR").is_some(),
            log: text("RUST_LOG"),
        })
    }
}
