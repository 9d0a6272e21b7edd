//! Servers, channels and people as version 10 of the interface writes them.

use super::permissions;
use super::state::{Channel, Guild, Id, Membership, Role, State, Tag, id, instant};
use serde_json::{Value, json};

/// A forum's flag: its posts must carry a tag.
const REQUIRE_TAG: u64 = 1 << 4;

/// Both objects' fields.
fn with(mut of: Value, more: Value) -> Value {
    if let (Some(of), Value::Object(more)) = (of.as_object_mut(), more) {
        of.extend(more);
    }
    of
}

pub(crate) fn user(state: &State, of: Id) -> Value {
    let (name, bot) = state.users.get(&of).map_or(("Deleted User", false), |u| (u.name.as_str(), u.bot));
    let handle: String = name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    json!({
        "id": id(of), "username": handle, "global_name": if bot { Value::Null } else { json!(name) }, "avatar": null,
        "discriminator": if bot { "0420" } else { "0" }, "public_flags": 0, "flags": 0, "bot": bot, "banner": null, "accent_color": null,
        "avatar_decoration_data": null, "collectibles": null, "display_name_styles": null, "primary_guild": null,
    })
}

/// The bot itself, as `/users/@me` and READY have it.
pub(crate) fn current_user(state: &State) -> Value {
    with(user(state, state.bot), json!({ "verified": true, "mfa_enabled": true, "email": null, "locale": "en-US" }))
}

pub(crate) fn application(state: &State) -> Value {
    json!({
        "id": id(state.application), "name": "Meshdrill", "icon": null, "description": "", "type": null, "bot": user(state, state.bot),
        "bot_public": true, "bot_require_code_grant": false, "integration_types_config": { "0": {} }, "verify_key": "0".repeat(64),
        "flags": 1 << 19, "flags_new": (1 << 19).to_string(), "redirect_uris": [], "interactions_endpoint_url": null,
        "role_connections_verification_url": null, "eligible_oauth2_scopes": ["bot", "applications.commands"], "rpc_origins": [],
        "owner": user(state, state.users.keys().find(|u| **u != state.bot).copied().unwrap_or(state.bot)),
        "approximate_guild_count": state.guilds.len(), "approximate_user_install_count": 0, "tags": [], "summary": "",
        "approximate_user_authorization_count": 0, "explicit_content_filter": 0, "team": null,
    })
}

/// A member, without the user where `bare`.
pub(crate) fn member(state: &State, of: &Membership, bare: bool) -> Value {
    let mut member = json!({
        "nick": of.nick, "avatar": null, "banner": null, "roles": of.roles.iter().map(|r| id(*r)).collect::<Vec<_>>(),
        "joined_at": instant(of.joined), "premium_since": null, "deaf": false, "mute": false, "flags": 0, "pending": false,
        "communication_disabled_until": null, "avatar_decoration_data": null,
    });
    if !bare {
        member["user"] = user(state, of.user);
    }
    member
}

pub(crate) fn role(of: &Role, position: usize) -> Value {
    json!({
        "id": id(of.id), "name": of.name, "color": 0, "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "hoist": false, "icon": null, "unicode_emoji": null, "position": position, "permissions": of.permissions.to_string(),
        "managed": of.managed, "mentionable": of.mentionable, "flags": 0, "description": null,
    })
}

fn roles(guild: &Guild) -> Vec<Value> {
    guild.roles.iter().enumerate().map(|(position, of)| role(of, position)).collect()
}

/// A server as `/guilds/{id}` has it.
pub(crate) fn guild(of: &Guild) -> Value {
    let first = json!({
        "id": id(of.id), "name": of.name, "icon": null, "description": null, "home_header": null, "splash": null, "discovery_splash": null,
        "features": ["COMMUNITY", "NEWS"], "banner": null, "owner_id": id(of.owner), "application_id": null, "region": "deprecated",
        "afk_channel_id": null, "afk_timeout": 300, "system_channel_id": null, "system_channel_flags": 0, "widget_enabled": false,
    });
    let more = json!({
        "widget_channel_id": null, "verification_level": 1, "roles": roles(of), "default_message_notifications": 1, "mfa_level": 0,
        "explicit_content_filter": 2, "max_presences": null, "max_members": 500_000, "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25, "vanity_url_code": null, "premium_tier": 0, "premium_subscription_count": 0,
        "preferred_locale": "en-US", "rules_channel_id": null, "safety_alerts_channel_id": null, "public_updates_channel_id": null,
        "hub_type": null, "premium_progress_bar_enabled": false, "latest_onboarding_question_id": null, "nsfw": false, "nsfw_level": 0,
        "emojis": [], "stickers": [], "incidents_data": null, "inventory_settings": null, "embed_enabled": false, "embed_channel_id": null,
    });
    with(first, more)
}

