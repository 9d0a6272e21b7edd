//! Cards as HTML that means what it says: headings, lists with words for how a line stands, tables with headings, buttons as forms.

use crate::message::{Block, Card, FieldError, Form, Mark, Reaction, Span, Text};
use crate::screening;
use jiff::Timestamp;
use maud::{Markup, html};

/// What every form on a page carries.
#[derive(Debug, Clone, Copy)]
pub struct Carried<'a> {
    /// Shows that the form is the room's own.
    pub token: &'a str,
    /// Names the delivery, so that the same form sent twice does one thing.
    pub id: &'a str,
    /// What the page is about.
    pub topic: &'a str,
}

impl Carried<'_> {
    /// As hidden fields.
    pub fn fields(&self) -> Markup {
        html! {
            input type="hidden" name="token" value=(self.token);
            input type="hidden" name="id" value=(self.id);
            input type="hidden" name="topic" value=(self.topic);
        }
    }
}

/// A card whose heading is of this level; without forms, its buttons are left out.
pub fn card(card: &Card, heading: u8, forms: Option<Carried<'_>>) -> Markup {
    html! {
        @if let Some(title) = &card.title { (heading_of(heading, title)) }
        (blocks(&card.blocks))
        @if let Some(carried) = forms { @if !card.buttons.is_empty() {
            form.buttons method="post" action="/press" {
                (carried.fields())
                @for button in &card.buttons {
                    button.primary[button.primary] type="submit" name="button" value=(button.id) { (visible(&button.label)) }
                }
            }
        } }
    }
}

fn heading_of(level: u8, text: &str) -> Markup {
    let text = visible(text);
    match level {
        2 => html! { h2 { (text) } },
        3 => html! { h3 { (text) } },
        _ => html! { h4 { (text) } },
    }
}

/// The blocks in order; lines of a list that follow each other are one list.
fn blocks(blocks: &[Block]) -> Markup {
    let is_item = |block: &Block| matches!(block, Block::Item { .. });
    html! {
        @for group in blocks.chunk_by(|a, b| is_item(a) && is_item(b)) {
            @if group.first().is_some_and(is_item) {
                ul.items { @for one in group { (block(one)) } }
            } @else {
                @for one in group { (block(one)) }
            }
        }
    }
}

fn block(block: &Block) -> Markup {
    match block {
        Block::Text(text) => html! { p { (run(text)) } },
        Block::Lead(text) => html! { p.lead { (visible(text)) } },
        Block::Quote(text) => html! { blockquote { @for line in text.lines() { p { (visible(line)) } } } },
        Block::Code(text) => html! { pre tabindex="0" { code { (visible(text)) } } },
        Block::Small(text) => html! { p.small { (run(text)) } },
        Block::Item { mark, text, below } => html! {
            li.(kind(*mark)) {
                @if let Some(word) = word(*mark) { span.mark { (word) } " " }
                span.point { (run(text)) @for small in below { span.small { (run(small)) } } }
            }
        },
        Block::Table { head, rows } => html! {
            div.scroll tabindex="0" { table {
                thead { tr { @for cell in head { th scope="col" { (visible(cell)) } } } }
                tbody { @for row in rows { tr {
                    @for (column, cell) in row.iter().enumerate() {
                        @if column == 0 { th scope="row" { (visible(cell)) } } @else { td { (visible(cell)) } }
                    }
                } } }
            } }
        },
    }
}

/// A word for how a line stands; colour would not reach everybody.
fn word(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::Point => None,
        Mark::Made => Some("made"),
        Mark::Partly => Some("partly"),
        Mark::Missed => Some("missing"),
        Mark::Contradicted => Some("opposite"),
        Mark::Wrong => Some("not so"),
    }
}

fn kind(mark: Mark) -> &'static str {
    match mark {
        Mark::Point => "plain",
        Mark::Made => "made",
        Mark::Partly => "partly",
        Mark::Missed => "missed",
        Mark::Contradicted | Mark::Wrong => "wrong",
    }
}

