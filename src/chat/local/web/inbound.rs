//! Forms as events. Each carries a random id, made with the page, that names the delivery: sent twice, it does one thing.

use super::guard::{self, Broken, Fields, Known, Posted};
use super::{Web, page, room};
use crate::chat::local::home;
use crate::chat::local::terminal::CHANNEL;
use crate::message::{Event, Person, Place, Turn, What};
use crate::quiz::room::Below;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use uuid::Uuid;

/// A form from somebody who sits in the room.
struct Inbound {
    web: Arc<Web>,
    headers: HeaderMap,
    known: Known,
    fields: Fields,
    /// What the page was about that it was sent from.
    topic: Option<Uuid>,
    /// The channel, and the thread where that topic has one.
    place: Place,
}

impl Inbound {
    /// Errors are the page that says why it is not taken.
    async fn read(web: Arc<Web>, headers: &HeaderMap, fields: Vec<(String, String)>) -> Result<Inbound, Broken> {
        let Some(known) = guard::known(&web, headers).await? else {
            return Err(Broken(Box::new(Redirect::to("/").into_response())));
        };
        let fields = Fields::checked(fields, &known.token)?;
        let id = fields.get("id");
        if id.len() != 32 || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Broken(Box::new(page::refused(
                StatusCode::BAD_REQUEST,
                "That form has lost its number. Open the room and send it anew.",
            ))));
        }
        let topic = Uuid::parse_str(fields.get("topic")).ok();
        let place = match topic {
            Some(topic) => web.quiz.place_of(web.workspace, topic).await?,
            None => None,
        };
        let place = place.unwrap_or_else(|| Place { channel: CHANNEL.to_owned(), thread: None, private: false });
        Ok(Inbound { web, headers: headers.clone(), known, fields, topic, place })
    }

    /// Named by who sends it, the page's number and what is done, so that nobody can be answered with what was told to another.
    fn delivery(&self, what: &str) -> String {
        format!("web:{}:{}:{what}", self.known.seat.member_id.simple(), self.fields.get("id"))
    }

    async fn happen(&self, delivery: String, what: What) -> Result<Turn, Broken> {
        let seat = &self.known.seat;
        let by = Person { id: seat.external_id.clone(), name: seat.external_id.clone(), lead: seat.lead, zone: seat.zone.clone() };
        let now = self.web.now();
        let event = Event { delivery, workspace: home(), place: self.place.clone(), by, at: now, what };
        let turn = self.web.quiz.handle(&event, now).await?;
        // What was done is done; what follows from it is tried again by the room's own clock.
        if let Err(error) = self.web.settle().await {
            tracing::error!(error = format!("{error:#}"), "what follows from an event waits");
        }
        self.web.look();
        Ok(turn)
    }

    /// Back to the page, where what was answered is read.
    fn back(&self, to: &str) -> Response {
        back(self.topic, to)
    }

    /// Whoever sent this had all that is known of them deleted by it.
    async fn is_forgotten(&self) -> Result<bool, Broken> {
        Ok(guard::known(&self.web, &self.headers).await?.is_none())
    }
}

fn back(topic: Option<Uuid>, to: &str) -> Response {
    let topic = topic.map_or(String::new(), |topic| format!("?topic={}", topic.simple()));
    Redirect::to(&format!("/{topic}{to}")).into_response()
}

/// Words for the thread, or a command.
pub(super) async fn say(State(web): State<Arc<Web>>, headers: HeaderMap, Posted(fields): Posted) -> Result<Response, Broken> {
    let from = Inbound::read(web, &headers, fields).await?;
    let text = from.fields.get("text").trim();
    if text.is_empty() {
        return Ok(from.back(""));
    }
    if text.starts_with('/') {
        return command_of(&from, text).await;
    }
    if from.place.thread.is_none() {
        let note = "There is no thread open to write in. Begin with a quiz, or wait for the question of the day.";
        return room::answer(&from.web, &from.known, from.topic, room::Shown { note: Some(note), ..Default::default() }).await;
    }
    let id = from.delivery("say");
    from.happen(id.clone(), What::Message { id, text: text.to_owned(), reply_to: None }).await?;
    Ok(from.back("#write"))
}

