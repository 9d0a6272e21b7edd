//! Discord takes every card and every form that a conversation of these tests brings about, by models and rules that others wrote.

use crate::databases::Fresh;
use crate::room::{Room, World};
use meshdrill::chat::discord::render::{self, Rendered};
use meshdrill::message::{Card, Form};
use serde_json::Value;
use twilight_model::channel::message::{Component, Embed};
use twilight_validate::{component, message};

/// All pages of a card.
pub(crate) fn pages(card: &Card) -> Vec<Rendered> {
    let first = render::message(card, "key", 0);
    let others = (1..first.pages).map(|page| render::message(card, "key", page)).collect::<Vec<_>>();
    std::iter::once(first).chain(others).collect()
}

/// Fails where Discord wouldn't take a page of the card.
pub(crate) fn takes(card: &Card) {
    for Rendered { body, files, .. } in pages(card) {
        let mut embeds = body["embeds"].clone();
        // Discord adds it by itself, and the models want to see it.
        embeds.as_array_mut().unwrap().iter_mut().for_each(|embed| embed["type"] = "rich".into());
        let embeds: Vec<Embed> = serde_json::from_value(embeds).unwrap_or_else(|e| panic!("{e}: {body:#}"));
        message::embeds(&embeds).unwrap_or_else(|e| panic!("{e}: {body:#}"));
        message::components(&components(&body), false).unwrap_or_else(|e| panic!("{e}: {body:#}"));
        assert_eq!(files.len(), body["attachments"].as_array().unwrap().len());
        assert_eq!(Value::Array(Vec::new()), body["allowed_mentions"]["parse"]);
        let all = body.to_string();
        assert!(!all.contains("@everyone") && !all.contains("@here"), "{body:#}");
    }
}

/// Fails where Discord wouldn't take the form.
pub(crate) fn takes_form(form: &Form) {
    let modal = render::form(form);
    let rows = components(&modal);
    assert!((1..=5).contains(&rows.len()), "{modal:#}");
    rows.iter().for_each(|row| component::component_v1(row).unwrap_or_else(|e| panic!("{e}: {modal:#}")));
    assert!((1..=45).contains(&modal["title"].as_str().unwrap().chars().count()), "{modal:#}");
    assert!((1..=100).contains(&modal["custom_id"].as_str().unwrap().len()), "{modal:#}");
}

fn components(body: &Value) -> Vec<Component> {
    serde_json::from_value(body["components"].clone()).unwrap_or_else(|e| panic!("{e}: {body:#}"))
}

/// Every form there is: to answer a round, to answer a quiz, to change a schedule. The harness holds each that it sees against the rules.
#[tokio::test]
async fn every_form_fits() {
    let quiz = concat!(
        include_str!("../../src/quiz/practice.rs"),
        include_str!("../../src/quiz/buttons.rs"),
        include_str!("../../src/quiz/setup.rs")
    );
    assert_eq!(3, quiz.matches("Turn::Form(Form {").count(), "there is another form: open it here");
    let mut room = Room::new(Fresh::sqlite().open().await, World::Kind, &["what-is-a-mesh", "gateway"]);
    room.says("lea", "/istio setup").await;
    room.presses("lea", "Change").await;
    room.presses("lea", "Start").await;
    room.at("2026-11-24T09:00").await;
    room.presses("ana", "Answer privately").await;
    room.says("ana", "/istio quiz").await;
    room.presses("ana", "Answer").await;
    assert_eq!(3, room.turns().matches("(form)").count(), "{}", room.turns());
}
