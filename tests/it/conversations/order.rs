//! Copies, and things that arrive in another order than they happened.

use super::*;
use meshdrill::message::What;

both! {
    /// Copies of the model answer and of a member earn nothing, use nothing, and are told to their author alone.
    async fn copies(db: Db) {
        let mut room = asked(db, "").await;
        let model = "A layer of proxies that takes the traffic between services off their hands. It brings encryption and metrics without a change \
                     of code, you see.";
        room.says("ana", model).await;
        let own = "It is a layer of proxies next to all of our services, where each one encrypts traffic to the others and counts what goes by, \
                   so that nobody has to write that into the code.";
        room.says("ben", own).await;
        room.wait(90).await;
        room.says("cleo", own).await;
        room.says("cleo", "/istio grade").await;
        hears!(room, @"
        ana: A layer of proxies that takes the traffic between services off their hands. It brings encryption and metrics without a change of code, you see.
          (to ana)
          This repeats words that are here already, so it earns no points and uses up no attempt. Put it your way and
          it counts.
        ben: It is a layer of proxies next to all of our services, where each one encrypts traffic to the others and counts what goes by, so that nobody has to write that into the code.
          (Graded)
          (thread 1)
          1 answered.
        cleo: It is a layer of proxies next to all of our services, where each one encrypts traffic to the others and counts what goes by, so that nobody has to write that into the code.
          (to cleo)
          This repeats words that are here already, so it earns no points and uses up no attempt. Put it your way and
          it counts.
        cleo: /istio grade
          (to cleo)
          I have no answer of yours to this question yet. Answer in its thread, or privately.
        ");
        // The source taken back afterwards makes no answer of the copy.
        room.deletes("ben").await;
        room.wait(20).await;
        room.says("cleo", "ok ok").await;
        room.says("cleo", "/istio grade").await;
        room.says("cleo", "a layer of proxies").await;
        room.says("cleo", "/istio grade").await;
        hears!(room, @"
        ben takes that back
          ((thread 1), updated)
          Nobody has answered yet.
        cleo: ok ok
        cleo: /istio grade
          (to cleo)
          I have no answer of yours to this question yet. Answer in its thread, or privately.
        cleo: a layer of proxies
          ((thread 1), updated)
          1 answered.
          (Graded)
        cleo: /istio grade
          (to cleo)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
        ");
    }

    /// In whatever order things arrive, they come to the same.
    async fn any_order(db: Db) {
        let said = |id: &str, text: &str| What::Message { id: id.into(), text: text.into(), reply_to: None };
        let copied = "It is a layer of proxies next to all of our services, where each one encrypts traffic to the others and counts what goes by, \
                      so that nobody has to write that into the code.";
        let events: Vec<(&str, &str, What)> = vec![
            ("ana", "2026-11-24T09:10:00", said("a1", "a layer of proxies")),
            ("ben", "2026-11-24T09:10:20", said("b1", "a library in each service")),
            ("ana", "2026-11-24T09:10:40", said("a2", "and it encrypts traffic")),
            ("ben", "2026-11-24T09:11:00", What::Edited { id: "b1".into(), text: "a proxy next to each service".into() }),
            ("cleo", "2026-11-24T09:12:00", said("c1", copied)),
            ("dan", "2026-11-24T09:13:00", said("d1", copied)),
            ("cleo", "2026-11-24T09:14:00", What::Deleted { id: "c1".into() }),
            ("eve", "2026-11-24T09:15:00", said("e1", copied)),
        ];
        let mut outcomes = std::collections::BTreeSet::new();
        let orders: [[usize; 8]; 6] = [
            [0, 1, 2, 3, 4, 5, 6, 7],
            [7, 6, 5, 4, 3, 2, 1, 0],
            [3, 1, 6, 4, 2, 0, 5, 7],
            [5, 7, 0, 2, 4, 6, 1, 3],
            [6, 0, 5, 3, 2, 7, 4, 1],
            [2, 4, 3, 6, 7, 5, 1, 0],
        ];
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh"]);
        for order in orders {
            room.visit(&format!("team {order:?}"));
            room.now_is("2026-11-24T08:30");
            room.says("lea", "/istio setup start").await;
            room.at("2026-11-24T09:20").await;
            for n in order {
                let (who, at, what) = events[n].clone();
                room.arrives(who, at, what).await;
            }
            let standing = room.standing().await;
            if order == orders[0] {
                hears!(room, @"
                lea: /istio setup start
                  (to lea)
                  The daily question is on in this channel
                    - Posts workdays at 09:00 (Europe/Berlin)
                    - Open until an hour before the next one; the answer is revealed in the thread
                    - Topics: Fundamentals, Traffic, Security
                    - Answers are typed in the thread, or given privately
                    - Grades are private to each author
                    - When every question was asked, the hardest come again after 60 days
                  The next one comes Tue 24 Nov, 09:00.
                  (#mesh)
                  Istio question of Tuesday 24 November
                  What is a service mesh?
                  Fundamentals, junior. Open until Wed 25 Nov, 08:00.
                  Answer in the thread, or privately.
                  [Answer privately] [Hint] [My grade]
                ana, at 09:10:00, as a1: a layer of proxies
                  (Graded)
                  (thread 1)
                  1 answered.
                ben, at 09:10:20, as b1: a library in each service
                ana, at 09:10:40, as a2: and it encrypts traffic
                ben changes b1, at 09:11:00, to: a proxy next to each service
                  (Graded)
                cleo, at 09:12:00, as c1: It is a layer of proxies next to all of our services, where each one encrypts traffic to the others and counts what goes by, so that nobody has to write that into the code.
                  (Graded)
                dan, at 09:13:00, as d1: It is a layer of proxies next to all of our services, where each one encrypts traffic to the others and counts what goes by, so that nobody has to write that into the code.
                  (to dan)
                  This repeats words that are here already, so it earns no points and uses up no attempt. Put it your way and
                  it counts.
                cleo takes c1 back, at 09:14:00
                eve, at 09:15:00, as e1: It is a layer of proxies next to all of our services, where each one encrypts traffic to the others and counts what goes by, so that nobody has to write that into the code.
                  (to eve)
                  This repeats words that are here already, so it earns no points and uses up no attempt. Put it your way and
                  it counts.
                ");
                insta::allow_duplicates! { insta::assert_snapshot!(standing, @"
                daily 2026-11-24 ana: 600 in 1
                daily 2026-11-24 ben: 600 in 1
                ") }
            }
            outcomes.insert(standing);
        }
        assert_eq!(outcomes.len(), 1, "{outcomes:#?}");
    }
}
