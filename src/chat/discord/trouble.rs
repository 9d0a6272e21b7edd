//! What Discord's refusals mean for a message that was to be sent, in words a lead can do something with.

use super::rest::Fault;
use crate::chat::delivery::Outcome;
use jiff::SignedDuration;
use std::time::Duration;

/// Discord's codes for what happens every day.
pub(super) mod code {
    /// There is no such channel or thread any more.
    pub(in crate::chat::discord) const UNKNOWN_CHANNEL: i64 = 10_003;
    /// The bot is no longer in the server.
    pub(in crate::chat::discord) const UNKNOWN_GUILD: i64 = 10_004;
    /// There is no such message any more.
    pub(in crate::chat::discord) const UNKNOWN_MESSAGE: i64 = 10_008;
    /// The bot can't see the channel.
    pub(in crate::chat::discord) const MISSING_ACCESS: i64 = 50_001;
    /// The bot may not do that there.
    pub(in crate::chat::discord) const MISSING_PERMISSIONS: i64 = 50_013;
    /// The thread is archived.
    pub(in crate::chat::discord) const ARCHIVED: i64 = 50_083;
    /// The message has its thread already.
    pub(in crate::chat::discord) const THREAD_EXISTS: i64 = 160_004;
    /// The thread is locked.
    pub(in crate::chat::discord) const THREAD_LOCKED: i64 = 160_005;
    /// The forum asks for a tag, and has none that may be given.
    pub(in crate::chat::discord) const TAG_REQUIRED: i64 = 40_067;
    /// The author of the message blocked the bot, so it can't react.
    pub(in crate::chat::discord) const REACTION_BLOCKED: i64 = 90_001;
}

/// What was to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// A message in a channel.
    Post,
    /// A thread on a message.
    Open,
    /// A post in a forum.
    ForumPost,
    /// A message in a thread.
    Reply,
    /// A message in the thread that a forum's post is.
    ForumReply,
    /// A change of one's own message.
    Edit,
    /// A sign on a message.
    React,
}

impl Deed {
    /// What it is called, and the permissions it takes, as Discord's settings name them.
    fn needs(self) -> (&'static str, &'static str) {
        match self {
            Deed::Post => ("post", "View Channel, Send Messages and Embed Links"),
            Deed::Open => ("open a thread", "Create Public Threads"),
            Deed::ForumPost => ("make a post", "View Channel, Send Messages and Embed Links"),
            Deed::Reply | Deed::ForumReply => ("write in the thread", "Send Messages in Threads and Embed Links"),
            Deed::Edit => ("change my message", "View Channel and Read Message History"),
            Deed::React => ("react to answers", "Add Reactions and Read Message History"),
        }
    }
}

/// What becomes of a row whose request had this fault. What is unclear is for the caller, who can look.
pub(super) fn outcome(fault: &Fault, deed: Deed) -> Outcome {
    let (what, permissions) = deed.needs();
    match fault {
        Fault::Later(after) => Outcome::Later(pause(*after)),
        Fault::Unreachable(_) => Outcome::Later(SignedDuration::from_secs(5)),
        Fault::Unclear(_) => Outcome::Unclear,
        Fault::Refused { status: 401, .. } => Outcome::Blocked {
            why: "Discord no longer takes my token".into(),
            cure: "reset it in the developer portal, on the page Bot, and start me with the new one".into(),
        },
        Fault::Refused { code: code::MISSING_ACCESS | code::MISSING_PERMISSIONS | code::UNKNOWN_GUILD, .. } => Outcome::Blocked {
            why: format!("I may not {what} there"),
            cure: format!("in the channel's settings, under Permissions, allow me {permissions}"),
        },
        Fault::Refused { code: code::TAG_REQUIRED, .. } => Outcome::Blocked {
            why: "that forum asks for a tag on every post and has none that I may give".into(),
            cure: "in the forum's settings, add a tag that everybody may use, or switch off that tags are required".into(),
        },
        Fault::Refused { code: code::ARCHIVED | code::THREAD_LOCKED, .. } => {
            Outcome::Blocked { why: "the thread is locked".into(), cure: "unlock it, or leave it: answers can be given privately".into() }
        }
        Fault::Refused { code: code::UNKNOWN_CHANNEL, .. } if deed == Deed::ForumReply => Outcome::Gone("it was deleted".into()),
        Fault::Refused { code: code::UNKNOWN_CHANNEL, .. } if matches!(deed, Deed::Reply | Deed::React) => {
            Outcome::Failed("the thread was deleted".into())
        }
        Fault::Refused { code: code::UNKNOWN_CHANNEL, .. } => Outcome::Failed("the channel was deleted".into()),
        Fault::Refused { code: code::UNKNOWN_MESSAGE, .. } => Outcome::Failed("the message it belongs to was deleted".into()),
        Fault::Refused { status, code, message } => Outcome::Failed(format!("Discord refused it ({status}, {code}): {message}")),
    }
}

fn pause(after: Duration) -> SignedDuration {
    SignedDuration::try_from(after).unwrap_or(SignedDuration::from_mins(1))
}
