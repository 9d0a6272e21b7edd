//! `meshdrill questions check`: every fault of the questions at once.

use crate::bank::Fault;
use crate::bank::load::{Reading, Written};
use crate::cli::questions::{graded, no_question, stem};
use std::io::Write;
use std::process::ExitCode;

pub(super) fn check(reading: &Reading, only: &[String], out: &mut impl Write) -> anyhow::Result<ExitCode> {
    for name in only {
        let known = reading.faults.iter().any(|fault| is_about(&fault.file, name))
            || reading.written.iter().any(|written| is_about(&written.file, name));
        if !known {
            return Err(no_question(reading, name));
        }
    }
    let wanted = |file: &str| only.is_empty() || only.iter().any(|name| is_about(file, name));
    let written: Vec<_> = reading.written.iter().filter(|written| wanted(&written.file)).collect();
    let mut faults: Vec<Fault> = reading.faults.iter().filter(|fault| wanted(&fault.file) || is_shared(&fault.file)).cloned().collect();
    for written in &written {
        if let Some(pack) = reading.packs.iter().find(|pack| pack.id == written.pack) {
            faults.extend(graded::faults(written, &pack.lexicon));
        }
    }
    faults.sort();
    for fault in &faults {
        writeln!(out, "{fault}")?;
    }
    if faults.is_empty() {
        writeln!(out, "no faults in {}", counts(&written))?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "{}", count(faults.len(), "fault"))?;
    Ok(ExitCode::FAILURE)
}

/// Whether `file` belongs to the question, topic or pack `name`.
fn is_about(file: &str, name: &str) -> bool {
    stem(file) == name || file.rsplit('/').skip(1).take(2).any(|folder| folder == name)
}

/// The lexicon serves every question, so its faults are named whatever is asked for.
fn is_shared(file: &str) -> bool {
    file.ends_with("/lexicon.toml")
}

fn counts(written: &[&Written]) -> String {
    let criteria: usize = written.iter().map(|written| written.question.criteria.len()).sum();
    let samples = written.iter().map(|written| written.samples.len()).sum();
    let questions = count(written.len(), "question");
    let criteria = if criteria == 1 { "1 criterion".to_owned() } else { format!("{criteria} criteria") };
    format!("{questions}, {criteria}, {}", count(samples, "sample answer"))
}

fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
