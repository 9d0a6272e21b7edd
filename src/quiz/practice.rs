//! The quiz, and the interview, which is a quiz of another kind: private to its member, one question after the other, one attempt and one
//! probe each.

use crate::bank::{Hundredths, Question};
use crate::command::USUAL_QUESTIONS;
use crate::message::{Block, Card, Field, Form, Speech, Text, Turn};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::{feedback, hints, wording};
use crate::store::outbox::{LANE_ANSWERS, Saying, Verb};
use crate::store::quizzes::{Quiz, Wanted};
use crate::store::rounds::{NewRound, Round};
use crate::store::{Result, Ts};
use jiff::SignedDuration;
use uuid::Uuid;

mod draw;
pub(super) mod interview;
mod probe;
mod taken_back;
mod taking;
mod verdict;

pub(super) use taken_back::taken_back;

use draw::{draw, nothing_to_ask, pool};
use taking::{answer, close_question, finish, go_on, learn, under_way};

/// The deadline at which a quiz is put aside.
pub(super) const IDLE: &str = "idle";
/// How long a quiz waits for its member.
const PATIENCE: SignedDuration = SignedDuration::from_mins(30);
/// Below this a question counts as weak.
pub(super) const WEAK: Hundredths = 850;

/// `quiz`.
pub(super) async fn start(scene: &mut Scene<'_>, by: &Speaker, pack: &str, wanted: Wanted) -> anyhow::Result<Turn> {
    if let Some(turn) = make_room(scene, by).await? {
        return Ok(turn);
    }
    let mut quiz = begun(scene, by, "quiz", pack, wanted);
    let free = pool(scene, &quiz).await?;
    let Some(question) = draw(scene, &quiz, 0).await? else { return nothing_to_ask(scene, by, &quiz).await };
    let wished = quiz.wanted.count;
    quiz.wanted.count = wished.min(u32::try_from(free.len()).unwrap_or(u32::MAX));
    scene.tx.start_quiz(scene.workspace.id, &quiz).await?;
    ask(scene, &mut quiz, &question).await?;
    let card = current(scene, &quiz).await?;
    Ok(Turn::Private(match quiz.wanted.count {
        count if count == wished || wished == USUAL_QUESTIONS => card,
        1 => Card::says("There is one such question just now.").and(card),
        count => Card::says(format!("There are {count} such questions just now.")).and(card),
    }))
}

/// A member has one quiz or interview at a time. What is under way stays, and is told, and so does an interview that was put aside; a quiz
/// that was put aside makes room, and what was answered in it is kept.
async fn make_room(scene: &mut Scene<'_>, by: &Speaker) -> anyhow::Result<Option<Turn>> {
    let Some(quiz) = scene.tx.lock_quiz(scene.workspace.id, by.member.id).await? else { return Ok(None) };
    if quiz.state == "open" {
        let what = if quiz.is_interview() { "an interview" } else { "a quiz" };
        let card = Card::says(format!("You have {what} under way. Stop ends it, and then a new one can begin."));
        return Ok(Some(Turn::Private(card.and(current(scene, &quiz).await?))));
    }
    if quiz.is_interview() {
        let line = "Your interview is put aside; when it is over, something new can begin.";
        return Ok(Some(Turn::Private(interview::put_aside(scene, &quiz, line))));
    }
    finish(scene, by, quiz).await?;
    Ok(None)
}

/// One that begins now, with nothing asked yet.
fn begun(scene: &Scene<'_>, by: &Speaker, kind: &str, pack: &str, wanted: Wanted) -> Quiz {
    Quiz {
        id: scene.id(),
        kind: kind.to_owned(),
        member_id: by.member.id,
        pack: pack.to_owned(),
        wanted,
        seed: scene.core.seed(),
        state: "open".into(),
        round_id: None,
        stage: "answer".into(),
        channel: by.place.channel.clone(),
        minutes: None,
        spent: 0,
        started_at: Ts::from(scene.now),
        last_at: Ts::from(scene.now),
    }
}

