//! What moves while people watch: the board, counts and threads, sent to every open page when they change.
//!
//! One task looks: at once when this process changed something, otherwise every few seconds, because other processes may share the
//! database. It renders once for all pages; a page is sent only what differs from what it has.

use super::guard::{self, Broken};
use super::{Web, room};
use crate::quiz::room::{Below, Standing};
use anyhow::Result;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::Stream;
use futures_util::stream;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use uuid::Uuid;

/// How often the room looks though nothing was heard.
const LOOK: Duration = Duration::from_secs(2);
/// What happens within this time is shown together.
const TOGETHER: Duration = Duration::from_millis(80);

/// What pages show, and what is new in it.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Counts what was shown before.
    number: u64,
    seen: Seen,
    /// What is new below each topic since the number before, by its key; found once for all who watch.
    news: BTreeMap<String, News>,
}

/// What pages show, and how many cards each member was sent.
#[derive(Debug, Default, PartialEq, Eq)]
struct Seen {
    /// By the id of the element it is in; that of a topic ends with the topic's key.
    parts: BTreeMap<String, String>,
    /// The lines below each topic, by its key.
    lines: BTreeMap<String, Lines>,
    board: Vec<Standing>,
    told: BTreeMap<String, i64>,
}

/// The lines below a topic.
#[derive(Debug, Default, PartialEq, Eq)]
struct Lines {
    /// Their ids and what is in them, in their order.
    shown: Vec<(String, String)>,
    /// There are earlier ones.
    more: bool,
}

/// What is new below a topic.
#[derive(Debug, Default, Clone)]
struct News {
    /// The places of the lines that are not as they were.
    changed: Vec<usize>,
    /// The ids of those that were there before.
    gone: Vec<String>,
}

impl Shared {
    fn after(&self, seen: Seen) -> Shared {
        let none = Lines::default();
        let before = |topic| self.seen.lines.get(topic).unwrap_or(&none);
        let news = seen.lines.iter().map(|(topic, lines)| (topic.clone(), News::since(before(topic), lines))).collect();
        Shared { number: self.number + 1, seen, news }
    }
}

impl News {
    fn since(before: &Lines, now: &Lines) -> News {
        let known: HashMap<&str, &str> = before.shown.iter().map(|(id, html)| (id.as_str(), html.as_str())).collect();
        let there: HashSet<&str> = now.shown.iter().map(|(id, _)| id.as_str()).collect();
        let changed = (0..now.shown.len()).filter(|at| known.get(now.shown[*at].0.as_str()) != Some(&now.shown[*at].1.as_str()));
        // Those before the first there is now may only be too far back to be among the newest.
        let first = now.shown.first().and_then(|(first, _)| before.shown.iter().position(|(id, _)| id == first));
        let from = if now.more { first.unwrap_or(before.shown.len()) } else { 0 };
        let gone = before.shown.iter().skip(from).map(|(id, _)| id).filter(|id| !there.contains(id.as_str()));
        News { changed: changed.collect(), gone: gone.cloned().collect() }
    }
}

/// Tells whether lines are those that a page was made with.
pub(super) fn digest_of(lines: &[(String, String)]) -> String {
    let mut hasher = DefaultHasher::new();
    lines.hash(&mut hasher);
    format!("{:x}", hasher.finish())
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
        let seen = self.quiz.room(self.workspace, self.now(), None, Below::All).await?;
        let told = seen.told.iter().map(|told| (told.audience.clone(), told.cards)).collect();
        let lines = seen.topics.iter().map(|topic| {
            let lines = Lines { shown: room::shared_lines(topic), more: topic.more };
            (topic.id.simple().to_string(), lines)
        });
        let lines = lines.collect();
        let seen = Seen { parts: room::parts(&seen), lines, board: seen.board, told };
        self.seen.send_if_modified(|known| {
            let differs = known.seen != seen;
            if differs {
                *known = Arc::new(known.after(seen));
            }
            differs
        });
        Ok(())
    }
}

/// A page's stream of events. Each says what changed: `parts` by their elements' ids, `lines` with the line each comes after, which are
/// `gone`, and whether there is something of `yours`.
pub(super) async fn events(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Broken> {
    let Some(known) = guard::known(&web, &headers).await? else { return Ok(StatusCode::FORBIDDEN.into_response()) };
    let named = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let watching = Watching {
        seen: web.seen.subscribe(),
        closing: web.closing.subscribe(),
        last: None,
        topic: named("topic"),
        had: named("seen"),
        reader: known.seat.member_id,
        member: known.seat.external_id,
    };
    Ok(Sse::new(watching.stream()).keep_alive(KeepAlive::default()).into_response())
}

struct Watching {
    seen: watch::Receiver<Arc<Shared>>,
    closing: watch::Receiver<bool>,
    /// What the page shows by now; none before the first event.
    last: Option<Arc<Shared>>,
    topic: String,
    /// The digest of the lines that the page was made with.
    had: String,
    reader: Uuid,
    member: String,
}

/// What changed on a page.
#[derive(Debug, Default, PartialEq, Serialize)]
struct Change<'a> {
    parts: BTreeMap<&'a str, Cow<'a, str>>,
    lines: Vec<Line<'a>>,
    /// These are all the lines there are.
    whole: bool,
    gone: Vec<String>,
    yours: bool,
}

