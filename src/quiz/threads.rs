//! What is written in a round's thread: kept as it comes, folded into attempts, graded, counted.

use crate::bank::{Hundredths, Question};
use crate::message::{Card, Place, Reaction, Speech, Turn};
use crate::quiz::answer::{self, Doings, Fold, Said, Version, Via, Why};
use crate::quiz::names::Names;
use crate::quiz::plan::{Answers, Grades};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::substance::{self, LONGEST};
use crate::quiz::{challenge, copy, counting, daily, floods, plan, wording};
use crate::store::Result;
use crate::store::answers::{Attempt, Message, Participation, Words};
use crate::store::outbox::{LANE_ANSWERS, Saying, Verb};
use crate::store::rounds::Round;
use jiff::Timestamp;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Somebody wrote in a channel or thread.
pub(super) async fn message(scene: &mut Scene<'_>, by: &Speaker, id: &str, text: &str, reply_to: Option<&str>) -> anyhow::Result<Turn> {
    let Some(round) = round_here(scene, &by.place).await? else { return Ok(Turn::None) };
    if by.is_muted() || plan::of_round(scene, &round).await?.is_some_and(|plan| plan.answers == Answers::Private) {
        return Ok(Turn::None);
    }
    if let Some(why) = refused(text) {
        // A picture or a long story among the talk needs no word from me.
        if reply_to.is_some() || !may_answer(scene, by, &round).await? {
            return Ok(Turn::None);
        }
        react(scene, by, id, Reaction::Unread).await?;
        return scene.reply(by, Card::says(why)).await;
    }
    if floods::unread(scene, by, &round, id, text).await? {
        return Ok(Turn::None);
    }
    let words = Words { id, member: by.member.id, via: "thread", reply_to, at: by.at, text, edit: false };
    scene.tx.keep_message(scene.workspace.id, round.id, &words).await?;
    refold(scene, Some(by), by.member.id, by.at, &round).await?;
    Ok(Turn::None)
}

/// What the member says next in the thread can be an answer: they have none yet, or pressed *Try again* since.
pub(super) async fn may_answer(scene: &mut Scene<'_>, by: &Speaker, round: &Round) -> Result<bool> {
    let part = scene.tx.lock_participation(scene.workspace.id, round.id, by.member.id).await?;
    Ok(part.attempts.last().is_none_or(|last| part.again.iter().any(|again| *again >= last.at)))
}

/// Somebody changed what they wrote, perhaps before the message itself was heard of.
pub(super) async fn edited(scene: &mut Scene<'_>, by: &Speaker, id: &str, text: &str) -> anyhow::Result<Turn> {
    let Some(round) = round_here(scene, &by.place).await? else { return Ok(Turn::None) };
    if by.is_muted() {
        return Ok(Turn::None);
    }
    let kept = scene.tx.message(scene.workspace.id, round.id, id).await?;
    if let Some(kept) = &kept
        && floods::change_unread(scene, by, &round, kept).await?
    {
        return Ok(Turn::None);
    }
    let known = kept.and_then(|known| known.member_id);
    if known.is_none() && plan::of_round(scene, &round).await?.is_some_and(|plan| plan.answers == Answers::Private) {
        return Ok(Turn::None);
    }
    if let Some(why) = refused(text) {
        let before = if known.is_some() { " What you had written before still counts." } else { "" };
        return scene.reply(by, Card::says(format!("{why}{before}"))).await;
    }
    let words = Words { id, member: by.member.id, via: "thread", reply_to: None, at: by.at, text, edit: true };
    scene.tx.keep_message(scene.workspace.id, round.id, &words).await?;
    refold(scene, Some(by), by.member.id, by.at, &round).await?;
    Ok(Turn::None)
}

/// A message was taken back, by its author or by somebody who keeps the channel; nobody need know who.
pub(super) async fn deleted(scene: &mut Scene<'_>, place: &Place, id: &str, at: Timestamp) -> anyhow::Result<()> {
    let Some(round) = round_here(scene, place).await? else { return Ok(()) };
    scene.tx.delete_message(scene.workspace.id, round.id, id, at).await?;
    let kept = scene.tx.message(scene.workspace.id, round.id, id).await?;
    if let Some(author) = kept.and_then(|kept| kept.member_id) {
        refold(scene, None, author, at, &round).await?;
    }
    Ok(())
}

