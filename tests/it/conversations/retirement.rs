//! A bad question: retired, taken back where it is open, and brought back.

use super::challenge::EVERYTHING;
use super::*;

both! {
    /// An open daily is taken back: said once, points undone, streaks kept, and another can be asked the same day.
    async fn an_open_daily(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "canary"]);
        room.says("lea", "/istio setup grades=thread start").await;
        room.says("lea", "/istio schedule queue what-is-a-mesh").await;
        room.says("ana", "/istio share on").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", MESH).await;
        room.answers_privately("ben", "Answer privately", "a layer of proxies").await;
        room.heard();
        let grade = room.button("ben", "My grade");
        let hint = room.button("ben", "Hint");
        room.says("ana", "/istio question retire what-is-a-mesh").await;
        room.says("lea", "/istio question retire").await;
        room.says("lea", "/istio question retire what-is-a-mush").await;
        room.says("lea", "/istio question retire what-is-a-mesh two answers are right\u{202e}").await;
        room.wait(60).await;
        hears!(room, @"
        ana: /istio question retire what-is-a-mesh
          (to ana)
          /istio question retire is for leads. /istio help lists what everybody can do.
        lea: /istio question retire
          (to lea)
          Which question? Type its id, such as: question retire canary
        lea: /istio question retire what-is-a-mush
          (to lea)
          There is no question “what-is-a-mush”. Did you mean what-is-a-mesh?
        lea: /istio question retire what-is-a-mesh two answers are right<turned>
          (to lea)
          what-is-a-mesh is retired: nothing here asks it any more. /istio question restore what-is-a-mesh brings it
          back.
          It was open in 1 daily, and is taken back there: what was earned with it is undone.
          To ask another today: /istio schedule post
          ((#mesh), updated)
          Istio question of Tuesday 24 November
          What is a service mesh?
          Fundamentals, junior. Taken back; it counts for nobody.
          ((thread 1), updated)
          A score was taken back.
          (#mesh)
          The question of Tuesday 24 November is taken back. Two answers are right. It counts for nobody: its points
          are undone, and no streak breaks.
          ((thread 1), updated)
          This question was taken back; it counts for nobody.
        ");
        assert_eq!(room.standing().await, "");
        room.says("lea", "/istio question retire what-is-a-mesh").await;
        room.says("ana", "this counts for nobody: a layer of proxies").await;
        room.says("ana", "/istio hint").await;
        room.presses_id("ben", &grade).await;
        room.presses_id("ben", &hint).await;
        room.says("lea", "/istio schedule queue what-is-a-mesh").await;
        room.says("lea", "/istio schedule show").await;
        hears!(room, @"
        lea: /istio question retire what-is-a-mesh
          (to lea)
          what-is-a-mesh is retired already. /istio question restore what-is-a-mesh brings it back.
        ana: this counts for nobody: a layer of proxies
        ana: /istio hint
          (to ana)
          This question was taken back; it counts for nobody.
        ben presses grade.01a20c91a000700091ae284c3770e17b
          (to ben)
          That question isn't here any more; it counts for nobody.
        ben presses hint.01a20c91a000700091ae284c3770e17b
          (to ben)
          That question isn't here any more; it counts for nobody.
        lea: /istio schedule queue what-is-a-mesh
          (to lea)
          Nothing was changed:
            - what-is-a-mesh is retired; /istio question restore what-is-a-mesh brings it back.
        lea: /istio schedule show
          (to lea)
          The daily question in this channel is on
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are shown in the thread for those who agreed (share on)
            - When every question was asked, the hardest come again after 60 days
          The next one comes Wed 25 Nov, 09:00.
          Retired, and asked nowhere here: what-is-a-mesh. To bring one back: /istio question restore ID
          [Change]
        ");
        room.says("lea", "/istio schedule post").await;
        room.says("ana", "weights split traffic, step by step").await;
        room.at("2026-11-25T08:30").await;
        room.says("ana", "/istio me").await;
        hears!(room, @"
        lea: /istio schedule post
          (to lea)
          Posted; this is today's, and it replaces nothing. It closes Wed 25 Nov, 08:00. The next one comes Wed 25
          Nov, 09:00 as planned.
          (#mesh)
          Istio question of Tuesday 24 November
          How do you roll out a canary?
          Traffic, senior. Open until Wed 25 Nov, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        ana: weights split traffic, step by step
          (Graded)
          (thread 2)
          1 answered.
          (thread 2)
          ana: 10 of 10
          ((#mesh), updated)
          Istio question of Tuesday 24 November
          How do you roll out a canary?
          Traffic, senior. Closed; the reveal is in the thread.
          [My grade]
          (thread 2)
          Closed: here is the answer
          How do you roll out a canary?
          Model answer
            | With weights in a VirtualService over two subsets. Watch the error rate, then raise the weight step by
            | step or take it back.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          1 answer. How many made each point:
            - 1 of 1: Weights split the traffic between two subsets.
            - 1 of 1: Watch errors and raise it step by step, or roll back.
          ana, 10 points:
            | weights split traffic, step by step
          Tuesday 24 November's board
            Name  Rank  Points  Answers
            ana      1      10        1
        ana: /istio me
          (to ana)
          ana
            - This week: 10 points in 1 daily answer, rank 1 of 1
            - All time: 10 points in 1 daily answer, rank 1 of 1
            - Streak: 1 daily, longest 1
        ");
        room.says("lea", "/istio schedule queue").await;
        room.says("lea", "/istio question restore what-is-a-mesh").await;
        room.says("lea", "/istio question restore what-is-a-mesh").await;
        room.says("lea", "/istio question restore what").await;
        room.at("2026-11-25T09:00").await;
        hears!(room, @"
        lea: /istio schedule queue
          (to lea)
          Every question was asked, and none has rested for 60 days; the first has on Saturday 23 January. More topics
          help.
        lea: /istio question restore what-is-a-mesh
          (to lea)
          what-is-a-mesh can be asked again. What was taken back stays so.
        lea: /istio question restore what-is-a-mesh
          (to lea)
          what-is-a-mesh isn't retired.
        lea: /istio question restore what
          (to lea)
          There is no question “what”. Did you mean what-is-a-mesh?
          (#mesh)
          Istio question of Wednesday 25 November
          What is a service mesh?
          Fundamentals, junior. Open until Thu 26 Nov, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        ");
    }

    /// A daily that nobody had answered yet, retired without a word of why; a missed day behind it breaks no streak.
    async fn without_a_reason(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "more-1", "more-2"]);
        room.says("lea", "/istio setup start").await;
        room.says("lea", "/istio schedule queue more-1 more-2 what-is-a-mesh").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", MESH).await;
        room.at("2026-11-25T09:00").await;
        room.heard();
        room.says("lea", "/istio question retire more-2").await;
        hears!(room, @"
        lea: /istio question retire more-2
          (to lea)
          more-2 is retired: nothing here asks it any more. /istio question restore more-2 brings it back.
          It was open in 1 daily, and is taken back there: what was earned with it is undone.
          To ask another today: /istio schedule post
          ((#mesh), updated)
          Istio question of Wednesday 25 November
          What is a service mesh, in other words (2)?
          Fundamentals, junior. Taken back; it counts for nobody.
          (#mesh)
          The question of Wednesday 25 November is taken back. It counts for nobody: its points are undone, and no
          streak breaks.
        ");
        room.at("2026-11-26T09:00").await;
        room.says("ana", MESH).await;
        room.heard();
        room.says("ana", "/istio me").await;
        hears!(room, @"
        ana: /istio me
          (to ana)
          ana
            - This week: 20 points in 2 daily answers, rank 1 of 1
            - All time: 20 points in 2 daily answers, rank 1 of 1
            - Streak: 2 dailies, longest 2
        ");
    }

    /// A quiz goes to its next question, at its first words, at its follow-up, at its last question, and put aside.
    async fn quizzes(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "more-1", "more-2", "more-3"]);
        for who in ["ana", "ben", "cleo"] {
            room.says(who, "/istio quiz 2").await;
        }
        room.whispers("ben", "a layer of proxies").await;
        room.wait(31 * 60).await;
        room.says("ana", "/istio resume").await;
        room.whispers("dan", "hello").await;
        room.heard();
        let before = room.standing().await;
        for id in ["what-is-a-mesh", "more-1", "more-2"] {
            room.says("lea", &format!("/istio question retire {id}")).await;
        }
        hears!(room, @"
        lea: /istio question retire what-is-a-mesh
          (to lea)
          what-is-a-mesh is retired: nothing here asks it any more. /istio question restore what-is-a-mesh brings it
          back.
          It was open in 2 quizzes, and is taken back there: what was earned with it is undone.
          (to ben)
          A lead took that question back, so it counts for nothing.
          To go on with the next: /istio resume
          (to cleo)
          A lead took that question back, so it counts for nothing.
          To go on with the next: /istio resume
        lea: /istio question retire more-1
          (to lea)
          more-1 is retired: nothing here asks it any more. /istio question restore more-1 brings it back.
        lea: /istio question retire more-2
          (to lea)
          more-2 is retired: nothing here asks it any more. /istio question restore more-2 brings it back.
          It was open in 1 quiz, and is taken back there: what was earned with it is undone.
          (to cleo)
          A lead took that question back, so it counts for nothing.
          To go on with the next: /istio resume
        ");
        assert_eq!(before, "practice 2026-11-24 ben: 600 in 1\n");
        assert_eq!(room.standing().await, "");
        room.says("cleo", "/istio resume").await;
        room.whispers("cleo", MESH).await;
        room.says("lea", "/istio question retire more-3").await;
        room.says("ben", "/istio me").await;
        room.says("dan", "/istio quiz").await;
        hears!(room, @"
        cleo: /istio resume
          (to cleo)
          Question 1 of 2
          Fundamentals, junior
          What is a service mesh, in other words (3)?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        cleo: a layer of proxies between the services, it encrypts traffic
          (to cleo)
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          Quiz over
          10 of 10 on average over 1 answered question.
            - Fundamentals: 10 on average, 1 question
        lea: /istio question retire more-3
          (to lea)
          more-3 is retired: nothing here asks it any more. /istio question restore more-3 brings it back.
          It was open in 2 quizzes, and is taken back there: what was earned with it is undone.
          (to ana)
          A lead took that question back, so it counts for nothing.
          Quiz over
          No question was answered this time.
          (to ben)
          A lead took that question back, so it counts for nothing.
          Quiz over
          No question was answered this time.
        ben: /istio me
          (to ben)
          ben
            - This week: no daily answers yet
            - All time: no daily answers yet
            - Streak: 0 dailies, longest 0
        dan: /istio quiz
          (to dan)
          No such question is free just now: what a daily asks, or will ask within a week, is not drilled before that.
          Try another topic or level.
        ");
    }

    /// An interview goes on with another question in the place of one that is taken back, and its verdict knows nothing of it.
    async fn interviews(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("ana", "/istio interview 20").await;
        room.says("ben", "/istio interview 20").await;
        room.whispers("ana", "a layer of proxies").await;
        room.says("cleo", "/istio me").await;
        room.heard();
        room.says("lea", "/istio question retire what-is-a-mesh").await;
        hears!(room, @"
        lea: /istio question retire what-is-a-mesh
          (to lea)
          what-is-a-mesh is retired: nothing here asks it any more. /istio question restore what-is-a-mesh brings it
          back.
          It was open in 2 interviews, and is taken back there: what was earned with it is undone.
          (to ana)
          A lead took that question back, so it counts for nothing.
          Interview, question 1 of 4
          Traffic, about 20 minutes left
          What is a Gateway?
          [Answer] [Hint] [Skip] [Pause] [Stop]
          (to ben)
          A lead took that question back, so it counts for nothing.
          Interview, question 1 of 4
          Traffic, about 20 minutes left
          What is a Gateway?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ");
        assert_eq!(room.standing().await, "");
        room.says("ana", "/istio stop").await;
        hears!(room, @"
        ana: /istio stop
          (to ana)
          Interview over
          No question was answered this time, so there is no verdict and nothing counts.
        ");
    }

    /// A challenge asks the next question at once, and passes over what was retired before its turn.
    async fn challenges(db: Db) {
        let mut room = Room::new(db, World::Kind, &["canary", "gateway", "more-1", "more-2"]);
        room.says("ana", "/istio challenge 4 2").await;
        room.presses("ana", "Join").await;
        room.presses("ana", "Start").await;
        room.answers_privately("ana", "Answer", EVERYTHING).await;
        let heard = room.heard();
        let prompts = [("canary", "canary?"), ("gateway", "Gateway?"), ("more-1", "(1)"), ("more-2", "(2)")];
        let open = prompts.iter().find(|(_, prompt)| heard.contains(prompt)).unwrap().0;
        let (later, its_prompt) = prompts.iter().rfind(|(id, _)| *id != open).unwrap();
        room.says("lea", &format!("/istio question retire {later}")).await;
        room.says("lea", &format!("/istio question retire {open} unclear")).await;
        hears!(room, @"
        lea: /istio question retire more-2
          (to lea)
          more-2 is retired: nothing here asks it any more. /istio question restore more-2 brings it back.
          ((#mesh), updated)
          Question 1 of 4
          How do you roll out a canary?
          Traffic, senior. Open until Tue 24 Nov, 08:32. 1 answer so far.
          [Answer] [My grade]
        lea: /istio question retire canary unclear
          (to lea)
          canary is retired: nothing here asks it any more. /istio question restore canary brings it back.
          It was open in 1 challenge, and is taken back there: what was earned with it is undone.
          ((#mesh), updated)
          Challenge: 4 questions, 2 minutes each
          Joined: ana.
          Question 2 of 4 is open.
          [Join from the next question] [Stop]
          ((#mesh), updated)
          This question was taken back; it counts for nobody.
          (#mesh)
          Question 2 of 4
          What is a service mesh, in other words (1)?
          Fundamentals, junior. Open until Tue 24 Nov, 08:32. Nobody has answered yet.
          [Answer] [My grade]
        ");
        assert_eq!(room.standing().await, "");
        for _ in 0..2 {
            room.answers_privately("ana", "Answer", EVERYTHING).await;
            room.wait(125).await;
        }
        room.wait(125).await;
        let heard = room.heard();
        assert!(heard.contains("First: ana, 20 points in 2 answers") && !heard.contains(its_prompt), "{heard}");
    }
}
