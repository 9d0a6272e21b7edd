//! The one test binary.

#![expect(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that can't go on should stop there; a conversation is as long as it is"
)]

mod agreement;
mod bank;
mod bodies;
mod browser;
mod calendar;
mod conversations;
mod databases;
mod discord;
mod discord_rest;
mod grading;
mod house_rules;
mod migrations;
mod opening;
mod pages;
mod readme;
mod room;
mod slack;
mod statements;
mod store;
mod thread_messages;
mod web;
mod written;
