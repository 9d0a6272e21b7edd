//! The room's page: the question and its thread, what only the reader sees, the board, and where to write.

use super::guard::{self, Broken, Known};
use super::render::{self, Carried};
use super::{Web, join, page, secret};
use crate::command::COMMANDS;
use crate::message::{FieldError, Turn};
use crate::quiz::room::{By, Daily, Line, Own, Room};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// How many earlier cards the panel keeps at hand.
const EARLIER: usize = 5;

/// What a page shows beside the room as it stands.
#[derive(Debug, Default)]
pub(super) struct Shown<'a> {
    /// A line about what was just asked for.
    pub(super) note: Option<&'a str>,
    /// What is wrong with the form that was sent.
    pub(super) errors: Vec<FieldError>,
    /// What was typed into it.
    pub(super) typed: Vec<(String, String)>,
    /// The answer that held the form.
    pub(super) opened: Option<&'a str>,
    /// The message that is being changed.
    pub(super) editing: Option<&'a str>,
}

/// One page for one reader.
struct Sight<'a> {
    web: &'a Web,
    known: &'a Known,
    room: &'a Room,
    own: &'a [Own],
    daily: Option<&'a Daily>,
    carried: Carried<'a>,
    shown: &'a Shown<'a>,
}

/// The room, or the page to join it.
pub(super) async fn show(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Broken> {
    let key = asked.get("key").map(String::as_str).unwrap_or_default();
    let known = guard::known(&web, &headers).await?;
    match known {
        Some(known) if key.is_empty() || known.seat.lead || !web.is_lead_key(key) => {
            let daily = asked.get("daily").and_then(|id| Uuid::parse_str(id).ok());
            Ok(Html(sight(&web, &known, daily, &Shown::default()).await?).into_response())
        }
        Some(known) => Ok(lead_offer(&known, key).into_response()),
        None => Ok(join::show(&web, &headers, key)),
    }
}

/// The page with what is wrong.
pub(super) async fn answer(web: &Web, known: &Known, daily: Option<Uuid>, shown: Shown<'_>) -> Result<Response, Broken> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(sight(web, known, daily, &shown).await?)).into_response())
}

/// The page with one of the reader's messages ready to be changed.
pub(super) async fn edit(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Broken> {
    let Some(known) = guard::known(&web, &headers).await? else { return Ok(join::show(&web, &headers, "")) };
    let daily = asked.get("daily").and_then(|id| Uuid::parse_str(id).ok());
    let shown = Shown { editing: asked.get("message").map(String::as_str), ..Shown::default() };
    Ok(Html(sight(&web, &known, daily, &shown).await?).into_response())
}

/// The panel alone, for a page that is open already.
pub(super) async fn panel(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Broken> {
    let Some(known) = guard::known(&web, &headers).await? else { return Ok(StatusCode::FORBIDDEN.into_response()) };
    let own = web.quiz.own(web.workspace, &known.seat).await?;
    let id = secret();
    let daily = asked.get("daily").map(String::as_str).unwrap_or_default();
    let carried = Carried { token: &known.token, id: &id, daily };
    Ok(Html(yours(&own, carried, &Shown::default()).into_string()).into_response())
}

/// Whose message it is, and what it says now.
pub(super) fn message<'r>(room: &'r Room, daily: Uuid, message: &str) -> Option<(Uuid, &'r str)> {
    let daily = room.dailies.iter().find(|known| known.id == daily)?;
    daily.lines.iter().find_map(|line| match &line.by {
        By::Member { id, member, text, .. } if id == message => Some((*member, text.as_str())),
        _ => None,
    })
}

async fn sight(web: &Web, known: &Known, daily: Option<Uuid>, shown: &Shown<'_>) -> Result<String, Broken> {
    let room = web.quiz.room(web.workspace, web.now()).await?;
    let own = web.quiz.own(web.workspace, &known.seat).await?;
    let daily = daily.and_then(|id| room.dailies.iter().find(|daily| daily.id == id)).or_else(|| room.dailies.first());
    let (id, open) = (secret(), daily.map_or(String::new(), |daily| daily.id.simple().to_string()));
    let carried = Carried { token: &known.token, id: &id, daily: &open };
    Ok(Sight { web, known, room: &room, own: &own, daily, carried, shown }.page().0)
}

fn lead_offer(known: &Known, key: &str) -> Html<String> {
    let body = html! {
        main.join {
            p.brand { "Meshdrill" }
            h1 { "Lead this room?" }
            p { "This link makes " strong { (known.seat.name) } " lead the room. It works once." }
            form method="post" action="/join" {
                input type="hidden" name="token" value=(known.token);
                input type="hidden" name="key" value=(key);
                div.buttons { button.primary type="submit" { "Lead the room" } }
            }
            p { a href="/" { "Not now" } }
        }
    };
    page::framed("Lead this room? Meshdrill", false, &body)
}

impl Sight<'_> {
    fn page(&self) -> Html<String> {
        let pack = self.web.quiz.packs().first();
        let title = format!("{} · Meshdrill", pack.map_or("Room", |pack| pack.title.as_str()));
        let member = self.known.seat.member_id.simple().to_string();
        let body = html! {
            a.skip href="#main" { "To the question" }
            a.skip href="#yours" { "To what is only yours" }
            header.top {
                p.brand { "Meshdrill" }
                p.who { (self.known.seat.name) @if self.known.seat.lead { span.role { "lead" } } }
            }
            div #room data-me=(member) data-daily=(self.carried.daily) {
                main #main tabindex="-1" {
                    h1.unseen { "The room" }
                    @if let Some(note) = self.shown.note { p.notice role="status" { (note) } }
                    @match self.daily { Some(daily) => (self.question(daily)), None => (self.welcome()) }
                    (self.command())
                }
                aside {
                    section #yours aria-labelledby="yours-title" tabindex="-1" {
                        h2 #yours-title { "Only you see this" }
                        div #panel aria-live="polite" { (yours(self.own, self.carried, self.shown)) }
                    }
                    section aria-labelledby="board-title" {
                        h2 #board-title { "This week" }
                        div #board aria-live="polite" { (board(self.room)) }
                    }
                    nav aria-label="Questions" { div #dailies { (dailies(self.room)) } }
                }
            }
        };
        page::framed(&title, true, &body)
    }

    fn question(&self, daily: &Daily) -> Markup {
        let key = daily.id.simple().to_string();
        html! {
            article.question.closed[!daily.open] data-open=(daily.open) { (render::card(&daily.card, 2, Some(self.carried))) }
            section #thread aria-labelledby="thread-title" tabindex="-1" {
                h2 #thread-title { "Thread" }
                div.tally id=(format!("tally-{key}")) aria-live="polite" { (render::card(&daily.tally, 3, None)) }
                div id=(format!("thread-{key}")) { (lines(daily, Some(self.known.seat.member_id))) }
                (self.writing(daily))
            }
        }
    }

    /// Where to write, or the message that is being changed.
    fn writing(&self, daily: &Daily) -> Markup {
        let editing = self.shown.editing.and_then(|id| {
            message(self.room, daily.id, id).filter(|(by, _)| *by == self.known.seat.member_id).map(|(_, text)| (id, text))
        });
        if let Some((id, text)) = editing {
            return html! {
                form.fill #write method="post" action="/edit" {
                    (self.carried.fields())
                    input type="hidden" name="message" value=(id);
                    label for="text" { "Change your message" }
                    textarea #text name="text" rows="4" autofocus { (text) }
                    div.buttons {
                        button.primary type="submit" name="do" value="edit" { "Save" }
                        button type="submit" name="do" value="delete" { "Take it back" }
                        a href=(format!("/?daily={}", self.carried.daily)) { "Leave it" }
                    }
                }
            };
        }
        html! {
            form.fill #write method="post" action="/say" {
                (self.carried.fields())
                label for="text" { "Write in the thread" }
                textarea #text name="text" rows="3" required {}
                div.buttons { button type="submit" { "Send" } }
            }
        }
    }

    /// What a room without a question says.
    fn welcome(&self) -> Markup {
        html! {
            article.question {
                h2 { "Nothing has been asked here yet" }
                p.lead { "Begin with a drill that only you see: five questions, graded as you go." }
                (self.quick(&[("quiz", "Start a quiz", true), ("help", "What else there is", false)]))
                @if self.known.seat.lead {
                    p { "You lead this room. A question a day for everybody, at nine on workdays:" }
                    (self.quick(&[("setup", "Set up the daily question", false)]))
                }
            }
        }
    }

    /// Commands that can be pressed.
    fn quick(&self, commands: &[(&str, &str, bool)]) -> Markup {
        let pack = self.pack();
        html! {
            form.buttons method="post" action="/say" {
                (self.carried.fields())
                @for (command, label, primary) in commands {
                    button.primary[*primary] type="submit" name="text" value=(format!("/{pack} {command}")) { (label) }
                }
            }
        }
    }

    fn pack(&self) -> &str {
        self.web.quiz.packs().first().map_or("istio", |pack| pack.id.as_str())
    }

    /// The line for commands, with all there are.
    fn command(&self) -> Markup {
        let pack = self.pack();
        let topics = self.web.quiz.packs().first().map(|pack| pack.topics.as_slice()).unwrap_or_default();
        html! {
            section.command aria-labelledby="command-title" {
                h2 #command-title { "Commands" }
                (self.quick(&[("quiz", "Quiz me", false), ("quiz weak", "My weak spots", false), ("me", "My standing", false), ("leaderboard all", "All time", false)]))
                form.line method="post" action="/say" {
                    (self.carried.fields())
                    label for="command" { "Any command" }
                    input #command name="text" type="text" list="commands" placeholder=(format!("/{pack} quiz security 3")) autocomplete="off" required;
                    button type="submit" { "Do it" }
                }
                datalist #commands {
                    @for command in COMMANDS.iter().filter(|command| self.known.seat.lead || !command.lead) {
                        option value=(format!("/{pack} {}", command.name)) { (command.usage) " – " (command.help) }
                    }
                    @for topic in topics { option value=(format!("/{pack} quiz {}", topic.id)) { "A quiz on " (topic.title) } }
                }
            }
        }
    }
}

