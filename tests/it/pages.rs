//! What the pages beside the room show: one's own progress, and how questions went.

use crate::databases::both;
use crate::store::{Team, at, daily, day, id, question};
use meshdrill::bank::{Level, Pack, load};
use meshdrill::grade::{Believed, Grade, Judged, Verdict};
use meshdrill::quiz::Quiz;
use meshdrill::quiz::progress::{EarnedDay, Missed, Ranked};
use meshdrill::quiz::questions::{Fared, Record};
use meshdrill::store::answers::{Attempt, Counted};
use meshdrill::store::quizzes::Mastery;
use meshdrill::store::rounds::NewRound;
use meshdrill::store::{Db, Tx};
use uuid::Uuid;

fn pack() -> Pack {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/packs");
    load::read_dir(&folder).packs.into_iter().find(|pack| pack.id == "istio").unwrap()
}

fn core(db: &Db) -> Quiz {
    Quiz::new(db.clone(), vec![pack()], "Europe/Berlin", 7)
}

async fn earn(tx: &mut Tx, workspace: Uuid, board: &'static str, day: jiff::civil::Date, member: Uuid, points: i64) {
    tx.count(workspace, Counted { board, pack: "istio", day, topic: "traffic", member }, points, 1).await.unwrap();
}

async fn know(tx: &mut Tx, workspace: Uuid, member: Uuid, question: &str, points: i64, due: i64) {
    let known = Mastery { question_id: question.into(), memory: rs_fsrs::Card::default(), due_at: at(due), points };
    tx.save_mastery(workspace, member, "istio", &known).await.unwrap();
}

both! {
    async fn whoever_has_just_come_has_nothing_yet(db: Db) {
        let team = Team::new(&db, 1).await;
        let progress = core(&db).progress(team.workspace, team.members[0], "istio", at(0)).await.unwrap();
        assert!(progress.is_empty());
        assert_eq!((None, None, false), (progress.week, progress.all, progress.hidden));
        // From a Monday on, eight weeks in all, today the last.
        assert_eq!(51, progress.days.len());
        assert_eq!(Some(jiff::civil::date(2026, 10, 5)), progress.days.first().map(|day| day.day));
        assert_eq!(Some(day(24)), progress.days.last().map(|day| day.day));
        assert!(core(&db).progress(team.workspace, team.members[0], "none", at(0)).await.is_err());
    }

    async fn progress_is_ones_own(db: Db) {
        let team = Team::new(&db, 2).await;
        let (workspace, [ana, bo]) = (team.workspace, [team.members[0], team.members[1]]);
        let mut tx = db.begin().await.unwrap();
        earn(&mut tx, workspace, "daily", day(23), ana, 700).await;
        earn(&mut tx, workspace, "daily", day(24), ana, 250).await;
        earn(&mut tx, workspace, "practice", day(24), ana, 1000).await;
        // Too long ago for the chart, not for all time.
        earn(&mut tx, workspace, "daily", jiff::civil::date(2026, 10, 4), ana, 50).await;
        earn(&mut tx, workspace, "daily", day(24), bo, 1000).await;
        know(&mut tx, workspace, ana, "canary", 900, -60).await;
        know(&mut tx, workspace, ana, "gateway", 300, -30).await;
        know(&mut tx, workspace, ana, "jwt-or-mtls", 800, 60).await;
        know(&mut tx, workspace, ana, "no-longer-there", 0, -90).await;
        know(&mut tx, workspace, bo, "what-is-a-mesh", 0, -90).await;
        tx.commit().await.unwrap();

        let quiz = core(&db);
        let progress = quiz.progress(workspace, ana, "istio", at(0)).await.unwrap();
        assert!(!progress.is_empty());
        assert_eq!(Some(Ranked { rank: 2, of: 2, points: 950, answers: 2 }), progress.week);
        assert_eq!(Some(Ranked { rank: 1, of: 2, points: 1000, answers: 3 }), progress.all.map(|all| Ranked { rank: 1, ..all }));
        let earned: Vec<_> = progress.days.iter().filter(|day| day.answers > 0).copied().collect();
        let expected =
            [EarnedDay { day: day(23), board: 700, practice: 0, answers: 1 }, EarnedDay { day: day(24), board: 250, practice: 1000, answers: 2 }];
        assert_eq!(expected.as_slice(), earned);
        let topics: Vec<_> = progress.mastery.topics.iter().map(|topic| (topic.id.as_str(), topic.average, topic.seen, topic.of)).collect();
        let expected = [("fundamentals", None, 0, 1), ("traffic", Some(600), 2, 2), ("security", Some(800), 1, 1)];
        assert_eq!(expected.as_slice(), topics);
        let missed: Vec<_> = progress.mastery.missed.iter().map(|Missed { topic, points, due, .. }| (topic.as_str(), *points, *due)).collect();
        assert_eq!([("Traffic", 300, true), ("Security", 800, false)].as_slice(), missed);

        let other = quiz.progress(workspace, bo, "istio", at(0)).await.unwrap();
        assert_eq!(1, other.days.iter().map(|day| day.answers).sum::<i64>());
    }

    async fn whoever_is_hidden_sees_their_points_without_a_rank(db: Db) {
        let team = Team::new(&db, 1).await;
        let mut tx = db.begin().await.unwrap();
        earn(&mut tx, team.workspace, "daily", day(24), team.members[0], 250).await;
        tx.set_hidden(team.workspace, team.members[0], true).await.unwrap();
        tx.commit().await.unwrap();
        let progress = core(&db).progress(team.workspace, team.members[0], "istio", at(0)).await.unwrap();
        assert!(progress.hidden && progress.week.is_none() && !progress.is_empty());
        assert_eq!(Some(250), progress.days.last().map(|day| day.board));
    }
}

