//! Which days a board covers.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// How far back a board looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// One date.
    Day,
    /// Monday to Sunday. The days around New Year belong to one week, whichever year they are in.
    IsoWeek,
    /// A calendar month.
    Month,
    /// All time.
    All,
}

/// Dates from `from` up to, but without, `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// The first date.
    pub from: Date,
    /// The date after the last.
    pub to: Date,
}

/// All time: from the year 1, because databases disagree on how earlier dates are written and sorted.
const ALL: Days = Days { from: date(1, 1, 1), to: Date::MAX };

impl Period {
    /// The dates of the period that `around` lies in. At the ends of the calendar (year 9999) it is cut short.
    pub fn days(self, around: Date) -> Days {
        let (from, to) = match self {
            Period::Day => (around, around.checked_add(1.day())),
            Period::IsoWeek => {
                let since_monday = around.weekday().to_monday_zero_offset();
                let monday = around.checked_sub(since_monday.days());
                let from = monday.unwrap_or(Date::MIN);
                (from, around.checked_add((7 - since_monday).days()))
            }
            Period::Month => {
                let from = around.first_of_month();
                (from, from.checked_add(1.month()))
            }
            Period::All => return ALL,
        };
        Days { from, to: to.unwrap_or(Date::MAX) }
    }
}

impl Days {
    /// The date lies in it.
    pub fn contains(self, date: Date) -> bool {
        self.from <= date && date < self.to
    }
}
