//! The sender for Discord's REST interface, against a server on loopback: limits, lanes, faults, secrets.
//!
//! What is asserted of time is counted at the server or bounded from below, so that a slow machine changes nothing.

mod server;

use meshdrill::chat::discord::rest::{Fault, File, Lane, Limits, Part, Request, Rest, Route, Unusable};
use secrecy::SecretString;
use serde_json::{Value, json};
use server::{Answer, Asked, Server, TOKEN};
use std::collections::HashMap;
use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const INTERACTION: &str = "interaction-token-that-nobody-may-see";

fn post(channel: u64) -> Request {
    Request::new(Route::PostMessage { channel }).json(json!({"content": "hi", "nonce": "a", "enforce_nonce": true}))
}

fn callback() -> Request {
    let token = SecretString::from(INTERACTION);
    Request::new(Route::Callback { interaction: 7, token }).json(json!({"type": 5}))
}

fn follow_up() -> Request {
    Request::new(Route::FollowUp { application: 8, token: SecretString::from(INTERACTION) }).json(json!({"content": "hi"}))
}

/// Discord's, with waits that a test can afford.
fn brisk() -> Limits {
    Limits { first_backoff: Duration::from_millis(10), most_backoff: Duration::from_millis(20), ..Limits::DISCORD }
}

fn unlimited() -> Limits {
    Limits { requests: Limits::LIFTED, ..brisk() }
}

/// All at once, in this order. What became of each.
async fn all(rest: &Rest, lane: Lane, requests: impl IntoIterator<Item = Request>) -> Vec<Result<Value, Fault>> {
    let mut calls = JoinSet::new();
    for request in requests {
        let rest = rest.clone();
        calls.spawn(async move { rest.call(lane, request).await });
    }
    calls.join_all().await
}

/// Refuses what is too much for a window that begins with its first request, as Discord does, and says so in every answer.
#[derive(Default)]
struct Windows(Mutex<HashMap<String, (Instant, u32)>>);

impl Windows {
    fn answer(&self, bucket: &str, key: &str, limit: u32, window: Duration) -> Answer {
        let mut windows = self.0.lock().unwrap();
        let now = Instant::now();
        let (began, used) = windows.entry(format!("{bucket} {key}")).or_insert((now, 0));
        if *began + window <= now {
            (*began, *used) = (now, 0);
        }
        *used += 1;
        let after = (*began + window - now).as_secs_f64();
        let answer =
            if *used > limit { Answer::new(429, &json!({"retry_after": after, "global": false}).to_string()) } else { Answer::ok() };
        answer
            .header("x-ratelimit-bucket", bucket)
            .header("x-ratelimit-limit", limit)
            .header("x-ratelimit-remaining", limit.saturating_sub(*used))
            .header("x-ratelimit-reset-after", format!("{after:.3}"))
    }
}

#[tokio::test]
async fn a_backlog_never_goes_over_the_global_limit() {
    let window = Duration::from_millis(500);
    let server = Server::start(|_, _| Answer::ok()).await;
    let rest = server.rest(Limits { requests: 100, window, ..brisk() });
    let done = all(&rest, Lane::Bulk, (0..500).map(post)).await;
    assert!(done.iter().all(Result::is_ok));
    let asked = server.asked();
    assert_eq!(asked.len(), 500);
    // Five hundred at a hundred a window take more than four windows. How evenly they go is tested in virtual time: here, a busy machine
    // may deliver in one go what was sent evenly.
    let took = asked.last().unwrap().at - asked[0].at;
    assert!(took >= 4 * window, "{took:?}");
    assert_eq!(rest.counts().sent, 500);
    assert_eq!(rest.counts().waiting, 0);
}

