//! A quiz that is left, comes back, and draws what is due.

use super::*;

const HALF_JWT: &str = "mTLS is for services, it identifies the workload";

both! {
    /// Half an hour of quiet puts a quiz aside; it goes on where it was, also with a program that has just started.
    async fn put_aside(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("ana", "/istio quiz security 1").await;
        room.restart();
        room.whispers("ana", HALF_JWT).await;
        room.heard();
        room.wait(30 * 60).await;
        room.restart();
        room.says("ana", "/istio resume").await;
        hears!(room, @"
          (to ana)
          Your quiz is put aside after half an hour of quiet. To go on: /istio resume
        ana: /istio resume
          (to ana)
          Question 1 of 1
          Security, mid
          JWT or mTLS?
          Follow-up: And what comes on top?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ");
        room.wait(31 * 60).await;
        room.whispers("ana", "the JWT is for users").await;
        hears!(room, @"
          (to ana)
          Your quiz is put aside after half an hour of quiet. To go on: /istio resume
        ana: the JWT is for users
          (to ana)
          8 of 10. I found 2 of 2 points.
            made      mTLS identifies the workload that calls. (6 of 6)
                      You said “mTLS is for services, it identifies the workload”.
            made      A JWT identifies the end user. (2 of 4)
                      You said “JWT is for users”.
          The follow-up added 2.
          Model answer
            | mTLS says which workload calls, a JWT says for which user. They answer different questions, so a mesh
            | checks both of them at the door.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          Quiz over
          8 of 10 on average over 1 answered question.
            - Security: 8 on average, 1 question
          What you missed comes back in /istio quiz weak when it is due.
        ");
        room.says("ana", "/istio quiz traffic").await;
        room.wait(31 * 60).await;
        room.says("ana", "/istio quiz security").await;
        hears!(room, @"
        ana: /istio quiz traffic
          (to ana)
          Question 1 of 2
          Traffic, senior
          How do you roll out a canary?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
          (to ana)
          Your quiz is put aside after half an hour of quiet. To go on: /istio resume
        ana: /istio quiz security
          (to ana)
          Question 1 of 1
          Security, mid
          JWT or mTLS?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ");
    }

    /// What was missed comes back when it is due, and not before.
    async fn weak(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("ana", "/istio quiz weak").await;
        room.says("ana", "/istio quiz security").await;
        room.whispers("ana", "JWT and mTLS do the same").await;
        room.presses("ana", "Skip").await;
        room.heard();
        room.says("ana", "/istio quiz weak").await;
        room.says("ana", "/istio me").await;
        hears!(room, @"
        ana: /istio quiz weak
          (to ana)
          Nothing you missed is due again; the next is due Tue 24 Nov, 08:31.
        ana: /istio me
          (to ana)
          ana
            - This week: no daily answers yet
            - All time: no daily answers yet
            - Streak: 0 dailies, longest 0
          From your quizzes and interviews
            - Security: 0 on average, 1 of 1 questions seen
        ");
        room.at("2026-11-26T09:00").await;
        room.says("ana", "/istio quiz weak").await;
        room.whispers("ana", "mTLS is for services, the JWT is for users").await;
        room.says("ana", "/istio quiz weak").await;
        hears!(room, @"
        ana: /istio quiz weak
          (to ana)
          Question 1 of 1
          Security, mid
          JWT or mTLS?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana: mTLS is for services, the JWT is for users
          (to ana)
          10 of 10. I found 2 of 2 points.
            made      mTLS identifies the workload that calls. (6 of 6)
                      You said “mTLS is for services”.
            made      A JWT identifies the end user. (4 of 4)
                      You said “JWT is for users”.
          Model answer
            | mTLS says which workload calls, a JWT says for which user. They answer different questions, so a mesh
            | checks both of them at the door.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          Quiz over
          10 of 10 on average over 1 answered question.
            - Security: 10 on average, 1 question
        ana: /istio quiz weak
          (to ana)
          Nothing you missed is due again. Drill something new: /istio quiz
        ");
    }

    /// Topic, level and number in any order and case, with or without their names.
    async fn in_any_order(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        for (line, asked) in [
            ("quiz TRAFFIC Senior 1", "How do you roll out a canary?"),
            ("quiz 1 senior traffic", "How do you roll out a canary?"),
            ("quiz level:junior count=1 topic:Traffic", "What is a Gateway?"),
            ("practice fundamentals", "What is a service mesh?"),
            ("DRILL mid", "JWT or mTLS?"),
        ] {
            room.says("ana", &format!("/istio {line}")).await;
            let heard = room.heard();
            assert!(heard.contains("Question 1 of 1") && heard.contains(asked), "{line}: {heard}");
            room.says("ana", "/istio stop").await;
            room.heard();
        }
    }

    /// No question twice in a quiz, however many were wished for; over quizzes each comes before any comes again.
    async fn all_used_up(db: Db) {
        let mut room = Room::new(db, World::Kind, &["canary", "gateway"]);
        for _ in 0..2 {
            room.says("ana", "/istio quiz traffic 50").await;
            room.says("ana", "/istio skip").await;
            room.says("ana", "/istio skip").await;
            let heard = room.heard();
            for prompt in ["How do you roll out a canary?", "What is a Gateway?"] {
                assert_eq!(heard.matches(prompt).count(), 1, "{heard}");
            }
            assert!(heard.contains("There are 2 such questions just now.") && heard.contains("Quiz over"), "{heard}");
        }
    }

    /// In direct messages, which are a workspace of one, everything is typed.
    async fn in_direct_messages(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.visit("dm-ana");
        room.whispers("ana", "hello").await;
        room.says("ana", "/istio quiz security 1").await;
        room.whispers("ana", HALF_JWT).await;
        room.whispers("ana", "skip").await;
        room.says("ana", "/istio leaderboard practice").await;
        hears!(room, @"
        ana: hello
          (to ana)
          No quiz or interview is under way. To start one: /istio quiz or /istio interview
        ana: /istio quiz security 1
          (to ana)
          Question 1 of 1
          Security, mid
          JWT or mTLS?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana: mTLS is for services, it identifies the workload
          (to ana)
          6 of 10. I found 1 of 2 points.
            made      mTLS identifies the workload that calls. (6 of 6)
                      You said “mTLS is for services, it identifies the workload”.
            missing   What else belongs to it? (0 of 4)
          Follow-up, for half its points: And what comes on top?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana: skip
          (to ana)
          6 of 10. I found 1 of 2 points.
            made      mTLS identifies the workload that calls. (6 of 6)
                      You said “mTLS is for services, it identifies the workload”.
            missing   A JWT identifies the end user. (0 of 4)
                      Read more: https://istio.io/latest/docs/second/
          Model answer
            | mTLS says which workload calls, a JWT says for which user. They answer different questions, so a mesh
            | checks both of them at the door.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          Quiz over
          6 of 10 on average over 1 answered question.
            - Security: 6 on average, 1 question
          What you missed comes back in /istio quiz weak when it is due.
        ana: /istio leaderboard practice
          (to ana)
          Practice board, this week
            Name  Rank  Points  Answers
            ana      1       6        1
        ");
    }

    /// What is pasted from the model answer is none of one's own.
    async fn a_copy(db: Db) {
        let mut room = Room::new(db, World::Kind, &["jwt-or-mtls"]);
        room.says("ana", "/istio quiz").await;
        room.heard();
        let model = "mTLS says which workload calls, a JWT says for which user. They answer different questions, so a mesh checks both of them at \
                     the door.";
        room.whispers("ana", model).await;
        hears!(room, @"
        ana: mTLS says which workload calls, a JWT says for which user. They answer different questions, so a mesh checks both of them at the door.
          (to ana)
          These are the model answer's words. Put it your way and it counts.
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ");
    }
}
