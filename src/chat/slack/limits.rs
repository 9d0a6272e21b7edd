//! Slack's limits, each once. Texts are counted in characters.
//!
//! Sources: docs.slack.dev, reference of blocks, views, app manifests and `chat.postMessage`; [`MESSAGE_BLOCKS_TEXT`] was measured.

/// Blocks of a message.
pub const BLOCKS_OF_MESSAGE: usize = 50;
/// Blocks of a modal or of the Home tab.
pub const BLOCKS_OF_VIEW: usize = 100;
/// All texts of one message's blocks together. Undocumented: somewhat above 9,600 Slack refuses the message, so this keeps away from it.
pub const MESSAGE_BLOCKS_TEXT: usize = 9_000;
/// The text beside the blocks, for notifications and screen readers: as much as is advised, a tenth of what is cut off.
pub const MESSAGE_TEXT: usize = 4_000;
/// The text of a section.
pub const SECTION_TEXT: usize = 3_000;
/// The text of a header, which takes no markup.
pub const HEADER_TEXT: usize = 150;
/// Elements of an actions block.
pub const ACTIONS_ELEMENTS: usize = 25;
/// Elements of a context block.
pub const CONTEXT_ELEMENTS: usize = 10;
/// The text of one of them.
pub const CONTEXT_TEXT: usize = 2_000;
/// The alternative text of an image, which it must have.
pub const ALT_TEXT: usize = 2_000;
/// `action_id`, `block_id` and `callback_id`.
pub const ID: usize = 255;
/// The text of a button.
pub const BUTTON_TEXT: usize = 75;
/// The value of a button.
pub const BUTTON_VALUE: usize = 2_000;
/// An address that a button or a link leads to.
pub const URL: usize = 3_000;
/// The title, the submit and the close of a modal.
pub const MODAL_TITLE: usize = 24;
/// What a view carries that nobody sees.
pub const PRIVATE_METADATA: usize = 3_000;
/// The label of an input.
pub const INPUT_LABEL: usize = 2_000;
/// What can be typed into one field.
pub const INPUT_TEXT: usize = 3_000;

/// The description of an app, in its manifest.
pub const APP_DESCRIPTION: usize = 140;
/// The description of a slash command.
pub const COMMAND_DESCRIPTION: usize = 2_000;
/// What is shown behind a slash command while it is typed.
pub const COMMAND_HINT: usize = 1_000;
/// Slash commands of an app.
pub const COMMANDS: usize = 50;