#[tokio::test]
async fn an_answer_does_not_wait_behind_a_backlog() {
    let server = Server::start(|_, _| Answer::ok()).await;
    let rest = server.rest(Limits::DISCORD);
    let backlog = tokio::spawn({
        let rest = rest.clone();
        async move { all(&rest, Lane::Bulk, (0..10_000).map(post)).await }
    });
    server.wait_for(20).await;
    let before = server.asked().len();
    let react = Route::React { channel: 77_777, message: 2, emoji: "👀".to_owned() };
    rest.call(Lane::Answers, Request::new(react)).await.unwrap();
    rest.call(Lane::Answers, callback()).await.unwrap();
    let after = server.lines()[before..].to_vec();
    let ahead = |what: &str| after.iter().take_while(|line| !line.contains(what)).filter(|line| line.contains("/messages")).count();
    // A few were on their way already; how many hangs on the machine. Behind the backlog it would be ten thousand.
    assert!(ahead("reactions") < 100 && ahead("callback") < 100, "{after:?}");
    backlog.abort();
}

#[tokio::test]
async fn buckets_are_kept_to_without_a_single_refusal() {
    let windows = Windows::default();
    let server = Server::start(move |asked, _| {
        let channel = asked.path.split('/').nth(2).unwrap().to_owned();
        match asked.path.contains("reactions") {
            true => windows.answer("signs", &channel, 1, Duration::from_millis(60)),
            // Two routes that share a bucket.
            false => windows.answer("talk", &channel, 5, Duration::from_millis(250)),
        }
    })
    .await;
    let rest = server.rest(unlimited());
    let mut requests = Vec::new();
    for n in 0..8 {
        for channel in 1..4 {
            requests.push(post(channel));
            requests.push(Request::new(Route::EditMessage { channel, message: n }).json(json!({"content": "x"})));
            requests.push(Request::new(Route::React { channel, message: n, emoji: "👀".to_owned() }));
        }
    }
    let count = requests.len();
    // They know of each other once each was asked.
    rest.call(Lane::Answers, post(9)).await.unwrap();
    rest.call(Lane::Answers, Request::new(Route::EditMessage { channel: 9, message: 1 })).await.unwrap();
    let done = all(&rest, Lane::Answers, requests).await;
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    assert_eq!((server.asked().len(), rest.counts().limited), (count + 2, 0));
}

