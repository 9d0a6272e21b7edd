//! What a server's people take for granted of a bot.

use super::team::{FULL, Team};
use crate::databases::Fresh;

/// A forum's post that was deleted doesn't come back as another post: its answer is told to whoever asks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_forum_post_stays_deleted() {
    let (team, thread) = Team::asked(Fresh::sqlite(), |server| server.forum("mesh")).await;
    team.ana.types(&thread, FULL);
    team.settled().await;
    thread.is_deleted();
    team.at("2026-11-25T08:05").await;
    assert!(team.channel.threads().is_empty(), "{}", team.channel.transcript());
    let told = team.schedule(&team.channel).await;
    assert!(told.contains("nor its reveal"), "{told}");
    let asked = team.ben.command(&team.channel, "/istio grade").await;
    let shown = team.ben.presses(asked.message(), "That of Tuesday 24 November").await.text();
    assert!(shown.contains("Model answer"), "{shown}");
    team.end().await;
}
