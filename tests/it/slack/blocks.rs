//! Every message and every form that we make, read by the models of Slack's own Python library.

use jiff::Timestamp;
use meshdrill::chat::slack::render::{form, message};
use meshdrill::message::{Block, Button, Card, Field, Form, Mark, Span, Text};
use serde_json::{Value, json};
use std::io::Write;
use std::process::Command;

#[path = "../../../src/chat/slack/render/tests/cards.rs"]
mod cards;

/// Prints what is wrong with the messages and views in the file it is given.
const VALIDATOR: &str = r#"
import json, sys
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
rendered = json.load(open(sys.argv[1]))
for name, blocks in rendered["messages"]:
    try:
        parsed = Block.parse_all(blocks)
        for given, block in zip(blocks, parsed, strict=True):
            block.validate_json()
            if block.to_dict()["type"] != given["type"]:
                print(name, "reads otherwise")
    except Exception as wrong:
        print(name, repr(wrong))
for name, view in rendered["views"]:
    try:
        parsed = View(**view)
        parsed.validate_json()
        for block in parsed.blocks:
            block.validate_json()
        assert len(parsed.to_dict()["blocks"]) == len(view["blocks"])
    except Exception as wrong:
        print(name, repr(wrong))
"#;

/// The Python that has `slack_sdk`; none where there is none, which is said past the test runner's capture.
fn python() -> Option<String> {
    let python = std::env::var("SLACK_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let found = Command::new(&python).args(["-c", "import slack_sdk"]).output();
    if found.is_ok_and(|found| found.status.success()) {
        return Some(python);
    }
    let bar = "=".repeat(100);
    let lines = format!(
        "\n{bar}\nNo message was read by Slack's own library: {python} has no slack_sdk.\n\
         To do so: python3 -m venv FOLDER && FOLDER/bin/pip install slack_sdk, and SLACK_PYTHON=FOLDER/bin/python\n{bar}\n"
    );
    let _ = std::io::stderr().write_all(lines.as_bytes());
    None
}

fn wrong(python: &str, messages: &[(String, Vec<Value>)], views: &[(String, Value)]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    serde_json::to_writer(&mut file, &json!({ "messages": messages, "views": views })).unwrap();
    file.flush().unwrap();
    let ran = Command::new(python).args(["-c", VALIDATOR]).arg(file.path()).output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr))
}

#[test]
fn slack_s_own_library_reads_them() {
    let Some(python) = python() else { return };
    let mut messages = Vec::new();
    for (name, card) in cards::cards() {
        let pages = message(&card, "k", 0).pages;
        messages.extend((0..pages).map(|page| (format!("{name}, page {page}"), message(&card, "k", page).blocks)));
    }
    let views: Vec<(String, Value)> = cards::forms().into_iter().map(|(name, asked)| (name, form(&asked, "{}"))).collect();
    assert_eq!("", wrong(&python, &messages, &views));
    // It would notice.
    let header = json!({ "type": "header", "text": { "type": "plain_text", "text": "x".repeat(151) } });
    assert!(wrong(&python, &[("too long".to_owned(), vec![header])], &[]).starts_with("too long"));
    let mut view = views[0].1.clone();
    view["title"]["text"] = "x".repeat(25).into();
    assert!(wrong(&python, &[], &[("too long".to_owned(), view)]).starts_with("too long"));
}
