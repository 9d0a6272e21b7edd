//! Discord: a Discord of our own, and what the bot does in it.

mod answers;
mod bot;
mod double;
mod double_tests;
mod evening;
mod faults;
mod kills;
mod lanes;
mod manners;
mod places;
mod reconnects;
mod setting_up;
mod standing;
mod start;
mod team;
