//! Our own small sender for the dozen of Discord's REST endpoints that we use: two lanes, limits kept by what the answers' headers say, and
//! faults told apart by whether something may have been done.
//!
//! serenity's own limiter has no lanes, is bypassed by its proxy option, and its errors drop `retry_after`; so serenity keeps to the gateway.
//! Answers and interactions go before bulk, and bulk leaves them room; within a lane the oldest call goes first. Waiting comes before
//! sending, and what is refused for its number all the same is sent again, not lost.

mod attempt;
mod bucket;
mod gate;
mod invalid;
mod limits;
mod pace;
mod route;
mod turn;

pub use gate::Counts;
pub use limits::Limits;
pub use route::{Part, Route};

use attempt::Reply;
use gate::{Line, Outcome, Rank};
use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, HeaderValue};
use reqwest::{Client, RequestBuilder, Url, multipart, redirect};
use route::Way;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::time::Instant;
use turn::Turns;

/// Discord's own.
pub const DISCORD: &str = "https://discord.com/api/v10";
/// How we name ourselves, in the form that Discord asks for.
const USER_AGENT: &str = concat!("DiscordBot (", env!("CARGO_PKG_NAME"), ", ", env!("CARGO_PKG_VERSION"), ")");
/// The version of the interface, as its path ends.
const VERSION: &str = "v10";
/// A thread on a message: there is one already.
const THREAD_EXISTS: i64 = 160_004;
/// An interaction has had its first answer.
const ALREADY_ANSWERED: i64 = 40_060;
/// A wait that nobody knows the end of.
const SOME_TIME: Duration = Duration::from_secs(1);

/// Who goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Somebody waits for it.
    Answers,
    /// Daily posts, reveals, notices, and what nobody waits for.
    Bulk,
}

/// Something to ask of Discord.
#[derive(Debug, Clone)]
pub struct Request {
    route: Route,
    body: Option<Value>,
    files: Vec<File>,
    patience: Option<Duration>,
}

/// A file beside a body; `attachments` in the body may describe the n-th as `{"id": n}`.
#[derive(Clone)]
pub struct File {
    /// With its ending.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// As in `image/png`.
    pub mime: &'static str,
}

/// Why a call has no answer to give.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// Surely not done: Discord says why.
    #[error("refused with {status} ({code}): {message}")]
    Refused {
        /// HTTP's status.
        status: u16,
        /// Discord's own code; 0 where it gave none.
        code: i64,
        /// In words, as Discord gives them, with the fields it finds fault with.
        message: String,
    },
    /// It may have been done: the answer was lost, or the fault is on Discord's side, and it can't be repeated or was repeated in vain.
    #[error("no clear answer: {0}")]
    Unclear(String),
    /// Surely not done: nobody was there to ask, or it only reads and got no answer.
    #[error("not reached: {0}")]
    Unreachable(String),
    /// Surely not done: its turn doesn't come in the time it has. It may be tried again after this long.
    #[error("to be tried again in {0:?}")]
    Later(Duration),
}

/// What is wrong with the settings of a [`Rest`].
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unusable {
    /// The address.
    #[error("{0:?} is no address of a Discord interface: {1}; it should be like {DISCORD}")]
    Address(String, String),
    /// The token, which is not shown.
    #[error("the token is empty or has characters that no token has")]
    Token,
    /// Everything else.
    #[error("requests can't be made: {0}")]
    Client(String),
}

/// Sends requests to Discord. Cheap to clone; all clones share lanes and limits.
#[derive(Clone)]
pub struct Rest(Arc<Inner>);

struct Inner {
    client: Client,
    base: Url,
    authorization: HeaderValue,
    limits: Limits,
    turns: Arc<Turns>,
}

/// What was tried of a call so far.
#[derive(Default)]
struct Tried {
    /// It may have been done.
    touched: bool,
    faults: u32,
    /// The last fault.
    last: Option<String>,
}

impl Request {
    /// A request without a body.
    pub fn new(route: Route) -> Request {
        Request { route, body: None, files: Vec::new(), patience: None }
    }

    /// With this body.
    #[must_use]
    pub fn json(self, body: Value) -> Request {
        Request { body: Some(body), ..self }
    }

