//! When dailies are posted and close, the days of boards, streaks: across shifts of the clock and the edges of calendars.

use jiff::civil::{Date, Time, Weekday, date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use meshdrill::quiz::calendar::{CloseRule, HORIZON_DAYS, Owed, Post, Timetable, instant, local_date};
use meshdrill::quiz::holidays::DateRange;
use meshdrill::quiz::period::Period;
use meshdrill::quiz::streak::{Scheduled, Streak, streak};
use meshdrill::quiz::weekdays::Weekdays;
use proptest::prelude::*;
use std::num::NonZeroU16;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn timetable(zone_name: &str, days: Weekdays, post: Time) -> Timetable {
    Timetable { zone: zone(zone_name), days, post, close: CloseRule::BeforeNext, holidays: vec![] }
}

fn berlin() -> Timetable {
    timetable("Europe/Berlin", Weekdays::WORKDAYS, time(9, 0, 0, 0))
}

fn range(first: Date, last: Date) -> DateRange {
    DateRange::new(first, last).unwrap()
}

/// A local time in a zone is this instant, written with its offset.
#[track_caller]
fn check_instant(zone_name: &str, local: &str, expected: &str) {
    assert_eq!(instant(&zone(zone_name), local.parse().unwrap()), at(expected), "{local} in {zone_name}");
}

#[test]
fn a_time_that_does_not_exist_is_the_first_instant_after_the_gap() {
    check_instant("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T03:00+02:00");
    check_instant("Europe/Berlin", "2026-03-29T02:59:59", "2026-03-29T03:00+02:00");
    check_instant("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T03:00+02:00");
    check_instant("Europe/Berlin", "2026-03-29T01:59", "2026-03-29T01:59+01:00");
    check_instant("America/New_York", "2026-03-08T02:30", "2026-03-08T03:00-04:00");
    // Half an hour: 02:00 becomes 02:30.
    check_instant("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-04T02:30+11:00");
    check_instant("Australia/Lord_Howe", "2026-10-04T02:30", "2026-10-04T02:30+11:00");
    // Days without a midnight.
    check_instant("America/Santiago", "2026-09-06T00:00", "2026-09-06T01:00-03:00");
    check_instant("Africa/Cairo", "2026-04-24T00:30", "2026-04-24T01:00+03:00");
    // Beyond the table of changes, where the zone's rule alone says when it shifts.
    check_instant("Europe/Berlin", "2190-03-28T02:30", "2190-03-28T03:00+02:00");
    // A day that was left out altogether.
    check_instant("Pacific/Apia", "2011-12-30T09:00", "2011-12-31T00:00+14:00");
    // The gap swallows the end of a day.
    check_instant("America/Nuuk", "2026-03-28T23:30", "2026-03-29T00:00-01:00");
}

#[test]
fn a_time_that_occurs_twice_is_the_first() {
    check_instant("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T02:30+02:00");
    check_instant("America/New_York", "2026-11-01T01:30", "2026-11-01T01:30-04:00");
    check_instant("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-05T01:45+11:00");
    check_instant("America/Santiago", "2026-04-04T23:30", "2026-04-04T23:30-03:00");
    check_instant("Africa/Cairo", "2026-10-29T23:30", "2026-10-29T23:30+03:00");
}

#[test]
fn the_ends_of_time_are_not_left() {
    for name in ["Europe/Berlin", "Pacific/Kiritimati", "Pacific/Niue"] {
        for (date, end) in [(Date::MIN, Timestamp::MIN), (Date::MAX, Timestamp::MAX)] {
            let distance = instant(&zone(name), date.at(12, 0, 0, 0)).duration_since(end).abs();
            assert!(distance <= SignedDuration::from_hours(48), "{date} in {name} is {distance} off");
        }
        let daily = timetable(name, Weekdays::DAILY, time(9, 0, 0, 0));
        assert_eq!(daily.after(Date::MAX), None);
        assert_eq!(daily.next_post(None, Timestamp::MAX), None);
        assert!(daily.closes(Date::MAX) <= Timestamp::MAX);
    }
}

/// The dates, with the UTC times, of the posts after a date.
fn posts(timetable: &Timetable, after: Date, count: usize) -> Vec<String> {
    let mut found = Vec::new();
    let mut last = after;
    while let Some(post) = timetable.after(last).filter(|_| found.len() < count) {
        found.push(format!("{} {}", post.date, post.at));
        last = post.date;
    }
    found
}

#[test]
fn nine_o_clock_stays_nine_o_clock_across_a_shift() {
    let mut daily = berlin();
    daily.days = Weekdays::DAILY;
    assert_eq!(
        posts(&daily, date(2026, 3, 27), 3),
        ["2026-03-28 2026-03-28T08:00:00Z", "2026-03-29 2026-03-29T07:00:00Z", "2026-03-30 2026-03-30T07:00:00Z"]
    );
    assert_eq!(posts(&daily, date(2026, 10, 24), 2), ["2026-10-25 2026-10-25T08:00:00Z", "2026-10-26 2026-10-26T08:00:00Z"]);
}

#[test]
fn a_shift_neither_doubles_nor_loses_a_daily() {
    // 02:30 doesn't exist on the one day and occurs twice on the other.
    let night = timetable("America/New_York", Weekdays::DAILY, time(2, 30, 0, 0));
    assert_eq!(
        posts(&night, date(2026, 3, 6), 3),
        ["2026-03-07 2026-03-07T07:30:00Z", "2026-03-08 2026-03-08T07:00:00Z", "2026-03-09 2026-03-09T06:30:00Z"]
    );
    let night = timetable("America/New_York", Weekdays::DAILY, time(1, 30, 0, 0));
    assert_eq!(posts(&night, date(2026, 10, 31), 2), ["2026-11-01 2026-11-01T05:30:00Z", "2026-11-02 2026-11-02T06:30:00Z"]);
    // Between the two 01:30s, today's is over.
    let between = at("2026-11-01T06:00:00Z");
    assert_eq!(night.next_post(None, between).unwrap().date, date(2026, 11, 2));
}

#[test]
fn samoa_had_no_30_december_2011() {
    let apia = timetable("Pacific/Apia", Weekdays::DAILY, time(9, 0, 0, 0));
    assert_eq!(posts(&apia, date(2011, 12, 28), 2), ["2011-12-29 2011-12-29T19:00:00Z", "2011-12-31 2011-12-30T19:00:00Z"]);
    assert!(!apia.is_scheduled(date(2011, 12, 30)));
    assert_eq!(apia.closes(date(2011, 12, 29)), at("2011-12-30T18:00:00Z"));
    // Of a schedule for Fridays alone, that week has none.
    let fridays = Timetable { days: Weekdays::new([Weekday::Friday]).unwrap(), ..apia };
    assert_eq!(fridays.after(date(2011, 12, 23)).unwrap().date, date(2012, 1, 6));
}

#[test]
fn a_daily_at_the_swallowed_end_of_a_day_keeps_its_date() {
    let nuuk = timetable("America/Nuuk", Weekdays::DAILY, time(23, 30, 0, 0));
    let swallowed = nuuk.after(date(2026, 3, 27)).unwrap();
    assert_eq!(swallowed, Post { date: date(2026, 3, 28), at: at("2026-03-29T00:00:00-01:00") });
    // A minute before, it is found although the next local date is about to begin; when it is due, the next one is.
    let before = swallowed.at - SignedDuration::from_mins(1);
    assert_eq!(nuuk.next_post(None, before), Some(swallowed));
    assert_eq!(nuuk.next_post(None, swallowed.at).unwrap().date, date(2026, 3, 29));
}

#[test]
fn the_same_instant_has_two_dates_on_the_date_line() {
    let now = at("2026-11-24T10:30:00Z");
    assert_eq!(local_date(&zone("Pacific/Kiritimati"), now), date(2026, 11, 25));
    assert_eq!(local_date(&zone("Pacific/Niue"), now), date(2026, 11, 23));
    let nine = time(9, 0, 0, 0);
    let first = timetable("Pacific/Kiritimati", Weekdays::DAILY, nine).next_post(None, now).unwrap();
    let last = timetable("Pacific/Niue", Weekdays::DAILY, nine).next_post(None, now).unwrap();
    assert_eq!(first, Post { date: date(2026, 11, 25), at: at("2026-11-25T09:00:00+14:00") });
    assert_eq!(last, Post { date: date(2026, 11, 24), at: at("2026-11-24T09:00:00-11:00") });
}

#[test]
fn leap_day_has_a_daily() {
    let daily = timetable("Asia/Kolkata", Weekdays::DAILY, time(9, 0, 0, 0));
    let dates = |year| [daily.after(date(year, 2, 27)), daily.after(date(year, 2, 28))].map(|post| post.unwrap().date);
    assert_eq!(dates(2028), [date(2028, 2, 28), date(2028, 2, 29)]);
    assert_eq!(dates(2027), [date(2027, 2, 28), date(2027, 3, 1)]);
}

#[test]
fn a_next_post_lies_ahead_of_now() {
    let timetable = berlin();
    let post = at("2026-11-24T09:00:00+01:00");
    assert_eq!(timetable.next_post(None, post - SignedDuration::from_secs(1)).unwrap().at, post);
    // Exactly then it is no longer ahead.
    assert_eq!(timetable.next_post(None, post).unwrap().date, date(2026, 11, 25));
}

#[test]
fn a_clock_that_jumps_posts_no_date_twice() {
    let timetable = berlin();
    let tuesday = date(2026, 11, 24);
    let next = |now| timetable.next_post(Some(tuesday), at(now)).unwrap().date;
    // Back by an hour, a week, ten years: Tuesday is posted, so Wednesday is next.
    assert_eq!(next("2026-11-24T07:00:00Z"), date(2026, 11, 25));
    assert_eq!(next("2026-11-17T09:00:00Z"), date(2026, 11, 25));
    assert_eq!(next("2016-11-24T09:00:00Z"), date(2026, 11, 25));
    // Forward by two days and by ten years: what lies between is not posted one after the other.
    assert_eq!(next("2026-11-26T09:00:00Z"), date(2026, 11, 27));
    assert_eq!(next("2036-11-24T09:00:00Z"), date(2036, 11, 25));
}

#[test]
fn after_a_silence_what_is_open_is_late_and_the_rest_skipped() {
    let timetable = berlin();
    let owed = |now| timetable.owed(date(2026, 11, 20), at(now));
    assert_eq!(owed("2026-11-23T08:59:59+01:00"), Owed::default());
    let monday = Post { date: date(2026, 11, 23), at: at("2026-11-23T09:00:00+01:00") };
    assert_eq!(owed("2026-11-23T11:00:00+01:00"), Owed { late: Some(monday), skipped: vec![] });
    assert_eq!(owed("2026-11-24T07:59:59+01:00"), Owed { late: Some(monday), skipped: vec![] });
    // Monday's is closed and Tuesday's not yet due.
    assert_eq!(owed("2026-11-24T08:00:00+01:00"), Owed { late: None, skipped: vec![date(2026, 11, 23)] });
    let thursday = owed("2026-11-26T12:00:00+01:00");
    assert_eq!(thursday.late.unwrap().date, date(2026, 11, 26));
    assert_eq!(thursday.skipped, [date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)]);
}

