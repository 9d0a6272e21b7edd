//! The REST interface answers and refuses as Discord's does.

use super::bot::{ask, ask_with_file};
use crate::discord::double::{Discord, Place, Server, permissions};
use serde_json::{Value, json};

fn hi() -> Value {
    json!({ "content": "hi", "allowed_mentions": { "parse": [] } })
}

async fn world() -> (Discord, Server, Place) {
    let discord = Discord::start().await;
    let server = discord.server("Berlin");
    let text = server.text("istio");
    (discord, server, text)
}

/// Asks; what is given back with its status, which is expected.
async fn expect(discord: &Discord, method: &str, path: &str, body: Value, status: u16) -> Value {
    let (given, answer) = ask(discord, method, path, body).await;
    assert_eq!(given, status, "{method} {path}: {answer}");
    answer
}

/// Asks; the code of the refusal.
async fn code(discord: &Discord, method: &str, path: &str, body: Value) -> u64 {
    let (status, answer) = ask(discord, method, path, body).await;
    assert!(status >= 400, "{method} {path}: {status} {answer}");
    answer["code"].as_u64().unwrap()
}

async fn post(discord: &Discord, place: &Place, body: Value) -> Value {
    expect(discord, "POST", &format!("/channels/{}/messages", place.id), body, 200).await
}

#[tokio::test]
async fn everything_that_can_be_read() {
    let (discord, server, text) = world().await;
    let ana = server.member("Ana");
    let (guild, app) = (server.id, discord.application_id());
    for path in ["/gateway", "/gateway/bot", "/users/@me", "/applications/@me", "/oauth2/applications/@me"] {
        expect(&discord, "GET", path, Value::Null, 200).await;
    }
    for rest in ["", "/channels", "/threads/active", "/roles", "/members/@me"] {
        let path = format!("/guilds/{guild}{rest}").replace("@me", &discord.bot_id().to_string());
        expect(&discord, "GET", &path, Value::Null, 200).await;
    }
    expect(&discord, "GET", &format!("/applications/{app}/commands"), Value::Null, 200).await;
    expect(&discord, "GET", &format!("/applications/{app}/guilds/{guild}/commands?with_localizations=true"), Value::Null, 200).await;
    expect(&discord, "GET", &text.path(), Value::Null, 200).await;
    let direct = expect(&discord, "POST", "/users/@me/channels", json!({ "recipient_id": ana.key() }), 200).await;
    assert_eq!(direct["id"], ana.direct().key());
    assert_eq!(code(&discord, "GET", "/guilds/1", Value::Null).await, 10004);
    assert_eq!(code(&discord, "GET", "/channels/1", Value::Null).await, 10003);
    server.removes_bot();
    assert_eq!(code(&discord, "GET", &format!("/guilds/{guild}"), Value::Null).await, 10004);
    assert_eq!(code(&discord, "GET", &text.path(), Value::Null).await, 50001);
    server.invites_bot();
    expect(&discord, "GET", &text.path(), Value::Null, 200).await;
    discord.end().await;
}