#[tokio::test]
async fn a_refused_one_waits_as_told_and_only_in_its_bucket() {
    let server = Server::start(|asked, before| match before {
        0 => Answer::new(429, r#"{"retry_after": 0.3, "global": false}"#).header("retry-after", 1),
        _ if asked.path.contains("/2/") => Answer::new(204, ""),
        _ => Answer::ok(),
    })
    .await;
    let rest = server.rest(brisk());
    let first = tokio::spawn({
        let rest = rest.clone();
        async move { rest.call(Lane::Answers, post(1)).await }
    });
    server.wait_for(1).await;
    while rest.counts().limited == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(rest.call(Lane::Answers, post(2)).await, Ok(Value::Null));
    first.await.unwrap().unwrap();
    assert_eq!(server.lines(), ["POST /channels/1/messages", "POST /channels/2/messages", "POST /channels/1/messages"]);
    let asked = server.asked();
    assert!(asked[2].at - asked[0].at >= Duration::from_millis(300));
    assert_eq!((rest.counts().limited, rest.counts().invalid, rest.counts().sent), (1, 1, 3));
}

#[tokio::test]
async fn a_global_refusal_stops_all_but_interactions() {
    let server = Server::start(|_, before| match before {
        0 => Answer::new(429, r#"{"retry_after": 0.4, "global": true}"#).header("x-ratelimit-global", "true"),
        _ => Answer::ok(),
    })
    .await;
    let rest = server.rest(brisk());
    let calls = tokio::spawn({
        let rest = rest.clone();
        async move { all(&rest, Lane::Bulk, [post(1), post(2)]).await }
    });
    while rest.counts().limited == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let refused = server.asked().len();
    rest.call(Lane::Answers, callback()).await.unwrap();
    rest.call(Lane::Answers, Request::new(Route::Channel { channel: 3 })).await.unwrap();
    assert!(calls.await.unwrap().iter().all(Result::is_ok));
    let (asked, lines) = (server.asked(), server.lines());
    assert!(lines[refused].contains("callback"), "{lines:?}");
    let next = asked[refused + 1].at - asked[0].at;
    assert!(next >= Duration::from_millis(400), "{next:?}");
}

#[tokio::test]
async fn a_wait_that_outlasts_the_patience_is_told_at_once() {
    let server = Server::start(|_, _| Answer::new(429, "banned").header("retry-after", 3_600)).await;
    let rest = server.rest(brisk());
    // Not Discord's interface itself: nothing goes any more, interactions included.
    for request in [post(1), post(2), callback()] {
        let fault = rest.call(Lane::Bulk, request).await.unwrap_err();
        assert!(matches!(fault, Fault::Later(wait) if wait > Duration::from_secs(3_500)), "{fault:?}");
    }
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn what_would_be_cut_off_is_not_begun() {
    let server = Server::start(|_, _| {
        let answer = Answer::ok().header("x-ratelimit-bucket", "one").header("x-ratelimit-limit", 1);
        answer.header("x-ratelimit-remaining", 0).header("x-ratelimit-reset-after", 3.5)
    })
    .await;
    let rest = server.rest(brisk());
    rest.call(Lane::Bulk, post(1)).await.unwrap();
    // Its turn would come half a second before the end of its time.
    let fault = rest.call(Lane::Bulk, post(1).within(Duration::from_secs(4))).await.unwrap_err();
    assert!(matches!(fault, Fault::Later(wait) if wait > Duration::from_secs(1)), "{fault:?}");
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn a_shared_limit_does_not_count_as_invalid() {
    let server = Server::start(|_, before| match before {
        0 => Answer::new(429, r#"{"retry_after": 0.01}"#).header("x-ratelimit-scope", "shared"),
        _ => Answer::ok(),
    })
    .await;
    let rest = server.rest(brisk());
    rest.call(Lane::Bulk, post(1)).await.unwrap();
    assert_eq!((rest.counts().limited, rest.counts().invalid), (1, 0));
}

#[tokio::test]
async fn faults_of_the_other_side_are_repeated_where_that_is_harmless() {
    let server = Server::start(|asked, before| match before {
        0 | 1 => Answer::new(502, "<html>"),
        _ if asked.path.contains("/2/") => Answer::new(503, ""),
        _ => Answer::ok(),
    })
    .await;
    let rest = server.rest(brisk());
    assert_eq!(rest.call(Lane::Answers, post(1)).await, Ok(json!({"id": "1"})));
    assert_eq!((server.asked().len(), rest.counts().broken), (3, 2));

    let short = Duration::from_millis(150);
    let lasting = Request::new(Route::Message { channel: 2, message: 1 }).within(short);
    assert!(matches!(rest.call(Lane::Answers, lasting).await, Err(Fault::Unreachable(_))), "nothing changes by reading");
    let lasting = Request::new(Route::EditMessage { channel: 2, message: 1 }).within(short);
    assert!(matches!(rest.call(Lane::Answers, lasting).await, Err(Fault::Unclear(_))));
    assert!(server.asked().len() > 6, "{:?}", server.lines());
}

#[tokio::test]
async fn what_may_not_be_repeated_is_asked_once() {
    let server = Server::start(|_, _| Answer::new(500, "{}")).await;
    let rest = server.rest(brisk());
    let forum = Request::new(Route::ForumPost { channel: 1 }).json(json!({"name": "x", "message": {"content": "x"}}));
    let without_nonce = Request::new(Route::PostMessage { channel: 1 }).json(json!({"content": "x", "nonce": "a"}));
    for (n, request) in (1..).zip([forum, without_nonce, callback(), follow_up()]) {
        let fault = rest.call(Lane::Answers, request).await.unwrap_err();
        assert!(matches!(fault, Fault::Unclear(_)), "{fault:?}");
        assert_eq!(server.asked().len(), n);
    }
}

/// Takes what it is asked and hangs up without a word, `lost` times; then answers. What it was asked.
fn hanging_up(lost: usize) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    std::thread::spawn(move || {
        for (n, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let mut text = String::new();
            while !text.ends_with('}') {
                let mut some = [0; 4_096];
                let read = stream.read(&mut some).unwrap();
                text.push_str(std::str::from_utf8(&some[..read]).unwrap());
            }
            seen.lock().unwrap().push(text.lines().last().unwrap().to_owned());
            if n >= lost {
                stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}").unwrap();
            }
        }
    });
    (base, asked)
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_only_where_that_is_harmless() {
    let token = SecretString::from(TOKEN);
    let (base, asked) = hanging_up(2);
    let rest = Rest::with_limits(&base, &token, brisk()).unwrap();
    assert_eq!(rest.call(Lane::Bulk, post(1)).await, Ok(json!({})));
    assert_eq!(*asked.lock().unwrap(), vec![r#"{"content":"hi","enforce_nonce":true,"nonce":"a"}"#; 3]);
    assert_eq!(rest.counts().lost, 2);

    let (base, asked) = hanging_up(1);
    let rest = Rest::with_limits(&base, &token, brisk()).unwrap();
    let fault = rest.call(Lane::Bulk, follow_up()).await.unwrap_err();
    assert!(matches!(fault, Fault::Unclear(_)), "{fault:?}");
    assert_eq!(asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_refusal_after_a_lost_answer_is_no_proof_that_nothing_was_done() {
    let script = |code: i64| {
        move |_: &Asked, before: usize| match before {
            0 => Answer::new(500, ""),
            _ => Answer::new(400, &json!({"code": code, "message": "no"}).to_string()),
        }
    };
    let server = Server::start(script(50_013)).await;
    let fault = server.rest(brisk()).call(Lane::Bulk, post(1)).await.unwrap_err();
    assert!(matches!(fault, Fault::Unclear(_)), "{fault:?}");
    // But this one is a proof of the opposite.
    let server = Server::start(script(160_004)).await;
    let thread = Request::new(Route::ThreadOnMessage { channel: 1, message: 2 }).json(json!({"name": "x"}));
    let fault = server.rest(brisk()).call(Lane::Bulk, thread).await.unwrap_err();
    assert!(matches!(fault, Fault::Refused { code: 160_004, .. }), "{fault:?}");
}

#[tokio::test]
async fn nobody_there_means_surely_not_done() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let rest = Rest::with_limits(&base, &SecretString::from(TOKEN), brisk()).unwrap();
    for request in [post(1), follow_up()] {
        let fault = rest.call(Lane::Bulk, request.within(Duration::from_millis(200))).await.unwrap_err();
        assert!(matches!(fault, Fault::Unreachable(_)), "{fault:?}");
    }
    assert!(rest.counts().sent >= 4, "both were tried again: {:?}", rest.counts());
}

#[tokio::test]
async fn slow_answers_are_not_waited_for_without_end() {
    let slow = Duration::from_secs(60);
    let server = Server::start(move |_, before| if before == 0 { Answer::ok().after(slow) } else { Answer::ok() }).await;
    let limits = Limits { attempt: Duration::from_millis(100), ..brisk() };
    assert_eq!(server.rest(limits.clone()).call(Lane::Bulk, post(1)).await, Ok(json!({"id": "1"})));
    assert_eq!(server.asked().len(), 2);

    let server = Server::start(move |_, _| Answer::ok().after(slow)).await;
    let fault = server.rest(limits).call(Lane::Bulk, callback()).await.unwrap_err();
    assert!(matches!(fault, Fault::Unclear(_)), "{fault:?}");
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn many_refusals_stop_bulk_long_before_everything() {
    let server = Server::start(|_, _| Answer::new(403, r#"{"code": 50013, "message": "Missing Permissions"}"#)).await;
    let rest = server.rest(Limits { invalid_stops_bulk: 20, invalid_stops_all: 30, ..unlimited() });
    let refused = Fault::Refused { status: 403, code: 50_013, message: "Missing Permissions".to_owned() };
    for channel in 0..20 {
        assert_eq!(rest.call(Lane::Bulk, post(channel)).await, Err(refused.clone()));
    }
    let fault = rest.call(Lane::Bulk, post(1)).await.unwrap_err();
    assert!(matches!(fault, Fault::Later(wait) if wait > Duration::from_secs(500)), "{fault:?}");
    for _ in 0..10 {
        assert_eq!(rest.call(Lane::Answers, post(1)).await, Err(refused.clone()));
    }
    for request in [post(1), callback()] {
        let fault = rest.call(Lane::Answers, request).await.unwrap_err();
        assert!(matches!(fault, Fault::Later(_)), "{fault:?}");
    }
    assert_eq!((server.asked().len(), rest.counts().invalid), (30, 30));
}

#[tokio::test]
async fn callers_that_go_away_leave_nothing_behind() {
    let server = Server::start(|_, before| {
        let answer = Answer::ok().header("x-ratelimit-bucket", "one").header("x-ratelimit-limit", 1);
        let answer = answer.header("x-ratelimit-remaining", 0).header("x-ratelimit-reset-after", 0.01);
        if before == 0 { answer.after(Duration::from_secs(60)) } else { answer }
    })
    .await;
    let rest = server.rest(brisk());
    let calls = tokio::spawn({
        let rest = rest.clone();
        async move { all(&rest, Lane::Bulk, (0..100).map(|_| post(1))).await }
    });
    server.wait_for(1).await;
    assert_eq!(rest.counts().waiting, 99, "one probes, the others wait for what it hears");
    calls.abort();
    assert!(calls.await.is_err());
    rest.call(Lane::Bulk, post(1)).await.unwrap();
    assert_eq!((rest.counts().waiting, server.asked().len()), (0, 2));
}

#[tokio::test]
async fn requests_are_as_discord_wants_them() {
    let server = Server::start(|_, _| Answer::ok()).await;
    let rest = server.rest(unlimited());
    let react = Route::React { channel: 1, message: 2, emoji: "👍".to_owned() };
    let requests = [
        Request::new(Route::Commands { application: 5 }),
        Request::new(Route::Messages { channel: 1, limit: 100, part: Part::After(9) }),
        Request::new(react),
        follow_up(),
    ];
    for request in requests {
        rest.call(Lane::Answers, request).await.unwrap();
    }
    let lines = server.lines();
    assert_eq!(
        lines,
        [
            "GET /applications/5/commands?with_localizations=true",
            "GET /channels/1/messages?limit=100&after=9",
            "PUT /channels/1/messages/2/reactions/%F0%9F%91%8D/@me",
            &format!("POST /webhooks/8/{INTERACTION}"),
        ]
    );
    let asked = server.asked();
    let header = |n: usize, name: &str| asked[n].headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(header(0, "authorization"), Some(format!("Bot {TOKEN}")));
    assert_eq!(header(3, "authorization"), None, "an interaction's token is enough");
    assert_eq!(header(0, "user-agent"), Some(format!("DiscordBot (meshdrill, {})", env!("CARGO_PKG_VERSION"))));
    assert_eq!(header(2, "content-length").as_deref(), Some("0"));
    assert_eq!(header(3, "content-type").as_deref(), Some("application/json"));
}

#[tokio::test]
async fn files_go_beside_the_body() {
    let server = Server::start(|_, _| Answer::ok()).await;
    let file = |name: &str, bytes: &[u8]| File { name: name.to_owned(), bytes: bytes.to_vec(), mime: "image/png" };
    let request = post(1).file(file("board.png", b"\x89PNG\0\xff")).file(file("own.png", b"second"));
    server.rest(unlimited()).call(Lane::Bulk, request).await.unwrap();
    let asked = &server.asked()[0];
    let kind = asked.headers["content-type"].to_str().unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let mut expected = Vec::new();
    let mut part = |head: &str, kind: &str, bytes: &[u8]| {
        expected.extend_from_slice(
            format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\nContent-Type: {kind}\r\n\r\n").as_bytes(),
        );
        expected.extend_from_slice(bytes);
        expected.extend_from_slice(b"\r\n");
    };
    part(r#"name="payload_json""#, "application/json", br#"{"content":"hi","enforce_nonce":true,"nonce":"a"}"#);
    part(r#"name="files[0]"; filename="board.png""#, "image/png", b"\x89PNG\0\xff");
    part(r#"name="files[1]"; filename="own.png""#, "image/png", b"second");
    expected.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    assert_eq!(asked.body.escape_ascii().to_string(), expected.escape_ascii().to_string());
}

/// Everything that is logged in this thread, at the finest level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_secret_is_in_logs_errors_or_debug() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let mut said = String::new();
    let statuses = [500, 403, 429];
    let server = Server::start(move |_, before| Answer::new(statuses[before % 3], r#"{"retry_after": 100.0}"#)).await;
    let (lost, _) = hanging_up(usize::MAX);
    for base in [server.base.as_str(), &lost, "http://127.0.0.1:1"] {
        let rest = Rest::with_limits(base, &SecretString::from(TOKEN), brisk()).unwrap();
        for request in [follow_up(), follow_up(), follow_up(), post(1)] {
            said += &format!("{rest:?} {request:?}");
            let fault = rest.call(Lane::Answers, request.within(Duration::from_millis(100))).await.unwrap_err();
            said += &format!("{fault:?} {fault}\n");
        }
    }
    drop(guard);
    said += std::str::from_utf8(&log.0.lock().unwrap()).unwrap();
    for expected in ["Unclear", "Refused", "Later", "Unreachable", "Discord asks to wait", "POST /webhooks/{webhook}/{token}"] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    assert!(!said.contains(TOKEN) && !said.contains(INTERACTION), "{said}");
}

#[tokio::test]
async fn addresses_are_understood_with_and_without_the_end() {
    let token = SecretString::from(TOKEN);
    let understood = |base: &str| Rest::new(base, &token).map(|rest| format!("{rest:?}")).map_err(|error| error.to_string());
    for (given, used) in [
        ("https://discord.com", "https://discord.com/api/v10"),
        ("https://discord.com/api/", "https://discord.com/api/v10"),
        (" https://discord.com/api/v10/ ", "https://discord.com/api/v10"),
        ("http://127.0.0.1:9/chat/", "http://127.0.0.1:9/chat/api/v10"),
        ("http://[::1]:9/chat/api/v10", "http://[::1]:9/chat/api/v10"),
    ] {
        assert_eq!(understood(given), Ok(format!("Rest({used})")), "{given}");
    }
    for (given, why) in [
        ("discord.com", "relative URL without a base"),
        ("ftp://discord.com", "neither https:// nor http://"),
        ("https://discord.com/api/v9", "version 10"),
        ("https://discord.com/api?x=1", "doesn't belong"),
    ] {
        assert!(understood(given).unwrap_err().contains(why), "{given}: {:?}", understood(given));
    }
    assert!(!understood("https://me:hush@discord.com").unwrap_err().contains("hush"));
    for token in ["", " ", "two words", "line\nbreak"] {
        assert_eq!(Rest::new("https://discord.com", &SecretString::from(token)).unwrap_err(), Unusable::Token, "{token:?}");
    }
}
