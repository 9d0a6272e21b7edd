//! The one test binary.

mod bank;
