//! The conversation harness: people and words only, on a fresh database, with the clock passed in.
//!
//! The chat in it is a platform in small: it gives its messages ids, has threads, edits, reactions and cards for one member, and keeps
//! each row's mark, by which a sender can look what became of it. Everything can be delivered twice, and the program can end between a
//! commit and what should be sent after it, at every step: neither may change what people see in the end.

use crate::bodies;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use meshdrill::bank::{Pack, Question, load};
use meshdrill::chat::delivery::{self, LEASE, Outcome};
use meshdrill::chat::local::render::{self, Style};
use meshdrill::message::{Button, Card, Event, Home, Person, Place, Turn, What};
use meshdrill::quiz::{Abilities, Heard, OpenThread, Quiz};
use meshdrill::store::Db;
use std::collections::BTreeMap;
use std::fmt::Write;
use tokio::sync::Notify;
use uuid::Uuid;

mod chat;

use chat::Chat;

/// How unkind the world is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum World {
    /// Every event comes once, and the program runs on.
    Kind,
    /// Every event comes twice, and two programs look what is due at once.
    Twice,
    /// The program ends after every commit, before anybody hears of it, and after everything it sends, before it could note that.
    Crashes,
}

/// A room with people in it.
pub(crate) struct Room {
    db: Db,
    packs: Vec<Pack>,
    quiz: Quiz,
    chat: Chat,
    world: World,
    now: Timestamp,
    zone: TimeZone,
    team: String,
    channel: String,
    workspaces: BTreeMap<String, Uuid>,
    events: u64,
    restarts: u64,
    heard: String,
    /// What the chat can do.
    abilities: Abilities,
    /// What members call themselves, where that is not their name in the test.
    names: BTreeMap<String, String>,
    /// Every immediate answer so far.
    turns: String,
    /// The last message of each member, and where it was written.
    last: BTreeMap<String, (String, Place)>,
    /// The last card that somebody was answered with.
    answer: Card,
    buttons: BTreeMap<String, Vec<Button>>,
    /// The order in which threads were first heard of.
    threads: BTreeMap<String, usize>,
}

const TEAM: &str = "team";
const LEAD: &str = "lea";
const CHANNEL: &str = "mesh";

/// The tests' pack with these questions alone, so that what is asked is known. `more-1`, `more-2`, … are like `what-is-a-mesh`;
/// `senior-traffic-1` is like the topic's first question, or like `what-is-a-mesh` where the topic has none, on that level.
pub(crate) fn pack(questions: &[&str]) -> Pack {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/packs");
    let mut pack = load::read_dir(&folder).packs.into_iter().find(|pack| pack.id == "istio").unwrap();
    let like = pack.question("what-is-a-mesh").unwrap().clone();
    let more = questions.iter().filter_map(|id| Some((*id, id.strip_prefix("more-")?)));
    let more: Vec<_> = more
        .map(|(id, n)| {
            Question { id: id.into(), prompt: format!("What is a service mesh, in other words ({n})?"), ..(*like).clone() }.into()
        })
        .collect();
    let levelled: Vec<_> = questions.iter().filter_map(|id| levelled(&pack, id)).map(std::sync::Arc::new).collect();
    pack.questions.retain(|question| questions.contains(&question.id.as_str()));
    pack.questions.extend(more);
    pack.questions.extend(levelled);
    assert_eq!(questions.len(), pack.questions.len(), "not all of {questions:?} are in the pack");
    pack
}

/// The question of an id such as `senior-traffic-1`.
fn levelled(pack: &Pack, id: &str) -> Option<Question> {
    let [level, topic, n] = id.split('-').collect::<Vec<_>>().try_into().ok()?;
    let (level, topic) = (level.parse().ok()?, pack.topic(topic).ok()?.id.clone());
    let like = pack.questions.iter().find(|question| question.topic == topic).or(pack.question("what-is-a-mesh").ok())?;
    let prompt = format!("{} Another way, {topic} {n}.", like.prompt);
    Some(Question { id: id.into(), topic, level, prompt, ..(**like).clone() })
}

impl Room {
    /// A room in Berlin on Tuesday 24 November 2026 at 08:30, with these questions.
    pub(crate) fn new(db: Db, world: World, questions: &[&str]) -> Room {
        Room::with(db, world, pack(questions))
    }

