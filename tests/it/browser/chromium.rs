//! Headless Chromium, driven through chromedriver, which dies with the test process.
//!
//! Starting Chromium costs more than most of these tests, so its few processes are handed on from test to test, one test at a time. What
//! one leaves behind (cookies, a size, a zone) is cleared before the next.

use crate::web::server::PATIENCE;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use reqwest::{Method, Url};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{LazyLock, Once};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Mutex;

/// Keeps the driver: it waits for the end of its input, which the kernel brings about however the test process dies, then ends the driver
/// with every browser it started, and removes their folder.
const KEEPER: &str = r#"
trap '' PIPE
dir=$1; cd "$dir" || exit 1
TMPDIR=$dir HOME=$dir "$2" --port=0 >log 2>&1 &
pid=$!
until port=$(sed -n 's/.*started successfully on port \([0-9]*\)\.$/\1/p' log) && [ -n "$port" ]; do
    kill -0 "$pid" 2>/dev/null || { echo "chromedriver: $(tail -n 1 log)"; cd /; rm -rf "$dir"; exit 1; }
    sleep 0.02
done
echo "ready $port"
read _
trap '' TERM
kill -TERM 0
wait "$pid"
sleep 0.2
cd /; rm -rf "$dir"
kill -KILL 0
"#;

/// All browsers are spoken to from here, whichever test asks.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap());
static DRIVER: LazyLock<Result<Driver, String>> = LazyLock::new(start);
static BROWSERS: Mutex<Vec<Client>> = Mutex::const_new(Vec::new());

struct Driver {
    url: String,
    chromium: PathBuf,
    /// Its input is what keeps the driver alive.
    _keeper: Child,
}

/// The browsers, while a test has them to itself.
pub(crate) struct Browsers<'a> {
    open: &'a mut Vec<Client>,
    used: usize,
}

/// Runs a test with browsers; where none can be had, says so once and skips, or fails where they are required.
pub(crate) fn with_browsers(test: impl AsyncFnOnce(&mut Browsers<'_>)) {
    match &*DRIVER {
        Ok(_) => RUNTIME.block_on(async {
            let mut open = BROWSERS.lock().await;
            test(&mut Browsers { open: &mut open, used: 0 }).await;
        }),
        Err(why) if required() => panic!("CI or REQUIRE_CHROMIUM is set, but there is no browser: {why}"),
        Err(why) => {
            static ONCE: Once = Once::new();
            ONCE.call_once(|| say_skipped("The tests in a real browser were", why, "apt-get install chromium chromium-driver (Debian)"));
        }
    }
}

/// Whoever names it wants it used.
pub(crate) fn required() -> bool {
    ["CI", "REQUIRE_CHROMIUM"].iter().any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty() && v != "0" && v != "false"))
}

/// Says past the test runner's capture what didn't run.
pub(crate) fn say_skipped(what: &str, why: &str, cure: &str) {
    let bar = "=".repeat(100);
    let lines = format!("\n{bar}\n{what} NOT run: {why}.\nTo run them: {cure}\n{bar}\n");
    std::io::stderr().write_all(lines.as_bytes()).unwrap();
}

impl Browsers<'_> {
    /// The next browser, as new: no cookies, a desk's size, light, in Berlin, with scripts.
    pub(crate) async fn next(&mut self) -> Client {
        if self.used == self.open.len() {
            self.open.push(opened().await);
        }
        let client = self.open[self.used].clone();
        self.used += 1;
        client.goto("about:blank").await.unwrap();
        devtools(&client, "Network.clearBrowserCookies", json!({})).await;
        devtools(&client, "Emulation.setScriptExecutionDisabled", json!({ "value": false })).await;
        devtools(&client, "Emulation.clearDeviceMetricsOverride", json!({})).await;
        devtools(&client, "Emulation.setTimezoneOverride", json!({ "timezoneId": "Europe/Berlin" })).await;
        scheme(&client, "light").await;
        client
    }
}

/// The page as readers with this colour scheme see it, and without motion, so that nothing is measured on its way.
pub(crate) async fn scheme(client: &Client, scheme: &str) {
    let features = json!([
        { "name": "prefers-color-scheme", "value": scheme },
        { "name": "prefers-reduced-motion", "value": "reduce" },
    ]);
    devtools(client, "Emulation.setEmulatedMedia", json!({ "features": features })).await;
}

/// Something only the browser's own tools can do.
pub(crate) async fn devtools(client: &Client, command: &'static str, parameters: Value) -> Value {
    client.issue_cmd(Devtools { command, parameters }).await.unwrap_or_else(|e| panic!("{command}: {e}"))
}

#[derive(Debug)]
struct Devtools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, <Url as std::str::FromStr>::Err> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "cmd": self.command, "params": self.parameters }).to_string()))
    }
}

async fn opened() -> Client {
    let Ok(driver) = &*DRIVER else { panic!("no driver") };
    let mut args = vec!["--headless=new", "--disable-gpu", "--no-first-run", "--no-proxy-server", "--lang=en-GB", "--window-size=1280,900"];
    // Shared memory may be small where CI runs; and fewer processes, on few cores.
    args.extend(["--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--mute-audio"]);
    if std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
        args.push("--no-sandbox");
    }
    let options = json!({ "goog:chromeOptions": { "binary": driver.chromium, "args": args }, "timeouts": { "script": 60_000 } });
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(options.as_object().unwrap().clone());
    tokio::time::timeout(PATIENCE * 2, builder.connect(&driver.url)).await.expect("Chromium doesn't start").unwrap()
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|program| program.is_file()))
}

fn start() -> Result<Driver, String> {
    let driver = on_path(&["chromedriver"]).ok_or("no chromedriver on PATH")?;
    let chromium = on_path(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]).ok_or("no chromium on PATH")?;
    let folder = std::env::temp_dir().join(format!("meshdrill-chromium-{}", std::process::id()));
    std::fs::create_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut shell = Command::new("/bin/sh");
    // Its own process group: Ctrl-C reaches the tests and not the keeper, and the keeper's end reaches every browser.
    shell.arg("-c").arg(KEEPER).arg("meshdrill-keeper").arg(&folder).arg(driver).process_group(0);
    let mut keeper = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(|e| e.to_string())?;
    let mut line = String::new();
    BufReader::new(keeper.stdout.take().unwrap()).read_line(&mut line).map_err(|e| e.to_string())?;
    let port = line.trim().strip_prefix("ready ").ok_or_else(|| line.trim().to_owned())?;
    Ok(Driver { url: format!("http://127.0.0.1:{port}/"), chromium, _keeper: keeper })
}
