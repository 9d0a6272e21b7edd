//! Lost connections: what happened meanwhile is made up for, once, with its own time.

use super::double::{Discord, Id};
use super::team::{FULL, HALF, Team};
use crate::databases::Fresh;
use meshdrill::store::Ts;

/// When a message was written, as it is kept, and whether it is gone.
async fn kept(team: &Team, message: Id) -> Option<(Ts, Option<Ts>)> {
    let sql = team.bot.quiz().db().sql("SELECT at, deleted_at FROM messages WHERE message_id = $1");
    sql.bind(&*message.to_string()).opt().await.unwrap()
}

crate::databases::both! {
    /// A session that can't be resumed.
    async fn what_was_missed_is_read_back(fresh: Fresh) {
        let (team, thread) = Team::asked(fresh, |server| server.text("mesh")).await;
        let ways: [fn(&Discord); 2] = [
            |discord| discord.invalidate(false),
            |discord| {
                discord.close_gateway(4000);
                discord.forget_sessions();
            },
        ];
        let half = team.ben.types(&thread, HALF);
        let withdrawn = team.lea.types(&thread, FULL);
        team.settled().await;
        assert!(team.has_sign(half) && team.has_sign(withdrawn));
        let mut written = None;
        for (nth, way) in ways.into_iter().enumerate() {
            team.discord.lose_events(true);
            if nth == 0 {
                team.later(20);
                written = Some((team.ana.types(&thread, FULL), team.bot.clock.now()));
                team.ben.edits(half, FULL);
                team.lea.deletes(withdrawn);
                team.later(3_600);
            }
            team.discord.lose_events(false);
            let before = team.discord.requests().len();
            way(&team.discord);
            team.discord.logged_in(nth + 2, 0).await;
            team.discord.asked("GET /channels/*/messages", 200, before).await;
            team.settled().await;
        }
        let (answer, at) = written.unwrap();
        assert!(team.has_sign(answer), "{}", thread.transcript());
        let (kept_at, gone) = kept(&team, answer).await.unwrap();
        assert!(gone.is_none() && kept_at.duration_since(at).abs() < jiff::SignedDuration::from_secs(1), "{kept_at:?} for {at}");
        assert!(kept(&team, withdrawn).await.unwrap().1.is_some());
        for who in [&team.ana, &team.ben] {
            let grade = team.grade(who).await;
            assert!(grade.contains("10 of 10"), "{grade}");
        }
        let attempts = team.attempts().await;
        assert!(attempts.iter().all(|(_, n)| *n <= 1), "{attempts:?}");
        team.end().await;
    }

    /// Answers before and after the close, written while nobody was there.
    async fn what_was_written_in_its_absence(fresh: Fresh) {
        let (mut team, thread) = Team::asked(fresh, |server| server.text("mesh")).await;
        team.bot.stop().await;
        team.later(3_600);
        let in_time = team.ana.types(&thread, FULL);
        team.bot.clock.set("2026-11-25T07:20:00Z".parse().unwrap());
        let late = team.ben.types(&thread, FULL);
        team.bot.clock.set("2026-11-25T07:30:00Z".parse().unwrap());
        let before = team.discord.requests().len();
        team.bot.run().await;
        team.discord.logged_in(2, 0).await;
        team.discord.asked("GET /channels/*/messages", 200, before).await;
        team.settled().await;
        team.wait(1_200).await;
        let grade = team.ana.presses(team.question(), "My grade").await.text();
        assert!(grade.contains("10 of 10"), "{grade}\n{}", thread.transcript());
        assert!(team.has_sign(in_time), "{}", thread.transcript());
        let board = team.lea.command(&team.channel, "/istio leaderboard period:week").await.text();
        assert!(board.contains("Ana") && !board.contains("Ben"), "{board}");
        assert!(!team.discord.reads(late).contains('✅'), "{}", thread.transcript());
        let reveals = team.own(&thread).len();
        team.bot.restart().await;
        team.discord.logged_in(3, 0).await;
        team.settled().await;
        assert_eq!(reveals, team.own(&thread).len(), "{}", thread.transcript());
        team.end().await;
    }
}

/// A session that is taken up again: nothing is lost, and nothing counts twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_resumed_counts_once() {
    let (team, thread) = Team::asked(Fresh::sqlite(), |server| server.text("mesh")).await;
    let ways: [fn(&Discord); 4] =
        [Discord::ask_to_reconnect, |discord| discord.invalidate(true), Discord::tear_gateway, |discord| discord.close_gateway(4000)];
    let people = [&team.ana, &team.ben, &team.lea];
    let mut written = Vec::new();
    for (nth, way) in ways.into_iter().enumerate() {
        way(&team.discord);
        if let Some(who) = people.get(nth) {
            written.push(who.types(&thread, FULL));
        }
        team.later(5);
        team.discord.logged_in(1, nth + 1).await;
    }
    team.settled().await;
    assert!(written.iter().all(|message| team.has_sign(*message)), "{}", thread.transcript());
    assert_eq!((1, 4), team.discord.logins());
    let once = ["Ana", "Ben", "Lea"].map(|name| (name.to_owned(), 1));
    assert_eq!(once.to_vec(), team.attempts().await);
    team.end().await;
}

/// Nobody answers the heartbeat: the connection is made anew by itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_gateway_is_left() {
    let mut team = Team::with_daily(Fresh::sqlite(), |server| server.text("mesh")).await;
    team.discord.heartbeat_every(1_000);
    team.bot.restart().await;
    team.discord.logged_in(2, 0).await;
    team.at("2026-11-24T09:00").await;
    let thread = team.channel.thread(1).await;
    let (before, logins) = (team.discord.requests().len(), team.discord.logins());
    team.discord.withhold_acks(true);
    team.discord.lose_events(true);
    let answer = team.ana.types(&thread, FULL);
    team.discord.lose_events(false);
    // Serenity begins anew instead of resuming.
    team.discord.logged_in(logins.0 + 1, 0).await;
    team.discord.withhold_acks(false);
    team.discord.asked("GET /channels/*/messages", 200, before).await;
    team.settled().await;
    assert!(team.has_sign(answer));
    assert_eq!(vec![("Ana".to_owned(), 1)], team.attempts().await);
    team.end().await;
}
