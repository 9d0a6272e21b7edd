//! The options of each command, for chats whose commands have typed ones. What was chosen, written one behind the other, is what is typed
//! elsewhere, so both go one way through the parser.

use super::{COMMANDS, Command, MOST_ASKED, MOST_MINUTES, MOST_QUESTIONS};

/// One option of a command.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// Its name: lower case, one word.
    pub name: &'static str,
    /// One line.
    pub help: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// The command means nothing without it.
    pub required: bool,
    /// What is typed before its value.
    before: &'static str,
}

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// One of the pack's topics.
    Topic,
    /// The id of a question of the pack.
    Question,
    /// An IANA time zone.
    Zone,
    /// One of the commands.
    Command,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A whole number within these bounds, both included.
    Number(u32, u32),
    /// Somebody here.
    Member,
    /// A group of people, as the platform has it.
    Group,
    /// Words.
    Text,
    /// Yes or no; yes types this word, no types nothing.
    Switch(&'static str),
}

const fn may(name: &'static str, takes: Takes, help: &'static str) -> Choice {
    Choice { name, help, takes, required: false, before: "" }
}

const fn must(name: &'static str, takes: Takes, help: &'static str) -> Choice {
    Choice { required: true, ..may(name, takes, help) }
}

const fn named(name: &'static str, before: &'static str, takes: Takes, help: &'static str) -> Choice {
    Choice { before, ..may(name, takes, help) }
}

const TOPIC: Choice = may("topic", Takes::Topic, "Only this topic");
const ON_OFF: Takes = Takes::OneOf(&["on", "off"]);
const MINUTES: &[&str] = &["20", "40"];
const OFF: Choice = may("off", Takes::Switch("off"), "No longer");
const WHICH: Choice = must("id", Takes::Question, "Which question");
const WHO: Choice = must("who", Takes::Member, "Whom it is about");

impl Command {
    /// Its options, those that must be given first.
    pub fn choices(&self) -> &'static [Choice] {
        match self.name {
            "quiz" => QUIZ,
            "interview" => const { &[may("minutes", Takes::OneOf(MINUTES), "How long it takes")] },
            "challenge" => CHALLENGE,
            "leaderboard" => LEADERBOARD,
            "away" | "schedule holidays" => DAYS,
            "alias" => const { &[may("name", Takes::Text, "The name boards show; none clears it")] },
            "hide" | "share" | "setup notices" => const { &[may("switch", ON_OFF, "On where nothing is chosen")] },
            "help" => const { &[may("command", Takes::Command, "Help on this command")] },
            "privacy delete" => const { &[may("confirm", Takes::Switch("confirm"), "I know that it can't be undone")] },
            "setup lead" | "setup reviewer" | "moderate mute" => const { &[WHO, OFF] },
            "setup role" => const { &[may("role", Takes::Group, "Told of each daily question"), OFF] },
            "setup" => SETUP,
            "schedule queue" => QUEUE,
            "question retire" => const { &[WHICH, may("reason", Takes::Text, "Why, for everybody to read")] },
            "question restore" => const { &[WHICH] },
            "moderate withdraw" | "moderate alias" => const { &[WHO] },
            _ => &[],
        }
    }

    /// What is typed where these options were chosen, in whatever order.
    pub fn typed(&self, chosen: &[(&str, String)]) -> String {
        let mut typed = self.name.to_owned();
        for choice in self.choices() {
            let Some((_, value)) = chosen.iter().find(|(name, _)| *name == choice.name) else { continue };
            match choice.takes {
                Takes::Switch(word) if value == "true" => typed = format!("{typed} {word}"),
                Takes::Switch(_) => {}
                _ => typed = format!("{typed} {}{value}", choice.before),
            }
        }
        typed
    }
}

const QUIZ: &[Choice] = &[
    TOPIC,
    may("level", Takes::OneOf(&["junior", "mid", "senior"]), "Only this level"),
    may("count", Takes::Number(1, MOST_QUESTIONS), "How many questions"),
    may("weak", Takes::Switch("weak"), "Only what you missed and is due again"),
];

const CHALLENGE: &[Choice] = &[
    TOPIC,
    named("count", "count:", Takes::Number(1, MOST_ASKED), "How many questions"),
    named("minutes", "minutes:", Takes::Number(1, MOST_MINUTES), "How long each question is open"),
];

