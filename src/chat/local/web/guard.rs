//! Who may ask for what: the Host a browser names, the Origin a form comes from, the token in it, the cookie; and headers on all answers.

use super::{Web, digest, page};
use crate::quiz::seats::Seat;
use axum::Form;
use axum::body::Body;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// The names by which browsers may address the room. A page of another name that was made to lead here by its DNS is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosts {
    /// Names beside `localhost`.
    pub names: Vec<String>,
    /// Any address of the machine, which no DNS can forge; otherwise only this machine's loopback.
    pub any_address: bool,
}

impl Hosts {
    /// The Host header names the room.
    pub fn allow(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host.rsplit_once(':').map_or(host, |(name, _)| name),
        };
        match name.parse::<IpAddr>() {
            Ok(address) => self.any_address || address.is_loopback(),
            Err(_) => name.eq_ignore_ascii_case("localhost") || self.names.iter().any(|known| known.eq_ignore_ascii_case(name)),
        }
    }
}

/// How long a request may take, its form's arrival included.
const SLOWEST: Duration = Duration::from_secs(20);

/// What every answer says to the browser: nothing from elsewhere, nothing inline, in no frame, no guessing of types.
const HEADERS: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // With no-referrer, browsers would send forms without their Origin.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Refuses foreign names and foreign forms, and adds the headers.
pub(super) async fn guard(State(web): State<Arc<Web>>, request: Request<Body>, next: Next) -> Response {
    let headers = request.headers();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let mut answer = if !web.hosts.allow(host) {
        page::refused(StatusCode::MISDIRECTED_REQUEST, "This room isn't reached by that name. Open the address it printed at its start.")
    } else if request.method() != Method::GET && request.method() != Method::HEAD && !is_own(headers, host) {
        page::refused(StatusCode::FORBIDDEN, "This form came from another page. Open the room and send it from there.")
    } else {
        // A stream of events answers at once; whoever sends a form this slowly isn't there any more.
        tokio::time::timeout(SLOWEST, next.run(request)).await.unwrap_or_else(|_| {
            page::refused(StatusCode::REQUEST_TIMEOUT, "That took too long to arrive. Open the room and send it again.")
        })
    };
    for (name, value) in HEADERS {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    answer
}

/// The form was sent by a page of this room.
fn is_own(headers: &HeaderMap, host: &str) -> bool {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let origin = origin.and_then(|origin| origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://")));
    origin.is_some_and(|origin| origin.eq_ignore_ascii_case(host))
}

/// Both are the same, found without telling by the time it takes where they differ.
pub(super) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

/// The secret in the browser's cookie.
pub(super) fn key(web: &Web, headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, value)| *name == web.cookie && value.len() == 64).map(|(_, value)| value.to_owned())
}

/// The header that gives a browser its secret: for this room only, out of reach of scripts and of other sites' links, and behind a proxy
/// that says so, of connections that aren't encrypted.
pub(super) fn cookie(web: &Web, asked: &HeaderMap, key: &str) -> (HeaderName, String) {
    let encrypted = asked.get("x-forwarded-proto").is_some_and(|how| how.as_bytes() == b"https");
    let secure = if encrypted { "; Secure" } else { "" };
    (header::SET_COOKIE, format!("{}={key}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000{secure}", web.cookie))
}

/// The digest under which a seat is kept.
pub(super) fn seat_digest(key: &str) -> String {
    digest("seat", key)
}

/// What a form must bring back.
pub(super) fn token(key: &str) -> String {
    digest("form", key)
}

/// Whoever asks, with the token of their forms.
pub(super) struct Known {
    pub(super) seat: Seat,
    pub(super) token: String,
}

/// Whoever sits in the room with this cookie.
pub(super) async fn known(web: &Web, headers: &HeaderMap) -> Result<Option<Known>, Broken> {
    let Some(key) = key(web, headers) else { return Ok(None) };
    let seat = web.quiz.seat(web.workspace, &seat_digest(&key)).await?;
    Ok(seat.map(|seat| Known { seat, token: token(&key) }))
}

/// What a form sent, before anything of it is believed.
pub(super) struct Posted(pub(super) Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Broken;

    async fn from_request(request: Request<Body>, state: &S) -> Result<Self, Broken> {
        match Form::from_request(request, state).await {
            Ok(Form(fields)) => Ok(Posted(fields)),
            Err(why) if why.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                let line = format!(
                    "That is more than the room takes at once: {} KB, a small book. Go back and send less.",
                    super::LONGEST_FORM / 1024
                );
                Err(Broken(Box::new(page::refused(StatusCode::PAYLOAD_TOO_LARGE, &line))))
            }
            Err(why) => {
                Err(Broken(Box::new(page::refused(why.status(), "That form can't be read. Open the room and send it from there."))))
            }
        }
    }
}

/// A form's fields, once its token is found right.
#[derive(Debug)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Errors are the page that says why not.
    pub(super) fn checked(fields: Vec<(String, String)>, token: &str) -> Result<Fields, Broken> {
        let fields = Fields(fields);
        if same(fields.get("token"), token) {
            return Ok(fields);
        }
        let line = "This form is from before you joined. Open the room and send it from there.";
        Err(Broken(Box::new(page::refused(StatusCode::FORBIDDEN, line))))
    }

    /// A field's value; nothing where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    /// Fields whose names begin so, without that beginning.
    pub(super) fn after(&self, beginning: &str) -> Vec<(String, String)> {
        let named = self.0.iter().filter_map(|(name, value)| Some((name.strip_prefix(beginning)?.to_owned(), value.clone())));
        named.collect()
    }
}

/// What ends a request early: a refusal, or a fault that is logged and shown as one line.
#[derive(Debug)]
pub(super) struct Broken(pub(super) Box<Response>);

impl<E: Into<anyhow::Error>> From<E> for Broken {
    fn from(error: E) -> Self {
        tracing::error!(error = format!("{:#}", error.into()), "a request failed");
        let line = "That didn't work: the room's database doesn't answer. Nothing was lost; try again.";
        Broken(Box::new(page::refused(StatusCode::SERVICE_UNAVAILABLE, line)))
    }
}

impl IntoResponse for Broken {
    fn into_response(self) -> Response {
        *self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_names_are_allowed() {
        let here = Hosts { names: vec![], any_address: false };
        let there = Hosts { names: vec!["drill.example".into()], any_address: true };
        for (host, by_here, by_there) in [
            ("127.0.0.1:4747", true, true),
            ("localhost:4747", true, true),
            ("LOCALHOST", true, true),
            ("[::1]:4747", true, true),
            ("192.168.1.7:4747", false, true),
            ("drill.example:4747", false, true),
            ("evil.example:4747", false, false),
            ("localhost.evil.example", false, false),
            ("127.0.0.1.evil.example", false, false),
            ("", false, false),
        ] {
            assert_eq!((by_here, by_there), (here.allow(host), there.allow(host)), "{host}");
        }
    }
}