/// A form was sent: an attempt of its own, or the line that says why it is none.
pub(super) async fn form(
    scene: &mut Scene<'_>,
    by: &Speaker,
    round: &Round,
    text: &str,
) -> Result<std::result::Result<Attempt, &'static str>> {
    // The same words again are the same attempt: a double click sends a form twice, and so does a client that was not answered in time.
    let before = scene.tx.lock_participation(scene.workspace.id, round.id, by.member.id).await?;
    if let Some(same) = before.attempts.into_iter().rfind(|attempt| !attempt.withdrawn && attempt.text.trim() == text.trim()) {
        return Ok(Ok(same));
    }
    let id = format!("form:{}", by.delivery);
    let words = Words { id: &id, member: by.member.id, via: "form", reply_to: None, at: by.at, text, edit: false };
    scene.tx.keep_message(scene.workspace.id, round.id, &words).await?;
    let messages = scene.tx.messages(scene.workspace.id, round.id).await?;
    let (part, folded) = settle(scene, None, round, by.member.id, &messages).await?;
    if let Some(attempt) = part.attempts.into_iter().find(|attempt| attempt.messages.contains(&id)) {
        return Ok(Ok(attempt));
    }
    let why = folded.asides.iter().rfind(|aside| aside.id == id).and_then(|aside| match aside.why {
        Why::DontKnow if round.kind == "challenge" => Some("No harm in that, and no attempt used. A try costs nothing."),
        why => aside_line(why),
    });
    Ok(Err(why.unwrap_or("I didn't take that for an answer. A sentence in your own words is enough.")))
}

/// Takes out what a member said to a round by a time: it counts for nothing, and is shown to nobody. The round is locked.
pub(super) async fn take_out(scene: &mut Scene<'_>, round: &Round, member: Uuid, at: Timestamp) -> Result<Participation> {
    let mut part = scene.tx.lock_participation(scene.workspace.id, round.id, member).await?;
    part.taken_out.push(at);
    part.taken_out.sort();
    scene.tx.save_participation(scene.workspace.id, round.id, &part).await?;
    let messages = scene.tx.messages(scene.workspace.id, round.id).await?;
    settle(scene, None, round, member, &messages).await.map(|(part, _)| part)
}

/// Folds the author's messages again, and those of others who said something since: what was said before it may join differently, or be
/// a copy. Then the order in which messages arrive makes no difference.
async fn refold(scene: &mut Scene<'_>, by: Option<&Speaker>, author: Uuid, at: Timestamp, round: &Round) -> Result<()> {
    let messages = scene.tx.messages(scene.workspace.id, round.id).await?;
    let since = messages.iter().filter(|message| message.versions.iter().any(|(said, _)| *said >= at));
    let members: BTreeSet<Uuid> = since.filter_map(|message| message.member_id).chain([author]).collect();
    for member in members {
        settle(scene, by.filter(|by| member == by.member.id), round, member, &messages).await?;
    }
    Ok(())
}

/// The round whose thread this is, locked: one message of a round is folded at a time.
async fn round_here(scene: &mut Scene<'_>, place: &Place) -> Result<Option<Round>> {
    let Some(thread) = &place.thread else { return Ok(None) };
    let Some(id) = scene.tx.round_of_thread(scene.workspace.id, thread).await? else { return Ok(None) };
    // In the thread of a question that was taken back there is only talk.
    Ok(scene.tx.lock_round(scene.workspace.id, id).await?.filter(|round| round.state != "void"))
}

/// Why a text can't be taken at all.
pub(super) fn refused(text: &str) -> Option<String> {
    let length = text.chars().count();
    if length > LONGEST {
        return Some(format!(
            "That is {length} characters; I read up to {LONGEST}. Send the part that answers the question, and I'll grade it."
        ));
    }
    substance::unreadable(text).then(|| "I couldn't read any text in that. Type your answer in words, and I'll grade it.".to_owned())
}

