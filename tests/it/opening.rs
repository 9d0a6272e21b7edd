//! A database that can't be opened: one clear line with the cure, nothing changed, and no secret told.

use crate::databases::{Fresh, both};
use meshdrill::store::OpenError;
use std::path::Path;
use std::process::{Command, Output};

/// The exit code for what could not be done.
const NOT_DONE: i32 = 2;
const PASSWORD: &str = "hunter2";

/// Runs `meshdrill migrate` where nothing else is set.
fn migrate(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_meshdrill"));
    program.arg("migrate").args(arguments).current_dir(folder.path());
    for name in ["DATABASE_URL", "MESHDRILL_DATA", "MESHDRILL_PACKS", "RUST_LOG"] {
        program.env_remove(name);
    }
    program.envs(environment.iter().copied()).output().unwrap()
}

/// It said no in one line that has all of `words`.
#[track_caller]
fn refused(output: &Output, words: &[&str]) {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!((Some(NOT_DONE), ""), (output.status.code(), String::from_utf8_lossy(&output.stdout).as_ref()), "{said}");
    assert!(said.starts_with("meshdrill: ") && said.ends_with(".\n") && said.lines().count() == 1, "{said:?}");
    for word in words {
        assert!(said.contains(word), "{word:?} is missing: {said}");
    }
}

fn migrate_in(folder: &Path) -> Output {
    migrate(&["--data", folder.to_str().unwrap()], &[])
}

#[test]
fn a_fresh_folder_is_made_and_migrated() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a/b");
    for _ in 0..2 {
        let output = migrate_in(&data);
        assert_eq!(
            (Some(0), "The SQLite database is up to date.\n"),
            (output.status.code(), String::from_utf8_lossy(&output.stdout).as_ref())
        );
        assert!(output.stderr.is_empty());
    }
    assert!(data.join("meshdrill.db").exists());
}

#[test]
fn a_folder_that_cant_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "mine").unwrap();
    refused(&migrate_in(&file.join("data")), &["notes.txt/data", "can't be written", "--data"]);
    refused(&migrate_in(&file), &["notes.txt", "can't be written"]);
    assert_eq!("mine", std::fs::read_to_string(&file).unwrap());
    if cfg!(target_os = "linux") {
        // Where even root may not write.
        refused(&migrate_in(Path::new("/proc/meshdrill")), &["/proc/meshdrill", "can't be written"]);
        refused(&migrate_in(Path::new("/proc")), &["/proc", "can't be written"]);
    }
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    for content in ["my holiday plans\n".repeat(300), "x".into()] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("meshdrill.db");
        std::fs::write(&file, &content).unwrap();
        refused(&migrate_in(folder.path()), &["meshdrill.db is not a meshdrill database", "--data"]);
        assert_eq!(content, std::fs::read_to_string(&file).unwrap());
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("meshdrill.db")).unwrap();
    refused(&migrate_in(folder.path()), &["meshdrill.db is not a meshdrill database"]);
}

#[tokio::test]
async fn an_sqlite_file_has_one_program() {
    let fresh = Fresh::sqlite();
    let Fresh::Sqlite(folder) = &fresh else { unreachable!() };
    let db = fresh.open().await;
    let before = std::fs::read(folder.path().join("meshdrill.db")).unwrap();
    refused(&migrate_in(folder.path()), &["meshdrill.db is in use by another meshdrill process", "Stop that one", "DATABASE_URL"]);
    assert!(matches!(fresh.try_open().await, Err(OpenError::InUse(_))), "nor twice in one program");
    assert_eq!(before, std::fs::read(folder.path().join("meshdrill.db")).unwrap());
    let clone = db.clone();
    db.close().await;
    drop(db);
    assert!(matches!(fresh.try_open().await, Err(OpenError::InUse(_))), "as long as any handle lives");
    drop(clone);
    assert_eq!(Some(0), migrate_in(folder.path()).status.code());
}

