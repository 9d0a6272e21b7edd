//! A form that is filled in line by line.

use crate::message::{Field, FieldError, Form};
use std::collections::VecDeque;

/// A form under way.
#[derive(Debug, Clone)]
pub(super) struct Filling {
    /// Its fields hold what was typed so far.
    form: Form,
    /// The fields still to be asked, by their place.
    left: VecDeque<usize>,
    /// The button that opened it for words already typed.
    pub(super) button: Option<String>,
}

impl Filling {
    pub(super) fn new(form: Form) -> Self {
        let left = (0..form.fields.len()).collect();
        Filling { form, left, button: None }
    }

    /// The field that is asked next.
    pub(super) fn next(&self) -> Option<&Field> {
        self.left.front().and_then(|at| self.form.fields.get(*at))
    }

    /// Takes a line for the next field; an empty one keeps what the field holds.
    pub(super) fn take(&mut self, line: &str) {
        if let Some(field) = self.left.pop_front().and_then(|at| self.form.fields.get_mut(at))
            && !line.trim().is_empty()
        {
            line.clone_into(&mut field.value);
        }
    }

    /// The form's id, and its fields' ids and values.
    pub(super) fn done(self) -> (String, Vec<(String, String)>) {
        (self.form.id, self.form.fields.into_iter().map(|field| (field.id, field.value)).collect())
    }

    /// The same form with only the wrong fields to be asked.
    pub(super) fn again(self, errors: &[FieldError]) -> Self {
        let wrong = |field: &Field| errors.iter().any(|error| error.field == field.id);
        let left = self.form.fields.iter().enumerate().filter(|(_, field)| wrong(field)).map(|(at, _)| at).collect();
        Filling { left, ..self }
    }
}
