//! The page of one's own progress: standing, what is due again, points by day, topics. Every chart is a table as well.

use super::guard::{self, Broken, Known};
use super::render;
use super::{Web, chart, page};
use crate::quiz::progress::{EarnedDay, Missed, OfTopic, Progress, Ranked, points};
use crate::quiz::questions::Pack;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many missed questions are named.
const MISSED: usize = 6;

/// The page.
pub(super) async fn show(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Broken> {
    let Some(known) = guard::known(&web, &headers).await? else { return Ok(Redirect::to("/").into_response()) };
    let packs = web.quiz.packs();
    let Some(pack) = packs.iter().find(|pack| asked.get("pack") == Some(&pack.id)).or(packs.first()) else { return Ok(page::missing()) };
    let progress = web.quiz.progress(web.workspace, known.seat.member_id, &pack.id, web.now()).await?;
    Ok(whole(&known, pack, packs, &progress)?.into_response())
}

fn whole(known: &Known, pack: &Pack, packs: &[Pack], progress: &Progress) -> anyhow::Result<Html<String>> {
    let sight = Sight { known, pack, progress };
    let body = html! {
        a.skip href="#main" { "To your progress" }
        (page::top(&known.seat, "/progress"))
        main.page #main tabindex="-1" {
            h1 { "Your progress" @if packs.len() > 1 { " in " (pack.title) } }
            @if packs.len() > 1 { p.small { "Also: " @for other in packs.iter().filter(|other| other.id != pack.id) {
                a href=(format!("/progress?pack={}", other.id)) { (other.title) } " "
            } } }
            @if progress.is_empty() { (sight.nothing()) } @else {
                (sight.figures())
                (sight.missed())
                (sight.days()?)
                (sight.topics()?)
            }
        }
    };
    Ok(page::framed("Your progress · Meshdrill", true, &body))
}

/// One page for one reader.
struct Sight<'a> {
    known: &'a Known,
    pack: &'a Pack,
    progress: &'a Progress,
}

