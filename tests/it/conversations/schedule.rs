//! The schedule: set up, changed, held, left out, holidays, downtimes, an empty bank, two channels.

use super::*;

both! {
    /// Changes by words, each taken for what it is; everything that is none is named at once.
    async fn changed_by_words(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("lea", "/istio setup 9.30 mon, wed and fri Europe/London security,traffic answers=private grades=thread pause").await;
        hears!(room, @"
        lea: /istio setup 9.30 mon, wed and fri Europe/London security,traffic answers=private grades=thread pause
          (to lea)
          A daily Istio question in this channel
            - Posts Mon, Wed, Fri at 09:30 (Europe/London)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Security, Traffic
            - Answers are given privately; the thread is for talk
            - Grades are shown in the thread for those who agreed (share on)
            - When every question was asked, it pauses and tells you
          [Start] [Change]
        ");
        room.says("lea", "/istio setup 5 pm mon - thu topics=all").await;
        hears!(room, @"
        lea: /istio setup 5 pm mon - thu topics=all
          (to lea)
          A daily Istio question in this channel
            - Posts Mon, Tue, Wed, Thu at 17:00 (Europe/London)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: all
            - Answers are given privately; the thread is for talk
            - Grades are shown in the thread for those who agreed (share on)
            - When every question was asked, it pauses and tells you
          [Start] [Change]
        ");
        room.says("lea", "/istio setup 25:00 Europe/Berln securty answers=loud mondy").await;
        room.says("lea", "/istio schedule").await;
        hears!(room, @"
        lea: /istio setup 25:00 Europe/Berln securty answers=loud mondy
          (to lea)
          Nothing was changed:
            - “25:00” is no time of day: hours run from 0 to 23, so write it like 09:00 or 5pm.
            - I don't know the time zone “Europe/Berln”: did you mean Europe/Berlin?
            - There is no topic “securty”. Did you mean security? Topics: fundamentals, traffic, security, project.
            - Answers are taken in the thread, private or both, not “loud”.
            - “mondy” is no day of the week: did you mean monday?
        lea: /istio schedule
          (to lea)
          The daily question in this channel is set up, but not started
            - Posts Mon, Tue, Wed, Thu at 17:00 (Europe/London)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: all
            - Answers are given privately; the thread is for talk
            - Grades are shown in the thread for those who agreed (share on)
            - When every question was asked, it pauses and tells you
          [Start] [Change]
        ");
    }

    /// Changes by form; every wrong field is named at once, and nothing is changed by them.
    async fn changed_by_form(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("lea", "/istio setup").await;
        room.heard();
        room.presses("lea", "Change").await;
        let form = room.button("lea", "Change").replace("setup-change", "setup");
        let wrong = [("time", "25:00"), ("days", "mondy"), ("zone", "Berlin"), ("topics", "securty"), ("answers", "loud"), ("grades", "all")];
        room.submits("lea", &form, &wrong).await;
        hears!(room, @"
        lea presses [Change]
          (form) The daily question: When it posts, and what it asks. Time [09:00], Days [workdays], Time zone [Europe/Berlin], Topics [fundamentals, traffic, security], Answers: thread, private or both [both], Grades: author or thread [author]
        lea sends a form
          (form, time) “25:00” is no time of day: hours run from 0 to 23, so write it like 09:00 or 5pm.
          (form, days) “mondy” is no day of the week: did you mean monday?
          (form, zone) I don't know the time zone “Berlin”: did you mean Europe/Berlin?
          (form, topics) There is no topic “securty”. Did you mean security? Topics: fundamentals, traffic, security, project.
          (form, answers) Answers are taken in the thread, private or both, not “loud”.
          (form, grades) Grades go to the author or to the thread, not to “all”.
        ");
        room.submits("lea", &form, &[("time", "08:15"), ("days", "sat"), ("zone", "Asia/Kolkata"), ("topics", "security, traffic")]).await;
        room.presses("lea", "Start").await;
        room.says("ana", "/istio schedule show").await;
        room.presses_id("ana", &room.button("lea", "Change")).await;
        room.submits("ana", &form, &[("time", "10:00")]).await;
        hears!(room, @"
        lea sends a form
          (to lea)
          A daily Istio question in this channel
            - Posts Sat at 08:15 (Asia/Kolkata)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Security, Traffic
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          [Start] [Change]
        lea presses [Start]
          (to lea)
          The daily question is on in this channel
            - Posts Sat at 08:15 (Asia/Kolkata)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Security, Traffic
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
          The next one comes Sat 28 Nov, 03:45.
        ana: /istio schedule show
          (to ana)
          /istio schedule show is for leads. /istio help lists what everybody can do.
        ana presses setup-change.01a20c7628c07002a35e23e5a10be2bf
          (to ana)
          That is for leads.
        ana sends a form
          (to ana)
          That is for leads.
        ");
    }

    /// Held, gone on, left out, looked at, posted by hand.
    async fn by_hand(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "canary"]);
        room.says("lea", "/istio schedule pause").await;
        room.says("lea", "/istio setup start").await;
        room.heard();
        room.says("lea", "/istio schedule preview").await;
        room.says("lea", "/istio hide on").await;
        room.says("lea", "/istio schedule preview").await;
        hears!(room, @"
        lea: /istio schedule preview
          (to lea)
          What comes next
          Fundamentals, junior
          Due Tue 24 Nov, 09:00.
          You are on the board yourself, so I keep the question and its answer back. /istio hide on takes you off it
          and shows them here.
        lea: /istio hide on
          (to lea)
          You are on no board any more. Your points are kept; /istio hide off shows you again.
        lea: /istio schedule preview
          (to lea)
          What comes next
          Fundamentals, junior
          Due Tue 24 Nov, 09:00.
          What is a service mesh?
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
        ");
        room.says("lea", "/istio schedule pause").await;
        room.at("2026-11-24T10:00").await;
        room.says("lea", "/istio schedule skip").await;
        room.says("lea", "/istio schedule resume").await;
        room.says("lea", "/istio schedule skip").await;
        hears!(room, @"
        lea: /istio schedule pause
          (to lea)
          Paused. A question that is open stays open until its close. To go on: /istio schedule resume
        lea: /istio schedule skip
          (to lea)
          It isn't on, so there is nothing to leave out. To start it: /istio schedule resume
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
        lea: /istio schedule skip
          (to lea)
          Wednesday 25 November is left out. The next one comes Thu 26 Nov, 09:00.
        ");
        room.says("lea", "/istio schedule post").await;
        room.says("lea", "/istio schedule post").await;
        room.says("lea", "/istio schedule post").await;
        hears!(room, @"
        lea: /istio schedule post
          (to lea)
          Posted; this is today's, and it replaces nothing. It closes Wed 25 Nov, 08:00. The next one comes Thu 26
          Nov, 09:00 as planned.
          (#mesh)
          Istio question of Tuesday 24 November
          What is a service mesh?
          Fundamentals, junior. Open until Wed 25 Nov, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        lea: /istio schedule post
          (to lea)
          Posted, beside the schedule; it replaces nothing. It closes Wed 25 Nov, 08:00. The next one comes Thu 26
          Nov, 09:00 as planned.
          (#mesh)
          Istio question of Tuesday 24 November
          How do you roll out a canary?
          Traffic, senior. Open until Wed 25 Nov, 08:00.
          Answer in the thread, or privately.
          [Answer privately] [Hint] [My grade]
        lea: /istio schedule post
          (to lea)
          Every question was asked, and none has rested for 60 days; the first has on Saturday 23 January. More topics
          help.
        ");
    }

    /// Holidays by dates and by a pasted calendar.
    async fn holidays(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        room.says("lea", "/istio setup start").await;
        room.heard();
        room.says("lea", "/istio schedule holidays 24 Dec - 2 Jan").await;
        room.says("lea", "/istio schedule holidays").await;
        room.says("lea", "/istio schedule holidays 31 Feb").await;
        room.says("lea", "/istio holidays BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261125\nSUMMARY:Day off\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:2026\nSUMMARY:Broken\nEND:VEVENT\nEND:VCALENDAR").await;
        room.says("lea", "/istio schedule").await;
        hears!(room, @"
        lea: /istio schedule holidays 24 Dec - 2 Jan
          (to lea)
          Noted. Nothing is posted on:
            - 2026-12-24 to 2027-01-02
        lea: /istio schedule holidays
          (to lea)
          No date is given: write 2026-12-24, or a first and a last date such as 24 Dec - 2 Jan.
        lea: /istio schedule holidays 31 Feb
          (to lea)
          “31 Feb” names a day that the calendar doesn't have: check the day and the month.
        lea: /istio holidays BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20261125
        SUMMARY:Day off
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:2026
        SUMMARY:Broken
        END:VEVENT
        END:VCALENDAR
          (to lea)
          Noted. Nothing is posted on:
            - 2026-11-25
            - Look at line 7, “Broken”: I can't read “2026” as a date; add its dates by hand.
        lea: /istio schedule
          (to lea)
          The daily question in this channel is on
            - Posts workdays at 09:00 (Europe/Berlin)
            - Open until an hour before the next one; the answer is revealed in the thread
            - Topics: Fundamentals, Traffic, Security
            - Answers are typed in the thread, or given privately
            - Grades are private to each author
            - When every question was asked, the hardest come again after 60 days
            - Nothing on 2026-11-25
            - Nothing on 2026-12-24 to 2027-01-02
          The next one comes Tue 24 Nov, 09:00.
          [Change]
        ");
        room.at("2026-11-25T12:00").await;
        assert_eq!(room.heard().matches("Istio question of").count(), 1, "posted on the 24th, open over the day off");
    }

    /// Two channels never ask each other's open question, and no quiz asks what is open or about to be asked.
    async fn two_channels(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh", "canary", "gateway", "more-1"]);
        room.says("lea", "/istio setup mon start").await;
        room.says("lea", "/istio schedule post").await;
        room.go_to("ops");
        room.says("lea", "/istio setup fundamentals traffic mon start").await;
        room.says("lea", "/istio schedule post").await;
        let prompts = ["What is a service mesh?", "How do you roll out a canary?", "What is a Gateway?", "in other words (1)"];
        let open = |heard: &str| prompts.iter().filter(|prompt| heard.contains(**prompt)).copied().collect::<Vec<_>>();
        let dailies = open(&room.heard());
        assert_eq!(dailies.len(), 2);
        // Both will ask one of the two that are left on Monday, so no quiz may.
        room.says("ana", "/istio quiz 5").await;
        hears!(room, @"
        ana: /istio quiz 5
          (to ana)
          No such question is free just now: what a daily asks, or will ask within a week, is not drilled before that.
          Try another topic or level.
        ");
        room.says("lea", "/istio schedule pause").await;
        room.go_to("mesh");
        room.says("lea", "/istio schedule pause").await;
        room.heard();
        room.says("ana", "/istio quiz 5").await;
        hears!(room, @"
        ana: /istio quiz 5
          (to ana)
          Question 1 of 2
          Fundamentals, junior
          What is a service mesh?
          [Answer] [Hint] [Show the answer] [Skip] [Stop]
        ");
        room.says("ana", "/istio skip").await;
        let quiz = room.heard();
        assert!(dailies.iter().all(|prompt| !quiz.contains(*prompt)), "{quiz}");
    }

    /// What is for leads is for leads.
    async fn not_a_lead(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        for line in ["setup", "setup lead ana", "schedule", "schedule post", "schedule holidays 2026-12-24"] {
            room.says("ana", &format!("/istio {line}")).await;
        }
        hears!(room, @"
        ana: /istio setup
          (to ana)
          /istio setup is for leads. /istio help lists what everybody can do.
        ana: /istio setup lead ana
          (to ana)
          /istio setup lead is for leads. /istio help lists what everybody can do.
        ana: /istio schedule
          (to ana)
          /istio schedule show is for leads. /istio help lists what everybody can do.
        ana: /istio schedule post
          (to ana)
          /istio schedule post is for leads. /istio help lists what everybody can do.
        ana: /istio schedule holidays 2026-12-24
          (to ana)
          /istio schedule holidays is for leads. /istio help lists what everybody can do.
        ");
    }
}
