//! The real server in this process, on a free port of loopback, over a database of either engine, with a clock that the test moves.

use crate::databases::Fresh;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use meshdrill::bank::Pack;
use meshdrill::chat::local::web::{Doors, Hosts, Web};
use meshdrill::http;
use meshdrill::quiz::Quiz;
use meshdrill::store::{Db, Ts};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// The link that makes its first user lead, in every room of these tests.
pub(crate) const LEAD_KEY: &str = "1ead00000000000000000000000000ea";
/// What newcomers bring where the room is open to others.
pub(crate) const JOIN_KEY: &str = "90190000000000000000000000000090";
/// How long anything may take before a test gives up. A machine under load is slow, not broken.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
const ZONE: &str = "Europe/Berlin";

/// The time of day of one or several servers.
#[derive(Clone)]
pub(crate) struct Clock(Arc<Mutex<Timestamp>>);

impl Clock {
    /// Tuesday 24 November 2026, 08:30 in Berlin.
    pub(crate) fn new() -> Clock {
        Clock(Arc::new(Mutex::new("2026-11-24T07:30:00Z".parse().unwrap())))
    }

    pub(crate) fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    /// The time, which never stands still: what happens later is later.
    pub(crate) fn tick(&self) -> Timestamp {
        let mut now = self.0.lock().unwrap();
        *now += SignedDuration::from_millis(1);
        *now
    }

    pub(crate) fn set(&self, now: Timestamp) {
        *self.0.lock().unwrap() = now;
    }
}

/// How a room is opened.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    /// The questions of the tests' pack that it asks; none: it has the program's own.
    pub(crate) questions: Vec<&'static str>,
    /// Newcomers bring [`JOIN_KEY`], and any address of the machine leads here, as with `--listen`.
    pub(crate) to_others: bool,
}

impl Opened {
    /// For this machine alone, with these questions.
    pub(crate) fn with(questions: &[&'static str]) -> Opened {
        Opened { questions: questions.to_vec(), to_others: false }
    }
}

/// A running server.
pub(crate) struct Server {
    fresh: Arc<Fresh>,
    opened: Opened,
    pub(crate) clock: Clock,
    /// How many programs were started on this database; each draws its own chances.
    starts: u64,
    /// Where it listens. A restarted one listens there again.
    pub(crate) address: SocketAddr,
    running: Option<Running>,
}

struct Running {
    web: Arc<Web>,
    /// A second pair of eyes on the same store: when something is due next.
    watch: Quiz,
    stop: oneshot::Sender<()>,
    served: JoinHandle<anyhow::Result<()>>,
}

impl Server {
    /// The first one on a database.
    pub(crate) async fn start(fresh: Fresh, opened: Opened) -> Server {
        Server::start_on(Arc::new(fresh), opened, Clock::new(), 0).await
    }

    /// Another one beside this, as a second machine with the same database would run. PostgreSQL only: SQLite's file has one owner.
    pub(crate) async fn beside(&self) -> Server {
        Server::start_on(Arc::clone(&self.fresh), self.opened.clone(), self.clock.clone(), 1000).await
    }

    async fn start_on(fresh: Arc<Fresh>, opened: Opened, clock: Clock, starts: u64) -> Server {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let mut server = Server { fresh, opened, clock, starts, address, running: None };
        server.run().await;
        server
    }

    async fn run(&mut self) {
        self.starts += 1;
        let listening = http::listen(self.address).await.unwrap();
        self.address = listening.address;
        let db: Db = self.fresh.open().await;
        let packs: Vec<Pack> = match self.opened.questions.as_slice() {
            [] => meshdrill::bank::load::embedded().unwrap(),
            questions => vec![crate::room::pack(questions)],
        };
        let doors = Doors {
            lead: LEAD_KEY.into(),
            join: self.opened.to_others.then(|| JOIN_KEY.into()),
            hosts: Hosts { names: vec!["drill.example".into()], any_address: self.opened.to_others },
            port: self.address.port(),
        };
        let watch = Quiz::new(db.clone(), packs.clone(), ZONE, 0);
        let clock = self.clock.clone();
        let quiz = Arc::new(Quiz::new(db, packs, ZONE, self.starts));
        let web = Web::new(Arc::clone(&quiz), doors, Arc::new(move || clock.tick())).await.unwrap();
        let (stop, stopped) = oneshot::channel();
        let is_ready = move || {
            let quiz = Arc::clone(&quiz);
            async move { quiz.next_due().await.is_ok() }
        };
        let served = tokio::spawn(http::serve(listening, Some(Arc::clone(&web)), is_ready, async move { drop(stopped.await) }));
        self.running = Some(Running { web, watch, stop, served });
    }

    /// Tells the server to stop, and gives how long it took to have ended.
    pub(crate) async fn stop(&mut self) -> Duration {
        let Running { stop, served, web, watch } = self.running.take().unwrap();
        let told = Instant::now();
        stop.send(()).unwrap();
        served.await.unwrap().unwrap();
        drop(web);
        watch.db().close().await;
        told.elapsed()
    }

    /// Ends the program and starts it again, on the same database and the same port.
    pub(crate) async fn restart(&mut self) {
        if self.running.is_some() {
            self.stop().await;
        }
        self.run().await;
    }

    /// Stops and removes the database.
    pub(crate) async fn end(mut self) {
        if self.running.is_some() {
            self.stop().await;
        }
        // Another server on the same database may still stand.
        if let Ok(fresh) = Arc::try_unwrap(self.fresh) {
            fresh.remove().await;
        }
    }

    /// Lets the clock go on to a local time in Berlin, with everything due before it at its own time.
    pub(crate) async fn at(&self, local: &str) {
        let local: jiff::civil::DateTime = local.parse().unwrap();
        self.until(local.to_zoned(TimeZone::get(ZONE).unwrap()).unwrap().timestamp()).await;
    }

    /// Lets the clock go on for so many seconds.
    pub(crate) async fn wait(&self, seconds: i64) {
        self.until(self.clock.now() + SignedDuration::from_secs(seconds)).await;
    }

    async fn until(&self, until: Timestamp) {
        let watch = &self.running.as_ref().unwrap().watch;
        while let Some(next) = watch.next_due().await.unwrap().filter(|next| *next <= until) {
            self.clock.set(next.max(self.clock.now()));
            self.settled().await;
        }
        self.clock.set(until.max(self.clock.now()));
        self.settled().await;
    }

    /// Waits until the server has done what is due by now and said what is to be said.
    pub(crate) async fn settled(&self) {
        let Running { web, watch, .. } = self.running.as_ref().unwrap();
        let begun = Instant::now();
        web.look();
        while watch.next_due().await.unwrap().is_some_and(|next| next <= self.clock.now()) || self.is_speaking().await {
            assert!(begun.elapsed() < PATIENCE, "the server doesn't do what is due");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Something that may be said by now is not said yet.
    async fn is_speaking(&self) -> bool {
        let db = self.running.as_ref().unwrap().watch.db();
        let unsaid = db.sql("SELECT about FROM outbox WHERE state IN ('ready', 'leased') AND not_before <= $1");
        let unsaid: Vec<(String,)> = unsaid.bind(Ts::from(self.clock.now())).all().await.unwrap();
        !unsaid.is_empty()
    }

    /// What address a browser opens.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}