    /// The same with these questions.
    pub(crate) fn with(db: Db, world: World, pack: Pack) -> Room {
        let now = "2026-11-24T07:30:00Z".parse().unwrap();
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let packs = vec![pack];
        let quiz = Quiz::new(db.clone(), packs.clone(), "Europe/Berlin", 7);
        Room {
            db,
            packs,
            quiz,
            chat: Chat::default(),
            world,
            now,
            zone,
            team: TEAM.into(),
            channel: CHANNEL.into(),
            workspaces: BTreeMap::new(),
            events: 0,
            restarts: 0,
            heard: String::new(),
            abilities: Abilities::default(),
            names: BTreeMap::new(),
            turns: String::new(),
            last: BTreeMap::new(),
            answer: Card::default(),
            buttons: BTreeMap::new(),
            threads: BTreeMap::new(),
        }
    }

    /// From now on the chat can do this much.
    pub(crate) fn can(&mut self, abilities: Abilities) {
        self.abilities = abilities;
        self.restart();
    }

    /// From now on nothing can be said at a place: a channel, a thread, or a channel and a verb. `why` is a reason and its cure.
    pub(crate) fn silences(&mut self, place: &str, why: (&str, &str)) {
        let wall = Outcome::Blocked { why: why.0.into(), cure: why.1.into() };
        self.chat.walls.insert(place.into(), wall);
    }

    /// From now on nothing can be said at a place any more.
    pub(crate) fn loses(&mut self, place: &str, reason: &str) {
        self.chat.walls.insert(place.into(), Outcome::Failed(reason.into()));
    }

    /// A forum's post is taken down, and its thread with it.
    pub(crate) fn takes_down(&mut self, thread: &str, reason: &str) {
        self.chat.walls.insert(thread.into(), Outcome::Gone(reason.into()));
    }

    /// From now on the chat's answer to what is said at a place is lost, and nobody can look.
    pub(crate) fn loses_track(&mut self, place: &str) {
        self.chat.walls.insert(place.into(), Outcome::Unclear);
    }

    /// What a chat reads back after a silence: each thread, whether it is open, and how many messages were heard in it.
    pub(crate) async fn to_read_back(&self) -> Vec<(OpenThread, Vec<Heard>)> {
        let mut found = Vec::new();
        for thread in self.quiz.threads_of("test", self.now).await.unwrap() {
            let heard = self.quiz.heard_in(&thread).await.unwrap();
            found.push((thread, heard));
        }
        found
    }

    /// The place is as it was, and the platform tells that something was changed there.
    pub(crate) async fn mends(&mut self, place: &str) {
        self.chat.walls.remove(place).unwrap();
        let channel = place.split(' ').next();
        self.quiz.mended(&self.home(), channel.filter(|channel| *channel == self.channel), self.now).await.unwrap();
        self.work().await;
    }

    /// Whom the cards mentioned that were posted or changed since the last look.
    pub(crate) fn pings(&mut self) -> Vec<String> {
        std::mem::take(&mut self.chat.pings)
    }

    /// The id of somebody's last message.
    pub(crate) fn last_message(&self, who: &str) -> String {
        self.last[who].0.clone()
    }

    /// The first thread that was opened.
    pub(crate) fn first_thread(&self) -> String {
        self.chat.threads[0].id.clone()
    }

    /// The place is as it was, and nobody tells.
    pub(crate) fn opens(&mut self, place: &str) {
        self.chat.walls.remove(place).unwrap();
    }

    /// How often something was tried in vain.
    pub(crate) fn in_vain(&self) -> usize {
        self.chat.in_vain
    }

    /// From now on people speak in this channel.
    pub(crate) fn go_to(&mut self, channel: &str) {
        self.channel = channel.into();
    }

    /// From now on it is another team's people who speak, in its channel.
    pub(crate) fn visit(&mut self, team: &str) {
        (self.team, self.channel) = (team.into(), CHANNEL.into());
        self.buttons.clear();
    }

    /// The bank is loaded anew, with these questions alone.
    pub(crate) fn reload(&mut self, questions: &[&str]) {
        self.packs = vec![pack(questions)];
        self.restart();
    }

    /// Where the clock stands.
    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// The present workspace, as the store knows it.
    pub(crate) fn workspace(&self) -> Uuid {
        self.workspaces[&self.team]
    }

