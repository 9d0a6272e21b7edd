//! What counts as an answer: joined messages, replies, talk, edits, deletions, attempts, arrival in any order.

use super::*;
use meshdrill::message::What;

const MESH: &str = "a layer of proxies between the services, it encrypts traffic";

/// A room in which the question about the mesh is open, since nine.
async fn asked(db: Db, setup: &str) -> Room {
    let mut room = Room::new(db, World::Kind, &["what-is-a-mesh"]);
    room.says("lea", &format!("/istio setup {setup} start")).await;
    room.at("2026-11-24T09:00").await;
    room.heard();
    room
}

both! {
    /// Messages within fifteen seconds, or within a minute while nobody else speaks, are one answer; later ones are talk.
    async fn messages_join(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", "a layer of proxies").await;
        room.says("ben", "hm").await;
        room.wait(9).await;
        room.says("ana", "and it encrypts traffic").await;
        room.says("ana", "/istio grade").await;
        hears!(room, @"
        ana: a layer of proxies
          (Graded)
        ben: hm
        ana: and it encrypts traffic
          (Graded)
        ana: /istio grade
          (to ana)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
          ((thread 1), updated)
          1 answered.
        ");
        room.says("cleo", "a layer of proxies").await;
        room.wait(55).await;
        room.says("cleo", "and it encrypts traffic").await;
        room.says("cleo", "/istio grade").await;
        hears!(room, @"
        cleo: a layer of proxies
          (Graded)
          ((thread 1), updated)
          2 answered.
        cleo: and it encrypts traffic
          (Graded)
        cleo: /istio grade
          (to cleo)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
        ");
        room.says("dan", "a layer of proxies").await;
        room.says("ben", "hm").await;
        room.wait(40).await;
        room.says("dan", "and it encrypts traffic").await;
        room.says("dan", "/istio grade").await;
        hears!(room, @"
        dan: a layer of proxies
          (Graded)
        ben: hm
          ((thread 1), updated)
          3 answered.
        dan: and it encrypts traffic
        dan: /istio grade
          (to dan)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
        ");
    }

    /// A reply is talk, and so is what is said after the answer; `answer:` makes an attempt of anything.
    async fn replies_and_talk(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", "what do you all think?").await;
        room.replies("ben", "ana", "a layer of proxies").await;
        room.says("ben", "/istio grade").await;
        room.says("ben", "a library in each service").await;
        room.wait(90).await;
        room.says("ben", "or maybe a layer of proxies").await;
        room.says("ben", "/istio grade").await;
        hears!(room, @"
        ana: what do you all think?
        ben: a layer of proxies
        ben: /istio grade
          (to ben)
          I have no answer of yours to this question yet. Answer in its thread, or privately.
        ben: a library in each service
        ben: or maybe a layer of proxies
          (Graded)
          ((thread 1), updated)
          1 answered.
        ben: /istio grade
          (to ben)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
        ");
        room.replies("ben", "ana", "answer: a layer of proxies").await;
        room.says("ben", "/istio grade").await;
        hears!(room, @"
        ben: answer: a layer of proxies
          (Graded)
        ben: /istio grade
          (to ben)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          2 of 3 attempts used; the best counts.
          [Try again]
        ");
    }

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
          ((thread 1), updated)
          1 answered.
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
          ((thread 1), updated)
          2 answered.
        ben presses [My grade]
          (to ben)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
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
        ana takes that back
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

    /// A form is an attempt at once, with its breakdown; what is no answer in it is said kindly.
    async fn by_form(db: Db) {
        let mut room = asked(db, "").await;
        room.answers_privately("ana", "Answer privately", "no idea").await;
        room.answers_privately("ana", "Answer privately", "  ").await;
        room.answers_privately("ana", "Answer privately", MESH).await;
        hears!(room, @"
        ana, by form: no idea
          (to ana)
          No harm in that, and no attempt used. A hint may help; what you say next can still be your answer.
        ana, by form:   
          (form, answer) I couldn't read any text in that. Type your answer in words, and I'll grade it.
        ana, by form: a layer of proxies between the services, it encrypts traffic
          (to ana)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
        ");
        room.answers_privately("ana", "Answer privately", "a library in each service").await;
        hears!(room, @"
        ana, by form: a library in each service
          (to ana)
          Your grade: What is a service mesh?
          0 of 10. I found 0 of 2 points.
            missing   What does it do first of all? (0 of 6)
            missing   What else belongs to it? (0 of 4)
            not so    “library in each service” isn't so; look at it again. (costs 4)
          Your best so far, 10 of 10, is what counts.
        ");
    }

    /// "Don't know" costs nothing, and the next message can still be the answer.
    async fn dont_know(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", "no idea").await;
        room.says("ana", "I don't know").await;
        room.says("ana", "a layer of proxies").await;
        room.says("ana", "dunno").await;
        room.says("ana", "/istio grade").await;
        hears!(room, @"
        ana: no idea
          (to ana)
          No harm in that, and no attempt used. A hint may help; what you say next can still be your answer.
          [Hint]
        ana: I don't know
        ana: a layer of proxies
          (Graded)
        ana: dunno
        ana: /istio grade
          (to ana)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
        ");
    }

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
          ((thread 1), updated)
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
          (Graded)
          ((thread 1), updated)
          2 answered.
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

    /// Scores are shown in the thread where the channel and the author want it.
    async fn scores_in_the_thread(db: Db) {
        let mut room = asked(db, "grades=thread").await;
        room.says("ana", "/istio share on").await;
        room.says("ana", MESH).await;
        room.says("ben", "a layer of proxies").await;
        hears!(room, @"
        ana: /istio share on
          (to ana)
          Thank you: your best answers may be shown in reveals, and your scores where the channel wants them, with
          your name. /istio share off takes that back, also from past reveals.
        ana: a layer of proxies between the services, it encrypts traffic
          (Graded)
          (thread 1)
          ana: 10 of 10
        ben: a layer of proxies
          (Graded)
        ");
        room.at("2026-11-25T08:00").await;
        room.says("ana", "/istio share off").await;
        hears!(room, @"
          ((#mesh), updated)
          Istio question of Tuesday 24 November
          What is a service mesh?
          Fundamentals, junior. Closed; the reveal is in the thread.
          [My grade]
          ((thread 1), updated)
          2 answered.
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
          ana, 10 points:
            | a layer of proxies between the services, it encrypts traffic
          Tuesday 24 November's board
            Name  Rank  Points  Answers
            ana      1      10        1
            ben      2       6        1
        ana: /istio share off
          (to ana)
          Your answers and scores are shown to nobody, and are taken out of the reveals they were in.
          ((thread 1), updated)
          A score was taken back.
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
            ana      1      10        1
            ben      2       6        1
        ");
    }

    /// Where answers are private, the thread is for talk.
    async fn private_answers(db: Db) {
        let mut room = asked(db, "answers=private").await;
        room.says("ana", MESH).await;
        room.says("ana", "/istio grade").await;
        room.answers_privately("ana", "Answer privately", "a layer of proxies").await;
        room.presses("ana", "Try again").await;
        hears!(room, @"
        ana: a layer of proxies between the services, it encrypts traffic
        ana: /istio grade
          (to ana)
          I have no answer of yours to this question yet. Answer privately, with the button on the question.
        ana, by form: a layer of proxies
          (to ana)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
        ana presses [Try again]
          (to ana)
          What you answer next is another attempt; the best one counts.
          [Answer privately]
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
                  The daily question is on in mesh
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
                  (thread 1)
                  Nobody has answered yet.
                ana, at 09:10:00, as a1: a layer of proxies
                  (Graded)
                  ((thread 1), updated)
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
