//! Messages as they came, parts that are folded under a lock, and sums that are always those of the answers.

use super::{AT_ONCE, Team, at, at_once, daily, day, id, question, two};
use crate::databases::{Fresh, both};
use meshdrill::bank::Hundredths;
use meshdrill::grade::{Believed, Grade, Judged, Verdict};
use meshdrill::store::answers::{Attempt, Counted, Words};
use meshdrill::store::boards::Span;
use meshdrill::store::rounds::NewRound;
use meshdrill::store::{Day, Db, Tx};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

const MONTH: Span<'static> = Span { board: "daily", pack: "istio", from: day_of(1), to: day_of(30), topic: None };

const fn day_of(day: i8) -> jiff::civil::Date {
    jiff::civil::date(2026, 11, day)
}

fn counted(day: i8, topic: &str, member: Uuid) -> Counted<'_> {
    Counted { board: "daily", pack: "istio", day: day_of(day), topic, member }
}

fn attempt() -> Attempt {
    let judged = Judged { criterion: "routing".into(), verdict: Verdict::Made, points: 400, quotes: vec!["it \"routes\" ✓".into()] };
    let believed = Believed { misconception: "sidecar".into(), cost: 100, quote: "no".into() };
    let grade = Grade { points: 300, range: (200, 400), verdicts: vec![judged], misconceptions: vec![believed], note: None };
    Attempt { number: 1, messages: vec!["m1".into()], text: "it \"routes\" ✓".into(), at: at(5), late: false, grade, withdrawn: false }
}

