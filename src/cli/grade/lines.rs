//! `meshdrill grade --jsonl`: JSON lines in, JSON lines out, one for one.

use super::{MOST_CHARACTERS, Rubrics};
use crate::bank::{FULL, Hundredths};
use crate::grade::{Believed, Grade, Judged, Verdict};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{self, BufRead, Write};
use std::process::ExitCode;

/// A line longer than this many bytes is refused.
const MOST_BYTES: usize = 1 << 20;

/// Grades line by line until the input ends; each line is answered before the next is read. Blank lines are passed over.
pub(super) fn run(mut rubrics: Rubrics, input: &mut impl BufRead, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let mut clean = true;
    let mut line = Vec::new();
    let mut first = true;
    while let Some(fits) = next_line(input, &mut line)? {
        let bytes = if std::mem::take(&mut first) { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line) } else { &line };
        if bytes.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answered =
            if fits { answer(&mut rubrics, bytes) } else { Err((Value::Null, format!("the line is longer than {MOST_BYTES} bytes"))) };
        match answered {
            Ok(graded) => write_line(out, &graded)?,
            Err((id, error)) => {
                clean = false;
                write_line(out, &Failed { id, error })?;
            }
        }
    }
    Ok(ExitCode::from(u8::from(!clean)))
}

/// Reads a line into `line`, without its end. False where it is too long; the rest of it is passed over.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
    line.clear();
    let (mut any, mut fits) = (false, true);
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(any.then_some(fits));
        }
        any = true;
        let end = buffer.iter().position(|&b| b == b'\n');
        let taken = end.map_or(buffer.len(), |end| end + 1);
        let room = MOST_BYTES.saturating_sub(line.len());
        let text = end.unwrap_or(buffer.len());
        fits &= text <= room;
        line.extend_from_slice(&buffer[..text.min(room)]);
        input.consume(taken);
        if end.is_some() {
            return Ok(Some(fits));
        }
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    question_id: Option<String>,
    #[serde(default)]
    question: Option<String>,
    answer: Option<String>,
}

#[derive(Serialize)]
struct Failed {
    id: Value,
    error: String,
}

#[derive(Serialize)]
struct Graded {
    id: Value,
    /// 0 to 1.
    score: f64,
    /// 0 to 10.
    points: f64,
    sure: bool,
    /// The least and most it may be worth, 0 to 10.
    range: (f64, f64),
    verdicts: Vec<Line>,
    misconceptions: Vec<Wrong>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<crate::grade::Note>,
}

#[derive(Serialize)]
struct Line {
    criterion: String,
    verdict: Verdict,
    points: f64,
    quotes: Vec<String>,
}

#[derive(Serialize)]
struct Wrong {
    misconception: String,
    cost: f64,
    quote: String,
}

fn answer(rubrics: &mut Rubrics, line: &[u8]) -> Result<Graded, (Value, String)> {
    let value: Value = serde_json::from_slice(line).map_err(|error| (Value::Null, format!("this is not JSON: {error}")))?;
    let id = value.get("id").cloned().unwrap_or(Value::Null);
    let failed = |error: String| (id.clone(), error);
    if !value.is_object() {
        return Err(failed("a line is an object: {\"id\", \"question_id\", \"answer\"}".to_owned()));
    }
    let asked: Asked = serde_json::from_value(value).map_err(|error| failed(format!("a key has the wrong type: {error}")))?;
    let Some(answer) = asked.answer else { return Err(failed("`answer` is missing".to_owned())) };
    let Some(question) = asked.question_id else {
        let missing = match asked.question {
            Some(_) => "a question without a rubric can't be graded; give the `question_id` of one in the bank",
            None => "`question_id` is missing",
        };
        return Err(failed(missing.to_owned()));
    };
    let length = answer.chars().count();
    if length > MOST_CHARACTERS {
        return Err(failed(format!("the answer has {length} characters; {MOST_CHARACTERS} are the most")));
    }
    let (_, rubric) = rubrics.find(&question).map_err(failed)?;
    Ok(graded(id.clone(), rubric.grade(&answer)))
}

fn graded(id: Value, grade: Grade) -> Graded {
    let ten = |hundredths: Hundredths| hundredths as f64 / 100.0;
    let line = |Judged { criterion, verdict, points, quotes }| Line { criterion, verdict, points: ten(points), quotes };
    let wrong = |Believed { misconception, cost, quote }| Wrong { misconception, cost: ten(cost), quote };
    Graded {
        id,
        score: grade.points as f64 / FULL as f64,
        points: ten(grade.points),
        sure: grade.sure(),
        range: (ten(grade.range.0), ten(grade.range.1)),
        note: grade.note,
        verdicts: grade.verdicts.into_iter().map(line).collect(),
        misconceptions: grade.misconceptions.into_iter().map(wrong).collect(),
    }
}

/// Writes one line and sends it off at once: the program at the other end waits for it.
fn write_line(out: &mut impl Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")?;
    out.flush()
}
