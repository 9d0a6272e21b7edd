//! Meshdrill: an interview-practice bot for team chat.

pub mod bank;
pub mod grade;
pub mod quiz;
