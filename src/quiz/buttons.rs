//! Buttons and forms. Their ids name an action and a row, so they work after a restart and after a month; who may press is checked here.

use crate::command::{Response, Steer};
use crate::message::{Block, Card, Field, FieldError, Form, Turn};
use crate::quiz::answer::ATTEMPTS;
use crate::quiz::daily::{self, Reveal};
use crate::quiz::feedback::{self, Tell};
use crate::quiz::plan::Answers;
use crate::quiz::practice::{self, Wish};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::{challenge, counting, hints, plan, privacy, reveal, setup, threads, unclear, wording};
use crate::store::Result;
use crate::store::answers::{Attempt, Participation};
use crate::store::rounds::Round;
use jiff::SignedDuration;
use uuid::Uuid;

/// How long `grade` offers a closed daily's answer that was revealed to nobody: a week with its end, as long as one may be of interest.
const OFFERED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How a button is answered, readable from its id without any work.
pub fn response(button: &str) -> Response {
    match button.split('.').next() {
        Some("answer" | "quiz-answer" | "setup-change") => Response::Form,
        Some("setup-start") => Response::Update,
        _ => Response::Private,
    }
}

/// The button that opens a form again, for chats that can't say in a form what is wrong with it. None: no button does.
pub fn opener(form: &str) -> Option<String> {
    let mut parts = form.split('.');
    let button = match parts.next()? {
        "setup" => "setup-change",
        form @ ("answer" | "quiz-answer") => form,
        _ => return None,
    };
    parts.next().map(|row| format!("{button}.{row}"))
}

/// A button was pressed.
pub(super) async fn press(scene: &mut Scene<'_>, by: &Speaker, button: &str) -> anyhow::Result<Turn> {
    let mut parts = button.split('.');
    let (action, row) = (parts.next().unwrap_or_default(), parts.next().and_then(|id| Uuid::parse_str(id).ok()));
    if action == "privacy-delete" {
        return privacy::delete(scene, by, true).await;
    }
    let Some(row) = row else { return Ok(unknown(scene)) };
    match action {
        "setup-start" | "setup-change" if !by.lead => Ok(wording::line("That is for leads.")),
        "setup-start" => setup::start(scene, row).await,
        "setup-change" => setup::change_form(scene, row).await,
        "post-again" | "was-sent" => unclear::settle(scene, by, row, action == "was-sent").await,
        "quiz-answer" => practice::form(scene, by, row).await,
        "quiz-show" => practice::control(scene, by, Wish::Show, Some(row)).await,
        "quiz-skip" => practice::control(scene, by, Wish::Skip, Some(row)).await,
        "quiz-pause" => practice::control(scene, by, Wish::Pause, Some(row)).await,
        "quiz-resume" => practice::control(scene, by, Wish::Resume, Some(row)).await,
        "quiz-stop" => practice::control(scene, by, Wish::Stop, Some(row)).await,
        "challenge-join" => challenge::steer(scene, by, Steer::Join, row).await,
        "challenge-start" => challenge::steer(scene, by, Steer::Start, row).await,
        "challenge-stop" => challenge::steer(scene, by, Steer::Stop, row).await,
        "grade" => my_grade(scene, by, row).await,
        "again" => again(scene, by, row).await,
        "answer" => answer_form(scene, by, row).await,
        "hint" | "hint-agreed" => hint(scene, by, row, action == "hint-agreed", parts.next()).await,
        _ => Ok(unknown(scene)),
    }
}

fn unknown(scene: &Scene<'_>) -> Turn {
    let line = format!("That button is from another version and does nothing any more. `{}` lists what there is.", scene.typed("help"));
    wording::line(wording::marked(&line))
}

