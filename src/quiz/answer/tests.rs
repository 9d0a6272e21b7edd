//! The rules of the fold, one by one, and what holds for any input.

use super::*;
use proptest::prelude::*;

/// The round of these tests opens at 0 and closes at this second.
const CLOSES: i64 = 10_000;

/// Seconds after the opening.
fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_750_000_000 + second).unwrap()
}

fn typed(id: &str, second: i64, text: &str) -> Said {
    Said { id: id.into(), versions: vec![Version { at: at(second), text: text.into() }], reply_to: None, deleted: None, via: Via::Thread }
}

impl Said {
    fn edited(mut self, second: i64, text: &str) -> Self {
        self.versions.push(Version { at: at(second), text: text.into() });
        self
    }
    fn deleted(mut self, second: i64) -> Self {
        self.deleted = Some(at(second));
        self
    }
    fn reply(mut self) -> Self {
        self.reply_to = Some("another".into());
        self
    }
    fn form(mut self) -> Self {
        self.via = Via::Form;
        self
    }
}

/// What was done besides talking, in seconds.
#[derive(Debug, Clone, Default)]
struct Times {
    opened: Vec<i64>,
    again: Vec<i64>,
    others: Vec<i64>,
}

fn opened(second: i64) -> Times {
    Times { opened: vec![second], ..Times::default() }
}

fn again(second: i64) -> Times {
    Times { again: vec![second], ..Times::default() }
}

fn others(second: i64) -> Times {
    Times { others: vec![second], ..Times::default() }
}

fn fold_of(said: &[Said], times: &Times) -> Fold {
    let instants = |seconds: &[i64]| seconds.iter().map(|s| at(*s)).collect::<Vec<_>>();
    let round = Round {
        opens: at(0),
        closes: at(CLOSES),
        prompt: "What does Envoy do in Istio?",
        is_field_word: &|word| ["proxy", "sidecar", "mtls", "retry", "istiod"].contains(&word),
        copied: &|text, _| text.contains("copied words") && !text.contains("my own"),
    };
    let (opened, again, others) = (instants(&times.opened), instants(&times.again), instants(&times.others));
    fold(&round, &Doings { said, opened: &opened, again: &again, others: &others })
}

/// "number: text", with what is special about the attempt; line breaks as `/`.
fn attempts(said: &[Said], times: &Times) -> Vec<String> {
    let shown = |a: &Attempt| {
        format!(
            "{}: {}{}{}",
            a.number,
            a.text.replace('\n', " / "),
            if a.late { " (late)" } else { "" },
            if a.withdrawn { " (withdrawn)" } else { "" }
        )
    };
    fold_of(said, times).attempts.iter().map(shown).collect()
}

fn asides(said: &[Said], times: &Times) -> Vec<(String, Why)> {
    fold_of(said, times).asides.into_iter().map(|aside| (aside.id, aside.why)).collect()
}

#[track_caller]
fn check(said: &[Said], times: &Times, expected: &[&str]) {
    assert_eq!(attempts(said, times), expected);
}

#[test]
fn the_first_substantive_message_is_the_answer_and_the_rest_is_conversation() {
    let said = [
        typed("1", 10, "lol"),
        typed("2", 100, "no idea"),
        typed("3", 200, "the sidecar proxy"),
        typed("4", 300, "mtls is cool though, and retry"),
    ];
    check(&said, &Times::default(), &["1: the sidecar proxy"]);
    let asides = asides(&said, &Times::default());
    assert_eq!(asides, [("1".into(), Why::Chatter), ("2".into(), Why::DontKnow), ("4".into(), Why::Later)]);
}

#[test]
fn what_follows_within_the_pause_joins_whoever_speaks() {
    let said = [typed("1", 10, "the sidecar proxy"), typed("2", 25, "and mtls"), typed("3", 40, "also the CA")];
    check(&said, &others(20), &["1: the sidecar proxy / and mtls / also the CA"]);
    check(&[said[0].clone(), typed("2", 26, "and mtls")], &others(20), &["1: the sidecar proxy"]);
}

#[test]
fn what_follows_within_a_minute_joins_while_nobody_else_speaks() {
    let said = [typed("1", 10, "the sidecar proxy"), typed("2", 70, "and mtls")];
    check(&said, &Times::default(), &["1: the sidecar proxy / and mtls"]);
    check(&said, &others(5), &["1: the sidecar proxy / and mtls"]);
    check(&said, &others(50), &["1: the sidecar proxy"]);
    check(&[said[0].clone(), typed("2", 71, "and mtls")], &Times::default(), &["1: the sidecar proxy"]);
}

