//! Text as Slack's mrkdwn: what is plain stays plain, whatever was typed, and what is meant is marked.
//!
//! Three characters are entities (`&`, `<`, `>`), and with them every mention, link and instant is ours. Marks have no escape at all in
//! mrkdwn: a backslash is shown. A mark with a space on either side marks nothing, though, and a zero-width space is one that nobody
//! sees; so that stands around each mark that was typed. (Plain-text elements would need none, but they can't stand beside a link, an
//! instant or a bold word.) Addresses in plain text are no links: only what the program itself links to can be pressed.

use crate::chat::words::{address, inline, one_line, shortcode, visible};
use crate::message::Span;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Nothing to see, and a space to Slack.
pub(super) const BREAK: char = '\u{200B}';
/// The longest address that is linked, as it is written: far less than Slack takes, so that its label has room.
const LONGEST_URL: usize = 1_200;

/// Text whose characters of control are entities; [`plain`](super::plain) undoes it.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    text.chars().for_each(|c| push(&mut out, c));
    out
}

fn push(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        _ => out.push(c),
    }
}

/// One line that reads as it stands.
pub(super) fn literal(text: &str) -> String {
    let text = inline(text);
    let mut out = String::with_capacity(text.len() + 8);
    let broken = |out: &mut String| {
        if !out.ends_with(BREAK) {
            out.push(BREAK);
        }
    };
    // A quote opens where the line begins, by the entity as well.
    let quotes = text.trim_start().starts_with('>').then(|| text.len() - text.trim_start().len());
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let marks = match c {
            '_' => !inside_a_word(&text[..at], rest),
            '*' | '~' | '`' => true,
            _ => false,
        };
        if marks || quotes == Some(at) {
            broken(&mut out);
        }
        push(&mut out, c);
        let opens = match c {
            ':' => rest.starts_with("//") || shortcode(rest),
            '@' => mentions(rest),
            _ => false,
        };
        if marks || opens {
            broken(&mut out);
        }
    }
    out
}

/// A name such as `max_ejection_percent` marks nothing, and is copied as it is.
fn inside_a_word(before: &str, after: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
}

/// What follows an `@` would tell everybody, were names linked.
fn mentions(rest: &str) -> bool {
    let lower: String = rest.chars().take(8).flat_map(char::to_lowercase).collect();
    ["everyone", "channel", "here"].iter().any(|all| lower.starts_with(all))
}

/// Text between marks, its outer spaces outside of them; nothing where nothing would be between. Where what was typed would keep the marks
/// from marking, there are none.
pub(super) fn bold(text: &str) -> String {
    let whole = inline(text);
    let inner = literal(whole.trim());
    if inner.is_empty() || inner.contains('*') || inner.starts_with(BREAK) || inner.ends_with(BREAK) {
        return literal(text);
    }
    let (before, after) = (whole.starts_with(' '), whole.ends_with(' '));
    format!("{}*{inner}*{}", if before { " " } else { "" }, if after { " " } else { "" })
}

/// Something to type. A backtick would end it, so it is the sign that looks like one.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text).replace('`', "\u{2CB}");
    if text.is_empty() { text } else { format!("`{}`", escape(&text)) }
}

/// Text whose line breaks matter, between fences that nothing in it closes. None where there is nothing to see.
pub(super) fn fenced(text: &str) -> Option<String> {
    let text = visible(&text.replace('\t', "    "));
    let text = text.trim_matches('\n').trim_end();
    if text.trim().is_empty() {
        return None;
    }
    // A single backtick stands beside no other, and not beside the fence.
    let lines = text.split('\n').map(|line| escape(line.trim_end()).replace("``", &format!("`{BREAK}`")));
    Some(format!("```\n{}\n```", lines.collect::<Vec<_>>().join("\n")))
}

/// Somebody's words, each line behind a bar.
pub(super) fn quoted(text: &str) -> String {
    let text = visible(text);
    let lines = text.trim_matches('\n').split('\n').map(|line| format!("> {}", literal(line.trim_end())));
    lines.collect::<Vec<_>>().join("\n")
}

/// A page to press.
fn link(label: &str, url: &str) -> String {
    let label = literal(&one_line(label));
    match address(url).map(|url| escape(&url)).filter(|url| url.len() <= LONGEST_URL) {
        None => label,
        Some(url) if label.is_empty() => format!("<{url}>"),
        Some(url) => format!("<{url}|{label}>"),
    }
}

/// An instant in each reader's own zone; in UTC where a client can't show that.
fn time(at: Timestamp) -> String {
    let fallback = at.to_zoned(TimeZone::UTC).strftime("%-d %b %Y, %H:%M UTC");
    format!("<!date^{}^{{date_short_pretty}} {{time}}|{fallback}>", at.as_second())
}

/// A channel by its name, to press. What is no channel's id, such as that of direct messages, has no name there.
fn channel(id: &str) -> String {
    if is_id(id, &['C', 'G']) { format!("<#{id}>") } else { "this chat".to_owned() }
}

/// An id as Slack gives them, of one of these kinds.
pub(super) fn is_id(id: &str, kinds: &[char]) -> bool {
    const LONGEST: usize = 40;
    let spelt = |id: &str| id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    (2..=LONGEST).contains(&id.len()) && id.starts_with(kinds) && spelt(id)
}

/// A run of text in one line.
pub(super) fn run(spans: &[Span]) -> String {
    let mut out = String::new();
    let mut marked_before = false;
    for span in spans {
        let (next, marked) = match span {
            Span::Plain(text) => (literal(text), false),
            Span::Bold(text) => (bold(text), true),
            Span::Code(text) => (code(text), true),
            Span::Link { label, url } => (link(label, url), false),
            Span::Time(at) => (time(*at), false),
            Span::Channel(id) => (channel(id), false),
        };
        if next.is_empty() {
            continue;
        }
        // Marks count only where a word begins or ends.
        let meets = |c: char| !c.is_whitespace() && c != BREAK && !".,;:!?()\"'".contains(c);
        let apart = out.is_empty() || out.ends_with(char::is_whitespace) || next.starts_with(char::is_whitespace);
        if !apart && (marked && out.ends_with(meets) || marked_before && next.starts_with(meets)) {
            out.push(BREAK);
        }
        out.push_str(&next);
        marked_before = marked;
    }
    out.trim().to_owned()
}
