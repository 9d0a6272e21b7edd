//! Meshdrill: an interview-practice bot for team chat.

pub mod bank;
pub mod command;
pub mod cli;
pub mod grade;
pub mod message;
pub mod store;