    /// Everything that was answered at once so far.
    pub(crate) fn turns(&self) -> &str {
        &self.turns
    }

    /// The last card that somebody was answered with.
    pub(crate) fn answer(&self) -> &Card {
        &self.answer
    }

    /// The newest message whose title begins like this, as it stands now.
    pub(crate) fn posted(&self, title: &str) -> &Card {
        let mut cards = self.chat.messages.iter().map(|message| &message.card);
        cards.rfind(|card| card.title.as_ref().is_some_and(|own| own.starts_with(title))).unwrap_or_else(|| panic!("nobody posted {title}"))
    }

    /// The store, for a look behind the scenes.
    pub(crate) fn db(&self) -> &Db {
        &self.db
    }

    /// What was heard since the last look.
    pub(crate) fn heard(&mut self) -> String {
        let heard = std::mem::take(&mut self.heard);
        // A test's own text can't hold these; a card that did would show it.
        heard.trim_end().replace('\u{202e}', "<turned>").replace('\u{200b}', "<nothing>").replace('\0', "<nul>")
    }

    /// Lets the clock go on to a local time, stopping at every deadline.
    pub(crate) async fn at(&mut self, local: &str) {
        let local: jiff::civil::DateTime = local.parse().unwrap();
        self.until(local.to_zoned(self.zone.clone()).unwrap().timestamp()).await;
    }

    /// Lets the clock go on for so many seconds.
    pub(crate) async fn wait(&mut self, seconds: i64) {
        self.until(self.now + SignedDuration::from_secs(seconds)).await;
    }

    /// Lets the clock go on to an instant.
    pub(crate) async fn until(&mut self, until: Timestamp) {
        while let Some(next) = self.quiz.next_due().await.unwrap().filter(|next| *next <= until) {
            self.now = next.max(self.now);
            self.work().await;
        }
        self.now = until.max(self.now);
        self.work().await;
    }

    /// The clock jumps without anything having run in between, as after a downtime, or back.
    pub(crate) async fn jump(&mut self, local: &str) {
        let local: jiff::civil::DateTime = local.parse().unwrap();
        self.now = local.to_zoned(self.zone.clone()).unwrap().timestamp();
        self.work().await;
    }

    /// The clock is set, and nothing runs.
    pub(crate) fn now_is(&mut self, local: &str) {
        let local: jiff::civil::DateTime = local.parse().unwrap();
        self.now = local.to_zoned(self.zone.clone()).unwrap().timestamp();
    }

    /// Somebody types: a command with a slash, otherwise a message in the newest thread.
    pub(crate) async fn says(&mut self, who: &str, text: &str) {
        let place = self.place();
        match text.strip_prefix('/') {
            Some(command) => {
                let (pack, rest) = command.split_once(' ').unwrap_or((command, ""));
                let what = What::Command { pack: pack.into(), text: rest.into(), named: Vec::new() };
                self.event(who, what, place, &format!("{who}: {text}")).await;
            }
            None => self.writes(who, text, None, place).await,
        }
    }

    /// Somebody replies to another's last message.
    pub(crate) async fn replies(&mut self, who: &str, to: &str, text: &str) {
        let (id, place) = self.last[to].clone();
        self.writes(who, text, Some(id), place).await;
    }

    /// Somebody writes where only they read it.
    pub(crate) async fn whispers(&mut self, who: &str, text: &str) {
        let place = Place { channel: format!("@{who}"), thread: None, private: true };
        self.writes(who, text, None, place).await;
    }

    async fn writes(&mut self, who: &str, text: &str, reply_to: Option<String>, place: Place) {
        let id = format!("{who}-{}", self.events);
        self.last.insert(who.into(), (id.clone(), place.clone()));
        self.event(who, What::Message { id, text: text.into(), reply_to }, place, &format!("{who}: {text}")).await;
    }

    /// Somebody changes their last message.
    pub(crate) async fn edits(&mut self, who: &str, text: &str) {
        let (id, place) = self.last[who].clone();
        self.event(who, What::Edited { id, text: text.into() }, place, &format!("{who} changes that to: {text}")).await;
    }

    /// Somebody takes their last message back.
    pub(crate) async fn deletes(&mut self, who: &str) {
        let (id, place) = self.last[who].clone();
        self.event(who, What::Deleted { id }, place, &format!("{who} takes that back")).await;
    }

