//! An answer on its way: the event taken, stored, folded, graded, counted and queued for delivery, on the embedded SQLite.

#![expect(clippy::unwrap_used, reason = "a benchmark that can't go on should stop there")]

use jiff::{SignedDuration, Timestamp};
use meshdrill::bank::load;
use meshdrill::chat::delivery::{self, Body, Found, Outcome, Sender};
use meshdrill::message::{Event, Home, Person, Place, What};
use meshdrill::quiz::Quiz;
use meshdrill::store::Db;
use meshdrill::store::outbox::{Leased, Reach, Verb};
use tokio::runtime::Runtime;

/// An answer of usual length.
const ANSWER: &str = "It is the Envoy proxy beside the caller: it knows the endpoints from istiod and picks one for every request, by default the \
                      one with the fewest requests under way, and a DestinationRule only changes how it picks.";

fn main() {
    divan::main();
}

/// A channel with an open daily question.
struct Open {
    runtime: Runtime,
    quiz: Quiz,
    thread: String,
    now: Timestamp,
    events: u64,
    _folder: tempfile::TempDir,
}

/// Remembers the thread that was opened.
#[derive(Default)]
struct Screen {
    thread: String,
}

impl Sender for Screen {
    fn reach(&self) -> Reach {
        Reach::of("bench")
    }

    async fn send(&mut self, row: &Leased, _: &Body) -> Outcome {
        let id = row.id.simple().to_string();
        if row.verb() == Verb::Thread {
            self.thread.clone_from(&id);
        }
        Outcome::Sent(Some(id))
    }

    async fn look(&mut self, _: &Leased, _: &Body, _: Timestamp) -> Found {
        Found::NotSent
    }
}

impl Open {
    fn new() -> Open {
        let runtime = Runtime::new().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let db = runtime.block_on(Db::sqlite(folder.path())).unwrap();
        let quiz = Quiz::new(db, load::embedded().unwrap(), "UTC", 1);
        let now = "2026-11-24T09:00:00Z".parse().unwrap();
        let mut open = Open { runtime, quiz, thread: String::new(), now, events: 0, _folder: folder };
        open.hear("lea", What::Command { pack: "istio".into(), text: "setup start".into(), named: Vec::new() });
        open.hear("lea", What::Command { pack: "istio".into(), text: "schedule post".into(), named: Vec::new() });
        open.thread = open.deliver();
        open
    }

    fn deliver(&self) -> String {
        let mut screen = Screen::default();
        self.runtime.block_on(delivery::deliver(&self.quiz, &mut screen, self.now)).unwrap();
        screen.thread
    }

    fn hear(&mut self, who: &str, what: What) {
        self.events += 1;
        self.now += SignedDuration::from_secs(1);
        let place =
            Place { channel: "general".into(), thread: Some(self.thread.clone()).filter(|thread| !thread.is_empty()), private: false };
        let by = Person { id: who.into(), name: who.into(), lead: who == "lea", zone: None };
        let workspace = Home { platform: "bench".into(), id: "team".into() };
        let event = Event { delivery: self.events.to_string(), workspace, place, by, at: self.now, what };
        self.runtime.block_on(self.quiz.handle(&event, self.now)).unwrap();
    }

    fn answer(&mut self) {
        let id = format!("m{}", self.events);
        // Forty members, as in a large channel; from the forty-first message on, what they write is another attempt or conversation.
        let who = format!("member {}", self.events % 40);
        self.hear(&who, What::Message { id, text: ANSWER.into(), reply_to: None });
    }
}

/// The first answers of forty members.
#[divan::bench(sample_count = 40, sample_size = 1)]
fn handle_an_answer(bencher: divan::Bencher<'_, '_>) {
    let mut open = Open::new();
    bencher.bench_local(|| open.answer());
}

/// A message of a thread that has two hundred already.
#[divan::bench(sample_count = 100, sample_size = 1)]
fn handle_a_message_in_a_long_thread(bencher: divan::Bencher<'_, '_>) {
    let mut open = Open::new();
    (0..200).for_each(|_| open.answer());
    bencher.bench_local(|| open.answer());
}

/// What is to be said after an answer: a reaction and the line that counts.
#[divan::bench(sample_count = 40, sample_size = 1)]
fn deliver_after_an_answer(bencher: divan::Bencher<'_, '_>) {
    let mut open = Open::new();
    bencher.bench_local(|| {
        open.answer();
        open.deliver()
    });
}
