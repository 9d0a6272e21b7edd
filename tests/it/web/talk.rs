//! A day, a quiz and a challenge as browsers without script live them, with the program ended and started anew in between.

use super::*;

both! {
    /// The daily question from its setup to its reveal.
    async fn a_day(fresh: Fresh) {
        let (mut server, mut lea) = asked(fresh).await;
        let mut ana = Visitor::joined(&server, "Ana").await;
        let mut ben = Visitor::joined(&server, "Ben").await;
        ana.writes("a layer of proxies between the services").await;
        assert!(ana.thread().contains("graded") && ana.thread().contains("1 answered"), "{}", ana.thread());
        server.restart().await;
        server.wait(60).await;
        ben.writes("lol").await;
        ben.presses("Hint").await;
        assert!(ben.own().contains("Hint: A first hint."), "{}", ben.own());
        ben.presses("Answer privately").await;
        ben.fills(&[("In your own words", "a proxy next to each service that encrypts traffic")], "Send").await;
        assert!(ben.own().contains("10 of 10"), "{}", ben.own());
        ana.presses("My grade").await;
        assert!(ana.own().contains("6 of 10") && ana.own().contains("You said “layer of proxies”"), "{}", ana.own());
        // Nobody reads another's grade before the reveal.
        lea.open("/").await;
        assert!(!lea.page.id("main").text().contains("of 10"), "{}", lea.page.text());
        server.restart().await;
        ana.presses("Try again").await;
        ana.presses("Answer privately").await;
        ana.fills(&[("In your own words", MESH)], "Send").await;
        assert!(ana.own().starts_with("Your grade: What is a service mesh? 10 of 10"), "{}", ana.own());
        server.restart().await;
        server.at("2026-11-25T08:00").await;
        ana.open("/").await;
        assert!(ana.page.id("about").text().contains("Closed; the reveal is in the thread"), "{}", ana.page.id("about").text());
        for words in ["Model answer", "2 of 2: A mesh is a layer of proxies", "Tuesday 24 November's board"] {
            assert!(ana.thread().contains(words), "{words}: {}", ana.thread());
        }
        assert!(ana.board().contains("Ana") && ana.board().contains("Ben"), "{}", ana.board());
        assert_eq!(1, ana.thread().matches("Closed: here is the answer").count(), "{}", ana.thread());
        server.end().await;
    }

    /// A quiz to its summary, and nobody else sees anything of it.
    async fn a_quiz(fresh: Fresh) {
        let mut server = Server::start(fresh, Opened::with(&["what-is-a-mesh", "canary"])).await;
        let mut ana = Visitor::joined(&server, "Ana").await;
        let mut ben = Visitor::joined(&server, "Ben").await;
        ana.commands("/quiz 2").await;
        for _ in 0..2 {
            server.restart().await;
            ana.open("/").await;
            ana.presses("Answer").await;
            server.restart().await;
            ana.fills(&[("Your answer", "a layer of proxies encrypts traffic, weights split traffic, step by step")], "Send").await;
            if ana.page.has_button("Next question") {
                ana.presses("Next question").await;
            }
        }
        assert!(ana.own().contains("2 of 2"), "{}", ana.own());
        ben.open("/").await;
        assert!(!ben.page.text().contains("service mesh"), "{}", ben.page.text());
        server.end().await;
    }

    /// A mock interview, paused over a restart, to its verdict; no grade is told on the way.
    async fn an_interview(fresh: Fresh) {
        let mut server = Server::start(fresh, Opened::with(&["what-is-a-mesh", "canary", "jwt-or-mtls"])).await;
        let mut ana = Visitor::joined(&server, "Ana").await;
        ana.presses("Begin an interview").await;
        assert!(ana.own().contains("We have 20 minutes") && ana.own().contains(QUESTION), "{}", ana.own());
        ana.presses("Answer").await;
        ana.fills(&[("Your answer", "a layer of proxies between the services")], "Send").await;
        assert!(ana.own().contains("Follow-up: And what comes on top?") && !ana.own().contains("of 10"), "{}", ana.own());
        server.restart().await;
        ana.open("/").await;
        ana.presses("Pause").await;
        server.restart().await;
        server.wait(3 * 60 * 60).await;
        ana.open("/").await;
        ana.presses("Resume").await;
        assert!(ana.own().contains("Follow-up: And what comes on top?"), "{}", ana.own());
        ana.presses("Answer").await;
        ana.fills(&[("Your answer", "it encrypts traffic")], "Send").await;
        assert!(ana.own().contains("Interview, question 2 of 3") && ana.own().contains("about 20 minutes left"), "{}", ana.own());
        ana.presses("Skip").await;
        server.restart().await;
        ana.open("/").await;
        ana.presses("Answer").await;
        let form = ana.page.filled(&[("Your answer", "mtls identifies the workload, a jwt identifies the end user")], "Send");
        ana.sends(&form).await;
        ana.sends(&form).await;
        for words in ["Interview over", "Fundamentals: solid", "Traffic: to learn", "left out", "Study these two points", "istio.io", "in thirty seconds"] {
            assert!(ana.own().contains(words), "{words}: {}", ana.own());
        }
        server.end().await;
    }

    /// A long thread shows its newest messages, and all of them when asked.
    async fn a_long_thread(fresh: Fresh) {
        let (server, mut lea) = asked(fresh).await;
        let mut ana = Visitor::joined(&server, "Ana").await;
        for n in 1..=103 {
            // Nobody writes more than thirty a minute.
            server.wait(3).await;
            ana.writes(&format!("message {n} of many")).await;
        }
        lea.open("/").await;
        assert_eq!(100, lea.words().len());
        assert!(!lea.thread().contains("message 3 of"), "{}", lea.thread());
        let mut stream = lea.listens().await.unwrap();
        stream.next().await.unwrap();
        lea.follows("Show what was said before").await;
        assert_eq!(103, lea.words().len());
        let mut whole = lea.listens().await.unwrap();
        assert_eq!(Some(0), whole.next().await.unwrap()["lines"].as_array().map(Vec::len), "the page has them");
        ana.writes("one more of many").await;
        for stream in [&mut stream, &mut whole] {
            loop {
                let change = stream.next().await.unwrap();
                assert_eq!(Some(0), change["gone"].as_array().map(Vec::len), "{change}");
                if change["lines"].to_string().contains("one more of many") {
                    break;
                }
            }
        }
        server.end().await;
    }

    /// A challenge with somebody who comes late, to the podium.
    async fn a_challenge(fresh: Fresh) {
        let mut server = Server::start(fresh, Opened::with(&["what-is-a-mesh", "canary"])).await;
        let mut ana = Visitor::joined(&server, "Ana").await;
        let mut ben = Visitor::joined(&server, "Ben").await;
        ana.commands("/istio challenge 2 3").await;
        ana.presses("Join").await;
        ana.presses("Start").await;
        server.restart().await;
        ben.open("/").await;
        ben.presses("Join from the next question").await;
        ana.open("/").await;
        ana.presses("Answer").await;
        ana.fills(&[("In your own words", "a layer of proxies encrypts traffic, weights split traffic, step by step")], "Send").await;
        assert!(ana.own().contains("10 of 10"), "{}", ana.own());
        server.restart().await;
        server.wait(3 * 60 + 1).await;
        ben.open("/").await;
        assert!(ben.thread().contains("Question 2 of 2"), "{}", ben.thread());
        ben.presses("Answer").await;
        ben.fills(&[("In your own words", "a layer of proxies, weights")], "Send").await;
        server.wait(3 * 60 + 1).await;
        ben.open("/").await;
        assert!(ben.thread().contains("Podium") || ben.thread().contains("podium"), "{}", ben.thread());
        server.end().await;
    }

    /// The pages beside the room: one's own progress for everybody, the questions with their answers for leads alone.
    async fn pages_beside_the_room(fresh: Fresh) {
        let (server, mut lea) = asked(fresh).await;
        let mut ana = Visitor::joined(&server, "Ana").await;
        ana.follows("Progress").await;
        assert!(ana.page.id("main").text().starts_with("Your progress"), "{}", ana.page.text());
        ana.open("/").await;
        ana.writes(MESH).await;
        ana.open("/progress").await;
        assert!(ana.page.text().contains("10"), "{}", ana.page.text());
        for path in ["/questions", "/questions/what-is-a-mesh", "/questions/nothing"] {
            ana.open(path).await;
            assert!(ana.status == 403 && !ana.page.text().contains("proxies"), "{path}: {} {}", ana.status, ana.page.text());
        }
        lea.follows("Questions").await;
        lea.follows("What is a service mesh?").await;
        assert!(lea.page.text().contains("A layer of proxies that takes the traffic"), "{}", lea.page.text());
        lea.open("/questions/nothing").await;
        assert_eq!(404, lea.status.as_u16());
        let mut nobody = Visitor::new(&server);
        for path in ["/progress", "/questions", "/questions/what-is-a-mesh"] {
            nobody.open(path).await;
            assert!(nobody.page.has_button("Come in"), "{path}: {}", nobody.page.text());
        }
        server.end().await;
    }
}
