//! The room's page: the question and its thread, what only the reader sees, the board, and where to write.

use super::guard::{self, Broken, Known};
use super::render::{self, Carried};
use super::{Web, join, live, page, panel, secret};
use crate::command::completions;
use crate::message::FieldError;
use crate::quiz::room::{self, Below, By, Line, Own, Room, Standing, Topic};
use crate::quiz::seats::Seat;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, PreEscaped, html};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// How many places of the board everybody sees.
const BOARD: usize = 10;
/// Commands at hand: what is typed, and what is read.
const QUICK: [(&str, &str, bool); 6] = [
    ("quiz", "Quiz me", false),
    ("interview", "Interview me", false),
    ("quiz weak", "My weak spots", false),
    ("challenge", "Challenge everybody", false),
    ("me", "My standing", false),
    ("leaderboard all", "All time", false),
];

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
    /// All messages of the thread are shown.
    pub(super) whole: bool,
    /// A form that was left.
    pub(super) left: Option<&'a str>,
    /// The message that is being changed.
    pub(super) editing: Option<&'a str>,
}

/// One page for one reader.
struct Sight<'a> {
    web: &'a Web,
    known: &'a Known,
    room: &'a Room,
    own: &'a [Own],
    topic: Option<&'a Topic>,
    /// The digest of the lines that events go on from, where it isn't that of all lines on the page.
    seen: Option<String>,
    carried: Carried<'a>,
    shown: &'a Shown<'a>,
}

/// What an address asks for.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Asked {
    /// What the page is to be about.
    pub(super) topic: Option<String>,
    /// The form that was left.
    pub(super) leave: Option<String>,
    /// The message that is to be changed.
    message: Option<String>,
    /// All messages are wanted, however many.
    whole: Option<String>,
    /// What a newcomer brings.
    key: Option<String>,
}

impl Asked {
    fn about(&self) -> Option<Uuid> {
        self.topic.as_deref().and_then(|id| Uuid::parse_str(id).ok())
    }
}

/// The room, or the page to join it.
pub(super) async fn show(State(web): State<Arc<Web>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Result<Response, Broken> {
    let key = asked.key.as_deref().unwrap_or_default();
    match guard::known(&web, &headers).await? {
        Some(known) if key.is_empty() || known.seat.lead || !web.is_lead_key(key) => {
            let shown = Shown { left: asked.leave.as_deref(), whole: asked.whole.is_some(), ..Shown::default() };
            Ok(Html(sight(&web, &known, asked.about(), &shown).await?).into_response())
        }
        Some(known) => Ok(lead_offer(&known, key).into_response()),
        None => Ok(join::show(&web, &headers, key)),
    }
}

/// The page with what is wrong.
pub(super) async fn answer(web: &Web, known: &Known, topic: Option<Uuid>, shown: Shown<'_>) -> Result<Response, Broken> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(sight(web, known, topic, &shown).await?)).into_response())
}

/// The page with one of the reader's messages ready to be changed.
pub(super) async fn edit(State(web): State<Arc<Web>>, headers: HeaderMap, Query(asked): Query<Asked>) -> Result<Response, Broken> {
    let Some(known) = guard::known(&web, &headers).await? else { return Ok(join::show(&web, &headers, "")) };
    let shown = Shown { editing: asked.message.as_deref(), ..Shown::default() };
    Ok(Html(sight(&web, &known, asked.about(), &shown).await?).into_response())
}

/// Whose message it is, and what it says now.
pub(super) fn message<'r>(topic: &'r Topic, message: &str) -> Option<(Uuid, &'r str)> {
    topic.lines.iter().find(|line| line.id == message).and_then(|line| match &line.by {
        By::Member { member, text, .. } => Some((*member, text.as_str())),
        By::Bot(_) => None,
    })
}

