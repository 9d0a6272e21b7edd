//! Waiting for one's turn at the gate, and leaving it in order, also where a caller stops waiting.

use super::gate::{Counts, Gate, Line, Outcome, Ticket};
use super::limits::Limits;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

/// The gate, and the task that looks at it when time has come.
pub(super) struct Turns {
    gate: Mutex<Gate>,
    /// The task should look again: something comes earlier than it thought.
    changed: Arc<Notify>,
}

/// A turn that was given. Dropped without an outcome, its answer counts as lost.
pub(super) struct Turn {
    turns: Arc<Turns>,
    ticket: Option<Ticket>,
}

/// A place in line, given up when dropped.
struct Waiting<'a> {
    turns: &'a Arc<Turns>,
    ticket: oneshot::Receiver<Ticket>,
}

impl Turns {
    /// Starts the task, which ends with the last owner.
    pub(super) fn new(limits: &Limits, runtime: &tokio::runtime::Handle) -> Arc<Turns> {
        let changed = Arc::new(Notify::new());
        let turns = Arc::new(Turns { gate: Mutex::new(Gate::new(limits)), changed: Arc::clone(&changed) });
        runtime.spawn(watch(Arc::downgrade(&turns), changed));
        turns
    }

    fn gate(&self) -> MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn number(&self) -> u64 {
        self.gate().number()
    }

    pub(super) fn counts(&self) -> Counts {
        self.gate().counts()
    }

    /// Waits for a turn until `deadline`.
    ///
    /// # Errors
    /// How long it would have been to wait still, as far as anybody knows; at once where that is certainly too long.
    pub(super) async fn take(self: &Arc<Turns>, line: Line, number: u64, deadline: Instant) -> Result<Turn, Duration> {
        let ticket = {
            let (mut gate, now) = (self.gate(), Instant::now());
            let opens = gate.opens(line, now);
            if opens > deadline {
                return Err(opens - now);
            }
            let ticket = gate.wait(line, number);
            self.look(&mut gate, now);
            ticket
        };
        let mut waiting = Waiting { turns: self, ticket };
        if let Ok(Ok(ticket)) = tokio::time::timeout_at(deadline, &mut waiting.ticket).await {
            return Ok(Turn { turns: Arc::clone(self), ticket: Some(ticket) });
        }
        drop(waiting);
        let now = Instant::now();
        Err(self.gate().opens(line, now) - now)
    }

    fn look(&self, gate: &mut Gate, now: Instant) {
        if gate.poll(now).is_some() {
            self.changed.notify_one();
        }
    }
}

impl Drop for Turns {
    fn drop(&mut self) {
        self.changed.notify_one();
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.ticket.close();
        // It may have been given just now.
        if let Ok(ticket) = self.ticket.try_recv() {
            let (mut gate, now) = (self.turns.gate(), Instant::now());
            gate.unused(&ticket, now);
            self.turns.look(&mut gate, now);
        }
    }
}

impl Turn {
    /// What became of the request.
    pub(super) fn end(mut self, outcome: &Outcome) {
        self.settle(outcome);
    }

    fn settle(&mut self, outcome: &Outcome) {
        if let Some(ticket) = self.ticket.take() {
            let (mut gate, now) = (self.turns.gate(), Instant::now());
            gate.answered(&ticket, outcome, now);
            self.turns.look(&mut gate, now);
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.settle(&Outcome::default());
    }
}

/// Looks at the gate whenever time lets somebody go.
async fn watch(turns: Weak<Turns>, changed: Arc<Notify>) {
    loop {
        let wake = match turns.upgrade() {
            Some(turns) => turns.gate().poll(Instant::now()),
            None => return,
        };
        match wake {
            None => changed.notified().await,
            Some(wake) => tokio::select! {
                () = tokio::time::sleep_until(wake) => {}
                () = changed.notified() => {}
            },
        }
    }
}
