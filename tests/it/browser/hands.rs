//! Ways to use the room: without a mouse, with a phone, without scripts, from elsewhere in the world; and people who mean no good.

use super::*;
use crate::web::visitor::Visitor;
use fantoccini::key::Key;

/// Join, start a quiz and answer it with Tab and Enter alone. What has the focus shows it, all the way.
#[test]
fn without_a_mouse() {
    with_browsers(async |browsers| {
        let server = empty(&["what-is-a-mesh"]).await;
        let ana = Person::new(browsers, &server).await;
        ana.opens("/").await;
        assert_eq!("Your name in the room", ana.focus().await.0);
        ana.types_here("Ana").await;
        ana.hits(Key::Enter, false).await;
        ana.sees(".who", "Ana").await;
        // The first thing Tab meets leads past what is the same on every page.
        ana.hits(Key::Tab, false).await;
        assert_eq!("To the question", ana.focus().await.0);
        ana.hits(Key::Enter, false).await;
        ana.tabs_to("Start a quiz").await;
        ana.hits(Key::Enter, false).await;
        ana.sees("#panel", "What is a service mesh?").await;
        // The page goes on where the answer stands.
        ana.hits(Key::Tab, false).await;
        assert_eq!("Answer", ana.focus().await.0);
        ana.hits(Key::Enter, false).await;
        ana.sees("#panel", "Your answer").await;
        assert_eq!("Your answer", ana.focus().await.0);
        ana.types_here(MESH).await;
        ana.hits(Key::Tab, false).await;
        assert_eq!("Send", ana.focus().await.0);
        ana.hits(Key::Tab, true).await;
        assert_eq!("Your answer", ana.focus().await.0);
        ana.hits(Key::Tab, false).await;
        ana.hits(Key::Enter, false).await;
        ana.sees("#panel", "10 of 10").await;
        server.end().await;
    });
}

/// With scripts forbidden the same daily works; what others do shows once the page is loaded anew.
#[test]
fn without_scripts() {
    with_browsers(async |browsers| {
        let (server, lea) = asked(browsers).await;
        let ana = Person::new(browsers, &server).await;
        ana.forbids_scripts().await;
        ana.opens("/").await;
        ana.types("Your name in the room", "Ana").await;
        ana.presses("Come in").await;
        ana.sees("#about", "What is a service mesh?").await;
        ana.sees("#about", "Open until Wed 25 Nov, 07:00 UTC").await;
        ana.writes("a layer of proxies").await;
        ana.sees("#thread", "graded").await;
        lea.sees("#thread", "1 answered").await;
        server.wait(60).await;
        ana.presses_what_begins("Edit").await;
        ana.types("Change your message", MESH).await;
        ana.presses("Save").await;
        ana.presses("My grade").await;
        ana.sees("#panel", "10 of 10").await;
        ana.presses_what_begins("Edit").await;
        ana.presses("Take it back").await;
        ana.sees("#thread", "Nobody has answered yet").await;
        ana.presses("Answer privately").await;
        ana.answers("In your own words", "a layer of proxies").await;
        ana.sees("#panel", "of 10").await;
        server.at("2026-11-25T08:00").await;
        ana.reloads().await;
        ana.sees("#thread", "Closed: here is the answer").await;
        server.end().await;
    });
}

/// Times are those of whoever reads them.
#[test]
fn elsewhere_in_the_world() {
    with_browsers(async |browsers| {
        let (server, lea) = asked(browsers).await;
        // The daily closes on Wednesday at 08:00 in Berlin.
        for (zone, day, hour) in
            [("Europe/Berlin", "Wed", "08:00"), ("Asia/Kolkata", "Wed", "12:30"), ("America/Los_Angeles", "Tue", "11:00")]
        {
            lea.travels(zone).await;
            lea.reloads().await;
            lea.sees("#about time", day).await;
            lea.sees("#about time", hour).await;
        }
        // Those that come with what moves as well.
        let mut ana = Visitor::joined(&server, "Ana").await;
        ana.writes(MESH).await;
        lea.sees("#thread", "a layer of proxies").await;
        let shown = lea.reads("#thread time").await;
        assert!(shown.contains("00:00") || shown.contains("12:00 am") || shown.contains("24:00"), "{shown}");
        server.end().await;
    });
}

/// Names and answers that would like to run: on the page as it is made, and as it moves.
#[test]
fn people_who_mean_no_good() {
    const HOSTILE: [&str; 4] = [
        "<script>window.hit=1;alert(1)</script>",
        "<img src=x onerror='window.hit=1;alert(1)'>",
        "\"><svg onload=window.hit=1>",
        "](javascript:window.hit=1)",
    ];
    with_browsers(async |browsers| {
        let (server, lea) = asked(browsers).await;
        lea.stays().await;
        let mut visitors = Vec::new();
        for (n, hostile) in HOSTILE.iter().enumerate() {
            let mut visitor = Visitor::joined(&server, &hostile.chars().take(38).chain(n.to_string().chars()).collect::<String>()).await;
            visitor.writes(&format!("{hostile} a layer of proxies {n}")).await;
            visitors.push(visitor);
        }
        // What came by itself, what a page is made with, and one's own panel.
        lea.sees("#thread", "a layer of proxies 3").await;
        lea.sees("#board", "<img src=x").await;
        assert!(lea.stayed().await);
        for place in ["moved", "loaded"] {
            for hostile in HOSTILE {
                lea.sees("#thread", hostile).await;
            }
            let hit =
                lea.script("return [typeof window.hit, document.querySelectorAll('script:not([src]), #room img, #room svg').length]").await;
            assert_eq!(serde_json::json!(["undefined", 0]), hit, "{place}");
            lea.reloads().await;
        }
        let ana = Person::new(browsers, &server).await;
        ana.opens("/?key=%22%3E%3Cscript%3Ewindow.hit=1%3C/script%3E").await;
        ana.types("Your name in the room", "\"><script>window.hit=1</script>").await;
        ana.presses("Come in").await;
        ana.writes(&format!("{} it encrypts traffic", HOSTILE[1])).await;
        ana.presses("My grade").await;
        ana.sees("#panel", "You said").await;
        let hit =
            ana.script("return [typeof window.hit, document.querySelectorAll('script:not([src]), #room img, #room svg').length]").await;
        assert_eq!(serde_json::json!(["undefined", 0]), hit);
        server.end().await;
    });
}

/// What is half written outlives another press, and a server that is away when it is sent.
#[test]
fn drafts_are_kept() {
    with_browsers(async |browsers| {
        let (mut server, _lea) = asked(browsers).await;
        let ana = Person::joined(browsers, &server, "Ana").await;
        let written = "return document.querySelector('#text').value";
        ana.types("Write in the thread", "half an answer").await;
        ana.presses("Hint").await;
        ana.sees("#panel", "A first hint").await;
        assert_eq!("half an answer", ana.script(written).await);
        server.stop().await;
        ana.presses("Send").await;
        server.restart().await;
        // Chromium may still be putting up its own page for the failure, and then says that going back was cut off by it.
        if let Err(cut_off) = ana.client.back().await {
            println!("{cut_off}");
            ana.client.back().await.unwrap();
        }
        ana.sees("#main", "Write in the thread").await;
        assert_eq!("half an answer", ana.script(written).await);
        ana.presses("Send").await;
        ana.sees("#thread", "half an answer").await;
        assert_eq!("", ana.script(written).await);
        server.end().await;
    });
}