both! {
    async fn a_message_is_kept_as_it_came_first(db: Db) {
        let team = Team::new(&db, 2).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        let mut tx = db.begin().await.unwrap();
        let round = team.round(&mut tx, 1).await;
        tx.keep_message(workspace, round, &Words { id: "m1", member, via: "thread", reply_to: Some("m0"), at: at(5), text: "first", edit: false }).await.unwrap();
        tx.keep_message(workspace, round, &Words { id: "m1", member: team.members[1], via: "form", reply_to: None, at: at(9), text: "again", edit: false }).await.unwrap();
        let kept = tx.message(workspace, round, "m1").await.unwrap().unwrap();
        assert_eq!((Some(member), "thread", Some("m0")), (kept.member_id, kept.via.as_str(), kept.reply_to.as_deref()));
        assert_eq!((at(5), vec![(at(5), "first".to_owned())], None), (*kept.at, kept.versions, kept.deleted_at));
        assert!(tx.message(workspace, round, "m2").await.unwrap().is_none());

        let versions = [(at(5), "first".to_owned()), (at(7), "second".to_owned())];
        let edit = Words { id: "m1", member, via: "thread", reply_to: None, at: at(7), text: "second", edit: true };
        tx.keep_message(workspace, round, &edit).await.unwrap();
        assert_eq!(versions.to_vec(), tx.message(workspace, round, "m1").await.unwrap().unwrap().versions);
        tx.delete_message(workspace, round, "m1", at(8)).await.unwrap();
        tx.delete_message(workspace, round, "m1", at(9)).await.unwrap();
        let gone = tx.message(workspace, round, "m1").await.unwrap().unwrap();
        assert_eq!((2, Some(at(8))), (gone.versions.len(), gone.deleted_at.map(|at| *at)));
    }

    async fn a_deletion_may_come_before_its_message(db: Db) {
        let team = Team::new(&db, 1).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        let mut tx = db.begin().await.unwrap();
        let round = team.round(&mut tx, 1).await;
        tx.delete_message(workspace, round, "m1", at(8)).await.unwrap();
        assert!(tx.messages(workspace, round).await.unwrap().is_empty(), "nobody's yet");
        tx.keep_message(workspace, round, &Words { id: "m1", member, via: "thread", reply_to: None, at: at(5), text: "said", edit: false }).await.unwrap();
        tx.keep_message(workspace, round, &Words { id: "m0", member, via: "thread", reply_to: None, at: at(5), text: "before, by its id", edit: false }).await.unwrap();
        let kept = tx.messages(workspace, round).await.unwrap();
        assert_eq!(vec!["m0", "m1"], kept.iter().map(|message| message.message_id.as_str()).collect::<Vec<_>>());
        assert_eq!((at(5), Some(at(8))), (*kept[1].at, kept[1].deleted_at.map(|at| *at)));
        assert_eq!("said", kept[1].versions[0].1);
    }

    async fn a_part_is_kept_whole(db: Db) {
        let team = Team::new(&db, 1).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        let mut tx = db.begin().await.unwrap();
        let round = team.round(&mut tx, 1).await;
        let mut part = tx.lock_participation(workspace, round, member).await.unwrap();
        assert_eq!((member, vec![], vec![], 0, false, 0), (part.member_id, part.opened, part.again, part.hints, part.answered, part.points));
        assert_eq!((None, None, true), (part.counted_board, part.counted_day, part.attempts.is_empty()));
        part = tx.lock_participation(workspace, round, member).await.unwrap();
        (part.opened, part.again, part.hints) = (vec![at(1)], vec![at(2), at(3)], 2);
        (part.answered, part.points, part.attempts) = (true, 250, vec![attempt()]);
        (part.counted_board, part.counted_day) = (Some("daily".into()), Some(Day::from(day(24))));
        tx.save_participation(workspace, round, &part).await.unwrap();
        let kept = tx.lock_participation(workspace, round, member).await.unwrap();
        assert_eq!(format!("{part:?}"), format!("{kept:?}"));
        assert_eq!(format!("{:?}", [kept]), format!("{:?}", tx.participations(workspace, round).await.unwrap()));
        assert_eq!((1, vec![round]), (tx.answered_count(workspace, round).await.unwrap(), tx.answered_rounds(workspace, member).await.unwrap()));
        assert!(tx.revealed_rounds(workspace, member).await.unwrap().is_empty(), "it is open");
        assert!(tx.end_round(workspace, round, "closed").await.unwrap());
        assert_eq!(vec![round], tx.revealed_rounds(workspace, member).await.unwrap());
        let answers = tx.kept_answers(workspace, member).await.unwrap();
        assert_eq!((250, 2, day(24), vec![attempt()]), (answers[0].points, answers[0].hints, answers[0].date, answers[0].attempts.clone()));
    }

    async fn parts_are_changed_by_one_at_a_time(fresh: Fresh) {
        let dbs = two(&fresh).await;
        let team = Team::new(&dbs[0], 1).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        let mut tx = dbs[0].begin().await.unwrap();
        let round = team.round(&mut tx, 1).await;
        tx.commit().await.unwrap();
        at_once(&dbs, |db, _| async move {
            for _ in 0..25 {
                let mut tx = db.begin().await.unwrap();
                // Read, decide, write.
                let mut part = tx.lock_participation(workspace, round, member).await.unwrap();
                tokio::task::yield_now().await;
                part.points += 1;
                tx.save_participation(workspace, round, &part).await.unwrap();
                tx.commit().await.unwrap();
            }
        })
        .await;
        let part = dbs[0].begin().await.unwrap().lock_participation(workspace, round, member).await.unwrap();
        assert_eq!(25 * AT_ONCE, part.points.try_into().unwrap());
    }

    async fn sums_counted_by_eight_at_once_are_exact(fresh: Fresh) {
        let dbs = two(&fresh).await;
        let team = Team::new(&dbs[0], 1).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        at_once(&dbs, |db, n| async move {
            for step in 0..25 {
                let mut tx = db.begin().await.unwrap();
                tx.count(workspace, counted(24, "security", member), 3, 1).await.unwrap();
                // One in five is undone, and every writer takes one back.
                if step % 5 == 4 {
                    drop(tx);
                    continue;
                }
                tx.commit().await.unwrap();
                if step == 10 && n < 4 {
                    let mut tx = db.begin().await.unwrap();
                    tx.count(workspace, counted(24, "security", member), -3, -1).await.unwrap();
                    tx.commit().await.unwrap();
                }
            }
        })
        .await;
        let totals = dbs[0].begin().await.unwrap().totals(workspace, &MONTH).await.unwrap();
        assert_eq!(vec![(3 * (8 * 20 - 4), 8 * 20 - 4)], totals.iter().map(|total| (total.points, total.answers)).collect::<Vec<_>>());
    }

    async fn a_board_counts_its_days_its_topic_and_who_is_seen(db: Db) {
        let team = Team::new(&db, 3).await;
        let (workspace, [ann, bob, eve]) = (team.workspace, [team.members[0], team.members[1], team.members[2]]);
        let mut tx = db.begin().await.unwrap();
        for (day, topic, member, points) in
            [(9, "security", ann, 100), (15, "security", ann, 200), (15, "traffic", ann, 400), (16, "security", bob, 800), (15, "security", eve, 1000)]
        {
            tx.count(workspace, counted(day, topic, member), points, 1).await.unwrap();
        }
        tx.count(workspace, Counted { board: "practice", ..counted(15, "security", ann) }, 50, 1).await.unwrap();
        tx.count(workspace, Counted { pack: "other", ..counted(15, "security", ann) }, 50, 1).await.unwrap();
        tx.set_hidden(workspace, eve, true).await.unwrap();
        let week = Span { from: day(9), to: day(16), ..MONTH };
        assert_eq!(vec![(ann, 700, 3)], board(&mut tx, workspace, &week).await);
        assert_eq!(vec![(ann, 300, 2)], board(&mut tx, workspace, &Span { topic: Some("security"), ..week.clone() }).await);
        assert_eq!(vec![(ann, 50, 1)], board(&mut tx, workspace, &Span { board: "practice", ..week }).await);
        assert_eq!(vec![(ann, 700, 3), (bob, 800, 1)], board(&mut tx, workspace, &MONTH).await);
        // An answer that was taken back leaves nobody with nothing on the board.
        tx.count(workspace, counted(16, "security", bob), -800, -1).await.unwrap();
        assert_eq!(vec![(ann, 700, 3)], board(&mut tx, workspace, &MONTH).await);
        // Hidden is not forgotten.
        tx.set_hidden(workspace, eve, false).await.unwrap();
        assert_eq!(vec![(ann, 700, 3), (eve, 1000, 1)], board(&mut tx, workspace, &MONTH).await);
    }

    async fn sums_agree_with_the_answers_whatever_happens(fresh: Fresh) {
        let dbs = two(&fresh).await;
        let team = Team::new(&dbs[0], 5).await;
        let mut tx = dbs[0].begin().await.unwrap();
        for n in 0..6_u128 {
            let asked = question(usize::try_from(n).unwrap() % 2);
            let local_date = day(20 + i8::try_from(n / 2).unwrap());
            assert!(tx.open_round(team.workspace, &NewRound { local_date, ..daily(id(n), &asked) }).await.unwrap());
        }
        tx.commit().await.unwrap();
        let at_work = team.clone();
        at_once(&dbs, move |db, n| {
            let team = at_work.clone();
            async move {
                let mut chance = ChaCha8Rng::seed_from_u64(u64::try_from(n).unwrap());
                for _ in 0..40 {
                    settle(&db, &team, &mut chance).await;
                }
            }
        })
        .await;
        let mut tx = dbs[0].begin().await.unwrap();
        tx.forget_member(team.workspace, team.members[4], "u4").await.unwrap();
        let kept = tx.day_totals(team.workspace, "istio").await.unwrap();
        assert!(kept.len() > 10, "too little happened: {kept:?}");
        assert_eq!(tx.day_totals_recomputed(team.workspace, "istio").await.unwrap(), kept);
    }
}