/// Folds and grades a member's part in a round, keeps the sums right, and says what is to be said about it.
async fn settle(
    scene: &mut Scene<'_>,
    by: Option<&Speaker>,
    round: &Round,
    member: Uuid,
    messages: &[Message],
) -> Result<(Participation, Fold)> {
    let before = scene.tx.lock_participation(scene.workspace.id, round.id, member).await?;
    let folded = fold(scene, round, &before, messages);
    let mut part = before.clone();
    part.attempts = folded.attempts.iter().map(|attempt| graded(scene, round, &before, attempt)).collect();
    part.answered = part.attempts.iter().any(Attempt::counts);
    part.points = best(&part);
    counting::count(scene, round, "daily", &before, &mut part).await?;
    scene.tx.save_participation(scene.workspace.id, round.id, &part).await?;
    if round.kind == "challenge" && (before.points, before.answered) != (part.points, part.answered) {
        challenge::changed(scene, round).await?;
    }
    if round.state == "closed" && (before.points, before.answered) != (part.points, part.answered) {
        daily::refresh_reveal(scene, round).await?;
    }
    if let Some(by) = by {
        tell(scene, by, round, &before, &part, &folded).await?;
    }
    // Behind what its author is told.
    if before.answered != part.answered {
        daily::refresh_tally(scene, round).await?;
    }
    Ok((part, folded))
}

fn fold(scene: &Scene<'_>, round: &Round, part: &Participation, messages: &[Message]) -> Fold {
    let (mine, theirs): (Vec<&Message>, Vec<&Message>) = messages.iter().partition(|message| message.member_id == Some(part.member_id));
    let said: Vec<Said> = mine.into_iter().map(said).collect();
    let others: Vec<Timestamp> = theirs.iter().filter(|message| message.via == "thread").map(|message| *message.at).collect();
    let Question { prompt, answer: model, .. } = &round.question;
    let copied = |text: &str, at: Timestamp| copy::copied(text, &said_before(&theirs, at), model, prompt);
    let known = answer::Round {
        // A thread is opened with its question: whatever is said in it came after that, however far apart the clocks are.
        opens: Timestamp::MIN,
        closes: round.closes_at.map_or(Timestamp::MAX, |at| *at),
        prompt,
        is_field_word: &|word| scene.core.is_field_word(&round.pack, word),
        copied: &copied,
    };
    // What was taken out is sealed: a change of it is another attempt.
    let opened: Vec<Timestamp> = part.opened.iter().chain(&part.taken_out).copied().collect();
    answer::fold(&known, &Doings { said: &said, opened: &opened, again: &part.again, others: &others })
}

fn said(message: &Message) -> Said {
    Said {
        id: message.message_id.clone(),
        versions: message.versions.iter().map(|(at, text)| Version { at: *at, text: text.clone() }).collect(),
        reply_to: message.reply_to.clone(),
        deleted: message.deleted_at.map(|at| *at),
        via: if message.via == "form" { Via::Form } else { Via::Thread },
    }
}

/// What others had written before a time, by the platform's clock, and not taken back by then.
fn said_before<'m>(theirs: &[&'m Message], at: Timestamp) -> Vec<&'m str> {
    let there = theirs.iter().filter(|message| message.deleted_at.is_none_or(|gone| *gone >= at));
    let before = there.flat_map(|message| &message.versions);
    before.filter(|(said, _)| *said < at).map(|(_, text)| text.as_str()).collect()
}

/// An attempt with its grade; words that were graded before keep theirs.
fn graded(scene: &Scene<'_>, round: &Round, before: &Participation, attempt: &answer::Attempt) -> Attempt {
    let known = before.attempts.iter().find(|known| known.text == attempt.text).map(|known| known.grade.clone());
    Attempt {
        number: attempt.number,
        messages: attempt.ids.clone(),
        text: attempt.text.clone(),
        at: attempt.at,
        late: attempt.late,
        withdrawn: attempt.withdrawn || before.taken_out.last().is_some_and(|taken_out| attempt.at <= *taken_out),
        grade: known.unwrap_or_else(|| scene.core.rubric(&round.pack, &round.question).grade(&attempt.text)),
    }
}

/// What counts: the best attempt on time that was not taken back, less the hints.
fn best(part: &Participation) -> Hundredths {
    let counting = part.attempts.iter().filter(|attempt| attempt.counts());
    let best = counting.map(|attempt| attempt.grade.points).max().unwrap_or_default();
    (best - counting::cost_of_hints(part.hints)).max(0)
}

