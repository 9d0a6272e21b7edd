//! A day, a quiz and a challenge at two browsers, of which each shows what happens at the other without being loaded anew.

use super::*;

/// The daily question, from its setup to its reveal.
#[test]
fn a_day_for_two() {
    with_browsers(async |browsers| {
        let (server, lea) = asked(browsers).await;
        let ana = Person::joined(browsers, &server, "Ana").await;
        ana.sees("#about", "What is a service mesh?").await;
        lea.stays().await;
        ana.writes("a layer of proxies between the services").await;
        ana.sees("#thread", "graded").await;
        lea.sees("#thread", "a layer of proxies between the services").await;
        lea.sees("#thread", "1 answered").await;
        lea.sees("#board", "Ana 6 1").await;
        assert!(lea.stayed().await, "Lea's page was loaded anew");

        ana.stays().await;
        lea.presses("Answer privately").await;
        lea.answers("In your own words", MESH).await;
        lea.sees("#panel", "10 of 10").await;
        ana.sees("#thread", "2 answered").await;
        ana.sees("#board", "1 Lea 10 1").await;
        ana.sees_no("#thread", "Lea").await;
        assert!(ana.stayed().await, "Ana's page was loaded anew");

        // What was written is changed, and others see it change.
        server.wait(60).await;
        lea.stays().await;
        ana.presses_what_begins("Edit").await;
        ana.types("Change your message", "a layer of proxies that encrypts traffic").await;
        ana.presses("Save").await;
        lea.sees("#thread", "a layer of proxies that encrypts traffic").await;
        lea.sees("#thread", "changed").await;
        lea.sees("#board", "1 Ana 10 1").await;
        assert!(lea.stayed().await, "Lea's page was loaded anew");
        ana.presses("My grade").await;
        ana.sees("#panel", "You said “layer of proxies”").await;

        // The close: both pages show the reveal by themselves.
        lea.stays().await;
        ana.stays().await;
        server.at("2026-11-25T08:00").await;
        for person in [&lea, &ana] {
            person.sees("#thread", "Closed: here is the answer").await;
            person.sees("#thread", "2 of 2: A mesh is a layer of proxies between the services").await;
            person.sees("#about", "Closed").await;
            assert!(person.stayed().await);
        }
        server.end().await;
    });
}

/// Somebody who scored little tries again, and what they are typing is not taken from them by what moves.
#[test]
fn another_try_while_the_room_moves() {
    with_browsers(async |browsers| {
        let (server, lea) = asked(browsers).await;
        let ana = Person::joined(browsers, &server, "Ana").await;
        ana.writes("a layer of proxies").await;
        ana.presses("My grade").await;
        ana.sees("#panel", "6 of 10").await;
        ana.presses("Try again").await;
        ana.sees("#panel", "another attempt").await;
        ana.stays().await;
        ana.types("Write in the thread", "half an ans").await;
        lea.writes(MESH).await;
        ana.sees("#thread", "2 answered").await;
        let typed = ana.script("return document.querySelector('#text').value").await;
        assert_eq!((true, "half an ans"), (ana.stayed().await, typed.as_str().unwrap()));
        server.wait(60).await;
        ana.writes("proxies next to each service, and they encrypt traffic").await;
        ana.presses("My grade").await;
        ana.sees("#panel", "10 of 10").await;
        server.end().await;
    });
}

/// A mock interview with a restart in the middle, to its verdict.
#[test]
fn an_interview() {
    with_browsers(async |browsers| {
        let mut server = empty(&["what-is-a-mesh", "canary", "jwt-or-mtls"]).await;
        let ana = Person::joined(browsers, &server, "Ana").await;
        ana.presses("Begin an interview").await;
        ana.sees("#panel", "Interview, question 1 of 3").await;
        ana.presses("Answer").await;
        ana.answers("Your answer", "a layer of proxies between the services").await;
        ana.sees("#panel", "Follow-up: And what comes on top?").await;
        ana.sees_no("#panel", "of 10").await;
        server.restart().await;
        ana.presses("Pause").await;
        ana.sees("#panel", "the clock stands still").await;
        server.wait(60 * 60).await;
        ana.presses("Resume").await;
        ana.presses("Answer").await;
        ana.answers("Your answer", "it encrypts traffic").await;
        ana.sees("#panel", "Interview, question 2 of 3").await;
        ana.presses("Skip").await;
        ana.sees("#panel", "Interview, question 3 of 3").await;
        ana.presses("Answer").await;
        ana.answers("Your answer", "mtls identifies the workload, a jwt identifies the end user").await;
        for words in ["Interview over", "Fundamentals: solid", "Traffic: to learn", "Study these", "in thirty seconds"] {
            ana.sees("#panel", words).await;
        }
        server.end().await;
    });
}

