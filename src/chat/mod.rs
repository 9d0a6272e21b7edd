//! Where people are: each chat reads its events, renders cards and sends them. Nothing about the quiz is decided here.

pub mod delivery;
pub mod discord;
pub mod local;
pub mod slack;
mod table;
mod words;
