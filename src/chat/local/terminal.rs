//! The room in the terminal: lines typed become events, turns and outbox rows become lines.
//!
//! Several people can speak from one keyboard (`/join NAME`), which is how a team's day is tried out or scripted. The clock is the wall's,
//! or one that is set and moved by hand (`/at`, `/wait`), under which a whole day plays in an instant.

use crate::chat::delivery;
use crate::chat::local::clock::{self, Clock};
use crate::chat::local::filling::Filling;
use crate::chat::local::home;
use crate::chat::local::render::Style;
use crate::chat::local::screen::{COMMANDS, Screen};
use crate::command::{Response, nearest};
use crate::message::{Button, Card, Event, FieldError, Person, Place, Turn, What};
use crate::quiz::{self, Quiz};
use anyhow::Result;
use jiff::{SignedDuration, Span, Timestamp};
use std::collections::BTreeMap;

/// What the room's channel is called.
pub const CHANNEL: &str = "general";
/// Words that go on with what was put aside, where they are no answer to anything.
const RESUMES: [&str; 2] = ["resume", "continue"];
/// How long a typed line takes under a clock that is set: long enough that two lines of one person are two messages.
const LINE_TAKES: SignedDuration = SignedDuration::from_secs(20);

/// The room, with everybody in it.
pub struct Terminal<'q> {
    quiz: &'q Quiz,
    clock: Clock,
    screen: Screen,
    seats: BTreeMap<String, Seat>,
    speaker: String,
    lead: String,
    zone: Option<String>,
    /// Makes delivery ids of this run differ from those of any other on the same database.
    run: String,
    serial: u64,
    over: bool,
}

/// One member at the keyboard.
#[derive(Debug, Default)]
struct Seat {
    thread: Option<String>,
    /// The button whose form takes what is typed next, such as a quiz's *Answer*.
    answering: Option<String>,
    /// The button that puts aside what is under way, where it has one.
    pausing: Option<String>,
    filling: Option<Filling>,
    /// The form that was sent last, should it come back with errors.
    sent: Option<Filling>,
    last: Option<(String, Place)>,
    buttons: Vec<Button>,
}

impl<'q> Terminal<'q> {
    /// A room in which `name` speaks and leads. `run` must differ between runs on one database.
    pub fn new(quiz: &'q Quiz, name: &str, zone: Option<String>, style: Style, clock: Clock, run: String) -> Self {
        let screen = Screen::new(style, name);
        let seats = BTreeMap::from([(name.to_owned(), Seat::default())]);
        Terminal { quiz, clock, screen, seats, speaker: name.to_owned(), lead: name.to_owned(), zone, run, serial: 0, over: false }
    }