async fn sight(web: &Web, known: &Known, asked: Option<Uuid>, shown: &Shown<'_>) -> Result<String, Broken> {
    let (workspace, now) = (web.workspace, web.now());
    let room = web.quiz.room(workspace, now, None, Below::One(asked)).await?;
    let own = web.quiz.own(workspace, &known.seat).await?;
    let of = |room: &Room, id| room.topics.iter().find(|topic| topic.id == id).cloned();
    let older = match asked {
        // It is read with those before it, and may be gone.
        Some(id) if of(&room, id).is_none() => of(&web.quiz.room(workspace, now, asked, Below::One(asked)).await?, id),
        _ => None,
    };
    let mut topic = older.or_else(|| room::shown(&room.topics, asked).and_then(|id| of(&room, id)));
    let mut seen = None;
    if let Some(short) = topic.as_ref().filter(|topic| shown.whole && topic.more) {
        // Events tell of the newest lines alone.
        seen = Some(live::digest_of(&shared_lines(short)));
        topic = of(&web.quiz.room(workspace, now, Some(short.id), Below::Whole(short.id)).await?, short.id);
    }
    let (id, key) = (secret(), topic.as_ref().map_or(String::new(), |topic| topic.id.simple().to_string()));
    let carried = Carried { token: &known.token, id: &id, topic: &key };
    Ok(Sight { web, known, room: &room, own: &own, topic: topic.as_ref(), seen, carried, shown }.page().0)
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
        let lines = self.topic.map(shared_lines).unwrap_or_default();
        let seen = self.seen.clone().unwrap_or_else(|| live::digest_of(&lines));
        let body = html! {
            a.skip href="#main" { "To the question" }
            a.skip href="#yours" { "To what is only yours" }
            (page::top(&self.known.seat, "/"))
            div #room data-me=(member) data-topic=(self.carried.topic) data-token=(self.carried.token) data-seen=(seen) data-leads=(self.known.seat.lead) {
                main #main tabindex="-1" {
                    h1.unseen { "The room" }
                    div #news role="status" {}
                    @if let Some(note) = self.shown.note { p.notice role="status" { (note) } }
                    @match self.topic { Some(topic) => (self.about(topic, &lines)), None => (self.welcome()) }
                    (self.command())
                }
                aside {
                    section #yours aria-labelledby="yours-title" tabindex="-1" {
                        h2 #yours-title { "Only you see this" }
                        div #panel aria-live="polite" { (panel::yours(self.own, self.carried, self.shown)) }
                    }
                    section aria-labelledby="board-title" {
                        h2 #board-title { "This week" }
                        div #board { (board(&self.room.board, self.known.seat.member_id)) }
                    }
                    nav aria-label="What was asked here" { div #topics { (topics(self.room)) } }
                }
            }
        };
        page::framed(&title, true, &body)
    }

    fn about(&self, topic: &Topic, shared: &[(String, String)]) -> Markup {
        let key = self.carried.topic;
        html! {
            article.question #about tabindex="-1" { div id=(format!("card-{key}")) { (render::card(&topic.card, 2, Some(self.carried))) } }
            section #thread aria-labelledby="thread-title" tabindex="-1" {
                h2 #thread-title { @if topic.tally.is_some() { "Thread" } @else { "So far" } }
                @if let Some(tally) = &topic.tally {
                    div.tally id=(format!("tally-{key}")) aria-live="polite" { (render::card(tally, 3, None)) }
                }
                (lines(topic, shared, &self.known.seat, self.carried))
                @if topic.place.is_some() { (self.writing(topic)) }
            }
        }
    }

    /// Where to write, or the message that is being changed.
    fn writing(&self, topic: &Topic) -> Markup {
        let seat = &self.known.seat;
        let editing = self.shown.editing.and_then(|id| Some((id, message(topic, id)?)));
        let editing = editing.filter(|(_, (by, _))| *by == seat.member_id || seat.lead);
        if let Some((id, (by, text))) = editing {
            let own = by == seat.member_id;
            return html! {
                form.fill #write method="post" action="/edit" {
                    (self.carried.fields())
                    input type="hidden" name="message" value=(id);
                    @if own {
                        label for="text" { "Change your message" }
                        textarea #text name="text" rows="4" autofocus { (text) }
                    } @else {
                        p { "Take this away from the thread for everybody? An answer in it is withdrawn." }
                        blockquote { p { (render::visible(text)) } }
                    }
                    div.buttons {
                        @if own { button.primary type="submit" name="do" value="edit" { "Save" } }
                        button type="submit" name="do" value="delete" { @if own { "Take it back" } @else { "Take it away" } }
                        a href=(format!("/?topic={}", self.carried.topic)) { "Leave it" }
                    }
                }
            };
        }
        html! {
            form.fill #write method="post" action="/say" {
                (self.carried.fields())
                label for="text" { "Write in the thread" }
                @if topic.open { p.small #text-hint { "The first thing you write is your answer. Others see it; your grade is yours alone, under My grade." } }
                textarea #text name="text" rows="3" required aria-describedby=[topic.open.then_some("text-hint")] {}
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
                (self.quick(&[("quiz", "Start a quiz", true), ("interview", "Begin an interview", false), ("help", "What else there is", false)]))
                @if self.known.seat.lead && self.room.next.is_none() {
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
        let completions = self.web.quiz.packs().first().map(|pack| completions(pack, self.known.seat.lead)).unwrap_or_default();
        html! {
            section.command aria-labelledby="command-title" {
                h2 #command-title { "Commands" }
                (self.quick(&QUICK))
                form.line method="post" action="/command" {
                    (self.carried.fields())
                    label for="command" { "Any command" }
                    input #command name="text" type="text" list="commands" placeholder=(format!("/{pack} quiz security 3")) autocomplete="off" required;
                    button type="submit" { "Do it" }
                }
                datalist #commands {
                    @for (typed, help) in completions { option value=(format!("/{pack} {typed}")) { (help) } }
                }
            }
        }
    }
}

