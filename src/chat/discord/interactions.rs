//! Answers what people press, type as a command or send as a form: at once where the core is quick, else first with a sign that the answer
//! comes. Discord waits three seconds for the first word, and fifteen minutes for the rest.

use super::inbound::{self, FOR_LEADS};
use super::limits::{CHOICE, CHOICES, length};
use super::render::{self, Rendered};
use super::rest::{Fault, Lane, Request, Route};
use super::send::{Mouth, with_files};
use super::{Discord, ids, invite, register};
use crate::chat::delivery::{self, Body, Found, Outcome, Sender};
use crate::chat::words;
use crate::command::{Response, suggestions};
use crate::message::{Event, Turn, What};
use crate::quiz;
use crate::store::outbox::{Leased, Reach};
use anyhow::Result;
use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::{Value, json};
use serenity::model::Permissions;
use serenity::model::application::{CommandInteraction, ComponentInteraction, Interaction, ModalInteraction};
use serenity::model::application::{ResolvedOption, ResolvedValue};
use serenity::model::channel::{Message, MessageFlags};
use std::time::Duration;

/// How long the core may take before Discord is told that the answer comes; the rest of its three seconds is for the way there.
const QUICK: Duration = Duration::from_millis(1_500);

/// How long a first word may take on its way; after that Discord has given up on it.
const FIRST_WORD: Duration = Duration::from_millis(2_500);

/// Discord's numbers for the first answer.
mod callback {
    pub(super) const MESSAGE: u8 = 4;
    pub(super) const MESSAGE_COMES: u8 = 5;
    pub(super) const UPDATE_COMES: u8 = 6;
    pub(super) const UPDATE: u8 = 7;
    pub(super) const CHOICES: u8 = 8;
    pub(super) const FORM: u8 = 9;
}

/// Seen by one person only.
const EPHEMERAL: u64 = 1 << 6;

/// The way back to whoever did something.
#[derive(Clone)]
struct Way {
    interaction: u64,
    token: SecretString,
    application: u64,
    /// In a server: what is for one person must say so.
    in_server: bool,
    /// A message of ours that was pressed, or whose form was sent: it can be changed.
    on_message: bool,
}

impl Way {
    fn new(interaction: u64, token: &str, application: u64, event: &Event, on_message: bool) -> Way {
        Way { interaction, token: SecretString::from(token.to_owned()), application, in_server: !event.place.private, on_message }
    }

    /// The body as its audience is meant to see it.
    fn for_one(&self, mut body: Value) -> Value {
        if self.in_server {
            body["flags"] = EPHEMERAL.into();
        }
        body
    }
}

/// The first answer, or what an edit of it says.
enum Answer {
    /// A new message.
    Message(Rendered, bool),
    /// The message that was pressed changes.
    Update(Rendered),
    /// A form.
    Form(Value),
    /// Nothing is said.
    Nothing,
}

impl Discord {
    /// Answers one interaction.
    pub(super) async fn interacted(&self, interaction: Interaction) {
        let done = match &interaction {
            Interaction::Command(command) => self.commanded(command).await,
            Interaction::Autocomplete(command) => self.complete(command).await,
            Interaction::Component(component) => self.pressed(component).await,
            Interaction::Modal(modal) => self.submitted(modal).await,
            _ => Ok(()),
        };
        if let Err(error) = done {
            // Whoever pressed is told by Discord that nothing came; what was done is kept.
            tracing::warn!(error = %format!("{error:#}"), "an interaction was not answered");
        }
        self.changed();
    }

    async fn commanded(&self, command: &CommandInteraction) -> Result<()> {
        let Some(event) = inbound::command(command) else { return Ok(()) };
        let way = Way::new(command.id.get(), &command.token, self.application, &event, false);
        let kind = match &event.what {
            What::Command { pack, text, .. } => self.response_of(pack, text),
            _ => Response::Private,
        };
        let sets_up = matches!(&event.what, What::Command { text, .. } if text.starts_with("setup"));
        self.respond(way.clone(), event, kind).await?;
        if sets_up { self.warn_of_lacking(&way, command.app_permissions).await } else { Ok(()) }
    }

