//! What kind of message a text is: an answer, a "don't know", a question back, or talk.
//!
//! The reading goes from the plain to the doubtful. A text nobody can read, one that begins with `answer:`, one that is only signs, links,
//! names, greetings or the question itself, is told by its form. What is left is read clause by clause: "don't know" clauses and questions
//! are set aside, and the rest is weighed. Words of the field, words of the trade at large, names as they stand in code, lists and arrows
//! speak for an answer; laughter, talk about the quiz, remarks ("never used it") and life outside the matter speak against it. A word that
//! the question already names weighs little, since people joke with it as well. Where the scale doesn't tip the message is
//! [`Substance::Unclear`] and isn't graded: asking again costs a member less than a grade for small talk.

mod vocabulary;

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
            c if c.is_whitespace() || invisible(c) => {}
            _ => visible += 1,
        }
    }
    visible == 0 || turned != 0 || broken * 10 > visible
}

/// Characters that take no room: zero-width spaces and joiners, marks of direction, the filler letters that look empty.
fn invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
            | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// What follows `answer:` at the beginning, with or without marks of emphasis.
fn explicit(text: &str) -> Option<&str> {
    let marks: &[char] = &['*', '_', '`', '~', ' ', '\t', '\n', '\r'];
    let text = text.trim_start_matches(|c: char| marks.contains(&c) || invisible(c));
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
        let raw: String =
            text.nfkc().filter(|c| !invisible(*c)).map(|c| if matches!(c, '’' | '‘' | '`' | '´') { '\'' } else { c }).collect();
        let text = without_references(&raw);
        let words = words_of(&text);
        Self { text, words, raw }
    }

    /// A chat command, most often one typed wrong: "/istio my-grade", "!hint".
    fn commands(&self) -> bool {
        let mut chars = self.raw.trim_start().chars();
        let first = chars.next();
        matches!(first, Some('/' | '!')) && chars.next().is_some_and(char::is_alphabetic) && self.words.len() <= 6
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
        let opens = self.words.iter().find(|word| !fills(word)).is_some_and(yes_or_no);
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

/// A stretch of text between full stops, commas and lines, with the sign that closes it.
struct Clause {
    text: String,
    question: bool,
}

fn clauses(text: &str) -> Vec<Clause> {
    let mut all = Vec::new();
    let mut current = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let ends = match c {
            '\n' | ';' | '!' | '?' | '？' | '。' | '，' | '(' | ')' | '—' | '–' => true,
            // A full stop or comma inside a name or number closes nothing.
            '.' | ',' | ':' => chars.peek().is_none_or(|next| next.is_whitespace()),
            _ => false,
        };
        if !ends {
            current.push(c);
            continue;
        }
        push_clause(&mut all, &mut current, matches!(c, '?' | '？'));
    }
    push_clause(&mut all, &mut current, false);
    carry_questions_back(&mut all);
    all
}

/// "But" opens a clause of its own.
fn push_clause(all: &mut Vec<Clause>, current: &mut String, question: bool) {
    let text = std::mem::take(current);
    let mut parts = text.split(" but ").filter(|part| !part.trim().is_empty()).peekable();
    while let Some(part) = parts.next() {
        all.push(Clause { text: part.trim().to_owned(), question: question && parts.peek().is_none() });
    }
}

/// A comma doesn't end a question: in "In which mode, sidecar or ambient?" the first half asks as well.
fn carry_questions_back(all: &mut [Clause]) {
    for at in (1..all.len()).rev() {
        let words = words_of(&all[at - 1].text);
        if all[at].question && !all[at - 1].question && words.len() <= 6 && words.iter().any(|word| vocab::ASKING.contains(&word.as_str()))
        {
            all[at - 1].question = true;
        }
    }
}

/// What follows a "don't know" that opens the clause: a guess, or nothing. None where the clause doesn't give up.
fn after_dont_know(words: &[String]) -> Option<&[String]> {
    let lead = words.iter().take_while(|word| vocab::DONT_KNOW_LEAD.contains(&word.as_str())).count();
    (0..=lead).rev().find_map(|at| {
        let joined = words[at..].join(" ");
        let phrase = vocab::DONT_KNOW.iter().filter(|phrase| begins_with(&joined, phrase)).max_by_key(|phrase| phrase.len())?;
        let rest = &words[at + phrase.split(' ').count()..];
        let guess =
            (0..rest.len()).find(|from| *from <= 2 && vocab::HEDGES.iter().any(|hedge| begins_with(&rest[*from..].join(" "), hedge)));
        Some(guess.map_or(&rest[rest.len()..], |from| &rest[from..]))
    })
}

