//! What the grader must find in a question: its own statements, its model answer, and what each sample earns.

use crate::bank::load::Written;
use crate::bank::{Criterion, Fault, Hundredths, Lexicon, Misconception, Sample, points};
use crate::cli::questions::verdicts::word;
use crate::grade::{Grade, PhraseFault, Rubric, Verdict};

/// The least that a model answer earns by its own rubric.
const MODEL_LEAST: Hundredths = 900;

/// Every fault that shows only when the question is graded.
pub(super) fn faults(written: &Written, lexicon: &Lexicon) -> Vec<Fault> {
    let question = &written.question;
    let rubric = Rubric::new(question, lexicon);
    let mut faults: Vec<_> = rubric.faults().iter().map(|phrase| phrase_fault(written, phrase)).collect();
    for (index, criterion) in question.criteria.iter().enumerate() {
        criterion_faults(written, &rubric, index, criterion, &mut faults);
    }
    for (index, wrong) in question.misconceptions.iter().enumerate() {
        if !finds(&rubric.grade(&wrong.statement), wrong) {
            let what = format!("the statement of the misconception `{}` is not found by its phrasings", wrong.id);
            faults.push(fault(written, &format!("misconceptions[{index}].statement"), what, "add a phrasing that the statement holds"));
        }
    }
    let model = rubric.grade(&question.answer);
    if model.points < MODEL_LEAST {
        let what = format!("the model answer earns {}, not {} or more: {}", points(model.points), points(MODEL_LEAST), in_words(&model));
        faults.push(fault(written, "answer", what, "say the missing points in the answer, or widen their phrasings"));
    }
    faults.extend(written.samples.iter().filter_map(|(line, sample)| sample_fault(written, &rubric, *line, sample)));
    faults
}

/// A phrasing that no answer can be found by. The grader says what is wrong and, after a semicolon, how to mend it.
fn phrase_fault(written: &Written, phrase: &PhraseFault) -> Fault {
    let problem = phrase.problem.to_string();
    let (what, cure) = problem.split_once("; ").unwrap_or((&problem, "see the phrasing language in questions/README.md"));
    fault(written, &phrase.place, format!("the phrasing \"{}\" can't be found: {what}", phrase.phrasing), cure)
}

/// The statements of a criterion, its alternatives and its list must earn what they stand for.
fn criterion_faults(written: &Written, rubric: &Rubric, index: usize, criterion: &Criterion, faults: &mut Vec<Fault>) {
    let verdict = |text: &str| {
        let judged = rubric.grade(text).verdicts.into_iter().find(|judged| judged.criterion == criterion.id);
        judged.map_or(Verdict::Missed, |judged| judged.verdict)
    };
    let mut expect = |text: &str, place: String, least: Verdict| {
        let found = verdict(text);
        if found != Verdict::Made && found != least {
            let what = format!("\"{text}\" does not make `{}`: {}", criterion.id, word(found));
            faults.push(fault(written, &place, what, "add a phrasing that the statement holds, or reword it"));
        }
    };
    let place = format!("criteria[{index}]");
    // A mere list sums its items up in a statement that need not name any.
    if !criterion.phrasings.is_empty() {
        expect(&criterion.statement, format!("{place}.statement"), Verdict::Made);
    }
    for (number, other) in criterion.alternatives.iter().enumerate() {
        expect(&other.statement, format!("{place}.alternatives[{number}].statement"), Verdict::Made);
    }
    let alone = if criterion.need > 1 { Verdict::Partly } else { Verdict::Made };
    for (number, item) in criterion.any.iter().enumerate() {
        expect(&item.statement, format!("{place}.any[{number}].statement"), alone);
    }
}

fn finds(grade: &Grade, wrong: &Misconception) -> bool {
    grade.misconceptions.iter().any(|believed| believed.misconception == wrong.id)
}

/// What a sample earns other than it says, if anything.
fn sample_fault(written: &Written, rubric: &Rubric, line: usize, sample: &Sample) -> Option<Fault> {
    let grade = rubric.grade(&sample.text);
    let (least, most) = sample.points;
    let mut wrong = Vec::new();
    if !(least..=most).contains(&grade.points) {
        let expected = if least == most { points(least) } else { format!("{} to {}", points(least), points(most)) };
        wrong.push(format!("earns {}, not {expected}", points(grade.points)));
    }
    for judged in &grade.verdicts {
        let made = judged.verdict == Verdict::Made;
        if !made && sample.made.contains(&judged.criterion) {
            wrong.push(format!("does not make `{}`", judged.criterion));
        } else if made && sample.missed.contains(&judged.criterion) {
            wrong.push(format!("makes `{}`", judged.criterion));
        }
    }
    if wrong.is_empty() {
        return None;
    }
    Some(Fault {
        file: written.answers.clone(),
        line,
        column: 1,
        what: format!("the answer \"{}\" ({}) {}", beginning(&sample.text), sample.voice, wrong.join(", ")),
        cure: format!(
            "{}\n    mend the phrasings or the sample; `meshdrill questions try {}` shows why",
            in_words(&grade),
            written.question.id
        ),
    })
}

/// A grade in one line: "proxy made (4) "its words"; reasons missed".
fn in_words(grade: &Grade) -> String {
    let verdicts = grade.verdicts.iter().map(|judged| {
        let quotes: Vec<_> = judged.quotes.iter().map(|quote| format!(" \"{quote}\"")).collect();
        format!("{} {} ({}){}", judged.criterion, word(judged.verdict), points(judged.points), quotes.concat())
    });
    let wrong = grade
        .misconceptions
        .iter()
        .map(|believed| format!("believes {} (-{}) \"{}\"", believed.misconception, points(believed.cost), believed.quote));
    let note = grade.note.map(|note| format!("taken for {note:?}"));
    verdicts.chain(wrong).chain(note).collect::<Vec<_>>().join("; ")
}

/// The first words of a text, enough to know it by.
fn beginning(text: &str) -> String {
    /// In characters; a line of a report holds no more.
    const ENOUGH: usize = 50;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

fn fault(written: &Written, place: &str, what: String, cure: &str) -> Fault {
    Fault { file: written.file.clone(), line: written.lines.get(place).copied().unwrap_or(1), column: 1, what, cure: cure.to_owned() }
}
