//! The phrasing language: a line of a rubric to terms that are looked for. `questions/README.md` describes it.

use crate::grade::concepts::{Field, Name, counts, significant};
use crate::grade::english::{Role, role};
use crate::grade::text::Text;
use crate::grade::words::Vocabulary;
use std::collections::{BTreeMap, BTreeSet};

/// More ways than this to read one phrasing's groups are refused.
const MOST_READINGS: usize = 64;

/// What is wrong with a phrasing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Only function words, or nothing.
    #[error("it has no content words; name what must be said")]
    NoContent,
    /// A bracket without its other half, or one inside another.
    #[error("its brackets don't match; write one group as (a|b c) and don't nest groups")]
    Brackets,
    /// An alternative without words, or `>` without a neighbour.
    #[error("something is missing beside a `|`, `>` or `=`")]
    Dangling,
    /// A group's alternative of function words only.
    #[error("an alternative has only words that don't count; name what must be said, or write =word for a word that is meant exactly")]
    EmptyAlternative,
    /// `~` without a number.
    #[error("after `~` comes a number of words, at the very end: ~12")]
    Window,
    /// Too many combinations.
    #[error("its groups can be read in more than {MOST_READINGS} ways; split it into several phrasings")]
    TooManyWays,
    /// The prompt says it already.
    #[error("it has only the prompt's own words, which earn nothing")]
    OnlyPrompt,
}

/// One thing that must be found: any of its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    /// The names, as stems;
    /// those that the author did not write but the lexicon adds, are marked.
    pub(crate) written: BTreeSet<(Name, Meant)>,
    /// As the author wrote it.
    pub(crate) label: String,
    /// It must come before the next slot.
    pub(crate) precedes: bool,
}

impl Slot {
    /// All its names: those that were written, and those that the lexicon adds.
    pub(crate) fn names(&self, field: &Field) -> BTreeMap<Name, Origin> {
        let mut names = BTreeMap::new();
        for (name, meant) in &self.written {
            if *meant == Meant::AsConcept {
                for other in field.names(name) {
                    names.entry(other).or_insert(Origin::Lexicon);
                }
            }
            names.insert(name.clone(), Origin::Written);
        }
        names
    }
}

/// How a word of a phrasing is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Meant {
    /// With all other names of its concepts.
    AsConcept,
    /// Just this word.
    Exactly,
}

/// Where a name of a slot comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Origin {
    /// The phrasing has it.
    Written,
    /// It is another name of the same concept.
    Lexicon,
}

/// One reading of a phrasing.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    /// What must be found; nothing, where a plain "no" is the answer.
    pub(crate) slots: Vec<Slot>,
    /// It has a negator: the answer must deny it.
    pub(crate) negated: bool,
    /// How far apart the first and last word may stand, in content words; none for the usual.
    pub(crate) window: Option<i32>,
}

/// Reads a phrasing, whose words the vocabulary has learnt; a group of several words gives one pattern an alternative.
pub(crate) fn parse(phrasing: &str, field: &Field, vocabulary: &Vocabulary) -> Result<Vec<Pattern>, Problem> {
    let (body, window) = split_window(phrasing)?;
    let mut ways: Vec<Vec<Unit>> = vec![Vec::new()];
    for unit in units(body)? {
        ways = multiply(ways, unit)?;
    }
    let mut patterns = Vec::with_capacity(ways.len());
    for way in ways {
        patterns.push(pattern(&way, window, field, vocabulary)?);
    }
    Ok(patterns)
}

/// Alternatives of one word each, as written.
#[derive(Debug, Clone)]
struct Unit {
    words: Vec<String>,
    precedes: bool,
}

/// One place of the phrasing: alternatives of one or several words.
pub(crate) struct Place {
    pub(crate) alternatives: Vec<Vec<String>>,
    /// It must come before the next place.
    pub(crate) precedes: bool,
}

pub(crate) fn split_window(phrasing: &str) -> Result<(&str, Option<i32>), Problem> {
    let Some((body, number)) = phrasing.rsplit_once('~') else { return Ok((phrasing, None)) };
    match number.trim().parse::<u8>() {
        Ok(words) if words > 0 => Ok((body, Some(i32::from(words)))),
        _ => Err(Problem::Window),
    }
}

