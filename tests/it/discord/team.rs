//! A team with a daily question in one channel, for tests of what may befall it.

use super::bot::Bot;
use super::double::{Answer, Discord, Id, Member, Now, Place, Server};
use super::standing::Runs;
use crate::databases::Fresh;
use crate::web::server::Clock;
use jiff::SignedDuration;
use meshdrill::store::Db;
use serde_json::Value;
use std::sync::Arc;

/// Both points of any question of these.
pub(crate) const FULL: &str = "a layer of proxies that encrypts traffic, weights split traffic, step by step";
/// The first of them.
pub(crate) const HALF: &str = "weights split traffic between the versions";

/// The boards as they are kept: who has how many points on which, in what.
pub(crate) type Boards = Vec<(String, String, String, i64)>;

/// A server, the bot, and its people: Lea leads.
pub(crate) struct Team<B = Bot> {
    pub(crate) discord: Discord,
    pub(crate) server: Server,
    pub(crate) channel: Place,
    pub(crate) bot: B,
    pub(crate) lea: Member,
    pub(crate) ana: Member,
    pub(crate) ben: Member,
}

impl<B: Runs> Team<B> {
    /// By this clock, with a bot that is started there.
    pub(crate) async fn around(now: Now, channel: fn(&Server) -> Place, start: impl AsyncFnOnce(&Discord) -> B) -> Team<B> {
        let discord = Discord::start_at(now).await;
        let server = discord.server("Platform team");
        let channel = channel(&server);
        let (lea, ana, ben) = (server.lead("Lea"), server.member("Ana"), server.member("Ben"));
        let bot = start(&discord).await;
        discord.ready().await;
        Team { discord, server, channel, bot, lea, ana, ben }
    }

    pub(crate) async fn at(&self, local: &str) {
        self.bot.at(local).await;
    }

    pub(crate) async fn wait(&self, seconds: i64) {
        self.bot.until(self.bot.now() + SignedDuration::from_secs(seconds)).await;
    }

    pub(crate) async fn settled(&self) {
        self.bot.settled().await;
    }

    /// The clock goes on; nothing is waited for.
    pub(crate) fn later(&self, seconds: i64) {
        self.bot.set(self.bot.now() + SignedDuration::from_secs(seconds));
    }

    /// The threads of all questions so far.
    pub(crate) fn questions(&self) -> Vec<Place> {
        self.channel.threads().into_iter().filter(|thread| thread.name().starts_with("Istio question")).collect()
    }

    /// The message of the last question: in a forum it is the first of its post.
    pub(crate) fn question(&self) -> Id {
        self.questions().last().unwrap().id
    }

    /// The latest message in the channel with this button.
    pub(crate) fn with_button(&self, label: &str) -> Option<Id> {
        let all = self.channel.messages();
        let found = all.iter().rev().find(|message| message["components"].to_string().contains(&format!("\"label\":\"{label}\"")));
        found.map(|message| message["id"].as_str().unwrap().parse().unwrap())
    }
}

impl Team {
    /// With a bot and nothing set up.
    pub(crate) async fn gather(fresh: Fresh, channel: fn(&Server) -> Place) -> Team {
        Team::gather_for(fresh, channel, &["canary", "what-is-a-mesh", "more-1", "more-2", "more-3"]).await
    }

    /// The same, with these questions.
    pub(crate) async fn gather_for(fresh: Fresh, channel: fn(&Server) -> Place, questions: &[&str]) -> Team {
        let clock = Clock::new();
        let now = clock.clone();
        Team::around(Arc::new(move || now.now()), channel, async |discord| Bot::start(discord, fresh, clock, questions).await).await
    }

    /// With the daily switched on.
    pub(crate) async fn with_daily(fresh: Fresh, channel: fn(&Server) -> Place) -> Team {
        let team = Team::gather(fresh, channel).await;
        team.sets_up().await;
        team
    }

    /// With the first daily asked, and its thread.
    pub(crate) async fn asked(fresh: Fresh, channel: fn(&Server) -> Place) -> (Team, Place) {
        let team = Team::with_daily(fresh, channel).await;
        team.at("2026-11-24T09:00").await;
        let thread = team.channel.thread(1).await;
        (team, thread)
    }

    pub(crate) async fn sets_up(&self) {
        let offer = self.lea.command(&self.channel, "/istio-lead setup daily").await;
        let on = self.lea.presses(offer.message(), "Start").await;
        assert!(on.text().contains("is on"), "{}", on.text());
    }

    /// What somebody's *My grade* says.
    pub(crate) async fn grade(&self, who: &Member) -> String {
        who.presses(self.question(), "My grade").await.text()
    }

    /// What the lead reads of the schedule.
    pub(crate) async fn schedule(&self, at: &Place) -> String {
        self.lea.command(at, "/istio-lead schedule show").await.text()
    }

    /// The bot put its sign on a message.
    pub(crate) fn has_sign(&self, message: Id) -> bool {
        let read = self.discord.reads(message);
        read.lines().last().is_some_and(|line| line.ends_with(" Meshdrill"))
    }

    /// How often each member answered, as it is kept.
    pub(crate) async fn attempts(&self) -> Vec<(String, usize)> {
        let kept: Vec<(String, String)> = self
            .bot
            .quiz()
            .db()
            .sql(
                "SELECT m.name, CAST(p.attempts AS TEXT) FROM participations p
                  JOIN members m ON m.workspace_id = p.workspace_id AND m.id = p.member_id ORDER BY m.name",
            )
            .all()
            .await
            .unwrap();
        let count = |attempts: &str| serde_json::from_str::<Value>(attempts).unwrap().as_array().unwrap().len();
        kept.iter().map(|(name, attempts)| (name.clone(), count(attempts))).collect()
    }

    /// The bot's messages that everybody sees in a place.
    pub(crate) fn own(&self, place: &Place) -> Vec<Value> {
        let me = self.discord.bot_id().to_string();
        place.messages().into_iter().filter(|message| message["author"]["id"] == me && message["type"] == 0).collect()
    }

    pub(crate) async fn end(self) {
        self.bot.end().await;
        self.discord.end().await;
    }
}

/// The boards as they are kept.
pub(crate) async fn boards(db: &Db) -> Boards {
    let totals = db.sql(
        "SELECT m.name, t.board, t.topic, t.points FROM totals t JOIN members m ON m.workspace_id = t.workspace_id AND m.id = t.member_id
         ORDER BY m.name, t.board, t.day, t.topic, t.points",
    );
    totals.all().await.unwrap()
}

/// A card reached whoever asked.
pub(crate) fn answered(answer: &Answer) -> String {
    assert!(!answer.failed(), "nobody answered");
    answer.text()
}
