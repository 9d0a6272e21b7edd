//! What moves while a page is open.

use super::*;
use reqwest::StatusCode;
use std::time::Duration;

both! {
    /// An open page is told what changed, and nothing else.
    async fn an_answer_arrives(fresh: Fresh) {
        let (server, lea) = asked(fresh).await;
        let mut ana = Visitor::joined(&server, "Ana").await;
        let mut stream = lea.listens().await.unwrap();
        let first = stream.next().await.unwrap();
        assert_eq!((false, false), (first["yours"] == true, first["whole"] == true), "what the page shows is sent again: {first}");
        ana.writes(MESH).await;
        let (id, text) = stream.until("layer of proxies").await;
        assert!(text.contains("Ana"), "{id}: {text}");
        // The board and the count move with it or after it; a fresh page starts with what there is.
        let mut fresh = lea.listens_to("/events").await.unwrap();
        let (id, text) = fresh.until("Ana").await;
        assert_eq!("board", id, "{text}");
        server.end().await;
    }

    /// Who is told something of their own hears of it, and nobody else.
    async fn something_of_ones_own(fresh: Fresh) {
        let (server, lea) = asked(fresh).await;
        let mut ana = Visitor::joined(&server, "Ana").await;
        let (mut hers, mut other) = (ana.listens().await.unwrap(), lea.listens().await.unwrap());
        hers.next().await.unwrap();
        other.next().await.unwrap();
        ana.writes("no idea").await;
        loop {
            if hers.next().await.unwrap()["yours"] == true {
                break;
            }
        }
        assert!(ana.reads("/panel").await.body.contains("No harm in that"), "{}", ana.reads("/panel").await.body);
        ana.writes("a layer of proxies").await;
        loop {
            let event = other.next().await.unwrap();
            assert_eq!(event["yours"], false, "{event}");
            if event.to_string().contains("layer of proxies") {
                break;
            }
        }
        server.end().await;
    }

    async fn only_who_sits_here(fresh: Fresh) {
        let server = empty(fresh).await;
        let ana = Visitor::joined(&server, "Ana").await;
        let mut nobody = Visitor::new(&server);
        for value in [None, Some("0".repeat(64)), Some("x".into())] {
            nobody.cookies.extend(value.map(|value| (ana.cookies.keys().next().unwrap().clone(), value)));
            assert_eq!(Some(StatusCode::FORBIDDEN), nobody.listens_to("/events").await.err());
            assert_eq!(StatusCode::FORBIDDEN, nobody.reads("/panel").await.status);
        }
        server.end().await;
    }

    /// Whoever stops the program doesn't wait for open pages, which never end by themselves.
    async fn a_stop_ends_streams(fresh: Fresh) {
        let mut server = empty(fresh).await;
        let ana = Visitor::joined(&server, "Ana").await;
        let mut streams = Vec::new();
        for _ in 0..20 {
            let mut stream = ana.listens().await.unwrap();
            stream.next().await.unwrap();
            streams.push(stream);
        }
        let took = server.stop().await;
        assert!(took < Duration::from_secs(4), "it took {took:?}");
        for mut stream in streams {
            while stream.next().await.is_some() {}
        }
        server.end().await;
    }
}

/// Two machines with one database show one room.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers() {
    let Some(fresh) = Fresh::postgres().await else { return };
    let (here, lea) = asked(fresh).await;
    let there = here.beside().await;
    // A seat is known everywhere; only the cookie's name tells the ports of one machine apart.
    let mut ana = Visitor::joined(&there, "Ana").await;
    let mut stream = lea.listens().await.unwrap();
    stream.next().await.unwrap();
    ana.writes(MESH).await;
    let (_, text) = stream.until("layer of proxies").await;
    assert!(text.contains("Ana"), "{text}");
    // What is due is done once, whoever comes first.
    here.at("2026-11-25T08:00").await;
    there.settled().await;
    for (server, name) in [(&here, "Ben"), (&there, "Cleo")] {
        let visitor = Visitor::joined(server, name).await;
        assert_eq!(1, visitor.thread().matches("Closed: here is the answer").count(), "{}", visitor.thread());
    }
    there.end().await;
    here.end().await;
}