    /// Somebody presses a button they see.
    pub(crate) async fn presses(&mut self, who: &str, label: &str) {
        let button = self.button(who, label);
        let place = self.place();
        self.event(who, What::Press { button }, place, &format!("{who} presses [{label}]")).await;
    }

    /// The id of a button that somebody sees: on the last card they got, or else on the channel's last.
    pub(crate) fn button(&self, who: &str, label: &str) -> String {
        let own = self.buttons.get(who).into_iter().flatten();
        let common = self.chat.buttons.get(&(self.workspace(), self.channel.clone())).into_iter().flatten();
        let button = own.chain(common).find(|button| button.label == label);
        button.unwrap_or_else(|| panic!("{who} sees no button {label}")).id.clone()
    }

    /// Something arrives that happened at a local time by the platform's clock.
    pub(crate) async fn arrives(&mut self, who: &str, at: &str, what: What) {
        let local: jiff::civil::DateTime = at.parse().unwrap();
        let at = local.to_zoned(self.zone.clone()).unwrap().timestamp();
        let line = match &what {
            What::Message { id, text, .. } => format!("{who}, at {}, as {id}: {text}", local.time()),
            What::Edited { id, text } => format!("{who} changes {id}, at {}, to: {text}", local.time()),
            What::Deleted { id } => format!("{who} takes {id} back, at {}", local.time()),
            what => format!("{who}, at {}: {what:?}", local.time()),
        };
        let place = self.place();
        self.happens(who, what, place, &line, at).await;
    }

    /// Somebody writes in the newest thread, whatever it looks like.
    pub(crate) async fn types(&mut self, who: &str, text: &str) {
        let place = self.place();
        self.writes(who, text, None, place).await;
    }

    /// Somebody presses a button by its id, as it may have stood on any card.
    pub(crate) async fn presses_id(&mut self, who: &str, button: &str) {
        let place = self.place();
        self.event(who, What::Press { button: button.into() }, place, &format!("{who} presses {button}")).await;
    }

    /// Somebody presses a button that opens a form of one field, and sends it.
    pub(crate) async fn answers_privately(&mut self, who: &str, label: &str, text: &str) {
        let place = self.place();
        let press = What::Press { button: self.button(who, label) };
        let form = match self.hear(who, press, place.clone(), self.now).await {
            Turn::Form(form) => form,
            other => panic!("{label} opens no form, but {other:?}"),
        };
        let fields = vec![(form.fields[0].id.clone(), text.to_owned())];
        self.event(who, What::Submit { form: form.id, fields }, place, &format!("{who}, by form: {text}")).await;
    }

    /// The form that a button opens.
    pub(crate) async fn form(&mut self, who: &str, label: &str) -> String {
        let place = self.place();
        let press = What::Press { button: self.button(who, label) };
        match self.hear(who, press, place, self.now).await {
            Turn::Form(form) => form.id,
            other => panic!("{label} opens no form, but {other:?}"),
        }
    }

    /// Somebody sends a form.
    pub(crate) async fn submits(&mut self, who: &str, form: &str, fields: &[(&str, &str)]) {
        let place = self.place();
        let fields: Vec<(String, String)> = fields.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        self.event(who, What::Submit { form: form.into(), fields }, place, &format!("{who} sends a form")).await;
    }

    /// Where people of the present team speak: in its channel's newest thread.
    pub(crate) fn place(&self) -> Place {
        let workspace = self.workspaces.get(&self.team);
        let here = |thread: &&chat::Thread| Some(&thread.workspace) == workspace && thread.channel == self.channel;
        let thread = self.chat.threads.iter().rfind(here).map(|thread| thread.id.clone());
        Place { channel: self.channel.clone(), thread, private: false }
    }

    async fn event(&mut self, who: &str, what: What, place: Place, line: &str) {
        self.happens(who, what, place, line, self.now).await;
    }

    async fn happens(&mut self, who: &str, what: What, place: Place, line: &str, at: Timestamp) {
        let _ = writeln!(self.heard, "{line}");
        let turn = self.hear(who, what, place, at).await;
        self.show(who, &turn);
        self.work().await;
        self.now += SignedDuration::from_secs(2);
    }

