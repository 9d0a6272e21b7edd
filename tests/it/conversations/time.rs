//! Time: shifts of the clock, the date line, leap days, clocks that jump, weeks at New Year, streaks.

use super::*;

/// When dailies were posted since the last look, as the room in Berlin reads their closing times.
fn closings(heard: &str) -> Vec<&str> {
    heard.lines().filter_map(|line| line.trim().split_once("Open until ").map(|(_, at)| at)).collect()
}

both! {
    /// In spring 02:30 doesn't exist and the daily comes at the first instant after; in autumn it comes the first time.
    async fn the_clock_is_shifted(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.now_is("2027-03-27T12:00");
        room.says("lea", "/istio setup 02:30 daily start").await;
        room.heard();
        room.at("2027-03-28T01:59:59").await;
        assert_eq!(room.heard(), "");
        room.at("2027-03-28T03:00").await;
        assert_eq!(closings(&room.heard()), ["Mon 29 Mar, 01:30."]);
        room.now_is("2027-10-30T12:00");
        room.says("lea", "/istio setup 02:30 start").await;
        room.heard();
        // 00:30 UTC is the first 02:30; an hour later the clocks show it again.
        room.until("2027-10-31T00:29:59Z".parse().unwrap()).await;
        assert_eq!(closings(&room.heard()), Vec::<&str>::new());
        room.until("2027-10-31T00:30:00Z".parse().unwrap()).await;
        assert_eq!(closings(&room.heard()), ["Mon 1 Nov, 01:30."]);
        room.until("2027-10-31T02:00:00Z".parse().unwrap()).await;
        assert_eq!(closings(&room.heard()), Vec::<&str>::new(), "once, although 02:30 comes twice");
    }

    /// On both sides of the date line a daily counts for its schedule's own date.
    async fn the_date_line(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("lea", "/istio setup 00:30 daily Pacific/Kiritimati start").await;
        room.go_to("west");
        room.says("lea", "/istio setup 23:30 daily Pacific/Pago_Pago start").await;
        room.at("2026-11-25T12:00").await;
        room.go_to("mesh");
        room.says("ana", "a layer of proxies").await;
        room.go_to("west");
        room.says("ana", "a layer of proxies").await;
        room.go_to("mesh");
        room.heard();
        let standing = room.standing().await;
        insta::allow_duplicates! { insta::assert_snapshot!(standing, @"
        daily 2026-11-24 ana: 600 in 1
        daily 2026-11-26 ana: 0 in 1
        ") }
    }

    /// A leap day is a day.
    async fn a_leap_day(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.now_is("2028-02-28T12:00");
        room.says("lea", "/istio setup daily start").await;
        room.says("ana", "/istio away 28 Feb 2028 - 29 Feb 2028").await;
        room.at("2028-02-29T09:00").await;
        room.at("2028-03-01T10:00").await;
        room.says("ana", "a layer of proxies").await;
        room.says("ana", "/istio me").await;
        hears!(room, @"
        lea: /istio setup daily start
          (to lea)
          The daily question is on in this channel
            - Posts daily at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          The next one comes Tue 29 Feb, 09:00.
        ana: /istio away 28 Feb 2028 - 29 Feb 2028
          (to ana)
          Noted: away 2028-02-28 to 2028-02-29. Your streak waits for you.
          (#mesh)
          Istio question of Tuesday 29 February
          What is a Gateway?
          Traffic, junior. Open until Wed 1 Mar, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
          ((#mesh), updated)
          Istio question of Tuesday 29 February
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
          Istio question of Wednesday 1 March
          JWT or mTLS?
          Security, mid. Open until Thu 2 Mar, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        ana: a layer of proxies
          (Graded)
          (thread 2)
          1 answered.
        ana: /istio me
          (to ana)
          ana
            - This week: 0 points in 1 daily answer, rank 1 of 1
            - All time: 0 points in 1 daily answer, rank 1 of 1
            - Streak: 1 daily, longest 1
        ");
    }

    /// A clock that jumps back posts nothing twice; one that jumps forward goes on from there.
    async fn the_clock_jumps(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", "a layer of proxies").await;
        room.heard();
        room.jump("2026-11-24T08:55").await;
        room.says("ben", "a layer of proxies").await;
        room.says("ben", "/istio grade").await;
        room.at("2026-11-24T09:05").await;
        hears!(room, @"
        ben: a layer of proxies
          (Graded)
        ben: /istio grade
          (to ben)
          Your grade: What is a Gateway?
          0 of 10. I found 0 of 2 points.
            missing   What does it do first of all? (0 of 6)
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
          ((thread 1), updated)
          2 answered.
        ");
        room.jump("2026-11-25T09:00").await;
        assert_eq!(room.heard().matches("Open until").count(), 1);
    }

    /// The days around New Year are one ISO week, whichever year they are in; months are not.
    async fn new_year(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.now_is("2026-12-30T12:00");
        room.says("lea", "/istio setup daily start").await;
        for day in ["2026-12-31", "2027-01-01", "2027-01-03"] {
            room.at(&format!("{day}T09:30")).await;
            room.says("ana", "a layer of proxies, encrypts traffic, edge of mesh, mtls for services, weights split traffic").await;
        }
        room.heard();
        room.says("ana", "/istio leaderboard week").await;
        room.says("ana", "/istio leaderboard month").await;
        room.says("ana", "/istio leaderboard day").await;
        room.at("2027-01-04T00:00").await;
        room.says("ana", "/istio leaderboard week").await;
        hears!(room, @"
        ana: /istio leaderboard week
          (to ana)
          Leaderboard, this week
            Name  Rank  Points  Answers
            ana      1      22        3
        ana: /istio leaderboard month
          (to ana)
          Leaderboard, this month
            Name  Rank  Points  Answers
            ana      1      16        2
        ana: /istio leaderboard day
          (to ana)
          Leaderboard, today
            Name  Rank  Points  Answers
            ana      1      10        1
        ana: /istio leaderboard week
          (to ana)
          Nobody has daily points yet (this week).
          Practice has none either. Start with /istio quiz.
        ");
    }

    /// A weekend without questions breaks no streak, days away freeze it, a daily missed breaks it at its close.
    async fn streaks(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.now_is("2026-11-27T08:00");
        room.says("lea", "/istio setup start").await;
        for day in ["2026-11-27", "2026-11-30"] {
            room.at(&format!("{day}T09:30")).await;
            room.says("ana", "a layer of proxies").await;
        }
        room.heard();
        room.says("ana", "/istio me").await;
        room.says("ana", "/istio away 1 Dec").await;
        room.at("2026-12-02T09:30").await;
        room.says("ana", "/istio me").await;
        room.at("2026-12-03T07:59").await;
        room.heard();
        room.says("ana", "/istio me").await;
        room.at("2026-12-03T08:00").await;
        room.says("ana", "/istio me").await;
        // What was missed stays missed.
        room.says("ana", "/istio away 1 Dec - 4 Dec").await;
        room.says("ana", "/istio me").await;
        hears!(room, @"
        ana: /istio me
          (to ana)
          ana
            - This week: 0 points in 1 daily answer, rank 1 of 1
            - All time: 0 points in 2 daily answers, rank 1 of 1
            - Streak: 2 dailies, longest 2
          ((#mesh), updated)
          Istio question of Wednesday 2 December
          What is a service mesh?
          Fundamentals, junior. Closed; the reveal is in the thread.
          [My grade]
          (thread 4)
          Closed: here is the answer
          What is a service mesh?
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          Nobody answered this one in time.
        ana: /istio me
          (to ana)
          ana
            - This week: 0 points in 1 daily answer, rank 1 of 1
            - All time: 0 points in 2 daily answers, rank 1 of 1
            - Streak: 0 dailies, longest 2
        ana: /istio away 1 Dec - 4 Dec
          (to ana)
          Noted: away 2026-12-03 to 2026-12-04. Your streak waits for you. What lies behind stays as it was.
        ana: /istio me
          (to ana)
          ana
            - This week: 0 points in 1 daily answer, rank 1 of 1
            - All time: 0 points in 2 daily answers, rank 1 of 1
            - Streak: 0 dailies, longest 2
        ");
    }

    /// A schedule that moves to another zone changes nothing that was earned.
    async fn another_zone(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("lea", "/istio setup 9:00 daily start").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", "a layer of proxies").await;
        let before = room.standing().await;
        room.says("lea", "/istio setup America/Los_Angeles").await;
        assert_eq!(before, room.standing().await);
        room.heard();
        room.at("2026-11-25T18:00").await;
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
        1 answer. How many made each point:
          - 0 of 1: It configures the proxies at the edge of the mesh.
          - 0 of 1: A VirtualService bound to it routes the traffic.
        Most missed: It configures the proxies at the edge of the mesh. https://istio.io/latest/docs/first/
        Tuesday 24 November's board
          Name  Rank  Points  Answers
          ana      1       0        1
        (#mesh)
        Istio question of Wednesday 25 November
        JWT or mTLS?
        Security, mid. Open until Thu 26 Nov, 17:00.
        Answer in the thread, or privately.
        [Answer privately] [Hint] [My grade]
        ");
    }

    /// After a month what was said to single members is forgotten, as are deliveries; what stands in the thread is not.
    async fn forgotten(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", "no idea").await;
        room.says("ana", "a layer of proxies").await;
        let kept = async |room: &Room, text: &'static str| {
            let (n,): (i64,) = room.db().sql(text).one().await.unwrap();
            n
        };
        const PRIVATE: &str = "SELECT COUNT(*) FROM outbox WHERE audience IS NOT NULL";
        assert_eq!(kept(&room, PRIVATE).await, 1);
        room.at("2026-12-28T10:00").await;
        assert_eq!(kept(&room, PRIVATE).await, 1);
        room.says("lea", "/istio schedule resume").await;
        room.at("2026-12-29T10:00").await;
        assert_eq!(kept(&room, PRIVATE).await, 0);
        assert_eq!(kept(&room, "SELECT COUNT(*) FROM inbox").await, 1, "only that of December");
        assert_eq!(kept(&room, "SELECT COUNT(*) FROM messages").await, 2);
    }
}
