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
