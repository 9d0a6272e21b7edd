//! The house rules, each a function from a source file, or any text file, to what it finds.

use super::source::Source;

/// A rule of the house. CONTRIBUTING says why there are any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// A module uses only those that the import map lets it use.
    Imports,
    /// An outside crate, the clock, chance, files and the environment are used where they belong.
    Confined,
    /// A file has at most 400 lines without its tests.
    FileLength,
    /// A function has at most 60 lines.
    FunctionLength,
    /// A file says in its first line what it is for.
    Opening,
    /// Names say what a thing is.
    Names,
    /// Nothing unfinished, no lint silenced for good, no test skipped.
    Banned,
    /// No path of somebody's own machine.
    MachinePath,
}

/// A place where a rule isn't kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) rule: Rule,
    /// The file, from the repository's root.
    pub(crate) path: String,
    /// From 1.
    pub(crate) line: usize,
    /// What was found: a path, a function, a word.
    pub(crate) subject: String,
}

/// What each module may use of ours. `store::inbox` is that part of `store` alone.
const IMPORT_MAP: [(&str, &[&str]); 10] = [
    ("message", &[]),
    ("screening", &[]),
    ("bank", &[]),
    ("config", &[]),
    ("grade", &["bank"]),
    ("command", &["bank", "screening"]),
    ("store", &["bank", "grade", "message"]),
    ("quiz", &["message", "screening", "bank", "command", "grade", "store"]),
    ("chat", &["message", "screening", "command", "quiz", "config", "store::inbox", "store::outbox", "store::installs"]),
    ("http", &["chat", "config"]),
];

/// The modules that may use all of ours.
const FREE: [&str; 3] = ["cli", "main", "lib"];

/// Outside paths and where in `src` they may be used. A place is a module or a folder of one.
const CONFINED: [(&[&str], &[&str]); 8] = [
    (&["sqlx", "jiff_sqlx"], &["store"]),
    (&["serenity"], &["chat/discord"]),
    (&["reqwest", "hyper", "hyper_util", "axum", "axum_core", "tower", "tower_http", "tokio_tungstenite"], &["chat", "http"]),
    (&["rustyline", "crossterm", "ratatui", "termimad", "nu_ansi_term"], &["chat", "cli"]),
    (&["std::env", "dotenvy"], &["config"]),
    (
        &["rand::rng", "rand::random", "rand::thread_rng", "rand::rngs::ThreadRng", "rand::rngs::SysRng", "rand::rngs::OsRng"],
        &["main", "cli", "chat"],
    ),
    (&["std::fs", "tokio::fs"], &["main", "cli", "chat", "http", "config", "store", "bank"]),
    (&["tokio"], &["main", "cli", "chat", "http", "store", "quiz"]),
];

/// Calls that read the clock or roll dice, whatever they are called on, and where they may stand.
const CLOCK_AND_CHANCE: [&str; 7] = ["::now", "::now_utc", "::now_local", "TimeZone::system", "thread_rng", "from_os_rng", "Uuid::new_v4"];
const WITH_CLOCK: [&str; 3] = ["main", "cli", "chat"];

/// Words for nothing in particular. In a name they say that nobody knew what the thing is.
const EMPTY_WORDS: [&str; 7] = ["Manager", "Service", "Helper", "Util", "Utils", "Common", "Misc"];

const BANNED: [&str; 5] = ["todo!", "unimplemented!", "#[allow(", "#![allow(", "#[ignore"];

const MOST_LINES: usize = 400;
const MOST_FUNCTION_LINES: usize = 60;

impl Source {
    fn finding(&self, rule: Rule, line: usize, subject: impl Into<String>) -> Finding {
        Finding { rule, path: self.path.clone(), line, subject: subject.into() }
    }

    /// The file lies in one of these modules or folders of modules.
    fn lies_in(&self, places: &[&str]) -> bool {
        let inside = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        places.iter().any(|place| inside == *place || inside.strip_prefix(place).is_some_and(|rest| rest.starts_with('/')))
    }
}

/// Everything that is wrong with a Rust file.
pub(crate) fn check_source(source: &Source) -> Vec<Finding> {
    let mut found = [opening, banned, names].iter().flat_map(|rule| rule(source)).collect::<Vec<_>>();
    if source.module().is_some() {
        found.extend([imports, confined, clock_and_chance, lengths].iter().flat_map(|rule| rule(source)));
    }
    found
}