/// The phrasing's places, its signs understood.
pub(crate) fn units(body: &str) -> Result<Vec<Place>, Problem> {
    let spaced: String = body.chars().flat_map(|c| if matches!(c, '(' | ')' | '|' | '>') { vec![' ', c, ' '] } else { vec![c] }).collect();
    let mut places: Vec<Place> = Vec::new();
    let mut group: Option<Vec<Vec<String>>> = None;
    let mut or = false;
    for token in spaced.split_whitespace() {
        match (token, &mut group) {
            ("(", None) => group = Some(vec![Vec::new()]),
            ("(", Some(_)) | (")", None) => return Err(Problem::Brackets),
            (")", Some(alternatives)) => {
                let alternatives = std::mem::take(alternatives);
                group = None;
                put(&mut places, alternatives, &mut or)?;
            }
            ("|", Some(alternatives)) => alternatives.push(Vec::new()),
            (word, Some(alternatives)) if word != ">" => alternatives.last_mut().ok_or(Problem::Brackets)?.push(word.to_owned()),
            ("|", None) if !or && !places.is_empty() => or = true,
            (">", None) if !or => places.last_mut().filter(|place| !place.precedes).ok_or(Problem::Dangling)?.precedes = true,
            ("|" | ">", _) => return Err(Problem::Dangling),
            (word, None) => put(&mut places, vec![vec![word.to_owned()]], &mut or)?,
            (_, Some(_)) => return Err(Problem::Brackets),
        }
    }
    if group.is_some() {
        return Err(Problem::Brackets);
    }
    if or || places.last().is_some_and(|place| place.precedes) {
        return Err(Problem::Dangling);
    }
    Ok(places)
}

/// Adds alternatives as a new place, or after a `|` to the last one.
fn put(places: &mut Vec<Place>, alternatives: Vec<Vec<String>>, or: &mut bool) -> Result<(), Problem> {
    if alternatives.iter().any(Vec::is_empty) {
        return Err(Problem::Dangling);
    }
    match places.last_mut() {
        Some(last) if std::mem::take(or) => last.alternatives.extend(alternatives),
        _ => places.push(Place { alternatives, precedes: false }),
    }
    Ok(())
}

/// Goes on with every alternative of several words by itself, and with those of one word together.
fn multiply(ways: Vec<Vec<Unit>>, place: Place) -> Result<Vec<Vec<Unit>>, Problem> {
    let (single, several): (Vec<_>, Vec<_>) = place.alternatives.into_iter().partition(|words| words.len() == 1);
    let empty = |words: &Vec<String>| {
        words.iter().all(|word| !word.starts_with('=') && !matches!(role(&word.to_lowercase()), Role::Content | Role::Negator))
    };
    if several.iter().any(empty) {
        return Err(Problem::EmptyAlternative);
    }
    let unit = |words: Vec<String>| Unit { words, precedes: false };
    let mut options: Vec<Vec<Unit>> = several.into_iter().map(|words| words.into_iter().map(|word| unit(vec![word])).collect()).collect();
    if !single.is_empty() {
        options.push(vec![unit(single.into_iter().flatten().collect())]);
    }
    for last in options.iter_mut().filter_map(|option| option.last_mut()) {
        last.precedes = place.precedes;
    }
    if ways.len() * options.len() > MOST_READINGS {
        return Err(Problem::TooManyWays);
    }
    Ok(ways.iter().flat_map(|way| options.iter().map(move |option| [way.as_slice(), option.as_slice()].concat())).collect())
}

fn pattern(way: &[Unit], window: Option<i32>, field: &Field, vocabulary: &Vocabulary) -> Result<Pattern, Problem> {
    let mut pattern = Pattern { slots: Vec::new(), negated: false, window };
    let plain = |unit: &Unit| unit.words.len() == 1 && !unit.words[0].starts_with('=');
    let mut at = 0;
    while at < way.len() {
        if plain(&way[at]) {
            let run = way[at..].iter().take_while(|unit| plain(unit)).count();
            let run = way[at..at + run].iter().position(|unit| unit.precedes).map_or(run, |last| last + 1);
            add_run(&mut pattern, &way[at..at + run], field, vocabulary);
            at += run;
        } else {
            add_alternatives(&mut pattern, &way[at], field, vocabulary)?;
            at += 1;
        }
    }
    if pattern.slots.is_empty() && !pattern.negated { Err(Problem::NoContent) } else { Ok(pattern) }
}