async fn ask(scene: &mut Scene<'_>, quiz: &mut Quiz, question: &Question) -> Result<()> {
    let id = scene.id();
    let round = NewRound {
        id,
        kind: if quiz.is_interview() { "interview" } else { "quiz" },
        pack: &quiz.pack,
        question,
        schedule: None,
        local_date: scene.today(),
        extra: false,
        again: false,
        channel: &quiz.channel,
        quiz: Some(quiz.id),
        opens: scene.now,
        closes: None,
    };
    scene.tx.open_round(scene.workspace.id, &round).await?;
    quiz.round_id = Some(id);
    quiz.stage = "answer".into();
    keep_alive(scene, quiz).await
}

/// Notes that the member is there.
async fn keep_alive(scene: &mut Scene<'_>, quiz: &mut Quiz) -> Result<()> {
    quiz.spent = interview::spent(quiz, scene.now);
    quiz.last_at = Ts::from(scene.now);
    quiz.state = "open".into();
    scene.tx.save_quiz(scene.workspace.id, quiz).await?;
    scene.tx.set_deadline(scene.workspace.id, IDLE, quiz.id, scene.now + PATIENCE).await
}

/// The question under way.
async fn current(scene: &mut Scene<'_>, quiz: &Quiz) -> anyhow::Result<Card> {
    let rounds = scene.tx.rounds_of_quiz(scene.workspace.id, quiz.id).await?;
    let Some(round) = rounds.iter().find(|round| Some(round.id) == quiz.round_id) else { return Ok(Card::default()) };
    let card = match quiz.is_interview() {
        true => interview::heading(scene, quiz, rounds.len(), round)?,
        false => {
            let subject = wording::subject(scene.pack(&quiz.pack)?, &round.question);
            Card::titled(format!("Question {} of {}", rounds.len(), quiz.wanted.count)).small(subject)
        }
    };
    let mut card = card.block(Block::Lead(round.question.prompt.clone()));
    if let Some(probe) = probe_under_way(scene, quiz, round).await? {
        card = card.text(Text::new().bold("Follow-up: ").plain(probe));
    }
    Ok(with_buttons(card, quiz, round))
}

/// What the follow-up under way asks.
async fn probe_under_way(scene: &mut Scene<'_>, quiz: &Quiz, round: &Round) -> Result<Option<String>> {
    if quiz.stage != "probe" {
        return Ok(None);
    }
    let part = scene.tx.lock_participation(scene.workspace.id, round.id, quiz.member_id).await?;
    let missed = part.attempts.first().and_then(|first| feedback::first_missed(&round.question, &first.grade));
    Ok(missed.map(|criterion| criterion.probe.clone()))
}

fn with_buttons(card: Card, quiz: &Quiz, round: &Round) -> Card {
    let button = |what: &str| format!("{what}.{}", round.id.simple());
    let card = card.primary(button("quiz-answer"), "Answer").button(button("hint"), "Hint");
    let card = match quiz.is_interview() {
        true => card.button(button("quiz-skip"), "Skip").button(button("quiz-pause"), "Pause"),
        false => card.button(button("quiz-show"), "Show the answer").button(button("quiz-skip"), "Skip"),
    };
    card.button(button("quiz-stop"), "Stop")
}

/// The round of the member's quiz, if one is under way.
pub(super) async fn round_under_way(scene: &mut Scene<'_>, by: &Speaker) -> Result<Option<Round>> {
    let quiz = scene.tx.lock_quiz(scene.workspace.id, by.member.id).await?.filter(|quiz| quiz.state == "open");
    match quiz.and_then(|quiz| quiz.round_id) {
        Some(round) => scene.tx.round(scene.workspace.id, round).await,
        None => Ok(None),
    }
}

/// The round is the one that the member's quiz asks.
pub(super) async fn is_under_way(scene: &mut Scene<'_>, by: &Speaker, round: Uuid) -> Result<bool> {
    Ok(scene.tx.lock_quiz(scene.workspace.id, by.member.id).await?.is_some_and(|quiz| quiz.round_id == Some(round)))
}

