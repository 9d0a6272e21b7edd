//! When a daily schedule posts, and when what it posted closes.

use crate::quiz::holidays::DateRange;
use crate::quiz::weekdays::Weekdays;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::num::NonZeroU16;

/// How many days ahead a next post is looked for. More than a year, so that a schedule that rests over a whole summer
/// is still found; an end, so that one whose holidays never end is not looked for until the year 9999.
pub const HORIZON_DAYS: i32 = 400;

/// How long before the next post a round closes: time for the reveal to be read before the next question comes.
const BEFORE_NEXT: SignedDuration = SignedDuration::from_hours(1);

/// When one schedule posts its dailies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timetable {
    /// The zone in which `days`, `post` and `holidays` are read; kept by its IANA name.
    #[serde(with = "jiff::fmt::serde::tz::required")]
    pub zone: TimeZone,
    /// The days of the week on which it posts.
    pub days: Weekdays,
    /// The local time of the post.
    pub post: Time,
    /// When a round closes.
    #[serde(default)]
    pub close: CloseRule,
    /// Dates on which nothing is posted.
    #[serde(default)]
    pub holidays: Vec<DateRange>,
}

/// When a round closes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CloseRule {
    /// An hour before the schedule's next post: Friday's on Monday.
    #[default]
    BeforeNext,
    /// So many hours after the post, but never later than an hour before the next one.
    After {
        /// Hours, at least one.
        hours: NonZeroU16,
    },
}

/// One scheduled daily. A schedule has at most one a local date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    /// The schedule's local date: the day on which its points count.
    pub date: Date,
    /// When it is posted. Where a shift of the clock swallows the end of a day, this may be the first instant of the next.
    pub at: Timestamp,
}

/// What a schedule owes after a silence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owed {
    /// The daily that should have been posted by now and would still be open: post it late.
    pub late: Option<Post>,
    /// Dailies that would be closed by now, oldest first: skip them and say so.
    pub skipped: Vec<Date>,
}

impl Timetable {
    /// A daily is posted on this date: one of the chosen weekdays, no holiday, and a date that the zone has. (Samoa had
    /// no 30 December 2011.)
    pub fn is_scheduled(&self, date: Date) -> bool {
        self.days.contains(date.weekday()) && !self.holidays.iter().any(|range| range.contains(date)) && has_date(&self.zone, date)
    }

    /// The instant at which a daily of this date is posted.
    pub fn posts_at(&self, date: Date) -> Timestamp {
        instant(&self.zone, date.to_datetime(self.post))
    }

    /// The first daily on a date strictly later than `date`; `None` if there is none within [`HORIZON_DAYS`].
    pub fn after(&self, date: Date) -> Option<Post> {
        let mut next = date;
        for _ in 0..HORIZON_DAYS {
            next = next.tomorrow().ok()?;
            if self.is_scheduled(next) {
                return Some(Post { date: next, at: self.posts_at(next) });
            }
        }
        None
    }

    /// The first daily that is later than the last one posted and still lies ahead of `now`.
    ///
    /// It depends on nothing else, so a clock that jumps back posts no date twice, and one that jumps forward finds the
    /// next post (what it jumped over is [`Timetable::owed`]).
    pub fn next_post(&self, last: Option<Date>, now: Timestamp) -> Option<Post> {
        // Whatever is dated earlier than today is past: also where a gap moves a post to the first instant of another
        // date, it is not today's before that.
        let yesterday = local_date(&self.zone, now).yesterday().ok()?;
        let mut post = self.after(last.map_or(yesterday, |last| last.max(yesterday)))?;
        while post.at <= now {
            post = self.after(post.date)?;
        }
        Some(post)
    }

    /// When the daily of this date closes: always after its post and, where another follows, before that.
    ///
    /// Where none follows within [`HORIZON_DAYS`], it closes as if one followed a day later.
    pub fn closes(&self, date: Date) -> Timestamp {
        let opened = self.posts_at(date);
        let following = self.after(date).map_or_else(|| later(opened, SignedDuration::from_hours(24)), |next| next.at);
        let latest = earlier(following, BEFORE_NEXT);
        match self.close {
            CloseRule::BeforeNext => latest,
            CloseRule::After { hours } => {
                let hours = SignedDuration::from_hours(i64::from(hours.get()));
                later(opened, hours).min(latest)
            }
        }
    }

    /// What should have been posted between the last date posted and `now`, after the program did not run for a while.
    pub fn owed(&self, last: Date, now: Timestamp) -> Owed {
        let mut owed = Owed::default();
        let mut next = self.after(last);
        while let Some(post) = next.filter(|post| post.at <= now) {
            if self.closes(post.date) > now {
                owed.late = Some(post);
            } else {
                owed.skipped.push(post.date);
            }
            next = self.after(post.date);
        }
        owed
    }
}

/// The date that the zone's calendars show at an instant.
pub fn local_date(zone: &TimeZone, at: Timestamp) -> Date {
    zone.to_datetime(at).date()
}

/// The instant of a local time: the first of two where it occurs twice, and the first instant after the gap where it
/// doesn't exist. Times beyond what a [`Timestamp`] can hold (the years ±9999) become its ends.
pub fn instant(zone: &TimeZone, local: DateTime) -> Timestamp {
    let (offset, gap_ends_with) = match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => (offset, None),
        AmbiguousOffset::Fold { before, .. } => (before, None),
        AmbiguousOffset::Gap { before, after } => (before, Some(after)),
    };
    let end = if local.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    let at = offset.to_timestamp(local).unwrap_or(end);
    let Some(after) = gap_ends_with else { return at };
    // Read with the offset before the gap, the local time is as far behind the gap's end as it is inside the gap. The
    // end itself is the last change to the offset after the gap at or before that instant.
    zone.preceding(later(at, SignedDuration::from_nanos(1))).find(|change| change.offset() == after).map_or(at, |change| change.timestamp())
}

/// Samoa went from 29 to 31 December 2011: a date that a zone leaves out is one that begins when the next one does.
fn has_date(zone: &TimeZone, date: Date) -> bool {
    date.checked_add(1.day())
        .is_ok_and(|next| instant(zone, date.to_datetime(Time::midnight())) < instant(zone, next.to_datetime(Time::midnight())))
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

fn earlier(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_sub(by).unwrap_or(Timestamp::MIN)
}
