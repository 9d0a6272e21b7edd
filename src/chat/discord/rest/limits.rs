//! What the sender keeps to, as data: Discord's limits, the distance kept from them, and how long anything may take.

use std::time::Duration;

/// How fast, how often and for how long. [`Limits::DISCORD`] is what Discord allows a bot.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Requests in any [`Limits::window`], all lanes together. [`Limits::LIFTED`] means no limit.
    pub requests: u32,
    /// The span in which they are counted.
    pub window: Duration,
    /// The share of `requests` at which bulk goes out, evenly spaced: above 0.9, so that a backlog goes at 90 % of what is allowed.
    pub bulk_share: f64,
    /// The share of `requests` that bulk never takes: an answer that comes in the middle of a backlog finds one free.
    pub left_free: f64,
    /// Nobody knows when a request arrived, only that it was between sending and its answer, and two may arrive closer together than
    /// they were sent. Each is counted for longer than the window by as much as its answer came later than the quickest of late: by at
    /// least this much…
    pub least_transit: Duration,
    /// …and at most this much, since answers differ by the work they take, too…
    pub most_transit: Duration,
    /// …unless it came so much later that the request itself was surely held up on its way…
    pub held_up: Duration,
    /// …or there is none yet: then by as much as that, but at most this.
    pub longest_transit: Duration,
    /// The span in which invalid requests (401, 403, 429) are counted.
    pub invalid_window: Duration,
    /// So many of them in the span, and bulk stops until some have left it. Discord bans an address at 10,000.
    pub invalid_stops_bulk: u32,
    /// So many, and everything stops.
    pub invalid_stops_all: u32,
    /// The longest wait before the second attempt after a fault; it doubles with each further one. The wait is drawn between nothing and
    /// that (full jitter), so that those who failed together don't come back together.
    pub first_backoff: Duration,
    /// The longest it grows to.
    pub most_backoff: Duration,
    /// How long a connection may take to be made. Short, since what was surely not sent can be tried again.
    pub connect: Duration,
    /// How long one attempt may take.
    pub attempt: Duration,
    /// How long a call may take, waiting and all attempts together: well within [`crate::chat::delivery::LEASE`].
    pub patience: Duration,
    /// So much of that must be left for an attempt to begin, or a quarter where the whole is short: one that is cut off leaves its fate
    /// unclear.
    pub least_left: Duration,
    /// As `patience`, for the first answer to an interaction, which Discord awaits for 3 s.
    pub callback: Duration,
}

impl Limits {
    /// As many [`Limits::requests`] as one likes.
    pub const LIFTED: u32 = u32::MAX;

    /// Discord's.
    pub const DISCORD: Limits = Limits {
        requests: 50,
        window: Duration::from_secs(1),
        bulk_share: 0.94,
        left_free: 0.04,
        least_transit: Duration::from_millis(20),
        most_transit: Duration::from_millis(50),
        held_up: Duration::from_millis(80),
        longest_transit: Duration::from_millis(500),
        invalid_window: Duration::from_secs(600),
        invalid_stops_bulk: 1_000,
        invalid_stops_all: 5_000,
        first_backoff: Duration::from_millis(250),
        most_backoff: Duration::from_secs(5),
        connect: Duration::from_secs(2),
        attempt: Duration::from_secs(10),
        patience: Duration::from_secs(25),
        least_left: Duration::from_secs(2),
        callback: Duration::from_millis(2_500),
    };
}
