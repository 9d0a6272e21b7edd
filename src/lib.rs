//! Meshdrill: an interview-practice bot for team chat.

pub mod bank;
pub mod cli;
pub mod grade;
