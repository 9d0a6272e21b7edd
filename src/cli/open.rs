//! Opens the database that the environment names.

use crate::config::Config;
use crate::store::{Db, OpenError};
use secrecy::ExposeSecret;
use std::path::{Path, PathBuf};

/// Where the embedded database lives when nothing else is said.
pub(crate) const FOLDER: &str = "data";

/// PostgreSQL where `DATABASE_URL` is set, otherwise the embedded SQLite in `MESHDRILL_DATA` or `./data`.
pub(crate) async fn configured(config: &Config) -> Result<Db, OpenError> {
    match &config.database_url {
        Some(url) => Db::postgres(url.expose_secret()).await,
        None => sqlite(&config.data.clone().unwrap_or_else(|| PathBuf::from(FOLDER))).await,
    }
}

/// The embedded SQLite in a folder.
pub(crate) async fn sqlite(folder: &Path) -> Result<Db, OpenError> {
    Db::sqlite(folder).await
}
