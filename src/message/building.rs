//! Cards and runs of text, put together part by part.

use super::{Block, Button, Card, Mark, Span, Text};
use jiff::Timestamp;

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text(vec![Span::Plain(text.to_owned())])
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Text(vec![Span::Plain(text)])
    }
}

impl Text {
    /// An empty run to add to.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds plain text.
    pub fn plain(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Plain(text.into()));
        self
    }

    /// Adds stressed text.
    pub fn bold(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Bold(text.into()));
        self
    }

    /// Adds something to type.
    pub fn code(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span::Code(text.into()));
        self
    }

    /// Adds a page.
    pub fn link(mut self, label: impl Into<String>, url: impl Into<String>) -> Self {
        self.0.push(Span::Link { label: label.into(), url: url.into() });
        self
    }

    /// Adds an instant.
    pub fn time(mut self, at: Timestamp) -> Self {
        self.0.push(Span::Time(at));
        self
    }
}

impl Card {
    /// A card with a heading.
    pub fn titled(title: impl Into<String>) -> Self {
        Card { title: Some(title.into()), ..Card::default() }
    }

    /// A card of one paragraph.
    pub fn says(text: impl Into<Text>) -> Self {
        Card::default().text(text)
    }

    /// Adds a paragraph.
    pub fn text(self, text: impl Into<Text>) -> Self {
        let text = text.into();
        self.block(Block::Text(text))
    }

    /// Adds small print.
    pub fn small(self, text: impl Into<Text>) -> Self {
        let text = text.into();
        self.block(Block::Small(text))
    }

    /// Adds a line of a list.
    pub fn item(self, mark: Mark, text: impl Into<Text>) -> Self {
        let text = text.into();
        self.block(Block::Item { mark, text, below: Vec::new() })
    }

    /// Adds a part.
    pub fn block(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// Adds something to press.
    pub fn button(self, id: impl Into<String>, label: impl Into<String>) -> Self {
        self.press(id.into(), label.into(), false)
    }

    /// Adds the thing most people want to press.
    pub fn primary(self, id: impl Into<String>, label: impl Into<String>) -> Self {
        self.press(id.into(), label.into(), true)
    }

    fn press(mut self, id: String, label: String, primary: bool) -> Self {
        self.buttons.push(Button { id, label, primary });
        self
    }

    /// Adds the parts and buttons of another card below.
    pub fn and(mut self, other: Card) -> Self {
        if let Some(title) = other.title {
            self.blocks.push(Block::Lead(title));
        }
        self.blocks.extend(other.blocks);
        self.buttons.extend(other.buttons);
        self
    }
}
