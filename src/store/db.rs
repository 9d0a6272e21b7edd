//! One SQL text, two engines. Only this file, `types`, `open` and the two migration folders know that there are two.
//!
//! `db.sql(TEXT).bind(x).all::<Row>()` reads on a pool, `tx.sql(TEXT)` does the same in a transaction. Every statement is announced on
//! the tracing target [`STATEMENTS`], which is how a test knows that each has run on both engines.

use super::types::Value;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments, AssertSqlSafe, Database, FromRow, PgPool, Pool, Postgres, Result, Sqlite, SqlitePool, Transaction};
use std::borrow::Cow;
use std::sync::Arc;

/// The tracing target on which every statement is announced, at level trace, with the fields `engine` and `statement`.
pub const STATEMENTS: &str = "meshdrill::statements";

/// A database, open and migrated.
#[derive(Clone, Debug)]
pub struct Db {
    pub(super) pools: Pools,
    /// Keeps a second process off the same SQLite file for as long as any clone lives.
    pub(super) _lock: Option<Arc<std::fs::File>>,
}

#[derive(Clone, Debug)]
pub(super) enum Pools {
    Postgres(PgPool),
    /// Many readers, one writer. `read` refuses to write, so a write sent the wrong way fails in its first test.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
}

/// A transaction. Dropped without [`Tx::commit`], it is undone.
#[derive(Debug)]
pub struct Tx(Held);

#[derive(Debug)]
enum Held {
    Postgres(Transaction<'static, Postgres>),
    Sqlite(Transaction<'static, Sqlite>),
}

/// What may be read from both engines.
pub trait Record: for<'r> FromRow<'r, PgRow> + for<'r> FromRow<'r, SqliteRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, PgRow> + for<'r> FromRow<'r, SqliteRow> + Send + Unpin> Record for T {}

/// A statement on its way.
#[must_use]
pub struct Sql<'a> {
    text: Cow<'static, str>,
    how: How<'a>,
    bad: Option<sqlx::Error>,
}

enum How<'a> {
    Postgres(PgArguments, On<'a, Postgres>),
    Sqlite(SqliteArguments, On<'a, Sqlite>),
}

enum On<'a, DB: Database> {
    Pool(&'a Pool<DB>),
    Conn(&'a mut DB::Connection),
}

macro_rules! run {
    ($self:ident, $args:ident, $on:ident => $e:expr) => {{
        if let Some(e) = $self.bad {
            return Err(e);
        }
        match $self.how {
            How::Postgres($args, On::Pool($on)) => $e,
            How::Postgres($args, On::Conn($on)) => $e,
            How::Sqlite($args, On::Pool($on)) => $e,
            How::Sqlite($args, On::Conn($on)) => $e,
        }
    }};
}

impl<'a> Sql<'a> {
    fn postgres(text: &'static str, on: On<'a, Postgres>) -> Sql<'a> {
        tracing::trace!(target: STATEMENTS, engine = "postgres", statement = text);
        Sql { text: Cow::Borrowed(text), how: How::Postgres(PgArguments::default(), on), bad: None }
    }

    fn sqlite(text: &'static str, on: On<'a, Sqlite>) -> Sql<'a> {
        tracing::trace!(target: STATEMENTS, engine = "sqlite", statement = text);
        Sql { text: Cow::Borrowed(text), how: How::Sqlite(SqliteArguments::default(), on), bad: None }
    }

    /// Binds the next placeholder.
    pub fn bind<T: Value>(mut self, value: T) -> Self {
        let added = match &mut self.how {
            How::Postgres(args, _) => Arguments::add(args, value.kept()),
            How::Sqlite(args, _) => Arguments::add(args, value.kept()),
        };
        if let Err(e) = added {
            self.bad.get_or_insert(sqlx::Error::Encode(e));
        }
        self
    }

    /// Locks the rows that are read until the transaction ends, and passes over those that another one has locked: whoever looks for
    /// work neither waits nor gets what somebody else is at. SQLite has one writer, and nobody to pass over.
    pub fn skip_locked(mut self) -> Self {
        if matches!(self.how, How::Postgres(..)) {
            self.text = Cow::Owned(format!("{} FOR NO KEY UPDATE SKIP LOCKED", self.text));
        }
        self
    }

    /// Every row.
    pub async fn all<R: Record>(self) -> Result<Vec<R>> {
        run!(self, args, on => sqlx::query_as_with::<_, R, _>(AssertSqlSafe(self.text), args).fetch_all(on).await)
    }

    /// The one row there must be.
    pub async fn one<R: Record>(self) -> Result<R> {
        run!(self, args, on => sqlx::query_as_with::<_, R, _>(AssertSqlSafe(self.text), args).fetch_one(on).await)
    }

    /// The row there may be.
    pub async fn opt<R: Record>(self) -> Result<Option<R>> {
        run!(self, args, on => sqlx::query_as_with::<_, R, _>(AssertSqlSafe(self.text), args).fetch_optional(on).await)
    }

    /// The number of rows changed.
    pub async fn run(self) -> Result<u64> {
        run!(self, args, on => sqlx::query_with(AssertSqlSafe(self.text), args).execute(on).await.map(|done| done.rows_affected()))
    }
}

impl Db {
    /// A reading statement outside any transaction.
    pub fn sql(&self, text: &'static str) -> Sql<'_> {
        match &self.pools {
            Pools::Postgres(pool) => Sql::postgres(text, On::Pool(pool)),
            Pools::Sqlite { read, .. } => Sql::sqlite(text, On::Pool(read)),
        }
    }

    /// A transaction. On SQLite it takes the write lock at once: "read, then write" would otherwise fail with "database is locked".
    pub async fn begin(&self) -> Result<Tx> {
        Ok(Tx(match &self.pools {
            Pools::Postgres(pool) => Held::Postgres(pool.begin().await?),
            Pools::Sqlite { write, .. } => Held::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
        }))
    }

    /// A transaction that only reads, and sees one state throughout. On SQLite it waits for no writer and keeps none waiting.
    pub async fn look(&self) -> Result<Tx> {
        Ok(Tx(match &self.pools {
            Pools::Postgres(pool) => Held::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?),
            Pools::Sqlite { read, .. } => Held::Sqlite(read.begin().await?),
        }))
    }

    /// Waits for what is under way and closes.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Postgres(pool) => pool.close().await,
            Pools::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
        }
    }

    /// `postgres` or `sqlite`, for people and tests.
    pub fn engine(&self) -> &'static str {
        match self.pools {
            Pools::Postgres(_) => "postgres",
            Pools::Sqlite { .. } => "sqlite",
        }
    }
}

impl Tx {
    /// A statement in this transaction.
    pub fn sql(&mut self, text: &'static str) -> Sql<'_> {
        match &mut self.0 {
            Held::Postgres(tx) => Sql::postgres(text, On::Conn(&mut **tx)),
            Held::Sqlite(tx) => Sql::sqlite(text, On::Conn(&mut **tx)),
        }
    }

    /// Makes it so.
    pub async fn commit(self) -> Result<()> {
        match self.0 {
            Held::Postgres(tx) => tx.commit().await,
            Held::Sqlite(tx) => tx.commit().await,
        }
    }
}