/// A server as the bot meets it: with its channels, its threads, and of its members the bot alone.
pub(crate) fn guild_create(state: &State, of: Id) -> Option<Value> {
    let of = state.guilds.get(&of)?;
    let (threads, channels): (Vec<_>, Vec<_>) = of.channels.iter().filter_map(|c| state.channels.get(c)).partition(|c| c.thread.is_some());
    let seen = |c: &&Channel| state.permissions(state.bot, c.id) & permissions::VIEW_CHANNEL != 0;
    let own = of.members.get(&state.bot)?;
    let more = json!({
        "joined_at": instant(own.joined), "large": false, "unavailable": false, "member_count": of.members.len(),
        "members": [member(state, own, false)], "channels": channels.iter().map(|c| channel(state, c)).collect::<Vec<_>>(),
        "threads": threads.into_iter().filter(|t| !t.archived()).filter(seen).map(|t| channel(state, t)).collect::<Vec<_>>(),
        "voice_states": [], "presences": [], "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
    });
    Some(with(guild(of), more))
}

/// A channel, thread or direct message channel.
pub(crate) fn channel(state: &State, of: &Channel) -> Value {
    let last = of.messages.values().filter(|m| m.only_for.is_none()).map(|m| m.id).chain(of.gone.iter().copied()).max();
    let shape = json!({ "id": id(of.id), "type": of.kind, "last_message_id": last.map(id), "flags": 0 });
    let more = match (&of.thread, of.recipient) {
        (_, Some(recipient)) => json!({ "recipients": [user(state, recipient)] }),
        (Some(thread), _) => json!({
            "applied_tags": thread.tags.iter().map(|tag| id(*tag)).collect::<Vec<_>>(), "guild_id": of.guild.map(id), "name": of.name, "parent_id": of.parent.map(id), "owner_id": id(of.owner),
            "rate_limit_per_user": of.slow_mode, "bitrate": 64_000, "user_limit": 0, "rtc_region": null,
            "message_count": talk(of), "member_count": thread.members.len().min(50), "total_message_sent": talk(of) + of.gone.len(),
            "thread_metadata": {
                "archived": thread.archived, "archive_timestamp": instant(thread.changed), "auto_archive_duration": thread.auto_archive,
                "locked": thread.locked, "create_timestamp": instant(thread.made),
            },
        }),
        (None, None) => json!({
            "guild_id": of.guild.map(id), "name": of.name, "parent_id": of.parent.map(id), "position": of.position, "topic": null,
            "nsfw": false, "rate_limit_per_user": of.slow_mode, "permission_overwrites": of.overwrites.iter().map(|o| json!({
                "id": id(o.of), "type": o.kind, "allow": o.allow.to_string(), "deny": o.deny.to_string(),
            })).collect::<Vec<_>>(),
        }),
    };
    let shape = with(shape, more);
    if of.kind != 15 {
        return shape;
    }
    let tag = |tag: &Tag| json!({ "id": id(tag.id), "name": tag.name, "moderated": tag.moderated, "emoji_id": null, "emoji_name": null });
    let forum = json!({
        "flags": if of.requires_tag { REQUIRE_TAG } else { 0 }, "available_tags": of.tags.iter().map(tag).collect::<Vec<_>>(),
        "default_reaction_emoji": null, "default_sort_order": null, "default_forum_layout": 0, "template": "",
        "default_auto_archive_duration": 1440, "default_thread_rate_limit_per_user": 0,
    });
    with(shape, forum)
}

/// Messages that a thread counts: not the one it began with, nor what Discord itself says.
fn talk(of: &Channel) -> usize {
    of.messages.values().filter(|m| m.only_for.is_none() && m.id != of.id && matches!(m.kind, 0 | 19 | 20)).count()
}

/// A channel as it stands in an interaction.
pub(crate) fn channel_of_interaction(state: &State, of: &Channel, user: Id) -> Value {
    let mut shape = channel(state, of);
    if of.guild.is_some() {
        shape["permissions"] = json!(state.permissions(user, of.id).to_string());
    }
    if let Some(shape) = shape.as_object_mut() {
        ["permission_overwrites", "bitrate", "user_limit", "rtc_region"].iter().for_each(|left_out| drop(shape.remove(*left_out)));
    }
    shape
}
