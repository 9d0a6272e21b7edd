//! Faults that a test asks for: which requests they befall, and how often.

use super::rest::Request;
use std::time::Duration;

/// What befalls a request.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// This status, and nothing is done.
    Status(u16),
    /// It is done, but this status is given: the answer is lost.
    StatusAfter(u16),
    /// 429.
    TooMany { after: Duration, global: bool },
    /// It is done after this time.
    Slow(Duration),
    /// It is done at once, and answered after this time.
    SlowAfter(Duration),
    /// The connection is closed, and nothing is done.
    Closed,
    /// The connection is closed after it was done.
    ClosedAfter,
}

/// Faults that are still to come.
#[derive(Debug, Default)]
pub(crate) struct Script {
    waiting: Vec<Waiting>,
}

#[derive(Debug)]
struct Waiting {
    /// `POST /channels/*/messages`; empty for every request.
    route: String,
    skip: usize,
    times: usize,
    fault: Fault,
}

impl Script {
    pub(crate) fn add(&mut self, route: &str, skip: usize, times: usize, fault: Fault) {
        self.waiting.push(Waiting { route: route.to_owned(), skip, times, fault });
    }

    pub(crate) fn clear(&mut self) {
        self.waiting.clear();
    }

    /// The fault of this request.
    pub(crate) fn take(&mut self, request: &Request) -> Option<Fault> {
        let mut taken = None;
        for waiting in self.waiting.iter_mut().filter(|waiting| matches(&waiting.route, request)) {
            if waiting.skip > 0 {
                waiting.skip -= 1;
            } else if taken.is_none() {
                waiting.times -= 1;
                taken = Some(waiting.fault.clone());
            }
        }
        self.waiting.retain(|waiting| waiting.times > 0);
        taken
    }
}

/// The request is one of the route: `*` stands for one part of the path.
pub(crate) fn matches(route: &str, request: &Request) -> bool {
    let Some((method, path)) = route.split_once(' ') else { return true };
    let (want, have): (Vec<_>, Vec<_>) = (path.split('/').collect(), request.path.split('/').collect());
    let same = |(want, have): (&&str, &&str)| *want == "*" || want == have;
    (method == "*" || method == request.method) && want.len() == have.len() && want.iter().zip(&have).all(same)
}
