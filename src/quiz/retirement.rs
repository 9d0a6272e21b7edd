//! A bad question is retired: nothing draws it any more, and where it is open it is taken back, so that it counts for nobody.

use crate::message::{Card, Turn};
use crate::quiz::plan::Plan;
use crate::quiz::queue::no_question;
use crate::quiz::scene::Scene;
use crate::quiz::{challenge, counting, daily, practice, privacy, wording};
use crate::screening;
use crate::store::Result;
use crate::store::challenges::Challenge;
use crate::store::quizzes::Quiz;
use crate::store::rounds::Round;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The longest reason that is repeated in a channel, in characters.
const REASON: usize = 200;

/// What rounds belong to, locked.
#[derive(Default)]
struct Around {
    quizzes: BTreeMap<Uuid, Quiz>,
    challenges: BTreeMap<Uuid, Challenge>,
}

/// `question retire`.
pub(super) async fn retire(scene: &mut Scene<'_>, pack: &str, id: &str, reason: Option<&str>) -> anyhow::Result<Turn> {
    let restore = scene.typed(&format!("question restore {id}"));
    if let Err(unknown) = scene.pack(pack)?.question(id) {
        return Ok(wording::line(no_question(id, unknown.nearest.as_deref())));
    }
    let reason = reason.map(|reason| screening::quoted(reason, REASON)).filter(|reason| !reason.is_empty());
    // Whoever closes a daily has its round before its schedule, so the rounds come first here as well.
    let mut taken_back = lock_open(scene, pack, id).await?;
    if !scene.tx.retire(scene.workspace.id, pack, id, reason.as_deref(), scene.now).await? {
        return Ok(wording::line(wording::marked(&format!("{id} is retired already. `{restore}` brings it back."))));
    }
    for schedule in scene.tx.schedules::<Plan>(scene.workspace.id, pack).await? {
        scene.tx.lock_schedule::<Plan>(scene.workspace.id, schedule.id).await?;
    }
    // What a schedule opened before it was locked.
    let opened = scene.tx.open_rounds_of(scene.workspace.id, pack, id).await?;
    let known: Vec<Uuid> = taken_back.0.iter().map(|round| round.id).collect();
    taken_back.0.extend(opened.into_iter().filter(|round| round.kind == "daily" && !known.contains(&round.id)));
    let (rounds, mut around) = taken_back;
    for round in &rounds {
        take_back(scene, round, &mut around, reason.as_deref()).await?;
    }
    let mut card = Card::says(wording::marked(&format!("{id} is retired: nothing here asks it any more. `{restore}` brings it back.")));
    if let Some(line) = told(&rounds) {
        card = card.text(line);
    }
    if rounds.iter().any(|round| round.kind == "daily") {
        card = card.small(wording::marked(&format!("To ask another today: `{}`", scene.typed("schedule post"))));
    }
    Ok(Turn::Private(card))
}

/// Locks what asks a question just now: first the quizzes and challenges, then their rounds and the dailies, as everybody does.
async fn lock_open(scene: &mut Scene<'_>, pack: &str, question: &str) -> Result<(Vec<Round>, Around)> {
    let workspace = scene.workspace.id;
    let mut around = Around::default();
    for round in scene.tx.open_rounds_of(workspace, pack, question).await? {
        if let Some(quiz) = round.quiz_id
            && let Some(quiz) = scene.tx.lock_quiz_by_id(workspace, quiz).await?
        {
            around.quizzes.insert(round.id, quiz);
        }
        if let Some((challenge, _)) = scene.tx.challenge_of_round(workspace, round.id).await?
            && let Some(challenge) = scene.tx.lock_challenge(workspace, challenge).await?
        {
            around.challenges.insert(round.id, challenge);
        }
    }
    let mut locked = Vec::new();
    for round in scene.tx.open_rounds_of(workspace, pack, question).await? {
        // A quiz that began to ask it this very moment isn't locked, and goes on.
        if round.kind == "daily" || around.quizzes.contains_key(&round.id) || around.challenges.contains_key(&round.id) {
            locked.extend(scene.tx.lock_round(workspace, round.id).await?.filter(|round| round.state == "open"));
        }
    }
    Ok((locked, around))
}

/// Takes an open round back: what was earned in it is undone, and it is said where it was asked.
async fn take_back(scene: &mut Scene<'_>, round: &Round, around: &mut Around, why: Option<&str>) -> anyhow::Result<()> {
    if !scene.tx.end_round(scene.workspace.id, round.id, "void").await? {
        return Ok(());
    }
    let round = Round { state: "void".into(), ..round.clone() };
    for before in scene.tx.participations(scene.workspace.id, round.id).await? {
        let mut part = before.clone();
        (part.answered, part.points) = (false, 0);
        let board = if matches!(round.kind.as_str(), "daily" | "challenge") { "daily" } else { "practice" };
        counting::count(scene, &round, board, &before, &mut part).await?;
        scene.tx.save_participation(scene.workspace.id, round.id, &part).await?;
    }
    let scores = scene.tx.scores_said_in(scene.workspace.id, round.id).await?;
    privacy::take_back(scene, scores).await?;
    if round.kind == "daily" {
        daily::taken_back(scene, &round, why).await?;
    }
    if let Some(challenge) = around.challenges.remove(&round.id).filter(Challenge::is_on) {
        challenge::taken_back(scene, challenge, round.id).await?;
    }
    if let Some(quiz) = around.quizzes.remove(&round.id).filter(|quiz| quiz.round_id == Some(round.id)) {
        practice::taken_back(scene, quiz, &round).await?;
    }
    Ok(())
}

/// Where it was taken back, for the lead.
fn told(rounds: &[Round]) -> Option<String> {
    let of = |kinds: &[&str]| rounds.iter().filter(|round| kinds.contains(&round.kind.as_str())).count();
    let counts = [
        (of(&["daily"]), "daily", "dailies"),
        (of(&["quiz"]), "quiz", "quizzes"),
        (of(&["interview"]), "interview", "interviews"),
        (of(&["challenge"]), "challenge", "challenges"),
    ];
    let open = counts.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| format!("{n} {}", if *n == 1 { one } else { many }));
    let open: Vec<String> = open.collect();
    let line = format!("It was open in {}, and is taken back there: what was earned with it is undone.", open.join(", "));
    (!open.is_empty()).then_some(line)
}

/// `question restore`.
pub(super) async fn restore(scene: &mut Scene<'_>, pack: &str, id: &str) -> anyhow::Result<Turn> {
    if scene.tx.restore(scene.workspace.id, pack, id).await? {
        return Ok(wording::line(format!("{id} can be asked again. What was taken back stays so.")));
    }
    Ok(wording::line(match scene.pack(pack)?.question(id) {
        Ok(_) => format!("{id} isn't retired."),
        Err(unknown) => no_question(id, unknown.nearest.as_deref()),
    }))
}
