//! Taking an answer: its grade and its probe, what is learnt from it, and then the next question or the end.

use super::draw::draw;
use super::{IDLE, ask, current, interview, keep_alive, probe, verdict, with_buttons};
use crate::bank::{Hundredths, Question, points};
use crate::message::{Card, Text};
use crate::quiz::feedback::{self, Tell};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::substance::{self, Substance};
use crate::quiz::{copy, counting, memory, summary, threads, wording};
use crate::store::Result;
use crate::store::answers::{Attempt, Participation};
use crate::store::quizzes::{Mastery, Quiz};
use crate::store::rounds::Round;
use std::sync::Arc;

/// Takes words for an answer to the question, or to its probe.
pub(super) async fn answer(scene: &mut Scene<'_>, by: &Speaker, mut quiz: Quiz, text: &str) -> anyhow::Result<Card> {
    let Some(round) = under_way(scene, &quiz).await? else { return Ok(Card::says("Nothing is asked just now.")) };
    if let Some(why) = threads::refused(text) {
        return Ok(ask_again(&quiz, &round, why));
    }
    let read = substance::read(text, &round.question.prompt, &|word| scene.core.is_field_word(&quiz.pack, word));
    let is_answer = matches!(read, Substance::Explicit(_) | Substance::Answer | Substance::Unclear);
    if quiz.is_interview() && quiz.state != "open" && !is_answer {
        // Talk doesn't set the clock going again; an answer does.
        return Ok(interview::put_aside(scene, &quiz, "Your interview is put aside."));
    }
    keep_alive(scene, &mut quiz).await?;
    let text = match read {
        Substance::DontKnow if quiz.stage == "probe" => return close_question(scene, by, quiz, &round).await,
        Substance::DontKnow => {
            let help =
                if quiz.is_interview() { "Hint helps along; Skip moves on." } else { "Hint helps along; Show the answer tells it all." };
            return Ok(Card::says(format!("No harm in that. {help}")).and(current(scene, &quiz).await?));
        }
        Substance::Chatter | Substance::QuestionBack | Substance::Unreadable => {
            return Ok(ask_again(&quiz, &round, "I didn't take that for an answer. A sentence in your own words is enough."));
        }
        Substance::Explicit(rest) => rest,
        Substance::Answer | Substance::Unclear => text.to_owned(),
    };
    if copy::copied(&text, &[], &round.question.answer, &round.question.prompt) {
        return Ok(ask_again(&quiz, &round, "These are the model answer's words. Put it your way and it counts."));
    }
    take(scene, by, quiz, &round, text).await
}

/// A line about what was typed, with all that can be done next.
fn ask_again(quiz: &Quiz, round: &Round, line: impl Into<Text>) -> Card {
    with_buttons(Card::says(line), quiz, round)
}

pub(super) async fn under_way(scene: &mut Scene<'_>, quiz: &Quiz) -> Result<Option<Round>> {
    match quiz.round_id {
        Some(round) => scene.tx.round(scene.workspace.id, round).await,
        None => Ok(None),
    }
}

/// Grades an answer, counts it, and asks the probe or goes on.
async fn take(scene: &mut Scene<'_>, by: &Speaker, mut quiz: Quiz, round: &Round, text: String) -> anyhow::Result<Card> {
    let before = scene.tx.lock_participation(scene.workspace.id, round.id, by.member.id).await?;
    let grade = scene.core.rubric(&round.pack, &round.question).grade(&text);
    let mut part = before.clone();
    let number = u32::try_from(part.attempts.len() + 1).unwrap_or(u32::MAX);
    part.attempts.push(Attempt { number, messages: Vec::new(), text, at: by.at, late: false, withdrawn: false, grade: grade.clone() });
    part.answered = true;
    part.points = (probe::earned(&round.question, &part) - counting::cost_of_hints(part.hints)).max(0);
    counting::count(scene, round, "practice", &before, &mut part).await?;
    scene.tx.save_participation(scene.workspace.id, round.id, &part).await?;
    let goes_further = quiz.stage == "answer" && !interview::is_nearly_over(&quiz, scene.now);
    let probe = feedback::first_missed(&round.question, &grade).filter(|_| goes_further);
    let Some(probe) = probe else { return close_question(scene, by, quiz, round).await };
    let (card, about) = match quiz.is_interview() {
        true => (interview::nod(scene, &quiz).await?, "Follow-up: "),
        false => (feedback::breakdown(&round.question, &grade, Tell::Nudges), "Follow-up, for half its points: "),
    };
    quiz.stage = "probe".into();
    scene.tx.save_quiz(scene.workspace.id, &quiz).await?;
    Ok(with_buttons(card.text(Text::new().bold(about).plain(probe.probe.clone())), &quiz, round))
}

