//! Thousands of channels whose dailies are due in one minute, under Discord's own limits, while members answer and ask.

use crate::bots::Bot;
use crate::databases::Fresh;
use crate::discord::double::{Discord as Double, Member, Place, Seen};
use crate::{reacted, report};
use jiff::{SignedDuration, Timestamp};
use meshdrill::chat::discord::PLATFORM;
use meshdrill::message::{Event, Home, Person, What};
use meshdrill::quiz::Quiz;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// Between two answers, and two commands, in one server while the others' dailies go out.
const EVERY: Duration = Duration::from_millis(500);
const ANSWER: &str = "A layer of Envoy proxies between the services, which encrypts what they say and splits traffic by weights.";

pub(crate) async fn measure(channels: usize) {
    let Some(fresh) = Fresh::postgres().await else { return };
    let (early, soon): (Timestamp, Timestamp) = ("2026-11-24T07:00:00Z".parse().unwrap(), "2026-11-24T08:59:50Z".parse().unwrap());
    let ahead = Arc::new(AtomicI64::new(early.duration_since(Timestamp::now()).as_secs()));
    let now = Arc::clone(&ahead);
    let double = Double::start_at(Arc::new(move || Timestamp::now() + SignedDuration::from_secs(now.load(Ordering::Relaxed)))).await;
    double.check_nothing();
    let teams: Vec<(Member, Place)> = (0..channels)
        .map(|n| {
            let server = double.server(&format!("Server {n}"));
            (server.member("Lea"), server.text("mesh"))
        })
        .collect();
    let quiz = Quiz::new(fresh.open().await, meshdrill::bank::load::embedded().unwrap(), "UTC", 1);
    for (lead, channel) in &teams {
        set_up(&quiz, lead, channel, early).await;
    }
    quiz.db().close().await;
    double.real_limits();
    let soon = soon.duration_since(Timestamp::now());
    ahead.store(soon.as_secs(), Ordering::Relaxed);
    let bot = Bot::meshdrill(&double, &fresh.url().unwrap(), SignedDuration::from_secs(soon.as_secs()), false);
    double.ready().await;
    double.registered().await;
    watch(&double, channels, &teams[0]).await;
    drop(bot);
    fresh.remove().await;
}

/// Switches a channel's daily on, as its lead's press would.
async fn set_up(quiz: &Quiz, lead: &Member, channel: &Place, at: Timestamp) {
    let event = Event {
        delivery: format!("set up {}", channel.key()),
        workspace: Home { platform: PLATFORM.into(), id: lead.server().id.to_string() },
        place: meshdrill::message::Place { channel: channel.key(), thread: None, private: false },
        by: Person { id: lead.key(), name: "Lea".into(), lead: true, zone: None },
        at,
        what: What::Command { pack: "istio".into(), text: "setup start".into(), named: Vec::new() },
    };
    quiz.handle(&event, at).await.unwrap();
}

/// Waits for all posts and threads, while somebody in a server whose daily is out answers and asks.
async fn watch(double: &Double, channels: usize, (member, channel): &(Member, Place)) {
    let asks_for = |seen: &Seen| seen.is("POST /channels/*/messages") || seen.is("POST /channels/*/messages/*/threads");
    let thread = channel.thread(1).await;
    let (mut looked_at, mut calls, mut answered, mut asked) = (0, Vec::new(), Vec::new(), Vec::new());
    let mut said = HashMap::new();
    let begun = Instant::now();
    while calls.len() < 2 * channels {
        assert!(begun.elapsed() < Duration::from_secs(60 + channels as u64), "only {} calls came", calls.len());
        said.insert(member.types(&thread, ANSWER), Instant::now());
        let command = Instant::now();
        assert!(!member.command(channel, "/istio help").await.failed(), "a command was not answered in time");
        asked.push(command.elapsed());
        tokio::time::sleep(EVERY).await;
        for seen in double.requests_from(looked_at) {
            looked_at += 1;
            if seen.status < 300 && asks_for(&seen) {
                calls.push(seen.at);
            }
            if let Some(at) = reacted(&seen.path).and_then(|id| said.get(&id)) {
                answered.push(seen.at - *at);
            }
        }
    }
    let took = *calls.last().unwrap() - calls[0];
    let rate = calls.len() as f64 / took.as_secs_f64();
    println!(
        "{channels} channels due in one minute: {} posts and threads in {took:.0?}, {rate:.1} a second of Discord's 50; refused with 429: {}",
        calls.len(),
        double.times_limited()
    );
    report("meanwhile, from an answer to its reaction", answered);
    report("meanwhile, from a command to its response", asked);
}
