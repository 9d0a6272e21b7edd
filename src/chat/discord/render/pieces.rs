//! A card's blocks as pieces of markdown, each short enough for its place; what is too long is halved between lines or words until it is.

use super::markdown::{self, merged, run};
use super::table;
use crate::chat::discord::limits::{DESCRIPTION, FIELD_VALUE, length};
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
    let text = markdown::unmarked(&markdown::one_line(&text));
    (!text.is_empty() && length(&text) <= SHORT).then_some(text)
}

fn of(block: &Block, alone: bool) -> Vec<Piece> {
    match block {
        Block::Text(text) => runs(text, Kind::Paragraph, MOST, &|spans| run(spans, alone)),
        Block::Lead(text) => texts(text, Kind::Paragraph, &|text| markdown::bold(&markdown::one_line(text))),
        Block::Quote(text) => texts(text, Kind::Framed, &|text| markdown::quoted(text)),
        Block::Code(text) => texts(text, Kind::Framed, &|text| markdown::fenced(text).unwrap_or_default()),
        Block::Small(text) => runs(text, Kind::Small, MOST, &|spans| behind("-# ", &run(spans, alone))),
        Block::Item { mark, text, below } => item(*mark, text, below, alone),
        Block::Table { head, rows } => table::pieces(head, rows),
    }
}

/// A word that says how a line stands.
fn word(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::Point => None,
        Mark::Made => Some("made"),
        Mark::Partly => Some("partly"),
        Mark::Missed => Some("missing"),
        Mark::Contradicted => Some("opposite"),
        Mark::Wrong => Some("not so"),
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
pub(super) fn texts(text: &str, kind: Kind, write: &dyn Fn(&str) -> String) -> Vec<Piece> {
    if markdown::visible(text).trim().is_empty() {
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

/// What is written of the whole, if that is short enough, or of its halves. What can't be halved is short: a character, an instant, an
/// address.
fn fit<T>(whole: T, most: usize, write: &dyn Fn(&T) -> String, halve: &dyn Fn(&T) -> Option<(T, T)>, out: &mut Vec<String>) {
    let written = write(&whole);
    if length(&written) <= most {
        out.push(written);
    } else if let Some((first, second)) = halve(&whole) {
        fit(first, most, write, halve, out);
        fit(second, most, write, halve, out);
    }
}

/// A text in two: between lines if there is a break about the middle, or else between words, or else wherever it is.
fn halved(text: &str) -> Option<(String, String)> {
    let middle = text.char_indices().nth(text.chars().count() / 2).map(|(at, _)| at).filter(|at| *at > 0)?;
    let about = text.len() / 4..=text.len() * 3 / 4;
    let nearest = |is: &dyn Fn(char) -> bool| {
        let breaks = text.char_indices().filter(|(at, c)| is(*c) && about.contains(at)).map(|(at, c)| (at, at + c.len_utf8()));
        breaks.filter(|(at, end)| *at > 0 && *end < text.len()).min_by_key(|(at, _)| at.abs_diff(middle))
    };
    let (end, start) = nearest(&|c| c == '\n').or_else(|| nearest(&char::is_whitespace)).unwrap_or((middle, middle));
    Some((text[..end].to_owned(), text[start..].to_owned()))
}

/// A run in two: between its parts, or inside the only one.
fn halved_run(spans: &[Span]) -> Option<(Vec<Span>, Vec<Span>)> {
    let (first, second) = match spans {
        [] => return None,
        [Span::Plain(text)] => halved(text).map(|(a, b)| (Span::Plain(a), Span::Plain(b)))?,
        [Span::Bold(text)] => halved(text).map(|(a, b)| (Span::Bold(a), Span::Bold(b)))?,
        [Span::Code(text)] => halved(text).map(|(a, b)| (Span::Code(a), Span::Code(b)))?,
        [Span::Link { label, url }] => {
            let of = |label| Span::Link { label, url: url.clone() };
            halved(label).map(|(a, b)| (of(a), of(b)))?
        }
        [Span::Time(_) | Span::Channel(_)] => return None,
        more => return Some((more[..more.len() / 2].to_vec(), more[more.len() / 2..].to_vec())),
    };
    Some((vec![first], vec![second]))
}