    /// An event of somebody of the present team, as a platform would send it.
    pub(crate) fn made(&self, who: &str, what: What, place: Place, at: Timestamp) -> Event {
        let name = self.names.get(who).map_or(who, String::as_str).to_owned();
        let by = Person { id: format!("id-{who}"), name, lead: who == LEAD, zone: Some("Europe/Berlin".into()) };
        Event { delivery: format!("d{}", self.events), workspace: self.home(), place, by, at, what }
    }

    fn home(&self) -> Home {
        Home { platform: "test".into(), id: self.team.clone() }
    }

    async fn hear(&mut self, who: &str, what: What, place: Place, at: Timestamp) -> Turn {
        self.events += 1;
        // A program that has just started: nothing may depend on what an earlier one had in its memory, and each world has the same chances.
        self.quiz = self.program(self.events);
        let event = self.made(who, what, place, at);
        let turn = self.quiz.handle(&event, self.now).await.unwrap();
        let known = self.db.begin().await.unwrap().known_workspace(&event.workspace).await.unwrap();
        self.workspaces.extend(known.map(|known| (self.team.clone(), known.id)));
        match self.world {
            World::Kind => turn,
            World::Twice => {
                assert_eq!(turn, self.quiz.handle(&event, self.now).await.unwrap(), "delivered again, {event:?} has another turn");
                turn
            }
            World::Crashes => {
                self.restart();
                let again = self.quiz.handle(&event, self.now).await.unwrap();
                assert_eq!(turn, again, "delivered again after a restart, {event:?} has another turn");
                again
            }
        }
    }

    /// The program ends and starts again, with nothing in its memory and other chances.
    pub(crate) fn restart(&mut self) {
        self.restarts += 1;
        self.quiz = self.program(1_000_000 + self.restarts);
    }

    /// A program that has just started.
    pub(crate) fn program(&self, seed: u64) -> Quiz {
        Quiz::new(self.db.clone(), self.packs.clone(), "Europe/Berlin", seed).with_abilities("test", self.abilities.clone())
    }

    fn show(&mut self, who: &str, turn: &Turn) {
        let from = self.heard.len();
        match turn {
            Turn::None => {}
            Turn::Private(card) | Turn::Update(card) => self.show_card(who, card, &format!("  (to {who})")),
            Turn::Public(card) => self.show_card(who, card, "  (to all)"),
            Turn::Form(form) => {
                bodies::takes_form(form);
                let fields = form.fields.iter().map(|field| format!("{} [{}]", field.label, field.value)).collect::<Vec<_>>().join(", ");
                let _ = writeln!(self.heard, "  (form) {}: {} {fields}", form.title, form.text);
            }
            Turn::FormErrors(errors) => errors.iter().for_each(|error| {
                let _ = writeln!(self.heard, "  (form, {}) {}", error.field, error.error);
            }),
        }
        self.turns.push_str(&self.heard[from..]);
    }

    fn show_card(&mut self, who: &str, card: &Card, head: &str) {
        let _ = writeln!(self.heard, "{head}\n{}", indented(card, &self.zone));
        self.answer = card.clone();
        if !card.buttons.is_empty() {
            self.buttons.insert(who.into(), card.buttons.clone());
        }
    }

    /// Deadlines and delivery, at the present time.
    async fn work(&mut self) {
        while self.take_due().await {
            if self.world == World::Crashes {
                self.restart();
            }
        }
        match self.world {
            World::Crashes => self.deliver_crashing().await,
            World::Kind | World::Twice => {
                delivery::deliver(&self.quiz, &mut self.chat, self.now).await.unwrap();
            }
        }
        for line in std::mem::take(&mut self.chat.news) {
            let line = self.named(&line);
            let _ = writeln!(self.heard, "{line}");
        }
        self.buttons.append(&mut self.chat.given);
    }

    async fn take_due(&mut self) -> bool {
        if self.world != World::Twice {
            return self.quiz.due(self.now).await.unwrap();
        }
        self.restarts += 1;
        let second = self.program(2_000_000 + self.restarts);
        let (first, second) = tokio::join!(self.quiz.due(self.now), second.due(self.now));
        // Where both were after the same one, the second finds nothing; that says nothing of those after it.
        first.unwrap() | second.unwrap()
    }

