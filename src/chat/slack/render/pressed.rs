//! What can be pressed under a message: buttons, and *Back* and *Next*.

use crate::chat::slack::limits::{ACTIONS_ELEMENTS, BUTTON_TEXT, ID};
use crate::chat::words::{label, length};
use crate::message::Button;
use serde_json::{Value, json};
use std::collections::HashSet;

/// The action of *Back* and *Next* begins with this, then comes the key of the card, a dot, and the page, from 0.
pub const PAGE: &str = "page.";
/// Blocks of buttons on one page, where there are many.
pub(super) const MOST_ROWS: usize = 2;
/// What *Back*, *Next* and the number of the page take of a message's text.
pub(super) const TURNING_TEXT: usize = 60;

/// A card's buttons.
pub(super) struct Pressed<'c> {
    /// Each with its action, which no other has.
    buttons: Vec<(String, &'c Button)>,
}

impl<'c> Pressed<'c> {
    /// Buttons that do the same are told apart by `~2`, `~3`, … behind the action; their value is the id alone.
    pub(super) fn new(buttons: &'c [Button]) -> Self {
        let mut taken = HashSet::new();
        let named = buttons.iter().map(|button| {
            debug_assert!(!button.id.is_empty() && length(&button.id) <= ID - "~999".len(), "{:?} can't be an action", button.id);
            let mut action = button.id.clone();
            let mut n = 2;
            while !taken.insert(action.clone()) {
                action = format!("{}~{n}", button.id);
                n += 1;
            }
            (action, button)
        });
        Pressed { buttons: named.collect() }
    }

    /// How many pages the buttons need, where the words need this many.
    pub(super) fn pages(&self, words: usize) -> usize {
        words.max(self.buttons.len().div_ceil(MOST_ROWS * ACTIONS_ELEMENTS))
    }

    /// A page's buttons. A few stand under every page; what there are too many of for that is spread over the pages.
    fn on(&self, page: usize) -> &[(String, &'c Button)] {
        if self.buttons.len() <= ACTIONS_ELEMENTS {
            return &self.buttons;
        }
        self.buttons.chunks(MOST_ROWS * ACTIONS_ELEMENTS).nth(page).unwrap_or_default()
    }

    /// The most text that the buttons of a page have.
    pub(super) fn text(&self) -> usize {
        let labels = |buttons: &[(String, &Button)]| buttons.iter().map(|(_, button)| length(&button.label).clamp(1, BUTTON_TEXT)).sum();
        (0..self.pages(1)).map(|page| labels(self.on(page))).max().unwrap_or_default()
    }

    /// The blocks under a page.
    pub(super) fn blocks(&self, key: &str, page: usize, pages: usize) -> Vec<Value> {
        let rows = self.on(page).chunks(ACTIONS_ELEMENTS);
        let mut blocks: Vec<Value> =
            rows.map(|row| actions(row.iter().map(|(action, button)| pressed(action, button)).collect())).collect();
        if pages > 1 {
            let turn = |label: &str, to: usize| {
                let action = format!("{PAGE}{key}.{to}");
                debug_assert!(length(&action) <= ID, "{key} is too long a key");
                pressed(&action, &Button { id: action.clone(), label: label.to_owned(), primary: false })
            };
            let back = page.checked_sub(1).map(|to| turn("Back", to));
            let next = (page + 1 < pages).then(|| turn("Next", page + 1));
            blocks.push(actions(back.into_iter().chain(next).collect()));
        }
        blocks
    }
}

fn actions(elements: Vec<Value>) -> Value {
    json!({ "type": "actions", "elements": elements })
}

fn pressed(action: &str, button: &Button) -> Value {
    let text = super::plain_text(&label(&button.label, BUTTON_TEXT));
    let mut json = json!({ "type": "button", "action_id": action, "value": button.id, "text": text });
    if button.primary {
        json["style"] = "primary".into();
    }
    json
}
