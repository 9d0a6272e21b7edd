//! The mock interview: a pack's topics in their order, levels fit to the answers so far, a clock, and no word on grades until the end.
//!
//! It is a quiz of another kind: what is typed and pressed in it goes the quiz's way, and what differs is asked for here.

use super::draw::{self, pool};
use super::{ask, begun, current, make_room};
use crate::bank::{Hundredths, Level, Question};
use crate::message::{Card, Turn};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::wording;
use crate::store::Result;
use crate::store::quizzes::{Quiz, Wanted};
use crate::store::rounds::Round;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// How many minutes a question takes, its follow-up included.
const MINUTES_EACH: usize = 3;
/// Who is quiet for this long has left their desk: it is no time of the interview, whether a deadline or a downtime ended it.
const ABSENCE: SignedDuration = SignedDuration::from_mins(10);
/// With less than this left nothing new is asked, in seconds.
const LAST_MINUTE: i64 = 60;
/// From this on an answer speaks for a higher level.
const WELL: Hundredths = 700;
/// Below this an answer speaks for a lower level.
const BADLY: Hundredths = 400;
/// How many such answers in a row move the level.
const IN_A_ROW: u32 = 2;
/// What an interviewer says to any answer, good or bad.
const NODS: [&str; 4] = ["Thank you.", "All right.", "Okay, noted.", "I see."];

/// `interview`.
pub(in crate::quiz) async fn start(scene: &mut Scene<'_>, by: &Speaker, pack: &str, minutes: u32) -> anyhow::Result<Turn> {
    if let Some(turn) = make_room(scene, by).await? {
        return Ok(turn);
    }
    let mut quiz = begun(scene, by, "interview", pack, Wanted::default());
    quiz.minutes = Some(i64::from(minutes));
    let free = pool(scene, &quiz).await?;
    let topics = &scene.pack(pack)?.topics;
    let topics = topics.iter().map(|topic| (topic.id.as_str(), free.iter().filter(|question| question.topic == topic.id).count()));
    quiz.wanted.topics = planned(topics.filter(|(_, free)| *free > 0).collect(), minutes as usize / MINUTES_EACH);
    quiz.wanted.count = u32::try_from(quiz.wanted.topics.len()).unwrap_or(u32::MAX);
    let Some(question) = next(scene, &quiz).await? else {
        return Ok(wording::line(
            "No question is free just now: what a daily asks, or will ask within a week, comes up in no interview before that.",
        ));
    };
    scene.tx.start_quiz(scene.workspace.id, &quiz).await?;
    ask(scene, &mut quiz, &question).await?;
    Ok(Turn::Private(welcome(scene, &quiz, minutes)?.and(current(scene, &quiz).await?)))
}

fn welcome(scene: &Scene<'_>, quiz: &Quiz, minutes: u32) -> anyhow::Result<Card> {
    let pack = scene.pack(&quiz.pack)?;
    let (first, last) = (quiz.wanted.topics.first(), quiz.wanted.topics.last());
    let [first, last] = [first, last].map(|topic| topic.map_or("", |topic| wording::topic(pack, topic)));
    let way = match quiz.wanted.count {
        1 => format!("one question, on {first}"),
        count if first == last => format!("up to {count} questions, all on {first}"),
        count => format!("up to {count} questions, from {first} to {last}"),
    };
    Ok(Card::says(format!("Welcome. We have {minutes} minutes and {way}."))
        .text("Answer as you would across a table. What I make of it you hear at the end; Pause stops the clock."))
}

/// The topic of each question. Topics come in their order with as many questions each as there is time for, and as are free; where there
/// are more topics than time, they are spread evenly, and the first and the last are among them.
fn planned(free: Vec<(&str, usize)>, slots: usize) -> Vec<String> {
    let last = free.len().saturating_sub(1);
    let taken: Vec<_> = match slots {
        slots if slots >= free.len() => free,
        slots => (0..slots).map(|n| free[(n * last + (slots - 1) / 2) / (slots - 1).max(1)]).collect(),
    };
    let each = (slots / taken.len().max(1)).max(1);
    taken.into_iter().flat_map(|(topic, free)| std::iter::repeat_n(topic.to_owned(), each.min(free))).collect()
}

