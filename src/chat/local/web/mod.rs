//! The local room in the browser: pages made on the server, forms that work without script, and events that move what has changed.

mod chart;
mod guard;
mod inbound;
mod join;
mod live;
mod page;
mod panel;
mod progress;
mod questions;
pub mod render;
mod room;

pub use guard::Hosts;

use crate::chat::delivery::{self, Now};
use crate::chat::local::{REACH, home};
use crate::quiz::Quiz;
use anyhow::Result;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::middleware;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, watch};
use uuid::Uuid;

/// The longest form that is read, in bytes; a pasted calendar file has room in it.
const LONGEST_FORM: usize = 256 * 1024;

/// How the room is entered, and under which names it is reached.
#[derive(Debug, Clone)]
pub struct Doors {
    /// Makes whoever uses it first lead.
    pub lead: String,
    /// What a newcomer must bring; none where only this machine can reach the room.
    pub join: Option<String>,
    /// The names by which browsers may address the room.
    pub hosts: Hosts,
    /// The port, which keeps the cookies of several rooms on one machine apart.
    pub port: u16,
}

/// The room.
pub struct Web {
    quiz: Arc<Quiz>,
    workspace: Uuid,
    now: Now,
    salt: String,
    lead_key: Mutex<Option<String>>,
    join_key: Option<String>,
    hosts: Hosts,
    cookie: String,
    /// How many asked for a pass of [`Web::settle`], and up to which of them one has been made.
    asked: AtomicU64,
    served: tokio::sync::Mutex<u64>,
    changed: Notify,
    seen: watch::Sender<Arc<live::Shared>>,
    closing: watch::Sender<bool>,
}

impl Web {
    /// A room over `quiz`.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn new(quiz: Arc<Quiz>, doors: Doors, now: Now) -> Result<Arc<Web>> {
        let workspace = quiz.workspace(&home(), now()).await?;
        Ok(Arc::new(Web {
            quiz,
            workspace,
            now,
            salt: secret(),
            lead_key: Mutex::new(Some(doors.lead)),
            join_key: doors.join,
            hosts: doors.hosts,
            cookie: format!("meshdrill-{}", doors.port),
            asked: AtomicU64::new(0),
            served: tokio::sync::Mutex::new(0),
            changed: Notify::new(),
            seen: watch::Sender::new(Arc::default()),
            closing: watch::Sender::new(false),
        }))
    }

    /// Has the room look at once whether something is due or has changed.
    pub fn look(&self) {
        self.changed.notify_one();
    }

    /// Ends [`Web::run`] and every stream of events.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// Lets what is due happen, and says what is to be said. One pass serves everybody who asked before it began.
    async fn settle(&self) -> Result<()> {
        let own = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        let mut served = self.served.lock().await;
        if *served >= own {
            return Ok(());
        }
        let upto = self.asked.load(Ordering::Relaxed);
        let now = self.now();
        // A look first: it is rarely time for anything, and a look waits for nobody. Another process may be at what is due.
        while self.quiz.next_due().await?.is_some_and(|at| at <= now) && self.quiz.due(now).await? {}
        delivery::publish(&self.quiz, REACH, now).await?;
        *served = upto;
        Ok(())
    }

    /// The key was the leads' and nobody had used it; it is used now.
    fn use_lead_key(&self, key: &str) -> bool {
        let mut held = self.lead_key.lock().unwrap_or_else(PoisonError::into_inner);
        held.take_if(|held| guard::same(held, key)).is_some()
    }

    /// What the key was used for came to nothing; it may be used again.
    fn return_lead_key(&self, key: &str) {
        *self.lead_key.lock().unwrap_or_else(PoisonError::into_inner) = Some(key.to_owned());
    }

    fn is_lead_key(&self, key: &str) -> bool {
        let held = self.lead_key.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().is_some_and(|held| guard::same(held, key))
    }
}

/// The pages. Health checks are no part of them.
pub fn router(web: Arc<Web>) -> Router {
    Router::new()
        .route("/", get(room::show))
        .route("/join", post(join::join))
        .route("/say", post(inbound::say))
        .route("/command", post(inbound::command))
        .route("/press", post(inbound::press))
        .route("/submit", post(inbound::submit))
        .route("/edit", get(room::edit).post(inbound::edit))
        .route("/panel", get(panel::show))
        .route("/events", get(live::events))
        .route("/progress", get(progress::show))
        .route("/questions", get(questions::list))
        .route("/questions/{id}", get(questions::one))
        .route("/style.css", get(|| async { asset("text/css; charset=utf-8", include_str!("assets/style.css")) }))
        .route("/room.js", get(|| async { asset("text/javascript; charset=utf-8", include_str!("assets/room.js")) }))
        .route("/icon.svg", get(|| async { asset("image/svg+xml", include_str!("assets/icon.svg")) }))
        .fallback(|| async { page::missing() })
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
        .layer(middleware::from_fn_with_state(web.clone(), guard::guard))
        .with_state(web)
}

fn asset(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "max-age=300")], text)
}

/// Something nobody can guess, in hexadecimal.
pub fn secret() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// The digest of a secret for one use.
fn digest(purpose: &str, secret: &str) -> String {
    let bytes = Sha256::digest(format!("meshdrill {purpose} {secret}"));
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
