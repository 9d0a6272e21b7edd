//! What people take for granted: nothing that was taken down comes back, what was wished for comes, and what can't be taken is said.

use super::trouble::GONE;
use super::*;
use meshdrill::quiz::{Abilities, Floods};

both! {
    /// A moderator takes the question's post down: nothing takes its place, members read the answer for themselves, the lead is told once.
    async fn a_post_that_was_taken_down(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "more-1"]);
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-24T09:00").await;
        room.heard();
        let thread = room.place().thread.unwrap();
        room.takes_down(&thread, GONE);
        room.answers_privately("ana", "Answer privately", MESH).await;
        room.says("ana", "/istio grade").await;
        room.says("ben", "/istio grade").await;
        room.says("lea", "/istio schedule show").await;
        hears!(room, @"
        ana, by form: a layer of proxies between the services, it encrypts traffic
          (to ana)
          Your grade: What is a service mesh, in other words (1)?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
        ana: /istio grade
          (to ana)
          Your grade: What is a service mesh, in other words (1)?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
        ben: /istio grade
          (to ben)
          I have no answer of yours to this question yet.
          What is a service mesh, in other words (1)?
          [Answer privately]
        lea: /istio schedule show
          (to lea)
          The daily question in this channel is on
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          The next one comes Wed 25 Nov, 09:00.
          What waited for you
            - Tue 24 Nov, 09:00: The post of Tuesday 24 November's question in mesh is lost. It was deleted. I post it
              no more, nor its reveal: /istio grade shows members what they earned, and the answer once it has closed.
          [Change]
        ");
        room.at("2026-11-25T08:00").await;
        room.at("2026-11-25T09:00").await;
        room.says("ben", "/istio grade").await;
        let mine = room.button("ben", "That of Tuesday 24 November");
        room.presses_id("ana", &mine).await;
        room.presses_id("ben", &mine).await;
        room.presses_id("ben", &mine.replace("grade.", "answer.")).await;
        room.says("lea", "/istio schedule show").await;
        hears!(room, @"
          ((#mesh), updated)
          Istio question of Tuesday 24 November
          What is a service mesh, in other words (1)?
          Fundamentals, junior. Closed; My grade shows the answer.
          [My grade]
          (#mesh)
          Istio question of Wednesday 25 November
          What is a service mesh?
          Fundamentals, junior. Open until Thu 26 Nov, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        ben: /istio grade
          (to ben)
          I have no answer of yours to this question yet. Answer in its thread, or privately.
          [That of Tuesday 24 November]
        ana presses grade.01a20c91a00070008bb2797cdde62b92
          (to ana)
          Your grade: What is a service mesh, in other words (1)?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
        ben presses grade.01a20c91a00070008bb2797cdde62b92
          (to ben)
          I have no answer of yours to this question.
          What is a service mesh, in other words (1)?
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
        ben presses answer.01a20c91a00070008bb2797cdde62b92
          (to ben)
          This question is closed. My grade shows its answer.
        lea: /istio schedule show
          (to lea)
          The daily question in this channel is on
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          The next one comes Thu 26 Nov, 09:00.
          [Change]
        ");
    }

    /// The same, noticed only when the reveal was to be said.
    async fn noticed_at_the_close(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh"]);
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", MESH).await;
        room.wait(60).await;
        room.heard();
        let thread = room.place().thread.unwrap();
        room.takes_down(&thread, GONE);
        room.at("2026-11-25T08:30").await;
        room.says("lea", "/istio schedule show").await;
        room.says("ana", "/istio grade").await;
        hears!(room, @"
          ((#mesh), updated)
          Istio question of Tuesday 24 November
          What is a service mesh?
          Fundamentals, junior. Closed; the reveal is in the thread.
          [My grade]
        lea: /istio schedule show
          (to lea)
          The daily question in this channel is on
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          The next one comes Wed 25 Nov, 09:00.
          What waited for you
            - Wed 25 Nov, 08:00: The post of Tuesday 24 November's question in mesh is lost. It was deleted. I post it
              no more, nor its reveal: /istio grade shows members what they earned, and the answer once it has closed.
          [Change]
        ana: /istio grade
          (to ana)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
        ");
    }

    /// What a lead put first and nobody could see is first again, with what was put behind it; what was drawn is drawn again.
    async fn first_again(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("lea", "/istio setup start").await;
        room.says("lea", "/istio schedule queue gateway canary").await;
        room.silences("mesh", ("I may not write there", "give my role `Send Messages` in that channel"));
        room.at("2026-11-25T08:30").await;
        room.heard();
        room.says("lea", "/istio schedule queue").await;
        room.opens("mesh");
        room.at("2026-11-25T09:00").await;
        room.says("lea", "/istio schedule queue").await;
        hears!(room, @"
        lea: /istio schedule queue
          (to lea)
          What comes next
            - Wed 25 Nov, 09:00: gateway (Traffic, junior), put first
            - Thu 26 Nov, 09:00: canary (Traffic, senior), put first
            - Fri 27 Nov, 09:00: Security, mid
            - Mon 30 Nov, 09:00: Fundamentals, junior
          You are on the board yourself, so I keep back which ones I drew. /istio hide on takes you off it and shows
          them here.
          To put others first: /istio schedule queue ID ID
          (#mesh)
          Istio question of Wednesday 25 November
          What is a Gateway?
          Traffic, junior. Open until Thu 26 Nov, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        lea: /istio schedule queue
          (to lea)
          What comes next
            - Thu 26 Nov, 09:00: canary (Traffic, senior), put first
            - Fri 27 Nov, 09:00: Security, mid
            - Mon 30 Nov, 09:00: Fundamentals, junior
          You are on the board yourself, so I keep back which ones I drew. /istio hide on takes you off it and shows
          them here.
          To put others first: /istio schedule queue ID ID
        ");
        room.silences("mesh", ("I may not write there", "give my role `Send Messages` in that channel"));
        room.at("2026-11-26T09:30").await;
        room.says("lea", "/istio question retire canary").await;
        room.at("2026-11-27T08:30").await;
        room.heard();
        room.says("lea", "/istio schedule queue").await;
        hears!(room, @"
        lea: /istio schedule queue
          (to lea)
          What comes next
            - Fri 27 Nov, 09:00: Fundamentals, junior
            - Mon 30 Nov, 09:00: Security, mid
          You are on the board yourself, so I keep back which ones I drew. /istio hide on takes you off it and shows
          them here.
          To put others first: /istio schedule queue ID ID
        ");
    }

    /// A question that is posted by hand says what it replaces and when it closes.
    async fn posted_by_hand(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "more-1", "more-2", "more-3", "more-4"]);
        room.says("lea", "/istio setup tue start").await;
        room.heard();
        room.says("lea", "/istio schedule post").await;
        room.says("lea", "/istio schedule post").await;
        room.at("2026-11-25T10:00").await;
        room.says("lea", "/istio schedule post").await;
        room.says("lea", "/istio schedule pause").await;
        room.says("lea", "/istio schedule post").await;
        hears!(room, @"
        lea: /istio schedule post
          (to lea)
          Posted; this is today's, instead of the one due Tue 24 Nov, 09:00. It closes Tue 1 Dec, 08:00. The next one
          comes Tue 1 Dec, 09:00 as planned.
          (#mesh)
          Istio question of Tuesday 24 November
          What is a service mesh, in other words (1)?
          Fundamentals, junior. Open until Tue 1 Dec, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        lea: /istio schedule post
          (to lea)
          Posted, beside the schedule; it replaces nothing. It closes Tue 1 Dec, 08:00. The next one comes Tue 1 Dec,
          09:00 as planned.
          (#mesh)
          Istio question of Tuesday 24 November
          What is a service mesh, in other words (4)?
          Fundamentals, junior. Open until Tue 1 Dec, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        lea: /istio schedule post
          (to lea)
          Posted; this is today's, and it replaces nothing. It closes Tue 1 Dec, 08:00. The next one comes Tue 1 Dec,
          09:00 as planned.
          (#mesh)
          Istio question of Wednesday 25 November
          What is a service mesh, in other words (2)?
          Fundamentals, junior. Open until Tue 1 Dec, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        lea: /istio schedule pause
          (to lea)
          Paused. A question that is open stays open until its close. To go on: /istio schedule resume
        lea: /istio schedule post
          (to lea)
          Posted, beside the schedule; it replaces nothing. It closes Tue 1 Dec, 08:00. No other follows: the schedule
          isn't on.
          (#mesh)
          Istio question of Wednesday 25 November
          What is a service mesh, in other words (3)?
          Fundamentals, junior. Open until Tue 1 Dec, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        ");
    }

    /// Whoever does too much is told so, and nothing that was taken is lost; others, and other workspaces, don't notice.
    async fn too_much_at_once(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh"]);
        let floods = Floods { presses: 3, messages: 3, whispers: 2 };
        room.can(Abilities { posts_private: true, floods, ..Abilities::default() });
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-24T09:00").await;
        room.heard();
        for _ in 0..4 {
            room.says("ana", "/istio grade").await;
        }
        room.restart();
        room.says("ana", "/istio hint").await;
        room.says("ben", "/istio hint").await;
        room.visit("others");
        room.says("ana", "/istio help grade").await;
        room.visit("team");
        hears!(room, @"
        ana: /istio grade
          (to ana)
          I have no answer of yours to this question yet. Answer in its thread, or privately.
        ana: /istio grade
          (to ana)
          I have no answer of yours to this question yet. Answer in its thread, or privately.
        ana: /istio grade
          (to ana)
          I have no answer of yours to this question yet. Answer in its thread, or privately.
        ana: /istio grade
          (to ana)
          That is more than 3 in a minute, so I did nothing about it. Wait a minute, then go on.
        ana: /istio hint
          (to ana)
          That is more than 3 in a minute, so I did nothing about it. Wait a minute, then go on.
        ben: /istio hint
          (to ben)
          Hint: A first hint.
          2 hints left; each costs one point.
        ana: /istio help grade
          (to ana)
          /istio grade: Your grade for the open daily question.
          For example /istio grade
        ");
        for text in ["hm", "let me see", "how odd", MESH, "answer: a layer of proxies"] {
            room.says("ana", text).await;
        }
        room.says("ben", MESH).await;
        hears!(room, @"
        ana: hm
        ana: let me see
        ana: how odd
        ana: a layer of proxies between the services, it encrypts traffic
          (Unread)
          (to ana)
          That is more than 3 in a minute, so I didn't read it; what you wrote before counts. Wait a minute, then send
          your answer again.
        ana: answer: a layer of proxies
          (Unread)
        ben: a layer of proxies between the services, it encrypts traffic
          (Graded)
          (thread 1)
          1 answered.
        ");
        room.wait(60).await;
        room.says("ana", MESH).await;
        for text in ["thanks", "nice one", "see you", "bye"] {
            room.says("ana", text).await;
        }
        room.says("ana", "/istio grade").await;
        hears!(room, @"
        ana: a layer of proxies between the services, it encrypts traffic
          ((thread 1), updated)
          2 answered.
          (Graded)
        ana: thanks
        ana: nice one
        ana: see you
        ana: bye
        ana: /istio grade
          (to ana)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
        ");
        for text in ["a", "a layer", "a layer of", "a layer of proxies that encrypts traffic"] {
            room.edits("ben", text).await;
        }
        for _ in 0..4 {
            room.whispers("ben", "hello").await;
        }
        hears!(room, @"
        ben changes that to: a
        ben changes that to: a layer
        ben changes that to: a layer of
        ben changes that to: a layer of proxies that encrypts traffic
          (Unread)
          (to ben)
          That is more than 3 in a minute, so I didn't read it; what you wrote before counts. Wait a minute, then send
          your answer again.
        ben: hello
          (to ben)
          That is more than 2 in a minute, so I did nothing about it. Wait a minute, then go on.
        ben: hello
        ben: hello
        ben: hello
        ");
    }
}
