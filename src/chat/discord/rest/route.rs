//! The endpoints we use: path, what they are limited by, and whether asking twice is harmless.

use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::hash::{DefaultHasher, Hash, Hasher};

/// An endpoint with its ids. Debug shows no token.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are the ids of Discord's paths")]
pub enum Route {
    /// The bot's own user.
    Me,
    /// The bot's own application.
    Application,
    /// Where the gateway is, and with how many shards.
    Gateway,
    /// The commands of all servers, with their localisations.
    Commands { application: u64 },
    /// Puts these in their place.
    PutCommands { application: u64 },
    /// The commands of one server, with their localisations.
    GuildCommands { application: u64, guild: u64 },
    /// Puts these in their place.
    PutGuildCommands { application: u64, guild: u64 },
    /// A server.
    Guild { guild: u64 },
    /// Its roles.
    GuildRoles { guild: u64 },
    /// Its channels, without threads.
    GuildChannels { guild: u64 },
    /// Its threads that aren't archived.
    ActiveThreads { guild: u64 },
    /// One of its members.
    GuildMember { guild: u64, user: u64 },
    /// A channel or thread.
    Channel { channel: u64 },
    /// Changes it; a thread is taken out of the archive so.
    EditChannel { channel: u64 },
    /// Up to 100 messages of a channel, newest first.
    Messages { channel: u64, limit: u8, part: Part },
    /// One message.
    Message { channel: u64, message: u64 },
    /// A new message. Repeated only where its body has a `nonce` and `enforce_nonce`.
    PostMessage { channel: u64 },
    /// Changes a message of one's own.
    EditMessage { channel: u64, message: u64 },
    /// A thread on a message. A second one is refused with 160004, so repeating is harmless; that refusal means that there is one.
    ThreadOnMessage { channel: u64, message: u64 },
    /// A post in a forum channel: a thread with its first message.
    ForumPost { channel: u64 },
    /// A reaction of our own: a character, or `name:id`.
    React { channel: u64, message: u64, emoji: String },
    /// The direct messages with somebody; the same ones each time.
    OpenDirect,
    /// The first answer to an interaction.
    Callback { interaction: u64, token: SecretString },
    /// Changes that answer.
    EditOriginal { application: u64, token: SecretString },
    /// Removes it.
    DeleteOriginal { application: u64, token: SecretString },
    /// A further answer.
    FollowUp { application: u64, token: SecretString },
}

/// Which messages of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The newest.
    Newest,
    /// Those right before this one.
    Before(u64),
    /// Those right after this one.
    After(u64),
}

/// What a path is limited by beside its template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Major {
    None,
    Channel(u64),
    Guild(u64),
    /// An application and an interaction's token, digested: many, and short-lived.
    Webhook(u64),
}

/// A route's name as Discord counts it. The method is part of it, as in `GET /channels/{channel}`.
pub(super) type Name = &'static str;

/// A route as it is sent.
pub(super) struct Way {
    /// Method and template, which is all that logs and errors show.
    pub(super) name: Name,
    pub(super) method: Method,
    /// The path's segments, not yet escaped.
    pub(super) segments: Vec<String>,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) major: Major,
    /// Interactions' callbacks and webhooks: not in the bot's global limit, and authorised by their own token.
    pub(super) outside: bool,
}

