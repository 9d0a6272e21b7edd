//! Pieces laid out as embeds, and embeds as pages.

use super::pieces::{Kind, Piece};
use crate::chat::discord::limits::{DESCRIPTION, EMBEDS, FIELD_NAME, FIELD_VALUE, FIELDS, length};

/// One embed's body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Embed {
    /// Above the fields.
    pub(super) description: String,
    /// Names and values.
    pub(super) fields: Vec<(&'static str, String)>,
    /// What stands last in the description.
    last: Option<Kind>,
}

/// The embeds of one message.
pub(super) type Page = Vec<Embed>;

/// Lays pieces out on pages whose embeds have at most `room` characters together. There is always a page, and on each of them an embed.
pub(super) fn pages(pieces: Vec<Piece>, room: usize) -> Vec<Page> {
    let mut done = Vec::new();
    let mut page: Page = vec![Embed::default()];
    let mut used = 0;
    for piece in pieces {
        // Its own length, and the most that its place can add to it.
        let cost = length(&piece.text) + if let Kind::Marked(word) = piece.kind { length(word) + 1 } else { 2 };
        let begun = page.len() > 1 || page.iter().any(|embed| !embed.is_empty());
        if begun && (used + cost > room || page.len() == EMBEDS && page.iter().next_back().is_some_and(|embed| !embed.takes(&piece))) {
            done.push(std::mem::replace(&mut page, vec![Embed::default()]));
            used = 0;
        }
        if page.last().is_none_or(|embed| !embed.takes(&piece)) {
            page.push(Embed::default());
        }
        if let Some(embed) = page.last_mut() {
            embed.add(piece);
        }
        used += cost;
    }
    done.push(page);
    done
}

impl Embed {
    fn is_empty(&self) -> bool {
        self.description.is_empty() && self.fields.is_empty()
    }

    /// There is room for the piece, and it comes after all that is there.
    fn takes(&self, piece: &Piece) -> bool {
        match piece.kind {
            Kind::Marked(word) => self.fields.len() < FIELDS || self.joins(word, &piece.text),
            _ => self.fields.is_empty() && length(&self.description) + 2 + length(&piece.text) <= DESCRIPTION || self.is_empty(),
        }
    }

    /// The line goes on in the last field.
    fn joins(&self, word: &str, text: &str) -> bool {
        self.fields.last().is_some_and(|(name, value)| *name == word && length(value) + 1 + length(text) <= FIELD_VALUE)
    }

    fn add(&mut self, piece: Piece) {
        match piece.kind {
            Kind::Marked(word) if self.joins(word, &piece.text) => {
                if let Some((_, value)) = self.fields.last_mut() {
                    value.push('\n');
                    value.push_str(&piece.text);
                }
            }
            Kind::Marked(word) => {
                debug_assert!(length(word) <= FIELD_NAME, "{word} is too long for a field's name");
                self.fields.push((word, piece.text));
            }
            kind => {
                if let Some(last) = self.last {
                    self.description.push_str(gap(last, kind));
                }
                self.description.push_str(&piece.text);
                self.last = Some(kind);
            }
        }
    }
}

/// What stands between two pieces of a description.
fn gap(above: Kind, below: Kind) -> &'static str {
    match (above, below) {
        (Kind::Line, Kind::Line) | (Kind::Small, Kind::Small) | (Kind::Paragraph, Kind::Framed | Kind::Line) => "\n",
        _ => "\n\n",
    }
}