#[test]
fn fridays_is_open_until_monday() {
    let mut timetable = berlin();
    assert_eq!(timetable.closes(date(2026, 11, 26)), at("2026-11-27T08:00:00+01:00"));
    assert_eq!(timetable.closes(date(2026, 11, 27)), at("2026-11-30T08:00:00+01:00"));
    // Over the shift as well: by the local clock.
    assert_eq!(timetable.closes(date(2026, 3, 27)), at("2026-03-30T08:00:00+02:00"));
    timetable.holidays = vec![range(date(2026, 12, 24), date(2027, 1, 3))];
    assert_eq!(timetable.closes(date(2026, 12, 23)), at("2027-01-04T08:00:00+01:00"));
}

#[test]
fn a_round_closes_after_its_hours_but_before_the_next_post() {
    let mut timetable = berlin();
    let mut closes = |hours, date| {
        timetable.close = CloseRule::After { hours: NonZeroU16::new(hours).unwrap() };
        timetable.closes(date)
    };
    assert_eq!(closes(8, date(2026, 11, 26)), at("2026-11-26T17:00:00+01:00"));
    assert_eq!(closes(48, date(2026, 11, 26)), at("2026-11-27T08:00:00+01:00"));
    assert_eq!(closes(48, date(2026, 11, 27)), at("2026-11-29T09:00:00+01:00"));
    assert_eq!(closes(u16::MAX, date(2026, 11, 27)), at("2026-11-30T08:00:00+01:00"));
}

