//! Two programs on one database, everybody at once for three days: nothing fails, nothing is said twice, and the sums are right.

use super::{at, two};
use crate::databases::{Fresh, both};
use jiff::Timestamp;
use meshdrill::bank::load;
use meshdrill::message::{Event, Home, Person, Place, What};
use meshdrill::quiz::Quiz;
use meshdrill::store::Db;
use meshdrill::store::outbox::{Reach, Verb};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::path::Path;
use std::sync::Arc;

/// The hours around each post and close; in between nothing is due.
const HOURS: [i64; 10] = [0, 1, 2, 23, 24, 25, 47, 48, 49, 72];
const MEMBERS: u64 = 6;

fn home() -> Home {
    Home { platform: "local".into(), id: "storm".into() }
}

both! {
    async fn everybody_at_once(fresh: Fresh) {
        let dbs = two(&fresh).await;
        let packs = load::read_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/packs")).packs;
        let programs = [1, 2].map(|seed| Arc::new(Quiz::new(dbs[seed - 1].clone(), packs.clone(), "UTC", seed as u64)));
        say(&programs[0], 0, at(0), "first", What::Command { pack: "istio".into(), text: "setup 09:00 mon-sun UTC grades=thread start".into(), named: Vec::new() }).await;
        for hour in HOURS {
            // On the hour, when questions are posted and closed.
            let now = at(hour * 3600);
            let thread = thread(&dbs[0]).await;
            let mut tasks = Vec::new();
            for actor in 0..MEMBERS + 4 {
                let program = Arc::clone(&programs[usize::try_from(actor).unwrap() % 2]);
                let chance = ChaCha8Rng::seed_from_u64(actor * 1000 + u64::try_from(hour).unwrap());
                let thread = thread.clone();
                tasks.push(tokio::spawn(async move {
                    match actor.checked_sub(MEMBERS) {
                        None => member(&program, actor, now, thread, chance).await,
                        Some(0 | 1) => while program.due(now).await.unwrap() {},
                        Some(_) => deliver(program.db(), now).await,
                    }
                }));
            }
            for task in tasks {
                task.await.unwrap();
            }
        }
        prove(&dbs[0]).await;
    }
}

/// What is left when the storm is over.
async fn prove(db: &Db) {
    deliver(db, at(100 * 3600)).await;
    let mut tx = db.begin().await.unwrap();
    let workspace = tx.known_workspace(&home()).await.unwrap().unwrap().id;
    let kept = tx.day_totals(workspace, "istio").await.unwrap();
    assert!(
        kept.iter().any(|total| total.board == "daily") && kept.iter().any(|total| total.board == "practice"),
        "too little happened: {kept:?}"
    );
    assert_eq!(tx.day_totals_recomputed(workspace, "istio").await.unwrap(), kept);
    tx.commit().await.unwrap();
    let said = db.outbox(workspace).await.unwrap();
    let posts = said.iter().filter(|row| row.about.starts_with("daily:")).count();
    let reveals = said.iter().filter(|row| row.about.starts_with("reveal:")).count();
    assert!(posts >= 3 && reveals >= 2, "{posts} posts and {reveals} reveals");
    let unsent: Vec<_> = said.iter().filter(|row| row.state != "sent").collect();
    assert!(unsent.is_empty(), "{unsent:?}");
}

async fn say(program: &Quiz, who: u64, now: Timestamp, delivery: &str, what: What) {
    place(program, who, now, delivery, what, None).await;
}

async fn place(program: &Quiz, who: u64, now: Timestamp, delivery: &str, what: What, thread: Option<String>) {
    let by = Person { id: format!("u{who}"), name: format!("n{who}"), lead: who == 0, zone: None };
    // What is said in no thread is said where only its author reads it, and may answer a quiz.
    let private = thread.is_none() && matches!(what, What::Message { .. });
    let place = Place { channel: if private { format!("@u{who}") } else { "mesh".into() }, thread, private };
    let event = Event { delivery: delivery.into(), workspace: home(), place, by, at: now, what };
    program.handle(&event, now).await.unwrap_or_else(|e| panic!("{event:?}: {e:#}"));
}

/// A member does four things, the first of which is delivered to both programs' database twice.
async fn member(program: &Quiz, who: u64, now: Timestamp, thread: Option<String>, mut chance: ChaCha8Rng) {
    const COMMANDS: [&str; 14] = [
        "grade",
        "again",
        "hint",
        "leaderboard",
        "me",
        "hide on",
        "hide off",
        "share on",
        "share off",
        "quiz weak",
        "skip",
        "stop",
        "privacy export",
        "alias Mesh Fan",
    ];
    const LEADS: [&str; 6] = [
        "schedule pause",
        "schedule resume",
        "schedule post",
        "schedule show",
        "schedule skip",
        "setup 09:00 mon-sun UTC grades=thread start",
    ];
    for n in 0..4 {
        let delivery = format!("{now}:{who}:{n}");
        let message = format!("{now}:{who}:{}", chance.random_range(0..3));
        let text = format!("it is a layer of proxies between the services, with mTLS between them, number {}", chance.random_range(0..9));
        let (what, in_thread) = match chance.random_range(0..14) {
            0..5 => (What::Message { id: message, text, reply_to: None }, true),
            5 => (What::Edited { id: message, text }, true),
            6 => (What::Deleted { id: message }, true),
            7 | 8 => (What::Message { id: message, text, reply_to: None }, false),
            9 => (What::Command { pack: "istio".into(), text: "quiz 2".into(), named: Vec::new() }, false),
            10 if who == 0 => {
                (What::Command { pack: "istio".into(), text: (*LEADS.choose(&mut chance).unwrap()).into(), named: Vec::new() }, false)
            }
            10 if who == 5 => (What::Command { pack: "istio".into(), text: "privacy delete confirm".into(), named: Vec::new() }, false),
            _ => (What::Command { pack: "istio".into(), text: (*COMMANDS.choose(&mut chance).unwrap()).into(), named: Vec::new() }, false),
        };
        let thread = thread.clone().filter(|_| in_thread);
        place(program, who, now, &delivery, what.clone(), thread.clone()).await;
        if n == 0 {
            place(program, who, now, &delivery, what, thread).await;
        }
    }
}

/// The thread of the newest open daily.
async fn thread(db: &Db) -> Option<String> {
    let mut tx = db.begin().await.unwrap();
    let workspace = tx.known_workspace(&home()).await.unwrap()?.id;
    let round = tx.open_dailies(workspace).await.unwrap().into_iter().next()?.id;
    tx.said_about(workspace, &format!("thread:{round}")).await.unwrap()?.sent_id
}

/// Sends what may be sent; some senders are slow.
async fn deliver(db: &Db, now: Timestamp) {
    loop {
        let mut tx = db.begin().await.unwrap();
        let rows = tx.lease(Reach::of("local"), now, now + jiff::SignedDuration::from_mins(1), 5).await.unwrap();
        tx.commit().await.unwrap();
        if rows.is_empty() {
            return;
        }
        for row in rows {
            assert_eq!(1, row.tries, "nobody lost it");
            let mut tx = db.begin().await.unwrap();
            let sent = if row.verb() == Verb::Thread { format!("t-{}", row.id) } else { format!("m-{}", row.id) };
            tx.sent(&row, Some(&sent), now).await.unwrap();
            tx.commit().await.unwrap();
        }
    }
}
