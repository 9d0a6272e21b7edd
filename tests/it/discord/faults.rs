//! Faults of Discord's and of the way there: nothing is said twice, and nothing is left out.

use super::double::{Fault, Place, Server};
use super::team::{FULL, HALF, Team, answered};
use crate::databases::Fresh;
use meshdrill::store::Ts;
use std::time::Duration;

const ROUTES: [&str; 6] = [
    "POST /channels/*/messages",
    "POST /channels/*/messages/*/threads",
    "POST /channels/*/threads",
    "PUT /channels/*/messages/*/reactions/*/@me",
    "PATCH /channels/*/messages/*",
    "GET /channels/*",
];

/// A day of a team where everything is said once with a fault on its way: what everybody sees.
async fn day(channel: fn(&Server) -> Place, fault: Option<&Fault>) -> String {
    let mut team = Team::with_daily(Fresh::sqlite(), channel).await;
    team.bot.stop().await;
    team.bot.settings.limits.attempt = Duration::from_millis(400);
    team.bot.run().await;
    team.discord.logged_in(2, 0).await;
    let faults = |routes: &[&str]| {
        for route in routes {
            fault.into_iter().for_each(|fault| team.discord.fault(route, 0, 1, fault.clone()));
        }
    };
    faults(&ROUTES);
    team.at("2026-11-24T09:00").await;
    team.wait(30).await;
    let thread = team.channel.thread(1).await;
    team.ana.types(&thread, FULL);
    team.settled().await;
    team.wait(60).await;
    faults(&ROUTES[3..5]);
    team.ben.types(&thread, HALF);
    team.settled().await;
    team.wait(60).await;
    faults(&ROUTES[..1]);
    team.at("2026-11-25T08:00").await;
    team.wait(120).await;
    team.discord.no_faults();
    let seen = team.channel.transcript();
    let unknown: Vec<(String, String)> = team
        .bot
        .quiz()
        .db()
        .sql("SELECT about, state FROM outbox WHERE state NOT IN ('sent', 'ready') OR tries > 0 ORDER BY about")
        .all()
        .await
        .unwrap();
    assert!(unknown.is_empty(), "{fault:?}: {unknown:?}\n{seen}");
    team.end().await;
    seen
}

async fn befalls(fault: Fault) {
    for channel in [(|server: &Server| server.text("mesh")) as fn(&Server) -> Place, |server| server.forum("mesh")] {
        let fair = day(channel, None).await;
        assert_eq!(fair, day(channel, Some(&fault)).await, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_are_lost_behind_a_proxy() {
    befalls(Fault::StatusAfter(502)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_are_lost_with_the_connection() {
    befalls(Fault::ClosedAfter).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_come_too_late() {
    befalls(Fault::SlowAfter(Duration::from_millis(900))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn discord_is_out_of_order() {
    befalls(Fault::Status(500)).await;
    befalls(Fault::Closed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn discord_asks_to_wait() {
    befalls(Fault::TooMany { after: Duration::from_millis(300), global: false }).await;
    befalls(Fault::TooMany { after: Duration::from_millis(300), global: true }).await;
}

/// The program ended between a post and the note of it, and is started again so many seconds later.
async fn ends_behind_its_post(channel: fn(&Server) -> Place, seconds: i64) {
    let (mut team, thread) = Team::asked(Fresh::sqlite(), channel).await;
    let posted = team.question();
    let mut tx = team.bot.quiz().db().begin().await.unwrap();
    let leased = "UPDATE outbox SET state = 'leased', tries = 1, sent_id = NULL, sent_at = NULL, leased_until = $1
                  WHERE verb = 'post' AND audience IS NULL AND on_row IS NULL AND state = 'sent'";
    let until = Ts::from(team.bot.clock.now() + meshdrill::chat::delivery::LEASE);
    assert_eq!(1, tx.sql(leased).bind(until).run().await.unwrap());
    let ready = "UPDATE outbox SET state = 'ready', sent_id = NULL, sent_at = NULL WHERE verb = 'thread'";
    assert_eq!(1, tx.sql(ready).run().await.unwrap());
    tx.commit().await.unwrap();
    team.bot.stop().await;
    team.later(seconds);
    team.bot.run().await;
    team.discord.logged_in(2, 0).await;
    team.wait(70).await;
    assert_eq!(1, team.channel.threads().len(), "{}", team.channel.transcript());
    assert!(team.own(&team.channel).len() <= 1, "{}", team.channel.transcript());
    let found: Vec<(String, String)> = team
        .bot
        .quiz()
        .db()
        .sql("SELECT verb, sent_id FROM outbox WHERE verb IN ('post', 'thread') AND sent_id IS NOT NULL")
        .all()
        .await
        .unwrap();
    assert!(found.len() == 2 && found.iter().all(|(_, id)| *id == posted.to_string()), "{found:?} for {posted}");
    let answer = team.ana.types(&thread, FULL);
    team.settled().await;
    assert!(team.has_sign(answer));
    team.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_posted_is_found() {
    for seconds in [1, 3_600] {
        ends_behind_its_post(|server| server.text("mesh"), seconds).await;
        ends_behind_its_post(|server| server.forum("mesh"), seconds).await;
    }
}

/// The way back to whoever pressed is slow or broken for a moment: they are answered in time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interaction_on_a_bad_way() {
    let (team, _) = Team::asked(Fresh::sqlite(), |server| server.text("mesh")).await;
    let befallen = [
        Fault::Slow(Duration::from_millis(700)),
        Fault::Status(502),
        Fault::Closed,
        Fault::StatusAfter(502),
        Fault::ClosedAfter,
        Fault::TooMany { after: Duration::from_millis(200), global: false },
    ];
    for fault in befallen {
        team.discord.fault("POST /interactions/*/*/callback", 0, 1, fault.clone());
        let seen = answered(&team.ana.command(&team.channel, "/istio me").await);
        assert!(!seen.is_empty(), "{fault:?}");
    }
    team.end().await;
}
