//! What counts as an answer: joined messages, replies, talk, edits, deletions, attempts, arrival in any order.

use super::*;

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
          (thread 1)
          1 answered.
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
        ");
        room.says("cleo", "a layer of proxies").await;
        room.wait(55).await;
        room.says("cleo", "and it encrypts traffic").await;
        room.says("cleo", "/istio grade").await;
        hears!(room, @"
        cleo: a layer of proxies
          ((thread 1), updated)
          2 answered.
          (Graded)
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
          ((thread 1), updated)
          3 answered.
          (Graded)
        ben: hm
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
          (thread 1)
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
          (thread 1)
          1 answered.
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
          (thread 1)
          1 answered.
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
          1 answered.
          (thread 1)
          ana: 10 of 10
        ben: a layer of proxies
          (Graded)
        ");
        room.at("2026-11-25T08:00").await;
        room.says("ana", "/istio share off").await;
        hears!(room, @"
          ((thread 1), updated)
          2 answered.
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
          (thread 1)
          1 answered.
        ana presses [Try again]
          (to ana)
          What you answer next is another attempt; the best one counts.
          [Answer privately]
        ");
    }
}
