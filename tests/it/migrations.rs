//! A database of every earlier schema, with a row in each table, becomes one that today's program reads; and both engines have one schema.

use crate::databases::{Fresh, both};
use crate::store::{at, day, id, question};
use meshdrill::message::{Card, Home, Speech, Turn};
use meshdrill::store::Db;
use meshdrill::store::boards::Span;
use meshdrill::store::outbox::Reach;
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};
use std::collections::BTreeMap;
use std::path::Path;

/// A migration, and rows as the program of its time wrote them. Only ever added to.
struct Step {
    version: i64,
    /// `@id1` is an id, `@at5` the instant five seconds after the tests' beginning; the rest is the same on both engines.
    rows: &'static [&'static str],
}

const STEPS: [Step; 8] = [FIRST, CHALLENGES, INTERVIEWS, MODERATION, SEATS, TROUBLES, QUEUED, LANES];

const FIRST: Step = Step {
    version: 1,
    rows: &[
        "INSERT INTO workspaces (id, platform, external_id, zone, created_at) VALUES (@id1, 'local', 'old', 'Asia/Tokyo', @at0)",
        "INSERT INTO members (workspace_id, id, external_id, name, alias, zone, lead, reviewer, hidden, shares, created_at)
         VALUES (@id1, @id2, 'u1', 'Ünal', 'U.', 'UTC', TRUE, FALSE, FALSE, TRUE, @at1)",
        "INSERT INTO aways (workspace_id, member_id, first_day, last_day) VALUES (@id1, @id2, '2026-11-01', '2026-11-02')",
        r#"INSERT INTO inbox (workspace_id, delivery, member_id, turn, at)
         VALUES (@id1, 'd1', @id2, '{"Private":{"title":null,"blocks":[{"Text":[{"Plain":"hello"}]}],"buttons":[]}}', @at2)"#,
        r#"INSERT INTO outbox (workspace_id, id, about, channel, thread, audience, round_id, verb, on_row, on_message, lane, speech, not_before,
                             expires_at, state, version, tries, leased_until, sent_at, sent_id, reason)
         VALUES (@id1, @id3, 'thread:1', 'mesh', NULL, NULL, @id5, 'thread', NULL, NULL, 1,
                 '{"Live":{"Daily":"00000000-0000-0000-0000-000000000005"}}', @at3, NULL, 'sent', 2, 0, NULL, @at4, 'm1', NULL),
                (@id1, @id4, 'next', 'mesh', 't', 'u1', NULL, 'post', @id3, NULL, 0,
                 '{"Card":{"title":"T","blocks":[],"buttons":[]}}', @at3, @at900, 'ready', 1, 0, NULL, NULL, NULL, NULL)"#,
        "INSERT INTO deadlines (workspace_id, kind, subject, due_at, tries) VALUES (@id1, 'close', @id5, @at10, 3)",
        r#"INSERT INTO schedules (workspace_id, id, pack, channel, state, plan, seed, last_date, unanswered, created_at)
         VALUES (@id1, @id6, 'istio', 'mesh', 'on', '{"kept":"as it is"}', -5, '2026-11-24', 2, @at0)"#,
        "INSERT INTO notices (workspace_id, id, about, text, at, seen) VALUES (@id1, @id7, 'low', 'Ten are left.', @at0, FALSE)",
        "INSERT INTO rounds (workspace_id, id, kind, pack, question_id, topic, question, schedule_id, local_date, extra, again, channel,
                             quiz_id, opens_at, closes_at, state)
         VALUES (@id1, @id5, 'daily', 'istio', 'q1', 'security', '@question', @id6, '2026-11-24', FALSE, TRUE, 'mesh', NULL, @at0, @at900,
                 'closed')",
        r#"INSERT INTO messages (workspace_id, round_id, message_id, member_id, at, via, reply_to, versions, deleted_at)
         VALUES (@id1, @id5, 'm2', @id2, @at5, 'thread', NULL, '[["2026-11-24T08:00:05Z","it's"]]', NULL)"#,
        r#"INSERT INTO participations (workspace_id, round_id, member_id, opened, again, hints, attempts, answered, points, counted_board,
                                     counted_day)
         VALUES (@id1, @id5, @id2, '["2026-11-24T08:00:09Z"]', '[]', 1,
                 '[{"number":1,"messages":["m2"],"text":"its","at":"2026-11-24T08:00:05Z","late":false,"grade":{"points":750,"range":[750,750],
                    "verdicts":[{"criterion":"c","verdict":"made","points":750,"quotes":["its"]}],"misconceptions":[],"note":null},
                    "withdrawn":false}]', TRUE, 650, 'daily', '2026-11-24')"#,
        "INSERT INTO totals (workspace_id, board, pack, day, topic, member_id, points, answers)
         VALUES (@id1, 'daily', 'istio', '2026-11-24', 'security', @id2, 650, 1)",
        r#"INSERT INTO quizzes (workspace_id, id, member_id, pack, wanted, seed, state, round_id, stage, channel, started_at, last_at)
         VALUES (@id1, @id8, @id2, 'istio', '{"topic":"security","level":"mid","count":3,"weak":false}', 9, 'idle', NULL, 'probe', '@u1',
                 @at0, @at7)"#,
        "INSERT INTO mastery (workspace_id, member_id, pack, question_id, memory, due_at, points)
         VALUES (@id1, @id2, 'istio', 'q1', '[1.5]', @at900, 650)",
    ],
};

