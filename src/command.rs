//! Each chat command once: its name, help, options, how it is answered, and its parser.
//!
//! Registration on the platforms, help in the chat and the README's table are all made from [`COMMANDS`].

use crate::bank::{Level, Pack};
use crate::screening::shown;

mod challenge;
mod completion;
mod interview;
mod leads;
mod options;

pub use challenge::{MOST_ASKED, MOST_MINUTES, Steer};
pub use completion::{completions, suggestions};
pub use interview::INTERVIEW_MINUTES;
pub use leads::{Moderation, Queue};
pub use options::{Choice, Takes, named_so};

/// A chat command.
pub struct Command {
    /// The words after the pack's slash command: `quiz`, `schedule show`.
    pub name: &'static str,
    /// Other first words people type for it.
    pub aliases: &'static [&'static str],
    /// How its options are written: `[topic] [level] [count]`.
    pub usage: &'static str,
    /// One line.
    pub help: &'static str,
    /// Something to try, without the slash command.
    pub example: &'static str,
    /// Only for leads.
    pub lead: bool,
    /// How it is answered.
    pub response: Response,
    parse: fn(&[String], &Pack) -> Result<Call, Misread>,
}

/// How a command or button is answered. Platforms want their acknowledgement, or the form, before any work is done, so this is data
/// that can be read without any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Response {
    /// With a form, at once.
    Form,
    /// With a card that only the asker sees.
    Private,
    /// With a card that everybody sees.
    Public,
    /// By changing the card that was pressed.
    Update,
}

/// A command with its options read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// Start a quiz.
    Quiz {
        /// Only this topic.
        topic: Option<String>,
        /// Only this level.
        level: Option<Level>,
        /// How many questions, 1 to [`MOST_QUESTIONS`].
        count: u32,
        /// Only what was missed and is due again.
        weak: bool,
    },
    /// Start an interview.
    Interview {
        /// How long it takes, one of [`INTERVIEW_MINUTES`].
        minutes: u32,
    },
    /// Go to the next question of the quiz or interview.
    Skip,
    /// Show the model answer and go on.
    Show,
    /// End the quiz or interview.
    Stop,
    /// Go on with the quiz or interview.
    Resume,
    /// Open a challenge in the channel.
    Challenge {
        /// Only this topic.
        topic: Option<String>,
        /// How many questions, 1 to [`MOST_ASKED`].
        count: u32,
        /// How long each is open, 1 to [`MOST_MINUTES`].
        minutes: u32,
    },
    /// Take part in the channel's challenge, start it or stop it.
    ChallengeSteer(Steer),
    /// The next hint.
    Hint,
    /// My grade for the open question.
    Grade,
    /// Answer once more.
    Again,
    /// A board.
    Leaderboard {
        /// Which sums.
        period: Period,
        /// The practice board.
        practice: bool,
        /// Only this topic.
        topic: Option<String>,
    },
    /// My standing.
    Me,
    /// Days away; the dates as typed.
    Away(String),
    /// The name on boards; none clears it.
    Alias(Option<String>),
    /// On no board, or on boards again.
    Hide(bool),
    /// Whether best answers and scores may be shown.
    Share(bool),
    /// Help, on all or on one command.
    Help(Option<String>),
    /// Everything that is kept about the asker.
    PrivacyExport,
    /// Forget the asker; done when confirmed.
    PrivacyDelete {
        /// They typed `confirm`.
        confirmed: bool,
    },
    /// Set up the daily question; the wishes as typed.
    Setup(Vec<String>),
    /// Make somebody a lead or reviewer, or no longer.
    SetupRole {
        /// Reviewer instead of lead.
        reviewer: bool,
        /// Who.
        who: String,
        /// `off` was typed.
        remove: bool,
    },
    /// The group that is mentioned with each daily question, as typed, or `off`.
    SetupGroup(String),
    /// Whether leads are told things in this channel.
    SetupNotices(bool),
    /// The schedule as it stands.
    ScheduleShow,
    /// Hold the schedule.
    SchedulePause,
    /// Let the schedule go on.
    ScheduleResume,
    /// Leave out the next date.
    ScheduleSkip,
    /// What comes next.
    SchedulePreview,
    /// What comes, and what is to come first.
    ScheduleQueue(Queue),
    /// Post now.
    SchedulePost,
    /// Holidays; dates or an .ics file's text as typed.
    ScheduleHolidays(String),
    /// Never ask a question again, and take back where it is open.
    QuestionRetire {
        /// The question's id.
        id: String,
        /// Why, as typed.
        reason: Option<String>,
    },
    /// Let a retired question be asked again.
    QuestionRestore(String),
    /// Something about a member, by their name as typed.
    Moderate(Moderation, String),
}

