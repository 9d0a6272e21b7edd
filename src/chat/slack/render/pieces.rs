//! A card's blocks as pieces of mrkdwn, each short enough for its place; what is too long is halved between lines or words until it is.

use super::mrkdwn::{bold, fenced, literal, quoted, run};
use crate::chat::slack::limits::{CONTEXT_TEXT, SECTION_TEXT};
use crate::chat::table::{self, Laid};
use crate::chat::words::{capital, fit, halved, halved_run, length, merged, one_line, visible, word};
use crate::message::{Block, Card, Mark, Span, Text};

/// Before a line below a line of a list: as far in as the words of that.
const BELOW: &str = "\u{2003}";

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it goes and how far from what is above it.
    pub(super) kind: Kind,
    /// Its mrkdwn, complete in itself, never empty.
    pub(super) text: String,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A paragraph.
    Paragraph,
    /// What belongs to the line above it: a quote, a table, code.
    Framed,
    /// A line of a list.
    Line,
    /// Small print.
    Small,
}

impl Kind {
    /// The longest text of the block it stands in.
    pub(super) fn most(self) -> usize {
        if self == Kind::Small { CONTEXT_TEXT } else { SECTION_TEXT }
    }
}

/// The card's blocks in order.
pub(super) fn pieces(card: &Card) -> Vec<Piece> {
    card.blocks.iter().flat_map(of).filter(|piece| !piece.text.is_empty()).collect()
}

fn of(block: &Block) -> Vec<Piece> {
    match block {
        Block::Text(text) => runs(text, Kind::Paragraph, &run),
        Block::Lead(text) => texts(text, Kind::Paragraph, &|text| bold(&one_line(text))),
        Block::Quote(text) => texts(text, Kind::Framed, &quoted),
        Block::Code(text) => texts(text, Kind::Framed, &|text| fenced(text).unwrap_or_default()),
        Block::Small(text) => runs(text, Kind::Small, &run),
        Block::Item { mark, text, below } => item(*mark, text, below),
        Block::Table { head, rows } => table(head, rows),
    }
}

/// A line of a list with its smaller print, in one piece where that fits. How it stands is a word before it.
fn item(mark: Mark, text: &Text, below: &[Text]) -> Vec<Piece> {
    let stands = word(mark).map_or_else(String::new, |word| format!("*{}*: ", capital(word)));
    let mut pieces = runs(text, Kind::Line, &|spans| behind(&format!("• {stands}"), &run(spans)));
    for small in below {
        for piece in runs(small, Kind::Line, &|spans| behind(BELOW, &run(spans))) {
            match pieces.last_mut() {
                Some(last) if length(&last.text) + 1 + length(&piece.text) <= Kind::Line.most() => {
                    last.text.push('\n');
                    last.text.push_str(&piece.text);
                }
                _ => pieces.push(piece),
            }
        }
    }
    pieces
}

/// A table's pieces; what has too many columns is a list: `• *Ana*`, and below it `Rank 1 · Points 7.5`.
fn table(head: &[String], rows: &[Vec<String>]) -> Vec<Piece> {
    match table::laid(head, rows) {
        Laid::Aligned(parts) => parts.iter().flat_map(|part| texts(part, Kind::Framed, &|text| fenced(text).unwrap_or_default())).collect(),
        Laid::List(rows) => {
            let row = |(name, below): (String, String)| {
                let mut pieces = texts(&name, Kind::Line, &|text| behind("• ", &bold(&one_line(text))));
                pieces.extend(texts(&below, Kind::Line, &|text| behind(BELOW, &literal(text))));
                pieces
            };
            rows.into_iter().flat_map(row).collect()
        }
    }
}

/// A line behind its sign; nothing where it is empty.
fn behind(sign: &str, line: &str) -> String {
    if line.is_empty() { String::new() } else { format!("{sign}{line}") }
}

/// A text as pieces of a kind.
fn texts(text: &str, kind: Kind, write: &dyn Fn(&str) -> String) -> Vec<Piece> {
    if visible(text).trim().is_empty() {
        return Vec::new();
    }
    let mut fitting = Vec::new();
    fit(text.to_owned(), kind.most(), &|text: &String| write(text), &|text: &String| halved(text), &mut fitting);
    of_kind(kind, fitting)
}

fn runs(text: &Text, kind: Kind, write: &dyn Fn(&[Span]) -> String) -> Vec<Piece> {
    let mut fitting = Vec::new();
    fit(merged(text), kind.most(), &|spans: &Vec<Span>| write(spans), &|spans: &Vec<Span>| halved_run(spans), &mut fitting);
    of_kind(kind, fitting)
}

fn of_kind(kind: Kind, texts: Vec<String>) -> Vec<Piece> {
    texts.into_iter().filter(|text| !text.trim().is_empty()).map(|text| Piece { kind, text }).collect()
}
