//! The replay behind the fold: one event after the other, and what stands after each.

use super::{ATTEMPTS, Aside, Attempt, Event, Fold, Kind, PAUSE, QUIET, Round, Said, Via, Why};
use crate::quiz::substance::{self, Substance};
use jiff::Timestamp;

/// An attempt while the replay goes on.
#[derive(Clone)]
struct Open {
    number: u32,
    parts: Vec<Part>,
    at: Timestamp,
    last: Timestamp,
    late: bool,
    sealed: bool,
    withdrawn: bool,
}

/// One message's share of an attempt.
#[derive(Clone)]
struct Part {
    id: String,
    text: String,
}

impl Open {
    fn holds(&self, id: &str) -> bool {
        self.parts.iter().any(|part| part.id == id)
    }

    fn text(&self) -> String {
        joined(&self.parts)
    }

    fn finished(&self) -> Attempt {
        Attempt {
            number: self.number,
            ids: self.parts.iter().map(|part| part.id.clone()).collect(),
            text: self.text(),
            at: self.at,
            last: self.last,
            late: self.late,
            withdrawn: self.withdrawn,
        }
    }
}

fn joined(parts: &[Part]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// What is known so far while the events are gone through.
pub(super) struct Replay<'a> {
    round: &'a Round<'a>,
    attempts: Vec<Open>,
    asides: Vec<Aside>,
    /// The last number given out.
    numbers: u32,
    /// *Try again* was pressed and not used yet.
    again: bool,
    /// The member's last message of the run that the last attempt began, while it goes on.
    run: Option<Timestamp>,
    /// When somebody else last spoke.
    others: Option<Timestamp>,
}

impl<'a> Replay<'a> {
    /// Nothing has happened yet.
    pub(super) fn new(round: &'a Round<'a>) -> Self {
        Self { round, attempts: Vec::new(), asides: Vec::new(), numbers: 0, again: false, run: None, others: None }
    }

    /// What stands when all has been taken.
    pub(super) fn finished(self) -> Fold {
        Fold { attempts: self.attempts.iter().map(Open::finished).collect(), asides: self.asides }
    }

    /// Takes the next event.
    pub(super) fn take(&mut self, event: &Event) {
        match (event.kind, event.about) {
            (Kind::Said, Some((said, text))) => self.say(said, text, event.at),
            (Kind::Edited, Some((said, text))) => self.edit(said, text, event.at),
            (Kind::Deleted, Some((said, _))) => self.delete(&said.id, event.at),
            (Kind::OtherSpoke, _) => self.others = Some(event.at),
            (Kind::PressedAgain, _) => self.again = true,
            (Kind::Opened, _) => {
                self.run = None;
                self.seal();
            }
            // The run goes on past the close, so that what follows can still get feedback.
            (Kind::Closed, _) => self.seal(),
            (Kind::Said | Kind::Edited | Kind::Deleted, None) => {}
        }
    }

    fn seal(&mut self) {
        self.attempts.iter_mut().for_each(|attempt| attempt.sealed = true);
    }

    /// Takes a message as said at a time.
    fn say(&mut self, said: &Said, text: &str, at: Timestamp) {
        self.asides.retain(|aside| aside.id != said.id);
        let read = self.read(text);
        let why = match (&read, said.via) {
            _ if at < self.round.opens => Some(Why::BeforeOpening),
            _ if text.chars().count() > substance::LONGEST => Some(Why::TooLong),
            (Substance::Explicit(rest), via) => self.begin(&said.id, rest, at, via),
            (Substance::DontKnow | Substance::Unreadable, Via::Form) => why(&read),
            (_, Via::Form) => self.begin(&said.id, text.trim(), at, Via::Form),
            (_, Via::Thread) if said.reply_to.is_some() => Some(Why::Reply),
            (_, Via::Thread) => self.say_plainly(&said.id, text, &read, at),
        };
        if let Some(why) = why {
            self.note(&said.id, at, why);
        }
    }

