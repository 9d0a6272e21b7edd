//! The grader over the whole bank: what must hold for any answer, and the command as a program meets it.

use meshdrill::bank::load::read_embedded;
use meshdrill::bank::{FULL, Question};
use meshdrill::grade::{Note, Rubric, Verdict};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::{Arc, LazyLock};

static BANK: LazyLock<Vec<(Arc<Question>, Rubric)>> = LazyLock::new(|| {
    let packs = read_embedded().packs;
    let each = packs.iter().flat_map(|pack| pack.questions.iter().map(|question| (question.clone(), Rubric::new(question, &pack.lexicon))));
    each.collect()
});

/// The place of a question in the bank; a failure then prints a number, not a rubric.
fn one_of_the_bank() -> impl Strategy<Value = usize> {
    0..BANK.len()
}

/// Pieces that answers are made of, and pieces that break readers of text.
fn answer() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(words()).prop_map(str::to_owned),
        1 => prop::sample::select(vec![
            "not", "n't", "without", "no", "but", "instead of", "neither", "nor", "nothing but", "it is not true that", "isn't", "never", "'", "-", "->", "=",
            ": ", ", ", ". ", "?\n", "\n\n", "\n- ", "1. ", "> ", "```", "|", "(", ")", "{", "\u{200b}", "\u{202e}", "\u{feff}", "e\u{301}", "İ", "ß", "ﬁ", "नहीं", "不", "🤷", "\0", "=", "~", "%",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.join(" "))
}

/// Words of the bank's own answers, so that the generated ones hit its phrasings.
fn words() -> Vec<&'static str> {
    let mut words: Vec<&str> = BANK.iter().flat_map(|(question, _)| question.answer.split_whitespace()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_earns_between_nothing_and_everything(at in one_of_the_bank(), text in prop_oneof![answer(), any::<String>()]) {
        let (question, rubric) = &BANK[at];
        let grade = rubric.grade(&text);
        prop_assert!((0..=FULL).contains(&grade.points), "{}: {}", question.id, grade.points);
        prop_assert!(grade.range.0 <= grade.points && grade.points <= grade.range.1, "{:?} around {}", grade.range, grade.points);
        prop_assert_eq!(grade.verdicts.len(), question.criteria.len());
        for quote in grade.verdicts.iter().flat_map(|judged| &judged.quotes) {
            prop_assert!(text.contains(quote.as_str()), "{quote:?} is not in the answer");
        }
        rubric.explain(&text);
    }

    #[test]
    fn the_same_words_earn_the_same(at in one_of_the_bank(), text in answer()) {
        let (_, rubric) = &BANK[at];
        prop_assert_eq!(rubric.grade(&text), rubric.grade(&text));
    }

    #[test]
    fn a_true_sentence_more_never_takes_a_verdict_away(at in one_of_the_bank(), text in answer(), pick in any::<prop::sample::Index>()) {
        let (question, rubric) = &BANK[at];
        let criterion = &question.criteria[pick.index(question.criteria.len())];
        // An answer that only quotes somebody is read; beside other text a quotation is not the author's.
        prop_assume!(!text.lines().any(|line| line.trim_start().starts_with('>')));
        let before = rubric.grade(&text);
        let after = rubric.grade(&format!("{text}\n\n{}", criterion.statement));
        // What speaks to the grader or is denied as a whole is not read point by point.
        prop_assume!(before.note != Some(Note::SpeaksToGrader) && after.note != Some(Note::SpeaksToGrader));
        for (was, is) in before.verdicts.iter().zip(&after.verdicts) {
            let worse = was.verdict != Verdict::Contradicted && is.points < was.points;
            prop_assert!(!worse, "{} of {}: {:?} became {:?}", was.criterion, question.id, was, is);
        }
    }
}