#[test]
fn talk_and_replies_stay_out_of_the_text() {
    let said = [
        typed("1", 10, "the sidecar proxy"),
        typed("2", 20, "lol"),
        typed("3", 30, "and mtls"),
        typed("4", 35, "retry as well, yes").reply(),
    ];
    check(&said, &others(12), &["1: the sidecar proxy / and mtls"]);
    assert_eq!(asides(&said, &others(12)), [("2".into(), Why::Chatter), ("4".into(), Why::Reply)]);
    check(&[typed("1", 10, "the sidecar proxy").reply()], &Times::default(), &[]);
}

#[test]
fn try_again_lets_one_more_message_in() {
    let said = [typed("1", 10, "the sidecar proxy"), typed("2", 500, "mtls and retry"), typed("3", 900, "and istiod")];
    check(&said, &again(400), &["1: the sidecar proxy", "2: mtls and retry"]);
    // A press ends the run, waits for an answer, and a form uses it up.
    check(&[said[0].clone(), typed("2", 15, "mtls and retry")], &again(12), &["1: the sidecar proxy", "2: mtls and retry"]);
    check(&[said[0].clone(), typed("2", 450, "hm"), said[1].clone()], &again(400), &["1: the sidecar proxy", "2: mtls and retry"]);
    check(&[said[0].clone(), typed("f", 450, "a proxy").form(), said[1].clone()], &again(400), &["1: the sidecar proxy", "2: a proxy"]);
}

#[test]
fn each_explicit_answer_and_each_form_is_an_attempt_up_to_three() {
    let said = [
        typed("1", 10, "answer: a proxy"),
        typed("2", 12, "Answer: mtls").reply(),
        typed("3", 14, "and retry"),
        typed("4", 20, "whatever it may be").form(),
        typed("5", 22, "**answer:** istiod"),
    ];
    check(&said, &Times::default(), &["1: a proxy", "2: mtls / and retry", "3: whatever it may be"]);
    assert_eq!(asides(&said, &Times::default()), [("5".into(), Why::NoAttemptLeft)]);
    check(
        &[typed("f", 5, "don't know").form(), typed("g", 9, "\u{200b} ").form(), typed("1", 12, "the proxy")],
        &Times::default(),
        &["1: the proxy"],
    );
}

#[test]
fn after_a_form_the_thread_is_conversation() {
    let said = [typed("f", 5, "a proxy").form(), typed("1", 9, "the sidecar proxy does it")];
    check(&said, &Times::default(), &["1: a proxy"]);
}

#[test]
fn an_edit_before_the_breakdown_changes_the_attempt_in_place() {
    let said = [typed("1", 10, "the sidecar proxy").edited(500, "the sidecar proxy, mtls"), typed("2", 20, "and retry")];
    check(&said, &opened(501), &["1: the sidecar proxy, mtls / and retry"]);
}

#[test]
fn an_edit_after_the_breakdown_uses_an_attempt_and_after_three_does_nothing() {
    let said =
        [typed("1", 10, "a proxy").edited(500, "a proxy, mtls").edited(700, "a proxy, mtls, retry").edited(900, "a proxy with everything")];
    let times = Times { opened: vec![400, 600, 800], ..Times::default() };
    check(&said, &times, &["1: a proxy", "2: a proxy, mtls", "3: a proxy, mtls, retry"]);
    assert_eq!(asides(&said, &times), [("1".into(), Why::NoAttemptLeft)]);
    assert_eq!(fold_of(&said, &times).attempts[1].at, at(500));
    // Between two looks, edits of the new attempt are in place.
    check(&said, &opened(400), &["1: a proxy", "2: a proxy with everything"]);
}

#[test]
fn an_edit_of_signs_or_into_talk_after_the_breakdown_does_nothing() {
    check(&[typed("1", 10, "a proxy").edited(500, "A proxy!")], &opened(400), &["1: a proxy"]);
    let said = [typed("1", 10, "a proxy").edited(500, "lol")];
    check(&said, &opened(400), &["1: a proxy"]);
    assert_eq!(asides(&said, &opened(400)), [("1".into(), Why::EditWithoutEffect)]);
}