/// Tells whether a clause asks, rather than guessing aloud.
fn asks(words: &[String], clause: &Clause, of_the_field: impl Fn(&str) -> bool) -> bool {
    let start = words.iter().position(|word| !fills(word)).unwrap_or(0);
    let words = &words[start..];
    let joined = words.join(" ");
    let first = words.first().map_or("", String::as_str);
    let second = words.get(1).map_or("", String::as_str);
    let suggests = vocab::SUGGESTING.contains(&first)
        && words.len() >= 5
        && words.iter().any(|word| of_the_field(word))
        && !["we", "you", "this"].contains(&second);
    let hedged = vocab::HEDGES.iter().any(|hedge| format!(" {joined} ").contains(&format!(" {hedge} ")));
    if suggests || (hedged && !joined.contains(" you ")) {
        return false;
    }
    let opened = vocab::ASKING_OPENINGS.iter().any(|opening| begins_with(&joined, opening)) && !words.iter().any(|word| of_the_field(word));
    let turned = vocab::ASKING.contains(&first) && vocab::ASKED.contains(&second) && first != "that" && words.len() > 2;
    if !clause.question {
        return opened || turned && matches!(second, "you" | "u" | "anyone" | "someone" | "anybody" | "somebody") || addresses(&joined);
    }
    let alternatives = words.iter().any(|word| word == "or") || joined.contains("as in");
    // One or two words with a question mark may be a guess or a question: in doubt they ask.
    words.len() <= 2
        || alternatives
        || vocab::ASKING.contains(&first)
        || vocab::SUGGESTING.contains(&first)
        || addresses(&joined)
        || ["in which", "for which", "on which", "at which"].iter().any(|open| joined.starts_with(open))
}

/// Speaks to somebody: "Ravi can you take this", "what do you think".
fn addresses(joined: &str) -> bool {
    let joined = format!(" {joined} ");
    [
        "can you",
        "could you",
        "do you",
        "did you",
        "would you",
        "will you",
        "are you",
        "have you",
        "you mean",
        "you think",
        "wanna go",
        "wants to go",
        "can we",
        "shall we",
    ]
    .iter()
    .any(|phrase| joined.contains(&format!(" {phrase} ")))
}

/// The scale, in tenths; see the head of this file.
fn weigh(said: &Said, words: &[String], asked: &Asked, is_field_word: &dyn Fn(&str) -> bool) -> i32 {
    let distinct: HashSet<&String> = words.iter().collect();
    let evidence: i32 =
        distinct.iter().map(|word| known(word, asked, is_field_word)).sum::<i32>().min(100) + names_in_code(said, asked, is_field_word);
    let length = i32::try_from(words.len()).unwrap_or(i32::MAX).min(60);
    let mut weight = evidence + if evidence >= 15 { length * 10 / 6 } else { length * 10 / 14 }.min(40);
    let relations = distinct.iter().filter(|word| vocab::RELATIONS.contains(&word.as_str())).count().min(3);
    weight += if evidence > 0 { i32::try_from(relations).unwrap_or(0) * 3 } else { 0 };
    weight += if said.set_out() && evidence > 0 { 5 } else { 0 };
    let joined = format!(" {} ", words.join(" "));
    let count =
        |phrases: &[&str]| i32::try_from(phrases.iter().filter(|phrase| joined.contains(&format!(" {phrase} "))).count()).unwrap_or(0);
    weight += 5 * count(vocab::HEDGES).min(1);
    // A remark is the whole of a short message and a detail of a long one.
    let short = length <= 14;
    weight -= if short { 35 } else { 10 } * count(vocab::ASIDES).min(2);
    weight -= if said.laughs() { 30 } else { 0 };
    weight -= 25 * count(vocab::META).min(2) + 25 * count(vocab::META_PHRASES).min(2);
    weight -= 20 * count(vocab::LIFE).min(2) + 20 * count(vocab::STORY_TIMES).min(1);
    weight
}

/// What one word says for an answer, in tenths. A word of the question says little.
fn known(word: &str, asked: &Asked, is_field_word: &dyn Fn(&str) -> bool) -> i32 {
    let singular = word.strip_suffix("ies").map(|stem| format!("{stem}y")).or_else(|| word.strip_suffix('s').map(str::to_owned));
    let of_field = is_field_word(word) || singular.as_deref().is_some_and(is_field_word);
    let shared = vocab::SHARED_STEMS.iter().any(|stem| word.starts_with(stem));
    let of_trade = vocab::TRADE_WORDS.contains(&word) || vocab::TRADE_STEMS.iter().any(|stem| word.starts_with(stem));
    let named = asked.words.contains(word) || singular.is_some_and(|one| asked.words.contains(&one));
    match (of_field, of_trade, shared) {
        (false, false, false) => 0,
        _ if named => 4,
        (true, _, _) => 20,
        (_, true, _) => 15,
        _ => 10,
    }
}

/// Names as they stand in code, such as `istio_requests_total`, that neither the question nor the field names.
fn names_in_code(said: &Said, asked: &Asked, is_field_word: &dyn Fn(&str) -> bool) -> i32 {
    let named = said
        .text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')'))
        .filter(|token| code_name(token))
        .map(str::to_lowercase)
        .filter(|token| !asked.words.contains(token) && !is_field_word(token));
    i32::try_from(named.take(2).count()).unwrap_or(0) * 15
}

/// Two capitals with small letters between them, or words tied by underscores.
fn code_name(token: &str) -> bool {
    let token = token.trim_matches(|c: char| !c.is_alphanumeric());
    let humps = token.chars().zip(token.chars().skip(1)).filter(|(a, b)| a.is_lowercase() && b.is_uppercase()).count();
    let tied = token.contains('_') && token.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    token.len() >= 6 && (tied || (humps >= 1 && token.chars().all(char::is_alphanumeric)))
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
