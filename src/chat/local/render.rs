//! Cards as lines of a terminal: plain words, with colour only on top of them.

use crate::message::{Block, Button, Card, Mark, Span, Text};
use crate::screening;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::fmt::Write;

/// How lines are written.
#[derive(Debug, Clone)]
pub struct Style {
    /// With colour and weight.
    pub colour: bool,
    /// Columns.
    pub width: usize,
    /// The reader's zone.
    pub zone: TimeZone,
}

const BOLD: &str = "\x1b[1m";
const DIM: &str = "\x1b[2m";
const ACCENT: &str = "\x1b[36m";
const PLAIN: &str = "\x1b[0m";

/// A card, each line behind `margin`.
pub fn card(card: &Card, style: &Style, margin: &str) -> String {
    let mut out = String::new();
    if let Some(title) = &card.title {
        line(&mut out, style, margin, "", &painted(style, BOLD, &clean(title)));
    }
    for one in &card.blocks {
        block(&mut out, one, style, margin);
    }
    if !card.buttons.is_empty() {
        let buttons = card.buttons.iter().map(|button| button_text(style, button)).collect::<Vec<_>>().join(" ");
        line(&mut out, style, margin, "", &buttons);
    }
    out
}

fn button_text(style: &Style, button: &Button) -> String {
    painted(style, ACCENT, &format!("[{}]", clean(&button.label)))
}

fn block(out: &mut String, block: &Block, style: &Style, margin: &str) {
    match block {
        Block::Text(text) => line(out, style, margin, "", &run(text, style)),
        Block::Lead(text) => line(out, style, margin, "", &painted(style, BOLD, &clean(text))),
        Block::Quote(text) => text.lines().for_each(|text| line(out, style, margin, "  | ", &clean(text))),
        Block::Code(text) => text.lines().for_each(|text| {
            let _ = writeln!(out, "{margin}  {}", clean(text));
        }),
        Block::Small(text) => line(out, style, margin, "", &painted(style, DIM, &run(text, style))),
        Block::Item { mark, text, below } => {
            line(out, style, margin, sign(*mark), &run(text, style));
            for small in below {
                let under = " ".repeat(sign(*mark).len());
                line(out, style, margin, &under, &painted(style, DIM, &run(small, style)));
            }
        }
        Block::Table { head, rows } => table(out, head, rows, style, margin),
    }
}

/// A word that says how a line stands; colour would not reach everybody.
fn sign(mark: Mark) -> &'static str {
    match mark {
        Mark::Point => "  - ",
        Mark::Made => "  made      ",
        Mark::Partly => "  partly    ",
        Mark::Missed => "  missing   ",
        Mark::Contradicted => "  opposite  ",
        Mark::Wrong => "  not so    ",
    }
}

fn run(text: &Text, style: &Style) -> String {
    text.0.iter().fold(String::new(), |mut out, span| {
        match span {
            Span::Plain(text) => out.push_str(&clean(text)),
            Span::Bold(text) => out.push_str(&painted(style, BOLD, &clean(text))),
            Span::Code(text) => out.push_str(&painted(style, ACCENT, &clean(text))),
            Span::Link { url, .. } => out.push_str(&clean(url)),
            Span::Time(at) => out.push_str(&moment(*at, &style.zone)),
            Span::Channel(name) => out.push_str(&clean(name)),
        }
        out
    })
}

/// `Wed 25 Nov, 08:00`, in the reader's zone.
fn moment(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%a %-d %b, %H:%M").to_string()
}

/// What can't move the cursor, change colours or turn the direction of writing: nothing that people typed acts on a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !screening::is_trick(*c)).collect()
}

fn painted(style: &Style, with: &str, text: &str) -> String {
    if style.colour { format!("{with}{text}{PLAIN}") } else { text.to_owned() }
}

/// A paragraph, wrapped, its further lines under its first word.
fn line(out: &mut String, style: &Style, margin: &str, sign: &str, text: &str) {
    let first = format!("{margin}{sign}");
    let further = format!("{margin}{}", " ".repeat(sign.chars().count()));
    let further = if sign == "  | " { first.clone() } else { further };
    let options = textwrap::Options::new(style.width.max(40))
        .initial_indent(&first)
        .subsequent_indent(&further)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace);
    for wrapped in textwrap::wrap(text, options) {
        let _ = writeln!(out, "{}", wrapped.trim_end());
    }
}

fn table(out: &mut String, head: &[String], rows: &[Vec<String>], style: &Style, margin: &str) {
    let cells = |row: &[String]| row.iter().map(|cell| clean(cell)).collect::<Vec<_>>();
    let all: Vec<Vec<String>> = std::iter::once(cells(head)).chain(rows.iter().map(|row| cells(row))).collect();
    let width =
        |column: usize| all.iter().filter_map(|row| row.get(column)).map(|cell| textwrap::core::display_width(cell)).max().unwrap_or(0);
    for (i, row) in all.iter().enumerate() {
        let mut text = String::new();
        for (column, cell) in row.iter().enumerate() {
            let pad = " ".repeat(width(column).saturating_sub(textwrap::core::display_width(cell)));
            let _ = if column == 0 { write!(text, "{cell}{pad}") } else { write!(text, "  {pad}{cell}") };
        }
        let text = if i == 0 { painted(style, DIM, &text) } else { text };
        let _ = writeln!(out, "{margin}  {}", text.trim_end());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain() -> Style {
        Style { colour: false, width: 60, zone: TimeZone::UTC }
    }

    #[test]
    fn what_people_typed_cannot_act_on_the_terminal() {
        let said = card(&Card::default().block(Block::Quote("\x1b[2Jgone\u{202E}\x07".into())), &plain(), "");
        assert_eq!("  | [2Jgone\n", said);
    }

    #[test]
    fn without_colour_every_mark_is_a_word() {
        let said = card(&Card::default().item(Mark::Missed, "where certificates come from"), &plain(), "> ");
        assert_eq!(">   missing   where certificates come from\n", said);
    }

    #[test]
    fn numbers_stand_under_their_heading() {
        let table = Block::Table { head: vec!["Name".into(), "Points".into()], rows: vec![vec!["Ana".into(), "7.5".into()]] };
        assert_eq!("  Name  Points\n  Ana      7.5\n", card(&Card::default().block(table), &plain(), ""));
    }
}
