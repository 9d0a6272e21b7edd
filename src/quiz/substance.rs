//! What kind of message a text is: an answer, a "don't know", a question back, or talk.
//!
//! The reading goes from the plain to the doubtful. A text nobody can read, one that begins with `answer:`, one that is only signs, links,
//! names, greetings or the question itself, is told by its form. What is left is read clause by clause: "don't know" clauses and questions
//! are set aside, and the rest is weighed. Words of the field, words of the trade at large, names as they stand in code, lists and arrows
//! speak for an answer; laughter, talk about the quiz, remarks ("never used it") and life outside the matter speak against it. A word that
//! the question already names weighs little, since people joke with it as well. Where the scale doesn't tip the message is
//! [`Substance::Unclear`] and isn't graded: asking again costs a member less than a grade for small talk.

mod clause;
mod scale;
// The lists stay filled to the line: a word a line would be a thousand lines.
#[rustfmt::skip]
mod vocabulary;

use crate::screening;
use clause::{after_dont_know, asks, clauses};
use scale::{known, weigh};
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use vocabulary as vocab;

/// The longest answer that is taken, in characters.
pub const LONGEST: usize = 20_000;

/// Enough words to tell what kind of message a text is.
const WORDS_READ: usize = 400;

/// From this weight on (tenths) a message is an answer: one word of the field, or of the trade, alone.
const ANSWER: i32 = 15;

/// The same beside a question back, which makes an answer less likely.
const ANSWER_AFTER_QUESTION: i32 = 25;

/// The same after a "don't know" that no guess follows.
const ANSWER_AFTER_DONT_KNOW: i32 = 35;

/// What kind of message a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Substance {
    /// It says something that can be graded.
    Answer,
    /// It began with `answer:`; this is what follows, never empty.
    Explicit(String),
    /// The member says that they don't know.
    DontKnow,
    /// The member asks something, or pastes the question.
    QuestionBack,
    /// Talk: laughter, thanks, agreement, talk about the quiz, links.
    Chatter,
    /// It may be an answer or not. Alone it isn't graded; right after an answer it belongs to it.
    Unclear,
    /// See [`unreadable`].
    Unreadable,
}

/// Tells what kind of message `text` is, said in answer to `prompt`.
///
/// `is_field_word` knows the words of the pack's field; it is asked for single words in lower case, as typed and in the singular.
pub fn read(text: &str, prompt: &str, is_field_word: &dyn Fn(&str) -> bool) -> Substance {
    if unreadable(text) {
        return Substance::Unreadable;
    }
    if let Some(rest) = explicit(text) {
        return match read_said(rest, prompt, is_field_word) {
            _ if rest.is_empty() => Substance::Chatter,
            Substance::DontKnow => Substance::DontKnow,
            _ => Substance::Explicit(rest.to_owned()),
        };
    }
    read_said(text, prompt, is_field_word)
}

/// Tells whether nobody could read the text: nothing but white space and invisible characters, binary, or characters that turn the
/// direction of writing about so that it reads other than it is.
pub fn unreadable(text: &str) -> bool {
    let mut visible = 0_usize;
    let mut broken = 0_usize;
    let mut turned = 0_i32;
    for c in text.chars() {
        match c {
            // Overrides show letters in another order than they are stored.
            '\u{202D}' | '\u{202E}' => return true,
            '\u{202A}' | '\u{202B}' | '\u{2066}'..='\u{2068}' => turned += 1,
            '\u{202C}' | '\u{2069}' => turned -= 1,
            '\0' => return true,
            '\u{FFFD}' => broken += 1,
            '\n' | '\r' | '\t' => {}
            c if c.is_control() => broken += 1,
            c if c.is_whitespace() || screening::is_invisible(c) => {}
            _ => visible += 1,
        }
    }
    visible == 0 || turned != 0 || broken * 10 > visible
}

/// What follows `answer:` at the beginning, with or without marks of emphasis.
pub(in crate::quiz) fn explicit(text: &str) -> Option<&str> {
    let marks: &[char] = &['*', '_', '`', '~', ' ', '\t', '\n', '\r'];
    let text = text.trim_start_matches(|c: char| marks.contains(&c) || screening::is_invisible(c));
    let head = text.get(..6)?;
    if !head.eq_ignore_ascii_case("answer") {
        return None;
    }
    let rest = text[6..].trim_start_matches(marks);
    let rest = rest.strip_prefix(':').or_else(|| rest.strip_prefix('：'))?;
    // Only marks that close the emphasis around the word itself are dropped: those of the answer are the answer's.
    let rest = rest.strip_prefix("**").or_else(|| rest.strip_prefix('*')).or_else(|| rest.strip_prefix('_')).unwrap_or(rest);
    Some(rest.trim())
}

