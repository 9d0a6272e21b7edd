//! `meshdrill migrate`: brings the database's schema up to date, and says so.

use crate::cli::open;
use crate::config::Config;
use anyhow::Result;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Options of `meshdrill migrate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder of the embedded database
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

pub(crate) async fn run(args: Args, config: &Config, out: &mut impl Write) -> Result<ExitCode> {
    let db = match args.data {
        Some(folder) => open::sqlite(&folder).await?,
        None => open::configured(config).await?,
    };
    writeln!(out, "The {} database is up to date.", if db.engine() == "postgres" { "PostgreSQL" } else { "SQLite" })?;
    db.close().await;
    Ok(ExitCode::SUCCESS)
}