/// Ends the question under way, which was answered, and goes on.
pub(super) async fn close_question(scene: &mut Scene<'_>, by: &Speaker, quiz: Quiz, round: &Round) -> anyhow::Result<Card> {
    let part = scene.tx.lock_participation(scene.workspace.id, round.id, by.member.id).await?;
    learn(scene, by, round, part.points).await?;
    let card = match quiz.is_interview() {
        true => interview::nod(scene, &quiz).await?,
        false => told(round, &part),
    };
    go_on(scene, by, quiz, round, card).await
}

/// The whole breakdown of an answered question, and its model answer.
fn told(round: &Round, part: &Participation) -> Card {
    let mut card = Card::default();
    if let Some(first) = part.attempts.first() {
        let grade = probe::with_probe(&round.question, part, &first.grade);
        card = feedback::breakdown(&round.question, &grade, Tell::All);
        if part.attempts.len() > 1 {
            let added = points(grade.points - first.grade.points);
            card = card.text(if added == "0" { "The follow-up adds nothing.".to_owned() } else { format!("The follow-up added {added}.") });
        }
        if counting::cost_of_hints(part.hints) > 0 {
            let cost = points(counting::cost_of_hints(part.hints));
            card =
                card.text(Text::new().plain(format!("Hints cost {cost}, so it comes to ")).bold(wording::of_ten(part.points)).plain("."));
        }
    }
    card.and(feedback::model(&round.question))
}

/// Has the question come back when it is due again.
pub(super) async fn learn(scene: &mut Scene<'_>, by: &Speaker, round: &Round, earned: Hundredths) -> Result<()> {
    let known = scene.tx.mastery::<rs_fsrs::Card>(scene.workspace.id, by.member.id, &round.pack).await?;
    let known = known.into_iter().find(|known| known.question_id == round.question.id).map(|known| known.memory);
    let (memory, due_at) = memory::after(known, earned, scene.now);
    let mastery = Mastery { question_id: round.question.id.clone(), memory, due_at, points: earned };
    scene.tx.save_mastery(scene.workspace.id, by.member.id, &round.pack, &mastery).await
}

/// Ends the round and asks the next question, or sums up.
pub(super) async fn go_on(scene: &mut Scene<'_>, by: &Speaker, mut quiz: Quiz, round: &Round, said: Card) -> anyhow::Result<Card> {
    scene.tx.end_round(scene.workspace.id, round.id, "closed").await?;
    match next(scene, &quiz).await? {
        Some(question) => {
            ask(scene, &mut quiz, &question).await?;
            Ok(said.and(current(scene, &quiz).await?))
        }
        None => {
            // Where its member stopped it, nothing more was wanted.
            let closes = quiz.is_interview() && quiz.wanted.count > 0;
            let said = if closes { said.text(interview::closing(&quiz, scene.now)) } else { said };
            Ok(said.and(finish(scene, by, quiz).await?))
        }
    }
}

async fn next(scene: &mut Scene<'_>, quiz: &Quiz) -> anyhow::Result<Option<Arc<Question>>> {
    if quiz.is_interview() {
        return interview::next(scene, quiz).await;
    }
    let asked = scene.tx.rounds_of_quiz(scene.workspace.id, quiz.id).await?.len();
    if asked < quiz.wanted.count as usize { draw(scene, quiz, asked).await } else { Ok(None) }
}

/// Ends a quiz with its summary, an interview with its verdict. An interview's question that waits for an answer is taken back.
pub(super) async fn finish(scene: &mut Scene<'_>, by: &Speaker, mut quiz: Quiz) -> anyhow::Result<Card> {
    if let Some(round) = quiz.round_id {
        scene.tx.end_round(scene.workspace.id, round, if quiz.is_interview() { "void" } else { "closed" }).await?;
    }
    quiz.state = "done".into();
    quiz.round_id = None;
    scene.tx.save_quiz(scene.workspace.id, &quiz).await?;
    scene.tx.clear_deadline(scene.workspace.id, IDLE, quiz.id).await?;
    if quiz.is_interview() { verdict::card(scene, by, &quiz).await } else { summary::card(scene, by, &quiz).await }
}