/// The time a board looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Today.
    Day,
    /// This ISO week.
    Week,
    /// This month.
    Month,
    /// All of it.
    All,
}

/// What was typed is not a command; the line says what is, and reads alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Misread(pub String);

/// Whom a command is for, as [`Command::lead`] keeps it.
const EVERYONE: bool = false;
const LEADS: bool = true;

/// The most questions a quiz asks.
pub const MOST_QUESTIONS: u32 = 50;
/// How many questions a quiz asks when no number is named.
pub const USUAL_QUESTIONS: u32 = 5;

macro_rules! commands {
    ($($name:literal $([$($alias:literal),*])? $usage:literal $who:ident $response:ident $help:literal, $example:literal => $parse:expr;)*) => {
        /// Every command, in the order of the help.
        pub const COMMANDS: &[Command] = &[$(Command {
            name: $name, aliases: &[$($($alias),*)?], usage: $usage, help: $help, example: $example,
            lead: $who, response: Response::$response, parse: $parse,
        }),*];
    };
}

commands! {
    "quiz" ["drill", "practice"] "[topic|weak] [junior|mid|senior] [count]" EVERYONE Private
        "Drill questions, one at a time, just for you", "quiz security 3" => quiz;
    "interview" ["mock"] "[20|40]" EVERYONE Private
        "A mock interview against the clock: topic after topic, and a verdict at the end", "interview 40" => interview::interview;
    "skip" "" EVERYONE Private "Go to the next question of your quiz or interview", "skip" => |_, _| Ok(Call::Skip);
    "show" "" EVERYONE Private "Show the quiz question's model answer and go on", "show" => |_, _| Ok(Call::Show);
    "stop" ["end"] "" EVERYONE Private "End your quiz or interview and hear what it came to", "stop" => |_, _| Ok(Call::Stop);
    "resume" ["continue"] "" EVERYONE Private "Go on with your quiz or interview", "resume" => |_, _| Ok(Call::Resume);
    "challenge" ["contest"] "[topic] [count] [minutes] | join | start | stop" EVERYONE Private
        "Play against each other: the same questions at the same time", "challenge security 5 3" => challenge::challenge;
    "hint" "" EVERYONE Private "A hint for the open question; the first is free", "hint" => |_, _| Ok(Call::Hint);
    "grade" ["mygrade"] "" EVERYONE Private "Your grade for the open daily question", "grade" => |_, _| Ok(Call::Grade);
    "again" ["retry"] "" EVERYONE Private "Let your next message count as another attempt", "again" => |_, _| Ok(Call::Again);
    "leaderboard" ["board", "lb", "top"] "[day|week|month|all] [topic] [practice]" EVERYONE Private
        "The team's standing", "leaderboard week security" => leaderboard;
    "me" ["stats"] "" EVERYONE Private "Your points, rank, streak and topics", "me" => |_, _| Ok(Call::Me);
    "away" "DATE [DATE]" EVERYONE Private "Keep your streak while you are away", "away 2026-12-24 2027-01-02" => |words, _| Ok(Call::Away(words.join(" ")));
    "alias" "[NAME]" EVERYONE Private "The name boards show for you; none clears it", "alias Mesh Fan" => alias;
    "hide" "[on|off]" EVERYONE Private "Stay off all boards", "hide on" => |words, _| switch(words, "hide").map(Call::Hide);
    "share" "[on|off]" EVERYONE Private "Let your best answers and scores be shown", "share on" => |words, _| switch(words, "share").map(Call::Share);
    "help" ["?", "commands"] "[command]" EVERYONE Private "What there is", "help quiz" => |words, _| Ok(Call::Help((!words.is_empty()).then(|| words.join(" "))));
    "privacy export" "" EVERYONE Private "All that is kept about you", "privacy export" => |_, _| Ok(Call::PrivacyExport);
    "privacy delete" "[confirm]" EVERYONE Private "Forget you, with all your answers and points", "privacy delete" => |words, _| {
        Ok(Call::PrivacyDelete { confirmed: words.first().is_some_and(|word| word == "confirm") })
    };
    "setup lead" "NAME [off]" LEADS Private "Make somebody a lead", "setup lead Ana" => |words, _| leads::role(words, false);
    "setup notices" "[on|off]" LEADS Private
        "Tell leads things in this channel, rather than when they ask", "setup notices" => |words, _| switch(words, "setup notices").map(Call::SetupNotices);
    "setup role" "ROLE|off" LEADS Private "Mention a role with each daily question; nobody is unless you choose one", "setup role off" => leads::group;
    "setup reviewer" "NAME [off]" LEADS Private "Make somebody a reviewer", "setup reviewer Ana" => |words, _| leads::role(words, true);
    "setup" "[time] [days] [zone] [topics] [answers=…] [grades=…] [start]" LEADS Private
        "Set up the daily question in this channel", "setup 9:30 mon-fri Europe/Berlin start" => |words, _| Ok(Call::Setup(words.to_vec()));
    "schedule show" ["schedule"] "" LEADS Private "How the daily question is scheduled, and what waits for you", "schedule show" => |_, _| Ok(Call::ScheduleShow);
    "schedule pause" ["pause"] "" LEADS Private "Hold the daily question", "schedule pause" => |_, _| Ok(Call::SchedulePause);
    "schedule resume" "" LEADS Private "Let the daily question go on", "schedule resume" => |_, _| Ok(Call::ScheduleResume);
    "schedule skip" "" LEADS Private "Leave out the next date", "schedule skip" => |_, _| Ok(Call::ScheduleSkip);
    "schedule preview" "" LEADS Private "What comes next", "schedule preview" => |_, _| Ok(Call::SchedulePreview);
    "schedule queue" ["queue"] "[ID …] | clear" LEADS Private "What comes, and what is to come first", "schedule queue canary" => leads::queue;
    "schedule post" ["post"] "" LEADS Private "Post a question now", "schedule post" => |_, _| Ok(Call::SchedulePost);
    "schedule holidays" ["holidays"] "DATE [DATE] | .ics text" LEADS Private
        "Days without a question", "schedule holidays 2026-12-24 2027-01-02" => |words, _| Ok(Call::ScheduleHolidays(words.join(" ")));
    "question retire" ["retire"] "ID [reason]" LEADS Private
        "Take back a bad question, and never ask it again", "question retire canary Two answers are right." => leads::retire;
    "question restore" ["restore"] "ID" LEADS Private "Let a retired question be asked again", "question restore canary" => leads::restore;
    "moderate withdraw" ["withdraw"] "NAME" LEADS Private
        "Take a member's latest answer out: not counted, not quoted", "moderate withdraw Ana" => |words, _| leads::moderate(words, Moderation::Withdraw);
    "moderate alias" "NAME" LEADS Private
        "Clear the name a member chose for boards", "moderate alias Ana" => |words, _| leads::moderate(words, Moderation::Alias);
    "moderate mute" ["mute"] "NAME [off]" LEADS Private
        "Take nothing a member writes in threads, and quote nothing", "moderate mute Ana" => leads::mute;
}

