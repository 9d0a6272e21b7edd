//! The quiz: private, one question after the other.

use super::*;

const EVERYTHING: &str = "layer of proxies encrypts traffic, weights split traffic, step by step, mtls for services and jwt for users, edge of mesh, \
                          virtualservice routes traffic";
const HALF: &str = "a layer of proxies, mtls identifies the workload";

both! {
    /// One question, with its probe, to the summary.
    async fn a_quiz(db: Db) {
        let mut room = Room::new(db, World::Kind, &["jwt-or-mtls"]);
        room.says("ana", "/istio quiz security 1").await;
        hears!(room, @"
        ana: /istio quiz security 1
          (to ana)
          Question 1 of 1
          Security, mid
          JWT or mTLS?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ");
        room.answers_privately("ana", "Answer", "mTLS is for services, it identifies the workload").await;
        hears!(room, @"
        ana, by form: mTLS is for services, it identifies the workload
          (to ana)
          6 of 10. I found 1 of 2 points.
            made      mTLS identifies the workload that calls. (6 of 6)
                      You said “mTLS is for services, it identifies the workload”.
            missing   What else belongs to it? (0 of 4)
          Follow-up, for half its points: And what comes on top?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ");
        room.whispers("ana", "the JWT is for users").await;
        hears!(room, @"
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
        room.says("ana", "/istio leaderboard").await;
        room.says("ana", "/istio resume").await;
        hears!(room, @"
        ana: /istio leaderboard
          (to ana)
          Practice board, this week
          Nobody has daily points yet (this week).
            Name  Rank  Points  Answers
            ana      1       8        1
        ana: /istio resume
          (to ana)
          No quiz or interview is under way. To start one: /istio quiz or /istio interview
        ");
    }

    /// Left out, shown, hinted at, stopped in the middle; an old card's buttons do nothing.
    async fn under_way(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("ana", "/istio quiz").await;
        let old = room.button("ana", "Skip");
        room.presses_id("ana", &old).await;
        room.presses_id("ana", &old).await;
        hears!(room, @"
        ana: /istio quiz
          (to ana)
          Question 1 of 4
          Traffic, junior
          What is a Gateway?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana presses quiz-skip.01a20c7628c070038bb2797cdde62b92
          (to ana)
          Question 2 of 4
          Security, mid
          JWT or mTLS?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana presses quiz-skip.01a20c7628c070038bb2797cdde62b92
          (to ana)
          That question is done. /istio resume shows where you are.
        ");
        room.says("ana", "/istio show").await;
        room.presses("ana", "Hint").await;
        room.says("ana", "/istio hint").await;
        room.presses("ana", "Show it").await;
        hears!(room, @"
        ana: /istio show
          (to ana)
          Model answer
            | mTLS says which workload calls, a JWT says for which user. They answer different questions, so a mesh
            | checks both of them at the door.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          Question 3 of 4
          Traffic, senior
          How do you roll out a canary?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana presses [Hint]
          (to ana)
          Hint: A first hint.
          2 hints left; each costs one point.
        ana: /istio hint
          (to ana)
          Your hints so far:
            - A first hint.
          The next hint costs one point.
          [Show it]
        ana presses [Show it]
          (to ana)
          Hint: A plainer hint.
          1 hint left; each costs one point.
        ");
        room.whispers("ana", "lol").await;
        room.whispers("ana", "what do you mean?").await;
        room.whispers("ana", "no idea").await;
        hears!(room, @"
        ana: lol
          (to ana)
          I didn't take that for an answer. A sentence in your own words is enough.
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana: what do you mean?
          (to ana)
          I didn't take that for an answer. A sentence in your own words is enough.
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana: no idea
          (to ana)
          No harm in that. Hint helps along; Show the answer tells it all.
          Question 3 of 4
          Traffic, senior
          How do you roll out a canary?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ");
        room.says("ana", "/istio quiz security").await;
        room.whispers("ana", EVERYTHING).await;
        room.says("ana", "/istio stop").await;
        hears!(room, @"
        ana: /istio quiz security
          (to ana)
          You have a quiz under way. Stop ends it, and then a new one can begin.
          Question 3 of 4
          Traffic, senior
          How do you roll out a canary?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana: layer of proxies encrypts traffic, weights split traffic, step by step, mtls for services and jwt for users, edge of mesh, virtualservice routes traffic
          (to ana)
          10 of 10. I found 2 of 2 points.
            made      Weights split the traffic between two subsets. (6 of 6)
                      You said “weights split traffic”.
            made      Watch errors and raise it step by step, or roll back. (4 of 4)
                      You said “step by step”.
          Hints cost 1, so it comes to 9 of 10.
          Model answer
            | With weights in a VirtualService over two subsets. Watch the error rate, then raise the weight step by
            | step or take it back.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          Question 4 of 4
          Fundamentals, junior
          What is a service mesh?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana: /istio stop
          (to ana)
          Quiz over
          9 of 10 on average over 1 answered question.
            - Traffic: 9 on average, 1 question
          3 questions left out.
          What you missed comes back in /istio quiz weak when it is due.
        ");
    }

    /// A probe is answered with a shrug, left out, or ends the quiz: what was answered before it stands.
    async fn probes(db: Db) {
        let mut room = Room::new(db, World::Kind, &["jwt-or-mtls", "more-1", "more-2"]);
        room.says("ana", "/istio quiz 3").await;
        room.whispers("ana", HALF).await;
        room.heard();
        room.whispers("ana", "no idea").await;
        room.whispers("ana", HALF).await;
        room.presses("ana", "Skip").await;
        room.whispers("ana", HALF).await;
        room.presses("ana", "Stop").await;
        hears!(room, @"
        ana: no idea
          (to ana)
          6 of 10. I found 1 of 2 points.
            made      mTLS identifies the workload that calls. (6 of 6)
                      You said “mtls identifies the workload”.
            missing   A JWT identifies the end user. (0 of 4)
                      Read more: https://istio.io/latest/docs/second/
          Model answer
            | mTLS says which workload calls, a JWT says for which user. They answer different questions, so a mesh
            | checks both of them at the door.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          Question 2 of 3
          Fundamentals, junior
          What is a service mesh, in other words (2)?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana: a layer of proxies, mtls identifies the workload
          (to ana)
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          Follow-up, for half its points: And what comes on top?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana presses [Skip]
          (to ana)
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   It brings encryption without code changes. (0 of 4)
                      Read more: https://istio.io/latest/docs/second/
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          Question 3 of 3
          Fundamentals, junior
          What is a service mesh, in other words (1)?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana: a layer of proxies, mtls identifies the workload
          (to ana)
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          Follow-up, for half its points: And what comes on top?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana presses [Stop]
          (to ana)
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   It brings encryption without code changes. (0 of 4)
                      Read more: https://istio.io/latest/docs/second/
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          Quiz over
          6 of 10 on average over 3 answered questions.
            - Fundamentals: 6 on average, 2 questions
            - Security: 6 on average, 1 question
          What you missed comes back in /istio quiz weak when it is due.
        ");
    }
}
