//! `meshdrill questions try`: answers in, verdicts out, the question read again when its files change.

use crate::bank::Lexicon;
use crate::bank::load::{Reading, Written};
use crate::cli::questions::{find, verdicts};
use crate::grade::Rubric;
use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

/// Grades answers on the question `id` until the input ends. At a terminal a line, or what is pasted at once, is an
/// answer; piped input is divided by [`answers`].
pub(super) fn run(folder: Option<&Path>, id: &str, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let mut trial = Trial::new(folder, id)?;
    writeln!(out, "{}", trial.question()?.question.prompt)?;
    if io::stdin().is_terminal() {
        writeln!(out, "(a line is an answer; an empty one ends)")?;
        let mut editor = DefaultEditor::new()?;
        loop {
            match editor.readline("> ") {
                Ok(answer) if answer.trim().is_empty() => break,
                Ok(answer) => {
                    editor.add_history_entry(&answer)?;
                    trial.answer(&answer, out)?;
                }
                Err(ReadlineError::Eof | ReadlineError::Interrupted) => break,
                Err(error) => return Err(error.into()),
            }
        }
    } else {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text)?;
        for answer in answers(&text) {
            trial.answer(answer, out)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The answers of piped input: paragraphs where there is an empty line between any, otherwise lines.
fn answers(text: &str) -> Vec<&str> {
    let text = text.trim();
    let mut paragraphs = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            paragraphs.push(text[start..at].trim());
            start = at + line.len();
        }
        at += line.len();
    }
    paragraphs.push(text[start..].trim());
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    if paragraphs.len() == 1 { text.lines().map(str::trim).collect() } else { paragraphs }
}

/// A question being tried, and its folder as it was when it was read.
struct Trial<'a> {
    folder: Option<&'a Path>,
    id: &'a str,
    reading: Reading,
    stamps: Stamps,
}

/// Each file with the time and size it had.
type Stamps = BTreeMap<PathBuf, (SystemTime, u64)>;

impl<'a> Trial<'a> {
    fn new(folder: Option<&'a Path>, id: &'a str) -> anyhow::Result<Self> {
        let stamps = folder.map(stamps).transpose()?.unwrap_or_default();
        let reading = crate::cli::reading(folder);
        find(&reading, id)?;
        Ok(Self { folder, id, reading, stamps })
    }

    fn question(&self) -> anyhow::Result<&Written> {
        find(&self.reading, self.id)
    }

    fn answer(&mut self, answer: &str, out: &mut impl Write) -> anyhow::Result<()> {
        self.refresh(out)?;
        let written = self.question()?;
        let lexicon = self.reading.packs.iter().find(|pack| pack.id == written.pack).map(|pack| &pack.lexicon);
        let rubric = Rubric::new(&written.question, lexicon.unwrap_or(&Lexicon::default()));
        verdicts::write(&written.question, &rubric, answer, out)?;
        Ok(())
    }

    /// Reads the files again if they changed. Where the question has faults now, it stays as it was.
    fn refresh(&mut self, out: &mut impl Write) -> anyhow::Result<()> {
        let Some(folder) = self.folder else {
            return Ok(());
        };
        let stamps = stamps(folder)?;
        if stamps == self.stamps {
            return Ok(());
        }
        self.stamps = stamps;
        let reading = crate::cli::reading(self.folder);
        match find(&reading, self.id) {
            Ok(_) => {
                writeln!(out, "(the files changed and were read again)")?;
                self.reading = reading;
            }
            Err(error) => writeln!(out, "(the files changed, but {error}\nThe question stays as it was.)")?,
        }
        Ok(())
    }
}

fn stamps(folder: &Path) -> io::Result<Stamps> {
    let mut stamps = Stamps::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        // A file may be gone a moment after it was listed: editors write a new one and rename it.
        let Ok(about) = path.metadata() else { continue };
        if about.is_dir() {
            stamps.extend(self::stamps(&path)?);
        } else {
            stamps.insert(path, (about.modified()?, about.len()));
        }
    }
    Ok(stamps)
}

#[cfg(test)]
mod tests {
    use super::answers;

    #[test]
    fn a_line_is_an_answer_unless_an_empty_line_divides_paragraphs() {
        let table: [(&str, &[&str]); 6] = [
            ("one\ntwo\n", &["one", "two"]),
            ("one\n", &["one"]),
            ("one\n  more\n\ntwo\r\n", &["one\n  more", "two"]),
            ("one\r\n\r\n\ntwo\nmore", &["one", "two\nmore"]),
            ("\n\none\ntwo\n\n", &["one", "two"]),
            (" \n", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(answers(text), expected, "{text:?}");
        }
    }
}
