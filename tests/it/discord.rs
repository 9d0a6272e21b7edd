//! Discord: a Discord of our own, and what the bot does in it.

mod answers;
mod bot;
mod completing;
mod double;
mod double_tests;
mod evening;
mod faults;
mod forums;
mod kills;
mod lanes;
mod manners;
mod old_buttons;
mod paging;
mod places;
mod reconnects;
mod setting_up;
mod standing;
mod start;
mod taken_away;
mod talk;
mod team;
mod twice;
mod waiting;
