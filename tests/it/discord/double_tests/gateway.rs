//! The gateway: real serenity logs in, resumes, and decodes every kind of event.

use super::bot::{Bot, ask, commands};
use crate::discord::double::{Discord, permissions};
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
    text.takes_from_bot(permissions::VIEW_CHANNEL);
    text.takes_from_bot(0);
    server.sets_bot_role(permissions::OF_THE_BOT);
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
        ("CHANNEL_UPDATE", 2),
        ("THREAD_LIST_SYNC", 1),
        ("THREAD_MEMBERS_UPDATE", 2),
        ("GUILD_ROLE_UPDATE", 1),
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

#[tokio::test]
async fn a_wrong_token_and_a_missing_intent_end_it() {
    let discord = Discord::start().await;
    let wrong = Bot::with_token(&discord, "nobody", intents()).await.ended().await;
    assert!(wrong.to_string().contains("invalid authentication"), "{wrong}");
    discord.grant_intents(false);
    let missing = Bot::start(&discord, intents()).await.ended().await;
    assert!(missing.to_string().to_lowercase().contains("intents"), "{missing}");
    discord.end().await;
}

#[tokio::test]
async fn connections_drop_and_are_resumed() {
    let discord = Discord::start().await;
    let server = discord.server("Berlin");
    let (text, ana) = (server.text("istio"), server.member("Ana"));
    let bot = Bot::start(&discord, intents()).await;
    bot.gets("GUILD_CREATE", 1).await;
    let drops: [&dyn Fn(); 5] = [
        &|| discord.ask_to_reconnect(),
        &|| discord.close_gateway(1001),
        &|| discord.close_gateway(4000),
        &|| discord.tear_gateway(),
        &|| discord.invalidate(true),
    ];
    for (number, drop) in (1..).zip(drops) {
        drop();
        ana.types(&text, &format!("missed {number}"));
        discord.logged_in(1, number).await;
        bot.gets("MESSAGE_CREATE", number).await;
    }
    assert_eq!(discord.logins(), (1, 5));
    let heard: Vec<String> = (1..=5).map(|number| format!("missed {number}")).collect();
    assert_eq!(*bot.got.contents.lock().unwrap(), heard, "each once");
    discord.invalidate(false);
    discord.logged_in(2, 5).await;
    discord.forget_sessions();
    discord.end().await;
    bot.end();
}

#[tokio::test]
async fn heartbeats_without_answer_lose_events() {
    let discord = Discord::start().await;
    let server = discord.server("Berlin");
    let (text, ana) = (server.text("istio"), server.member("Ana"));
    discord.heartbeat_every(300);
    let bot = Bot::start(&discord, intents()).await;
    bot.gets("GUILD_CREATE", 1).await;
    discord.withhold_acks(true);
    discord.lose_events(true);
    ana.types(&text, "lost");
    discord.lose_events(false);
    tokio::time::sleep(std::time::Duration::from_millis(900)).await;
    discord.withhold_acks(false);
    for _ in 0..100 {
        let (identified, resumed) = discord.logins();
        if identified + resumed > 1 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(discord.logins().0 + discord.logins().1 > 1, "it logged in again");
    ana.types(&text, "heard");
    bot.gets("MESSAGE_CREATE", 1).await;
    assert_eq!(*bot.got.contents.lock().unwrap(), ["heard"]);
    bot.end();
    discord.end().await;
}

#[tokio::test]
async fn twice_and_shuffled() {
    let discord = Discord::start().await;
    let server = discord.server("Berlin");
    let (text, ana) = (server.text("istio"), server.member("Ana"));
    let bot = Bot::start(&discord, intents()).await;
    bot.gets("GUILD_CREATE", 1).await;
    discord.deliver_twice(true);
    ana.types(&text, "a");
    bot.gets("MESSAGE_CREATE", 2).await;
    discord.deliver_twice(false);
    discord.withhold_events();
    let all: Vec<String> = (0..10).map(|n| n.to_string()).collect();
    for one in &all {
        ana.types(&text, one);
    }
    discord.release_events(Some(7));
    bot.gets("MESSAGE_CREATE", 12).await;
    let mut heard = bot.got.contents.lock().unwrap()[2..].to_vec();
    assert_ne!(heard, all);
    heard.sort();
    assert_eq!(heard, all);
    bot.end();
    discord.end().await;
}

#[tokio::test]
async fn content_is_kept_from_bots_without_the_intent() {
    let discord = Discord::start().await;
    let server = discord.server("Berlin");
    let (text, ana) = (server.text("istio"), server.member("Ana"));
    let bot = Bot::start(&discord, GatewayIntents::non_privileged()).await;
    let deaf = Bot::start(&discord, GatewayIntents::GUILDS).await;
    bot.gets("GUILD_CREATE", 1).await;
    deaf.gets("GUILD_CREATE", 1).await;
    ana.types(&text, "unheard");
    ana.types(&text, &format!("<@{}> heard", discord.bot_id()));
    ana.types(&ana.direct(), "between us");
    let own = json!({ "content": "my own", "allowed_mentions": { "parse": [] } });
    ask(&discord, "POST", &format!("{}/messages", text.path()), own).await;
    bot.gets("MESSAGE_CREATE", 4).await;
    let mention = format!("<@{}> heard", discord.bot_id());
    let mut heard = bot.got.contents.lock().unwrap().clone();
    heard.sort();
    let mut expected = ["", mention.as_str(), "between us", "my own"];
    expected.sort_unstable();
    assert_eq!(heard, expected);
    assert!(deaf.got.contents.lock().unwrap().is_empty());
    text.takes_from_bot(permissions::VIEW_CHANNEL);
    ana.types(&text, "behind its back");
    ana.types(&ana.direct(), "are you there?");
    bot.gets("MESSAGE_CREATE", 5).await;
    assert!(!bot.got.contents.lock().unwrap().iter().any(|text| text.contains("behind")));
    bot.end();
    deaf.end();
    discord.end().await;
}

#[tokio::test]
async fn an_outage_and_shards() {
    let discord = Discord::start().await;
    discord.ask_for_shards(2);
    assert_eq!(ask(&discord, "GET", "/gateway/bot", json!(null)).await.1["shards"], 2);
    let url = discord.gateway_url();
    let connects = async || {
        let stream = tokio::net::TcpStream::connect(url.trim_start_matches("ws://")).await.unwrap();
        tokio_tungstenite::client_async(url, stream).await.is_ok()
    };
    assert!(connects().await);
    discord.take_gateway_down(true);
    assert!(!connects().await);
    discord.take_gateway_down(false);
    assert!(connects().await);
    discord.end().await;
}
