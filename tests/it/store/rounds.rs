//! Rounds are opened once a date and ended once; schedules and notices are one a matter.

use super::{Team, at, at_once, daily, day, id, question, two};
use crate::databases::{Fresh, both};
use meshdrill::store::rounds::NewRound;
use meshdrill::store::schedules::Schedule;
use meshdrill::store::{Db, Tx};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Plan {
    zone: String,
    days: Vec<u8>,
}

fn schedule(team: &Team, n: u128) -> Schedule<Plan> {
    Schedule {
        workspace_id: team.workspace,
        id: id(n),
        pack: "istio".into(),
        channel: "mesh".into(),
        state: "on".into(),
        plan: Plan { zone: "Europe/Berlin".into(), days: vec![1, 2] },
        seed: -7,
        last_date: None,
        unanswered: 0,
        lost: None,
    }
}

async fn scheduled(tx: &mut Tx, team: &Team, n: u128, schedule: Uuid, date: i8, extra: bool) -> bool {
    let asked = question(usize::try_from(n).unwrap() % 2);
    let opens = at(i64::from(date) * 86_400);
    let round = NewRound { schedule: Some(schedule), local_date: day(date), extra, opens, ..daily(id(n), &asked) };
    tx.open_round(team.workspace, &round).await.unwrap()
}