/// A graded answer to the first question: these verdicts for its first criteria, the others missed.
fn attempt(number: u32, points: i64, said: &[Verdict]) -> Attempt {
    let asked = question(0);
    let verdict = |at: usize| said.get(at).copied().unwrap_or(Verdict::Missed);
    let judged = asked.criteria.iter().enumerate().map(|(at, criterion)| Judged {
        criterion: criterion.id.clone(),
        verdict: verdict(at),
        points: 0,
        quotes: Vec::new(),
    });
    let believed = asked.misconceptions.first().filter(|_| points == 0);
    let misconceptions = believed.map(|wrong| Believed { misconception: wrong.id.clone(), cost: wrong.cost, quote: String::new() });
    let grade = Grade {
        points,
        range: (points, points),
        verdicts: judged.collect(),
        misconceptions: misconceptions.into_iter().collect(),
        note: None,
    };
    Attempt { number, messages: Vec::new(), text: "x".into(), at: at(0), late: false, grade, withdrawn: false }
}

/// Asks the first question and takes one member's answers to it.
async fn asked(db: &Db, team: &Team, n: u128, kind: &'static str, state: &'static str, answers: &[(usize, Vec<Attempt>)]) {
    let asked = question(0);
    let mut tx = db.begin().await.unwrap();
    let round = NewRound { kind, opens: at(n as i64), ..daily(id(n), &asked) };
    assert!(tx.open_round(team.workspace, &round).await.unwrap());
    for (member, attempts) in answers {
        let mut part = tx.lock_participation(team.workspace, id(n), team.members[*member]).await.unwrap();
        part.points = attempts.iter().map(|attempt| attempt.grade.points).max().unwrap_or_default();
        (part.attempts, part.answered) = (attempts.clone(), true);
        tx.save_participation(team.workspace, id(n), &part).await.unwrap();
    }
    if state != "open" {
        assert!(tx.end_round(team.workspace, id(n), state).await.unwrap());
    }
    tx.commit().await.unwrap();
}

async fn record(db: &Db, team: &Team) -> Record {
    let (pack, asked) = (pack(), question(0));
    let quiz = core(db);
    let record = quiz.sheet(team.workspace, &pack, &asked.id).await.unwrap().unwrap().record;
    // The list says the same.
    let entries = quiz.entries(team.workspace, &pack, None, None).await.unwrap();
    let entry = entries.iter().find(|entry| entry.question.id == asked.id).unwrap();
    let times = record.asked.iter().map(|(_, n)| n).sum::<i64>();
    assert_eq!((times, record.answers, record.mean), (entry.asked, entry.answers, entry.mean));
    record
}

