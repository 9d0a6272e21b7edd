//! Somebody at a browser: they read what is on the page, press what is written on it, and wait for what moves.

use super::chromium::{self, Browsers, devtools};
use crate::web::server::{LEAD_KEY, PATIENCE, Server};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Somebody at a browser.
pub(crate) struct Person {
    pub(crate) client: Client,
    base: String,
}

impl Person {
    /// Somebody new, who has opened nothing yet.
    pub(crate) async fn new(browsers: &mut Browsers<'_>, server: &Server) -> Person {
        Person { client: browsers.next().await, base: server.url("") }
    }

    /// Somebody who has come in.
    pub(crate) async fn joined(browsers: &mut Browsers<'_>, server: &Server, name: &str) -> Person {
        let person = Person::new(browsers, server).await;
        person.joins("/", name).await;
        person
    }

    /// Whoever started the room.
    pub(crate) async fn lead(browsers: &mut Browsers<'_>, server: &Server, name: &str) -> Person {
        let person = Person::new(browsers, server).await;
        person.joins(&format!("/?key={LEAD_KEY}"), name).await;
        person
    }

    async fn joins(&self, path: &str, name: &str) {
        self.opens(path).await;
        self.types("Your name in the room", name).await;
        self.presses("Come in").await;
        self.sees(".who", name).await;
    }

