//! `meshdrill grade`: answers against the bank's rubrics, for people and, line by line, for programs.

use crate::bank::load::Reading;
use crate::bank::{Hundredths, Question, nearest, points};
use crate::grade::{Field, Grade, Note, Rubric, Verdict};
use anyhow::{anyhow, bail};
use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

mod lines;

/// An answer longer than this many characters is refused.
const MOST_CHARACTERS: usize = 20_000;

/// What `grade` is followed by.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Grade JSON lines from standard input: {"id", "question_id", "answer"}
    #[arg(long, conflicts_with_all = ["question", "answer"], required_unless_present = "question")]
    jsonl: bool,
    /// The question that is answered
    #[arg(long, value_name = "ID")]
    question: Option<String>,
    /// The answer; `-`, or nothing, reads it from standard input
    #[arg(value_name = "ANSWER", allow_hyphen_values = true)]
    answer: Option<String>,
}

pub(super) fn run(args: Args, folder: Option<&Path>, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let rubrics = Rubrics::new(super::reading(folder));
    let Some(id) = args.question else {
        return lines::run(rubrics, &mut io::stdin().lock(), out);
    };
    let answer = match args.answer.as_deref() {
        None | Some("-") => {
            let mut bytes = Vec::new();
            // Four bytes a character at most, and one more to see that it is too long.
            io::stdin().lock().take(4 * MOST_CHARACTERS as u64 + 1).read_to_end(&mut bytes)?;
            String::from_utf8_lossy(&bytes).into_owned()
        }
        Some(answer) => answer.to_owned(),
    };
    if answer.chars().count() > MOST_CHARACTERS {
        bail!("the answer is longer than {MOST_CHARACTERS} characters; nobody reads that far");
    }
    let mut rubrics = rubrics;
    let (question, rubric) = rubrics.find(&id).map_err(|message| anyhow!(message))?;
    write_grade(&question, &rubric.grade(&answer), out)?;
    Ok(ExitCode::SUCCESS)
}

/// The bank's questions and the rubrics compiled so far.
struct Rubrics {
    reading: Reading,
    fields: HashMap<String, Field>,
    compiled: HashMap<String, Arc<Rubric>>,
}

impl Rubrics {
    fn new(reading: Reading) -> Rubrics {
        Rubrics { reading, fields: HashMap::new(), compiled: HashMap::new() }
    }

    /// A question and its rubric. The error names the nearest question, or the fault that keeps it from being read.
    fn find(&mut self, id: &str) -> Result<(Arc<Question>, Arc<Rubric>), String> {
        let Some(written) = self.reading.written.iter().find(|written| written.question.id == id) else {
            let broken = self.reading.faults.iter().find(|fault| fault.file.ends_with(&format!("/{id}.toml")));
            let near = || nearest(id, self.reading.written.iter().map(|written| written.question.id.as_str()));
            return Err(match (broken, near()) {
                (Some(fault), _) => format!("the question `{id}` can't be read: {}:{}: {}", fault.file, fault.line, fault.what),
                (None, Some(near)) => format!("there is no question `{id}`; did you mean `{near}`?"),
                (None, None) => format!("there is no question `{id}`"),
            });
        };
        let question = written.question.clone();
        if let Some(rubric) = self.compiled.get(id) {
            return Ok((question, rubric.clone()));
        }
        let pack = self.reading.packs.iter().find(|pack| pack.id == written.pack);
        let field = self
            .fields
            .entry(written.pack.clone())
            .or_insert_with(|| Field::new(&pack.map_or_else(Default::default, |pack| pack.lexicon.clone())));
        let rubric = Arc::new(Rubric::in_field(&question, field));
        self.compiled.insert(id.to_owned(), rubric.clone());
        Ok((question, rubric))
    }
}

/// A grade as a person reads it.
fn write_grade(question: &Question, grade: &Grade, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} of 10 points{}", points(grade.points), range(grade))?;
    if let Some(note) = grade.note {
        writeln!(out, "{}", said(note))?;
    }
    for (criterion, judged) in question.criteria.iter().zip(&grade.verdicts) {
        let worth = points(criterion.points);
        let quotes = judged.quotes.iter().map(|quote| format!("\"{}\"", one_line(quote))).collect::<Vec<_>>().join(", ");
        match judged.verdict {
            Verdict::Made => writeln!(out, "  made    {worth:>3}  {}\n               you said {quotes}", criterion.statement)?,
            Verdict::Partly => {
                writeln!(
                    out,
                    "  partly  {:>3}  of {worth}: {}\n               you said {quotes}",
                    points(judged.points),
                    criterion.statement
                )?;
            }
            Verdict::Missed => writeln!(out, "  missed    0  of {worth}: I didn't recognise this point. {}", criterion.nudge)?,
            Verdict::Contradicted => {
                writeln!(out, "  against   0  of {worth}: {quotes} reads as the opposite of: {}", criterion.statement)?
            }
        }
    }
    for believed in &grade.misconceptions {
        let Some(wrong) = question.misconceptions.iter().find(|wrong| wrong.id == believed.misconception) else { continue };
        writeln!(out, "  wrong  {:>4}  \"{}\": {}", format!("-{}", points(believed.cost)), one_line(&believed.quote), wrong.correction)?;
    }
    Ok(())
}

fn range(grade: &Grade) -> String {
    let (low, high): (Hundredths, Hundredths) = grade.range;
    if grade.sure() { String::new() } else { format!(" (I'm not sure: between {} and {})", points(low), points(high)) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a note means, in a sentence.
fn said(note: Note) -> &'static str {
    match note {
        Note::Empty => "There is nothing to grade here.",
        Note::DontKnow => "You say that you don't know; `meshdrill questions show` has hints.",
        Note::Echo => "These are the question's own words; what is your answer?",
        Note::Keywords => "This is a list of keywords; say how they belong together.",
        Note::SpeaksToGrader => "This speaks to the grader; only what answers the question earns points.",
        Note::Denied => "This denies what the answer should say.",
    }
}
