//! How far a bot has come, and walking the clock: each time it is waited for until it rests, by what it was told and what it says of itself.

use super::bot::ZONE;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use meshdrill::chat::discord::Discord;
use meshdrill::quiz::Quiz;
use meshdrill::store::Ts;
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

/// How long anything may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
/// After so long it is helped.
const A_WHILE: Duration = Duration::from_secs(3);

/// How a bot stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Standing {
    /// By its clock, before it looked.
    pub(crate) at: Timestamp,
    /// When it has something to do next.
    pub(crate) due: Option<Timestamp>,
    /// Rows that may be said by now and are not.
    unsaid: Vec<(String, String)>,
    /// Events it has dealt with.
    heard: u64,
    /// Silences that it has not made up for.
    silences: u64,
}

impl Standing {
    /// What waits until its reader is at hand is not unsaid.
    pub(crate) async fn of(discord: &Discord, quiz: &Quiz, at: Timestamp) -> Standing {
        // In this order, since each makes for the next.
        let progress = discord.progress();
        let due = quiz.next_due().await.unwrap();
        let unsaid = quiz.db().sql(
            "SELECT about, state FROM outbox o WHERE state IN ('ready', 'leased') AND not_before <= $1
               AND (audience IS NULL OR EXISTS (SELECT 1 FROM workspaces w WHERE w.id = o.workspace_id AND w.external_id LIKE 'dm:%'))
               AND (on_row IS NULL OR EXISTS (SELECT 1 FROM outbox p WHERE p.workspace_id = o.workspace_id AND p.id = o.on_row
                    AND p.sent_id IS NOT NULL))",
        );
        let unsaid = unsaid.bind(Ts::from(at)).all().await.unwrap();
        Standing { at, due, unsaid, heard: progress.heard, silences: progress.silences }
    }

    /// All of so many events are dealt with, and nothing is to do or to say by now.
    fn rests(&self, told: u64) -> bool {
        self.heard == told && self.silences == 0 && self.unsaid.is_empty() && self.due.is_none_or(|due| due > self.at)
    }
}

/// A bot that can be waited for, wherever it runs.
pub(crate) trait Runs {
    /// The time it goes by.
    fn now(&self) -> Timestamp;
    /// Sets it forward.
    fn set(&self, now: Timestamp);
    /// How many events it was told since it runs.
    fn told(&self) -> u64;
    /// How it stands, no sooner than this is asked.
    async fn standing(&self) -> Standing;
    /// Has it look at once, where that can be.
    fn look(&self) {}
    /// It was waited for in vain for a while.
    fn tarries(&self) {}

    /// Waits until everything heard is dealt with and everything to say is said.
    async fn settled(&self) {
        let (begun, mut asked) = (Instant::now(), Instant::now());
        self.look();
        loop {
            let told = self.told();
            let standing = self.standing().await;
            // What it said meanwhile it is told of as well.
            if standing.rests(told) && self.told() == told {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "the bot was told of {told} events and doesn't come to rest: {standing:?}");
            if asked.elapsed() > A_WHILE {
                self.tarries();
                asked = Instant::now();
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Lets the clock go on, with everything due before it at its own time.
    async fn until(&self, until: Timestamp) {
        while let Some(next) = self.standing().await.due.filter(|next| *next <= until) {
            self.set(next.max(self.now()));
            self.settled().await;
        }
        self.set(until.max(self.now()));
        self.settled().await;
    }

    /// Lets the clock go on to a local time.
    async fn at(&self, local: &str) {
        let local: jiff::civil::DateTime = local.parse().unwrap();
        self.until(local.to_zoned(TimeZone::get(ZONE).unwrap()).unwrap().timestamp()).await;
    }
}
