//! The README's pictures of Discord: what members see there, drawn from the bodies that are sent, with the program's own questions and their
//! graded answers.
//!
//! `UPDATE_PICTURES=1 cargo test --test it discord_faces` writes them anew; without it the same scene is played and its pages are looked at.

use super::chromium::devtools;
use super::discord_page::{Reader, Shown, page};
use super::pictures::{Answers, kept};
use super::*;
use crate::room::{Room, World};
use fantoccini::{Client, Locator};
use jiff::tz::TimeZone;
use meshdrill::bank::load;
use meshdrill::chat::discord::render::{self, Rendered};
use meshdrill::message::Card;
use serde_json::json;

/// A team that has its channel on Discord, and a folder for the pages.
struct Faces {
    room: Room,
    bank: Answers,
    folder: tempfile::TempDir,
}

impl Faces {
    /// Somebody answers by form, about as well as that.
    async fn answers(&mut self, who: &str, label: &str, asked: &str, points: i64) {
        let text = self.bank.worth(asked, points);
        self.room.answers_privately(who, label, &text).await;
    }

    /// What is in the channel, as the client shows it.
    async fn pictured(&self, client: &Client, name: &str, shown: &[Shown<'_>]) {
        let reader = Reader { now: self.room.now(), zone: TimeZone::get("Europe/Berlin").unwrap() };
        for file in shown.iter().flat_map(|shown| &shown.message.files) {
            std::fs::write(self.folder.path().join(file.name), &file.bytes).unwrap();
        }
        let path = self.folder.path().join("page.html");
        std::fs::write(&path, page(&reader, "mesh-drill", shown)).unwrap();
        let size = |height: u64| json!({ "width": 680, "height": height, "deviceScaleFactor": 2, "mobile": false });
        devtools(client, "Emulation.setDeviceMetricsOverride", size(200)).await;
        client.goto(&format!("file://{}", path.display())).await.unwrap();
        let height = client.execute("return document.documentElement.scrollHeight", Vec::new()).await.unwrap();
        devtools(client, "Emulation.setDeviceMetricsOverride", size(height.as_u64().unwrap())).await;
        kept(&client.screenshot().await.unwrap(), name);
    }
}

/// All a reader sees, and nothing of the markdown is left in it.
async fn reads(client: &Client) -> String {
    let text = client.find(Locator::Css("main")).await.unwrap().text().await.unwrap();
    assert!(!text.contains(['\\', '*', '`', '<']) && !text.contains("-#") && !text.contains("]("), "{text}");
    text
}

fn rendered(card: &Card) -> Rendered {
    render::message(card, "key", 0)
}

fn lead(card: &Card) -> String {
    let lead = card.blocks.iter().find_map(|block| match block {
        meshdrill::message::Block::Lead(text) => Some(text.clone()),
        _ => None,
    });
    lead.unwrap_or_default()
}

#[test]
fn a_day_and_a_challenge_as_members_of_a_server_see_them() {
    with_browsers(async |browsers| {
        let client = browsers.next().await;
        let pack = load::embedded().unwrap().remove(0);
        let fresh = Fresh::sqlite();
        let room = Room::with(fresh.open().await, World::Kind, pack.clone());
        let mut faces = Faces { room, bank: Answers(pack, Vec::new()), folder: tempfile::tempdir().unwrap() };
        faces.room.says("lea", "/istio setup start").await;
        faces.room.at("2026-11-24T09:00").await;
        let asked = lead(faces.room.posted("Istio question"));
        let at = faces.room.now();
        for (who, points) in [("Ben", 900), ("Dora", 500)] {
            faces.room.wait(240).await;
            let text = faces.bank.worth(&asked, points);
            faces.room.says(who, &text).await;
        }
        faces.room.wait(240).await;
        faces.answers("Ana", "Answer privately", &asked, 700).await;
        let daily = Card { ping: Some("1".into()), ..faces.room.posted("Istio question").clone() };
        let message = rendered(&daily);
        // The count of answers, and what two wrote.
        let thread = Some((render::thread_name(&daily), 3));
        faces.pictured(&client, "discord-daily.png", &[Shown { message: &message, at, private: false, thread }]).await;
        let seen = reads(&client).await;
        assert!(seen.contains(&asked) && seen.contains("Answer privately") && seen.contains("(in 22 hours)"), "{seen}");

        let message = rendered(faces.room.answer());
        faces
            .pictured(&client, "discord-grade.png", &[Shown { message: &message, at: faces.room.now(), private: true, thread: None }])
            .await;
        let seen = reads(&client).await;
        assert!(seen.contains("made\n") && seen.contains("of 10. I found") && seen.contains("You said"), "{seen}");

        faces.room.at("2026-11-24T15:00").await;
        faces.room.says("Cleo", "/istio challenge 3 5").await;
        for who in ["Ana", "Ben", "Cleo", "Dora"] {
            faces.room.presses(who, "Join").await;
        }
        faces.room.presses("Cleo", "Start").await;
        for (n, points) in [[1_000, 600, 400, 900], [700, 900, 500, 300], [900, 600, 400, 500]].into_iter().enumerate() {
            let asked = lead(faces.room.posted(&format!("Question {} of 3", n + 1)));
            for (who, points) in ["Ana", "Ben", "Cleo", "Dora"].into_iter().zip(points) {
                faces.answers(who, "Answer", &asked, points).await;
            }
            faces.room.wait(300).await;
        }
        let podium = rendered(faces.room.posted("The podium"));
        assert_eq!(1, podium.files.len());
        faces
            .pictured(&client, "discord-podium.png", &[Shown { message: &podium, at: faces.room.now(), private: false, thread: None }])
            .await;
        let seen = reads(&client).await;
        assert!(seen.contains("First: ") && seen.contains("Also played: "), "{seen}");
        let loaded = client.execute("return document.images[0].naturalWidth", Vec::new()).await.unwrap();
        assert_eq!(json!(800), loaded);
        devtools(&client, "Emulation.clearDeviceMetricsOverride", json!({})).await;
    });
}