/// What only the reader sees: the newest card or form, and the cards before it.
fn yours(own: &[Own], carried: Carried<'_>, shown: &Shown<'_>) -> Markup {
    // A form that came back with faults is shown again; what it was opened by holds it.
    let again = shown.opened.and_then(|opened| own.iter().find(|own| own.id == opened));
    let mut cards = own.iter().filter(|own| !matches!(own.turn, Turn::None | Turn::FormErrors(_)));
    let Some(first) = again.or_else(|| cards.next()) else {
        return html! { p.small { "Your grades, hints and quizzes appear here." } };
    };
    let earlier = cards.filter_map(|own| card_of(&own.turn).map(|card| (own, card))).take(EARLIER).collect::<Vec<_>>();
    html! {
        div.card {
            @if again.is_none() { @for error in &shown.errors { p.error role="alert" { (error.error) } } }
            @match &first.turn {
                Turn::Form(form) => (render::form(form, &first.id, &shown.typed, &shown.errors, carried)),
                turn => @if let Some(card) = card_of(turn) { (render::card(card, 3, Some(carried))) },
            }
        }
        @if !earlier.is_empty() {
            details {
                summary { "Earlier" }
                @for (own, card) in earlier { div.card { p.small { (render::time(own.at)) } (render::card(card, 3, Some(carried))) } }
            }
        }
    }
}

