//! Every state of the page, by day, by night and on a phone: axe-core finds no barrier in it, nothing has to be scrolled sideways, and
//! everything that can be pressed can be reached.

use super::chromium::{required, say_skipped};
use super::*;
use crate::web::visitor::Visitor;
use fantoccini::error::CmdError;
use serde_json::Value;
use std::path::Path;
use std::sync::Once;

/// Where `.ci/axe` puts it.
fn axe() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe/axe.min.js");
    match std::fs::read_to_string(&path) {
        Ok(script) => Some(script),
        Err(e) if required() => panic!("CI or REQUIRE_CHROMIUM is set, but there is no axe-core at {}: {e}. Run .ci/axe", path.display()),
        Err(e) => {
            static ONCE: Once = Once::new();
            let why = format!("{}: {e}", path.display());
            ONCE.call_once(|| say_skipped("The search for barriers (axe-core) was", &why, ".ci/axe, which fetches it with pip"));
            None
        }
    }
}

/// Runs axe-core on the page that is open; each finding is one line.
async fn barriers(person: &Person, axe: &str) -> Result<Vec<String>, CmdError> {
    if person.script("return typeof axe === 'undefined'").await == true {
        person.client.execute(axe, vec![]).await?;
    }
    let run = "const done = arguments[arguments.length - 1];
        axe.run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then(
            (found) => done(found.violations.flatMap((rule) => rule.nodes.map((node) =>
                `${rule.id}: ${node.html.slice(0, 160)}: ${node.failureSummary.replace(/\\s+/g, ' ')}`))),
            (error) => done([String(error)]));";
    let found = person.client.execute_async(run, vec![]).await?;
    Ok(found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// What can't be reached on this page: what is wider than the screen, what lies beside it, and what is covered by something else.
async fn out_of_reach(person: &Person) -> Vec<String> {
    let found = person
        .script(
            "const found = [], wide = document.documentElement.clientWidth;
            const most = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth);
            if (most > wide) found.push(`the page is ${most} wide on ${wide}`);
            for (const one of document.querySelectorAll('a, button, input:not([type=hidden]), textarea, select, summary, [tabindex=\"0\"]')) {
              if (!one.checkVisibility({ visibilityProperty: true }) || one.classList.contains('skip')) continue;
              one.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
              const box = one.getClientRects()[0], said = one.outerHTML.slice(0, 120);
              if (!box || box.width < 1 || box.height < 1) { found.push(`no size: ${said}`); continue; }
              if (box.left < 0 || box.right > wide + 1) { found.push(`beside the screen: ${said}`); continue; }
              const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
              if (!there || !(one.contains(there) || there.contains(one) && there.tagName !== 'BODY' && there.tagName !== 'HTML'))
                found.push(`covered by ${there?.outerHTML.slice(0, 80)}: ${said}`);
            }
            window.scrollTo(0, 0);
            return found;",
        )
        .await;
    found.as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}

/// Everything wrong with the pages looked at so far.
struct Look {
    axe: Option<String>,
    found: Vec<String>,
}

impl Look {
    /// Looks at the page that is open.
    async fn at(&mut self, state: &str, person: &Person) {
        for (how, phone, scheme) in [("desk, light", false, "light"), ("desk, dark", false, "dark"), ("phone", true, "light")] {
            if phone {
                person.takes_the_phone().await;
            }
            person.by(scheme).await;
            let mut found = out_of_reach(person).await;
            if let Some(axe) = &self.axe {
                found.extend(barriers(person, axe).await.unwrap_or_else(|e| panic!("{state}, {how}: {e}")));
            }
            self.found.extend(found.into_iter().map(|line| format!("{state}, {how}: {line}")));
        }
        person.by("light").await;
        person.leaves_the_phone().await;
    }
}

#[test]
fn there_are_none() {
    with_browsers(async |browsers| {
        let mut look = Look { axe: axe(), found: Vec::new() };
        let server = empty(&["what-is-a-mesh", "canary"]).await;
        let lea = Person::new(browsers, &server).await;
        lea.opens("/").await;
        look.at("the page to join", &lea).await;
        // The browser itself would not send an empty name; a name without letters comes back.
        lea.types("Your name in the room", "\u{200b}.\u{200b}").await;
        lea.client.execute("document.querySelector('#name').value = '\\u200b'", vec![]).await.unwrap();
        lea.presses("Come in").await;
        lea.sees("main", "no letters").await;
        look.at("the page to join with a fault", &lea).await;
        lea.opens("/nothing/here").await;
        look.at("nothing at this address", &lea).await;

        let lea = Person::lead(browsers, &server, "Lea").await;
        look.at("an empty room", &lea).await;
        lea.presses("Set up the daily question").await;
        look.at("the setup", &lea).await;
        lea.presses("Change").await;
        look.at("a form of several fields", &lea).await;
        lea.script("for (const field of document.querySelectorAll('#panel input[type=text]')) field.value = 'xx yy 99';").await;
        lea.presses("Send").await;
        lea.sees("#panel [role=alert]", "xx yy").await;
        look.at("a form with faults", &lea).await;
        lea.commands("/istio setup start").await;
        // The clock may not run ahead of what was pressed: a daily set up after nine begins tomorrow.
        lea.sees("#panel", "The daily question is on").await;
        server.at("2026-11-24T09:00").await;
        lea.sees("#about", "Istio question of Tuesday").await;
        look.at("a daily that is open", &lea).await;
        lea.writes(&format!("{MESH}, weights split traffic, step by step")).await;
        let mut ana = Visitor::joined(&server, &"W".repeat(40)).await;
        ana.writes(&"unbroken".repeat(30)).await;
        ana.writes("a layer of proxies, weights").await;
        lea.sees("#thread", "unbroken").await;
        look.at("a daily with its thread", &lea).await;
        lea.presses("My grade").await;
        lea.sees("#panel", "You said").await;
        look.at("a breakdown", &lea).await;
        lea.presses_what_begins("Edit").await;
        lea.sees("#thread", "Change your message").await;
        look.at("a message being changed", &lea).await;
        lea.opens("/").await;
        lea.presses("Answer privately").await;
        lea.sees("#panel", "In your own words").await;
        look.at("a form that is open", &lea).await;
        server.at("2026-11-25T08:00").await;
        lea.opens("/").await;
        lea.sees("#thread", "Model answer").await;
        look.at("the reveal", &lea).await;
        lea.commands("/istio leaderboard all").await;
        lea.sees("#panel table", "Lea").await;
        look.at("a board in the panel", &lea).await;
        lea.commands("/istio help").await;
        look.at("help", &lea).await;
        for path in ["/progress", "/questions", "/questions/what-is-a-mesh"] {
            lea.opens(path).await;
            look.at(path, &lea).await;
        }
        assert!(look.found.is_empty(), "{} barriers:\n{}", look.found.len(), look.found.join("\n"));
        server.end().await;
    });
}

#[test]
fn there_are_none_in_a_challenge() {
    with_browsers(async |browsers| {
        let mut look = Look { axe: axe(), found: Vec::new() };
        let server = empty(&["what-is-a-mesh", "canary"]).await;
        let ana = Person::joined(browsers, &server, "Ana").await;
        ana.commands("/istio challenge 2 3").await;
        ana.sees("#about", "Nobody has joined yet").await;
        look.at("a challenge to join", &ana).await;
        ana.opens("/progress").await;
        look.at("no progress yet", &ana).await;
        ana.opens("/").await;
        ana.presses("Join").await;
        ana.presses("Start").await;
        ana.presses("Answer").await;
        ana.answers("In your own words", MESH).await;
        ana.sees("#panel", "of 10").await;
        look.at("a challenge under way", &ana).await;
        server.wait(3 * 60 + 1).await;
        server.wait(3 * 60 + 1).await;
        ana.sees("#thread", "podium").await;
        look.at("the podium", &ana).await;
        ana.commands("/quiz 1").await;
        ana.presses("Show the answer").await;
        ana.sees("#panel", "Model answer").await;
        look.at("the end of a quiz", &ana).await;
        assert!(look.found.is_empty(), "{} barriers:\n{}", look.found.len(), look.found.join("\n"));
        server.end().await;
    });
}

/// The looking glass works: a page with faults has them found.
#[test]
fn a_barrier_is_found() {
    with_browsers(async |browsers| {
        let server = empty(&["what-is-a-mesh"]).await;
        let ana = Person::joined(browsers, &server, "Ana").await;
        ana.script("document.documentElement.removeAttribute('lang'); document.querySelector('main').style.width = '3000px';").await;
        let mut look = Look { axe: axe(), found: Vec::new() };
        look.at("a spoilt page", &ana).await;
        assert!(look.found.iter().any(|line| line.contains("wide on")), "{:?}", look.found);
        assert!(look.axe.is_none() || look.found.iter().any(|line| line.contains("html-has-lang: ")), "{:?}", look.found);
        server.end().await;
    });
}
