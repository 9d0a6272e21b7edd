//! The bot itself, in this process: the real adapter over a real database and real sockets, with a clock that the test moves.

use super::double::{Discord as Double, Told};
use super::standing::{Runs, Standing};
use crate::databases::Fresh;
use crate::web::server::{Clock, PATIENCE};
use jiff::Timestamp;
use meshdrill::bank::Pack;
use meshdrill::chat::discord::{Discord, PLATFORM, Settings};
use meshdrill::quiz::Quiz;
use meshdrill::store::{Db, OpenError};
use secrecy::SecretString;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// Where the team lives.
pub(crate) const ZONE: &str = "Europe/Berlin";

/// A bot, running or not.
pub(crate) struct Bot {
    fresh: Fresh,
    packs: Vec<Pack>,
    pub(crate) clock: Clock,
    pub(crate) settings: Settings,
    starts: u64,
    told: Told,
    running: Option<Running>,
}

struct Running {
    discord: Arc<Discord>,
    quiz: Arc<Quiz>,
    task: JoinHandle<anyhow::Result<()>>,
}

impl Bot {
    /// Started on a new database, with these questions of the tests' pack; none: the program's own.
    pub(crate) async fn start(double: &Double, fresh: Fresh, clock: Clock, questions: &[&str]) -> Bot {
        let packs = match questions {
            [] => meshdrill::bank::load::embedded().unwrap(),
            questions => vec![crate::room::pack(questions)],
        };
        let settings = Settings {
            api: Some(double.api_url().to_owned()),
            gateway: Some(double.gateway_url().to_owned()),
            ..Settings::new(SecretString::from(double.token()))
        };
        let mut bot = Bot { fresh, packs, clock, settings, starts: 0, told: double.told(), running: None };
        bot.run().await;
        double.ready().await;
        bot
    }

    /// Starts it again, or fails to, as somebody at a console would see it.
    pub(crate) async fn try_run(&mut self) -> anyhow::Result<()> {
        self.starts += 1;
        self.told = self.told.afresh();
        let db = self.free().await;
        let quiz = Quiz::new(db, self.packs.clone(), ZONE, self.starts).with_abilities(PLATFORM, self.settings.abilities());
        let (quiz, clock) = (Arc::new(quiz), self.clock.clone());
        let discord = match Discord::connect(self.settings.clone(), Arc::clone(&quiz), Arc::new(move || clock.tick())).await {
            Ok(discord) => discord,
            Err(error) => {
                quiz.db().close().await;
                return Err(error);
            }
        };
        let running = Arc::clone(&discord);
        self.running = Some(Running { discord, quiz, task: tokio::spawn(async move { running.run().await }) });
        Ok(())
    }

    /// The database, once the last run has let go of it: an event that it was dealing with may outlive it for a moment.
    async fn free(&self) -> Db {
        let begun = Instant::now();
        loop {
            match self.fresh.try_open().await {
                Err(OpenError::InUse(_)) if begun.elapsed() < PATIENCE => tokio::time::sleep(Duration::from_millis(10)).await,
                opened => return opened.unwrap(),
            }
        }
    }

    pub(crate) async fn run(&mut self) {
        self.try_run().await.unwrap();
    }

    /// Ends it as a signal would.
    pub(crate) async fn stop(&mut self) {
        let Running { discord, quiz, task } = self.running.take().unwrap();
        discord.close();
        task.await.unwrap().unwrap();
        assert!(discord.undecoded().is_empty(), "events that could not be read: {:?}", discord.undecoded());
        quiz.db().close().await;
    }

    /// How it ended by itself.
    pub(crate) async fn ended(&mut self) -> anyhow::Result<()> {
        let Running { quiz, task, .. } = self.running.take().unwrap();
        let ended = tokio::time::timeout(PATIENCE, task).await.unwrap().unwrap();
        quiz.db().close().await;
        ended
    }

    pub(crate) async fn restart(&mut self) {
        self.stop().await;
        self.run().await;
    }

    /// Stops it and removes the database.
    pub(crate) async fn end(mut self) {
        if self.running.is_some() {
            self.stop().await;
        }
        self.fresh.remove().await;
    }

    pub(crate) fn quiz(&self) -> &Quiz {
        &self.running.as_ref().unwrap().quiz
    }
}

impl Runs for Bot {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn set(&self, now: Timestamp) {
        self.clock.set(now);
    }

    fn told(&self) -> u64 {
        self.told.events()
    }

    async fn standing(&self) -> Standing {
        let Running { discord, quiz, .. } = self.running.as_ref().unwrap();
        Standing::of(discord, quiz, self.clock.now()).await
    }

    fn look(&self) {
        self.running.as_ref().unwrap().discord.look();
    }
}