fn run(text: &Text) -> Markup {
    html! {
        @for span in &text.0 {
            @match span {
                Span::Plain(text) => (visible(text)),
                Span::Bold(text) => strong { (visible(text)) },
                Span::Code(text) => code { (visible(text)) },
                Span::Link { label, url } => {
                    // Only pages: no other kind of address acts here.
                    @if url.starts_with("https://") || url.starts_with("http://") {
                        a href=(url) rel="noreferrer" target="_blank" { (visible(label)) }
                    } @else { (visible(label)) }
                },
                Span::Time(at) => (time(*at)),
                Span::Channel(name) => (visible(name)),
            }
        }
    }
}

/// An instant: in UTC as it is sent, in the reader's own zone once the page's script has seen it.
pub fn time(at: Timestamp) -> Markup {
    let machine = at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let shown = at.strftime("%a %-d %b, %H:%M UTC").to_string();
    html! { time datetime=(machine) { (shown) } }
}

/// What can't turn the direction of writing or hide: text that people typed reads as it stands.
pub fn visible(text: &str) -> String {
    text.chars().filter(|c| !screening::is_trick(*c)).collect()
}

/// What is wrong with a field; what is to be typed stands between backticks in it.
pub fn fault(error: &str) -> Markup {
    html! { @for (n, part) in error.split('`').enumerate() { @if n % 2 == 1 { code { (visible(part)) } } @else { (visible(part)) } } }
}

/// A sign on a message, in words.
pub fn sign(sign: Reaction) -> &'static str {
    match sign {
        Reaction::Graded => "graded",
        Reaction::Unread => "not read",
    }
}

/// A form to fill in, with what was typed before and what is wrong with it. `opened` names the answer that held the form.
pub fn form(form: &Form, opened: &str, typed: &[(String, String)], errors: &[FieldError], carried: Carried<'_>) -> Markup {
    html! {
        h3 { (visible(&form.title)) }
        p.lead { (visible(&form.text)) }
        form.fill method="post" action="/submit" {
            (carried.fields())
            input type="hidden" name="form" value=(form.id);
            input type="hidden" name="opened" value=(opened);
            @for (n, field) in form.fields.iter().enumerate() {
                @let name = format!("field-{}", field.id);
                @let error = errors.iter().find(|error| error.field == field.id);
                @let problem = format!("error-{}", field.id);
                @let value = typed.iter().find(|(id, _)| *id == field.id).map_or(field.value.as_str(), |(_, value)| value.as_str());
                label for=(name) { (visible(&field.label)) }
                @if let Some(error) = error { p.error id=(problem) role="alert" { (fault(&error.error)) } }
                @if field.long {
                    textarea id=(name) name=(name) rows="6" required[field.required] autofocus[n == 0] aria-describedby=[error.map(|_| &problem)] { (value) }
                } @else {
                    input id=(name) name=(name) type="text" value=(value) required[field.required] autofocus[n == 0] aria-describedby=[error.map(|_| &problem)];
                }
            }
            div.buttons {
                button.primary type="submit" { "Send" }
                a href=(format!("/?topic={}&leave={opened}", carried.topic)) { "Not now" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_is_text() {
        let hostile = "<script>alert(1)</script> ](javascript:x) \u{202E}gnp\"'";
        let shown =
            card(&Card::titled(hostile).block(Block::Quote(hostile.into())).text(Text::new().link(hostile, "javascript:x")), 2, None);
        let shown = shown.into_string();
        assert!(!shown.contains("<script") && !shown.contains("href") && !shown.contains('\u{202E}'), "{shown}");
        assert!(shown.contains("&lt;script&gt;alert(1)&lt;/script&gt; ](javascript:x) gnp&quot;"), "{shown}");
    }

    #[test]
    fn lines_of_a_list_are_one_list_and_say_how_they_stand() {
        let shown =
            card(&Card::default().item(Mark::Made, "a").item(Mark::Missed, "b").text("c").item(Mark::Point, "d"), 2, None).into_string();
        assert_eq!(2, shown.matches("<ul").count(), "{shown}");
        assert!(shown.contains(">made</span>") && shown.contains(">missing</span>"), "{shown}");
    }

    #[test]
    fn without_forms_nothing_can_be_pressed() {
        let with_button = Card::says("x").primary("a.1", "Go");
        assert!(!card(&with_button, 2, None).into_string().contains("<form"));
        let carried = Carried { token: "t", id: "i", topic: "" };
        assert!(card(&with_button, 2, Some(carried)).into_string().contains(r#"class="primary" type="submit" name="button" value="a.1""#));
    }
}
