//! What is remembered, on an embedded SQLite or on PostgreSQL. The only place with SQL.
//!
//! [`Db`] is a database, [`Tx`] a transaction with a method for each thing that is remembered, one file a subject. Whoever reads,
//! decides and writes first touches the row that is its lock.

pub mod answers;
pub mod asked;
pub mod boards;
pub mod challenges;
mod db;
pub mod deadlines;
mod held;
pub mod history;
pub mod inbox;
mod open;
pub mod outbox;
pub mod people;
pub mod privacy;
pub mod progress;
pub mod queue;
pub mod quizzes;
pub mod rounds;
pub mod schedules;
pub mod seats;
pub mod troubles;
mod types;

pub use db::{Db, Record, STATEMENTS, Sql, Tx};
pub use open::OpenError;
pub use sqlx::{Error, Result};
pub use types::{Both, Day, Ts, Value};