#[test]
fn holidays_are_skipped_and_may_overlap() {
    let mut timetable = berlin();
    timetable.holidays = vec![
        range(date(2026, 12, 24), date(2026, 12, 27)),
        range(date(2026, 12, 26), date(2027, 1, 1)),
        DateRange::day(date(2027, 1, 6)),
        // Days that are weekends anyway.
        range(date(2026, 12, 5), date(2026, 12, 6)),
    ];
    let found: Vec<String> = posts(&timetable, date(2026, 12, 22), 4).iter().map(|post| post[..10].to_owned()).collect();
    assert_eq!(found, ["2026-12-23", "2027-01-04", "2027-01-05", "2027-01-07"]);
}

#[test]
fn holidays_without_end_leave_no_next_post() {
    let mut timetable = berlin();
    let monday = date(2026, 11, 23);
    timetable.holidays = vec![range(date(2026, 11, 24), date(2199, 1, 1))];
    assert_eq!(timetable.after(monday), None);
    assert_eq!(timetable.next_post(Some(monday), at("2026-11-23T10:00:00Z")), None);
    // The last round closes as if another followed the next day.
    assert_eq!(timetable.closes(monday), at("2026-11-24T08:00:00+01:00"));
    // They may have ended while nothing ran.
    timetable.holidays = vec![range(date(2026, 11, 24), date(2028, 11, 24))];
    assert_eq!(timetable.next_post(Some(monday), at("2028-11-24T12:00:00Z")).unwrap().date, date(2028, 11, 27));
    // A whole year off is found the end of.
    timetable.holidays = vec![range(date(2026, 11, 24), date(2027, 11, 30))];
    assert_eq!(timetable.after(monday).unwrap().date, date(2027, 12, 1));
}

