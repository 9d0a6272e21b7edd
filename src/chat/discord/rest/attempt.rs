//! One request and what came back, told apart by what may have been done.

use super::bucket::Rates;
use super::gate::{Outcome, Scope};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::Value;
use std::time::Duration;

/// More than any answer of these endpoints.
const MOST_BYTES: usize = 16 << 20;
/// How much of a refusal's details is worth reading.
const MOST_DETAILS: usize = 500;
/// How long to wait where a 429 doesn't say.
const SOME_TIME: Duration = Duration::from_secs(5);
/// A server that asks for no wait at all is not asked again at once.
const SHORTEST: Duration = Duration::from_millis(50);
/// Longer than any wait Discord asks for.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// What came back.
#[derive(Debug)]
pub(super) enum Reply {
    Done(Value),
    /// Surely not done.
    Refused {
        status: u16,
        code: i64,
        message: String,
    },
    /// Surely not done, and to be tried again when the gate lets it, which knows how long that is.
    Limited,
    /// Perhaps done: a fault on the other side, or no answer. Where it says so, not to be tried again before.
    Unclear(String, Option<Duration>),
    /// Surely not done: nobody was there to ask.
    Unreachable(String),
}

/// Sends, and tells the gate's news beside what came back.
pub(super) async fn send(request: RequestBuilder) -> (Reply, Outcome) {
    let response = match request.send().await {
        Ok(response) => response,
        Err(error) if error.is_connect() || error.is_builder() => return (Reply::Unreachable(chain(error)), Outcome::default()),
        Err(error) => return (Reply::Unclear(chain(error), None), Outcome::default()),
    };
    let (status, headers) = (response.status(), response.headers().clone());
    let mut outcome = Outcome { status: Some(status.as_u16()), rates: rates(&headers), limited: None };
    let body = match read(response).await {
        Ok(body) => body,
        // What is refused is refused, whether or not it could be read why.
        Err(_) if status.is_client_error() => Vec::new(),
        Err(why) => return (Reply::Unclear(why, None), outcome),
    };
    let reply = if status.is_success() {
        done(&body)
    } else if status == StatusCode::TOO_MANY_REQUESTS {
        let (scope, after) = limited(&headers, &body);
        outcome.limited = Some((scope, after));
        Reply::Limited
    } else if status.is_server_error() {
        Reply::Unclear(status.to_string(), seconds(&headers, RETRY_AFTER.as_str()))
    } else {
        refused(status, &body)
    };
    (reply, outcome)
}

/// An error with its causes, without the address, which may hold a token.
fn chain(error: reqwest::Error) -> String {
    format!("{:#}", anyhow::Error::new(error.without_url()))
}

async fn read(mut response: Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(chain)? {
        body.extend_from_slice(&chunk);
        if body.len() > MOST_BYTES {
            return Err(format!("an answer of more than {MOST_BYTES} bytes"));
        }
    }
    Ok(body)
}

fn done(body: &[u8]) -> Reply {
    if body.is_empty() {
        return Reply::Done(Value::Null);
    }
    match serde_json::from_slice(body) {
        Ok(value) => Reply::Done(value),
        Err(_) => Reply::Unclear("an answer that is no JSON".to_owned(), None),
    }
}

fn refused(status: StatusCode, body: &[u8]) -> Reply {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let mut message = body["message"].as_str().map_or_else(|| status.to_string(), str::to_owned);
    if body["errors"].is_object() {
        message.push_str(": ");
        message.extend(body["errors"].to_string().chars().take(MOST_DETAILS));
    }
    Reply::Refused { status: status.as_u16(), code: body["code"].as_i64().unwrap_or_default(), message }
}

fn limited(headers: &HeaderMap, body: &[u8]) -> (Scope, Duration) {
    let body: Option<Value> = serde_json::from_slice(body).ok();
    let said = body.as_ref().and_then(|body| body["retry_after"].as_f64()).and_then(span);
    let after = said.or_else(|| seconds(headers, RETRY_AFTER.as_str())).unwrap_or(SOME_TIME).max(SHORTEST);
    let global = text(headers, "x-ratelimit-global").is_some_and(|global| global.eq_ignore_ascii_case("true"))
        || body.as_ref().is_some_and(|body| body["global"] == true);
    let scope = match text(headers, "x-ratelimit-scope") {
        Some("shared") => Scope::Shared,
        Some("global") => Scope::Global,
        _ if global => Scope::Global,
        None if body.is_none() && rates(headers).is_none() => Scope::Everything,
        _ => Scope::Bucket,
    };
    (scope, after)
}

fn rates(headers: &HeaderMap) -> Option<Rates> {
    Some(Rates {
        bucket: text(headers, "x-ratelimit-bucket").map(str::to_owned),
        limit: text(headers, "x-ratelimit-limit")?.parse().ok()?,
        remaining: text(headers, "x-ratelimit-remaining")?.parse().ok()?,
        reset_after: seconds(headers, "x-ratelimit-reset-after")?,
    })
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    span(text(headers, name)?.trim().parse().ok()?)
}

fn span(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok().map(|span| span.min(LONGEST))
}
