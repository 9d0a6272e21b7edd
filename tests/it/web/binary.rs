//! The program itself: what `serve` prints, how it ends, and what it says when it can't begin.

use super::server::PATIENCE;
use super::visitor::ask;
use reqwest::{Method, StatusCode};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A program that doesn't outlive its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn meshdrill(folder: &tempfile::TempDir, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meshdrill"));
    for name in ["DATABASE_URL", "MESHDRILL_DATA", "MESHDRILL_PACKS", "RUST_LOG"] {
        command.env_remove(name);
    }
    command.arg("serve").args(args).arg("--data").arg(folder.path().join("data")).current_dir(folder.path());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts it and reads what it prints up to its last line.
fn started(folder: &tempfile::TempDir, args: &[&str]) -> (Running, Vec<String>) {
    let mut running = Running(meshdrill(folder, args).spawn().unwrap());
    let mut lines = Vec::new();
    for line in BufReader::new(running.0.stdout.as_mut().unwrap()).lines() {
        lines.push(line.unwrap());
        if lines.last().unwrap().contains("Ctrl+C") {
            return (running, lines);
        }
    }
    let mut said = String::new();
    running.0.stderr.as_mut().unwrap().read_to_string(&mut said).unwrap();
    panic!("it ended: {lines:?} {said}");
}

fn address(lines: &[String], label: &str) -> String {
    let line = lines.iter().find(|line| line.starts_with(label)).unwrap_or_else(|| panic!("no {label} in {lines:?}"));
    line.split_whitespace().last().unwrap().to_owned()
}

/// Waits for its end.
fn ended(mut running: Running) -> (Option<i32>, String, Duration) {
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = running.0.try_wait().unwrap() {
            break status;
        }
        assert!(begun.elapsed() < PATIENCE, "it doesn't end");
        std::thread::sleep(Duration::from_millis(10));
    };
    let mut said = String::new();
    running.0.stderr.as_mut().unwrap().read_to_string(&mut said).unwrap();
    (status.code(), said, begun.elapsed())
}

fn signal(running: &Running, signal: rustix::process::Signal) {
    rustix::process::kill_process(rustix::process::Pid::from_child(&running.0), signal).unwrap();
}

/// It prints where it is, serves, and ends in time when told to, with a page still open and listening.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serves_until_it_is_told_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    for stop in [rustix::process::Signal::TERM, rustix::process::Signal::INT] {
        let (running, lines) = started(&folder, &["--port", "0"]);
        let room = address(&lines, "The room is open:");
        let lead = address(&lines, "To lead it (once):");
        assert!(lead.starts_with(&format!("{room}?key=")) && room.starts_with("http://127.0.0.1:"), "{lines:?}");
        assert!(!lines.iter().any(|line| line.contains("Warning") || line.contains("invite")), "{lines:?}");
        let ready = ask(&format!("{room}readyz"), Method::GET, &[], String::new()).await;
        assert_eq!((StatusCode::OK, "ready\n"), (ready.status, ready.body.as_str()));
        let mut ana = super::Visitor::new_at(room.trim_end_matches('/').to_owned());
        ana.open("/").await;
        // The second start finds her seat taken: nothing was lost.
        ana.comes_in("Ana").await;
        let taken = ana.page.text().contains("already called that");
        assert_eq!(stop == rustix::process::Signal::INT, taken, "{}", ana.page.text());
        let stream = if taken { None } else { Some(ana.listens_to("/events").await.unwrap()) };
        signal(&running, stop);
        let (code, said, took) = tokio::task::spawn_blocking(|| ended(running)).await.unwrap();
        assert_eq!((Some(0), ""), (code, said.as_str()));
        assert!(took < Duration::from_secs(5), "it took {took:?}");
        drop(stream);
    }
}

/// A port that somebody has, and an address that isn't this machine's: one clear line, and nothing was opened.
#[test]
fn says_why_it_cant_begin() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for args in [vec!["--port", &port], vec!["--port", "0", "--listen", "192.0.2.1"]] {
        let Output { status, stdout, stderr } = meshdrill(&folder, &args).output().unwrap();
        let said = String::from_utf8(stderr).unwrap();
        assert_eq!((Some(2), ""), (status.code(), std::str::from_utf8(&stdout).unwrap()), "{said}");
        assert!(said.starts_with("meshdrill: ") && said.lines().next().unwrap().contains("can't be listened on"), "{said}");
        assert!(said.lines().count() <= 2 && !said.contains("panicked"), "{said}");
    }
    assert!(!folder.path().join("data").exists(), "a room that nobody can reach was opened");
}

/// Open to others it warns, and newcomers need the key.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn open_to_others() {
    let folder = tempfile::tempdir().unwrap();
    let (running, lines) = started(&folder, &["--port", "0", "--listen", "0.0.0.0", "--host", "drill.example"]);
    assert!(lines.iter().any(|line| line.starts_with("Warning: ") && line.contains("not encrypted")), "{lines:?}");
    let room = address(&lines, "The room is open:");
    let page = ask(&room, Method::GET, &[("host", "drill.example")], String::new()).await;
    assert!(page.status == StatusCode::OK && page.body.contains("The room's key"), "{page:?}");
    let foreign = ask(&room, Method::GET, &[("host", "evil.example")], String::new()).await;
    assert_eq!(StatusCode::MISDIRECTED_REQUEST, foreign.status);
    let invite = address(&lines, "To invite others:");
    let mut ana = super::Visitor::new_at(room.trim_end_matches('/').to_owned());
    assert!(invite.starts_with("https://drill.example/?key="), "{invite}");
    ana.open(&invite[invite.find("/?").unwrap()..]).await;
    ana.comes_in("Ana").await;
    assert!(ana.page.text().contains("Nothing has been asked here yet"), "{}", ana.page.text());
    signal(&running, rustix::process::Signal::TERM);
    let (code, said, _) = tokio::task::spawn_blocking(|| ended(running)).await.unwrap();
    assert_eq!((Some(0), ""), (code, said.as_str()));
}
