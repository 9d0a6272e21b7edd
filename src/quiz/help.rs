//! Help, made from the command table.

use crate::bank::Pack;
use crate::command::{COMMANDS, Command, nearest};
use crate::message::{Card, Mark, Text, Turn};
use crate::quiz::scene::{Scene, Speaker};
use crate::quiz::wording;
use std::fmt::Write;

/// `help`.
pub(super) fn help(scene: &Scene<'_>, by: &Speaker, pack: &str, about: Option<&str>) -> anyhow::Result<Turn> {
    let Some(about) = about else { return Ok(Turn::Private(all(scene.pack(pack)?, by.lead))) };
    let lower = about.trim_start_matches('/').to_lowercase();
    let found: Vec<&Command> =
        COMMANDS.iter().filter(|command| command.name == lower || command.name.split(' ').next() == Some(&lower)).collect();
    if found.is_empty() {
        let near = nearest(&lower, COMMANDS.iter().map(|command| command.name));
        let near = near.map_or(String::new(), |near| format!(" Did you mean {near}?"));
        let all = scene.typed("help");
        return Ok(wording::line(wording::marked(&format!("There is no command {lower}.{near} `{all}` lists everything."))));
    }
    Ok(Turn::Private(found.into_iter().fold(Card::default(), |card, command| {
        let text = Text::new().code(written(pack, command)).plain(format!(": {}.", command.help));
        let for_whom = if command.lead { " For leads." } else { "" };
        card.text(text.plain(for_whom)).small(Text::new().plain("For example ").code(format!("/{pack} {}", command.example)))
    })))
}

fn all(pack: &Pack, lead: bool) -> Card {
    let mut card = Card::titled(format!("/{}: {} interview practice", pack.id, pack.title));
    card = card.text("A question a day in the channel; answer in its thread or privately, and see what an interviewer would have heard.");
    for command in COMMANDS.iter().filter(|command| lead || !command.lead) {
        card = card.item(Mark::Point, Text::new().code(written(&pack.id, command)).plain(format!(": {}", command.help)));
    }
    let topics = pack.topics.iter().map(|topic| topic.id.as_str()).collect::<Vec<_>>().join(", ");
    card.small(format!("Topics: {topics}."))
}

fn written(pack: &str, command: &Command) -> String {
    format!("/{pack} {} {}", command.name, command.usage).trim_end().to_owned()
}

/// The commands as a Markdown table, for the README.
pub fn reference(pack: &str) -> String {
    let mut table = String::from("| command | what it does |\n|---|---|\n");
    for command in COMMANDS {
        let for_whom = if command.lead { " (leads)" } else { "" };
        // Writing to a String can't fail.
        let _ = writeln!(table, "| `{}` | {}{for_whom} |", written(pack, command).replace('|', "\\|"), command.help);
    }
    table
}
