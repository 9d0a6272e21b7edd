//! Faults on demand and rate limits.

use super::bot::ask;
use crate::discord::double::{Discord, Fault, Limit};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn hi() -> Value {
    json!({ "content": "hi", "allowed_mentions": { "parse": [] } })
}

const POST: &str = "POST /channels/*/messages";

#[tokio::test]
async fn what_can_go_wrong() {
    let discord = Discord::start().await;
    let server = discord.server("Berlin");
    let text = server.text("istio");
    let path = format!("{}/messages", text.path());
    let said = || text.messages().len();

    discord.fault(POST, 1, 1, Fault::Status(503));
    assert_eq!(ask(&discord, "POST", &path, hi()).await.0, 200, "one is spared");
    assert_eq!((ask(&discord, "POST", &path, hi()).await.0, said()), (503, 1), "nothing is done");
    discord.fault(POST, 0, 2, Fault::StatusAfter(502));
    assert_eq!((ask(&discord, "GET", &path, Value::Null).await.0, said()), (200, 1), "another route");
    assert_eq!((ask(&discord, "POST", &path, hi()).await.0, said()), (502, 2), "it is done");
    assert_eq!((ask(&discord, "POST", &path, hi()).await.0, said()), (502, 3));
    assert_eq!(ask(&discord, "POST", &path, hi()).await.0, 200);

    discord.fault("", 0, 1, Fault::TooMany { after: Duration::from_millis(1_500), global: true });
    let url = format!("{}{path}", discord.api_url());
    let request = || {
        let bot = format!("Bot {}", discord.token());
        let request = reqwest::Client::new().post(&url).header("user-agent", "DiscordBot (x, 1)").header("authorization", bot);
        request.header("content-type", "application/json").body(hi().to_string())
    };
    let response = request().send().await.unwrap();
    assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (429, &"2".parse().unwrap()));
    assert_eq!(response.headers()["x-ratelimit-global"], "true");
    let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    assert_eq!(body, json!({ "message": "You are being rate limited.", "retry_after": 1.5, "global": true }));

    discord.fault(POST, 0, 1, Fault::Closed);
    assert!(request().send().await.is_err());
    assert_eq!(said(), 4);
    discord.fault(POST, 0, 1, Fault::ClosedAfter);
    assert!(request().send().await.is_err());
    assert_eq!(said(), 5, "it is done all the same");

    for (fault, done) in [(Fault::Slow(Duration::from_millis(300)), 5), (Fault::SlowAfter(Duration::from_millis(300)), 6)] {
        discord.fault(POST, 0, 1, fault);
        let begun = Instant::now();
        let (status, ()) = tokio::join!(ask(&discord, "POST", &path, hi()), async {
            tokio::time::sleep(Duration::from_millis(150)).await;
            assert_eq!(said(), done);
        });
        assert!(status.0 == 200 && begun.elapsed() >= Duration::from_millis(300));
        text.removes(text.messages()[0]["id"].as_str().unwrap().parse().unwrap());
    }
    discord.fault("", 0, 100, Fault::Status(500));
    discord.no_faults();
    assert_eq!(ask(&discord, "POST", &path, hi()).await.0, 200);
    assert_eq!(discord.asked(POST, 503, 0).await.body["content"], "hi");
    assert_eq!(discord.requests().iter().filter(|seen| seen.status == 502).count(), 2);
    discord.end().await;
}

#[tokio::test]
async fn limits_are_told_and_kept() {
    let discord = Discord::start().await;
    let server = discord.server("Berlin");
    let (text, other) = (server.text("istio"), server.text("other"));
    let path = format!("{}/messages", text.path());
    discord.limit(POST, Limit { requests: 2, per: Duration::from_millis(400) });
    let sent = async |path: &str| {
        let request = reqwest::Client::new().post(format!("{}{path}", discord.api_url())).header("user-agent", "DiscordBot (x, 1)");
        let request = request.header("authorization", format!("Bot {}", discord.token())).header("content-type", "application/json");
        let response = request.body(hi().to_string()).send().await.unwrap();
        let header = |name: &str| response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        (response.status().as_u16(), header("x-ratelimit-remaining"), header("x-ratelimit-bucket"), header("x-ratelimit-reset-after"))
    };
    let first = sent(&path).await;
    assert_eq!((first.0, first.1.as_str()), (200, "1"));
    assert!((0.2..=0.4).contains(&first.3.parse::<f64>().unwrap()), "{first:?}");
    assert_eq!(sent(&path).await.1, "0");
    assert_eq!(sent(&path).await.0, 429);
    let elsewhere = sent(&format!("{}/messages", other.path())).await;
    assert_eq!((elsewhere.0, &elsewhere.2), (200, &first.2), "one bucket a channel, with one name");
    tokio::time::sleep(Duration::from_millis(410)).await;
    assert_eq!(sent(&path).await.0, 200);
    assert_eq!(discord.times_limited(), 1);
    discord.end().await;
}

#[tokio::test]
async fn fifty_a_second_and_no_more() {
    let discord = Discord::start().await;
    discord.real_limits();
    let server = discord.server("Berlin");
    let begun = Instant::now();
    let (mut passed, mut refused) = (0, 0);
    for number in 0..60 {
        let text = server.text(&format!("c{number}"));
        match ask(&discord, "POST", &format!("{}/messages", text.path()), hi()).await {
            (200, _) => passed += 1,
            (429, body) => {
                assert_eq!(body["global"], true);
                refused += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(passed >= 50 && (refused > 0 || begun.elapsed() > Duration::from_secs(1)), "{passed} passed, {refused} refused");
    discord.end().await;
}