    /// Sends each row, and ends the program before that is noted; the next one looks what became of it.
    async fn deliver_crashing(&mut self) {
        // The next program comes after the lease has run out; no event is that late, so only delivery's clock goes on.
        let mut later = self.now;
        loop {
            let crashed = std::sync::Arc::new(Notify::new());
            self.chat.crash = Some(crashed.clone());
            tokio::select! {
                done = delivery::deliver(&self.quiz, &mut self.chat, later) => { done.unwrap(); break }
                () = crashed.notified() => {}
            }
            self.restart();
            later += LEASE + SignedDuration::from_secs(1);
        }
        self.chat.crash = None;
    }

    /// Threads by their number, so that ids don't matter.
    fn named(&mut self, line: &str) -> String {
        let mut line = line.to_owned();
        for thread in &self.chat.threads {
            let next = self.threads.len() + 1;
            let number = *self.threads.entry(thread.id.clone()).or_insert(next);
            line = line.replace(&format!("<{}>", thread.id), &number.to_string());
        }
        line
    }

    /// Takes one deadline, which may fail.
    pub(crate) async fn due(&mut self) -> anyhow::Result<bool> {
        self.quiz.due(self.now).await
    }

    /// Somebody writes, which may fail; nothing is shown.
    pub(crate) async fn tries(&mut self, who: &str, text: &str) -> anyhow::Result<Turn> {
        let what = What::Message { id: "tried".into(), text: text.into(), reply_to: None };
        let mut event = self.made(who, what, self.place(), self.now);
        event.delivery = "tried".into();
        self.quiz.handle(&event, self.now).await
    }

    /// Something happens in a thread that is none of ours.
    pub(crate) async fn elsewhere(&mut self, who: &str, what: What) {
        let place = Place { channel: self.channel.clone(), thread: Some("t-lunch".into()), private: false };
        self.event(who, what, place, &format!("{who}, elsewhere")).await;
    }

    /// From now on somebody calls themselves this.
    pub(crate) fn called(&mut self, who: &str, name: &str) {
        self.names.insert(who.into(), name.into());
    }

    /// The boards' sums, which are those of the answers.
    pub(crate) async fn standing(&self) -> String {
        let (workspace, mut lines) = (self.workspace(), Vec::new());
        let mut tx = self.db.begin().await.unwrap();
        let kept = tx.day_totals(workspace, "istio").await.unwrap();
        assert_eq!(kept, tx.day_totals_recomputed(workspace, "istio").await.unwrap(), "the boards' sums don't agree with the answers");
        let names: BTreeMap<_, _> = tx.members(workspace).await.unwrap().into_iter().map(|member| (member.id, member.name)).collect();
        for total in kept {
            lines.push(format!("{} {} {}: {} in {}\n", total.board, *total.day, names[&total.member_id], total.points, total.answers));
        }
        lines.sort();
        lines.concat()
    }

    /// Everything that stands in the chat in the end, and the boards: what must be the same in every world.
    pub(crate) async fn in_the_end(&mut self) -> String {
        self.now += SignedDuration::from_mins(10);
        self.work().await;
        let mut end = String::new();
        let workspace = self.workspace();
        let here = self.chat.messages.iter().filter(|message| message.workspace == workspace);
        let messages: Vec<_> = here.map(|message| (message.head.clone(), indented(&message.card, &self.zone))).collect();
        let mut messages: Vec<_> = messages.into_iter().map(|(head, card)| (self.named(&head), card)).collect();
        // What is said in two places at the same instant has no order; in one place it has.
        messages.sort_by(|a, b| a.0.cmp(&b.0));
        for (head, card) in messages {
            let _ = writeln!(end, "{head}\n{card}");
        }
        let _ = writeln!(end, "signs on: {:?}", self.chat.signs);
        end.push_str(&self.standing().await);
        let left = self.db.outbox(workspace).await.unwrap();
        // Where something could not be said, it is given up in the end.
        let is_over = |state: &str| state == "sent" || (self.chat.in_vain > 0 && ["failed", "expired"].contains(&state));
        let lost: Vec<_> = left.iter().filter(|row| !is_over(&row.state)).map(|row| (&row.about, &row.state)).collect();
        assert!(lost.is_empty(), "left in the outbox: {lost:?}");
        end
    }
}

fn indented(card: &Card, zone: &TimeZone) -> String {
    bodies::takes(card);
    let style = Style { colour: false, width: 110, zone: zone.clone() };
    render::card(card, &style, "  ").trim_end().to_owned()
}
