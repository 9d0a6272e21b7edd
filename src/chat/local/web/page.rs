//! Whole pages: the frame, the page to join, and pages of one line.

use super::guard::Known;
use super::join::Asked;
use super::render::{self, Carried};
use super::secret;
use crate::quiz::questions::Pack;
use crate::quiz::seats::Seat;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

/// A page with this heading for the browser's tab. `body` has the landmarks.
pub(super) fn framed(title: &str, script: bool, body: &Markup) -> Html<String> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" type="image/svg+xml" href="/icon.svg";
                link rel="stylesheet" href="/style.css";
                @if script { script src="/room.js" defer {} }
            }
            body { (body) }
        }
    };
    Html(page.into_string())
}

/// The head of a page at `path`: where one can go, and who one is.
pub(super) fn top(seat: &Seat, path: &str) -> Markup {
    let current = |to: &str| match path.strip_prefix(to) {
        Some("") => Some("page"),
        // A page below it.
        Some(below) if below.starts_with('/') => Some("true"),
        _ => None,
    };
    html! {
        header.top {
            p.brand { "Meshdrill" }
            nav aria-label="Pages" {
                a href="/" aria-current=[current("/")] { "Room" } " "
                a href="/progress" aria-current=[current("/progress")] { "Progress" } " "
                @if seat.lead { a href="/questions" aria-current=[current("/questions")] { "Questions" } }
            }
            p.who { (render::visible(&seat.name)) @if seat.lead { span.role { "lead" } } }
        }
    }
}

/// A command that can be pressed; its answer is read in the room. Each has its own number, so that one doesn't count as another again.
pub(super) fn press(known: &Known, pack: &Pack, command: &str, label: &str, primary: bool) -> Markup {
    let id = secret();
    let carried = Carried { token: &known.token, id: &id, topic: "" };
    html! {
        form method="post" action="/say" {
            (carried.fields())
            button.primary[primary] type="submit" name="text" value=(format!("/{} {command}", pack.id)) { (label) }
        }
    }
}

/// The page on which a newcomer says who they are.
pub(super) fn join(asked: &Asked<'_>) -> Html<String> {
    let body = html! {
        main.join {
            p.brand { "Meshdrill" }
            h1 { "Practise the interview, a question a day." }
            p { "Answer in your own words. Each answer is graded against a rubric, and every grade shows the words that earned it." }
            @if asked.leads { p.notice { "You came by the link of whoever started the room: you will lead it." } }
            form.fill method="post" action="/join" {
                input type="hidden" name="token" value=(asked.token);
                input #zone type="hidden" name="zone" value="";
                @if let Some(error) = &asked.error { p.error #name-error role="alert" { (error) } }
                label for="name" { "Your name in the room" }
                input #name name="name" type="text" value=(asked.name) required maxlength="40" autocomplete="nickname" autofocus
                    aria-describedby=[asked.error.as_ref().map(|_| "name-error")];
                @if asked.needs_key {
                    label for="key" { "The room's key" }
                    input #key name="key" type="text" value=(asked.key) required autocomplete="off";
                } @else {
                    input type="hidden" name="key" value=(asked.key);
                }
                div.buttons { button.primary type="submit" { "Come in" } }
            }
            p.small { "The name is kept in a cookie of this browser. Nothing leaves the machine the room runs on." }
        }
    };
    framed("Meshdrill", true, &body)
}

/// A page of one line for what can't be done.
pub(super) fn refused(status: StatusCode, line: &str) -> Response {
    let body = html! {
        main.join {
            p.brand { "Meshdrill" }
            h1 { "That can't be done" }
            p { (line) }
            p { a href="/" { "To the room" } }
        }
    };
    (status, framed("Meshdrill", false, &body)).into_response()
}

/// Somebody had themselves forgotten.
pub(super) fn forgotten() -> Response {
    let body = html! {
        main.join {
            p.brand { "Meshdrill" }
            h1 { "You are forgotten here" }
            p { "Your name, answers and points are deleted. Whoever led the room leads it no more; its next start prints a new link for that." }
            p { a href="/" { "Come in anew" } }
        }
    };
    framed("Meshdrill", false, &body).into_response()
}

/// Nothing is at this address.
pub(super) fn missing() -> Response {
    refused(StatusCode::NOT_FOUND, "There is nothing at this address.")
}
