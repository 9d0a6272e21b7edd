//! Slack's own descriptions: the schema of manifests, and the reference of its methods and events.
//!
//! They aren't part of the repository: they are looked for in `../shared/specs/slack`, or where `SLACK_SPECS` says.

use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Once;

/// A file of them, read; none where they are not at hand, which is said once, past the test runner's capture.
pub(crate) fn read(file: &str) -> Option<Value> {
    let folder = std::env::var_os("SLACK_SPECS").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/specs/slack")));
    let path = folder.join(file);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()))),
        Err(why) => {
            say_missing(&format!("{}: {why}", path.display()));
            None
        }
    }
}

fn say_missing(why: &str) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let bar = "=".repeat(100);
        let cure =
            "name a folder in SLACK_SPECS with slackapi/manifest-schema in manifest-schema/ and slack-ruby/slack-api-ref in slack-api-ref/";
        let lines = format!("\n{bar}\nNothing was held against Slack's own descriptions: {why}.\nTo do so: {cure}\n{bar}\n");
        let _ = std::io::stderr().write_all(lines.as_bytes());
    });
}
