//! The room under load: 200 members watch one page while 50 answers a second come in by the form of the thread.
//!
//! `cargo bench --bench room` starts the program itself (`serve --port 0`, embedded SQLite) and speaks plain HTTP to it. Watchers and
//! writers run on the same cores as the server. It prints how soon the program listens, the first byte of the page, the time from an
//! answer's sending to its event at each watcher, and the server's peak of resident memory.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const MEMBERS: usize = 200;
const ANSWERS: usize = 500;
const EVERY: Duration = Duration::from_millis(20);

/// A member's browser: where the room is, and the cookie.
#[derive(Clone)]
struct Member {
    at: String,
    cookie: String,
}

struct Reply {
    head: String,
    body: String,
    first_byte: Duration,
}

impl Member {
    async fn ask(&mut self, request: String) -> Reply {
        let begun = Instant::now();
        let mut stream = TcpStream::connect(&self.at).await.expect("the room listens");
        stream.write_all(request.as_bytes()).await.expect("the room reads");
        let mut bytes = vec![0; 1];
        stream.read_exact(&mut bytes).await.expect("the room answers");
        let first_byte = begun.elapsed();
        stream.read_to_end(&mut bytes).await.expect("the room answers");
        let text = String::from_utf8(bytes).expect("pages are UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").expect("an HTTP answer");
        if let Some(cookie) = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")) {
            self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        }
        Reply { head: head.to_owned(), body: body.to_owned(), first_byte }
    }

    async fn get(&mut self, path: &str) -> Reply {
        let Member { at, cookie } = &*self;
        self.ask(format!("GET {path} HTTP/1.1\r\nHost: {at}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n")).await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&");
        let Member { at, cookie } = &*self;
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nCookie: {cookie}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.ask(request).await
    }

    /// Opens the room and says something from its page.
    async fn say(&mut self, text: &str) -> Reply {
        let page = self.get("/").await.body;
        self.post("/say", &[("token", field(&page, "token")), ("id", field(&page, "id")), ("topic", field(&page, "topic")), ("text", text)])
            .await
    }

    async fn press(&mut self, button: &str) -> Reply {
        let page = self.get("/").await.body;
        let at = page.find(&format!("value=\"{button}")).unwrap_or_else(|| panic!("no button {button}"));
        let button = page[at + 7..].split('"').next().unwrap_or_default();
        self.post("/press", &[("token", field(&page, "token")), ("id", field(&page, "id")), ("topic", ""), ("button", button)]).await
    }

    async fn join(&mut self, path: &str, name: &str) {
        let page = self.get(path).await.body;
        let fields = [("token", field(&page, "token")), ("key", field(&page, "key")), ("name", name), ("zone", "Europe/Berlin")];
        let reply = self.post("/join", &fields).await;
        assert!(reply.head.starts_with("HTTP/1.1 303"), "{name} can't join: {}", reply.head);
    }
}

/// The value of a page's first hidden field of this name.
fn field<'p>(page: &'p str, name: &str) -> &'p str {
    let begins = format!("name=\"{name}\" value=\"");
    let at = page.find(&begins).unwrap_or_else(|| panic!("no field {name}"));
    page[at + begins.len()..].split('"').next().unwrap_or_default()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// What is measured on the way.
#[derive(Default)]
struct Measured {
    /// When each answer was sent, by its number.
    sent: Mutex<HashMap<String, Instant>>,
    /// From an answer's sending to its event, once for each watcher.
    events: Mutex<Vec<Duration>>,
    /// From a form's sending to the end of its answer.
    posts: Mutex<Vec<Duration>>,
    /// How many pages have their first event.
    watching: AtomicUsize,
}

fn held<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().expect("nobody panics while holding it")
}