/// The sign on the message, and the few things that are worth a line to its author.
async fn tell(
    scene: &mut Scene<'_>,
    by: &Speaker,
    round: &Round,
    before: &Participation,
    part: &Participation,
    folded: &Fold,
) -> Result<()> {
    for attempt in &part.attempts {
        let new = before.attempts.iter().all(|known| known.text != attempt.text);
        if !new {
            continue;
        }
        if let Some(last) = attempt.messages.last() {
            react(scene, by, last, Reaction::Graded).await?;
        }
        show_score(scene, by, round, attempt).await?;
        if attempt.late {
            let line = "This came after the close: it earns no points, but My grade shows what I found in it.";
            scene.tell(by, format!("late:{}:{}:{}", round.id, part.member_id, attempt.number), Card::says(line)).await?;
        }
    }
    // What was said before was answered then.
    for aside in folded.asides.iter().filter(|aside| aside.at == by.at) {
        if aside.why == Why::DontKnow {
            if part.attempts.is_empty() {
                offer_hint(scene, by, round).await?;
            }
        } else if let Some(line) = aside_line(aside.why) {
            // Named by the words it is about, so that folding again doesn't say it again.
            let about = format!("aside:{}:{}:{}", round.id, aside.id, aside.at.as_microsecond());
            scene.tell(by, about, Card::says(line)).await?;
        }
    }
    Ok(())
}

/// A hint for somebody who doesn't know; once a round is enough.
async fn offer_hint(scene: &mut Scene<'_>, by: &Speaker, round: &Round) -> Result<()> {
    if round.state != "open" {
        return Ok(());
    }
    let card = Card::says(aside_line(Why::DontKnow).unwrap_or_default()).button(format!("hint.{}", round.id.simple()), "Hint");
    scene.tell(by, format!("dont-know:{}:{}", round.id, by.member.id), card).await
}

/// A line with the score in the thread, where both the channel and the author want it.
async fn show_score(scene: &mut Scene<'_>, by: &Speaker, round: &Round, attempt: &Attempt) -> Result<()> {
    if !by.member.shares || !attempt.counts() || plan::of_round(scene, round).await?.is_none_or(|plan| plan.grades == Grades::Author) {
        return Ok(());
    }
    let Some(thread) = daily::thread(scene, round).await? else { return Ok(()) };
    let members = scene.tx.members(scene.workspace.id).await?;
    let line = format!("{}: {}", Names::of(&members).shown(by.member.id), wording::of_ten(attempt.grade.points));
    let about = format!("score:{}:{}:{}", round.id, by.member.id, attempt.number);
    scene.announce(about, round.id, &round.channel, Verb::Post, Some(thread.id), Speech::Card(Card::says(line))).await.map(drop)
}

/// What is worth a line to the author about words that made no attempt. Talk gets none.
fn aside_line(why: Why) -> Option<&'static str> {
    match why {
        Why::DontKnow => Some("No harm in that, and no attempt used. A hint may help; what you say next can still be your answer."),
        Why::NoAttemptLeft => Some("You have used your three attempts, so this changes nothing. Your best one counts."),
        Why::Copied => {
            Some("This repeats words that are here already, so it earns no points and uses up no attempt. Put it your way and it counts.")
        }
        Why::TooLong => Some("Together that is longer than I can read, so I kept to what you had said before."),
        Why::BeforeOpening
        | Why::QuestionBack
        | Why::Chatter
        | Why::Unclear
        | Why::Reply
        | Why::Later
        | Why::EditWithoutEffect
        | Why::Unreadable
        | Why::Deleted => None,
    }
}

pub(super) async fn react(scene: &mut Scene<'_>, by: &Speaker, message: &str, reaction: Reaction) -> Result<()> {
    let saying = Saying {
        about: format!("react:{}:{message}:{reaction:?}", by.place.channel),
        channel: by.place.channel.clone(),
        thread: by.place.thread.clone(),
        audience: None,
        round: None,
        verb: Verb::React,
        on_row: None,
        on_message: Some(message.to_owned()),
        lane: LANE_ANSWERS,
        speech: Speech::React(reaction),
        not_before: scene.now,
        expires: None,
    };
    scene.say(&saying).await.map(drop)
}
