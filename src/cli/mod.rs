//! The command line: one subcommand a file; this one parses and dispatches.

use crate::bank::load::{self, Reading};
use clap::{CommandFactory, Parser, Subcommand};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

mod grade;
mod questions;

/// What the command line says.
#[derive(Debug, Parser)]
#[command(name = "meshdrill", version, about)]
pub struct Cli {
    /// Take the questions from this folder of packs instead of those in the program
    #[arg(long, global = true, value_name = "DIR")]
    pub questions: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Grade answers
    Grade(grade::Args),
    /// Check, list, show and try the questions
    Questions(questions::Args),
}

/// Does what the command line says. The exit code is 0 where all is well and 1 where something was found wrong. Errors
/// are what kept the command from being done; the program then ends with 2, as for a command that can't be understood.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let folder = cli.questions.as_deref();
    let mut out = io::stdout().lock();
    let done = match cli.command {
        Some(Command::Grade(args)) => grade::run(args, folder, &mut out),
        Some(Command::Questions(args)) => questions::run(args, folder, &mut out),
        None => {
            write!(io::stderr(), "{}", Cli::command().render_help())?;
            return Ok(ExitCode::from(2));
        }
    };
    match done {
        // `meshdrill questions list | head` is no failure.
        Err(error) if is_broken_pipe(&error) => Ok(ExitCode::SUCCESS),
        done => done,
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let cause = error.root_cause().downcast_ref::<io::Error>();
    cause.is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// All that can be read of the questions: those below `folder`, or those in the program.
pub(crate) fn reading(folder: Option<&Path>) -> Reading {
    folder.map_or_else(load::read_embedded, load::read_dir)
}