const CHALLENGES: Step = Step {
    version: 2,
    rows: &[
        "INSERT INTO challenges (workspace_id, id, pack, channel, opened_by, topic, minutes, state, asked, opened_at)
         VALUES (@id1, @id9, 'istio', 'mesh', @id2, 'security', 3, 'running', 1, @at0)",
        "INSERT INTO challenge_questions (workspace_id, challenge_id, number, question_id, round_id)
         VALUES (@id1, @id9, 1, 'q1', @id5), (@id1, @id9, 2, 'q2', NULL)",
        "INSERT INTO challengers (workspace_id, challenge_id, member_id, from_number, joined_at) VALUES (@id1, @id9, @id2, 2, @at1)",
    ],
};

const INTERVIEWS: Step = Step {
    version: 3,
    rows: &[
        "INSERT INTO members (workspace_id, id, external_id, name, created_at) VALUES (@id1, @id10, 'u2', 'Ben', @at1)",
        r#"INSERT INTO quizzes (workspace_id, id, member_id, pack, wanted, seed, state, round_id, stage, channel, started_at, last_at, kind,
                              minutes, spent)
         VALUES (@id1, @id11, @id10, 'istio', '{"topic":null,"level":null,"count":2,"weak":false,"topics":["traffic","project"]}', 9, 'idle',
                 NULL, 'answer', '@u2', @at0, @at7, 'interview', 40, 61)"#,
    ],
};

const MODERATION: Step = Step {
    version: 4,
    rows: &[
        "INSERT INTO queued (workspace_id, schedule_id, question_id, place) VALUES (@id1, @id6, 'q3', 2), (@id1, @id6, 'q2', 1)",
        "INSERT INTO retired (workspace_id, pack, question_id, reason, at) VALUES (@id1, 'istio', 'q4', 'Two answers are right.', @at3)",
        "UPDATE members SET muted = TRUE WHERE id = @id2",
        r#"UPDATE participations SET taken_out = '["2026-11-24T08:00:09Z"]' WHERE member_id = @id2"#,
    ],
};

const SEATS: Step = Step {
    version: 5,
    rows: &["INSERT INTO seats (workspace_id, digest, member_id, lead, taken_at) VALUES (@id1, 'ab12', @id2, TRUE, @at3)"],
};

const TROUBLES: Step = Step {
    version: 6,
    rows: &[
        "INSERT INTO troubles (workspace_id, channel, thread, verb, why, cure, since)
         VALUES (@id1, 'mesh', '', 'post', 'I may not write there', 'ask a lead', @at3)",
        "UPDATE outbox SET blocked = 2 WHERE id = @id4",
        "UPDATE schedules SET lost = 'It was deleted.' WHERE id = @id6",
    ],
};

const QUEUED: Step = Step { version: 7, rows: &["UPDATE rounds SET queued = TRUE WHERE id = @id5"] };

