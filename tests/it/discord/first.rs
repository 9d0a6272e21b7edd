//! The shortest way through: a server, a setup, a daily, an answer, its grade.

use super::bot::Bot;
use super::double::Discord;
use crate::databases::Fresh;
use crate::web::server::Clock;
use std::sync::Arc;

const MESH: &str = "a layer of proxies between the services, it encrypts traffic";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_daily_and_its_answer() {
    let clock = Clock::new();
    let now = clock.clone();
    let discord = Discord::start_at(Arc::new(move || now.now())).await;
    let server = discord.server("Platform team");
    let channel = server.text("mesh");
    let (lea, ana) = (server.lead("Lea"), server.member("Ana"));
    let bot = Bot::start(&discord, Fresh::sqlite(), clock, &["what-is-a-mesh"]).await;
    let offer = lea.command(&channel, "/istio-lead setup daily").await;
    println!("{}", offer.text());
    let on = lea.presses(offer.message(), "Start").await;
    println!("{}", on.text());
    bot.at(&discord, "2026-11-24T09:00").await;
    let thread = channel.thread(0).await;
    let said = ana.types(&thread, MESH);
    bot.settled(&discord).await;
    println!("{:?}", channel.messages());
    println!("{:?}", thread.messages());
    let asked = channel.messages()[0]["id"].as_str().unwrap().parse().unwrap();
    let grade = ana.presses(asked, "My grade").await;
    println!("{}", grade.text());
    let _ = said;
    bot.end().await;
    discord.end().await;
}