    /// Says at once what the bot will not be able to do in a channel in which it is being set up, and not only when it is due.
    async fn warn_of_lacking(&self, way: &Way, held: Option<Permissions>) -> Result<()> {
        let lacking = held.filter(|_| way.in_server).map(invite::lacking).unwrap_or_default();
        if lacking.is_empty() {
            return Ok(());
        }
        let line =
            format!("I can't do all of that here yet. In this channel's settings, under Permissions, allow me {}.", lacking.join(", "));
        let route = Route::FollowUp { application: way.application, token: way.token.clone() };
        let body = way.for_one(render::message(&crate::message::Card::says(line), "", 0).body);
        Ok(self.rest.call(Lane::Answers, Request::new(route).json(body)).await.map(drop)?)
    }

    /// How a command is answered, from the table.
    fn response_of(&self, pack: &str, text: &str) -> Response {
        let pack = self.quiz.packs().iter().find(|known| known.id == *pack);
        let read = pack.and_then(|pack| crate::command::parse(text, pack).ok());
        read.map_or(Response::Private, |(command, _)| command.response)
    }

    async fn pressed(&self, component: &ComponentInteraction) -> Result<()> {
        let event = inbound::pressed(component);
        let way = Way::new(component.id.get(), &component.token, self.application, &event, true);
        let What::Press { button } = &event.what else { return Ok(()) };
        if let Some((key, page)) = page_of(button) {
            return self.turn_page(&way, &event, key, page, is_for_one(&component.message)).await;
        }
        let kind = quiz::response(button);
        self.respond(way, event, kind).await
    }

    async fn submitted(&self, modal: &ModalInteraction) -> Result<()> {
        let mut event = inbound::submitted(modal);
        if let What::Submit { fields, .. } = &mut event.what {
            *fields = render::typed(fields);
        }
        let way = Way::new(modal.id.get(), &modal.token, self.application, &event, modal.message.is_some());
        self.respond(way, event, Response::Private).await
    }

    async fn respond(&self, way: Way, event: Event, kind: Response) -> Result<()> {
        let mut work = std::pin::pin!(self.quiz.handle(&event, self.now()));
        match tokio::time::timeout(QUICK, &mut work).await {
            Ok(turn) => {
                let turn = turn.unwrap_or_else(|error| failed(&error));
                self.say_first(&way, self.answer(&way, &event, &turn)).await?;
                self.say_rest(&way, &event, &turn).await;
            }
            // A form can't be announced; it comes late, or not at all.
            Err(_) if kind == Response::Form => {
                let turn = work.await.unwrap_or_else(|error| failed(&error));
                self.say_first(&way, self.answer(&way, &event, &turn)).await?;
            }
            Err(_) => {
                self.announce(&way, kind).await?;
                let turn = work.await.unwrap_or_else(|error| failed(&error));
                self.say_later(&way, kind, self.answer(&way, &event, &turn)).await?;
                self.say_rest(&way, &event, &turn).await;
            }
        }
        self.hand_over(&way, &event).await
    }

    fn answer(&self, way: &Way, event: &Event, turn: &Turn) -> Answer {
        let key = format!("i{}", way.interaction);
        match turn {
            Turn::None => Answer::Nothing,
            Turn::Private(card) => Answer::Message(render::message(card, &key, 0), true),
            Turn::Public(card) => Answer::Message(render::message(card, &key, 0), false),
            Turn::Update(card) => Answer::Update(render::message(card, &key, 0)),
            Turn::Form(form) => Answer::Form(render::form(form)),
            Turn::FormErrors(errors) => {
                let (form, typed) = match &event.what {
                    What::Submit { form, fields } => (form.as_str(), fields.as_slice()),
                    _ => ("", &[][..]),
                };
                Answer::Message(render::form_errors(errors, typed, quiz::opener(form).as_deref(), &key, 0), true)
            }
        }
    }

    /// The first word, which Discord waits for.
    async fn say_first(&self, way: &Way, answer: Answer) -> Result<(), Fault> {
        let (number, data, files) = match answer {
            Answer::Message(rendered, true) => (callback::MESSAGE, way.for_one(rendered.body), rendered.files),
            Answer::Message(rendered, false) => (callback::MESSAGE, rendered.body, rendered.files),
            Answer::Update(rendered) if way.on_message => (callback::UPDATE, rendered.body, rendered.files),
            Answer::Update(rendered) => (callback::MESSAGE, way.for_one(rendered.body), rendered.files),
            Answer::Form(form) => (callback::FORM, form, Vec::new()),
            Answer::Nothing if way.on_message => (callback::UPDATE_COMES, Value::Null, Vec::new()),
            Answer::Nothing => (callback::MESSAGE, way.for_one(done()), Vec::new()),
        };
        let body = if data.is_null() { json!({ "type": number }) } else { json!({ "type": number, "data": data }) };
        self.call_back(with_files(Request::new(self.first(way)).json(body), files)).await
    }

