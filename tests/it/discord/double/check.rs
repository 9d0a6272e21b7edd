//! What comes in and goes out, checked.

use super::rest::{Reply, Request};
use serde_json::Value;
use std::fmt;

/// Something wrong with a request.
#[derive(Debug, Clone)]
pub(crate) struct Wrong {
    /// Where in the body.
    pub(crate) path: String,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    /// Discord itself refuses it.
    pub(crate) refused: bool,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.path, self.message, self.code)
    }
}

pub(crate) fn request(_request: &Request) -> Vec<Wrong> {
    Vec::new()
}

pub(crate) fn response(_request: &Request, _reply: &Reply) -> Vec<String> {
    Vec::new()
}

pub(crate) fn event(_name: &str, _data: &Value) -> Option<String> {
    None
}
