//! A chat platform in small: ids, threads, reactions, cards for one member, and marks by which a sender finds what it sent.

use super::indented;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use meshdrill::chat::delivery::{Body, Found, Outcome, Sender};
use meshdrill::message::{Button, Card};
use meshdrill::store::outbox::{Leased, Reach, Verb};
use std::collections::{BTreeMap, BTreeSet};
use tokio::sync::Notify;
use uuid::Uuid;

/// A chat platform in small.
#[derive(Default)]
pub(super) struct Chat {
    pub(super) messages: Vec<Message>,
    pub(super) threads: Vec<Thread>,
    pub(super) signs: BTreeSet<String>,
    marks: BTreeMap<String, Option<String>>,
    /// What was said since the last look.
    pub(super) news: Vec<String>,
    /// The buttons of the last card in each channel.
    pub(super) buttons: BTreeMap<(Uuid, String), Vec<Button>>,
    /// The buttons that members were given since the last look.
    pub(super) given: BTreeMap<String, Vec<Button>>,
    /// What stands in the way, by the channel, the thread, or the channel and a verb.
    pub(super) walls: BTreeMap<String, Outcome>,
    /// Whom posted cards mentioned since the last look.
    pub(super) pings: Vec<String>,
    /// How often it was in vain.
    pub(super) in_vain: usize,
    /// Where set, the program ends right after something was sent.
    pub(super) crash: Option<std::sync::Arc<Notify>>,
}

pub(super) struct Message {
    id: String,
    pub(super) workspace: Uuid,
    pub(super) head: String,
    pub(super) card: Card,
}

pub(super) struct Thread {
    pub(super) id: String,
    pub(super) workspace: Uuid,
    pub(super) channel: String,
}

impl Chat {
    fn wall(&self, row: &Leased) -> Option<Outcome> {
        let verb = format!("{} {:?}", row.channel, row.verb());
        let places = [row.channel.as_str(), row.into_thread().unwrap_or_default(), &verb];
        places.iter().find_map(|place| self.walls.get(*place)).filter(|_| row.audience.is_none()).cloned()
    }

    fn post(&mut self, row: &Leased, card: &Card) -> String {
        self.pings.extend(card.ping.clone());
        // A live message that is sent again is an edit of the one that is there.
        let mark = row.id.simple().to_string();
        if let Some(known) = self.messages.iter_mut().find(|message| message.id == mark) {
            if known.card != *card {
                known.card = card.clone();
                self.news.push(format!("  ({}, updated)\n{}", known.head.trim(), indented(card, &TimeZone::get("Europe/Berlin").unwrap())));
            }
            return mark;
        }
        let head = match (&row.audience, row.into_thread()) {
            (Some(member), _) => format!("  (to {})", member.trim_start_matches("id-")),
            (None, Some(thread)) => format!("  (thread <{thread}>)"),
            (None, None) => format!("  (#{})", row.channel),
        };
        self.news.push(format!("{head}\n{}", indented(card, &TimeZone::get("Europe/Berlin").unwrap())));
        match &row.audience {
            _ if card.buttons.is_empty() => {}
            Some(member) => drop(self.given.insert(member.trim_start_matches("id-").to_owned(), card.buttons.clone())),
            None => drop(self.buttons.insert((row.workspace_id, row.channel.clone()), card.buttons.clone())),
        }
        self.messages.push(Message { id: mark.clone(), workspace: row.workspace_id, head, card: card.clone() });
        mark
    }
}

impl Sender for Chat {
    fn reach(&self) -> Reach {
        Reach::of("test")
    }

    async fn send(&mut self, row: &Leased, body: &Body) -> Outcome {
        let mark = row.id.simple().to_string();
        if let Some(wall) = self.wall(row) {
            self.in_vain += 1;
            return wall;
        }
        let id = match (row.verb(), body) {
            (Verb::Thread, _) => {
                assert!(self.threads.iter().all(|thread| thread.id != mark), "a thread was opened twice");
                self.threads.push(Thread { id: mark.clone(), workspace: row.workspace_id, channel: row.channel.clone() });
                Some(mark.clone())
            }
            (_, Body::Card(card)) => Some(self.post(row, card)),
            (_, Body::Reaction(reaction)) => {
                let on = row.on_message.clone().unwrap_or_default();
                if self.signs.insert(format!("{on} {reaction:?}")) {
                    self.news.push(format!("  ({reaction:?})"));
                }
                None
            }
        };
        self.marks.insert(format!("{mark} {}", row.version), id.clone());
        if let Some(crash) = &self.crash {
            crash.notify_one();
            std::future::pending::<()>().await;
        }
        Outcome::Sent(id)
    }

    async fn look(&mut self, row: &Leased, _: &Body, _: Timestamp) -> Found {
        match self.marks.get(&format!("{} {}", row.id.simple(), row.version)) {
            Some(id) => Found::Sent(id.clone()),
            None => Found::NotSent,
        }
    }
}