/// Indexes alone: the rows of before are read by them.
const LANES: Step = Step { version: 8, rows: &[] };

/// A row as an engine writes it.
fn written(row: &str, engine: &str) -> String {
    let question = serde_json::to_string(&*question(0)).unwrap();
    let row = row.replace("it's", "it''s").replace("@question", &question.replace('\'', "''"));
    let mut parts = row.split('@');
    let mut sql = parts.next().unwrap().to_owned();
    for part in parts {
        let (kind, rest) = part.split_at(2.min(part.len()));
        let (number, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
        let value = match (kind, number.parse(), engine) {
            ("id", Ok(n), "sqlite") => format!("x'{}'", id(n).simple()),
            ("id", Ok(n), _) => format!("'{}'", id(n)),
            ("at", Ok(n), "sqlite") => at(i64::try_from(n).unwrap()).as_microsecond().to_string(),
            ("at", Ok(n), _) => format!("'{}'", at(i64::try_from(n).unwrap())),
            _ => format!("@{kind}{number}"),
        };
        sql.push_str(&value);
        sql.push_str(rest);
    }
    sql
}

/// A connection past the store.
enum Raw {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

macro_rules! raw {
    ($raw:expr, $connection:ident => $e:expr) => {
        match $raw {
            Raw::Postgres($connection) => $e,
            Raw::Sqlite($connection) => $e,
        }
    };
}

impl Raw {
    /// Of a database with nothing in it.
    async fn empty(fresh: &Fresh) -> Raw {
        let mut raw = Raw::of(fresh).await;
        if let Raw::Postgres(_) = raw {
            raw.run("DROP SCHEMA public CASCADE".into()).await;
            raw.run("CREATE SCHEMA public".into()).await;
        }
        raw
    }

    async fn of(fresh: &Fresh) -> Raw {
        match fresh {
            Fresh::Postgres(options) => Raw::Postgres(PgConnection::connect_with(options).await.unwrap()),
            Fresh::Sqlite(folder) => {
                let options =
                    sqlx::sqlite::SqliteConnectOptions::new().filename(folder.path().join("meshdrill.db")).create_if_missing(true);
                Raw::Sqlite(SqliteConnection::connect_with(&options).await.unwrap())
            }
        }
    }

    fn engine(&self) -> &'static str {
        match self {
            Raw::Postgres(_) => "postgres",
            Raw::Sqlite(_) => "sqlite",
        }
    }

    async fn run(&mut self, statement: String) {
        raw!(self, connection => sqlx::query(AssertSqlSafe(statement.clone())).execute(connection).await.map(drop))
            .unwrap_or_else(|e| panic!("{e}: {statement}"));
    }

    /// Rows of strings.
    async fn rows<const N: usize>(&mut self, statement: &'static str) -> Vec<[String; N]> {
        raw!(self, connection => {
            let rows = sqlx::query(statement).fetch_all(connection).await.unwrap();
            rows.iter().map(|row| std::array::from_fn(|n| row.get::<String, _>(n))).collect()
        })
    }

    async fn migrate_to(&mut self, version: i64) {
        let migrator = Migrator::new(folder(self.engine())).await.unwrap();
        raw!(self, connection => migrator.run_to(version, connection).await).unwrap();
    }

    async fn close(self) {
        raw!(self, connection => connection.close().await).unwrap();
    }

    /// Tables, columns, what kind each is of and whether it must hold something.
    async fn columns(&mut self) -> BTreeMap<(String, String), (String, String)> {
        let columns: Vec<[String; 4]> = match self {
            Raw::Postgres(_) => {
                self.rows(
                    "SELECT table_name::text, column_name::text, data_type::text, is_nullable::text FROM information_schema.columns
                     WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations'",
                )
                .await
            }
            Raw::Sqlite(_) => {
                self.rows(
                    "SELECT t.name, c.name, c.type, CASE c.\"notnull\" WHEN 1 THEN 'NO' ELSE 'YES' END FROM sqlite_master t
                     JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name <> '_sqlx_migrations'",
                )
                .await
            }
        };
        columns.into_iter().map(|[table, column, kind, nullable]| ((table, column), (kind, nullable))).collect()
    }

    /// Which columns each index has, in what order, and whether it is unique, whatever its name.
    async fn indices(&mut self) -> Vec<[String; 3]> {
        match self {
            Raw::Postgres(_) => {
                self.rows(
                    "SELECT t.relname::text, i.indisunique::text,
                            string_agg(a.attname::text, ',' ORDER BY array_position(i.indkey::smallint[], a.attnum))
                     FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
                     JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
                     WHERE n.nspname = 'public' AND t.relname <> '_sqlx_migrations'
                     GROUP BY i.indexrelid, t.relname, i.indisunique ORDER BY 1, 3, 2",
                )
                .await
            }
            Raw::Sqlite(_) => {
                self.rows(
                    "SELECT tbl, uniq, cols FROM
                         (SELECT t.name AS tbl, CASE i.\"unique\" WHEN 1 THEN 'true' ELSE 'false' END AS uniq,
                                 (SELECT group_concat(name, ',') FROM (SELECT c.name FROM pragma_index_info(i.name) c ORDER BY c.seqno)) AS cols
                          FROM sqlite_master t JOIN pragma_index_list(t.name) i
                          WHERE t.type = 'table' AND t.name <> '_sqlx_migrations') ORDER BY 1, 3, 2",
                )
                .await
            }
        }
    }

    /// The rules between tables.
    async fn references(&mut self) -> Vec<[String; 3]> {
        match self {
            Raw::Postgres(_) => {
                self.rows(
                    "SELECT t.relname::text, r.relname::text, c.confdeltype::text FROM pg_constraint c
                     JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid WHERE c.contype = 'f' ORDER BY 1, 2",
                )
                .await
            }
            Raw::Sqlite(_) => {
                self.rows(
                    "SELECT t.name, f.\"table\", CASE f.on_delete WHEN 'CASCADE' THEN 'c' ELSE 'a' END FROM sqlite_master t
                     JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table' AND f.seq = 0 ORDER BY 1, 2",
                )
                .await
            }
        }
    }
}

fn folder(engine: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine)
}

