//! Opening a database: which engine, who else has it open, whether its schema is one this program knows.

use super::db::{Db, Pools};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use std::fs::{File, TryLockError};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");
static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");

/// What every SQLite file begins with (sqlite.org/fileformat.html).
const MAGIC: &[u8] = b"SQLite format 3\0";
/// How long a statement waits for SQLite's write lock; only a `sqlite3` shell beside the program can hold it that long.
const BUSY: Duration = Duration::from_secs(10);
/// How long to wait for PostgreSQL's first answer before saying that it is not there.
const CONNECT: Duration = Duration::from_secs(15);

/// Why a database can't be opened. Nothing was changed in it. Each reads alone, and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is not one of PostgreSQL's.
    #[error(
        "DATABASE_URL is not a PostgreSQL address ({0}). It looks like postgres://user:password@host:5432/name; leave it unset for the embedded SQLite."
    )]
    BadUrl(String),
    /// The server doesn't answer or refuses.
    #[error("PostgreSQL can't be reached: {0}. Check DATABASE_URL, and that the server runs and lets this machine in.")]
    Unreachable(String),
    /// The folder or file can't be written.
    #[error("{} can't be written: {why}. Name another folder with --data or MESHDRILL_DATA.", path.display())]
    Unwritable {
        /// The folder or file.
        path: PathBuf,
        /// The system's reason.
        why: String,
    },
    /// Another process has the file.
    #[error("{} is in use by another meshdrill process. Stop that one, or let both share a PostgreSQL (DATABASE_URL).", .0.display())]
    InUse(PathBuf),
    /// SQLite's locks don't hold on network file systems.
    #[error("{} is on a network file system ({kind}), where SQLite can lose data. Use a local disk, or PostgreSQL (DATABASE_URL).", path.display())]
    NetworkFileSystem {
        /// The folder.
        path: PathBuf,
        /// Such as NFS.
        kind: &'static str,
    },
    /// The file is something else.
    #[error("{} is not a meshdrill database: {why}. Name another folder with --data or MESHDRILL_DATA.", path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
        /// The engine's reason.
        why: String,
    },
    /// A newer program was here.
    #[error(
        "The database was migrated by a newer meshdrill (migration {0}), which this one doesn't know. Install that version or a later one; nothing was changed."
    )]
    NewerSchema(i64),
    /// A migration failed; it was undone.
    #[error("The database can't be migrated: {0}. The failed step was undone.")]
    Migration(String),
}

impl Db {
    /// The PostgreSQL at `url`, migrated.
    pub async fn postgres(url: &str) -> Result<Db, OpenError> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(OpenError::BadUrl("it doesn't begin with postgres://".into()));
        }
        let options = PgConnectOptions::from_str(url).map_err(|e| OpenError::BadUrl(without_quotes(&cause(&e))))?;
        Db::postgres_with(options).await
    }

    /// The PostgreSQL that `options` lead to, migrated.
    pub async fn postgres_with(options: PgConnectOptions) -> Result<Db, OpenError> {
        // A pool would go on trying and then only say that time is up; one connection says why.
        let first = match tokio::time::timeout(CONNECT, options.connect()).await {
            Err(_) => return Err(OpenError::Unreachable(format!("no answer within {} seconds", CONNECT.as_secs()))),
            Ok(first) => first.map_err(|e| OpenError::Unreachable(e.to_string()))?,
        };
        first.close().await.map_err(|e| OpenError::Unreachable(e.to_string()))?;
        let pool = PgPoolOptions::new().max_connections(10).acquire_timeout(CONNECT).connect_lazy_with(options);
        POSTGRES.run(&pool).await.map_err(migration)?;
        Ok(Db { pools: Pools::Postgres(pool), _lock: None })
    }

    /// The SQLite file `meshdrill.db` in `folder`, made when missing, migrated.
    pub async fn sqlite(folder: &Path) -> Result<Db, OpenError> {
        let unwritable = |path: &Path, e: std::io::Error| OpenError::Unwritable { path: path.to_owned(), why: e.to_string() };
        private_folder(folder).map_err(|e| unwritable(folder, e))?;
        if let Some(kind) = rustix::fs::statfs(folder).ok().and_then(|s| network_file_system(s.f_type)) {
            return Err(OpenError::NetworkFileSystem { path: folder.to_owned(), kind });
        }
        let file = folder.join("meshdrill.db");
        let lock = File::create(folder.join("meshdrill.lock")).map_err(|e| unwritable(folder, e))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse(file)),
            Err(TryLockError::Error(e)) => return Err(unwritable(folder, e)),
        }
        if !is_sqlite(&file).map_err(|e| unwritable(&file, e))? {
            return Err(OpenError::NotOurs { path: file, why: "it is no SQLite file".into() });
        }
        let (read, write) = pools(&file).await?;
        SQLITE.run(&write).await.map_err(migration)?;
        Ok(Db { pools: Pools::Sqlite { read, write }, _lock: Some(Arc::new(lock)) })
    }
}