/// What stands in the field for commands, with its slash or without.
pub(super) async fn command(State(web): State<Arc<Web>>, headers: HeaderMap, Posted(fields): Posted) -> Result<Response, Broken> {
    let from = Inbound::read(web, &headers, fields).await?;
    match from.fields.get("text").trim() {
        "" => Ok(from.back("")),
        text => command_of(&from, text).await,
    }
}

/// `/istio quiz`, and `istio quiz`, `/quiz` and `quiz` as well.
async fn command_of(from: &Inbound, text: &str) -> Result<Response, Broken> {
    let typed = text.trim_start_matches('/').trim_start();
    let (name, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let packs = from.web.quiz.packs();
    let known = packs.iter().find(|pack| pack.id.eq_ignore_ascii_case(name)).map(|pack| (pack.id.clone(), rest.trim()));
    let (pack, text) = known.unwrap_or_else(|| (packs.first().map(|pack| pack.id.clone()).unwrap_or_default(), typed));
    let before = from.web.quiz.newest_topic(from.web.workspace).await?;
    from.happen(from.delivery("say"), What::Command { pack, text: text.to_owned(), named: Vec::new() }).await?;
    if from.is_forgotten().await? {
        return Ok(page::forgotten());
    }
    // Whoever opened something wants to see it.
    let opened = from.web.quiz.newest_topic(from.web.workspace).await?.filter(|newest| Some(*newest) != before);
    Ok(back(opened.or(from.topic), "#yours"))
}

/// A button.
pub(super) async fn press(State(web): State<Arc<Web>>, headers: HeaderMap, Posted(fields): Posted) -> Result<Response, Broken> {
    let from = Inbound::read(web, &headers, fields).await?;
    let button = from.fields.get("button").to_owned();
    let turn = from.happen(from.delivery(&button), What::Press { button }).await?;
    if from.is_forgotten().await? {
        return Ok(page::forgotten());
    }
    // Browsers heed an address before they heed autofocus.
    let field = if let Turn::Form(form) = &turn { form.fields.first() } else { None };
    Ok(from.back(&field.map_or("#yours".to_owned(), |field| format!("#field-{}", field.id))))
}

/// A form of the bot's. With faults it comes back with what was typed.
pub(super) async fn submit(State(web): State<Arc<Web>>, headers: HeaderMap, Posted(fields): Posted) -> Result<Response, Broken> {
    let from = Inbound::read(web, &headers, fields).await?;
    let form = from.fields.get("form").to_owned();
    let typed = from.fields.after("field-");
    let turn = from.happen(from.delivery(&form), What::Submit { form, fields: typed.clone() }).await?;
    let Turn::FormErrors(errors) = turn else { return Ok(from.back("#yours")) };
    let shown = room::Shown { errors, typed, opened: Some(from.fields.get("opened")), ..Default::default() };
    room::answer(&from.web, &from.known, from.topic, shown).await
}

/// A message that its author changes or takes back.
pub(super) async fn edit(State(web): State<Arc<Web>>, headers: HeaderMap, Posted(fields): Posted) -> Result<Response, Broken> {
    let from = Inbound::read(web, &headers, fields).await?;
    let id = from.fields.get("message").to_owned();
    // The page offers this to authors, and leads may take a line away; a form can be made by hand. An id that was given here tells its
    // author, also once the message is gone, so that a form sent twice is no fault.
    let seat = &from.known.seat;
    let delete = from.fields.get("do") == "delete";
    let given = format!("web:{}:", seat.member_id.simple());
    let may = id.starts_with(&given) || (seat.lead && delete) || {
        let room = from.web.quiz.room(from.web.workspace, from.web.now(), from.topic, Below::One(from.topic)).await?;
        room.topics.first().and_then(|topic| room::message(topic, &id)).is_some_and(|(by, _)| by == seat.member_id)
    };
    if !may {
        return Ok(page::refused(StatusCode::FORBIDDEN, "That message is somebody else's, or is gone."));
    }
    let text = from.fields.get("text").trim().to_owned();
    if text.is_empty() && !delete {
        return Ok(from.back("#thread"));
    }
    let what = if delete { What::Deleted { id } } else { What::Edited { id, text } };
    from.happen(from.delivery("edit"), what).await?;
    Ok(from.back("#thread"))
}
