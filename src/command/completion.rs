//! What can be typed after a pack's slash command, for chats that complete it.

use super::{COMMANDS, Takes};
use crate::bank::Pack;

/// The most that is suggested at a time: what Discord shows, and more than people read.
const MOST_SUGGESTED: usize = 25;

/// Every command that is open to everybody, or to leads as well, alone and with each of its options that are words; and its help.
pub fn completions(pack: &Pack, lead: bool) -> Vec<(String, &'static str)> {
    let open = COMMANDS.iter().filter(|command| lead || !command.lead);
    open.flat_map(|command| {
        let with = words(command.usage, pack).into_iter().map(|word| format!("{} {word}", command.name));
        std::iter::once(command.name.to_owned()).chain(with).map(|typed| (typed, command.help))
    })
    .collect()
}

/// What may be meant by what is typed so far for an option, as it is read and as it is sent: what begins so, then what contains it.
pub fn suggestions(takes: Takes, typed: &str, pack: &Pack) -> Vec<(String, String)> {
    let same = |word: &str| (word.to_owned(), word.to_owned());
    let all: Vec<(String, String)> = match takes {
        Takes::Topic => pack.topics.iter().map(|topic| (topic.title.clone(), topic.id.clone())).collect(),
        Takes::Question => pack.questions.iter().map(|question| same(&question.id)).collect(),
        Takes::Zone => jiff::tz::db().available().map(|zone| same(zone.as_str())).collect(),
        Takes::Command => COMMANDS.iter().map(|command| same(command.name)).collect(),
        _ => Vec::new(),
    };
    let typed = typed.trim().to_lowercase().replace(' ', "_");
    let plain = |text: &str| text.to_lowercase().replace(' ', "_");
    let begins = |(label, value): &&(String, String)| plain(label).starts_with(&typed) || plain(value).starts_with(&typed);
    let holds = |(label, value): &&(String, String)| plain(label).contains(&typed) || plain(value).contains(&typed);
    let first = all.iter().filter(begins);
    let then = all.iter().filter(|one| !begins(one) && holds(one));
    first.chain(then).take(MOST_SUGGESTED).cloned().collect()
}

/// The options of a usage that are typed as they stand, and the topics where it takes one.
fn words(usage: &str, pack: &Pack) -> Vec<String> {
    let mut words = Vec::new();
    let mut after_bar = false;
    for group in usage.split(' ') {
        let options: Vec<&str> = group.trim_matches(['[', ']']).split('|').filter(|option| !option.is_empty()).collect();
        for option in &options {
            if *option == "topic" {
                words.extend(pack.topics.iter().map(|topic| topic.id.clone()));
            } else if (options.len() > 1 || after_bar) && option.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
                words.push((*option).to_owned());
            }
        }
        after_bar = group == "|";
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::load;
    use crate::command;

    #[test]
    fn what_may_be_meant_is_suggested() {
        let pack = &load::embedded().unwrap()[0];
        let values = |takes, typed: &str| suggestions(takes, typed, pack).into_iter().map(|(_, value)| value).collect::<Vec<_>>();
        assert_eq!(vec!["security"], values(Takes::Topic, "SEC"));
        assert_eq!(pack.topics.len(), values(Takes::Topic, "").len());
        assert_eq!(Some("Europe/Berlin"), values(Takes::Zone, "berl").first().map(String::as_str));
        assert!(values(Takes::Zone, "new york").contains(&"America/New_York".to_owned()));
        assert_eq!(MOST_SUGGESTED, values(Takes::Zone, "").len());
        assert_eq!(vec!["canary-deployment"], values(Takes::Question, "canary"));
        assert_eq!(Vec::<String>::new(), values(Takes::Question, "no such thing"));
    }

    #[test]
    fn what_is_offered_can_be_typed() {
        let pack = &load::embedded().unwrap()[0];
        let offered = completions(pack, true);
        for (typed, _) in offered.iter().filter(|(typed, _)| !matches!(typed.as_str(), "away" | "setup lead" | "setup reviewer")) {
            let read = command::parse(typed, pack);
            // What needs a name or an id says so; nothing that is offered is unknown.
            assert!(read.as_ref().is_ok_and(|(command, _)| typed.starts_with(command.name)) || read.is_err(), "{typed}");
        }
        for typed in [
            "quiz weak",
            "quiz security",
            "quiz senior",
            "interview 40",
            "challenge join",
            "leaderboard month",
            "share on",
            "schedule queue clear",
        ] {
            assert!(offered.iter().any(|(offered, _)| offered == typed), "{typed}");
            assert!(command::parse(typed, pack).is_ok(), "{typed}");
        }
        assert!(completions(pack, false).iter().all(|(typed, _)| !typed.starts_with("setup")));
    }
}
