//! What the store promises, on both engines.

mod answers;
mod deadlines;
mod inbox;
mod outbox;
mod people;
mod queue;
mod quizzes;
mod rounds;
mod storm;
mod words;

use crate::databases::Fresh;
use jiff::Timestamp;
use meshdrill::bank::{Question, load};
use meshdrill::message::{Home, Person};
use meshdrill::store::rounds::NewRound;
use meshdrill::store::{Db, Tx};
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// How many tasks do the same at once.
const AT_ONCE: u128 = 8;

/// A workspace with members.
#[derive(Debug, Clone)]
pub(crate) struct Team {
    pub(crate) workspace: Uuid,
    pub(crate) members: Vec<Uuid>,
}

impl Team {
    pub(crate) async fn new(db: &Db, members: u128) -> Team {
        Team::named(db, "team", members).await
    }

    /// A team whose ids differ from those of a team of another name.
    pub(crate) async fn named(db: &Db, name: &str, members: u128) -> Team {
        let base = name.bytes().fold(1, |sum, byte| sum * 256 + u128::from(byte)) << 32;
        let mut tx = db.begin().await.unwrap();
        let home = Home { platform: "local".into(), id: name.into() };
        let workspace = tx.workspace(&home, id(base), "Europe/Berlin", at(0)).await.unwrap().id;
        let mut team = Team { workspace, members: Vec::new() };
        for n in 0..members {
            team.members.push(tx.member(workspace, &person(&format!("u{n}")), id(base + 1 + n), at(0)).await.unwrap().id);
        }
        tx.commit().await.unwrap();
        team
    }

    /// Opens a daily of no schedule.
    pub(crate) async fn round(&self, tx: &mut Tx, n: u128) -> Uuid {
        let question = question(0);
        assert!(tx.open_round(self.workspace, &daily(id(n), &question)).await.unwrap());
        id(n)
    }
}

pub(crate) fn daily(id: Uuid, question: &Question) -> NewRound<'_> {
    NewRound {
        id,
        kind: "daily",
        pack: "istio",
        question,
        schedule: None,
        local_date: day(24),
        extra: false,
        again: false,
        channel: "mesh",
        quiz: None,
        opens: at(0),
        closes: Some(at(3600)),
    }
}

pub(crate) fn person(id: &str) -> Person {
    Person { id: id.into(), name: id.to_uppercase(), lead: false, zone: None }
}

/// The nth question of the tests' pack.
pub(crate) fn question(n: usize) -> Arc<Question> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/packs");
    let pack = load::read_dir(&folder).packs.into_iter().find(|pack| pack.id == "istio").unwrap();
    Arc::clone(&pack.questions[n])
}

pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// So many seconds after Tuesday 24 November 2026, 08:00 UTC.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_507_200 + seconds).unwrap()
}

/// A day of November 2026.
pub(crate) fn day(day: i8) -> jiff::civil::Date {
    jiff::civil::date(2026, 11, day)
}

/// What two processes would hold: two pools of PostgreSQL; on SQLite, which one process has to itself, one handle twice.
async fn two(fresh: &Fresh) -> [Db; 2] {
    let first = fresh.open().await;
    match fresh {
        Fresh::Sqlite(_) => [first.clone(), first],
        Fresh::Postgres(_) => [first, fresh.open().await],
    }
}

/// Runs the same at once, with a number each, on the databases in turn. What they come to, in the order of the numbers.
async fn at_once<T, F, Fut>(dbs: &[Db], work: F) -> Vec<T>
where
    T: Send + 'static,
    F: Fn(Db, u128) -> Fut,
    Fut: Future<Output = T> + Send + 'static,
{
    let tasks: Vec<_> = (0..AT_ONCE).zip(dbs.iter().cycle()).map(|(n, db)| tokio::spawn(work(db.clone(), n))).collect();
    let mut came = Vec::new();
    for task in tasks {
        came.push(task.await.unwrap());
    }
    came
}