    fn first(&self, way: &Way) -> Route {
        Route::Callback { interaction: way.interaction, token: way.token.clone() }
    }

    async fn call_back(&self, request: Request) -> Result<(), Fault> {
        self.rest.call(Lane::Answers, request.within(FIRST_WORD)).await.map(drop)
    }

    /// Tells Discord that the answer comes.
    async fn announce(&self, way: &Way, kind: Response) -> Result<(), Fault> {
        let body = match kind {
            Response::Update if way.on_message => json!({ "type": callback::UPDATE_COMES }),
            Response::Public => json!({ "type": callback::MESSAGE_COMES }),
            _ => json!({ "type": callback::MESSAGE_COMES, "data": way.for_one(json!({})) }),
        };
        self.call_back(Request::new(self.first(way)).json(body)).await
    }

    /// What was announced.
    async fn say_later(&self, way: &Way, kind: Response, answer: Answer) -> Result<(), Fault> {
        let original = || Route::EditOriginal { application: way.application, token: way.token.clone() };
        let further = || Route::FollowUp { application: way.application, token: way.token.clone() };
        let (route, body, files) = match answer {
            // What stands there is the card that was pressed: it stays, and the answer comes below.
            Answer::Message(rendered, for_one) if kind == Response::Update && way.on_message => {
                let body = if for_one { way.for_one(rendered.body) } else { rendered.body };
                (further(), body, rendered.files)
            }
            Answer::Message(rendered, _) | Answer::Update(rendered) => (original(), rendered.body, rendered.files),
            Answer::Form(_) => (original(), render::message(&late(), "", 0).body, Vec::new()),
            Answer::Nothing if kind == Response::Update && way.on_message => return Ok(()),
            Answer::Nothing => (original(), done(), Vec::new()),
        };
        self.rest.call(Lane::Answers, with_files(Request::new(route).json(body), files)).await.map(drop)
    }

    /// What was typed into a form that had faults, where it takes more than one message to give it back. It is kept nowhere, so it has no
    /// pages to turn.
    async fn say_rest(&self, way: &Way, event: &Event, turn: &Turn) {
        let (Turn::FormErrors(errors), What::Submit { form, fields }) = (turn, &event.what) else { return };
        let reopen = quiz::opener(form);
        let page = |n| render::form_errors(errors, fields, reopen.as_deref(), "", n);
        for n in 1..page(0).pages {
            let rendered = page(n);
            let route = Route::FollowUp { application: way.application, token: way.token.clone() };
            let request = Request::new(route).json(way.for_one(rendered.body));
            if let Err(fault) = self.rest.call(Lane::Answers, request).await {
                tracing::warn!(%fault, "what was typed could not be given back whole");
            }
        }
    }

    /// Another page of a card: of one's own answer, or of what stands in the channel, which then comes to the presser alone.
    async fn turn_page(&self, way: &Way, event: &Event, key: &str, page: usize, is_for_one: bool) -> Result<()> {
        let card = match key.split_at_checked(1) {
            Some(("i", id)) => match self.quiz.turn_of(&event.workspace, &event.by.id, &format!("i:{id}")).await? {
                Some(Turn::Private(card) | Turn::Public(card) | Turn::Update(card)) => Some(card),
                _ => None,
            },
            Some(("o", id)) => match ids::long(id) {
                Some(row) => self.quiz.said(&event.workspace, &event.by.id, row, self.now()).await?,
                None => None,
            },
            _ => None,
        };
        let answer = match card {
            Some(card) if is_for_one || !way.in_server => Answer::Update(render::message(&card, key, page)),
            Some(card) => Answer::Message(render::message(&card, key, page), true),
            None => Answer::Message(render::message(&gone(), "", 0), true),
        };
        Ok(self.say_first(way, answer).await?)
    }

    /// What waited for whoever is at hand now.
    async fn hand_over(&self, way: &Way, event: &Event) -> Result<()> {
        if !way.in_server {
            return Ok(());
        }
        let mut sender = Aside { rest: self.mouth(Lane::Answers), way: way.clone() };
        delivery::hand_over(&self.quiz, &mut sender, &event.workspace, &event.by.id, self.now()).await
    }

