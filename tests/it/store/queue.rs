//! What is put first keeps its order, and what is retired is open to nothing.

use super::{Team, at, id};
use crate::databases::both;
use meshdrill::store::schedules::Schedule;
use meshdrill::store::{Db, Tx};

async fn scheduled(tx: &mut Tx, team: &Team, n: u128, pack: &str) {
    let schedule = Schedule {
        workspace_id: team.workspace,
        id: id(n),
        pack: pack.into(),
        channel: format!("channel-{n}"),
        state: "on".into(),
        plan: 1,
        seed: 1,
        last_date: None,
        unanswered: 0,
        lost: None,
    };
    tx.save_schedule(&schedule, at(0)).await.unwrap();
}

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

both! {
    async fn a_queue_is_kept_in_its_order(db: Db) {
        let team = Team::new(&db, 0).await;
        let mut tx = db.begin().await.unwrap();
        for n in 1..=2 {
            scheduled(&mut tx, &team, n, "istio").await;
        }
        tx.save_queue(team.workspace, id(1), &ids(&["c", "a", "b"])).await.unwrap();
        tx.save_queue(team.workspace, id(2), &ids(&["a"])).await.unwrap();
        assert_eq!(["c", "a", "b"], *tx.queue(team.workspace, id(1)).await.unwrap());
        tx.unqueue(team.workspace, id(1), "a", id(7)).await.unwrap();
        tx.unqueue(team.workspace, id(1), "a", id(7)).await.unwrap();
        assert_eq!(["c", "b"], *tx.queue(team.workspace, id(1)).await.unwrap());
        assert_eq!(["a"], *tx.queue(team.workspace, id(2)).await.unwrap(), "another schedule's");
        tx.save_queue(team.workspace, id(1), &ids(&["b", "d"])).await.unwrap();
        assert_eq!(["b", "d"], *tx.queue(team.workspace, id(1)).await.unwrap());
        tx.save_queue(team.workspace, id(1), &[]).await.unwrap();
        assert!(tx.queue(team.workspace, id(1)).await.unwrap().is_empty());
    }

    async fn a_retired_question_is_retired_once_in_its_workspace_and_pack(db: Db) {
        let (team, other) = (Team::new(&db, 0).await, Team::named(&db, "other", 0).await);
        let mut tx = db.begin().await.unwrap();
        scheduled(&mut tx, &team, 1, "istio").await;
        scheduled(&mut tx, &team, 2, "envoy").await;
        for n in 1..=2 {
            tx.save_queue(team.workspace, id(n), &ids(&["a", "b"])).await.unwrap();
        }
        assert!(tx.retire(team.workspace, "istio", "a", Some("unclear"), at(5)).await.unwrap());
        assert!(!tx.retire(team.workspace, "istio", "a", None, at(9)).await.unwrap());
        let retired = tx.retired(team.workspace, "istio").await.unwrap();
        assert_eq!((1, Some("unclear"), at(5)), (retired.len(), retired[0].reason.as_deref(), *retired[0].at));
        assert_eq!(["b"], *tx.queue(team.workspace, id(1)).await.unwrap());
        assert_eq!(["a", "b"], *tx.queue(team.workspace, id(2)).await.unwrap(), "another pack's");
        assert_eq!(["a"], *tx.open_questions(team.workspace, "istio").await.unwrap());
        for (workspace, pack) in [(team.workspace, "envoy"), (other.workspace, "istio")] {
            assert!(tx.retired(workspace, pack).await.unwrap().is_empty() && tx.open_questions(workspace, pack).await.unwrap().is_empty());
        }
        assert!(!tx.restore(team.workspace, "envoy", "a").await.unwrap());
        assert!(tx.restore(team.workspace, "istio", "a").await.unwrap() && !tx.restore(team.workspace, "istio", "a").await.unwrap());
        assert!(tx.open_questions(team.workspace, "istio").await.unwrap().is_empty());
    }
}
