//! Discord: a Discord of our own, and what the bot does in it.

mod double;
mod double_tests;
