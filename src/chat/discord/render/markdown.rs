//! Text as Discord's markdown: what is plain stays plain, whatever was typed, and what is meant is marked.
//!
//! Discord parses twice. Its clients parse markdown and honour backslashes; its servers look for mentions in the raw text of a message and
//! don't. So marks are escaped by a backslash, and a mention is broken by a zero-width space behind its `@` as well.
//! Addresses in plain text are no links: only what the program itself links to can be pressed.

use crate::chat::words::{address, inline, one_line, shortcode, visible};
use crate::command::COMMANDS;
use crate::message::Span;
use jiff::Timestamp;

/// Nothing to see, and the end of whatever the marks around it would have become.
const BREAK: char = '\u{200B}';

/// Text for places without markdown (footers): only mentions are broken.
pub(super) fn unmarked(text: &str) -> String {
    let text = inline(text);
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        out.push(c);
        if c == '@' && mentions(&text[at + 1..]) {
            out.push(BREAK);
        }
    }
    out
}

/// What follows an `@` would make a mention of it.
fn mentions(rest: &str) -> bool {
    let lower: String = rest.chars().take(8).flat_map(char::to_lowercase).collect();
    lower.starts_with("everyone") || lower.starts_with("here") || rest.starts_with(|c: char| c == '!' || c == '&' || c.is_ascii_digit())
}

/// One line that reads as it stands.
pub(super) fn plain(text: &str) -> String {
    let text = inline(text);
    let mut out = String::with_capacity(text.len() + 8);
    let body = text.trim_start_matches(' ');
    let start = text.len() - body.len();
    // What opens a heading, small print, a quote or a list, where the line begins.
    let opens = if body.starts_with(['#', '-', '+', '>']) { Some(start) } else { numbered(body).map(|dot| start + dot) };
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        match c {
            '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' | '<' => out.push('\\'),
            ':' if rest.starts_with("//") || shortcode(rest) => out.push('\\'),
            _ if opens == Some(at) => out.push('\\'),
            _ => {}
        }
        out.push(c);
        if c == '@' && mentions(rest) {
            out.push(BREAK);
        }
    }
    out
}

/// Where the dot of `1. ` stands, if the line begins like that.
fn numbered(line: &str) -> Option<usize> {
    let dot = line.find(|c: char| !c.is_ascii_digit())?;
    let after = line[dot..].strip_prefix(['.', ')'])?;
    (dot > 0 && (after.is_empty() || after.starts_with(' '))).then_some(dot)
}

/// Text between marks, its outer spaces outside of them; nothing where nothing would be between.
pub(super) fn bold(text: &str) -> String {
    let inner = text.trim();
    if plain(inner).trim().is_empty() {
        return inline(text);
    }
    let (before, after) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    format!("{}**{}**{}", if before { " " } else { "" }, plain(inner), if after { " " } else { "" })
}

/// Something to type. A command for leads is written as Discord knows it.
pub(super) fn code(text: &str) -> String {
    let text = unmarked(&leads_command(&one_line(text)));
    if text.is_empty() {
        return text;
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let marks = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{marks}{space}{text}{space}{marks}")
}

/// Leads have a command of their own on Discord, which grants permissions to whole commands only: `/istio schedule show` is
/// `/istio-lead schedule show` there, and `/istio setup 9:30` is `/istio-lead setup daily 9:30`.
fn leads_command(text: &str) -> String {
    let mut words = text.splitn(3, ' ');
    let (Some(slash), Some(group)) = (words.next().and_then(|word| word.strip_prefix('/')), words.next()) else {
        return text.to_owned();
    };
    let rest = words.next().unwrap_or_default();
    let leads = COMMANDS.iter().filter(|command| command.lead && command.name.split(' ').next() == Some(group));
    let mut names = leads.map(|command| command.name.split_once(' ').map(|(_, name)| name)).peekable();
    if names.peek().is_none() || slash.is_empty() || slash.ends_with("-lead") {
        return text.to_owned();
    }
    let first = rest.split(' ').next().unwrap_or_default();
    let named = names.clone().any(|name| name == Some(first));
    // A group that is a command by itself as well has a name for that on Discord, where a group can't be called.
    let daily = if !named && names.any(|name| name.is_none()) { " daily" } else { "" };
    format!("/{slash}-lead {group}{daily} {rest}").trim_end().to_owned()
}

/// Text whose line breaks matter, between fences that nothing in it closes. None where there is nothing to see.
pub(super) fn fenced(text: &str) -> Option<String> {
    let text = visible(&text.replace('\t', "    "));
    let text = text.trim_matches('\n').trim_end();
    if text.trim().is_empty() {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for line in text.split('\n') {
        let line = unmarked(line).replace("``", &format!("`{BREAK}`"));
        out.push('\n');
        out.push_str(line.trim_end());
    }
    Some(format!("```{out}\n```"))
}

/// Somebody's words, each line behind a bar.
pub(super) fn quoted(text: &str) -> String {
    let text = visible(text);
    text.trim_matches('\n').split('\n').map(|line| format!("> {}", plain(line.trim_end()))).collect::<Vec<_>>().join("\n")
}

/// A page to press. Discord shows no link whose label is an address itself, so that one is only the address.
fn link(label: &str, url: &str) -> String {
    let label = one_line(label).replace('[', "(").replace(']', ")");
    match address(url) {
        None => plain(&label),
        Some(address) if label.is_empty() => format!("<{address}>"),
        Some(address) if label.contains("://") => format!("{} <{address}>", plain(&label)),
        Some(address) => format!("[{}]({address})", plain(&label)),
    }
}

/// An instant in each reader's own zone and language; where the card is about this instant only, how far away it is as well.
fn time(at: Timestamp, alone: bool) -> String {
    let second = at.as_second();
    if alone { format!("<t:{second}:f> (<t:{second}:R>)") } else { format!("<t:{second}:f>") }
}

/// A channel by its name, to press. What is no id of Discord's, such as that of somebody's direct messages, has no name there.
fn channel(id: &str) -> String {
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    if is_id { format!("<#{id}>") } else { "this chat".to_owned() }
}

/// A run of text in one line. `alone`: the card names no more than one instant.
pub(super) fn run(spans: &[Span], alone: bool) -> String {
    let mut out = String::new();
    for span in spans {
        let next = match span {
            Span::Plain(text) => plain(text),
            Span::Bold(text) => bold(text),
            Span::Code(text) => code(text),
            Span::Link { label, url } => link(label, url),
            Span::Time(at) => time(*at, alone),
            Span::Channel(id) => channel(id),
        };
        if ['*', '`'].iter().any(|mark| out.ends_with(*mark) && next.starts_with(*mark)) {
            out.push(BREAK);
        }
        out.push_str(&next);
    }
    out.trim().to_owned()
}
