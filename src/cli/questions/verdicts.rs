//! A grade for the author of a rubric: each verdict with its quotes, and why the phrasings of a missed point missed.

use crate::bank::{FULL, Question, points};
use crate::grade::{Grade, Rubric, Tried, Verdict, Why};
use std::io::{self, Write};

/// Grades `answer` and tells why.
pub(super) fn write(question: &Question, rubric: &Rubric, answer: &str, out: &mut impl Write) -> io::Result<()> {
    let (grade, explanation) = (rubric.grade(answer), rubric.explain(answer));
    write_sum(&grade, out)?;
    for ((criterion, judged), explained) in question.criteria.iter().zip(&grade.verdicts).zip(&explanation.criteria) {
        let worth = format!("{} of {}", points(judged.points), points(criterion.points));
        write!(out, "  {worth:>10}  {:<12} {}", word(judged.verdict), criterion.id)?;
        writeln!(out, "{}", quoted(&judged.quotes))?;
        if judged.verdict != Verdict::Made {
            writeln!(out, "              {}", criterion.statement)?;
            write_missed(&explained.phrasings, out)?;
        }
    }
    for believed in &grade.misconceptions {
        let cost = format!("-{}", points(believed.cost));
        writeln!(out, "  {cost:>10}  {:<12} {}  \"{}\"", "believed", believed.misconception, believed.quote)?;
    }
    Ok(())
}

fn write_sum(grade: &Grade, out: &mut impl Write) -> io::Result<()> {
    let (least, most) = grade.range;
    let unsure = if grade.sure() { String::new() } else { format!(" (unsure: {} to {})", points(least), points(most)) };
    writeln!(out, "\n{} of {}{unsure}", points(grade.points), points(FULL))?;
    if let Some(note) = grade.note {
        writeln!(out, "  taken as a whole for {note:?}")?;
    }
    Ok(())
}

/// The phrasings of a criterion that wasn't made, the nearest first.
fn write_missed(tried: &[Tried], out: &mut impl Write) -> io::Result<()> {
    let mut tried: Vec<_> = tried.iter().collect();
    tried.sort_by_key(|tried| distance(&tried.why));
    for Tried { part, phrasing, why } in tried {
        let part = if part.is_empty() { String::new() } else { format!("{part}: ") };
        writeln!(out, "                {part}{phrasing} — {}", reason(why))?;
    }
    Ok(())
}

/// How far a phrasing was from being found; less is nearer.
fn distance(why: &Why) -> usize {
    match why {
        Why::Found { .. } => 0,
        Why::Opposite { .. } => 1,
        Why::Order => 2,
        Why::Apart { .. } => 3,
        Why::Scattered => 4,
        Why::OnlyPrompt => 5,
        Why::Absent { words } => 5 + words.len(),
    }
}

/// What became of a phrasing, in words.
fn reason(why: &Why) -> String {
    match why {
        Why::Found { quote, sure: true } => format!("found: \"{quote}\""),
        Why::Found { quote, sure: false } => format!("found, but unsure: \"{quote}\""),
        Why::Opposite { quote } => format!("said the other way round: \"{quote}\""),
        Why::OnlyPrompt => "only in words of the prompt".to_owned(),
        Why::Absent { words } => format!("not said: {}", words.iter().map(|word| shortened(word)).collect::<Vec<_>>().join(", ")),
        Why::Scattered => "its words are in different sentences".to_owned(),
        Why::Order => "its words are in another order".to_owned(),
        Why::Apart { words, window } => format!("its words are {words} apart, {window} are allowed (`~{words}`)"),
    }
}

/// The first of many alternatives: the phrasing beside it has them all.
fn shortened(word: &str) -> String {
    match word.match_indices('|').nth(1) {
        Some((end, _)) => format!("{}|…", &word[..end]),
        None => word.to_owned(),
    }
}

fn quoted(quotes: &[String]) -> String {
    quotes.iter().map(|quote| format!("  \"{quote}\"")).collect()
}

/// A verdict as one word.
pub(super) fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Made => "made",
        Verdict::Partly => "partly",
        Verdict::Missed => "missed",
        Verdict::Contradicted => "contradicted",
    }
}
