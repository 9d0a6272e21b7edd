//! Dates and ranges of dates as people write them.

use crate::quiz::holidays::{Backwards, DateRange};
use crate::screening::shown;
use jiff::ToSpan;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

/// The longest range that is taken as meant, in days. Whoever rests for longer pauses instead.
pub const LONGEST_DAYS: i32 = 366;

/// How many years after the present one a date without a year may lie: 29 February can be eight years off.
const YEARS_AHEAD: i16 = 8;

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// Why dates can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatesFault {
    /// Nothing was written.
    #[error("no date is given: write 2026-12-24, or a first and a last date such as 24 Dec - 2 Jan")]
    Empty,
    /// No dates, or too many.
    #[error("I can't read “{typed}” as dates: write 2026-12-24, or a first and a last date such as 24 Dec - 2 Jan")]
    Unreadable {
        /// What was written.
        typed: String,
    },
    /// A day that the calendar doesn't have.
    #[error("“{typed}” names a day that the calendar doesn't have: check the day and the month")]
    NoSuchDay {
        /// What was written.
        typed: String,
    },
    /// 5/12: a day in May or in December.
    #[error("“{typed}” may be read in two ways: write the month as a word, such as 5 Dec")]
    TwoWays {
        /// What was written.
        typed: String,
    },
    /// The last date is the earlier one.
    #[error(transparent)]
    Backwards(#[from] Backwards),
    /// Dates that lie behind.
    #[error("{dates} is already over: check the year")]
    Over {
        /// The dates as read.
        dates: DateRange,
    },
    /// Longer than [`LONGEST_DAYS`].
    #[error("{dates} is longer than a year: check the dates, or pause until you are back")]
    TooLong {
        /// The dates as read.
        dates: DateRange,
    },
}

/// Reads one date or a first and a last one: `2026-12-24`, `2026-12-24 2027-01-02`, `24 Dec - 2 Jan`, `Dec 24-28`,
/// `24.12. to 2.1.2027`, `tomorrow`.
///
/// A year that isn't written is the one in which the range ends next, seen from `today`: on 28 December,
/// `24 Dec - 2 Jan` has begun four days ago.
///
/// # Errors
/// [`DatesFault`], which says how to write it.
pub fn parse_dates(text: &str, today: Date) -> Result<DateRange, DatesFault> {
    let unreadable = || DatesFault::Unreadable { typed: shown(text) };
    let tokens = tokens(&text.nfkc().collect::<String>().to_lowercase()).ok_or_else(unreadable)?;
    if tokens.is_empty() {
        return Err(DatesFault::Empty);
    }
    let mut reader = Reader { rest: &tokens, typed: text, today };
    let mut first = reader.date()?;
    let mut last = None;
    if !reader.rest.is_empty() {
        reader.separator();
        last = Some(reader.date()?);
    }
    if !reader.rest.is_empty() {
        return Err(unreadable());
    }
    // In "24-28 Dec" and "Dec 24-28" the month is written once.
    if let Some(last) = &mut last {
        if first.month.is_none() && last.month.is_some() {
            first = Written { day: first.day, ..*last };
        } else if last.month.is_none() && first.month.is_some() {
            *last = Written { day: last.day, ..first };
        }
    }
    let (Some(start), Some(end)) = (first.complete(), last.unwrap_or(first).complete()) else {
        return Err(unreadable());
    };
    let (start, end) = in_years(start, end, today).ok_or_else(|| DatesFault::NoSuchDay { typed: shown(text) })?;
    let dates = DateRange::new(start, end)?;
    if dates.last() < today {
        return Err(DatesFault::Over { dates });
    }
    if dates.days() > LONGEST_DAYS {
        return Err(DatesFault::TooLong { dates });
    }
    Ok(dates)
}

/// A date as far as it was written.
#[derive(Clone, Copy)]
struct Written {
    day: i8,
    month: Option<i8>,
    year: Option<i16>,
}

/// A date of which at most the year is missing.
#[derive(Clone, Copy)]
struct DayOfYear {
    day: i8,
    month: i8,
    year: Option<i16>,
}

impl Written {
    fn complete(self) -> Option<DayOfYear> {
        let month = self.month?;
        Some(DayOfYear { day: self.day, month, year: self.year })
    }
}

impl DayOfYear {
    fn of(self, year: i16) -> Option<Date> {
        Date::new(self.year.unwrap_or(year), self.month, self.day).ok()
    }
}

/// Finds the years that weren't written; `None` where the calendar has no such day.
fn in_years(start: DayOfYear, end: DayOfYear, today: Date) -> Option<(Date, Date)> {
    let year = today.year();
    if start.year.is_none() && end.year.is_some() {
        let end = end.of(year)?;
        let mut starts = (0..=YEARS_AHEAD).filter_map(|back| start.of(end.year() - back));
        return starts.find(|start| *start <= end).map(|start| (start, end));
    }
    let mut found = None;
    for year in year - 1..=year.saturating_add(YEARS_AHEAD) {
        let Some(start) = start.of(year) else { continue };
        // The end is the first such day from the start on, so that a range may run over New Year.
        let mut ends = (0..=YEARS_AHEAD).filter_map(|on| end.of(start.year().saturating_add(on)));
        let Some(end) = ends.find(|until| *until >= start || end.year.is_some()) else { continue };
        found = Some((start, end));
        if end >= today {
            break;
        }
    }
    found
}