/// Makes the folder where it is missing, for its owner alone: what people wrote is nobody else's.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// One writer, so that transactions queue in the program and not in SQLite's retry loop; readers that can't write.
async fn pools(file: &Path) -> Result<(sqlx::SqlitePool, sqlx::SqlitePool), OpenError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .pragma("cache_size", "-16384");
    let pool = |n| SqlitePoolOptions::new().max_connections(n).idle_timeout(None).max_lifetime(None);
    let write = pool(1).connect_with(options.clone().optimize_on_close(true, 400)).await;
    let write = write.map_err(|e| OpenError::NotOurs { path: file.to_owned(), why: e.to_string() })?;
    Ok((pool(4).connect_lazy_with(options.pragma("query_only", "ON")), write))
}

/// The file is SQLite's, or will be: SQLite itself would write over a short file that is something else.
fn is_sqlite(path: &Path) -> std::io::Result<bool> {
    let mut file = match File::open(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(true),
        file => file?,
    };
    if file.metadata()?.is_dir() {
        return Ok(false);
    }
    let mut head = Vec::new();
    file.by_ref().take(MAGIC.len() as u64).read_to_end(&mut head)?;
    Ok(head.is_empty() || head == MAGIC)
}

/// The last cause: the errors before it only say that there was one.
fn cause(e: &dyn std::error::Error) -> String {
    e.source().map_or_else(|| e.to_string(), cause)
}

/// Without what stands in quotes: it is part of an address, and may be part of its password.
fn without_quotes(text: &str) -> String {
    let parts: Vec<&str> = text.split('"').enumerate().map(|(n, part)| if n % 2 == 0 { part } else { "…" }).collect();
    parts.concat()
}

fn migration(e: MigrateError) -> OpenError {
    match e {
        MigrateError::VersionMissing(version) => OpenError::NewerSchema(version),
        e => OpenError::Migration(e.to_string()),
    }
}

/// The kind of network file system a `statfs` type stands for (statfs(2)), if it is one.
fn network_file_system(f_type: impl TryInto<i64>) -> Option<&'static str> {
    // Types are unsigned 32-bit numbers that some systems hand out sign-extended.
    match f_type.try_into().ok()? & 0xFFFF_FFFF {
        0x6969 => Some("NFS"),
        0x517B => Some("SMB"),
        0xFF53_4D42 => Some("CIFS"),
        0xFE53_4D42 => Some("SMB2"),
        0x0102_1997 => Some("9P"),
        0x5346_414F => Some("AFS"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::network_file_system;

    #[test]
    fn network_file_systems_are_told_from_local_ones() {
        assert_eq!(Some("NFS"), network_file_system(0x6969_i64));
        assert_eq!(Some("CIFS"), network_file_system(0xFFFF_FFFF_FF53_4D42_u64 as i64));
        assert_eq!(None, network_file_system(0xEF53_i64), "ext4");
        assert_eq!(None, network_file_system(0x0102_1994_i64), "tmpfs");
    }
}
