//! Counts invalid requests (401, 403, 429), for which Discord bans an address that has too many, and stops long before that.

use super::limits::Limits;
use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::Instant;

/// The span is counted in so many parts.
const PARTS: u32 = 60;

pub(super) struct Invalid {
    window: Duration,
    part: Duration,
    stops_bulk: u32,
    stops_all: u32,
    /// When each part began, and its count.
    parts: VecDeque<(Instant, u32)>,
    /// Whoever runs the bot was told that bulk stands.
    told: bool,
}

impl Invalid {
    pub(super) fn new(limits: &Limits) -> Invalid {
        Invalid {
            window: limits.invalid_window,
            part: limits.invalid_window / PARTS,
            stops_bulk: limits.invalid_stops_bulk.max(1),
            stops_all: limits.invalid_stops_all.max(1),
            parts: VecDeque::new(),
            told: false,
        }
    }

    pub(super) fn count(&mut self, now: Instant) {
        match self.parts.back_mut() {
            Some((began, count)) if now < *began + self.part => *count += 1,
            _ => self.parts.push_back((now, 1)),
        }
    }

    /// Until when nothing of this lane may go.
    pub(super) fn stopped(&mut self, bulk: bool, now: Instant) -> Option<Instant> {
        // A part is gone when the last that may be counted in it is.
        let gone = self.window + self.part;
        while self.parts.front().is_some_and(|(began, _)| *began + gone <= now) {
            self.parts.pop_front();
        }
        let mut left: u32 = self.parts.iter().map(|(_, count)| count).sum();
        self.tell(left);
        let most = if bulk { self.stops_bulk.min(self.stops_all) } else { self.stops_all };
        let mut until = None;
        for (began, count) in &self.parts {
            if left < most {
                break;
            }
            left -= count;
            until = Some(*began + gone);
        }
        until
    }

    fn tell(&mut self, counted: u32) {
        let stopped = counted >= self.stops_bulk;
        if stopped && !self.told {
            let minutes = self.window.as_secs() / 60;
            tracing::error!(counted, minutes, "Discord refused so many requests that posts wait; see the refusals above for what to mend");
        } else if !stopped && self.told {
            tracing::info!(counted, "Discord's refusals are few again; posts go on");
        }
        self.told = stopped;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bulk_stops_first_and_goes_on_when_enough_have_left_the_span() {
        let mut invalid = Invalid::new(&Limits { invalid_stops_bulk: 10, invalid_stops_all: 20, ..Limits::DISCORD });
        let start = Instant::now();
        let after = |seconds| start + Duration::from_secs(seconds);
        for second in 0..19 {
            invalid.count(after(second * 10));
            let counted = second + 1;
            assert_eq!(invalid.stopped(true, after(second * 10)).is_some(), counted >= 10, "{counted}");
        }
        // Nine may stay: the tenth of nineteen must have gone.
        assert_eq!(invalid.stopped(true, after(190)), Some(after(90 + 610)));
        assert_eq!(invalid.stopped(false, after(190)), None);
        invalid.count(after(190));
        assert_eq!(invalid.stopped(false, after(190)), Some(after(610)));
        assert_eq!(invalid.stopped(false, after(611)), None);
        assert_eq!(invalid.stopped(true, after(800)), None);
    }
}
