//! Cards, forms and signs as Discord shows them. Nothing here sends or looks anything up.

use crate::chat::discord::limits::{ALT_TEXT, EMBEDS_TOTAL, THREAD_NAME, TITLE, length};
use crate::chat::discord::picture;
use crate::chat::words::{cut, label, one_line};
use crate::message::{Block, Card, Reaction};
use serde_json::{Map, Value, json};

mod forms;
mod markdown;
mod pages;
mod pieces;
mod pressed;

pub use forms::{form, form_errors, typed};
pub use pressed::{CHOOSE, PAGE};

/// The stripe beside every embed, as `0xRRGGBB`. It says nothing: how a line stands is always a word.
const ACCENT: u32 = 0x46_6B_B0;
/// The name of a card's picture.
const PICTURE: &str = "bars.png";
/// The most that the number of the page takes of a footer.
const PAGE_NUMBER: usize = 40;

/// A message as it is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The body of a new message, of an edit, of an interaction's answer and of a forum post alike. Every part of a message is in it, also
    /// the empty ones, so that an edit leaves nothing of what was there.
    pub body: Value,
    /// What is attached, in the order of the body's `attachments`.
    pub files: Vec<File>,
    /// How many pages the card has.
    pub pages: usize,
}

/// A file that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, which the body refers to.
    pub name: &'static str,
    /// What is in it, a PNG.
    pub bytes: Vec<u8>,
    /// What is said of it to people who don't see it.
    pub alt: String,
}

/// A card as a message.
///
/// One that is too long for a message has pages, and this is the one of this number, from 0, or the last. *Back* and *Next* under it have
/// the ids `page.<key>.<n>`, so `key` is at most 80 characters that name where the card is kept.
pub fn message(card: &Card, key: &str, page: usize) -> Rendered {
    let title = card.title.as_deref().map(one_line).filter(|title| !title.is_empty());
    let (mut pieces, footer) = pieces::pieces(card);
    let heading = title.as_deref().map(|title| heading(title, &mut pieces));
    let taken = [heading.as_deref(), footer.as_deref()].into_iter().flatten().map(length).sum::<usize>() + PAGE_NUMBER;
    let laid = pages::pages(pieces, EMBEDS_TOTAL - taken);
    let buttons = pressed::once(&card.buttons);
    let pages = pressed::pages(buttons.len(), laid.len());
    let page = page.min(pages - 1);
    let mut embeds: Vec<Map<String, Value>> = laid[page.min(laid.len() - 1)].iter().map(embed).collect();
    if let (Some(first), Some(heading)) = (embeds.first_mut(), heading) {
        first.insert("title".into(), heading.into());
    }
    // The small print comes last, as on the card.
    let footer = footer.filter(|_| page + 1 == pages).into_iter();
    let footer: Vec<String> = footer.chain((pages > 1).then(|| format!("Page {} of {pages}", page + 1))).collect();
    if let (Some(last), false) = (embeds.last_mut(), footer.is_empty()) {
        last.insert("footer".into(), json!({ "text": footer.join(" · ") }));
    }
    let says_nothing = |embed: &Map<String, Value>| ["title", "description", "fields"].iter().all(|part| !embed.contains_key(*part));
    for embed in embeds.iter_mut().filter(|embed| says_nothing(embed)) {
        // An embed of nothing is refused.
        embed.insert("description".into(), "…".into());
    }
    let files = drawing(card, page, &mut embeds);
    let attachments = files.iter().enumerate().map(|(id, file)| json!({ "id": id, "filename": file.name, "description": file.alt }));
    let (content, mentions) = told(card.ping.as_deref());
    let body = json!({
        "content": content,
        "embeds": embeds,
        "components": pressed::rows(&buttons, key, page, pages),
        "allowed_mentions": mentions,
        "attachments": attachments.collect::<Vec<_>>(),
    });
    Rendered { body, files, pages }
}

/// The title as the embed's; one that is too long for that is cut there, and said whole below.
fn heading(title: &str, pieces: &mut Vec<pieces::Piece>) -> String {
    let heading = markdown::plain(title);
    if length(&heading) <= TITLE {
        return heading;
    }
    let whole = Card::default().block(Block::Lead(title.to_owned()));
    pieces.splice(..0, pieces::pieces(&whole).0);
    // A backslash may stand before every character.
    markdown::plain(&cut(title, TITLE / 2))
}

fn embed(embed: &pages::Embed) -> Map<String, Value> {
    let mut json = Map::from_iter([("color".to_owned(), ACCENT.into())]);
    if !embed.description.is_empty() {
        json.insert("description".into(), embed.description.as_str().into());
    }
    if !embed.fields.is_empty() {
        let fields = embed.fields.iter().map(|(name, value)| json!({ "name": name, "value": value, "inline": false }));
        json.insert("fields".into(), fields.collect());
    }
    json
}

/// The card's picture, which the first page shows.
fn drawing(card: &Card, page: usize, embeds: &mut [Map<String, Value>]) -> Vec<File> {
    let picture = card.picture.as_ref().filter(|_| page == 0);
    let (Some(picture), Some(embed)) = (picture, embeds.first_mut()) else { return Vec::new() };
    let Some(bytes) = picture::png(picture) else { return Vec::new() };
    let alt = label(&picture.alt, ALT_TEXT);
    embed.insert("image".into(), json!({ "url": format!("attachment://{PICTURE}"), "description": alt }));
    vec![File { name: PICTURE, bytes, alt }]
}

/// The words above the embeds, which mention a group that asked for it, and who may be mentioned: that group, or nobody.
fn told(group: Option<&str>) -> (String, Value) {
    match group.filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())) {
        Some(id) => (format!("<@&{id}>"), json!({ "parse": [], "roles": [id] })),
        None => (String::new(), json!({ "parse": [] })),
    }
}

/// A sign on a message. A tick or a cross would judge, and grades are private; so it is a note that was taken, and a question mark. Neither is
/// the only word on it: the thread's count and *My grade* say the same.
pub fn reaction(sign: Reaction) -> &'static str {
    match sign {
        Reaction::Graded => "📝",
        Reaction::Unread => "❓",
    }
}

/// A thread's name, from the card it is about: 1 to 100 characters, cut between words.
pub fn thread_name(card: &Card) -> String {
    let first = card.blocks.iter().find_map(|block| match block {
        Block::Lead(text) | Block::Quote(text) => Some(text.as_str()),
        _ => None,
    });
    let named = [card.title.as_deref(), first].into_iter().flatten().find(|text| !one_line(text).is_empty());
    label(named.unwrap_or("Question"), THREAD_NAME)
}

#[cfg(test)]
mod tests;
