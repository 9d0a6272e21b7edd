//! A schedule nobody answers, that runs out of questions, that comes back after a downtime.

use super::*;

both! {
    /// Five dailies without an answer pause the schedule, and the lead is told.
    async fn nobody_answers(db: Db) {
        let mut room = Room::new(db, World::Kind, &["more-1", "more-2", "more-3", "more-4", "more-5", "more-6", "more-7"]);
        room.says("lea", "/istio setup daily start").await;
        room.at("2026-11-29T08:00").await;
        room.heard();
        room.says("lea", "/istio schedule").await;
        hears!(room, @"
        lea: /istio schedule
          (to lea)
          The daily question in this channel is paused
            - Posts daily at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          What waited for you
            - Sun 29 Nov, 08:00: The daily in mesh is paused: 5 questions in a row had no answer. /istio schedule
              resume there lets it go on.
          [Start] [Change]
        ");
        room.at("2026-11-30T10:00").await;
        hears!(room, @"");
    }

    /// The bank runs empty: it pauses where that was asked for, and what is asked again is marked where it was not.
    async fn an_empty_bank(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "canary"]);
        room.says("lea", "/istio setup daily pause start").await;
        for day in ["2026-11-24", "2026-11-25"] {
            room.at(&format!("{day}T09:30")).await;
            room.says("ana", "a layer of proxies").await;
        }
        room.at("2026-11-26T09:30").await;
        room.heard();
        room.says("lea", "/istio schedule").await;
        hears!(room, @"
        lea: /istio schedule
          (to lea)
          The daily question in this channel is paused
            - Posts daily at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, it pauses and tells you
          What waited for you
            - Thu 26 Nov, 09:00: The daily in mesh is paused. Every question was asked. More topics help; /istio setup
              again start asks the hardest ones again once they have rested for 60 days. /istio schedule resume there
              lets it go on.
          [Start] [Change]
        ");
        room.says("lea", "/istio setup again start").await;
        room.at("2026-11-27T09:30").await;
        room.says("lea", "/istio schedule").await;
        hears!(room, @"
        lea: /istio setup again start
          (to lea)
          The daily question is on in this channel
            - Posts daily at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          The next one comes Fri 27 Nov, 09:00.
        lea: /istio schedule
          (to lea)
          The daily question in this channel is paused
            - Posts daily at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          What waited for you
            - Fri 27 Nov, 09:00: The daily in mesh is paused. Every question was asked, and none has rested for 60
              days; the first has on Saturday 23 January. More topics help. /istio schedule resume there lets it go
              on.
          [Start] [Change]
        ");
        room.at("2027-02-01T08:00").await;
        room.says("lea", "/istio schedule resume").await;
        room.heard();
        room.at("2027-02-01T09:00").await;
        hears!(room, @"
        (#mesh)
        Istio question of Monday 1 February (again)
        How do you roll out a canary?
        Traffic, senior. Open until Tue 2 Feb, 08:00.
        Answer in the thread, or privately.
        [Answer privately] [Hint] [My grade]
        ");
    }

    /// Ten questions before its end the bank says so, once.
    async fn the_bank_runs_low(db: Db) {
        let questions: Vec<String> = (1..=13).map(|n| format!("more-{n}")).collect();
        let mut room = Room::new(db, World::Kind, &questions.iter().map(String::as_str).collect::<Vec<_>>());
        room.says("lea", "/istio setup daily start").await;
        for day in 24..=28 {
            room.at(&format!("2026-11-{day}T09:30")).await;
            room.says("ana", "a layer of proxies").await;
        }
        room.heard();
        room.says("lea", "/istio schedule").await;
        room.says("lea", "/istio schedule").await;
        let heard = room.heard();
        assert_eq!(heard.matches("questions are left").count(), 1, "{heard}");
        assert!(heard.contains("Thu 26 Nov, 09:00: 10 questions are left"), "{heard}");
    }

    /// After a downtime what would still be open is posted late, and what would be closed is left out and said.
    async fn downtime(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-24T09:00").await;
        room.heard();
        room.jump("2026-11-27T15:00").await;
        hears!(room, @"
        ((#mesh), updated)
        Istio question of Tuesday 24 November
        What is a Gateway?
        Traffic, junior. Closed; the reveal is in the thread.
        [My grade]
        (thread 1)
        Closed: here is the answer
        What is a Gateway?
        Model answer
          | The configuration of the proxies at the edge of the mesh: ports, hosts and certificates. A
          | VirtualService bound to it routes what comes in.
        Sources: https://istio.io/latest/docs/. Checked against 1.31.
        Nobody answered this one in time.
        (#mesh)
        Istio question of Friday 27 November
        JWT or mTLS?
        Security, mid. Open until Mon 30 Nov, 08:00.
        Answer in the thread, or privately.
        [Answer privately] [Hint] [My grade]
        ");
        room.says("lea", "/istio schedule").await;
        hears!(room, @"
        lea: /istio schedule
          (to lea)
          The daily question in this channel is on
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          The next one comes Mon 30 Nov, 09:00.
          What waited for you
            - Fri 27 Nov, 15:00: The daily of Wednesday 25 November in mesh was left out: I wasn't running while it
              would have been open.
            - Fri 27 Nov, 15:00: The daily of Thursday 26 November in mesh was left out: I wasn't running while it
              would have been open.
          [Change]
        ");
    }

    /// Leads are told in the channel they chose, once, and still find it where they ask.
    async fn leads_are_told_where_they_like(db: Db) {
        let mut room = Room::new(db, World::Twice, &["more-1", "more-2", "more-3", "more-4", "more-5", "more-6", "more-7"]);
        room.says("lea", "/istio setup daily start").await;
        room.says("ana", "/istio setup notices").await;
        room.go_to("leads");
        room.heard();
        room.says("lea", "/istio setup notices").await;
        room.go_to("mesh");
        hears!(room, @"
        lea: /istio setup notices
          (to lea)
          Leads are told things in leads from now on. /istio schedule show keeps them as well.
        ");
        room.at("2026-11-29T07:59").await;
        room.heard();
        room.at("2026-11-29T08:00").await;
        let heard = room.heard();
        assert_eq!(1, heard.matches("(#leads)").count(), "{heard}");
        assert!(heard.contains("The daily in mesh is paused"), "{heard}");
        room.says("lea", "/istio setup notices off").await;
        hears!(room, @"
        lea: /istio setup notices off
          (to lea)
          Nothing is said in a channel any more; what leads should know waits on /istio schedule show.
        ");
    }
}
