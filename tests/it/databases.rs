//! A database of its own for every test: an SQLite file always, and PostgreSQL on a private server that dies with the test process.
//!
//! `both! { async fn name(db: Db) { … } }` makes the tests `name::sqlite` and `name::postgres`, each on a fresh, migrated database. A
//! test that restarts the program, or runs two of it, asks for `fresh: Fresh` and opens what it needs.
//!
//! The server is found on PATH or under /usr/lib/postgresql, and `TEST_DATABASE_URL` wins over it. Where there is neither, the run says
//! so and the PostgreSQL half passes; with `CI` or `REQUIRE_POSTGRES` set, or a `TEST_DATABASE_URL` that leads nowhere, it fails.

use meshdrill::store::{Db, OpenError};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::OnceCell;

/// Keeps the server: it waits for the end of its input, which the kernel brings about however the test process dies, then stops the
/// server and removes the folder. Without the trap, "echo ready" would kill it when the test is already gone, and leak the server.
const KEEPER: &str = r#"
trap '' PIPE
dir=$1; bin=$2; shift 2; cd "$dir"
for setting; do set -- "$@" -c "$setting"; shift; done
clean() { [ -n "$pg" ] && kill -QUIT "$pg" && wait "$pg"; cd /; rm -rf "$dir"; exit 0; }
"$bin/initdb" -D data -U postgres -A trust -E UTF8 --locale=C --no-sync --no-instructions >log 2>&1 ||
    { echo "initdb: $(tail -n 3 log | tr '\n' ' ')"; clean; }
"$bin/postgres" -D data -k "$dir" -c listen_addresses= -c max_connections=300 -c shared_buffers=64MB "$@" >>log 2>&1 &
pg=$!
until "$bin/pg_isready" -q -h "$dir"; do
    kill -0 "$pg" 2>/dev/null || { echo "postgres: $(tail -n 3 log | tr '\n' ' ')"; pg=; clean; }
    sleep 0.02
done
echo ready
read _
clean
"#;

/// Where other settings of that server may stand, with a space between them; measurements want its usual safety.
pub(crate) const SETTINGS: &str = "TEST_POSTGRES_SETTINGS";
/// The tests' own: nothing of theirs has to outlive the machine.
const QUICK: &str = "fsync=off synchronous_commit=off full_page_writes=off autovacuum=off";

/// A fresh database that can be opened more than once.
#[derive(Debug)]
pub(crate) enum Fresh {
    /// The folder of an SQLite file. A second `open` while the first handle lives is refused, as it is between processes.
    Sqlite(tempfile::TempDir),
    /// A database on the test server. Each `open` is a pool of its own, as in a second process.
    Postgres(Box<PgConnectOptions>),
}

impl Fresh {
    /// An SQLite file, with the settings of production.
    pub(crate) fn sqlite() -> Fresh {
        Fresh::Sqlite(tempfile::tempdir().unwrap())
    }

    /// A PostgreSQL database, or none where no server can be had and none is required.
    pub(crate) async fn postgres() -> Option<Fresh> {
        let server = match server().await {
            Ok(server) => server,
            Err(why) if required() => panic!("CI, REQUIRE_POSTGRES or TEST_DATABASE_URL is set, but there is no PostgreSQL: {why}"),
            Err(why) => {
                say_skipped(why);
                return None;
            }
        };
        let name = format!("meshdrill_{}_{}", std::process::id(), next());
        server.run(format!("CREATE DATABASE {name} TEMPLATE {}", server.template)).await.unwrap();
        Some(Fresh::Postgres(Box::new(server.admin.clone().database(&name))))
    }

    /// Opens it as the program does at its start, migrated.
    pub(crate) async fn open(&self) -> Db {
        self.try_open().await.unwrap()
    }

    /// The same where it may be refused.
    pub(crate) async fn try_open(&self) -> Result<Db, OpenError> {
        match self {
            Fresh::Sqlite(folder) => Db::sqlite(folder.path()).await,
            Fresh::Postgres(options) => Db::postgres_with((**options).clone()).await,
        }
    }

    /// Its address for another process, as in `DATABASE_URL`; none for an SQLite file.
    pub(crate) fn url(&self) -> Option<String> {
        match self {
            Fresh::Sqlite(_) => None,
            Fresh::Postgres(options) => Some(options.to_url_lossy().into()),
        }
    }

