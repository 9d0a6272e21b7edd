//! A seat is one member's, and whoever holds its secret is that member.

use super::{Team, at};
use crate::databases::both;
use meshdrill::store::Db;
use meshdrill::store::people::Member;

async fn member(db: &Db, team: &Team, n: usize) -> Member {
    db.begin().await.unwrap().members(team.workspace).await.unwrap().into_iter().find(|member| member.id == team.members[n]).unwrap()
}

both! {
    async fn a_seat_tells_who_sits_there(db: Db) {
        let team = Team::new(&db, 2).await;
        let ana = member(&db, &team, 0).await;
        let mut tx = db.begin().await.unwrap();
        tx.take_seat(team.workspace, &ana, "one", false, at(0)).await.unwrap();
        tx.set_alias(team.workspace, ana.id, Some("The fox")).await.unwrap();
        tx.commit().await.unwrap();
        let seat = db.seat(team.workspace, "one").await.unwrap().unwrap();
        assert_eq!((ana.id, "u0", "The fox", false), (seat.member_id, &*seat.external_id, &*seat.name, seat.lead));
        assert_eq!(None, db.seat(team.workspace, "two").await.unwrap());
        assert_eq!(None, db.seat(uuid::Uuid::nil(), "one").await.unwrap(), "another workspace's");
    }

    async fn a_seat_taken_again_is_the_former_holders_no_more(db: Db) {
        let team = Team::new(&db, 1).await;
        let ana = member(&db, &team, 0).await;
        let mut tx = db.begin().await.unwrap();
        tx.take_seat(team.workspace, &ana, "one", true, at(0)).await.unwrap();
        tx.take_seat(team.workspace, &ana, "two", false, at(1)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(None, db.seat(team.workspace, "one").await.unwrap());
        assert!(db.seat(team.workspace, "two").await.unwrap().unwrap().lead, "whoever led still does");
    }

    async fn looking_changes_nothing_and_keeps_no_writer_waiting(db: Db) {
        let team = Team::new(&db, 1).await;
        let ana = member(&db, &team, 0).await;
        let mut looking = db.look().await.unwrap();
        assert_eq!(1, looking.members(team.workspace).await.unwrap().len());
        let mut tx = db.begin().await.unwrap();
        tx.set_hidden(team.workspace, ana.id, true).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!looking.members(team.workspace).await.unwrap()[0].hidden, "one state throughout");
        assert!(looking.set_hidden(team.workspace, ana.id, false).await.is_err());
    }
}
