//! What an interview came to, as an interviewer would say it: by topic, what to put right, what to study, and the two weakest answers as
//! they could have been.

use super::{WEAK, probe};
use crate::bank::{Criterion, FULL, Hundredths, Pack, Question, points};
use crate::grade::{Grade, Verdict};
use crate::message::{Block, Card, Mark, Text};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::{feedback, summary, wording};
use crate::screening;
use crate::store::quizzes::Quiz;

/// How many points to study are named.
const TO_STUDY: usize = 3;
/// How many answers are told again.
const RETOLD: usize = 2;
/// The longest part of a question that is repeated, in characters.
const PROMPT: usize = 80;

/// A question that was asked, and what came of it.
struct Heard {
    question: Question,
    /// What counts, hints taken off; a question that was left out earns nothing.
    points: Hundredths,
    /// The grade with its follow-up; none where the question was left out.
    grade: Option<Grade>,
}

/// How much somebody knows of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Strong,
    Solid,
    Patchy,
    ToLearn,
}

impl Standing {
    const ALL: [Self; 4] = [Self::Strong, Self::Solid, Self::Patchy, Self::ToLearn];

    fn of(points: Hundredths) -> Self {
        match points {
            850.. => Self::Strong,
            650.. => Self::Solid,
            400.. => Self::Patchy,
            _ => Self::ToLearn,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Solid => "solid",
            Self::Patchy => "patchy",
            Self::ToLearn => "to learn",
        }
    }

    /// What an interviewer says of topics with this standing.
    fn said(self, topics: &[&str]) -> String {
        let (names, are) = (wording::list(topics), if topics.len() == 1 { "is" } else { "are" });
        match self {
            Self::Strong => format!("{names} {are} strong: I would build on that from the first day."),
            Self::Solid => format!("{names} {are} solid: you know how it works, and a detail was missing here and there."),
            Self::Patchy => format!("{names} {are} patchy: the beginnings are there, and I would have asked on."),
            Self::ToLearn => format!("{names} {are} still to learn: begin there, that is where an hour gains you most."),
        }
    }
}

/// The verdict on an interview that is over.
pub(super) async fn card(scene: &mut Scene<'_>, by: &Speaker, quiz: &Quiz) -> anyhow::Result<Card> {
    let mut heard = Vec::new();
    for round in scene.tx.rounds_of_quiz(scene.workspace.id, quiz.id).await? {
        let part = scene.tx.lock_participation(scene.workspace.id, round.id, by.member.id).await?;
        let grade = part.attempts.first().map(|first| probe::with_probe(&round.question, &part, &first.grade));
        heard.push(Heard { question: round.question, points: part.points, grade });
    }
    let over = Card::titled("Interview over");
    if heard.iter().all(|heard| heard.grade.is_none()) {
        return Ok(over.text("No question was answered this time, so there is no verdict and nothing counts."));
    }
    let card = over.and(by_topic(scene.pack(&quiz.pack)?, &quiz.wanted.topics, &heard));
    let card = card.and(to_put_right(&heard)).and(to_study(&heard)).and(retold(&heard));
    let missed = heard.iter().any(|heard| heard.grade.is_some() && heard.points < WEAK);
    Ok(if missed { card.small(summary::comes_back(quiz)) } else { card })
}

fn average<'h>(heard: impl Iterator<Item = &'h Heard> + Clone) -> Hundredths {
    let n = heard.clone().count().max(1) as i64;
    heard.map(|heard| heard.points).sum::<Hundredths>() / n
}

/// What was asked on a topic.
fn on<'h>(heard: &'h [Heard], topic: &'h str) -> impl Iterator<Item = &'h Heard> + Clone {
    heard.iter().filter(move |heard| heard.question.topic == topic)
}

/// The verdict in sentences, then topic by topic with their questions.
fn by_topic(pack: &Pack, planned: &[String], heard: &[Heard]) -> Card {
    let topics = pack.topics.iter().filter(|topic| planned.contains(&topic.id));
    let (asked, unasked): (Vec<_>, Vec<_>) = topics.partition(|topic| on(heard, &topic.id).next().is_some());
    let total = average(heard.iter());
    let over = wording::count(heard.len() as i64, "question");
    let head = match Standing::of(total) {
        Standing::ToLearn => format!("All in all there is more to learn yet: {} over {over}.", wording::of_ten(total)),
        standing => format!("All in all {}: {} over {over}.", standing.word(), wording::of_ten(total)),
    };
    let mut text = Text::new().plain("Thank you for your time. ").bold(head);
    for standing in Standing::ALL {
        let such = asked.iter().filter(|topic| Standing::of(average(on(heard, &topic.id))) == standing);
        let such: Vec<_> = such.map(|topic| topic.title.as_str()).collect();
        if !such.is_empty() {
            text = text.plain(format!(" {}", standing.said(&such)));
        }
    }
    let mut card = Card::default().text(text);
    for topic in &asked {
        let average = average(on(heard, &topic.id));
        let text = format!("{}: {}, {}", topic.title, Standing::of(average).word(), wording::of_ten(average));
        card = card.block(Block::Item { mark: Mark::Point, text: text.into(), below: on(heard, &topic.id).map(line).collect() });
    }
    if heard.iter().all(|heard| heard.points == FULL) {
        card = card.text("Nothing was missing from your answers.");
    }
    if !unasked.is_empty() {
        let names: Vec<_> = unasked.iter().map(|topic| topic.title.as_str()).collect();
        card = card.small(format!("We didn't get to {}.", wording::list(&names)));
    }
    card
}