const LEADERBOARD: &[Choice] = &[
    may("period", Takes::OneOf(&["day", "week", "month", "all"]), "Which days it looks at"),
    TOPIC,
    may("practice", Takes::Switch("practice"), "What quizzes and interviews came to, instead of the dailies"),
];

const DAYS: &[Choice] =
    &[must("from", Takes::Text, "The first day, such as 2026-12-24"), may("to", Takes::Text, "The last day, such as 2027-01-02")];

const QUEUE: &[Choice] = &[
    may("first", Takes::Question, "What comes first"),
    may("second", Takes::Question, "What comes after that"),
    may("third", Takes::Question, "What comes third"),
    may("clear", Takes::Switch("clear"), "Nothing is put first any more"),
];

const SETUP: &[Choice] = &[
    named("time", "time=", Takes::Text, "When it is posted, such as 9:30"),
    named("days", "days=", Takes::Text, "On which days, such as mon-fri"),
    named("zone", "zone=", Takes::Zone, "In which time zone, such as Europe/Berlin"),
    named("topics", "topics=", Takes::Text, "Which topics, with commas between; or all"),
    named("answers", "answers=", Takes::OneOf(&["thread", "private", "both"]), "Where answers are taken"),
    named("grades", "grades=", Takes::OneOf(&["author", "thread"]), "Who sees a grade"),
    may("when-all-asked", Takes::OneOf(&["again", "pause"]), "What happens once every question was asked"),
    may("start", Takes::Switch("start"), "Begin at once"),
];

/// The command of this name.
pub fn named_so(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::load;
    use crate::command;
    use crate::command::INTERVIEW_MINUTES;

    #[test]
    fn what_is_chosen_is_what_is_typed() {
        let typed = |name: &str, chosen: &[(&str, &str)]| {
            let chosen: Vec<(&str, String)> = chosen.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
            named_so(name).unwrap().typed(&chosen)
        };
        assert_eq!("quiz security senior 3", typed("quiz", &[("count", "3"), ("level", "senior"), ("topic", "security")]));
        assert_eq!("quiz weak", typed("quiz", &[("weak", "true")]));
        assert_eq!("quiz", typed("quiz", &[("weak", "false")]));
        assert_eq!("challenge minutes:2", typed("challenge", &[("minutes", "2")]));
        assert_eq!(
            "setup time=9:30 zone=Europe/Berlin start",
            typed("setup", &[("start", "true"), ("zone", "Europe/Berlin"), ("time", "9:30")])
        );
        assert_eq!("moderate mute <@7> off", typed("moderate mute", &[("off", "true"), ("who", "<@7>")]));
    }

    /// Every option alone, with a value that fits, is read by its command.
    #[test]
    fn every_option_is_read() {
        let pack = &load::embedded().unwrap()[0];
        for command in COMMANDS {
            let required = command.choices().iter().filter(|choice| choice.required);
            let required: Vec<(&str, String)> = required.map(|choice| (choice.name, fitting(choice, pack))).collect();
            for choice in command.choices() {
                let mut chosen = required.clone();
                chosen.retain(|(name, _)| *name != choice.name);
                chosen.push((choice.name, fitting(choice, pack)));
                let typed = command.typed(&chosen);
                let read = command::parse(&typed, pack).unwrap_or_else(|misread| panic!("{typed}: {misread}"));
                assert_eq!(command.name, read.0.name, "{typed}");
            }
        }
        assert_eq!(INTERVIEW_MINUTES.map(|minutes| minutes.to_string()).as_slice(), MINUTES);
    }

    fn fitting(choice: &Choice, pack: &crate::bank::Pack) -> String {
        match choice.takes {
            Takes::Topic => pack.topics[0].id.clone(),
            Takes::Question => pack.questions[0].id.clone(),
            Takes::Zone => "Europe/Berlin".into(),
            Takes::Command => "quiz".into(),
            Takes::OneOf(words) => words[0].into(),
            Takes::Number(_, most) => most.to_string(),
            Takes::Member => "<@7>".into(),
            Takes::Group => "<@&7>".into(),
            Takes::Text => "2026-12-24".into(),
            Takes::Switch(_) => "true".into(),
        }
    }

    #[test]
    fn what_must_be_given_comes_first() {
        for command in COMMANDS {
            assert!(command.choices().is_sorted_by_key(|choice| !choice.required), "{}", command.name);
        }
    }
}
