//! Discord: the only place that knows of it.

pub mod rest;
