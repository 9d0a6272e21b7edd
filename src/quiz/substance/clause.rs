//! A message clause by clause: which of them give up, and which ask.

use super::{begins_with, fills, vocab, words_of};

/// A stretch of text between full stops, commas and lines, with the sign that closes it.
pub(super) struct Clause {
    pub(super) text: String,
    question: bool,
}

/// Cuts a text into its clauses.
pub(super) fn clauses(text: &str) -> Vec<Clause> {
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
pub(super) fn after_dont_know(words: &[String]) -> Option<&[String]> {
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
pub(super) fn asks(words: &[String], clause: &Clause, of_the_field: impl Fn(&str) -> bool) -> bool {
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
