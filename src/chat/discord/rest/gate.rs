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
        let waiting = self.lines.values().flat_map(|queue| queue.waiting.values()).filter(|call| !call.is_closed()).count();
        Counts { waiting, buckets: self.buckets.len(), ..self.counts }
    }
}

fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    one.into_iter().chain(other).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    const POST: Name = "POST /channels/{channel}/messages";
    const THREAD: Name = "POST /channels/{channel}/messages/{message}/threads";

    /// A gate, the calls that wait at it, and what is on its way, in a time of its own.
    struct Evening {
        gate: Gate,
        start: Instant,
        waiting: Vec<(u64, Line, oneshot::Receiver<Ticket>)>,
        on_way: VecDeque<(Instant, u64, Ticket)>,
        /// Millisecond, number, line.
        sent: Vec<(u64, u64, Line)>,
    }

    impl Evening {
        fn new() -> Evening {
            let (gate, start) = (Gate::new(&Limits::DISCORD), Instant::now());
            Evening { gate, start, waiting: Vec::new(), on_way: VecDeque::new(), sent: Vec::new() }
        }

        fn call(&mut self, rank: Rank, name: Name, channel: u64) {
            let line = Line { rank, name, major: Major::Channel(channel) };
            let number = self.gate.number();
            let ticket = self.gate.wait(line, number);
            self.waiting.push((number, line, ticket));
        }

        /// One millisecond: answers that take 20 come in, and whoever may goes.
        fn tick(&mut self, ms: u64, left: u32) {
            let now = self.start + Duration::from_millis(ms);
            while self.on_way.front().is_some_and(|(at, ..)| *at <= now) {
                let Some((_, _, ticket)) = self.on_way.pop_front() else { break };
                let rates =
                    Rates { bucket: Some(ticket.line.name.to_owned()), limit: 5, remaining: left, reset_after: Duration::from_secs(5) };
                self.gate.answered(&ticket, &Outcome { status: Some(200), rates: Some(rates), limited: None }, now);
            }
            self.gate.poll(now);
            let mut gone = Vec::new();
            self.waiting.retain_mut(|(number, line, ticket)| match ticket.try_recv() {
                Ok(ticket) => {
                    gone.push((ticket.place, *number, *line, ticket));
                    false
                }
                Err(_) => true,
            });
            // As they were let go.
            gone.sort_by_key(|(place, ..)| *place);
            for (_, number, line, ticket) in gone {
                self.on_way.push_back((now + Duration::from_millis(20), number, ticket));
                self.sent.push((ms, number, line));
            }
        }
    }

    #[test]
    fn a_thousand_channels_are_posted_to_in_their_order_and_an_answer_goes_between_them() {
        let mut evening = Evening::new();
        for channel in 0..1_000 {
            evening.call(Rank::Bulk, POST, channel);
            evening.call(Rank::Bulk, THREAD, channel);
        }
        let mut ms = 0;
        while !evening.waiting.is_empty() {
            if ms == 20_000 {
                evening.call(Rank::Answers, POST, 5_000);
                evening.call(Rank::Outside, "POST /interactions/{webhook}/{token}/callback", 1);
            }
            evening.tick(ms, 4);
            ms += 1;
        }
        // 2,000 at 50 a second are 40 s.
        assert!(ms <= 40_000 * 10 / 9, "{ms}");
        let bulk: Vec<u64> = evening.sent.iter().filter(|(.., line)| line.rank == Rank::Bulk).map(|(_, number, _)| *number).collect();
        // While the first probe of a route is on its way those of other channels are not kept back, so nobody overtakes anybody.
        assert!(bulk.is_sorted(), "{bulk:?}");
        let between = evening.sent.iter().filter(|(.., line)| line.rank != Rank::Bulk).map(|(ms, ..)| *ms);
        assert_eq!(between.collect::<Vec<_>>(), [20_000, 20_000]);
    }

    #[test]
    fn one_probes_an_unknown_bucket_and_bulk_leaves_one_in_it_for_answers() {
        let mut evening = Evening::new();
        for _ in 0..6 {
            evening.call(Rank::Bulk, POST, 1);
        }
        evening.tick(0, 4);
        assert_eq!(evening.sent.len(), 1);
        (1..=1_000).for_each(|ms| evening.tick(ms, 4));
        assert_eq!(evening.sent.len(), 4, "{:?}", evening.sent);
        evening.call(Rank::Answers, POST, 1);
        evening.call(Rank::Answers, POST, 1);
        evening.tick(1_001, 0);
        assert_eq!(evening.sent.len(), 5, "{:?}", evening.sent);
        // The answer that didn't fit goes first when the bucket is full again.
        (1_002..=8_000).for_each(|ms| evening.tick(ms, 3));
        let ranks: Vec<Rank> = evening.sent[5..].iter().map(|(.., line)| line.rank).collect();
        assert_eq!(ranks, [Rank::Answers, Rank::Bulk, Rank::Bulk]);
    }

    #[test]
    fn buckets_that_are_full_again_are_forgotten() {
        let mut evening = Evening::new();
        for channel in 0..2_000 {
            evening.call(Rank::Bulk, POST, channel);
        }
        for ms in (0..44_000).step_by(10) {
            evening.tick(ms, 4);
            // Those of the last five seconds are kept, and the last sweep may be as many behind.
            assert!(evening.gate.buckets.len() <= 512, "{} at {ms} ms", evening.gate.buckets.len());
        }
        assert_eq!(evening.sent.len(), 2_000);
        assert!(evening.gate.lines.is_empty());
    }
}
