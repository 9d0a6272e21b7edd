//! `meshdrill questions`: check, list and show what the bank holds, and try answers on it.

use crate::bank::load::{Reading, Written};
use crate::bank::{Fault, nearest};
use anyhow::{anyhow, bail};
use clap::Subcommand;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

mod check;
mod graded;
mod show;
mod trial;
mod verdicts;

/// What `questions` is followed by.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Name every fault of the questions, with file, line and cure
    Check {
        /// Only these questions, topics or packs
        #[arg(value_name = "ID")]
        only: Vec<String>,
    },
    /// List the questions
    List {
        /// Only those of this topic
        #[arg(long)]
        topic: Option<String>,
        /// Only those of this level: junior, mid or senior
        #[arg(long)]
        level: Option<String>,
    },
    /// Show a question with its model answer, rubric, hints and sources
    Show {
        /// The question's id
        id: String,
    },
    /// Grade answers as you type them, and say why a phrasing missed
    ///
    /// Piped, each line is an answer, or each paragraph where empty lines divide them. With --questions the files are
    /// read again whenever they change.
    Try {
        /// The question's id
        id: String,
    },
}

pub(super) fn run(args: Args, folder: Option<&Path>, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let reading = || crate::cli::reading(folder);
    match args.act {
        Act::Check { only } => check::check(&reading(), &only, out),
        Act::List { topic, level } => show::list(&reading(), topic.as_deref(), level.as_deref(), out),
        Act::Show { id } => show::show(find(&reading(), &id)?, out),
        Act::Try { id } => trial::run(folder, &id, out),
    }
}

/// The question `id`. Errors name the nearest id, or the faults that keep the question from being read.
fn find<'r>(reading: &'r Reading, id: &str) -> anyhow::Result<&'r Written> {
    if let Some(written) = reading.written.iter().find(|written| written.question.id == id) {
        return Ok(written);
    }
    let faults: Vec<_> = reading.faults.iter().filter(|fault| stem(&fault.file) == id).map(Fault::to_string).collect();
    if !faults.is_empty() {
        bail!("the question `{id}` can't be read:\n{}", faults.join("\n"));
    }
    Err(no_question(reading, id))
}

fn no_question(reading: &Reading, id: &str) -> anyhow::Error {
    match nearest(id, reading.written.iter().map(|written| &*written.question.id)) {
        Some(near) => anyhow!("there is no question `{id}`; did you mean `{near}`?"),
        None => anyhow!("there is no question `{id}`; `meshdrill questions list` names them all"),
    }
}

/// `jwt-vs-mtls` of `…/security/jwt-vs-mtls.answers.toml`.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".answers.toml").or_else(|| name.strip_suffix(".toml")).unwrap_or(name)
}
