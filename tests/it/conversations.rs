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

/// A room in which the question about the mesh is open, since nine on Tuesday.
async fn asked(db: Db, setup: &str) -> Room {
    let mut room = Room::new(db, World::Kind, &["what-is-a-mesh"]);
    room.says("lea", &format!("/istio setup {setup} start")).await;
    room.at("2026-11-24T09:00").await;
    room.heard();
    room
}

/// The whole answer to that question.
const MESH: &str = "a layer of proxies between the services, it encrypts traffic";
/// All questions of the tests' pack.
const ALL: [&str; 4] = ["what-is-a-mesh", "jwt-or-mtls", "canary", "gateway"];

mod abilities;
mod answers;
mod attempts;
mod bad_input;
mod challenge;
mod crowd;
mod day;
mod interview;
mod manners;
mod moderation;
mod order;
mod people;
mod practice;
mod queue;
mod quiz;
mod retirement;
mod rounds;
mod schedule;
mod screening;
mod silence;
mod time;
mod trouble;
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