impl Sight<'_> {
    fn press(&self, command: &str, label: &str, primary: bool) -> Markup {
        page::press(self.known, self.pack, command, label, primary)
    }

    /// What somebody sees who has just come.
    fn nothing(&self) -> Markup {
        let first = self.pack.topics.first();
        html! {
            div.empty {
                p.lead { "Nothing here yet: this page fills as you answer." }
                ul {
                    li { "A quiz of five questions shows what you know of each topic, and brings back what you missed when you are about to forget it." }
                    li { "Each daily you answer adds to your points and to your streak." }
                }
                div.buttons {
                    (self.press("quiz", "Start a quiz", true))
                    @if let Some(topic) = first { (self.press(&format!("quiz {}", topic.id), &format!("Begin with {}", topic.title), false)) }
                }
            }
        }
    }

    fn figures(&self) -> Markup {
        let Progress { hidden, week, all, streak, mastery, .. } = self.progress;
        let (seen, of) = mastery.topics.iter().fold((0, 0), |(seen, of), topic| (seen + topic.seen, of + topic.of));
        let none = if *hidden { "hidden, so on no board" } else { "no dailies answered yet" };
        html! {
            dl.figures {
                div { dt { "Streak" } dd { strong { (streak.current) } " " span.small { @if streak.current == 1 { "daily" } @else { "dailies" } ", longest " (streak.best) } } }
                div { dt { "This week" } dd { (ranked(*week, none)) } }
                div { dt { "All time" } dd { (ranked(*all, none)) } }
                div { dt { "Practised" } dd { strong { (seen) } " " span.small { "of " (of) " questions" } } }
            }
        }
    }

    /// What is due again, with the command to drill it.
    fn missed(&self) -> Markup {
        let missed = &self.progress.mastery.missed;
        let due: Vec<_> = missed.iter().filter(|missed| missed.due).collect();
        let later: Vec<_> = missed.iter().filter(|missed| !missed.due).collect();
        html! {
            @if !missed.is_empty() {
                section aria-labelledby="missed" {
                    h2 #missed { "To repeat" }
                    @if due.is_empty() {
                        p { "Nothing you missed is due again." @if let Some(next) = later.first() { " The next is due " (render::time(next.due_at)) "." } }
                    } @else {
                        p { (count(due.len(), "missed question is", "missed questions are")) " due again." }
                        (list(&due))
                        div.buttons { (self.press("quiz weak", "Drill what is due", true)) }
                    }
                    @if !later.is_empty() {
                        details {
                            summary { (count(later.len(), "missed question comes", "missed questions come")) " back later" }
                            (list(&later))
                        }
                    }
                }
            }
        }
    }

    fn days(&self) -> anyhow::Result<Markup> {
        let days = &self.progress.days;
        let earned: Vec<_> = days.iter().rev().filter(|day| day.answers > 0).collect();
        Ok(html! {
            section aria-labelledby="days" {
                h2 #days { "Points by day" }
                @if earned.is_empty() { p { "No points in the last weeks." } } @else {
                    (chart::days(days)?)
                    details {
                        summary { "Points by day as a table" }
                        (days_table(&earned))
                    }
                }
            }
        })
    }

    fn topics(&self) -> anyhow::Result<Markup> {
        let topics = &self.progress.mastery.topics;
        let weakest = topics.iter().filter(|topic| topic.average.is_some()).min_by_key(|topic| topic.average);
        let unseen = topics.iter().find(|topic| topic.seen == 0);
        let drill = |topic: &OfTopic, label: String| self.press(&format!("quiz {}", topic.id), &label, false);
        Ok(html! {
            section aria-labelledby="topics" {
                h2 #topics { "Topics" }
                p { "What your last answers in quizzes and interviews earned on average." }
                (chart::topics(topics)?)
                div.buttons {
                    @if let Some(topic) = weakest { (drill(topic, format!("Drill {}", topic.title))) }
                    @if let Some(topic) = unseen { (drill(topic, format!("Try {}", topic.title))) }
                }
                details {
                    summary { "Topics as a table" }
                    (topics_table(topics))
                }
            }
        })
    }
}

fn ranked(place: Option<Ranked>, none: &str) -> Markup {
    html! {
        @match place {
            Some(place) => { strong { (points(place.points)) } " " span.small { "points, rank " (place.rank) " of " (place.of) } },
            None => { strong { "–" } " " span.small { (none) } },
        }
    }
}

fn list(missed: &[&Missed]) -> Markup {
    html! {
        ul.plain {
            @for missed in missed.iter().take(MISSED) {
                li {
                    span.what { (render::visible(&missed.prompt)) } " "
                    span.small { (missed.topic) " · " (points(missed.points)) " last time" @if !missed.due { " · due " (render::time(missed.due_at)) } }
                }
            }
        }
        @if missed.len() > MISSED { p.small { "and " (missed.len() - MISSED) " more" } }
    }
}

fn days_table(earned: &[&EarnedDay]) -> Markup {
    html! {
        div.scroll tabindex="0" { table {
            thead { tr { th scope="col" { "Day" } th scope="col" { "Dailies, challenges" } th scope="col" { "Practice" } th scope="col" { "Answers" } } }
            tbody { @for day in earned { tr {
                th scope="row" { (day.day.strftime("%a %-d %b")) }
                td { (points(day.board)) } td { (points(day.practice)) } td { (day.answers) }
            } } }
        } }
    }
}

fn topics_table(topics: &[OfTopic]) -> Markup {
    html! {
        div.scroll tabindex="0" { table {
            thead { tr { th scope="col" { "Topic" } th scope="col" { "On average" } th scope="col" { "Seen" } } }
            tbody { @for topic in topics { tr {
                th scope="row" { (topic.title) }
                td { (topic.average.map_or_else(|| "–".to_owned(), points)) } td { (topic.seen) " of " (topic.of) }
            } } }
        } }
    }
}

