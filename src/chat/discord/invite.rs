//! What the bot asks for: permissions, intents, and the link that invites it with exactly those.

use serenity::model::Permissions;
use serenity::model::gateway::GatewayIntents;

/// What it takes to ask, to open threads and to read them back. Nothing that manages anything.
pub const PERMISSIONS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::ADD_REACTIONS);

/// The permissions of [`PERMISSIONS`], as Discord's settings name them.
const NAMES: [(Permissions, &str); 8] = [
    (Permissions::VIEW_CHANNEL, "View Channel"),
    (Permissions::SEND_MESSAGES, "Send Messages"),
    (Permissions::SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
    (Permissions::CREATE_PUBLIC_THREADS, "Create Public Threads"),
    (Permissions::EMBED_LINKS, "Embed Links"),
    (Permissions::ATTACH_FILES, "Attach Files"),
    (Permissions::READ_MESSAGE_HISTORY, "Read Message History"),
    (Permissions::ADD_REACTIONS, "Add Reactions"),
];

/// What is lacking where the bot has only these permissions, as Discord's settings name it.
pub fn lacking(held: Permissions) -> Vec<&'static str> {
    let all = held.contains(Permissions::ADMINISTRATOR);
    NAMES.iter().filter(|(permission, _)| !all && !held.contains(*permission)).map(|(_, name)| *name).collect()
}

/// The events asked for. Only where typed answers are read does it take those of servers' messages, and their content, which is privileged.
pub fn intents(reads_threads: bool) -> GatewayIntents {
    let least = GatewayIntents::GUILDS | GatewayIntents::DIRECT_MESSAGES;
    if reads_threads { least | GatewayIntents::GUILD_MESSAGES | GatewayIntents::MESSAGE_CONTENT } else { least }
}

/// The link that invites the bot to a server.
pub fn link(application: u64) -> String {
    let permissions = PERMISSIONS.bits();
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={permissions}&integration_type=0"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lacking_is_named_as_in_the_settings() {
        assert_eq!(Vec::<&str>::new(), lacking(PERMISSIONS));
        assert_eq!(Vec::<&str>::new(), lacking(Permissions::ADMINISTRATOR));
        assert_eq!(vec!["Embed Links"], lacking(PERMISSIONS - Permissions::EMBED_LINKS));
        assert_eq!(PERMISSIONS, NAMES.iter().map(|(permission, _)| *permission).collect());
    }

    #[test]
    fn the_link_asks_for_exactly_that() {
        let link = link(42);
        assert!(link.contains("client_id=42&scope=bot+applications.commands&permissions=309237763136&"), "{link}");
    }
}
