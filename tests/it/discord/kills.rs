//! An evening in which the bot is killed, with SIGKILL, again and again, while people go on: what it says and the boards come to the same as
//! on an evening without.

mod process;

use super::double::{Answer, Discord as Double, Fault, Id, Member, Place};
use super::standing::{PATIENCE, Runs};
use super::team::{Boards, Team, boards};
use crate::databases::Fresh;
use process::{Clock, Process};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::fmt::Write;
use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Questions that differ by a number only, so that it doesn't matter which is drawn.
const QUESTIONS: [&str; 10] = ["more-1", "more-2", "more-3", "more-4", "more-5", "more-6", "more-7", "more-8", "more-9", "more-10"];
const FULL: &str = "a layer of proxies between the services, it encrypts traffic; weights split traffic, step by step";
const KILLS: usize = 50;

struct Evening {
    team: Team<Process>,
    chance: ChaCha8Rng,
    kills: usize,
    _folder: tempfile::TempDir,
}

impl Deref for Evening {
    type Target = Team<Process>;

    fn deref(&self) -> &Team<Process> {
        &self.team
    }
}

impl Evening {
    async fn begin(fresh: &Fresh) -> Evening {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::new(folder.path(), "2026-11-24T07:30:00Z".parse().unwrap());
        let now = clock.clone();
        let start = async |discord: &Double| Process::start_in(discord, fresh, clock);
        let team = Team::around(Arc::new(move || now.now()), |server| server.text("mesh"), start).await;
        Evening { team, chance: ChaCha8Rng::seed_from_u64(4), kills: 0, _folder: folder }
    }

    /// Something happens, and the bot is killed so many times meanwhile.
    async fn step(&mut self, kills: usize, happens: impl AsyncFnOnce(&Evening)) {
        let mut chance = self.chance.clone();
        let this = &*self;
        tokio::join!(happens(this), async {
            for _ in 0..kills {
                this.kill_at_random(&mut chance).await;
            }
        });
        (self.chance, self.kills) = (chance, self.kills + kills);
        if kills > 0 {
            self.bot.tarries();
        }
        self.settled().await;
    }

    /// Kills it after some time, or as many requests; and starts it after a while.
    async fn kill_at_random(&self, chance: &mut ChaCha8Rng) {
        match chance.random_range(0..4) {
            0 | 1 => tokio::time::sleep(Duration::from_millis(chance.random_range(0..900))).await,
            2 => self.discord.asked_more(chance.random_range(1..16), Duration::from_millis(1_200)).await,
            _ => self.behind_its_post(Duration::from_millis(1_200)).await,
        }
        self.bot.kill();
        tokio::time::sleep(Duration::from_millis(chance.random_range(0..150))).await;
        self.bot.start();
    }

    /// Waits until it has posted something and doesn't know of it yet, or until the time is over.
    async fn behind_its_post(&self, within: Duration) {
        const POST: &str = "POST /channels/*/messages";
        let asked = self.discord.times_asked();
        self.discord.fault(POST, 0, 1, Fault::SlowAfter(within));
        // Nothing may be to post just now.
        let _ = tokio::time::timeout(within, self.discord.asked(POST, 200, asked)).await;
        self.discord.no_faults();
    }