#[test]
fn a_timetable_is_stored_in_words() {
    let mut timetable = berlin();
    timetable.holidays = vec![range(date(2026, 12, 24), date(2027, 1, 3))];
    timetable.close = CloseRule::After { hours: NonZeroU16::new(8).unwrap() };
    let stored = serde_json::to_string(&timetable).unwrap();
    assert_eq!(
        stored,
        r#"{"zone":"Europe/Berlin","days":"workdays","post":"09:00:00","close":{"after":{"hours":8}},"holidays":[{"first":"2026-12-24","last":"2027-01-03"}]}"#
    );
    assert_eq!(serde_json::from_str::<Timetable>(&stored).unwrap(), timetable);
    let short = r#"{"zone":"Europe/Berlin","days":"workdays","post":"09:00:00"}"#;
    assert_eq!(serde_json::from_str::<Timetable>(short).unwrap(), berlin());
    for wrong in [
        stored.replace("2026-12-24", "2027-12-24"),
        stored.replace("workdays", ""),
        stored.replace("Europe/Berlin", "Europe/Bonn"),
        stored.replace(":8}", ":0}"),
    ] {
        assert!(serde_json::from_str::<Timetable>(&wrong).is_err(), "{wrong}");
    }
}

/// The first and the last date of the period around a date.
#[track_caller]
fn check_period(period: Period, around: Date, first: Date, last: Date) {
    let days = period.days(around);
    assert_eq!((days.from, days.to), (first, last.tomorrow().unwrap()), "{period:?} around {around}");
    assert!(days.contains(around) && days.contains(first) && days.contains(last) && !days.contains(days.to));
}

