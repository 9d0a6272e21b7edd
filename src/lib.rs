//! Meshdrill: an interview-practice bot for team chat.

pub mod bank;
pub mod chat;
pub mod cli;
pub mod command;
pub mod config;
pub mod grade;
pub mod message;
pub mod quiz;
pub mod store;
