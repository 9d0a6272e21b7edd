//! What is seen of the local room: the channel, its threads, and the cards of whoever is at the keyboard.

use crate::chat::delivery::{Body, Found, Outcome, Sender};
use crate::chat::local::REACH;
use crate::chat::local::render::{self, Style};
use crate::message::{Button, Card, Reaction};
use crate::store::outbox::{Leased, Reach, Verb};
use jiff::{SignedDuration, Timestamp};

/// What the room's own commands are, and what they do.
pub(super) const COMMANDS: &[(&str, &str)] = &[
    ("/join NAME", "speak as another member"),
    ("/thread [N]", "speak in a question's thread"),
    ("/channel", "speak in the channel"),
    ("/press LABEL", "press a button"),
    ("/edit TEXT", "change your last message"),
    ("/delete", "take your last message back"),
    ("/at TIME", "move a set clock: 14:00, or 2026-11-25T08:00"),
    ("/wait TIME", "let a set clock run: 45m, 2h"),
    ("/room", "this list"),
    ("/quit", "leave"),
];

/// What is seen: lines not yet printed, and what the channel holds.
pub(super) struct Screen {
    out: String,
    pub(super) style: Style,
    /// Whose cards are shown: those for others wait.
    pub(super) speaker: String,
    /// Threads by the order in which they opened; people name them by number.
    pub(super) threads: Vec<String>,
    /// What can be pressed on the newest card of the channel.
    pub(super) buttons: Vec<Button>,
    /// What can be pressed on a card that the speaker was given since the room last looked.
    pub(super) given: Option<Vec<Button>>,
    /// The thread that was opened since the room last looked.
    pub(super) opened: Option<String>,
}

impl Screen {
    pub(super) fn new(style: Style, speaker: &str) -> Self {
        let (threads, buttons) = (Vec::new(), Vec::new());
        Screen { out: String::new(), style, speaker: speaker.to_owned(), threads, buttons, given: None, opened: None }
    }

    /// What is to be printed now.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.out)
    }

    pub(super) fn say(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    pub(super) fn card(&mut self, card: &Card, margin: &str) {
        let text = render::card(card, &self.style, margin);
        self.out.push_str(&text);
    }

    pub(super) fn number(&self, thread: &str) -> usize {
        self.threads.iter().position(|known| known == thread).map_or(0, |i| i + 1)
    }

    fn post(&mut self, row: &Leased, card: &Card, edited: bool) {
        let again = if edited { ", updated" } else { "" };
        match row.into_thread() {
            _ if row.audience.is_some() => {}
            Some(thread) => {
                let number = self.number(thread);
                self.say(&format!("[#{} thread {number}{again}]", row.channel));
            }
            None => self.say(&format!("[#{}{again}]", row.channel)),
        }
        self.card(card, "");
        match &row.audience {
            _ if card.buttons.is_empty() => {}
            Some(_) => self.given = Some(card.buttons.clone()),
            None => self.buttons.clone_from(&card.buttons),
        }
    }
}

impl Sender for Screen {
    fn reach(&self) -> Reach {
        REACH
    }

    async fn send(&mut self, row: &Leased, body: &Body) -> Outcome {
        // Rows for a member wait until that member is at the keyboard.
        if row.audience.as_ref().is_some_and(|member| *member != self.speaker) {
            return Outcome::Later(SignedDuration::from_secs(1));
        }
        let id = row.id.simple().to_string();
        match (row.verb(), body) {
            (Verb::Thread, _) => {
                self.threads.push(id.clone());
                self.opened = Some(id.clone());
            }
            (Verb::Edit, Body::Card(card)) => self.post(row, card, true),
            (_, Body::Card(card)) => {
                self.post(row, card, row.sent_id.is_some());
            }
            (_, Body::Reaction(reaction)) => self.say(match reaction {
                Reaction::Graded => "(graded: My grade tells more)",
                Reaction::Unread => "(not read)",
            }),
        }
        Outcome::Sent(Some(id))
    }

    /// A screen that is gone keeps nothing: what may have been shown is shown again.
    async fn look(&mut self, _: &Leased, _: &Body, _: Timestamp) -> Found {
        Found::NotSent
    }
}
