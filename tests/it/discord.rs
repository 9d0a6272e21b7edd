//! Discord: a Discord of our own, and what the bot does in it.

mod bot;
mod double;
mod double_tests;
mod evening;
mod kills;
mod setting_up;