/// Reads what was typed after the slash command.
///
/// # Errors
/// Names the nearest command, topic or option where what was typed is none.
pub fn parse(text: &str, pack: &Pack) -> Result<(&'static Command, Call), Misread> {
    let words: Vec<String> = split(text);
    if words.is_empty() {
        return parse("help", pack);
    }
    let Some((command, used)) = find(&words) else {
        return Err(Misread(unknown(&words, pack)));
    };
    (command.parse)(&words[used..], pack).map(|call| (command, call))
}

/// The words that were typed; of a pasted file the line breaks are kept.
fn split(text: &str) -> Vec<String> {
    if text.contains("BEGIN:VCALENDAR") {
        let (head, file) = text.split_at(text.find("BEGIN:VCALENDAR").unwrap_or_default());
        return split(head).into_iter().chain([file.to_owned()]).collect();
    }
    text.split_whitespace().map(str::to_owned).collect()
}

/// `topic:security` and `level=senior` are read as `security` and `senior`.
fn strip_option_name(word: &str) -> &str {
    const NAMES: &[&str] = &["topic", "level", "count", "period", "board", "name"];
    match word.split_once([':', '=']) {
        Some((name, value)) if NAMES.contains(&name.to_lowercase().as_str()) && !value.is_empty() => value,
        _ => word,
    }
}

