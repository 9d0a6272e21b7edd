//! Parses the command line and starts.

use clap::Parser;
use std::process::ExitCode;

fn main() -> anyhow::Result<ExitCode> {
    meshdrill::cli::run(meshdrill::cli::Cli::parse())
}
