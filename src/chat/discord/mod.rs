//! Discord: the only place that knows of it. Events come in by the gateway, which serenity keeps; everything that is said goes out by
//! [`rest`], our own small sender, since serenity's limiter has no lanes, is bypassed where requests go elsewhere than to Discord, and keeps
//! to itself how long it was told to wait.
//!
//! Nothing is kept here but caches; whatever happens goes through the core's rows.

mod gateway;
mod ids;
mod inbound;
mod interactions;
pub mod invite;
pub mod limits;
mod locales;
pub mod picture;
pub mod places;
mod read_back;
pub mod register;
pub mod render;
pub mod rest;
mod send;
mod trouble;

pub use ids::{made_at, short};
pub use inbound::PLATFORM;

use crate::chat::delivery::{self, Now};
use crate::message::Home;
use crate::quiz::{Abilities, Quiz};
use anyhow::{Context, Result, anyhow};
use jiff::Timestamp;
use places::Places;
use rest::{Fault, Lane, Limits, Request, Rest, Route, Unusable};
use secrecy::{ExposeSecret, SecretString};
use send::Mouth;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// What is said where Discord doesn't know the token.
const WRONG_TOKEN: &str = "Discord doesn't take DISCORD_TOKEN. In the developer portal, open your application, go to Bot, press Reset Token, \
                           and put the new token there; it is not the application's id, nor its public key or client secret.";

/// What is said where the bot may not read messages.
const NO_CONTENT: &str = "Discord doesn't let me read messages. In the developer portal, open your application, go to Bot, and switch on \
                          Message Content Intent under Privileged Gateway Intents. Or set DISCORD_MESSAGE_CONTENT=off: answers are then \
                          taken privately only.";

/// What leads are told where typed answers can't be read.
const TURN_ON_CONTENT: &str = "Whoever runs me can let me read messages: Message Content Intent in Discord's developer portal, and \
                               DISCORD_MESSAGE_CONTENT not set to off.";

/// The bits of an application's flags that tell that it may read messages.
const MAY_READ: u64 = (1 << 18) | (1 << 19);

/// How often it is looked for what is due when nobody tells of anything.
const TICK: Duration = Duration::from_secs(1);

/// How the connection is made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The bot's token.
    pub token: SecretString,
    /// Where the REST interface is; none means Discord's own.
    pub api: Option<String>,
    /// Where the gateway is; none means what the REST interface says.
    pub gateway: Option<String>,
    /// Typed answers are read, for which the application must have the Message Content Intent.
    pub reads_threads: bool,
    /// Commands are registered in this server only, where they show at once.
    pub dev_guild: Option<u64>,
    /// How many requests Discord takes.
    pub limits: Limits,
}

impl Settings {
    /// Discord's own, with everything as usual.
    pub fn new(token: SecretString) -> Settings {
        Settings { token, api: None, gateway: None, reads_threads: true, dev_guild: None, limits: Limits::DISCORD }
    }

    fn rest(&self) -> Result<Rest> {
        let base = self.api.as_deref().unwrap_or(rest::DISCORD);
        Rest::with_limits(base, &self.token, self.limits.clone()).map_err(|unusable| match unusable {
            Unusable::Token => anyhow!(WRONG_TOKEN),
            unusable => anyhow!(unusable),
        })
    }

    /// What the core has to know of this platform.
    pub fn abilities(&self) -> Abilities {
        Abilities {
            unread: (!self.reads_threads).then(|| TURN_ON_CONTENT.to_owned()),
            posts_private: true,
            groups: true,
            ..Abilities::default()
        }
    }
}

/// How far the bot has come with what it was told since it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Events that are dealt with, of every kind, those that mean nothing to the bot as well.
    pub heard: u64,
    /// Silences after which the threads are not read back yet.
    pub silences: u64,
}

/// The bot in Discord.
pub struct Discord {
    quiz: Arc<Quiz>,
    now: Now,
    rest: Rest,
    places: Arc<Places>,
    settings: Settings,
    application: u64,
    me: u64,
    gateway: String,
    shards: u32,
    reads_threads: bool,
    /// Rows may be ready, one for each lane.
    answers: Notify,
    bulk: Notify,
    due: Notify,
    /// How many silences there were, after each of which the threads are to be read back.
    silences: watch::Sender<u64>,
    /// How many of them are made up for.
    made_up_for: AtomicU64,
    /// How many of Discord's events are dealt with.
    heard: AtomicU64,
    /// An event was lost to a fault of ours; the threads are to be read back.
    missed: AtomicBool,
    /// Events that could not be read, by their kind.
    undecoded: Mutex<BTreeMap<String, u64>>,
    closing: watch::Sender<bool>,
}

impl Discord {
    /// Finds out who the bot is, and registers its commands where they differ.
    ///
    /// # Errors
    /// In one line, what is wrong with the settings and where it is mended; or Discord can't be reached.
    pub async fn connect(settings: Settings, quiz: Arc<Quiz>, now: Now) -> Result<Arc<Discord>> {
        let rest = settings.rest()?;
        let ask = |route| rest.call(Lane::Answers, Request::new(route));
        let application = ask(Route::Application).await.map_err(unreachable)?;
        may_read(&settings, &application)?;
        let me = ask(Route::Me).await.map_err(unreachable)?;
        let gateway = ask(Route::Gateway).await.map_err(unreachable)?;
        let id = |told: &Value| told["id"].as_str().and_then(|id| id.parse().ok()).context("Discord doesn't say who I am");
        let url = settings.gateway.clone().or_else(|| gateway["url"].as_str().map(str::to_owned));
        let discord = Arc::new(Discord {
            application: id(&application)?,
            me: id(&me)?,
            gateway: url.context("Discord doesn't say where its gateway is")?,
            shards: gateway["shards"].as_u64().and_then(|shards| u32::try_from(shards).ok()).unwrap_or(1).max(1),
            reads_threads: settings.reads_threads,
            quiz,
            now,
            rest,
            places: Arc::default(),
            settings,
            answers: Notify::new(),
            bulk: Notify::new(),
            due: Notify::new(),
            silences: watch::Sender::new(0),
            made_up_for: AtomicU64::new(0),
            heard: AtomicU64::new(0),
            missed: AtomicBool::new(false),
            undecoded: Mutex::default(),
            closing: watch::Sender::new(false),
        });
        let put = register::register(&discord.rest, discord.application, discord.settings.dev_guild, discord.quiz.packs()).await;
        put.map_err(|fault| anyhow!(fault).context("the slash commands can't be registered"))?;
        Ok(discord)
    }

