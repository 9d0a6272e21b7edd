//! Channels of every kind, and what may befall them: the daily finds its place, or the lead is told once what stands in the way.

use super::double::permissions::{CREATE_PUBLIC_THREADS, EMBED_LINKS, SEND_MESSAGES};
use super::double::{Place, Server};
use super::team::{FULL, Team};
use crate::databases::Fresh;

const KINDS: [fn(&Server) -> Place; 3] =
    [|server| server.text("mesh"), |server| server.announcement("mesh"), |server| server.forum("mesh")];

/// How long the threads stay open that were asked for.
fn archives(team: &Team) -> Vec<u64> {
    let all = team.discord.requests();
    all.iter().filter(|seen| seen.path.ends_with("/threads")).filter_map(|seen| seen.body["auto_archive_duration"].as_u64()).collect()
}

/// The daily in each kind of channel, in the week and over its end.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_channel() {
    for kind in KINDS {
        let (team, thread) = Team::asked(Fresh::sqlite(), kind).await;
        let name = thread.name();
        assert!(!name.is_empty() && name.chars().count() <= 100, "{name:?}");
        let answer = team.ana.types(&thread, FULL);
        team.settled().await;
        assert!(team.has_sign(answer), "{}", thread.transcript());
        assert!(team.grade(&team.ana).await.contains("10 of 10"));
        team.at("2026-11-25T08:00").await;
        assert!(thread.transcript().contains("Model answer"), "{}", thread.transcript());
        team.at("2026-11-27T09:00").await;
        assert_eq!(vec![1440, 1440, 1440, 4320], archives(&team), "{}", team.channel.transcript());
        team.end().await;
    }
}

/// A thread that Discord archived takes answers, and shows their sign.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archived_thread() {
    let (mut team, thread) = Team::asked(Fresh::sqlite(), KINDS[0]).await;
    thread.set_thread(true, false);
    let first = team.ana.types(&thread, FULL);
    team.settled().await;
    assert!(team.has_sign(first));
    team.bot.stop().await;
    let second = team.ben.types(&thread, FULL);
    thread.set_thread(true, false);
    let before = team.discord.requests().len();
    team.bot.run().await;
    team.discord.logged_in(2, 0).await;
    team.discord.asked("PUT /channels/*/messages/*/reactions/*/@me", 204, before).await;
    team.settled().await;
    assert!(team.has_sign(second), "{}", thread.transcript());
    thread.set_thread(true, false);
    team.at("2026-11-25T08:00").await;
    assert!(!team.own(&thread).is_empty(), "{}", thread.transcript());
    team.end().await;
}

/// A locked thread keeps the reveal out until it is opened.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_thread() {
    let (team, thread) = Team::asked(Fresh::sqlite(), KINDS[0]).await;
    team.ana.types(&thread, FULL);
    team.settled().await;
    thread.set_thread(true, true);
    let before = team.own(&thread).len();
    team.at("2026-11-25T08:05").await;
    let told = team.schedule(&team.channel).await;
    assert!(told.contains("the thread is locked") || told.contains("The thread is locked"), "{told}\n{}", thread.transcript());
    assert_eq!(before, team.own(&thread).len());
    thread.set_thread(false, false);
    team.settled().await;
    team.wait(60).await;
    assert!(team.own(&thread).len() > before, "{}", thread.transcript());
    let told = team.schedule(&team.channel).await;
    assert!(told.contains("gets through again") && !told.contains("is locked"), "{told}");
    team.end().await;
}

/// A deleted thread: what was meant for it is given up, and the next question comes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_thread() {
    for kind in KINDS {
        let (team, thread) = Team::asked(Fresh::sqlite(), kind).await;
        team.ana.types(&thread, FULL);
        team.settled().await;
        thread.is_deleted();
        team.at("2026-11-25T08:30").await;
        let told = team.schedule(&team.channel).await;
        assert!(told.contains("deleted"), "{told}\n{}", team.channel.transcript());
        team.at("2026-11-25T09:00").await;
        assert_eq!(1, team.questions().len(), "{}", team.channel.transcript());
        team.end().await;
    }
}

/// A deleted channel: the lead reads of it elsewhere, and can set up another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_channel() {
    for kind in KINDS {
        let (mut team, _) = Team::asked(Fresh::sqlite(), kind).await;
        let other = team.server.text("other");
        team.channel.is_deleted();
        team.at("2026-11-25T09:05").await;
        let told = team.schedule(&other).await;
        assert!(told.contains("deleted"), "{told}");
        team.channel = other;
        team.sets_up().await;
        team.at("2026-11-26T09:00").await;
        assert_eq!(1, team.channel.threads().len(), "{}", team.discord.transcript());
        team.end().await;
    }
}

/// The bot is removed over a daily, and invited again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removed_and_invited_again() {
    for kind in KINDS {
        let (team, _) = Team::asked(Fresh::sqlite(), kind).await;
        team.server.removes_bot();
        team.at("2026-11-25T09:01").await;
        assert_eq!(1, team.channel.threads().len());
        team.server.invites_bot();
        team.settled().await;
        team.wait(30).await;
        assert_eq!(2, team.channel.threads().len(), "{}", team.channel.transcript());
        team.end().await;
    }
}

/// Each permission that is missing is named to the lead, once; when it is back, the daily comes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_missing_permission() {
    let missing = [(SEND_MESSAGES, "Send Messages"), (EMBED_LINKS, "Embed Links"), (CREATE_PUBLIC_THREADS, "Create Public Threads")];
    for (permission, named) in missing {
        let team = Team::with_daily(Fresh::sqlite(), KINDS[0]).await;
        team.channel.takes_from_bot(permission);
        team.at("2026-11-24T09:01").await;
        let told = team.schedule(&team.channel).await;
        assert_eq!(1, told.matches(named).count(), "{named}: {told}\n{}", team.channel.transcript());
        team.channel.takes_from_bot(0);
        team.settled().await;
        team.wait(30).await;
        assert_eq!((1, 1), (team.channel.threads().len(), team.own(&team.channel).len()), "{named}: {}", team.channel.transcript());
        let told = team.schedule(&team.channel).await;
        assert!(told.contains("gets through again"), "{told}");
        team.end().await;
    }
}
