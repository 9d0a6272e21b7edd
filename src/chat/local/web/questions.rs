//! The bank for leads: a list by topic, and each question with its rubric, its graded answers and how it went here.

use super::guard::{self, Broken, Known};
use super::render;
use super::{Web, page};
use crate::quiz::questions::{Entry, Fared, Item, Level, Pack, Question, Record, SEVERAL, Sample, Sheet, in_words, points};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What was asked for behind the address.
type Asked = Query<BTreeMap<String, String>>;

/// A lead and the pack they ask for; otherwise the page that says why not.
async fn lead<'w>(web: &'w Web, headers: &HeaderMap, asked: &BTreeMap<String, String>) -> Result<(Known, &'w Pack), Broken> {
    let refused = |response: Response| Broken(Box::new(response));
    let Some(known) = guard::known(web, headers).await? else { return Err(refused(Redirect::to("/").into_response())) };
    if !known.seat.lead {
        let line = "The questions stand here with their answers, so only leads read them. You meet each one in a quiz or as the question of the day.";
        return Err(refused(page::refused(StatusCode::FORBIDDEN, line)));
    }
    let packs = web.quiz.packs();
    let pack = packs.iter().find(|pack| asked.get("pack") == Some(&pack.id)).or(packs.first());
    pack.map(|pack| (known, pack)).ok_or_else(|| refused(page::missing()))
}

/// The list.
pub(super) async fn list(State(web): State<Arc<Web>>, headers: HeaderMap, Query(asked): Asked) -> Result<Response, Broken> {
    let (known, pack) = lead(&web, &headers, &asked).await?;
    let topic = asked.get("topic").map(String::as_str).filter(|id| pack.topics.iter().any(|topic| topic.id == **id));
    let level = asked.get("level").and_then(|level| level.parse::<Level>().ok());
    let entries = web.quiz.entries(web.workspace, pack, topic, level).await?;
    let body = html! {
        a.skip href="#main" { "To the questions" }
        (page::top(&known.seat, "/questions"))
        main.page #main tabindex="-1" {
            h1 { "Questions" }
            (filters(pack, web.quiz.packs(), topic, level))
            p.small role="status" {
                @if entries.is_empty() { "No question is of that topic and level." }
                @else { (entries.len()) @if entries.len() == 1 { " question" } @else { " questions" } }
            }
            @for topic in &pack.topics {
                @let of_it: Vec<_> = entries.iter().filter(|entry| entry.question.topic == topic.id).collect();
                @if !of_it.is_empty() { (table(pack, &topic.title, &of_it)) }
            }
        }
    };
    Ok(page::framed("Questions · Meshdrill", true, &body).into_response())
}

fn filters(pack: &Pack, packs: &[Pack], topic: Option<&str>, level: Option<Level>) -> Markup {
    html! {
        form.filters method="get" action="/questions" {
            @if packs.len() > 1 {
                div { label for="pack" { "Pack" } select #pack name="pack" {
                    @for one in packs { option value=(one.id) selected[one.id == pack.id] { (one.title) } }
                } }
            }
            div { label for="topic" { "Topic" } select #topic name="topic" {
                option value="" { "All topics" }
                @for one in &pack.topics { option value=(one.id) selected[topic == Some(&one.id)] { (one.title) } }
            } }
            div { label for="level" { "Level" } select #level name="level" {
                option value="" { "All levels" }
                @for one in Level::ALL { option value=(one.name()) selected[level == Some(one)] { (one.name()) } }
            } }
            button type="submit" { "Show" }
        }
    }
}

fn table(pack: &Pack, topic: &str, entries: &[&Entry]) -> Markup {
    html! {
        table.bank {
            caption { (topic) }
            thead { tr {
                th scope="col" { "Question" } th scope="col" { "Asked" } th scope="col" { "Answers" } th scope="col" { "Average" }
            } }
            tbody { @for entry in entries { tr {
                th scope="row" {
                    a href=(address(pack, &entry.question.id)) { (entry.question.prompt) } " "
                    span.small { (entry.question.level.name()) @if entry.retired { ", retired" } }
                }
                td { (entry.asked) } td { (entry.answers) } td { (average(entry.mean)) }
            } } }
        }
    }
}

fn average(mean: Option<i64>) -> String {
    mean.map_or_else(|| "–".to_owned(), points)
}

fn address(pack: &Pack, id: &str) -> String {
    format!("/questions/{id}?pack={}", pack.id)
}

/// One question.
pub(super) async fn one(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(asked): Asked,
) -> Result<Response, Broken> {
    let (known, pack) = lead(&web, &headers, &asked).await?;
    let Some(sheet) = web.quiz.sheet(web.workspace, pack, &id).await? else { return Ok(page::missing()) };
    Ok(whole(&known, pack, &sheet).into_response())
}

