//! The one test binary.

mod thread_messages;
