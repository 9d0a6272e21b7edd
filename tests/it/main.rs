//! The one test binary.

#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop there")]

mod calendar;
mod databases;
mod house_rules;
mod store;
mod thread_messages;
mod written;
