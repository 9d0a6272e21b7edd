//! Who goes next: lines by route and major parameter, lanes, Discord's global limit and its buckets. Time is passed in.

use super::bucket::{Buckets, Check, Rates, Token};
use super::invalid::Invalid;
use super::limits::Limits;
use super::pace::{Pace, Place};
use super::route::{Major, Name};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// The order of going, where several may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Rank {
    /// Interactions' callbacks and webhooks: not in the global limit.
    Outside,
    Answers,
    Bulk,
}

/// Requests that wait for the same bucket in the same lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Line {
    pub(super) rank: Rank,
    pub(super) name: Name,
    pub(super) major: Major,
}

/// The leave to send one request.
#[derive(Debug)]
pub(super) struct Ticket {
    line: Line,
    token: Token,
    place: Option<Place>,
}

/// What a 429 is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Our own share of one bucket.
    Bucket,
    /// A resource that others use too. Doesn't count as invalid.
    Shared,
    /// The bot's global limit.
    Global,
    /// Not Discord's interface but what stands before it: a ban of the address.
    Everything,
}

/// What became of a request.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// None where no answer came.
    pub(super) status: Option<u16>,
    pub(super) rates: Option<Rates>,
    /// How long it is to wait, where it was a 429.
    pub(super) limited: Option<(Scope, Duration)>,
}

/// What was counted since the start.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Requests sent, each attempt by itself.
    pub sent: u64,
    /// Answers of 429.
    pub limited: u64,
    /// Answers of 5xx.
    pub broken: u64,
    /// Attempts without an answer.
    pub lost: u64,
    /// What Discord counts as invalid: 401, 403, and 429 but for shared limits.
    pub invalid: u64,
    /// Calls that wait for their turn now.
    pub waiting: usize,
    /// Rate-limit buckets that are remembered now.
    pub buckets: usize,
}

#[derive(Default)]
struct Queue {
    /// By the number of the call: the oldest goes first.
    waiting: BTreeMap<u64, oneshot::Sender<Ticket>>,
    at: Standing,
}

#[derive(Clone, Copy, Default)]
enum Standing {
    /// In `ready`, under this number.
    Ready(u64),
    /// In `parked`, until then.
    Parked(Instant),
    /// Named by its bucket's next answer.
    #[default]
    Held,
}

pub(super) struct Gate {
    pace: Pace,
    buckets: Buckets,
    invalid: Invalid,
    lines: HashMap<Line, Queue>,
    /// Lines that may go as far as their bucket is known, by rank and the number of their oldest call.
    ready: [BTreeSet<(u64, Line)>; 3],
    parked: BTreeSet<(Instant, Line)>,
    /// Nothing within the global limit goes before.
    stopped: Option<Instant>,
    /// Nothing goes before.
    banned: Option<Instant>,
    numbered: u64,
    counts: Counts,
}

impl Gate {
    pub(super) fn new(limits: &Limits) -> Gate {
        Gate {
            pace: Pace::new(limits),
            buckets: Buckets::default(),
            invalid: Invalid::new(limits),
            lines: HashMap::new(),
            ready: Default::default(),
            parked: BTreeSet::new(),
            stopped: None,
            banned: None,
            numbered: 0,
            counts: Counts::default(),
        }
    }

    /// A call's number, which it keeps for all its attempts: who was first stays first.
    pub(super) fn number(&mut self) -> u64 {
        self.numbered += 1;
        self.numbered
    }

    /// Puts a call in line. Follow it with [`Gate::poll`].
    pub(super) fn wait(&mut self, line: Line, number: u64) -> oneshot::Receiver<Ticket> {
        let (ticket, waits) = oneshot::channel();
        let queue = self.lines.entry(line).or_default();
        let new = queue.waiting.is_empty();
        // Those that gave up waiting don't pile up before a bucket that is long in opening.
        while queue.waiting.first_entry().is_some_and(|first| first.get().is_closed()) {
            queue.waiting.pop_first();
        }
        queue.waiting.insert(number, ticket);
        if new || matches!(queue.at, Standing::Ready(_)) {
            self.stand_ready(line);
        }
        waits
    }

    /// The earliest time at which a call of this line can go, as far as is known.
    pub(super) fn opens(&mut self, line: Line, now: Instant) -> Instant {
        let bulk = line.rank == Rank::Bulk;
        let bucket = match self.buckets.check(line.name, line.major, bulk, now) {
            Check::At(at) => at,
            Check::Open | Check::Held => now,
        };
        bucket.max(self.barred(line.rank, now).unwrap_or(now))
    }

    /// Until when no call of this rank may go, whatever its bucket.
    fn barred(&mut self, rank: Rank, now: Instant) -> Option<Instant> {
        let invalid = self.invalid.stopped(rank == Rank::Bulk, now);
        let stopped = self.stopped.filter(|_| rank != Rank::Outside);
        self.banned.max(stopped).max(invalid).filter(|until| *until > now)
    }