    /// Removes it. A failed test leaves its PostgreSQL database to be looked at, as long as the server lives.
    pub(crate) async fn remove(self) {
        if let (Fresh::Postgres(options), Ok(server)) = (&self, server().await) {
            let name = options.get_database().unwrap();
            server.run(format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
        }
    }
}

/// `both! { async fn name(db: Db) { … } }` makes the tests `name::sqlite` and `name::postgres`; `fresh: Fresh` hands the database over
/// unopened.
macro_rules! both {
    ($($(#[$about:meta])* async fn $name:ident($arg:ident: $kind:ident) $body:block)*) => { $(mod $name {
        use super::*;

        $(#[$about])*
        async fn run($arg: $kind) $body

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn sqlite() {
            let fresh = $crate::databases::Fresh::sqlite();
            $crate::databases::both!(@run $kind, fresh);
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn postgres() {
            if let Some(fresh) = $crate::databases::Fresh::postgres().await {
                $crate::databases::both!(@run $kind, fresh);
            }
        }
    })* };
    (@run Db, $fresh:ident) => {
        run($fresh.open().await).await;
        $fresh.remove().await;
    };
    (@run Fresh, $fresh:ident) => { run($fresh).await; };
}
pub(crate) use both;

/// The server all tests of this process share.
#[derive(Debug)]
struct Server {
    /// How to reach it, as someone who may create databases.
    admin: PgConnectOptions,
    /// What new databases are copied from.
    template: String,
    /// Its input is what keeps the server alive.
    _keeper: Option<Child>,
}

impl Server {
    async fn run(&self, statement: String) -> sqlx::Result<()> {
        let mut connection = PgConnection::connect_with(&self.admin).await?;
        sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await?;
        connection.close().await
    }
}

async fn server() -> &'static Result<Server, String> {
    static SERVER: OnceCell<Result<Server, String>> = OnceCell::const_new();
    SERVER.get_or_init(start).await
}

async fn start() -> Result<Server, String> {
    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        let admin = PgConnectOptions::from_str(&url).map_err(|e| format!("TEST_DATABASE_URL: {e}"))?;
        let server = Server { admin, template: "template1".into(), _keeper: None };
        // Asked once here, so that one clear reason is given and not one a test.
        server.run("SELECT 1".into()).await.map_err(|e| format!("TEST_DATABASE_URL: {e}"))?;
        return Ok(server);
    }
    let (admin, keeper) = tokio::task::spawn_blocking(private).await.map_err(|e| e.to_string())??;
    // Copying a migrated database is quicker than migrating each.
    let server = Server { admin, template: "meshdrill_template".into(), _keeper: Some(keeper) };
    server.run(format!("CREATE DATABASE {}", server.template)).await.map_err(|e| e.to_string())?;
    let template = Db::postgres_with(server.admin.clone().database(&server.template)).await.map_err(|e| e.to_string())?;
    template.close().await;
    Ok(server)
}

/// Starts a private server on a Unix socket in a folder that only its user can enter.
fn private() -> Result<(PgConnectOptions, Child), String> {
    let programs = programs().ok_or("no initdb and postgres on PATH or in /usr/lib/postgresql/*/bin")?;
    let folder = std::env::temp_dir().join(format!("meshdrill-pg-{}-{}", std::process::id(), next()));
    let io = |e: std::io::Error| format!("{}: {e}", folder.display());
    std::fs::create_dir(&folder).map_err(io)?;
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o700)).map_err(io)?;
    let mut shell = Command::new("/bin/sh");
    if folder.metadata().map_err(io)?.uid() == 0 {
        let (user, group) = unprivileged().ok_or("running as root, and there is no user postgres or nobody")?;
        chown(&folder, Some(user), Some(group)).map_err(io)?;
        shell.uid(user).gid(group);
    }
    // Its own process group, so that Ctrl-C reaches the tests and not the keeper.
    shell.arg("-c").arg(KEEPER).arg("meshdrill-keeper").arg(&folder).arg(programs);
    let settings = std::env::var(SETTINGS).unwrap_or_else(|_| QUICK.into());
    shell.args(settings.split_whitespace()).process_group(0).current_dir("/");
    for name in ["PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGDATA", "PGOPTIONS"] {
        shell.env_remove(name);
    }
    let mut keeper = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(io)?;
    let mut line = String::new();
    BufReader::new(keeper.stdout.take().unwrap()).read_line(&mut line).map_err(io)?;
    if line.trim() != "ready" {
        return Err(line.trim().to_owned());
    }
    let options = PgConnectOptions::new_without_pgpass().socket(&folder).port(5432).ssl_mode(PgSslMode::Disable);
    Ok((options.username("postgres").database("postgres"), keeper))
}

/// The folder of PostgreSQL's programs: on PATH, or the newest of Debian's.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(folder) = std::env::split_paths(&path).find(|d| d.join("initdb").exists() && d.join("postgres").exists()) {
        // PATH may hold only links.
        return folder.join("postgres").canonicalize().ok()?.parent().map(Path::to_path_buf);
    }
    let folders = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let versions = folders.filter_map(|d| Some((d.file_name().to_str()?.parse::<u32>().ok()?, d.path().join("bin"))));
    versions.filter(|(_, bin)| bin.join("initdb").exists()).max().map(|(_, bin)| bin)
}

/// The ids of a user to run the server as: initdb refuses root.
fn unprivileged() -> Option<(u32, u32)> {
    let users = std::fs::read_to_string("/etc/passwd").ok()?;
    let ids = |name: &str| {
        let fields: Vec<&str> = users.lines().find(|line| line.split(':').next() == Some(name))?.split(':').collect();
        Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?))
    };
    ids("postgres").or_else(|| ids("nobody"))
}

/// Whoever names a server wants it used.
fn required() -> bool {
    ["CI", "REQUIRE_POSTGRES", "TEST_DATABASE_URL"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty() && v != "0" && v != "false"))
}

/// Says once, past the test runner's capture, that half of the tests didn't run.
fn say_skipped(why: &str) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let bar = "=".repeat(100);
        let cure = "To run them: apt-get install postgresql (Debian, Ubuntu), or set TEST_DATABASE_URL to a server on which databases\n\
                    may be created. Nothing was tested on PostgreSQL in this run.";
        let lines = format!("\n{bar}\nThe PostgreSQL half of the tests was NOT run: {why}.\n{cure}\n{bar}\n");
        std::io::stderr().write_all(lines.as_bytes()).unwrap();
    });
}

fn next() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