#[test]
fn periods_have_their_days() {
    check_period(Period::Day, date(2026, 12, 31), date(2026, 12, 31), date(2026, 12, 31));
    check_period(Period::Month, date(2028, 2, 10), date(2028, 2, 1), date(2028, 2, 29));
    check_period(Period::Month, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31));
    check_period(Period::IsoWeek, date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 29));
    check_period(Period::IsoWeek, date(2026, 11, 29), date(2026, 11, 23), date(2026, 11, 29));
    assert!(Period::All.days(date(2026, 1, 1)).contains(date(1, 1, 1)));
}

#[test]
fn the_week_of_new_year_is_one_week() {
    let new_year = date(2027, 1, 1);
    assert_eq!((new_year.iso_week_date().year(), new_year.iso_week_date().week()), (2026, 53));
    check_period(Period::IsoWeek, new_year, date(2026, 12, 28), date(2027, 1, 3));
    check_period(Period::IsoWeek, date(2026, 12, 31), date(2026, 12, 28), date(2027, 1, 3));
    check_period(Period::IsoWeek, date(2027, 1, 4), date(2027, 1, 4), date(2027, 1, 10));
}

#[test]
fn periods_end_with_the_calendar() {
    for period in [Period::Day, Period::IsoWeek, Period::Month, Period::All] {
        for around in [Date::MIN, Date::MAX] {
            let days = period.days(around);
            assert!(days.from <= days.to, "{period:?} around {around}");
        }
    }
}

/// Rounds oldest first: `x` answered, `.` missed, `o` open and unanswered, `O` open and answered, `a` away, `A` away and
/// answered.
#[track_caller]
fn check_streak(rounds: &str, current: u32, best: u32) {
    let mut newest_first = Vec::new();
    for (day, round) in rounds.chars().enumerate() {
        newest_first.push(Scheduled {
            date: date(2026, 1, 1) + i32::try_from(day).unwrap().days(),
            closed: !matches!(round, 'o' | 'O'),
            answered: matches!(round, 'x' | 'O' | 'A'),
            away: matches!(round, 'a' | 'A'),
        });
    }
    newest_first.reverse();
    assert_eq!(streak(&newest_first), Streak { current, best }, "{rounds}");
}

#[test]
fn a_streak_counts_rounds_answered_in_a_row() {
    check_streak("", 0, 0);
    check_streak("xxx", 3, 3);
    check_streak("xxx.", 0, 3);
    check_streak("xxx.xx", 2, 3);
    check_streak(".x", 1, 1);
    check_streak("x.x.xx.", 0, 2);
}

#[test]
fn an_open_round_does_not_break_a_streak() {
    check_streak("xxo", 2, 2);
    check_streak("xxO", 3, 3);
    // The same round, closed without an answer.
    check_streak("xx.", 0, 2);
    // Two schedules: the older round may still be open while the newer is answered.
    check_streak("xoO", 2, 2);
}

#[test]
fn being_away_freezes_a_streak() {
    check_streak("xxaaa", 2, 2);
    check_streak("xxaaax", 3, 3);
    check_streak("xxAx", 3, 3);
    check_streak("a", 0, 0);
    check_streak("x.a", 0, 1);
}

