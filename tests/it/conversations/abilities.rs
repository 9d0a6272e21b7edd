//! Chats that can do less, and a workspace of one.

use super::*;
use jiff::SignedDuration;
use meshdrill::message::What;
use meshdrill::quiz::{Abilities, opener};

/// A chat in which nobody's words can be read.
pub(super) fn unread() -> Abilities {
    Abilities { unread: Some("I can't read what is typed; switch Message Content on, and start me again.".into()), ..Abilities::default() }
}

both! {
    /// Nothing typed can be read: answers are private, whatever was set up before.
    async fn nothing_can_be_read(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "canary"]);
        room.says("lea", "/istio setup start").await;
        room.heard();
        room.can(unread());
        room.says("lea", "/istio schedule show").await;
        room.says("lea", "/istio setup answers=thread").await;
        room.says("lea", "/istio setup answers=both").await;
        room.presses("lea", "Change").await;
        let form = room.button("lea", "Change").replace("setup-change", "setup");
        room.submits("lea", &form, &[("answers", "both")]).await;
        room.says("lea", "/istio setup 9:00").await;
        room.at("2026-11-24T09:00").await;
        hears!(room, @"
        lea: /istio schedule show
          (to lea)
          The daily question in this channel is on
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are given privately; the thread is for talk
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          I can't read what is typed; switch Message Content on, and start me again.
          The next one comes Tue 24 Nov, 09:00.
          [Change]
        lea: /istio setup answers=thread
          (to lea)
          Nothing was changed:
            - Answers can only be private here. I can't read what is typed; switch Message Content on, and start me
              again.
        lea: /istio setup answers=both
          (to lea)
          Nothing was changed:
            - Answers can only be private here. I can't read what is typed; switch Message Content on, and start me
              again.
        lea presses [Change]
          (form) The daily question: When it posts, and what it asks. Time [09:00], Days [workdays], Time zone [Europe/Berlin], Topics [fundamentals, traffic, security], Answers: private [private], Grades: author or thread [author]
        lea sends a form
          (form, answers) Answers can only be private here. I can't read what is typed; switch Message Content on, and start me again.
        lea: /istio setup 9:00
          (to lea)
          The daily question is on in this channel
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are given privately; the thread is for talk
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          I can't read what is typed; switch Message Content on, and start me again.
          The next one comes Tue 24 Nov, 09:00.
          (#mesh)
          Istio question of Tuesday 24 November
          How do you roll out a canary?
          Traffic, senior. Open until Wed 25 Nov, 08:00.
          Answer privately; the thread is for talk.
          [Answer privately] [Hint] [My grade]
        ");
        room.says("ana", MESH).await;
        room.edits("ana", MESH).await;
        room.says("ana", "/istio grade").await;
        room.says("ana", "/istio again").await;
        room.answers_privately("ana", "Answer privately", MESH).await;
        hears!(room, @"
        ana: a layer of proxies between the services, it encrypts traffic
        ana changes that to: a layer of proxies between the services, it encrypts traffic
        ana: /istio grade
          (to ana)
          I have no answer of yours to this question yet. Answer privately, with the button on the question.
        ana: /istio again
          (to ana)
          What you answer next is another attempt; the best one counts.
          [Answer privately]
        ana, by form: a layer of proxies between the services, it encrypts traffic
          (to ana)
          Your grade: How do you roll out a canary?
          0 of 10. I found 0 of 2 points.
            missing   What does it do first of all? (0 of 6)
            missing   What else belongs to it? (0 of 4)
          1 of 3 attempts used; the best counts.
          [Try again]
          (thread 1)
          1 answered.
        ");
        room.go_to("ops");
        room.says("lea", "/istio setup").await;
        hears!(room, @"
        lea: /istio setup
          (to lea)
          A daily Istio question in this channel
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are given privately; the thread is for talk
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          I can't read what is typed; switch Message Content on, and start me again.
          [Start] [Change]
        ");
        room.go_to("mesh");
        room.can(Abilities::default());
        room.says("ben", MESH).await;
        hears!(room, @"
        ben: a layer of proxies between the services, it encrypts traffic
          (Graded)
        ");
    }

    /// A role is mentioned with each question once a lead has chosen it, on no other card, and only where there are roles.
    async fn a_role_that_is_told(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "canary"]);
        room.says("lea", "/istio setup role <@&42>").await;
        room.can(Abilities { groups: true, ..Abilities::default() });
        room.says("lea", "/istio setup role <@&42>").await;
        room.says("lea", "/istio setup start").await;
        room.says("lea", "/istio setup role").await;
        room.says("lea", "/istio setup role team").await;
        room.says("ana", "/istio setup role <@&42>").await;
        room.says("lea", "/istio setup role <@&42>").await;
        room.says("lea", "/istio schedule show").await;
        hears!(room, @"
        lea: /istio setup role <@&42>
          (to lea)
          This chat has no roles, so nobody can be mentioned.
        lea: /istio setup role <@&42>
          (to lea)
          No daily question is set up in this channel. To set one up: /istio setup
        lea: /istio setup start
          (to lea)
          The daily question is on in this channel
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
            - Mentions nobody; /istio setup role names a role that wants to be told
          The next one comes Tue 24 Nov, 09:00.
        lea: /istio setup role
          (to lea)
          Which role? Choose it, so that it stands there as a mention, or end it: /istio setup role off
        lea: /istio setup role team
          (to lea)
          Which role? Choose it, so that it stands there as a mention, or end it: /istio setup role off
        ana: /istio setup role <@&42>
          (to ana)
          /istio setup role is for leads. /istio help lists what everybody can do.
        lea: /istio setup role <@&42>
          (to lea)
          That role is mentioned with each daily question here, and with nothing else. Let people take it who want to
          be told.
        lea: /istio schedule show
          (to lea)
          The daily question in this channel is on
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
            - Mentions the role you chose with each question; /istio setup role off ends that
          The next one comes Tue 24 Nov, 09:00.
          [Change]
        ");
        room.at("2026-11-24T09:00").await;
        assert_eq!(["42"], *room.pings());
        room.says("ana", MESH).await;
        room.at("2026-11-25T08:00").await;
        assert!(room.pings().is_empty(), "what is closed mentions nobody, and neither do the count and the reveal");
        room.says("lea", "/istio setup role off").await;
        room.at("2026-11-25T09:00").await;
        assert!(room.pings().is_empty());
        room.says("lea", "/istio setup role <@&42>").await;
        room.can(Abilities::default());
        room.at("2026-11-26T09:00").await;
        assert!(room.pings().is_empty());
    }

    /// A form can be opened again by the button that opened it.
    async fn forms_again(db: Db) {
        let mut room = asked(db, "").await;
        room.says("lea", "/istio schedule show").await;
        room.says("ana", "/istio quiz 1").await;
        for (who, label) in [("lea", "Change"), ("ben", "Answer privately")] {
            assert_eq!(Some(room.button(who, label)), opener(&room.form(who, label).await), "{label}");
        }
        assert_eq!((None, None), (opener("page.1"), opener("answer")));
    }

    /// Somebody deletes a message and nobody says who: it is gone, and nobody is known by it.
    async fn deleted_by_nobody(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", MESH).await;
        let id = room.last_message("ana");
        room.arrives("", "2026-11-24T09:01:00", What::Deleted { id }).await;
        room.says("ana", "/istio grade").await;
        let members = room.db().begin().await.unwrap().members(room.workspace()).await.unwrap();
        let mut names: Vec<_> = members.into_iter().map(|member| member.name).collect();
        names.sort();
        assert_eq!(["ana", "lea"], *names);
        hears!(room, @"
        ana: a layer of proxies between the services, it encrypts traffic
          (Graded)
          (thread 1)
          1 answered.
         takes ana-1 back, at 09:01:00
        ana: /istio grade
          (to ana)
          I have no answer of yours to this question yet. Answer in its thread, or privately.
        ");
    }

    /// What is read back after a silence: the threads of the open and the newly closed questions, with what was heard in them.
    async fn read_back(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "canary"]);
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", MESH).await;
        room.says("ben", "a library in each service").await;
        room.deletes("ben").await;
        room.answers_privately("cleo", "Answer privately", MESH).await;
        room.wait(60).await;
        room.edits("ana", "a layer of proxies").await;
        let edited = room.now() - SignedDuration::from_secs(2);
        room.visit("others");
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-25T09:00").await;
        let found = room.to_read_back().await;
        let places: Vec<_> = found.iter().map(|(thread, heard)| (thread.home.id.as_str(), thread.open, heard.len())).collect();
        assert_eq!([("team", false, 1), ("team", true, 0), ("others", true, 0)], *places);
        assert_eq!((room.first_thread(), edited), (found[0].0.thread.clone(), found[0].1[0].at));
        room.at("2026-11-27T08:30").await;
        let later: Vec<_> = room.to_read_back().await.into_iter().map(|(thread, _)| thread.thread).collect();
        assert!(!later.contains(&found[0].0.thread) && later.contains(&found[1].0.thread), "closed more than two days ago, and less");
    }

    /// Direct messages: quizzes and all that is one's own work; what needs a team says so.
    async fn direct_messages(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "canary"]);
        room.visit("dm:id-ana");
        for line in ["setup", "schedule show", "challenge", "challenge join", "leaderboard", "moderate mute ben", "hide on", "away 24 Dec"] {
            room.says("ana", &format!("/istio {line}")).await;
        }
        room.says("lea", "/istio setup start").await;
        hears!(room, @"
        ana: /istio setup
          (to ana)
          /istio setup needs a team: type it in a channel of your server. Here it is just the two of us, and there is
          /istio quiz, /istio interview and /istio me.
        ana: /istio schedule show
          (to ana)
          /istio schedule show needs a team: type it in a channel of your server. Here it is just the two of us, and
          there is /istio quiz, /istio interview and /istio me.
        ana: /istio challenge
          (to ana)
          /istio challenge needs a team: type it in a channel of your server. Here it is just the two of us, and there
          is /istio quiz, /istio interview and /istio me.
        ana: /istio challenge join
          (to ana)
          /istio challenge needs a team: type it in a channel of your server. Here it is just the two of us, and there
          is /istio quiz, /istio interview and /istio me.
        ana: /istio leaderboard
          (to ana)
          /istio leaderboard needs a team: type it in a channel of your server. Here it is just the two of us, and
          there is /istio quiz, /istio interview and /istio me.
        ana: /istio moderate mute ben
          (to ana)
          /istio moderate mute needs a team: type it in a channel of your server. Here it is just the two of us, and
          there is /istio quiz, /istio interview and /istio me.
        ana: /istio hide on
          (to ana)
          /istio hide needs a team: type it in a channel of your server. Here it is just the two of us, and there is
          /istio quiz, /istio interview and /istio me.
        ana: /istio away 24 Dec
          (to ana)
          /istio away needs a team: type it in a channel of your server. Here it is just the two of us, and there is
          /istio quiz, /istio interview and /istio me.
        lea: /istio setup start
          (to lea)
          /istio setup needs a team: type it in a channel of your server. Here it is just the two of us, and there is
          /istio quiz, /istio interview and /istio me.
        ");
        room.says("ana", "/istio me").await;
        room.says("ana", "/istio quiz fundamentals 1").await;
        room.whispers("ana", "hint").await;
        room.whispers("ana", MESH).await;
        room.says("ana", "/istio me").await;
        room.says("ana", "/istio grade").await;
        hears!(room, @"
        ana: /istio me
          (to ana)
          ana
          Nothing yet. To begin: /istio quiz
        ana: /istio quiz fundamentals 1
          (to ana)
          Question 1 of 1
          Fundamentals, junior
          What is a service mesh?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ana: hint
          (to ana)
          Hint: A first hint.
          2 hints left; each costs one point.
        ana: a layer of proxies between the services, it encrypts traffic
          (to ana)
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
        ana: /istio me
          (to ana)
          ana
          From your quizzes and interviews
            - Fundamentals: 10 on average, 1 of 1 questions seen
        ana: /istio grade
          (to ana)
          No daily question is open here. A drill just for you: /istio quiz
        ");
        room.says("ana", "/istio privacy export").await;
        assert!(room.heard().contains("encrypts traffic"), "what is kept about a member is theirs here as well");
    }
}
