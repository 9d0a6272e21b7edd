//! A Discord of our own: REST and gateway on loopback, people who type and press, and faults on demand.
//!
//! Everything it is sent and everything it says is checked; what was wrong fails the test in [`Discord::end`].

mod answer;
mod check;
mod gateway;
mod interaction;
mod limits;
mod people;
pub(crate) mod permissions;
mod rest;
mod script;
mod server;
mod shape;
mod shape_message;
mod state;
mod transcript;
mod trouble;
mod typed;

pub(crate) use answer::Answer;
pub(crate) use limits::Limit;
pub(crate) use people::{Member, leaves};
pub(crate) use script::Fault;
pub(crate) use server::{Place, Server};
pub(crate) use state::{Id, Now, Seen};

use gateway::{Happening, Out};
use jiff::Timestamp;
use state::State;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// So long anything is waited for, in real time.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The state, and word of its changes.
pub(crate) struct Shared {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes something, and wakes whoever waits.
    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.send_modify(|times| *times += 1);
        result
    }

    /// Only looks.
    fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock())
    }

    /// Looks at every change until there is something to see, or the time is over.
    async fn until<T>(&self, within: Duration, mut look: impl FnMut(&State) -> Option<T>) -> Option<T> {
        let mut changed = self.changed.subscribe();
        let seen = async {
            loop {
                changed.borrow_and_update();
                if let Some(seen) = self.look(&mut look) {
                    return Some(seen);
                }
                changed.changed().await.ok()?;
            }
        };
        tokio::time::timeout(within, seen).await.ok().flatten()
    }
}

/// A Discord of our own. It ends when it is dropped.
pub(crate) struct Discord {
    shared: Arc<Shared>,
    rest: String,
    gateway: String,
    tasks: Vec<JoinHandle<()>>,
}

impl Drop for Discord {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Discord {
    /// Started, by the wall clock.
    pub(crate) async fn start() -> Discord {
        Discord::start_at(Arc::new(Timestamp::now)).await
    }

    /// Started, with ids and times by this clock.
    pub(crate) async fn start_at(now: Now) -> Discord {
        let (rest, gateway) = (listening().await, listening().await);
        let address = |listener: &TcpListener| listener.local_addr().map(|at| at.to_string()).unwrap_or_default();
        let rest_url = format!("http://{}/api/v10", address(&rest));
        let gateway_url = format!("ws://{}", address(&gateway));
        let state = Mutex::new(State::new(now, &rest_url, gateway_url.clone()));
        let shared = Arc::new(Shared { state, changed: watch::Sender::new(0) });
        let tasks = vec![tokio::spawn(rest::serve(shared.clone(), rest)), tokio::spawn(gateway::serve(shared.clone(), gateway))];
        Discord { shared, rest: rest_url, gateway: gateway_url, tasks }
    }

    /// `http://127.0.0.1:PORT/api/v10`
    pub(crate) fn api_url(&self) -> &str {
        &self.rest
    }

    /// `ws://127.0.0.1:PORT`
    pub(crate) fn gateway_url(&self) -> &str {
        &self.gateway
    }

    pub(crate) fn token(&self) -> String {
        self.shared.look(|state| state.token.clone())
    }

    pub(crate) fn application_id(&self) -> Id {
        self.shared.look(|state| state.application)
    }

    pub(crate) fn bot_id(&self) -> Id {
        self.shared.look(|state| state.bot)
    }

    /// A new server with the bot in it, and the permissions of its invite.
    pub(crate) fn server(&self, name: &str) -> Server {
        Server::make(&self.shared, name)
    }

    /// Waits until the bot is logged in.
    pub(crate) async fn ready(&self) {
        let open = |state: &State| state.gateway.sessions.values().any(|session| session.out.is_some()).then_some(());
        assert!(self.shared.until(PATIENCE, open).await.is_some(), "the bot did not log in");
    }

    /// Waits until commands are registered, in this server or everywhere.
    pub(crate) async fn registered(&self) {
        let some = |state: &State| state.commands.values().any(|all| !all.is_empty()).then_some(());
        assert!(self.shared.until(PATIENCE, some).await.is_some(), "no commands were registered");
    }

    /// What was asked so far, oldest first.
    pub(crate) fn requests(&self) -> Vec<Seen> {
        self.requests_from(0)
    }

    /// What was asked after so many.
    pub(crate) fn requests_from(&self, number: usize) -> Vec<Seen> {
        self.shared.look(|state| state.requests[number..].to_vec())
    }

