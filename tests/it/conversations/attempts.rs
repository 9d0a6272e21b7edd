//! Attempts: three of them, changed, taken back, late, with hints.

use super::*;
use meshdrill::message::What;

both! {
    /// Three attempts, the best counts, and a fourth changes nothing.
    async fn three_attempts(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", "answer: a layer of proxies").await;
        room.says("ana", "answer: a library in each service").await;
        room.presses("ana", "My grade").await;
        room.presses("ana", "Try again").await;
        room.says("ana", "a proxy next to each service").await;
        room.says("ana", "/istio grade").await;
        hears!(room, @"
        ana: answer: a layer of proxies
          (Graded)
          (thread 1)
          1 answered.
        ana: answer: a library in each service
          (Graded)
        ana presses [My grade]
          (to ana)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          2 of 3 attempts used; the best counts.
          [Try again]
        ana presses [Try again]
          (to ana)
          Your next message in the thread is another attempt; the best one counts.
          [Answer privately]
        ana: a proxy next to each service
          (Graded)
        ana: /istio grade
          (to ana)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
        ");
        room.says("ana", "/istio again").await;
        room.says("ana", &format!("answer: {MESH}")).await;
        room.answers_privately("ana", "Answer privately", MESH).await;
        room.says("ana", "/istio grade").await;
        hears!(room, @"
        ana: /istio again
          (to ana)
          You have used your three attempts. Your best one counts.
        ana: answer: a layer of proxies between the services, it encrypts traffic
          (to ana)
          You have used your three attempts, so this changes nothing. Your best one counts.
        ana, by form: a layer of proxies between the services, it encrypts traffic
          (to ana)
          You have used your three attempts, so this changes nothing. Your best one counts.
        ana: /istio grade
          (to ana)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
        ");
    }

    /// Before the breakdown was read an edit changes the answer; afterwards it is another attempt.
    async fn edits(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", "a library in each service").await;
        room.edits("ana", "a layer of proxies").await;
        room.presses("ana", "My grade").await;
        room.edits("ana", MESH).await;
        room.presses("ana", "My grade").await;
        hears!(room, @"
        ana: a library in each service
        ana changes that to: a layer of proxies
          (Graded)
          (thread 1)
          1 answered.
        ana presses [My grade]
          (to ana)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
        ana changes that to: a layer of proxies between the services, it encrypts traffic
        ana presses [My grade]
          (to ana)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
        ");
        room.says("ben", "a layer of proxies").await;
        room.presses("ben", "My grade").await;
        room.edits("ben", "A layer of proxies!").await;
        room.edits("ben", "lol").await;
        room.presses("ben", "My grade").await;
        hears!(room, @"
        ben: a layer of proxies
          (Graded)
        ben presses [My grade]
          (to ben)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
        ben changes that to: A layer of proxies!
        ben changes that to: lol
        ben presses [My grade]
          (to ben)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
          ((thread 1), updated)
          2 answered.
        ");
    }

    /// A deletion takes the answer back; when its grade was read it stays used.
    async fn deletions(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", MESH).await;
        room.deletes("ana").await;
        room.wait(20).await;
        room.says("ana", "/istio grade").await;
        room.says("ana", "a layer of proxies").await;
        room.presses("ana", "My grade").await;
        room.deletes("ana").await;
        room.wait(20).await;
        room.presses("ana", "My grade").await;
        hears!(room, @"
        ana: a layer of proxies between the services, it encrypts traffic
          (Graded)
          (thread 1)
          1 answered.
        ana takes that back
          ((thread 1), updated)
          Nobody has answered yet.
        ana: /istio grade
          (to ana)
          I have no answer of yours to this question yet. Answer in its thread, or privately.
        ana: a layer of proxies
          (Graded)
        ana presses [My grade]
          (to ana)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
        ana takes that back
        ana presses [My grade]
          (to ana)
          You took your answer back after its grade was read, so it earns no points, but that attempt is used.
          1 of 3 attempts used; the best counts.
          [Try again]
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
        Nobody answered this one in time.
        ");
    }

    /// Late by the platform's time earns nothing; on time but heard of after the close counts, and the reveal is edited.
    async fn late_and_on_time(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", "a layer of proxies").await;
        room.at("2026-11-25T08:00").await;
        room.heard();
        let on_time = What::Message { id: "m1".into(), text: MESH.into(), reply_to: None };
        room.arrives("ben", "2026-11-25T07:59:58", on_time).await;
        room.wait(20).await;
        hears!(room, @"
        ben, at 07:59:58, as m1: a layer of proxies between the services, it encrypts traffic
          ((thread 1), updated)
          2 answered.
          (Graded)
          ((thread 1), updated)
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
        let late = What::Message { id: "m2".into(), text: MESH.into(), reply_to: None };
        room.arrives("cleo", "2026-11-25T08:00:00", late).await;
        room.wait(20).await;
        room.says("cleo", "/istio grade").await;
        room.presses("cleo", "My grade").await;
        hears!(room, @"
        cleo, at 08:00:00, as m2: a layer of proxies between the services, it encrypts traffic
          (Graded)
          (to cleo)
          This came after the close: it earns no points, but My grade shows what I found in it.
        cleo: /istio grade
          (to cleo)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
          It came after the close, so it earns no points.
        cleo presses [My grade]
          (to cleo)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
          It came after the close, so it earns no points.
        ");
        // Somebody who had answered on time and says more after the close.
        room.says("ana", &format!("answer: {MESH}")).await;
        room.presses("ana", "My grade").await;
        room.says("dan", "/istio leaderboard week").await;
        hears!(room, @"
        ana: answer: a layer of proxies between the services, it encrypts traffic
          (Graded)
          (to ana)
          This came after the close: it earns no points, but My grade shows what I found in it.
        ana presses [My grade]
          (to ana)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   It brings encryption without code changes. (0 of 4)
                      Read more: https://istio.io/latest/docs/second/
          What you said after the close comes to 10 of 10, without points.
        dan: /istio leaderboard week
          (to dan)
          Leaderboard, this week
            Name  Rank  Points  Answers
            ben      1      10        1
            ana      2       6        1
        ");
    }

    /// The first hint is free, each further one costs a point, which is said before; a double press buys one.
    async fn hints(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", "/istio hint").await;
        room.says("ana", MESH).await;
        room.presses("ana", "Hint").await;
        let show = room.button("ana", "Show it");
        room.presses_id("ana", &show).await;
        room.presses_id("ana", &show).await;
        hears!(room, @"
        ana: /istio hint
          (to ana)
          Hint: A first hint.
          2 hints left; each costs one point.
        ana: a layer of proxies between the services, it encrypts traffic
          (Graded)
          (thread 1)
          1 answered.
        ana presses [Hint]
          (to ana)
          Your hints so far:
            - A first hint.
          The next hint costs one point.
          [Show it]
        ana presses hint-agreed.01a20c91a00070008bb2797cdde62b92.1
          (to ana)
          Hint: A plainer hint.
          1 hint left; each costs one point.
        ana presses hint-agreed.01a20c91a00070008bb2797cdde62b92.1
          (to ana)
          Your hints so far:
            - A first hint.
            - A plainer hint.
          The next hint costs one point.
          [Show it]
        ");
        room.presses("ana", "Show it").await;
        room.presses("ana", "Hint").await;
        room.presses("ana", "My grade").await;
        hears!(room, @"
        ana presses [Show it]
          (to ana)
          Hint: Nearly the answer.
          That was the last one.
        ana presses [Hint]
          (to ana)
          That is all there is to hint at:
            - A first hint.
            - A plainer hint.
            - Nearly the answer.
        ana presses [My grade]
          (to ana)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
          With hints it counts 8 of 10.
        ");
        room.at("2026-11-25T08:00").await;
        room.says("ana", "/istio hint").await;
        room.says("ana", "/istio leaderboard").await;
        assert!(room.heard().contains("ana      1       8        1"));
    }
}
