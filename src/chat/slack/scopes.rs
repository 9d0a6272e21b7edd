//! What the app may do and is told of, each with its reason: the least that serves.

/// A permission of the app's bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// Slack's name of it.
    pub name: &'static str,
    /// What it is for, in words for whoever installs the app.
    pub why: &'static str,
    /// Only where the app reads what is typed in threads.
    pub reads: bool,
}

/// An event the app is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subscription {
    /// Slack's name of it.
    pub name: &'static str,
    /// What it is for.
    pub why: &'static str,
    /// Only where the app reads what is typed in threads.
    pub reads: bool,
}

const fn scope(name: &'static str, reads: bool, why: &'static str) -> Scope {
    Scope { name, why, reads }
}

const fn told(name: &'static str, reads: bool, why: &'static str) -> Subscription {
    Subscription { name, why, reads }
}

/// All scopes, in the order of the alphabet.
pub const SCOPES: &[Scope] = &[
    scope("app_mentions:read", false, "to answer when it is mentioned in a thread, where slash commands can't go"),
    scope("channels:history", true, "to read answers that are typed in threads of public channels"),
    scope("channels:read", false, "to see that a public channel is archived, or that the bot is not in it"),
    scope("chat:write", false, "to post questions, and grades that only their author sees"),
    scope("commands", false, "to offer /istio and the shortcut \"Grade this answer\""),
    scope("files:write", false, "to show the podium and your own topics as pictures"),
    scope("groups:history", true, "to read answers that are typed in threads of private channels it was invited to"),
    scope("groups:read", false, "to see that a private channel is archived, or that the bot is not in it"),
    scope("im:history", true, "to read what you write to it in direct messages"),
    scope("im:write", false, "to answer in direct messages"),
    scope("reactions:write", false, "to put a sign on an answer once it is graded"),
    scope("users:read", false, "to know names, time zones, and who administers the workspace"),
];

/// All events, in the order of the alphabet.
pub const SUBSCRIPTIONS: &[Subscription] = &[
    told("app_home_opened", false, "to show your standing in the app's Home"),
    told("app_mention", false, "to answer when it is mentioned"),
    told("app_uninstalled", false, "to stop, and to forget the workspace"),
    told("channel_archive", false, "to hold the daily question of a channel that was archived"),
    told("channel_deleted", false, "to hold the daily question of a channel that was deleted"),
    told("channel_unarchive", false, "to go on"),
    told("group_archive", false, "the same in private channels"),
    told("group_deleted", false, "the same in private channels"),
    told("group_unarchive", false, "the same in private channels"),
    told("member_joined_channel", false, "to go on in a channel the bot was invited to again"),
    told("message.channels", true, "answers in threads of public channels"),
    told("message.groups", true, "answers in threads of private channels"),
    told("message.im", true, "what you write to it in direct messages"),
    told("tokens_revoked", false, "to stop where its access was taken back"),
];
