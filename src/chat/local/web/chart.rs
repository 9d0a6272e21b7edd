//! Charts, drawn on the server: one's points by day, and what one knows of each topic. Each says in words what it shows.
//!
//! The colours are those of the light page, as attributes; the style sheet finds them by these and puts the page's own in their place.

use crate::quiz::progress::{EarnedDay, FULL, OfTopic, WEEKS, points};
use anyhow::{Context, Result};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::{Markup, PreEscaped, html};
use plotters::chart::ChartBuilder;
use plotters::coord::Shift;
use plotters::coord::combinators::BindKeyPoints;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::prelude::{RGBColor, Rectangle, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, TRANSPARENT, TextStyle};

/// What counts for the team, and what is known.
const ACCENT: RGBColor = RGBColor(0x0b, 0x6b, 0x5d);
/// Practice.
const SOFT: RGBColor = RGBColor(0x7d, 0x8c, 0x89);
/// What could be reached, and lines to read along.
const RULE: RGBColor = RGBColor(0xe0, 0xdd, 0xd5);
/// Words.
const INK: RGBColor = RGBColor(0x1d, 0x21, 0x26);
/// Words beside.
const FAINT: RGBColor = RGBColor(0x5a, 0x62, 0x6c);

/// Where letters stand on their line.
const TEXT: (&str, i32) = ("sans-serif", 17);

/// A day's place in units of the drawing: whole, so that bars are equally wide.
const DAY: u32 = 11;
const LEFT: u32 = 50;
/// Room for a panel's name, and for the dates below the last one.
const ABOVE: u32 = 52;
const BELOW: u32 = 32;
const PANEL: u32 = 176;

/// A topic's line in units of the drawing.
const LINE: u32 = 54;
const WIDE: u32 = LEFT + DAY * 7 * WEEKS as u32 + 2;
const BAR: i32 = 10;

/// What is drawn on.
type Sheet<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Points by day: what counts for the team and, as the two are earned at different rates, practice on a scale of its own.
pub(super) fn days(days: &[EarnedDay]) -> Result<Markup> {
    let both = [
        Series { name: "Dailies and challenges", colour: ACCENT, points: days.iter().map(|day| day.board).collect() },
        Series { name: "Practice", colour: SOFT, points: days.iter().map(|day| day.practice).collect() },
    ];
    let shown: Vec<_> = both.into_iter().filter(|series| series.points.iter().any(|points| *points > 0)).collect();
    let size = (WIDE, PANEL * u32::try_from(shown.len())? + BELOW);
    let first = days.first().map(|day| day.day);
    let drawn = drawn(size, |sheet| {
        let mut rest = sheet.clone();
        for (n, series) in (1..).zip(&shown) {
            let below = if n == shown.len() { BELOW } else { 0 };
            let (panel, under) = rest.split_vertically(PANEL + below);
            series.draw(&panel, first, below)?;
            rest = under;
        }
        Ok(())
    })?;
    Ok(framed("days", "Points by day", &days_in_words(days), size, &drawn))
}

/// Points of every day, earned in one way.
struct Series {
    name: &'static str,
    colour: RGBColor,
    points: Vec<i64>,
}

impl Series {
    /// As bars under its name; with dates where there is room `below`.
    fn draw(&self, panel: &Sheet<'_>, first: Option<Date>, below: u32) -> Result<()> {
        let steps = steps(self.points.iter().copied().max().unwrap_or_default());
        let highest = steps.last().copied().unwrap_or(FULL);
        let mondays: Vec<i32> = (0..WEEKS as i32).step_by(2).map(|week| week * 7).collect();
        let named = |slot: &i32| match first {
            Some(first) if below > 0 => first.saturating_add(slot.days()).strftime("%-d %b").to_string(),
            _ => String::new(),
        };
        panel.draw_text(self.name, &style(&INK).pos(Pos::new(HPos::Left, VPos::Top)), (0, 18))?;
        let mut chart = ChartBuilder::on(panel)
            .margin_top(ABOVE)
            .margin_right(2)
            .x_label_area_size(below)
            .y_label_area_size(LEFT)
            .build_cartesian_2d((0..WEEKS as i32 * 7).with_key_points(mondays), (0..highest).with_key_points(steps))?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .bold_line_style(RULE)
            .axis_style(TRANSPARENT)
            .set_all_tick_mark_size(4)
            .label_style(style(&FAINT))
            .x_label_formatter(&named)
            .y_label_formatter(&|earned| points(*earned))
            .draw()?;
        let earned = (0..).zip(&self.points).filter(|(_, points)| **points > 0);
        chart.draw_series(earned.map(|(slot, points)| {
            let mut bar = Rectangle::new([(slot, 0), (slot + 1, *points)], self.colour.filled());
            bar.set_margin(0, 0, 1, 2);
            bar
        }))?;
        Ok(())
    }
}

