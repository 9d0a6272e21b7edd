//! The bot as a process of its own, which can be killed: the test binary runs itself with the name of one test, which is the bot where the
//! environment says so and nothing where it doesn't.

use super::QUESTIONS;
use crate::databases::Fresh;
use crate::discord::bot::ZONE;
use crate::discord::double::{Discord as Double, Told};
use crate::discord::standing::{PATIENCE, Runs, Standing};
use jiff::{SignedDuration, Timestamp};
use meshdrill::chat::discord::{Discord, PLATFORM, Settings};
use meshdrill::quiz::Quiz;
use meshdrill::store::Db;
use secrecy::SecretString;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const API: &str = "MESHDRILL_KILLED_API";
const GATEWAY: &str = "MESHDRILL_KILLED_GATEWAY";
const TOKEN: &str = "MESHDRILL_KILLED_TOKEN";
const CLOCK: &str = "MESHDRILL_KILLED_CLOCK";
const URL: &str = "MESHDRILL_KILLED_URL";
const FOLDER: &str = "MESHDRILL_KILLED_FOLDER";
/// Longer than a lease.
const AFTER_A_LEASE: SignedDuration = SignedDuration::from_secs(61);
/// What the process begins its lines with, among those of the test harness.
const MARK: &str = "standing:";

/// A clock of several processes: the machine's, set forward by what stands in a file.
#[derive(Clone)]
pub(crate) struct Clock {
    file: PathBuf,
    ahead: Arc<Mutex<SignedDuration>>,
}

impl Clock {
    /// Stands at this time.
    pub(crate) fn new(folder: &Path, at: Timestamp) -> Clock {
        let ahead = Arc::new(Mutex::new(at.duration_since(Timestamp::now())));
        let clock = Clock { file: folder.join("clock"), ahead };
        clock.set(at);
        clock
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::now() + *self.ahead.lock().unwrap()
    }

    /// Sets it forward, never back.
    pub(crate) fn set(&self, at: Timestamp) {
        let mut ahead = self.ahead.lock().unwrap();
        *ahead = at.duration_since(Timestamp::now()).max(*ahead);
        let new = self.file.with_extension("new");
        std::fs::write(&new, ahead.as_micros().to_string()).unwrap();
        std::fs::rename(new, &self.file).unwrap();
    }
}

/// The process, alive or not.
pub(crate) struct Process {
    environment: Vec<(&'static str, String)>,
    child: Mutex<Option<Child>>,
    clock: Clock,
    told: Mutex<Told>,
    /// How often it was started.
    lives: Arc<AtomicU64>,
    standing: Arc<Mutex<Option<Standing>>>,
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Process {
    pub(crate) fn start_in(double: &Double, fresh: &Fresh, clock: Clock) -> Process {
        let database = match fresh {
            Fresh::Sqlite(folder) => (FOLDER, folder.path().display().to_string()),
            Fresh::Postgres(_) => (URL, fresh.url().unwrap()),
        };
        let environment = vec![
            (API, double.api_url().to_owned()),
            (GATEWAY, double.gateway_url().to_owned()),
            (TOKEN, double.token()),
            (CLOCK, clock.file.display().to_string()),
            database,
        ];
        let (told, lives) = (Mutex::new(double.told()), Arc::default());
        let process = Process { environment, child: Mutex::default(), clock, told, lives, standing: Arc::default() };
        process.start();
        process
    }

    pub(crate) fn start(&self) {
        let name = module_path!().split_once("::").unwrap().1;
        let afresh = self.told.lock().unwrap().afresh();
        *self.told.lock().unwrap() = afresh;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([&format!("{name}::the_bot_itself"), "--exact", "--nocapture"])
            .envs(self.environment.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let life = self.lives.fetch_add(1, Ordering::SeqCst) + 1;
        *self.child.lock().unwrap() = Some(child);
        let (lives, standing) = (Arc::clone(&self.lives), Arc::clone(&self.standing));
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let Some(said) = line.split_once(MARK).and_then(|(_, said)| serde_json::from_str(said).ok()) else { continue };
                let mut standing = standing.lock().unwrap();
                // What a former life said last is of no interest.
                if lives.load(Ordering::SeqCst) == life {
                    *standing = Some(said);
                }
            }
        });
    }

    /// SIGKILL.
    pub(crate) fn kill(&self) {
        if let Some(mut child) = self.child.lock().unwrap().take() {
            child.kill().unwrap();
            child.wait().unwrap();
            *self.standing.lock().unwrap() = None;
        }
    }

    /// Which of its lives this is; none while it is dead.
    pub(crate) fn life(&self) -> Option<u64> {
        self.child.lock().unwrap().as_ref().map(|_| self.lives.load(Ordering::SeqCst))
    }

    /// It is there, and says how it stands.
    pub(crate) fn is_up(&self) -> bool {
        self.standing.lock().unwrap().is_some()
    }
}

impl Runs for Process {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn set(&self, now: Timestamp) {
        self.clock.set(now);
    }

    fn told(&self) -> u64 {
        self.told.lock().unwrap().events()
    }

    async fn standing(&self) -> Standing {
        let (asked, begun) = (self.now(), Instant::now());
        while begun.elapsed() < PATIENCE {
            if let Some(standing) = self.standing.lock().unwrap().clone().filter(|standing| standing.at > asked) {
                return standing;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("the bot doesn't say how it stands");
    }

    /// What the dead had taken to say is looked for when its lease has run out.
    fn tarries(&self) {
        self.set(self.now() + AFTER_A_LEASE);
    }
}

/// The bot, where the environment says that this process is it.
#[test]
fn the_bot_itself() {
    let told = |name: &str| std::env::var(name).ok();
    let (Some(api), Some(gateway), Some(token), Some(clock)) = (told(API), told(GATEWAY), told(TOKEN), told(CLOCK)) else { return };
    // It doesn't outlive whoever started it.
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(1);
    });
    let now = move || {
        let ahead = std::fs::read_to_string(&clock).unwrap().parse().unwrap();
        Timestamp::now() + SignedDuration::from_micros(ahead)
    };
    let settings = Settings { api: Some(api), gateway: Some(gateway), ..Settings::new(SecretString::from(token)) };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let db = match (told(URL), told(FOLDER)) {
            (Some(url), _) => Db::postgres(&url).await.unwrap(),
            (None, folder) => Db::sqlite(Path::new(&folder.unwrap())).await.unwrap(),
        };
        let quiz = Quiz::new(db, vec![crate::room::pack(&QUESTIONS)], ZONE, 1).with_abilities(PLATFORM, settings.abilities());
        let quiz = Arc::new(quiz);
        let discord = Discord::connect(settings, Arc::clone(&quiz), Arc::new(now.clone())).await.unwrap();
        let (told, of) = (Arc::clone(&discord), Arc::clone(&quiz));
        tokio::spawn(async move {
            loop {
                let standing = Standing::of(&told, &of, now()).await;
                println!("\n{MARK}{}", serde_json::to_string(&standing).unwrap());
                tokio::time::sleep(Duration::from_millis(25)).await;
            }
        });
        discord.run().await.unwrap();
    });
}
