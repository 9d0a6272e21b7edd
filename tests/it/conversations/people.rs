//! Members: boards, names, what is shown of them, days away, what is kept about them, and help.

use super::*;

both! {
    /// Ranks 1, 1, 3; ten are listed, and whoever is not among them reads their own place.
    async fn the_board(db: Db) {
        let mut room = asked(db, "").await;
        for who in ["kim", "ben", "Ana"] {
            room.says(who, MESH).await;
        }
        for who in ["dan", "eve", "finn", "gus", "hal", "ida", "jo", "liv"] {
            room.says(who, "a layer of proxies").await;
        }
        room.says("zoe", "a library in each service!").await;
        room.says("zoe", "answer: a library in each service").await;
        room.heard();
        room.says("zoe", "/istio leaderboard today").await;
        room.says("liv", "/istio leaderboard month fundamentals").await;
        room.says("ben", "/istio leaderboard all security").await;
        room.says("ben", "/istio leaderboard practice").await;
        hears!(room, @"
        zoe: /istio leaderboard today
          (to zoe)
          Leaderboard, today
            Name  Rank  Points  Answers
            Ana      1      10        1
            ben      1      10        1
            kim      1      10        1
            dan      4       6        1
            eve      4       6        1
            finn     4       6        1
            gus      4       6        1
            hal      4       6        1
            ida      4       6        1
            jo       4       6        1
          You: rank 12, 0 points, 1 answer.
        liv: /istio leaderboard month fundamentals
          (to liv)
          Leaderboard, this month, Fundamentals
            Name  Rank  Points  Answers
            Ana      1      10        1
            ben      1      10        1
            kim      1      10        1
            dan      4       6        1
            eve      4       6        1
            finn     4       6        1
            gus      4       6        1
            hal      4       6        1
            ida      4       6        1
            jo       4       6        1
          You: rank 4, 6 points, 1 answer.
        ben: /istio leaderboard all security
          (to ben)
          Nobody has daily points in Security yet (all time).
          Practice has none either. Start with /istio quiz.
        ben: /istio leaderboard practice
          (to ben)
          Nobody has practised yet (this week).
          ((thread 1), updated)
          12 answered.
        ");
    }

    /// A name for the board: taken, empty, tricky, cleared.
    async fn names(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ben", "/istio me").await;
        room.says("ana", "/istio alias BEN").await;
        room.says("ana", "/istio alias Ｂｅｎ").await;
        room.says("ana", "/istio alias \u{200b}\u{202e}").await;
        room.says("ana", "/istio alias Mesh\u{202e} \u{200b}Fan").await;
        room.says("ana", MESH).await;
        room.says("ben", "/istio alias mesh fan").await;
        room.says("ben", "/istio leaderboard").await;
        room.says("ana", "/istio alias").await;
        room.says("ana", &format!("/istio alias {}", "x".repeat(300))).await;
        hears!(room, @"
        ben: /istio me
          (to ben)
          ben
            - This week: no daily answers yet
            - All time: no daily answers yet
            - Streak: 0 dailies, longest 0
        ana: /istio alias BEN
          (to ana)
          Somebody here is already called BEN. Choose another name.
        ana: /istio alias Ｂｅｎ
          (to ana)
          Somebody here is already called Ｂｅｎ. Choose another name.
        ana: /istio alias <nothing><turned>
          (to ana)
          That name has no letters that can be shown. Choose another.
        ana: /istio alias Mesh<turned> <nothing>Fan
          (to ana)
          Boards call you Mesh Fan now.
        ana: a layer of proxies between the services, it encrypts traffic
          (Graded)
          (thread 1)
          1 answered.
        ben: /istio alias mesh fan
          (to ben)
          Somebody here is already called mesh fan. Choose another name.
        ben: /istio leaderboard
          (to ben)
          Leaderboard, this week
            Name      Rank  Points  Answers
            Mesh Fan     1      10        1
        ana: /istio alias
          (to ana)
          Boards call you ana again.
        ana: /istio alias xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
          (to ana)
          Boards call you xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx now.
        ");
    }

    /// Hidden members are on no board, not even on that of a reveal; back again they are as before.
    async fn hidden(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", MESH).await;
        room.says("ben", "a layer of proxies").await;
        room.at("2026-11-25T08:00").await;
        room.heard();
        room.says("ana", "/istio hide").await;
        room.says("ana", "/istio leaderboard").await;
        room.says("ana", "/istio me").await;
        room.says("ana", "/istio hide perhaps").await;
        room.says("ana", "/istio hide off").await;
        room.says("ana", "/istio leaderboard").await;
        hears!(room, @"
        ana: /istio hide
          (to ana)
          You are on no board any more. Your points are kept; /istio hide off shows you again.
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
            ben      1       6        1
        ana: /istio leaderboard
          (to ana)
          Leaderboard, this week
            Name  Rank  Points  Answers
            ben      1       6        1
          You are hidden, so you are on no board.
        ana: /istio me
          (to ana)
          ana
            - This week: hidden, so unranked
            - All time: hidden, so unranked
            - Streak: 1 daily, longest 1
        ana: /istio hide perhaps
          (to ana)
          It is “hide on” or “hide off”, not “perhaps”.
        ana: /istio hide off
          (to ana)
          You are on the boards again.
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
        ana: /istio leaderboard
          (to ana)
          Leaderboard, this week
            Name  Rank  Points  Answers
            ana      1      10        1
            ben      2       6        1
        ");
    }

    /// Days away, as typed and as listed.
    async fn away(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", "/istio away").await;
        room.says("ana", "/istio away 24 Dec - 2 Jan").await;
        room.says("ana", "/istio away 2026-11-01").await;
        room.says("ana", "/istio away 2027-01-02 2026-12-24").await;
        room.says("ana", "/istio away soon").await;
        room.says("ana", "/istio away").await;
        hears!(room, @"
        ana: /istio away
          (to ana)
          Say from when to when: /istio away 2026-12-24 2027-01-02
        ana: /istio away 24 Dec - 2 Jan
          (to ana)
          Noted: away 2026-12-24 to 2027-01-02. Your streak waits for you.
        ana: /istio away 2026-11-01
          (to ana)
          2026-11-01 is already over: check the year.
        ana: /istio away 2027-01-02 2026-12-24
          (to ana)
          2027-01-02 to 2026-12-24 runs backwards: write the earlier date first.
        ana: /istio away soon
          (to ana)
          I can't read “soon” as dates: write 2026-12-24, or a first and a last date such as 24 Dec - 2 Jan.
        ana: /istio away
          (to ana)
          You are away:
            - 2026-12-24 to 2027-01-02
        ");
    }

    /// What is kept about a member is theirs to read, and to have forgotten; others' points stay true, and they come back as new.
    async fn a_farewell(db: Db) {
        let mut room = asked(db, "grades=thread").await;
        room.says("ana", "/istio share on").await;
        room.says("ana", MESH).await;
        room.says("ben", "a layer of proxies").await;
        room.at("2026-11-25T08:00").await;
        room.says("ana", "/istio quiz 1").await;
        room.heard();
        room.says("ana", "/istio privacy export").await;
        let export = room.heard();
        for kept in ["\"name\": \"ana\"", "a layer of proxies between the services", "\"points\": 1000", "\"shares\": true"] {
            assert!(export.contains(kept), "{kept} is not in {export}");
        }
        room.says("ana", "/istio privacy delete").await;
        room.presses("ana", "Forget me").await;
        hears!(room, @"
        ana: /istio privacy delete
          (to ana)
          This forgets you here: your answers, grades, points, quizzes, interviews and settings. It can't be undone;
          other members' points stay as they are.
          [Forget me]
        ana presses [Forget me]
          (to ana)
          Done: nothing about you is kept here any more. If you write to me again, we start anew.
          ((thread 1), updated)
          1 answered.
          ((thread 1), updated)
          A score was taken back.
          ((thread 1), updated)
          Closed: here is the answer
          What is a service mesh?
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          1 answer. How many made each point:
            - 1 of 1: A mesh is a layer of proxies between the services.
            - 0 of 1: It brings encryption without code changes.
          Most missed: It brings encryption without code changes. https://istio.io/latest/docs/second/
          Tuesday 24 November's board
            Name  Rank  Points  Answers
            ben      1       6        1
        ");
        room.says("ana", "/istio privacy export").await;
        room.says("ana", "/istio resume").await;
        room.says("ben", "/istio leaderboard").await;
        let after = room.heard();
        assert!(!after.contains("a layer of proxies") && after.contains("\"answers\": []"), "{after}");
        let mut tx = room.db().begin().await.unwrap();
        let (rows,): (i64,) = tx.sql("SELECT COUNT(*) FROM outbox WHERE CAST(speech AS TEXT) LIKE '%ana%'").one().await.unwrap();
        assert_eq!(rows, 0, "something said still names her");
    }

    /// Leads and reviewers are made by name, or by id where several go by one name.
    async fn roles(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("ana", "/istio me").await;
        room.heard();
        room.says("lea", "/istio setup lead Anna").await;
        room.says("lea", "/istio setup lead @ana").await;
        room.says("lea", "/istio setup reviewer ana").await;
        room.says("ana", "/istio schedule").await;
        room.says("lea", "/istio setup lead ana off").await;
        room.says("ana", "/istio schedule").await;
        room.says("lea", "/istio setup lead").await;
        room.called("mallory", "ana");
        room.says("mallory", "/istio me").await;
        room.says("lea", "/istio setup lead ana").await;
        room.says("lea", "/istio setup lead id-ana").await;
        hears!(room, @"
        lea: /istio setup lead Anna
          (to lea)
          I don't know anybody named “Anna” here yet. Did you mean ana? They are known once they have said something
          to me.
        lea: /istio setup lead @ana
          (to lea)
          ana is now a lead.
        lea: /istio setup reviewer ana
          (to lea)
          ana is now a reviewer.
        ana: /istio schedule
          (to ana)
          No daily question is set up in this channel. To set one up: /istio setup
        lea: /istio setup lead ana off
          (to lea)
          ana is no longer a lead.
        ana: /istio schedule
          (to ana)
          /istio schedule show is for leads. /istio help lists what everybody can do.
        lea: /istio setup lead
          (to lea)
          Who? Type a name, such as: setup lead Ana
        mallory: /istio me
          (to mallory)
          ana
            - This week: no daily answers yet
            - All time: no daily answers yet
            - Streak: 0 dailies, longest 0
        lea: /istio setup lead ana
          (to lea)
          Several people here are called ana. Name one by id: id-ana, id-mallory.
        lea: /istio setup lead id-ana
          (to lea)
          ana is now a lead.
        ");
    }

    /// Help on all, on one command, on a topic of commands, on none there is.
    async fn help(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("ana", "/istio").await;
        room.says("ana", "/istio help quiz").await;
        room.says("ana", "/istio help privacy").await;
        room.says("ana", "/istio help leaderbord").await;
        hears!(room, @"
        ana: /istio
          (to ana)
          /istio: Istio interview practice
          A question a day in the channel; answer in its thread or privately, and see what an interviewer would have
          heard.
            - /istio quiz [topic|weak] [junior|mid|senior] [count]: Drill questions, one at a time, just for you
            - /istio interview [20|40]: A mock interview against the clock: topic after topic, and a verdict at the
              end
            - /istio skip: Go to the next question of your quiz or interview
            - /istio show: Show the quiz question's model answer and go on
            - /istio stop: End your quiz or interview and hear what it came to
            - /istio resume: Go on with your quiz or interview
            - /istio challenge [topic] [count] [minutes] | join | start | stop: Play against each other: the same
              questions at the same time
            - /istio hint: A hint for the open question; the first is free
            - /istio grade: Your grade for the open daily question
            - /istio again: Let your next message count as another attempt
            - /istio leaderboard [day|week|month|all] [topic] [practice]: The team's standing
            - /istio me: Your points, rank, streak and topics
            - /istio away DATE [DATE]: Keep your streak while you are away
            - /istio alias [NAME]: The name boards show for you; none clears it
            - /istio hide [on|off]: Stay off all boards
            - /istio share [on|off]: Let your best answers and scores be shown
            - /istio help [command]: What there is
            - /istio privacy export: All that is kept about you
            - /istio privacy delete [confirm]: Forget you, with all your answers and points
          Topics: fundamentals, traffic, security, project.
        ana: /istio help quiz
          (to ana)
          /istio quiz [topic|weak] [junior|mid|senior] [count]: Drill questions, one at a time, just for you.
          For example /istio quiz security 3
        ana: /istio help privacy
          (to ana)
          /istio privacy export: All that is kept about you.
          For example /istio privacy export
          /istio privacy delete [confirm]: Forget you, with all your answers and points.
          For example /istio privacy delete
        ana: /istio help leaderbord
          (to ana)
          There is no command leaderbord. Did you mean leaderboard? /istio help lists everything.
        ");
        room.says("lea", "/istio help").await;
        assert!(room.heard().contains("/istio schedule holidays"));
    }
}
