//! Channels that can't be written to, for a while or for good.

use super::*;

/// Why a channel can't be written to, and what mends it.
pub(super) const SILENCED: (&str, &str) = ("I may not write there", "give my role `Send Messages` in that channel");
/// Why there is no channel or thread.
pub(super) const GONE: &str = "it was deleted";

/// A room with a schedule whose leads are told things elsewhere.
async fn set_up(db: Db, questions: &[&str]) -> Room {
    let mut room = Room::new(db, World::Kind, questions);
    room.go_to("leads");
    room.says("lea", "/istio setup notices").await;
    room.go_to("mesh");
    room.says("lea", "/istio setup start").await;
    room.heard();
    room
}

both! {
    /// Silenced before the daily, mended while it is open: it is posted late, and each reason is told once.
    async fn silenced_for_an_hour(db: Db) {
        let mut room = set_up(db, &["what-is-a-mesh"]).await;
        room.silences("mesh", SILENCED);
        room.at("2026-11-24T09:00").await;
        for _ in 0..60 {
            room.wait(60).await;
        }
        assert!((12..=16).contains(&room.in_vain()), "tried {} times in an hour", room.in_vain());
        room.says("lea", "/istio schedule show").await;
        room.says("lea", "/istio schedule show").await;
        hears!(room, @"
          (#leads)
          Something waits for mesh. I may not write there. Give my role Send Messages in that channel.
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
            - Since Tue 24 Nov, 09:00 something waits for mesh. I may not write there. Give my role Send Messages in
              that channel.
          [Change]
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
            - Since Tue 24 Nov, 09:00 something waits for mesh. I may not write there. Give my role Send Messages in
              that channel.
          [Change]
        ");
        room.mends("mesh").await;
        room.says("ana", MESH).await;
        room.says("lea", "/istio schedule show").await;
        room.says("lea", "/istio schedule show").await;
        hears!(room, @"
          (#mesh)
          Istio question of Tuesday 24 November
          What is a service mesh?
          Fundamentals, junior. Open until Wed 25 Nov, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
          (#leads)
          What waited for mesh gets through again. A daily that nobody could see before its close counts for nobody.
        ana: a layer of proxies between the services, it encrypts traffic
          (Graded)
          (thread 1)
          1 answered.
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
            - Tue 24 Nov, 10:00: What waited for mesh gets through again. A daily that nobody could see before its
              close counts for nobody.
          [Change]
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
          [Change]
        ");
    }

    /// Silenced from Wednesday to Tuesday: nothing of it counts, and only what is open then is posted.
    async fn silenced_for_a_week(db: Db) {
        let mut room = set_up(db, &["what-is-a-mesh", "canary"]).await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", "/istio grade").await;
        room.answers_privately("ana", "Answer privately", MESH).await;
        room.at("2026-11-25T08:30").await;
        room.heard();
        room.silences("mesh", SILENCED);
        room.at("2026-12-01T12:00").await;
        room.says("ana", "/istio hint").await;
        hears!(room, @"
          (#leads)
          Something waits for mesh. I may not write there. Give my role Send Messages in that channel.
        ana: /istio hint
          (to ana)
          This question is closed; its reveal says it all.
        ");
        // Nobody told that it is mended: it is seen by trying.
        room.opens("mesh");
        room.at("2026-12-01T12:06").await;
        room.says("ana", "/istio me").await;
        room.says("lea", "/istio schedule show").await;
        hears!(room, @"
          (#mesh)
          Istio question of Tuesday 1 December
          How do you roll out a canary?
          Traffic, senior. Open until Wed 2 Dec, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
          (#leads)
          What waited for mesh gets through again. A daily that nobody could see before its close counts for nobody.
        ana: /istio me
          (to ana)
          ana
            - This week: no daily answers yet
            - All time: 10 points in 1 daily answer, rank 1 of 1
            - Streak: 1 daily, longest 1
        lea: /istio schedule show
          (to lea)
          The daily question in this channel is on
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          The next one comes Wed 2 Dec, 09:00.
          What waited for you
            - Tue 1 Dec, 12:06: What waited for mesh gets through again. A daily that nobody could see before its
              close counts for nobody.
          [Change]
        ");
    }

    /// Silenced once the question is posted: what is said of it waits, and what comes too late is given up.
    async fn silenced_in_the_middle(db: Db) {
        let mut room = set_up(db, &["what-is-a-mesh", "canary"]).await;
        room.at("2026-11-24T09:00").await;
        room.heard();
        room.silences("mesh", SILENCED);
        room.says("ana", MESH).await;
        room.wait(40).await;
        room.says("ben", "a library in each service").await;
        hears!(room, @"
        ana: a layer of proxies between the services, it encrypts traffic
          (#leads)
          Something waits for mesh. I may not write there. Give my role Send Messages in that channel.
        ben: a library in each service
        ");
        room.wait(3600).await;
        room.mends("mesh").await;
        hears!(room, @"
        (thread 1)
        1 answered.
        (#leads)
        What waited for mesh gets through again. A daily that nobody could see before its close counts for nobody.
        ");
        room.silences("mesh", SILENCED);
        room.at("2026-11-28T12:00").await;
        room.opens("mesh");
        room.at("2026-11-30T08:00").await;
        hears!(room, @"
        (#leads)
        Something waits for mesh. I may not write there. Give my role Send Messages in that channel.
        ");
    }

    /// No signs may be set: that is told, and everything else goes on.
    async fn no_signs(db: Db) {
        let mut room = set_up(db, &["what-is-a-mesh"]).await;
        room.silences("mesh React", ("I may not set reactions", "give my role Add Reactions"));
        room.at("2026-11-24T09:00").await;
        room.says("ana", MESH).await;
        room.says("ben", "a library in each service").await;
        room.wait(60).await;
        room.wait(7200).await;
        let in_vain = room.in_vain();
        room.wait(7200).await;
        assert_eq!(in_vain, room.in_vain(), "a sign that is hours late is given up");
        hears!(room, @"
          (#mesh)
          Istio question of Tuesday 24 November
          What is a service mesh?
          Fundamentals, junior. Open until Wed 25 Nov, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        ana: a layer of proxies between the services, it encrypts traffic
          (thread 1)
          1 answered.
          (#leads)
          Something waits for mesh. I may not set reactions. Give my role Add Reactions.
        ben: a library in each service
        ");
    }

    /// No thread can be opened: answers are private, and the reveal comes into the channel.
    async fn no_thread(db: Db) {
        let mut room = set_up(db, &["what-is-a-mesh"]).await;
        room.silences("mesh Thread", ("I may not open threads", "give my role Create Public Threads"));
        room.at("2026-11-24T09:00").await;
        room.answers_privately("ana", "Answer privately", MESH).await;
        room.at("2026-11-25T08:00").await;
        room.mends("mesh Thread").await;
        hears!(room, @"
          (#mesh)
          Istio question of Tuesday 24 November
          What is a service mesh?
          Fundamentals, junior. Open until Wed 25 Nov, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
          (#leads)
          Something waits for mesh. I may not open threads. Give my role Create Public Threads.
        ana, by form: a layer of proxies between the services, it encrypts traffic
          (to ana)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
          ((#mesh), updated)
          Istio question of Tuesday 24 November
          What is a service mesh?
          Fundamentals, junior. Closed; the reveal is in this channel.
          [My grade]
          (#mesh)
          Closed: here is the answer
          What is a service mesh?
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          1 answer. How many made each point:
            - 1 of 1: A mesh is a layer of proxies between the services.
            - 1 of 1: It brings encryption without code changes.
          Tuesday 24 November's board
            Name  Rank  Points  Answers
            ana      1      10        1
        ");
    }

    /// The thread is deleted: that round has none any more.
    async fn a_deleted_thread(db: Db) {
        let mut room = set_up(db, &["what-is-a-mesh"]).await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", "/istio share on").await;
        room.heard();
        let thread = room.place().thread.unwrap();
        room.loses(&thread, GONE);
        room.answers_privately("ana", "Answer privately", MESH).await;
        room.answers_privately("ben", "Answer privately", "a library in each service").await;
        room.at("2026-11-25T08:00").await;
        room.says("lea", "/istio schedule show").await;
        hears!(room, @"
        ana, by form: a layer of proxies between the services, it encrypts traffic
          (to ana)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
          ((#mesh), updated)
          Istio question of Tuesday 24 November
          What is a service mesh?
          Fundamentals, junior. Open until Wed 25 Nov, 08:00.
          Answer privately.
          [Answer privately] [Hint] [My grade]
          (#leads)
          The thread of Tuesday 24 November's question in mesh is lost. It was deleted. Private answers go on, and the
          reveal comes into the channel.
        ben, by form: a library in each service
          (to ben)
          Your grade: What is a service mesh?
          0 of 10. I found 0 of 2 points.
            missing   What does it do first of all? (0 of 6)
            missing   What else belongs to it? (0 of 4)
            not so    “library in each service” isn't so; look at it again. (costs 4)
          1 of 3 attempts used; the best counts.
          [Try again]
          ((#mesh), updated)
          Istio question of Tuesday 24 November
          What is a service mesh?
          Fundamentals, junior. Closed; the reveal is in this channel.
          [My grade]
          (#mesh)
          Closed: here is the answer
          What is a service mesh?
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          2 answers. How many made each point:
            - 1 of 2: A mesh is a layer of proxies between the services.
            - 1 of 2: It brings encryption without code changes.
          Most missed: A mesh is a layer of proxies between the services. https://istio.io/latest/docs/first/
          ana, 10 points:
            | a layer of proxies between the services, it encrypts traffic
          Tuesday 24 November's board
            Name  Rank  Points  Answers
            ana      1      10        1
            ben      2       0        1
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
            - Tue 24 Nov, 09:00: The thread of Tuesday 24 November's question in mesh is lost. It was deleted. Private
              answers go on, and the reveal comes into the channel.
          [Change]
        ");
    }

    /// The channel is deleted: the schedule waits for another one, and goes on there with what it knows.
    async fn a_deleted_channel(db: Db) {
        let mut room = set_up(db, &["what-is-a-mesh", "canary"]).await;
        room.says("lea", "/istio setup 10:00").await;
        room.at("2026-11-24T10:00").await;
        room.heard();
        room.loses("mesh", GONE);
        room.at("2026-11-25T12:00").await;
        room.says("lea", "/istio schedule show").await;
        hears!(room, @"
          (#leads)
          The thread of Tuesday 24 November's question in mesh is lost. It was deleted. Private answers go on, and the
          reveal comes into the channel.
          (#leads)
          The daily in mesh is held. It was deleted. /istio setup in another channel takes it there; if it is a
          mistake, /istio schedule resume tries here again.
        lea: /istio schedule show
          (to lea)
          The daily question in this channel is paused
            - Posts workdays at 10:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          It was deleted. /istio setup in another channel takes it there; if it is a mistake, /istio schedule resume
          tries here again.
          What waited for you
            - Wed 25 Nov, 09:00: The thread of Tuesday 24 November's question in mesh is lost. It was deleted. Private
              answers go on, and the reveal comes into the channel.
            - Wed 25 Nov, 09:00: The daily in mesh is held. It was deleted. /istio setup in another channel takes it
              there; if it is a mistake, /istio schedule resume tries here again.
          [Start] [Change]
        ");
        room.at("2026-11-26T12:00").await;
        room.go_to("ops");
        room.says("lea", "/istio schedule show").await;
        room.says("lea", "/istio setup").await;
        room.presses("lea", "Start").await;
        room.at("2026-11-27T10:00").await;
        hears!(room, @"
        lea: /istio schedule show
          (to lea)
          No daily question is set up in this channel. To set one up: /istio setup
        lea: /istio setup
          (to lea)
          A daily Istio question in this channel
            - Posts workdays at 10:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          It was in mesh, and keeps its plan and what it asked.
          [Start] [Change]
        lea presses [Start]
          (to lea)
          The daily question is on in this channel
            - Posts workdays at 10:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          The next one comes Fri 27 Nov, 10:00.
          (#ops)
          Istio question of Friday 27 November
          How do you roll out a canary?
          Traffic, senior. Open until Mon 30 Nov, 09:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        ");
    }

    /// A channel that was given up by mistake is tried again.
    async fn tried_again(db: Db) {
        let mut room = set_up(db, &["what-is-a-mesh"]).await;
        room.loses("mesh", GONE);
        room.at("2026-11-24T12:00").await;
        room.opens("mesh");
        room.says("lea", "/istio schedule resume").await;
        room.at("2026-11-25T09:00").await;
        hears!(room, @"
          (#leads)
          The daily in mesh is held. It was deleted. /istio setup in another channel takes it there; if it is a
          mistake, /istio schedule resume tries here again.
        lea: /istio schedule resume
          (to lea)
          The daily question is on in this channel
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          The next one comes Wed 25 Nov, 09:00.
          (#mesh)
          Istio question of Wednesday 25 November
          What is a service mesh?
          Fundamentals, junior. Open until Thu 26 Nov, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        ");
    }

    /// Where leads are told things is silenced, or deleted: what they should know waits on `schedule show`.
    async fn the_leads_channel(db: Db) {
        let mut room = set_up(db, &["what-is-a-mesh"]).await;
        room.silences("leads", SILENCED);
        room.silences("mesh", SILENCED);
        room.at("2026-11-24T09:00").await;
        room.says("lea", "/istio schedule show").await;
        hears!(room, @"
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
            - Since Tue 24 Nov, 09:00 something waits for leads. I may not write there. Give my role Send Messages in
              that channel.
            - Since Tue 24 Nov, 09:00 something waits for mesh. I may not write there. Give my role Send Messages in
              that channel.
          [Change]
        ");
        room.loses("leads", GONE);
        room.wait(3600).await;
        room.mends("mesh").await;
        room.says("lea", "/istio schedule show").await;
        hears!(room, @"
          (#mesh)
          Istio question of Tuesday 24 November
          What is a service mesh?
          Fundamentals, junior. Open until Wed 25 Nov, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
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
            - Tue 24 Nov, 10:00: I can't tell leads anything in leads any more. It was deleted. /istio setup notices
              in another channel has me tell it there.
            - Tue 24 Nov, 10:00: What waited for mesh gets through again. A daily that nobody could see before its
              close counts for nobody.
          [Change]
        ");
    }

    /// A bad question is retired before anybody saw it: nothing is said of it.
    async fn retired_unseen(db: Db) {
        let mut room = set_up(db, &["what-is-a-mesh"]).await;
        room.silences("mesh", SILENCED);
        room.at("2026-11-24T09:00").await;
        room.heard();
        room.says("lea", "/istio question retire what-is-a-mesh").await;
        room.opens("mesh");
        room.at("2026-11-24T10:00").await;
        hears!(room, @"
        lea: /istio question retire what-is-a-mesh
          (to lea)
          what-is-a-mesh is retired: nothing here asks it any more. /istio question restore what-is-a-mesh brings it
          back.
          It was open in 1 daily, and is taken back there: what was earned with it is undone.
          To ask another today: /istio schedule post
        ");
    }

    /// A challenge whose channel is silenced isn't told afterwards, when nobody plays it any more.
    async fn a_silenced_challenge(db: Db) {
        let mut room = set_up(db, &["what-is-a-mesh", "canary"]).await;
        room.says("lea", "/istio schedule pause").await;
        room.silences("mesh", SILENCED);
        room.says("ana", "/istio challenge 1").await;
        room.says("ana", "/istio challenge join").await;
        room.says("ana", "/istio challenge start").await;
        room.heard();
        room.wait(3 * 3600).await;
        room.opens("mesh");
        room.wait(3600).await;
        hears!(room, @"");
    }

    /// Nobody can tell whether the question was posted: a lead looks, and has it posted again.
    async fn posted_again(db: Db) {
        let mut room = set_up(db, &["what-is-a-mesh"]).await;
        room.loses_track("mesh");
        room.at("2026-11-24T09:00").await;
        room.opens("mesh");
        room.at("2026-11-24T10:00").await;
        room.says("lea", "/istio schedule show").await;
        let again = room.button("lea", "Post again");
        room.presses_id("ana", &again).await;
        room.presses_id("lea", &again).await;
        room.presses_id("lea", &again).await;
        room.says("ana", MESH).await;
        room.says("lea", "/istio schedule show").await;
        hears!(room, @"
          (#leads)
          Something may or may not have got into mesh: the chat's answer was lost, and its history can't be read.
          /istio schedule show there tells what, and posts it again if you wish.
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
            - Nobody can tell whether the question of Tuesday 24 November got into mesh. Look there.
          [Post again] [It is there] [Change]
        ana presses post-again.01a20c91a000700181e3216e0763e490
          (to ana)
          That is for leads.
        lea presses post-again.01a20c91a000700181e3216e0763e490
          (to lea)
          It is posted again.
          (#mesh)
          Istio question of Tuesday 24 November
          What is a service mesh?
          Fundamentals, junior. Open until Wed 25 Nov, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        lea presses post-again.01a20c91a000700181e3216e0763e490
          (to lea)
          That is settled already.
        ana: a layer of proxies between the services, it encrypts traffic
          (Graded)
          (thread 1)
          1 answered.
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
          [Change]
        ");
    }

    /// A lead sees that it is there.
    async fn it_is_there(db: Db) {
        let mut room = set_up(db, &["what-is-a-mesh"]).await;
        room.loses_track("mesh");
        room.at("2026-11-24T09:00").await;
        room.opens("mesh");
        room.says("lea", "/istio schedule show").await;
        room.heard();
        let there = room.button("lea", "It is there");
        room.presses("lea", "It is there").await;
        room.presses_id("lea", &there).await;
        room.at("2026-11-25T08:00").await;
        hears!(room, @"
        lea presses [It is there]
          (to lea)
          Good. I can't find its thread, so answers are private, and the reveal comes into the channel.
        lea presses was-sent.01a20c91a000700181e3216e0763e490
          (to lea)
          That is settled already.
          (#mesh)
          Closed: here is the answer
          What is a service mesh?
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          Nobody answered this one in time.
        ");
    }

    /// Several at once, one of them in a channel without a schedule.
    async fn several_unclear(db: Db) {
        let mut room = set_up(db, &ALL).await;
        room.says("lea", "/istio setup fundamentals").await;
        room.heard();
        room.loses_track("mesh");
        room.loses_track("ops");
        room.at("2026-11-24T09:00").await;
        room.go_to("ops");
        room.says("ana", "/istio challenge 1").await;
        room.says("lea", "/istio schedule show").await;
        room.opens("ops");
        room.opens("mesh");
        room.presses("lea", "Post again (2)").await;
        hears!(room, @"
          (#leads)
          Something may or may not have got into mesh: the chat's answer was lost, and its history can't be read.
          /istio schedule show there tells what, and posts it again if you wish.
        ana: /istio challenge 1
          (to ana)
          Your challenge is open. Join it to play yourself; Start begins it once somebody has joined.
          (#leads)
          Something may or may not have got into ops: the chat's answer was lost, and its history can't be read.
          /istio schedule show there tells what, and posts it again if you wish.
        lea: /istio schedule show
          (to lea)
          What waited for you
            - Nobody can tell whether the question of Tuesday 24 November got into mesh (1). Look there.
            - Nobody can tell whether a card of a challenge got into ops (2). Look there.
          [Post again (1)] [It is there (1)] [Post again (2)] [It is there (2)]
        lea presses [Post again (2)]
          (to lea)
          It is posted again.
          (#ops)
          Challenge: 1 question, 3 minutes
          Nobody has joined yet.
          Everybody gets the same questions at the same time, and answers by form. Up to three attempts a question;
          the best counts, and being fast earns nothing.
          [Join] [Start] [Call it off]
        ");
    }
}