#[tokio::test]
async fn messages_are_read_in_pages() {
    let (discord, server, text) = world().await;
    let ana = server.member("Ana");
    let said: Vec<u64> = (0..6).map(|n| ana.types(&text, &format!("number {n}"))).collect();
    let ids = async |query: String| {
        let all = expect(&discord, "GET", &format!("{}/messages{query}", text.path()), Value::Null, 200).await;
        let ids: Vec<u64> = all.as_array().unwrap().iter().map(|m| m["id"].as_str().unwrap().parse().unwrap()).collect();
        ids.iter().map(|id| said.iter().position(|known| known == id).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(ids(String::new()).await, [5, 4, 3, 2, 1, 0]);
    assert_eq!(ids("?limit=2".into()).await, [5, 4]);
    assert_eq!(ids(format!("?limit=2&before={}", said[3])).await, [2, 1]);
    assert_eq!(ids(format!("?limit=2&after={}", said[1])).await, [3, 2]);
    assert_eq!(ids(format!("?limit=3&around={}", said[3])).await, [4, 3, 2]);
    assert_eq!(code(&discord, "GET", &format!("{}/messages?limit=101", text.path()), Value::Null).await, 50035);
    discord.take_violations();
    ask(&discord, "GET", &format!("{}/messages?limits=3", text.path()), Value::Null).await;
    assert_eq!(discord.take_violations().len(), 1, "a misspelt parameter");
    ask(&discord, "GET", &format!("{}/messages?after=1&before=2", text.path()), Value::Null).await;
    assert_eq!(discord.take_violations().len(), 1, "two bounds");
    text.takes_from_bot(permissions::READ_HISTORY);
    assert_eq!(ids(String::new()).await, [0_usize; 0], "without the permission there is no history");
    assert_eq!(code(&discord, "GET", &format!("{}/messages/{}", text.path(), said[0]), Value::Null).await, 50013);
    discord.end().await;
}

#[tokio::test]
async fn a_message_lives() {
    let (discord, server, text) = world().await;
    let ana = server.member("Ana");
    let hers = ana.types(&text, "hello");
    let posted = post(&discord, &text, hi()).await;
    let path = format!("{}/messages/{}", text.path(), posted["id"].as_str().unwrap());
    let edited = expect(&discord, "PATCH", &path, json!({ "content": "hi all", "allowed_mentions": { "parse": [] } }), 200).await;
    assert_eq!((&edited["content"], edited["edited_timestamp"].is_string()), (&json!("hi all"), true));
    assert_eq!(expect(&discord, "GET", &path, Value::Null, 200).await["content"], "hi all");
    expect(&discord, "PUT", &format!("{path}/reactions/%F0%9F%91%80/@me"), Value::Null, 204).await;
    assert_eq!(code(&discord, "PUT", &format!("{path}/reactions/eyes/@me"), Value::Null).await, 10014);
    assert_eq!(text.messages()[1]["reactions"][0]["me"], true);
    let other = format!("{}/messages/{hers}", text.path());
    assert_eq!(code(&discord, "PATCH", &other, hi()).await, 50005);
    assert_eq!(code(&discord, "DELETE", &other, Value::Null).await, 50013);
    expect(&discord, "DELETE", &path, Value::Null, 204).await;
    assert_eq!(code(&discord, "GET", &path, Value::Null).await, 10008);
    assert_eq!(code(&discord, "PATCH", &path, hi()).await, 10008);
    let reply = json!({ "content": "re", "allowed_mentions": { "parse": [] }, "message_reference": { "message_id": hers.to_string() } });
    assert_eq!(post(&discord, &text, reply.clone()).await["referenced_message"]["content"], "hello");
    ana.deletes(hers);
    assert_eq!(code(&discord, "POST", &format!("{}/messages", text.path()), reply).await, 50035);
    discord.end().await;
}

#[tokio::test]
async fn a_nonce_is_posted_once() {
    let (discord, server, text) = world().await;
    let body = json!({ "content": "daily", "allowed_mentions": { "parse": [] }, "nonce": "abc", "enforce_nonce": true });
    let first = post(&discord, &text, body.clone()).await;
    assert_eq!(post(&discord, &text, body.clone()).await["id"], first["id"]);
    assert_eq!(text.messages().len(), 1);
    assert_ne!(post(&discord, &server.text("other"), body).await["id"], first["id"]);
    discord.end().await;
}

#[tokio::test]
async fn a_picture_comes_along() {
    let (discord, _, text) = world().await;
    let body = json!({
        "allowed_mentions": { "parse": [] }, "embeds": [{ "title": "Podium", "image": { "url": "attachment://podium.png" } }],
        "attachments": [{ "id": 0, "filename": "podium.png", "description": "Ana 9.0" }],
    });
    let (status, posted) = ask_with_file(&discord, "POST", &format!("{}/messages", text.path()), &body, ("podium.png", b"PNG")).await;
    assert_eq!(status, 200, "{posted}");
    let url = posted["embeds"][0]["image"]["url"].as_str().unwrap();
    assert_eq!(reqwest::get(url).await.unwrap().bytes().await.unwrap().as_ref(), b"PNG");
    insta::assert_snapshot!(text.transcript(), @r"
    ── #istio ──
    Meshdrill:
      │ **Podium**
      │ [picture podium.png: Ana 9.0]
    ");
    text.takes_from_bot(permissions::ATTACH_FILES);
    let (_, refused) = ask_with_file(&discord, "POST", &format!("{}/messages", text.path()), &body, ("podium.png", b"PNG")).await;
    assert_eq!(refused["code"], 50013);
    discord.end().await;
}

#[tokio::test]
async fn what_the_bot_may_not() {
    let (discord, server, text) = world().await;
    let messages = format!("{}/messages", text.path());
    let embed = json!({ "embeds": [{ "title": "x" }], "allowed_mentions": { "parse": [] } });
    for (taken, body, expected) in
        [(permissions::VIEW_CHANNEL, hi(), 50001), (permissions::SEND_MESSAGES, hi(), 50013), (permissions::EMBED_LINKS, embed, 50013)]
    {
        text.takes_from_bot(taken);
        assert_eq!(code(&discord, "POST", &messages, body).await, expected);
    }
    text.takes_from_bot(permissions::CREATE_PUBLIC_THREADS | permissions::ADD_REACTIONS);
    let posted = post(&discord, &text, hi()).await["id"].as_str().unwrap().to_owned();
    assert_eq!(code(&discord, "POST", &format!("{messages}/{posted}/threads"), json!({ "name": "T" })).await, 50013);
    assert_eq!(code(&discord, "PUT", &format!("{messages}/{posted}/reactions/%F0%9F%91%80/@me"), Value::Null).await, 50013);
    text.takes_from_bot(0);
    expect(&discord, "POST", &format!("{messages}/{posted}/threads"), json!({ "name": "T" }), 201).await;
    assert_eq!(code(&discord, "POST", &format!("{}/messages", server.forum("f").path()), hi()).await, 50008);
    text.is_deleted();
    assert_eq!(code(&discord, "POST", &messages, hi()).await, 10003);
    discord.end().await;
}

#[tokio::test]
async fn threads_close_and_open() {
    let (discord, server, text) = world().await;
    let news = server.announcement("news");
    let posted = post(&discord, &text, hi()).await["id"].as_str().unwrap().to_owned();
    let threads = format!("{}/messages/{posted}/threads", text.path());
    let made = expect(&discord, "POST", &threads, json!({ "name": "Daily", "auto_archive_duration": 1440 }), 201).await;
    assert_eq!((&made["id"], &made["type"]), (&json!(posted), &json!(11)));
    assert_eq!(code(&discord, "POST", &threads, json!({ "name": "Daily" })).await, 160004);
    let on_news = post(&discord, &news, hi()).await["id"].as_str().unwrap().to_owned();
    let made = expect(&discord, "POST", &format!("{}/messages/{on_news}/threads", news.path()), json!({ "name": "N" }), 201).await;
    assert_eq!(made["type"], 10);
    let thread = text.thread(1).await;
    let said = post(&discord, &thread, hi()).await["id"].as_str().unwrap().to_owned();
    let said = format!("{}/messages/{said}", thread.path());
    thread.set_thread(true, false);
    assert_eq!(code(&discord, "PATCH", &said, hi()).await, 50083);
    assert_eq!(code(&discord, "PUT", &format!("{said}/reactions/%F0%9F%91%80/@me"), Value::Null).await, 50083);
    post(&discord, &thread, hi()).await;
    assert_eq!(expect(&discord, "GET", &thread.path(), Value::Null, 200).await["thread_metadata"]["archived"], false);
    thread.set_thread(false, true);
    assert_eq!(code(&discord, "POST", &format!("{}/messages", thread.path()), hi()).await, 160005);
    assert!(server.member("Ana").say(&thread, "hello?", None).is_err());
    thread.set_thread(false, false);
    let closed = expect(&discord, "PATCH", &thread.path(), json!({ "archived": true }), 200).await;
    assert_eq!(closed["thread_metadata"]["archived"], true);
    assert_eq!(code(&discord, "PATCH", &thread.path(), json!({ "locked": true })).await, 50013);
    let active = expect(&discord, "GET", &format!("/guilds/{}/threads/active", server.id), Value::Null, 200).await;
    assert_eq!(active["threads"].as_array().unwrap().len(), 1, "the one on the news");
    let bare = expect(&discord, "POST", &format!("{}/threads", text.path()), json!({ "name": "Bare", "type": 11 }), 201).await;
    assert_eq!(bare["parent_id"], text.key());
    thread.is_deleted();
    assert_eq!(code(&discord, "POST", &format!("{}/messages", thread.path()), hi()).await, 10003);
    discord.end().await;
}

#[tokio::test]
async fn strangers_are_kept_out() {
    let (discord, _, text) = world().await;
    let client = reqwest::Client::new();
    let url = format!("{}{}", discord.api_url(), text.path());
    let bare = client.get(&url).header("authorization", format!("Bot {}", discord.token())).send().await.unwrap();
    assert_eq!(bare.status(), 403, "no user agent");
    let wrong = client.get(&url).header("user-agent", "DiscordBot (x, 1)").header("authorization", "Bot nobody").send().await.unwrap();
    assert_eq!(wrong.status(), 401);
    assert_eq!(discord.take_violations().len(), 1);
    ask(&discord, "GET", "/nothing/here", Value::Null).await;
    assert_eq!(discord.take_violations().len(), 1, "a route that isn't served");
    ask(&discord, "GET", "/gateway", json!({ "a": 1 })).await;
    assert_eq!(discord.take_violations().len(), 1, "a body where none belongs");
    discord.end().await;
}
