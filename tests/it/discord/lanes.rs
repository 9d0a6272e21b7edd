//! Discord's own rate limits, kept in two lanes: many dailies go out together, the oldest first, and answers never wait behind them.

use super::double::{Member, Place};
use super::team::{FULL, Team, answered};
use crate::databases::Fresh;

const OF_EACH: usize = 30;

/// Another server with its daily at this time: its channel, and somebody there.
async fn another(team: &Team, time: &str, n: usize) -> (Place, Member) {
    let server = team.discord.server(&format!("Team {n} of {time}"));
    let (channel, lead) = (server.text("mesh"), server.lead("Lea"));
    let offer = lead.command(&channel, &format!("/istio-lead setup daily time:{time}")).await;
    answered(&lead.presses(offer.message(), "Start").await);
    (channel, server.member("Ana"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_and_commands_go_before_dailies_that_wait_and_the_oldest_of_those_first() {
    let mut team = Team::gather(Fresh::sqlite(), |server| server.text("mesh")).await;
    let (mut later, mut earlier) = (Vec::new(), Vec::new());
    for n in 0..OF_EACH {
        later.push(another(&team, "09:05", n).await);
        earlier.push(another(&team, "09:00", n).await);
    }
    // Nobody is there when they fall due.
    team.at("2026-11-24T08:58").await;
    team.bot.stop().await;
    team.later(8 * 60);
    team.discord.real_limits();
    let before = team.discord.times_asked();
    team.bot.run().await;

    let first = team.discord.asked("POST /channels/*/messages/*/threads", 201, before).await;
    let (opened, ana) = earlier.iter().find(|(channel, _)| first.path.starts_with(&format!("{}/", channel.path()))).unwrap();
    ana.types(&opened.thread(1).await, FULL);
    answered(&ana.command(opened, "/istio help").await);
    team.discord.asked("PUT /channels/*/messages/*/reactions/*/@me", 204, before).await;
    let channels = || earlier.iter().chain(&later).map(|(channel, _)| channel);
    let waiting = channels().filter(|channel| channel.threads().is_empty()).count();
    assert!(waiting > OF_EACH / 2, "only {waiting} dailies still waited when the answer got its sign");

    team.settled().await;
    for channel in channels() {
        let questions = team.own(channel).iter().filter(|message| message["thread"].is_object()).count();
        assert_eq!((channel.threads().len(), questions), (1, 1), "{}", channel.transcript());
    }
    assert_eq!(team.discord.times_limited(), 0, "Discord had to say that it was too much");
    let late = |path: &str| later.iter().any(|(channel, _)| path == format!("{}/messages", channel.path()));
    let posts = team.discord.requests_from(before).into_iter().filter(|seen| seen.is("POST /channels/*/messages"));
    let order: Vec<bool> = posts.map(|seen| late(&seen.path)).collect();
    assert!(order.is_sorted(), "an older daily waited behind a newer one: {order:?}");
    team.end().await;
}