/// A form was sent.
pub(super) async fn submit(scene: &mut Scene<'_>, by: &Speaker, form: &str, fields: &[(String, String)]) -> anyhow::Result<Turn> {
    let mut parts = form.split('.');
    let (action, row) = (parts.next().unwrap_or_default(), parts.next().and_then(|id| Uuid::parse_str(id).ok()));
    let Some(row) = row else { return Ok(unknown(scene)) };
    if action == "setup" {
        return if by.lead { setup::changed(scene, row, fields).await } else { Ok(wording::line("That is for leads.")) };
    }
    let text = fields.iter().find(|(name, _)| name == "answer").map_or("", |(_, value)| value.as_str());
    if let Some(error) = threads::refused(text) {
        return Ok(Turn::FormErrors(vec![FieldError { field: "answer".into(), error }]));
    }
    match action {
        "quiz-answer" => practice::submitted(scene, by, row, parts.next().unwrap_or("answer"), text).await,
        "answer" => answered(scene, by, row, text).await,
        _ => Ok(unknown(scene)),
    }
}

/// A daily or a challenge's question that is there and was not taken back.
async fn team_round(scene: &mut Scene<'_>, id: Uuid) -> anyhow::Result<Option<Round>> {
    let asked_of_all = |round: &Round| round.state != "void" && matches!(round.kind.as_str(), "daily" | "challenge");
    Ok(scene.tx.lock_round(scene.workspace.id, id).await?.filter(asked_of_all))
}

fn gone() -> Turn {
    wording::line("That question isn't here any more; it counts for nobody.")
}

/// What to say of a question that takes no more answers.
async fn closed(scene: &mut Scene<'_>, round: &Round) -> Result<Turn> {
    Ok(wording::line(match round.kind.as_str() {
        "challenge" => "This question is closed. Its answer is told when the challenge is over.".to_owned(),
        _ => format!("This question is closed. {}", where_revealed(scene, round).await?),
    }))
}

