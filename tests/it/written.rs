//! Times, days, zones, dates and calendar files as people write and paste them.

use jiff::civil::{Date, Weekday, date, time};
use jiff::tz::TimeZone;
use meshdrill::quiz::dates::parse_dates;
use meshdrill::quiz::holidays::DateRange;
use meshdrill::quiz::ics::{MOST_ENTRIES, NoEntries, Pasted, parse_ics};
use meshdrill::quiz::weekdays::{Weekdays, parse_days};
use meshdrill::quiz::when::parse_time;
use meshdrill::quiz::zones::parse_zone;
use meshdrill::screening::shown;
use proptest::prelude::*;

#[track_caller]
fn check_time(text: &str, hour: i8, minute: i8) {
    assert_eq!(parse_time(text), Ok(time(hour, minute, 0, 0)), "{text}");
}

/// What is said about something that can't be read.
#[track_caller]
fn said<T: std::fmt::Debug, E: std::fmt::Display>(read: Result<T, E>) -> String {
    read.map(|read| format!("{read:?}")).unwrap_err().to_string()
}

#[test]
fn times_are_read_as_people_write_them() {
    for text in ["9", "09", "9:00", "09:00", "9.00", "0900", "9am", "9 AM", "9 a.m.", "9h", "9h00", " at 9 ", "9 o'clock", "９:００"] {
        check_time(text, 9, 0);
    }
    check_time("5:30 pm", 17, 30);
    check_time("17h30", 17, 30);
    check_time("12am", 0, 0);
    check_time("12:15am", 0, 15);
    check_time("12pm", 12, 0);
    check_time("noon", 12, 0);
    check_time("midnight", 0, 0);
    check_time("0", 0, 0);
    check_time("23:59", 23, 59);
}

#[test]
fn what_is_no_time_is_said_with_the_cure() {
    let hour = "“25:00” is no time of day: hours run from 0 to 23, so write it like 09:00 or 5pm";
    assert_eq!(said(parse_time("25:00")), hour);
    assert_eq!(said(parse_time("24:00")), hour.replace("25", "24"));
    assert_eq!(said(parse_time("9:75")), "“9:75” is no time of day: minutes run from 0 to 59, so write it like 09:30");
    assert_eq!(said(parse_time("17pm")), "“17pm” mixes two clocks: hours with am or pm run from 1 to 12, so write it like 17:00 or 5pm");
    assert_eq!(said(parse_time(" ")), "no time is given: write it like 09:00 or 5pm");
    for text in
        ["soon", "9:", ":30", "9:5", "9:000", "-9", "+9", "9:-5", "pm", "am", "123", "12345", "9 9", "h", "99999999999999", "é", "1é5"]
    {
        assert_eq!(said(parse_time(text)), format!("“{text}” is no time of day: write it like 09:00 or 5pm"));
    }
}

#[track_caller]
fn check_days(text: &str, days: impl IntoIterator<Item = Weekday>) {
    assert_eq!(parse_days(text), Ok(Weekdays::new(days).unwrap()), "{text}");
}

#[test]
fn days_are_read_as_people_write_them() {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let workdays = [Monday, Tuesday, Wednesday, Thursday, Friday];
    for text in ["workdays", "Weekdays", "work days", "on weekdays", "mon-fri", "Mon – Fri", "monday to friday", "mo..fr", "every workday"]
    {
        check_days(text, workdays);
    }
    for text in ["daily", "every day", "all", "mon-sun", "weekdays, weekend", "sat-fri"] {
        assert_eq!(parse_days(text), Ok(Weekdays::DAILY), "{text}");
    }
    for text in ["mon,wed,fri", "Mon Wed Fri", "mondays, wednesdays and fridays", "mo/we/fr", "mon, wed & fri.", "fri,wed,mon,mon"] {
        check_days(text, [Monday, Wednesday, Friday]);
    }
    check_days("fri-mon", [Friday, Saturday, Sunday, Monday]);
    check_days("mon-wed, sat", [Monday, Tuesday, Wednesday, Saturday]);
    check_days("tues", [Tuesday]);
    check_days("tue-tue", [Tuesday]);
    check_days("thurs", [Thursday]);
    check_days("weekend", [Saturday, Sunday]);
}

