//! The mock interview: topic after topic against the clock, and a verdict at the end.

use super::*;

/// One question a topic.
const FOUR: [&str; 4] = ["what-is-a-mesh", "canary", "jwt-or-mtls", "junior-project-1"];
const CANARY: &str = "weights split the traffic between two subsets, raised step by step";
/// An answer that is right on every topic.
const RIGHT: &str = "a layer of proxies that encrypts traffic; weights split traffic, step by step; mtls for services, jwt for users";
/// One that makes nothing anywhere.
const WRONG: &str = "it depends on how the cluster was installed by the operators";

both! {
    /// From the welcome to the verdict, half by form and half in words.
    async fn a_whole_one(db: Db) {
        let mut room = Room::new(db, World::Kind, &FOUR);
        room.says("ana", "/istio interview").await;
        room.answers_privately("ana", "Answer", MESH).await;
        room.wait(120).await;
        hears!(room, @"
        ana: /istio interview
          (to ana)
          Welcome. We have 20 minutes and up to 4 questions, from Fundamentals to Project.
          Answer as you would across a table. What I make of it you hear at the end; Pause stops the clock.
          Interview, question 1 of 4
          Fundamentals, about 20 minutes left
          What is a service mesh?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana, by form: a layer of proxies between the services, it encrypts traffic
          (to ana)
          Okay, noted.
          Interview, question 2 of 4
          Traffic, about 20 minutes left
          How do you roll out a canary?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ");
        room.whispers("ana", "weights split the traffic between two subsets").await;
        room.whispers("ana", "watch errors, then roll back").await;
        room.answers_privately("ana", "Answer", "JWT and mTLS do the same").await;
        room.whispers("ana", "no idea").await;
        hears!(room, @"
        ana: weights split the traffic between two subsets
          (to ana)
          Thank you.
          Follow-up: And what comes on top?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana: watch errors, then roll back
          (to ana)
          All right.
          Interview, question 3 of 4
          Security, about 18 minutes left
          JWT or mTLS?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana, by form: JWT and mTLS do the same
          (to ana)
          Okay, noted.
          Follow-up: And what is it there for?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana: no idea
          (to ana)
          I see.
          Interview, question 4 of 4
          Project, about 18 minutes left
          What is a service mesh? Another way, project 1.
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ");
        room.whispers("ana", "a layer of proxies").await;
        room.presses("ana", "Skip").await;
        hears!(room, @"
        ana: a layer of proxies
          (to ana)
          Thank you.
          Follow-up: And what comes on top?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana presses [Skip]
          (to ana)
          All right.
          That was my last question.
          Interview over
          Thank you for your time. All in all patchy: 6 of 10 over 4 questions. Fundamentals is strong: I would build
          on that from the first day. Traffic is solid: you know how it works, and a detail was missing here and
          there. Project is patchy: the beginnings are there, and I would have asked on. Security is still to learn:
          begin there, that is where an hour gains you most.
            - Fundamentals: strong, 10 of 10
              “What is a service mesh?”, junior: 10 of 10
            - Traffic: solid, 8 of 10
              “How do you roll out a canary?”, senior: 8 of 10
            - Security: to learn, 0 of 10
              “JWT or mTLS?”, mid: 0 of 10
            - Project: patchy, 6 of 10
              “What is a service mesh? Another way, project 1.”, junior: 6 of 10
          To put right
            not so    “JWT and mTLS do the same”: mTLS is about the workload, a JWT about the user. (costs 4)
          Study these three points
            - mTLS identifies the workload that calls. (6 points more)
              Read: https://istio.io/latest/docs/first/
            - A JWT identifies the end user. (4 points more)
              Read: https://istio.io/latest/docs/second/
            - It brings encryption without code changes. (4 points more)
              Read: https://istio.io/latest/docs/second/
          Your answer in thirty seconds
          JWT or mTLS?
            | mTLS identifies the workload that calls. A JWT identifies the end user.
          None of this was in your answer yet.
          What is a service mesh? Another way, project 1.
            | A mesh is a layer of proxies between the services. It brings encryption without code changes.
          The first sentence is yours; the second was missing.
          What you missed comes back in /istio quiz weak when it is due.
        ");
        room.says("ana", "/istio me").await;
        room.says("ana", "/istio leaderboard").await;
        hears!(room, @"
        ana: /istio me
          (to ana)
          ana
            - This week: no daily answers yet
            - All time: no daily answers yet
            - Streak: 0 dailies, longest 0
          From your quizzes and interviews
            - Fundamentals: 10 on average, 1 of 1 questions seen
            - Traffic: 8 on average, 1 of 1 questions seen
            - Security: 0 on average, 1 of 1 questions seen
            - Project: 6 on average, 1 of 1 questions seen
        ana: /istio leaderboard
          (to ana)
          Practice board, this week
          Nobody has daily points yet (this week).
            Name  Rank  Points  Answers
            ana      1      24        4
        ");
    }

    /// Nothing was missing, and the interviewer says so.
    async fn a_perfect_one(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "canary"]);
        room.says("ana", "/istio interview 20").await;
        room.whispers("ana", MESH).await;
        room.heard();
        room.whispers("ana", CANARY).await;
        hears!(room, @"
        ana: weights split the traffic between two subsets, raised step by step
          (to ana)
          Thank you.
          That was my last question.
          Interview over
          Thank you for your time. All in all strong: 10 of 10 over 2 questions. Fundamentals and Traffic are strong:
          I would build on that from the first day.
            - Fundamentals: strong, 10 of 10
              “What is a service mesh?”, junior: 10 of 10
            - Traffic: strong, 10 of 10
              “How do you roll out a canary?”, senior: 10 of 10
          Nothing was missing from your answers.
        ");
    }

    /// Two good answers in a row raise the level, two bad ones lower it; where a topic has no question on it, the nearest is asked.
    async fn levels(db: Db) {
        let questions: Vec<String> = ["fundamentals", "traffic", "security"].iter()
            .flat_map(|topic| ["junior", "mid", "senior"].map(|level| (1..=3).map(move |n| format!("{level}-{topic}-{n}"))))
            .flatten().collect();
        let mut questions: Vec<&str> = questions.iter().map(String::as_str).collect();
        questions.extend(["what-is-a-mesh", "canary", "jwt-or-mtls", "senior-project-1"]);
        let mut room = Room::new(db, World::Kind, &questions);
        room.says("ana", "/istio interview 40").await;
        for answer in [RIGHT, RIGHT, RIGHT, "skip", "skip", WRONG, "skip", WRONG, RIGHT, RIGHT] {
            room.whispers("ana", answer).await;
            if answer == WRONG {
                room.whispers("ana", "no idea").await;
            }
        }
        let verdict = room.heard();
        let asked = verdict.lines().filter(|line| line.trim_start().starts_with('“')).collect::<Vec<_>>().join("\n");
        insta::allow_duplicates! { insta::assert_snapshot!(asked, @"
        “What is a service mesh? Another way, fundamentals 1.”, mid: 10 of 10
        “What is a service mesh? Another way, fundamentals 3.”, mid: 10 of 10
        “What is a service mesh? Another way, fundamentals 2.”, senior: 10 of 10
        “How do you roll out a canary? Another way, traffic 1.”, senior: left out
        “How do you roll out a canary?”, senior: left out
        “How do you roll out a canary? Another way, traffic 3.”, mid: 0 of 10
        “JWT or mTLS? Another way, security 1.”, mid: left out
        “JWT or mTLS? Another way, security 3.”, junior: 0 of 10
        “JWT or mTLS? Another way, security 2.”, junior: 10 of 10
        “What is a service mesh? Another way, project 1.”, senior: 10 of 10
        ") }
    }

    /// A question is left out, a hint taken, the answer asked for in vain; talk is no answer.
    async fn under_way(db: Db) {
        let mut room = Room::new(db, World::Kind, &FOUR);
        room.says("ana", "/istio interview").await;
        room.heard();
        room.whispers("ana", "lol").await;
        room.whispers("ana", "no idea").await;
        room.whispers("ana", "show").await;
        room.says("ana", "/istio hint").await;
        room.presses("ana", "Hint").await;
        room.presses("ana", "Show it").await;
        hears!(room, @"
        ana: lol
          (to ana)
          I didn't take that for an answer. A sentence in your own words is enough.
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana: no idea
          (to ana)
          No harm in that. Hint helps along; Skip moves on.
          Interview, question 1 of 4
          Fundamentals, about 20 minutes left
          What is a service mesh?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana: show
          (to ana)
          What I would have said you hear at the end. Take a hint, or skip and we move on.
          Interview, question 1 of 4
          Fundamentals, about 20 minutes left
          What is a service mesh?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana: /istio hint
          (to ana)
          Hint: A first hint.
          2 hints left; each costs one point.
        ana presses [Hint]
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
        room.whispers("ana", MESH).await;
        room.presses("ana", "Skip").await;
        let old = room.button("ana", "Skip");
        room.answers_privately("ana", "Answer", "skip").await;
        room.presses_id("ana", &old).await;
        room.says("ana", "/istio skip").await;
        hears!(room, @"
        ana: a layer of proxies between the services, it encrypts traffic
          (to ana)
          Okay, noted.
          Interview, question 2 of 4
          Traffic, about 20 minutes left
          How do you roll out a canary?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana presses [Skip]
          (to ana)
          No problem, we leave that one out.
          Interview, question 3 of 4
          Security, about 20 minutes left
          JWT or mTLS?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana, by form: skip
          (to ana)
          No problem, we leave that one out.
          Interview, question 4 of 4
          Project, about 20 minutes left
          What is a service mesh? Another way, project 1.
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana presses quiz-skip.01a20c7667407002b4e1f167642604b3
          (to ana)
          That question is done. /istio resume shows where you are.
        ana: /istio skip
          (to ana)
          No problem, we leave that one out.
          That was my last question.
          Interview over
          Thank you for your time. All in all there is more to learn yet: 2.25 of 10 over 4 questions. Fundamentals is
          strong: I would build on that from the first day. Traffic, Security and Project are still to learn: begin
          there, that is where an hour gains you most.
            - Fundamentals: strong, 9 of 10
              “What is a service mesh?”, junior: 9 of 10
            - Traffic: to learn, 0 of 10
              “How do you roll out a canary?”, senior: left out
            - Security: to learn, 0 of 10
              “JWT or mTLS?”, mid: left out
            - Project: to learn, 0 of 10
              “What is a service mesh? Another way, project 1.”, junior: left out
          Study these three points
            - Weights split the traffic between two subsets. (6 points more)
              Read: https://istio.io/latest/docs/first/
            - mTLS identifies the workload that calls. (6 points more)
              Read: https://istio.io/latest/docs/first/
            - A mesh is a layer of proxies between the services. (6 points more)
              Read: https://istio.io/latest/docs/first/
          Your answer in thirty seconds
          How do you roll out a canary?
            | Weights split the traffic between two subsets. Watch errors and raise it step by step, or roll back.
          You left this one out, so all of it is new.
          JWT or mTLS?
            | mTLS identifies the workload that calls. A JWT identifies the end user.
          You left this one out, so all of it is new.
        ");
    }

    /// `pause` after the slash command means the interview for whoever is in one, and the team's daily for everybody else.
    async fn pause_as_a_command(db: Db) {
        let mut room = Room::new(db, World::Kind, &FOUR);
        room.says("lea", "/istio interview").await;
        room.heard();
        room.says("lea", "/istio pause").await;
        room.says("lea", "/istio stop").await;
        room.says("lea", "/istio pause").await;
        room.says("ana", "/istio pause").await;
        hears!(room, @"
        lea: /istio pause
          (to lea)
          Paused: the clock stands still.
          About 20 minutes left. To go on: /istio resume. To end it with its verdict: /istio stop
          [Resume] [Stop]
        lea: /istio stop
          (to lea)
          Interview over
          No question was answered this time, so there is no verdict and nothing counts.
        lea: /istio pause
          (to lea)
          No daily question is set up in this channel. To set one up: /istio setup
        ana: /istio pause
          (to ana)
          /istio schedule pause is for leads. /istio help lists what everybody can do.
        ");
    }

    /// A pause stops the clock for as long as it takes; the interview goes on where it was, with a program that has just started.
    async fn paused(db: Db) {
        let mut room = Room::new(db, World::Kind, &FOUR);
        room.says("ana", "/istio interview").await;
        room.whispers("ana", MESH).await;
        room.wait(4 * 60).await;
        room.heard();
        let pause = room.button("ana", "Pause");
        room.presses_id("ana", &pause).await;
        room.presses_id("ana", &pause).await;
        room.whispers("ana", "lol").await;
        room.restart();
        room.at("2026-11-25T18:00").await;
        room.says("ana", "/istio interview 40").await;
        room.says("ana", "/istio quiz").await;
        room.says("ana", "/istio resume").await;
        hears!(room, @"
        ana presses quiz-pause.01a20c7630907002833afaca3552b213
          (to ana)
          Paused: the clock stands still.
          About 16 minutes left. To go on: /istio resume. To end it with its verdict: /istio stop
          [Resume] [Stop]
        ana presses quiz-pause.01a20c7630907002833afaca3552b213
          (to ana)
          Paused: the clock stands still.
          About 16 minutes left. To go on: /istio resume. To end it with its verdict: /istio stop
          [Resume] [Stop]
        ana: lol
          (to ana)
          Your interview is put aside.
          About 16 minutes left. To go on: /istio resume. To end it with its verdict: /istio stop
          [Resume] [Stop]
        ana: /istio interview 40
          (to ana)
          Your interview is put aside; when it is over, something new can begin.
          About 16 minutes left. To go on: /istio resume. To end it with its verdict: /istio stop
          [Resume] [Stop]
        ana: /istio quiz
          (to ana)
          Your interview is put aside; when it is over, something new can begin.
          About 16 minutes left. To go on: /istio resume. To end it with its verdict: /istio stop
          [Resume] [Stop]
        ana: /istio resume
          (to ana)
          Interview, question 2 of 4
          Traffic, about 16 minutes left
          How do you roll out a canary?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ");
        room.whispers("ana", "pause").await;
        room.wait(3600).await;
        room.heard();
        // Words that answer are never lost.
        room.whispers("ana", CANARY).await;
        hears!(room, @"
        ana: weights split the traffic between two subsets, raised step by step
          (to ana)
          Thank you.
          Interview, question 3 of 4
          Security, about 16 minutes left
          JWT or mTLS?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ");
    }

    /// Half an hour of quiet puts it aside, and so does a downtime: neither counts.
    async fn idle(db: Db) {
        let mut room = Room::new(db, World::Kind, &FOUR);
        room.says("ana", "/istio interview").await;
        room.heard();
        room.wait(31 * 60).await;
        room.presses("ana", "Resume").await;
        hears!(room, @"
          (to ana)
          Your interview is put aside after half an hour of quiet, which the clock doesn't count.
          About 20 minutes left. To go on: /istio resume. To end it with its verdict: /istio stop
          [Resume] [Stop]
        ana presses [Resume]
          (to ana)
          Interview, question 1 of 4
          Fundamentals, about 20 minutes left
          What is a service mesh?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ");
        room.jump("2026-11-24T09:20").await;
        room.whispers("ana", "resume").await;
        hears!(room, @"
        ana: resume
          (to ana)
          Interview, question 1 of 4
          Fundamentals, about 20 minutes left
          What is a service mesh?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ");
    }

    /// Stopped in the middle: a verdict on what was answered. What waited for an answer was never asked.
    async fn stopped(db: Db) {
        let mut room = Room::new(db, World::Kind, &FOUR);
        room.says("ana", "/istio interview").await;
        room.whispers("ana", "a layer of proxies").await;
        room.whispers("ana", "stop").await;
        room.says("ana", "/istio interview").await;
        room.says("ana", "/istio stop").await;
        room.presses("ana", "Stop").await;
        hears!(room, @"
        ana: /istio interview
          (to ana)
          Welcome. We have 20 minutes and up to 4 questions, from Fundamentals to Project.
          Answer as you would across a table. What I make of it you hear at the end; Pause stops the clock.
          Interview, question 1 of 4
          Fundamentals, about 20 minutes left
          What is a service mesh?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana: a layer of proxies
          (to ana)
          Okay, noted.
          Follow-up: And what comes on top?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana: stop
          (to ana)
          I see.
          Interview over
          Thank you for your time. All in all patchy: 6 of 10 over 1 question. Fundamentals is patchy: the beginnings
          are there, and I would have asked on.
            - Fundamentals: patchy, 6 of 10
              “What is a service mesh?”, junior: 6 of 10
          We didn't get to Traffic, Security and Project.
          Study this one point
            - It brings encryption without code changes. (4 points more)
              Read: https://istio.io/latest/docs/second/
          Your answer in thirty seconds
          What is a service mesh?
            | A mesh is a layer of proxies between the services. It brings encryption without code changes.
          The first sentence is yours; the second was missing.
          What you missed comes back in /istio quiz weak when it is due.
        ana: /istio interview
          (to ana)
          Welcome. We have 20 minutes and up to 4 questions, from Fundamentals to Project.
          Answer as you would across a table. What I make of it you hear at the end; Pause stops the clock.
          Interview, question 1 of 4
          Fundamentals, about 20 minutes left
          What is a service mesh?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana: /istio stop
          (to ana)
          Interview over
          No question was answered this time, so there is no verdict and nothing counts.
        ana presses [Stop]
          (to ana)
          No quiz or interview is under way. To start one: /istio quiz or /istio interview
        ");
        room.says("ana", "/istio interview").await;
        room.whispers("ana", MESH).await;
        room.heard();
        room.presses("ana", "Pause").await;
        room.presses("ana", "Stop").await;
        hears!(room, @"
        ana presses [Pause]
          (to ana)
          Paused: the clock stands still.
          About 20 minutes left. To go on: /istio resume. To end it with its verdict: /istio stop
          [Resume] [Stop]
        ana presses [Stop]
          (to ana)
          Interview over
          Thank you for your time. All in all strong: 10 of 10 over 1 question. Fundamentals is strong: I would build
          on that from the first day.
            - Fundamentals: strong, 10 of 10
              “What is a service mesh?”, junior: 10 of 10
          Nothing was missing from your answers.
          We didn't get to Traffic, Security and Project.
        ");
        room.says("ana", "/istio me").await;
        let me = room.heard();
        assert!(me.contains("Fundamentals") && !me.contains("Traffic"), "{me}");
        assert_eq!("practice 2026-11-24 ana: 1600 in 2\n", room.standing().await);
    }

    /// The clock runs while its member thinks, and with less than a minute left nothing new is asked, not even a follow-up.
    async fn out_of_time(db: Db) {
        let mut room = Room::new(db, World::Kind, &FOUR);
        room.says("ana", "/istio interview 20").await;
        room.wait(9 * 60).await;
        room.whispers("ana", MESH).await;
        room.wait(9 * 60).await;
        room.says("ana", "/istio resume").await;
        room.wait(70).await;
        room.heard();
        room.whispers("ana", "resume").await;
        room.wait(9 * 60).await;
        room.whispers("ana", "weights split the traffic between two subsets").await;
        hears!(room, @"
        ana: resume
          (to ana)
          Interview, question 2 of 4
          Traffic, less than a minute left
          How do you roll out a canary?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana: weights split the traffic between two subsets
          (to ana)
          Thank you.
          That was our time.
          Interview over
          Thank you for your time. All in all solid: 8 of 10 over 2 questions. Fundamentals is strong: I would build
          on that from the first day. Traffic is patchy: the beginnings are there, and I would have asked on.
            - Fundamentals: strong, 10 of 10
              “What is a service mesh?”, junior: 10 of 10
            - Traffic: patchy, 6 of 10
              “How do you roll out a canary?”, senior: 6 of 10
          We didn't get to Security and Project.
          Study this one point
            - Watch errors and raise it step by step, or roll back. (4 points more)
              Read: https://istio.io/latest/docs/second/
          Your answer in thirty seconds
          How do you roll out a canary?
            | Weights split the traffic between two subsets. Watch errors and raise it step by step, or roll back.
          The first sentence is yours; the second was missing.
          What you missed comes back in /istio quiz weak when it is due.
        ");
    }

    /// Topics without a free question are left out; without any there is no interview.
    async fn empty_topics(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "canary"]);
        room.says("lea", "/istio setup traffic start").await;
        room.says("ana", "/istio interview").await;
        room.whispers("ana", MESH).await;
        hears!(room, @"
        lea: /istio setup traffic start
          (to lea)
          The daily question is on in this channel
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Traffic
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          The next one comes Tue 24 Nov, 09:00.
        ana: /istio interview
          (to ana)
          Welcome. We have 20 minutes and one question, on Fundamentals.
          Answer as you would across a table. What I make of it you hear at the end; Pause stops the clock.
          Interview, question 1 of 1
          Fundamentals, about 20 minutes left
          What is a service mesh?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana: a layer of proxies between the services, it encrypts traffic
          (to ana)
          Okay, noted.
          That was my last question.
          Interview over
          Thank you for your time. All in all strong: 10 of 10 over 1 question. Fundamentals is strong: I would build
          on that from the first day.
            - Fundamentals: strong, 10 of 10
              “What is a service mesh?”, junior: 10 of 10
          Nothing was missing from your answers.
        ");
        room.reload(&["canary"]);
        room.says("ana", "/istio interview").await;
        hears!(room, @"
        ana: /istio interview
          (to ana)
          No question is free just now: what a daily asks, or will ask within a week, comes up in no interview before
          that.
        ");
    }

    /// A form that is sent twice is one answer, and one that is sent late is none.
    async fn sent_twice(db: Db) {
        let mut room = Room::new(db, World::Kind, &FOUR);
        room.says("ana", "/istio interview").await;
        let answer = room.button("ana", "Answer");
        let form = format!("{answer}.answer");
        room.submits("ana", &form, &[("answer", "a layer of proxies")]).await;
        room.heard();
        room.submits("ana", &form, &[("answer", "a layer of proxies")]).await;
        let form = format!("{answer}.probe");
        room.submits("ana", &form, &[("answer", "it encrypts traffic")]).await;
        room.submits("ana", &form, &[("answer", "it encrypts traffic")]).await;
        hears!(room, @"
        ana sends a form
          (to ana)
          I have your answer to this already.
          Interview, question 1 of 4
          Fundamentals, about 20 minutes left
          What is a service mesh?
          Follow-up: And what comes on top?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana sends a form
          (to ana)
          I see.
          Interview, question 2 of 4
          Traffic, about 20 minutes left
          How do you roll out a canary?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ana sends a form
          (to ana)
          That question is done. /istio resume shows where you are.
        ");
        assert_eq!("practice 2026-11-24 ana: 800 in 1\n", room.standing().await);
    }

    /// Forty minutes ask more on each topic, as far as there are questions.
    async fn forty_minutes(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "more-1", "more-2", "more-3", "canary", "gateway", "jwt-or-mtls", "junior-project-1"]);
        room.says("ana", "/istio interview 40").await;
        for _ in 0..7 {
            room.whispers("ana", RIGHT).await;
        }
        let heard = room.heard();
        let headings = heard.lines().filter(|line| line.contains("Interview") || line.contains("minutes")).collect::<Vec<_>>().join("\n");
        insta::allow_duplicates! { insta::assert_snapshot!(headings, @"
        Welcome. We have 40 minutes and up to 7 questions, from Fundamentals to Project.
        Interview, question 1 of 7
        Fundamentals, about 40 minutes left
        Interview, question 2 of 7
        Fundamentals, about 40 minutes left
        Interview, question 3 of 7
        Fundamentals, about 40 minutes left
        Interview, question 4 of 7
        Traffic, about 40 minutes left
        Interview, question 5 of 7
        Traffic, about 40 minutes left
        Interview, question 6 of 7
        Security, about 40 minutes left
        Interview, question 7 of 7
        Project, about 40 minutes left
        ") }
    }

    /// One thing at a time: an interview that is open keeps its place, also when another is asked for.
    async fn one_at_a_time(db: Db) {
        let mut room = Room::new(db, World::Kind, &FOUR);
        room.says("ana", "/istio interview").await;
        room.heard();
        room.says("ana", "/istio quiz").await;
        hears!(room, @"
        ana: /istio quiz
          (to ana)
          You have an interview under way. Stop ends it, and then a new one can begin.
          Interview, question 1 of 4
          Fundamentals, about 20 minutes left
          What is a service mesh?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ");
        room.says("ana", "/istio stop").await;
        room.says("ana", "/istio quiz").await;
        room.heard();
        room.says("ana", "/istio interview").await;
        room.whispers("ana", "pause").await;
        room.says("ana", "/istio interview").await;
        hears!(room, @"
        ana: /istio interview
          (to ana)
          You have a quiz under way. Stop ends it, and then a new one can begin.
          Question 1 of 4
          Security, mid
          JWT or mTLS?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana: pause
          (to ana)
          Your quiz is put aside. To go on: /istio resume
        ana: /istio interview
          (to ana)
          Welcome. We have 20 minutes and up to 4 questions, from Fundamentals to Project.
          Answer as you would across a table. What I make of it you hear at the end; Pause stops the clock.
          Interview, question 1 of 4
          Fundamentals, about 20 minutes left
          What is a service mesh?
          [Answer] [Hint] [Skip] [Pause] [Stop]
        ");
    }

    /// Whoever is forgotten in the middle of one starts anew.
    async fn forgotten(db: Db) {
        let mut room = Room::new(db, World::Kind, &FOUR);
        room.says("ana", "/istio interview").await;
        room.whispers("ana", MESH).await;
        room.says("ana", "/istio privacy export").await;
        let export = room.heard();
        assert!(export.contains(r#""kind": "interview""#), "{export}");
        let old = room.button("ana", "Answer");
        room.says("ana", "/istio privacy delete confirm").await;
        room.presses_id("ana", &old).await;
        room.wait(31 * 60).await;
        room.says("ana", "/istio resume").await;
        room.says("ana", "/istio me").await;
        hears!(room, @"
        ana: /istio privacy delete confirm
          (to ana)
          Done: nothing about you is kept here any more. If you write to me again, we start anew.
        ana presses quiz-answer.01a20c7630907002833afaca3552b213
          (to ana)
          That question is done. /istio resume shows where you are.
        ana: /istio resume
          (to ana)
          No quiz or interview is under way. To start one: /istio quiz or /istio interview
        ana: /istio me
          (to ana)
          ana
            - This week: no daily answers yet
            - All time: no daily answers yet
            - Streak: 0 dailies, longest 0
        ");
        assert_eq!("", room.standing().await);
    }

    /// Numbers that no interview takes.
    async fn misread(db: Db) {
        let mut room = Room::new(db, World::Kind, &FOUR);
        room.says("ana", "/istio interview 30").await;
        room.says("ana", "/istio intervew").await;
        hears!(room, @"
        ana: /istio interview 30
          (to ana)
          An interview takes 20 or 40 minutes, not 30.
        ana: /istio intervew
          (to ana)
          I don't know “intervew”. Did you mean /istio interview? /istio help lists everything.
        ");
    }
}