/// Reads the events of a page until the connection ends, and notes how long each answer took to come.
async fn watch(member: Member, topic: String, seen: String, measured: Arc<Measured>) {
    let Member { at, cookie } = member;
    let mut stream = TcpStream::connect(&at).await.expect("the room listens");
    let request = format!("GET /events?topic={topic}&seen={seen} HTTP/1.1\r\nHost: {at}\r\nCookie: {cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("the room reads");
    let (mut text, mut chunk, mut known) = (Vec::new(), vec![0; 64 * 1024], HashSet::new());
    let mut first = true;
    while let Ok(n @ 1..) = stream.read(&mut chunk).await {
        let now = Instant::now();
        text.extend_from_slice(&chunk[..n]);
        while let Some(end) = text.windows(2).position(|two| two == b"\n\n") {
            let event = String::from_utf8_lossy(&text[..end]).into_owned();
            text.drain(..end + 2);
            if std::mem::take(&mut first) {
                measured.watching.fetch_add(1, Ordering::Relaxed);
            }
            for mark in event.split("number-").skip(1) {
                let number: String = mark.chars().take_while(char::is_ascii_digit).collect();
                if let Some(sent) = held(&measured.sent).get(&number)
                    && known.insert(number)
                {
                    held(&measured.events).push(now - *sent);
                }
            }
        }
    }
}

/// Opens the room as a browser does, answers in its thread, and notes how long that took.
async fn answer(mut member: Member, n: usize, topic: String, measured: Arc<Measured>) {
    let page = member.get("/").await.body;
    let text = format!("answer: number-{n} sets mutual TLS to strict mode for the workloads of a namespace");
    let fields = [("token", field(&page, "token")), ("id", field(&page, "id")), ("topic", &*topic), ("text", &*text)];
    let begun = Instant::now();
    held(&measured.sent).insert(n.to_string(), begun);
    let reply = member.post("/say", &fields).await;
    assert!(reply.head.starts_with("HTTP/1.1 303"), "{}", reply.head);
    held(&measured.posts).push(begun.elapsed());
}

/// The program, and what it printed.
fn start(folder: &std::path::Path) -> (Child, String, String, Duration) {
    let begun = Instant::now();
    let mut program = Command::new(env!("CARGO_BIN_EXE_meshdrill"))
        .args(["serve", "--port", "0", "--seed", "1", "--data"])
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut lines = BufReader::new(program.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let open = lines.next().expect("it says where it listens");
    let listening = begun.elapsed();
    let lead = lines.next().expect("it says how to lead");
    let at = open.split("http://").nth(1).expect("an address").trim_end_matches('/').to_owned();
    (program, at, format!("/{}", lead.rsplit('/').next().expect("a link")), listening)
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut program, at, lead, listening) = start(folder.path());
    let mut ana = Member { at: at.clone(), cookie: String::new() };
    ana.join(&lead, "Ana").await;
    ana.say("/istio setup").await;
    ana.press("setup-start").await;
    ana.say("/istio schedule post").await;
    let mut members = Vec::new();
    for n in 0..MEMBERS {
        let mut member = Member { at: at.clone(), cookie: String::new() };
        member.join("/", &format!("member {n:03} of the team")).await;
        members.push(member);
    }
    let page = members[0].get("/").await;
    let attribute =
        |name: &str| page.body.split(&format!("data-{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    let (topic, seen) = (attribute("topic").to_owned(), attribute("seen").to_owned());
    let measured = Arc::new(Measured::default());
    for member in &members {
        tokio::spawn(watch(member.clone(), topic.clone(), seen.clone(), Arc::clone(&measured)));
    }
    while measured.watching.load(Ordering::Relaxed) < MEMBERS {
        tokio::time::sleep(EVERY).await;
    }
    let (mut tick, begun) = (tokio::time::interval(EVERY), Instant::now());
    let mut under_way = Vec::new();
    for n in 0..ANSWERS {
        tick.tick().await;
        under_way.push(tokio::spawn(answer(members[n % MEMBERS].clone(), n, topic.clone(), Arc::clone(&measured))));
    }
    for task in under_way {
        task.await.expect("an answer is taken");
    }
    let lasted = begun.elapsed();
    tokio::time::sleep(Duration::from_secs(3)).await;
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim();
    println!("listening after {listening:.0?}; {MEMBERS} watchers, {ANSWERS} answers in {lasted:.1?}; peak of resident memory {peak}");
    report("from an answer's sending to its event", &mut held(&measured.events));
    report("from a form's sending to the end of its answer", &mut held(&measured.posts));
    let mut pages = Vec::new();
    for _ in 0..50 {
        pages.push(ana.get("/").await.first_byte);
    }
    report("first byte of the page with all answers in its thread", &mut pages);
    println!("first byte of the page with nothing in its thread: {:.1?}", page.first_byte);
    let _ = program.kill();
    let _ = program.wait();
}

fn report(what: &str, took: &mut [Duration]) {
    took.sort();
    let at = |percent: usize| took[(took.len() * percent / 100).min(took.len() - 1)];
    println!("{what}: p50 {:.1?}, p99 {:.1?}, slowest {:.1?} of {}", at(50), at(99), at(100), took.len());
}
