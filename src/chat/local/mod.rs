//! The local room: channel, threads and private answers on this machine, with no token and no server.

pub mod clock;
mod filling;
pub mod render;
mod screen;
pub mod terminal;
pub mod web;
