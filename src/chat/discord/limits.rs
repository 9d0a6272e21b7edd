//! What Discord allows, each limit once. The sources are the pages of its developer documentation that are named at each group.
//!
//! Where a limit counts characters, we count UTF-16 code units ([`length`]): Discord doesn't say what it counts, and no way of counting
//! gives more.

pub use crate::chat::words::length;

// Messages: "Resources, Message", Create Message and Embed Limits.

/// Characters of a message's content.
pub const CONTENT: usize = 2_000;
/// Embeds of a message.
pub const EMBEDS: usize = 10;
/// Characters of all embeds of a message together: titles, descriptions, fields' names and values, footers.
pub const EMBEDS_TOTAL: usize = 6_000;
/// Characters of an embed's title.
pub const TITLE: usize = 256;
/// Characters of an embed's description.
pub const DESCRIPTION: usize = 4_096;
/// Fields of an embed.
pub const FIELDS: usize = 25;
/// Characters of a field's name.
pub const FIELD_NAME: usize = 256;
/// Characters of a field's value.
pub const FIELD_VALUE: usize = 1_024;
/// Characters of an embed's footer.
pub const FOOTER: usize = 2_048;
/// Characters of an attachment's description, which is its alt text.
pub const ALT_TEXT: usize = 1_024;
/// Characters of a nonce.
pub const NONCE: usize = 25;

// Components: "Component Reference", Action Row, Button, String Select, Text Input; "Receiving and Responding", Modal.

/// Characters of a custom_id, at least one.
pub const CUSTOM_ID: usize = 100;
/// Rows under a message.
pub const ROWS: usize = 5;
/// Buttons in a row.
pub const ROW_BUTTONS: usize = 5;
/// Characters of a button's label.
pub const BUTTON_LABEL: usize = 80;
/// Options of a select menu. A menu takes a whole row.
pub const OPTIONS: usize = 25;
/// Characters of an option's label.
pub const OPTION_LABEL: usize = 100;
/// Characters of an option's value.
pub const OPTION_VALUE: usize = 100;
/// Characters of what a select menu shows while nothing is chosen.
pub const SELECT_PLACEHOLDER: usize = 150;
/// Characters of a modal's title.
pub const MODAL_TITLE: usize = 45;
/// Rows of a modal, each with one text input.
pub const MODAL_ROWS: usize = 5;
/// Characters of a text input's label.
pub const INPUT_LABEL: usize = 45;
/// Characters that a text input takes, and of the value it opens with.
pub const INPUT_VALUE: usize = 4_000;
/// Characters of what an empty text input shows.
pub const INPUT_PLACEHOLDER: usize = 100;
/// Seconds in which an interaction must be answered, or put off.
pub const INTERACTION_SECONDS: u64 = 3;
/// Minutes for which an interaction's token lives.
pub const TOKEN_MINUTES: u64 = 15;

// Threads: "Topics, Threads", and "Resources, Channel", Start Thread.

/// Characters of a thread's name, at least one.
pub const THREAD_NAME: usize = 100;
/// Minutes of quiet after which a thread may archive itself.
pub const AUTO_ARCHIVE: [u16; 4] = [60, 1_440, 4_320, 10_080];

// Commands: "Application Commands", Application Command Object.

/// Characters of the name of a command, a group or an option.
pub const COMMAND_NAME: usize = 32;
/// Characters of the description of a command, a group or an option, at least one.
pub const COMMAND_DESCRIPTION: usize = 100;
/// Options of a command, and subcommands of a command or group.
pub const COMMAND_OPTIONS: usize = 25;
/// Choices of an option, and of what completes one.
pub const CHOICES: usize = 25;
/// Characters of a choice's name, and of its value.
pub const CHOICE: usize = 100;
/// Characters of a command with all its names, descriptions and values.
pub const COMMAND_TOTAL: usize = 8_000;

// Rates: "Topics, Rate Limits".

/// Requests a second for the whole bot; interactions' answers don't count.
pub const REQUESTS_A_SECOND: u32 = 50;
/// Invalid requests (401, 403, 429) in ten minutes after which an address is banned for a while.
pub const INVALID_REQUESTS: u32 = 10_000;
