//! What counts: points less what hints cost, and the boards' sums moved with them.

use crate::bank::Hundredths;
use crate::quiz::scene::Scene;
use crate::store::answers::{Counted, Participation};
use crate::store::rounds::Round;
use crate::store::{Day, Result};

/// What a hint costs from the second on; the first is free.
pub(super) const HINT_PRICE: Hundredths = 100;

/// What so many hints cost.
pub(super) fn cost_of_hints(hints: i64) -> Hundredths {
    (hints - 1).max(0) * HINT_PRICE
}

/// Moves the board's sums from what counted before to what counts now. The day is kept once something was counted for it.
pub(super) async fn count(
    scene: &mut Scene<'_>,
    round: &Round,
    board: &'static str,
    before: &Participation,
    part: &mut Participation,
) -> Result<()> {
    let counts = part.answered && round.state != "void";
    let day = before.counted_day.map_or_else(|| if board == "daily" { *round.local_date } else { scene.today() }, |day| *day);
    let was = before.counted_board.is_some();
    let points = if counts { part.points } else { 0 } - if was { before.points } else { 0 };
    let answers = i64::from(counts) - i64::from(was);
    part.counted_board = counts.then(|| board.to_owned());
    part.counted_day = counts.then_some(Day::from(day));
    if points == 0 && answers == 0 {
        return Ok(());
    }
    let counted = Counted { board, pack: &round.pack, day, topic: &round.question.topic, member: part.member_id };
    scene.tx.count(scene.workspace.id, counted, points, answers).await
}
