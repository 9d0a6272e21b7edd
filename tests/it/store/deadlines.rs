//! What is due happens once, however many processes look, and nothing that is due is lost.

use super::{Team, at, at_once, id, two};
use crate::databases::{Fresh, both};
use meshdrill::store::deadlines::Deadline;
use meshdrill::store::{Db, Tx};
use uuid::Uuid;

async fn set(db: &Db, team: &Team, kind: &str, n: u128, due: i64) {
    let mut tx = db.begin().await.unwrap();
    tx.set_deadline(team.workspace, kind, id(n), at(due)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn take(tx: &mut Tx, now: i64) -> Option<Uuid> {
    tx.take_deadline(at(now)).await.unwrap().map(|deadline| deadline.subject)
}

async fn next(db: &Db) -> Option<jiff::Timestamp> {
    db.begin().await.unwrap().next_deadline().await.unwrap()
}

both! {
    async fn the_oldest_comes_first_and_each_once(db: Db) {
        let team = Team::new(&db, 0).await;
        assert_eq!(None, next(&db).await);
        for (n, due) in [(1, 20), (2, 10), (3, 30)] {
            set(&db, &team, "close", n, due).await;
        }
        assert_eq!(Some(at(10)), next(&db).await);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(None, take(&mut tx, 9).await);
        assert_eq!(Some(id(2)), take(&mut tx, 25).await);
        assert_eq!(Some(id(1)), take(&mut tx, 25).await);
        assert_eq!(None, take(&mut tx, 25).await);
        tx.commit().await.unwrap();
        assert_eq!(Some(at(30)), next(&db).await);
    }

    async fn setting_one_again_moves_it(db: Db) {
        let team = Team::new(&db, 0).await;
        set(&db, &team, "close", 1, 10).await;
        set(&db, &team, "close", 1, 20).await;
        // Another kind and another workspace are others.
        set(&db, &team, "idle", 1, 30).await;
        set(&db, &Team::named(&db, "other", 0).await, "close", 1, 40).await;
        let mut tx = db.begin().await.unwrap();
        tx.clear_deadline(team.workspace, "idle", id(1)).await.unwrap();
        tx.clear_deadline(team.workspace, "idle", id(1)).await.unwrap();
        let due: Vec<_> = [tx.take_deadline(at(100)).await.unwrap(), tx.take_deadline(at(100)).await.unwrap()].into_iter().flatten().map(|d| *d.due_at).collect();
        assert_eq!(vec![at(20), at(40)], due);
        assert_eq!(None, take(&mut tx, 100).await);
    }

    async fn what_is_rolled_back_is_due_again(db: Db) {
        let team = Team::new(&db, 0).await;
        set(&db, &team, "close", 1, 10).await;
        let mut tx = db.begin().await.unwrap();
        assert_eq!(Some(id(1)), take(&mut tx, 10).await);
        drop(tx);
        let mut tx = db.begin().await.unwrap();
        // On PostgreSQL the dropped transaction may still be on its way to its end.
        for _ in 0..200 {
            if let Some(subject) = take(&mut tx, 10).await {
                assert_eq!(id(1), subject);
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("it is gone");
    }

    async fn one_that_goes_wrong_is_put_off(db: Db) {
        let team = Team::new(&db, 0).await;
        set(&db, &team, "close", 1, 10).await;
        let mut tx = db.begin().await.unwrap();
        let wrong: Deadline = tx.take_deadline(at(10)).await.unwrap().unwrap();
        drop(tx);
        let mut tx = db.begin().await.unwrap();
        tx.put_off(&wrong, at(70)).await.unwrap();
        assert_eq!(None, take(&mut tx, 69).await);
        let again = tx.take_deadline(at(70)).await.unwrap().unwrap();
        assert_eq!((1, at(70)), (again.tries, *again.due_at));
        // Meanwhile another process made it right and set the next.
        tx.set_deadline(team.workspace, "close", id(1), at(500)).await.unwrap();
        tx.put_off(&wrong, at(80)).await.unwrap();
        assert_eq!(Some(at(500)), tx.next_deadline().await.unwrap());
    }

    async fn eight_takers_get_each_once(fresh: Fresh) {
        let dbs = two(&fresh).await;
        let team = Team::new(&dbs[0], 0).await;
        let mut tx = dbs[0].begin().await.unwrap();
        for n in 0..160 {
            tx.set_deadline(team.workspace, "close", id(n), at(i64::try_from(n % 7).unwrap())).await.unwrap();
        }
        tx.commit().await.unwrap();
        let taken = at_once(&dbs, |db, me| async move {
            let (mut mine, mut looks) = (Vec::new(), me);
            loop {
                let mut tx = db.begin().await.unwrap();
                let Some(subject) = take(&mut tx, 10).await else { return mine };
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
                looks += 1;
                // Every fifth transition goes wrong.
                if looks % 5 == 0 {
                    continue;
                }
                tx.commit().await.unwrap();
                mine.push(subject);
            }
        })
        .await;
        let mut all: Vec<_> = taken.into_iter().flatten().collect();
        // A transition that went wrong last, when the others had looked and gone.
        while let Some(left) = { let mut tx = dbs[0].begin().await.unwrap(); let left = take(&mut tx, 10).await; tx.commit().await.unwrap(); left } {
            all.push(left);
        }
        all.sort();
        assert_eq!((0..160).map(id).collect::<Vec<_>>(), all);
    }

    async fn nobody_waits_for_somebody_elses(fresh: Fresh) {
        let dbs = two(&fresh).await;
        let team = Team::new(&dbs[0], 0).await;
        let mut tx = dbs[0].begin().await.unwrap();
        for n in 1..=3 {
            let round = team.round(&mut tx, n).await;
            tx.set_deadline(team.workspace, "close", round, at(0)).await.unwrap();
        }
        tx.commit().await.unwrap();
        if dbs[0].engine() == "sqlite" {
            return; // One writer: whoever looks waits for the other's end anyway.
        }
        let (mut first, mut second, mut third) = (patient(&dbs[0]).await, patient(&dbs[1]).await, patient(&dbs[1]).await);
        assert_eq!(Some(id(1)), take(&mut first, 10).await);
        assert_eq!(Some(id(2)), take(&mut second, 10).await);
        // Somebody answers the third round meanwhile: it closes after that.
        third.lock_round(team.workspace, id(3)).await.unwrap();
        let mut fourth = patient(&dbs[0]).await;
        assert_eq!(None, take(&mut fourth, 10).await);
        // Whoever has the subject can move its deadline.
        third.set_deadline(team.workspace, "close", id(3), at(20)).await.unwrap();
        third.commit().await.unwrap();
        assert_eq!(None, take(&mut fourth, 10).await);
        assert_eq!(Some(id(3)), take(&mut fourth, 20).await);
    }

    async fn what_is_due_and_what_moves_it_dont_lock_each_other_up(fresh: Fresh) {
        let dbs = two(&fresh).await;
        let team = Team::new(&dbs[0], 0).await;
        let workspace = team.workspace;
        let mut tx = dbs[0].begin().await.unwrap();
        for n in 0..4 {
            let round = team.round(&mut tx, n).await;
            tx.set_deadline(workspace, "close", round, at(0)).await.unwrap();
        }
        tx.commit().await.unwrap();
        at_once(&dbs, |db, n| async move {
            for step in 0..60 {
                let mut tx = db.begin().await.unwrap();
                if n % 2 == 0 {
                    // A transition that sets its next deadline.
                    if let Some(subject) = take(&mut tx, 1000).await {
                        tx.lock_round(workspace, subject).await.unwrap();
                        tx.set_deadline(workspace, "close", subject, at(step)).await.unwrap();
                    }
                } else {
                    let subject = id((n + u128::try_from(step).unwrap()) % 4);
                    tx.lock_round(workspace, subject).await.unwrap();
                    tokio::task::yield_now().await;
                    tx.set_deadline(workspace, "close", subject, at(step)).await.unwrap();
                }
                tx.commit().await.unwrap();
            }
        })
        .await;
        let mut tx = dbs[0].begin().await.unwrap();
        let mut left = Vec::new();
        while let Some(subject) = take(&mut tx, 1000).await {
            left.push(subject);
        }
        left.sort();
        assert_eq!((0..4).map(id).collect::<Vec<_>>(), left);
    }
}

/// A transaction that rather fails than waits for ever.
async fn patient(db: &Db) -> Tx {
    let mut tx = db.begin().await.unwrap();
    tx.sql("SET LOCAL lock_timeout = '5s'").run().await.unwrap();
    tx
}
