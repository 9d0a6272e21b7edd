//! Holidays from a pasted calendar file (iCalendar, RFC 5545).
//!
//! A reader of its own, because the file is whatever somebody pastes: one broken entry must not cost the others, and
//! entries nested a thousand deep must not cost the program its stack. The crates at hand fail on both.

use crate::quiz::dates::LONGEST_DAYS;
use crate::quiz::holidays::{DateRange, Holiday};
use crate::screening::shown;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};

/// The most entries that are taken from one file. A country's holidays of thirty years are fewer.
pub const MOST_ENTRIES: usize = 500;

/// What a calendar file held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    /// The entries taken, in the file's order.
    pub holidays: Vec<Holiday>,
    /// What was not taken, or not whole, in the file's order.
    pub faults: Vec<EntryFault>,
}

/// An entry that was not taken, or not whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}{}: {why}", if name.is_empty() { String::new() } else { format!(", “{name}”") })]
pub struct EntryFault {
    /// The line on which the entry begins, from 1.
    pub line: usize,
    /// What the calendar calls it; empty where it has no name.
    pub name: String,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// It has no DTSTART.
    #[error("it doesn't say when it begins; add its dates by hand")]
    NoStart,
    /// A date that can't be read.
    #[error("I can't read “{0}” as a date; add its dates by hand")]
    NoDate(String),
    /// A length that can't be read.
    #[error("I can't read “{0}” as a length of time; add its dates by hand")]
    NoLength(String),
    /// It ends before it begins.
    #[error("it ends before it begins; add its dates by hand")]
    Backwards,
    /// It is longer than [`LONGEST_DAYS`].
    #[error("it is longer than a year; add its dates by hand")]
    TooLong,
    /// It was called off.
    #[error("it was called off, so it is left out")]
    Cancelled,
    /// It repeats: only the first time was taken.
    #[error("it repeats, of which only the first time ({0}) was taken; add the others by hand")]
    Repeats(DateRange),
    /// The file ends in the middle of it.
    #[error("the text ends in the middle of it; paste it whole")]
    BreaksOff,
    /// There were [`MOST_ENTRIES`] before it.
    #[error("it and what follows are left out: {MOST_ENTRIES} entries are the most; paste the coming year alone")]
    TooMany,
}

/// Text without a single calendar entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("I see no calendar entries: paste the whole .ics file, from BEGIN:VCALENDAR to END:VCALENDAR")]
pub struct NoEntries;

/// Reads the holidays of a calendar file: every entry's dates and name.
///
/// An entry's end is the first moment that no longer belongs to it, as the standard has it. Times are taken as local,
/// except those in UTC, which are read in `zone`. What can't be taken is listed, never left out in silence.
///
/// # Errors
/// [`NoEntries`] if the text holds no entry at all, good or bad.
pub fn parse_ics(text: &str, zone: &TimeZone) -> Result<Pasted, NoEntries> {
    let mut pasted = Pasted::default();
    let mut open: Option<Entry> = None;
    // Components inside an entry, such as its alarms, have lines of the same names.
    let mut inside = 0usize;
    for (line, content) in unfolded(text) {
        let Some(property) = Property::read(&content) else { continue };
        let is_event = property.value.trim().eq_ignore_ascii_case("vevent");
        match (property.name.as_str(), open.take()) {
            ("BEGIN", before) if is_event => {
                // An entry within an entry: the outer one lost its end.
                pasted.faults.extend(before.map(|entry| entry.fault(Why::BreaksOff)));
                if pasted.holidays.len() + pasted.faults.len() >= MOST_ENTRIES {
                    pasted.faults.push(Entry::at(line).fault(Why::TooMany));
                    return Ok(pasted);
                }
                inside = 0;
                open = Some(Entry::at(line));
            }
            ("END", Some(entry)) if is_event => pasted.take(&entry, zone),
            ("BEGIN", entry) => {
                inside += 1;
                open = entry;
            }
            ("END", entry) => {
                inside = inside.saturating_sub(1);
                open = entry;
            }
            (_, Some(mut entry)) => {
                if inside == 0 {
                    entry.note(property);
                }
                open = Some(entry);
            }
            (_, None) => {}
        }
    }
    pasted.faults.extend(open.map(|entry| entry.fault(Why::BreaksOff)));
    if pasted.holidays.is_empty() && pasted.faults.is_empty() {
        return Err(NoEntries);
    }
    Ok(pasted)
}

