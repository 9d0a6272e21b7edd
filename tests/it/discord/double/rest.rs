//! The REST interface: a request comes in, is checked, does its work or is refused, and the answer is checked as well.

mod callbacks;
mod channels;
mod commands;
mod messages;
mod multipart;
mod posting;
mod threads;

use super::limits::Verdict;
use super::script::Fault;
use super::state::{Id, Seen, State};
use super::trouble::{Trouble, invalid, no_route, refuse};
use super::{Shared, check, shape};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Response, Uri};
pub(super) use callbacks::ANSWERED_WITHIN;
pub(super) use messages::{add_reaction, remove as remove_message};
pub(super) use multipart::Upload;
pub(super) use posting::{announce, reopen, say};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::{Duration, Instant};
pub(super) use threads::{joins, sync, tell, thread};
use tokio::net::TcpListener;

/// A request as the routes read it.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Below `/api/v10`, without the query.
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    /// Null where there is none.
    pub(crate) body: Value,
    pub(crate) files: Vec<Upload>,
    pub(crate) authorization: Option<String>,
}

/// What a route gives back.
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// Null where there is none.
    pub(crate) body: Value,
}

pub(crate) type Outcome = Result<Reply, Trouble>;

/// A body with 200.
pub(crate) fn ok(body: Value) -> Outcome {
    Ok(Reply { status: 200, body })
}

/// 204.
pub(crate) fn done() -> Outcome {
    Ok(Reply { status: 204, body: Value::Null })
}