/// The topics that are still to be asked about, after those that were.
pub(super) fn ahead(planned: &[String], asked: &[&str]) -> Vec<String> {
    let Some(last) = asked.last() else { return planned.to_vec() };
    let from = planned.iter().position(|topic| topic == last).unwrap_or_default();
    let of_last = asked.iter().filter(|topic| *topic == last).count();
    planned[from..].iter().skip(of_last).cloned().collect()
}

/// The level to ask on after answers that earned so much.
fn level(earned: &[Hundredths]) -> Level {
    let (mut at, mut well, mut badly) = (1_usize, 0, 0);
    for earned in earned {
        well = if *earned >= WELL { well + 1 } else { 0 };
        badly = if *earned < BADLY { badly + 1 } else { 0 };
        if well == IN_A_ROW {
            (at, well) = ((at + 1).min(Level::ALL.len() - 1), 0);
        } else if badly == IN_A_ROW {
            (at, badly) = (at.saturating_sub(1), 0);
        }
    }
    Level::ALL[at]
}

/// The level nearest to the wanted one; of two as near, the easier.
fn nearest(levels: impl Iterator<Item = Level>, wanted: Level) -> Option<Level> {
    levels.min_by_key(|level| ((*level as i64 - wanted as i64).abs(), *level))
}

/// What is asked next; nothing when there is no time for it, or all is asked.
pub(super) async fn next(scene: &mut Scene<'_>, quiz: &Quiz) -> anyhow::Result<Option<Arc<Question>>> {
    let asked = scene.tx.rounds_of_quiz(scene.workspace.id, quiz.id).await?;
    if asked.len() >= quiz.wanted.count as usize || is_nearly_over(quiz, scene.now) {
        return Ok(None);
    }
    let level = level(&earned(scene, quiz, &asked).await?);
    let free = pool(scene, quiz).await?;
    let topics: Vec<&str> = asked.iter().map(|round| round.question.topic.as_str()).collect();
    for topic in ahead(&quiz.wanted.topics, &topics) {
        let of_topic: Vec<_> = free.iter().filter(|question| question.topic == topic).cloned().collect();
        let Some(level) = nearest(of_topic.iter().map(|question| question.level), level) else { continue };
        let on_level: Vec<_> = of_topic.into_iter().filter(|question| question.level == level).collect();
        return Ok(draw::one_of(scene, quiz, asked.len(), &on_level).await?);
    }
    Ok(None)
}

/// What each question earned; one that was left out, nothing.
async fn earned(scene: &mut Scene<'_>, quiz: &Quiz, asked: &[Round]) -> Result<Vec<Hundredths>> {
    let mut earned = Vec::with_capacity(asked.len());
    for round in asked {
        earned.push(scene.tx.lock_participation(scene.workspace.id, round.id, quiz.member_id).await?.points);
    }
    Ok(earned)
}

/// The seconds of an interview that are used by `now`.
pub(super) fn spent(quiz: &Quiz, now: Timestamp) -> i64 {
    let quiet = now.duration_since(*quiz.last_at);
    let there = quiz.state == "open" && quiet.is_positive() && quiet < ABSENCE;
    quiz.spent + if there { quiet.as_secs() } else { 0 }
}

fn seconds_left(quiz: &Quiz, now: Timestamp) -> i64 {
    quiz.minutes.unwrap_or_default() * 60 - spent(quiz, now)
}

/// There is no time to begin anything new.
pub(super) fn is_nearly_over(quiz: &Quiz, now: Timestamp) -> bool {
    quiz.is_interview() && seconds_left(quiz, now) < LAST_MINUTE
}

/// `about 14 minutes left`.
fn time_left(quiz: &Quiz, now: Timestamp) -> String {
    match seconds_left(quiz, now) {
        ..LAST_MINUTE => "less than a minute left".into(),
        seconds => format!("about {} left", wording::count((seconds + 30) / 60, "minute")),
    }
}

/// Heading and small print of the question under way; its number is from 1.
pub(super) fn heading(scene: &Scene<'_>, quiz: &Quiz, number: usize, round: &Round) -> anyhow::Result<Card> {
    let topic = wording::topic(scene.pack(&quiz.pack)?, &round.question.topic);
    let title = format!("Interview, question {number} of {}", quiz.wanted.count);
    Ok(Card::titled(title).small(format!("{topic}, {}", time_left(quiz, scene.now))))
}

