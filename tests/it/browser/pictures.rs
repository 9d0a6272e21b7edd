//! The README's pictures: a team's second day, a challenge and a phone, with the program's own questions and their graded answers.
//!
//! `UPDATE_PICTURES=1 cargo test --test it pictures` writes them anew; without it the same scenes are played.

use super::*;
use crate::web::visitor::Visitor;
use meshdrill::bank::{Pack, load};
use std::path::Path;

/// The bank, by what is asked, and what of it was said already: nobody says what somebody else has said.
pub(super) struct Answers(pub(super) Pack, pub(super) Vec<String>);

impl Answers {
    /// The graded answer to a question that earns about so much, in hundredths, of those of a length that people type.
    pub(super) fn worth(&mut self, page: &str, points: i64) -> String {
        let asked = self.0.questions.iter().find(|question| page.to_lowercase().contains(&question.prompt.to_lowercase()));
        let samples = &self.0.samples[&asked.unwrap_or_else(|| panic!("no question in {page}")).id];
        // What names nothing of the field may be taken for talk.
        let names =
            |text: &str| ["Gateway", "VirtualService", "mTLS", "Envoy", "istiod", "sidecar", "SDS"].iter().any(|word| text.contains(word));
        let fits = |text: &str| (60..260).contains(&text.len()) && text.is_ascii() && !text.contains('\n') && names(text);
        let nearest = samples
            .iter()
            .filter(|sample| fits(&sample.text) && !self.1.contains(&sample.text))
            .min_by_key(|sample| (sample.points.0 + sample.points.1 - 2 * points).abs());
        self.1.push(nearest.unwrap().text.clone());
        self.1.last().unwrap().clone()
    }
}

async fn pictured(person: &Person, name: &str) {
    person.script("document.documentElement.style.scrollbarWidth = 'none'; window.scrollTo(0, 0)").await;
    kept(&person.client.screenshot().await.unwrap(), name);
}

/// Keeps a picture, if that was asked for.
pub(super) fn kept(picture: &[u8], name: &str) {
    assert!(picture.len() > 10_000, "{name} shows next to nothing");
    if std::env::var_os("UPDATE_PICTURES").is_some() {
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name), picture).unwrap();
    }
}

#[test]
fn a_team_at_its_second_question_and_in_a_challenge() {
    with_browsers(async |browsers| {
        let mut bank = Answers(load::embedded().unwrap().remove(0), Vec::new());
        let server = empty(&[]).await;
        let mut cleo = Visitor::lead(&server, "Cleo").await;
        cleo.presses("Set up the daily question").await;
        cleo.presses("Start").await;
        let ana = Person::joined(browsers, &server, "Ana").await;
        let mut ben = Visitor::joined(&server, "Ben").await;
        let mut dora = Visitor::joined(&server, "Dora").await;

        server.at("2026-11-24T09:00").await;
        cleo.open("/").await;
        let asked = cleo.page.id("about").text();
        for (visitor, minutes, points) in [(&mut dora, 7, 800), (&mut ben, 4, 500), (&mut cleo, 11, 1000)] {
            server.wait(minutes * 60).await;
            visitor.open("/").await;
            visitor.writes(&bank.worth(&asked, points)).await;
        }
        server.at("2026-11-25T09:00").await;
        cleo.open("/").await;
        let asked = cleo.page.id("about").text();
        for (visitor, minutes, points) in [(&mut ben, 6, 900), (&mut cleo, 9, 500)] {
            server.wait(minutes * 60).await;
            visitor.open("/").await;
            visitor.writes(&bank.worth(&asked, points)).await;
        }
        server.wait(5 * 60).await;
        ana.desk().await;
        ana.opens("/").await;
        let own = bank.worth(&asked, 700);
        ana.writes(&own).await;
        ana.sees("#thread", "3 answered").await;
        ana.presses("My grade").await;
        ana.sees("#panel", "You said").await;
        ana.sees("#thread", "3 answered").await;
        pictured(&ana, "room-light.png").await;

        ana.takes_the_phone().await;
        ana.opens("/").await;
        ana.sees("#thread", "3 answered").await;
        pictured(&ana, "room-phone.png").await;
        ana.desk().await;

        server.at("2026-11-25T15:00").await;
        cleo.commands("/istio challenge 3 5").await;
        for visitor in [&mut cleo, &mut ben, &mut dora] {
            visitor.open("/").await;
            visitor.presses("Join").await;
        }
        ana.by("dark").await;
        ana.opens("/").await;
        ana.presses("Join").await;
        cleo.presses("Start").await;
        ana.sees("#thread", "Question 1 of 3").await;
        let asked = ana.reads("#thread").await;
        for (visitor, points) in [(&mut ben, 600), (&mut dora, 900), (&mut cleo, 400)] {
            visitor.open("/").await;
            visitor.presses("Answer").await;
            visitor.fills(&[("In your own words", &bank.worth(&asked, points))], "Send").await;
        }
        ana.presses("Answer").await;
        ana.answers("In your own words", &bank.worth(&asked, 1000)).await;
        ana.sees("#panel", "You said").await;
        server.wait(5 * 60).await;
        ana.sees("#thread", "Question 2 of 3").await;
        ana.sees("#thread", "Scoreboard after 1 question").await;
        pictured(&ana, "room-dark.png").await;
        ana.by("light").await;
        ana.leaves_the_phone().await;
        server.end().await;
    });
}
