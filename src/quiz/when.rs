//! Times of day as people write them.

use crate::screening::shown;
use jiff::civil::Time;
use unicode_normalization::UnicodeNormalization;

/// Why a time of day can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeFault {
    /// Nothing was written.
    #[error("no time is given: write it like 09:00 or 5pm")]
    Empty,
    /// An hour that the day doesn't have.
    #[error("“{typed}” is no time of day: hours run from 0 to 23, so write it like 09:00 or 5pm")]
    NoSuchHour {
        /// What was written.
        typed: String,
    },
    /// A minute that the hour doesn't have.
    #[error("“{typed}” is no time of day: minutes run from 0 to 59, so write it like 09:30")]
    NoSuchMinute {
        /// What was written.
        typed: String,
    },
    /// Both clocks at once, such as 17pm.
    #[error("“{typed}” mixes two clocks: hours with am or pm run from 1 to 12, so write it like 17:00 or 5pm")]
    TwoClocks {
        /// What was written.
        typed: String,
    },
    /// No time at all.
    #[error("“{typed}” is no time of day: write it like 09:00 or 5pm")]
    Unreadable {
        /// What was written.
        typed: String,
    },
}

/// Reads a time of day: `9`, `09:00`, `9.30`, `0930`, `9am`, `5:30 pm`, `9h30`, `noon`, `midnight`.
///
/// # Errors
/// [`TimeFault`], which quotes what was written and says how to write it.
pub fn parse_time(text: &str) -> Result<Time, TimeFault> {
    let typed = shown(text);
    let text = text.nfkc().collect::<String>().trim().to_lowercase();
    let text = text.strip_prefix("at ").unwrap_or(&text).trim();
    match text {
        "" => return Err(TimeFault::Empty),
        "noon" | "midday" => return Ok(Time::constant(12, 0, 0, 0)),
        "midnight" => return Ok(Time::midnight()),
        _ => {}
    }
    let (digits, half) = split_half(text);
    let Some((hour, minute)) = split_clock(digits) else {
        return Err(TimeFault::Unreadable { typed });
    };
    let hour = match half {
        None if hour <= 23 => hour,
        None => return Err(TimeFault::NoSuchHour { typed }),
        Some(_) if !(1..=12).contains(&hour) => return Err(TimeFault::TwoClocks { typed }),
        Some(Half::Morning) => hour % 12,
        Some(Half::Afternoon) => hour % 12 + 12,
    };
    if minute > 59 {
        return Err(TimeFault::NoSuchMinute { typed });
    }
    Time::new(hour, minute, 0, 0).map_err(|_| TimeFault::Unreadable { typed })
}

/// Half of the twelve-hour clock.
enum Half {
    Morning,
    Afternoon,
}

/// Takes "am" or "pm" off the end, also as "a.m.".
fn split_half(text: &str) -> (&str, Option<Half>) {
    for (ending, half) in [("am", Half::Morning), ("a.m.", Half::Morning), ("pm", Half::Afternoon), ("p.m.", Half::Afternoon)] {
        if let Some(rest) = text.strip_suffix(ending) {
            return (rest.trim_end(), Some(half));
        }
    }
    (text.strip_suffix("o'clock").unwrap_or(text).trim_end(), None)
}

/// Hours and minutes from `9`, `9:30`, `9.30`, `9h`, `9h30`, `0930`; not yet checked against what a day has.
fn split_clock(text: &str) -> Option<(i8, i8)> {
    let number = |digits: &str| {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        if plain { digits.parse::<i8>().ok() } else { None }
    };
    if let Some((hours, minutes)) = text.split_once([':', '.', 'h']) {
        let whole = minutes.is_empty() && text.ends_with('h');
        if !whole && minutes.len() != 2 {
            return None;
        }
        return Some((number(hours)?, if whole { 0 } else { number(minutes)? }));
    }
    if text.len() == 4 && text.is_ascii() {
        let (hours, minutes) = text.split_at(2);
        return Some((number(hours)?, number(minutes)?));
    }
    Some((number(text)?, 0))
}
