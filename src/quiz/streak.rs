//! How many scheduled rounds in a row a member answered.

use jiff::civil::Date;

/// One scheduled daily, as it went for one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheduled {
    /// The schedule's local date, as stored when the round was opened.
    pub date: Date,
    /// It is closed.
    pub closed: bool,
    /// The member answered before the close.
    pub answered: bool,
    /// The member had said that they would be away.
    pub away: bool,
}

/// A row of scheduled rounds answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Streak {
    /// The row that still runs, in rounds.
    pub current: u32,
    /// The longest row ever, in rounds.
    pub best: u32,
}

/// Counts the streak of one member over their scheduled rounds, newest first.
///
/// An answered round counts. A round missed breaks the row when it closes, not while it can still be answered. A round
/// of a day on which the member is away is as if it had not been: it neither counts nor breaks, answered or not.
pub fn streak(newest_first: &[Scheduled]) -> Streak {
    let mut runs = Streak::default();
    for round in newest_first.iter().rev() {
        if round.away {
            continue;
        }
        if round.answered {
            runs.current += 1;
            runs.best = runs.best.max(runs.current);
        } else if round.closed {
            runs.current = 0;
        }
    }
    runs
}
