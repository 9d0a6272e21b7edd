//! Rounds that are over, retired or taken back, a store that fails, talk that is none of ours.

use super::*;
use meshdrill::message::What;

/// A room in which the question about the mesh is open, since nine.
async fn asked(db: Db) -> Room {
    let mut room = Room::new(db, World::Kind, &ALL);
    room.says("lea", "/istio setup fundamentals start").await;
    room.at("2026-11-24T09:00").await;
    room.heard();
    room
}

both! {
    /// A question taken out of the bank while it is open is graded to its end with what it was asked with.
    async fn retired(db: Db) {
        let mut room = asked(db).await;
        room.says("ana", "/istio quiz security 2").await;
        room.reload(&["canary"]);
        room.says("ben", MESH).await;
        room.says("ben", "/istio grade").await;
        room.answers_privately("ana", "Answer", "mTLS is for services, the JWT is for users").await;
        room.at("2026-11-25T08:00").await;
        let heard = room.heard();
        assert!(heard.contains("Your grade: What is a service mesh?\n  10 of 10"), "{heard}");
        assert!(heard.contains("10 of 10. I found 2 of 2 points.\n    made      mTLS identifies"), "{heard}");
        assert!(heard.contains("Closed: here is the answer\n  What is a service mesh?"), "{heard}");
        room.says("ana", "/istio me").await;
        room.says("ana", "/istio quiz weak").await;
        room.at("2026-11-26T12:00").await;
        hears!(room, @"
        ana: /istio me
          (to ana)
          ana
            - This week: no daily answers yet
            - All time: no daily answers yet
            - Streak: 0 dailies, longest 0
        ana: /istio quiz weak
          (to ana)
          Nothing you missed is due again. Drill something new: /istio quiz
        ");
    }

    /// A round that was taken back earns nothing, and says so wherever it is asked.
    async fn voided(db: Db) {
        let mut room = asked(db).await;
        room.says("ana", MESH).await;
        let round = room.button("ana", "Answer privately").replace("answer.", "");
        let (workspace, id) = (room.workspace(), round.parse().unwrap());
        let mut tx = room.db().begin().await.unwrap();
        assert!(tx.end_round(workspace, id, "void").await.unwrap());
        tx.commit().await.unwrap();
        room.heard();
        for action in ["answer", "hint", "again", "grade"] {
            room.presses_id("ana", &format!("{action}.{round}")).await;
        }
        room.says("ben", MESH).await;
        room.says("ben", "/istio grade").await;
        room.submits("ben", &format!("answer.{round}"), &[("answer", MESH)]).await;
        room.at("2026-11-25T08:00").await;
        hears!(room, @"
        ana presses answer.01a20c91a00070008bb2797cdde62b92
          (to ana)
          That question isn't here any more; it counts for nobody.
        ana presses hint.01a20c91a00070008bb2797cdde62b92
          (to ana)
          That question isn't here any more; it counts for nobody.
        ana presses again.01a20c91a00070008bb2797cdde62b92
          (to ana)
          That question isn't here any more; it counts for nobody.
        ana presses grade.01a20c91a00070008bb2797cdde62b92
          (to ana)
          That question isn't here any more; it counts for nobody.
        ben: a layer of proxies between the services, it encrypts traffic
        ben: /istio grade
          (to ben)
          That question isn't here any more; it counts for nobody.
        ben sends a form
          (to ben)
          That question isn't here any more; it counts for nobody.
        ");
    }

    /// Messages in threads and channels that are none of ours leave no trace, not even of who wrote them.
    async fn talk_elsewhere(db: Db) {
        let mut room = asked(db).await;
        let before = count(&room, "SELECT COUNT(*) FROM members").await + count(&room, "SELECT COUNT(*) FROM inbox").await;
        room.elsewhere("zoe", What::Message { id: "x1".into(), text: MESH.into(), reply_to: None }).await;
        room.elsewhere("zoe", What::Edited { id: "x1".into(), text: "lol".into() }).await;
        room.elsewhere("zoe", What::Deleted { id: "x1".into() }).await;
        let after = count(&room, "SELECT COUNT(*) FROM members").await + count(&room, "SELECT COUNT(*) FROM inbox").await;
        assert_eq!(before, after);
    }

    /// Where the store fails in the middle of an event nothing of it has happened, and delivered again it happens once.
    async fn a_store_that_fails(db: Db) {
        let mut room = asked(db).await;
        for (table, other) in [("outbox", "outbox_gone"), ("totals", "totals_gone"), ("inbox", "inbox_gone"), ("participations", "participations_gone")] {
            rename(&room, table, other).await;
            let failed = room.tries("ana", MESH).await;
            rename(&room, other, table).await;
            assert!(failed.is_err(), "without {table}");
            assert_eq!(count(&room, "SELECT COUNT(*) FROM messages").await, 0, "without {table}");
        }
        room.says("ana", MESH).await;
        assert_eq!(room.standing().await, "daily 2026-11-24 ana: 1000 in 1\n");
        // A deadline that fails is put off, and comes true later.
        rename(&room, "outbox", "outbox_gone").await;
        room.now_is("2026-11-25T08:00");
        assert!(room.due().await.is_err());
        rename(&room, "outbox_gone", "outbox").await;
        assert!(!room.due().await.unwrap(), "put off by a minute");
        room.at("2026-11-25T08:01").await;
        assert!(room.heard().contains("Closed: here is the answer"));
    }
}

async fn count(room: &Room, text: &'static str) -> i64 {
    let (n,): (i64,) = room.db().sql(text).one().await.unwrap();
    n
}

async fn rename(room: &Room, from: &str, to: &str) {
    let text: &'static str = Box::leak(format!("ALTER TABLE {from} RENAME TO {to}").into_boxed_str());
    let mut tx = room.db().begin().await.unwrap();
    tx.sql(text).run().await.unwrap();
    tx.commit().await.unwrap();
}
