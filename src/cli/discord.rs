//! `meshdrill discord`: what is needed to add the bot to a server.

use crate::chat::discord;
use crate::cli::serve::settings;
use crate::config::Config;
use anyhow::{Context, Result};
use std::io::Write;
use std::process::ExitCode;

/// Options of `meshdrill discord`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Print the link that invites the bot to a server, with the permissions it needs and no others
    Invite,
}

/// Does what was asked.
pub(crate) async fn run(args: Args, config: &Config, out: &mut impl Write) -> Result<ExitCode> {
    let What::Invite = args.what;
    let discord =
        config.discord.clone().context("DISCORD_TOKEN is not set; the developer portal shows it once, on your application's page Bot")?;
    writeln!(out, "{}", discord::invitation(&settings(discord)).await?)?;
    Ok(ExitCode::SUCCESS)
}
