//! `meshdrill slack`: what is needed to make the app in Slack.

use crate::bank::Pack;
use crate::chat::slack::manifest::{Way, manifest};
use anyhow::Result;
use std::io::Write;
use std::process::ExitCode;

/// Options of `meshdrill slack`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Print the app's manifest, to paste where Slack makes an app from one
    Manifest {
        /// Slack is reached by a connection that the program keeps open (this is what holds when nothing is named)
        #[arg(long, conflicts_with = "url")]
        socket: bool,
        /// Slack sends its requests to this address of yours, such as https://drill.example.org
        #[arg(long, value_name = "ADDRESS", value_parser = address)]
        url: Option<String>,
        /// Don't read what is typed in threads; answers are then given privately
        #[arg(long)]
        private: bool,
    },
}

/// Does what was asked.
pub(crate) fn run(args: Args, packs: &[Pack], out: &mut impl Write) -> Result<ExitCode> {
    let What::Manifest { socket: _, url, private } = args.what;
    let way = url.map_or(Way::Socket, Way::Url);
    writeln!(out, "{}", serde_json::to_string_pretty(&manifest(packs, &way, !private))?)?;
    Ok(ExitCode::SUCCESS)
}

/// Slack sends to encrypted addresses only.
fn address(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").ok_or("it takes an address that begins with https://")?;
    let host = rest.split('/').next().unwrap_or_default();
    let fits = !host.is_empty() && !text.contains(['?', '#', '"', ' ']) && text.is_ascii();
    if fits { Ok(text.trim_end_matches('/').to_owned()) } else { Err("it takes an address such as https://drill.example.org".into()) }
}
