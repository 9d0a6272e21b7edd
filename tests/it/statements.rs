//! Every statement in the source runs on both engines: what only one of them understands is found here, not at a team's desk.

use crate::databases::both;
use crate::store::{Team, at, daily, day, id, question};
use meshdrill::message::{Card, Speech, Turn};
use meshdrill::store::answers::Counted;
use meshdrill::store::answers::Words;
use meshdrill::store::boards::Span;
use meshdrill::store::challenges::{Challenge, Challenger};
use meshdrill::store::outbox::{GivenUp, LANE_BULK, Reach, Saying, Verb};
use meshdrill::store::quizzes::{Mastery, Quiz, Wanted};
use meshdrill::store::rounds::NewRound;
use meshdrill::store::schedules::Schedule;
use meshdrill::store::{Db, STATEMENTS, Tx};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::Once;
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use uuid::Uuid;

/// A statement as it stands in the source, and where.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Written {
    text: String,
    place: String,
}

/// The string literals handed to `.sql(` in a source file. Errors name a call whose text is made up elsewhere.
fn statements(path: &str, source: &str) -> Result<Vec<Written>, String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(".sql(") {
        rest = &rest[at + ".sql(".len()..];
        let line = source[..source.len() - rest.len()].lines().count();
        // A mention in a comment is none.
        if source.lines().nth(line - 1).is_some_and(|line| line.trim_start().starts_with("//")) {
            continue;
        }
        let text = rest.trim_start().strip_prefix('"').and_then(|text| text.split_once('"'));
        let (text, _) = text.ok_or_else(|| format!("{path}:{line}: the statement is not written where it is used"))?;
        if text.contains('\\') {
            return Err(format!("{path}:{line}: the statement has an escape, which this test doesn't read"));
        }
        found.push(Written { text: text.to_owned(), place: format!("{path}:{line}") });
    }
    Ok(found)
}

/// Every statement of the store.
fn all_statements() -> Vec<Written> {
    let mut folders = vec![PathBuf::from("src")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else {
                let source = std::fs::read_to_string(entry.path()).unwrap();
                found.extend(statements(&path.to_string_lossy(), &source).unwrap());
            }
        }
    }
    found
}

#[test]
fn statements_are_found_in_source() {
    let texts = |source| statements("x.rs", source).map(|found| found.into_iter().map(|it| (it.text, it.place)).collect::<Vec<_>>());
    assert_eq!(Ok(vec![]), texts("//! `db.sql(TEXT)`\nfn sql() {}"));
    let two = "tx.sql(\"SELECT 1\").one();\n tx\n  .sql(\n  \"UPDATE\n  x\",\n )";
    assert_eq!(Ok(vec![("SELECT 1".into(), "x.rs:1".into()), ("UPDATE\n  x".into(), "x.rs:3".into())]), texts(two));
    assert!(texts("tx.sql(TEXT)").is_err() && texts("tx.sql(\"a\\n\")").is_err());
    assert!(all_statements().len() > 50, "the store has more than that");
}

thread_local! {
    /// The statements announced on this thread, while somebody collects them.
    static RAN: RefCell<Option<BTreeSet<String>>> = const { RefCell::new(None) };
}

/// Hears what the store announces.
struct Collector;

impl<S: Subscriber> Layer<S> for Collector {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == STATEMENTS
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        RAN.with_borrow_mut(|ran| {
            if let Some(ran) = ran {
                event.record(&mut Text(ran));
            }
        });
    }
}

struct Text<'a>(&'a mut BTreeSet<String>);

impl Visit for Text<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "statement" {
            self.0.insert(value.to_owned());
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

both! {
    async fn every_statement_runs(db: Db) {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Collector)).unwrap());
        RAN.set(Some(BTreeSet::new()));
        tour(&db).await;
        let ran = RAN.take().unwrap();
        let missing: Vec<_> = all_statements().into_iter().filter(|written| !ran.contains(&written.text)).collect();
        let missing: Vec<_> = missing.iter().map(|written| format!("{}: {}", written.place, written.text)).collect();
        let engine = db.engine();
        assert!(missing.is_empty(), "never ran on {engine}; take the tour past them:\n\n{}\n", missing.join("\n\n"));
    }
}