/// Plain words in a row: the longest names of concepts become one slot each.
fn add_run(pattern: &mut Pattern, run: &[Unit], field: &Field, vocabulary: &Vocabulary) {
    let joined = run.iter().flat_map(|unit| unit.words.iter().map(String::as_str)).collect::<Vec<_>>().join(" ");
    let text = Text::new(&joined);
    let words = vocabulary.words(&text);
    let before = pattern.slots.len();
    let mut at = 0;
    while at < words.len() {
        let longest = field.longest.min(words.len() - at);
        let name = |length: usize| significant(&words[at..at + length]);
        let length = (2..=longest).rev().find(|&length| field.has(&name(length))).unwrap_or(1);
        if length == 1 && words[at].role == Role::Negator {
            pattern.negated = !pattern.negated;
        } else if length > 1 || counts(&words[at]) {
            let label = joined[words[at].source.start..words[at + length - 1].source.end].to_owned();
            pattern.slots.push(Slot { written: BTreeSet::from([(name(length), Meant::AsConcept)]), label, precedes: false });
        }
        at += length;
    }
    if run.last().is_some_and(|unit| unit.precedes)
        && pattern.slots.len() > before
        && let Some(slot) = pattern.slots.last_mut()
    {
        slot.precedes = true;
    }
}

/// Alternatives, or one word that is meant exactly.
fn add_alternatives(pattern: &mut Pattern, unit: &Unit, field: &Field, vocabulary: &Vocabulary) -> Result<(), Problem> {
    let mut names = BTreeSet::new();
    let mut negators = 0;
    for written in &unit.words {
        let exact = written.strip_prefix('=');
        let text = Text::new(exact.unwrap_or(written));
        let words = vocabulary.words(&text);
        match words.as_slice() {
            [] => return Err(Problem::Dangling),
            [word] if word.role == Role::Negator && !field.has(&[word.stem]) => negators += 1,
            _ => drop(names.insert((significant(&words), if exact.is_some() { Meant::Exactly } else { Meant::AsConcept }))),
        }
    }
    if names.is_empty() && negators > 0 {
        pattern.negated = !pattern.negated;
        return Ok(());
    }
    pattern.slots.push(Slot { written: names, label: unit.words.join("|"), precedes: unit.precedes });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{Concept, Lexicon};

    fn read(phrasing: &str) -> Result<Vec<String>, Problem> {
        let lexicon =
            Lexicon { concepts: vec![Concept { id: "mtls".into(), names: vec!["mtls".into(), "mutual tls".into()] }], known: vec![] };
        let field = Field::new(&lexicon);
        let mut vocabulary = Vocabulary::over(field.vocabulary.clone());
        vocabulary.learn(&Text::new(phrasing), true);
        let show = |slot: &Slot| format!("{}/{}{}", slot.label, slot.names(&field).len(), if slot.precedes { " >" } else { "" });
        let patterns = parse(phrasing, &field, &vocabulary)?;
        Ok(patterns
            .iter()
            .map(|pattern| {
                let slots: Vec<String> = pattern.slots.iter().map(show).collect();
                let window = pattern.window.map_or(String::new(), |words| format!(" ~{words}"));
                format!("{}{}{window}", if pattern.negated { "not " } else { "" }, slots.join(" "))
            })
            .collect())
    }

    #[test]
    fn phrasings_say_what_must_be_found() {
        let table: &[(&str, &[&str])] = &[
            ("encrypts the traffic", &["encrypts/1 traffic/1"]),
            ("mutual tls encrypts", &["mutual tls/3 encrypts/1"]),
            ("code|app change", &["code|app/2 change/1"]),
            ("(no code|app) change", &["not code/1 change/1", "app/1 change/1"]),
            ("gateway > virtualservice|route", &["gateway/1 > virtualservice|route/2"]),
            ("=mtls on", &["=mtls/1"]),
            ("no|without restart ~12", &["not restart/1 ~12"]),
            ("no", &["not "]),
            ("(a long way|mtls) round", &["long/1 way/1 round/1", "mtls/3 round/1"]),
        ];
        for (phrasing, expected) in table {
            assert_eq!(read(phrasing).unwrap(), *expected, "{phrasing}");
        }
    }

    #[test]
    fn faults_are_named() {
        let table = [
            ("of the", Problem::NoContent),
            ("", Problem::NoContent),
            ("(a|b", Problem::Brackets),
            ("a) b", Problem::Brackets),
            ("((a) b)", Problem::Brackets),
            ("traffic (enters|gets in)", Problem::EmptyAlternative),
            ("code| ", Problem::Dangling),
            ("> code", Problem::Dangling),
            ("code >", Problem::Dangling),
            ("(code|)", Problem::Dangling),
            ("code ~", Problem::Window),
            ("(one two|three four|five six) (one two|three four|five six) (a b|c d|e f) (g h|i j|k l)", Problem::TooManyWays),
        ];
        for (phrasing, expected) in table {
            assert_eq!(read(phrasing), Err(expected), "{phrasing}");
        }
    }
}
