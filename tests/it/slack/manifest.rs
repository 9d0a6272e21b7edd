//! The app's manifest: valid for Slack, with every scope its events and commands need and no other.

use super::specs;
use meshdrill::bank::load::embedded;
use meshdrill::chat::slack::limits;
use meshdrill::chat::slack::manifest::{Way, manifest};
use meshdrill::chat::slack::scopes::{SCOPES, SUBSCRIPTIONS};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Command;

fn ways() -> [Way; 2] {
    [Way::Socket, Way::Url("https://drill.example.org".into())]
}

#[test]
fn it_is_valid_by_slack_s_schema_both_ways() {
    let Some(schema) = specs::read("manifest-schema/manifest.schema.2.0.0.json") else { return };
    let schema = jsonschema::validator_for(&schema).unwrap();
    for (way, reads) in ways().iter().flat_map(|way| [(way, true), (way, false)]) {
        let made = manifest(&embedded().unwrap(), way, reads);
        let wrong: Vec<String> = schema.iter_errors(&made).map(|wrong| format!("{}: {wrong}", wrong.instance_path())).collect();
        assert!(wrong.is_empty(), "{way:?}: {wrong:?}");
    }
    // The schema would notice.
    let mut wrong = manifest(&embedded().unwrap(), &Way::Socket, true);
    wrong["features"]["bot_user"]["display_name"] = 3.into();
    assert!(!schema.is_valid(&wrong));
}

/// Events that the reference's list leaves out; each has a page of its own in Slack's documentation.
const LEFT_OUT: [&str; 4] = ["channel_archive", "channel_unarchive", "group_archive", "group_unarchive"];

#[test]
fn its_events_exist_and_their_scopes_are_asked_for() {
    let Some(events) = specs::read("slack-api-ref/_events.json") else { return };
    for event in SUBSCRIPTIONS.iter().filter(|event| !LEFT_OUT.contains(&event.name)) {
        let known = events.as_array().unwrap().iter().find(|known| known["name"] == event.name);
        let known = known.unwrap_or_else(|| panic!("Slack has no event {}", event.name));
        let needed: Vec<&str> = known["scopes"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        // Where several are named, any of them will do; the reference writes one of them with a dot.
        let asked = |needed: &&str| SCOPES.iter().any(|scope| scope.name == needed.replace('.', ":") && (event.reads || !scope.reads));
        assert!(needed.is_empty() || needed.iter().any(asked), "{} needs one of {needed:?}", event.name);
    }
}

#[test]
fn scopes_and_events_are_in_order_once_each_and_say_why() {
    let scopes: Vec<&str> = SCOPES.iter().map(|scope| scope.name).collect();
    let events: Vec<&str> = SUBSCRIPTIONS.iter().map(|event| event.name).collect();
    for names in [&scopes, &events] {
        assert_eq!(names.iter().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>(), names.iter().collect::<Vec<_>>());
    }
    assert!(SCOPES.iter().all(|scope| !scope.why.is_empty()) && SUBSCRIPTIONS.iter().all(|event| !event.why.is_empty()));
}

#[test]
fn without_reading_there_is_no_history_and_no_message() {
    let made = manifest(&embedded().unwrap(), &Way::Socket, false).to_string();
    assert!(!made.contains("history") && !made.contains("message."), "{made}");
}

#[test]
fn each_pack_has_its_command_within_limits() {
    let mut packs = embedded().unwrap();
    let mut other = packs[0].clone();
    (other.id, other.title) = ("kubernetes".into(), "Kubernetes".into());
    packs.push(other);
    let made = manifest(&packs, &ways()[1], true);
    let commands = made["features"]["slash_commands"].as_array().unwrap();
    let names: Vec<&str> = commands.iter().map(|command| command["command"].as_str().unwrap()).collect();
    assert_eq!(names, ["/istio", "/kubernetes"]);
    for command in commands {
        assert_eq!(command["url"], "https://drill.example.org/slack/commands");
        assert!(command["description"].as_str().unwrap().chars().count() <= limits::COMMAND_DESCRIPTION);
        assert!(command["usage_hint"].as_str().unwrap().starts_with("quiz | interview"), "{command}");
    }
    assert!(made["display_information"]["description"].as_str().unwrap().chars().count() <= limits::APP_DESCRIPTION);
}

fn printed(args: &[&str]) -> (String, String, i32) {
    let program = Command::new(env!("CARGO_BIN_EXE_meshdrill")).args(["slack", "manifest"]).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(program.stdout), text(program.stderr), program.status.code().unwrap())
}

#[test]
fn the_program_prints_it() {
    for (args, way, reads) in [
        (&[][..], &ways()[0], true),
        (&["--socket"], &ways()[0], true),
        (&["--url", "https://drill.example.org/"], &ways()[1], true),
        (&["--socket", "--private"], &ways()[0], false),
    ] {
        let (out, err, code) = printed(args);
        assert_eq!((serde_json::from_str::<Value>(&out).unwrap(), err.as_str(), code), (manifest(&embedded().unwrap(), way, reads), "", 0));
    }
}

#[test]
fn an_address_slack_would_not_take_is_refused_in_a_line() {
    for wrong in ["http://drill.example.org", "drill.example.org", "https://", "https://a b", "https://drill.example.org?x=1"] {
        let (out, err, code) = printed(&["--url", wrong]);
        assert!(out.is_empty() && code == 2 && err.contains("https://"), "{wrong}: {err}");
    }
    assert_eq!(printed(&["--url", "https://drill.example.org", "--socket"]).2, 2);
}
