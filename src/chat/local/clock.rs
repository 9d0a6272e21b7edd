//! Which time it is in the room: the wall's, or one that is set and moved by hand.

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;

/// Which time it is.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The wall's.
    Wall,
    /// This, until it is moved.
    Set(Timestamp),
}

impl Clock {
    /// The present time.
    pub(super) fn now(self) -> Timestamp {
        match self {
            Clock::Wall => Timestamp::now(),
            Clock::Set(now) => now,
        }
    }
}

/// A time of today, or a date and a time, in a zone.
pub(super) fn at(typed: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let instant = |local: DateTime| local.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp());
    if let Ok(local) = typed.parse() {
        return instant(local);
    }
    let today = now.to_zoned(zone.clone()).date();
    typed.parse::<Time>().ok().and_then(|time| instant(today.to_datetime(time)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_todays_and_a_date_is_its_own() {
        let now: Timestamp = "2026-11-24T07:30:00Z".parse().expect("an instant");
        let berlin = TimeZone::get("Europe/Berlin").expect("a zone");
        for (typed, then) in [("14:00", "2026-11-24T13:00:00Z"), ("2026-11-25T08:00", "2026-11-25T07:00:00Z")] {
            assert_eq!(then.parse().ok(), at(typed, now, &berlin), "{typed}");
        }
        assert_eq!(None, at("noonish", now, &berlin));
    }
}