    /// Does something until the bot answers it, as people do; what can't be done a second time was done.
    async fn until_answered(&self, mut sends: impl FnMut() -> Option<Answer>) -> Option<Answer> {
        let begun = Instant::now();
        loop {
            assert!(begun.elapsed() < PATIENCE, "nobody answers\n{}", self.discord.transcript());
            let life = self.bot.life();
            if self.bot.is_up()
                && let Some(answer) = sends()
            {
                let sent = Instant::now();
                while life == self.bot.life() && sent.elapsed() < Duration::from_secs(3) {
                    if said(&answer) {
                        return Some(answer);
                    }
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                if said(&answer) {
                    return Some(answer);
                }
            } else if self.bot.is_up() {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn says(&self, who: &Member, line: &str) -> Answer {
        self.until_answered(|| Some(who.sends_command(&self.channel, line).unwrap())).await.unwrap()
    }

    /// Presses a button of a message that was answered, or of the latest in the channel that has it.
    async fn presses(&self, who: &Member, on: Option<Id>, label: &str) -> Option<Answer> {
        self.until_answered(|| Some(who.sends_press(on.or_else(|| self.with_button(label))?, label))).await
    }

    async fn fills_in(&self, who: &Member, opener: &str, text: &str) {
        let form = self.presses(who, None, opener).await.unwrap();
        self.until_answered(|| Some(who.sends_form(&form, &[("In your own words", text)]).unwrap())).await;
    }

    /// What is due next happens.
    async fn what_is_due(&self) {
        let due = self.bot.standing().await.due.unwrap();
        self.bot.until(due).await;
    }

    /// Two questions in the channel, from their announcement to the podium.
    async fn a_challenge(&mut self, some: impl Fn(usize) -> usize) {
        self.step(some(7), async |e| {
            e.says(&e.lea, "/istio challenge count:2 minutes:20").await;
            e.settled().await;
            let card = e.with_button("Join");
            e.presses(&e.ana, card, "Join").await.unwrap();
            e.presses(&e.ben, card, "Join").await.unwrap();
            e.presses(&e.lea, card, "Start").await.unwrap();
        })
        .await;
        for question in ["Question 1 of 2", "Question 2 of 2"] {
            let open = self.with_button("Answer").map(|open| self.discord.reads(open));
            assert!(open.is_some_and(|open| open.contains(question)), "{question} is not open\n{}", self.discord.transcript());
            self.step(some(4), async |e| {
                e.fills_in(&e.ana, "Answer", FULL).await;
                e.fills_in(&e.ben, "Answer", "It is a layer of proxies.").await;
            })
            .await;
            self.step(some(4), async |e| e.what_is_due().await).await;
        }
        let seen = self.channel.transcript();
        assert!(seen.contains("First: Ana") && seen.contains("Second: Ben"), "{seen}");
    }

    fn thread(&self, number: usize) -> Place {
        let thread = self.channel.threads().into_iter().nth(number - 1);
        thread.unwrap_or_else(|| panic!("no thread {number}: {}", self.discord.transcript()))
    }

    /// Everything that everybody sees, without order and without the numbers by which questions differ.
    fn seen(&self) -> String {
        let mut seen = String::new();
        for place in [self.channel.clone()].into_iter().chain(self.channel.threads()) {
            let name = if place.id == self.channel.id { "the channel".to_owned() } else { place.name() };
            let ids = place.messages().iter().map(|message| message["id"].as_str().unwrap().parse().unwrap()).collect::<Vec<Id>>();
            let mut messages: Vec<String> = ids.into_iter().map(|id| self.discord.reads(id)).collect();
            messages.sort();
            let _ = writeln!(seen, "{name}\n{}", messages.join(""));
        }
        (1..=QUESTIONS.len()).rev().fold(seen, |seen, n| seen.replace(&format!("({n})"), "(n)").replace(&format!("more-{n}"), "more-n"))
    }
}

/// The answer is there, or another that it comes and then it.
fn said(answer: &Answer) -> bool {
    answer.kind().is_some() && !answer.text().contains("thinking …")
}

/// The evening, with this many kills; what everybody sees in the end, and the boards.
async fn evening(fresh: Fresh, kills: usize) -> (String, Boards) {
    let mut evening = Evening::begin(&fresh).await;
    let e = &mut evening;
    let some = |n: usize| if kills == 0 { 0 } else { n };
    e.settled().await;
    e.step(some(4), async |e| {
        let offer = e.says(&e.lea, "/istio-lead setup daily").await;
        e.presses(&e.lea, Some(offer.message()), "Start").await;
    })
    .await;
    e.step(some(3), async |e| e.at("2026-11-24T09:00").await).await;
    e.at("2026-11-24T09:20").await;
    e.step(some(5), async |e| {
        e.ana.types(&e.thread(1), FULL);
        let half = e.ben.types(&e.thread(1), "I think it is a layer of proxes");
        tokio::time::sleep(Duration::from_millis(700)).await;
        e.ben.types(&e.thread(1), "and weights come into it, step by step");
        tokio::time::sleep(Duration::from_millis(700)).await;
        e.ben.edits(half, "I think it is a layer of proxies");
    })
    .await;
    e.at("2026-11-24T09:40").await;
    e.step(some(4), async |e| e.fills_in(&e.lea, "Answer privately", "a layer of proxies, weights split traffic").await).await;
    e.at("2026-11-24T10:00").await;
    e.step(some(2), async |e| {
        e.says(&e.ana, "/istio share switch:on").await;
        e.presses(&e.ben, None, "My grade").await;
    })
    .await;
    e.at("2026-11-25T08:50").await;
    e.step(some(3), async |e| e.at("2026-11-25T09:00").await).await;
    e.at("2026-11-25T09:20").await;
    e.step(some(3), async |e| {
        let wrong = e.ana.types(&e.thread(2), "```yaml\n# a layer of proxies between the services\nmode: STRICT\n```");
        e.ben.types(&e.thread(2), "weights split traffic between the versions, step by step");
        tokio::time::sleep(Duration::from_millis(700)).await;
        e.ana.deletes(wrong);
        tokio::time::sleep(Duration::from_millis(700)).await;
        e.ana.types(&e.thread(2), &format!("answer: {FULL}"));
        e.lea.types(&e.thread(2), "It is a layer of proxies.");
    })
    .await;
    e.at("2026-11-25T10:00").await;
    e.a_challenge(some).await;
    e.at("2026-11-26T08:50").await;
    e.step(some(3), async |e| e.at("2026-11-26T09:00").await).await;
    e.at("2026-11-26T12:00").await;
    assert_eq!(kills, e.kills);
    let seen = e.seen();
    e.bot.kill();
    let db = fresh.open().await;
    let boards = boards(&db).await;
    db.close().await;
    fresh.remove().await;
    evening.team.discord.end().await;
    (seen, boards)
}

crate::databases::both! {
    /// No post twice, none missing, nothing lost; and the boards are the same.
    async fn nothing_is_lost_and_nothing_said_twice(fresh: Fresh) {
        let (seen, boards) = evening(Fresh::sqlite(), 0).await;
        let (seen_with_kills, boards_with_kills) = evening(fresh, KILLS).await;
        assert_eq!(boards, boards_with_kills, "{seen}\n{seen_with_kills}");
        assert!(seen == seen_with_kills, "an evening without kills:\n{seen}\nwith them:\n{seen_with_kills}");
    }
}
