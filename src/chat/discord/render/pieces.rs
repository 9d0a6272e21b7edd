//! A card's blocks as pieces of markdown, each short enough for its place; what is too long is halved between lines or words until it is.

use super::markdown::{self, run};
use crate::chat::discord::limits::{DESCRIPTION, FIELD_VALUE, length};
use crate::chat::table::{self, Laid};
use crate::chat::words::{fit, halved, halved_run, merged, one_line, visible, word};
use crate::message::{Block, Card, Mark, Span, Text};

/// The longest piece of a description.
const MOST: usize = DESCRIPTION;
/// The longest piece that stands in a field.
const MOST_MARKED: usize = FIELD_VALUE;

/// A piece of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Where it goes and how far from what is above it.
    pub(super) kind: Kind,
    /// Its markdown, complete in itself.
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
    /// A line of a field, whose name is the word for how the line stands.
    Marked(&'static str),
}

/// The card's blocks in order. The last one is left out where it is small print that a footer can show, which is given as well.
pub(super) fn pieces(card: &Card) -> (Vec<Piece>, Option<String>) {
    let alone = card.blocks.iter().map(instants).sum::<usize>() == 1;
    let footer = card.blocks.last().and_then(footer).filter(|_| card.blocks.len() > 1);
    let shown = card.blocks.len() - usize::from(footer.is_some());
    let pieces = card.blocks[..shown].iter().flat_map(|block| of(block, alone));
    (pieces.filter(|piece| !piece.text.is_empty()).collect(), footer)
}

/// How many instants a block names.
fn instants(block: &Block) -> usize {
    let of = |text: &Text| text.0.iter().filter(|span| matches!(span, Span::Time(_))).count();
    match block {
        Block::Text(text) | Block::Small(text) => of(text),
        Block::Item { text, below, .. } => of(text) + below.iter().map(of).sum::<usize>(),
        Block::Lead(_) | Block::Quote(_) | Block::Code(_) | Block::Table { .. } => 0,
    }
}

/// Small print as a footer shows it, which knows no marks: only where it needs none, and is short.
fn footer(block: &Block) -> Option<String> {
    const SHORT: usize = 300;
    let Block::Small(Text(spans)) = block else { return None };
    let mut text = String::new();
    for span in spans {
        let Span::Plain(part) = span else { return None };
        text.push_str(part);
    }
    let text = markdown::unmarked(&one_line(&text));
    (!text.is_empty() && length(&text) <= SHORT).then_some(text)
}

fn of(block: &Block, alone: bool) -> Vec<Piece> {
    match block {
        Block::Text(text) => runs(text, Kind::Paragraph, MOST, &|spans| run(spans, alone)),
        Block::Lead(text) => texts(text, Kind::Paragraph, &|text| markdown::bold(&one_line(text))),
        Block::Quote(text) => texts(text, Kind::Framed, &|text| markdown::quoted(text)),
        Block::Code(text) => texts(text, Kind::Framed, &|text| markdown::fenced(text).unwrap_or_default()),
        Block::Small(text) => runs(text, Kind::Small, MOST, &|spans| behind("-# ", &run(spans, alone))),
        Block::Item { mark, text, below } => item(*mark, text, below, alone),
        Block::Table { head, rows } => table(head, rows),
    }
}

/// A table's pieces; what has too many columns is a list: `- **Ana**`, and below it `Rank 1 · Points 7.5`.
fn table(head: &[String], rows: &[Vec<String>]) -> Vec<Piece> {
    match table::laid(head, rows) {
        Laid::Aligned(parts) => {
            parts.iter().flat_map(|part| texts(part, Kind::Framed, &|text| markdown::fenced(text).unwrap_or_default())).collect()
        }
        Laid::List(rows) => {
            let row = |(name, below): (String, String)| {
                let mut pieces = texts(&name, Kind::Line, &|text| format!("- {}", markdown::bold(&one_line(text))));
                pieces.extend(texts(&below, Kind::Line, &|text| format!("-# {}", markdown::plain(text))));
                pieces
            };
            rows.into_iter().flat_map(row).collect()
        }
    }
}

/// A line of a list with its smaller print, in one piece where that fits.
fn item(mark: Mark, text: &Text, below: &[Text], alone: bool) -> Vec<Piece> {
    let (kind, most) = word(mark).map_or((Kind::Line, MOST), |word| (Kind::Marked(word), MOST_MARKED));
    let mut pieces = runs(text, kind, most, &|spans| behind("- ", &run(spans, alone)));
    for small in below {
        for piece in runs(small, kind, most, &|spans| behind("-# ", &run(spans, alone))) {
            match pieces.last_mut() {
                Some(last) if length(&last.text) + 1 + length(&piece.text) <= most => {
                    last.text.push('\n');
                    last.text.push_str(&piece.text);
                }
                _ => pieces.push(piece),
            }
        }
    }
    pieces
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
    fit(text.to_owned(), MOST, &|text: &String| write(text), &|text: &String| halved(text), &mut fitting);
    fitting.into_iter().map(|text| Piece { kind, text }).collect()
}

fn runs(text: &Text, kind: Kind, most: usize, write: &dyn Fn(&[Span]) -> String) -> Vec<Piece> {
    let mut fitting = Vec::new();
    fit(merged(text), most, &|spans: &Vec<Span>| write(spans), &|spans: &Vec<Span>| halved_run(spans), &mut fitting);
    fitting.into_iter().map(|text| Piece { kind, text }).collect()
}