fn card_of(turn: &Turn) -> Option<&crate::message::Card> {
    match turn {
        Turn::Private(card) | Turn::Public(card) | Turn::Update(card) => Some(card),
        Turn::None | Turn::Form(_) | Turn::FormErrors(_) => None,
    }
}

/// The parts that move while a page is open, by the id of the element they are in.
pub(super) fn parts(room: &Room) -> BTreeMap<String, String> {
    let mut parts =
        BTreeMap::from([("board".to_owned(), board(room).into_string()), ("dailies".to_owned(), dailies(room).into_string())]);
    for daily in &room.dailies {
        let key = daily.id.simple();
        parts.insert(format!("tally-{key}"), render::card(&daily.tally, 3, None).into_string());
        parts.insert(format!("thread-{key}"), lines(daily, None).into_string());
    }
    parts
}

fn board(room: &Room) -> Markup {
    html! {
        @if room.board.is_empty() { p.small { "Nobody has daily points yet." } } @else {
            table {
                thead { tr { th scope="col" { "Rank" } th scope="col" { "Name" } th scope="col" { "Points" } th scope="col" { "Answers" } } }
                tbody { @for place in &room.board {
                    tr data-by=(place.member.simple().to_string()) {
                        td { (place.rank) } th scope="row" { (render::visible(&place.name)) } td { (place.points) } td { (place.answers) }
                    }
                } }
            }
        }
    }
}

fn dailies(room: &Room) -> Markup {
    html! {
        @if !room.dailies.is_empty() {
            h2 { "Questions" }
            ul.dailies { @for daily in &room.dailies {
                li data-daily=(daily.id.simple().to_string()) data-open=(daily.open) {
                    a href=(format!("/?daily={}", daily.id.simple())) { (render::visible(&daily.prompt)) }
                    span.small { @if daily.open { "open" } @else { "closed" } }
                }
            } }
        }
    }
}

/// A thread's lines. Authors may change theirs: on a page for nobody in particular the way there is hidden.
fn lines(daily: &Daily, reader: Option<Uuid>) -> Markup {
    html! {
        @if daily.lines.is_empty() { p.small { "What you write below is your answer. Others see it; your grade is yours alone." } } @else {
            ol.lines { @for line in &daily.lines { (one_line(daily, line, reader)) } }
        }
    }
}

fn one_line(daily: &Daily, line: &Line, reader: Option<Uuid>) -> Markup {
    match &line.by {
        By::Bot(card) => html! { li.bot { p.by { strong { "Meshdrill" } " " (render::time(line.at)) } (render::card(card, 3, None)) } },
        By::Member { id, member, name, text, edited, sign } => html! {
            li data-by=(member.simple().to_string()) {
                p.by {
                    strong { (render::visible(name)) } " " (render::time(line.at))
                    @if *edited { " · changed" }
                    @if let Some(sign) = sign { " · " span.sign { (render::sign(*sign)) } }
                    " " a.own hidden[reader != Some(*member)] href=(format!("/edit?daily={}&message={id}", daily.id.simple())) { "Edit" span.unseen { " what you wrote: " (render::visible(text).chars().take(40).collect::<String>()) } }
                }
                p.words { (render::visible(text)) }
            }
        },
    }
}
