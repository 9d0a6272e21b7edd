//! How things are said everywhere: points, lists, names, greetings of a card.

use crate::bank::{FULL, Hundredths, Pack, Question, points};
use crate::message::{Card, Event, Person, Span, Text, Turn, What};
use crate::quiz::weekdays::Weekdays;
use crate::screening;
use std::fmt::Display;

/// `7.5 of 10`.
pub(super) fn of_ten(earned: Hundredths) -> String {
    format!("{} of {}", points(earned), points(FULL))
}

/// `1 answer`, `3 answers`.
pub(super) fn count(n: i64, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// `one`, `one and two`, `one, two and three`.
pub(super) fn list(parts: &[&str]) -> String {
    match parts {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => parts.concat(),
    }
}

/// `Security, mid`.
pub(super) fn subject(pack: &Pack, question: &Question) -> String {
    format!("{}, {}", topic(pack, &question.topic), question.level.name())
}

/// `Tuesday 24 November`.
pub(super) fn day(date: jiff::civil::Date) -> String {
    date.strftime("%A %-d %B").to_string()
}

/// Days as a list shows them: `Mon, Wed`, `workdays`.
pub(super) fn days(days: Weekdays) -> String {
    let capital = |day: &str| {
        let (first, rest) = day.split_at(1);
        format!("{}{rest}", first.to_uppercase())
    };
    match days.to_string() {
        set if ["workdays", "daily", "weekend"].contains(&set.as_str()) => set,
        list => list.split(", ").map(capital).collect::<Vec<_>>().join(", "),
    }
}

/// A fault as a sentence of its own.
pub(super) fn sentence(fault: impl Display) -> String {
    let fault = fault.to_string();
    let mut letters = fault.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let stop = if fault.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

/// A channel within text that is yet to be [`marked`].
pub(super) fn channel(id: &str) -> String {
    format!("`#{id}`")
}

/// Text in which what stands between backticks is something to type, or a [`channel`].
pub(super) fn marked(text: &str) -> Text {
    let parts = text.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    Text(parts.map(|(n, part)| span(n % 2 == 1, part)).collect())
}

fn span(is_marked: bool, part: &str) -> Span {
    match part.strip_prefix('#') {
        Some(channel) if is_marked => Span::Channel(channel.to_owned()),
        _ if is_marked => Span::Code(part.to_owned()),
        _ => Span::Plain(part.to_owned()),
    }
}

/// A topic's title.
pub(super) fn topic<'a>(pack: &'a Pack, id: &'a str) -> &'a str {
    pack.topics.iter().find(|topic| topic.id == id).map_or(id, |topic| topic.title.as_str())
}

/// A card of one line, for the asker.
pub(super) fn line(text: impl Into<crate::message::Text>) -> Turn {
    Turn::Private(Card::says(text))
}

/// An event without the one character that PostgreSQL can't keep. What takes its place still tells a text from binary.
pub(super) fn cleaned(event: &Event) -> Event {
    let mut event = event.clone();
    let Event { delivery, workspace, place, by, what, .. } = &mut event;
    for text in [delivery, &mut workspace.platform, &mut workspace.id, &mut place.channel, &mut by.id, &mut by.name] {
        clean(text);
    }
    place.thread.iter_mut().chain(&mut by.zone).for_each(clean);
    match what {
        What::Command { pack, text, named } => {
            let named = named.iter_mut().flat_map(|person| [&mut person.id, &mut person.name]);
            [pack, text].into_iter().chain(named).for_each(clean);
        }
        What::Edited { id, text } => [id, text].into_iter().for_each(clean),
        What::Press { button: one } | What::Deleted { id: one } => clean(one),
        What::Submit { form, fields } => {
            clean(form);
            fields.iter_mut().for_each(|(name, value)| {
                clean(name);
                clean(value);
            });
        }
        What::Message { id, text, reply_to } => {
            clean(id);
            clean(text);
            reply_to.iter_mut().for_each(clean);
        }
    }
    event
}

fn clean(text: &mut String) {
    if text.contains('\0') {
        *text = text.replace('\0', "\u{FFFD}");
    }
}

/// The person with a name that is safe to show.
pub(super) fn screened(person: &Person) -> Person {
    let shown = screening::name(&person.name);
    Person { name: if shown.is_empty() { "somebody".into() } else { shown }, ..person.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_ends_with_and() {
        for (parts, said) in [(&[][..], ""), (&["a"], "a"), (&["a", "b"], "a and b"), (&["a", "b", "c"], "a, b and c")] {
            assert_eq!(said, list(parts));
        }
    }
}