/// Goes through everything the store can do, in this task, so that its thread hears it.
async fn tour(db: &Db) {
    let team = Team::new(db, 2).await;
    let mut tx = db.begin().await.unwrap();
    people(&mut tx, &team).await;
    schedules(&mut tx, &team).await;
    rounds(&mut tx, &team).await;
    answers(&mut tx, &team).await;
    quizzes(&mut tx, &team).await;
    challenges(&mut tx, &team).await;
    said(&mut tx, &team).await;
    troubles(&mut tx, &team).await;
    deadlines(&mut tx, &team).await;
    read_back(&mut tx, &team).await;
    seats(&mut tx, &team).await;
    tx.lock_all_of(team.workspace, team.members[0]).await.unwrap();
    tx.forget_member(team.workspace, team.members[0], "u0").await.unwrap();
    tx.commit().await.unwrap();
    db.threads_since("local", at(0)).await.unwrap();
    assert!(db.outbox(team.workspace).await.unwrap().len() > 1);
    assert_eq!(None, db.seat(team.workspace, "d").await.unwrap(), "a seat goes with its member");
}

async fn read_back(tx: &mut Tx, team: &Team) {
    let workspace = team.workspace;
    assert!(tx.heads(workspace, Uuid::max(), 9).await.unwrap().contains(&id(1)));
    assert!(tx.said_between(workspace, id(1), id(9)).await.unwrap().iter().any(|post| post.id == id(1)));
    assert_eq!(None, tx.thread_on(workspace, id(1)).await.unwrap());
    assert_eq!("m1", tx.written_to(workspace, id(1), 9).await.unwrap()[0].message_id);
    tx.signs_in(workspace, id(1), "m1", 9).await.unwrap();
    tx.told_to(workspace, "u0", 9).await.unwrap();
    tx.answers_to(workspace, team.members[0], 9).await.unwrap();
    tx.told_since(workspace, id(0)).await.unwrap();
}

async fn seats(tx: &mut Tx, team: &Team) {
    let workspace = team.workspace;
    tx.lock_workspace(workspace).await.unwrap();
    let member = tx.members(workspace).await.unwrap().into_iter().find(|member| member.id == team.members[0]).unwrap();
    tx.take_seat(workspace, &member, "d", false, at(0)).await.unwrap();
    tx.seat_leads(workspace, "d").await.unwrap();
}

async fn people(tx: &mut Tx, team: &Team) {
    let (workspace, member) = (team.workspace, team.members[0]);
    tx.workspace_by_id(workspace).await.unwrap();
    tx.set_workspace_zone(workspace, "UTC").await.unwrap();
    tx.set_notices(workspace, Some("leads")).await.unwrap();
    tx.members(workspace).await.unwrap();
    tx.set_alias(workspace, member, Some("x")).await.unwrap();
    tx.set_hidden(workspace, member, false).await.unwrap();
    tx.set_shares(workspace, member, true).await.unwrap();
    tx.set_roles(workspace, member, true, false).await.unwrap();
    tx.set_muted(workspace, member, true).await.unwrap();
    tx.add_away(workspace, member, day(1), day(2)).await.unwrap();
    tx.aways(workspace, member).await.unwrap();
    tx.member_since(workspace, member).await.unwrap();
}

