//! Empties the outbox: leases rows, renders them, hands them to a chat's sender, and notes what became of each.
//!
//! A row is sent once. Where the outcome of an attempt is unclear, because the chat's answer was lost or the program ended in between,
//! the sender looks for what it may have sent before anything is sent again; where it can't look, the row stays *unknown* for a lead.

use crate::message::{Card, Home, Reaction, Speech};
use crate::quiz::Quiz;
use crate::store::outbox::{Leased, Reach, Verb};
use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// Tells the time, so that a test can.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How long a row is one process's own. Longer than any sender waits for its platform.
pub const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// How many rows are leased at a time: few enough to be sent well within the lease.
const BATCH: i64 = 20;

/// How many rows are under way at a time where they are sent side by side: at fifty requests a second, what takes a second.
const MOST_UNDER_WAY: usize = 64;

/// How often the outbox is looked into when nobody tells of anything new.
pub const POLL: Duration = Duration::from_secs(1);

/// How long a row rests that could not be made ready: long enough for a missing pack or a database to come back.
const RETRY: SignedDuration = SignedDuration::from_mins(1);

/// What became of an attempt to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is there, under the platform's id where there is one.
    Sent(Option<String>),
    /// It is surely not there, and may be tried again after this long.
    Later(SignedDuration),
    /// It may be there.
    Unclear,
    /// It is surely not there: something stands in the way that people may mend.
    Blocked {
        /// What stands in the way, in a few plain words: "I may not write in that channel".
        why: String,
        /// What people can do about it: "Give my role Send Messages there".
        cure: String,
    },
    /// It can never be sent, for this reason, in a few plain words.
    Failed(String),
    /// The post it was to go under was taken down with all that was below it, for this reason: nothing is to take its place.
    Gone(String),
}

/// What a look at the platform says about a row that may have been sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It is there, under this id.
    Sent(Option<String>),
    /// It is not there.
    NotSent,
    /// Nobody can tell.
    Unknown,
}

/// What is put before people.
#[derive(Debug, Clone)]
pub enum Body {
    /// A card.
    Card(Card),
    /// A sign on a message.
    Reaction(Reaction),
}

/// A chat's way to say things.
pub trait Sender {
    /// Which rows are its own.
    fn reach(&self) -> Reach;
    /// Says it.
    fn send(&mut self, row: &Leased, body: &Body) -> impl Future<Output = Outcome> + Send;
    /// Looks whether a row of unclear fate was said, by its mark.
    fn look(&mut self, row: &Leased, body: &Body, now: Timestamp) -> impl Future<Output = Found> + Send;
}

/// Sends everything that may be sent at `now`. The number of rows that were sent.
///
/// # Errors
/// Where the store fails. What was leased is looked for once its lease has run out.
pub async fn deliver(quiz: &Quiz, sender: &mut impl Sender, now: Timestamp) -> Result<usize> {
    let mut sent = 0;
    loop {
        let mut tx = quiz.db().begin().await?;
        let rows = tx.lease(sender.reach(), now, now + LEASE, BATCH).await?;
        tx.commit().await?;
        if rows.is_empty() {
            return Ok(sent);
        }
        for row in &rows {
            // A row that can't be rendered just now must not keep back those behind it.
            let outcome = attempt(quiz, sender, row, now).await.unwrap_or_else(|error| not_ready(row, &error));
            sent += usize::from(matches!(outcome, Outcome::Sent(_)));
            settle(quiz, row, outcome, now).await?;
        }
    }
}

/// Sends what may be sent, many rows at a time, until `stop`; then ends what is under way. `changed` tells that there may be more; what
/// other processes wrote is found within [`POLL`].
pub async fn keep_delivering<S: Sender + Clone + Send + 'static>(
    quiz: &Arc<Quiz>,
    sender: &S,
    now: &Now,
    changed: &Notify,
    stop: impl Future<Output = ()>,
) {
    // Each row is a task of its own: one that holds a transaction must go on while the next ones are leased.
    let mut under_way = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        if under_way.len() <= MOST_UNDER_WAY / 2 {
            let free = MOST_UNDER_WAY - under_way.len();
            match lease(quiz, sender.reach(), now(), free).await {
                Ok(rows) => in_order(rows).into_iter().for_each(|rows| {
                    under_way.spawn(one_by_one(Arc::clone(quiz), sender.clone(), rows, Arc::clone(now)));
                }),
                Err(error) => tracing::error!(error = %format!("{error:#}"), "the outbox can't be read; it is tried again"),
            }
        }
        tokio::select! {
            Some(_) = under_way.join_next() => {}
            () = changed.notified() => {}
            () = tokio::time::sleep(POLL) => {}
            () = &mut stop => break,
        }
    }
    while under_way.join_next().await.is_some() {}
}

