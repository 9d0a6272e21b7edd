//! The gateway: real serenity logs in, resumes, and decodes every kind of event.

use super::bot::{Bot, ask, commands};
use crate::discord::double::Discord;
use serde_json::json;
use serenity::all::GatewayIntents;

fn intents() -> GatewayIntents {
    GatewayIntents::non_privileged() | GatewayIntents::MESSAGE_CONTENT
}

#[tokio::test]
async fn serenity_decodes_every_kind_of_event() {
    let discord = Discord::start().await;
    let server = discord.server("Berlin");
    let (text, forum) = (server.text("istio"), server.forum("questions"));
    let (ana, lea) = (server.member("Ana"), server.lead("Lea"));
    let bot = Bot::start(&discord, intents()).await;
    bot.gets("GUILD_CREATE", 1).await;
    let app = discord.application_id();
    assert_eq!(ask(&discord, "PUT", &format!("/applications/{app}/commands"), commands()).await.0, 200);

    let news = server.announcement("news");
    server.role("learners");
    let said = ana.types(&text, "hello");
    ana.edits(said, "hello there");
    lea.replies(&text, said, "hi");
    lea.reacts(said, "👍");
    let path = format!("/channels/{}/messages/{said}/threads", text.id);
    assert_eq!(ask(&discord, "POST", &path, json!({ "name": "A thread", "auto_archive_duration": 1440 })).await.0, 201);
    let thread = text.thread(1).await;
    ana.types(&thread, "in the thread");
    thread.set_thread(true, false);
    ana.types(&thread, "it opens again");
    ana.types(&ana.direct(), "psst");
    let post = json!({ "name": "A post", "message": { "content": "first", "allowed_mentions": { "parse": [] } } });
    assert_eq!(ask(&discord, "POST", &format!("/channels/{}/threads", forum.id), post).await.0, 201);
    ana.deletes(said);
    let command = ana.sends_command(&text, "/istio setup role role:learners who:Lea where:#istio").unwrap();
    text.takes_from_bot(1 << 11);
    thread.is_deleted();
    news.is_deleted();
    server.goes_away();
    server.comes_back();
    server.removes_bot();
    for (name, times) in [
        ("READY", 1),
        ("GUILD_CREATE", 2),
        ("GUILD_ROLE_CREATE", 1),
        ("MESSAGE_CREATE", 6),
        ("MESSAGE_UPDATE", 2),
        ("MESSAGE_DELETE", 1),
        ("MESSAGE_REACTION_ADD", 1),
        ("THREAD_CREATE", 2),
        ("THREAD_UPDATE", 2),
        ("THREAD_DELETE", 1),
        ("CHANNEL_CREATE", 1),
        ("CHANNEL_UPDATE", 1),
        ("CHANNEL_DELETE", 1),
        ("INTERACTION_CREATE", 1),
        ("GUILD_DELETE", 2),
    ] {
        bot.gets(name, times).await;
    }
    assert!(command.settled().await.failed(), "nobody answered");
    bot.end();
    discord.end().await;
}