#[test]
fn an_edit_into_an_answer_counts_from_the_edit() {
    let fold = fold_of(&[typed("1", 10, "brb").edited(500, "the sidecar proxy")], &Times::default());
    assert_eq!((fold.attempts[0].at, fold.asides.len()), (at(500), 0));
    check(&[typed("1", 10, "brb").edited(CLOSES + 5, "the sidecar proxy")], &Times::default(), &["1: the sidecar proxy (late)"]);
    check(
        &[typed("1", 10, "a proxy"), typed("2", 300, "mtls ftw").edited(400, "answer: mtls")],
        &Times::default(),
        &["1: a proxy", "2: mtls"],
    );
}

#[test]
fn a_deletion_gives_back_what_was_not_looked_at() {
    let said = [typed("1", 10, "a proxy").deleted(200), typed("2", 100, "mtls and retry"), typed("3", 300, "the sidecar proxy")];
    // What was said while the first stood is conversation; what comes after can be the answer.
    check(&said, &Times::default(), &["2: the sidecar proxy"]);
    check(&said, &opened(150), &["1:  (withdrawn)"]);
    check(&[typed("1", 10, "a proxy").deleted(50), typed("2", 20, "and mtls")], &Times::default(), &["1: and mtls"]);
    check(&[typed("1", 10, "a proxy").edited(40, "nvm")], &Times::default(), &[]);
}

#[test]
fn a_deletion_in_a_sealed_attempt_withdraws_it_and_what_is_left_is_new() {
    let said = [typed("1", 10, "a proxy"), typed("2", 20, "it replaces istiod").deleted(500)];
    check(&said, &opened(400), &["1: a proxy (withdrawn)", "2: a proxy"]);
    check(&said, &Times::default(), &["1: a proxy"]);
}

#[test]
fn a_deletion_may_be_heard_of_first() {
    let gone = Said { versions: vec![], ..typed("1", 10, "").deleted(9) };
    check(std::slice::from_ref(&gone), &Times::default(), &[]);
    check(&[gone, typed("1", 10, "a proxy")], &Times::default(), &[]);
}

#[test]
fn late_is_what_is_said_from_the_close_on() {
    check(&[typed("1", CLOSES - 1, "a proxy")], &Times::default(), &["1: a proxy"]);
    check(&[typed("1", CLOSES, "a proxy")], &Times::default(), &["1: a proxy (late)"]);
    assert_eq!(asides(&[typed("1", -1, "a proxy")], &Times::default()), [("1".into(), Why::BeforeOpening)]);
}

#[test]
fn after_the_close_what_was_on_time_keeps_its_words() {
    let said = [typed("1", CLOSES - 5, "a proxy"), typed("2", CLOSES + 5, "and mtls"), typed("3", CLOSES + 9, "and retry")];
    check(&said, &Times::default(), &["1: a proxy", "2: a proxy / and mtls / and retry (late)"]);
    check(&[typed("1", 10, "a proxy").edited(CLOSES + 5, "a proxy, mtls")], &Times::default(), &["1: a proxy", "2: a proxy, mtls (late)"]);
    check(&[typed("1", 10, "a proxy").deleted(CLOSES + 5)], &Times::default(), &["1:  (withdrawn)"]);
}

#[test]
fn opening_the_breakdown_ends_the_run() {
    check(&[typed("1", 10, "a proxy"), typed("2", 14, "and mtls")], &opened(12), &["1: a proxy"]);
}

#[test]
fn a_copy_uses_no_attempt() {
    let said = [typed("1", 10, "proxy: copied words"), typed("2", 300, "the sidecar proxy")];
    check(&said, &Times::default(), &["1: the sidecar proxy"]);
    assert_eq!(asides(&said, &Times::default()), [("1".into(), Why::Copied)]);
    // An attempt that becomes one is given back; a press isn't used by one.
    check(&[typed("1", 10, "a proxy").edited(40, "proxy, copied words")], &Times::default(), &[]);
    check(&[typed("1", 10, "a proxy, copied"), typed("2", 20, "copied words, mtls")], &Times::default(), &["1: a proxy, copied"]);
    let times = again(100);
    check(
        &[typed("0", 10, "a proxy"), typed("1", 110, "answer: copied words"), typed("2", 300, "mtls and retry")],
        &times,
        &["1: a proxy", "2: mtls and retry"],
    );
}