/// A piece of what was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    /// Digits: the number and how many digits it was written with.
    Number(i16, usize),
    /// A month by name, 1 to 12.
    Month(i8),
    /// Days from today: "today", "tomorrow".
    Ahead(i8),
    /// A dash or a word for it.
    To,
    Dot,
    Slash,
}

/// Splits what was written; `None` where it holds something that isn't part of a date.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let alike = |c: char| c.is_ascii_digit() == first.is_ascii_digit() && c.is_alphanumeric() == first.is_alphanumeric();
        let length = if first.is_alphanumeric() {
            rest.find(|c| !alike(c)).unwrap_or(rest.len())
        } else if rest.starts_with("..") {
            rest.len() - rest.trim_start_matches('.').len()
        } else {
            first.len_utf8()
        };
        let (piece, after) = rest.split_at(length);
        tokens.extend(token(piece, tokens.last().copied())?);
        rest = after.trim_start();
    }
    Some(tokens)
}

/// One piece as a token. The outer `None` is a fault; the inner one a piece that says nothing, such as a comma.
fn token(piece: &str, before: Option<Token>) -> Option<Option<Token>> {
    let after_number = matches!(before, Some(Token::Number(..)));
    Some(match piece {
        "," | "of" | "from" | "the" | "on" => None,
        "st" | "nd" | "rd" | "th" if after_number => None,
        "-" | "–" | "—" | "to" | "until" | "till" | "through" | "thru" | "and" => Some(Token::To),
        "." => Some(Token::Dot),
        "/" => Some(Token::Slash),
        "today" => Some(Token::Ahead(0)),
        "tomorrow" => Some(Token::Ahead(1)),
        _ if piece.starts_with("..") => Some(Token::To),
        _ if piece.bytes().all(|b| b.is_ascii_digit()) => Some(Token::Number(piece.parse().ok()?, piece.len())),
        _ => Some(Token::Month(month(piece)?)),
    })
}

/// A month by its name or the beginning of it, from three letters on.
fn month(word: &str) -> Option<i8> {
    let found = (1i8..).zip(MONTHS).find(|(_, name)| word.len() >= 3 && name.starts_with(word));
    found.map(|(number, _)| number).or((word == "sept").then_some(9))
}

/// Reads dates off the front of the tokens.
struct Reader<'a> {
    rest: &'a [Token],
    typed: &'a str,
    today: Date,
}

impl Reader<'_> {
    fn date(&mut self) -> Result<Written, DatesFault> {
        use Token::{Ahead, Dot, Month, Number, Slash, To};
        let (day, month, rest) = match self.rest {
            [Ahead(days), rest @ ..] => {
                self.rest = rest;
                return Ok(self.ahead(*days));
            }
            [Number(year, 4), To, Number(month, _), To, Number(day, _), rest @ ..] => {
                self.rest = rest;
                return self.written(*day, Some(*month), Some(*year));
            }
            [Month(month), Number(day, ..=2), rest @ ..]
            | [Number(day, ..=2), Month(month), rest @ ..]
            | [Number(day, ..=2), Dot, Month(month), rest @ ..] => (*day, Some(i16::from(*month)), rest),
            [Number(day, ..=2), Dot, Number(month, ..=2), Dot, rest @ ..] | [Number(day, ..=2), Dot, Number(month, ..=2), rest @ ..] => {
                (*day, Some(*month), rest)
            }
            [Number(one, ..=2), Slash, Number(other, ..=2), rest @ ..] => {
                let (day, month) = self.told_apart(*one, *other)?;
                let rest = rest.strip_prefix(&[Slash]).unwrap_or(rest);
                (day, Some(month), rest)
            }
            [Number(day, ..=2), Dot, rest @ ..] | [Number(day, ..=2), rest @ ..] => (*day, None, rest),
            _ => return Err(DatesFault::Unreadable { typed: shown(self.typed) }),
        };
        self.rest = rest;
        let mut year = None;
        if month.is_some()
            && let [Number(number, 4), rest @ ..] = self.rest
            && !matches!(rest, [To, Number(..), To, ..])
        {
            self.rest = rest;
            year = Some(*number);
        }
        self.written(day, month, year)
    }

    /// Steps over a dash between two dates. It may be missing: two dates side by side are a range as well.
    fn separator(&mut self) {
        self.rest = self.rest.strip_prefix(&[Token::To]).unwrap_or(self.rest);
    }

    fn ahead(&self, days: i8) -> Written {
        let date = self.today.checked_add(days.days()).unwrap_or(Date::MAX);
        Written { day: date.day(), month: Some(date.month()), year: Some(date.year()) }
    }

    fn written(&self, day: i16, month: Option<i16>, year: Option<i16>) -> Result<Written, DatesFault> {
        let no_such_day = |_| DatesFault::NoSuchDay { typed: shown(self.typed) };
        let day = i8::try_from(day).map_err(no_such_day)?;
        let month = month.map(i8::try_from).transpose().map_err(no_such_day)?;
        Ok(Written { day, month, year })
    }

    /// Which of two numbers with a slash between is the day: the one that can't be a month.
    fn told_apart(&self, one: i16, other: i16) -> Result<(i16, i16), DatesFault> {
        match (one > 12, other > 12) {
            (true, _) => Ok((one, other)),
            (false, true) => Ok((other, one)),
            (false, false) if one == other => Ok((one, other)),
            (false, false) => Err(DatesFault::TwoWays { typed: shown(self.typed) }),
        }
    }
}