/// The command whose name is the longest beginning of what was typed, and how many words that is.
fn find(words: &[String]) -> Option<(&'static Command, usize)> {
    let typed: Vec<String> = words.iter().take(2).map(|word| word.to_lowercase()).collect();
    let names = |command: &'static Command| std::iter::once(command.name).chain(command.aliases.iter().copied());
    for used in (1..=typed.len()).rev() {
        let name = typed[..used].join(" ");
        if let Some(command) = COMMANDS.iter().find(|command| names(command).any(|n| n == name)) {
            return Some((command, used));
        }
    }
    None
}

/// What to say when no command has that name: the nearest one, or a topic's quiz, or where the list is.
fn unknown(words: &[String], pack: &Pack) -> String {
    let typed = shown(&words[0].to_lowercase());
    if pack.topics.iter().any(|topic| topic.id == typed) {
        return format!("I don't know “{typed}” as a command, but it is a topic. To drill it: /{} quiz {typed}", pack.id);
    }
    let names = COMMANDS.iter().flat_map(|command| [command.name, command.name.split(' ').next().unwrap_or_default()]);
    match nearest(&typed, names) {
        Some(near) => format!("I don't know “{typed}”. Did you mean /{} {near}? /{} help lists everything.", pack.id, pack.id),
        None => format!("I don't know “{typed}”. /{} help lists everything.", pack.id),
    }
}

/// The name most like `typed`, if one is like it at all.
pub fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let like = |name: &str| strsim::jaro_winkler(&typed.to_lowercase(), &name.to_lowercase());
    names
        .into_iter()
        .map(|name| (like(name), name))
        .filter(|(like, _)| *like > 0.78)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

fn topic_of<'a>(word: &str, pack: &'a Pack) -> Option<&'a str> {
    let word = word.to_lowercase();
    pack.topics.iter().find(|topic| topic.id == word || topic.title.to_lowercase() == word).map(|topic| topic.id.as_str())
}

fn level_of(word: &str) -> Option<Level> {
    match word.to_lowercase().as_str() {
        "junior" | "easy" => Some(Level::Junior),
        "mid" | "medium" | "middle" => Some(Level::Mid),
        "senior" | "hard" => Some(Level::Senior),
        _ => None,
    }
}

/// What to say where a word should be a topic and is none.
pub fn no_topic(word: &str, pack: &Pack) -> Misread {
    let all = pack.topics.iter().map(|topic| topic.id.as_str()).collect::<Vec<_>>().join(", ");
    let near = nearest(word, pack.topics.iter().map(|topic| topic.id.as_str()));
    let near = near.map_or(String::new(), |near| format!(" Did you mean {near}?"));
    Misread(format!("There is no topic “{}”.{near} Topics: {all}.", shown(word)))
}

fn quiz(words: &[String], pack: &Pack) -> Result<Call, Misread> {
    let (mut topic, mut level, mut count, mut weak) = (None, None, USUAL_QUESTIONS, false);
    for word in words.iter().map(|word| strip_option_name(word)) {
        if word.eq_ignore_ascii_case("weak") {
            weak = true;
        } else if let Some(found) = topic_of(word, pack) {
            topic = Some(found.to_owned());
        } else if let Some(found) = level_of(word) {
            level = Some(found);
        } else if word.trim_start_matches(['-', '+']).bytes().all(|b| b.is_ascii_digit()) {
            let number = word.parse().ok().filter(|n| (1..=MOST_QUESTIONS).contains(n));
            count = number.ok_or_else(|| Misread(format!("A quiz has 1 to {MOST_QUESTIONS} questions, not {}.", shown(word))))?;
        } else {
            return Err(no_topic(word, pack));
        }
    }
    Ok(Call::Quiz { topic, level, count, weak })
}

fn leaderboard(words: &[String], pack: &Pack) -> Result<Call, Misread> {
    let (mut period, mut practice, mut topic) = (Period::Week, false, None);
    for word in words.iter().map(|word| strip_option_name(word)) {
        match word.to_lowercase().as_str() {
            "day" | "today" | "daily" => period = Period::Day,
            "week" | "weekly" => period = Period::Week,
            "month" | "monthly" => period = Period::Month,
            "all" | "alltime" | "all-time" | "ever" | "time" => period = Period::All,
            "practice" | "quiz" => practice = true,
            _ => {
                let none = || Misread(format!("{} A time is one of day, week, month and all.", no_topic(word, pack)));
                topic = Some(topic_of(word, pack).ok_or_else(none)?.to_owned());
            }
        }
    }
    Ok(Call::Leaderboard { period, practice, topic })
}

