//! What moves while people watch: the board, counts and threads, sent to every open page when they change.
//!
//! One task looks: at once when this process changed something, otherwise every few seconds, because other processes may share the
//! database. It renders once for all pages; a page is sent only the parts that differ from what it has.

use super::guard::{self, Broken};
use super::{Web, room};
use anyhow::Result;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use futures_util::stream;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How often the room looks though nothing was heard.
const LOOK: Duration = Duration::from_secs(2);
/// What happens within this time is shown together.
const TOGETHER: Duration = Duration::from_millis(80);

/// What every page shows, by the id of the element it is in; and how many cards each member was sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shared {
    parts: BTreeMap<String, String>,
    told: BTreeMap<String, i64>,
}

impl Web {
    /// Lets what is due happen at its time and tells pages what changed, until [`Web::close`].
    pub async fn run(&self) {
        let mut closing = self.closing.subscribe();
        while !*closing.borrow_and_update() {
            if let Err(error) = self.step().await {
                tracing::error!(error = format!("{error:#}"), "the room could not be brought up to date");
            }
            let wait = self.until_due().await.min(LOOK);
            tokio::select! {
                () = self.changed.notified() => tokio::time::sleep(TOGETHER).await,
                () = tokio::time::sleep(wait) => {}
                _ = closing.changed() => {}
            }
        }
    }

    async fn until_due(&self) -> Duration {
        let next = self.quiz.next_due().await.ok().flatten();
        let until = next.map(|next| self.now().duration_until(next));
        // A deadline that lies behind failed and is put off; it is no reason to look without a pause.
        until.and_then(|until| Duration::try_from(until).ok()).map_or(LOOK, |until| until.max(TOGETHER))
    }

    async fn step(&self) -> Result<()> {
        self.settle().await?;
        let seen = self.quiz.room(self.workspace, self.now(), None).await?;
        let told = seen.told.iter().map(|told| (told.audience.clone(), told.cards)).collect();
        let next = Shared { parts: room::parts(&seen), told };
        self.seen.send_if_modified(|known| {
            let differs = **known != next;
            if differs {
                *known = Arc::new(next);
            }
            differs
        });
        Ok(())
    }
}

/// A page's stream of events: `part` with an element's id and what is in it now, `yours` when its member was told something.
pub(super) async fn events(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Broken> {
    let Some(known) = guard::known(&web, &headers).await? else { return Ok(StatusCode::FORBIDDEN.into_response()) };
    let watching = Watching {
        seen: web.seen.subscribe(),
        closing: web.closing.subscribe(),
        last: Arc::default(),
        first: true,
        member: known.seat.external_id,
    };
    Ok(Sse::new(watching.stream()).keep_alive(KeepAlive::default()).into_response())
}

struct Watching {
    seen: watch::Receiver<Arc<Shared>>,
    closing: watch::Receiver<bool>,
    last: Arc<Shared>,
    first: bool,
    member: String,
}

impl Watching {
    fn stream(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut watching| async move {
            let event = watching.next().await?;
            Some((Ok(event), watching))
        })
    }

    /// The next change of the room, as one event; none once the room closes.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if *self.closing.borrow() {
                return None;
            }
            if !self.first {
                tokio::select! {
                    changed = self.seen.changed() => changed.ok()?,
                    _ = self.closing.changed() => return None,
                }
            }
            let now = Arc::clone(&self.seen.borrow_and_update());
            let parts: BTreeMap<&String, &String> = now.parts.iter().filter(|(id, part)| self.last.parts.get(*id) != Some(*part)).collect();
            // What was told before the page was opened is on it already.
            let yours = !self.first && now.told.get(&self.member) != self.last.told.get(&self.member);
            let said = serde_json::json!({ "parts": parts, "yours": yours });
            let something = self.first || yours || !parts.is_empty();
            self.first = false;
            self.last = Arc::clone(&now);
            if something {
                return Some(Event::default().data(said.to_string()));
            }
        }
    }
}
