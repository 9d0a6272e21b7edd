//! A page that shows bodies of messages about as a Discord client would: its markdown, its embeds, its buttons, in colours of our own.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, PreEscaped, html};
use meshdrill::chat::discord::render::Rendered;
use serde_json::Value;

/// Who reads, and when.
pub(super) struct Reader {
    pub(super) now: Timestamp,
    pub(super) zone: TimeZone,
}

/// A message on the page.
pub(super) struct Shown<'a> {
    pub(super) message: &'a Rendered,
    /// When it was posted.
    pub(super) at: Timestamp,
    /// Only its reader sees it.
    pub(super) private: bool,
    /// The name of the thread on it, and how many messages are in it.
    pub(super) thread: Option<(String, usize)>,
}

/// A channel with these messages. What they attach is looked for beside the page.
pub(super) fn page(reader: &Reader, channel: &str, messages: &[Shown<'_>]) -> String {
    let body = html! {
        header { span.hash { "#" } (channel) }
        main { @for shown in messages { (message(reader, shown)) } }
    };
    let head = html! { meta charset="utf-8"; title { "A channel" } style { (PreEscaped(STYLE)) } };
    format!("<!doctype html><html lang=\"en\">{}</html>", html! { head { (head) } body { (body) } }.into_string())
}

fn message(reader: &Reader, shown: &Shown<'_>) -> Markup {
    let body = &shown.message.body;
    let at = shown.at.to_zoned(reader.zone.clone()).strftime("%H:%M").to_string();
    html! {
        article.private[shown.private] {
            div.face { "M" }
            div.said {
                p.by { b { "Meshdrill" } span.app { "APP" } span.at { (at) } }
                @if body["content"] != "" { p { (reader.inline(text(&body["content"]))) } }
                @for embed in list(&body["embeds"]) { (reader.embed(embed, body)) }
                @for row in list(&body["components"]) { div.row { @for pressed in list(&row["components"]) { (button(pressed)) } } }
                @if let Some((name, messages)) = &shown.thread {
                    div.thread { b { (name) } span { (messages) " messages ›" } }
                }
                @if shown.private { p.only { "Only you can see this" } }
            }
        }
    }
}

fn button(pressed: &Value) -> Markup {
    if pressed["type"] == 3 {
        return html! { div.menu { (text(&pressed["placeholder"])) span { "⌄" } } };
    }
    html! { span.button.primary[pressed["style"] == 1] { (text(&pressed["label"])) } }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

impl Reader {
    fn embed(&self, embed: &Value, body: &Value) -> Markup {
        let colour = format!("border-left-color: #{:06x}", embed["color"].as_u64().unwrap());
        let image = text(&embed["image"]["url"]).strip_prefix("attachment://");
        let alt = image.and_then(|name| list(&body["attachments"]).iter().find(|file| file["filename"] == name));
        html! {
            section style=(colour) {
                @if embed["title"].is_string() { h2 { (self.inline(text(&embed["title"]))) } }
                (self.markdown(text(&embed["description"])))
                @for field in list(&embed["fields"]) {
                    h3 { (self.inline(text(&field["name"]))) }
                    (self.markdown(text(&field["value"])))
                }
                @if let Some(name) = image { img src=(name) alt=(text(&alt.unwrap()["description"])); }
                @if embed["footer"].is_object() { footer { (text(&embed["footer"]["text"])) } }
            }
        }
    }

    /// Lines of markdown.
    fn markdown(&self, text: &str) -> Markup {
        let mut lines = text.lines().peekable();
        let mut parts = Vec::new();
        while let Some(line) = lines.next() {
            if line == "```" {
                let code = lines.by_ref().take_while(|line| *line != "```").collect::<Vec<_>>().join("\n");
                parts.push(html! { pre { (code) } });
            } else if line.is_empty() {
                parts.push(html! { div.gap {} });
            } else if let Some(small) = line.strip_prefix("-# ") {
                parts.push(html! { p.small { (self.inline(small)) } });
            } else if let Some(item) = line.strip_prefix("- ") {
                parts.push(html! { p.item { (self.inline(item)) } });
            } else if let Some(first) = line.strip_prefix("> ") {
                let mut quoted = vec![first];
                while let Some(more) = lines.next_if(|line| line.starts_with('>')) {
                    quoted.push(more.trim_start_matches('>').trim_start());
                }
                parts.push(html! { blockquote { @for line in quoted { p { (self.inline(line)) } } } });
            } else {
                parts.push(html! { p { (self.inline(line)) } });
            }
        }
        html! { @for part in parts { (part) } }
    }

    /// A line of markdown.
    fn inline(&self, text: &str) -> Markup {
        let mut out = String::new();
        let mut bold = false;
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let until = |open: &str, close: &str| {
                let inner = rest.strip_prefix(open)?;
                inner.find(close).map(|end| (&inner[..end], &inner[end + close.len()..]))
            };
            let ticks = &rest[..rest.len() - rest.trim_start_matches('`').len()];
            let escaped = rest.strip_prefix('\\').and_then(|after| after.chars().next()).filter(char::is_ascii_punctuation);
            if let Some(next) = escaped {
                out.push_str(&html! { (next) }.into_string());
                rest = &rest[2..];
            } else if let Some(after) = rest.strip_prefix("**") {
                out.push_str(if bold { "</b>" } else { "<b>" });
                bold = !bold;
                rest = after;
            } else if let Some((code, after)) = until(ticks, ticks).filter(|_| !ticks.is_empty()) {
                out.push_str(&html! { code { (code.trim()) } }.into_string());
                rest = after;
            } else if let Some((time, after)) = until("<t:", ">") {
                out.push_str(&html! { span.time { (self.time(time)) } }.into_string());
                rest = after;
            } else if let Some((_, after)) = until("<@&", ">") {
                out.push_str(&html! { span.role { "@mesh-drill" } }.into_string());
                rest = after;
            } else if let Some((label, (url, after))) = until("[", "](").and_then(|(label, rest)| Some((label, rest.split_once(')')?))) {
                out.push_str(&html! { a href=(url) { (self.inline(label)) } }.into_string());
                rest = after;
            } else {
                out.push_str(&html! { (c) }.into_string());
                rest = &rest[c.len_utf8()..];
            }
        }
        PreEscaped(out)
    }

    /// `1795593600:f` as this reader sees it.
    fn time(&self, written: &str) -> String {
        let (second, style) = written.split_once(':').unwrap();
        let at = Timestamp::from_second(second.parse().unwrap()).unwrap();
        if style == "f" {
            return at.to_zoned(self.zone.clone()).strftime("%-d %B %Y %H:%M").to_string();
        }
        let minutes = at.duration_since(self.now).as_mins();
        let (n, unit) = match minutes.abs() {
            n @ 0..60 => (n, "minute"),
            n @ 60..1_440 => (n / 60, "hour"),
            n => (n / 1_440, "day"),
        };
        let some = if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") };
        if minutes < 0 { format!("{some} ago") } else { format!("in {some}") }
    }
}

const STYLE: &str = "
* { box-sizing: border-box; margin: 0 }
body { background: #26282e; color: #dfe1e5; font: 16px/1.4 'Liberation Sans', 'DejaVu Sans', sans-serif; width: 680px }
header { padding: 14px 20px; border-bottom: 1px solid #1c1d21; font-weight: 700 }
.hash { color: #8d93a0; margin-right: 8px; font-size: 20px; font-weight: 400 }
main { padding: 8px 0 }
article { display: flex; gap: 16px; padding: 12px 20px }
.private { background: #2b2f43; border-left: 3px solid #7d8bd8; padding-left: 17px }
.face { flex: none; width: 40px; height: 40px; border-radius: 50%; background: #466bb0; color: #fff; font: 700 20px/40px 'Liberation Sans', sans-serif; text-align: center }
.said { flex: 1; min-width: 0 }
.by { margin-bottom: 4px } .by b { color: #fff }
.app { background: #5661d6; color: #fff; border-radius: 3px; font-size: 10px; font-weight: 700; padding: 2px 5px; margin: 0 8px; vertical-align: 2px }
.at, .only, .small, footer { color: #9da2ae; font-size: 12.5px }
.role { background: #3d4270; color: #c9cdfb; border-radius: 3px; padding: 0 3px }
section { background: #2f3138; border: 1px solid #383a42; border-left: 4px solid; border-radius: 5px; padding: 12px 16px 14px; margin-top: 6px; font-size: 14.5px; max-width: 520px }
.private section { background: #32364a }
h2 { font-size: 16px; color: #fff; margin-bottom: 8px }
h3 { font-size: 14px; color: #fff; margin: 10px 0 3px }
b { color: #fff }
.gap { height: 10px }
.item { padding-left: 18px; position: relative } .item::before { content: '•'; position: absolute; left: 5px }
.small { padding: 1px 0 }
.item + .small { padding-left: 0 }
blockquote { border-left: 4px solid #4d505a; border-radius: 2px; padding-left: 12px; margin: 3px 0 }
pre { background: #25272d; border: 1px solid #1c1d21; border-radius: 5px; padding: 8px 10px; margin: 5px 0; font: 13px/1.35 'Liberation Mono', 'DejaVu Sans Mono', monospace; white-space: pre-wrap }
code { background: #25272d; border-radius: 3px; padding: 1px 4px; font: 13px 'Liberation Mono', 'DejaVu Sans Mono', monospace }
.time { background: #3b3d45; border-radius: 3px; padding: 0 3px }
a { color: #6cb2f7; text-decoration: none }
img { display: block; width: 400px; max-width: 100%; border-radius: 5px; margin-top: 12px }
footer { margin-top: 10px }
.row { display: flex; gap: 8px; margin-top: 8px }
.button { background: #44474f; color: #fff; border-radius: 6px; padding: 6px 15px; font-size: 14px; font-weight: 500 }
.button.primary { background: #5661d6 }
.menu { background: #1f2025; border-radius: 6px; padding: 8px 12px; width: 400px; display: flex; justify-content: space-between; color: #9da2ae }
.thread { background: #2f3138; border-radius: 6px; padding: 8px 12px; margin-top: 8px; max-width: 520px; font-size: 14px; display: flex; gap: 10px; justify-content: space-between }
.thread span { color: #6cb2f7; white-space: nowrap } .thread b { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.only { margin-top: 6px }
";
