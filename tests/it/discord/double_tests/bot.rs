//! A bot on real serenity, without cache, that keeps what it gets and answers what it is asked.

use crate::discord::double::Discord;
use serde_json::{Value, json};
use serenity::all::{Client, Context, Event, EventHandler, GatewayIntents, Interaction, RawEventHandler, Ready};
use serenity::async_trait;
use std::sync::{Arc, Mutex};
use tokio::task::JoinHandle;

/// What the bot got, and how it answers.
#[derive(Clone, Default)]
pub(crate) struct Got {
    /// Names of events, `UNKNOWN` where serenity couldn't decode one.
    pub(crate) events: Arc<Mutex<Vec<String>>>,
    pub(crate) contents: Arc<Mutex<Vec<String>>>,
    pub(crate) interactions: Arc<Mutex<Vec<Interaction>>>,
}

/// A logged-in bot.
pub(crate) struct Bot {
    pub(crate) got: Got,
    client: JoinHandle<Result<(), serenity::Error>>,
}

#[async_trait]
impl RawEventHandler for Got {
    async fn raw_event(&self, _: Context, event: Event) {
        let name = match &event {
            Event::Unknown(_) => "UNKNOWN".to_owned(),
            known => known.name().unwrap_or_default(),
        };
        match &event {
            Event::MessageCreate(message) => self.contents.lock().unwrap().push(message.message.content.clone()),
            Event::InteractionCreate(interaction) => self.interactions.lock().unwrap().push(interaction.interaction.clone()),
            _ => {}
        }
        self.events.lock().unwrap().push(name);
    }
}

#[async_trait]
impl EventHandler for Got {
    async fn ready(&self, _: Context, _: Ready) {}
}

impl Bot {
    pub(crate) async fn start(discord: &Discord, intents: GatewayIntents) -> Bot {
        Bot::with_token(discord, &discord.token(), intents).await
    }

    pub(crate) async fn with_token(discord: &Discord, token: &str, intents: GatewayIntents) -> Bot {
        let got = Got::default();
        let builder =
            serenity::http::HttpBuilder::new(token).proxy(discord.api_url().trim_end_matches("/api/v10")).ratelimiter_disabled(true);
        let mut client = serenity::client::ClientBuilder::new_with_http(builder.build(), intents)
            .event_handler(got.clone())
            .raw_event_handler(got.clone())
            .await
            .unwrap();
        *client.ws_url.lock().await = discord.gateway_url().into();
        let client = tokio::spawn(async move { Client::start(&mut client).await });
        Bot { got, client }
    }

    /// Waits until it has got so many events of this name.
    pub(crate) async fn gets(&self, name: &str, times: usize) {
        let count = || self.got.events.lock().unwrap().iter().filter(|event| *event == name).count();
        for _ in 0..1_000 {
            if count() >= times {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("wanted {times} of {name}, got {:?}", self.got.events.lock().unwrap());
    }

    /// How the client ended.
    pub(crate) async fn ended(&mut self) -> serenity::Error {
        let ended = tokio::time::timeout(std::time::Duration::from_secs(10), &mut self.client).await;
        ended.unwrap().unwrap().unwrap_err()
    }

    /// Every event was one that serenity knows.
    pub(crate) fn end(self) {
        self.client.abort();
        assert!(!self.got.events.lock().unwrap().iter().any(|event| event == "UNKNOWN"));
    }
}

/// A request as the bot makes it.
pub(crate) async fn ask(discord: &Discord, method: &str, path: &str, body: Value) -> (u16, Value) {
    let agent = "DiscordBot (https://example.com, 1)";
    let client = reqwest::Client::new();
    let request = client.request(method.parse().unwrap(), format!("{}{path}", discord.api_url())).header("user-agent", agent);
    let request = request.header("authorization", format!("Bot {}", discord.token()));
    let request = if body.is_null() { request } else { request.header("content-type", "application/json").body(body.to_string()) };
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() })
}

/// A body with one file, as the bot sends it.
pub(crate) async fn ask_with_file(discord: &Discord, method: &str, path: &str, body: &Value, file: (&str, &[u8])) -> (u16, Value) {
    let head = |rest: &str| format!("--BOUNDARY\r\nContent-Disposition: form-data; name={rest}\r\n\r\n");
    let mut bytes = head("\"payload_json\"\r\nContent-Type: application/json").into_bytes();
    bytes.extend(format!("{body}\r\n").bytes());
    bytes.extend(head(&format!("\"files[0]\"; filename=\"{}\"\r\nContent-Type: image/png", file.0)).bytes());
    bytes.extend(file.1);
    bytes.extend(b"\r\n--BOUNDARY--\r\n");
    let request = reqwest::Client::new().request(method.parse().unwrap(), format!("{}{path}", discord.api_url()));
    let request =
        request.header("user-agent", "DiscordBot (https://example.com, 1)").header("authorization", format!("Bot {}", discord.token()));
    let response = request.header("content-type", "multipart/form-data; boundary=BOUNDARY").body(bytes).send().await.unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_str(&response.text().await.unwrap()).unwrap_or_default())
}

/// A command with an option that completes.
pub(crate) fn commands() -> Value {
    json!([{
        "name": "istio", "description": "Practice", "contexts": [0, 1], "options": [
            { "type": 1, "name": "quiz", "description": "A quiz", "options": [
                { "type": 3, "name": "topic", "description": "Which", "autocomplete": true },
                { "type": 4, "name": "count", "description": "How many", "min_value": 1, "max_value": 50 },
            ] },
            { "type": 2, "name": "setup", "description": "Set up", "options": [
                { "type": 1, "name": "role", "description": "Who is told", "options": [
                    { "type": 8, "name": "role", "description": "The role", "required": true },
                    { "type": 6, "name": "who", "description": "Somebody" },
                    { "type": 7, "name": "where", "description": "A channel" },
                ] },
            ] },
        ],
    }])
}
