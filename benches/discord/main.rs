//! Discord under load, on PostgreSQL with its usual safety, against the tests' Discord of our own on loopback.
//!
//! `cargo bench --bench discord` runs all parts; `cargo bench --bench discord -- answers` one: `answers` (200 answers a second over 200
//! servers, then as many as will go, and a bare serenity echo bot likewise), `memory` (1,000 servers of 100 channels), `bulk` (10,000
//! channels due in one minute under Discord's own limits, while members answer; seven minutes; a number after it means other than 10,000).
//! The double, PostgreSQL and the bot share the machine's cores; the bot is a process of its own.

#![expect(clippy::unwrap_used, reason = "a benchmark that can't go on should stop there")]

mod answers;
mod bots;
mod bulk;
#[expect(dead_code, unused_imports, unused_macros, reason = "the tests' own, of which a part is used here")]
#[path = "../../tests/it/databases.rs"]
mod databases;
#[path = "../../tests/it/discord"]
mod discord {
    #[expect(dead_code, unused_imports, reason = "the tests' own, of which a part is used here")]
    pub(crate) mod double;
}
mod memory;

use discord::double::Id;
use std::time::Duration;

/// Its usual safety, and the time of every commit.
const POSTGRES: &str = "fsync=on track_commit_timestamp=on";

fn main() {
    if bots::is_one() {
        return bots::run();
    }
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    if std::env::var_os(databases::SETTINGS).is_none() {
        let again = std::process::Command::new(std::env::current_exe().unwrap()).args(&asked).env(databases::SETTINGS, POSTGRES).status();
        std::process::exit(again.unwrap().code().unwrap_or(1));
    }
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let wanted = |part: &str| asked.is_empty() || asked[0] == part;
    if wanted("answers") {
        runtime.block_on(answers::measure());
    }
    if wanted("memory") {
        runtime.block_on(memory::measure());
    }
    if wanted("bulk") {
        let channels = asked.get(1).map_or(10_000, |number| number.parse().unwrap());
        runtime.block_on(bulk::measure(channels));
    }
}

/// One line with the usual quantiles.
fn report(what: &str, mut took: Vec<Duration>) {
    took.sort();
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize];
    println!("{what}: p50 {:.1?}, p99 {:.1?}, slowest {:.1?} of {}", at(0.5), at(0.99), at(1.0), took.len());
}

/// The message that a request puts a reaction on.
fn reacted(path: &str) -> Option<Id> {
    path.split_once("/messages/")?.1.split_once("/reactions/")?.0.parse().ok()
}
