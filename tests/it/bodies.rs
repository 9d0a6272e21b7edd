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
    let fresh = Fresh::sqlite();
    let mut room = Room::new(fresh.open().await, World::Kind, &["what-is-a-mesh", "jwt-or-mtls", "canary", "gateway"]);
    room.says("ana", "/istio quiz").await;
    room.presses("ana", "Answer").await;
    room.says("lea", "/istio setup").await;
    room.presses("lea", "Change").await;
    room.presses("lea", "Start").await;
    room.at("2026-11-24T09:00").await;
    room.presses("ana", "Answer privately").await;
    assert_eq!(3, room.turns().matches("(form)").count(), "{}", room.turns());
}

/// What a picture shows stands in the card's words as well, and in what is said to people who don't see it.
#[tokio::test]
async fn pictures_say_what_the_words_say() {
    let fresh = Fresh::sqlite();
    let mut room = Room::new(fresh.open().await, World::Kind, &["what-is-a-mesh", "gateway"]);
    room.says("dora", "/istio me").await;
    assert_eq!(None, room.answer().picture, "nothing was seen yet");
    room.says("dora", "/istio quiz fundamentals 1").await;
    room.answers_privately("dora", "Answer", "a layer of proxies between the services").await;
    room.says("dora", "/istio stop").await;
    room.says("dora", "/istio me").await;
    let card = room.answer();
    let picture = card.picture.clone().unwrap();
    let [bar] = &picture.bars[..] else { panic!("{picture:?}") };
    assert_eq!(("Fundamentals", "6 of 10", 600), (bar.label.as_str(), bar.value.as_str(), bar.length));
    assert_eq!("Bars of averages: Fundamentals 6 of 10.", picture.alt);
    assert!(format!("{:?}", card.blocks).contains("Fundamentals: 6 on average"), "{card:?}");

    room.says("ana", "/istio challenge 1 3").await;
    for who in ["ana", "ben", "cleo"] {
        room.presses(who, "Join").await;
    }
    room.presses("ana", "Start").await;
    let everything = "a layer of proxies encrypts traffic, edge of mesh, virtualservice routes traffic";
    for (who, text) in [("ana", "a layer of proxies, edge of mesh"), ("ben", everything)] {
        room.answers_privately(who, "Answer", text).await;
    }
    room.wait(200).await;
    let podium = room.posted("The podium");
    let bars = podium.picture.clone().unwrap().bars;
    assert_eq!([("ben", 1_000), ("ana", 600)], [0, 1].map(|n| (bars[n].label.as_str(), bars[n].length)), "{podium:?}");
    assert_eq!(2, bars.len(), "no bar for who has no points");
}