impl Request {
    /// A parameter of the query.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Serves until it is dropped.
pub(super) async fn serve(shared: Arc<Shared>, listener: TcpListener) {
    let app = Router::new().fallback(move |method: Method, uri: Uri, headers: HeaderMap, body: Bytes| {
        let shared = shared.clone();
        async move { handle(&shared, &method, &uri, &headers, &body).await }
    });
    let app = app.layer(axum::extract::DefaultBodyLimit::max(30_000_000));
    if let Err(broken) = axum::serve(listener, app).await {
        panic!("the double's REST server ended: {broken}");
    }
}

async fn handle(shared: &Shared, method: &Method, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Response<Body> {
    if let Some(file) = uri.path().strip_prefix("/api/v10/files/") {
        let bytes =
            file.split('/').next().and_then(|of| of.parse().ok()).and_then(|of: Id| shared.look(|s| Some(s.uploads.get(&of)?.0.clone())));
        return plain(if bytes.is_some() { 200 } else { 404 }, bytes.unwrap_or_default());
    }
    let request = match read(method, uri, headers, body) {
        Ok(request) => request,
        Err(trouble) => {
            shared.with(|state| state.violation(format!("{method} {}: {}", uri.path(), trouble.body)));
            return respond(&[], trouble.status, &trouble.body);
        }
    };
    let fault = shared.with(|state| state.script.take(&request));
    if let Some(Fault::Slow(time)) = &fault {
        tokio::time::sleep(*time).await;
    }
    let (headers, reply) = shared.with(|state| perform(state, &request, headers, fault.as_ref()));
    match fault {
        Some(Fault::Closed | Fault::ClosedAfter) => closed(),
        Some(Fault::SlowAfter(time)) => tokio::time::sleep(time).await,
        _ => {}
    }
    respond(&headers, reply.status, &reply.body)
}

/// Ends the connection without an answer: hyper drops it with its task. No hook hears of this panic.
fn closed() -> ! {
    std::panic::resume_unwind(Box::new("the double closes the connection"))
}

/// Does what is asked, unless the fault, the limits or the token forbid it.
fn perform(state: &mut State, request: &Request, raw: &HeaderMap, fault: Option<&Fault>) -> (Vec<(String, String)>, Reply) {
    let at = Instant::now();
    let broken = |status| Reply { status, body: json!({ "message": "Internal Server Error", "code": 0 }) };
    let (headers, mut reply) = match fault {
        Some(Fault::Closed) => (Vec::new(), broken(0)),
        Some(Fault::Status(status)) => (Vec::new(), broken(*status)),
        Some(Fault::TooMany { after, global }) => super::limits::too_many(*after, *global),
        _ => match authorised(state, request, raw) {
            Err(trouble) => (Vec::new(), Reply { status: trouble.status, body: trouble.body }),
            Ok(()) => match state.limits.take(request, at) {
                Verdict::Stop(headers, body) => (headers, Reply { status: 429, body }),
                Verdict::Go(headers) => (headers, checked(state, request)),
            },
        },
    };
    match fault {
        Some(Fault::StatusAfter(status)) => reply = broken(*status),
        Some(Fault::ClosedAfter) => reply = broken(0),
        _ => {}
    }
    let (method, path, status) = (request.method.clone(), request.path.clone(), reply.status);
    state.requests.push(Seen { method, path, body: request.body.clone(), status, at });
    (headers, reply)
}

/// Checks, does, and checks what is given back.
fn checked(state: &mut State, request: &Request) -> Reply {
    if !state.checked {
        return route(state, request).unwrap_or_else(|trouble| Reply { status: trouble.status, body: trouble.body });
    }
    let wrong = check::request(request);
    let refused = wrong.iter().any(|fault| fault.refused);
    for fault in &wrong {
        state.violation(format!("{} {}: {fault}", request.method, request.path));
    }
    let outcome = if refused {
        let faults: Vec<_> = wrong.iter().filter(|f| f.refused).map(|f| (f.path.clone(), f.code, f.message.clone())).collect();
        Err(invalid(&faults))
    } else {
        route(state, request)
    };
    let reply = outcome.unwrap_or_else(|trouble| Reply { status: trouble.status, body: trouble.body });
    for wrong in check::response(request, &reply) {
        state.violation(format!("the double's own answer to {} {} ({}): {wrong}", request.method, request.path, reply.status));
    }
    reply
}

/// The token, and the name every client has to give.
fn authorised(state: &mut State, request: &Request, raw: &HeaderMap) -> Result<(), Trouble> {
    let agent = raw.get("user-agent").and_then(|agent| agent.to_str().ok());
    if !agent.is_some_and(|agent| agent.starts_with("DiscordBot (")) {
        state.violation(format!("{} {}: user agent {agent:?} isn't `DiscordBot (url, version)`", request.method, request.path));
        return if agent.is_none() { Err(refuse(40333)) } else { Ok(()) };
    }
    let open = ["/webhooks/", "/interactions/"].iter().any(|start| request.path.starts_with(start)) || request.path == "/gateway";
    let own = request.authorization.as_deref().and_then(|all| all.strip_prefix("Bot ")) == Some(&state.token);
    if open || own { Ok(()) } else { Err(refuse(0)) }
}

fn read(method: &Method, uri: &Uri, headers: &HeaderMap, bytes: &Bytes) -> Result<Request, Trouble> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let path = uri.path().strip_prefix("/api/v10").ok_or_else(no_route)?;
    let query = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    let query = query.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(key, value)| (key.to_owned(), value.to_owned()));
    let kind = header("content-type").unwrap_or_default();
    let (body, files) = match kind.split(';').next().unwrap_or_default().trim() {
        _ if bytes.is_empty() => (Value::Null, Vec::new()),
        "application/json" => (serde_json::from_slice(bytes).map_err(|_| refuse(50109))?, Vec::new()),
        "multipart/form-data" => multipart::read(kind, bytes).ok_or_else(|| refuse(50109))?,
        other => return Err(invalid(&[(String::new(), "CONTENT_TYPE_INVALID", format!("Content-Type {other:?}"))])),
    };
    let authorization = header("authorization").map(str::to_owned);
    Ok(Request { method: method.to_string(), path: path.to_owned(), query: query.collect(), body, files, authorization })
}

