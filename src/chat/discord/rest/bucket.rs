//! Discord's limits by route, as its answers tell of them: waiting comes before sending, so that nothing is refused.
//!
//! A bucket nobody knows yet is probed by one request; others of its route and major parameter wait for that answer. A known bucket under a
//! new major parameter begins full, with the limit its siblings have, so ten thousand channels don't probe ten thousand times. What is full
//! again is forgotten.

use super::gate::Line;
use super::route::{Major, Name};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Discord rounds to a millisecond; a little more is waited.
const MARGIN: Duration = Duration::from_millis(5);
/// Below so many a bucket is too small for bulk to leave something in it.
const BIG_ENOUGH: u32 = 5;
/// So many buckets are not worth a sweep.
const FEW: usize = 256;

/// What an answer's headers say of its bucket.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rates {
    /// The name that routes share which share a limit.
    pub(super) bucket: Option<String>,
    pub(super) limit: u32,
    pub(super) remaining: u32,
    pub(super) reset_after: Duration,
}

/// May one more go?
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Check {
    Open,
    /// Surely not before.
    At(Instant),
    /// Not before an answer to what is on its way.
    Held,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Which {
    Route(Name),
    Shared(Arc<str>),
}

type Key = (Which, Major);

/// One request's share of a bucket.
#[derive(Debug, Clone)]
pub(super) struct Token {
    key: Key,
    name: Name,
    epoch: u64,
}

#[derive(Debug, Default)]
struct Bucket {
    /// None as long as nobody knows.
    limit: Option<u32>,
    /// What may still be sent before `reset`, with what is on its way taken off.
    remaining: u32,
    /// When it is full again. None: it is full, or no answer has said it yet.
    reset: Option<Instant>,
    /// The longest time to a reset that was heard of.
    span: Duration,
    on_way: u32,
    /// Counts the times it was full again; answers of an earlier time say nothing about this one.
    epoch: u64,
    /// Not before: we were refused.
    blocked: Option<Instant>,
    held: Vec<Line>,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    shared: HashMap<Name, Arc<str>>,
    /// The limit and the longest time to a reset of each shared name.
    limits: HashMap<Arc<str>, (u32, Duration)>,
    /// Routes whose answers speak of no limit.
    unlimited: HashSet<Name>,
    buckets: HashMap<Key, Bucket>,
    after_sweep: usize,
}

impl Bucket {
    fn full(limit: Option<u32>) -> Bucket {
        Bucket { limit, remaining: limit.unwrap_or_default(), ..Bucket::default() }
    }

    fn check(&self, bulk: bool, unlimited: bool, now: Instant) -> Check {
        if let Some(until) = self.blocked.filter(|until| *until > now) {
            return Check::At(until);
        }
        let Some(limit) = self.limit else {
            return if unlimited || self.on_way == 0 { Check::Open } else { Check::Held };
        };
        let again_full = self.reset.is_some_and(|reset| reset <= now);
        let remaining = if again_full { limit.saturating_sub(self.on_way) } else { self.remaining };
        // Somebody may answer in this very channel.
        let left = u32::from(bulk && limit >= BIG_ENOUGH);
        match self.reset {
            _ if remaining > left => Check::Open,
            Some(reset) if !again_full => Check::At(reset),
            _ => Check::Held,
        }
    }

    fn take(&mut self, now: Instant) {
        if let Some(limit) = self.limit.filter(|_| self.reset.is_some_and(|reset| reset <= now)) {
            self.epoch += 1;
            self.remaining = limit.saturating_sub(self.on_way);
            self.reset = None;
        }
        self.remaining = self.remaining.saturating_sub(1);
        self.on_way += 1;
    }

    fn hear(&mut self, rates: &Rates, epoch: u64, now: Instant) {
        let first = self.limit.replace(rates.limit.max(1)).is_none();
        if epoch != self.epoch && !first {
            return;
        }
        let reset = now + rates.reset_after + MARGIN;
        // It was full again before we thought so.
        let renewed = self.reset.is_some_and(|before| reset > before + self.span / 2);
        // Alone on the bucket our own count is right, and the answer's is not lower; if it is, others use it, and what is on its way may
        // not be counted in it.
        if first || renewed || rates.remaining < self.remaining {
            self.remaining = rates.remaining.saturating_sub(self.on_way);
        }
        self.reset = Some(reset);
        self.span = self.span.max(rates.reset_after);
    }

    fn forgettable(&self, now: Instant) -> bool {
        let past = |time: Option<Instant>| time.is_none_or(|time| time <= now);
        self.on_way == 0 && self.held.is_empty() && past(self.blocked) && past(self.reset)
    }
}

impl Buckets {
    fn key(&self, name: Name, major: Major) -> Key {
        let which = self.shared.get(name).map_or(Which::Route(name), |shared| Which::Shared(Arc::clone(shared)));
        (which, major)
    }

    fn fresh(&self, key: &Key) -> Bucket {
        match &key.0 {
            Which::Route(_) => Bucket::full(None),
            Which::Shared(shared) => {
                let (limit, span) = self.limits.get(shared).copied().unzip();
                Bucket { span: span.unwrap_or_default(), ..Bucket::full(limit) }
            }
        }
    }

    pub(super) fn check(&self, name: Name, major: Major, bulk: bool, now: Instant) -> Check {
        let bucket = self.buckets.get(&self.key(name, major));
        bucket.map_or(Check::Open, |bucket| bucket.check(bulk, self.unlimited.contains(name), now))
    }

    pub(super) fn take(&mut self, name: Name, major: Major, now: Instant) -> Token {
        self.sweep(now);
        let key = self.key(name, major);
        let fresh = self.fresh(&key);
        let bucket = self.buckets.entry(key.clone()).or_insert(fresh);
        bucket.take(now);
        Token { key, name, epoch: bucket.epoch }
    }

    /// A line that was told [`Check::Held`] is named by the next answer.
    pub(super) fn hold(&mut self, line: Line) {
        let key = self.key(line.name, line.major);
        let fresh = self.fresh(&key);
        self.buckets.entry(key).or_insert(fresh).held.push(line);
    }

    /// What came of a request; `None` where its answer was lost or says nothing of a bucket. The lines that waited for it.
    pub(super) fn answered(&mut self, token: &Token, rates: Option<&Rates>, fine: bool, now: Instant) -> Vec<Line> {
        if let Some(bucket) = self.find(token) {
            bucket.on_way = bucket.on_way.saturating_sub(1);
        }
        match rates {
            Some(rates) => {
                self.unlimited.remove(token.name);
                self.learn(token, rates);
            }
            None if fine => drop(self.unlimited.insert(token.name)),
            None => {}
        }
        let Some(bucket) = self.find(token) else { return Vec::new() };
        match rates {
            Some(rates) => bucket.hear(rates, token.epoch, now),
            // Nobody will say when it is full again.
            None if bucket.on_way == 0 && bucket.limit.is_some() && bucket.reset.is_none() => {
                bucket.reset = Some(now + bucket.span + MARGIN)
            }
            None => {}
        }
        std::mem::take(&mut bucket.held)
    }

    /// Nothing more into this bucket until then.
    pub(super) fn block(&mut self, token: &Token, until: Instant) {
        if let Some(bucket) = self.find(token) {
            bucket.blocked = bucket.blocked.max(Some(until));
        }
    }

    /// How many are remembered.
    pub(super) fn len(&self) -> usize {
        self.buckets.len()
    }

    fn find(&mut self, token: &Token) -> Option<&mut Bucket> {
        // It may have got its shared name meanwhile.
        let key = if self.buckets.contains_key(&token.key) { token.key.clone() } else { self.key(token.name, token.key.1) };
        self.buckets.get_mut(&key)
    }

    /// The route has a shared name: what was counted under its own goes there.
    fn learn(&mut self, token: &Token, rates: &Rates) {
        let Some(shared) = rates.bucket.as_deref().map(Arc::<str>::from) else { return };
        let known = self.limits.entry(Arc::clone(&shared)).or_default();
        *known = (rates.limit.max(1), known.1.max(rates.reset_after));
        if self.shared.get(token.name) == Some(&shared) {
            return;
        }
        if self.shared.insert(token.name, Arc::clone(&shared)).is_some() {
            self.limits.retain(|shared, _| self.shared.values().any(|used| used == shared));
        }
        let own: Vec<Key> = self.buckets.keys().filter(|(which, _)| *which == Which::Route(token.name)).cloned().collect();
        for (which, major) in own {
            let Some(bucket) = self.buckets.remove(&(which, major)) else { continue };
            let key = (Which::Shared(Arc::clone(&shared)), major);
            // The bucket of the answer itself was being probed: it is told what the answer says as one that knows nothing.
            let fresh = if major == token.key.1 { Bucket::full(None) } else { self.fresh(&key) };
            let joined = self.buckets.entry(key).or_insert(fresh);
            joined.on_way += bucket.on_way;
            joined.remaining = joined.remaining.saturating_sub(bucket.on_way);
            joined.blocked = joined.blocked.max(bucket.blocked);
            joined.held.extend(bucket.held);
        }
    }

    /// Forgets what is full again, whenever there are twice as many as the last time left.
    fn sweep(&mut self, now: Instant) {
        if self.buckets.len() >= FEW.max(2 * self.after_sweep) {
            self.buckets.retain(|_, bucket| !bucket.forgettable(now));
            self.after_sweep = self.buckets.len();
        }
    }
}