    /// How many requests came so far.
    pub(crate) fn times_asked(&self) -> usize {
        self.shared.look(|state| state.requests.len())
    }

    /// Waits for so many more requests, or until the time is over.
    pub(crate) async fn asked_more(&self, number: usize, within: Duration) {
        let enough = self.times_asked() + number;
        self.shared.until(within, |state| (state.requests.len() >= enough).then_some(())).await;
    }

    /// The next requests of a route (`POST /channels/*/messages`; empty for all) meet with this, after as many that are spared.
    pub(crate) fn fault(&self, route: &str, spared: usize, times: usize, fault: Fault) {
        self.shared.with(|state| state.script.add(route, spared, times, fault));
    }

    /// No more faults.
    pub(crate) fn no_faults(&self) {
        self.shared.with(|state| state.script.clear());
    }

    /// Discord's own rate limits from now on.
    pub(crate) fn real_limits(&self) {
        self.shared.with(|state| state.limits.be_real());
    }

    /// A route's own limit.
    pub(crate) fn limit(&self, route: &str, limit: Limit) {
        self.shared.with(|state| state.limits.own.push((route.to_owned(), limit)));
    }

    /// How often a request was refused with 429 by the limits.
    pub(crate) fn times_limited(&self) -> usize {
        self.shared.look(|state| state.limits.refused)
    }

    /// What people see, everywhere.
    pub(crate) fn transcript(&self) -> String {
        self.shared.look(transcript::all)
    }

    /// A message as people read it.
    pub(crate) fn reads(&self, message: Id) -> String {
        let read = self.shared.look(|state| state.message(message).map(|of| transcript::message(state, of)));
        read.unwrap_or_else(|| panic!("there is no message {message}"))
    }

    /// Where the newest interaction that waits is answered, for tests that do so themselves.
    pub(crate) fn unanswered(&self) -> Option<String> {
        self.shared.look(|state| {
            let newest = state.interactions.values().rev().find(|of| of.answered.is_none() && !of.failed)?;
            Some(format!("/interactions/{}/{}/callback", newest.id, newest.token))
        })
    }

    /// Requests that count towards the ban of an address: answered with 401, 403 or 429.
    pub(crate) fn invalid_requests(&self) -> usize {
        self.shared.look(|state| state.requests.iter().filter(|seen| matches!(seen.status, 401 | 403 | 429)).count())
    }

    /// Nothing is checked from now on, for measurements.
    pub(crate) fn check_nothing(&self) {
        self.shared.with(|state| state.checked = false);
    }

    /// Wrong requests and wrong answers so far.
    pub(crate) fn violations(&self) -> Vec<String> {
        self.shared.look(|state| state.violations.clone())
    }

    /// Takes what was wrong so far, for tests that mean it.
    pub(crate) fn take_violations(&self) -> Vec<String> {
        self.shared.with(|state| std::mem::take(&mut state.violations))
    }

    /// The end: nothing may have been wrong.
    pub(crate) async fn end(self) {
        let wrong = self.violations();
        assert!(wrong.is_empty(), "{} violations:\n{}", wrong.len(), wrong.join("\n"));
    }

    /// Privileged intents that are switched on in the portal; `gateway::MESSAGE_CONTENT` alone from the start.
    pub(crate) fn grant_intents(&self, message_content: bool) {
        self.shared.with(|state| state.gateway.granted = if message_content { gateway::MESSAGE_CONTENT } else { 0 });
    }

    /// How often heartbeats are asked for, in milliseconds, on connections from now on.
    pub(crate) fn heartbeat_every(&self, ms: u64) {
        self.shared.with(|state| state.gateway.heartbeat = ms);
    }

    /// Heartbeats are not acknowledged.
    pub(crate) fn withhold_acks(&self, withheld: bool) {
        self.shared.with(|state| state.gateway.acks_withheld = withheld);
    }

