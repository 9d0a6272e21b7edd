//! The bot's global limit: how many requests may be on their way or just behind us, and when the next one of bulk is due.

use super::limits::Limits;
use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;
use tokio::time::Instant;

/// A place in the window that a request holds until the time in it. The number tells places apart.
pub(super) type Place = (Instant, u64);

/// What was sent lately, and the even pace of bulk.
pub(super) struct Pace {
    requests: usize,
    bulk_requests: usize,
    limits: Limits,
    /// How long the answers of late took.
    late: VecDeque<Duration>,
    spacing: Duration,
    /// Held places, the first to be free first. Never more than `requests`.
    places: BTreeSet<Place>,
    numbered: u64,
    next_bulk: Option<Instant>,
}

/// More than can be on their way at once, so that a hiccup doesn't pass for the usual.
const OF_LATE: usize = 128;
/// How many turns bulk may catch up at once after a hiccup of the machine.
const CATCH_UP: u32 = 4;

impl Pace {
    pub(super) fn new(limits: &Limits) -> Pace {
        let lifted = limits.requests == Limits::LIFTED;
        let requests = if lifted { usize::MAX } else { usize::try_from(limits.requests.max(1)).unwrap_or(usize::MAX) };
        // At least one is left for answers, where there are two or more.
        let free = (f64::from(limits.requests) * limits.left_free).ceil().max(1.0);
        let bulk_requests = if lifted { usize::MAX } else { requests.saturating_sub(free as usize).max(1) };
        let spacing =
            if lifted { Duration::ZERO } else { limits.window.div_f64((f64::from(limits.requests) * limits.bulk_share).max(0.01)) };
        Pace {
            requests,
            bulk_requests,
            limits: limits.clone(),
            late: VecDeque::new(),
            spacing,
            places: BTreeSet::new(),
            numbered: 0,
            next_bulk: None,
        }
    }

    /// When an answer may go; what is not later than `now` means at once.
    pub(super) fn answers_at(&mut self, now: Instant) -> Instant {
        self.free_at(self.requests, now)
    }

    /// When the next one of bulk may go.
    pub(super) fn bulk_at(&mut self, now: Instant) -> Instant {
        let free = self.free_at(self.bulk_requests, now);
        self.next_bulk.map_or(free, |next| free.max(next))
    }

    /// When fewer than `most` places are held.
    fn free_at(&mut self, most: usize, now: Instant) -> Instant {
        while self.places.first().is_some_and(|(until, _)| *until <= now) {
            self.places.pop_first();
        }
        let over = self.places.len().checked_sub(most);
        over.and_then(|over| self.places.iter().nth(over)).map_or(now, |(until, _)| *until)
    }

    /// One goes now.
    pub(super) fn take(&mut self, bulk: bool, now: Instant) -> Option<Place> {
        if self.requests == usize::MAX {
            return None;
        }
        if bulk {
            let earliest = now.checked_sub(self.spacing * CATCH_UP).unwrap_or(now);
            self.next_bulk = Some(self.next_bulk.unwrap_or(now).max(earliest) + self.spacing);
        }
        self.numbered += 1;
        let place = (now + self.limits.window + self.limits.longest_transit, self.numbered);
        self.places.insert(place);
        Some(place)
    }

    /// Its answer is here: it surely arrived by now, so its place may be free earlier.
    pub(super) fn answered(&mut self, place: Place, now: Instant) {
        let Limits { window, least_transit, most_transit, held_up, longest_transit, .. } = self.limits;
        let (latest, number) = place;
        let sent = latest - window - longest_transit;
        let took = now - sent;
        if self.late.len() == OF_LATE {
            self.late.pop_front();
        }
        self.late.push_back(took);
        if self.places.remove(&place) {
            let usual = self.late.iter().min().copied().unwrap_or_default();
            let later = took - usual;
            let transit = if later <= held_up { later.clamp(least_transit, most_transit) } else { later.min(longest_transit) };
            self.places.insert((sent + window + transit, number));
        }
    }

