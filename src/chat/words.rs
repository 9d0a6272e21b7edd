//! Words on their way to a chat, whichever it is: what is seen of them, how long they are, and where they can be taken apart.

use crate::message::{Mark, Span, Text};
use crate::screening;
use unicode_segmentation::UnicodeSegmentation;

/// The longest address that is linked; browsers and people give up sooner than chats.
const LONGEST_URL: usize = 1_000;

/// The length of a text as limits count it: in UTF-16 code units. No chat says what it counts, and no way of counting gives more.
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Text without tricks, its line breaks kept, every other space an ordinary one.
pub(in crate::chat) fn visible(text: &str) -> String {
    let kept = text.replace("\r\n", "\n");
    kept.chars().filter(|c| !screening::is_trick(*c)).map(|c| if c.is_whitespace() && c != '\n' { ' ' } else { c }).collect()
}

/// The same in one line.
pub(in crate::chat) fn one_line(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same with spaces as they are, so that parts of a sentence still fit together.
pub(in crate::chat) fn inline(text: &str) -> String {
    visible(text).replace('\n', " ")
}

/// A label without markdown, cut between words where it is long; never empty.
pub(in crate::chat) fn label(text: &str, most: usize) -> String {
    let text = one_line(text);
    if text.is_empty() { "…".to_owned() } else { cut(&text, most) }
}

/// The text in at most `most` characters, with "…" where something is left out: between words, or at least between what is read as one sign.
pub(in crate::chat) fn cut(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_owned();
    }
    let signs = fitting(text.grapheme_indices(true), most - 1);
    // A sign can be as long as it likes; then characters are all there is to cut between.
    let characters = || fitting(text.char_indices().map(|(at, c)| (at, &text[at..at + c.len_utf8()])), most - 1);
    let end = if length(&text[..signs]) * 2 > most { signs } else { characters() };
    let kept = &text[..end];
    // At a space, unless that would leave next to nothing.
    let space = if text[end..].starts_with(' ') { None } else { kept.rfind(' ').filter(|at| *at * 2 > kept.len()) };
    format!("{}…", space.map_or(kept, |at| &kept[..at]).trim_end())
}

/// Where the text ends that consists of as many of its parts as are no longer than `most` together.
fn fitting<'t>(parts: impl Iterator<Item = (usize, &'t str)>, most: usize) -> usize {
    let ends = parts.scan(0, |used, (at, part)| {
        *used += length(part);
        (*used <= most).then_some(at + part.len())
    });
    ends.last().unwrap_or(0)
}

/// With a capital letter.
pub(in crate::chat) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What follows a colon makes `:tada:` of it.
pub(in crate::chat) fn shortcode(rest: &str) -> bool {
    rest.find(|c: char| !(c.is_ascii_alphanumeric() || "_+-".contains(c))).is_some_and(|end| end > 0 && rest[end..].starts_with(':'))
}

/// An address that can't end the link it stands in. None where it is no page, or too long to be one.
pub(in crate::chat) fn address(url: &str) -> Option<String> {
    let lower = url.to_ascii_lowercase();
    if !lower.starts_with("https://") && !lower.starts_with("http://") {
        return None;
    }
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#!$&+,;=%".contains(&byte);
    let encoded: String = url.bytes().map(|byte| if safe(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect();
    (encoded.len() <= LONGEST_URL).then_some(encoded)
}

/// Plain spans that follow each other as one, so that nothing comes about where they meet.
pub(in crate::chat) fn merged(text: &Text) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::with_capacity(text.0.len());
    for span in &text.0 {
        match (spans.last_mut(), span) {
            (_, Span::Plain(text) | Span::Bold(text) | Span::Code(text)) if visible(text).is_empty() => {}
            (Some(Span::Plain(before)), Span::Plain(text)) => before.push_str(text),
            _ => spans.push(span.clone()),
        }
    }
    spans
}

/// A word that says how a line stands.
pub(in crate::chat) fn word(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::Point => None,
        Mark::Made => Some("made"),
        Mark::Partly => Some("partly"),
        Mark::Missed => Some("missing"),
        Mark::Contradicted => Some("opposite"),
        Mark::Wrong => Some("not so"),
    }
}

/// What is written of the whole, if that is short enough, or of its halves. What can't be halved is short: a character, an instant, an
/// address.
pub(in crate::chat) fn fit<T>(
    whole: T,
    most: usize,
    write: &dyn Fn(&T) -> String,
    halve: &dyn Fn(&T) -> Option<(T, T)>,
    out: &mut Vec<String>,
) {
    let written = write(&whole);
    if length(&written) <= most {
        out.push(written);
    } else if let Some((first, second)) = halve(&whole) {
        fit(first, most, write, halve, out);
        fit(second, most, write, halve, out);
    }
}

/// A text in two: between lines if there is a break about the middle, or else between words, or else wherever it is.
pub(in crate::chat) fn halved(text: &str) -> Option<(String, String)> {
    let middle = text.char_indices().nth(text.chars().count() / 2).map(|(at, _)| at).filter(|at| *at > 0)?;
    let about = text.len() / 4..=text.len() * 3 / 4;
    let nearest = |is: &dyn Fn(char) -> bool| {
        let breaks = text.char_indices().filter(|(at, c)| is(*c) && about.contains(at)).map(|(at, c)| (at, at + c.len_utf8()));
        breaks.filter(|(at, end)| *at > 0 && *end < text.len()).min_by_key(|(at, _)| at.abs_diff(middle))
    };
    let (end, start) = nearest(&|c| c == '\n').or_else(|| nearest(&char::is_whitespace)).unwrap_or((middle, middle));
    Some((text[..end].to_owned(), text[start..].to_owned()))
}

/// A run in two: between its parts, or inside the only one.
pub(in crate::chat) fn halved_run(spans: &[Span]) -> Option<(Vec<Span>, Vec<Span>)> {
    let (first, second) = match spans {
        [] => return None,
        [Span::Plain(text)] => halved(text).map(|(a, b)| (Span::Plain(a), Span::Plain(b)))?,
        [Span::Bold(text)] => halved(text).map(|(a, b)| (Span::Bold(a), Span::Bold(b)))?,
        [Span::Code(text)] => halved(text).map(|(a, b)| (Span::Code(a), Span::Code(b)))?,
        [Span::Link { label, url }] => {
            let of = |label| Span::Link { label, url: url.clone() };
            halved(label).map(|(a, b)| (of(a), of(b)))?
        }
        [Span::Time(_) | Span::Channel(_)] => return None,
        more => return Some((more[..more.len() / 2].to_vec(), more[more.len() / 2..].to_vec())),
    };
    Some((vec![first], vec![second]))
}