/// `“What is a Gateway?”, junior: 6 of 10`
fn line(heard: &Heard) -> Text {
    let Heard { question, points, grade } = heard;
    let asked = format!("\u{201C}{}\u{201D}, {}", screening::quoted(&question.prompt, PROMPT), question.level.name());
    let Some(grade) = grade else { return Text::from(format!("{asked}: left out")) };
    let note = grade.note.and_then(feedback::noted).map_or_else(String::new, |note| format!(". {note}"));
    Text::from(format!("{asked}: {}{note}", wording::of_ten(*points)))
}

/// False beliefs, with what is true.
fn to_put_right(heard: &[Heard]) -> Card {
    let believed = heard.iter().flat_map(|heard| {
        let found = heard.grade.iter().flat_map(|grade| &grade.misconceptions);
        found.map(|believed| feedback::correction(&heard.question, believed, feedback::Tell::All))
    });
    let believed: Vec<_> = believed.collect();
    match believed.is_empty() {
        true => Card::default(),
        false => believed.into_iter().fold(Card::says(Text::new().bold("To put right")), Card::block),
    }
}

/// What a criterion earned of its worth, and whether it was made.
fn judged(heard: &Heard, criterion: &Criterion) -> (Hundredths, bool) {
    let mut verdicts = heard.grade.iter().flat_map(|grade| &grade.verdicts);
    let judged = verdicts.find(|judged| judged.criterion == criterion.id);
    judged.map_or((0, false), |judged| (judged.points, judged.verdict == Verdict::Made))
}

/// The criteria that lost the most points, of those that were not made in the end: what was said on a follow-up is known.
fn to_study(heard: &[Heard]) -> Card {
    let all = heard.iter().flat_map(|heard| heard.question.criteria.iter().map(move |criterion| (heard, criterion)));
    let missed = all.map(|(heard, criterion)| (judged(heard, criterion), criterion)).filter(|((_, made), _)| !made);
    let mut lost: Vec<_> = missed.map(|((earned, _), criterion)| (criterion.points - earned, criterion)).collect();
    // A stable sort: of two that lost as much, the one that came up first.
    lost.sort_by_key(|(lost, _)| -lost);
    lost.truncate(TO_STUDY);
    let title = match lost.len() {
        0 => return Card::default(),
        1 => "Study this one point",
        2 => "Study these two points",
        _ => "Study these three points",
    };
    lost.into_iter().fold(Card::says(Text::new().bold(title)), |card, (lost, criterion)| {
        let below = vec![Text::new().plain("Read: ").link("istio.io", criterion.source.clone())];
        let unit = if lost == 100 { "point" } else { "points" };
        let text = Text::from(criterion.statement.as_str()).plain(format!(" ({} {unit} more)", points(lost)));
        card.block(Block::Item { mark: Mark::Point, text, below })
    })
}

/// The weakest answers as they could have been: what was said, and what the model says where something was missing.
fn retold(heard: &[Heard]) -> Card {
    let mut weakest: Vec<_> = heard.iter().filter(|heard| heard.points < FULL).collect();
    weakest.sort_by_key(|heard| heard.points);
    weakest.truncate(RETOLD);
    if weakest.is_empty() {
        return Card::default();
    }
    weakest.into_iter().fold(Card::says(Text::new().bold("Your answer in thirty seconds")), |card, heard| {
        let criteria = &heard.question.criteria;
        let whole: Vec<_> = criteria.iter().map(|criterion| criterion.statement.as_str()).collect();
        let made: Vec<bool> = criteria.iter().map(|criterion| judged(heard, criterion).1).collect();
        let card = card.block(Block::Lead(heard.question.prompt.clone())).block(Block::Quote(whole.join(" ")));
        card.small(if heard.grade.is_some() { whose(&made) } else { "You left this one out, so all of it is new.".into() })
    })
}

/// `The first and the third sentence are yours; the second was missing.`
fn whose(made: &[bool]) -> String {
    const NTH: [&str; 8] = ["the first", "the second", "the third", "the fourth", "the fifth", "the sixth", "the seventh", "the eighth"];
    let named = |wanted: bool| {
        let such = made.iter().zip(NTH).filter(|(made, _)| **made == wanted);
        such.map(|(_, nth)| nth).collect::<Vec<_>>()
    };
    if made.len() > NTH.len() {
        return format!("{} of these {} sentences are yours.", made.iter().filter(|made| **made).count(), made.len());
    }
    let verb = |n: usize, one: &'static str, more: &'static str| if n == 1 { one } else { more };
    match (named(true), named(false)) {
        (_, missing) if missing.is_empty() => "All of this was in your answer.".into(),
        (yours, _) if yours.is_empty() => "None of this was in your answer yet.".into(),
        (yours, missing) => {
            let (is, was) = (verb(yours.len(), "sentence is", "sentence are"), verb(missing.len(), "was", "were"));
            wording::sentence(format!("{} {is} yours; {} {was} missing", wording::list(&yours), wording::list(&missing)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_begins_at_its_points() {
        let words = [1000, 850, 849, 650, 649, 400, 399, 0].map(|points| Standing::of(points).word());
        assert_eq!(["strong", "strong", "solid", "solid", "patchy", "patchy", "to learn", "to learn"], words);
    }

    #[test]
    fn whose_a_sentence_is_reads_well() {
        for (made, said) in [
            (&[true, true][..], "All of this was in your answer."),
            (&[false, false, false], "None of this was in your answer yet."),
            (&[true, false, true], "The first and the third sentence are yours; the second was missing."),
            (&[false, true, false, false], "The second sentence is yours; the first, the third and the fourth were missing."),
        ] {
            assert_eq!(said, whose(made));
        }
    }
}