    /// It was not sent after all.
    pub(super) fn unused(&mut self, place: Place) {
        self.places.remove(&place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends as fast as it is let for `seconds`, answers whenever asked for; each arrives after `transit`. The times of arrival.
    fn run(seconds: u64, transit: impl Fn(u64) -> Duration, answer_every: Option<u64>) -> (Vec<(Instant, bool)>, Duration) {
        let start = Instant::now();
        let mut pace = Pace::new(&Limits::DISCORD);
        let (mut arrived, mut on_way, mut longest) = (Vec::new(), BTreeSet::new(), Duration::ZERO);
        let mut asked = None;
        for ms in 0..seconds * 1_000 {
            let now = start + Duration::from_millis(ms);
            while let Some((at, place)) = on_way.first().copied().filter(|(at, _)| *at <= now) {
                on_way.remove(&(at, place));
                pace.answered(place, now);
            }
            if answer_every.is_some_and(|every| ms % every == 0) {
                asked = Some(now);
            }
            if let Some(since) = asked.filter(|_| pace.answers_at(now) <= now) {
                longest = longest.max(now - since);
                asked = None;
                let place = pace.take(false, now).unwrap();
                on_way.insert((now + transit(ms), place));
                arrived.push((now + transit(ms), false));
            }
            while pace.bulk_at(now) <= now {
                let place = pace.take(true, now).unwrap();
                on_way.insert((now + transit(ms), place));
                arrived.push((now + transit(ms), true));
            }
        }
        arrived.sort();
        (arrived, longest)
    }

    fn most_in_a_second(arrived: &[(Instant, bool)]) -> usize {
        let within = |first: Instant| move |(at, _): &&(Instant, bool)| *at - first < Duration::from_secs(1);
        (0..arrived.len()).map(|i| arrived[i..].iter().take_while(within(arrived[i].0)).count()).max().unwrap_or(0)
    }

    #[test]
    fn a_backlog_goes_at_nine_tenths_of_the_limit_and_never_over_it() {
        for transit in [1, 30, 250] {
            let (arrived, _) = run(60, |_| Duration::from_millis(transit), None);
            assert!(arrived.len() >= 60 * 45, "{transit} ms: {}", arrived.len());
            assert!(most_in_a_second(&arrived) <= 50, "{transit} ms: {}", most_in_a_second(&arrived));
        }
    }

    #[test]
    fn uneven_ways_do_not_break_the_limit() {
        let (arrived, _) = run(60, |ms| Duration::from_millis(ms * 7_919 % 50), None);
        assert!(most_in_a_second(&arrived) <= 50, "{}", most_in_a_second(&arrived));
    }

    #[test]
    fn what_is_held_up_on_its_way_does_not_break_the_limit() {
        // Every ten seconds nothing gets through for 0.4 s.
        let (arrived, _) = run(60, |ms| Duration::from_millis(if ms % 10_000 > 9_600 { 10_000 - ms % 10_000 } else { 2 }), None);
        assert!(most_in_a_second(&arrived) <= 50, "{}", most_in_a_second(&arrived));
        assert!(arrived.len() >= 60 * 44, "{}", arrived.len());
    }

    #[test]
    fn answers_go_also_while_nothing_is_answered() {
        let (_, longest) = run(30, |_| Duration::from_secs(10), Some(250));
        assert!(longest <= Duration::from_millis(60), "{longest:?}");
    }

    #[test]
    fn answers_go_at_once_in_the_middle_of_a_backlog() {
        let (arrived, longest) = run(60, |_| Duration::from_millis(2), Some(250));
        assert!(longest <= Duration::from_millis(30), "{longest:?}");
        assert_eq!(arrived.iter().filter(|(_, bulk)| !bulk).count(), 240);
        assert!(most_in_a_second(&arrived) <= 50);
    }
}
