//! Discord.

pub mod limits;
pub mod render;