    /// Op 7.
    pub(crate) fn ask_to_reconnect(&self) {
        self.shared.with(|state| state.send_to_all(|| Out::Text(r#"{"op":7,"d":null,"s":null,"t":null}"#.into())));
    }

    /// Op 9; where it can't be resumed, the session is forgotten.
    pub(crate) fn invalidate(&self, resumable: bool) {
        self.shared.with(|state| {
            state.send_to_all(|| Out::Text(format!(r#"{{"op":9,"d":{resumable},"s":null,"t":null}}"#)));
            if !resumable {
                state.gateway.sessions.clear();
            }
        });
    }

    /// Every gateway connection is closed with this code.
    pub(crate) fn close_gateway(&self, code: u16) {
        self.shared.with(|state| state.send_to_all(|| Out::Close(code)));
    }

    /// Every gateway connection is torn off.
    pub(crate) fn tear_gateway(&self) {
        self.shared.with(|state| state.send_to_all(|| Out::Abort));
    }

    /// The gateway is gone, and every connection with it; or it is there again.
    pub(crate) fn take_gateway_down(&self, down: bool) {
        self.shared.with(|state| {
            state.gateway.down = down;
            if down {
                state.send_to_all(|| Out::Abort);
            }
        });
    }

    /// So many shards are asked for by `/gateway/bot`.
    pub(crate) fn ask_for_shards(&self, number: u64) {
        self.shared.with(|state| state.gateway.shards = number);
    }

    /// Sessions can't be resumed any more, so that the next login loses what happened meanwhile.
    pub(crate) fn forget_sessions(&self) {
        self.shared.with(|state| state.gateway.sessions.clear());
    }

    /// Events are neither sent nor kept.
    pub(crate) fn lose_events(&self, lost: bool) {
        self.shared.with(|state| state.gateway.lost = lost);
    }

    /// Every event is sent twice.
    pub(crate) fn deliver_twice(&self, twice: bool) {
        self.shared.with(|state| state.gateway.twice = twice);
    }

    /// Events wait, except interactions.
    pub(crate) fn withhold_events(&self) {
        self.shared.with(|state| state.gateway.withheld = Some(state.gateway.withheld.take().unwrap_or_default()));
    }

    /// What was withheld is sent, shuffled where there is a seed.
    pub(crate) fn release_events(&self, seed: Option<u64>) {
        self.shared.with(|state| {
            let mut events: Vec<Happening> = state.gateway.withheld.take().unwrap_or_default();
            if let Some(seed) = seed {
                shuffle(&mut events, seed);
            }
            events.iter().for_each(|event| state.deliver(event));
        });
    }

    /// Full logins and resumed sessions so far.
    pub(crate) fn logins(&self) -> (usize, usize) {
        self.shared.look(|state| (state.gateway.identified, state.gateway.resumed))
    }

    /// Waits until there are so many full logins and resumed sessions.
    pub(crate) async fn logged_in(&self, identified: usize, resumed: usize) {
        let enough = |state: &State| (state.gateway.identified >= identified && state.gateway.resumed >= resumed).then_some(());
        let seen = self.shared.until(PATIENCE, enough).await;
        assert!(seen.is_some(), "wanted {identified} logins and {resumed} resumed, there are {:?}", self.logins());
    }

    /// Waits until a request to this route was answered with this status (any where 0), among those after the first `from`.
    pub(crate) async fn asked(&self, route: &str, status: u16, from: usize) -> Seen {
        let fits = |seen: &&Seen| seen.is(route) && (status == 0 || status == seen.status);
        let seen = self.shared.until(PATIENCE, |state| state.requests.iter().skip(from).find(fits).cloned()).await;
        seen.unwrap_or_else(|| panic!("no {route} with {status} came"))
    }

    /// The commands as they are registered, everywhere or in a server.
    pub(crate) fn commands(&self, server: Option<&Server>) -> Vec<serde_json::Value> {
        self.shared.look(|state| state.commands.get(&server.map(|server| server.id)).cloned().unwrap_or_default())
    }
}

impl Seen {
    /// It went to this route, as in `POST /channels/*/messages`.
    pub(crate) fn is(&self, route: &str) -> bool {
        route.split_once(' ').is_some_and(|(method, path)| self.method == method && like(path, &self.path))
    }
}

fn like(pattern: &str, path: &str) -> bool {
    let (want, have): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    want.len() == have.len() && want.iter().zip(&have).all(|(want, have)| *want == "*" || want == have)
}

/// Fisher and Yates, by a small generator: the same order for the same seed.
fn shuffle<T>(all: &mut [T], seed: u64) {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    for at in (1..all.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(state >> 33).unwrap_or(0) % (at + 1);
        all.swap(at, other);
    }
}

async fn listening() -> TcpListener {
    match TcpListener::bind("127.0.0.1:0").await {
        Ok(listener) => listener,
        Err(refused) => panic!("no port for the double: {refused}"),
    }
}