    /// Takes a message in the thread that replies to nobody and doesn't begin with `answer:`; tells why it made nothing.
    fn say_plainly(&mut self, id: &str, text: &str, read: &Substance, at: Timestamp) -> Option<Why> {
        let follows = !self.again && self.follows(at);
        if follows {
            self.run = Some(at);
            return match read {
                Substance::Answer | Substance::Unclear => self.join(id, text, at),
                talk => why(talk),
            };
        }
        let stands = !self.attempts.is_empty();
        match read {
            Substance::Answer if self.again || !stands => self.begin(id, text.trim(), at, Via::Thread),
            talk if self.again || !stands => why(talk),
            _ => Some(Why::Later),
        }
    }

    /// Tells whether a message at this time goes on with the run.
    fn follows(&self, at: Timestamp) -> bool {
        self.run.is_some_and(|last| {
            let alone = self.others.is_none_or(|spoke| spoke < last);
            let gap = at.duration_since(last);
            gap <= PAUSE || (alone && gap <= QUIET)
        })
    }

    /// Begins an attempt with one message, or tells why not.
    fn begin(&mut self, id: &str, text: &str, at: Timestamp, via: Via) -> Option<Why> {
        let part = Part { id: id.to_owned(), text: text.to_owned() };
        let why = self.push(vec![part], at);
        match why {
            // A copy uses nothing up: neither the press nor the run.
            Some(Why::Copied) => {}
            _ => {
                self.again = false;
                self.run = (why.is_none() && via == Via::Thread).then_some(at);
            }
        }
        why
    }

    /// Adds an attempt, or tells why not.
    fn push(&mut self, parts: Vec<Part>, at: Timestamp) -> Option<Why> {
        if (self.round.copied)(&joined(&parts), at) {
            return Some(Why::Copied);
        }
        if self.attempts.len() >= ATTEMPTS {
            return Some(Why::NoAttemptLeft);
        }
        // A run is the last attempt's.
        self.run = None;
        self.numbers += 1;
        self.attempts.push(Open {
            number: self.numbers,
            parts,
            at,
            last: at,
            late: at >= self.round.closes,
            sealed: false,
            withdrawn: false,
        });
        None
    }

    /// Joins a message to the last attempt, or tells why not.
    fn join(&mut self, id: &str, text: &str, at: Timestamp) -> Option<Why> {
        let attempt = self.attempts.last_mut()?;
        let mut parts = attempt.parts.clone();
        parts.push(Part { id: id.to_owned(), text: text.trim().to_owned() });
        let whole = joined(&parts);
        if whole.chars().count() > substance::LONGEST {
            return Some(Why::TooLong);
        }
        if (self.round.copied)(text, at) {
            return Some(Why::Copied);
        }
        if attempt.sealed {
            let why = self.push(parts, at);
            self.run = Some(at);
            return why;
        }
        attempt.parts = parts;
        attempt.last = at;
        if (self.round.copied)(&whole, at) {
            self.give_back_copy(at);
        }
        None
    }

    /// Takes back the last attempt, which became a copy: it was none.
    fn give_back_copy(&mut self, at: Timestamp) {
        self.run = None;
        for part in self.attempts.pop().into_iter().flat_map(|attempt| attempt.parts) {
            self.note(&part.id, at, Why::Copied);
        }
    }

    /// Takes an edit.
    fn edit(&mut self, said: &Said, text: &str, at: Timestamp) {
        let Some(holder) = self.attempts.iter().rposition(|attempt| !attempt.withdrawn && attempt.holds(&said.id)) else {
            return self.say(said, text, at);
        };
        let read = self.read(text);
        let text = match &read {
            _ if text.chars().count() > substance::LONGEST => return self.note(&said.id, at, Why::TooLong),
            Substance::Explicit(rest) => Some(rest.as_str()),
            Substance::Answer | Substance::Unclear => Some(text.trim()),
            _ => None,
        };
        match (self.attempts[holder].sealed, text) {
            (true, None) => self.note(&said.id, at, Why::EditWithoutEffect),
            (true, Some(text)) => self.edit_sealed(holder, &said.id, text, at),
            (false, None) => {
                self.drop_part(holder, &said.id);
                self.note(&said.id, at, why(&read).unwrap_or(Why::Unclear));
            }
            (false, Some(text)) => self.edit_in_place(holder, &said.id, text, at),
        }
    }

