//! A team with a daily question in one channel, for tests of what may befall it.

use super::bot::Bot;
use super::double::{Answer, Discord, Id, Member, Place, Server};
use crate::databases::Fresh;
use crate::web::server::Clock;
use jiff::SignedDuration;
use serde_json::Value;
use std::sync::Arc;

/// Both points of any question of these.
pub(crate) const FULL: &str = "a layer of proxies that encrypts traffic, weights split traffic, step by step";
/// The first of them.
pub(crate) const HALF: &str = "weights split traffic between the versions";

/// A server, the bot, and its people: Lea leads.
pub(crate) struct Team {
    pub(crate) discord: Discord,
    pub(crate) server: Server,
    pub(crate) channel: Place,
    pub(crate) bot: Bot,
    pub(crate) lea: Member,
    pub(crate) ana: Member,
    pub(crate) ben: Member,
}

impl Team {
    /// With a bot and nothing set up.
    pub(crate) async fn gather(fresh: Fresh, channel: fn(&Server) -> Place) -> Team {
        let clock = Clock::new();
        let now = clock.clone();
        let discord = Discord::start_at(Arc::new(move || now.now())).await;
        let server = discord.server("Platform team");
        let channel = channel(&server);
        let (lea, ana, ben) = (server.lead("Lea"), server.member("Ana"), server.member("Ben"));
        let bot = Bot::start(&discord, fresh, clock, &["canary", "what-is-a-mesh", "more-1", "more-2", "more-3"]).await;
        Team { discord, server, channel, bot, lea, ana, ben }
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

    pub(crate) async fn at(&self, local: &str) {
        self.bot.at(&self.discord, local).await;
    }

    pub(crate) async fn wait(&self, seconds: i64) {
        self.bot.wait(&self.discord, seconds).await;
    }

    pub(crate) async fn settled(&self) {
        self.bot.settled(&self.discord).await;
    }

    /// The clock goes on; nothing is waited for.
    pub(crate) fn later(&self, seconds: i64) {
        self.bot.clock.set(self.bot.clock.now() + SignedDuration::from_secs(seconds));
    }

    /// The threads of all questions so far.
    pub(crate) fn questions(&self) -> Vec<Place> {
        self.channel.threads().into_iter().filter(|thread| thread.name().starts_with("Istio question")).collect()
    }

    /// The message of the last question: in a forum it is the first of its post.
    pub(crate) fn question(&self) -> Id {
        self.questions().last().unwrap().id
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

/// A card reached whoever asked.
pub(crate) fn answered(answer: &Answer) -> String {
    assert!(!answer.failed(), "nobody answered");
    answer.text()
}
