//! Sitting down: a name, the key where one is needed, and the link that makes its holder lead.

use super::guard::{self, Broken, Fields, Posted};
use super::{Web, digest, page, secret};
use crate::chat::local::home;
use crate::quiz::seats::Newcomer;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

/// What the page to join shows.
#[derive(Debug, Default)]
pub(super) struct Asked<'a> {
    pub(super) token: &'a str,
    pub(super) name: &'a str,
    /// The key that came with the link.
    pub(super) key: &'a str,
    /// That key makes whoever joins lead.
    pub(super) leads: bool,
    /// A key must be brought.
    pub(super) needs_key: bool,
    pub(super) error: Option<String>,
}

/// The page to join, with the cookie that its form needs.
pub(super) fn show(web: &Web, headers: &HeaderMap, key: &str) -> Response {
    let held = guard::key(web, headers);
    let secret = held.clone().unwrap_or_else(|| format!("{}{}", secret(), secret()));
    let token = guard::token(&secret);
    let leads = web.is_lead_key(key);
    let asked = Asked { token: &token, key, leads, needs_key: web.join_key.is_some() && !leads, ..Asked::default() };
    let shown = page::join(&asked);
    if held.is_some() { shown.into_response() } else { ([guard::cookie(web, headers, &secret)], shown).into_response() }
}

/// Somebody joins, or somebody who sits here already becomes lead.
pub(super) async fn join(State(web): State<Arc<Web>>, headers: HeaderMap, Posted(fields): Posted) -> Result<Response, Broken> {
    let held = guard::key(&web, &headers).unwrap_or_default();
    let token = guard::token(&held);
    let fields = Fields::checked(fields, &token)?;
    let (name, key) = (fields.get("name"), fields.get("key").trim());
    if guard::known(&web, &headers).await?.is_some() {
        if web.use_lead_key(key) {
            web.quiz.make_lead(web.workspace, &guard::seat_digest(&held)).await?;
        }
        return Ok(Redirect::to("/").into_response());
    }
    // A seat gets a secret of its own, which no page before it has seen; the same form sent twice gets the same.
    let fresh = digest(&web.salt, &held);
    let seated = || Ok(([guard::cookie(&web, &headers, &fresh)], Redirect::to("/")).into_response());
    if web.quiz.seat(web.workspace, &guard::seat_digest(&fresh)).await?.is_some() {
        return seated();
    }
    // Used up before the seat is taken: of two who come with it at once, one leads.
    let leads = web.use_lead_key(key);
    let refused = |error: String| {
        if leads {
            web.return_lead_key(key);
        }
        let asked = Asked { token: &token, name, key, leads, needs_key: web.join_key.is_some() && !leads, error: Some(error) };
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page::join(&asked)).into_response())
    };
    if !leads && web.join_key.as_ref().is_some_and(|wanted| !guard::same(wanted, key)) {
        return refused("That key doesn't open this room. Ask whoever started it for the link.".into());
    }
    let who = Newcomer { name, zone: Some(fields.get("zone")), digest: &guard::seat_digest(&fresh), lead: leads };
    if let Err(why) = web.quiz.sit(&home(), who, web.now()).await? {
        return refused(why.to_string());
    }
    web.look();
    seated()
}
