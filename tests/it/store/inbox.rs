//! Each delivery happens once and has one turn.

use super::{AT_ONCE, Team, at, at_once, two};
use crate::databases::{Fresh, both};
use meshdrill::message::{Card, Mark, Text, Turn};
use meshdrill::store::Db;

fn turn() -> Turn {
    let text = Text::new().plain("I found ").bold("3 of 4").link("docs", "https://istio.io").code("quiz").time(at(5));
    Turn::Private(Card::titled("Grade").text(text).item(Mark::Made, "\"it\" 'works' \\ ✓").primary("again.1", "Try again"))
}

both! {
    async fn delivered_again_it_gives_the_same_turn(db: Db) {
        let team = Team::new(&db, 1).await;
        let mut tx = db.begin().await.unwrap();
        assert_eq!(None, tx.receive(team.workspace, "d1", at(0)).await.unwrap());
        tx.answered(team.workspace, "d1", team.members[0], &turn()).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        assert_eq!(Some(turn()), tx.receive(team.workspace, "d1", at(9)).await.unwrap());
        assert_eq!(None, tx.receive(team.workspace, "d2", at(9)).await.unwrap());
        // Taken, but never answered: nothing is said.
        assert_eq!(Some(Turn::None), tx.receive(team.workspace, "d2", at(9)).await.unwrap());
        drop(tx);
        let other = Team::named(&db, "other", 0).await;
        assert_eq!(None, db.begin().await.unwrap().receive(other.workspace, "d1", at(9)).await.unwrap());
    }

    async fn what_is_rolled_back_was_never_delivered(db: Db) {
        let team = Team::new(&db, 1).await;
        let mut tx = db.begin().await.unwrap();
        assert_eq!(None, tx.receive(team.workspace, "d1", at(0)).await.unwrap());
        drop(tx);
        let mut tx = db.begin().await.unwrap();
        assert_eq!(None, tx.receive(team.workspace, "d1", at(0)).await.unwrap());
    }

    async fn of_eight_at_once_one_is_first_and_the_others_get_its_turn(fresh: Fresh) {
        let dbs = two(&fresh).await;
        let team = Team::new(&dbs[0], 1).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        let came = at_once(&dbs, |db, n| async move {
            let mut tx = db.begin().await.unwrap();
            let before = tx.receive(workspace, "d1", at(0)).await.unwrap();
            if before.is_none() {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                tx.answered(workspace, "d1", member, &Turn::Public(Card::says(n.to_string()))).await.unwrap();
                tx.commit().await.unwrap();
            }
            (n, before)
        })
        .await;
        let first = came.iter().find(|(_, before)| before.is_none()).unwrap().0;
        let others: Vec<_> = came.into_iter().filter_map(|(_, before)| before).collect();
        assert_eq!(vec![Turn::Public(Card::says(first.to_string())); AT_ONCE as usize - 1], others);
    }

    async fn old_deliveries_are_forgotten(db: Db) {
        let team = Team::new(&db, 1).await;
        let mut tx = db.begin().await.unwrap();
        for (delivery, when) in [("d1", 0), ("d2", 10), ("d3", 20)] {
            tx.receive(team.workspace, delivery, at(when)).await.unwrap();
        }
        tx.forget_deliveries(team.workspace, at(20)).await.unwrap();
        assert_eq!(None, tx.receive(team.workspace, "d1", at(30)).await.unwrap());
        assert_eq!(Some(Turn::None), tx.receive(team.workspace, "d3", at(30)).await.unwrap());
    }
}