#[test]
fn both_engines_have_the_same_migrations() {
    let names = |engine| {
        let mut names: Vec<_> =
            std::fs::read_dir(folder(engine)).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names("postgres"), names("sqlite"));
    let numbers: Vec<i64> = names("sqlite").iter().map(|name| name.split('_').next().unwrap().parse().unwrap()).collect();
    assert_eq!((1..=i64::try_from(numbers.len()).unwrap()).collect::<Vec<_>>(), numbers, "numbered without a gap");
    assert_eq!(numbers, STEPS.map(|step| step.version), "every migration is tested with rows of its time");
}

both! {
    async fn rows_of_every_earlier_schema_are_read(fresh: Fresh) {
        let mut raw = Raw::empty(&fresh).await;
        for step in &STEPS {
            raw.migrate_to(step.version).await;
            for row in step.rows {
                let row = written(row, raw.engine());
                raw.run(row).await;
            }
        }
        let tables: Vec<String> = raw.columns().await.into_keys().map(|(table, _)| table).collect();
        for table in tables {
            let rows = STEPS.iter().flat_map(|step| step.rows);
            assert!(rows.clone().any(|row| row.starts_with(&format!("INSERT INTO {table} ("))), "{table} has no row");
        }
        raw.close().await;
        let db = fresh.open().await;
        reads_step_1(&db).await;
        reads_challenges(&db).await;
        reads_interviews(&db).await;
        reads_moderation(&db).await;
        reads_troubles(&db).await;
        assert!(db.begin().await.unwrap().was_queued(id(1), id(5)).await.unwrap());
    }

    async fn many_programs_may_start_on_an_empty_database(fresh: Fresh) {
        Raw::empty(&fresh).await.close().await;
        let Fresh::Postgres(options) = &fresh else { return }; // An SQLite file has one program.
        let starts: Vec<_> = (0..4).map(|_| tokio::spawn(Db::postgres_with((**options).clone()))).collect();
        for start in starts {
            start.await.unwrap().unwrap();
        }
    }
}

