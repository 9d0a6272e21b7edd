//! What comes next, and what a lead puts first.

use super::*;

both! {
    /// Put first, shown, asked in that order; the preview says the same, and what was asked leaves the queue.
    async fn put_first(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("lea", "/istio schedule queue").await;
        room.says("lea", "/istio setup start").await;
        room.heard();
        room.says("ana", "/istio schedule queue").await;
        room.says("lea", "/istio schedule queue").await;
        room.says("lea", "/istio schedule queue gateway, Canary gateway").await;
        room.says("lea", "/istio schedule queue canary").await;
        hears!(room, @"
        ana: /istio schedule queue
          (to ana)
          /istio schedule queue is for leads. /istio help lists what everybody can do.
        lea: /istio schedule queue
          (to lea)
          What comes next
            - Tue 24 Nov, 09:00: Security, mid
            - Wed 25 Nov, 09:00: Fundamentals, junior
            - Thu 26 Nov, 09:00: Traffic, senior
            - Fri 27 Nov, 09:00: Traffic, junior
          You are on the board yourself, so I keep back which ones I drew. /istio hide on takes you off it and shows
          them here.
          To put others first: /istio schedule queue ID ID
        lea: /istio schedule queue gateway, Canary gateway
          (to lea)
          What comes next
            - Tue 24 Nov, 09:00: gateway (Traffic, junior), put first
            - Wed 25 Nov, 09:00: canary (Traffic, senior), put first
            - Thu 26 Nov, 09:00: Fundamentals, junior
            - Fri 27 Nov, 09:00: Security, mid
          You are on the board yourself, so I keep back which ones I drew. /istio hide on takes you off it and shows
          them here.
          To put others first: /istio schedule queue ID ID
        lea: /istio schedule queue canary
          (to lea)
          What comes next
            - Tue 24 Nov, 09:00: canary (Traffic, senior), put first
            - Wed 25 Nov, 09:00: gateway (Traffic, junior), put first
            - Thu 26 Nov, 09:00: Fundamentals, junior
            - Fri 27 Nov, 09:00: Security, mid
          You are on the board yourself, so I keep back which ones I drew. /istio hide on takes you off it and shows
          them here.
          To put others first: /istio schedule queue ID ID
        ");
        room.says("lea", "/istio hide on").await;
        room.heard();
        room.says("lea", "/istio queue").await;
        room.says("lea", "/istio schedule preview").await;
        hears!(room, @"
        lea: /istio queue
          (to lea)
          What comes next
            - Tue 24 Nov, 09:00: canary (Traffic, senior), put first
            - Wed 25 Nov, 09:00: gateway (Traffic, junior), put first
            - Thu 26 Nov, 09:00: what-is-a-mesh (Fundamentals, junior)
            - Fri 27 Nov, 09:00: jwt-or-mtls (Security, mid)
          To put others first: /istio schedule queue ID ID
        lea: /istio schedule preview
          (to lea)
          What comes next
          Traffic, senior
          Due Tue 24 Nov, 09:00.
          How do you roll out a canary?
            | With weights in a VirtualService over two subsets. Watch the error rate, then raise the weight step by
            | step or take it back.
        ");
        room.at("2026-11-24T09:00").await;
        assert!(room.heard().contains("How do you roll out a canary?"));
        room.says("lea", "/istio schedule queue").await;
        room.says("lea", "/istio schedule queue clear").await;
        room.says("lea", "/istio schedule queue clear").await;
        room.says("lea", "/istio schedule queue gateway").await;
        room.heard();
        room.at("2026-11-25T09:00").await;
        assert!(room.heard().contains("What is a Gateway?"));
    }

    /// What can't be put first is named, all of it at once; what was asked lately comes again and says so.
    async fn not_everything(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("lea", "/istio setup start").await;
        room.says("lea", "/istio schedule queue canary").await;
        room.at("2026-11-24T09:00").await;
        room.heard();
        room.go_to("ops");
        room.says("lea", "/istio schedule queue canary").await;
        room.says("lea", "/istio setup 11:00 start").await;
        room.says("lea", "/istio schedule queue gateway").await;
        room.heard();
        room.go_to("mesh");
        room.says("lea", "/istio schedule queue canary gatway gateway what-is-a-mesh x\u{202e}y").await;
        room.says("lea", "/istio schedule queue").await;
        hears!(room, @"
        lea: /istio schedule queue canary gatway gateway what-is-a-mesh x<turned>y
          (to lea)
          Nothing was changed:
            - canary is being asked just now, or kept for a challenge that is on.
            - There is no question “gatway”. Did you mean gateway?
            - gateway is to come in ops within a week.
            - There is no question “xy”.
        lea: /istio schedule queue
          (to lea)
          What comes next
            - Wed 25 Nov, 09:00: Fundamentals, junior
            - Thu 26 Nov, 09:00: Security, mid
          You are on the board yourself, so I keep back which ones I drew. /istio hide on takes you off it and shows
          them here.
          To put others first: /istio schedule queue ID ID
        ");
        room.at("2026-11-25T08:30").await;
        room.heard();
        room.says("lea", "/istio schedule queue canary").await;
        room.at("2026-11-25T09:00").await;
        hears!(room, @"
        lea: /istio schedule queue canary
          (to lea)
          What comes next
            - Wed 25 Nov, 09:00: canary (Traffic, senior), put first, again
            - Thu 26 Nov, 09:00: Security, mid
            - Fri 27 Nov, 09:00: Fundamentals, junior
          canary was asked here on Tuesday 24 November. It comes again, and is marked so.
          You are on the board yourself, so I keep back which ones I drew. /istio hide on takes you off it and shows
          them here.
          To put others first: /istio schedule queue ID ID
          (#mesh)
          Istio question of Wednesday 25 November (again)
          How do you roll out a canary?
          Traffic, senior. Open until Thu 26 Nov, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        ");
    }

    /// What was put first within a week is in nobody's quiz or challenge and on no other schedule.
    async fn kept_from_others(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "canary", "gateway"]);
        room.says("lea", "/istio setup wed start").await;
        room.says("lea", "/istio schedule queue gateway canary").await;
        room.heard();
        room.says("ana", "/istio quiz traffic 5").await;
        room.says("ana", "/istio stop").await;
        room.says("ben", "/istio challenge 5").await;
        hears!(room, @"
        ana: /istio quiz traffic 5
          (to ana)
          Question 1 of 1
          Traffic, senior
          How do you roll out a canary?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana: /istio stop
          (to ana)
          Quiz over
          No question was answered this time.
        ben: /istio challenge 5
          (to ben)
          Your challenge is open. Only 2 such questions are free: a challenge asks nothing that a daily here has asked
          or is about to ask. Join it to play yourself; Start begins it once somebody has joined.
          (#mesh)
          Challenge: 2 questions, 3 minutes each
          Nobody has joined yet.
          Everybody gets the same questions at the same time, and answers by form. Up to three attempts a question;
          the best counts, and being fast earns nothing.
          [Join] [Start] [Call it off]
        ");
        room.presses("ben", "Call it off").await;
        room.go_to("ops");
        room.says("lea", "/istio hide on").await;
        room.says("lea", "/istio setup traffic fundamentals tue start").await;
        room.heard();
        room.says("lea", "/istio schedule queue").await;
        hears!(room, @"
        lea: /istio schedule queue
          (to lea)
          What comes next
            - Tue 24 Nov, 09:00: what-is-a-mesh (Fundamentals, junior)
            - Tue 1 Dec, 09:00: canary (Traffic, senior)
          To put others first: /istio schedule queue ID ID
        ");
    }

    /// What is put first and open elsewhere when its turn comes waits for the next.
    async fn not_free(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "canary", "more-1"]);
        room.says("lea", "/istio setup start").await;
        room.go_to("ops");
        room.says("lea", "/istio setup mon start").await;
        room.says("lea", "/istio schedule queue canary").await;
        room.go_to("mesh");
        room.says("lea", "/istio schedule pause").await;
        room.says("lea", "/istio schedule queue canary").await;
        room.says("lea", "/istio schedule resume").await;
        room.go_to("ops");
        room.says("lea", "/istio schedule post").await;
        room.heard();
        room.go_to("mesh");
        room.at("2026-11-24T09:00").await;
        let heard = room.heard();
        assert!(heard.contains("What is a service mesh") && !heard.contains("canary"), "{heard}");
        room.says("lea", "/istio schedule queue").await;
        hears!(room, @"
        lea: /istio schedule queue
          (to lea)
          What comes next
            - Wed 25 Nov, 09:00: Fundamentals, junior
          You are on the board yourself, so I keep back which ones I drew. /istio hide on takes you off it and shows
          them here.
          To put others first: /istio schedule queue ID ID
        ");
    }
}
