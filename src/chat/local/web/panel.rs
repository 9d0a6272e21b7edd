//! What only the reader sees: the newest card or form, and the cards before it.

use super::guard::{self, Broken};
use super::render::{self, Carried};
use super::room::{Asked, Shown};
use super::{Web, secret};
use crate::message::{Card, Turn};
use crate::quiz::room::Own;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use std::sync::Arc;

/// How many earlier cards the panel keeps at hand.
const EARLIER: usize = 5;

/// The panel alone, for a page that is open already.
pub(super) async fn show(State(web): State<Arc<Web>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Result<Response, Broken> {
    let Some(known) = guard::known(&web, &headers).await? else { return Ok(StatusCode::FORBIDDEN.into_response()) };
    let own = web.quiz.own(web.workspace, &known.seat).await?;
    let id = secret();
    let carried = Carried { token: &known.token, id: &id, topic: asked.topic.as_deref().unwrap_or_default() };
    let shown = Shown { left: asked.leave.as_deref(), ..Shown::default() };
    Ok(Html(yours(&own, carried, &shown).into_string()).into_response())
}

/// What only the reader sees: the newest card or form, and the cards before it.
pub(super) fn yours(own: &[Own], carried: Carried<'_>, shown: &Shown<'_>) -> Markup {
    // A form that came back with faults is shown again; what it was opened by holds it.
    let again = shown.opened.and_then(|opened| own.iter().find(|own| own.id == opened));
    let left = |own: &&Own| shown.left == Some(own.id.as_str());
    let mut cards = own.iter().filter(|own| !matches!(own.turn, Turn::None | Turn::FormErrors(_)) && !left(own));
    let Some(first) = again.or_else(|| cards.next()) else {
        return html! { p.small { "Your grades, hints and quizzes appear here." } };
    };
    let earlier = cards.filter_map(|own| card_of(&own.turn).map(|card| (own, card))).take(EARLIER).collect::<Vec<_>>();
    html! {
        div.card {
            @if again.is_none() { @for error in &shown.errors { p.error role="alert" { (render::fault(&error.error)) } } }
            @match &first.turn {
                Turn::Form(form) => (render::form(form, &first.id, &shown.typed, &shown.errors, carried)),
                turn => @if let Some(card) = card_of(turn) { (render::card(card, 3, Some(carried))) },
            }
        }
        @if !earlier.is_empty() {
            details {
                summary { "Earlier" }
                @for (own, card) in earlier { div.card { p.small { (render::time(own.at)) } (render::card(card, 3, Some(carried))) } }
            }
        }
    }
}

fn card_of(turn: &Turn) -> Option<&Card> {
    match turn {
        Turn::Private(card) | Turn::Public(card) | Turn::Update(card) => Some(card),
        Turn::None | Turn::Form(_) | Turn::FormErrors(_) => None,
    }
}