/// Every row of the first schema, through the store.
async fn reads_step_1(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    let workspace = tx.known_workspace(&Home { platform: "local".into(), id: "old".into() }).await.unwrap().unwrap();
    assert_eq!((id(1), "Asia/Tokyo"), (workspace.id, workspace.zone.as_str()));
    let (workspace, member) = (id(1), id(2));
    let who = tx.members(workspace).await.unwrap().remove(0);
    assert_eq!((member, "u1", "Ünal", "U."), (who.id, who.external_id.as_str(), who.name.as_str(), who.shown()));
    assert_eq!((true, false, false, true, Some("UTC")), (who.lead, who.reviewer, who.hidden, who.shares, who.zone.as_deref()));
    assert_eq!(at(1), *tx.member_since(workspace, member).await.unwrap().created_at);
    assert_eq!(day(2), *tx.aways(workspace, member).await.unwrap()[0].last_day);
    assert_eq!(Some(Turn::Private(Card::says("hello"))), tx.receive(workspace, "d1", at(0)).await.unwrap());

    let said = tx.said_about(workspace, "thread:1").await.unwrap().unwrap();
    assert_eq!(
        (id(3), "sent", Some("m1"), Some(at(4))),
        (said.id, said.state.as_str(), said.sent_id.as_deref(), said.sent_at.map(|at| *at))
    );
    assert_eq!(Some(id(5)), tx.round_of_thread(workspace, "m1").await.unwrap());
    let next = tx.lease(Reach::of("local"), at(5), at(60), 10).await.unwrap().remove(0);
    assert_eq!((id(4), Some("m1"), Some("u1")), (next.id, next.into_thread(), next.audience.as_deref()));
    assert_eq!(Speech::Card(Card::titled("T")), next.speech);
    let due = tx.take_deadline(at(10)).await.unwrap().unwrap();
    assert_eq!(("close", id(5), 3), (due.kind.as_str(), due.subject, due.tries));

    let schedule = tx.schedules::<serde_json::Value>(workspace, "istio").await.unwrap().remove(0);
    assert_eq!(
        (id(6), "on", -5, Some(day(24)), 2),
        (schedule.id, schedule.state.as_str(), schedule.seed, schedule.last_date, schedule.unanswered)
    );
    assert_eq!("as it is", schedule.plan["kept"]);
    assert_eq!("Ten are left.", tx.take_notices(workspace).await.unwrap()[0].text);
    let round = tx.round(workspace, id(5)).await.unwrap().unwrap();
    assert_eq!((&*question(0), true, "closed", day(24)), (&round.question, round.again, round.state.as_str(), *round.local_date));
    assert_eq!("it's", tx.messages(workspace, id(5)).await.unwrap()[0].versions[0].1);
    let part = tx.lock_participation(workspace, id(5), member).await.unwrap();
    assert_eq!(
        (vec![at(9)], 1, true, 650, 750),
        (part.opened.clone(), part.hints, part.answered, part.points, part.attempts[0].grade.points)
    );
    let span = Span { board: "daily", pack: "istio", from: day(24), to: day(25), topic: Some("security") };
    assert_eq!((650, 1), tx.totals(workspace, &span).await.unwrap().iter().map(|total| (total.points, total.answers)).next().unwrap());
    let quiz = tx.lock_quiz(workspace, member).await.unwrap().unwrap();
    assert_eq!((id(8), "idle", "probe", 3, at(7)), (quiz.id, quiz.state.as_str(), quiz.stage.as_str(), quiz.wanted.count, *quiz.last_at));
    assert_eq!((false, None, 0, true), (quiz.is_interview(), quiz.minutes, quiz.spent, quiz.wanted.topics.is_empty()));
    let known = tx.mastery::<[f64; 1]>(workspace, member, "istio").await.unwrap().remove(0);
    assert_eq!(("q1", [1.5], at(900), 650), (known.question_id.as_str(), known.memory, known.due_at, known.points));
}