async fn lease(quiz: &Quiz, reach: Reach, now: Timestamp, most: usize) -> Result<Vec<Leased>> {
    let mut tx = quiz.db().begin().await?;
    let rows = tx.lease(reach, now, now + LEASE, i64::try_from(most)?).await?;
    tx.commit().await?;
    Ok(rows)
}

/// What is to go one behind the other: the rows of a channel. Signs on messages need no order.
fn in_order(rows: Vec<Leased>) -> Vec<Vec<Leased>> {
    let mut channels: Vec<Vec<Leased>> = Vec::new();
    for row in rows {
        let follows = |rows: &&mut Vec<Leased>| {
            rows.iter().any(|other| (other.workspace_id, &other.channel) == (row.workspace_id, &row.channel) && other.verb() != Verb::React)
        };
        match channels.iter_mut().find(follows).filter(|_| row.verb() != Verb::React) {
            Some(rows) => rows.push(row),
            None => channels.push(vec![row]),
        }
    }
    channels
}

async fn one_by_one<S: Sender>(quiz: Arc<Quiz>, mut sender: S, rows: Vec<Leased>, now: Now) {
    for row in rows {
        let outcome = attempt(&quiz, &mut sender, &row, now()).await.unwrap_or_else(|error| not_ready(&row, &error));
        if let Err(error) = settle(&quiz, &row, outcome, now()).await {
            // The lease runs out, and what became of the row is looked for.
            tracing::error!(row = %row.id, error = %format!("{error:#}"), "what became of a message can't be noted");
        }
    }
}

fn not_ready(row: &Leased, error: &anyhow::Error) -> Outcome {
    tracing::error!(row = %row.id, error = %format!("{error:#}"), "a message can't be made ready; it is tried again");
    Outcome::Later(RETRY)
}

/// Sends one member what waited for them, now that they are at hand.
///
/// # Errors
/// Where the store fails.
pub async fn hand_over(quiz: &Quiz, sender: &mut impl Sender, home: &Home, person: &str, now: Timestamp) -> Result<()> {
    let rows = quiz.held(home, person, now, LEASE).await?;
    for row in &rows {
        let outcome = attempt(quiz, sender, row, now).await.unwrap_or_else(|error| not_ready(row, &error));
        settle(quiz, row, outcome, now).await?;
    }
    Ok(())
}

/// Makes everything that may be sent at `now` sent, for a chat that people read from the database itself: there is nobody to hand it to,
/// and nothing that can go wrong in between.
///
/// # Errors
/// Where the store fails; then nothing is sent.
pub async fn publish(quiz: &Quiz, reach: Reach, now: Timestamp) -> Result<()> {
    loop {
        let mut tx = quiz.db().begin().await?;
        let rows = tx.lease(reach, now, now + LEASE, BATCH).await?;
        for row in &rows {
            tx.sent(row, Some(&row.id.simple().to_string()), now).await?;
        }
        tx.commit().await?;
        if rows.is_empty() {
            return Ok(());
        }
    }
}

async fn attempt(quiz: &Quiz, sender: &mut impl Sender, row: &Leased, now: Timestamp) -> Result<Outcome> {
    let body = match &row.speech {
        Speech::Card(card) => Body::Card(card.clone()),
        Speech::Live(live) => Body::Card(quiz.render(row.workspace_id, *live, now).await?),
        Speech::React(reaction) => Body::Reaction(*reaction),
    };
    // Leased before and never settled: it may be there.
    if row.tries > 1 {
        match sender.look(row, &body, now).await {
            Found::Sent(id) => return Ok(Outcome::Sent(id)),
            Found::Unknown => return Ok(Outcome::Unclear),
            Found::NotSent => {}
        }
    }
    Ok(sender.send(row, &body).await)
}

async fn settle(quiz: &Quiz, row: &Leased, outcome: Outcome, now: Timestamp) -> Result<()> {
    match outcome {
        Outcome::Sent(id) if row.troubled || row.blocked > 0 => return quiz.sent(row, id.as_deref(), now).await,
        Outcome::Blocked { why, cure } => return quiz.blocked(row, &why, &cure, now).await,
        Outcome::Failed(reason) => return quiz.failed(row, &reason, now).await,
        Outcome::Gone(reason) => return quiz.gone(row, &reason, now).await,
        Outcome::Sent(id) => {
            let mut tx = quiz.db().begin().await?;
            tx.sent(row, id.as_deref(), now).await?;
            tx.commit().await?;
        }
        Outcome::Later(after) => {
            let mut tx = quiz.db().begin().await?;
            tx.try_later(row, now + after).await?;
            tx.commit().await?;
        }
        Outcome::Unclear => quiz.unclear(row, now).await?,
    }
    Ok(())
}
