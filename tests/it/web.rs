//! The room in the browser over plain HTTP: the real server, and browsers in small that read pages and send forms by their words.

pub(crate) mod page;
pub(crate) mod server;
pub(crate) mod visitor;

mod binary;
mod doors;
mod forms;
mod moving;
mod talk;

use crate::databases::{Fresh, both};
use server::{Opened, Server};
use visitor::Visitor;

/// The question most of these rooms ask, and its whole answer.
const QUESTION: &str = "What is a service mesh?";
const MESH: &str = "a layer of proxies between the services, it encrypts traffic";

/// A room that nobody has entered.
async fn empty(fresh: Fresh) -> Server {
    Server::start(fresh, Opened::with(&["what-is-a-mesh"])).await
}

/// A room in which Lea, who leads it, has set up the daily question, and it is open since nine on Tuesday.
async fn asked(fresh: Fresh) -> (Server, Visitor) {
    let server = empty(fresh).await;
    let mut lea = Visitor::lead(&server, "Lea").await;
    lea.presses("Set up the daily question").await;
    lea.presses("Start").await;
    server.at("2026-11-24T09:00").await;
    lea.open("/").await;
    assert!(lea.page.id("main").text().contains(QUESTION), "nothing was asked: {}", lea.page.text());
    (server, lea)
}