    /// Greets, and finds the threads that are open from before.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn enter(&mut self) -> Result<()> {
        let threads = self.quiz.threads_of(&home().platform, self.clock.now()).await?;
        let here = threads.into_iter().filter(|thread| thread.open && thread.home == home());
        self.screen.threads.extend(here.map(|thread| thread.thread));
        if let Some(last) = self.screen.threads.last().cloned() {
            self.seat().thread = Some(last);
        }
        self.tick().await
    }

    /// What is to be printed now.
    pub fn take(&mut self) -> String {
        self.screen.take()
    }

    /// Who speaks and where, for the prompt.
    pub fn prompt(&self) -> String {
        let seat = &self.seats[&self.speaker];
        let place = match (&seat.filling, &seat.answering, &seat.thread) {
            (Some(filling), _, _) => filling.next().map_or_else(String::new, |field| format!("{} [{}]", field.label, field.value)),
            (None, Some(_), _) => "quiz".to_owned(),
            (None, None, Some(thread)) => format!("thread {}", self.screen.number(thread)),
            (None, None, None) => format!("#{CHANNEL}"),
        };
        format!("{} {place}> ", self.speaker)
    }

    /// A form asks for its next field, for which an empty line is an answer as well.
    pub fn is_asking(&self) -> bool {
        self.seats[&self.speaker].filling.is_some()
    }

    /// `/quit` was typed.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// The clock is moved by hand.
    pub fn is_set(&self) -> bool {
        matches!(self.clock, Clock::Set(_))
    }

    /// Takes one line, or several that were pasted as one.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn line(&mut self, line: &str) -> Result<()> {
        let line = line.trim_end();
        if self.seat().filling.is_some() {
            self.fill(line).await?;
        } else if let Some(command) = line.strip_prefix('/') {
            self.command(command).await?;
        } else if !line.trim().is_empty() {
            self.text(line).await?;
        }
        if let Clock::Set(now) = self.clock {
            self.pass(now + LINE_TAKES).await?;
        }
        self.tick().await
    }

    /// Lets what is due by now happen, and shows what is to be said.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn tick(&mut self) -> Result<()> {
        let now = self.clock.now();
        loop {
            match self.quiz.due(now).await {
                Ok(true) => {}
                Ok(false) => break,
                // It was put off and says what went wrong; the room goes on, and looks again at the next tick.
                Err(error) => {
                    tracing::error!(error = %format!("{error:#}"), "a deadline went wrong; it is tried again");
                    break;
                }
            }
        }
        delivery::deliver(self.quiz, &mut self.screen, now).await?;
        if let Some(given) = self.screen.given.take() {
            self.seat().buttons = given;
        }
        if let Some(thread) = self.screen.opened.take() {
            for seat in self.seats.values_mut() {
                seat.thread = Some(thread.clone());
            }
        }
        Ok(())
    }

    /// Ends what is under way, and sums up. In a room that is `kept`, what can be paused is paused: it goes on when the room is opened again.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn leave(&mut self, kept: bool) -> Result<()> {
        let pack = self.quiz.packs().first().map(|pack| pack.id.clone()).unwrap_or_default();
        let names: Vec<String> = self.seats.keys().cloned().collect();
        for name in &names {
            self.speak_as(name);
            if self.seat().answering.is_some() {
                let stop = What::Command { pack: pack.clone(), text: "stop".into(), named: Vec::new() };
                let pause = self.seat().pausing.clone().filter(|_| kept).map(|button| What::Press { button });
                self.event(pause.unwrap_or(stop)).await?;
            }
        }
        let text = if names.len() > 1 { "leaderboard all" } else { "me" };
        self.event(What::Command { pack, text: text.into(), named: Vec::new() }).await
    }

    fn seat(&mut self) -> &mut Seat {
        self.seats.entry(self.speaker.clone()).or_default()
    }

    fn speak_as(&mut self, name: &str) {
        self.speaker = name.to_owned();
        self.screen.speaker = name.to_owned();
        if !self.seats.contains_key(name) {
            let thread = self.screen.threads.last().cloned();
            self.seats.insert(name.to_owned(), Seat { thread, ..Seat::default() });
        }
    }

    /// Lets a set clock run to `until`, stopping at each deadline on the way.
    async fn pass(&mut self, until: Timestamp) -> Result<()> {
        while let Some(next) = self.quiz.next_due().await?.filter(|next| *next <= until) {
            self.clock = Clock::Set(next.max(self.clock.now()));
            self.tick().await?;
        }
        self.clock = Clock::Set(until);
        self.tick().await
    }

    async fn command(&mut self, typed: &str) -> Result<()> {
        let (name, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
        let rest = rest.trim();
        match name.to_lowercase().as_str() {
            "join" if !rest.is_empty() => self.speak_as(rest),
            "join" => self.screen.say("Who? /join NAME"),
            "thread" => self.thread(rest),
            "channel" => self.seat().thread = None,
            "press" => self.press(rest).await?,
            "edit" | "delete" => self.change(name, rest).await?,
            "at" | "wait" => self.move_clock(name, rest).await?,
            "quit" | "exit" => self.over = true,
            "room" => COMMANDS.iter().for_each(|(usage, what)| self.screen.say(&format!("  {usage:<14} {what}"))),
            pack if self.quiz.packs().iter().any(|known| known.id == pack) => {
                self.event(What::Command { pack: pack.to_owned(), text: rest.to_owned(), named: Vec::new() }).await?;
            }
            other => {
                let packs = self.quiz.packs().iter().map(|pack| pack.id.as_str());
                let own = COMMANDS.iter().filter_map(|(usage, _)| usage[1..].split(' ').next());
                let near = nearest(other, packs.chain(own)).map_or(String::new(), |near| format!(" Did you mean /{near}?"));
                let help =
                    self.quiz.packs().first().map_or_else(String::new, |pack| format!("/{} help lists what there is to ask, ", pack.id));
                self.screen.say(&format!("I don't know /{other}.{near} {help}/room the room's own commands."));
            }
        }
        Ok(())
    }

    fn thread(&mut self, which: &str) {
        let threads = &self.screen.threads;
        let number = if which.is_empty() { threads.len() } else { which.parse().unwrap_or(0) };
        match number.checked_sub(1).and_then(|i| threads.get(i)).cloned() {
            Some(thread) => self.seat().thread = Some(thread),
            None if self.screen.threads.is_empty() => self.screen.say("No thread is open yet."),
            None => {
                let most = self.screen.threads.len();
                self.screen.say(&format!("There are threads 1 to {most}."));
            }
        }
    }

    /// Words: into the form that waits for them, the thread, or the channel.
    async fn text(&mut self, text: &str) -> Result<()> {
        if let Some(button) = self.seat().answering.take() {
            self.event(What::Press { button: button.clone() }).await?;
            // What answers the press is a form, unless the question is gone meanwhile; then the words are said where the member is.
            if let Some(filling) = &mut self.seat().filling {
                filling.button = Some(button);
                return self.fill(text).await;
            }
        }
        let id = self.next_id();
        let place = self.place();
        if place.thread.is_none() && RESUMES.contains(&text.trim().to_lowercase().as_str()) {
            let pack = self.quiz.packs().first().map(|pack| pack.id.clone()).unwrap_or_default();
            return self.event(What::Command { pack, text: "resume".into(), named: Vec::new() }).await;
        }
        if place.thread.is_none() {
            let hint = if self.screen.threads.is_empty() {
                "/istio quiz starts a drill; /istio help lists more."
            } else {
                "/thread takes you to the question."
            };
            self.screen.say(&format!("(said in #{CHANNEL}, where nobody grades. {hint})"));
        }
        self.seat().last = Some((id.clone(), place));
        self.event(What::Message { id, text: text.to_owned(), reply_to: None }).await
    }

    async fn change(&mut self, how: &str, text: &str) -> Result<()> {
        let Some((id, place)) = self.seat().last.clone() else {
            self.screen.say("You haven't written anything that could be changed.");
            return Ok(());
        };
        let what = if how == "edit" { What::Edited { id, text: text.to_owned() } } else { What::Deleted { id } };
        self.event_at(what, place).await
    }

    async fn press(&mut self, label: &str) -> Result<()> {
        let lower = label.to_lowercase();
        let seat = &self.seats[&self.speaker];
        let known: Vec<&Button> = seat.buttons.iter().chain(&self.screen.buttons).collect();
        if let Some(button) = known.iter().find(|button| button.label.to_lowercase() == lower) {
            return self.event(What::Press { button: button.id.clone() }).await;
        }
        let labels = known.iter().map(|button| button.label.as_str()).collect::<Vec<_>>().join(", ");
        self.screen.say(&if labels.is_empty() { "There is nothing to press yet.".to_owned() } else { format!("You can press: {labels}.") });
        Ok(())
    }

    async fn move_clock(&mut self, how: &str, to: &str) -> Result<()> {
        let Clock::Set(now) = self.clock else {
            self.screen.say("The clock is the wall's. Start with --at TIME to set it.");
            return Ok(());
        };
        let until = if how == "wait" {
            to.parse::<Span>().ok().and_then(|span| now.checked_add(span).ok())
        } else {
            clock::at(to, now, &self.screen.style.zone)
        };
        match until {
            Some(until) if until >= now => self.pass(until).await?,
            Some(_) => self.screen.say("That lies in the past; the clock only goes on."),
            None => self.screen.say("I don't know that time. /at 14:00, /at 2026-11-25T08:00, /wait 45m."),
        }
        let shown = self.clock.now().to_zoned(self.screen.style.zone.clone()).strftime("%A %-d %B, %H:%M");
        self.screen.say(&format!("-- {shown}"));
        Ok(())
    }

    fn next_id(&mut self) -> String {
        self.serial += 1;
        format!("{}-{}", self.run, self.serial)
    }

    fn place(&mut self) -> Place {
        let thread = self.seat().thread.clone();
        Place { channel: CHANNEL.into(), thread, private: false }
    }

    async fn event(&mut self, what: What) -> Result<()> {
        let place = self.place();
        self.event_at(what, place).await
    }

    async fn event_at(&mut self, what: What, place: Place) -> Result<()> {
        let now = self.clock.now();
        let by = Person { id: self.speaker.clone(), name: self.speaker.clone(), lead: self.speaker == self.lead, zone: self.zone.clone() };
        let event = Event { delivery: self.next_id(), workspace: home(), place, by, at: now, what };
        let turn = self.quiz.handle(&event, now).await?;
        self.show(turn);
        // Whatever ended the quiz, words are no answers to it any more.
        if self.seat().answering.is_some() && !self.quiz.is_drilling(&home(), &event.by.id).await? {
            self.seat().answering = None;
        }
        Ok(())
    }

    fn show(&mut self, turn: Turn) {
        match turn {
            Turn::None => {}
            Turn::Private(card) | Turn::Public(card) | Turn::Update(card) => self.show_card(&card),
            Turn::Form(form) => {
                self.seat().filling = Some(Filling::new(form));
            }
            Turn::FormErrors(errors) => self.mend(&errors),
        }
    }

    fn show_card(&mut self, card: &Card) {
        self.screen.card(card, "");
        let answering = card.buttons.iter().find(|button| button.primary && quiz::response(&button.id) == Response::Form);
        let answering = answering.map(|button| button.id.clone());
        let seat = self.seat();
        if answering.is_some() {
            seat.answering = answering;
            seat.pausing = card.buttons.iter().find(|button| button.id.starts_with("quiz-pause.")).map(|button| button.id.clone());
        }
        if !card.buttons.is_empty() {
            seat.buttons.clone_from(&card.buttons);
        }
    }

    /// Takes a line for the form's next field; the last one sends it. An empty line keeps what the field holds.
    async fn fill(&mut self, line: &str) -> Result<()> {
        let Some(mut filling) = self.seat().filling.take() else { return Ok(()) };
        filling.take(line);
        if filling.next().is_some() {
            self.seat().filling = Some(filling);
            return Ok(());
        }
        self.seat().sent = Some(filling.clone());
        let (form, fields) = filling.done();
        self.event(What::Submit { form, fields }).await
    }

    /// Says what is wrong with the form that was just sent, and asks those fields again.
    fn mend(&mut self, errors: &[FieldError]) {
        errors.iter().for_each(|error| self.screen.say(&error.error));
        let Some(sent) = self.seat().sent.take() else { return };
        // Words that were typed for a button are typed again for it; a form's fields are asked again.
        if sent.button.is_some() {
            self.seat().answering = sent.button;
            return;
        }
        let again = sent.again(errors);
        if again.next().is_some() {
            self.screen.say("Type it anew; an empty line keeps what is there.");
            self.seat().filling = Some(again);
        }
    }
}