both! {
    async fn a_round_comes_back_as_it_was_opened(db: Db) {
        let team = Team::new(&db, 0).await;
        let mut tx = db.begin().await.unwrap();
        let asked = question(1);
        assert!(tx.open_round(team.workspace, &NewRound { again: true, extra: true, ..daily(id(1), &asked) }).await.unwrap());
        let round = tx.round(team.workspace, id(1)).await.unwrap().unwrap();
        assert_eq!(format!("{round:?}"), format!("{:?}", tx.lock_round(team.workspace, id(1)).await.unwrap().unwrap()));
        assert_eq!((team.workspace, id(1), "daily", "istio", &*asked), (round.workspace_id, round.id, round.kind.as_str(), round.pack.as_str(), &round.question));
        assert_eq!((None, day(24), true, true, "mesh"), (round.schedule_id, *round.local_date, round.extra, round.again, round.channel.as_str()));
        assert_eq!((at(0), Some(at(3600)), "open", None), (*round.opens_at, round.closes_at.map(|at| *at), round.state.as_str(), round.quiz_id));
        assert!(tx.round(team.workspace, id(2)).await.unwrap().is_none() && tx.lock_round(team.workspace, id(2)).await.unwrap().is_none());
    }

    async fn a_schedule_asks_once_a_date_and_extras_beside(db: Db) {
        let team = Team::new(&db, 1).await;
        let mut tx = db.begin().await.unwrap();
        tx.save_schedule(&schedule(&team, 9), at(0)).await.unwrap();
        assert!(scheduled(&mut tx, &team, 1, id(9), 2, false).await);
        assert!(!scheduled(&mut tx, &team, 2, id(9), 2, false).await);
        assert!(tx.has_round(team.workspace, id(9), day(2)).await.unwrap() && !tx.has_round(team.workspace, id(9), day(3)).await.unwrap());
        assert!(scheduled(&mut tx, &team, 3, id(9), 2, true).await && scheduled(&mut tx, &team, 4, id(9), 2, true).await);
        assert!(scheduled(&mut tx, &team, 6, id(9), 3, true).await && !tx.has_round(team.workspace, id(9), day(3)).await.unwrap());
        assert!(tx.end_round(team.workspace, id(6), "void").await.unwrap());
        assert!(scheduled(&mut tx, &team, 5, id(9), 3, false).await);
        let newest = [id(5), id(4), id(3), id(1)];
        assert_eq!([&[id(6)], &newest[..]].concat(), tx.rounds_of_schedule(team.workspace, id(9)).await.unwrap().iter().map(|r| r.id).collect::<Vec<_>>());
        assert_eq!(newest.to_vec(), tx.open_dailies(team.workspace).await.unwrap().iter().map(|r| r.id).collect::<Vec<_>>());
        assert!(tx.end_round(team.workspace, id(4), "void").await.unwrap());
        assert!(!tx.end_round(team.workspace, id(4), "closed").await.unwrap(), "it ended before");
        let mut open = tx.open_questions(team.workspace, "istio").await.unwrap();
        open.sort();
        open.dedup();
        assert_eq!(vec![question(1).id.clone()], open);
        let asked = tx.asked_by_schedule(team.workspace, id(9)).await.unwrap();
        assert_eq!(3, asked.len(), "what was taken back was not asked");
        assert_eq!((&question(1).id, at(3 * 86_400)), (&asked[0].question_id, *asked[0].opens_at));
    }

    async fn of_eight_at_once_one_opens_the_days_round(fresh: Fresh) {
        let dbs = two(&fresh).await;
        let team = Team::new(&dbs[0], 0).await;
        let mut tx = dbs[0].begin().await.unwrap();
        tx.save_schedule(&schedule(&team, 9), at(0)).await.unwrap();
        tx.commit().await.unwrap();
        let opened = at_once(&dbs, move |db, n| {
            let team = team.clone();
            async move {
                let mut tx = db.begin().await.unwrap();
                let opened = scheduled(&mut tx, &team, n, id(9), 2, false).await;
                tx.commit().await.unwrap();
                opened
            }
        })
        .await;
        assert_eq!(1, opened.into_iter().filter(|opened| *opened).count());
    }

    async fn the_hardest_questions_come_first(db: Db) {
        let team = Team::new(&db, 2).await;
        let mut tx = db.begin().await.unwrap();
        tx.save_schedule(&schedule(&team, 9), at(0)).await.unwrap();
        for (n, points) in [(1, [Some(200), Some(301)]), (2, [Some(500), Some(0)]), (3, [None, None])] {
            assert!(scheduled(&mut tx, &team, n, id(9), i8::try_from(n).unwrap(), false).await);
            for (member, points) in team.members.iter().zip(points) {
                let mut part = tx.lock_participation(team.workspace, id(n), *member).await.unwrap();
                (part.answered, part.points) = (points.is_some(), points.unwrap_or_default());
                tx.save_participation(team.workspace, id(n), &part).await.unwrap();
            }
        }
        // 250 on average before 250.5; what nobody answered says nothing.
        assert_eq!(vec![question(0).id.clone(), question(1).id.clone()], tx.hardest_of_schedule(team.workspace, id(9)).await.unwrap());
    }

    async fn a_channel_has_one_schedule_a_pack(db: Db) {
        let team = Team::new(&db, 0).await;
        let mut tx = db.begin().await.unwrap();
        assert_eq!(id(9), tx.save_schedule(&schedule(&team, 9), at(0)).await.unwrap());
        let kept = tx.lock_schedule::<Plan>(team.workspace, id(9)).await.unwrap().unwrap();
        assert_eq!(format!("{:?}", schedule(&team, 9)), format!("{kept:?}"));
        tx.set_last_date(team.workspace, id(9), day(24)).await.unwrap();
        tx.set_unanswered(team.workspace, id(9), 3).await.unwrap();
        let changed = Schedule { state: "paused".into(), plan: Plan { zone: "UTC".into(), days: vec![] }, seed: 99, ..schedule(&team, 10) };
        assert_eq!(id(9), tx.save_schedule(&changed, at(1)).await.unwrap());
        let kept = tx.schedules::<Plan>(team.workspace, "istio").await.unwrap();
        let expected = Schedule { id: id(9), seed: -7, last_date: Some(day(24)), unanswered: 3, ..changed };
        assert_eq!(format!("{:?}", [&expected]), format!("{kept:?}"));
        assert_eq!(format!("{:?}", Some(&expected)), format!("{:?}", tx.schedule::<Plan>(team.workspace, id(9)).await.unwrap()));
        assert_eq!(id(11), tx.save_schedule(&Schedule { channel: "other".into(), ..schedule(&team, 11) }, at(2)).await.unwrap());
        assert_eq!(2, tx.schedules::<Plan>(team.workspace, "istio").await.unwrap().len());
        assert!(tx.schedules::<Plan>(team.workspace, "other").await.unwrap().is_empty());
        assert!(tx.lock_schedule::<Plan>(team.workspace, id(1)).await.unwrap().is_none());
    }

    async fn a_notice_is_read_once(db: Db) {
        let team = Team::new(&db, 0).await;
        let mut tx = db.begin().await.unwrap();
        for (n, about, text) in [(2, "b", "two"), (1, "a", "one"), (3, "a", "one again")] {
            tx.notice(team.workspace, id(n), about, text, at(0)).await.unwrap();
        }
        let texts: Vec<_> = tx.take_notices(team.workspace).await.unwrap().into_iter().map(|notice| (notice.text, *notice.at)).collect();
        assert_eq!(vec![("one".to_owned(), at(0)), ("two".to_owned(), at(0))], texts);
        assert!(tx.take_notices(team.workspace).await.unwrap().is_empty());
        tx.notice(team.workspace, id(4), "a", "one once more", at(9)).await.unwrap();
        assert!(tx.take_notices(team.workspace).await.unwrap().is_empty());
    }
}
