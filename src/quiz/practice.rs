//! The quiz: private to its member, one question after the other, one attempt and one probe each.

use crate::bank::{Hundredths, Question, points};
use crate::command::USUAL_QUESTIONS;
use crate::message::{Block, Card, Field, Form, Text, Turn};
use crate::quiz::feedback::{self, Tell};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::substance::{self, Substance};
use crate::quiz::{copy, counting, hints, memory, summary, threads, wording};
use crate::store::answers::Attempt;
use crate::store::outbox::{LANE_ANSWERS, Saying, Verb};
use crate::store::quizzes::{Mastery, Quiz, Wanted};
use crate::store::rounds::{NewRound, Round};
use crate::store::{Result, Ts};
use jiff::SignedDuration;
use uuid::Uuid;

mod draw;
mod probe;
mod taken_back;

pub(super) use taken_back::taken_back;

use draw::{draw, nothing_to_ask, pool};

/// The deadline at which a quiz is put aside.
pub(super) const IDLE: &str = "idle";
/// How long a quiz waits for its member.
const PATIENCE: SignedDuration = SignedDuration::from_mins(30);
/// Below this a question counts as weak.
pub(super) const WEAK: Hundredths = 850;

/// `quiz`.
pub(super) async fn start(scene: &mut Scene<'_>, by: &Speaker, pack: &str, wanted: Wanted) -> anyhow::Result<Turn> {
    if let Some(quiz) = scene.tx.lock_quiz(scene.workspace.id, by.member.id).await? {
        if quiz.state == "open" {
            let card = Card::says("You have a quiz under way. Stop ends it, and then a new one can begin.");
            return Ok(Turn::Private(card.and(current(scene, &quiz).await?)));
        }
        // One that was put aside makes room; what was answered in it is kept.
        finish(scene, by, quiz).await?;
    }
    let mut quiz = Quiz {
        id: scene.id(),
        member_id: by.member.id,
        pack: pack.to_owned(),
        wanted,
        seed: scene.core.seed(),
        state: "open".into(),
        round_id: None,
        stage: "answer".into(),
        channel: by.place.channel.clone(),
        started_at: Ts::from(scene.now),
        last_at: Ts::from(scene.now),
    };
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

async fn ask(scene: &mut Scene<'_>, quiz: &mut Quiz, question: &Question) -> Result<()> {
    let id = scene.id();
    let round = NewRound {
        id,
        kind: "quiz",
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
    quiz.last_at = Ts::from(scene.now);
    quiz.state = "open".into();
    scene.tx.save_quiz(scene.workspace.id, quiz).await?;
    scene.tx.set_deadline(scene.workspace.id, IDLE, quiz.id, scene.now + PATIENCE).await
}

/// The question under way.
async fn current(scene: &mut Scene<'_>, quiz: &Quiz) -> anyhow::Result<Card> {
    let rounds = scene.tx.rounds_of_quiz(scene.workspace.id, quiz.id).await?;
    let Some(round) = rounds.iter().find(|round| Some(round.id) == quiz.round_id) else { return Ok(Card::default()) };
    let title = format!("Question {} of {}", rounds.len(), quiz.wanted.count);
    let subject = wording::subject(scene.pack(&quiz.pack)?, &round.question);
    let id = round.id.simple();
    let card = Card::titled(title).small(subject).block(Block::Lead(round.question.prompt.clone()));
    if quiz.stage == "probe" {
        let part = scene.tx.lock_participation(scene.workspace.id, round.id, quiz.member_id).await?;
        let probe = part.attempts.first().and_then(|first| feedback::first_missed(&round.question, &first.grade));
        let probe = probe.map_or_else(String::new, |criterion| criterion.probe.clone());
        return Ok(with_buttons(card.text(Text::new().bold("Follow-up: ").plain(probe)), &id.to_string()));
    }
    Ok(with_buttons(card, &id.to_string()))
}

fn with_buttons(card: Card, round: &str) -> Card {
    card.primary(format!("quiz-answer.{round}"), "Answer")
        .button(format!("hint.{round}"), "Hint")
        .button(format!("quiz-show.{round}"), "Show the answer")
        .button(format!("quiz-skip.{round}"), "Skip")
        .button(format!("quiz-stop.{round}"), "Stop")
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
    if let Some(turn) = told(scene, by, text).await? {
        return match turn {
            Turn::Private(card) => scene.reply(by, card).await,
            turn => Ok(turn),
        };
    }
    let card = match scene.tx.lock_quiz(scene.workspace.id, by.member.id).await? {
        Some(quiz) => answer(scene, by, quiz, text).await?,
        None => Card::says(Text::new().plain("No quiz is under way. To start one: ").code(format!("/{} quiz", first_pack(scene)))),
    };
    scene.reply(by, card).await
}

/// A word that steers the quiz, typed without its slash where there may be none.
async fn told(scene: &mut Scene<'_>, by: &Speaker, text: &str) -> anyhow::Result<Option<Turn>> {
    let wish = match text.trim().trim_end_matches(['.', '!']).to_lowercase().as_str() {
        "skip" | "next" => Wish::Skip,
        "show" | "show the answer" => Wish::Show,
        "stop" | "end" | "quit" => Wish::Stop,
        "resume" | "continue" => Wish::Resume,
        "hint" => return hints::hint(scene, by).await.map(Some),
        _ => return Ok(None),
    };
    control(scene, by, wish, None).await.map(Some)
}

fn first_pack(scene: &Scene<'_>) -> String {
    scene.core.packs.first().map_or_else(String::new, |pack| pack.id.clone())
}

fn question_done(scene: &Scene<'_>) -> Turn {
    wording::line(wording::marked(&format!("That question is done. `{}` shows where your quiz is.", scene.typed("resume"))))
}

/// *Answer* was pressed.
pub(super) async fn form(scene: &mut Scene<'_>, by: &Speaker, round: Uuid) -> anyhow::Result<Turn> {
    let Some(quiz) = scene.tx.lock_quiz(scene.workspace.id, by.member.id).await?.filter(|quiz| quiz.round_id == Some(round)) else {
        return Ok(question_done(scene));
    };
    let card = current(scene, &quiz).await?;
    let text = card.blocks.iter().rev().find_map(|block| match block {
        Block::Lead(prompt) => Some(prompt.clone()),
        _ => None,
    });
    Ok(Turn::Form(Form {
        id: format!("quiz-answer.{}", round.simple()),
        title: card.title.unwrap_or_default(),
        text: text.unwrap_or_default(),
        fields: vec![Field { id: "answer".into(), label: "Your answer".into(), value: String::new(), long: true, required: true }],
    }))
}

/// The form was sent.
pub(super) async fn submitted(scene: &mut Scene<'_>, by: &Speaker, round: Uuid, text: &str) -> anyhow::Result<Turn> {
    match scene.tx.lock_quiz(scene.workspace.id, by.member.id).await?.filter(|quiz| quiz.round_id == Some(round)) {
        Some(quiz) => answer(scene, by, quiz, text).await.map(Turn::Private),
        None => Ok(question_done(scene)),
    }
}

/// Takes words for an answer to the question, or to its probe.
async fn answer(scene: &mut Scene<'_>, by: &Speaker, mut quiz: Quiz, text: &str) -> anyhow::Result<Card> {
    let Some(round) = under_way(scene, &quiz).await? else { return Ok(Card::says("Nothing is asked just now.")) };
    if let Some(why) = threads::refused(text) {
        return Ok(ask_again(&round, why));
    }
    keep_alive(scene, &mut quiz).await?;
    let text = match substance::read(text, &round.question.prompt, &|word| scene.core.is_field_word(&quiz.pack, word)) {
        Substance::DontKnow if quiz.stage == "probe" => return close_question(scene, by, quiz, &round).await,
        Substance::DontKnow => {
            return Ok(Card::says("No harm in that. Hint helps along; Show the answer tells it all.").and(current(scene, &quiz).await?));
        }
        Substance::Chatter | Substance::QuestionBack | Substance::Unreadable => {
            return Ok(ask_again(&round, "I didn't take that for an answer. A sentence in your own words is enough."));
        }
        Substance::Explicit(rest) => rest,
        Substance::Answer | Substance::Unclear => text.to_owned(),
    };
    if copy::copied(&text, &[], &round.question.answer, &round.question.prompt) {
        return Ok(ask_again(&round, "These are the model answer's words. Put it your way and it counts."));
    }
    take(scene, by, quiz, &round, text).await
}

/// A line about what was typed, with all that can be done next.
fn ask_again(round: &Round, line: impl Into<Text>) -> Card {
    with_buttons(Card::says(line), &round.id.simple().to_string())
}

async fn under_way(scene: &mut Scene<'_>, quiz: &Quiz) -> Result<Option<Round>> {
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
    let probe = feedback::first_missed(&round.question, &grade).filter(|_| quiz.stage == "answer");
    let Some(probe) = probe else { return close_question(scene, by, quiz, round).await };
    quiz.stage = "probe".into();
    scene.tx.save_quiz(scene.workspace.id, &quiz).await?;
    let card = feedback::breakdown(&round.question, &grade, Tell::Nudges);
    let card = card.text(Text::new().bold("Follow-up, for half its points: ").plain(probe.probe.clone()));
    Ok(with_buttons(card, &round.id.simple().to_string()))
}

/// The whole breakdown of the question under way, and the next question or the summary.
async fn close_question(scene: &mut Scene<'_>, by: &Speaker, quiz: Quiz, round: &Round) -> anyhow::Result<Card> {
    let part = scene.tx.lock_participation(scene.workspace.id, round.id, by.member.id).await?;
    let mut card = Card::default();
    if let Some(first) = part.attempts.first() {
        let grade = probe::with_probe(&round.question, &part, &first.grade);
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
    learn(scene, by, round, part.points).await?;
    let card = card.and(feedback::model(&round.question));
    go_on(scene, by, quiz, round, card).await
}

/// Has the question come back when it is due again.
async fn learn(scene: &mut Scene<'_>, by: &Speaker, round: &Round, earned: Hundredths) -> Result<()> {
    let known = scene.tx.mastery::<rs_fsrs::Card>(scene.workspace.id, by.member.id, &round.pack).await?;
    let known = known.into_iter().find(|known| known.question_id == round.question.id).map(|known| known.memory);
    let (memory, due_at) = memory::after(known, earned, scene.now);
    let mastery = Mastery { question_id: round.question.id.clone(), memory, due_at, points: earned };
    scene.tx.save_mastery(scene.workspace.id, by.member.id, &round.pack, &mastery).await
}

/// Ends the round and asks the next question, or sums up.
async fn go_on(scene: &mut Scene<'_>, by: &Speaker, mut quiz: Quiz, round: &Round, said: Card) -> anyhow::Result<Card> {
    scene.tx.end_round(scene.workspace.id, round.id, "closed").await?;
    let asked = scene.tx.rounds_of_quiz(scene.workspace.id, quiz.id).await?.len();
    let next = if asked < quiz.wanted.count as usize { draw(scene, &quiz, asked).await? } else { None };
    match next {
        Some(question) => {
            ask(scene, &mut quiz, &question).await?;
            Ok(said.and(current(scene, &quiz).await?))
        }
        None => Ok(said.and(finish(scene, by, quiz).await?)),
    }
}

/// Ends the quiz: its summary.
async fn finish(scene: &mut Scene<'_>, by: &Speaker, mut quiz: Quiz) -> anyhow::Result<Card> {
    if let Some(round) = quiz.round_id {
        scene.tx.end_round(scene.workspace.id, round, "closed").await?;
    }
    quiz.state = "done".into();
    quiz.round_id = None;
    scene.tx.save_quiz(scene.workspace.id, &quiz).await?;
    scene.tx.clear_deadline(scene.workspace.id, IDLE, quiz.id).await?;
    summary::card(scene, by, &quiz).await
}

/// What a member may do with the quiz under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Skip,
    Show,
    Stop,
    Resume,
}

/// `skip`, `show`, `stop`, `resume`, typed or pressed; pressed on a card, only while that card's question is the one under way.
pub(super) async fn control(scene: &mut Scene<'_>, by: &Speaker, wish: Wish, pressed: Option<Uuid>) -> anyhow::Result<Turn> {
    let Some(mut quiz) = scene.tx.lock_quiz(scene.workspace.id, by.member.id).await? else {
        return Ok(wording::line(Text::new().plain("No quiz is under way. To start one: ").code(format!("/{} quiz", first_pack(scene)))));
    };
    if pressed.is_some() && pressed != quiz.round_id {
        return Ok(question_done(scene));
    }
    quiz.channel.clone_from(&by.place.channel);
    keep_alive(scene, &mut quiz).await?;
    let Some(round) = under_way(scene, &quiz).await? else { return Ok(Turn::Private(finish(scene, by, quiz).await?)) };
    Ok(Turn::Private(match wish {
        Wish::Resume => current(scene, &quiz).await?,
        Wish::Stop if quiz.stage == "probe" => {
            // The answer to this question stands; only its probe is left out.
            quiz.wanted.count = 0;
            close_question(scene, by, quiz, &round).await?
        }
        Wish::Stop => finish(scene, by, quiz).await?,
        Wish::Skip | Wish::Show if quiz.stage == "probe" => close_question(scene, by, quiz, &round).await?,
        Wish::Skip => go_on(scene, by, quiz, &round, Card::default()).await?,
        Wish::Show => {
            learn(scene, by, &round, 0).await?;
            go_on(scene, by, quiz, &round, feedback::model(&round.question)).await?
        }
    }))
}

/// A quiz has waited long enough.
pub(super) async fn idle_due(scene: &mut Scene<'_>, id: Uuid) -> anyhow::Result<()> {
    let Some(mut quiz) = scene.tx.lock_quiz_by_id(scene.workspace.id, id).await?.filter(|quiz| quiz.state == "open") else { return Ok(()) };
    quiz.state = "idle".into();
    scene.tx.save_quiz(scene.workspace.id, &quiz).await?;
    let members = scene.tx.members(scene.workspace.id).await?;
    let Some(member) = members.into_iter().find(|member| member.id == quiz.member_id) else { return Ok(()) };
    let text = Text::new().plain("Your quiz is put aside after half an hour of quiet. To go on: ").code(format!("/{} resume", quiz.pack));
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
        speech: crate::message::Speech::Card(Card::says(text)),
        not_before: scene.now,
        expires: None,
    };
    let row = scene.id();
    Ok(scene.tx.say(scene.workspace.id, row, &saying).await?)
}
