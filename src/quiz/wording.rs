//! How things are said everywhere: points, lists, names, greetings of a card.

use crate::bank::{FULL, Hundredths, Pack, Question, points};
use crate::message::{Card, Event, Person, Text, Turn, What};
use crate::quiz::weekdays::Weekdays;
use std::fmt::Display;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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

/// Text in which what stands between backticks is something to type.
pub(super) fn marked(text: &str) -> Text {
    let parts = text.split('`').enumerate();
    parts
        .filter(|(_, part)| !part.is_empty())
        .fold(Text::new(), |text, (n, part)| if n % 2 == 1 { text.code(part) } else { text.plain(part) })
}

/// A topic's title.
pub(super) fn topic<'a>(pack: &'a Pack, id: &'a str) -> &'a str {
    pack.topics.iter().find(|topic| topic.id == id).map_or(id, |topic| topic.title.as_str())
}

/// A card of one line, for the asker.
pub(super) fn line(text: impl Into<crate::message::Text>) -> Turn {
    Turn::Private(Card::says(text))
}

/// The longest name that is shown, in characters.
const LONGEST_NAME: usize = 40;

/// A name without what could deceive or break a line: control, zero-width and bidirectional characters.
pub(super) fn name(raw: &str) -> String {
    let kept: String = raw.chars().filter(|c| !is_trick(*c)).take(LONGEST_NAME).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
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
        What::Command { pack: one, text: other } | What::Edited { id: one, text: other } => {
            clean(one);
            clean(other);
        }
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

/// How a name looks: names with the same skeleton are mistaken for each other. Letters of width, of other alphabets that look like Latin
/// ones, and digits that look like letters count as these.
pub(super) fn skeleton(name: &str) -> String {
    const LIKE: &[(&str, &str)] =
        &[("аеорсухіјѕһԁԛԝвкмнт", "aeopcyxijshdqwbkmht"), ("αβεηικμνορτυχγ", "abenikmvoptuxy"), ("ıɩɑɡʟо", "iiaglo"), ("01|", "oll")];
    let like =
        |c: char| LIKE.iter().find_map(|(from, to)| from.chars().zip(to.chars()).find(|(from, _)| *from == c)).map_or(c, |(_, to)| to);
    let plain = name.nfkd().filter(|c| !is_combining_mark(*c) && !is_trick(*c)).flat_map(char::to_lowercase);
    // An l and an i without their dot are one stroke.
    plain.map(like).map(|c| if c == 'l' { 'i' } else { c }).filter(|c| !c.is_whitespace()).collect()
}

/// The person with a name that is safe to show.
pub(super) fn screened(person: &Person) -> Person {
    let shown = name(&person.name);
    Person { name: if shown.is_empty() { "somebody".into() } else { shown }, ..person.clone() }
}

/// Characters that change how the text around them reads.
pub(super) fn is_trick(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}')
}

/// Somebody's words as they may be quoted: without tricks, on one line, not endless.
pub(super) fn quoted(text: &str, longest: usize) -> String {
    let kept: String = text.chars().filter(|c| !is_trick(*c)).collect();
    let line = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= longest {
        return line;
    }
    let cut: String = line.chars().take(longest).collect();
    let whole = cut.rfind(' ').map_or(cut.as_str(), |at| &cut[..at]);
    format!("{whole} …")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_deceives() {
        assert_eq!("Ana gpj", name("Ana\u{202E}\n gpj\u{200B}"));
        assert_eq!(40, name(&"x".repeat(99)).chars().count());
    }

    #[test]
    fn names_that_look_alike_are_one() {
        for other in ["ALICE", "Аlісе", "Ａｌｉｃｅ", "A1ice", "Alicé", "Al\u{200B}ice", "aiice"] {
            assert_eq!(skeleton("Alice"), skeleton(other), "{other}");
        }
        assert_ne!(skeleton("Alice"), skeleton("Alisa"));
        assert_ne!(skeleton("Мария"), skeleton("Мирон"));
    }

    #[test]
    fn a_list_ends_with_and() {
        for (parts, said) in [(&[][..], ""), (&["a"], "a"), (&["a", "b"], "a and b"), (&["a", "b", "c"], "a, b and c")] {
            assert_eq!(said, list(parts));
        }
    }

    #[test]
    fn a_quote_is_cut_between_words() {
        assert_eq!("mutual TLS …", quoted("mutual\nTLS everywhere", 12));
    }
}