/// Somebody wrote where only they read it: an answer to their quiz.
pub(super) async fn typed(scene: &mut Scene<'_>, by: &Speaker, _id: &str, text: &str) -> anyhow::Result<Turn> {
    if let Some(turn) = steered(scene, by, text, None).await? {
        return match turn {
            Turn::Private(card) => scene.reply(by, card).await,
            turn => Ok(turn),
        };
    }
    let card = match scene.tx.lock_quiz(scene.workspace.id, by.member.id).await? {
        Some(quiz) => answer(scene, by, quiz, text).await?,
        None => Card::says(none_under_way(scene)),
    };
    scene.reply(by, card).await
}

/// A word that steers the quiz, typed where an answer is, or sent with the form of a question.
async fn steered(scene: &mut Scene<'_>, by: &Speaker, text: &str, form: Option<Uuid>) -> anyhow::Result<Option<Turn>> {
    let wish = match text.trim().trim_end_matches(['.', '!']).to_lowercase().as_str() {
        "skip" | "next" => Wish::Skip,
        "show" | "show the answer" => Wish::Show,
        "pause" => Wish::Pause,
        "stop" | "end" | "quit" => Wish::Stop,
        "resume" | "continue" => Wish::Resume,
        "hint" => return hints::hint(scene, by).await.map(Some),
        _ => return Ok(None),
    };
    control(scene, by, wish, form).await.map(Some)
}

fn none_under_way(scene: &Scene<'_>) -> Text {
    let (quiz, interview) = (scene.typed("quiz"), scene.typed("interview"));
    wording::marked(&format!("No quiz or interview is under way. To start one: `{quiz}` or `{interview}`"))
}

fn question_done(scene: &Scene<'_>) -> Turn {
    wording::line(wording::marked(&format!("That question is done. `{}` shows where you are.", scene.typed("resume"))))
}

/// *Answer* was pressed.
pub(super) async fn form(scene: &mut Scene<'_>, by: &Speaker, round: Uuid) -> anyhow::Result<Turn> {
    let Some(quiz) = scene.tx.lock_quiz(scene.workspace.id, by.member.id).await?.filter(|quiz| quiz.round_id == Some(round)) else {
        return Ok(question_done(scene));
    };
    let card = current(scene, &quiz).await?;
    let Some(asked) = under_way(scene, &quiz).await? else { return Ok(question_done(scene)) };
    let text = probe_under_way(scene, &quiz, &asked).await?.unwrap_or(asked.question.prompt);
    Ok(Turn::Form(Form {
        id: format!("quiz-answer.{}.{}", round.simple(), quiz.stage),
        title: card.title.unwrap_or_default(),
        text,
        fields: vec![Field { id: "answer".into(), label: "Your answer".into(), value: String::new(), long: true, required: true }],
    }))
}

/// The form was sent; it was opened for the question or for its probe.
pub(super) async fn submitted(scene: &mut Scene<'_>, by: &Speaker, round: Uuid, stage: &str, text: &str) -> anyhow::Result<Turn> {
    let quiz = scene.tx.lock_quiz(scene.workspace.id, by.member.id).await?.filter(|quiz| quiz.round_id == Some(round));
    let Some(quiz) = quiz else { return Ok(question_done(scene)) };
    if quiz.stage != stage {
        let card = Card::says("I have your answer to this already.");
        return Ok(Turn::Private(card.and(current(scene, &quiz).await?)));
    }
    if let Some(turn) = steered(scene, by, text, Some(round)).await? {
        return Ok(turn);
    }
    answer(scene, by, quiz, text).await.map(Turn::Private)
}

/// What a member may do with the quiz under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Skip,
    Show,
    Pause,
    Stop,
    Resume,
}