/// Challenges, through the store.
async fn reads_challenges(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    let (workspace, member) = (id(1), id(2));
    assert_eq!(Some(id(9)), tx.challenge_in(workspace, "mesh").await.unwrap());
    let challenge = tx.challenge(workspace, id(9)).await.unwrap().unwrap();
    assert_eq!(
        (member, Some("security"), 3, 1, true),
        (challenge.opened_by, challenge.topic.as_deref(), challenge.minutes, challenge.asked, challenge.is_on())
    );
    let drawn = tx.drawn(workspace, id(9)).await.unwrap();
    assert_eq!((Some(id(5)), "q2", None), (drawn[0].round_id, drawn[1].question_id.as_str(), drawn[1].round_id));
    assert_eq!(2, tx.challengers(workspace, id(9)).await.unwrap()[0].from_number);
    assert_eq!(650, tx.challenge_totals(workspace, id(9)).await.unwrap()[0].points);
}

/// Interviews, through the store.
async fn reads_interviews(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    let interview = tx.lock_quiz(id(1), id(10)).await.unwrap().unwrap();
    assert_eq!((id(11), true, Some(40), 61), (interview.id, interview.is_interview(), interview.minutes, interview.spent));
    assert_eq!(["traffic", "project"], *interview.wanted.topics);
}

/// What a lead put first, retired, muted and took out, through the store.
async fn reads_moderation(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    assert_eq!(["q2", "q3"], *tx.queue(id(1), id(6)).await.unwrap());
    let retired = tx.retired(id(1), "istio").await.unwrap().remove(0);
    assert_eq!(("q4", Some("Two answers are right."), at(3)), (retired.question_id.as_str(), retired.reason.as_deref(), *retired.at));
    assert!(tx.members(id(1)).await.unwrap()[0].muted);
    assert_eq!([at(9)], *tx.lock_participation(id(1), id(5), id(2)).await.unwrap().taken_out);
}

/// What stands in the way, through the store.
async fn reads_troubles(db: &Db) {
    let mut tx = db.begin().await.unwrap();
    let trouble = tx.troubles(id(1)).await.unwrap().remove(0);
    assert_eq!(
        ("mesh", "I may not write there", "ask a lead", at(3)),
        (trouble.channel.as_str(), trouble.why.as_str(), trouble.cure.as_str(), *trouble.since)
    );
    let next = tx.lease(Reach::of("local"), at(5), at(60), 10).await.unwrap().remove(0);
    assert_eq!((id(4), 2, true), (next.id, next.blocked, next.troubled));
    let schedule = tx.schedule::<serde_json::Value>(id(1), id(6)).await.unwrap().unwrap();
    assert_eq!(Some("It was deleted."), schedule.lost.as_deref());
}

#[tokio::test]
async fn both_engines_have_the_same_schema() {
    let Some(there) = Fresh::postgres().await else { return };
    let here = Fresh::sqlite();
    here.open().await.close().await;
    let (mut postgres, mut sqlite) = (Raw::of(&there).await, Raw::of(&here).await);
    let mut columns = sqlite.columns().await;
    assert!(columns.len() > 100, "too few columns were found: {columns:?}");
    // How SQLite keeps each kind of PostgreSQL.
    let kept = |kind: &str| match kind {
        "uuid" => "BLOB",
        "bigint" | "boolean" | "timestamp with time zone" => "INTEGER",
        "text" | "date" | "jsonb" => "TEXT",
        other => panic!("SQLite has no rule for {other}"),
    };
    for ((table, column), (kind, nullable)) in postgres.columns().await {
        let expected = Some((kept(&kind).to_owned(), nullable));
        assert_eq!(expected, columns.remove(&(table.clone(), column.clone())), "{table}.{column}: {kind}");
    }
    assert!(columns.is_empty(), "only in SQLite: {columns:?}");
    assert_eq!(postgres.indices().await, sqlite.indices().await);
    assert_eq!(postgres.references().await, sqlite.references().await);
    let loose: Vec<[String; 2]> = postgres
        .rows(
            "SELECT table_name::text, column_name::text FROM information_schema.columns
             WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C' AND table_name <> '_sqlx_migrations'",
        )
        .await;
    assert!(loose.is_empty(), "text that sorts as the server likes: {loose:?}");
    postgres.close().await;
    there.remove().await;
}