    /// Opens an address.
    pub(crate) async fn opens(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    /// Reads the page anew.
    pub(crate) async fn reloads(&self) {
        self.client.refresh().await.unwrap();
    }

    /// In another zone.
    pub(crate) async fn travels(&self, zone: &str) {
        devtools(&self.client, "Emulation.setTimezoneOverride", json!({ "timezoneId": zone })).await;
    }

    /// With a phone in hand.
    pub(crate) async fn takes_the_phone(&self) {
        let phone = json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true });
        devtools(&self.client, "Emulation.setDeviceMetricsOverride", phone).await;
    }

    /// At a desk with a screen of a usual size.
    pub(crate) async fn desk(&self) {
        let desk = json!({ "width": 1280, "height": 860, "deviceScaleFactor": 1.5, "mobile": false });
        devtools(&self.client, "Emulation.setDeviceMetricsOverride", desk).await;
    }

    /// At the desk again.
    pub(crate) async fn leaves_the_phone(&self) {
        devtools(&self.client, "Emulation.clearDeviceMetricsOverride", json!({})).await;
    }

    /// With scripts forbidden.
    pub(crate) async fn forbids_scripts(&self) {
        devtools(&self.client, "Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    }

    /// By night or day.
    pub(crate) async fn by(&self, scheme: &str) {
        chromium::scheme(&self.client, scheme).await;
    }

    /// Presses a button or link.
    pub(crate) async fn presses(&self, label: &str) {
        let path = format!("//*[self::button or self::a or self::summary][normalize-space(.)=\"{label}\"]");
        self.clicks(&path).await;
    }

    /// Presses the first that begins so.
    pub(crate) async fn presses_what_begins(&self, label: &str) {
        self.clicks(&format!("//*[self::button or self::a][starts-with(normalize-space(.),\"{label}\")]")).await;
    }

    async fn clicks(&self, path: &str) {
        // What moves may be replaced between a look and a touch.
        self.until(&format!("{path} can't be pressed"), async || {
            let shown = self.shown(path).await?;
            shown.click().await.ok()
        })
        .await;
    }

    async fn shown(&self, path: &str) -> Option<Element> {
        for element in self.client.find_all(Locator::XPath(path)).await.ok()? {
            if element.is_displayed().await.unwrap_or_default() {
                return Some(element);
            }
        }
        None
    }

    /// Types into the field of this label, over what it held.
    pub(crate) async fn types(&self, label: &str, text: &str) {
        self.until(&format!("no field {label}"), async || {
            let label = self.shown(&format!("//label[normalize-space(.)=\"{label}\"]")).await?;
            let id = label.attr("for").await.ok()??;
            let field = self.client.find(Locator::Id(&id)).await.ok()?;
            field.clear().await.ok()?;
            field.send_keys(text).await.ok()
        })
        .await;
    }

    /// Writes in the thread.
    pub(crate) async fn writes(&self, text: &str) {
        self.types("Write in the thread", text).await;
        self.presses("Send").await;
    }

    /// Says a command.
    pub(crate) async fn commands(&self, text: &str) {
        self.types("Any command", text).await;
        self.presses("Do it").await;
    }

    /// Fills in the bot's form and sends it.
    pub(crate) async fn answers(&self, label: &str, text: &str) {
        self.types(label, text).await;
        self.clicks("//section[@id='yours']//button[normalize-space(.)=\"Send\"]").await;
    }

    /// A key, with Shift held or not.
    pub(crate) async fn hits(&self, key: Key, with_shift: bool) {
        let shift = |down: bool| {
            let value = Key::Shift.into();
            if down { KeyAction::Down { value } } else { KeyAction::Up { value } }
        };
        let mut keys = KeyActions::new("keyboard".into());
        if with_shift {
            keys = keys.then(shift(true));
        }
        keys = keys.then(KeyAction::Down { value: key.into() }).then(KeyAction::Up { value: key.into() });
        if with_shift {
            keys = keys.then(shift(false));
        }
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Types wherever the cursor is.
    pub(crate) async fn types_here(&self, text: &str) {
        let typed = text
            .chars()
            .fold(KeyActions::new("keyboard".into()), |keys, value| keys.then(KeyAction::Down { value }).then(KeyAction::Up { value }));
        self.client.perform_actions(typed).await.unwrap();
    }

    /// What has the focus, as it is read, and whether the reader is shown that it has.
    pub(crate) async fn focus(&self) -> (String, bool) {
        let script = "const at = document.activeElement, style = getComputedStyle(at);
            const label = at.labels?.[0] ?? at;
            return [label.textContent.replace(/\\s+/g, ' ').trim(), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2];";
        let found = self.script(script).await;
        (found[0].as_str().unwrap().to_owned(), found[1].as_bool().unwrap())
    }

    /// Goes on with Tab until this has the focus, which must show all the way.
    pub(crate) async fn tabs_to(&self, label: &str) {
        let mut passed = Vec::new();
        while passed.len() < 60 {
            self.hits(Key::Tab, false).await;
            let (at, shows) = self.focus().await;
            assert!(shows || at.len() > 200, "the focus on {at:?} doesn't show");
            if at == label {
                return;
            }
            passed.push(at);
        }
        panic!("Tab doesn't lead to {label}, but to {passed:?}");
    }

    /// A script's value.
    pub(crate) async fn script(&self, script: &str) -> Value {
        self.client.execute(script, vec![]).await.unwrap_or_else(|e| panic!("{script:.200}: {e}"))
    }

    /// What is read in a part of the page now, in lower case, since style may raise it.
    pub(crate) async fn reads(&self, part: &str) -> String {
        let script = "return (document.querySelector(arguments[0])?.innerText ?? '').replace(/\\s+/g, ' ').trim().toLowerCase();";
        // The page may be on its way to another.
        let read = self.client.execute(script, vec![json!(part)]).await.unwrap_or_default();
        read.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until words stand in a part of the page.
    pub(crate) async fn sees(&self, part: &str, words: &str) {
        self.waits(part, words, true).await;
    }

    /// Waits until they no longer stand there.
    pub(crate) async fn sees_no(&self, part: &str, words: &str) {
        self.waits(part, words, false).await;
    }

    async fn waits(&self, part: &str, words: &str, there: bool) {
        let (words, begun) = (words.to_lowercase(), Instant::now());
        loop {
            let read = self.reads(part).await;
            if read.contains(&words) == there {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{words:?} in {part}, wanted: {there}. It says: {read}");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// From here on [`Person::stayed`] tells whether the page was loaded anew.
    pub(crate) async fn stays(&self) {
        self.script("window.stayed = true").await;
    }

    /// The page wasn't loaded anew.
    pub(crate) async fn stayed(&self) -> bool {
        self.script("return window.stayed === true").await == true
    }

    async fn until<T>(&self, what: &str, attempt: impl AsyncFn() -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(done) = attempt().await {
                return done;
            }
            if begun.elapsed() > PATIENCE {
                panic!("{what}: {}", self.reads("body").await);
            }
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }
}