async fn schedules(tx: &mut Tx, team: &Team) {
    let workspace = team.workspace;
    let schedule = Schedule {
        workspace_id: workspace,
        id: id(9),
        pack: "istio".into(),
        channel: "mesh".into(),
        state: "on".into(),
        plan: 1,
        seed: 1,
        last_date: None,
        unanswered: 0,
        lost: None,
    };
    tx.save_schedule(&schedule, at(0)).await.unwrap();
    tx.lock_schedule::<i32>(workspace, id(9)).await.unwrap().unwrap();
    tx.schedule::<i32>(workspace, id(9)).await.unwrap().unwrap();
    tx.schedules::<i32>(workspace, "istio").await.unwrap();
    tx.set_last_date(workspace, id(9), day(1)).await.unwrap();
    tx.set_unanswered(workspace, id(9), 1).await.unwrap();
    tx.notice(workspace, id(1), "a", "b", at(0)).await.unwrap();
    tx.take_notices(workspace).await.unwrap();
    tx.save_queue(workspace, id(9), &["a".into(), "b".into()]).await.unwrap();
    tx.unqueue(workspace, id(9), "a", id(1)).await.unwrap();
    tx.was_queued(workspace, id(1)).await.unwrap();
    tx.say_nowhere(workspace, "a").await.unwrap();
    tx.unrevealed(workspace, "mesh", at(0)).await.unwrap();
    tx.heard_since(workspace, id(1), at(0), true).await.unwrap();
    tx.said_since(workspace, id(1), id(1), at(0), at(1)).await.unwrap();
    assert_eq!(["b"], *tx.queue(workspace, id(9)).await.unwrap());
    assert!(tx.retire(workspace, "istio", "b", Some("unclear"), at(0)).await.unwrap());
    assert!(tx.queue(workspace, id(9)).await.unwrap().is_empty(), "a retired question waits nowhere");
    assert_eq!(1, tx.retired(workspace, "istio").await.unwrap().len());
    assert!(tx.restore(workspace, "istio", "b").await.unwrap());
}

async fn rounds(tx: &mut Tx, team: &Team) {
    let workspace = team.workspace;
    let asked = question(0);
    for n in 1..=2 {
        let round = NewRound { schedule: Some(id(9)), extra: n == 2, ..daily(id(n), &asked) };
        assert!(tx.open_round(workspace, &round).await.unwrap());
    }
    tx.round(workspace, id(1)).await.unwrap().unwrap();
    tx.lock_round(workspace, id(1)).await.unwrap().unwrap();
    tx.rounds_of_schedule(workspace, id(9)).await.unwrap();
    tx.open_dailies(workspace).await.unwrap();
    tx.has_round(workspace, id(9), day(1)).await.unwrap();
    tx.asked_by_schedule(workspace, id(9)).await.unwrap();
    tx.has_round(workspace, id(9), day(24)).await.unwrap();
    tx.open_questions(workspace, "istio").await.unwrap();
    assert_eq!(2, tx.open_rounds_of(workspace, "istio", &asked.id).await.unwrap().len());
    tx.end_round(workspace, id(2), "closed").await.unwrap();
}

async fn answers(tx: &mut Tx, team: &Team) {
    let (workspace, member) = (team.workspace, team.members[0]);
    tx.keep_message(workspace, id(1), &Words { id: "m1", member, via: "thread", reply_to: None, at: at(1), text: "x", edit: false })
        .await
        .unwrap();
    tx.delete_message(workspace, id(1), "m2", at(1)).await.unwrap();
    tx.message(workspace, id(1), "m1").await.unwrap().unwrap();
    tx.messages(workspace, id(1)).await.unwrap();
    let mut part = tx.lock_participation(workspace, id(2), member).await.unwrap();
    (part.answered, part.points) = (true, 1);
    tx.save_participation(workspace, id(2), &part).await.unwrap();
    tx.participations(workspace, id(2)).await.unwrap();
    assert_eq!(1, tx.rounds_with(workspace, "mesh", member, at(0)).await.unwrap().len());
    tx.answered_count(workspace, id(2)).await.unwrap();
    tx.answered_rounds(workspace, member).await.unwrap();
    tx.revealed_rounds(workspace, member).await.unwrap();
    tx.hardest_of_schedule(workspace, id(9)).await.unwrap();
    tx.count(workspace, Counted { board: "daily", pack: "istio", day: day(1), topic: "x", member }, 1, 1).await.unwrap();
    tx.totals(workspace, &Span { board: "daily", pack: "istio", from: day(1), to: day(2), topic: None }).await.unwrap();
    tx.day_totals(workspace, "istio").await.unwrap();
    tx.day_totals_recomputed(workspace, "istio").await.unwrap();
    tx.earned_since(workspace, member, "istio", day(1)).await.unwrap();
    tx.times_asked(workspace, "istio").await.unwrap();
    tx.earned_by_question(workspace, "istio").await.unwrap();
    tx.graded_answers(workspace, "istio", &question(0).id).await.unwrap();
    tx.kept_messages(workspace, member).await.unwrap();
    tx.kept_answers(workspace, member).await.unwrap();
    tx.kept_learning(workspace, member).await.unwrap();
    tx.scores_said(workspace, member).await.unwrap();
}

