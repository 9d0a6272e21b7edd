//! What each channel is, as far as anybody told: whether messages in it may be answers, and how something is posted there.
//!
//! Only a cache: what isn't known is asked for.

use super::rest::{Fault, Lane, Request, Rest, Route};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// Discord's channel types, as far as they matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Messages, and threads on them.
    Text,
    /// Only posts, each a thread with its first message.
    Forum,
    /// A thread of either.
    Thread,
    /// Anything else.
    Other,
}

impl Kind {
    /// From Discord's number.
    pub fn of(number: u64) -> Kind {
        match number {
            0 | 5 => Kind::Text,
            10..=12 => Kind::Thread,
            15 | 16 => Kind::Forum,
            _ => Kind::Other,
        }
    }
}

/// The channels that were told of. A thread is never kept: there is no end of them.
#[derive(Debug, Default)]
pub struct Places(RwLock<HashMap<u64, Kind>>);

impl Places {
    /// Notes what a channel is.
    pub fn learn(&self, channel: u64, kind: Kind) {
        if kind != Kind::Thread {
            self.0.write().unwrap_or_else(PoisonError::into_inner).insert(channel, kind);
        }
    }

    /// A channel is gone.
    pub fn forget(&self, channel: u64) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(&channel);
    }

    /// It may be a thread: nobody said that it is something else.
    pub fn may_be_thread(&self, channel: u64) -> bool {
        self.known(channel).is_none()
    }

    fn known(&self, channel: u64) -> Option<Kind> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&channel).copied()
    }

    /// What a channel is.
    ///
    /// # Errors
    /// It can't be asked for.
    pub async fn kind(&self, rest: &Rest, lane: Lane, channel: u64) -> Result<Kind, Fault> {
        if let Some(known) = self.known(channel) {
            return Ok(known);
        }
        let told = rest.call(lane, Request::new(Route::Channel { channel })).await?;
        let kind = Kind::of(told["type"].as_u64().unwrap_or(u64::MAX));
        self.learn(channel, kind);
        Ok(kind)
    }
}

/// The tag a forum's post must carry, where the forum asks for one: its first.
pub fn required_tag(forum: &Value) -> Option<&str> {
    const REQUIRE_TAG: u64 = 1 << 4;
    let asks = forum["flags"].as_u64().unwrap_or_default() & REQUIRE_TAG != 0;
    asks.then(|| forum["available_tags"][0]["id"].as_str()).flatten()
}
