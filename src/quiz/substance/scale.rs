//! The scale: what the words of a message say for and against its being an answer.

use super::{Asked, Said, vocab};
use std::collections::HashSet;

/// The scale, in tenths; see the head of [`super`].
pub(super) fn weigh(said: &Said, words: &[String], asked: &Asked, is_field_word: &dyn Fn(&str) -> bool) -> i32 {
    let distinct: HashSet<&String> = words.iter().collect();
    let evidence: i32 = distinct.iter().map(|word| known(word, asked, is_field_word)).sum::<i32>().min(100)
        + names_in_code(said, asked, is_field_word)
        + shares(said);
    let length = i32::try_from(words.len()).unwrap_or(i32::MAX).min(60);
    let mut weight = evidence + if evidence >= 15 { length * 10 / 6 } else { length * 10 / 14 }.min(40);
    let relations = distinct.iter().filter(|word| vocab::RELATIONS.contains(&word.as_str())).count().min(3);
    weight += if evidence > 0 { i32::try_from(relations).unwrap_or(0) * 3 } else { 0 };
    weight += if said.set_out() && evidence > 0 { 5 } else { 0 };
    let joined = format!(" {} ", words.join(" "));
    let count =
        |phrases: &[&str]| i32::try_from(phrases.iter().filter(|phrase| joined.contains(&format!(" {phrase} "))).count()).unwrap_or(0);
    weight += 5 * count(vocab::HEDGES).min(1);
    let hedged = count(vocab::HEDGES) > 0;
    // "My nightmares", "my heart rate": a few words about oneself are a joke.
    weight -= if length <= 4 && !hedged && count(&["my", "me"]) > 0 { 20 } else { 0 };
    // A remark is the whole of a short message and a detail of a long one.
    let short = length <= 14;
    weight -= if short { 35 } else { 10 } * count(vocab::ASIDES).min(2);
    weight -= if said.laughs() { 30 } else { 0 };
    weight -= 25 * count(vocab::META).min(2) + 25 * count(vocab::META_PHRASES).min(2);
    weight -= 20 * count(vocab::LIFE).min(2) + 20 * count(vocab::STORY_TIMES).min(1);
    weight
}

/// What one word says for an answer, in tenths. A word of the question says little.
pub(super) fn known(word: &str, asked: &Asked, is_field_word: &dyn Fn(&str) -> bool) -> i32 {
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

/// Shares and ratios, such as `90/10` and `5%`.
fn shares(said: &Said) -> i32 {
    let share =
        |token: &&str| token.starts_with(|c: char| c.is_ascii_digit()) && (token.ends_with('%') || token.contains('/')) && token.len() <= 9;
    i32::try_from(said.text.split_whitespace().filter(share).take(2).count()).unwrap_or(0) * 10
}

/// Two capitals with small letters between them, or words tied by underscores.
fn code_name(token: &str) -> bool {
    let token = token.trim_matches(|c: char| !c.is_alphanumeric());
    let humps = token.chars().zip(token.chars().skip(1)).filter(|(a, b)| a.is_lowercase() && b.is_uppercase()).count();
    let tied = token.contains('_') && token.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    token.len() >= 6 && (tied || (humps >= 1 && token.chars().all(char::is_alphanumeric)))
}
