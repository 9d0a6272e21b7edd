//! `meshdrill questions list` and `show`: the bank for people to read.

use crate::bank::load::{Reading, Written};
use crate::bank::{Item, Level, points};
use std::io::{self, Write};
use std::process::ExitCode;

/// Lists the questions by topic, those of one `topic` or `level` where given. Errors name the nearest topic or level.
pub(super) fn list(reading: &Reading, topic: Option<&str>, level: Option<&str>, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let level: Option<Level> = level.map(str::parse).transpose()?;
    if !reading.faults.is_empty() {
        // Questions that can't be read are missing from the list, and nobody would notice.
        writeln!(io::stderr(), "some files have faults: `meshdrill questions check` names them")?;
    }
    for pack in &reading.packs {
        let topic = match topic.map(|name| pack.topic(name)).transpose() {
            Ok(topic) => topic,
            // The topic may be another pack's.
            Err(_) if reading.packs.iter().any(|other| topic.is_some_and(|name| other.topic(name).is_ok())) => continue,
            Err(unknown) => return Err(unknown.into()),
        };
        writeln!(out, "{} (/{})", pack.title, pack.id)?;
        for section in pack.topics.iter().filter(|section| topic.is_none_or(|topic| topic == *section)) {
            let questions: Vec<_> = pack
                .questions
                .iter()
                .filter(|question| question.topic == section.id && level.is_none_or(|level| level == question.level))
                .collect();
            if questions.is_empty() {
                continue;
            }
            writeln!(out, "\n{}", section.title)?;
            for question in questions {
                writeln!(out, "  {:<28} {:<7} {}", question.id, question.level.name(), question.prompt)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows one question whole.
pub(super) fn show(written: &Written, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let question = &written.question;
    writeln!(out, "{}\n", question.prompt)?;
    writeln!(
        out,
        "{} · {} · {} · revision {} · checked against {}",
        question.id,
        question.topic,
        question.level.name(),
        question.revision,
        question.release
    )?;
    writeln!(out, "{}\n", written.file)?;
    writeln!(out, "Model answer")?;
    wrapped("  ", &question.answer, out)?;
    writeln!(out, "\nRubric")?;
    for criterion in &question.criteria {
        writeln!(out, "  {:>4}  {}  [{}]", points(criterion.points), criterion.statement, criterion.id)?;
        phrasings("        ", &criterion.phrasings, out)?;
        items("or: ", &criterion.alternatives, out)?;
        if criterion.need > 0 {
            writeln!(out, "        any {} of:", criterion.need)?;
        }
        items("- ", &criterion.any, out)?;
        writeln!(out, "        nudge: {}\n        probe: {}\n        {}", criterion.nudge, criterion.probe, criterion.source)?;
    }
    if !question.misconceptions.is_empty() {
        writeln!(out, "\nMisconceptions")?;
    }
    for wrong in &question.misconceptions {
        let central = if wrong.central { ", central" } else { "" };
        writeln!(out, "  {:>4}  {}  [{}{central}]", format!("-{}", points(wrong.cost)), wrong.statement, wrong.id)?;
        phrasings("        ", &wrong.phrasings, out)?;
        if !wrong.unmakes.is_empty() {
            writeln!(out, "        unmakes {}", wrong.unmakes.join(", "))?;
        }
        writeln!(out, "        true instead: {}", wrong.correction)?;
    }
    writeln!(out, "\nHints")?;
    for (number, hint) in (1..).zip(&question.hints) {
        writeln!(out, "  {number}. {hint}")?;
    }
    writeln!(out, "\nSources")?;
    for source in &question.sources {
        writeln!(out, "  {source}")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn items(mark: &str, items: &[Item], out: &mut impl Write) -> io::Result<()> {
    for item in items {
        writeln!(out, "        {mark}{}", item.statement)?;
        phrasings("          ", &item.phrasings, out)?;
    }
    Ok(())
}

fn phrasings(margin: &str, phrasings: &[String], out: &mut impl Write) -> io::Result<()> {
    if phrasings.is_empty() {
        return Ok(());
    }
    wrapped(&format!("{margin}found by: "), &phrasings.join(" · "), out)
}

/// Writes `text` in lines of a readable length, each below the beginning of the first, which follows `mark`.
fn wrapped(mark: &str, text: &str, out: &mut impl Write) -> io::Result<()> {
    /// Longer lines are hard to read, and most terminals are at least this wide.
    const WIDTH: usize = 100;
    let margin = " ".repeat(mark.len());
    let (mut line, mut length) = (mark.to_owned(), mark.len());
    for word in text.split_whitespace() {
        let word_length = word.chars().count();
        if length > margin.len() && length + 1 + word_length > WIDTH {
            writeln!(out, "{line}")?;
            (line, length) = (margin.clone(), margin.len());
        }
        if length > margin.len() {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        length += word_length;
    }
    writeln!(out, "{line}")
}
