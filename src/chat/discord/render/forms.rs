//! Forms as modals, what comes back of them, and what is said of one that can't be taken.

use super::{Rendered, message};
use crate::chat::discord::limits::{CUSTOM_ID, INPUT_LABEL, INPUT_PLACEHOLDER, INPUT_VALUE, MODAL_ROWS, MODAL_TITLE, length};
use crate::chat::words::{capital, cut, label, one_line, visible};
use crate::message::{Block, Card, Field, FieldError, Form, Mark, Text};
use serde_json::{Value, json};

const ROW: u8 = 1;
const INPUT: u8 = 4;
const SHORT: u8 = 1;
const PARAGRAPH: u8 = 2;
/// Stands between the ids of fields that share a row.
const AND: char = '+';

/// One text input.
struct Input {
    id: String,
    label: String,
    value: String,
    hint: String,
    long: bool,
    required: bool,
}

/// A form as the `data` of a modal. What is asked stands in its first input while that is empty, as far as there is room.
///
/// A modal has five rows. The fields of a longer form from the fifth on share one, a line each (`grades: author`); [`typed`] takes them
/// apart again.
pub fn form(form: &Form) -> Value {
    debug_assert!(!form.id.is_empty() && length(&form.id) <= CUSTOM_ID, "{:?} can't be a custom_id", form.id);
    let inputs = inputs(form).into_iter().map(|input| {
        let mut json = json!({
            "type": INPUT,
            "custom_id": input.id,
            "label": label(&input.label, INPUT_LABEL),
            "style": if input.long { PARAGRAPH } else { SHORT },
            "required": input.required,
            "max_length": INPUT_VALUE,
        });
        debug_assert!(length(&input.value) <= INPUT_VALUE, "{} opens with more than may be typed", form.id);
        for (name, text, most) in [("value", &input.value, INPUT_VALUE), ("placeholder", &input.hint, INPUT_PLACEHOLDER)] {
            if !text.is_empty() {
                json[name] = cut(text, most).into();
            }
        }
        json!({ "type": ROW, "components": [json] })
    });
    json!({ "custom_id": form.id, "title": label(&form.title, MODAL_TITLE), "components": inputs.collect::<Vec<_>>() })
}

fn inputs(form: &Form) -> Vec<Input> {
    let own = if form.fields.len() > MODAL_ROWS { MODAL_ROWS - 1 } else { form.fields.len() };
    let (own, shared) = form.fields.split_at(own);
    let mut inputs: Vec<Input> = own.iter().map(input).collect();
    if !shared.is_empty() {
        let ids: Vec<&str> = shared.iter().map(|field| field.id.as_str()).collect();
        let (last, most) = ids.split_last().unwrap_or((&"", &[]));
        inputs.push(Input {
            id: ids.join(&AND.to_string()),
            label: capital(&format!("{} and {last}", most.join(", "))),
            value: shared.iter().map(|field| format!("{}: {}", field.id, field.value)).collect::<Vec<_>>().join("\n"),
            hint: one_line(&shared.iter().map(|field| field.label.as_str()).collect::<Vec<_>>().join("; ")),
            long: true,
            required: shared.iter().any(|field| field.required),
        });
    }
    if let Some(first) = inputs.first_mut() {
        first.hint = one_line(&form.text);
    }
    inputs
}

fn input(field: &Field) -> Input {
    let Field { id, label, value, long, required } = field.clone();
    Input { id, label, value, hint: String::new(), long, required }
}

/// What was typed into each field, from a modal's inputs (their custom_ids and values).
///
/// Fields that shared an input are told apart by their ids at the beginning of lines, or by their order where no line names any. One that
/// no line speaks of is left out.
pub fn typed(inputs: &[(String, String)]) -> Vec<(String, String)> {
    inputs.iter().flat_map(|(id, text)| if id.contains(AND) { apart(id, text) } else { vec![(id.clone(), text.clone())] }).collect()
}

fn apart(ids: &str, text: &str) -> Vec<(String, String)> {
    let ids: Vec<&str> = ids.split(AND).collect();
    let named = |line: &str| {
        let (name, value) = line.split_once([':', '='])?;
        let id = ids.iter().find(|id| id.eq_ignore_ascii_case(name.trim()))?;
        Some(((*id).to_owned(), value.trim().to_owned()))
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    if !text.lines().any(|line| named(line).is_some()) {
        return ids.iter().zip(lines).map(|(id, line)| ((*id).to_owned(), line.trim().to_owned())).collect();
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in lines {
        match (named(line), fields.last_mut()) {
            (Some(field), _) => fields.push(field),
            // What goes on below, and so is part of what is wrong with it, if anything is.
            (None, Some((_, value))) => {
                value.push('\n');
                value.push_str(line.trim());
            }
            (None, None) => {}
        }
    }
    fields
}

/// What is said of a form that couldn't be taken: each error, everything that was typed (a modal doesn't come back by itself), and a button
/// with the id `reopen` for another one.
pub fn form_errors(errors: &[FieldError], typed: &[(String, String)], reopen: Option<&str>, key: &str, page: usize) -> Rendered {
    message(&mending(errors, typed, reopen), key, page)
}

fn mending(errors: &[FieldError], typed: &[(String, String)], reopen: Option<&str>) -> Card {
    let mut card = Card::titled("That can't be taken as it is");
    for FieldError { field, error } in errors {
        // One field needs no name.
        let named = if typed.len() > 1 { Text::new().bold(capital(field)).plain(": ") } else { Text::new() };
        // What is to be typed stands between backticks in it.
        let said = error.split('`').enumerate();
        let said = said.fold(named, |text, (n, part)| if n % 2 == 1 { text.code(part) } else { text.plain(part) });
        card = card.item(Mark::Point, said);
    }
    let mut heading = Text::new().plain("You typed:");
    for (field, text) in typed.iter().filter(|(_, text)| !visible(text).trim().is_empty()) {
        if typed.len() > 1 {
            heading = Text::new().plain(format!("{}:", capital(field)));
        }
        card = card.text(heading.clone()).block(Block::Code(text.clone()));
    }
    match reopen {
        Some(id) => card.primary(id, "Open the form again"),
        None => card,
    }
}