/// Reads a text that doesn't begin with `answer:`.
fn read_said(text: &str, prompt: &str, is_field_word: &dyn Fn(&str) -> bool) -> Substance {
    let said = Said::new(text);
    if said.words.is_empty() {
        return Substance::Chatter;
    }
    let asked = Asked::new(prompt);
    if said.commands() {
        return Substance::Chatter;
    }
    if asked.echoed_by(&said.words) {
        return Substance::QuestionBack;
    }
    if said.looks_like_code() {
        return Substance::Answer;
    }
    if asked.wants_yes_or_no && said.answers_yes_or_no() {
        return Substance::Answer;
    }
    if said.only_pleasantries() || said.agrees() {
        return Substance::Chatter;
    }
    read_clauses(&said, &asked, is_field_word)
}

/// Sets aside the clauses that give up or ask, and weighs the rest.
fn read_clauses(said: &Said, asked: &Asked, is_field_word: &dyn Fn(&str) -> bool) -> Substance {
    let mut rest = Vec::new();
    let mut gave_up = false;
    let mut asked_back = false;
    for clause in clauses(&said.text) {
        let words = words_of(&clause.text);
        if let Some(after) = after_dont_know(&words) {
            gave_up = true;
            rest.extend(after.iter().cloned());
        } else if asks(&words, &clause, |word| known(word, asked, is_field_word) > 0) {
            asked_back = true;
        } else {
            rest.extend(words);
        }
    }
    let guesses = vocab::HEDGES.iter().any(|hedge| format!(" {} ", rest.join(" ")).contains(&format!(" {hedge} ")));
    let enough = match (gave_up, asked_back) {
        (true, _) if !guesses => ANSWER_AFTER_DONT_KNOW,
        (false, false) => ANSWER,
        _ => ANSWER_AFTER_QUESTION,
    };
    let weight = if rest.is_empty() { 0 } else { weigh(said, &rest, asked, is_field_word) };
    match weight {
        w if w >= enough => Substance::Answer,
        _ if gave_up => Substance::DontKnow,
        _ if asked_back => Substance::QuestionBack,
        w if w < 0 => Substance::Chatter,
        _ => Substance::Unclear,
    }
}

/// A text in the form in which it is read.
struct Said {
    /// Without links, mentions, emoji names and quoted lines.
    text: String,
    /// Its words: lower case, without apostrophes, at most [`WORDS_READ`].
    words: Vec<String>,
    /// The text as it came, for signs that the reading drops.
    raw: String,
}

impl Said {
    fn new(text: &str) -> Self {
        let raw: String = text
            .nfkc()
            .filter(|c| !screening::is_invisible(*c))
            .map(|c| if matches!(c, '’' | '‘' | '`' | '´') { '\'' } else { c })
            .collect();
        let text = without_references(&raw);
        let words = words_of(&text);
        Self { text, words, raw }
    }

    /// A chat command, most often one typed wrong: "/istio my-grade", "!hint", "istio quiz security".
    fn commands(&self) -> bool {
        let mut chars = self.raw.trim_start().chars();
        let slashed = matches!(chars.next(), Some('/' | '!')) && chars.next().is_some_and(char::is_alphabetic);
        let named = |at: usize| self.words.get(at).is_some_and(|word| vocab::COMMANDS.contains(&word.as_str()));
        (slashed && self.words.len() <= 6)
            || (self.words.len() <= 4 && (named(1) || (named(0) && self.words.len() == 1)) && !self.raw.contains([',', '.', ':', '-', '+']))
    }

    /// A fenced block, an inline snippet that is the whole message, or at least two lines of `key: value`.
    fn looks_like_code(&self) -> bool {
        let trimmed = self.raw.trim();
        // Back-ticks were read as apostrophes above.
        let fenced = trimmed.matches("'''").count() >= 2;
        let snippet =
            trimmed.len() > 4 && trimmed.starts_with('\'') && trimmed.ends_with('\'') && trimmed.contains([':', '=', '-', '/', '.']);
        let keyed = trimmed.lines().filter(|line| keyed_line(line)).count();
        fenced || snippet || (keyed >= 2 && keyed * 2 >= trimmed.lines().count())
    }

    /// "No", "nope, istiod does it", "usually not", "I don't think so".
    fn answers_yes_or_no(&self) -> bool {
        let yes_or_no = |word: &String| vocab::YES_OR_NO.contains(&word.as_str());
        // "No idea" opens with a no, and answers nothing.
        let opens = self.words.iter().find(|word| !fills(word)).is_some_and(yes_or_no) && after_dont_know(&self.words).is_none();
        let qualified =
            self.words.len() <= 6 && self.words.iter().all(|word| yes_or_no(word) || vocab::YES_OR_NO_AROUND.contains(&word.as_str()));
        let decides = self.words.iter().any(|word| {
            yes_or_no(word) || matches!(word.as_str(), "dont" | "doesnt" | "so" | "do" | "does" | "hardly" | "rarely" | "always")
        });
        (opens || (qualified && decides)) && !self.raw.contains('?') && !self.laughs() && !self.about_the_quiz()
    }

