//! Slack: its app, held against what Slack itself says of apps.

mod manifest;
mod specs;
