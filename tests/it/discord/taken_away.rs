//! A permission is taken away in the middle of an evening, and given back: members lose nothing, and the lead reads what is missing, once.

use super::double::permissions::{ADD_REACTIONS, EMBED_LINKS, SEND_IN_THREADS, VIEW_CHANNEL};
use super::double::{Place, Server};
use super::team::{FULL, HALF, Team, answered};
use crate::databases::Fresh;

const TEXT: fn(&Server) -> Place = |server| server.text("mesh");

/// What the lead reads in another channel names the permission once; given back, it says that all is well.
async fn named_once(team: &Team, at: &Place, permission: &str) {
    let told = team.schedule(at).await;
    assert_eq!(1, told.matches(permission).count(), "{permission}: {told}");
}

/// Without Add Reactions answers are graded all the same, and get their sign when it is back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn add_reactions() {
    let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    let other = team.server.text("other");
    team.channel.takes_from_bot(ADD_REACTIONS);
    let ana = team.ana.types(&thread, FULL);
    let ben = team.ben.types(&thread, HALF);
    team.settled().await;
    assert!(!team.has_sign(ana) && !team.has_sign(ben));
    assert!(team.grade(&team.ana).await.contains("10 of 10"));
    named_once(&team, &other, "Add Reactions").await;
    team.channel.takes_from_bot(0);
    team.settled().await;
    team.wait(60).await;
    assert!(team.has_sign(ana) && team.has_sign(ben), "{}", thread.transcript());
    let told = team.schedule(&other).await;
    assert!(!told.contains("Add Reactions"), "{told}");
    team.end().await;
}

/// Without Send Messages in Threads, or Embed Links, the reveal waits; answers count, and grades are told privately.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn send_in_threads_and_embed_links() {
    for (permission, named) in [(SEND_IN_THREADS, "Send Messages in Threads"), (EMBED_LINKS, "Embed Links")] {
        let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
        let other = team.server.text("other");
        team.channel.takes_from_bot(permission);
        let said = team.ana.types(&thread, FULL);
        team.settled().await;
        assert!(team.has_sign(said), "{}", thread.transcript());
        assert!(team.grade(&team.ana).await.contains("10 of 10"));
        team.at("2026-11-25T08:30").await;
        assert!(!thread.transcript().contains("Model answer"), "{}", thread.transcript());
        named_once(&team, &other, named).await;
        team.channel.takes_from_bot(0);
        team.settled().await;
        team.wait(60).await;
        let seen = thread.transcript();
        assert_eq!(1, seen.matches("Model answer").count(), "{seen}");
        let told = team.schedule(&other).await;
        assert!(told.contains("gets through again"), "{told}");
        team.end().await;
    }
}

/// Without View Channel nothing is heard; what was written meanwhile counts when the bot sees it again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn view_channel() {
    let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    team.channel.takes_from_bot(VIEW_CHANNEL);
    let said = team.ana.types(&thread, FULL);
    team.settled().await;
    assert!(!team.has_sign(said));
    team.channel.takes_from_bot(0);
    team.settled().await;
    assert!(team.has_sign(said), "{}", thread.transcript());
    let grade = answered(&team.ana.presses(team.question(), "My grade").await);
    assert!(grade.contains("10 of 10"), "{grade}");
    team.end().await;
}

/// The server can't be reached for a while, or the bot is removed and invited again: what was written meanwhile is read back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_server() {
    for removed in [false, true] {
        let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
        if removed {
            team.server.removes_bot()
        } else {
            team.server.goes_away()
        }
        team.discord.lose_events(true);
        let said = team.ana.types(&thread, FULL);
        team.discord.lose_events(false);
        team.settled().await;
        assert!(!team.has_sign(said));
        if removed {
            team.server.invites_bot()
        } else {
            team.server.comes_back()
        }
        team.settled().await;
        team.wait(60).await;
        assert!(team.has_sign(said), "{}", thread.transcript());
        team.end().await;
    }
}
