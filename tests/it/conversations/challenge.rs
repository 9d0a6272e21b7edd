//! The challenge: the same questions at the same time, and a podium.

use super::*;
use meshdrill::message::What;

pub(super) const EVERYTHING: &str = "layer of proxies encrypts traffic, weights split traffic, step by step, mtls for services and jwt for users, edge of mesh, \
                          virtualservice routes traffic";
const HALF: &str = "a layer of proxies, mtls identifies the workload, weights, edge of mesh";

both! {
    /// From its opening to its podium.
    async fn a_challenge(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("ana", "/istio challenge 2 3").await;
        room.presses("ana", "Start").await;
        room.presses("ana", "Join").await;
        room.presses("ben", "Join").await;
        room.presses("ben", "Start").await;
        room.wait(5).await;
        hears!(room, @"
        ana: /istio challenge 2 3
          (to ana)
          Your challenge is open. Join it to play yourself; Start begins it once somebody has joined.
          (#mesh)
          Challenge: 2 questions, 3 minutes each
          Nobody has joined yet.
          Everybody gets the same questions at the same time, and answers by form. Up to three attempts a question;
          the best counts, and being fast earns nothing.
          [Join] [Start] [Call it off]
        ana presses [Start]
          (to ana)
          Nobody has joined yet. It can start with one.
        ana presses [Join]
          (to ana)
          You are in. When it starts, press Answer on each question before its time is up.
          ((#mesh), updated)
          Challenge: 2 questions, 3 minutes each
          Joined: ana.
          Everybody gets the same questions at the same time, and answers by form. Up to three attempts a question;
          the best counts, and being fast earns nothing.
          [Join] [Start] [Call it off]
        ben presses [Join]
          (to ben)
          You are in. When it starts, press Answer on each question before its time is up.
        ben presses [Start]
          (to ben)
          Whoever opened a challenge can start it, and so can a lead.
          ((#mesh), updated)
          Challenge: 2 questions, 3 minutes each
          Joined: ana, ben.
          Everybody gets the same questions at the same time, and answers by form. Up to three attempts a question;
          the best counts, and being fast earns nothing.
          [Join] [Start] [Call it off]
        ");
        room.presses("ana", "Start").await;
        hears!(room, @"
        ana presses [Start]
          (to ana)
          Started. The first question is open.
          ((#mesh), updated)
          Challenge: 2 questions, 3 minutes each
          Joined: ana, ben.
          Question 1 of 2 is open.
          [Join from the next question] [Stop]
          (#mesh)
          Question 1 of 2
          How do you roll out a canary?
          Traffic, senior. Open until Tue 24 Nov, 08:33. Nobody has answered yet.
          [Answer] [My grade]
        ");
        room.answers_privately("ana", "Answer", HALF).await;
        room.presses("ana", "Try again").await;
        room.answers_privately("ben", "Answer", EVERYTHING).await;
        room.answers_privately("ben", "Answer", "no idea").await;
        room.wait(10).await;
        hears!(room, @"
        ana, by form: a layer of proxies, mtls identifies the workload, weights, edge of mesh
          (to ana)
          Your grade: How do you roll out a canary?
          0 of 10. I found 0 of 2 points.
            missing   What does it do first of all? (0 of 6)
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
        ana presses [Try again]
          (form) Your answer: How do you roll out a canary? In your own words []
          ((#mesh), updated)
          Question 1 of 2
          How do you roll out a canary?
          Traffic, senior. Open until Tue 24 Nov, 08:33. 1 answer so far.
          [Answer] [My grade]
        ben, by form: layer of proxies encrypts traffic, weights split traffic, step by step, mtls for services and jwt for users, edge of mesh, virtualservice routes traffic
          (to ben)
          Your grade: How do you roll out a canary?
          10 of 10. I found 2 of 2 points.
            made      Weights split the traffic between two subsets. (6 of 6)
                      You said “weights split traffic”.
            made      Watch errors and raise it step by step, or roll back. (4 of 4)
                      You said “step by step”.
        ben, by form: no idea
          (to ben)
          No harm in that, and no attempt used. A try costs nothing.
          ((#mesh), updated)
          Question 1 of 2
          How do you roll out a canary?
          Traffic, senior. Open until Tue 24 Nov, 08:33. 2 answers so far.
          [Answer] [My grade]
        ");
        room.wait(180).await;
        hears!(room, @"
        ((#mesh), updated)
        Challenge: 2 questions, 3 minutes each
        Joined: ana, ben.
        Question 2 of 2 is open.
        [Stop]
        ((#mesh), updated)
        Question 1 of 2
        How do you roll out a canary?
        Traffic, senior. Closed with 2 answers.
        [My grade]
        (#mesh)
        Scoreboard after 1 question
          Name  Rank  Points  Answers
          ben      1      10        1
          ana      2       0        1
        (#mesh)
        Question 2 of 2
        What is a service mesh?
        Fundamentals, junior. Open until Tue 24 Nov, 08:36. Nobody has answered yet.
        [Answer] [My grade]
        ");
        room.answers_privately("ana", "Answer", EVERYTHING).await;
        room.wait(180).await;
        hears!(room, @"
        ana, by form: layer of proxies encrypts traffic, weights split traffic, step by step, mtls for services and jwt for users, edge of mesh, virtualservice routes traffic
          (to ana)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
          ((#mesh), updated)
          Question 2 of 2
          What is a service mesh?
          Fundamentals, junior. Open until Tue 24 Nov, 08:36. 1 answer so far.
          [Answer] [My grade]
          ((#mesh), updated)
          Challenge: 2 questions, 3 minutes each
          Joined: ana, ben.
          It is over; the podium is below.
          ((#mesh), updated)
          Scoreboard after 2 questions
            Name  Rank  Points  Answers
            ben      1      10        1
            ana      1      10        2
          ((#mesh), updated)
          Question 2 of 2
          What is a service mesh?
          Fundamentals, junior. Closed with 1 answer.
          [My grade]
          (#mesh)
          The podium
            - First: ben, 10 points in 1 answer
            - First: ana, 10 points in 2 answers
          The answers are in the thread. These points count on today's board.
          (thread 1)
          Question 1 of 2
          How do you roll out a canary?
          Model answer
            | With weights in a VirtualService over two subsets. Watch the error rate, then raise the weight step by
            | step or take it back.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          2 answers. How many made each point:
            - 1 of 2: Weights split the traffic between two subsets.
            - 1 of 2: Watch errors and raise it step by step, or roll back.
          Most missed: Weights split the traffic between two subsets. https://istio.io/latest/docs/first/
          (thread 1)
          Question 2 of 2
          What is a service mesh?
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          1 answer. How many made each point:
            - 1 of 1: A mesh is a layer of proxies between the services.
            - 1 of 1: It brings encryption without code changes.
        ");
        room.presses("ana", "My grade").await;
        room.presses("cleo", "My grade").await;
        room.says("ana", "/istio leaderboard day").await;
        hears!(room, @"
        ana presses [My grade]
          (to ana)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
        cleo presses [My grade]
          (to cleo)
          I have no answer of yours to this question.
        ana: /istio leaderboard day
          (to ana)
          Leaderboard, today
            Name  Rank  Points  Answers
            ben      1      10        1
            ana      1      10        2
        ");
    }

    /// Who comes late plays from the next question on, and not at all in the last.
    async fn latecomers(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("ana", "/istio challenge 2 1").await;
        let join = room.button("ana", "Join");
        room.presses("ana", "Join").await;
        room.presses("ana", "Start").await;
        room.heard();
        room.presses("ben", "Answer").await;
        room.presses("ben", "Join").await;
        room.presses("ben", "Join").await;
        room.presses("ben", "Answer").await;
        hears!(room, @"
        ben presses [Answer]
          (to ben)
          You haven't joined this challenge. Join now, and you are in from the next question on.
          [Join]
        ben presses [Join]
          (to ben)
          You are in, from the next question on.
          ((#mesh), updated)
          Challenge: 2 questions, 1 minute each
          Joined: ana, ben.
          Question 1 of 2 is open.
          [Join from the next question] [Stop]
        ben presses [Join]
          (to ben)
          You are in, from the next question on.
        ben presses [Answer]
          (to ben)
          You joined while this question was open. You are in from the next one on.
        ");
        room.answers_privately("ana", "Answer", HALF).await;
        let first = room.button("ana", "Answer");
        room.wait(60).await;
        room.heard();
        room.presses_id("cleo", &join).await;
        room.presses_id("ben", &first).await;
        room.presses_id("ana", &first).await;
        room.presses_id("ben", &first.replace("answer", "grade")).await;
        room.answers_privately("ben", "Answer", HALF).await;
        room.wait(60).await;
        room.presses_id("cleo", &join).await;
        hears!(room, @"
        cleo presses challenge-join.01a20c7628c07002a3e5a10be2bf1dda
          (to cleo)
          The last question is open already. Join the next challenge.
        ben presses answer.01a20c763860700291ae284c3770e17b
          (to ben)
          You joined while this question was open. You are in from the next one on.
        ana presses answer.01a20c763860700291ae284c3770e17b
          (to ana)
          This question is closed. Its answer is told when the challenge is over.
        ben presses grade.01a20c763860700291ae284c3770e17b
          (to ben)
          I have no answer of yours to this question.
        ben, by form: a layer of proxies, mtls identifies the workload, weights, edge of mesh
          (to ben)
          Your grade: What is a service mesh?
          6 of 10. I found 1 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
          ((#mesh), updated)
          Question 2 of 2
          What is a service mesh?
          Fundamentals, junior. Open until Tue 24 Nov, 08:32. 1 answer so far.
          [Answer] [My grade]
          ((#mesh), updated)
          Challenge: 2 questions, 1 minute each
          Joined: ana, ben.
          It is over; the podium is below.
          ((#mesh), updated)
          Scoreboard after 2 questions
            Name  Rank  Points  Answers
            ben      1       6        1
            ana      2       0        1
          ((#mesh), updated)
          Question 2 of 2
          What is a service mesh?
          Fundamentals, junior. Closed with 1 answer.
          [My grade]
          (#mesh)
          The podium
            - First: ben, 6 points in 1 answer
          Also played: ana (0).
          The answers are in the thread. These points count on today's board.
          (thread 1)
          Question 1 of 2
          How do you roll out a canary?
          Model answer
            | With weights in a VirtualService over two subsets. Watch the error rate, then raise the weight step by
            | step or take it back.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          1 answer. How many made each point:
            - 0 of 1: Weights split the traffic between two subsets.
            - 0 of 1: Watch errors and raise it step by step, or roll back.
          Most missed: Weights split the traffic between two subsets. https://istio.io/latest/docs/first/
          (thread 1)
          Question 2 of 2
          What is a service mesh?
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          1 answer. How many made each point:
            - 1 of 1: A mesh is a layer of proxies between the services.
            - 0 of 1: It brings encryption without code changes.
          Most missed: It brings encryption without code changes. https://istio.io/latest/docs/second/
        cleo presses challenge-join.01a20c7628c07002a3e5a10be2bf1dda
          (to cleo)
          This challenge is over.
        ");
    }

    /// Nobody starts it, nobody answers, it is stopped: each ends with a word.
    async fn early_ends(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("ben", "/istio challenge stop").await;
        room.says("ana", "/istio challenge").await;
        room.says("ben", "/istio challenge").await;
        room.wait(30 * 60).await;
        hears!(room, @"
        ben: /istio challenge stop
          (to ben)
          No challenge is open in this channel. To open one: /istio challenge
        ana: /istio challenge
          (to ana)
          Your challenge is open. Only 4 such questions are free: a challenge asks nothing that a daily here has asked
          or is about to ask. Join it to play yourself; Start begins it once somebody has joined.
          (#mesh)
          Challenge: 4 questions, 3 minutes each
          Nobody has joined yet.
          Everybody gets the same questions at the same time, and answers by form. Up to three attempts a question;
          the best counts, and being fast earns nothing.
          [Join] [Start] [Call it off]
        ben: /istio challenge
          (to ben)
          There is a challenge in this channel already. Join that one, or wait for its end.
          ((#mesh), updated)
          Challenge: 4 questions, 3 minutes each
          Nobody has joined yet.
          Nobody started it in half an hour, so it is put away.
        ");
        room.says("ana", "/istio challenge traffic 2 1").await;
        room.says("ben", "/istio challenge join").await;
        room.says("ana", "/istio challenge start").await;
        room.heard();
        room.wait(60).await;
        hears!(room, @"
        ((#mesh), updated)
        Challenge: 2 questions on Traffic, 1 minute each
        Joined: ben.
        It is over; the podium is below.
        ((#mesh), updated)
        Question 1 of 2
        How do you roll out a canary?
        Traffic, senior. Closed without an answer.
        [My grade]
        (#mesh)
        The podium
        Nobody answered question 1, so the challenge ends here. Another day, perhaps.
        Nobody has points this time.
        Also played: ben (0).
        The answer is in the thread.
        (thread 1)
        Question 1 of 2
        How do you roll out a canary?
        Model answer
          | With weights in a VirtualService over two subsets. Watch the error rate, then raise the weight step by
          | step or take it back.
        Sources: https://istio.io/latest/docs/. Checked against 1.31.
        Nobody answered this one in time.
        ");
        room.says("ana", "/istio challenge security 1").await;
        room.says("ben", "/istio challenge join").await;
        room.says("ana", "/istio challenge start").await;
        room.answers_privately("ben", "Answer", HALF).await;
        room.says("ben", "/istio challenge stop").await;
        room.heard();
        let form = room.button("ben", "Answer");
        room.says("lea", "/istio challenge stop").await;
        room.submits("ben", &form, &[("answer", EVERYTHING)]).await;
        hears!(room, @"
        lea: /istio challenge stop
          (to lea)
          Stopped. What was answered by now counts.
          ((#mesh), updated)
          Challenge: 1 question on Security, 3 minutes
          Joined: ben.
          It is over; the podium is below.
          ((#mesh), updated)
          Question 1 of 1
          JWT or mTLS?
          Security, mid. Closed with 1 answer.
          [My grade]
          (#mesh)
          The podium
          The challenge was stopped after 1 question.
            - First: ben, 6 points in 1 answer
          The answer is in the thread. These points count on today's board.
          (thread 2)
          Question 1 of 1
          JWT or mTLS?
          Model answer
            | mTLS says which workload calls, a JWT says for which user. They answer different questions, so a mesh
            | checks both of them at the door.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          1 answer. How many made each point:
            - 1 of 1: mTLS identifies the workload that calls.
            - 0 of 1: A JWT identifies the end user.
          Most missed: A JWT identifies the end user. https://istio.io/latest/docs/second/
        ben sends a form
          (to ben)
          Your grade: JWT or mTLS?
          10 of 10. I found 2 of 2 points.
            made      mTLS identifies the workload that calls. (6 of 6)
                      You said “mtls for services”.
            made      A JWT identifies the end user. (4 of 4)
                      You said “jwt for users”.
          It came after the close, so it earns no points.
          Your best so far, 6 of 10, is what counts.
        ");
        room.whispers("ana", "hello").await;
        room.says("ana", "/istio challenge").await;
        room.presses("ana", "Call it off").await;
        hears!(room, @"
        ana: hello
          (to ana)
          No quiz or interview is under way. To start one: /istio quiz or /istio interview
        ana: /istio challenge
          (to ana)
          Your challenge is open. Only 4 such questions are free: a challenge asks nothing that a daily here has asked
          or is about to ask. Join it to play yourself; Start begins it once somebody has joined.
          (#mesh)
          Challenge: 4 questions, 3 minutes each
          Nobody has joined yet.
          Everybody gets the same questions at the same time, and answers by form. Up to three attempts a question;
          the best counts, and being fast earns nothing.
          [Join] [Start] [Call it off]
        ana presses [Call it off]
          (to ana)
          It is called off.
          ((#mesh), updated)
          Challenge: 4 questions, 3 minutes each
          Nobody has joined yet.
          It was called off.
        ");
    }

    /// What a daily asked, asks or is about to ask is in no challenge, and what a challenge keeps is in no quiz.
    async fn nobody_can_have_seen_it(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-24T09:00").await;
        room.heard();
        room.says("ana", "/istio challenge").await;
        hears!(room, @"
        ana: /istio challenge
          (to ana)
          No such question is free: a challenge asks nothing that a daily here has asked or is about to ask. Try
          another topic.
        ");
    }

    /// What the dailies ask in the week after a challenge, nobody saw in it.
    async fn the_week_after(db: Db) {
        let ids: Vec<String> = (1..=12).map(|n| format!("more-{n}")).collect();
        let mut room = Room::new(db, World::Kind, &ids.iter().map(String::as_str).collect::<Vec<_>>());
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-24T09:30").await;
        room.says("ana", "/istio challenge 4 1").await;
        room.says("ana", "/istio challenge join").await;
        room.says("ana", "/istio challenge start").await;
        room.heard();
        for _ in 0..4 {
            room.answers_privately("ana", "Answer", EVERYTHING).await;
            room.wait(60).await;
        }
        let asked = |heard: &str| heard.lines().filter(|line| line.contains("in other words")).map(|line| line.trim().to_owned()).collect::<Vec<_>>();
        let seen = asked(&room.heard());
        assert!(!seen.is_empty());
        room.at("2026-12-01T08:30").await;
        let heard = room.heard();
        assert_eq!(heard.matches("Istio question of").count(), 9, "the first daily's close, and four more, each opened and closed: {heard}");
        let both: Vec<_> = asked(&heard).into_iter().filter(|prompt| seen.contains(prompt)).collect();
        assert!(both.is_empty(), "{both:?}");
    }

    /// A pool that is too small says so; a quiz gets nothing of what is kept for a challenge.
    async fn a_small_pool(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("ana", "/istio challenge traffic 5").await;
        room.says("ben", "/istio quiz traffic").await;
        room.says("ben", "/istio quiz 5").await;
        hears!(room, @"
        ana: /istio challenge traffic 5
          (to ana)
          Your challenge is open. Only 2 such questions are free: a challenge asks nothing that a daily here has asked
          or is about to ask. Join it to play yourself; Start begins it once somebody has joined.
          (#mesh)
          Challenge: 2 questions on Traffic, 3 minutes each
          Nobody has joined yet.
          Everybody gets the same questions at the same time, and answers by form. Up to three attempts a question;
          the best counts, and being fast earns nothing.
          [Join] [Start] [Call it off]
        ben: /istio quiz traffic
          (to ben)
          No such question is free just now: what a daily asks, or will ask within a week, is not drilled before that.
          Try another topic or level.
        ben: /istio quiz 5
          (to ben)
          Question 1 of 2
          Security, mid
          JWT or mTLS?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ");
    }

    /// Ten members answer one question at once, each delivered twice by two programs; everybody counts once.
    async fn ten_at_once(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh"]);
        room.says("lea", "/istio challenge 1 1").await;
        for n in 0..10 {
            room.presses(&format!("member-{n}"), "Join").await;
        }
        room.presses("lea", "Start").await;
        room.heard();
        let form = room.button("member-0", "Answer");
        let (place, now) = (room.place(), room.now());
        let programs: Vec<_> = (0..2).map(|n| std::sync::Arc::new(room.program(50 + n))).collect();
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..10_u64 {
            let what = What::Submit { form: form.clone(), fields: vec![("answer".into(), EVERYTHING.into())] };
            let mut event = room.made(&format!("member-{n}"), what, place.clone(), now);
            event.delivery = format!("crowd-{n}");
            for program in &programs {
                let (program, event) = (program.clone(), event.clone());
                tasks.spawn(async move { program.handle(&event, now).await });
            }
        }
        for outcome in tasks.join_all().await {
            outcome.unwrap();
        }
        room.wait(70).await;
        let heard = room.heard();
        assert!(heard.contains("Closed with 10 answers."), "{heard}");
        assert_eq!(heard.matches("First: member-").count(), 10, "{heard}");
        let standing = room.standing().await;
        assert_eq!(standing.lines().filter(|line| line.ends_with(": 1000 in 1")).count(), 10, "{standing}");
    }
}
