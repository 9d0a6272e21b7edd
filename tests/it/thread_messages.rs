//! Labelled thread messages: nearly all that is graded was meant as an answer, and nearly all answers are graded.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use jiff::{SignedDuration, Timestamp};
use meshdrill::quiz::answer::{Doings, Round, Said, Version, Via, Why, fold};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

/// Of what is graded, at least this many percent was meant as an answer.
const PRECISION: usize = 98;
/// Of the answers, at least this many percent are graded.
const RECALL: usize = 95;

#[derive(Deserialize)]
struct Labelled {
    field: HashSet<String>,
    prompts: HashMap<String, String>,
    development: Half,
    held_out: Half,
    fresh: Half,
    last: Half,
}

impl Labelled {
    fn parts(&self) -> [(&str, &[Message]); 4] {
        [
            ("development", &self.development.messages),
            ("held out", &self.held_out.messages),
            ("fresh", &self.fresh.messages),
            ("last", &self.last.messages),
        ]
    }
}

#[derive(Deserialize)]
struct Half {
    messages: Vec<Message>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    ask: String,
    answer: bool,
    kind: String,
    text: String,
    /// What the same member said before it.
    after: Option<String>,
    /// How many seconds before.
    #[serde(default)]
    gap: i64,
    /// Somebody else spoke in between.
    #[serde(default)]
    others: bool,
    /// It replies to another message.
    #[serde(default)]
    reply: bool,
}

#[derive(Default)]
struct Count {
    graded: usize,
    meant: usize,
    both: usize,
    misses: String,
}

impl Count {
    /// Percent of the graded that were meant, and of the meant that were graded.
    fn figures(&self) -> (f64, f64) {
        (percent(self.both, self.graded), percent(self.both, self.meant))
    }

    fn add(&mut self, message: &Message, graded: bool, why: Option<Why>) {
        self.graded += usize::from(graded);
        self.meant += usize::from(message.answer);
        self.both += usize::from(graded && message.answer);
        if graded != message.answer {
            let what = if graded { "graded, not an answer" } else { "an answer, not graded" };
            writeln!(self.misses, "{what} ({}, {}, {why:?}): {:?}", message.ask, message.kind, message.text).unwrap();
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred messages")]
fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}

#[test]
fn what_is_graded_was_meant_as_an_answer_and_answers_are_graded() {
    let labelled = labelled();
    let mut all = Count::default();
    for (name, messages) in labelled.parts() {
        let mut count = Count::default();
        for message in messages {
            let (graded, why) = judge(&labelled, message);
            count.add(message, graded, why);
            all.add(message, graded, why);
        }
        let (precision, recall) = count.figures();
        println!("{name}: {} messages, precision {precision:.1} %, recall {recall:.1} %\n{}", messages.len(), count.misses);
    }
    let (precision, recall) = all.figures();
    println!("whole: precision {precision:.1} %, recall {recall:.1} %");
    assert!(all.both * 100 >= all.graded * PRECISION, "precision {precision:.1} %\n{}", all.misses);
    assert!(all.both * 100 >= all.meant * RECALL, "recall {recall:.1} %\n{}", all.misses);
}

#[test]
fn the_set_is_large_and_varied_enough() {
    let labelled = labelled();
    for (_, messages) in labelled.parts() {
        let answers = messages.iter().filter(|message| message.answer).count();
        assert!(messages.len() >= 70 && answers >= 35 && messages.len() - answers >= 35);
        let kinds: HashSet<&str> = messages.iter().map(|message| message.kind.as_str()).collect();
        assert!(kinds.len() >= 20, "{kinds:?}");
    }
}

#[test]
fn who_gives_up_is_offered_a_hint_and_nobody_else() {
    let labelled = labelled();
    for message in labelled.parts().iter().flat_map(|(_, messages)| *messages) {
        let (_, why) = judge(&labelled, message);
        assert_eq!(why == Some(Why::DontKnow), message.kind == "dont-know", "{:?}", message.text);
    }
}

fn labelled() -> Labelled {
    toml::from_str(include_str!("data/thread_messages.toml")).unwrap()
}

/// Plays the message in its thread: is it part of an attempt, and if not, why?
fn judge(labelled: &Labelled, message: &Message) -> (bool, Option<Why>) {
    let opens = Timestamp::from_second(1_750_000_000).unwrap();
    let start = opens + SignedDuration::from_mins(10);
    let at = start + SignedDuration::from_secs(message.gap);
    let mut said: Vec<Said> = message.after.iter().map(|text| typed("1", start, text, None)).collect();
    said.push(typed("2", at, &message.text, message.reply.then(|| "somebody's".to_owned())));
    let others: Vec<Timestamp> = message.others.then(|| start + SignedDuration::from_secs(message.gap / 2)).into_iter().collect();
    let round = Round {
        opens,
        closes: opens + SignedDuration::from_hours(23),
        prompt: &labelled.prompts[&message.ask],
        is_field_word: &|word| labelled.field.contains(word),
        copied: &|_, _| false,
    };
    let fold = fold(&round, &Doings { said: &said, others: &others, ..Doings::default() });
    let graded = fold.attempts.iter().any(|attempt| attempt.ids.iter().any(|id| id == "2"));
    (graded, fold.asides.iter().find(|aside| aside.id == "2").map(|aside| aside.why))
}

fn typed(id: &str, at: Timestamp, text: &str, reply_to: Option<String>) -> Said {
    Said { id: id.into(), versions: vec![Version { at, text: text.into() }], reply_to, deleted: None, via: Via::Thread }
}