    /// Lets go whoever may. When to look again, if nothing happens before.
    pub(super) fn poll(&mut self, now: Instant) -> Option<Instant> {
        while let Some((at, line)) = self.parked.first().copied().filter(|(at, _)| *at <= now) {
            self.parked.remove(&(at, line));
            self.stand_ready(line);
        }
        let mut wake = None;
        for rank in [Rank::Outside, Rank::Answers, Rank::Bulk] {
            while let Some((number, line)) = self.ready[rank as usize].first().copied() {
                let at = self.barred(rank, now).unwrap_or_else(|| self.due(rank, now));
                if at > now {
                    wake = earlier(wake, Some(at));
                    break;
                }
                self.ready[rank as usize].remove(&(number, line));
                self.serve(line, now);
            }
        }
        earlier(wake, self.parked.first().map(|(at, _)| *at))
    }

    fn due(&mut self, rank: Rank, now: Instant) -> Instant {
        match rank {
            Rank::Outside => now,
            Rank::Answers => self.pace.answers_at(now),
            Rank::Bulk => self.pace.bulk_at(now),
        }
    }

    /// Lets the oldest of a line go, if its bucket does; the line isn't in `ready`.
    fn serve(&mut self, line: Line, now: Instant) {
        let bulk = line.rank == Rank::Bulk;
        let Some(queue) = self.lines.get_mut(&line) else { return };
        while queue.waiting.first_entry().is_some_and(|first| first.get().is_closed()) {
            queue.waiting.pop_first();
        }
        if queue.waiting.is_empty() {
            self.lines.remove(&line);
            return;
        }
        match self.buckets.check(line.name, line.major, bulk, now) {
            Check::Open => {}
            Check::At(at) => {
                queue.at = Standing::Parked(at);
                self.parked.insert((at, line));
                return;
            }
            Check::Held => {
                queue.at = Standing::Held;
                self.buckets.hold(line);
                return;
            }
        }
        if let Some((_, call)) = queue.waiting.pop_first() {
            let token = self.buckets.take(line.name, line.major, now);
            let place = if line.rank == Rank::Outside { None } else { self.pace.take(bulk, now) };
            self.counts.sent += 1;
            if let Err(ticket) = call.send(Ticket { line, token, place }) {
                self.unused(&ticket, now);
            }
        }
        self.stand_ready(line);
    }

    /// A line's oldest may be looked at.
    fn stand_ready(&mut self, line: Line) {
        let Some(queue) = self.lines.get_mut(&line) else { return };
        let ready = &mut self.ready[line.rank as usize];
        match queue.at {
            Standing::Ready(number) => drop(ready.remove(&(number, line))),
            Standing::Parked(at) => drop(self.parked.remove(&(at, line))),
            Standing::Held => {}
        }
        match queue.waiting.first_key_value() {
            Some((number, _)) => {
                queue.at = Standing::Ready(*number);
                ready.insert((*number, line));
            }
            None => drop(self.lines.remove(&line)),
        }
    }

    /// The request was not sent after all.
    pub(super) fn unused(&mut self, ticket: &Ticket, now: Instant) {
        self.counts.sent -= 1;
        if let Some(place) = ticket.place {
            self.pace.unused(place);
        }
        let held = self.buckets.answered(&ticket.token, None, false, now);
        held.into_iter().for_each(|line| self.stand_ready(line));
    }

    /// What became of a request. Follow it with [`Gate::poll`].
    pub(super) fn answered(&mut self, ticket: &Ticket, outcome: &Outcome, now: Instant) {
        if let Some(place) = ticket.place {
            self.pace.answered(place, now);
        }
        let fine = outcome.status.is_some_and(|status| (200..300).contains(&status));
        let held = self.buckets.answered(&ticket.token, outcome.rates.as_ref(), fine, now);
        if let Some((scope, after)) = outcome.limited {
            let until = Some(now + after);
            match scope {
                Scope::Bucket | Scope::Shared => self.buckets.block(&ticket.token, now + after),
                Scope::Global => self.stopped = self.stopped.max(until),
                Scope::Everything => self.banned = self.banned.max(until),
            }
            self.counts.limited += 1;
            tracing::warn!(route = ticket.line.name, ?scope, ?after, "Discord asks to wait");
        }
        match outcome.status {
            None => self.counts.lost += 1,
            Some(500..) => self.counts.broken += 1,
            Some(401 | 403 | 429) if outcome.limited.is_none_or(|(scope, _)| scope != Scope::Shared) => {
                self.counts.invalid += 1;
                self.invalid.count(now);
            }
            Some(_) => {}
        }
        held.into_iter().for_each(|line| self.stand_ready(line));
    }

    pub(super) fn counts(&self) -> Counts {
        let waiting = self.lines.values().map(|queue| queue.waiting.len()).sum();
        Counts { waiting, buckets: self.buckets.len(), ..self.counts }
    }
}

fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    one.into_iter().chain(other).min()
}
