//! Discord.

pub mod limits;
pub mod picture;
pub mod render;
