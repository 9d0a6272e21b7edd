//! The one test binary.

#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop there")]

mod calendar;
mod thread_messages;
mod house_rules;
mod written;