impl Pasted {
    fn take(&mut self, entry: &Entry, zone: &TimeZone) {
        match entry.dates(zone) {
            Ok(dates) => {
                if entry.repeats {
                    self.faults.push(entry.fault(Why::Repeats(dates)));
                }
                self.holidays.push(Holiday { dates, name: entry.name.clone() });
            }
            Err(why) => self.faults.push(entry.fault(why)),
        }
    }
}

/// The lines of a file with their numbers; a line that begins with a blank continues the one before.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some((_, whole))) => whole.push_str(more),
            _ => lines.push((number, line.to_owned())),
        }
    }
    lines
}

/// One line of a calendar file. Its parameters are left out: a value shows by itself whether it is a date or a time.
struct Property {
    /// In capitals.
    name: String,
    value: String,
}

impl Property {
    /// `NAME;PARAMETER=VALUE;OTHER="VALUE":VALUE`; `None` for a line without a value.
    fn read(line: &str) -> Option<Self> {
        let mut quoted = false;
        let colon = line.find(|c| {
            quoted ^= c == '"';
            c == ':' && !quoted
        })?;
        let (head, value) = (&line[..colon], &line[colon + 1..]);
        let name = head.split(';').next().unwrap_or(head).trim().to_ascii_uppercase();
        Some(Self { name, value: value.to_owned() })
    }
}

/// An entry as far as it has been read.
#[derive(Default)]
struct Entry {
    line: usize,
    name: String,
    start: Option<String>,
    end: Option<String>,
    length: Option<String>,
    repeats: bool,
    cancelled: bool,
}

impl Entry {
    fn at(line: usize) -> Self {
        Self { line, ..Self::default() }
    }

    fn note(&mut self, property: Property) {
        let value = property.value;
        match property.name.as_str() {
            "SUMMARY" => self.name = shown(&plain_text(&value)),
            "DTSTART" => self.start = Some(value),
            "DTEND" => self.end = Some(value),
            "DURATION" => self.length = Some(value),
            "RRULE" | "RDATE" => self.repeats = true,
            "STATUS" => self.cancelled = value.trim().eq_ignore_ascii_case("cancelled"),
            _ => {}
        }
    }

    fn fault(&self, why: Why) -> EntryFault {
        EntryFault { line: self.line, name: self.name.clone(), why }
    }

    fn dates(&self, zone: &TimeZone) -> Result<DateRange, Why> {
        if self.cancelled {
            return Err(Why::Cancelled);
        }
        let start = moment(self.start.as_deref().ok_or(Why::NoStart)?, zone)?;
        let end = match (&self.end, &self.length) {
            (Some(end), _) => moment(end, zone)?,
            (None, Some(length)) => lasting(start, length)?,
            (None, None) => start,
        };
        if end < start {
            return Err(Why::Backwards);
        }
        // An entry without length, as some programs write a single day, still has the day on which it begins.
        let last = end.checked_sub(1.nanosecond()).map_or(end, |last| last.max(start));
        let dates = DateRange::new(start.date(), last.date()).map_err(|_| Why::Backwards)?;
        if dates.days() > LONGEST_DAYS {
            return Err(Why::TooLong);
        }
        Ok(dates)
    }
}

/// `20261224`, `20261224T090000` or, in UTC, `20261224T090000Z`, as local time.
fn moment(written: &str, zone: &TimeZone) -> Result<DateTime, Why> {
    let no_date = || Why::NoDate(shown(written));
    let written = written.trim();
    if let Some(utc) = written.strip_suffix(['Z', 'z']) {
        let utc: DateTime = utc.parse().map_err(|_| no_date())?;
        let at = TimeZone::UTC.to_timestamp(utc).map_err(|_| no_date())?;
        return Ok(zone.to_datetime(at));
    }
    if written.len() == 8 {
        let date: Date = written.parse().map_err(|_| no_date())?;
        return Ok(date.to_datetime(Time::midnight()));
    }
    written.parse().map_err(|_| no_date())
}

/// The end of something that lasts `P3D`, `P1W` or `PT12H`.
fn lasting(start: DateTime, length: &str) -> Result<DateTime, Why> {
    let no_length = || Why::NoLength(shown(length));
    let span: Span = length.trim().parse().map_err(|_| no_length())?;
    start.checked_add(span).map_err(|_| no_length())
}

/// Text as it is meant: without the file's escapes, a line's end as a blank.
fn plain_text(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => plain.push(' '),
                other => plain.extend(other),
            },
            _ => plain.push(c),
        }
    }
    plain
}