    /// With this file beside the body.
    #[must_use]
    pub fn file(mut self, file: File) -> Request {
        self.files.push(file);
        self
    }

    /// It may take this long, waiting and all attempts together, instead of what [`Limits`] says.
    #[must_use]
    pub fn within(self, patience: Duration) -> Request {
        Request { patience: Some(patience), ..self }
    }
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "File({:?}, {}, {} bytes)", self.name, self.mime, self.bytes.len())
    }
}

impl std::fmt::Debug for Rest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rest({})", self.0.base)
    }
}

impl Rest {
    /// A sender to `base` that keeps to Discord's limits. Like `https://discord.com/api/v10`; `/api`, the version and a slash at the end may
    /// be missing. Needs a tokio runtime around it.
    ///
    /// # Errors
    /// Where the address or the token can't be one.
    pub fn new(base: &str, token: &SecretString) -> Result<Rest, Unusable> {
        Rest::with_limits(base, token, Limits::DISCORD)
    }

    /// The same with other limits: larger ones that Discord granted, or those of a compatible server.
    ///
    /// # Errors
    /// As [`Rest::new`].
    pub fn with_limits(base: &str, token: &SecretString, limits: Limits) -> Result<Rest, Unusable> {
        let base = address(base)?;
        let token = token.expose_secret().trim();
        if token.is_empty() || token.contains(char::is_whitespace) {
            return Err(Unusable::Token);
        }
        let mut authorization = HeaderValue::from_str(&format!("Bot {token}")).map_err(|_| Unusable::Token)?;
        authorization.set_sensitive(true);
        let unusable = |error: &dyn std::fmt::Display| Unusable::Client(error.to_string());
        let client = client(&base, &limits).map_err(|error| unusable(&error))?;
        let runtime = tokio::runtime::Handle::try_current().map_err(|error| unusable(&error))?;
        let turns = Turns::new(&limits, &runtime);
        Ok(Rest(Arc::new(Inner { client, base, authorization, limits, turns })))
    }

    /// What was counted so far.
    pub fn counts(&self) -> Counts {
        self.0.turns.counts()
    }

    /// Asks, waits its turn, and asks again where that can do no harm. The answer's body; null where it has none.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn call(&self, lane: Lane, request: Request) -> Result<Value, Fault> {
        let limits = &self.0.limits;
        let way = request.route.way();
        let usual = if matches!(request.route, Route::Callback { .. }) { limits.callback } else { limits.patience };
        let patience = request.patience.unwrap_or(usual);
        let deadline = Instant::now() + patience;
        let last_start = deadline - limits.least_left.min(patience / 4);
        let rank = match lane {
            _ if way.outside => Rank::Outside,
            Lane::Answers => Rank::Answers,
            Lane::Bulk => Rank::Bulk,
        };
        let line = Line { rank, name: way.name, major: way.major };
        let number = self.0.turns.number();
        let mut tried = Tried::default();
        loop {
            let turn = match self.0.turns.take(line, number, last_start).await {
                Ok(turn) => turn,
                Err(wait) => return Err(tried.given_up(wait)),
            };
            let left = deadline.saturating_duration_since(Instant::now());
            let (reply, outcome) = self.attempt(&way, &request, left.min(limits.attempt)).await;
            turn.end(&outcome);
            let pause = match reply {
                Reply::Done(value) => return Ok(value),
                // An earlier attempt did it, and its answer was lost.
                Reply::Refused { code: ALREADY_ANSWERED, .. } if tried.touched => return Ok(Value::Null),
                Reply::Refused { status, code, message } => return Err(tried.refused(&request, status, code, message)),
                // The gate knows how long to wait.
                Reply::Limited => continue,
                Reply::Unclear(why, after) => {
                    tracing::debug!(route = way.name, why, "no clear answer from Discord");
                    tried.touched |= !request.route.reads();
                    if !request.route.repeatable(request.body.as_ref()) {
                        return Err(Fault::Unclear(why));
                    }
                    tried.fault(why, limits).max(after.unwrap_or_default())
                }
                Reply::Unreachable(why) => tried.fault(why, limits),
            };
            if Instant::now() + pause >= last_start {
                return Err(tried.given_up(pause));
            }
            tokio::time::sleep(pause).await;
        }
    }

    async fn attempt(&self, way: &Way, request: &Request, timeout: Duration) -> (Reply, Outcome) {
        match self.build(way, request) {
            Ok(built) => attempt::send(built.timeout(timeout)).await,
            Err(error) => (Reply::Unreachable(error.without_url().to_string()), Outcome::default()),
        }
    }

    fn build(&self, way: &Way, request: &Request) -> Result<RequestBuilder, reqwest::Error> {
        let mut url = self.0.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.extend(&way.segments);
        }
        let mut built = self.0.client.request(way.method.clone(), url);
        if !way.query.is_empty() {
            built = built.query(&way.query);
        }
        if !way.outside {
            built = built.header(AUTHORIZATION, self.0.authorization.clone());
        }
        if request.files.is_empty() {
            return Ok(match &request.body {
                Some(body) => built.json(body),
                None if request.route.reads() => built,
                // Some servers insist on a length where there may be a body.
                None => built.header(CONTENT_LENGTH, 0),
            });
        }
        let mut form = multipart::Form::new();
        if let Some(body) = &request.body {
            form = form.part("payload_json", multipart::Part::text(body.to_string()).mime_str("application/json")?);
        }
        for (n, file) in request.files.iter().enumerate() {
            let part = multipart::Part::bytes(file.bytes.clone()).file_name(file.name.clone()).mime_str(file.mime)?;
            form = form.part(format!("files[{n}]"), part);
        }
        Ok(built.multipart(form))
    }
}