#[test]
fn what_is_no_day_is_said_with_the_cure() {
    assert_eq!(said(parse_days("mon, wensday")), "“wensday” is no day of the week: did you mean wednesday?");
    assert_eq!(said(parse_days("firday")), "“firday” is no day of the week: did you mean friday?");
    assert_eq!(said(parse_days(" , ")), "no day is named: write `workdays`, `daily` or days such as `mon,wed,fri`");
    for text in ["t", "m", "s", "never", "mon-", "-fri", "mon-daily", "mon-tue-", "to", "09:00"] {
        assert!(said(parse_days(text)).ends_with("write `workdays`, `daily` or days such as `mon,wed,fri`"), "{text}");
    }
}

#[test]
fn every_set_of_days_is_written_so_that_it_is_read_again() {
    for bits in 1u8..128 {
        let chosen = (0i8..7).filter(|day| bits & (1 << day) != 0);
        let days = Weekdays::new(chosen.map(|day| Weekday::from_monday_zero_offset(day).unwrap())).unwrap();
        assert_eq!(parse_days(&days.to_string()), Ok(days), "{days}");
    }
    assert_eq!(parse_days("mon-wed").unwrap().to_string(), "mon, tue, wed");
    assert_eq!(Weekdays::new([]), None);
}

#[track_caller]
fn check_zone(text: &str, name: &str) {
    assert_eq!(parse_zone(text).unwrap().iana_name(), Some(name), "{text}");
}

/// The text is no zone; this one is suggested.
#[track_caller]
fn check_nearest(text: &str, nearest: &str) {
    assert_eq!(said(parse_zone(text)), format!("I don't know the time zone “{text}”: did you mean {nearest}?"));
}

#[test]
fn zones_are_read_by_their_names() {
    check_zone("Europe/Berlin", "Europe/Berlin");
    check_zone(" europe/berlin ", "Europe/Berlin");
    check_zone("america/new york", "America/New_York");
    check_zone("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires");
    check_zone("UTC", "UTC");
    check_zone("Asia/Calcutta", "Asia/Calcutta");
}

#[test]
fn the_nearest_zone_is_suggested() {
    check_nearest("berlin", "Europe/Berlin");
    check_nearest("Berln", "Europe/Berlin");
    check_nearest("Europe/Belrin", "Europe/Berlin");
    check_nearest("new york", "America/New_York");
    check_nearest("São Paulo", "America/Sao_Paulo");
    check_nearest("buenos aires", "America/Argentina/Buenos_Aires");
    check_nearest("kolkata", "Asia/Kolkata");
    check_nearest("Bangalore", "Asia/Kolkata");
    check_nearest("Europe/Kyev", "Europe/Kyiv");
    check_nearest("America/Los Angelos", "America/Los_Angeles");
    check_nearest("San Francisco", "America/Los_Angeles");
    check_nearest("PST", "America/Los_Angeles");
    check_nearest("IST", "Asia/Kolkata");
    // A fixed offset in the database; somebody who writes it means a place with summer time.
    check_nearest("EST", "America/New_York");
}

#[test]
fn what_is_no_zone_is_said_with_the_cure() {
    assert_eq!(said(parse_zone("")), "no time zone is given: write it like Europe/Berlin");
    for text in ["UTC+2", "GMT -5", "+05:30", "utc+1"] {
        assert_eq!(said(parse_zone(text)), format!("“{text}” has no summer time of its own: name a city instead, like Europe/Berlin"));
    }
    for text in ["qqq", "the moon", "Etc/Unknown", "12345", "../../etc/passwd"] {
        assert!(said(parse_zone(text)).ends_with("like Europe/Berlin"), "{text}: {}", said(parse_zone(text)));
    }
}

/// A Tuesday.
const TODAY: Date = date(2026, 11, 24);

#[track_caller]
fn check_dates(text: &str, first: Date, last: Date) {
    assert_eq!(parse_dates(text, TODAY), Ok(DateRange::new(first, last).unwrap()), "{text}");
}