both! {
    async fn a_question_that_was_never_asked_has_no_record(db: Db) {
        let team = Team::new(&db, 1).await;
        let record = record(&db, &team).await;
        assert_eq!((true, None, 0, None), (record.asked.is_empty(), record.last_at, record.answers, record.mean));
        let pack = pack();
        let sheet = core(&db).sheet(team.workspace, &pack, "what-is-a-mesh").await.unwrap().unwrap();
        assert_eq!((None, Some(pack.questions[1].id.clone())), sheet.neighbours);
        assert!(core(&db).sheet(team.workspace, &pack, "no-such-question").await.unwrap().is_none());
    }

    async fn a_closed_daily_is_counted_by_its_best_attempts(db: Db) {
        use Verdict::{Contradicted, Made, Missed, Partly};
        let team = Team::new(&db, 2).await;
        let twice = vec![attempt(1, 200, &[Missed, Partly]), attempt(2, 800, &[Made, Partly])];
        asked(&db, &team, 1, "daily", "closed", &[(0, twice), (1, vec![attempt(1, 0, &[Contradicted])])]).await;
        // One that is open says nothing yet, one that was taken back never will.
        asked(&db, &team, 2, "challenge", "open", &[(0, vec![attempt(1, 1000, &[Made, Made])])]).await;
        asked(&db, &team, 3, "daily", "void", &[(0, vec![attempt(1, 1000, &[Made, Made])])]).await;
        let record = record(&db, &team).await;
        assert_eq!([("challenge".to_owned(), 1), ("daily".to_owned(), 1)].as_slice(), record.asked);
        assert_eq!((Some(at(2)), 2, Some(400), false), (record.last_at, record.answers, record.mean, record.kept_back));
        assert_eq!(Fared { made: 1, partly: 0, contradicted: 1, of: 2 }, record.criteria[0]);
        assert_eq!(Fared { made: 0, partly: 1, contradicted: 0, of: 2 }, record.criteria[1]);
        assert_eq!(Some(&1), record.misconceptions.first());
    }

    async fn what_few_practised_alone_is_kept_back(db: Db) {
        use Verdict::Made;
        let team = Team::new(&db, 3).await;
        asked(&db, &team, 1, "daily", "closed", &[(0, vec![attempt(1, 500, &[Made])])]).await;
        // A follow-up's answer is no second try.
        asked(&db, &team, 2, "quiz", "closed", &[(0, vec![attempt(1, 300, &[]), attempt(2, 900, &[Made])])]).await;
        asked(&db, &team, 3, "quiz", "closed", &[(0, vec![attempt(1, 900, &[Made])])]).await;
        asked(&db, &team, 4, "interview", "closed", &[(1, vec![attempt(1, 900, &[Made])])]).await;
        let few = record(&db, &team).await;
        assert_eq!((1, Some(500), true), (few.answers, few.mean, few.kept_back));
        assert_eq!(Fared { made: 1, of: 1, ..Fared::default() }, few.criteria[0]);

        asked(&db, &team, 5, "quiz", "closed", &[(2, vec![attempt(1, 100, &[])])]).await;
        let several = record(&db, &team).await;
        assert_eq!((5, Some(660), false), (several.answers, several.mean, several.kept_back));
        assert_eq!(Fared { made: 3, of: 5, ..Fared::default() }, several.criteria[0]);
    }

    async fn the_list_can_be_narrowed(db: Db) {
        let team = Team::new(&db, 1).await;
        let (quiz, pack) = (core(&db), pack());
        assert_eq!(pack.questions.len(), quiz.entries(team.workspace, &pack, None, None).await.unwrap().len());
        let traffic = quiz.entries(team.workspace, &pack, Some("traffic"), None).await.unwrap();
        assert!(!traffic.is_empty() && traffic.iter().all(|entry| entry.question.topic == "traffic"));
        for level in Level::ALL {
            let of_it = quiz.entries(team.workspace, &pack, None, Some(level)).await.unwrap();
            assert!(of_it.iter().all(|entry| entry.question.level == level));
        }
    }
}