/// A line that is new or reads differently.
#[derive(Debug, PartialEq, Serialize)]
struct Line<'a> {
    id: &'a str,
    after: Option<&'a str>,
    html: &'a str,
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
            if self.last.is_some() {
                tokio::select! {
                    changed = self.seen.changed() => changed.ok()?,
                    _ = self.closing.changed() => return None,
                }
            }
            let now = Arc::clone(&self.seen.borrow_and_update());
            let change = self.change(&now);
            let said = (self.last.is_none() || change != Change::default()).then(|| serde_json::to_string(&change));
            self.last = Some(now);
            match said {
                Some(Ok(said)) => return Some(Event::default().data(said)),
                Some(Err(error)) => tracing::error!(%error, "a change can't be written"),
                None => {}
            }
        }
    }

    fn change<'a>(&'a self, now: &'a Shared) -> Change<'a> {
        let own = format!("-{}", self.topic);
        let last = self.last.as_deref().map(|last| &last.seen);
        let parts = now.seen.parts.iter().filter(|(id, part)| {
            let here = !id.contains('-') || id.ends_with(&own);
            here && last.is_none_or(|last| last.parts.get(*id) != Some(*part))
        });
        let mut parts: BTreeMap<_, _> = parts.map(|(id, part)| (id.as_str(), Cow::from(part))).collect();
        if last.is_none_or(|last| last.board != now.seen.board) {
            parts.insert("board", room::board(&now.seen.board, self.reader).into_string().into());
        }
        // What was told before the page was opened is on it already.
        let yours = last.is_some_and(|last| last.told.get(&self.member) != now.seen.told.get(&self.member));
        let mut change = Change { parts, yours, ..Change::default() };
        self.add_lines(&mut change, now);
        change
    }

    fn add_lines<'a>(&self, change: &mut Change<'a>, now: &'a Shared) {
        // A topic that is no longer among the newest stands as it was.
        let Some(lines) = now.seen.lines.get(&self.topic) else { return };
        let shown = &lines.shown;
        let line =
            |at: usize| Line { id: &shown[at].0, after: at.checked_sub(1).map(|before| shown[before].0.as_str()), html: &shown[at].1 };
        let Some(last) = &self.last else {
            // Otherwise nothing was missed since the page was made.
            if digest_of(shown) != self.had {
                change.whole = true;
                change.lines = (0..shown.len()).map(line).collect();
            }
            return;
        };
        let shared = now.news.get(&self.topic).filter(|_| last.number + 1 == now.number);
        let news = match shared {
            Some(news) => Cow::Borrowed(news),
            // A page that takes its events slowly has missed some.
            None => Cow::Owned(News::since(last.seen.lines.get(&self.topic).unwrap_or(&Lines::default()), lines)),
        };
        change.lines = news.changed.iter().map(|at| line(*at)).collect();
        change.gone = news.into_owned().gone;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, more: bool) -> Lines {
        Lines { shown: text.split_whitespace().map(|line| (line[..1].to_owned(), line.to_owned())).collect(), more }
    }

    #[test]
    fn news_are_the_lines_that_differ_and_the_ids_that_went() {
        for (before, now, more, changed, gone) in [
            ("", "a b", false, vec![0, 1], ""),
            ("a b", "a b", false, vec![], ""),
            ("a b", "a b c", false, vec![2], ""),
            ("a b c", "a b2 c", false, vec![1], ""),
            ("a b c", "x a c", false, vec![0], "b"),
            ("a b", "b", false, vec![], "a"),
            ("a", "", false, vec![], "a"),
            // The oldest made room for a new one, and is no less there.
            ("a b c", "b c d", true, vec![2], ""),
            ("a b c", "d e f", true, vec![0, 1, 2], ""),
            ("a b c d", "b d", true, vec![], "c"),
        ] {
            let news = News::since(&lines(before, false), &lines(now, more));
            assert_eq!((changed, gone), (news.changed, news.gone.concat().as_str()), "{before} -> {now}");
        }
    }
}