#[test]
fn dates_are_read_as_people_write_them() {
    let (first, last) = (date(2026, 12, 24), date(2027, 1, 2));
    for text in [
        "2026-12-24 2027-01-02",
        "2026-12-24 to 2027-01-02",
        "2026-12-24..2027-01-02",
        "2026-12-24-2027-01-02",
        "from 2026-12-24 until 2027-01-02",
        "24 Dec - 2 Jan",
        "24 Dec–2 Jan",
        "24 dec 2 jan",
        "24th of December to 2nd of January",
        "Dec 24 - Jan 2",
        "December 24, 2026 - January 2, 2027",
        "24 Dec - 2 Jan 2027",
        "24 Dec 2026 - 2 Jan",
        "24.12.-2.1.",
        "24.12. - 2.1.2027",
        "24.12.2026 2.1.2027",
        "24.12.2026–02.01.2027",
        "24. Dec - 2. Jan",
        "24 Dec - 2027-01-02",
        "2026-12-24 - 2 Jan",
    ] {
        check_dates(text, first, last);
    }
    for text in ["24-28 Dec", "Dec 24-28", "24 - 28 December 2026", "24.-28.12.", "24/12 - 28/12", "12/24/2026 12/28/2026", "24 Dec 28"] {
        check_dates(text, first, date(2026, 12, 28));
    }
    for text in ["2026-12-24", "24 Dec", "Dec 24th", "24.12.", "24.12", "24/12/2026", "12/24"] {
        check_dates(text, first, first);
    }
    check_dates("today", TODAY, TODAY);
    check_dates("tomorrow", date(2026, 11, 25), date(2026, 11, 25));
    check_dates("today - 27 Nov", TODAY, date(2026, 11, 27));
    check_dates("5/5/2027", date(2027, 5, 5), date(2027, 5, 5));
    check_dates("1 sept", date(2027, 9, 1), date(2027, 9, 1));
}

#[test]
fn a_year_that_is_not_written_is_the_next_one_that_fits() {
    check_dates("24 Nov", TODAY, TODAY);
    check_dates("23 Nov", date(2027, 11, 23), date(2027, 11, 23));
    // A range that has begun is meant, not next year's.
    check_dates("20 Nov - 2 Dec", date(2026, 11, 20), date(2026, 12, 2));
    check_dates("29 Feb", date(2028, 2, 29), date(2028, 2, 29));
    let between = parse_dates("24 Dec - 2 Jan", date(2027, 1, 1)).unwrap();
    assert_eq!(between, DateRange::new(date(2026, 12, 24), date(2027, 1, 2)).unwrap());
    let after = parse_dates("24 Dec - 2 Jan", date(2027, 1, 3)).unwrap();
    assert_eq!(after.first(), date(2027, 12, 24));
    // 2100 is no leap year, so the next one is eight years off.
    assert_eq!(parse_dates("29 feb", date(2096, 3, 1)).unwrap().first(), date(2104, 2, 29));
}

#[test]
fn what_is_no_date_is_said_with_the_cure() {
    let said = |text: &str| said(parse_dates(text, TODAY));
    assert_eq!(said(""), "no date is given: write 2026-12-24, or a first and a last date such as 24 Dec - 2 Jan");
    assert_eq!(said("5/12 - 6/12"), "“5/12 - 6/12” may be read in two ways: write the month as a word, such as 5 Dec");
    assert_eq!(said("2027-01-02 2026-12-24"), "2027-01-02 to 2026-12-24 runs backwards: write the earlier date first");
    assert_eq!(said("2025-12-24 2026-01-02"), "2025-12-24 to 2026-01-02 is already over: check the year");
    assert_eq!(
        said("2026-12-24 2028-12-24"),
        "2026-12-24 to 2028-12-24 is longer than a year: check the dates, or pause until you are back"
    );
    for text in ["31 Feb", "2026-02-30", "2026-13-01", "0 Dec", "99.12.", "2026-999-01", "2027-02-29", "24 Dec - 31 Feb"] {
        assert_eq!(said(text), format!("“{text}” names a day that the calendar doesn't have: check the day and the month"));
    }
    for text in [
        "christmas",
        "24",
        "24-28",
        "Dec",
        "24 Dec - ",
        "- 24 Dec",
        "24 Dec 2 Jan 3 Feb",
        "9999999999",
        "24 Dec!",
        "2026",
        "12-24",
        "24 decembre",
    ] {
        assert!(said(text).starts_with(&format!("I can't read “{}” as dates: write", shown(text))), "{text}: {}", said(text));
    }
}

#[test]
fn a_range_is_written_so_that_it_is_read_again() {
    for dates in [DateRange::day(TODAY), DateRange::new(TODAY, date(2027, 1, 2)).unwrap()] {
        assert_eq!(parse_dates(&dates.to_string(), TODAY), Ok(dates));
    }
    assert_eq!(DateRange::day(TODAY).days(), 1);
    assert_eq!(DateRange::new(TODAY, date(2027, 11, 24)).unwrap().days(), 366);
}