fn any_timetable() -> impl Strategy<Value = Timetable> {
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.as_str().to_owned()).collect();
    let close = prop_oneof![
        Just(CloseRule::BeforeNext),
        (1u16..200).prop_map(|hours| CloseRule::After { hours: NonZeroU16::new(hours).unwrap() }),
    ];
    let holidays = prop::collection::vec((any_date(), 0..40i32), 0..12)
        .prop_map(|ranges| ranges.into_iter().map(|(first, days)| range(first, first + days.days())).collect::<Vec<_>>());
    (prop::sample::select(names), 1u8..128, 0..24i8, 0..60i8, close, holidays).prop_map(|(name, bits, hour, minute, close, holidays)| {
        let chosen = (0i8..7).filter(|day| bits & (1 << day) != 0).map(|day| Weekday::from_monday_zero_offset(day).unwrap());
        let days = Weekdays::new(chosen).unwrap();
        Timetable { zone: zone(&name), days, post: time(hour, minute, 0, 0), close, holidays }
    })
}

/// Dates on which zones shift often, among others.
fn any_date() -> impl Strategy<Value = Date> {
    (0..29_000i32).prop_map(|day| date(1980, 1, 1) + day.days())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn posts_go_forward_on_chosen_days_outside_holidays(timetable in any_timetable(), start in any_date()) {
        let mut last = Post { date: start, at: Timestamp::MIN };
        for _ in 0..20 {
            let next = timetable.after(last.date).unwrap();
            prop_assert!(next.date > last.date && next.at > last.at, "{next:?} is not after {last:?}");
            prop_assert!(timetable.days.contains(next.date.weekday()));
            prop_assert!(!timetable.holidays.iter().any(|range| range.contains(next.date)));
            prop_assert!(next.date.duration_since(last.date).as_hours() / 24 <= i64::from(HORIZON_DAYS));
            // Nothing between was passed over.
            let mut between = last.date.tomorrow().unwrap();
            while between < next.date {
                prop_assert!(!timetable.is_scheduled(between));
                between = between.tomorrow().unwrap();
            }
            last = next;
        }
    }

    #[test]
    fn a_round_closes_after_its_post_and_before_the_next(timetable in any_timetable(), start in any_date()) {
        let post = timetable.after(start).unwrap();
        let next = timetable.after(post.date).unwrap();
        let closes = timetable.closes(post.date);
        prop_assert!(post.at < closes && closes < next.at, "{post:?} closes at {closes}, next is {next:?}");
    }

    #[test]
    fn a_next_post_is_ahead_and_the_first_such(
        timetable in any_timetable(),
        start in any_date(),
        seconds in 0..86_400i64,
        jump in -40..40i32,
    ) {
        let now = TimeZone::UTC.to_timestamp(start.to_datetime(Time::midnight())).unwrap() + SignedDuration::from_secs(seconds);
        let last = start + jump.days();
        let next = timetable.next_post(Some(last), now).unwrap();
        prop_assert!(next.at > now && next.date > last);
        // No earlier date would have done: neither later than the last one nor ahead of now.
        let mut earlier = next.date.yesterday().unwrap();
        while earlier > last && next.date.duration_since(earlier).as_hours() < 24 * 10 {
            prop_assert!(!timetable.is_scheduled(earlier) || timetable.posts_at(earlier) <= now);
            earlier = earlier.yesterday().unwrap();
        }
    }

    #[test]
    fn a_local_time_is_found_again_or_lay_in_a_gap(name in prop::sample::select(vec![
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Cairo", "Africa/Casablanca", "America/Nuuk",
    ]), day in any_date(), hour in 0..24i8, minute in 0..60i8) {
        let (zone, local) = (zone(name), day.at(hour, minute, 0, 0));
        let found = instant(&zone, local);
        let shown = zone.to_datetime(found);
        // Never earlier by the zone's own clock, and equal unless the minute before belongs to the other side of a gap.
        prop_assert!(shown >= local);
        if shown != local {
            let before = zone.to_datetime(found - SignedDuration::from_nanos(1));
            prop_assert!(before < local, "{local} lay in no gap, or not in the one that ends at {shown}");
        }
    }
}
