//! The reveal at a round's close: the model answer, how the team did, the best answers whose authors agreed, the day's board.

use crate::bank::{Question, points};
use crate::grade::Verdict;
use crate::message::{Block, Card, Mark, Text};
use crate::quiz::names::Names;
use crate::quiz::scene::Scene;
use crate::quiz::{board, challenge, feedback, wording};
use crate::screening;
use crate::store::answers::{Attempt, Participation};
use crate::store::boards::Span;
use crate::store::people::Member;
use uuid::Uuid;

/// How many best answers are shown at most.
const BEST: usize = 2;
/// Points from which an answer is worth showing.
const WORTH_SHOWING: i64 = 700;
/// The longest answer that is quoted, in characters.
const QUOTE: usize = 600;

/// The reveal as it stands.
pub(super) async fn card(scene: &mut Scene<'_>, round: Uuid) -> anyhow::Result<Card> {
    let Some(round) = scene.tx.round(scene.workspace.id, round).await? else { return Ok(Card::says("This question was removed.")) };
    if round.state == "void" {
        return Ok(Card::says("This question was taken back; it counts for nobody."));
    }
    let parts = scene.tx.participations(scene.workspace.id, round.id).await?;
    let answered: Vec<&Participation> = parts.iter().filter(|part| part.answered).collect();
    let title = match round.kind.as_str() {
        "challenge" => challenge::heading(scene, round.id).await?,
        _ => "Closed: here is the answer".to_owned(),
    };
    let mut card = Card::titled(title).text(round.question.prompt.clone()).and(feedback::model(&round.question));
    card = card.and(points_made(&round.question, &answered));
    let members = scene.tx.members(scene.workspace.id).await?;
    card = card.and(best_answers(&answered, &members));
    if round.kind == "challenge" {
        // The podium above shows who has how many points.
        return Ok(card);
    }
    let day = *round.local_date;
    let span = Span { board: "daily", pack: &round.pack, from: day, to: day.tomorrow().unwrap_or(day), topic: None };
    let totals = scene.tx.totals(scene.workspace.id, &span).await?;
    if !totals.is_empty() {
        card = card.text(Text::new().bold(format!("{}'s board", wording::day(day)))).block(board::table(&board::ranked(totals, &members)));
    }
    Ok(card)
}

/// How many made each point, and what most missed.
fn points_made(question: &Question, answered: &[&Participation]) -> Card {
    if answered.is_empty() {
        return Card::says("Nobody answered this one in time.");
    }
    let mut card = Card::says(format!("{}. How many made each point:", wording::count(answered.len() as i64, "answer")));
    let mut most_missed = None;
    for criterion in &question.criteria {
        let made = answered
            .iter()
            .filter_map(|part| best_attempt(part))
            .filter(|best| verdict(best, &criterion.id) == Some(Verdict::Made))
            .count();
        card = card.item(Mark::Point, Text::from(format!("{made} of {}: {}", answered.len(), criterion.statement)));
        if most_missed.is_none_or(|(least, _)| made < least) {
            most_missed = Some((made, criterion));
        }
    }
    match most_missed {
        Some((made, criterion)) if made < answered.len() => card.small(
            Text::new().plain("Most missed: ").plain(criterion.statement.clone()).plain(" ").link("istio.io", criterion.source.clone()),
        ),
        _ => card,
    }
}

pub(super) fn verdict(attempt: &Attempt, criterion: &str) -> Option<Verdict> {
    attempt.grade.verdicts.iter().find(|judged| judged.criterion == criterion).map(|judged| judged.verdict)
}

/// The attempt that counts.
pub(super) fn best_attempt(part: &Participation) -> Option<&Attempt> {
    best_of(&part.attempts)
}

/// The best of what was said on time and not taken back.
pub(super) fn best_of(attempts: &[Attempt]) -> Option<&Attempt> {
    let counting = attempts.iter().filter(|attempt| attempt.counts());
    // Of equals the first.
    counting.fold(None, |best: Option<&Attempt>, attempt| match best {
        Some(best) if best.grade.points >= attempt.grade.points => Some(best),
        _ => Some(attempt),
    })
}

/// The best answers whose authors agreed to have them shown.
fn best_answers(answered: &[&Participation], members: &[Member]) -> Card {
    let author = |part: &Participation| members.iter().find(|member| member.id == part.member_id);
    let mut shown: Vec<(&Member, &Attempt, i64)> = answered
        .iter()
        .filter_map(|part| Some((author(part)?, best_attempt(part)?, part.points)))
        .filter(|(author, _, points)| author.shares && !author.hidden && !author.muted && *points >= WORTH_SHOWING)
        .collect();
    let names = Names::of(members);
    shown.sort_by(|a, b| b.2.cmp(&a.2).then(a.1.at.cmp(&b.1.at)));
    shown.into_iter().take(BEST).fold(Card::default(), |card, (author, attempt, earned)| {
        let head = Text::new().bold(names.shown(author.id)).plain(format!(", {} points:", points(earned)));
        card.text(head).block(Block::Quote(screening::quoted(&attempt.text, QUOTE)))
    })
}