async fn board(tx: &mut Tx, workspace: Uuid, span: &Span<'_>) -> Vec<(Uuid, Hundredths, i64)> {
    let mut rows: Vec<_> =
        tx.totals(workspace, span).await.unwrap().iter().map(|total| (total.member_id, total.points, total.answers)).collect();
    rows.sort();
    rows
}

/// What a message does to a member's part and the sums: an answer, a better or worse one, one taken back, or an error half way.
async fn settle(db: &Db, team: &Team, chance: &mut ChaCha8Rng) {
    let round = id(chance.random_range(0..6));
    let member = team.members[chance.random_range(0..5)];
    let points: Option<Hundredths> = chance.random_bool(0.7).then(|| chance.random_range(0..=1000));
    let mut tx = db.begin().await.unwrap();
    let asked = tx.round(team.workspace, round).await.unwrap().unwrap();
    let mut part = tx.lock_participation(team.workspace, round, member).await.unwrap();
    let topic = asked.question.topic;
    let place = |board: &Option<String>, day: Day| Counted {
        board: if board.as_deref() == Some("daily") { "daily" } else { "practice" },
        pack: "istio",
        day: *day,
        topic: &topic,
        member,
    };
    if let (Some(_), Some(day)) = (&part.counted_board, part.counted_day) {
        tx.count(team.workspace, place(&part.counted_board, day), -part.points, -1).await.unwrap();
    }
    part.points = points.unwrap_or_default();
    part.answered = points.is_some();
    part.counted_board = points.map(|points| if points % 2 == 0 { "daily".into() } else { "practice".into() });
    part.counted_day = points.map(|_| asked.local_date);
    if let Some(day) = part.counted_day {
        tx.count(team.workspace, place(&part.counted_board, day), part.points, 1).await.unwrap();
    }
    if chance.random_bool(0.2) {
        return;
    }
    tx.save_participation(team.workspace, round, &part).await.unwrap();
    tx.commit().await.unwrap();
}
