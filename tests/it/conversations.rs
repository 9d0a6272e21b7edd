//! Conversations, in people's words. Each runs on SQLite and on PostgreSQL; what is heard stands in the test.

use crate::databases::both;
use crate::room::{Room, World};
use meshdrill::command::COMMANDS;
use meshdrill::store::Db;

/// What was heard since the last look is this; the same on both engines.
macro_rules! hears {
    ($room:expr, @$words:literal) => {
        insta::allow_duplicates! { insta::assert_snapshot!($room.heard(), @$words) }
    };
}

mod answers;
mod bad_input;
mod crowd;
mod day;
mod people;
mod quiz;
mod schedule;
mod time;
mod unkind;

/// Help, the command table and behaviour keep in step: each command is said in some conversation.
#[test]
fn every_command_is_in_a_conversation() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/conversations");
    let said: String = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let missing: Vec<_> =
        COMMANDS.iter().filter(|command| !said.contains(&format!("\"/istio {}", command.name))).map(|command| command.name).collect();
    assert!(missing.is_empty(), "said in no conversation: {missing:?}");
}