/// A quiz to its end, of which nobody else sees anything.
#[test]
fn a_quiz() {
    with_browsers(async |browsers| {
        let server = empty(&["what-is-a-mesh", "canary"]).await;
        let ana = Person::joined(browsers, &server, "Ana").await;
        ana.commands("/quiz 2").await;
        for n in 1..=2 {
            ana.sees("#panel", &format!("Question {n} of 2")).await;
            ana.presses("Answer").await;
            ana.answers("Your answer", "a layer of proxies encrypts traffic, weights split traffic, step by step").await;
            ana.sees("#panel", "Model answer").await;
        }
        ana.sees("#panel", "of 10").await;
        let ben = Person::joined(browsers, &server, "Ben").await;
        assert!(!ben.reads("body").await.contains("service mesh"), "{}", ben.reads("body").await);
        server.end().await;
    });
}

/// A challenge with somebody who comes late, to the podium that both see appear.
#[test]
fn a_challenge() {
    with_browsers(async |browsers| {
        let server = empty(&["what-is-a-mesh", "canary"]).await;
        let ana = Person::joined(browsers, &server, "Ana").await;
        let ben = Person::joined(browsers, &server, "Ben").await;
        ana.commands("/istio challenge 2 3").await;
        ana.presses("Join").await;
        ana.presses("Start").await;
        // Ben had nothing open: the challenge comes to him.
        ben.sees("#about", "Question 1 of 2 is open").await;
        ben.presses("Join from the next question").await;
        ana.presses("Answer").await;
        ana.answers("In your own words", "a layer of proxies encrypts traffic, weights split traffic, step by step").await;
        ana.sees("#panel", "10 of 10").await;
        server.wait(3 * 60 + 1).await;
        for person in [&ana, &ben] {
            person.sees("#thread", "Question 2 of 2").await;
        }
        ben.presses("Answer").await;
        ben.answers("In your own words", "a layer of proxies, weights").await;
        ben.sees("#panel", "of 10").await;
        ana.stays().await;
        ben.stays().await;
        server.wait(3 * 60 + 1).await;
        for person in [&ana, &ben] {
            person.sees("#thread", "podium").await;
            assert!(person.stayed().await);
        }
        server.end().await;
    });
}

/// The program ends and starts anew under open pages: they find it again by themselves, and what was being typed is still there to send.
#[test]
fn a_restart_under_an_open_page() {
    with_browsers(async |browsers| {
        let (mut server, lea) = asked(browsers).await;
        let ana = Person::joined(browsers, &server, "Ana").await;
        lea.stays().await;
        ana.types("Write in the thread", MESH).await;
        server.restart().await;
        ana.presses("Send").await;
        ana.sees("#thread", "graded").await;
        lea.sees("#thread", MESH).await;
        lea.sees("#board", "1 Ana 10 1").await;
        assert!(lea.stayed().await, "Lea's page was loaded anew");
        server.end().await;
    });
}

/// The daily comes while somebody is at a quiz: they are told, and nothing is taken from under their hands.
#[test]
fn a_daily_that_comes_in_between() {
    with_browsers(async |browsers| {
        // What the daily will ask within a week is not drilled before.
        let many = ["more-1", "more-2", "more-3", "more-4", "more-5", "more-6", "more-7", "more-8", "more-9"];
        let server = empty(&many).await;
        let lea = Person::lead(browsers, &server, "Lea").await;
        lea.commands("/istio setup start").await;
        lea.commands("/quiz 1").await;
        lea.presses("Answer").await;
        lea.types("Your answer", "half an ans").await;
        lea.stays().await;
        server.at("2026-11-24T09:00").await;
        lea.sees("#news", "Something new was asked here").await;
        let typed = lea.script("return document.querySelector('#panel textarea').value").await;
        assert_eq!((true, "half an ans"), (lea.stayed().await, typed.as_str().unwrap()));
        lea.answers("Your answer", MESH).await;
        lea.sees("#panel", "10 of 10").await;
        lea.sees("#about", "Istio question of Tuesday").await;
        server.end().await;
    });
}
