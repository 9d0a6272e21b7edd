//! The bots that are measured, as processes of their own: this program runs itself with the environment that says which.

use crate::discord::double::Discord as Double;
use jiff::{SignedDuration, Timestamp};
use meshdrill::chat::discord::rest::Limits;
use meshdrill::chat::discord::{Discord, PLATFORM, Settings};
use meshdrill::quiz::Quiz;
use meshdrill::store::Db;
use secrecy::SecretString;
use serenity::all::{Context, EventHandler, GatewayIntents, HttpBuilder, Message};
use serenity::async_trait;
use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

const WHICH: &str = "BENCH_BOT";
const API: &str = "BENCH_API";
const GATEWAY: &str = "BENCH_GATEWAY";
const TOKEN: &str = "BENCH_TOKEN";
const DATABASE: &str = "BENCH_DATABASE";
const AHEAD: &str = "BENCH_AHEAD";
const LIFTED: &str = "BENCH_LIFTED";

/// A bot in Discord, which dies when this is dropped.
pub(crate) struct Bot(Child);

impl Drop for Bot {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Bot {
    /// Meshdrill on this database, its clock so far ahead; with `lifted`, it sends as fast as it can.
    pub(crate) fn meshdrill(double: &Double, database: &str, ahead: SignedDuration, lifted: bool) -> Bot {
        let lifted = if lifted { "yes" } else { "" };
        Bot::start("meshdrill", double, &[(DATABASE, database), (AHEAD, &ahead.as_micros().to_string()), (LIFTED, lifted)])
    }

    /// A bot that says every message again, and does nothing else.
    pub(crate) fn echo(double: &Double) -> Bot {
        Bot::start("echo", double, &[])
    }

    fn start(which: &str, double: &Double, more: &[(&str, &str)]) -> Bot {
        let child = Command::new(std::env::current_exe().unwrap())
            .env(WHICH, which)
            .env(API, double.api_url())
            .env(GATEWAY, double.gateway_url())
            .env(TOKEN, double.token())
            .envs(more.iter().copied())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        Bot(child)
    }
}

/// This process is one of them.
pub(crate) fn is_one() -> bool {
    std::env::var_os(WHICH).is_some()
}

/// Runs it until whoever started it is gone.
pub(crate) fn run() {
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(1);
    });
    let runtime = tokio::runtime::Runtime::new().unwrap();
    match told(WHICH).as_str() {
        "echo" => runtime.block_on(echo()),
        _ => runtime.block_on(meshdrill()),
    }
}

fn told(name: &str) -> String {
    std::env::var(name).unwrap()
}

async fn meshdrill() {
    let ahead = SignedDuration::from_micros(told(AHEAD).parse().unwrap());
    let mut settings = Settings { api: Some(told(API)), gateway: Some(told(GATEWAY)), ..Settings::new(SecretString::from(told(TOKEN))) };
    if !told(LIFTED).is_empty() {
        settings.limits.requests = Limits::LIFTED;
    }
    let db = Db::postgres(&told(DATABASE)).await.unwrap();
    let packs = meshdrill::bank::load::embedded().unwrap();
    let quiz = Arc::new(Quiz::new(db, packs, "UTC", 1).with_abilities(PLATFORM, settings.abilities()));
    let discord = Discord::connect(settings, quiz, Arc::new(move || Timestamp::now() + ahead)).await.unwrap();
    discord.run().await.unwrap();
}

struct Echo;

#[async_trait]
impl EventHandler for Echo {
    async fn message(&self, context: Context, message: Message) {
        if !message.author.bot {
            message.channel_id.say(&context.http, &message.content).await.unwrap();
        }
    }
}

async fn echo() {
    let api = told(API);
    let http = HttpBuilder::new(told(TOKEN)).proxy(api.split("/api").next().unwrap()).ratelimiter_disabled(true).build();
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::MESSAGE_CONTENT;
    let mut client = serenity::client::ClientBuilder::new_with_http(http, intents).event_handler(Echo).await.unwrap();
    client.ws_url.lock().await.clone_from(&told(GATEWAY));
    client.start_shards(1).await.unwrap();
}
