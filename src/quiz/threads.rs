//! What is written in a round's thread: kept as it comes, folded into attempts, graded, counted.

use crate::bank::{Hundredths, Lexicon};
use crate::message::{Card, Reaction, Speech, Turn};
use crate::quiz::answer::{self, Fold, Note, Said, Via};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::{LONGEST_ANSWER, copy, daily, hints, substance};
use crate::store::answers::{Attempt, Counted, Message, Participation};
use crate::store::outbox::{LANE_ANSWERS, Saying, Verb};
use crate::store::rounds::Round;
use crate::store::{Day, Result};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Somebody wrote in a channel or thread.
pub(super) async fn message(scene: &mut Scene<'_>, by: &Speaker, id: &str, text: &str, reply_to: Option<&str>) -> anyhow::Result<Turn> {
    let Some(round) = round_here(scene, by).await? else { return Ok(Turn::None) };
    if let Some(why) = refused(text) {
        react(scene, by, id, Reaction::Unread).await?;
        return scene.reply(by, Card::says(why)).await;
    }
    scene.tx.keep_message(scene.workspace.id, round.id, by.member.id, "thread", (id, reply_to), (by.at, text)).await?;
    refold(scene, by, &round).await?;
    Ok(Turn::None)
}

/// Somebody changed what they wrote.
pub(super) async fn edited(scene: &mut Scene<'_>, by: &Speaker, id: &str, text: &str) -> anyhow::Result<Turn> {
    let Some(round) = round_here(scene, by).await? else { return Ok(Turn::None) };
    let Some(kept) = scene.tx.message(scene.workspace.id, round.id, id).await? else {
        // The edit came before the message, or the message was never seen: what it says now is what counts.
        return message(scene, by, id, text, None).await;
    };
    if kept.member_id != Some(by.member.id) {
        return Ok(Turn::None);
    }
    if let Some(why) = refused(text) {
        return scene.reply(by, Card::says(format!("{why} What you had written before still counts."))).await;
    }
    let mut versions = kept.versions;
    versions.push((by.at, text.to_owned()));
    versions.sort();
    versions.dedup();
    scene.tx.set_versions(scene.workspace.id, round.id, id, &versions).await?;
    refold(scene, by, &round).await?;
    Ok(Turn::None)
}

/// A message was taken back.
pub(super) async fn deleted(scene: &mut Scene<'_>, by: &Speaker, id: &str) -> anyhow::Result<Turn> {
    let Some(round) = round_here(scene, by).await? else { return Ok(Turn::None) };
    scene.tx.delete_message(scene.workspace.id, round.id, id, scene.now).await?;
    let kept = scene.tx.message(scene.workspace.id, round.id, id).await?;
    if let Some(author) = kept.and_then(|kept| kept.member_id) {
        let messages = scene.tx.messages(scene.workspace.id, round.id).await?;
        settle(scene, None, &round, author, &messages).await?;
    }
    Ok(Turn::None)
}

/// A form was sent: an attempt of its own. Its feedback is the caller's to give.
pub(super) async fn form(scene: &mut Scene<'_>, by: &Speaker, round: &Round, text: &str) -> Result<Participation> {
    let id = format!("form:{}", by.delivery);
    scene.tx.keep_message(scene.workspace.id, round.id, by.member.id, "form", (&id, None), (by.at, text)).await?;
    let messages = scene.tx.messages(scene.workspace.id, round.id).await?;
    settle(scene, None, round, by.member.id, &messages).await
}

/// Folds the author's messages again, and those of others whose message now has somebody else's before it: then the order in which
/// messages arrive makes no difference.
async fn refold(scene: &mut Scene<'_>, by: &Speaker, round: &Round) -> Result<()> {
    let messages = scene.tx.messages(scene.workspace.id, round.id).await?;
    let after = messages.iter().filter(|message| *message.at > by.at).filter_map(|message| message.member_id);
    let members: BTreeSet<Uuid> = after.chain([by.member.id]).collect();
    for member in members {
        settle(scene, (member == by.member.id).then_some(by), round, member, &messages).await?;
    }
    Ok(())
}

/// The round whose thread this is, locked: one message of a round is folded at a time.
async fn round_here(scene: &mut Scene<'_>, by: &Speaker) -> Result<Option<Round>> {
    let Some(thread) = &by.place.thread else { return Ok(None) };
    let Some(id) = scene.tx.round_of_thread(scene.workspace.id, &by.place.channel, thread).await? else { return Ok(None) };
    scene.tx.lock_round(scene.workspace.id, id).await
}

/// Why a text can't be taken at all.
pub(super) fn refused(text: &str) -> Option<String> {
    let length = text.chars().count();
    if length > LONGEST_ANSWER {
        return Some(format!("That is {length} characters; I read up to {LONGEST_ANSWER}. Send the part that answers the question, and I'll grade it."));
    }
    substance::unreadable(text).then(|| "I couldn't read any text in that. Type your answer in words, and I'll grade it.".to_owned())
}

