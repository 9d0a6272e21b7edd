//! What a probe's answer adds: half of what it found more of the criterion that it asked about.

use crate::bank::{Hundredths, Question};
use crate::grade::Grade;
use crate::quiz::feedback;
use crate::store::answers::{Attempt, Participation};

/// The first answer's points, with half of what the probe's answer added to the criterion it asked about.
pub(super) fn earned(question: &Question, part: &Participation) -> Hundredths {
    let Some(first) = part.attempts.first() else { return 0 };
    first.grade.points + probe_bonus(question, part)
}

fn probe_bonus(question: &Question, part: &Participation) -> Hundredths {
    let [first, probe, ..] = part.attempts.as_slice() else { return 0 };
    let Some(criterion) = feedback::first_missed(question, &first.grade) else { return 0 };
    let of = |attempt: &Attempt| {
        let judged = attempt.grade.verdicts.iter().find(|judged| judged.criterion == criterion.id);
        judged.map_or(0, |judged| judged.points)
    };
    // An answer capped as a whole (it turns the subject upside down, it speaks to the grader) is not lifted by its probe's words.
    if probe.grade.note.is_some() {
        return 0;
    }
    ((of(probe) - of(first)) / 2).max(0)
}

/// The first answer's grade, with what the probe's answer added to its criterion.
pub(super) fn with_probe(question: &Question, part: &Participation, first: &Grade) -> Grade {
    let bonus = probe_bonus(question, part);
    let mut grade = first.clone();
    let Some(probe) = part.attempts.get(1).filter(|_| bonus > 0) else { return grade };
    let Some(asked) = feedback::first_missed(question, first) else { return grade };
    let answered = probe.grade.verdicts.iter().find(|judged| judged.criterion == asked.id);
    if let (Some(judged), Some(answered)) = (grade.verdicts.iter_mut().find(|judged| judged.criterion == asked.id), answered) {
        judged.verdict = answered.verdict;
        judged.quotes.clone_from(&answered.quotes);
        judged.points += bonus;
        grade.points += bonus;
        grade.range = (grade.range.0 + bonus, grade.range.1 + bonus);
    }
    grade
}
