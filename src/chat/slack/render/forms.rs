//! Forms as modals, and what is said beside the fields of one that can't be taken.

use super::plain_text;
use crate::chat::slack::limits::{BLOCKS_OF_VIEW, ID, INPUT_LABEL, INPUT_TEXT, MODAL_TITLE, PRIVATE_METADATA, SECTION_TEXT};
use crate::chat::words::{cut, fit, halved, label, length, visible};
use crate::message::{Field, FieldError, Form};
use serde_json::{Map, Value, json};

/// A form as a modal's view. `metadata` comes back with it, seen by nobody: at most 3,000 characters.
///
/// What is asked stands above the fields; what is sent comes back under each field's id, as `block_id` and as `action_id`.
pub fn form(form: &Form, metadata: &str) -> Value {
    debug_assert!(!form.id.is_empty() && length(&form.id) <= ID, "{:?} can't be a callback_id", form.id);
    debug_assert!(length(metadata) <= PRIVATE_METADATA, "{} carries too much", form.id);
    debug_assert!(form.fields.len() < BLOCKS_OF_VIEW, "{} asks too much", form.id);
    let mut asked = Vec::new();
    let text = visible(&form.text);
    if !text.trim().is_empty() {
        let whole = text.trim().to_owned();
        fit(whole, SECTION_TEXT, &|text: &String| text.clone(), &|text: &String| halved(text), &mut asked);
    }
    let asked = asked.iter().filter(|text| !text.trim().is_empty()).take(BLOCKS_OF_VIEW - form.fields.len());
    // It may be a member's question, and plain text knows no marks and no mentions.
    let asked = asked.map(|text| json!({ "type": "section", "text": plain_text(text), "expand": true }));
    json!({
        "type": "modal",
        "callback_id": form.id,
        "private_metadata": metadata,
        "title": plain_text(&label(&form.title, MODAL_TITLE)),
        "submit": plain_text("Send"),
        "close": plain_text("Cancel"),
        "blocks": asked.chain(form.fields.iter().map(input)).collect::<Vec<_>>(),
    })
}

fn input(field: &Field) -> Value {
    debug_assert!(length(&field.value) <= INPUT_TEXT, "{} opens with more than may be typed", field.id);
    let mut element = json!({
        "type": "plain_text_input",
        "action_id": field.id,
        "multiline": field.long,
        "max_length": INPUT_TEXT,
    });
    if !field.value.is_empty() {
        element["initial_value"] = cut(&field.value, INPUT_TEXT).into();
    }
    json!({
        "type": "input",
        "block_id": field.id,
        "label": plain_text(&label(&field.label, INPUT_LABEL)),
        "optional": !field.required,
        "element": element,
    })
}

/// The answer to a form that can't be taken: it stays open with what was typed, and says below each field what is wrong with it.
pub fn form_errors(errors: &[FieldError]) -> Value {
    let mut said: Map<String, Value> = Map::new();
    for FieldError { field, error } in errors {
        let before = said.get(field).and_then(Value::as_str).map(|before| format!("{before} ")).unwrap_or_default();
        said.insert(field.clone(), label(&format!("{before}{error}"), INPUT_LABEL).into());
    }
    json!({ "response_action": "errors", "errors": said })
}