fn alias(words: &[String], _: &Pack) -> Result<Call, Misread> {
    let name = words.iter().map(|word| strip_option_name(word)).collect::<Vec<_>>().join(" ");
    Ok(Call::Alias((!name.is_empty()).then_some(name)))
}

fn switch(words: &[String], name: &str) -> Result<bool, Misread> {
    match words.first().map(|word| word.to_lowercase()).as_deref() {
        None | Some("on" | "yes" | "true") => Ok(true),
        Some("off" | "no" | "false") => Ok(false),
        Some(other) => Err(Misread(format!("It is “{name} on” or “{name} off”, not “{}”.", shown(other)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{Lexicon, Topic};

    fn pack() -> Pack {
        let topic = |id: &str, title: &str| Topic { id: id.into(), title: title.into() };
        let topics = vec![topic("security", "Security"), topic("traffic", "Traffic management")];
        Pack {
            id: "istio".into(),
            title: "Istio".into(),
            topics,
            licence: "MIT".into(),
            lexicon: Lexicon::default(),
            questions: Vec::new(),
            samples: std::collections::BTreeMap::new(),
        }
    }

    #[track_caller]
    fn check(typed: &str, expected: Call) {
        assert_eq!(parse(typed, &pack()).map(|(_, call)| call), Ok(expected), "{typed}");
    }

    #[track_caller]
    fn misread(typed: &str, expected: &str) {
        let said = parse(typed, &pack()).map(|(command, _)| command.name).unwrap_err().to_string();
        assert!(said.contains(expected), "{typed}: {said}");
    }

    fn quiz_of(topic: Option<&str>, level: Option<Level>, count: u32, weak: bool) -> Call {
        Call::Quiz { topic: topic.map(str::to_owned), level, count, weak }
    }

    #[test]
    fn a_quiz_is_read_in_any_order_and_case() {
        check("quiz", quiz_of(None, None, USUAL_QUESTIONS, false));
        check("  QUIZ   Security  3 ", quiz_of(Some("security"), None, 3, false));
        check("drill 3 hard security", quiz_of(Some("security"), Some(Level::Senior), 3, false));
        check("practice level:mid topic=traffic count:1", quiz_of(Some("traffic"), Some(Level::Mid), 1, false));
        check("quiz weak 50", quiz_of(None, None, 50, true));
    }

    #[test]
    fn a_challenge_is_read_by_its_numbers_or_their_units() {
        let of = |topic: Option<&str>, count, minutes| Call::Challenge { topic: topic.map(str::to_owned), count, minutes };
        check("challenge", of(None, 5, 3));
        check("challenge Security 4", of(Some("security"), 4, 3));
        check("challenge 4 2 traffic", of(Some("traffic"), 4, 2));
        check("challenge 2min", of(None, 5, 2));
        check("challenge minutes:10 count:2 topic:security", of(Some("security"), 2, 10));
        check("challenge 3 questions on security 2 minutes each", of(Some("security"), 3, 2));
        check("challenge join", Call::ChallengeSteer(Steer::Join));
        check("challenge START", Call::ChallengeSteer(Steer::Start));
        check("contest stop", Call::ChallengeSteer(Steer::Stop));
        misread("challenge securty", "Did you mean security?");
        misread("challenge 0", "1 to 20 questions, not 0");
        misread("challenge 5 31", "1 to 30 minutes, not 31");
        misread("challenge -3", "1 to 20 questions, not -3");
        misread("challenge 5 99999999999999999999", "1 to 30 minutes");
    }

    #[test]
    fn an_interview_takes_20_or_40_minutes() {
        for (typed, minutes) in
            [("interview", 20), ("interview 20", 20), ("Mock 40 minutes", 40), ("interview minutes:40", 40), ("interview 40min", 40)]
        {
            check(typed, Call::Interview { minutes });
        }
        for typed in ["interview 30", "interview 0", "interview weak", "interview -40"] {
            misread(typed, "20 or 40 minutes, not");
        }
        misread("interview security", "To drill what you choose: /istio quiz security");
        misread("mock interview senior 40", "finds your level by itself");
    }

    #[test]
    fn a_board_is_read_in_any_order() {
        let board = |period, practice, topic: Option<&str>| Call::Leaderboard { period, practice, topic: topic.map(str::to_owned) };
        check("leaderboard", board(Period::Week, false, None));
        check("lb all time", board(Period::All, false, None));
        check("top security today", board(Period::Day, false, Some("security")));
        check("board practice MONTH", board(Period::Month, true, None));
    }

    #[test]
    fn the_longest_name_wins_and_the_rest_are_its_words() {
        check("schedule", Call::ScheduleShow);
        check("schedule show", Call::ScheduleShow);
        check("Schedule Holidays 24 Dec", Call::ScheduleHolidays("24 Dec".into()));
        check("setup lead Ana Maria off", Call::SetupRole { reviewer: false, who: "Ana Maria".into(), remove: true });
        check("schedule queue", Call::ScheduleQueue(Queue::Show));
        check("queue CLEAR", Call::ScheduleQueue(Queue::Clear));
        check("schedule queue Canary, “gateway” id:canary", Call::ScheduleQueue(Queue::First(vec!["canary".into(), "gateway".into()])));
        let retire = |reason: Option<&str>| Call::QuestionRetire { id: "canary".into(), reason: reason.map(str::to_owned) };
        check("question retire Canary", retire(None));
        check("question retire “canary” Two are right.", retire(Some("Two are right.")));
        check("retire id:canary reason: unclear", retire(Some("unclear")));
        check("question restore canary", Call::QuestionRestore("canary".into()));
        misread("question retire", "Which question?");
        check("moderate withdraw @Ana Maria", Call::Moderate(Moderation::Withdraw, "Ana Maria".into()));
        check("moderate alias name:Ana", Call::Moderate(Moderation::Alias, "Ana".into()));
        check("mute off", Call::Moderate(Moderation::Mute(true), "off".into()));
        check("moderate mute Ana OFF", Call::Moderate(Moderation::Mute(false), "Ana".into()));
        misread("moderate mute", "Who?");
        check("setup reviewer @ana", Call::SetupRole { reviewer: true, who: "ana".into(), remove: false });
        check("setup time:9:30 start", Call::Setup(vec!["time:9:30".into(), "start".into()]));
        check("privacy delete", Call::PrivacyDelete { confirmed: false });
        check("privacy delete confirm", Call::PrivacyDelete { confirmed: true });
        check("", Call::Help(None));
        check("help privacy export", Call::Help(Some("privacy export".into())));
        check("alias", Call::Alias(None));
        check("alias name: Ana", Call::Alias(Some("name: Ana".into())));
        check("hide", Call::Hide(true));
        check("share NO", Call::Share(false));
    }

    #[test]
    fn a_pasted_calendar_keeps_its_lines() {
        let file = "BEGIN:VCALENDAR\nEND:VCALENDAR";
        check(&format!("holidays {file}"), Call::ScheduleHolidays(file.into()));
    }

    #[test]
    fn slips_name_the_nearest() {
        misread("quizz", "Did you mean /istio quiz?");
        misread("scedule", "Did you mean /istio schedule");
        misread("leaderbord", "Did you mean /istio leaderboard?");
        misread("security", "To drill it: /istio quiz security");
        misread("quiz securty", "Did you mean security?");
        misread("quiz 0", "1 to 50 questions, not 0");
        misread("quiz 99999999999999999999", "1 to 50 questions");
        misread("hide perhaps", "“hide on” or “hide off”");
        misread("setup lead", "Who?");
        misread("xyzzy", "/istio help lists everything");
    }

    #[test]
    fn what_is_repeated_is_cut_and_cannot_deceive() {
        let said = parse(&format!("\u{202E}{}", "x".repeat(10_000)), &pack()).map(|(command, _)| command.name).unwrap_err().to_string();
        assert!(said.chars().count() < 120 && !said.contains('\u{202E}'), "{said}");
    }

    #[test]
    fn every_example_is_understood() {
        for command in COMMANDS {
            let read = parse(command.example, &pack()).map(|(read, _)| read.name);
            assert_eq!(read, Ok(command.name), "{}", command.example);
        }
    }

    #[test]
    fn no_two_commands_share_a_name() {
        let mut names: Vec<_> =
            COMMANDS.iter().flat_map(|command| std::iter::once(command.name).chain(command.aliases.iter().copied())).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
