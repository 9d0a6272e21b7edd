//! The one test binary.

#![expect(clippy::unwrap_used, reason = "a test that can't go on should stop there")]

mod bank;
mod grading;
