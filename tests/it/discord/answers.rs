//! What people type and press: what is an answer and what isn't, that nobody is pinged, and that nothing is done twice.

use super::double::leaves;
use super::team::{FULL, HALF, Team, answered};
use crate::databases::Fresh;
use serde_json::Value;

/// Nothing the bot sent may mention anybody, but for these roles.
fn pings_only(team: &Team, roles: &[String]) {
    for seen in team.discord.requests() {
        let bodies = [&seen.body, &seen.body["data"], &seen.body["message"]];
        for body in bodies.into_iter().filter(|body| body.get("embeds").is_some() || body.get("content").is_some()) {
            let allowed = &body["allowed_mentions"];
            assert_eq!(Some(&Vec::<Value>::new()), allowed["parse"].as_array(), "{} {}: {body}", seen.method, seen.path);
            let named = allowed["roles"].as_array().into_iter().flatten().filter_map(Value::as_str);
            assert!(named.into_iter().all(|role| roles.iter().any(|known| known == role)), "{body}");
            assert!(allowed["users"].as_array().is_none_or(Vec::is_empty), "{body}");
        }
    }
}

/// Other threads and the channel itself are no place for answers; code, emoji and names in an answer are.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_an_answer() {
    let (team, thread) = Team::asked(Fresh::sqlite(), |server| server.text("mesh")).await;
    let chat = team.ben.types(&team.channel, FULL);
    let elsewhere = team.ben.opens_thread(chat, "lunch");
    let other = team.ben.types(&elsewhere, FULL);
    let code = team.ana.types(&thread, "```yaml\n# weights split traffic between the versions\n# step by step\n```");
    let marked = team.lea.types(&thread, &format!("<@{}> <:party:123456789012345678> {FULL}", team.ben.key()));
    team.settled().await;
    assert!(!team.has_sign(chat) && !team.has_sign(other), "{}", team.channel.transcript());
    assert!(team.has_sign(code) && team.has_sign(marked), "{}", thread.transcript());
    assert_eq!(vec!["Ana", "Lea"], team.attempts().await.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());
    let grade = team.grade(&team.lea).await;
    assert!(grade.contains("10 of 10"), "{grade}");
    team.end().await;
}

/// Whatever is quoted, nobody is pinged: but the role that asked for it, by the question.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_pinged() {
    let team = Team::gather(Fresh::sqlite(), |server| server.text("mesh")).await;
    let role = team.server.role("drill");
    team.sets_up().await;
    let set = answered(&team.lea.command(&team.channel, "/istio-lead setup role role:drill").await);
    assert!(set.contains("drill"), "{set}");
    team.at("2026-11-24T09:00").await;
    let thread = team.channel.thread(1).await;
    answered(&team.ana.command(&team.channel, "/istio share switch:on").await);
    team.ana.types(&thread, &format!("@everyone @here <@&{role}> <@{}> **{FULL}** `||", team.ben.key()));
    team.settled().await;
    answered(&team.ana.presses(team.question(), "My grade").await);
    let seen = team.channel.transcript();
    assert_eq!(1, seen.matches("[pings ").count(), "{seen}");
    assert_eq!(1, seen.matches("[pings drill]").count(), "{seen}");
    team.at("2026-11-25T08:00").await;
    let seen = team.channel.transcript();
    assert!(seen.contains("> @") && !seen.contains("[pings "), "{seen}");
    pings_only(&team, &[role.to_string()]);
    team.end().await;
}

/// Every button of the question, pressed twice at once, does nothing twice; and works after a restart and a month.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn buttons_are_patient() {
    let (mut team, thread) = Team::asked(Fresh::sqlite(), |server| server.text("mesh")).await;
    let question = team.question();
    for label in ["Hint", "My grade", "Answer privately"] {
        let twice = [team.ana.sends_press(question, label), team.ana.sends_press(question, label)];
        for sent in twice {
            answered(&sent.settled().await);
        }
    }
    team.settled().await;
    let form = team.ana.presses(question, "Answer privately").await;
    answered(&team.ana.submits(&form, &[("In your own words", FULL)]).await);
    team.settled().await;
    let grade = team.grade(&team.ana).await;
    assert!(grade.contains(" of 10"), "{grade}");
    assert_eq!(vec![("Ana".to_owned(), 1)], team.attempts().await, "{grade}");
    team.ben.types(&thread, HALF);
    team.settled().await;
    team.bot.restart().await;
    team.discord.logged_in(2, 0).await;
    assert!(team.grade(&team.ben).await.contains("6 of 10"));
    team.wait(30 * 86_400).await;
    for who in [&team.ana, &team.ben] {
        let said = answered(&who.presses(question, "My grade").await);
        assert!(said.contains("of 10"), "{said}");
    }
    team.end().await;
}

/// What Discord tells twice is done once: one message answers one question of a quiz, one form is one attempt.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_told_twice() {
    let (team, _) = Team::asked(Fresh::sqlite(), |server| server.text("mesh")).await;
    let direct = team.ben.direct();
    let asked = answered(&team.ben.command(&direct, "/istio quiz count:2").await);
    assert!(asked.contains('?'), "{asked}");
    team.discord.deliver_twice(true);
    team.ben.types(&direct, HALF);
    let form = team.ana.presses(team.question(), "Answer privately").await;
    answered(&team.ana.submits(&form, &[("In your own words", HALF)]).await);
    team.settled().await;
    let once = ["Ana", "Ben"].map(|name| (name.to_owned(), 1));
    assert_eq!(once.to_vec(), team.attempts().await, "{}", direct.transcript());
    assert_eq!(1, direct.transcript().matches("of 10").count(), "{}", direct.transcript());
    team.end().await;
}

/// What can't be read is given back, to be sent again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_cant_be_read() {
    let team = Team::with_daily(Fresh::sqlite(), |server| server.text("mesh")).await;
    let offer = team.lea.command(&team.channel, "/istio-lead setup daily").await;
    let form = team.lea.presses(offer.message(), "Change").await;
    let shown = form.form().unwrap();
    let first = leaves(&shown["components"])[0]["label"].as_str().unwrap();
    let back = team.lea.submits(&form, &[(first, "at the twelfth of never")]).await;
    let said = answered(&back);
    assert!(said.contains("at the twelfth of never"), "{said}");
    let again = team.lea.presses(back.message(), "Open the form again").await;
    assert!(again.form().is_some(), "{}", again.text());
    team.end().await;
}

/// Practice in direct messages, with answers that are typed; and what options are completed with.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_direct_messages() {
    let team = Team::gather(Fresh::sqlite(), |server| server.text("mesh")).await;
    let direct = team.ana.direct();
    let asked = answered(&team.ana.command(&direct, "/istio quiz topic:traffic count:1").await);
    assert!(asked.contains('?'), "{asked}");
    let before = direct.messages().len();
    team.ana.types(&direct, FULL);
    direct.message_where("a grade", |message| message.to_string().contains("of 10")).await;
    team.settled().await;
    assert!(direct.messages().len() > before + 1, "{}", direct.transcript());
    assert!(team.channel.messages().is_empty(), "{}", team.channel.transcript());
    let topics = team.ana.completes(&team.channel, "/istio quiz topic:tra").await;
    assert!(topics.iter().any(|(_, value)| value == "traffic"), "{topics:?}");
    team.end().await;
}
