//! The local room: channel, threads and private answers on this machine, with no token and no server.

pub mod clock;
mod filling;
pub mod render;
mod screen;
pub mod terminal;
pub mod web;

use crate::message::Home;
use crate::store::outbox::Reach;

/// How its workspaces name the platform.
pub(crate) const PLATFORM: &str = "local";

/// What is said in the room.
const REACH: Reach = Reach::of(PLATFORM);

/// The local room as a workspace.
pub fn home() -> Home {
    Home { platform: PLATFORM.into(), id: "room".into() }
}