/// Round numbers of points to read along, from nothing up to the first that is enough for `highest`; three or four of them.
fn steps(highest: i64) -> Vec<i64> {
    let most = highest.max(FULL);
    let rounds = (0..10).flat_map(|zeros| [1, 2, 5].map(|first| first * FULL / 10 * 10_i64.pow(zeros)));
    let step = rounds.into_iter().find(|step| most <= step * 3).unwrap_or(most);
    (0..).map(|n| n * step).take_while(|at| *at < most + step).collect()
}

/// What the chart of days shows, in a sentence.
fn days_in_words(days: &[EarnedDay]) -> String {
    let answers: i64 = days.iter().map(|day| day.answers).sum();
    let sum = days.iter().map(|day| day.board + day.practice).sum();
    let best = days.iter().filter(|day| day.answers > 0).max_by_key(|day| day.board + day.practice);
    let best = best.map_or_else(String::new, |best| {
        format!(" The most on one day: {} on {}.", points(best.board + best.practice), best.day.strftime("%-d %B"))
    });
    format!(
        "Bars for each day of the last {WEEKS} weeks: {} points in all, with {answers} {}.{best}",
        points(sum),
        if answers == 1 { "answer" } else { "answers" }
    )
}

/// What the last answers to each topic's questions earned on average.
pub(super) fn topics(topics: &[OfTopic]) -> Result<Markup> {
    let size = (WIDE, LINE * u32::try_from(topics.len()).context("too many topics to draw")?);
    let drawn = drawn(size, |sheet| {
        let (wide, line) = (WIDE as i32, LINE as i32);
        for (row, topic) in (0..).zip(topics) {
            let top = row * line;
            let bar = |to: i32, colour: RGBColor| Rectangle::new([(0, top + line - BAR - 6), (to, top + line - 6)], colour.filled());
            let words = |at: HPos, colour| style(colour).pos(Pos::new(at, VPos::Bottom));
            sheet.draw_text(&topic.title, &words(HPos::Left, &INK), (0, top + line - BAR - 10))?;
            sheet.draw_text(&standing(topic), &words(HPos::Right, &FAINT), (wide, top + line - BAR - 10))?;
            sheet.draw(&bar(wide, RULE))?;
            if let Some(average) = topic.average.filter(|average| *average > 0) {
                let reach = i64::from(wide) * average / FULL;
                sheet.draw(&bar(i32::try_from(reach).unwrap_or(wide), ACCENT))?;
            }
        }
        Ok(())
    })?;
    Ok(framed("topics", "What you know of each topic", &topics_in_words(topics), size, &drawn))
}

/// `7.5 of 10`.
fn standing(topic: &OfTopic) -> String {
    topic.average.map_or_else(|| "not yet".to_owned(), |average| format!("{} of {}", points(average), points(FULL)))
}

/// What the chart of topics shows, in a sentence.
fn topics_in_words(topics: &[OfTopic]) -> String {
    let each: Vec<_> = topics.iter().map(|topic| format!("{} {}", topic.title, standing(topic))).collect();
    format!("A bar for each topic, as long as your last answers earned on average: {}.", each.join(", "))
}