/// Wraps the entries as a program would that exports them, with the line ends of the standard.
fn file(entries: &str) -> String {
    let text = format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\n{entries}END:VCALENDAR\n");
    text.replace('\n', "\r\n")
}

fn entry(lines: &str) -> String {
    format!("BEGIN:VEVENT\nUID:1@example.com\n{lines}\nEND:VEVENT\n")
}

fn paste(text: &str) -> Pasted {
    parse_ics(text, &TimeZone::get("Europe/Berlin").unwrap()).unwrap()
}

/// What was taken and what was not, a line each.
fn told(pasted: &Pasted) -> String {
    let taken = pasted.holidays.iter().map(|holiday| format!("{}: {}", holiday.dates, holiday.name));
    let faults = pasted.faults.iter().map(|fault| format!("! {fault}"));
    taken.chain(faults).collect::<Vec<_>>().join("\n")
}

/// One entry has these dates.
#[track_caller]
fn check_entry(lines: &str, dates: &str) {
    assert_eq!(told(&paste(&file(&entry(lines)))), format!("{dates}: "), "{lines}");
}

#[test]
fn a_calendar_file_is_read() {
    let text = file(
        "BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:STANDARD\nDTSTART:19701025T030000\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nEND:VTIMEZONE\n\
         BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20270103\nSUMMARY;LANGUAGE=en:Christmas\\, New\n  Year\\nand a day\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270326\nSUMMARY;ALTREP=\"cid:1@example.com\":Karfreitag\nBEGIN:VALARM\nTRIGGER:-P1D\nDURATION:P9D\nEND:VALARM\nEND:VEVENT\n",
    );
    insta::assert_snapshot!(told(&paste(&text)), @r"
    2026-12-24 to 2027-01-02: Christmas, New Year and a day
    2027-03-26: Karfreitag
    ");
}

#[test]
fn ends_are_exclusive_and_times_local() {
    check_entry("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261225", "2026-12-24");
    check_entry("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261226", "2026-12-24 to 2026-12-25");
    // Some programs write a single day with the same date twice, or without an end.
    check_entry("DTSTART:20261224\nDTEND:20261224", "2026-12-24");
    check_entry("DTSTART:20261224", "2026-12-24");
    check_entry("DTSTART;TZID=\"Europe/Berlin\":20261224T000000\nDTEND;TZID=\"Europe/Berlin\":20261226T000000", "2026-12-24 to 2026-12-25");
    check_entry("DTSTART:20261224T120000\nDTEND:20261224T180000", "2026-12-24");
    // Midnight in Berlin, written in UTC.
    check_entry("DTSTART:20261223T230000Z\nDTEND:20261225T230000Z", "2026-12-24 to 2026-12-25");
    check_entry("DTSTART:20261224\nDURATION:P2D", "2026-12-24 to 2026-12-25");
    check_entry("DTSTART:20261224\nDURATION:P1W", "2026-12-24 to 2026-12-30");
    check_entry("DTSTART:20261224T000000\nDURATION:PT24H", "2026-12-24");
    check_entry("dtstart;value=date:20261224\nDtEnd:20261225", "2026-12-24");
}

#[test]
fn bad_entries_are_listed_and_good_ones_kept() {
    let bad = [
        entry("SUMMARY:No start"),
        entry("SUMMARY:Bad date\nDTSTART:2026-12-32"),
        entry("SUMMARY:Bad end\nDTSTART:20261224\nDTEND:tomorrow"),
        entry("SUMMARY:Backwards\nDTSTART:20261224\nDTEND:20261220"),
        entry("SUMMARY:Bad length\nDTSTART:20261224\nDURATION:two days"),
        entry("SUMMARY:For ever\nDTSTART:20261224\nDTEND:20991224"),
        entry("SUMMARY:Called off\nDTSTART:20261224\nSTATUS:CANCELLED"),
        entry("SUMMARY:Yearly\nDTSTART:20261006\nRRULE:FREQ=YEARLY"),
        entry("this line is none\nSUMMARY:Good\nDTSTART:20261231"),
        "BEGIN:VEVENT\nDTSTART:20261111\n".to_owned(),
        entry("SUMMARY:Good too\nDTSTART:20270101"),
    ];
    insta::assert_snapshot!(told(&paste(&file(&bad.concat()))), @r"
    2026-10-06: Yearly
    2026-12-31: Good
    2027-01-01: Good too
    ! line 4, “No start”: it doesn't say when it begins; add its dates by hand
    ! line 8, “Bad date”: I can't read “2026-12-32” as a date; add its dates by hand
    ! line 13, “Bad end”: I can't read “tomorrow” as a date; add its dates by hand
    ! line 19, “Backwards”: it ends before it begins; add its dates by hand
    ! line 25, “Bad length”: I can't read “two days” as a length of time; add its dates by hand
    ! line 31, “For ever”: it is longer than a year; add its dates by hand
    ! line 37, “Called off”: it was called off, so it is left out
    ! line 43, “Yearly”: it repeats, of which only the first time (2026-10-06) was taken; add the others by hand
    ! line 55: the text ends in the middle of it; paste it whole
    ");
}

#[test]
fn a_file_that_breaks_off_or_was_pasted_with_fences_is_read() {
    let text = file(&entry("DTSTART:20261224\nSUMMARY:Christmas Eve"));
    let fenced = format!("here it is:\n```\n\u{feff}{text}```\nthanks");
    assert_eq!(told(&paste(&fenced)), "2026-12-24: Christmas Eve");
    assert_eq!(told(&paste(&format!("\u{feff}{text}"))), "2026-12-24: Christmas Eve");
    let (cut, _) = text.split_once("END:VEVENT").unwrap();
    assert_eq!(told(&paste(cut)), "! line 4, “Christmas Eve”: the text ends in the middle of it; paste it whole");
}

#[test]
fn text_without_entries_is_said_with_the_cure() {
    for text in ["", "24 Dec - 2 Jan", "BEGIN:VCALENDAR\nEND:VCALENDAR", "BEGIN:VTODO\nDTSTART:20261224\nEND:VTODO", "END:VEVENT"] {
        assert_eq!(parse_ics(text, &TimeZone::UTC), Err(NoEntries), "{text}");
    }
    assert_eq!(NoEntries.to_string(), "I see no calendar entries: paste the whole .ics file, from BEGIN:VCALENDAR to END:VCALENDAR");
}

#[test]
fn a_huge_file_is_cut_and_a_deep_one_harmless() {
    let many = paste(&file(&entry("DTSTART:20261224").repeat(MOST_ENTRIES + 5)));
    assert_eq!((many.holidays.len(), many.faults.len()), (MOST_ENTRIES, 1));
    assert!(many.faults[0].to_string().contains("500 entries are the most"), "{}", many.faults[0]);
    let exactly = paste(&file(&entry("DTSTART:20261224").repeat(MOST_ENTRIES)));
    assert_eq!((exactly.holidays.len(), exactly.faults.len()), (MOST_ENTRIES, 0));
    let deep = format!("{}{}", "BEGIN:VALARM\n".repeat(100_000), "END:VALARM\n".repeat(100_000));
    assert_eq!(told(&paste(&file(&entry(&format!("DTSTART:20261224\n{deep}SUMMARY:Eve"))))), "2026-12-24: Eve");
}

#[test]
fn what_is_quoted_back_is_harmless() {
    assert_eq!(shown("two\nlines\u{202e} and\u{200b} more\u{7}"), "two lines and more");
    assert_eq!(shown(&"é".repeat(41)), format!("{}…", "é".repeat(40)));
    assert_eq!(shown(&"é".repeat(40)), "é".repeat(40));
}

proptest! {
    #[test]
    fn nothing_that_is_typed_makes_a_reader_panic(text in ".{0,60}") {
        let _ = (parse_time(&text), parse_days(&text), parse_zone(&text), parse_dates(&text, TODAY), parse_ics(&text, &TimeZone::UTC));
    }

    #[test]
    fn nothing_like_a_date_makes_a_reader_panic(text in "([0-9]{1,5}|dec|-|/|\\.| |to|today){0,9}", year in -9999i16..=9999) {
        let _ = (parse_dates(&text, date(year, 12, 31)), parse_time(&text), parse_days(&text));
    }

    #[test]
    fn no_calendar_lines_make_the_reader_panic(
        text in "((BEGIN|END|DTSTART|DTEND|DURATION|SUMMARY|RRULE)[;:](VEVENT|VALARM|20261224|-99991231T235959Z|P99Y|x|\"|\\\\)?\n? ?){0,12}",
    ) {
        if let Ok(pasted) = parse_ics(&text, &TimeZone::UTC) {
            prop_assert!(pasted.holidays.iter().all(|holiday| holiday.dates.first() <= holiday.dates.last()));
        }
    }
}
