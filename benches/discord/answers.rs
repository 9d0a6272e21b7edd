//! Answers in the threads of 200 servers: how long until the grade and its outbox row are committed, and how many will go.

use crate::bots::Bot;
use crate::databases::Fresh;
use crate::discord::double::{Discord as Double, Id, Member, Place};
use crate::{reacted, report};
use jiff::SignedDuration;
use sqlx::{Connection, PgConnection};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

const SERVERS: usize = 200;
const RATE: u32 = 200;
const SECONDS: usize = 30;
/// As many as will go are sent with so many under way.
const UNDER_WAY: usize = 200;
const FLOOD: usize = 8_000;
/// An answer of usual length.
const ANSWER: &str = "It is the Envoy proxy beside the caller: it knows the endpoints from istiod and picks one for every request, by default the \
                      one with the fewest requests under way, and a DestinationRule only changes how it picks.";

/// A server's channel with an open daily, and its members.
struct Team {
    channel: Place,
    thread: Option<Place>,
    members: Vec<Member>,
}

impl Team {
    fn gather(double: &Double, n: usize) -> Team {
        let server = double.server(&format!("Server {n}"));
        let channel = server.text("mesh");
        let members = (0..(RATE as usize * SECONDS + FLOOD).div_ceil(SERVERS)).map(|m| server.member(&format!("Member {m} of {n}")));
        Team { channel, thread: None, members: members.collect() }
    }

    async fn asks(&mut self) {
        let lead = self.members[0].server().lead("Lea");
        let offer = lead.command(&self.channel, "/istio-lead setup daily").await;
        lead.presses(offer.message(), "Start").await;
        lead.command(&self.channel, "/istio-lead schedule post").await;
        self.thread = Some(self.channel.thread(1).await);
    }
}

/// Who says something next: one server after the other, one member of it after the other.
struct Turns<'t> {
    teams: &'t [Team],
    said: usize,
}

impl Turns<'_> {
    fn say(&mut self, in_thread: bool) -> (Id, SystemTime, Instant) {
        let team = &self.teams[self.said % SERVERS];
        let member = &team.members[self.said / SERVERS % team.members.len()];
        self.said += 1;
        let place = team.thread.as_ref().filter(|_| in_thread).unwrap_or(&team.channel);
        let (by_clock, at) = (SystemTime::now(), Instant::now());
        (member.types(place, ANSWER), by_clock, at)
    }
}

pub(crate) async fn measure() {
    let Some(fresh) = Fresh::postgres().await else { return };
    let double = Double::start_at(Arc::new(jiff::Timestamp::now)).await;
    double.check_nothing();
    let mut teams: Vec<Team> = (0..SERVERS).map(|n| Team::gather(&double, n)).collect();
    let bot = Bot::meshdrill(&double, &fresh.url().unwrap(), SignedDuration::ZERO, true);
    double.ready().await;
    double.registered().await;
    for team in &mut teams {
        team.asks().await;
    }
    let mut turns = Turns { teams: &teams, said: 0 };
    at_rate(&double, &fresh, &mut turns).await;
    let ours = flood(&double, &mut turns, "PUT /channels/*/messages/*/reactions/*/@me", true).await;
    println!("answers, as many as will go, {UNDER_WAY} under way, limits lifted: {ours:.0} a second, to the reaction sent");
    drop(bot);
    let echo = Bot::echo(&double);
    let (logins, _) = double.logins();
    double.logged_in(logins + 1, 0).await;
    let theirs = flood(&double, &mut turns, "POST /channels/*/messages", false).await;
    println!("a bare serenity bot that says every message again: {theirs:.0} a second; ratio {:.2}", ours / theirs);
    drop(echo);
    fresh.remove().await;
}

/// So many a second, whatever becomes of those before.
async fn at_rate(double: &Double, fresh: &Fresh, turns: &mut Turns<'_>) {
    let before = double.times_asked();
    let mut tick = tokio::time::interval(Duration::from_secs(1) / RATE);
    let mut said = HashMap::new();
    for _ in 0..RATE as usize * SECONDS {
        tick.tick().await;
        let (id, by_clock, at) = turns.say(true);
        said.insert(id, (by_clock, at));
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    let committed = commits(fresh).await;
    let to_commit = said.iter().map(|(id, (by_clock, _))| committed[id].duration_since(*by_clock).unwrap_or_default());
    let what = format!("{RATE} answers a second over {SERVERS} servers, from the event sent");
    report(&format!("{what} to the grade and its outbox row committed"), to_commit.collect());
    let to_reaction = double.requests_from(before).into_iter().filter_map(|seen| Some(seen.at - said.get(&reacted(&seen.path)?)?.1));
    report(&format!("{what} to the reaction arrived (limits lifted)"), to_reaction.collect());
}

/// When each message's transaction was committed, as PostgreSQL noted it.
async fn commits(fresh: &Fresh) -> HashMap<Id, SystemTime> {
    let mut connection = PgConnection::connect(&fresh.url().unwrap()).await.unwrap();
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "SELECT delivery, (extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000000)::bigint FROM inbox WHERE delivery LIKE 'm:%'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let at = |micros: i64| SystemTime::UNIX_EPOCH + Duration::from_micros(micros.unsigned_abs());
    rows.iter().map(|(delivery, micros)| (delivery[2..].parse().unwrap(), at(*micros))).collect()
}

/// How many messages a second are met with such a request, with always so many under way.
async fn flood(double: &Double, turns: &mut Turns<'_>, route: &str, in_thread: bool) -> f64 {
    let (begun, mut looked_at, mut done) = (Instant::now(), double.times_asked(), 0);
    let mut said = 0;
    while done < FLOOD {
        while said < FLOOD && said - done < UNDER_WAY {
            turns.say(in_thread);
            said += 1;
        }
        let new = double.requests_from(looked_at);
        looked_at += new.len();
        done += new.iter().filter(|seen| seen.is(route)).count();
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    FLOOD as f64 / begun.elapsed().as_secs_f64()
}
