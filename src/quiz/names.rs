//! What members are called where others read it: each told apart from whoever looks the same.

use crate::screening;
use crate::store::people::Member;
use std::collections::HashMap;
use uuid::Uuid;

/// The names of a workspace's members. Of those that look alike the first who was known keeps theirs as it is.
pub(super) struct Names(HashMap<Uuid, Name>);

struct Name {
    shown: String,
    numbered: bool,
}

impl Names {
    /// Of everybody in a workspace, in the order in which they became known.
    pub(super) fn of(members: &[Member]) -> Names {
        let told_apart = screening::told_apart(members.iter().map(Member::shown));
        let named = members.iter().zip(told_apart).map(|(member, shown)| {
            let numbered = shown != member.shown();
            (member.id, Name { shown, numbered })
        });
        Names(named.collect())
    }

    /// What one member is called.
    pub(super) fn shown(&self, member: Uuid) -> &str {
        self.0.get(&member).map_or("somebody", |name| &name.shown)
    }

    /// The member bears a number here, and these, in small letters, are their name with it.
    pub(super) fn is_numbered(&self, member: Uuid, lower: &str) -> bool {
        self.0.get(&member).is_some_and(|name| name.numbered && name.shown.to_lowercase() == lower)
    }
}