    /// Listens and speaks until [`Discord::close`].
    ///
    /// # Errors
    /// Discord refuses the token or the intents, in a line that says what helps.
    pub async fn run(self: &Arc<Self>) -> Result<()> {
        let speak = |lane| {
            let discord = Arc::clone(self);
            tokio::spawn(async move {
                let changed = if lane == Lane::Answers { &discord.answers } else { &discord.bulk };
                delivery::keep_delivering(&discord.quiz, &discord.mouth(lane), &discord.now, changed, discord.closed()).await;
            })
        };
        let lanes = [speak(Lane::Answers), speak(Lane::Bulk)];
        let clock = tokio::spawn(Arc::clone(self).keep_time());
        let reader = tokio::spawn(Arc::clone(self).keep_reading_back());
        let heard = self.listen(self.closed()).await;
        self.close();
        for task in lanes.into_iter().chain([clock, reader]) {
            task.await?;
        }
        let Progress { heard: events, silences } = self.progress();
        tracing::info!(events, silences, "left Discord");
        heard
    }

    /// Ends [`Discord::run`], once what is under way is done.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Has it look at once whether something is due or waits to be said.
    pub fn look(&self) {
        self.changed();
    }

    /// How many events could not be read, by their kind.
    pub fn undecoded(&self) -> BTreeMap<String, u64> {
        self.undecoded.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        // In this order, since an event may tell of a silence.
        let heard = self.heard.load(Ordering::SeqCst);
        let made_up_for = self.made_up_for.load(Ordering::SeqCst);
        Progress { heard, silences: *self.silences.borrow() - made_up_for }
    }

    /// Something may have been missed.
    fn silence(&self) {
        self.silences.send_modify(|silences| *silences += 1);
    }

    async fn closed(&self) {
        let mut closing = self.closing.subscribe();
        // An error says that nobody can close it any more; then it is closed.
        let _ = closing.wait_for(|closing| *closing).await;
    }

    /// Makes so what is due.
    async fn keep_time(self: Arc<Self>) {
        let mut closed = std::pin::pin!(self.closed());
        loop {
            if self.missed.swap(false, Ordering::Relaxed) {
                self.silence();
            }
            match self.pass().await {
                Ok(true) => self.wake(),
                Ok(false) => {}
                Err(error) => tracing::error!(error = %format!("{error:#}"), "what is due can't be done; it is tried again"),
            }
            tokio::select! {
                () = self.due.notified() => {}
                () = tokio::time::sleep(TICK) => {}
                () = &mut closed => return,
            }
        }
    }

    async fn pass(&self) -> Result<bool> {
        let mut any = false;
        while self.quiz.next_due().await?.is_some_and(|at| at <= self.now()) && self.quiz.due(self.now()).await? {
            any = true;
            self.wake();
        }
        Ok(any)
    }

    fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Something was written that may have to be said, or a deadline set.
    fn changed(&self) {
        self.wake();
        self.due.notify_one();
    }

    fn wake(&self) {
        self.answers.notify_one();
        self.bulk.notify_one();
    }

    fn mouth(&self, lane: Lane) -> Mouth {
        Mouth { rest: self.rest.clone(), places: Arc::clone(&self.places), me: self.me, lane }
    }

    fn exposed_token(&self) -> &str {
        self.settings.token.expose_secret()
    }

    /// The REST interface's address as serenity takes it: without the path of its version.
    fn base(&self) -> String {
        let base = self.settings.api.as_deref().unwrap_or(rest::DISCORD);
        base.split("/api").next().unwrap_or(base).trim_end_matches('/').to_owned()
    }
}

/// The link that invites the bot whose token this is.
///
/// # Errors
/// As [`Discord::connect`].
pub async fn invitation(settings: &Settings) -> Result<String> {
    let rest = settings.rest()?;
    let application = rest.call(Lane::Answers, Request::new(Route::Application)).await.map_err(unreachable)?;
    let id = application["id"].as_str().and_then(|id| id.parse().ok()).context("Discord doesn't say which application that is")?;
    Ok(invite::link(id))
}

/// A server as a workspace.
fn server(guild: u64) -> Home {
    Home { platform: PLATFORM.into(), id: guild.to_string() }
}

fn unreachable(fault: Fault) -> anyhow::Error {
    match fault {
        Fault::Refused { status: 401, .. } => anyhow!(WRONG_TOKEN),
        fault => anyhow!(fault).context("Discord can't be asked"),
    }
}

/// Whether the application may read messages, where it says so: the gateway would only say no without a reason.
fn may_read(settings: &Settings, application: &Value) -> Result<()> {
    match application["flags"].as_u64() {
        Some(flags) if settings.reads_threads && flags & MAY_READ == 0 => Err(anyhow!(NO_CONTENT)),
        _ => Ok(()),
    }
}
