//! The quiz: private, one question after the other.

use super::*;

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
          6 of 10. I found 1 of 2 points.
            made      mTLS identifies the workload that calls. (6 of 6)
                      You said “mTLS is for services, it identifies the workload”.
            missing   A JWT identifies the end user. (0 of 4)
                      Read more: https://istio.io/latest/docs/second/
          The follow-up adds 2.
          It comes to 8 of 10.
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
          No quiz is under way. To start one: /istio quiz
        ");
    }
}