/// `skip`, `show`, `pause`, `stop`, `resume`, typed or pressed; pressed on a card, only while that card's question is the one under way.
pub(super) async fn control(scene: &mut Scene<'_>, by: &Speaker, wish: Wish, pressed: Option<Uuid>) -> anyhow::Result<Turn> {
    let Some(mut quiz) = scene.tx.lock_quiz(scene.workspace.id, by.member.id).await? else {
        return Ok(wording::line(none_under_way(scene)));
    };
    if pressed.is_some() && pressed != quiz.round_id {
        return Ok(question_done(scene));
    }
    quiz.channel.clone_from(&by.place.channel);
    keep_alive(scene, &mut quiz).await?;
    let Some(round) = under_way(scene, &quiz).await? else { return Ok(Turn::Private(finish(scene, by, quiz).await?)) };
    Ok(Turn::Private(match wish {
        Wish::Resume => current(scene, &quiz).await?,
        Wish::Pause => pause(scene, quiz).await?,
        Wish::Stop if quiz.stage == "probe" => {
            // The answer to this question stands; only its probe is left out.
            quiz.wanted.count = 0;
            close_question(scene, by, quiz, &round).await?
        }
        Wish::Stop => finish(scene, by, quiz).await?,
        Wish::Show if quiz.is_interview() => {
            Card::says("What I would have said you hear at the end. Take a hint, or skip and we move on.").and(current(scene, &quiz).await?)
        }
        Wish::Skip | Wish::Show if quiz.stage == "probe" => close_question(scene, by, quiz, &round).await?,
        Wish::Skip => {
            let said = if quiz.is_interview() { Card::says("No problem, we leave that one out.") } else { Card::default() };
            go_on(scene, by, quiz, &round, said).await?
        }
        Wish::Show => {
            learn(scene, by, &round, 0).await?;
            go_on(scene, by, quiz, &round, feedback::model(&round.question)).await?
        }
    }))
}

/// Puts a quiz or interview aside as its member wishes; it waits for as long as they like.
async fn pause(scene: &mut Scene<'_>, mut quiz: Quiz) -> Result<Card> {
    quiz.state = "idle".into();
    scene.tx.save_quiz(scene.workspace.id, &quiz).await?;
    scene.tx.clear_deadline(scene.workspace.id, IDLE, quiz.id).await?;
    Ok(match quiz.is_interview() {
        true => interview::put_aside(scene, &quiz, "Paused: the clock stands still."),
        false => Card::says(Text::new().plain("Your quiz is put aside. To go on: ").code(format!("/{} resume", quiz.pack))),
    })
}

/// A quiz has waited long enough.
pub(super) async fn idle_due(scene: &mut Scene<'_>, id: Uuid) -> anyhow::Result<()> {
    let Some(mut quiz) = scene.tx.lock_quiz_by_id(scene.workspace.id, id).await?.filter(|quiz| quiz.state == "open") else { return Ok(()) };
    quiz.state = "idle".into();
    scene.tx.save_quiz(scene.workspace.id, &quiz).await?;
    let members = scene.tx.members(scene.workspace.id).await?;
    let Some(member) = members.into_iter().find(|member| member.id == quiz.member_id) else { return Ok(()) };
    let card = match quiz.is_interview() {
        true => {
            interview::put_aside(scene, &quiz, "Your interview is put aside after half an hour of quiet, which the clock doesn't count.")
        }
        false => Card::says(
            Text::new().plain("Your quiz is put aside after half an hour of quiet. To go on: ").code(format!("/{} resume", quiz.pack)),
        ),
    };
    let saying = Saying {
        about: format!("idle:{}:{}", quiz.id, quiz.last_at.as_second()),
        channel: quiz.channel.clone(),
        thread: None,
        audience: Some(member.external_id),
        round: None,
        verb: Verb::Post,
        on_row: None,
        on_message: None,
        lane: LANE_ANSWERS,
        speech: Speech::Card(card),
        not_before: scene.now,
        expires: None,
    };
    Ok(scene.say(&saying).await.map(drop)?)
}
