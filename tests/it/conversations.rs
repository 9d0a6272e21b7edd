//! Conversations, in people's words. Each runs on SQLite and on PostgreSQL; what is heard stands in the test.

use crate::databases::both;
use crate::room::{Room, World};
use meshdrill::store::Db;

/// What was heard since the last look is this; the same on both engines.
macro_rules! hears {
    ($room:expr, @$words:literal) => {
        insta::allow_duplicates! { insta::assert_snapshot!($room.heard(), @$words) }
    };
}

mod answers;
mod day;
mod quiz;
mod schedule;
mod time;
mod unkind;