    async fn complete(&self, command: &CommandInteraction) -> Result<()> {
        let name = &command.data.name;
        let pack = name.strip_suffix(FOR_LEADS).unwrap_or(name);
        let options = command.data.options();
        let offered = match (inbound::path(&options), self.quiz.packs().iter().find(|known| known.id == *pack)) {
            (Some((path, options)), Some(pack)) => typed_now(options)
                .and_then(|(option, typed)| {
                    let choice = register::command_at(&path)?.choices().iter().find(|choice| choice.name == option)?;
                    Some(suggestions(choice.takes, typed, pack))
                })
                .unwrap_or_default(),
            _ => Vec::new(),
        };
        let body = json!({ "type": callback::CHOICES, "data": { "choices": choices(&offered) } });
        let route = Route::Callback { interaction: command.id.get(), token: SecretString::from(command.token.clone()) };
        Ok(self.rest.call(Lane::Answers, Request::new(route).json(body).within(FIRST_WORD)).await.map(drop)?)
    }
}

/// What completes an option, within Discord's limits: one choice too long, and it would take none of them.
fn choices(offered: &[(String, String)]) -> Vec<Value> {
    let short = offered.iter().filter(|(_, value)| !value.is_empty() && length(value) <= CHOICE).take(CHOICES);
    short.map(|(label, value)| json!({ "name": words::label(label, CHOICE), "value": value })).collect()
}

/// The option that is being typed, and what stands in it so far.
fn typed_now<'o>(options: &'o [ResolvedOption<'o>]) -> Option<(&'o str, &'o str)> {
    options.iter().find_map(|option| match option.value {
        ResolvedValue::Autocomplete { value, .. } => Some((option.name, value)),
        _ => None,
    })
}

/// `page.KEY.N`
fn page_of(button: &str) -> Option<(&str, usize)> {
    let mut parts = button.split('.');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("page"), Some(key), Some(page)) => Some((key, page.parse().ok()?)),
        _ => None,
    }
}

fn is_for_one(message: &Message) -> bool {
    message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}

fn failed(error: &anyhow::Error) -> Turn {
    tracing::error!(error = %format!("{error:#}"), "an interaction could not be handled; nothing of it happened");
    Turn::Private(crate::message::Card::says("That didn't work just now, and nothing of it happened. Please try it once more."))
}

fn done() -> Value {
    render::message(&crate::message::Card::says("Done."), "", 0).body
}

fn late() -> crate::message::Card {
    crate::message::Card::says("That took too long for a form to open. Please press it once more.")
}

fn gone() -> crate::message::Card {
    crate::message::Card::says("That is too long ago; I no longer have its other pages. Ask for it again.")
}

/// Says things to whoever did something, below its answer.
struct Aside {
    rest: Mouth,
    way: Way,
}

impl Sender for Aside {
    fn reach(&self) -> Reach {
        self.rest.reach()
    }

    async fn send(&mut self, row: &Leased, body: &Body) -> Outcome {
        let Body::Card(card) = body else { return Outcome::Sent(None) };
        let rendered = render::message(card, &format!("o{}", ids::short(row.id)), 0);
        let route = Route::FollowUp { application: self.way.application, token: self.way.token.clone() };
        let request = with_files(Request::new(route).json(self.way.for_one(rendered.body)), rendered.files);
        match self.rest.rest.call(Lane::Answers, request).await {
            Ok(told) => Outcome::Sent(told["id"].as_str().map(str::to_owned)),
            // It waits for the next time.
            Err(_) => Outcome::Later(jiff::SignedDuration::ZERO),
        }
    }

    /// It was for one pair of eyes, in a place that can't be read back: to be told twice is better than not at all.
    async fn look(&mut self, _: &Leased, _: &Body, _: Timestamp) -> Found {
        Found::NotSent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_long_name_spoils_no_choices() {
        let long = "Traffic 🚦 ".repeat(12);
        let offered = [(long.as_str(), "traffic"), ("Security", "security"), ("Mesh", long.as_str()), ("", "mesh")];
        let choices = choices(&offered.map(|(label, value)| (label.to_owned(), value.to_owned())));
        let values: Vec<&str> = choices.iter().filter_map(|choice| choice["value"].as_str()).collect();
        assert_eq!(vec!["traffic", "security", "mesh"], values);
        assert!(choices.iter().filter_map(|choice| choice["name"].as_str()).all(|name| (1..=100).contains(&length(name))), "{choices:?}");
    }
}
