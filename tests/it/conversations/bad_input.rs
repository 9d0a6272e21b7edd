//! Whatever is typed, pressed or sent: a friendly card, or silence, and nothing lost.

use super::*;

const NASTY: [&str; 14] = [
    "",
    " \n\t",
    "\0",
    "a\0b\0c",
    "\u{200b}\u{2060}\u{feff}",
    "\u{202e}the sidecar",
    "\u{1}\u{2}\u{7f}\u{fffd}\u{fffd}",
    "'; DROP TABLE members; --",
    "%s %n $1 {} {{}}",
    "`` ``` `` ` **bold** <@123> @everyone",
    "../../etc/passwd",
    "𝕥𝕙𝕖 𝕤𝕚𝕕𝕖𝕔𝕒𝕣 👩‍👩‍👧‍👦 ﷽",
    "999999999999999999999999999999",
    "answer:",
];

/// A room in which the question about the mesh is open, since nine.
async fn asked(db: Db) -> Room {
    let mut room = Room::new(db, World::Kind, &ALL);
    room.says("lea", "/istio setup fundamentals start").await;
    room.at("2026-11-24T09:00").await;
    room.heard();
    room
}

both! {
    /// Nothing that can be typed makes the program fail, in the thread, in a form, as an edit, as a command, in private.
    async fn nasty_texts(db: Db) {
        let mut room = asked(db).await;
        room.says("ana", "/istio quiz 3").await;
        for text in NASTY {
            room.types("ben", text).await;
            room.edits("ben", "lol").await;
            room.edits("ben", text).await;
            room.whispers("ana", text).await;
            room.answers_privately("cleo", "Answer privately", text).await;
            for command in ["", "quiz ", "leaderboard ", "alias ", "away ", "help ", "hide ", "privacy ", "setup lead ", "setup ", "schedule holidays "] {
                room.says("lea", &format!("/istio {command}{text}")).await;
            }
            room.says("ana", &format!("/{text} quiz")).await;
            room.presses_id("ana", text).await;
            room.presses_id("ana", &format!("grade.{text}")).await;
            room.submits("ana", text, &[(text, text)]).await;
            room.called("dan", text);
            room.says("dan", "/istio me").await;
        }
        room.types("eve", MESH).await;
        room.heard();
        room.says("eve", "/istio leaderboard day").await;
        let heard = room.heard();
        assert!(heard.lines().any(|line| line.contains("eve") && line.contains("10")), "{heard}");
    }

    /// What can't be read in the thread is said to its author, once they seem to mean it as their answer.
    async fn unreadable(db: Db) {
        let mut room = asked(db).await;
        room.types("ana", "").await;
        room.types("ana", "\u{202e}the sidecar").await;
        room.types("ana", "the sidecar\0\0\0\0").await;
        room.types("ana", &"x ".repeat(10_001)).await;
        room.edits("ana", MESH).await;
        room.says("ana", "/istio grade").await;
        // Pictures and long stories after the answer are talk.
        room.types("ana", "").await;
        room.types("ana", &"y ".repeat(10_001)).await;
        room.replies("ben", "ana", "").await;
        let heard = room.heard().lines().map(|line| line.chars().take(130).collect::<String>() + "\n").collect::<String>();
        insta::allow_duplicates! { insta::assert_snapshot!(heard, @"
        ana: 
          (Unread)
          (to ana)
          I couldn't read any text in that. Type your answer in words, and I'll grade it.
        ana: <turned>the sidecar
          (Unread)
          (to ana)
          I couldn't read any text in that. Type your answer in words, and I'll grade it.
        ana: the sidecar<nul><nul><nul><nul>
          (Unread)
          (to ana)
          I couldn't read any text in that. Type your answer in words, and I'll grade it.
        ana: x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x
          (Unread)
          (to ana)
          That is 20002 characters; I read up to 20000. Send the part that answers the question, and I'll grade it.
        ana changes that to: a layer of proxies between the services, it encrypts traffic
          (Graded)
          (thread 1)
          1 answered.
        ana: /istio grade
          (to ana)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
        ana: 
        ana: y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y y
        ben:
        ") }
    }

    /// 20,000 characters are read, one more is not; by form the words are kept in the form.
    async fn too_long(db: Db) {
        let mut room = asked(db).await;
        room.answers_privately("ana", "Answer privately", &"proxies ".repeat(2_501)).await;
        room.answers_privately("ana", "Answer privately", &format!("{MESH}{}", " and so on".repeat(1_990))).await;
        let heard = room.heard();
        let heard: Vec<_> = heard.lines().filter(|line| line.chars().count() < 200).collect();
        insta::allow_duplicates! { insta::assert_snapshot!(heard.join("\n"), @"
        (form, answer) That is 20008 characters; I read up to 20000. Send the part that answers the question, and I'll grade it.
        (to ana)
        Your grade: What is a service mesh?
        10 of 10. I found 2 of 2 points.
          made      A mesh is a layer of proxies between the services. (6 of 6)
                    You said “layer of proxies”.
          made      It brings encryption without code changes. (4 of 4)
                    You said “encrypts traffic”.
        (thread 1)
        1 answered.
        ") }
    }

    /// Names and numbers that are none: what may have been meant is named.
    async fn slips(db: Db) {
        let mut room = Room::new(db, World::Kind, &ALL);
        for line in [
            "quizz security",
            "quiz securty",
            "quiz 0",
            "quiz -3",
            "quiz 51",
            "quiz 99999999999999999999",
            "quiz project",
            "security",
            "xyzzy",
            "leaderboard decade",
            "hide maybe",
            "setup 25:00",
            "setup Europe/Berln",
            "setup 9:61",
            "setup PST",
            "setup qqq",
            "resume",
            "skip",
            "hint",
            "grade",
            "again",
        ] {
            room.says("lea", &format!("/istio {line}")).await;
        }
        room.says("ana", "/linkerd quiz").await;
        hears!(room, @"
        lea: /istio quizz security
          (to lea)
          I don't know “quizz”. Did you mean /istio quiz? /istio help lists everything.
        lea: /istio quiz securty
          (to lea)
          There is no topic “securty”. Did you mean security? Topics: fundamentals, traffic, security, project.
        lea: /istio quiz 0
          (to lea)
          A quiz has 1 to 50 questions, not 0.
        lea: /istio quiz -3
          (to lea)
          A quiz has 1 to 50 questions, not -3.
        lea: /istio quiz 51
          (to lea)
          A quiz has 1 to 50 questions, not 51.
        lea: /istio quiz 99999999999999999999
          (to lea)
          A quiz has 1 to 50 questions, not 99999999999999999999.
        lea: /istio quiz project
          (to lea)
          No such question is free just now: what a daily asks, or will ask within a week, is not drilled before that.
          Try another topic or level.
        lea: /istio security
          (to lea)
          I don't know “security” as a command, but it is a topic. To drill it: /istio quiz security
        lea: /istio xyzzy
          (to lea)
          I don't know “xyzzy”. /istio help lists everything.
        lea: /istio leaderboard decade
          (to lea)
          There is no topic “decade”. Topics: fundamentals, traffic, security, project. A time is one of day, week,
          month and all.
        lea: /istio hide maybe
          (to lea)
          It is “hide on” or “hide off”, not “maybe”.
        lea: /istio setup 25:00
          (to lea)
          Nothing was changed:
            - “25:00” is no time of day: hours run from 0 to 23, so write it like 09:00 or 5pm.
        lea: /istio setup Europe/Berln
          (to lea)
          Nothing was changed:
            - I don't know the time zone “Europe/Berln”: did you mean Europe/Berlin?
        lea: /istio setup 9:61
          (to lea)
          Nothing was changed:
            - “9:61” is no time of day: minutes run from 0 to 59, so write it like 09:30.
        lea: /istio setup PST
          (to lea)
          Nothing was changed:
            - I don't know the time zone “PST”: did you mean America/Los_Angeles?
        lea: /istio setup qqq
          (to lea)
          Nothing was changed:
            - I don't know what “qqq” asks for: a time, days, a time zone, topics, answers=…, grades=…, again, pause
              or start.
        lea: /istio resume
          (to lea)
          No quiz or interview is under way. To start one: /istio quiz or /istio interview
        lea: /istio skip
          (to lea)
          No quiz or interview is under way. To start one: /istio quiz or /istio interview
        lea: /istio hint
          (to lea)
          No daily question is open here. A drill just for you: /istio quiz
        lea: /istio grade
          (to lea)
          No daily question is open here. A drill just for you: /istio quiz
        lea: /istio again
          (to lea)
          No daily question is open here. A drill just for you: /istio quiz
        ana: /linkerd quiz
          (to ana)
          There is no pack “linkerd” here. There is: /istio.
        ");
    }

    /// Buttons and forms that are nobody's, somebody else's, or of a round that is over.
    async fn buttons(db: Db) {
        let mut room = asked(db).await;
        let round = room.button("ana", "Answer privately").replace("answer.", "");
        room.says("ben", "/istio quiz security 1").await;
        let quiz = room.button("ben", "Answer").replace("quiz-answer.", "");
        room.heard();
        for button in ["frobnicate", "grade.zzz", "grade.00000000-0000-0000-0000-000000000000", "hint-agreed", "setup-start.0"] {
            room.presses_id("ana", button).await;
        }
        for action in ["quiz-answer", "quiz-skip", "hint", "hint-agreed", "grade", "again", "answer"] {
            room.presses_id("ana", &format!("{action}.{quiz}")).await;
        }
        room.submits("ana", &format!("quiz-answer.{quiz}"), &[("answer", "mtls for services")]).await;
        room.submits("ana", &format!("answer.{quiz}"), &[("answer", "mtls for services")]).await;
        hears!(room, @"
        ana presses frobnicate
          (to ana)
          That button is from another version and does nothing any more. /istio help lists what there is.
        ana presses grade.zzz
          (to ana)
          That button is from another version and does nothing any more. /istio help lists what there is.
        ana presses grade.00000000-0000-0000-0000-000000000000
          (to ana)
          That question isn't here any more; it counts for nobody.
        ana presses hint-agreed
          (to ana)
          That button is from another version and does nothing any more. /istio help lists what there is.
        ana presses setup-start.0
          (to ana)
          That button is from another version and does nothing any more. /istio help lists what there is.
        ana presses quiz-answer.01a20c91a0007003b42c992548396487
          (to ana)
          That question is done. /istio resume shows where you are.
        ana presses quiz-skip.01a20c91a0007003b42c992548396487
          (to ana)
          No quiz or interview is under way. To start one: /istio quiz or /istio interview
        ana presses hint.01a20c91a0007003b42c992548396487
          (to ana)
          That question is done.
        ana presses hint-agreed.01a20c91a0007003b42c992548396487
          (to ana)
          That question is done.
        ana presses grade.01a20c91a0007003b42c992548396487
          (to ana)
          That question isn't here any more; it counts for nobody.
        ana presses again.01a20c91a0007003b42c992548396487
          (to ana)
          That question isn't here any more; it counts for nobody.
        ana presses answer.01a20c91a0007003b42c992548396487
          (to ana)
          That question isn't here any more; it counts for nobody.
        ana sends a form
          (to ana)
          That question is done. /istio resume shows where you are.
        ana sends a form
          (to ana)
          That question isn't here any more; it counts for nobody.
        ");
        room.submits("ana", &format!("answer.{round}"), &[]).await;
        room.submits("ana", &format!("answer.{round}"), &[("question", "x")]).await;
        hears!(room, @"
        ana sends a form
          (form, answer) I couldn't read any text in that. Type your answer in words, and I'll grade it.
        ana sends a form
          (form, answer) I couldn't read any text in that. Type your answer in words, and I'll grade it.
        ");
        room.at("2026-11-25T08:00").await;
        room.heard();
        for action in ["answer", "hint", "again", "grade"] {
            room.presses_id("ana", &format!("{action}.{round}")).await;
        }
        room.submits("ana", &format!("answer.{round}"), &[("answer", MESH)]).await;
        hears!(room, @"
        ana presses answer.01a20c91a00070008bb2797cdde62b92
          (to ana)
          This question is closed. Its reveal is in the thread.
        ana presses hint.01a20c91a00070008bb2797cdde62b92
          (to ana)
          This question is closed; its reveal says it all.
        ana presses again.01a20c91a00070008bb2797cdde62b92
          (to ana)
          This question is closed. Its reveal is in the thread.
        ana presses grade.01a20c91a00070008bb2797cdde62b92
          (to ana)
          I have no answer of yours to this question. Its reveal is in the thread.
        ana sends a form
          (to ana)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
          It came after the close, so it earns no points.
        ");
    }
}