/// The parts that move while a page is open, by the id of the element they are in. Forms in them are completed by the page's script.
pub(super) fn parts(room: &Room) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::from([("topics".to_owned(), topics(room).into_string())]);
    for topic in &room.topics {
        let key = topic.id.simple().to_string();
        let carried = Carried { token: "", id: "", topic: &key };
        parts.insert(format!("card-{key}"), render::card(&topic.card, 2, Some(carried)).into_string());
        if let Some(tally) = &topic.tally {
            parts.insert(format!("tally-{key}"), render::card(tally, 3, None).into_string());
        }
    }
    parts
}

/// The lines below a topic for nobody in particular, by their ids.
pub(super) fn shared_lines(topic: &Topic) -> Vec<(String, String)> {
    let key = topic.id.simple().to_string();
    let carried = Carried { token: "", id: "", topic: &key };
    topic.lines.iter().map(|line| (line.id.clone(), one_line(line, None, carried).into_string())).collect()
}

/// The first of the board, and the reader's own place where it is further down.
pub(super) fn board(standing: &[Standing], reader: Uuid) -> Markup {
    let own = standing.iter().skip(BOARD).find(|place| place.member == reader);
    html! {
        @if standing.is_empty() { p.small { "Nobody has daily points yet." } } @else {
            table {
                thead { tr { th scope="col" { "Rank" } th scope="col" { "Name" } th scope="col" { "Points" } th scope="col" { "Answers" } } }
                tbody { @for place in standing.iter().take(BOARD).chain(own) {
                    tr.mine[place.member == reader] {
                        td { (place.rank) } th scope="row" { (render::visible(&place.name)) } td { (place.points) } td { (place.answers) }
                    }
                } }
            }
        }
    }
}

fn topics(room: &Room) -> Markup {
    html! {
        @if !room.topics.is_empty() {
            h2 { "Asked here" }
            ul.topics { @for topic in &room.topics {
                @let key = topic.id.simple().to_string();
                li data-topic=(key) data-open=(topic.open) {
                    a href=(format!("/?topic={key}")) { (render::visible(&topic.title)) }
                    span.small { @if topic.open { "open" } @else { "over" } }
                }
            } }
        }
        @if let Some(next) = room.next { p.small { "The next daily question: " (render::time(next)) "." } }
        @if let Some(earlier) = room.earlier {  p.small { a href=(format!("/?topic={}", earlier.simple())) { "Earlier" } } }
    }
}

/// What was said below a topic. All but what the reader can change or press is the same for everybody.
fn lines(topic: &Topic, shared: &[(String, String)], reader: &Seat, carried: Carried<'_>) -> Markup {
    let by_others = |line: &Line| matches!(line.by, By::Member { member, .. } if member != reader.member_id && !reader.lead);
    html! {
        @if topic.more { p.small { a href=(format!("/?topic={}&whole=yes", carried.topic)) { "Show what was said before" } } }
        ol.lines #lines { @for (line, (_, html)) in topic.lines.iter().zip(shared) {
            @if by_others(line) { (PreEscaped(html)) } @else { (one_line(line, Some(reader), carried)) }
        } }
        p.small.hint { @if topic.tally.is_some() { "Nobody has written yet." } @else { "Nothing yet." } }
    }
}

/// A line. The way to change it is hidden on a page for nobody in particular.
fn one_line(line: &Line, reader: Option<&Seat>, carried: Carried<'_>) -> Markup {
    let id = format!("line-{}", line.id);
    match &line.by {
        By::Bot(card) => html! {
            li.bot id=(id) { p.by { strong { "Meshdrill" } " " span.role { "bot" } " " (render::time(line.at)) } (render::card(card, 3, Some(carried))) }
        },
        By::Member { member, name, text, edited, sign } => {
            let (owns, leads) = (reader.is_some_and(|reader| reader.member_id == *member), reader.is_some_and(|reader| reader.lead));
            let change = format!("/edit?topic={}&message={}", carried.topic, line.id);
            let begins: String = render::visible(text).chars().take(40).collect();
            html! {
                li id=(id) data-by=(member.simple().to_string()) {
                    p.by {
                        strong { (render::visible(name)) } " " (render::time(line.at))
                        @if *edited { " · changed" }
                        @if let Some(sign) = sign { " · " span.sign { (render::sign(*sign)) } }
                        " " a.own hidden[!owns] href=(change) { "Edit" span.unseen { " what you wrote: " (begins) } }
                        " " a.take hidden[owns || !leads] href=(change) { "Take away" span.unseen { " what was written: " (begins) } }
                    }
                    p.words { (render::visible(text)) }
                }
            }
        }
    }
}