impl Route {
    /// Method and path with the names of its ids in place of them: safe to log.
    pub fn name(&self) -> &'static str {
        match self {
            Route::Me => "GET /users/@me",
            Route::Application => "GET /applications/@me",
            Route::Gateway => "GET /gateway/bot",
            Route::Commands { .. } => "GET /applications/{application}/commands",
            Route::PutCommands { .. } => "PUT /applications/{application}/commands",
            Route::GuildCommands { .. } => "GET /applications/{application}/guilds/{guild}/commands",
            Route::PutGuildCommands { .. } => "PUT /applications/{application}/guilds/{guild}/commands",
            Route::Guild { .. } => "GET /guilds/{guild}",
            Route::GuildRoles { .. } => "GET /guilds/{guild}/roles",
            Route::GuildChannels { .. } => "GET /guilds/{guild}/channels",
            Route::ActiveThreads { .. } => "GET /guilds/{guild}/threads/active",
            Route::GuildMember { .. } => "GET /guilds/{guild}/members/{user}",
            Route::Channel { .. } => "GET /channels/{channel}",
            Route::EditChannel { .. } => "PATCH /channels/{channel}",
            Route::Messages { .. } => "GET /channels/{channel}/messages",
            Route::Message { .. } => "GET /channels/{channel}/messages/{message}",
            Route::PostMessage { .. } => "POST /channels/{channel}/messages",
            Route::EditMessage { .. } => "PATCH /channels/{channel}/messages/{message}",
            Route::ThreadOnMessage { .. } => "POST /channels/{channel}/messages/{message}/threads",
            Route::ForumPost { .. } => "POST /channels/{channel}/threads",
            Route::React { .. } => "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me",
            Route::OpenDirect => "POST /users/@me/channels",
            Route::Callback { .. } => "POST /interactions/{webhook}/{token}/callback",
            Route::EditOriginal { .. } => "PATCH /webhooks/{webhook}/{token}/messages/@original",
            Route::DeleteOriginal { .. } => "DELETE /webhooks/{webhook}/{token}/messages/@original",
            Route::FollowUp { .. } => "POST /webhooks/{webhook}/{token}",
        }
    }

    /// What stands in the template's places, in their order.
    fn values(&self) -> Vec<String> {
        let ids = |ids: &[u64]| ids.iter().map(u64::to_string).collect::<Vec<_>>();
        let with_token = |id: &u64, token: &SecretString| vec![id.to_string(), token.expose_secret().to_owned()];
        match self {
            Route::Me | Route::Application | Route::Gateway | Route::OpenDirect => Vec::new(),
            Route::Commands { application } | Route::PutCommands { application } => ids(&[*application]),
            Route::GuildCommands { application, guild } | Route::PutGuildCommands { application, guild } => ids(&[*application, *guild]),
            Route::Guild { guild } | Route::GuildRoles { guild } | Route::GuildChannels { guild } | Route::ActiveThreads { guild } => {
                ids(&[*guild])
            }
            Route::GuildMember { guild, user } => ids(&[*guild, *user]),
            Route::Channel { channel }
            | Route::EditChannel { channel }
            | Route::Messages { channel, .. }
            | Route::PostMessage { channel }
            | Route::ForumPost { channel } => ids(&[*channel]),
            Route::Message { channel, message } | Route::EditMessage { channel, message } | Route::ThreadOnMessage { channel, message } => {
                ids(&[*channel, *message])
            }
            Route::React { channel, message, emoji } => vec![channel.to_string(), message.to_string(), emoji.clone()],
            Route::Callback { interaction: id, token }
            | Route::EditOriginal { application: id, token }
            | Route::DeleteOriginal { application: id, token }
            | Route::FollowUp { application: id, token } => with_token(id, token),
        }
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        match self {
            Route::Commands { .. } | Route::GuildCommands { .. } => vec![("with_localizations", "true".to_owned())],
            Route::Messages { limit, part, .. } => {
                let mut query = vec![("limit", limit.to_string())];
                match part {
                    Part::Newest => {}
                    Part::Before(id) => query.push(("before", id.to_string())),
                    Part::After(id) => query.push(("after", id.to_string())),
                }
                query
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn way(&self) -> Way {
        let name = self.name();
        let (method, template) = name.split_once(' ').unwrap_or(("GET", name));
        let mut values = self.values().into_iter();
        let mut major = Major::None;
        let mut webhook = DefaultHasher::new();
        let mut segments = Vec::new();
        for segment in template.split('/').skip(1) {
            if !segment.starts_with('{') {
                segments.push(segment.to_owned());
                continue;
            }
            let value = values.next().unwrap_or_default();
            match segment {
                "{channel}" => major = Major::Channel(value.parse().unwrap_or_default()),
                "{guild}" => major = Major::Guild(value.parse().unwrap_or_default()),
                "{webhook}" | "{token}" => {
                    value.hash(&mut webhook);
                    major = Major::Webhook(webhook.finish());
                }
                _ => {}
            }
            segments.push(value);
        }
        let method = Method::from_bytes(method.as_bytes()).unwrap_or_default();
        let outside = matches!(major, Major::Webhook(_));
        Way { name, method, segments, query: self.query(), major, outside }
    }

    /// Nothing changes by asking.
    pub(super) fn reads(&self) -> bool {
        self.name().starts_with("GET ")
    }

    /// Asked twice it comes to the same, so it may be asked again when nobody knows what became of the first time.
    pub(super) fn repeatable(&self, body: Option<&Value>) -> bool {
        match self {
            Route::PostMessage { .. } => body.is_some_and(|body| body["enforce_nonce"] == true && !body["nonce"].is_null()),
            Route::ForumPost { .. } | Route::FollowUp { .. } => false,
            _ => true,
        }
    }

    /// Something new comes of it each time. A refusal of the second attempt says nothing of what became of the first.
    pub(super) fn creates(&self) -> bool {
        self.name().starts_with("POST ") && !matches!(self, Route::OpenDirect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(route: &Route, segments: &str, major: Major) {
        let way = route.way();
        assert_eq!((way.segments.join("/").as_str(), way.major), (segments, major), "{route:?}");
        assert_eq!(way.name.matches('{').count(), route.values().len(), "{route:?}");
    }

    #[test]
    fn ids_stand_where_the_template_has_their_names() {
        check(&Route::Me, "users/@me", Major::None);
        check(&Route::GuildMember { guild: 1, user: 2 }, "guilds/1/members/2", Major::Guild(1));
        check(&Route::GuildCommands { application: 3, guild: 4 }, "applications/3/guilds/4/commands", Major::Guild(4));
        check(&Route::ThreadOnMessage { channel: 5, message: 6 }, "channels/5/messages/6/threads", Major::Channel(5));
        let emoji = "👍".to_owned();
        check(&Route::React { channel: 5, message: 6, emoji }, "channels/5/messages/6/reactions/👍/@me", Major::Channel(5));
    }

    #[test]
    fn only_interactions_are_outside_the_global_limit_and_each_is_counted_by_itself() {
        let route = |token: &str| Route::FollowUp { application: 1, token: SecretString::from(token) };
        assert_ne!(route("a").way().major, route("b").way().major);
        assert!(route("a").way().outside);
        assert!(!Route::PostMessage { channel: 1 }.way().outside);
        assert!(!format!("{:?}", route("hush")).contains("hush"));
    }
}