fn respond(headers: &[(String, String)], status: u16, body: &Value) -> Response<Body> {
    let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    let mut response = plain(status, bytes);
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (axum::http::HeaderName::try_from(name), axum::http::HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    if !body.is_null() {
        response.headers_mut().insert("content-type", axum::http::HeaderValue::from_static("application/json"));
    }
    response
}

fn plain(status: u16, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = axum::http::StatusCode::from_u16(status).unwrap_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// Every address that is served.
fn route(state: &mut State, request: &Request) -> Outcome {
    let parts: Vec<&str> = request.path.split('/').skip(1).collect();
    let of = |part: &str| part.parse::<Id>().map_err(|_| no_route());
    match (request.method.as_str(), parts.as_slice()) {
        ("GET", ["gateway"]) => ok(json!({ "url": state.gateway_url })),
        ("GET", ["gateway", "bot"]) => ok(json!({
            "url": state.gateway_url, "shards": state.gateway.shards,
            "session_start_limit": { "total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1 },
        })),
        ("GET", ["users", "@me"]) => ok(shape::current_user(state)),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => ok(shape::application(state)),
        ("POST", ["users", "@me", "channels"]) => channels::direct(state, request),
        ("GET", ["applications", app, "commands"]) => commands::list(state, of(app)?, None, request),
        ("PUT", ["applications", app, "commands"]) => commands::overwrite(state, of(app)?, None, request),
        ("GET", ["applications", app, "guilds", guild, "commands"]) => commands::list(state, of(app)?, Some(of(guild)?), request),
        ("PUT", ["applications", app, "guilds", guild, "commands"]) => commands::overwrite(state, of(app)?, Some(of(guild)?), request),
        ("GET", ["guilds", guild]) => channels::guild(state, of(guild)?),
        ("GET", ["guilds", guild, "channels"]) => channels::of_guild(state, of(guild)?),
        ("GET", ["guilds", guild, "threads", "active"]) => threads::active(state, of(guild)?),
        ("GET", ["guilds", guild, "roles"]) => channels::roles(state, of(guild)?),
        ("GET", ["guilds", guild, "members", user]) => channels::member(state, of(guild)?, user),
        ("GET", ["channels", channel]) => channels::get(state, of(channel)?),
        ("PATCH", ["channels", channel]) => threads::change(state, of(channel)?, request),
        ("POST", ["channels", channel, "threads"]) => threads::open(state, of(channel)?, request),
        ("GET", ["channels", channel, "messages"]) => messages::list(state, of(channel)?, request),
        ("POST", ["channels", channel, "messages"]) => posting::post(state, of(channel)?, request),
        ("GET", ["channels", channel, "messages", message]) => messages::get(state, of(channel)?, of(message)?),
        ("PATCH", ["channels", channel, "messages", message]) => messages::edit(state, of(channel)?, of(message)?, request),
        ("DELETE", ["channels", channel, "messages", message]) => messages::delete(state, of(channel)?, of(message)?),
        ("POST", ["channels", channel, "messages", message, "threads"]) => threads::on_message(state, of(channel)?, of(message)?, request),
        ("PUT", ["channels", channel, "messages", message, "reactions", emoji, "@me"]) => {
            messages::react(state, of(channel)?, of(message)?, emoji)
        }
        ("POST", ["interactions", interaction, token, "callback"]) => callbacks::answer(state, of(interaction)?, token, request),
        ("POST", ["webhooks", app, token]) => callbacks::follow_up(state, of(app)?, token, request),
        (method, ["webhooks", app, token, "messages", message]) => callbacks::message(state, method, (of(app)?, token, message), request),
        _ => {
            state.violation(format!("{} {}: no such route in the double", request.method, request.path));
            Err(no_route())
        }
    }
}

/// So long an interaction's token lives.
pub(crate) const TOKEN_LIVES: Duration = Duration::from_secs(15 * 60);
