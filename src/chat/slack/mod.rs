//! Slack: what an app needs of it, and how its requests are known to be its own.

pub mod limits;
pub mod manifest;
pub mod render;
pub mod scopes;
pub mod signature;