    fn only_pleasantries(&self) -> bool {
        let mut at = 0;
        while at < self.words.len() {
            let longest = (1..=3).rev().find(|n| self.words.get(at..at + n).is_some_and(|w| pleasant(&w.join(" "))));
            match longest {
                Some(n) => at += n,
                None => return false,
            }
        }
        true
    }

    /// Agrees with somebody in a few words: "+1 to mtls", "^ this", "what ana said".
    fn agrees(&self) -> bool {
        let start = self.raw.trim_start();
        let signed = start.starts_with("+1") || start.starts_with("^") || start.starts_with("☝");
        let joined = self.words.join(" ");
        let opening = vocab::AGREEMENTS.iter().any(|opening| begins_with(&joined, opening));
        let reported = matches!(self.words.first().map(String::as_str), Some("what" | "as" | "like"));
        let says = self.words.iter().any(|word| matches!(word.as_str(), "said" | "says" | "wrote" | "mentioned"));
        self.words.len() <= 6 && (signed || (opening && (!reported || says)))
    }

    fn laughs(&self) -> bool {
        self.words.iter().any(|word| vocab::LAUGHS.contains(&word.as_str())) || self.raw.chars().any(|c| vocab::LAUGHING_FACES.contains(&c))
    }

    fn about_the_quiz(&self) -> bool {
        self.words.iter().any(|word| vocab::META.contains(&word.as_str()))
    }

    /// Lists, arrows, equations, shares: the signs of somebody setting something out.
    fn set_out(&self) -> bool {
        let lists = self.raw.lines().filter(|line| listed(line)).count() >= 2;
        lists || ["->", "=>", "→", " = ", " + ", " / ", "%"].iter().any(|sign| self.raw.contains(sign))
    }
}

/// The question, as far as the reading needs it.
struct Asked {
    words: HashSet<String>,
    wants_yes_or_no: bool,
}

impl Asked {
    fn new(prompt: &str) -> Self {
        let words = words_of(prompt);
        let first = words.first().map_or("", String::as_str);
        let second = words.get(1).map_or("", String::as_str);
        let asks =
            ["do", "does", "did", "is", "are", "can", "could", "should", "would", "will", "has", "have", "must", "may"].contains(&first);
        let wants_yes_or_no = asks && !(second == "you" && ["can", "could", "would", "will"].contains(&first));
        Self { words: words.into_iter().collect(), wants_yes_or_no }
    }

    /// The question pasted back: three words or more, nearly all of them its own.
    fn echoed_by(&self, words: &[String]) -> bool {
        let own = words.iter().filter(|word| self.words.contains(*word)).count();
        words.len() >= 4 && own * 10 >= words.len() * 9 && own * 10 >= self.words.len() * 7
    }
}

/// A line such as `  mode: STRICT` or `- name: web`.
fn keyed_line(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '-']);
    line.split_once(':').is_some_and(|(key, value)| {
        let plain = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '"'));
        plain
            && key.starts_with(|c: char| c.is_ascii_lowercase() || c == '"')
            && (value.is_empty() || value.starts_with(' '))
            && words_of(value).len() <= 4
    })
}

/// A line that opens as an item of a list.
fn listed(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['-', '*', '•']) || (number.len() < line.len() && number.starts_with(['.', ')', ':']))
}

/// Drops what isn't said by the writer: links, mentions, names of emoji, quoted lines.
fn without_references(raw: &str) -> String {
    let kept = raw.lines().filter(|line| !line.trim_start().starts_with("> ")).map(|line| {
        let words = line.split_inclusive(char::is_whitespace).filter(|word| !refers(word.trim()));
        words.collect::<String>()
    });
    kept.collect::<Vec<_>>().join("\n")
}

fn refers(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | ',' | '.'));
    let emoji = bare.len() > 2
        && bare.starts_with(':')
        && bare.ends_with(':')
        && bare[1..].chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | ':'));
    bare.starts_with("http://")
        || bare.starts_with("https://")
        || bare.starts_with("www.")
        || bare.starts_with('@')
        || (word.starts_with("<#") || word.starts_with("<!") || word.starts_with("<:"))
        || emoji
}

/// Lower-case words without apostrophes; letters and digits of any script.
fn words_of(text: &str) -> Vec<String> {
    text.unicode_words().take(WORDS_READ).map(|word| word.to_lowercase().replace(['\'', '’'], "")).collect()
}

