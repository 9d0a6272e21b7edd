//! Cards, forms and signs as Slack shows them, and what people typed as it was typed. Nothing here sends or looks anything up.

use crate::chat::slack::limits::{BLOCKS_OF_MESSAGE, HEADER_TEXT, MESSAGE_BLOCKS_TEXT, MESSAGE_TEXT};
use crate::chat::words::{label, length, one_line};
use crate::message::{Block, Card, Reaction};
use pages::{Part, Room, section, small};
use pressed::{MOST_ROWS, Pressed, TURNING_TEXT};
use serde_json::{Value, json};

mod forms;
mod mrkdwn;
mod pages;
mod pieces;
mod plain;
mod pressed;

pub use forms::{form, form_errors};
pub use mrkdwn::escape;
pub use plain::plain;
pub use pressed::PAGE;

/// Where something is left out, or there is nothing.
const NOTHING: &str = "…";

/// A message as it is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// What notifications show and screen readers say: the same words as the blocks, or the first of them where they are many.
    pub text: String,
    /// The message itself.
    pub blocks: Vec<Value>,
    /// How many pages the card has.
    pub pages: usize,
}

/// A card as a message; its picture, whose words are in the card as well, is another matter.
///
/// One that is too long for a message has pages, and this is the one of this number, from 0, or the last. *Back* and *Next* under it have
/// the actions `page.<key>.<n>`, so `key` is at most 200 characters that name where the card is kept. A group is told by the first page only.
pub fn message(card: &Card, key: &str, page: usize) -> Rendered {
    let title = card.title.as_deref().map(one_line).filter(|title| !title.is_empty());
    let mut pieces = pieces::pieces(card);
    if let Some(title) = title.as_ref().filter(|title| length(title) > HEADER_TEXT) {
        // It is cut there, and said whole below.
        pieces.splice(..0, pieces::pieces(&Card::default().block(Block::Lead(title.clone()))));
    }
    let heading = title.as_deref().map(|title| label(title, HEADER_TEXT));
    let told = card.ping.as_deref().filter(|id| mrkdwn::is_id(id, &['S'])).map(|id| format!("<!subteam^{id}>"));
    let pressed = Pressed::new(&card.buttons);
    let taken = [heading.as_deref(), told.as_deref()].into_iter().flatten().map(length).sum::<usize>() + pressed.text() + TURNING_TEXT;
    // Besides the parts: a heading, a group, the buttons, *Back* and *Next*, the number of the page.
    let room = Room { text: MESSAGE_BLOCKS_TEXT - taken, parts: BLOCKS_OF_MESSAGE - MOST_ROWS - 4 };
    let laid = pages::pages(pieces, room);
    let pages = pressed.pages(laid.len());
    let page = page.min(pages - 1);
    let told = told.filter(|_| page == 0);
    let parts = &laid[page.min(laid.len() - 1)];

    let mut blocks: Vec<Value> = told.iter().map(|told| section(told)).collect();
    blocks.extend(heading.iter().map(|heading| json!({ "type": "header", "text": plain_text(heading) })));
    blocks.extend(parts.iter().map(Part::block));
    if blocks.is_empty() {
        // A message of buttons alone, or of nothing, is refused.
        blocks.push(section(NOTHING));
    }
    blocks.extend(pressed.blocks(key, page, pages));
    if pages > 1 {
        blocks.push(small(&format!("Page {} of {pages}", page + 1)));
    }
    Rendered { text: spoken(told.as_deref(), heading.as_deref(), parts), blocks, pages }
}

/// The words of a page without its blocks: as many of its parts as there is room for, each whole.
fn spoken(told: Option<&str>, heading: Option<&str>, parts: &[Part]) -> String {
    let opening = [told.map(str::to_owned), heading.map(mrkdwn::literal)];
    let mut text = opening.into_iter().flatten().collect::<Vec<_>>().join(" ");
    for part in parts {
        let gap = if text.is_empty() { "" } else { "\n" };
        // Room for what follows if another part doesn't fit.
        if length(&text) + gap.len() + length(&part.text) + 2 > MESSAGE_TEXT {
            text.push_str(gap);
            text.push_str(NOTHING);
            break;
        }
        text.push_str(gap);
        text.push_str(&part.text);
    }
    if text.is_empty() { NOTHING.to_owned() } else { text }
}

/// Text without marks, mentions or emoji codes, as it stands.
fn plain_text(text: &str) -> Value {
    json!({ "type": "plain_text", "text": text, "emoji": false })
}

/// A sign on a message, by the name of its emoji. A tick or a cross would judge, and grades are private; so it is a note that was taken, and
/// a question mark. Neither is the only word on it: the thread's count and *My grade* say the same.
pub fn reaction(sign: Reaction) -> &'static str {
    match sign {
        Reaction::Graded => "memo",
        Reaction::Unread => "question",
    }
}

#[cfg(test)]
mod tests;
