//! What is said in a question's thread that is no answer, or not one as it stands: by bots, by Discord itself, in pictures, in replies.

use super::double::{Id, Place, Server};
use super::team::{FULL, HALF, Team};
use crate::databases::Fresh;
use serde_json::{Value, json};

const TEXT: fn(&Server) -> Place = |server| server.text("mesh");

/// Nobody answered as far as the bot knows.
async fn nobody_answered(team: &Team) {
    assert_eq!(Vec::<(String, usize)>::new(), team.attempts().await);
}

/// Bots, webhooks and Discord's own lines are nobody's answers, whatever they say.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn not_people() {
    let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    let robot = team.server.other_bot("Robot");
    let hook = json!({ "webhook_id": robot.to_string(), "application_id": null });
    let mut heard = vec![thread.hears(robot, 0, FULL, Value::Null), thread.hears(robot, 0, FULL, hook)];
    // A member added, a rename, a pin, a join, boosts, a thread made, an auto-moderation note.
    for kind in [1, 4, 6, 7, 8, 9, 10, 11, 18, 24] {
        heard.push(thread.hears(team.ana.id, kind, FULL, Value::Null));
    }
    team.settled().await;
    assert!(heard.iter().all(|message| !team.has_sign(*message)), "{}", thread.transcript());
    nobody_answered(&team).await;
    assert!(team.grade(&team.ana).await.contains("no answer of yours"));
    team.end().await;
}

/// A sticker, a poll and what somebody forwards have no words of their own: nothing comes of them, also when they are read back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_words() {
    let (mut team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    let wordless = |team: &Team, by: Id| {
        let sticker = json!({ "sticker_items": [{ "id": "749054660769218631", "name": "Wave", "format_type": 3 }] });
        let poll = json!({ "poll": {
            "question": { "text": FULL }, "answers": [{ "answer_id": 1, "poll_media": { "text": HALF } }], "expiry": "2026-11-25T09:00:00+00:00",
            "allow_multiselect": false, "layout_type": 1, "results": { "answer_counts": [], "is_finalized": false },
        } });
        let there = team.channel.id.to_string();
        let forwarded = json!({
            "message_reference": { "type": 1, "channel_id": there, "message_id": there, "guild_id": team.server.id.to_string() },
            "message_snapshots": [{ "message": {
                "type": 0, "content": FULL, "embeds": [], "attachments": [], "timestamp": "2026-11-24T08:00:00+00:00", "edited_timestamp": null,
                "flags": 0, "mentions": [], "mention_roles": [], "components": [],
            } }],
            "flags": 1 << 14,
        });
        [sticker, poll, forwarded].map(|more| thread.hears(by, 0, "", more))
    };
    let mut heard = wordless(&team, team.ana.id).to_vec();
    team.settled().await;
    team.bot.stop().await;
    heard.extend(wordless(&team, team.ben.id));
    team.bot.run().await;
    team.discord.logged_in(2, 0).await;
    team.settled().await;
    assert!(heard.iter().all(|message| !team.has_sign(*message)), "{}", thread.transcript());
    nobody_answered(&team).await;
    team.end().await;
}

/// Words beside a picture are an answer; a picture alone is none, and says so while an answer may be meant.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_a_picture() {
    let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    let picture = json!({ "attachments": [{
        "id": "900000000000000001", "filename": "mesh.png", "size": 9, "url": "https://cdn.example/mesh.png",
        "proxy_url": "https://cdn.example/mesh.png", "content_type": "image/png",
    }] });
    let both = thread.hears(team.ana.id, 0, FULL, picture.clone());
    let alone = thread.hears(team.ben.id, 0, "", picture.clone());
    team.settled().await;
    let more = thread.hears(team.ana.id, 0, "", picture);
    team.settled().await;
    assert!(team.discord.reads(both).contains("📝"), "{}", thread.transcript());
    assert!(team.discord.reads(alone).contains("❓"), "{}", thread.transcript());
    assert!(!team.has_sign(more), "{}", thread.transcript());
    let attempts: usize = team.attempts().await.iter().map(|(_, attempts)| attempts).sum();
    assert_eq!(1, attempts, "{}", thread.transcript());
    assert!(team.grade(&team.ana).await.contains("10 of 10"));
    team.end().await;
}

/// A reply to somebody is conversation. To the question's own message it is an answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replies() {
    for kind in [TEXT, |server| server.forum("mesh")] {
        let (team, thread) = Team::asked(Fresh::sqlite(), kind).await;
        let said = team.ben.types(&thread, HALF);
        let reply = team.ana.replies(&thread, said, FULL);
        team.settled().await;
        assert!(team.has_sign(said) && !team.has_sign(reply), "{}", thread.transcript());
        let answer = team.ana.replies(&thread, team.question(), FULL);
        team.settled().await;
        assert!(team.has_sign(answer), "{}", thread.transcript());
        team.end().await;
    }
}

/// Code, then words: one answer of several messages, each of which may be changed or taken back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_several_messages() {
    let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    let code = team.ana.types(&thread, "```yaml\nroute: # weights split traffic between the versions\n```");
    team.later(5);
    let rest = team.ana.types(&thread, "and step by step you shift more of it");
    team.settled().await;
    assert_eq!(vec![("Ana".to_owned(), 1)], team.attempts().await, "{}", thread.transcript());
    thread.removes(rest);
    team.settled().await;
    let grade = team.grade(&team.ana).await;
    assert!(grade.contains("6 of 10"), "{grade}");
    thread.removes(code);
    team.settled().await;
    let grade = team.grade(&team.ana).await;
    assert!(grade.contains("took your answer back"), "{grade}");
    team.end().await;
}

/// A moderator takes a message away before its grade was read: nothing is used up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn taken_away_by_a_moderator() {
    let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    let said = team.ana.types(&thread, HALF);
    team.settled().await;
    thread.removes(said);
    team.settled().await;
    let grade = team.grade(&team.ana).await;
    assert!(grade.contains("no answer of yours") || grade.contains("took your answer back"), "{grade}");
    let again = team.ana.types(&thread, FULL);
    team.settled().await;
    assert!(team.has_sign(again) && team.grade(&team.ana).await.contains("10 of 10"), "{}", thread.transcript());
    team.end().await;
}

/// What is changed after the close earns nothing more; what is emptied is not graded as nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changed_too_late_or_to_nothing() {
    let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    let ana = team.ana.types(&thread, HALF);
    let ben = team.ben.types(&thread, HALF);
    team.settled().await;
    // The words go, the picture stays: the client sends an empty text.
    team.ben.edits(ben, "");
    team.settled().await;
    let grade = team.grade(&team.ben).await;
    assert!(grade.contains("6 of 10"), "{grade}");
    team.at("2026-11-25T08:30").await;
    team.ana.edits(ana, FULL);
    team.settled().await;
    let grade = team.grade(&team.ana).await;
    assert!(grade.contains("6 of 10"), "{grade}");
    let board = team.ana.command(&team.channel, "/istio leaderboard period:all").await.text();
    assert!(board.contains('6') && !board.contains("10 "), "{board}");
    team.end().await;
}
