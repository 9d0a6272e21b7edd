//! What a member may do in a channel, computed as Discord's documents tell it.

use super::state::{Guild, Id, Membership};

pub(crate) const CREATE_INVITE: u64 = 1;
pub(crate) const ADMINISTRATOR: u64 = 1 << 3;
pub(crate) const MANAGE_CHANNELS: u64 = 1 << 4;
pub(crate) const MANAGE_GUILD: u64 = 1 << 5;
pub(crate) const ADD_REACTIONS: u64 = 1 << 6;
pub(crate) const VIEW_CHANNEL: u64 = 1 << 10;
pub(crate) const SEND_MESSAGES: u64 = 1 << 11;
pub(crate) const MANAGE_MESSAGES: u64 = 1 << 13;
pub(crate) const EMBED_LINKS: u64 = 1 << 14;
pub(crate) const ATTACH_FILES: u64 = 1 << 15;
pub(crate) const READ_HISTORY: u64 = 1 << 16;
pub(crate) const MENTION_EVERYONE: u64 = 1 << 17;
pub(crate) const USE_COMMANDS: u64 = 1 << 31;
pub(crate) const MANAGE_THREADS: u64 = 1 << 34;
pub(crate) const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
pub(crate) const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
pub(crate) const SEND_IN_THREADS: u64 = 1 << 38;

/// What the bot asks for in its invite.
pub(crate) const OF_THE_BOT: u64 =
    VIEW_CHANNEL | SEND_MESSAGES | SEND_IN_THREADS | CREATE_PUBLIC_THREADS | EMBED_LINKS | ATTACH_FILES | READ_HISTORY | ADD_REACTIONS;
/// What everybody in a server may.
pub(crate) const OF_EVERYBODY: u64 = CREATE_INVITE
    | ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_HISTORY
    | USE_COMMANDS
    | CREATE_PUBLIC_THREADS
    | SEND_IN_THREADS;
/// What both may in direct messages.
pub(crate) const IN_DIRECT: u64 = OF_EVERYBODY & !CREATE_PUBLIC_THREADS;

/// A channel's own rule for a role or a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Overwrite {
    pub(crate) of: Id,
    /// 0 a role, 1 a member.
    pub(crate) kind: u8,
    pub(crate) allow: u64,
    pub(crate) deny: u64,
}

/// What the member may in a channel with these overwrites.
pub(crate) fn effective(guild: &Guild, member: &Membership, overwrites: &[Overwrite]) -> u64 {
    let base = in_server(guild, member);
    if base & ADMINISTRATOR != 0 {
        return u64::MAX >> 12;
    }
    let mut may = base;
    if let Some(everyone) = overwrites.iter().find(|o| o.of == guild.id) {
        may = may & !everyone.deny | everyone.allow;
    }
    let roles: Vec<&Overwrite> = overwrites.iter().filter(|o| o.kind == 0 && member.roles.contains(&o.of)).collect();
    may &= !roles.iter().fold(0, |all, o| all | o.deny);
    may |= roles.iter().fold(0, |all, o| all | o.allow);
    if let Some(own) = overwrites.iter().find(|o| o.kind == 1 && o.of == member.user) {
        may = may & !own.deny | own.allow;
    }
    if may & VIEW_CHANNEL == 0 { 0 } else { may }
}

/// What the member may in the whole server, by roles.
pub(crate) fn in_server(guild: &Guild, member: &Membership) -> u64 {
    if guild.owner == member.user {
        return u64::MAX >> 12;
    }
    let own = guild.roles.iter().filter(|role| role.id == guild.id || member.roles.contains(&role.id));
    own.fold(0, |all, role| all | role.permissions)
}
