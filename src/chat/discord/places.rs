//! What each channel is, as far as anybody told: whether messages in it may be answers, and how something is posted there.
//!
//! Only a cache: what isn't known is asked for.

use super::rest::{Fault, Lane, Request, Rest, Route};
use serde_json::Value;
use std::collections::{HashMap, HashSet};
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
pub struct Places {
    kinds: RwLock<HashMap<u64, Kind>>,
    /// Servers that can't be reached, or that the bot was removed from.
    away: RwLock<HashSet<u64>>,
}

impl Places {
    /// Notes what a channel is.
    pub fn learn(&self, channel: u64, kind: Kind) {
        if kind != Kind::Thread {
            self.kinds.write().unwrap_or_else(PoisonError::into_inner).insert(channel, kind);
        }
    }

    /// A channel is gone.
    pub fn forget(&self, channel: u64) {
        self.kinds.write().unwrap_or_else(PoisonError::into_inner).remove(&channel);
    }

    /// A server is out of reach: what is written there isn't told.
    pub fn is_away(&self, guild: u64) {
        self.away.write().unwrap_or_else(PoisonError::into_inner).insert(guild);
    }

    /// A server can be reached. True: it was away.
    pub fn is_back(&self, guild: u64) -> bool {
        self.away.write().unwrap_or_else(PoisonError::into_inner).remove(&guild)
    }

    /// It may be a thread: nobody said that it is something else.
    pub fn may_be_thread(&self, channel: u64) -> bool {
        self.known(channel).is_none()
    }

    fn known(&self, channel: u64) -> Option<Kind> {
        self.kinds.read().unwrap_or_else(PoisonError::into_inner).get(&channel).copied()
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

/// The tag a forum's post is given: the first whose name stands in one of these texts, and else, where the forum asks for a tag, its first.
/// Tags that only moderators may give are none of ours.
pub fn tag<'f>(forum: &'f Value, about: &[&str]) -> Option<&'f str> {
    const REQUIRE_TAG: u64 = 1 << 4;
    let asks = forum["flags"].as_u64().unwrap_or_default() & REQUIRE_TAG != 0;
    let usable = || forum["available_tags"].as_array().into_iter().flatten().filter(|tag| tag["moderated"] != true);
    let about: Vec<String> = about.iter().map(|text| words(text)).collect();
    let names_it = |tag: &&Value| {
        let name = words(tag["name"].as_str().unwrap_or_default());
        !name.trim().is_empty() && about.iter().any(|text| text.contains(&name))
    };
    usable().find(names_it).or_else(|| usable().next().filter(|_| asks))?["id"].as_str()
}

/// Its words in lower case, with a space before and behind each; "dailies" and "daily" differ, "Questions" and "question" don't.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(|word| word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word))
        .fold(" ".to_owned(), |text, word| text + word + " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_fitting_tag_is_given_or_any_where_one_must_be() {
        let forum = |flags: u64, names: &[&str]| {
            let tag = |name: &&str| json!({ "id": name, "name": name.trim_matches('!'), "moderated": name.starts_with('!') });
            json!({ "flags": flags, "available_tags": names.iter().map(tag).collect::<Vec<_>>() })
        };
        let about = ["Istio question of Tuesday 24 November", "Security, senior", "daily"];
        for (required, names, given) in [
            (true, vec!["Off topic", "Daily"], Some("Daily")),
            (true, vec!["Off topic", "Questions"], Some("Questions")),
            (false, vec!["Off topic", "security"], Some("security")),
            (true, vec!["!Istio", "Off topic", "Help"], Some("Off topic")),
            (false, vec!["Off topic", "!Istio", "sec", "🎉"], None),
            (true, vec!["!Istio"], None),
            (true, vec![], None),
        ] {
            assert_eq!(given, tag(&forum(if required { 1 << 4 } else { 0 }, &names), &about), "{names:?}");
        }
    }
}
