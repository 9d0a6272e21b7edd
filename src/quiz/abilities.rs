//! What a chat can do, as far as the core must know it: told by the chat, so that no platform is known here.

use crate::quiz::Quiz;
use crate::quiz::floods::Floods;
use crate::quiz::plan::Answers;

/// What a chat can do. As it is by default, all that is typed can be read, and there are no groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Abilities {
    /// Why nobody's words in threads can be read, and what mends it, in plain sentences for a lead. None: they can be read.
    pub unread: Option<String>,
    /// Nothing carries the answer to a message in direct messages but another message: it goes through the outbox.
    pub posts_private: bool,
    /// It has groups of people that can be mentioned, named in commands as `<@&ID>`.
    pub groups: bool,
    /// How much one member may do within a minute.
    pub floods: Floods,
}

impl Abilities {
    /// Where answers are taken, when a schedule wishes this.
    pub(super) fn answers(&self, wished: Answers) -> Answers {
        if self.unread.is_some() { Answers::Private } else { wished }
    }

    /// Answers can't be taken there, and why.
    pub(super) fn refuses(&self, wished: Answers) -> Option<String> {
        let unread = self.unread.as_ref().filter(|_| wished != Answers::Private)?;
        Some(format!("Answers can only be private here. {unread}"))
    }
}

impl Quiz {
    /// With what a platform's chat can do, where that isn't as by default.
    #[must_use]
    pub fn with_abilities(mut self, platform: &str, abilities: Abilities) -> Quiz {
        self.abilities.insert(platform.to_owned(), abilities);
        self
    }
}