    fn edit_in_place(&mut self, holder: usize, id: &str, text: &str, at: Timestamp) {
        let attempt = &mut self.attempts[holder];
        attempt.parts = with_text(&attempt.parts, id, text);
        if (self.round.copied)(&attempt.text(), at) {
            for part in self.attempts.remove(holder).parts {
                self.note(&part.id, at, Why::Copied);
            }
            self.run = None;
        }
    }

    /// An edit after the breakdown was opened, or after the close, is a new attempt.
    fn edit_sealed(&mut self, holder: usize, id: &str, text: &str, at: Timestamp) {
        let attempt = &self.attempts[holder];
        let parts = with_text(&attempt.parts, id, text);
        if words(&joined(&parts)) == words(&attempt.text()) {
            return;
        }
        if let Some(why) = self.push(parts, at) {
            self.note(id, at, why);
        }
    }

    /// Takes a deletion: what was said is out of every attempt.
    fn delete(&mut self, id: &str, at: Timestamp) {
        let mut remainder = None;
        let mut kept_by_another = false;
        for holder in (0..self.attempts.len()).rev().filter(|n| self.attempts[*n].holds(id)).collect::<Vec<_>>() {
            if !self.attempts[holder].sealed {
                kept_by_another = true;
                self.drop_part(holder, id);
                continue;
            }
            let attempt = &mut self.attempts[holder];
            attempt.parts.retain(|part| part.id != id);
            if !attempt.withdrawn {
                attempt.withdrawn = true;
                remainder = remainder.or_else(|| Some(attempt.parts.clone()));
            }
            if holder + 1 == self.attempts.len() {
                self.run = None;
            }
        }
        self.asides.retain(|aside| aside.id != id);
        self.note(id, at, Why::Deleted);
        let left = remainder.filter(|parts| !kept_by_another && parts.iter().any(|part| self.read(&part.text) == Substance::Answer));
        if let Some(parts) = left {
            let first = parts[0].id.clone();
            if let Some(why) = self.push(parts, at) {
                self.note(&first, at, why);
            }
        }
    }

    /// Takes one message out of an unsealed attempt, and gives the attempt back when nothing is left.
    fn drop_part(&mut self, holder: usize, id: &str) {
        self.attempts[holder].parts.retain(|part| part.id != id);
        if self.attempts[holder].parts.is_empty() {
            if holder + 1 == self.attempts.len() {
                self.run = None;
            }
            self.attempts.remove(holder);
        }
    }

    fn read(&self, text: &str) -> Substance {
        substance::read(text, self.round.prompt, self.round.is_field_word)
    }

    fn note(&mut self, id: &str, at: Timestamp, why: Why) {
        self.asides.push(Aside { id: id.to_owned(), at, why });
    }
}

/// Why a text of this kind begins nothing; None where it does.
fn why(read: &Substance) -> Option<Why> {
    match read {
        Substance::Answer | Substance::Explicit(_) => None,
        Substance::DontKnow => Some(Why::DontKnow),
        Substance::QuestionBack => Some(Why::QuestionBack),
        Substance::Chatter => Some(Why::Chatter),
        Substance::Unclear => Some(Why::Unclear),
        Substance::Unreadable => Some(Why::Unreadable),
    }
}

fn with_text(parts: &[Part], id: &str, text: &str) -> Vec<Part> {
    parts.iter().map(|part| if part.id == id { Part { id: id.to_owned(), text: text.to_owned() } } else { part.clone() }).collect()
}

/// The words without their signs and cases, to tell whether an edit changed anything.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
