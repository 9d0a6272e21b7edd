//! The words all chats share: who said what where ([`Event`]), and what is said back ([`Turn`], [`Card`], [`Form`]).
//!
//! Nothing here knows a platform. Every string is plain data: whoever renders a card escapes all of it, and no card can mention
//! anybody by accident, because a mention is not something a string can be.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod building;

/// One thing that happened in a chat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The platform's id of this delivery, the same when it is delivered again.
    pub delivery: String,
    /// Where the team lives.
    pub workspace: Home,
    /// Where it was said.
    pub place: Place,
    /// Who said it.
    pub by: Person,
    /// The platform's time.
    pub at: Timestamp,
    /// What happened.
    pub what: What,
}

/// A workspace as its platform names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Home {
    /// `discord`, `slack`, `local`.
    pub platform: String,
    /// The platform's id of the server, workspace or person.
    pub id: String,
}

/// What the id of a home begins with that is one person's direct messages; the person's id follows.
const DIRECT: &str = "dm:";

impl Home {
    /// A person's direct messages.
    pub fn direct(platform: &str, person: &str) -> Home {
        Home { platform: platform.to_owned(), id: format!("{DIRECT}{person}") }
    }

    /// It is one person's direct messages: a workspace of one, on no board.
    pub fn is_direct(&self) -> bool {
        self.id.starts_with(DIRECT)
    }
}

/// Where something is said.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The platform's id of the channel.
    pub channel: String,
    /// The platform's id of the thread in it.
    pub thread: Option<String>,
    /// Only one member reads it: direct messages, a side panel.
    pub private: bool,
}

/// Who says something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The platform's id.
    pub id: String,
    /// The name people see; shown, never trusted.
    pub name: String,
    /// The platform says that they may manage the workspace.
    pub lead: bool,
    /// Their IANA zone, where the platform tells it.
    pub zone: Option<String>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum What {
    /// A slash command: the pack whose command it is, and the words after it.
    Command {
        /// The pack's id, which is the command's name.
        pack: String,
        /// Everything behind it, as typed.
        text: String,
        /// Whom it names by `<@id>`, where the platform tells who that is.
        named: Vec<Person>,
    },
    /// A button was pressed.
    Press {
        /// The button's [`Button::id`].
        button: String,
    },
    /// A form was sent.
    Submit {
        /// The form's [`Form::id`].
        form: String,
        /// Field ids and what was typed.
        fields: Vec<(String, String)>,
    },
    /// A message was written.
    Message {
        /// The platform's id of the message.
        id: String,
        /// What was typed.
        text: String,
        /// The message it replies to, if it is a reply to one.
        reply_to: Option<String>,
    },
    /// A message was changed; the event's time is that of the change.
    Edited {
        /// The platform's id of the message.
        id: String,
        /// What it says now.
        text: String,
    },
    /// A message was taken back.
    Deleted {
        /// The platform's id of the message.
        id: String,
    },
}

/// The immediate response to an interaction, and nothing else. All other speech is an outbox row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Turn {
    /// Nothing is said.
    None,
    /// A card only the asker sees.
    Private(Card),
    /// A card the whole channel sees.
    Public(Card),
    /// A form to fill in.
    Form(Form),
    /// The form again, with what is wrong with it.
    FormErrors(Vec<FieldError>),
    /// The card whose button was pressed becomes this one.
    Update(Card),
}

/// A field of a form and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's id.
    pub field: String,
    /// What is wrong and how to mend it.
    pub error: String,
}

/// A form to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Names the action and the row it is about.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What is asked, shown above the fields.
    pub text: String,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its id.
    pub id: String,
    /// What stands beside it.
    pub label: String,
    /// What it holds when the form opens.
    pub value: String,
    /// Several lines may be typed.
    pub long: bool,
    /// It may not be empty.
    pub required: bool,
}

/// What is said: blocks from top to bottom, then buttons.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Its heading.
    pub title: Option<String>,
    /// Its body.
    pub blocks: Vec<Block>,
    /// What can be pressed.
    pub buttons: Vec<Button>,
    /// A drawing of what the card says, for chats that show one; all of it is in the words as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// The platform's id of a group that asked to be told of this card; nobody else is ever mentioned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ping: Option<String>,
}

/// Bars to draw, as plain data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// What is said of it to people who don't see it.
    pub alt: String,
    /// From top to bottom.
    pub bars: Vec<Bar>,
}

/// One bar of a [`Picture`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// Whose or of what it is.
    pub label: String,
    /// What is written at its end.
    pub value: String,
    /// Its length, of 1,000.
    pub length: u16,
}

/// A part of a card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// A paragraph.
    Text(Text),
    /// A sentence that matters most, such as the question.
    Lead(String),
    /// Somebody's words.
    Quote(String),
    /// Text whose line breaks matter.
    Code(String),
    /// One line of a list, with a word that says how it stands (never colour or a sign alone).
    Item {
        /// How it stands: "made", "missed", ….
        mark: Mark,
        /// The line.
        text: Text,
        /// Smaller print below.
        below: Vec<Text>,
    },
    /// Rows under headings; the first column is left, the others are right.
    Table {
        /// Headings.
        head: Vec<String>,
        /// Cells, as many as headings.
        rows: Vec<Vec<String>>,
    },
    /// Small print.
    Small(Text),
}

/// How a line of a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// A plain point.
    Point,
    /// Found.
    Made,
    /// Found in part.
    Partly,
    /// Not recognised.
    Missed,
    /// Reads as the opposite.
    Contradicted,
    /// A false belief.
    Wrong,
}

/// A run of text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Text(pub Vec<Span>);

/// A part of a run of text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Span {
    /// As it stands.
    Plain(String),
    /// Stressed.
    Bold(String),
    /// Typed: a command, a field's name.
    Code(String),
    /// A page.
    Link {
        /// What is read.
        label: String,
        /// Where it leads.
        url: String,
    },
    /// An instant, shown in each reader's own zone.
    Time(Timestamp),
    /// A channel, by the platform's id; shown by its name.
    Channel(String),
}

/// Something to press.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// Names the action and the row it is about; at most 100 characters.
    pub id: String,
    /// What is read.
    pub label: String,
    /// The one most people want.
    pub primary: bool,
}

/// What an outbox row says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Speech {
    /// This, as it was written.
    Card(Card),
    /// The subject as it stands when it is sent.
    Live(Live),
    /// A sign on a message.
    React(Reaction),
}

/// A message that is rendered when it is sent, because it changes while it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Live {
    /// The daily question of a round.
    Daily(Uuid),
    /// The line that counts a round's answers.
    Tally(Uuid),
    /// What a round's close tells.
    Reveal(Uuid),
    /// A challenge: what it asks, and who joined.
    Challenge(Uuid),
    /// The question of a challenge's round.
    Asked(Uuid),
    /// What a challenge's players have so far.
    Scoreboard(Uuid),
    /// How a challenge ended.
    Podium(Uuid),
}

/// A sign on a message; each platform has its own picture, and its words for a screen reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reaction {
    /// The answer was graded.
    Graded,
    /// It could not be read; the card for its author says why.
    Unread,
}
