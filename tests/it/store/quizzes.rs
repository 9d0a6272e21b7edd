//! One quiz a member, and what they know of each question.

use super::{Team, at, daily, id, question};
use crate::databases::both;
use jiff::Timestamp;
use meshdrill::bank::Level;
use meshdrill::store::Db;
use meshdrill::store::quizzes::{Mastery, Quiz, Wanted};
use meshdrill::store::rounds::NewRound;
use uuid::Uuid;

fn quiz(n: u128, member: Uuid) -> Quiz {
    Quiz {
        id: id(n),
        kind: "interview".into(),
        member_id: member,
        pack: "istio".into(),
        wanted: Wanted { topic: Some("security".into()), level: Some(Level::Mid), count: 3, weak: true, topics: vec!["security".into()] },
        seed: i64::MIN,
        state: "open".into(),
        round_id: None,
        stage: "answer".into(),
        channel: "@u0".into(),
        minutes: Some(20),
        spent: 61,
        started_at: at(0).into(),
        last_at: at(0).into(),
    }
}

fn known(question: &str, due: Timestamp, points: i64) -> Mastery<(f64, String)> {
    Mastery { question_id: question.into(), memory: (0.1 + 0.2, "x".into()), due_at: due, points }
}

both! {
    async fn a_member_has_one_quiz_that_is_not_done(db: Db) {
        let team = Team::new(&db, 2).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        let mut tx = db.begin().await.unwrap();
        tx.start_quiz(workspace, &quiz(1, member)).await.unwrap();
        tx.start_quiz(workspace, &quiz(2, team.members[1])).await.unwrap();
        let mut mine = tx.lock_quiz(workspace, member).await.unwrap().unwrap();
        assert_eq!(format!("{:?}", quiz(1, member)), format!("{mine:?}"));
        (mine.state, mine.round_id, mine.stage, mine.channel, mine.last_at) = ("idle".into(), Some(id(5)), "probe".into(), "@".into(), at(9).into());
        mine.spent += 9;
        tx.save_quiz(workspace, &mine).await.unwrap();
        assert_eq!(format!("{mine:?}"), format!("{:?}", tx.lock_quiz_by_id(workspace, id(1)).await.unwrap().unwrap()));
        tx.commit().await.unwrap();

        let mut tx = db.begin().await.unwrap();
        let twice = tx.start_quiz(workspace, &quiz(3, member)).await.unwrap_err();
        assert!(twice.as_database_error().unwrap().is_unique_violation());
        drop(tx);

        let mut tx = db.begin().await.unwrap();
        mine.state = "done".into();
        tx.save_quiz(workspace, &mine).await.unwrap();
        assert!(tx.lock_quiz(workspace, member).await.unwrap().is_none());
        tx.start_quiz(workspace, &quiz(3, member)).await.unwrap();
        assert!(tx.lock_quiz_by_id(workspace, id(99)).await.unwrap().is_none());
    }

    async fn a_quizs_rounds_come_in_the_order_they_were_asked(db: Db) {
        let team = Team::new(&db, 1).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        let mut tx = db.begin().await.unwrap();
        tx.start_quiz(workspace, &quiz(1, member)).await.unwrap();
        for (n, seconds) in [(12, 0), (11, 0), (10, 5)] {
            let asked = question(n % 2);
            let round = NewRound { kind: "quiz", quiz: Some(id(1)), closes: None, opens: at(seconds), ..daily(id(n as u128), &asked) };
            assert!(tx.open_round(workspace, &round).await.unwrap());
        }
        let rounds = tx.rounds_of_quiz(workspace, id(1)).await.unwrap();
        assert_eq!(vec![id(11), id(12), id(10)], rounds.iter().map(|round| round.id).collect::<Vec<_>>());
        assert_eq!((None, Some(id(1)), question(1).as_ref().clone()), (rounds[0].closes_at, rounds[0].quiz_id, rounds[0].question.clone()));
        let asked = tx.asked_in_quizzes(workspace, member, "istio").await.unwrap();
        let expected = [(0, 5), (0, 0), (1, 0)].map(|(n, seconds)| (question(n).id.clone(), at(seconds)));
        assert_eq!(expected.to_vec(), asked.into_iter().map(|asked| (asked.question_id, *asked.opens_at)).collect::<Vec<_>>());
        tx.end_round(workspace, id(10), "void").await.unwrap();
        assert_eq!(2, tx.asked_in_quizzes(workspace, member, "istio").await.unwrap().len(), "what was taken back was never asked");
        assert!(tx.asked_in_quizzes(workspace, member, "other").await.unwrap().is_empty());
        assert!(tx.open_questions(workspace, "istio").await.unwrap().is_empty(), "a quiz's question blocks nobody");
    }

    async fn what_is_known_is_kept_soonest_due_first(db: Db) {
        let team = Team::new(&db, 2).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        let mut tx = db.begin().await.unwrap();
        for kept in [known("b", at(5), 1), known("a", at(9), 2), known("c", at(5), 3), known("a", at(1), 4)] {
            tx.save_mastery(workspace, member, "istio", &kept).await.unwrap();
        }
        tx.save_mastery(workspace, member, "other", &known("z", at(0), 1)).await.unwrap();
        let all = tx.mastery::<(f64, String)>(workspace, member, "istio").await.unwrap();
        assert_eq!(format!("{:?}", [known("a", at(1), 4), known("b", at(5), 1), known("c", at(5), 3)]), format!("{all:?}"));
        assert!(tx.mastery::<(f64, String)>(workspace, team.members[1], "istio").await.unwrap().is_empty());
    }
}