async fn quizzes(tx: &mut Tx, team: &Team) {
    let (workspace, member) = (team.workspace, team.members[0]);
    let quiz = Quiz {
        id: id(5),
        kind: "interview".into(),
        member_id: member,
        pack: "istio".into(),
        wanted: Wanted { count: 1, ..Wanted::default() },
        seed: 1,
        state: "open".into(),
        round_id: None,
        stage: "answer".into(),
        channel: "@".into(),
        minutes: Some(20),
        spent: 61,
        started_at: at(0).into(),
        last_at: at(0).into(),
    };
    tx.start_quiz(workspace, &quiz).await.unwrap();
    tx.lock_quiz(workspace, member).await.unwrap().unwrap();
    tx.is_drilling(workspace, "u1").await.unwrap();
    tx.lock_quiz_by_id(workspace, quiz.id).await.unwrap().unwrap();
    tx.save_quiz(workspace, &quiz).await.unwrap();
    tx.rounds_of_quiz(workspace, quiz.id).await.unwrap();
    tx.asked_in_quizzes(workspace, member, "istio").await.unwrap();
    tx.save_mastery(workspace, member, "istio", &Mastery { question_id: "q".into(), memory: 1, due_at: at(0), points: 1 }).await.unwrap();
    tx.mastery::<i32>(workspace, member, "istio").await.unwrap();
    tx.kept_learning(workspace, member).await.unwrap();
}

async fn challenges(tx: &mut Tx, team: &Team) {
    let (workspace, member) = (team.workspace, team.members[0]);
    let challenge = Challenge {
        id: id(6),
        pack: "istio".into(),
        channel: "mesh".into(),
        opened_by: member,
        topic: None,
        minutes: 3,
        state: "running".into(),
        asked: 1,
    };
    assert!(tx.open_challenge(workspace, &challenge, at(0)).await.unwrap());
    assert!(!tx.open_challenge(workspace, &Challenge { id: id(7), ..challenge.clone() }, at(0)).await.unwrap(), "one a channel");
    assert_eq!(Some(id(6)), tx.challenge_in(workspace, "mesh").await.unwrap());
    tx.challenge(workspace, id(6)).await.unwrap().unwrap();
    tx.lock_challenge(workspace, id(6)).await.unwrap().unwrap();
    tx.add_drawn(workspace, id(6), 1, "kept").await.unwrap();
    assert!(tx.open_questions(workspace, "istio").await.unwrap().contains(&"kept".to_owned()));
    tx.set_drawn_round(workspace, id(6), 1, id(2)).await.unwrap();
    assert_eq!(Some(id(2)), tx.drawn(workspace, id(6)).await.unwrap()[0].round_id);
    assert_eq!(Some((id(6), 1)), tx.challenge_of_round(workspace, id(2)).await.unwrap());
    let joins = Challenger { member_id: member, from_number: 1 };
    assert!(tx.join_challenge(workspace, id(6), &joins, at(0)).await.unwrap());
    assert!(!tx.join_challenge(workspace, id(6), &joins, at(0)).await.unwrap(), "once");
    assert_eq!(vec![joins], tx.challengers(workspace, id(6)).await.unwrap());
    assert_eq!(1, tx.challenges_of(workspace, member).await.unwrap().len());
    assert_eq!(1, tx.challenge_totals(workspace, id(6)).await.unwrap().len());
    assert_eq!(["kept"], *tx.drawn_before(workspace, "istio").await.unwrap());
    tx.known_questions(workspace, "istio").await.unwrap();
    tx.close_early(workspace, id(1), at(1)).await.unwrap();
    tx.save_challenge(workspace, &Challenge { state: "played".into(), ..challenge }).await.unwrap();
    assert_eq!(None, tx.challenge_in(workspace, "mesh").await.unwrap());
}