fn style(colour: &RGBColor) -> TextStyle<'_> {
    TextStyle::from(TEXT).color(colour)
}

/// What `draw` draws, without the frame around it.
fn drawn(size: (u32, u32), draw: impl FnOnce(&Sheet<'_>) -> Result<()>) -> Result<String> {
    let mut svg = String::new();
    {
        let sheet = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        draw(&sheet)?;
        sheet.present()?;
    }
    let inner = svg.split_once('>').and_then(|(_, rest)| rest.trim_end().strip_suffix("</svg>"));
    inner.map(str::to_owned).context("a drawing has no frame")
}

/// The frame: as wide as there is room, with a name and a sentence for whoever doesn't see it.
fn framed(id: &str, title: &str, words: &str, (wide, high): (u32, u32), drawn: &str) -> Markup {
    let (named, told) = (format!("{id}-chart"), format!("{id}-words"));
    html! {
        svg.chart viewBox=(format!("0 0 {wide} {high}")) role="img" aria-labelledby=(named) aria-describedby=(told) focusable="false" {
            title id=(named) { (title) }
            desc id=(told) { (words) }
            (PreEscaped(drawn))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn some_days() -> Vec<EarnedDay> {
        let day = |day, board, practice| EarnedDay { day: date(2026, 11, day), board, practice, answers: i64::from(board + practice > 0) };
        vec![day(23, 0, 250), day(24, 1000, 0), day(25, 0, 0)]
    }

    fn topic(title: &str, average: Option<i64>) -> OfTopic {
        OfTopic { id: "x".into(), title: title.into(), average, seen: 1, of: 2 }
    }

    /// What a page that allows nothing inline can show, in colours that the style sheet knows, and with words beside it.
    #[track_caller]
    fn check(chart: &str, title: &str, words: &str) {
        for forbidden in ["style=", "<script", "<style", "href", " onload", " onclick", "http"] {
            assert!(!chart.contains(forbidden), "{forbidden} in {chart}");
        }
        let style = include_str!("assets/style.css");
        for attribute in ["fill=\"#", "stroke=\"#"] {
            for used in chart.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(style.contains(&format!("[{attribute}{used}\"]")), "the style sheet doesn't know {attribute}{used}\"");
            }
        }
        assert!(chart.starts_with("<svg") && chart.trim_end().ends_with("</svg>") && chart.contains(r#"role="img""#), "{chart}");
        assert!(chart.contains(&format!(">{title}</title>")) && chart.contains(words), "{chart}");
    }

    #[test]
    fn days_say_what_they_show() {
        let chart = days(&some_days()).unwrap().into_string();
        check(&chart, "Points by day", "12.5 points in all, with 2 answers. The most on one day: 10 on 24 November.</desc>");
        // A day without points has no bar.
        assert_eq!(2, chart.matches("<rect").count(), "{chart}");
        assert!(days(&[]).is_ok());
    }

    #[test]
    fn steps_are_round_and_enough() {
        for (highest, expected) in [
            (0, vec![0, 500, 1000]),
            (1000, vec![0, 500, 1000]),
            (1150, vec![0, 500, 1000, 1500]),
            (3999, vec![0, 2000, 4000]),
            (9000, vec![0, 5000, 10_000]),
            (123_456, vec![0, 50_000, 100_000, 150_000]),
        ] {
            assert_eq!(expected, steps(highest), "{highest}");
        }
    }

    #[test]
    fn topics_say_what_they_show() {
        let chart =
            topics(&[topic("<b>Traffic</b>", Some(750)), topic("Security", None), topic("Gateways", Some(0))]).unwrap().into_string();
        let words = "&lt;b&gt;Traffic&lt;/b&gt; 7.5 of 10, Security not yet, Gateways 0 of 10.";
        check(&chart, "What you know of each topic", words);
        assert!(!chart.contains("<b>"), "{chart}");
        // Three to be reached, one that is reached in part.
        assert_eq!(4, chart.matches("<rect").count(), "{chart}");
        assert!(chart.contains(r#"width="501""#), "{chart}");
    }
}
