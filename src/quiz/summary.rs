//! What a quiz came to, by topic.

use crate::bank::{Hundredths, points};
use crate::message::{Card, Mark, Text};
use crate::quiz::practice::WEAK;
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::wording;
use crate::store::quizzes::Quiz;
use std::collections::BTreeMap;

/// The summary of a quiz that is done.
pub(super) async fn card(scene: &mut Scene<'_>, by: &Speaker, quiz: &Quiz) -> anyhow::Result<Card> {
    let mut topics: BTreeMap<String, (Hundredths, i64)> = BTreeMap::new();
    let (mut skipped, mut missed) = (0, false);
    for round in scene.tx.rounds_of_quiz(scene.workspace.id, quiz.id).await? {
        let part = scene.tx.lock_participation(scene.workspace.id, round.id, by.member.id).await?;
        missed |= part.points < WEAK;
        if part.attempts.is_empty() {
            skipped += 1;
            continue;
        }
        let sum = topics.entry(round.question.topic.clone()).or_default();
        *sum = (sum.0 + part.points, sum.1 + 1);
    }
    let answered: i64 = topics.values().map(|(_, n)| n).sum();
    let pack = scene.pack(&quiz.pack)?;
    if answered == 0 {
        return Ok(Card::titled("Quiz over").text("No question was answered this time."));
    }
    let total: Hundredths = topics.values().map(|(sum, _)| sum).sum();
    let head = format!("{} on average over {}.", wording::of_ten(total / answered), wording::count(answered, "answered question"));
    let mut card = Card::titled("Quiz over").text(Text::new().bold(head));
    for (topic, (sum, n)) in &topics {
        card = card.item(
            Mark::Point,
            format!("{}: {} on average, {}", wording::topic(pack, topic), points(sum / n), wording::count(*n, "question")),
        );
    }
    if skipped > 0 {
        card = card.small(format!("{} left out.", wording::count(skipped, "question")));
    }
    if !missed {
        return Ok(card);
    }
    Ok(card.small(comes_back(quiz)))
}

/// Where what was missed is met again.
pub(super) fn comes_back(quiz: &Quiz) -> Text {
    Text::new().plain("What you missed comes back in ").code(format!("/{} quiz weak", quiz.pack)).plain(" when it is due.")
}
