//! Pieces laid out as sections and small print, and those as pages.

use super::pieces::{Kind, Piece};
use crate::chat::words::length;
use serde_json::{Value, json};

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// What is written in it.
    pub(super) text: String,
    /// What stands last in it.
    last: Kind,
}

/// What a message has room for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Characters of all parts together.
    pub(super) text: usize,
    /// Parts.
    pub(super) parts: usize,
}

/// Lays pieces out on pages that have this room. There is always a page.
pub(super) fn pages(pieces: Vec<Piece>, room: Room) -> Vec<Vec<Part>> {
    let mut done = Vec::new();
    let mut page: Vec<Part> = Vec::new();
    let mut used = 0;
    for piece in pieces {
        // Its own length, and the most that its place can add to it.
        let cost = length(&piece.text) + 2;
        let joins = page.last().is_some_and(|part| part.takes(&piece));
        if !page.is_empty() && (used + cost > room.text || !joins && page.len() == room.parts) {
            done.push(std::mem::take(&mut page));
            used = 0;
        }
        match page.last_mut().filter(|part| part.takes(&piece)) {
            Some(part) => part.add(piece),
            None => page.push(Part { text: piece.text, last: piece.kind }),
        }
        used += cost;
    }
    done.push(page);
    done
}

impl Part {
    /// The piece may stand in this part, and there is room for it.
    fn takes(&self, piece: &Piece) -> bool {
        let alike = (self.last == Kind::Small) == (piece.kind == Kind::Small);
        alike && length(&self.text) + 2 + length(&piece.text) <= piece.kind.most()
    }

    fn add(&mut self, piece: Piece) {
        self.text.push_str(gap(self.last, piece.kind));
        self.text.push_str(&piece.text);
        self.last = piece.kind;
    }

    /// The part as Slack takes it. Nothing in it becomes a link or a mention by itself, and no client folds it up.
    pub(super) fn block(&self) -> Value {
        if self.last == Kind::Small { small(&self.text) } else { section(&self.text) }
    }
}

/// A section of this mrkdwn.
pub(super) fn section(text: &str) -> Value {
    json!({ "type": "section", "text": { "type": "mrkdwn", "text": text, "verbatim": true }, "expand": true })
}

/// This mrkdwn in small print.
pub(super) fn small(text: &str) -> Value {
    json!({ "type": "context", "elements": [{ "type": "mrkdwn", "text": text, "verbatim": true }] })
}

/// What stands between two pieces of a part.
fn gap(above: Kind, below: Kind) -> &'static str {
    match (above, below) {
        (Kind::Line, Kind::Line) | (Kind::Small, Kind::Small) | (Kind::Paragraph, Kind::Framed | Kind::Line) => "\n",
        _ => "\n\n",
    }
}
