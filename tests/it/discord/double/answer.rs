//! What a member is answered to a command, a press or a form.

use super::rest::ANSWERED_WITHIN;
use super::state::{Id, Interaction, State};
use super::{PATIENCE, Shared, shape_message, transcript};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

/// An interaction, and what came of it.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(super) shared: Arc<Shared>,
    pub(super) of: Id,
}

/// What Discord shows when nobody answers within three seconds.
pub(crate) const NO_RESPONSE: &str = "The application did not respond";

impl Answer {
    fn asked<T>(&self, look: impl FnOnce(&State, &Interaction) -> T) -> T {
        self.shared.look(|state| match state.interactions.get(&self.of) {
            Some(of) => look(state, of),
            None => panic!("there is no interaction {}", self.of),
        })
    }

    /// Waits for the callback; after three seconds the interaction has failed.
    pub(crate) async fn acknowledged(self) -> Answer {
        let left = self.asked(|_, of| ANSWERED_WITHIN.saturating_sub(of.begun.elapsed()));
        let answered = |state: &State| state.interactions.get(&self.of).and_then(|of| of.answered);
        if self.shared.until(left, answered).await.is_none() {
            self.shared.with(|state| {
                let of = state.interactions.get_mut(&self.of).filter(|of| of.answered.is_none());
                of.into_iter().for_each(|of| of.failed = true);
            });
        }
        self
    }

    /// Waits until it says what it has to say: a deferred answer until it is changed.
    pub(crate) async fn settled(self) -> Answer {
        let answer = self.acknowledged().await;
        // A deferred update may change nothing at all.
        let patience = if answer.kind() == Some(6) { Duration::from_secs(3) } else { PATIENCE };
        let done = |state: &State| {
            let of = state.interactions.get(&answer.of)?;
            (of.failed || of.settled || of.answered == Some(6) && !of.follow_ups.is_empty()).then_some(())
        };
        let settled = answer.shared.until(patience, done).await;
        assert!(settled.is_some() || answer.kind() == Some(6), "the application is still thinking …");
        answer
    }

    /// Where the application answers it, for tests that do so themselves.
    pub(crate) fn callback_path(&self) -> String {
        self.asked(|_, of| format!("/interactions/{}/{}/callback", of.id, of.token))
    }

    /// Where its messages are changed (`@original`) and follow.
    pub(crate) fn webhook_path(&self) -> String {
        self.asked(|state, of| format!("/webhooks/{}/{}", state.application, of.token))
    }

    /// Waits for so many follow-ups; their messages.
    pub(crate) async fn follow_ups(&self, number: usize) -> Vec<Id> {
        let enough = |state: &State| Some(state.interactions.get(&self.of)?.follow_ups.clone()).filter(|all| all.len() >= number);
        let all = self.shared.until(PATIENCE, enough).await;
        all.unwrap_or_else(|| panic!("there are no {number} follow-ups to {}", self.of))
    }

    /// The callback's type: 4 a message, 5 a message later, 6 an update later, 7 an update, 8 choices, 9 a form.
    pub(crate) fn kind(&self) -> Option<u8> {
        self.asked(|_, of| of.answered)
    }

    /// Nobody answered within three seconds.
    pub(crate) fn failed(&self) -> bool {
        self.asked(|_, of| of.failed)
    }

    /// The message that answers, or that was updated.
    pub(crate) fn message(&self) -> Id {
        self.asked(|state, of| of.original.filter(|m| state.message(*m).is_some()))
            .unwrap_or_else(|| panic!("there is no message in the answer: {}", self.text()))
    }

    /// The message as JSON.
    pub(crate) fn json(&self) -> Value {
        self.asked(|state, of| of.original.and_then(|m| state.message(m)).map_or(Value::Null, |m| shape_message::message(state, m)))
    }

    /// Only who asked sees it.
    pub(crate) fn private(&self) -> bool {
        self.asked(|state, of| of.original.and_then(|m| state.message(m)).is_some_and(|m| m.only_for.is_some()))
    }

    /// The form it is, if it is one.
    pub(crate) fn form(&self) -> Option<Value> {
        self.asked(|_, of| of.modal.clone())
    }

    /// Names and values that complete an option.
    pub(crate) fn choices(&self) -> Vec<(String, Value)> {
        let choices = self.asked(|_, of| of.choices.clone()).unwrap_or_else(|| panic!("no choices: {}", self.text()));
        choices.iter().map(|one| (one["name"].as_str().unwrap_or_default().to_owned(), one["value"].clone())).collect()
    }

    /// What is read.
    pub(crate) fn text(&self) -> String {
        self.asked(|state, of| match (of.failed, &of.modal, of.original.and_then(|m| state.message(m))) {
            (true, ..) => NO_RESPONSE.to_owned(),
            (_, Some(form), _) => transcript::form(form),
            (_, _, Some(message)) => transcript::message(state, message),
            _ => String::new(),
        })
    }
}
