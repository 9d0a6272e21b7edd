//! The one test binary.

#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop there")]

mod bank;
mod calendar;
mod conversations;
mod databases;
mod house_rules;
mod room;
mod store;
mod thread_messages;
mod written;
