//! The room in a real browser.

mod barriers;
mod chromium;
mod days;
mod discord_faces;
mod discord_page;
mod hands;
mod person;
mod pictures;

use crate::databases::Fresh;
use crate::web::server::{Opened, Server};
use chromium::{Browsers, with_browsers};
use person::Person;

const MESH: &str = "a layer of proxies between the services, it encrypts traffic";

/// A room that nobody has entered.
async fn empty(questions: &[&'static str]) -> Server {
    Server::start(Fresh::sqlite(), Opened::with(questions)).await
}

/// A room in which Lea, who leads it, has set up the daily question, and it is open since nine on Tuesday.
async fn asked(browsers: &mut Browsers<'_>) -> (Server, Person) {
    let server = empty(&["what-is-a-mesh"]).await;
    let lea = Person::lead(browsers, &server, "Lea").await;
    lea.presses("Set up the daily question").await;
    lea.presses("Start").await;
    lea.sees("#panel", "The daily question is on").await;
    server.at("2026-11-24T09:00").await;
    lea.sees("#about", "What is a service mesh?").await;
    (server, lea)
}