fn begins_with(joined: &str, phrase: &str) -> bool {
    joined.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn pleasant(phrase: &str) -> bool {
    vocab::PLEASANTRIES.contains(&phrase) || vocab::LAUGHS.contains(&phrase) || vocab::META.contains(&phrase)
}

/// Small words that may open any message: "hm, no", "ok so what is …".
fn fills(word: &str) -> bool {
    matches!(
        word,
        "hm" | "hmm"
            | "hmmm"
            | "ok"
            | "okay"
            | "so"
            | "well"
            | "oh"
            | "ah"
            | "um"
            | "uh"
            | "and"
            | "hey"
            | "hi"
            | "wait"
            | "ok,"
            | "lol"
            | "haha"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PROMPT: &str = "Where does load balancing actually happen?";

    #[track_caller]
    fn check(text: &str, expected: &Substance) {
        let field = |word: &str| ["sidecar", "envoy", "ambient", "mtls"].contains(&word);
        assert_eq!(&read(text, PROMPT, &field), expected, "{text}");
    }

    #[test]
    fn no_idea_is_no_no() {
        let field = |_: &str| false;
        let asked = "Do developers need to manage certificates in Istio?";
        for text in ["no idea", "no clue tbh", "No idea, sorry"] {
            assert_eq!(Substance::DontKnow, read(text, asked, &field), "{text}");
        }
        for text in ["no", "nope", "No, istiod does that"] {
            assert_eq!(Substance::Answer, read(text, asked, &field), "{text}");
        }
    }

    #[test]
    fn what_nobody_can_read_is_no_answer() {
        for text in [
            "",
            " \n\t ",
            "\u{200b}\u{2060}\u{feff}",
            "\u{3164}",
            "the sidecar\0",
            "\u{202e}racedis",
            "\u{2066}the sidecar",
            "a\u{1}\u{2}\u{fffd}",
        ] {
            assert!(unreadable(text), "{text:?}");
            check(text, &Substance::Unreadable);
        }
        for text in ["the sidecar", "👩‍💻", "זה ה\u{200f}sidecar", "\u{2068}the\u{2069} sidecar", "."] {
            assert!(!unreadable(text), "{text:?}");
        }
    }

    #[test]
    fn an_explicit_answer_is_what_follows_the_word() {
        for text in
            ["answer: it depends", "Answer : it depends", "**answer:** it depends", "ANSWER：it depends", "\u{200b}answer:\nit depends "]
        {
            check(text, &Substance::Explicit("it depends".to_owned()));
        }
        check("answer:", &Substance::Chatter);
        check("answer: no idea", &Substance::DontKnow);
        check("answers vary, ask ana", &Substance::Chatter);
        check("answer: `mode: STRICT`", &Substance::Explicit("`mode: STRICT`".to_owned()));
    }

    #[test]
    fn a_guess_after_giving_up_is_an_answer() {
        check("no idea", &Substance::DontKnow);
        check("no idea, but maybe the sidecar", &Substance::Answer);
        check("sorry, I really don't know what a sidecar is", &Substance::DontKnow);
        check("the app doesn't know, the sidecar does it", &Substance::Answer);
    }

    #[test]
    fn a_question_asks_or_suggests() {
        check("sidecar or ambient?", &Substance::QuestionBack);
        check("do you mean ambient? then it is the sidecar, which picks an endpoint", &Substance::Answer);
        check("isn't it the envoy of the caller that picks one?", &Substance::Answer);
        check("Where does load balancing happen", &Substance::QuestionBack);
    }

    #[test]
    fn yes_and_no_answer_only_what_asks_for_them() {
        check("no", &Substance::Chatter);
        let read_no = |prompt| read("no", prompt, &|_| false);
        assert_eq!(read_no("Do developers need to manage certificates?"), Substance::Answer);
        assert_eq!(read_no("Can you explain what a mesh is?"), Substance::Chatter);
    }

    #[test]
    fn signs_links_and_names_alone_are_talk() {
        for text in [
            ".",
            "👍",
            ":tada:",
            "<@123456>",
            "@ana @tom",
            "https://istio.io",
            "> the sidecar does it",
            "+1",
            "^",
            "!hint",
            "ok",
            "what ana said",
        ] {
            check(text, &Substance::Chatter);
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in "\\PC{0,80}|[\\x00-\\x7f]{0,80}|(answer|ANSWER)[:：* ]{0,3}\\PC{0,20}") {
            let once = read(&text, PROMPT, &|_| false);
            prop_assert_eq!(&once, &read(&text, PROMPT, &|_| false));
            prop_assert_eq!(once == Substance::Unreadable, unreadable(&text));
        }
    }
}
