//! Sets of weekdays, and how people write them.

use crate::screening::shown;
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The names, from Monday.
const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Some days of the week, at least one. Stored as its [`fmt::Display`] writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Weekdays(u8);

/// Why a list of days can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DaysFault {
    /// Nothing was written.
    #[error("no day is named: write `workdays`, `daily` or days such as `mon,wed,fri`")]
    Empty,
    /// A word that is no day, but close to one.
    #[error("“{typed}” is no day of the week: did you mean {}?", NAMES[usize::from(*nearest)])]
    Misspelt {
        /// What was written.
        typed: String,
        /// The nearest day, counted from Monday, which is 0.
        nearest: u8,
    },
    /// A word that is no day.
    #[error("“{typed}” is no day of the week: write `workdays`, `daily` or days such as `mon,wed,fri`")]
    Unknown {
        /// What was written.
        typed: String,
    },
}

impl Weekdays {
    /// Monday to Friday.
    pub const WORKDAYS: Self = Self(0b001_1111);
    /// All seven.
    pub const DAILY: Self = Self(0b111_1111);
    /// Saturday and Sunday.
    pub const WEEKEND: Self = Self(0b110_0000);

    /// The set of these days; `None` for no day at all.
    pub fn new(days: impl IntoIterator<Item = Weekday>) -> Option<Self> {
        let bits = days.into_iter().fold(0, |bits, day| bits | bit(offset(day)));
        (bits != 0).then_some(Self(bits))
    }

    /// The day belongs to it.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & bit(offset(day)) != 0
    }
}

impl fmt::Display for Weekdays {
    /// `workdays`, `daily`, `weekend` or `mon, wed, fri`: what [`parse_days`] reads again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::WORKDAYS => f.write_str("workdays"),
            Self::DAILY => f.write_str("daily"),
            Self::WEEKEND => f.write_str("weekend"),
            Self(bits) => {
                let chosen = (0u8..).zip(NAMES).filter(|(day, _)| bits & bit(*day) != 0);
                let short: Vec<&str> = chosen.map(|(_, name)| &name[..3]).collect();
                f.write_str(&short.join(", "))
            }
        }
    }
}

impl From<Weekdays> for String {
    fn from(days: Weekdays) -> Self {
        days.to_string()
    }
}

impl TryFrom<String> for Weekdays {
    type Error = DaysFault;

    fn try_from(text: String) -> Result<Self, DaysFault> {
        parse_days(&text)
    }
}

/// Reads days as people write them: `workdays`, `daily`, `mon,wed,fri`, `mon-fri`, `Saturdays and Sundays`, `fri to mon`.
///
/// # Errors
/// [`DaysFault`], which names the word and the cure.
pub fn parse_days(text: &str) -> Result<Weekdays, DaysFault> {
    let text = text.nfkc().collect::<String>().to_lowercase();
    // A range is written with a dash or a word; both become a token of its own.
    let joined = text.replace("work day", "workday").replace("week day", "weekday").replace("week end", "weekend");
    let spaced = joined.replace(['-', '–', '—'], " to ").replace("..", " to ");
    let mut bits = 0u8;
    let mut last = None;
    let mut range_from = None;
    for word in spaced.split(|c: char| c.is_whitespace() || ",;/+&".contains(c)).filter(|word| !word.is_empty()) {
        match word {
            "and" | "on" | "every" | "each" | "only" => continue,
            "to" | "through" | "thru" | "until" => {
                range_from = last.take();
                if range_from.is_none() {
                    return Err(unknown(word));
                }
                continue;
            }
            _ => {}
        }
        if let Some(set) = named_set(word).filter(|_| range_from.is_none()) {
            bits |= set.0;
            last = None;
            continue;
        }
        let day = weekday(word)?;
        bits |= range_from.take().map_or(bit(day), |from| span(from, day));
        last = Some(day);
    }
    if range_from.is_some() {
        return Err(unknown(text.trim()));
    }
    if bits == 0 {
        return Err(DaysFault::Empty);
    }
    Ok(Weekdays(bits))
}

/// Words for several days at once.
fn named_set(word: &str) -> Option<Weekdays> {
    match word {
        "workday" | "workdays" | "weekday" | "weekdays" => Some(Weekdays::WORKDAYS),
        "daily" | "all" | "everyday" | "day" | "days" => Some(Weekdays::DAILY),
        "weekend" | "weekends" => Some(Weekdays::WEEKEND),
        _ => None,
    }
}

/// A day by its name or the beginning of it, from two letters on; counted from Monday, which is 0.
fn weekday(word: &str) -> Result<u8, DaysFault> {
    let stem = word.trim_end_matches('.');
    let stem = stem.strip_suffix('s').filter(|stem| stem.len() >= 3).unwrap_or(stem);
    if stem.len() < 2 {
        return Err(unknown(word));
    }
    if let Some((day, _)) = (0u8..).zip(NAMES).find(|(_, name)| name.starts_with(stem)) {
        return Ok(day);
    }
    // Two edits in a name of six letters or more are a slip of the fingers, not another word.
    let near = (0u8..).zip(NAMES).map(|(day, name)| (strsim::damerau_levenshtein(stem, name), day));
    match near.min() {
        Some((edits, nearest)) if edits <= 2 && stem.chars().count() >= 4 => Err(DaysFault::Misspelt { typed: shown(word), nearest }),
        _ => Err(unknown(word)),
    }
}

fn unknown(typed: &str) -> DaysFault {
    DaysFault::Unknown { typed: shown(typed) }
}

/// All days from one to another, over the weekend if need be.
fn span(from: u8, to: u8) -> u8 {
    let length = (to + 7 - from) % 7;
    (0..=length).fold(0, |bits, step| bits | bit((from + step) % 7))
}

fn offset(day: Weekday) -> u8 {
    day.to_monday_zero_offset().unsigned_abs()
}

fn bit(day: u8) -> u8 {
    1 << day
}