impl Tried {
    /// One more fault. How long to wait: drawn anew each time, from a span that doubles.
    fn fault(&mut self, why: String, limits: &Limits) -> Duration {
        self.last = Some(why);
        let longest = limits.first_backoff.saturating_mul(1 << self.faults.min(16)).min(limits.most_backoff);
        self.faults += 1;
        longest.mul_f64(rand::random_range(0.0..=1.0))
    }

    fn given_up(self, wait: Duration) -> Fault {
        match self.last {
            Some(why) if self.touched => Fault::Unclear(why),
            Some(why) => Fault::Unreachable(why),
            None => Fault::Later(wait.max(SOME_TIME)),
        }
    }

    fn refused(self, request: &Request, status: u16, code: i64, message: String) -> Fault {
        // The first attempt may have been done, whatever is said of a later one.
        if self.touched && request.route.creates() && code != THREAD_EXISTS {
            return Fault::Unclear(format!("{}, then {status} ({code})", self.last.unwrap_or_default()));
        }
        Fault::Refused { status, code, message }
    }
}

fn client(base: &Url, limits: &Limits) -> Result<Client, reqwest::Error> {
    let mut client = Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(limits.connect)
        // None of these endpoints moves; what redirects is something else, and is not to have the token.
        .redirect(redirect::Policy::none())
        .http2_keep_alive_interval(Duration::from_secs(20))
        .http2_keep_alive_timeout(Duration::from_secs(5))
        // Shorter than servers keep them: a connection that is closed just as it is used leaves a request's fate unclear.
        .pool_idle_timeout(Duration::from_secs(30));
    if base.host_str().is_some_and(|host| host == "localhost" || host == "[::1]" || host.starts_with("127.")) {
        client = client.no_proxy();
    }
    client.build()
}

/// The address of the interface with its version, without a slash at the end.
fn address(given: &str) -> Result<Url, Unusable> {
    let wrong = |why: &str| Unusable::Address(given.to_owned(), why.to_owned());
    let mut url = Url::parse(given.trim()).map_err(|error| wrong(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(wrong("it begins with neither https:// nor http://"));
    }
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(Unusable::Address(
            url.host_str().unwrap_or_default().to_owned(),
            "a name, password, ? or # doesn't belong in it".to_owned(),
        ));
    }
    let path = url.path().trim_end_matches('/').to_owned();
    let (before, last) = path.rsplit_once('/').unwrap_or(("", ""));
    let other_version = last.strip_prefix('v').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    let whole = match last {
        VERSION => path,
        "api" => format!("{path}/{VERSION}"),
        _ if other_version && before.ends_with("/api") => return Err(wrong("version 10 is what is spoken here")),
        _ => format!("{path}/api/{VERSION}"),
    };
    url.set_path(&whole);
    Ok(url)
}