async fn said(tx: &mut Tx, team: &Team) {
    let workspace = team.workspace;
    tx.receive(workspace, "d1", at(0)).await.unwrap();
    tx.receive(workspace, "d1", at(0)).await.unwrap();
    tx.answered(workspace, "d1", team.members[0], &Turn::None).await.unwrap();
    tx.forget_deliveries(workspace, at(0)).await.unwrap();
    for n in 1..=4_u128 {
        let saying = Saying {
            about: n.to_string(),
            channel: "mesh".into(),
            thread: None,
            audience: None,
            round: None,
            verb: Verb::Post,
            on_row: None,
            on_message: None,
            lane: LANE_BULK,
            speech: Speech::Card(Card::says("x")),
            not_before: at(0),
            expires: (n == 4).then(|| at(0)),
        };
        tx.say(workspace, id(n), &saying).await.unwrap();
    }
    let rows = tx.lease(Reach::of("local"), at(0), at(60), 10).await.unwrap();
    tx.sent(&rows[0], Some("m1"), at(0)).await.unwrap();
    tx.try_later(&rows[1], at(0)).await.unwrap();
    tx.give_up(&rows[2], GivenUp::Failed, "x").await.unwrap();
    tx.refresh(workspace, "1", at(0)).await.unwrap();
    tx.reword(workspace, "1", &Speech::Card(Card::says("y")), at(0)).await.unwrap();
    tx.said_about(workspace, "1").await.unwrap().unwrap();
    tx.reword(workspace, "1", &Speech::Card(Card::says("y")), at(0)).await.unwrap();
    tx.scores_said(workspace, team.members[0]).await.unwrap();
    tx.scores_said_in(workspace, id(1)).await.unwrap();
    tx.scores_said_of(workspace, id(1), team.members[0]).await.unwrap();
    tx.round_of_thread(workspace, "m1").await.unwrap();
}

async fn troubles(tx: &mut Tx, team: &Team) {
    let workspace = team.workspace;
    tx.refresh(workspace, "1", at(1)).await.unwrap();
    let row = tx.lease(Reach::of("local"), at(2), at(60), 10).await.unwrap().into_iter().find(|row| row.about == "1").unwrap();
    assert!(tx.note_trouble(&row, "silenced", "ask", at(2)).await.unwrap());
    assert!(!tx.note_trouble(&row, "silenced", "ask", at(2)).await.unwrap(), "that is known");
    assert!(tx.blocked(&row, "silenced", at(60), at(900)).await.unwrap());
    assert_eq!(1, tx.try_blocked(workspace, Some("mesh"), at(3)).await.unwrap());
    assert_eq!(1, tx.troubles(workspace).await.unwrap().len());
    assert!(tx.end_trouble(&row).await.unwrap());
    tx.forget_troubles(workspace, "mesh").await.unwrap();
    tx.unclear(workspace).await.unwrap();
    tx.lease_held(workspace, "u1", at(3), at(60), 9).await.unwrap();
    tx.holds_for(workspace, "u1").await.unwrap();
    tx.turn_of(workspace, "u1", "d1").await.unwrap();
    tx.speech_of(workspace, id(1), "u1").await.unwrap();
    assert!(!tx.settle_unclear(workspace, id(404), true, at(3)).await.unwrap());
    tx.expire_round(workspace, id(404)).await.unwrap();
    tx.expire_under(workspace, id(404)).await.unwrap();
    tx.lose_thread(workspace, id(404), "gone").await.unwrap();
    tx.say_in_channel(workspace, "404", at(3)).await.unwrap();
    assert!(tx.void_round(workspace, id(2)).await.unwrap());
    tx.move_schedule(workspace, id(9), "ops").await.unwrap();
}

async fn deadlines(tx: &mut Tx, team: &Team) {
    tx.set_deadline(team.workspace, "close", id(1), at(0)).await.unwrap();
    let due = tx.take_deadline(at(0)).await.unwrap().unwrap();
    tx.put_off(&due, at(60)).await.unwrap();
    // One about nothing that is still there, which is seen and passed over.
    tx.set_deadline(team.workspace, "close", id(404), at(0)).await.unwrap();
    tx.take_deadline(at(0)).await.unwrap().unwrap();
    tx.next_deadline().await.unwrap();
    tx.set_deadline(team.workspace, "close", id(1), at(0)).await.unwrap();
    assert!(tx.next_of_kind(team.workspace, "close").await.unwrap().is_some());
}