/// A nod to an answer.
pub(super) async fn nod(scene: &mut Scene<'_>, quiz: &Quiz) -> Result<Card> {
    let asked = scene.tx.rounds_of_quiz(scene.workspace.id, quiz.id).await?.len();
    let nod = asked * 2 + usize::from(quiz.stage == "probe");
    Ok(Card::says(NODS[nod % NODS.len()]))
}

/// What is said when the last answer was taken.
pub(super) fn closing(quiz: &Quiz, now: Timestamp) -> &'static str {
    if is_nearly_over(quiz, now) { "That was our time." } else { "That was my last question." }
}

/// The interview waits for its member.
pub(super) fn put_aside(scene: &Scene<'_>, quiz: &Quiz, line: &str) -> Card {
    let round = quiz.round_id.unwrap_or_default().simple();
    let (left, pack) = (wording::sentence(time_left(quiz, scene.now)), &quiz.pack);
    Card::says(line)
        .text(wording::marked(&format!("{left} To go on: `/{pack} resume`. To end it with its verdict: `/{pack} stop`")))
        .primary(format!("quiz-resume.{round}"), "Resume")
        .button(format!("quiz-stop.{round}"), "Stop")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::Level::{Junior, Mid, Senior};

    fn topics(free: &[(&str, usize)], slots: usize) -> String {
        planned(free.to_vec(), slots).concat()
    }

    #[test]
    fn there_is_time_for_so_many_questions_a_topic() {
        let six: Vec<_> = ["a", "b", "c", "d", "e", "f"].map(|topic| (topic, 5)).to_vec();
        assert_eq!("abcdef", topics(&six, 6));
        assert_eq!("aabbccddeeff", topics(&six, 13));
        assert_eq!("aaaabccc", topics(&[("a", 9), ("b", 1), ("c", 3)], 13));
        assert_eq!("", topics(&[], 6));
        assert_eq!("aa", topics(&[("a", 2)], 6));
    }

    #[test]
    fn more_topics_than_time_are_spread_from_the_first_to_the_last() {
        let ten: Vec<_> = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].map(|topic| (topic, 5)).to_vec();
        for (slots, expected) in [(1, "a"), (2, "aj"), (3, "afj"), (6, "acefhj"), (9, "abcdfghij"), (10, "abcdefghij")] {
            let taken = topics(&ten, slots);
            assert_eq!(slots, taken.len(), "{taken}");
            assert!(taken.starts_with('a') && (slots == 1 || taken.ends_with('j')), "{taken}");
            assert_eq!(expected, taken);
        }
    }

    #[test]
    fn a_topic_is_left_when_its_turn_is_over() {
        let planned = ["a", "a", "b", "c"].map(str::to_owned);
        for (asked, left) in
            [(&[][..], "aabc"), (&["a"], "abc"), (&["a", "a"], "bc"), (&["a", "b"], "c"), (&["a", "a", "b"], "c"), (&["a", "c"], "")]
        {
            assert_eq!(left, ahead(&planned, asked).concat(), "{asked:?}");
        }
    }

    #[test]
    fn two_in_a_row_move_the_level() {
        for (earned, expected) in [
            (&[][..], Mid),
            (&[1000], Mid),
            (&[700, 700], Senior),
            (&[699, 700], Mid),
            (&[1000, 1000, 1000, 1000], Senior),
            (&[399, 0], Junior),
            (&[0, 400, 0], Mid),
            (&[0, 0, 0, 0], Junior),
            (&[0, 0, 900, 900], Mid),
            (&[900, 900, 900, 0, 0], Mid),
            (&[900, 0, 900, 0], Mid),
        ] {
            assert_eq!(expected, level(earned), "{earned:?}");
        }
    }

    #[test]
    fn of_two_levels_as_near_the_easier_is_asked() {
        for (there, wanted, expected) in [
            (&[Junior, Senior][..], Mid, Some(Junior)),
            (&[Senior, Junior], Mid, Some(Junior)),
            (&[Senior], Junior, Some(Senior)),
            (&[Junior, Mid], Senior, Some(Mid)),
            (&[Senior, Mid, Junior], Senior, Some(Senior)),
            (&[], Mid, None),
        ] {
            assert_eq!(expected, nearest(there.iter().copied(), wanted), "{there:?} {wanted:?}");
        }
    }
}