#[test]
fn what_is_too_long_is_refused_also_when_joined() {
    let long = "a proxy ".repeat(2_000);
    let said = [typed("1", 10, &long), typed("2", 15, &long), typed("3", 18, &"proxy ".repeat(4_000))];
    let fold = fold_of(&said, &Times::default());
    assert_eq!(fold.attempts[0].ids, ["1"]);
    assert_eq!(asides(&said, &Times::default()), [("2".into(), Why::TooLong), ("3".into(), Why::TooLong)]);
}

const TEXTS: &[&str] = &[
    "lol",
    "no idea",
    "the sidecar proxy",
    "and mtls",
    "answer: istiod",
    "answer:",
    "also the CA",
    "do you mean ambient?",
    "proxy, copied words",
    "",
    "\u{202e}yxorp",
    "a proxy that does retry",
    "thanks",
    "mtls, my own copied words",
];

fn any_said() -> impl Strategy<Value = Said> {
    let version = (0..200_i64, 0..TEXTS.len()).prop_map(|(s, text)| Version { at: at(s * 60 - 600), text: TEXTS[text].into() });
    let close = (0..90_i64, 0..TEXTS.len()).prop_map(|(s, text)| Version { at: at(s * 3), text: TEXTS[text].into() });
    let versions = prop::collection::vec(prop_oneof![version, close], 0..4);
    (0..8_u32, versions, prop::option::weighted(0.2, Just("x".to_owned())), prop::option::weighted(0.2, 0..300_i64), any::<bool>())
        .prop_map(|(id, versions, reply_to, deleted, form)| Said {
            id: format!("{id}"),
            versions,
            reply_to,
            deleted: deleted.map(|s| at(s * 40)),
            via: if form && id == 0 { Via::Form } else { Via::Thread },
        })
}

fn any_times() -> impl Strategy<Value = Times> {
    let seconds = || prop::collection::vec(prop_oneof![0..300_i64, 0..12_000_i64], 0..4);
    (seconds(), seconds(), seconds()).prop_map(|(opened, again, others)| Times { opened, again, others })
}

/// Everything once more and in another order.
fn shuffled(times: &Times) -> Times {
    let twice = |seconds: &[i64]| seconds.iter().rev().chain(seconds).copied().collect();
    Times { opened: twice(&times.opened), again: twice(&times.again), others: twice(&times.others) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn order_and_repeats_make_no_difference(said in prop::collection::vec(any_said(), 0..10), times in any_times(), order in any::<prop::sample::Index>(), repeats in prop::collection::vec(any::<prop::sample::Index>(), 0..6)) {
        let expected = fold_of(&said, &times);
        let mut told = said.clone();
        for repeat in repeats.iter().filter(|_| !said.is_empty()) {
            let mut again = said[repeat.index(said.len())].clone();
            again.versions.reverse();
            told.push(again);
        }
        if !told.is_empty() {
            let by = order.index(told.len());
            told.rotate_left(by);
            told.reverse();
        }
        prop_assert_eq!(fold_of(&told, &shuffled(&times)), expected);
    }

    #[test]
    fn at_most_three_attempts_with_rising_numbers(said in prop::collection::vec(any_said(), 0..12), times in any_times()) {
        let fold = fold_of(&said, &times);
        prop_assert!(fold.attempts.len() <= ATTEMPTS);
        prop_assert!(fold.attempts.windows(2).all(|two| two[0].number < two[1].number && two[0].at <= two[1].at));
        prop_assert!(fold.attempts.iter().all(|attempt| attempt.late == (attempt.at >= at(CLOSES)) && attempt.at >= at(0)));
        prop_assert!(fold.attempts.iter().all(|attempt| attempt.withdrawn || !attempt.text.is_empty()));
    }

    #[test]
    fn nothing_said_is_lost_and_nothing_deleted_is_kept(said in prop::collection::vec(any_said(), 0..10), times in any_times()) {
        let fold = fold_of(&said, &times);
        for one in merged(&said) {
            let holders: Vec<&Attempt> = fold.attempts.iter().filter(|attempt| attempt.ids.contains(&one.id)).collect();
            let noted = fold.asides.iter().any(|aside| aside.id == one.id);
            if one.versions.is_empty() {
                prop_assert!(holders.is_empty() && !noted);
            } else if one.deleted.is_some() {
                prop_assert!(holders.is_empty());
            } else {
                prop_assert!(noted || !holders.is_empty());
                let kept = |attempt: &&Attempt| one.versions.iter().any(|version| {
                    let text = version.text.trim_start_matches("answer:").trim();
                    attempt.text.contains(text)
                });
                prop_assert!(holders.iter().all(kept));
            }
        }
    }
}