/// Runs `meshdrill grade` with these arguments and input; the exit code and what it wrote.
fn grade(arguments: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meshdrill"));
    command.arg("grade").args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The program may end before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(input);
    let done = child.wait_with_output().unwrap();
    (done.status.code().unwrap(), String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
}

fn lines(input: &[u8]) -> (i32, Vec<Value>) {
    let (code, out, _) = grade(&["--jsonl"], input);
    (code, out.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

const RIGHT: &str =
    "mTLS proves which workload is calling and encrypts; the JWT says which end user it is for. They solve different problems.";

#[test]
fn a_line_is_answered_with_a_line() {
    let ask = |id: Value| json!({"id": id, "question_id": "jwt-vs-mtls", "answer": RIGHT}).to_string();
    for id in [json!("a"), json!(7), json!(null), json!(["x", {"y": 1.5}])] {
        let (code, answered) = lines(ask(id.clone()).as_bytes());
        assert_eq!((code, answered.len()), (0, 1));
        let line = &answered[0];
        assert_eq!(line["id"], id);
        assert!(line["score"].as_f64().unwrap() > 0.9, "{line}");
        assert_eq!(line["points"].as_f64().unwrap(), line["score"].as_f64().unwrap() * 10.0);
        assert!(line["sure"].is_boolean() && line["misconceptions"].is_array());
        for verdict in line["verdicts"].as_array().unwrap() {
            assert!(verdict["criterion"].is_string() && verdict["verdict"].is_string() && verdict["points"].is_number(), "{verdict}");
            assert!(verdict["quotes"].as_array().unwrap().iter().all(|quote| RIGHT.contains(quote.as_str().unwrap())), "{verdict}");
        }
    }
}

#[test]
fn a_bad_line_fails_alone() {
    let table = [
        (r#"{"id":1,"question_id":"jwt-vs-mtls""#, Value::Null, "not JSON"),
        (r#"[1,2]"#, Value::Null, "object"),
        (r#"{"id":1,"question_id":"jwt-vs-mtsl","answer":"x"}"#, json!(1), "jwt-vs-mtls"),
        (r#"{"id":1,"question_id":"jwt-vs-mtls"}"#, json!(1), "answer"),
        (r#"{"id":1,"question_id":"jwt-vs-mtls","answer":5}"#, json!(1), "type"),
        (r#"{"id":"q","question":"Why?","model_answer":"Because.","answer":"x"}"#, json!("q"), "rubric"),
        (r#"{"answer":"x"}"#, Value::Null, "question_id"),
    ];
    for (line, id, says) in table {
        let good = json!({"id": "good", "question_id": "jwt-vs-mtls", "answer": RIGHT});
        let (code, answered) = lines(format!("{line}\n{good}\n").as_bytes());
        assert_eq!((code, answered.len()), (1, 2), "{line}");
        assert_eq!(answered[0]["id"], id, "{line}");
        assert!(answered[0]["error"].as_str().unwrap().contains(says), "{}", answered[0]);
        assert_eq!(answered[1]["id"], "good", "{line}");
    }
}

#[test]
fn lines_may_be_long_but_not_endless() {
    let ask = |answer: String| json!({"id": 1, "question_id": "jwt-vs-mtls", "answer": answer}).to_string();
    let error = |line: &Value| line["error"].as_str().unwrap().to_owned();
    let (_, answered) = lines(ask("mtls ".repeat(4_000)).as_bytes());
    assert!(answered[0]["score"].is_number(), "20,000 characters are read");
    let (code, answered) = lines(ask("x".repeat(20_001)).as_bytes());
    assert!(code == 1 && error(&answered[0]).contains("20000"), "{answered:?}");
    let endless = format!("{}\n{}\n", ask("x".repeat(1 << 20)), ask("mTLS".to_owned()));
    let (code, answered) = lines(endless.as_bytes());
    assert_eq!((code, answered.len()), (1, 2));
    assert!(error(&answered[0]).contains("1048576"), "{answered:?}");
    assert!(answered[1]["score"].is_number());
}

#[test]
fn byte_marks_line_ends_and_blank_lines_are_tolerated() {
    let line = json!({"id": 1, "question_id": "jwt-vs-mtls", "answer": RIGHT});
    let (code, answered) = lines(format!("\u{feff}{line}\r\n\r\n  \n{line}").as_bytes());
    assert_eq!((code, answered.len()), (0, 2), "{answered:?}");
    let (code, answered) = lines(b"\xff\xfe\x00\n");
    assert_eq!((code, answered.len()), (1, 1), "binary input is a bad line");
    assert_eq!(lines(b""), (0, vec![]));
}

#[test]
fn a_person_reads_points_words_and_corrections() {
    let (code, out, _) = grade(&["--question", "jwt-vs-mtls", RIGHT], b"");
    assert!(code == 0 && out.contains("of 10 points") && out.contains("you said \""), "{out}");
    let (_, piped, _) = grade(&["--question", "jwt-vs-mtls", "-"], RIGHT.as_bytes());
    assert_eq!(piped, out);
    let (code, _, error) = grade(&["--question", "jwt-vs-mtsl", "x"], b"");
    assert!(code != 0 && error.contains("jwt-vs-mtls"), "{error}");
    let (code, _, error) = grade(&["--question", "jwt-vs-mtls", "-"], "x".repeat(20_001).as_bytes());
    assert!(code != 0 && error.contains("20000"), "{error}");
    assert_eq!(grade(&[], b"").0, 2);
    assert_eq!(grade(&["--jsonl", "--question", "x"], b"").0, 2);
}
