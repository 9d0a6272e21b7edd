//! Ranges of dates on which a schedule rests or a member is away.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Dates from a first to a last, both included; the first is never later than the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends", into = "Ends")]
pub struct DateRange {
    first: Date,
    last: Date,
}

/// Holidays as a calendar file names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// The dates.
    pub dates: DateRange,
    /// What the calendar calls them, in one line; empty where it has no name.
    pub name: String,
}

/// A range whose last date is earlier than its first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{first} to {last} runs backwards: write the earlier date first")]
pub struct Backwards {
    /// The date given first.
    pub first: Date,
    /// The date given last.
    pub last: Date,
}

/// How a range is stored.
#[derive(Serialize, Deserialize)]
struct Ends {
    first: Date,
    last: Date,
}

impl DateRange {
    /// From `first` to `last`, both included.
    ///
    /// # Errors
    /// [`Backwards`] if `last` is earlier than `first`.
    pub fn new(first: Date, last: Date) -> Result<Self, Backwards> {
        if last < first {
            return Err(Backwards { first, last });
        }
        Ok(Self { first, last })
    }

    /// One day.
    pub fn day(date: Date) -> Self {
        Self { first: date, last: date }
    }

    /// The first date.
    pub fn first(self) -> Date {
        self.first
    }

    /// The last date, which still belongs to it.
    pub fn last(self) -> Date {
        self.last
    }

    /// The date lies in it.
    pub fn contains(self, date: Date) -> bool {
        (self.first..=self.last).contains(&date)
    }

    /// How many days it has, at least one.
    pub fn days(self) -> i32 {
        let between = self.last.duration_since(self.first).as_hours() / 24;
        // The whole range of dates has seven million days.
        i32::try_from(between).unwrap_or(i32::MAX - 1) + 1
    }
}

impl fmt::Display for DateRange {
    /// `2026-12-24` or `2026-12-24 to 2027-01-02`, which [`crate::quiz::dates::parse_dates`] reads again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            return write!(f, "{}", self.first);
        }
        write!(f, "{} to {}", self.first, self.last)
    }
}

impl TryFrom<Ends> for DateRange {
    type Error = Backwards;

    fn try_from(ends: Ends) -> Result<Self, Backwards> {
        Self::new(ends.first, ends.last)
    }
}

impl From<DateRange> for Ends {
    fn from(range: DateRange) -> Self {
        Self { first: range.first, last: range.last }
    }
}
