//! A lead sets up the daily question where the bot can't do everything yet.

use super::bot::Bot;
use super::double::Discord;
use crate::databases::Fresh;
use crate::web::server::Clock;
use std::sync::Arc;

const EMBED_LINKS: u64 = 1 << 14;
const CREATE_PUBLIC_THREADS: u64 = 1 << 35;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_lacking_is_said_at_once() {
    let clock = Clock::new();
    let now = clock.clone();
    let discord = Discord::start_at(Arc::new(move || now.now())).await;
    let server = discord.server("Platform team");
    let (channel, lea) = (server.text("mesh"), server.lead("Lea"));
    let bot = Bot::start(&discord, Fresh::sqlite(), clock, &["what-is-a-mesh"]).await;
    channel.takes_from_bot(EMBED_LINKS | CREATE_PUBLIC_THREADS);
    let offer = lea.command(&channel, "/istio-lead setup daily").await;
    let warned = discord.reads(offer.follow_ups(1).await[0]);
    let line = "In this channel's settings, under Permissions, allow me Create Public Threads, Embed Links.";
    assert!(warned.contains(line), "{warned}");
    channel.takes_from_bot(0);
    lea.presses(offer.message(), "Start").await;
    bot.at(&discord, "2026-11-24T09:00").await;
    assert_eq!(1, channel.threads().len());
    bot.end().await;
    discord.end().await;
}
