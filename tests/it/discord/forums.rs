//! Forums whose posts need a tag, and names that are too long for a thread.

use super::double::{Place, Server};
use super::team::{FULL, Team};
use crate::databases::Fresh;
use meshdrill::message::Card;

/// A post is given the tag that fits, or the first that may be given.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_carries_a_tag() {
    let forums: [fn(&Server) -> Place; 2] = [
        |server| server.tagged_forum("mesh", &["[Istio]", "Help wanted", "Daily"]),
        |server| server.tagged_forum("mesh", &["[Solved]", "Help wanted", "Show and tell"]),
    ];
    for (forum, tag) in forums.into_iter().zip(["Daily", "Help wanted"]) {
        let (team, post) = Team::asked(Fresh::sqlite(), forum).await;
        assert_eq!(vec![tag], post.tags(), "{}", team.channel.transcript());
        let answer = team.ana.types(&post, FULL);
        team.settled().await;
        assert!(team.has_sign(answer), "{}", post.transcript());
        team.end().await;
    }
}

/// Where no tag may be given the lead is told once what helps, and the daily comes when it is done.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forum_without_a_tag_for_us() {
    let team = Team::with_daily(Fresh::sqlite(), |server| server.tagged_forum("mesh", &["[Staff]"])).await;
    let other = team.server.text("other");
    team.at("2026-11-24T09:30").await;
    assert!(team.channel.threads().is_empty(), "{}", team.channel.transcript());
    let told = team.schedule(&other).await;
    assert_eq!(1, told.matches("asks for a tag").count(), "{told}");
    assert!(told.contains("add a tag that everybody may use"), "{told}");
    team.channel.has_tags(&["[Staff]", "Practice"], true);
    team.settled().await;
    team.wait(30).await;
    let post = team.channel.thread(1).await;
    assert_eq!((1, vec!["Practice".to_owned()]), (team.questions().len(), post.tags()));
    let told = team.schedule(&other).await;
    assert!(told.contains("gets through again"), "{told}");
    team.end().await;
}

/// A thread's name has at most a hundred of Discord's characters, however they are written, and ends where a word or a sign does.
#[test]
fn long_names() {
    let name = |title: &str| meshdrill::chat::discord::render::thread_name(&Card::titled(title));
    let whole = ["a".repeat(100), "🚦".repeat(50), format!("{} ü", "é".repeat(98)), "W".repeat(99)];
    for title in &whole {
        assert_eq!(*title, name(title));
    }
    let long = [
        ("a".repeat(101), "a".repeat(99)),
        ("🚦".repeat(51), "🚦".repeat(49)),
        (format!("{}🚦🚦", "a".repeat(98)), "a".repeat(98)),
        ("日本語 ".repeat(40), "日本語 ".repeat(24) + "日本語"),
        (format!("{}and more", "word ".repeat(19)), format!("{}and", "word ".repeat(19))),
        // A flag is one sign of two characters, and so is a thumb with its colour.
        (format!("{}🇩🇪 and co", "a".repeat(97)), "a".repeat(97)),
        (format!("{}👍🏽 and co", "a".repeat(96)), "a".repeat(96)),
    ];
    for (title, kept) in &long {
        assert_eq!(format!("{kept}…"), name(title));
        assert!(name(title).encode_utf16().count() <= 100);
    }
}