fn imports(source: &Source) -> Vec<Finding> {
    let Some(module) = source.module().filter(|module| !FREE.contains(module)) else { return Vec::new() };
    let Some((_, allowed)) = IMPORT_MAP.iter().find(|(name, _)| *name == module) else {
        return vec![source.finding(Rule::Imports, 1, format!("{module} is not in the import map"))];
    };
    let may_use = |path: &str| {
        let own = std::iter::once(&module);
        own.chain(allowed.iter()).any(|part| path == *part || path.strip_prefix(part).is_some_and(|rest| rest.starts_with("::")))
    };
    let mut found = Vec::new();
    for (line, path) in source.paths("crate") {
        let path = path.trim_start_matches("crate::");
        if !may_use(path) {
            found.push(source.finding(Rule::Imports, line, path));
        }
    }
    // As many steps up as there are modules lead to the crate's root, past the map.
    let to_root = "super::".repeat(source.depth());
    let lines = source.shipped_lines_with(&to_root);
    found.extend(lines.into_iter().map(|line| source.finding(Rule::Imports, line, to_root.clone())));
    found
}

fn confined(source: &Source) -> Vec<Finding> {
    let mut found = Vec::new();
    for (paths, places) in CONFINED.iter().filter(|(_, places)| !source.lies_in(places)) {
        for path in *paths {
            let root = path.split("::").next().unwrap_or(path);
            let within = |used: &str| used == *path || used.strip_prefix(path).is_some_and(|rest| rest.starts_with("::"));
            let uses = source.paths(root).into_iter().filter(|(_, used)| within(used));
            let brought_in = source.shipped_lines_with(&format!("use {path};"));
            let lines = uses.map(|(line, _)| line).chain(brought_in.into_iter().filter(|_| root == *path));
            found.extend(lines.map(|line| source.finding(Rule::Confined, line, format!("{path} (belongs in {})", places.join(", ")))));
        }
    }
    found
}

fn clock_and_chance(source: &Source) -> Vec<Finding> {
    if source.lies_in(&WITH_CLOCK) {
        return Vec::new();
    }
    let found = CLOCK_AND_CHANCE.iter().flat_map(|call| {
        let lines = source.shipped_lines_with(call).into_iter();
        lines.map(move |line| source.finding(Rule::Confined, line, format!("{call} (belongs in {})", WITH_CLOCK.join(", "))))
    });
    found.collect()
}

fn lengths(source: &Source) -> Vec<Finding> {
    let mut found = Vec::new();
    if source.lines > MOST_LINES {
        found.push(source.finding(Rule::FileLength, 1, format!("{} lines", source.lines)));
    }
    for function in source.functions().into_iter().filter(|function| function.lines > MOST_FUNCTION_LINES) {
        found.push(source.finding(Rule::FunctionLength, function.line, function.name));
    }
    found
}

fn opening(source: &Source) -> Vec<Finding> {
    let says = source.raw.strip_prefix("//! ").is_some_and(|rest| !rest.trim_start().is_empty());
    if says { Vec::new() } else { vec![source.finding(Rule::Opening, 1, "no `//!` sentence")] }
}

fn banned(source: &Source) -> Vec<Finding> {
    let found = BANNED.iter().flat_map(|word| source.lines_with(word).into_iter().map(|line| source.finding(Rule::Banned, line, *word)));
    found.collect()
}

fn names(source: &Source) -> Vec<Finding> {
    let mut found = Vec::new();
    let is_empty = |word: &str| EMPTY_WORDS.iter().any(|empty| empty.eq_ignore_ascii_case(word));
    let file = source.path.trim_end_matches("/mod.rs").trim_end_matches(".rs").rsplit('/').next().unwrap_or_default();
    if file.split('_').any(is_empty) {
        found.push(source.finding(Rule::Names, 1, file));
    }
    for (number, line) in (1..).zip(source.code.lines()) {
        let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
        for pair in words.windows(2).filter(|pair| matches!(pair[0], "struct" | "enum" | "trait" | "type")) {
            if EMPTY_WORDS.iter().any(|word| pair[1].ends_with(word)) {
                found.push(source.finding(Rule::Names, number, pair[1]));
            }
        }
        if line.trim_start().starts_with("pub") && line.contains(" use ") && line.contains("::*") {
            found.push(source.finding(Rule::Names, number, line.trim()));
        }
    }
    found
}

/// Paths that only one machine has. Written in two pieces, so that this file may be checked as well.
const MACHINE: [&str; 2] = [concat!("/wor", "k/"), concat!("/roo", "t/")];

/// Checks any text file of the repository.
pub(crate) fn check_text(path: &str, text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for machine in MACHINE {
            // In the middle of a longer path or an address it is something else.
            let starts =
                line.match_indices(machine).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "-_.}/~".contains(c)));
            if starts {
                found.push(Finding { rule: Rule::MachinePath, path: path.to_owned(), line: number, subject: machine.to_owned() });
            }
        }
    }
    found
}
