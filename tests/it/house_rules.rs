//! The rules of the house, kept by reading the source: who may use whom, sizes, openings, names, what is banned.

mod rules;
mod source;

use rules::{Finding, Rule, check_source, check_text};
use source::Source;
use std::fs;
use std::path::{Path, PathBuf};

/// A place where a rule may be broken, and why. One that is no longer needed fails the test.
struct Exception {
    rule: Rule,
    /// The file, from the repository's root.
    path: &'static str,
    /// What is found there, or the beginning of it.
    subject: &'static str,
    reason: &'static str,
}

const EXCEPTIONS: [Exception; 0] = [];

/// What no checkout holds, or no rule is for: builds, data, secrets, git's own files.
const SKIPPED: [&str; 5] = [".git", "target", "data", ".env", "proptest-regressions"];

#[test]
fn the_house_rules_are_kept() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut sources = Vec::new();
    for path in files(root) {
        // What isn't text has no lines to check.
        let Ok(text) = fs::read_to_string(root.join(&path)) else { continue };
        let path = path.to_string_lossy().replace('\\', "/");
        found.extend(check_text(&path, &text));
        if path.ends_with(".rs") {
            found.extend(check_source(&Source::new(&path, &text)));
            sources.push(path);
        }
    }
    for expected in ["src/lib.rs", "src/bank/mod.rs", "tests/it/house_rules.rs", "build.rs"] {
        assert!(sources.iter().any(|path| path == expected), "{expected} was not read: {sources:?}");
    }
    let complaints = judge(&found, &EXCEPTIONS);
    assert!(complaints.is_empty(), "\n{}\n\nMend it, or name an exception with its reason in {}.\n", complaints.join("\n"), file!());
}