both! {
    async fn a_newer_schema_is_left_alone(fresh: Fresh) {
        let db = fresh.open().await;
        let mut tx = db.begin().await.unwrap();
        tx.sql(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             SELECT 9999, 'from the future', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1",
        )
        .run()
        .await
        .unwrap();
        tx.commit().await.unwrap();
        db.close().await;
        drop(db);
        let before = content(&fresh).await;
        let Err(error @ OpenError::NewerSchema(9999)) = fresh.try_open().await else { panic!("it was opened") };
        assert!(error.to_string().contains("newer meshdrill (migration 9999)"), "{error}");
        let output = match &fresh {
            Fresh::Sqlite(folder) => migrate_in(folder.path()),
            Fresh::Postgres(_) => migrate(&[], &[("DATABASE_URL", &fresh.url().unwrap())]),
        };
        refused(&output, &["newer meshdrill (migration 9999)", "Install that version or a later one"]);
        assert_eq!(before, content(&fresh).await);
    }

    async fn a_migration_that_was_changed_is_no_newer_schema(fresh: Fresh) {
        let db = fresh.open().await;
        let mut tx = db.begin().await.unwrap();
        // Without its last byte, on both engines.
        tx.sql("UPDATE _sqlx_migrations SET checksum = substr(checksum, 1, length(checksum) - 1)").run().await.unwrap();
        tx.commit().await.unwrap();
        db.close().await;
        drop(db);
        let error = fresh.try_open().await.unwrap_err();
        assert!(matches!(error, OpenError::Migration(_)) && error.to_string().contains("migration 1 was previously applied"), "{error}");
    }
}

/// Everything in the database: the file's bytes; on PostgreSQL the migrations and how many rows ever changed.
async fn content(fresh: &Fresh) -> Vec<u8> {
    match fresh {
        Fresh::Sqlite(folder) => std::fs::read(folder.path().join("meshdrill.db")).unwrap(),
        Fresh::Postgres(options) => {
            use sqlx::{Connection, PgConnection};
            let mut connection = PgConnection::connect_with(options).await.unwrap();
            let rows: Vec<(String,)> = sqlx::query_as(
                "SELECT version || ' ' || description || ' ' || xmin FROM _sqlx_migrations
                 UNION ALL SELECT relname || ' ' || xmin FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
            )
            .fetch_all(&mut connection)
            .await
            .unwrap();
            rows.into_iter().map(|(row,)| row).collect::<Vec<_>>().join("\n").into_bytes()
        }
    }
}

/// The word that mustn't be told is in none of what is said, even when everything is logged.
fn tells_nothing(output: &Output) {
    let said = [String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)].concat();
    assert!(!said.contains(PASSWORD), "{said}");
}

#[test]
fn a_wrong_address_is_told_without_its_password() {
    for (address, words) in [
        (PASSWORD, ["not a PostgreSQL address", "postgres://user:password@host"]),
        ("mysql://me:hunter2@db/x", ["not a PostgreSQL address", "leave it unset for the embedded SQLite"]),
        ("postgres://me:hunter2@db:port/x", ["not a PostgreSQL address", "invalid port"]),
        ("postgres://me:hunter2@[::1/x", ["not a PostgreSQL address", "DATABASE_URL"]),
        ("postgres://me:hunter2@db/x?sslmode=hunter2", ["not a PostgreSQL address", "unknown value … for `ssl_mode`"]),
        ("postgres://me:hunter2@127.0.0.1:1/x", ["can't be reached", "refused"]),
        ("postgres://me:hunter2@no-such-host.invalid/x", ["can't be reached", "Check DATABASE_URL"]),
        ("postgres://me:hunter2@localhost/x?host=/nowhere", ["can't be reached", "Check DATABASE_URL"]),
    ] {
        let begun = std::time::Instant::now();
        let output = migrate(&[], &[("DATABASE_URL", address)]);
        refused(&output, &words);
        tells_nothing(&output);
        assert!(begun.elapsed().as_secs() < 10, "it took too long to say so: {address}");
        tells_nothing(&migrate(&[], &[("DATABASE_URL", address), ("RUST_LOG", "trace")]));
    }
}

#[tokio::test]
async fn a_server_that_refuses_says_why() {
    let Some(fresh) = Fresh::postgres().await else { return };
    let url = fresh.url().unwrap();
    let output = migrate(&[], &[("DATABASE_URL", &url)]);
    assert_eq!(
        (Some(0), "The PostgreSQL database is up to date.\n"),
        (output.status.code(), String::from_utf8_lossy(&output.stdout).as_ref())
    );
    let name = url.rsplit_once('?').unwrap().0.rsplit_once('/').unwrap().1;
    let output = migrate(&[], &[("DATABASE_URL", &url.replace(name, "nothing"))]);
    refused(&output, &["can't be reached", "database \"nothing\" does not exist"]);
    let output = migrate(&[], &[("DATABASE_URL", &url.replace("postgres@", "nobody:hunter2@")), ("RUST_LOG", "trace")]);
    assert_eq!(Some(NOT_DONE), output.status.code());
    tells_nothing(&output);
    fresh.remove().await;
}
