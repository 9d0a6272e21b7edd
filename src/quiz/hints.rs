//! Hints: the first is free, each further one costs a point, which is said before.

use crate::message::{Card, Turn};
use crate::quiz::counting::{self, HINT_PRICE};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::{daily, practice, wording};
use crate::store::Result;
use crate::store::rounds::Round;

/// `hint` was typed: for the quiz under way, or for the open daily.
pub(super) async fn hint(scene: &mut Scene<'_>, by: &Speaker) -> anyhow::Result<Turn> {
    if let Some(round) = practice::round_under_way(scene, by).await? {
        return Ok(Turn::Private(give(scene, by, &round, false).await?));
    }
    match daily::open_here(scene, by).await? {
        Some(round) => Ok(Turn::Private(give(scene, by, &round, false).await?)),
        None => Ok(wording::line(daily::nothing_open(scene, by).await?)),
    }
}

/// The next hint of a round. One that costs is only given when `agreed`.
pub(super) async fn give(scene: &mut Scene<'_>, by: &Speaker, round: &Round, agreed: bool) -> Result<Card> {
    let before = scene.tx.lock_participation(scene.workspace.id, round.id, by.member.id).await?;
    let given = usize::try_from(before.hints).unwrap_or_default();
    if round.state == "void" {
        return Ok(Card::says("This question was taken back; it counts for nobody."));
    }
    if round.state != "open" {
        return Ok(Card::says("This question is closed; its reveal says it all."));
    }
    let hints = &round.question.hints;
    let Some(hint) = hints.get(given) else {
        let all = hints
            .iter()
            .fold(Card::says("That is all there is to hint at:"), |card, hint| card.item(crate::message::Mark::Point, hint.as_str()));
        return Ok(all);
    };
    if given > 0 && !agreed {
        let seen = hints
            .iter()
            .take(given)
            .fold(Card::says("Your hints so far:"), |card, hint| card.item(crate::message::Mark::Point, hint.as_str()));
        return Ok(seen.text("The next hint costs one point.").button(format!("hint-agreed.{}.{given}", round.id.simple()), "Show it"));
    }
    let mut part = before.clone();
    part.hints += 1;
    if !part.attempts.is_empty() && given > 0 {
        part.points = (part.points - HINT_PRICE).max(0);
        let board = if round.kind == "daily" { "daily" } else { "practice" };
        counting::count(scene, round, board, &before, &mut part).await?;
    }
    scene.tx.save_participation(scene.workspace.id, round.id, &part).await?;
    let left = hints.len() - given - 1;
    let card = Card::says(crate::message::Text::new().bold("Hint: ").plain(hint.as_str()));
    Ok(match left {
        0 => card.small("That was the last one."),
        _ => card.small(format!("{} left; each costs one point.", wording::count(left as i64, "hint"))),
    })
}
