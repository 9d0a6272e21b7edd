//! A lead sets up the daily question where the bot can't do everything yet.

use super::team::Team;
use crate::databases::Fresh;

const EMBED_LINKS: u64 = 1 << 14;
const CREATE_PUBLIC_THREADS: u64 = 1 << 35;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_lacking_is_said_at_once() {
    let team = Team::gather(Fresh::sqlite(), |server| server.text("mesh")).await;
    team.channel.takes_from_bot(EMBED_LINKS | CREATE_PUBLIC_THREADS);
    let offer = team.lea.command(&team.channel, "/istio-lead setup daily").await;
    let warned = team.discord.reads(offer.follow_ups(1).await[0]);
    let line = "In this channel's settings, under Permissions, allow me Create Public Threads, Embed Links.";
    assert!(warned.contains(line), "{warned}");
    team.channel.takes_from_bot(0);
    team.lea.presses(offer.message(), "Start").await;
    team.at("2026-11-24T09:00").await;
    assert_eq!(1, team.channel.threads().len());
    team.end().await;
}
