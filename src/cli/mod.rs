//! The command line: one subcommand a file; this one parses and dispatches.

use crate::bank::Pack;
use crate::bank::load::{self, Reading};
use crate::config::Config;
use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

mod discord;
mod grade;
mod migrate;
mod open;
mod practice;
mod questions;
mod serve;
mod slack;

/// What the command line says.
#[derive(Debug, Parser)]
#[command(name = "meshdrill", version, about)]
pub struct Cli {
    /// Take the questions from this folder of packs instead of those in the program
    #[arg(long, global = true, value_name = "DIR")]
    pub questions: Option<PathBuf>,
    /// What to do; without any, `serve`.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open the chats that are configured, or the room in the browser
    Serve(serve::Args),
    /// Open the room in the terminal
    Practice(practice::Args),
    /// Add the bot to Discord
    Discord(discord::Args),
    /// Make the app in Slack
    Slack(slack::Args),
    /// Grade answers
    Grade(grade::Args),
    /// Check, list, show and try the questions
    Questions(questions::Args),
    /// Bring the database's schema up to date
    Migrate(migrate::Args),
}

/// Does what the command line says. The exit code is 0 where all is well and 1 where something was found wrong. Errors
/// are what kept the command from being done; the program then ends with 2, as for a command that can't be understood.
pub fn run(cli: Cli, config: &Config) -> anyhow::Result<ExitCode> {
    let folder = cli.questions.as_deref();
    let done = match cli.command.unwrap_or(Command::Serve(serve::Args::usual())) {
        Command::Serve(args) => packs(folder, config).and_then(|packs| runtime()?.block_on(serve::run(args, packs, config))),
        Command::Practice(args) => packs(folder, config).and_then(|packs| runtime()?.block_on(practice::run(args, packs, config))),
        Command::Discord(args) => runtime()?.block_on(discord::run(args, config, &mut io::stdout())),
        Command::Slack(args) => packs(folder, config).and_then(|packs| slack::run(args, &packs, &mut io::stdout())),
        Command::Grade(args) => grade::run(args, folder, &mut io::stdout().lock()),
        Command::Questions(args) => questions::run(args, folder, &mut io::stdout().lock()),
        Command::Migrate(args) => runtime()?.block_on(migrate::run(args, config, &mut io::stdout())),
    };
    match done {
        // `meshdrill questions list | head` is no failure.
        Err(error) if is_broken_pipe(&error) => Ok(ExitCode::SUCCESS),
        done => done,
    }
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().context("the program can't start its threads")
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let cause = error.root_cause().downcast_ref::<io::Error>();
    cause.is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// All that can be read of the questions: those below `folder`, or those in the program.
pub(crate) fn reading(folder: Option<&Path>) -> Reading {
    folder.map_or_else(load::read_embedded, load::read_dir)
}

/// The packs to play with: those of [`reading`], and the further ones that the environment names. A pack with faults stops the program
/// rather than ask a question that can't be graded.
fn packs(folder: Option<&Path>, config: &Config) -> Result<Vec<Pack>> {
    let mut packs = Vec::new();
    let more = config.packs.iter().map(|folder| load::dir(folder));
    for read in std::iter::once(reading(folder).sound()).chain(more) {
        match read {
            Ok(read) => packs.extend(read),
            Err(faults) => {
                faults.iter().try_for_each(|fault| writeln!(io::stderr(), "{fault}"))?;
                anyhow::bail!("the questions have faults; `meshdrill questions check` lists them");
            }
        }
    }
    Ok(packs)
}
