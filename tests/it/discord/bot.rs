//! The bot itself, in this process: the real adapter over a real database and real sockets, with a clock that the test moves.

use super::double::Discord as Double;
use crate::databases::Fresh;
use crate::web::server::{Clock, PATIENCE};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use meshdrill::bank::Pack;
use meshdrill::chat::discord::{Discord, PLATFORM, Settings};
use meshdrill::quiz::Quiz;
use meshdrill::store::Ts;
use secrecy::SecretString;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// Where the team lives.
pub(crate) const ZONE: &str = "Europe/Berlin";

/// How long nothing may happen in the double before it is quiet.
const QUIET: Duration = Duration::from_millis(60);

/// A bot, running or not.
pub(crate) struct Bot {
    fresh: Fresh,
    packs: Vec<Pack>,
    pub(crate) clock: Clock,
    pub(crate) settings: Settings,
    starts: u64,
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
        let mut bot = Bot { fresh, packs, clock, settings, starts: 0, running: None };
        bot.run().await;
        double.ready().await;
        bot
    }

    /// Starts it again, or fails to, as somebody at a console would see it.
    pub(crate) async fn try_run(&mut self) -> anyhow::Result<()> {
        self.starts += 1;
        let db = self.fresh.open().await;
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

    pub(crate) async fn run(&mut self) {
        self.try_run().await.unwrap();
    }

    /// Ends it as a signal would.
    pub(crate) async fn stop(&mut self) {
        let Running { discord, quiz, task } = self.running.take().unwrap();
        discord.close();
        task.await.unwrap().unwrap();
        assert!(discord.undecoded().is_empty(), "events that could not be read: {:?}", discord.undecoded());
        drop(discord);
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

    /// Lets the clock go on to a local time, with everything due before it at its own time.
    pub(crate) async fn at(&self, double: &Double, local: &str) {
        let local: jiff::civil::DateTime = local.parse().unwrap();
        self.until(double, local.to_zoned(TimeZone::get(ZONE).unwrap()).unwrap().timestamp()).await;
    }

    /// Lets the clock go on for so many seconds.
    pub(crate) async fn wait(&self, double: &Double, seconds: i64) {
        self.until(double, self.clock.now() + SignedDuration::from_secs(seconds)).await;
    }

    async fn until(&self, double: &Double, until: Timestamp) {
        while let Some(next) = self.quiz().next_due().await.unwrap().filter(|next| *next <= until) {
            self.clock.set(next.max(self.clock.now()));
            self.settled(double).await;
        }
        self.clock.set(until.max(self.clock.now()));
        self.settled(double).await;
    }

    /// Waits until everything heard is dealt with and everything to say is said.
    pub(crate) async fn settled(&self, double: &Double) {
        let begun = Instant::now();
        self.running.as_ref().unwrap().discord.look();
        let mut quiet = (Instant::now(), double.requests().len());
        loop {
            assert!(
                begun.elapsed() < PATIENCE,
                "the bot doesn't come to rest: {:?}\n{:?}",
                self.unsaid().await,
                double.requests().iter().map(|seen| format!("{} {} {}", seen.method, seen.path, seen.status)).collect::<Vec<_>>()
            );
            let due = self.quiz().next_due().await.unwrap().is_some_and(|next| next <= self.clock.now());
            let asked = double.requests().len();
            if due || !self.unsaid().await.is_empty() || asked != quiet.1 {
                quiet = (Instant::now(), asked);
            } else if quiet.0.elapsed() > QUIET {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// What may be said by now and is not said yet, but for what waits until its reader is at hand.
    async fn unsaid(&self) -> Vec<(String, String)> {
        let unsaid = self.quiz().db().sql(
            "SELECT about, state FROM outbox o WHERE state IN ('ready', 'leased') AND not_before <= $1
               AND (audience IS NULL OR EXISTS (SELECT 1 FROM workspaces w WHERE w.id = o.workspace_id AND w.external_id LIKE 'dm:%'))
               AND (on_row IS NULL OR EXISTS (SELECT 1 FROM outbox p WHERE p.workspace_id = o.workspace_id AND p.id = o.on_row
                    AND p.sent_id IS NOT NULL))",
        );
        unsaid.bind(Ts::from(self.clock.now())).all().await.unwrap()
    }
}