/// Every file below the root, from the root on, sorted.
fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            if SKIPPED.iter().any(|skipped| entry.file_name() == *skipped) {
                continue;
            }
            match entry.file_type().unwrap() {
                kind if kind.is_dir() => folders.push(entry.path()),
                kind if kind.is_file() => found.push(entry.path().strip_prefix(root).unwrap().to_owned()),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// What is to be said about the findings: those that no exception covers, and exceptions that cover none.
fn judge(found: &[Finding], exceptions: &[Exception]) -> Vec<String> {
    let covers = |exception: &Exception, finding: &Finding| {
        exception.rule == finding.rule && exception.path == finding.path && finding.subject.starts_with(exception.subject)
    };
    let open = found.iter().filter(|finding| !exceptions.iter().any(|exception| covers(exception, finding)));
    let open = open.map(|finding| format!("{}:{}: {:?}: {}", finding.path, finding.line, finding.rule, finding.subject));
    let idle = exceptions.iter().filter(|exception| !found.iter().any(|finding| covers(exception, finding)));
    let idle = idle
        .map(|Exception { rule, path, subject, .. }| format!("{path}: the exception for {rule:?}, {subject}, is not needed: remove it"));
    let bare = exceptions.iter().filter(|exception| exception.reason.trim().is_empty());
    let bare = bare.map(|Exception { rule, path, .. }| format!("{path}: the exception for {rule:?} gives no reason"));
    open.chain(idle).chain(bare).collect()
}

/// The subjects found in a snippet, which opens as it should unless it says otherwise.
fn found(path: &str, code: &str, rule: Rule) -> Vec<String> {
    let source = Source::new(path, &format!("//! A snippet.\n{code}"));
    let found = check_source(&source).into_iter().filter(|finding| finding.rule == rule);
    found.map(|finding| finding.subject).collect()
}

#[track_caller]
fn check(path: &str, code: &str, rule: Rule, expected: &[&str]) {
    assert_eq!(found(path, code, rule), expected, "{path}: {code}");
}

#[test]
fn the_import_map_is_kept() {
    let check = |path, code, expected: &[&str]| check(path, code, Rule::Imports, expected);
    check("src/grade/words.rs", "use crate::bank::Question; use crate::grade::Grade;", &[]);
    check("src/grade/words.rs", "use crate::store::Db;", &["store::Db"]);
    check("src/grade/words.rs", "use crate::{bank::Question, quiz::{fold, self}};", &["quiz::fold", "quiz::self"]);
    check("src/grade.rs", "fn f() -> crate::message::Card { crate::bank::x() }", &["message::Card"]);
    check("src/bank/load.rs", "use crate::{bank::{Pack, Fault as Wrong}, config::Config};", &["config::Config"]);
    check("src/message.rs", "use crate::bank::Level;", &["bank::Level"]);
    check("src/command.rs", "pub use crate::quiz::*;", &["quiz::*"]);
    check("src/store/rounds.rs", "use crate::{bank, grade, message, store};", &[]);
    check("src/store/rounds.rs", "use crate::quiz::Fold;", &["quiz::Fold"]);
    check("src/quiz/daily.rs", "use crate::{message::Card, bank, command, grade, store, chat};", &["chat"]);
    check("src/chat/delivery.rs", "use crate::store::{inbox, outbox::{self, Row}, installs::Install};", &[]);
    check(
        "src/chat/delivery.rs",
        "use crate::store::{boards, inbox}; use crate::store::Db; use crate::store;",
        &["store::boards", "store::Db", "store"],
    );
    check("src/http.rs", "use crate::{chat, config, quiz};", &["quiz"]);
    check("src/cli/serve.rs", "use crate::{store::Db, quiz, http};", &[]);
    check("src/weather.rs", "", &["weather is not in the import map"]);
    // Comments, strings and tests may name anything; names that only begin alike are others.
    check(
        "src/grade.rs",
        "//! See [`crate::store`].\nconst A: &str = \"crate::store\";\nuse crate::bank_holidays::X;",
        &["bank_holidays::X"],
    );
    check("src/grade.rs", "#[cfg(test)]\nmod tests {\n    use crate::store::Db;\n}", &[]);
    // Round the map by way of the crate's root.
    check("src/grade.rs", "use super::store::Db;", &["super::"]);
    check("src/grade/words.rs", "use super::super::store::Db;", &["super::super::"]);
    check("src/grade/words.rs", "use super::Grade;", &[]);
}

#[test]
fn outside_crates_stay_where_they_belong() {
    let count = |path, code, expected: usize| {
        let found = found(path, code, Rule::Confined);
        assert_eq!(found.len(), expected, "{path}: {code}: {found:?}");
    };
    for (inside, outside, code) in [
        ("src/store/db.rs", "src/quiz/daily.rs", "use sqlx::Row;"),
        ("src/store/db.rs", "src/cli/migrate.rs", "use jiff_sqlx::ToSqlx;"),
        ("src/store/db.rs", "src/cli/migrate.rs", "use sqlx;"),
        ("src/store/db.rs", "src/cli/migrate.rs", "fn f() -> sqlx::PgPool { g() }"),
        ("src/chat/discord/send.rs", "src/chat/slack/send.rs", "use serenity::all::Http;"),
        ("src/chat/slack/send.rs", "src/quiz/mod.rs", "use reqwest::Client;"),
        ("src/http.rs", "src/cli/serve.rs", "use axum::Router;"),
        ("src/chat/local/terminal.rs", "src/quiz/mod.rs", "use rustyline::Editor;"),
        ("src/config.rs", "src/main.rs", "fn f() { std::env::var(\"X\"); }"),
        ("src/config.rs", "src/store/open.rs", "use std::{env, path::Path};"),
        ("src/config.rs", "src/cli/serve.rs", "use dotenvy::dotenv;"),
        ("src/cli/practice.rs", "src/bank/select.rs", "fn f() { let mut r = rand::rng(); }"),
        ("src/cli/practice.rs", "src/bank/select.rs", "use rand::{Rng, random};"),
        ("src/cli/practice.rs", "src/bank/select.rs", "fn f(r: impl Fn() -> R) { let x = r().from_os_rng(); thread_rng(); }"),
        ("src/bank/load.rs", "src/quiz/mod.rs", "use std::fs;"),
        ("src/store/db.rs", "src/quiz/daily.rs", "use ::sqlx::Row;"),
        ("src/store/open.rs", "src/grade/mod.rs", "fn f() { std::fs::read(\"x\"); }"),
        ("src/store/open.rs", "src/message.rs", "use tokio::fs::File;"),
        ("src/store/open.rs", "src/grade/mod.rs", "use tokio::sync::Mutex;"),
        ("src/main.rs", "src/quiz/mod.rs", "fn f() { jiff::Timestamp::now(); }"),
        ("src/cli/practice.rs", "src/store/rounds.rs", "fn f() { let started = Instant::now(); }"),
        ("src/chat/delivery.rs", "src/grade/mod.rs", "fn f(at: Option<T>) { at.unwrap_or_else(Zoned::now); SystemTime::elapsed(); }"),
    ] {
        count(inside, code, 0);
        let found = found(outside, code, Rule::Confined);
        assert!(!found.is_empty(), "{outside}: {code}");
    }
    count("src/quiz/mod.rs", "// Timestamp::now()\nfn now(now: Timestamp) { crate::store::db::known(now_v7, \"std::env\") }", 0);
    count("src/quiz/mod.rs", "use crate::store::sqlx_free; use std::environment; fn f() { a::sqlx::b() }", 0);
    count("tests/it/room.rs", "use sqlx::Row; fn f() { std::env::var(\"CI\"); Timestamp::now(); }", 0);
    count("src/quiz/mod.rs", "#[cfg(test)]\nmod tests {\n    fn f() { Timestamp::now(); }\n}\nfn g() { Timestamp::now(); }", 1);
}

#[test]
fn files_and_functions_stay_short() {
    let function = |lines: usize| format!("fn long() {{\n{}}}\n", "    f();\n".repeat(lines - 2));
    check("src/grade.rs", &function(60), Rule::FunctionLength, &[]);
    check("src/grade.rs", &function(61), Rule::FunctionLength, &["long"]);
    let inside = format!("impl X {{\n    pub(crate) async fn first(&self, a: [u8; 2]) -> X;\n{}}}", function(61));
    check("src/grade.rs", &inside, Rule::FunctionLength, &["long"]);
    // Braces in strings, characters and comments are none.
    let braces = format!("fn short() {{ f(\"{{\", '{{', r#\"{{\"#); /* {{ */ }} // {{\n{}", "const A: u8 = 1;\n".repeat(70));
    check("src/grade.rs", &braces, Rule::FunctionLength, &[]);
    check("src/grade.rs", &"const A: u8 = 1;\n".repeat(399), Rule::FileLength, &[]);
    check("src/grade.rs", &"const A: u8 = 1;\n".repeat(400), Rule::FileLength, &["401 lines"]);
    let tests = format!("#[cfg(test)]\nmod tests {{\n{}\n\n    // The end.\n}}\n", function(500));
    check("src/grade.rs", &tests, Rule::FileLength, &[]);
    check("src/grade.rs", &tests, Rule::FunctionLength, &[]);
    check("src/grade/tests.rs", &function(500), Rule::FileLength, &[]);
    check("src/grade/tests.rs", &function(500), Rule::FunctionLength, &[]);
    check("src/grade.rs", &format!("{tests}{}", "const A: u8 = 1;\n".repeat(400)), Rule::FileLength, &["401 lines"]);
}

#[test]
fn a_file_says_what_it_is_for() {
    for (raw, kept) in [("//! What it is for.\n", true), ("use x;\n", false), ("//!\n", false), ("/// An item.\n", false), ("", false)] {
        let found = check_source(&Source::new("src/grade.rs", raw));
        assert_eq!(found.iter().all(|finding| finding.rule != Rule::Opening), kept, "{raw}");
    }
}

#[test]
fn nothing_is_unfinished_silenced_or_skipped() {
    for code in
        ["fn f() { todo!() }", "fn f() { unimplemented!(\"later\") }", "#[allow(dead_code)]\nfn f() {}", "#[ignore = \"slow\"]\nfn f() {}"]
    {
        assert_eq!(found("src/grade.rs", code, Rule::Banned).len(), 1, "{code}");
        assert_eq!(found("tests/it/room.rs", &format!("#[cfg(test)]\nmod tests {{\n{code}\n}}"), Rule::Banned).len(), 1, "{code}");
    }
    check("src/grade.rs", "// todo! soon\n#[expect(dead_code, reason = \"#[allow(\")]\nfn f() { \"unimplemented!\" }", Rule::Banned, &[]);
}

#[test]
fn names_say_what_a_thing_is() {
    check("src/quiz/util.rs", "", Rule::Names, &["util"]);
    check("src/quiz/round_helper/mod.rs", "", Rule::Names, &["round_helper"]);
    check("src/quiz/mod.rs", "pub struct RoundManager;\nenum Utility { A }", Rule::Names, &["RoundManager"]);
    check(
        "src/quiz/mod.rs",
        "pub(crate) use crate::quiz::daily::*;\nuse proptest::prelude::*;",
        Rule::Names,
        &["pub(crate) use crate::quiz::daily::*;"],
    );
}

#[test]
fn no_path_of_one_machine_is_written_down() {
    let (work, root) = (concat!("/wor", "k/"), concat!("/roo", "t/"));
    for (line, finds) in [
        (format!("see {work}main"), 1),
        (format!("`{root}.cargo`"), 1),
        (format!("PATH={root}bin:{work}bin"), 2),
        (format!("https://example.com{work}main"), 0),
        (format!("my{root}x"), 0),
        ("working".to_owned(), 0),
    ] {
        assert_eq!(check_text("README.md", &line).len(), finds, "{line}");
    }
}

#[test]
fn an_exception_covers_what_it_names_and_nothing_else() {
    let finding = |subject: &str| Finding { rule: Rule::Imports, path: "src/http.rs".to_owned(), line: 3, subject: subject.to_owned() };
    let exception = |reason| Exception { rule: Rule::Imports, path: "src/http.rs", subject: "quiz", reason };
    assert_eq!(judge(&[finding("quiz::due")], &[exception("metrics")]), [""; 0]);
    assert_eq!(judge(&[finding("store")], &[]), ["src/http.rs:3: Imports: store"]);
    assert_eq!(
        judge(&[finding("store")], &[exception("metrics")]),
        ["src/http.rs:3: Imports: store", "src/http.rs: the exception for Imports, quiz, is not needed: remove it"]
    );
    assert_eq!(judge(&[finding("quiz::due")], &[exception(" ")]), ["src/http.rs: the exception for Imports gives no reason"]);
}

#[test]
fn comments_and_literals_are_told_from_code() {
    for (raw, code) in [
        (r#"a("x\"y") // b"#, "a( )"),
        ("/* a /* b */ c */ d", "d"),
        (r###"r##"a"# b"## c"###, "c"),
        (r#"f::<'a>('b', '\'', b'"') g"#, "f::<'a>( , , b ) g"),
        (r#"for"a" x"#, "for x"),
        ("\"é\" x", "x"),
        (r#""\\" x"#, "x"),
        ("\"never closed", ""),
        ("/* never closed", ""),
    ] {
        let scanned = Source::new("src/a.rs", raw).code;
        assert_eq!(scanned.chars().count(), raw.chars().count(), "{raw}");
        assert_eq!(scanned.split_whitespace().collect::<Vec<_>>().join(" "), code, "{raw}");
    }
    let lines = Source::new("src/a.rs", "\"two\nlines\"\n/* and\nmore */ fn f() {}").functions();
    assert_eq!((lines[0].name.as_str(), lines[0].line, lines[0].lines), ("f", 4, 1));
}