/// Where to read what a closed daily's answer was.
async fn where_revealed(scene: &mut Scene<'_>, round: &Round) -> Result<&'static str> {
    Ok(match daily::reveal(scene, round).await? {
        Reveal::InThread => "Its reveal is in the thread.",
        Reveal::InChannel => "Its reveal is in the channel.",
        Reveal::Private => "My grade shows its answer.",
    })
}

async fn answer_form(scene: &mut Scene<'_>, by: &Speaker, id: Uuid) -> anyhow::Result<Turn> {
    let Some(round) = team_round(scene, id).await? else { return Ok(gone()) };
    if let Some(why) = challenge::kept_out(scene, by, &round).await? {
        return Ok(why);
    }
    if round.state != "open" {
        return Ok(closed(scene, &round).await?);
    }
    Ok(Turn::Form(Form {
        id: format!("answer.{}", id.simple()),
        title: "Your answer".into(),
        text: round.question.prompt,
        fields: vec![Field { id: "answer".into(), label: "In your own words".into(), value: String::new(), long: true, required: true }],
    }))
}

/// A private answer: its breakdown at once.
async fn answered(scene: &mut Scene<'_>, by: &Speaker, id: Uuid, text: &str) -> anyhow::Result<Turn> {
    let Some(round) = team_round(scene, id).await? else { return Ok(gone()) };
    if let Some(why) = challenge::kept_out(scene, by, &round).await? {
        return Ok(why);
    }
    match threads::form(scene, by, &round, text).await? {
        Ok(attempt) => graded(scene, by, &round, &attempt).await,
        Err(why) => Ok(wording::line(why)),
    }
}

/// `grade`: that of the open daily; and a way to the one before where its reveal was said nowhere.
pub(super) async fn grade_here(scene: &mut Scene<'_>, by: &Speaker) -> anyhow::Result<Turn> {
    let here = daily::open_here(scene, by).await?;
    let turn = match &here {
        Some(round) => my_grade(scene, by, round.id).await?,
        None => wording::line(daily::nothing_open(scene, by).await?),
    };
    let unrevealed = scene.tx.unrevealed(scene.workspace.id, &by.place.channel, scene.now - OFFERED).await?;
    let other = unrevealed.filter(|round| here.as_ref().is_none_or(|here| here.id != round.id));
    Ok(match (turn, other) {
        (Turn::Private(card), Some(round)) => {
            Turn::Private(card.button(format!("grade.{}", round.id.simple()), format!("That of {}", wording::day(*round.local_date))))
        }
        (turn, _) => turn,
    })
}

/// *My grade*: always the presser's own.
pub(super) async fn my_grade(scene: &mut Scene<'_>, by: &Speaker, id: Uuid) -> anyhow::Result<Turn> {
    let Some(round) = team_round(scene, id).await? else { return Ok(gone()) };
    let part = scene.tx.lock_participation(scene.workspace.id, id, by.member.id).await?;
    if let Some(best) = reveal::best_attempt(&part).or_else(|| part.attempts.iter().rfind(|attempt| !attempt.withdrawn)) {
        return graded(scene, by, &round, best).await;
    }
    let used = part.attempts.len();
    if round.kind == "challenge" && used == 0 {
        return Ok(wording::line(match round.state.as_str() {
            "open" => "I have no answer of yours to this question yet. Press Answer on it.",
            _ => "I have no answer of yours to this question.",
        }));
    }
    let open = match answers_taken(scene, by, &round).await? {
        Answers::Thread => "Answer in its thread.",
        Answers::Private => "Answer privately, with the button on the question.",
        Answers::Both => "Answer in its thread, or privately.",
    };
    Ok(match (round.state.as_str(), used) {
        // Where its post is gone, so is the button on it.
        ("open", 0) if daily::reveal(scene, &round).await? == Reveal::Private => {
            let card = Card::says("I have no answer of yours to this question yet.").block(Block::Lead(round.question.prompt.clone()));
            Turn::Private(card.button(format!("answer.{}", id.simple()), "Answer privately"))
        }
        ("open", 0) => wording::line(format!("I have no answer of yours to this question yet. {open}")),
        (_, 0) => without_answer(scene, &round).await?,
        _ if !part.taken_out.is_empty() => {
            let card = Card::says("A lead took your answer out, so it earns no points.");
            Turn::Private(if can_try_again(&round, used) { with_another_try(card, &round, used) } else { card })
        }
        _ if can_try_again(&round, used) => {
            let card = Card::says("You took your answer back after its grade was read, so it earns no points, but that attempt is used.");
            Turn::Private(with_another_try(card, &round, used))
        }
        _ => wording::line("You took your answer back, so it earns no points."),
    })
}

/// *My grade* of a closed daily for somebody who never answered it.
async fn without_answer(scene: &mut Scene<'_>, round: &Round) -> Result<Turn> {
    let none = "I have no answer of yours to this question.";
    if daily::reveal(scene, round).await? == Reveal::Private {
        let card = Card::says(none).block(Block::Lead(round.question.prompt.clone()));
        return Ok(Turn::Private(card.and(feedback::model(&round.question))));
    }
    Ok(wording::line(format!("{none} {}", where_revealed(scene, round).await?)))
}

/// Where answers of a round are taken from somebody.
async fn answers_taken(scene: &mut Scene<'_>, by: &Speaker, round: &Round) -> Result<Answers> {
    if by.is_muted() || (round.kind == "daily" && daily::thread(scene, round).await?.is_none()) {
        return Ok(Answers::Private);
    }
    let plan = plan::of_round(scene, round).await?;
    Ok(plan.map_or_else(|| scene.abilities().answers(Answers::default()), |plan| plan.answers))
}

/// The round takes another attempt of somebody who has used so many.
pub(super) fn can_try_again(round: &Round, used: usize) -> bool {
    round.state == "open" && used < ATTEMPTS
}

/// An attempt's breakdown. From now on a change of the answer is another attempt.
async fn graded(scene: &mut Scene<'_>, by: &Speaker, round: &Round, shown: &Attempt) -> anyhow::Result<Turn> {
    let mut part = scene.tx.lock_participation(scene.workspace.id, round.id, by.member.id).await?;
    if !part.opened.contains(&by.at) {
        part.opened.push(by.at);
        part.opened.sort();
        scene.tx.save_participation(scene.workspace.id, round.id, &part).await?;
    }
    let open = round.state == "open";
    let mut card = feedback::breakdown(&round.question, &shown.grade, if open { Tell::Nudges } else { Tell::All });
    card.title = Some(format!("Your grade: {}", round.question.prompt));
    if shown.late {
        card = card.text("It came after the close, so it earns no points.");
    }
    card = beside(card, &part, shown);
    if counting::cost_of_hints(part.hints) > 0 && part.answered {
        card = card.text(format!("With hints it counts {}.", wording::of_ten(part.points)));
    }
    if round.state == "closed" && round.kind == "daily" && daily::reveal(scene, round).await? == Reveal::Private {
        card = card.and(feedback::model(&round.question));
    }
    let full = reveal::best_attempt(&part).is_some_and(|best| feedback::is_full(&best.grade));
    if can_try_again(round, part.attempts.len()) && !full {
        card = with_another_try(card, round, part.attempts.len());
    }
    Ok(Turn::Private(card))
}

/// What a breakdown says of the member's other attempts.
fn beside(card: Card, part: &Participation, shown: &Attempt) -> Card {
    if let Some(best) = reveal::best_attempt(part).filter(|best| best.number != shown.number) {
        return card.text(format!("Your best so far, {}, is what counts.", wording::of_ten(best.grade.points)));
    }
    match part.attempts.last().filter(|last| last.number > shown.number && last.late) {
        Some(late) => card.text(format!("What you said after the close comes to {}, without points.", wording::of_ten(late.grade.points))),
        None => card,
    }
}

pub(super) fn with_another_try(card: Card, round: &Round, used: usize) -> Card {
    // A challenge has no thread to write in: the form opens at once.
    let button = if round.kind == "challenge" { "answer" } else { "again" };
    card.small(format!("{used} of {ATTEMPTS} attempts used; the best counts."))
        .button(format!("{button}.{}", round.id.simple()), "Try again")
}

/// *Try again*: the member's next message in the thread is another attempt.
pub(super) async fn again(scene: &mut Scene<'_>, by: &Speaker, id: Uuid) -> anyhow::Result<Turn> {
    let Some(round) = team_round(scene, id).await? else { return Ok(gone()) };
    if round.state != "open" {
        return Ok(closed(scene, &round).await?);
    }
    let mut part = scene.tx.lock_participation(scene.workspace.id, id, by.member.id).await?;
    if part.attempts.len() >= ATTEMPTS {
        return Ok(wording::line("You have used your three attempts. Your best one counts."));
    }
    if !part.again.contains(&by.at) {
        part.again.push(by.at);
        part.again.sort();
        scene.tx.save_participation(scene.workspace.id, id, &part).await?;
    }
    let card = match answers_taken(scene, by, &round).await? {
        Answers::Thread => return Ok(wording::line("Your next message in the thread is another attempt; the best one counts.")),
        Answers::Both => Card::says("Your next message in the thread is another attempt; the best one counts."),
        Answers::Private => Card::says("What you answer next is another attempt; the best one counts."),
    };
    Ok(Turn::Private(card.button(format!("answer.{}", id.simple()), "Answer privately")))
}

async fn hint(scene: &mut Scene<'_>, by: &Speaker, id: Uuid, agreed: bool, after: Option<&str>) -> anyhow::Result<Turn> {
    let Some(round) = scene.tx.lock_round(scene.workspace.id, id).await?.filter(|round| round.state != "void") else { return Ok(gone()) };
    if round.kind != "daily" && !practice::is_under_way(scene, by, id).await? {
        return Ok(wording::line("That question is done."));
    }
    let given = scene.tx.lock_participation(scene.workspace.id, id, by.member.id).await?.hints;
    // A second press of the same button doesn't buy the hint after it.
    let agreed = agreed && after.and_then(|n| n.parse::<i64>().ok()) == Some(given);
    Ok(Turn::Private(hints::give(scene, by, &round, agreed).await?))
}
