//! A day with its question: set up, asked, answered, changed, closed, revealed.

use super::*;

both! {
    /// The whole day, once.
    async fn a_day(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh"]);
        room.says("lea", "/istio setup").await;
        room.presses("lea", "Start").await;
        hears!(room, @"
        lea: /istio setup
          (to lea)
          A daily Istio question in this channel
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          [Start] [Change]
        lea presses [Start]
          (to lea)
          The daily question is on in this channel
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          The next one comes Tue 24 Nov, 09:00.
        ");
        room.at("2026-11-24T09:00").await;
        hears!(room, @"
        (#mesh)
        Istio question of Tuesday 24 November
        What is a service mesh?
        Fundamentals, junior. Open until Wed 25 Nov, 08:00.
        Answer in the thread, or privately.
        [Answer privately] [Hint] [My grade]
        ");
        room.says("ana", "it's a layer of proxies between the services").await;
        room.wait(40).await;
        room.says("ben", "lol").await;
        room.says("ben", "no idea").await;
        room.presses("ben", "Hint").await;
        room.wait(40).await;
        room.says("ben", "a library in each service, for encryption").await;
        hears!(room, @"
        ana: it's a layer of proxies between the services
          (Graded)
          (thread 1)
          1 answered.
        ben: lol
        ben: no idea
          (to ben)
          No harm in that, and no attempt used. A hint may help; what you say next can still be your answer.
          [Hint]
        ben presses [Hint]
          (to ben)
          Hint: A first hint.
          2 hints left; each costs one point.
        ben: a library in each service, for encryption
          ((thread 1), updated)
          2 answered.
          (Graded)
        ");
        room.presses("ana", "My grade").await;
        hears!(room, @"
        ana presses [My grade]
          (to ana)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
        ");
        room.edits("ben", "a proxy next to each service that encrypts traffic").await;
        room.says("ben", "/istio grade").await;
        hears!(room, @"
        ben changes that to: a proxy next to each service that encrypts traffic
        ben: /istio grade
          (to ben)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “proxy next to each service”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
        ");
        room.at("2026-11-25T08:00").await;
        hears!(room, @"
        ((#mesh), updated)
        Istio question of Tuesday 24 November
        What is a service mesh?
        Fundamentals, junior. Closed; the reveal is in the thread.
        [My grade]
        (thread 1)
        Closed: here is the answer
        What is a service mesh?
        Model answer
          | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
          | metrics without a change of code.
        Sources: https://istio.io/latest/docs/. Checked against 1.31.
        2 answers. How many made each point:
          - 2 of 2: A mesh is a layer of proxies between the services.
          - 1 of 2: It brings encryption without code changes.
        Most missed: It brings encryption without code changes. https://istio.io/latest/docs/second/
        Tuesday 24 November's board
          Name  Rank  Points  Answers
          ben      1      10        1
          ana      2       6        1
        ");
        room.says("cleo", "sidecar beside every service, mTLS between services").await;
        room.says("cleo", "/istio leaderboard week").await;
        room.says("ana", "/istio me").await;
        hears!(room, @"
        cleo: sidecar beside every service, mTLS between services
          (Graded)
          (to cleo)
          This came after the close: it earns no points, but My grade shows what I found in it.
        cleo: /istio leaderboard week
          (to cleo)
          Leaderboard, this week
            Name  Rank  Points  Answers
            ben      1      10        1
            ana      2       6        1
        ana: /istio me
          (to ana)
          ana
            - This week: 6 points in 1 daily answer, rank 2 of 2
            - All time: 6 points in 1 daily answer, rank 2 of 2
            - Streak: 1 daily, longest 1
        ");
    }
}
