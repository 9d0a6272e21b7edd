//! What a member reads about their own answer.

use crate::bank::{Criterion, FULL, Question};
use crate::grade::{Believed, Grade, Judged, Note, Verdict};
use crate::message::{Block, Card, Mark, Text};
use crate::quiz::wording;
use crate::screening;

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tell {
    /// While the question is open: for what is missing, its nudge only.
    Nudges,
    /// Everything: what was missing, and where to read it.
    All,
}

/// The longest quote of an answer that is repeated, in characters.
const QUOTE: usize = 90;

/// `6.5 of 10. I found 2 of 4 points.`
pub(super) fn headline(grade: &Grade) -> Text {
    let made = grade.verdicts.iter().filter(|judged| judged.verdict == Verdict::Made).count();
    let text = Text::new()
        .bold(wording::of_ten(grade.points))
        .plain(format!(". I found {made} of {}.", wording::count(grade.verdicts.len() as i64, "point")));
    if grade.sure() {
        return text;
    }
    let (least, most) = (crate::bank::points(grade.range.0), crate::bank::points(grade.range.1));
    text.plain(format!(" I'm not sure of this one: it may be worth {least} to {most}."))
}

/// The breakdown of a grade.
pub(super) fn breakdown(question: &Question, grade: &Grade, tell: Tell) -> Card {
    let mut card = Card::default().text(headline(grade));
    if let Some(note) = grade.note.and_then(noted) {
        card = card.text(note);
    }
    for judged in &grade.verdicts {
        if let Some(criterion) = question.criteria.iter().find(|criterion| criterion.id == judged.criterion) {
            card = card.block(judgement(criterion, judged, grade, tell));
        }
    }
    grade.misconceptions.iter().fold(card, |card, believed| card.block(correction(question, believed, tell)))
}

/// One criterion's line.
fn judgement(criterion: &Criterion, judged: &Judged, grade: &Grade, tell: Tell) -> Block {
    let quotes =
        judged.quotes.iter().map(|quote| format!("\u{201C}{}\u{201D}", screening::quoted(quote, QUOTE))).collect::<Vec<_>>().join(", ");
    let worth = format!(" ({} of {})", crate::bank::points(judged.points), crate::bank::points(criterion.points));
    let open = tell == Tell::All || judged.verdict == Verdict::Made;
    let said = if open { criterion.statement.clone() } else { criterion.nudge.clone() };
    let (mark, text, why) = match judged.verdict {
        Verdict::Made => (Mark::Made, said, format!("You said {quotes}.")),
        Verdict::Partly => (Mark::Partly, said, format!("You said {quotes}; there is more to it.")),
        Verdict::Missed => (Mark::Missed, said, String::new()),
        // The line about the misconception quotes the same words, with what is true.
        Verdict::Contradicted if judged.quotes.iter().any(|quote| grade.misconceptions.iter().any(|believed| believed.quote == *quote)) => {
            (Mark::Contradicted, said, "Your words read as the opposite.".to_owned())
        }
        Verdict::Contradicted => (Mark::Contradicted, said, format!("{quotes} reads as the opposite.")),
    };
    let mut below = Vec::new();
    if !why.is_empty() && !quotes.is_empty() {
        below.push(Text::from(why));
    }
    if tell == Tell::All && judged.verdict != Verdict::Made {
        below.push(Text::new().plain("Read more: ").link("istio.io", criterion.source.clone()));
    }
    Block::Item { mark, text: Text::from(text).plain(worth), below }
}

/// A misconception's line: the words, what they cost, what is true instead (once the question is closed).
pub(super) fn correction(question: &Question, believed: &Believed, tell: Tell) -> Block {
    let known = question.misconceptions.iter().find(|known| known.id == believed.misconception);
    let quote = screening::quoted(&believed.quote, QUOTE);
    let text = match known {
        Some(known) if tell == Tell::All => format!("\u{201C}{quote}\u{201D}: {}", known.correction),
        _ => format!("\u{201C}{quote}\u{201D} isn't so; look at it again."),
    };
    Block::Item {
        mark: Mark::Wrong,
        text: Text::from(text).plain(format!(" (costs {})", crate::bank::points(believed.cost))),
        below: Vec::new(),
    }
}

/// What is said about an answer that earned next to nothing as a whole.
pub(super) fn noted(note: Note) -> Option<&'static str> {
    match note {
        Note::Empty => Some("I couldn't find words in it."),
        Note::DontKnow => Some("That's fine to say. The points below are what to look up."),
        Note::Echo => Some("These are the question's own words; say in yours what is behind them."),
        Note::Keywords => Some(
            "These are the right keywords, perhaps, but a list of names doesn't say how they work together. A sentence on each is enough.",
        ),
        Note::SpeaksToGrader => Some("This speaks to the grader rather than to the question, so there is nothing to grade."),
        Note::Denied => Some("This reads as a denial of what is true here."),
    }
}

/// The model answer and where it comes from.
pub(super) fn model(question: &Question) -> Card {
    let card = Card::default().text(Text::new().bold("Model answer")).block(Block::Quote(question.answer.clone()));
    let sources = question.sources.iter().enumerate().fold(Text::new().plain("Sources:"), |text, (i, source)| {
        let label = if question.sources.len() == 1 { "istio.io".to_owned() } else { format!("istio.io ({})", i + 1) };
        text.plain(" ").link(label, source.clone())
    });
    card.small(sources.plain(format!(". Checked against {}.", question.release)))
}

/// The first criterion that an answer didn't make, which is what a probe asks about.
pub(super) fn first_missed<'q>(question: &'q Question, grade: &Grade) -> Option<&'q Criterion> {
    let missed = grade.verdicts.iter().find(|judged| matches!(judged.verdict, Verdict::Missed | Verdict::Partly))?;
    question.criteria.iter().find(|criterion| criterion.id == missed.criterion)
}

/// Nothing was missing.
pub(super) fn is_full(grade: &Grade) -> bool {
    grade.points == FULL
}
