//! What can be pressed under a message: buttons in rows, or select menus where there are many of them, and *Back* and *Next*.

use crate::chat::discord::limits::{BUTTON_LABEL, CUSTOM_ID, OPTION_LABEL, OPTIONS, ROW_BUTTONS, ROWS, SELECT_PLACEHOLDER, length};
use crate::chat::words::label;
use crate::message::Button;
use serde_json::{Value, json};

/// More buttons than this become select menus.
const MOST_BUTTONS: usize = 10;
/// Options on each of several pages: one row is for *Back* and *Next*.
const PAGE_OPTIONS: usize = (ROWS - 1) * OPTIONS;

const ROW: u8 = 1;
const BUTTON: u8 = 2;
const SELECT: u8 = 3;
const PRIMARY: u8 = 1;
const SECONDARY: u8 = 2;

/// The custom_id of a select menu begins with this; what is chosen in it is a button's id.
pub const CHOOSE: &str = "choose.";
/// The custom_id of *Back* and *Next* begins with this, then comes the key of the card, a dot, and the page, from 0.
pub const PAGE: &str = "page.";

/// Buttons that do the same are one: Discord takes no id twice.
pub(super) fn once(buttons: &[Button]) -> Vec<&Button> {
    let mut once: Vec<&Button> = Vec::with_capacity(buttons.len());
    for button in buttons {
        debug_assert!(!button.id.is_empty() && length(&button.id) <= CUSTOM_ID, "{:?} can't be a custom_id", button.id);
        if once.iter().all(|other| other.id != button.id) {
            once.push(button);
        }
    }
    once
}

/// How many pages the buttons need, where the words need this many.
pub(super) fn pages(buttons: usize, words: usize) -> usize {
    match (buttons, words) {
        (0..=MOST_BUTTONS, _) => words,
        (_, 1) if buttons <= ROWS * OPTIONS => 1,
        _ => words.max(buttons.div_ceil(PAGE_OPTIONS)),
    }
}

/// The rows under a page. Buttons stand under every page; what there are too many of for that is spread over the pages.
pub(super) fn rows(buttons: &[&Button], key: &str, page: usize, pages: usize) -> Vec<Value> {
    let mut rows = match buttons.len() {
        0..=MOST_BUTTONS => buttons.chunks(ROW_BUTTONS).map(|row| row_of(row.iter().map(|button| pressed(button)))).collect(),
        _ => menus(buttons, page, pages),
    };
    if pages > 1 {
        let turn = |label: &str, to: usize| {
            let id = format!("{PAGE}{key}.{to}");
            debug_assert!(length(&id) <= CUSTOM_ID, "{key} is too long a key");
            json!({ "type": BUTTON, "style": SECONDARY, "label": label, "custom_id": id })
        };
        let back = page.checked_sub(1).map(|to| turn("Back", to));
        let next = (page + 1 < pages).then(|| turn("Next", page + 1));
        rows.push(row_of(back.into_iter().chain(next)));
    }
    rows
}

fn row_of(components: impl Iterator<Item = Value>) -> Value {
    json!({ "type": ROW, "components": components.collect::<Vec<_>>() })
}

fn pressed(button: &Button) -> Value {
    let style = if button.primary { PRIMARY } else { SECONDARY };
    json!({ "type": BUTTON, "style": style, "label": label(&button.label, BUTTON_LABEL), "custom_id": button.id })
}

fn menus(buttons: &[&Button], page: usize, pages: usize) -> Vec<Value> {
    let shown = if pages == 1 { buttons } else { buttons.chunks(PAGE_OPTIONS).nth(page).unwrap_or_default() };
    let before = if pages == 1 { 0 } else { page * PAGE_OPTIONS };
    let menus = shown.chunks(OPTIONS).enumerate().map(|(n, part)| {
        let first = before + n * OPTIONS + 1;
        let which = if shown.len() == part.len() && pages == 1 {
            "Choose one".to_owned()
        } else {
            format!("Choose one, {first} to {} of {}", first + part.len() - 1, buttons.len())
        };
        let options = part.iter().map(|button| json!({ "label": label(&button.label, OPTION_LABEL), "value": button.id }));
        let placeholder = label(&which, SELECT_PLACEHOLDER);
        let menu = json!({
            "type": SELECT, "custom_id": format!("{CHOOSE}{n}"), "placeholder": placeholder, "options": options.collect::<Vec<_>>()
        });
        row_of(std::iter::once(menu))
    });
    menus.collect()
}