fn whole(known: &Known, pack: &Pack, sheet: &Sheet) -> Html<String> {
    let question = &*sheet.question;
    let list = format!("/questions?pack={}&topic={}", pack.id, question.topic);
    let body = html! {
        a.skip href="#main" { "To the question" }
        (page::top(&known.seat, &format!("/questions/{}", question.id)))
        main.page.sheet #main tabindex="-1" {
            p.small { a href=(list) { (sheet.topic) } " · " (question.level.name()) }
            h1 { (question.prompt) }
            (retired(known, pack, sheet))
            section aria-labelledby="answer" { h2 #answer { "Model answer" } p.lead { (question.answer) } }
            (record(question, &sheet.record))
            (rubric(question))
            (misconceptions(question))
            section aria-labelledby="hints" { h2 #hints { "Hints, from vague to plain" } ol { @for hint in &question.hints { li { (hint) } } } }
            section aria-labelledby="sources" { h2 #sources { "Sources" } ul { @for source in &question.sources { li { (link(source)) } } } }
            (samples(question, &sheet.samples))
            p.small {
                code { (question.id) } ", revision " (question.revision) ", checked against " (pack.title) " " (question.release)
            }
            nav.neighbours aria-label="Questions beside" {
                @if let Some(before) = &sheet.neighbours.0 { a rel="prev" href=(address(pack, before)) { "Previous question" } }
                @if let Some(after) = &sheet.neighbours.1 { a rel="next" href=(address(pack, after)) { "Next question" } }
            }
        }
    };
    page::framed(&format!("{} · Meshdrill", question.prompt), true, &body)
}

/// Whether anything here still draws it, and the way to change that.
fn retired(known: &Known, pack: &Pack, sheet: &Sheet) -> Markup {
    let id = &sheet.question.id;
    html! {
        @match &sheet.retired {
            Some(reason) => {
                div.notice { p { "Retired here: nothing draws it any more." @if let Some(reason) = reason { " " (render::visible(reason)) } } }
                (page::press(known, pack, &format!("question restore {id}"), "Take it back into the draws", false))
            }
            None => {
                details {
                    summary { "Retire this question" }
                    p { "Nothing here will draw it any more. Where it is open just now it is taken back, and counts for nobody." }
                    (page::press(known, pack, &format!("question retire {id}"), "Retire it", false))
                }
            }
        }
    }
}

/// How it went here.
fn record(question: &Question, record: &Record) -> Markup {
    html! {
        section aria-labelledby="record" {
            h2 #record { "In this room" }
            @if record.asked.is_empty() { p { "Not asked here yet." } } @else {
                p {
                    "Asked " (asked(record)) "."
                    @if let Some(last) = record.last_at { " Last on " (render::time(last)) "." }
                    @if let Some(mean) = record.mean { " " (answers(record.answers)) ", " strong { (points(mean)) " points" } " on average." }
                }
                @if record.kept_back {
                    p.small { "Answers given in practice are counted in once " (SEVERAL) " people have given some, so that nobody's private grade can be read here." }
                }
                @if record.answers == 0 && !record.kept_back { p.small { "Nothing is counted before a round is closed." } }
                @if record.answers > 0 { (fared(question, record)) }
            }
        }
    }
}

fn fared(question: &Question, record: &Record) -> Markup {
    let believed = question.misconceptions.iter().zip(&record.misconceptions).filter(|(_, n)| **n > 0);
    html! {
        div.scroll tabindex="0" { table {
            thead { tr {
                th scope="col" { "Point" } th scope="col" { "Made" } th scope="col" { "Partly" } th scope="col" { "Opposite" }
            } }
            tbody {
                @for (criterion, Fared { made, partly, contradicted, of }) in question.criteria.iter().zip(&record.criteria) { tr {
                    th scope="row" { (criterion.statement) }
                    td { (made) " of " (of) } td { (partly) } td { (contradicted) }
                } }
                @for (wrong, n) in believed { tr { th scope="row" { "Believed: " (wrong.statement) } td colspan="3" { (answers(*n)) } } }
            }
        } }
    }
}

/// `once as a daily`, `3 times: 1 as a daily, 2 in quizzes`.
fn asked(record: &Record) -> String {
    let way = |kind: &str| match kind {
        "daily" => "as a daily".to_owned(),
        "quiz" => "in quizzes".to_owned(),
        "interview" => "in interviews".to_owned(),
        "challenge" => "in challenges".to_owned(),
        other => format!("by {other}"),
    };
    match record.asked.as_slice() {
        [(kind, n)] => format!("{} {}", times(*n), way(kind)),
        several => {
            let ways: Vec<_> = several.iter().map(|(kind, n)| format!("{n} {}", way(kind))).collect();
            format!("{}: {}", times(several.iter().map(|(_, n)| n).sum()), ways.join(", "))
        }
    }
}

fn times(n: i64) -> String {
    if n == 1 { "once".to_owned() } else { format!("{n} times") }
}

fn answers(n: i64) -> String {
    if n == 1 { "1 answer".to_owned() } else { format!("{n} answers") }
}

fn rubric(question: &Question) -> Markup {
    html! {
        section aria-labelledby="rubric" {
            h2 #rubric { "Rubric" }
            ol.rubric { @for criterion in &question.criteria { li {
                p { span.worth { (points(criterion.points)) } (criterion.statement) }
                (phrasings(&criterion.phrasings, &criterion.statement))
                @if criterion.need > 0 { p.small { (criterion.need) " of these " (criterion.any.len()) " make it whole:" } (items(&criterion.any)) }
                @if !criterion.alternatives.is_empty() { p.small { "Or, as good:" } (items(&criterion.alternatives)) }
                details {
                    summary { "When it is missing" span.unseen { ": " (criterion.statement) } }
                    p { "Nudge: " (criterion.nudge) }
                    p { "Follow-up: " (criterion.probe) }
                    p { (link(&criterion.source)) }
                }
            } } }
        }
    }
}

fn items(items: &[Item]) -> Markup {
    html! { ul { @for item in items { li { (item.statement) (phrasings(&item.phrasings, &item.statement)) } } } }
}

/// Phrasings as words; long, so folded away.
fn phrasings(phrasings: &[String], statement: &str) -> Markup {
    html! {
        @if !phrasings.is_empty() {
            details {
                summary { "What is looked for" span.unseen { ": " (statement) } " (" (phrasings.len()) ")" }
                p.small { "Any one of these in one sentence; words joined by + stand near each other in any order, and other forms and names of a word count as well." }
                ul.phrasings { @for phrasing in phrasings { li { (in_words(phrasing)) } } }
            }
        }
    }
}

fn misconceptions(question: &Question) -> Markup {
    html! {
        @if !question.misconceptions.is_empty() {
            section aria-labelledby="misconceptions" {
                h2 #misconceptions { "Misconceptions" }
                ul.rubric { @for wrong in &question.misconceptions { li {
                    p { span.worth.cost { "−" (points(wrong.cost)) } (wrong.statement) }
                    p.small { "True instead: " (wrong.correction) }
                    @if wrong.central { p.small { "Central: an answer that holds it earns at most one point." } }
                    (phrasings(&wrong.phrasings, &wrong.statement))
                } } }
            }
        }
    }
}

fn samples(question: &Question, samples: &[Sample]) -> Markup {
    html! {
        @if !samples.is_empty() {
            section aria-labelledby="samples" {
                h2 #samples { "Graded answers" }
                p.small { "Answers written to try the rubric, with what each must earn." }
                details {
                    summary { "All " (samples.len()) }
                    ul.samples { @for sample in samples { li {
                        p.by { strong { (sample.voice) } " · " (range(sample.points)) @if sample.blind { " · written without seeing the rubric" } }
                        @if sample.text.trim().is_empty() { p.small { "(nothing)" } } @else { p.words { (render::visible(sample.text.trim())) } }
                        (named(question, &sample.made, "Makes"))
                        (named(question, &sample.missed, "Misses"))
                    } } }
                }
            }
        }
    }
}

/// The criteria that an answer makes or misses.
fn named(question: &Question, ids: &[String], word: &str) -> Markup {
    let of_them: Vec<_> =
        question.criteria.iter().filter(|criterion| ids.contains(&criterion.id)).map(|criterion| &*criterion.statement).collect();
    html! {
        @if of_them.len() == question.criteria.len() { p.small { (word) " every point." } }
        @else if !of_them.is_empty() { p.small { (word) ": " (of_them.join(" ")) } }
    }
}

/// `7 to 10 points`.
fn range((least, most): (i64, i64)) -> String {
    if least == most { format!("{} points", points(least)) } else { format!("{} to {} points", points(least), points(most)) }
}

/// A page of the field's documentation, by its address.
fn link(url: &str) -> Markup {
    let shown = url.strip_prefix("https://");
    html! {
        @match shown {
            Some(shown) => a href=(url) rel="noreferrer" target="_blank" { (shown) },
            // No other kind of address acts here.
            None => (url),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::load;
    use crate::quiz::seats::Seat;
    use uuid::Uuid;

    const HOSTILE: &str = "<script>alert(1)</script>";

    fn lead() -> Known {
        let (workspace_id, member_id) = (Uuid::nil(), Uuid::nil());
        let seat = Seat { workspace_id, member_id, external_id: "lea".into(), name: "Lea".into(), zone: None, lead: true };
        Known { seat, token: "token".into() }
    }

    fn sheet(pack: &Pack, id: &str) -> Sheet {
        let question = pack.question(id).unwrap();
        let record = Record { criteria: vec![Fared::default(); question.criteria.len()], ..Record::default() };
        let topic = pack.topic(&question.topic).unwrap().title.clone();
        let neighbours = (None, Some("next".into()));
        Sheet { question: Arc::clone(question), topic, samples: pack.samples[id].clone(), record, retired: None, neighbours }
    }

    fn page(pack: &Pack, sheet: &Sheet) -> String {
        let shown = whole(&lead(), pack, sheet).0;
        for forbidden in ["style=", "<style", "<script>", "javascript:"] {
            assert!(!shown.contains(forbidden), "{forbidden} in {shown}");
        }
        shown
    }

    #[test]
    fn a_question_is_shown_whole() {
        let pack = load::embedded().unwrap().remove(0);
        for question in &pack.questions {
            let sheet = sheet(&pack, &question.id);
            let shown = page(&pack, &sheet);
            let shows = |text: &str| shown.contains(html! { (text) }.into_string().trim());
            assert!(shows(&question.prompt) && shows(&question.answer) && question.hints.iter().all(|hint| shows(hint)));
            for criterion in &question.criteria {
                let items = criterion.any.iter().chain(&criterion.alternatives);
                assert!(items.map(|item| &item.statement).all(|text| shows(text)), "{}", question.id);
                assert!([&criterion.statement, &criterion.nudge, &criterion.probe].iter().all(|text| shows(text)), "{}", question.id);
                assert!(criterion.phrasings.iter().all(|phrasing| shows(&in_words(phrasing))), "{}", question.id);
            }
            assert!(question.misconceptions.iter().all(|wrong| shows(&wrong.statement) && shows(&wrong.correction)));
            assert!(question.sources.iter().all(|source| shown.contains(&format!("href=\"{source}\""))));
            assert!(
                !sheet.samples.is_empty()
                    && sheet.samples.iter().all(|sample| shows(sample.text.trim().lines().next().unwrap_or_default()))
            );
            assert!(shown.contains("Not asked here yet."));
        }
    }

    #[test]
    fn a_retired_question_says_so_and_can_be_brought_back() {
        let pack = &load::embedded().unwrap()[0];
        let open = sheet(pack, "jwt-vs-mtls");
        assert!(page(pack, &open).contains(r#"value="/istio question retire jwt-vs-mtls""#));
        let retired = page(pack, &Sheet { retired: Some(Some(HOSTILE.into())), ..open });
        assert!(retired.contains("nothing draws it any more. &lt;script&gt;"), "{retired}");
        assert!(retired.contains(r#"value="/istio question restore jwt-vs-mtls""#));
    }

    #[test]
    fn what_is_written_is_text() {
        let pack = load::embedded().unwrap().remove(0);
        let mut sheet = sheet(&pack, "main-components");
        let question = Arc::make_mut(&mut sheet.question);
        (question.prompt, question.answer) = (HOSTILE.into(), HOSTILE.into());
        question.criteria[0].statement = HOSTILE.into();
        question.sources = vec!["javascript:alert(1)".into()];
        sheet.samples[0].text = format!("{HOSTILE} \u{202E}gnp");
        let shown = whole(&lead(), &pack, &sheet).0;
        assert!(!shown.contains("<script>") && !shown.contains("href=\"javascript") && !shown.contains('\u{202E}'));
    }

    #[test]
    fn the_record_says_what_is_counted() {
        let pack = load::embedded().unwrap().remove(0);
        let mut sheet = sheet(&pack, "main-components");
        sheet.record.asked = vec![("daily".into(), 1), ("quiz".into(), 2)];
        (sheet.record.answers, sheet.record.mean) = (1, Some(750));
        sheet.record.criteria[0] = Fared { made: 1, of: 1, ..Fared::default() };
        sheet.record.misconceptions = vec![1];
        sheet.record.kept_back = true;
        let shown = page(&pack, &sheet);
        assert!(shown.contains("Asked 3 times: 1 as a daily, 2 in quizzes. 1 answer, <strong>7.5 points</strong> on average."), "{shown}");
        assert!(shown.contains("<td>1 of 1</td><td>0</td><td>0</td>") && shown.contains("once 3 people have given some"), "{shown}");
        assert!(shown.contains("Believed: "), "{shown}");
    }

    #[test]
    fn a_list_remembers_what_was_asked_for() {
        let pack = load::embedded().unwrap().remove(0);
        let shown = filters(&pack, std::slice::from_ref(&pack), Some("security"), Some(Level::Mid)).into_string();
        assert!(shown.contains(r#"<option value="security" selected>"#) && shown.contains(r#"<option value="mid" selected>"#), "{shown}");
        assert!(!shown.contains("name=\"pack\""), "one pack needs no choice: {shown}");
    }
}
