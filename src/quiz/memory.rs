//! When a question is due again: FSRS, with what an answer earned as its rating.

use crate::bank::Hundredths;
use chrono::DateTime;
use jiff::Timestamp;
use rs_fsrs::{Card, FSRS, Rating};

/// Below this an answer counts as missed, and the question comes back soon.
pub(super) const MISSED: Hundredths = 600;

/// What the scheduler remembers after an answer, and when the question is due again.
pub(super) fn after(memory: Option<Card>, earned: Hundredths, now: Timestamp) -> (Card, Timestamp) {
    let at = DateTime::from_timestamp(now.as_second(), 0).unwrap_or_default();
    let fresh = || Card { due: at, last_review: at, ..Card::default() };
    let card = FSRS::default().next(memory.unwrap_or_else(fresh), at, rating(earned)).card;
    let due = Timestamp::from_second(card.due.timestamp()).unwrap_or(now);
    (card, due)
}

fn rating(earned: Hundredths) -> Rating {
    match earned {
        ..MISSED => Rating::Again,
        MISSED..800 => Rating::Hard,
        800..1000 => Rating::Good,
        _ => Rating::Easy,
    }
}

#[cfg(test)]
mod tests {
    use super::after;

    #[test]
    fn what_was_missed_is_due_sooner() {
        let now = "2026-11-24T09:00:00Z".parse().expect("an instant");
        let dues: Vec<_> = [0, 650, 850, 1000].map(|earned| after(None, earned, now).1).to_vec();
        assert!(dues.is_sorted(), "{dues:?}");
        assert!(dues[0] > now && dues[3] > dues[0]);
    }
}
