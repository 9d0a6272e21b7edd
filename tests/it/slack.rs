//! Slack: its app, held against what Slack itself says of apps.

mod blocks;
mod manifest;
mod specs;
