//! Discord: the only place that knows of it.

pub mod limits;
pub mod picture;
pub mod render;
pub mod rest;
