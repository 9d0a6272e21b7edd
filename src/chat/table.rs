//! Tables in letters of one width, narrow enough for a phone; long names go on below, and what has too many columns becomes a list.

use super::words::one_line;
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

/// Columns of letters that a phone shows without turning lines.
const PHONE: usize = 38;
/// The narrowest first column: less, and names fall to pieces.
const NARROWEST: usize = 12;
const GAP: usize = 2;

/// A table as it can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Laid {
    /// In letters of one width; where it is long, in several parts, each with the headings.
    Aligned(Vec<String>),
    /// It is too wide for that: of each row the first cell, and the others in a line, `Rank 1 · Points 7.5`.
    List(Vec<(String, String)>),
}

/// Lays out a table whose first column is left and whose others are right.
pub(super) fn laid(head: &[String], rows: &[Vec<String>]) -> Laid {
    let clean = |row: &[String]| row.iter().map(|cell| one_line(cell)).collect::<Vec<_>>();
    let (head, rows) = (clean(head), rows.iter().map(|row| clean(row)).collect::<Vec<_>>());
    let columns = rows.iter().chain([&head]).map(Vec::len).max().unwrap_or_default();
    let cell = |row: &[String], column: usize| row.get(column).map_or(0, |cell| display_width(cell));
    let widths: Vec<usize> =
        (0..columns).map(|column| rows.iter().chain([&head]).map(|row| cell(row, column)).max().unwrap_or_default()).collect();
    let others: usize = widths.iter().skip(1).map(|width| width + GAP).sum();
    let first = widths.first().copied().unwrap_or_default();
    if others + first.min(NARROWEST) > PHONE {
        return Laid::List(rows.iter().filter_map(|row| listed(&head, row)).collect());
    }
    let widths: Vec<usize> = widths.iter().enumerate().map(|(n, width)| if n == 0 { first.min(PHONE - others) } else { *width }).collect();
    // Few enough rows that a part is never halved, which would leave rows without headings.
    const ROWS: usize = 20;
    let mut chunks = rows.chunks(ROWS).collect::<Vec<_>>();
    if chunks.is_empty() {
        chunks.push(&[]);
    }
    let written = chunks.into_iter().map(|rows| {
        let lines = std::iter::once(&head).chain(rows).flat_map(|row| lines(row, &widths));
        lines.collect::<Vec<_>>().join("\n")
    });
    Laid::Aligned(written.collect())
}

/// A row's lines: the first column on the left, going on below where it is long, the others on the right.
fn lines(row: &[String], widths: &[usize]) -> Vec<String> {
    let Some((first, others)) = row.split_first() else { return Vec::new() };
    let width = widths.first().copied().unwrap_or_default().max(1);
    let options = Options::new(width).word_splitter(WordSplitter::NoHyphenation).word_separator(WordSeparator::AsciiSpace);
    let mut name = textwrap::wrap(first, options).into_iter();
    let opening = name.next().unwrap_or_default();
    let mut line = format!("{opening}{}", " ".repeat(width.saturating_sub(display_width(&opening))));
    for (cell, width) in others.iter().zip(&widths[1..]) {
        line.push_str(&" ".repeat(GAP + width.saturating_sub(display_width(cell))));
        line.push_str(cell);
    }
    std::iter::once(line.trim_end().to_owned()).chain(name.map(|more| more.trim_end().to_owned())).collect()
}

/// A row of a table that is too wide.
fn listed(head: &[String], row: &[String]) -> Option<(String, String)> {
    let (first, others) = row.split_first()?;
    let named = others.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).map(|(n, cell)| match head.get(n + 1) {
        Some(name) if !name.is_empty() => format!("{name} {cell}"),
        _ => cell.clone(),
    });
    Some((first.clone(), named.collect::<Vec<_>>().join(" · ")))
}
