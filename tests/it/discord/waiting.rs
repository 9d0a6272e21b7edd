//! What waits for one member, who can't be spoken to unasked: it comes below their next press, to them alone, once.

use super::double::{Id, Place, Server};
use super::team::{FULL, Team};
use crate::databases::Fresh;
use serde_json::json;

const TEXT: fn(&Server) -> Place = |server| server.text("mesh");
/// What somebody is told who sent a picture for an answer.
const WAITS: &str = "couldn't read any text";

/// Ben sends a picture for an answer.
fn sends_a_picture(team: &Team, thread: &Place) {
    let picture = json!({ "attachments": [{
        "id": "900000000000000001", "filename": "mesh.png", "size": 9, "url": "https://cdn.example/mesh.png",
        "proxy_url": "https://cdn.example/mesh.png",
    }] });
    thread.hears(team.ben.id, 0, "", picture);
}

/// How often a member has read it.
fn times_told(team: &Team) -> (usize, usize) {
    (team.ana.private().matches(WAITS).count(), team.ben.private().matches(WAITS).count())
}

/// What everybody sees of it: nothing.
fn is_secret(team: &Team, thread: &Place) {
    assert!(!thread.transcript().contains(WAITS) && !team.channel.transcript().contains(WAITS), "{}", thread.transcript());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_comes_with_the_next_press() {
    let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    sends_a_picture(&team, &thread);
    team.settled().await;
    assert_eq!((0, 0), times_told(&team));
    team.ana.presses(team.question(), "My grade").await;
    assert_eq!((0, 0), times_told(&team));
    let pressed = team.ben.presses(team.question(), "My grade").await;
    let told: Vec<Id> = pressed.follow_ups(1).await;
    assert!(team.discord.reads(told[0]).contains(WAITS));
    team.ben.presses(team.question(), "My grade").await;
    team.settled().await;
    assert_eq!((0, 1), times_told(&team));
    is_secret(&team, &thread);
    team.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_comes_once_after_a_restart_and_two_presses() {
    let (mut team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    sends_a_picture(&team, &thread);
    team.settled().await;
    team.bot.restart().await;
    team.discord.logged_in(2, 0).await;
    team.wait(86_400 * 3).await;
    let sent = [team.ben.sends_press(team.question(), "My grade"), team.ben.sends_press(team.question(), "My grade")];
    for sent in sent {
        sent.settled().await;
    }
    team.settled().await;
    assert_eq!((0, 1), times_told(&team));
    team.bot.restart().await;
    team.discord.logged_in(3, 0).await;
    team.ben.command(&team.channel, "/istio me").await;
    team.settled().await;
    assert_eq!((0, 1), times_told(&team));
    is_secret(&team, &thread);
    team.end().await;
}

/// A late answer says so to its author, when they look; others hear nothing of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_answer() {
    let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    team.at("2026-11-25T08:30").await;
    team.ben.types(&thread, FULL);
    team.settled().await;
    assert!(!thread.transcript().contains("after the close"), "{}", thread.transcript());
    let pressed = team.ben.command(&team.channel, "/istio me").await;
    let told = pressed.follow_ups(1).await;
    assert!(team.discord.reads(told[0]).contains("came after the close"));
    team.end().await;
}
