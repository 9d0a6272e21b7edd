//! Parses the command line, reads the configuration and starts.

use clap::Parser;
use meshdrill::cli::{self, Cli};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    cli::run(Cli::parse()).unwrap_or_else(|error| {
        // One clear line: where in the program it arose is no use to the person who reads it.
        eprintln!("meshdrill: {error:#}");
        ExitCode::from(2)
    })
}
