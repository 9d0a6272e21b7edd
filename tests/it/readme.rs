//! The README and what it leads to are true: the command table is made from the commands, the transcripts are what the program prints.
//!
//! `UPDATE_README=1 cargo test --test it readme` writes them anew.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

const TABLE: &str = "<!-- commands -->\n";
const TRANSCRIPT: &str = "<!-- transcript: ";

#[test]
fn the_readme_shows_what_the_program_does() {
    compare("README.md", commands);
}

#[test]
fn the_transcripts_are_what_the_program_prints() {
    compare("docs/terminal.md", transcripts);
}

fn compare(page: &str, make: impl Fn(&str) -> String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let written = fs::read_to_string(&path).unwrap();
    let made = make(&written);
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, made).unwrap();
    } else {
        assert_eq!(written, made, "{page} is behind the program: UPDATE_README=1 cargo test --test it readme");
    }
}

/// The table behind its mark, replaced up to the next blank line.
fn commands(readme: &str) -> String {
    let (head, rest) = readme.split_once(TABLE).unwrap();
    let rest = rest.trim_start_matches('\n');
    let after = if rest.starts_with('|') { rest.split_once("\n\n").unwrap().1 } else { rest };
    format!("{head}{TABLE}\n{}\n{after}", meshdrill::quiz::reference("istio"))
}

/// Each fenced block behind a transcript's mark, replaced by what its command prints.
fn transcripts(readme: &str) -> String {
    let mut parts = readme.split(TRANSCRIPT);
    let mut made = parts.next().unwrap().to_owned();
    for part in parts {
        let (command, rest) = part.split_once(" -->\n```text\n").unwrap();
        let (_, after) = rest.split_once("```\n").unwrap();
        made.push_str(&format!("{TRANSCRIPT}{command} -->\n```text\n{}```\n{after}", printed(command)));
    }
    made
}

fn printed(command: &str) -> String {
    let (args, script) = command.split_once(" < ").unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut meshdrill = Command::new(env!("CARGO_BIN_EXE_meshdrill"));
    meshdrill.args(args.split(' ')).current_dir(root).stdin(File::open(root.join(script)).unwrap());
    for name in ["DATABASE_URL", "MESHDRILL_DATA", "MESHDRILL_PACKS", "RUST_LOG"] {
        meshdrill.env_remove(name);
    }
    let output = meshdrill.output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_start_matches('\n').to_owned()
}