fn count(n: usize, one: &str, more: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {more}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::load;
    use crate::quiz::progress::Mastery;
    use crate::quiz::seats::Seat;
    use crate::quiz::streak::Streak;
    use jiff::civil::date;
    use uuid::Uuid;

    const HOSTILE: &str = "<script>alert(1)</script> \u{202E}gnp";

    fn page(progress: &Progress) -> String {
        let seat = Seat {
            workspace_id: Uuid::nil(),
            member_id: Uuid::nil(),
            external_id: "ana".into(),
            name: HOSTILE.into(),
            zone: None,
            lead: false,
        };
        let packs = load::embedded().unwrap();
        let shown = whole(&Known { seat, token: "token".into() }, &packs[0], &packs, progress).unwrap().0;
        for forbidden in ["style=", "<style", "<script>", "onload", "onclick", "javascript:", "\u{202E}"] {
            assert!(!shown.contains(forbidden), "{forbidden} in {shown}");
        }
        // The page is whole without the one script, which makes times the reader's own.
        assert_eq!(1, shown.matches("<script").count());
        shown
    }

    fn nothing() -> Progress {
        let topic = OfTopic { id: "security".into(), title: "Security".into(), average: None, seen: 0, of: 5 };
        Progress {
            hidden: false,
            week: None,
            all: None,
            streak: Streak::default(),
            days: vec![EarnedDay { day: date(2026, 11, 24), board: 0, practice: 0, answers: 0 }],
            mastery: Mastery { topics: vec![topic], missed: Vec::new() },
        }
    }

    fn missed(due: bool) -> Missed {
        let due_at = "2026-11-24T09:00:00Z".parse().unwrap();
        Missed { prompt: HOSTILE.into(), topic: "Security".into(), points: 250, due_at, due }
    }

    #[test]
    fn an_empty_page_says_how_to_fill_it() {
        let shown = page(&nothing());
        assert!(shown.contains("this page fills as you answer") && shown.contains(r#"value="/istio quiz""#), "{shown}");
        assert!(!shown.contains("<svg") && !shown.contains("/questions"), "{shown}");
    }

    #[test]
    fn what_is_drawn_is_a_table_as_well() {
        let mut progress = nothing();
        progress.all = Some(Ranked { rank: 2, of: 3, points: 1250, answers: 2 });
        progress.days[0] = EarnedDay { board: 850, practice: 400, answers: 2, ..progress.days[0] };
        progress.mastery.topics[0] = OfTopic { average: Some(750), seen: 2, ..progress.mastery.topics[0].clone() };
        let shown = page(&progress);
        assert_eq!(2, shown.matches(r#"role="img""#).count(), "{shown}");
        assert!(shown.contains("<strong>12.5</strong> <span class=\"small\">points, rank 2 of 3"), "{shown}");
        assert!(shown.contains("Tue 24 Nov</th><td>8.5</td><td>4</td><td>2</td>"), "{shown}");
        assert!(shown.contains("Security</th><td>7.5</td><td>2 of 5</td>"), "{shown}");
        assert!(shown.contains(r#"value="/istio quiz security""#), "{shown}");
    }

    #[test]
    fn what_is_due_can_be_drilled() {
        let mut progress = nothing();
        progress.mastery.topics[0].seen = 2;
        progress.mastery.missed = vec![missed(true), missed(false)];
        let shown = page(&progress);
        assert!(shown.contains("1 missed question is due again") && shown.contains("1 missed question comes"), "{shown}");
        assert!(shown.contains(r#"value="/istio quiz weak""#) && shown.contains("&lt;script&gt;"), "{shown}");
        progress.mastery.missed = vec![missed(false)];
        let later = page(&progress);
        assert!(later.contains("Nothing you missed is due again. The next is due") && !later.contains("quiz weak"), "{later}");
    }

    #[test]
    fn buttons_have_numbers_of_their_own() {
        let shown = page(&nothing());
        let ids: std::collections::BTreeSet<_> = shown.split(r#"name="id" value=""#).skip(1).map(|rest| &rest[..32]).collect();
        assert_eq!(2, ids.len(), "{shown}");
    }
}
