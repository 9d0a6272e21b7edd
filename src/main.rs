//! Parses the command line, reads the configuration and starts.

use clap::Parser;
use meshdrill::cli::{self, Cli};
use meshdrill::config::Config;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let started = Config::read().and_then(|config| {
        let filter = EnvFilter::try_new(config.log.as_deref().unwrap_or("warn")).unwrap_or_else(|_| EnvFilter::new("warn"));
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
        cli::run(cli, &config)
    });
    started.unwrap_or_else(|error| {
        // One line a cause, so that the first one reads alone.
        eprintln!("meshdrill: {error}");
        error.chain().skip(1).for_each(|cause| eprintln!("  because: {cause}"));
        ExitCode::from(2)
    })
}