/// Folds and grades a member's part in a round, keeps the sums right, and says what is to be said about it.
async fn settle(scene: &mut Scene<'_>, by: Option<&Speaker>, round: &Round, member: Uuid, messages: &[Message]) -> Result<Participation> {
    let before = scene.tx.lock_participation(scene.workspace.id, round.id, member).await?;
    let folded = fold(scene, round, &before, messages);
    let others = texts_of_others(messages, member);
    let mut part = before.clone();
    part.attempts = folded.attempts.iter().map(|attempt| graded(scene, round, &before, &others, attempt)).collect();
    part.answered = part.attempts.iter().any(|attempt| !attempt.late);
    part.points = best(&part);
    count(scene, round, "daily", &before, &mut part).await?;
    scene.tx.save_participation(scene.workspace.id, round.id, &part).await?;
    if before.answered != part.answered {
        daily::refresh_tally(scene, round).await?;
    }
    if round.state == "closed" && (before.points, before.answered) != (part.points, part.answered) {
        daily::refresh_reveal(scene, round).await?;
    }
    if let Some(by) = by {
        tell(scene, by, round, &before, &part, &folded).await?;
    }
    Ok(part)
}

fn fold(scene: &Scene<'_>, round: &Round, part: &Participation, messages: &[Message]) -> Fold {
    let mine = messages.iter().filter(|message| message.member_id == Some(part.member_id));
    let said: Vec<Said> = mine
        .map(|message| Said {
            id: message.message_id.clone(),
            at: *message.at,
            versions: message.versions.clone(),
            reply_to: message.reply_to.clone(),
            deleted: message.deleted,
            via: if message.via == "form" { Via::Form } else { Via::Thread },
        })
        .collect();
    let others: Vec<_> = messages
        .iter()
        .filter(|message| message.member_id != Some(part.member_id) && message.via == "thread")
        .map(|message| *message.at)
        .collect();
    let none = Lexicon::default();
    let lexicon = scene.core.pack(&round.pack).map_or(&none, |pack| &pack.lexicon);
    answer::fold(&answer::Told {
        round: answer::Round { opens: *round.opens_at, closes: round.closes_at.map(|at| *at), prompt: &round.question.prompt },
        said: &said,
        others: &others,
        opened: part.opened_at.map(|at| *at),
        again: &part.again,
        is_field_word: &|word| lexicon.is_field_word(word),
    })
}

fn texts_of_others(messages: &[Message], member: Uuid) -> Vec<&str> {
    let others = messages.iter().filter(|message| message.member_id != Some(member) && !message.deleted);
    others.filter_map(|message| message.versions.last().map(|(_, text)| text.as_str())).collect()
}

/// An attempt with its grade; words that were graded before keep theirs.
fn graded(scene: &Scene<'_>, round: &Round, before: &Participation, others: &[&str], attempt: &answer::Attempt) -> Attempt {
    let known = before.attempts.iter().find(|known| known.text == attempt.text);
    let question = &round.question;
    let grade = known.map(|known| known.grade.clone());
    let copied = known.map(|known| known.copied);
    Attempt {
        number: attempt.number,
        messages: attempt.messages.clone(),
        text: attempt.text.clone(),
        at: attempt.at,
        late: attempt.late,
        grade: grade.unwrap_or_else(|| scene.core.rubric(&round.pack, question).grade(&attempt.text)),
        copied: copied.unwrap_or_else(|| copy::copied(&attempt.text, others, &question.answer, &question.prompt)),
    }
}

/// What counts: the best attempt on time that is not somebody else's, less the hints.
fn best(part: &Participation) -> Hundredths {
    let counting = part.attempts.iter().filter(|attempt| !attempt.late && !attempt.copied);
    let best = counting.map(|attempt| attempt.grade.points).max().unwrap_or_default();
    (best - hints::cost(part.hints)).max(0)
}

/// Moves the board's sums from what counted before to what counts now. The day is kept once something was counted for it.
pub(super) async fn count(scene: &mut Scene<'_>, round: &Round, board: &'static str, before: &Participation, part: &mut Participation) -> Result<()> {
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

/// The sign on the message, and the few things that are worth a line to its author.
async fn tell(scene: &mut Scene<'_>, by: &Speaker, round: &Round, before: &Participation, part: &Participation, folded: &Fold) -> Result<()> {
    for attempt in &part.attempts {
        let new = before.attempts.iter().all(|known| known.text != attempt.text);
        if !new {
            continue;
        }
        if let Some(last) = attempt.messages.last() {
            react(scene, by, last, Reaction::Graded).await?;
        }
        let line = if attempt.copied {
            "This repeats words that are here already, so it earns no points and uses up no attempt. Put it your way and it counts."
        } else if attempt.late {
            "This came after the close: it earns no points, but My grade shows what I found in it."
        } else {
            continue;
        };
        scene.tell(by, format!("told:{}:{}:{}", round.id, part.member_id, attempt.messages.join("+")), Card::says(line)).await?;
    }
    for note in &folded.notes {
        if let Some((about, line)) = noted(note) {
            scene.tell(by, format!("noted:{}:{}:{about}", round.id, part.member_id), Card::says(line)).await?;
        }
    }
    Ok(())
}

/// What a note of the fold says to the author, and what it is about.
fn noted(note: &Note) -> Option<(String, &'static str)> {
    match note {
        Note::DontKnow { message } => {
            Some((format!("dont-know:{message}"), "No harm in that, and no attempt used. Hint may help; your next message can still be your answer."))
        }
        Note::OutOfAttempts { message } => Some((
            format!("spent:{message}"),
            "You have used your three attempts, so this changes nothing. Your best one counts.",
        )),
        _ => None,
    }
}

async fn react(scene: &mut Scene<'_>, by: &Speaker, message: &str, reaction: Reaction) -> Result<()> {
    let saying = Saying {
        about: format!("react:{}:{message}", by.place.channel),
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
    let id = scene.id();
    scene.tx.say(scene.workspace.id, id, &saying).await
}
