//! Buttons and forms. Their ids name an action and a row, so they work after a restart and after a month; who may press is checked here.

use crate::command::Response;
use crate::message::{Card, Field, FieldError, Form, Turn};
use crate::quiz::feedback::{self, Tell};
use crate::quiz::practice::{self, Wish};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::{hints, privacy, reveal, setup, threads, wording};
use crate::store::rounds::Round;
use jiff::Timestamp;
use uuid::Uuid;

/// How a button is answered, readable from its id without any work.
pub fn response(button: &str) -> Response {
    match button.split('.').next() {
        Some("answer" | "quiz-answer" | "setup-change") => Response::Form,
        Some("setup-start") => Response::Update,
        _ => Response::Private,
    }
}

/// A button was pressed.
pub(super) async fn press(scene: &mut Scene<'_>, by: &Speaker, button: &str) -> anyhow::Result<Turn> {
    let mut parts = button.split('.');
    let (action, row) = (parts.next().unwrap_or_default(), parts.next().and_then(|id| Uuid::parse_str(id).ok()));
    if action == "privacy-delete" {
        return privacy::delete(scene, by, true).await;
    }
    let Some(row) = row else { return Ok(unknown()) };
    match action {
        "setup-start" | "setup-change" if !by.lead => Ok(wording::line("That is for leads.")),
        "setup-start" => setup::start(scene, row).await,
        "setup-change" => setup::change_form(scene, row).await,
        "quiz-answer" => practice::form(scene, by, row).await,
        "quiz-show" => practice::control(scene, by, Wish::Show, Some(row)).await,
        "quiz-skip" => practice::control(scene, by, Wish::Skip, Some(row)).await,
        "quiz-stop" => practice::control(scene, by, Wish::Stop, Some(row)).await,
        "grade" => my_grade(scene, by, row).await,
        "again" => again(scene, by, row).await,
        "answer" => answer_form(scene, row).await,
        "hint" | "hint-agreed" => hint(scene, by, row, action == "hint-agreed", parts.next()).await,
        _ => Ok(unknown()),
    }
}

fn unknown() -> Turn {
    wording::line("That button is from another version and does nothing any more. `help` lists what there is.")
}

/// A form was sent.
pub(super) async fn submit(scene: &mut Scene<'_>, by: &Speaker, form: &str, fields: &[(String, String)]) -> anyhow::Result<Turn> {
    let mut parts = form.split('.');
    let (action, row) = (parts.next().unwrap_or_default(), parts.next().and_then(|id| Uuid::parse_str(id).ok()));
    let Some(row) = row else { return Ok(unknown()) };
    if action == "setup" {
        return if by.lead { setup::changed(scene, row, fields).await } else { Ok(wording::line("That is for leads.")) };
    }
    let text = fields.iter().find(|(name, _)| name == "answer").map_or("", |(_, value)| value.as_str());
    if let Some(error) = threads::refused(text) {
        return Ok(Turn::FormErrors(vec![FieldError { field: "answer".into(), error }]));
    }
    match action {
        "quiz-answer" => practice::submitted(scene, by, row, text).await,
        "answer" => answered(scene, by, row, text).await,
        _ => Ok(unknown()),
    }
}

/// A round that is there and was not taken back.
async fn round(scene: &mut Scene<'_>, id: Uuid) -> anyhow::Result<Option<Round>> {
    Ok(scene.tx.lock_round(scene.workspace.id, id).await?.filter(|round| round.state != "void"))
}

fn gone() -> Turn {
    wording::line("That question was taken back; it counts for nobody.")
}

async fn answer_form(scene: &mut Scene<'_>, id: Uuid) -> anyhow::Result<Turn> {
    let Some(round) = round(scene, id).await? else { return Ok(gone()) };
    if round.state != "open" {
        return Ok(wording::line("This question is closed. Its reveal is in the thread."));
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
    let Some(round) = round(scene, id).await? else { return Ok(gone()) };
    let said = threads::form(scene, by, &round, text).await?;
    let late = match said {
        Ok(attempt) => attempt.late,
        Err(why) => return Ok(wording::line(why)),
    };
    let turn = my_grade(scene, by, id).await?;
    Ok(match turn {
        Turn::Private(card) if late => Turn::Private(Card::says("This came after the close, so it earns no points.").and(card)),
        turn => turn,
    })
}

/// *My grade*: always the presser's own. From now on a change of the answer is another attempt.
pub(super) async fn my_grade(scene: &mut Scene<'_>, by: &Speaker, id: Uuid) -> anyhow::Result<Turn> {
    let Some(round) = round(scene, id).await? else { return Ok(gone()) };
    let mut part = scene.tx.lock_participation(scene.workspace.id, id, by.member.id).await?;
    let Some(best) = reveal::best_attempt(&part).or(part.attempts.last()).cloned() else {
        return Ok(wording::line(match round.state.as_str() {
            "open" => "I have no answer of yours to this question yet. Answer in its thread, or privately.",
            _ => "I have no answer of yours to this question. Its reveal is in the thread.",
        }));
    };
    if !part.opened.contains(&by.at) {
        part.opened.push(by.at);
        part.opened.sort();
        scene.tx.save_participation(scene.workspace.id, id, &part).await?;
    }
    let open = round.state == "open";
    let mut card = feedback::breakdown(&round.question, &best.grade, if open { Tell::Nudges } else { Tell::All });
    if best.withdrawn {
        card = card.text("You took it back, so it earns no points.");
    }
    if best.late {
        card = card.text("It came after the close, so it earns no points.");
    }
    if hints::cost(part.hints) > 0 {
        card = card.text(format!("With hints it counts {}.", wording::of_ten(part.points)));
    }
    card.title = Some(format!("Your grade: {}", round.question.prompt));
    if open && part.attempts.len() < 3 && !feedback::is_full(&best.grade) {
        let used = part.attempts.len();
        card = card.small(format!("{used} of 3 attempts used; the best counts.")).button(format!("again.{}", id.simple()), "Try again");
    }
    Ok(Turn::Private(card))
}

/// *Try again*: the member's next message in the thread is another attempt.
pub(super) async fn again(scene: &mut Scene<'_>, by: &Speaker, id: Uuid) -> anyhow::Result<Turn> {
    let Some(round) = round(scene, id).await? else { return Ok(gone()) };
    if round.state != "open" {
        return Ok(wording::line("This question is closed."));
    }
    let mut part = scene.tx.lock_participation(scene.workspace.id, id, by.member.id).await?;
    if part.attempts.len() >= 3 {
        return Ok(wording::line("You have used your three attempts. Your best one counts."));
    }
    let at: Timestamp = by.at;
    if !part.again.contains(&at) {
        part.again.push(at);
        part.again.sort();
        scene.tx.save_participation(scene.workspace.id, id, &part).await?;
    }
    let card = Card::says("Your next message in the thread is another attempt; the best one counts.");
    Ok(Turn::Private(card.button(format!("answer.{}", id.simple()), "Answer privately")))
}

async fn hint(scene: &mut Scene<'_>, by: &Speaker, id: Uuid, agreed: bool, after: Option<&str>) -> anyhow::Result<Turn> {
    let Some(round) = round(scene, id).await? else { return Ok(gone()) };
    let given = scene.tx.lock_participation(scene.workspace.id, id, by.member.id).await?.hints;
    // A second press of the same button doesn't buy the hint after it.
    let agreed = agreed && after.and_then(|n| n.parse::<i64>().ok()) == Some(given);
    Ok(Turn::Private(hints::give(scene, by, &round, agreed).await?))
}
