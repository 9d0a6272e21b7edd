//! What people wrote, made fit to be shown to others: nothing unseen in it, nothing that turns the text around it, no name that passes
//! for another.
//!
//! Everything shown goes through here: names and aliases, quotes, what is repeated of a command. What is only read (answers, to be
//! graded) is not changed.

use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::MixedScript;
use unicode_security::is_potential_mixed_script_confusable_char;

/// The longest name that is shown, in characters.
const LONGEST_NAME: usize = 40;
/// The longest piece of what was typed that is repeated, in characters.
const SHOWN: usize = 40;
/// The most marks a letter bears in any script that is written; more of them run over the lines around.
const MOST_MARKS: usize = 4;

/// Characters without a shape of their own: zero-width spaces and joiners, marks of direction, tags, the fillers that look empty.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Characters that change how the text around them reads, or that nobody sees. Spaces and line breaks are none.
pub fn is_trick(c: char) -> bool {
    (c.is_control() && !c.is_whitespace()) || is_invisible(c)
}

/// The text in one line, without tricks and without heaps of marks on a letter.
pub fn one_line(text: &str) -> String {
    let mut marks = 0;
    let kept = text.chars().filter(|c| !is_trick(*c)).filter(|c| {
        marks = if is_combining_mark(*c) { marks + 1 } else { 0 };
        marks <= MOST_MARKS
    });
    kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name as it is shown. A backtick would pass for the beginning of something to type.
pub fn name(raw: &str) -> String {
    one_line(raw).replace('`', "'").chars().take(LONGEST_NAME).collect::<String>().trim_end().to_owned()
}

/// Somebody's words as they may be quoted: without tricks, on one line, not endless; cut between words.
pub fn quoted(text: &str, longest: usize) -> String {
    let line = one_line(text);
    if line.chars().count() <= longest {
        return line;
    }
    let cut: String = line.chars().take(longest).collect();
    let whole = cut.rfind(' ').map_or(cut.as_str(), |at| &cut[..at]);
    format!("{whole} …")
}

/// What was typed, fit to be repeated to whoever typed it: in one line, without tricks, cut.
pub fn shown(text: &str) -> String {
    let line = one_line(text);
    match line.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

/// How a name looks: names with the same skeleton are mistaken for each other. Case, width, marks and spaces make no difference, and
/// letters of other scripts count as those they look like, by Unicode's table and by the look of their capitals.
pub fn skeleton(name: &str) -> String {
    /// Small letters whose capitals look like Latin ones, which Unicode's table keeps apart.
    const CAPITALS: [(&str, &str); 2] = [("вкмнт", "bkmht"), ("βεηκμτχ", "benkmtx")];
    let latin = |c: char| {
        let pairs = CAPITALS.iter().flat_map(|(from, to)| from.chars().zip(to.chars()));
        pairs.into_iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| to)
    };
    let plain: String = name.nfkd().filter(|c| !is_combining_mark(*c) && !is_trick(*c)).flat_map(char::to_lowercase).map(latin).collect();
    let looks = unicode_security::skeleton(&plain).filter(|c| !is_combining_mark(*c) && !c.is_whitespace()).flat_map(char::to_lowercase);
    // An l and an i without their dot are one stroke.
    looks.map(|c| if c == 'l' { 'i' } else { c }).collect()
}

/// The name would pass for the bot's own: it is that one, or that one with something behind it.
pub fn is_bots(name: &str) -> bool {
    skeleton(name).starts_with(&skeleton("Meshdrill"))
}

/// A word in it mixes scripts that are never written together, with a letter that looks like another's: `Аdmin` with a Cyrillic А.
pub fn mixes_scripts(name: &str) -> bool {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let deceives = |c: char| !c.is_ascii() && is_potential_mixed_script_confusable_char(c);
    words.into_iter().any(|word| !word.is_single_script() && word.chars().any(deceives))
}

/// The names, each told apart from those before it that it looks like: `Ana`, `Ben`, `Ana (2)`.
pub fn told_apart<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let names: Vec<&str> = names.into_iter().collect();
    let looks: Vec<String> = names.iter().map(|name| skeleton(name)).collect();
    // What somebody is called as they are, nobody gets with a number.
    let mut given: HashSet<String> = looks.iter().cloned().collect();
    let mut last: HashMap<&str, usize> = HashMap::new();
    let mut told = Vec::with_capacity(names.len());
    for (name, looks) in names.iter().zip(&looks) {
        let Some(n) = last.get_mut(looks.as_str()) else {
            last.insert(looks, 1);
            told.push((*name).to_owned());
            continue;
        };
        told.push(loop {
            *n += 1;
            let numbered = format!("{name} ({n})");
            if given.insert(skeleton(&numbered)) {
                break numbered;
            }
        });
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_passes_for_the_bot() {
        for name in ["Meshdrill", "meshdrill.", "Мeshdrill bot", "MESH DRILL"] {
            assert!(is_bots(name), "{name}");
        }
        assert!(!is_bots("Mesh") && !is_bots("Ana"));
    }

    #[test]
    fn what_deceives_or_is_not_seen_is_left_out() {
        for (raw, kept) in [
            ("Ana\u{202E}\n gpj\u{200B}", "Ana gpj"),
            ("a\u{061C}b\u{2067}c\u{2069}", "abc"),
            ("\u{3164}\u{115F}\u{2800}", ""),
            ("x\u{E0041}\u{FE0F}y", "xy"),
            ("\u{1B}[31mred\r\nblue\u{85}green", "[31mred blue green"),
            ("two\u{2028}lines", "two lines"),
            ("Ünal Öz 🦀 प्रिया", "Ünal Öz 🦀 प्रिया"),
        ] {
            assert_eq!(kept, one_line(raw), "{raw:?}");
        }
    }

    #[test]
    fn marks_are_not_heaped() {
        let heap = format!("Z{}algo", "\u{0335}".repeat(30));
        assert_eq!(one_line(&heap).chars().filter(|c| is_combining_mark(*c)).count(), MOST_MARKS);
        assert_eq!("Việt", one_line("Vie\u{323}\u{302}t").nfc().collect::<String>());
    }

    #[test]
    fn names_are_cut_and_no_code() {
        assert_eq!(40, name(&"x".repeat(99)).chars().count());
        assert_eq!("'rm -rf'", name("`rm -rf`"));
    }

    #[test]
    fn names_that_look_alike_are_one() {
        for other in ["ALICE", "Аlісе", "Ａｌｉｃｅ", "A1ice", "Alicé", "Al\u{200B}ice", "aiice", "𝐀𝐥𝐢𝐜𝐞", "Αlice", "a|ice", "A l i c e"]
        {
            assert_eq!(skeleton("Alice"), skeleton(other), "{other}");
        }
        for (one, other) in [("BEN", "ВЕN"), ("Tom", "Тоm"), ("Tom", "ТОМ"), ("Bob", "B0b"), ("scope", "ѕсоре"), ("Mila", "Μila")]
        {
            assert_eq!(skeleton(one), skeleton(other), "{one} {other}");
        }
        for (one, other) in [("Alice", "Alisa"), ("Мария", "Мирон"), ("Ana", "Anna"), ("田中", "田口")] {
            assert_ne!(skeleton(one), skeleton(other), "{one} {other}");
        }
    }

    #[test]
    fn words_of_several_scripts_are_told_from_names_in_one() {
        for mixed in ["Аdmin", "раypal", "Αlice Smith", "Bоb"] {
            assert!(mixes_scripts(mixed), "{mixed}");
        }
        for plain in [
            "Admin",
            "Мария",
            "Мария-Anna",
            "Анна (Berlin)",
            "田中",
            "田中たろう",
            "田中Taro",
            "김민준 Kim",
            "Ünal",
            "Ana 2",
            "🦀",
            "Νίκος",
            "عمر",
        ] {
            assert!(!mixes_scripts(plain), "{plain}");
        }
    }

    #[test]
    fn names_are_told_apart_by_numbers() {
        let told = told_apart(["Ana", "Ben", "ana", "Аnа", "Ana (2)", "Ben"]);
        assert_eq!(told, ["Ana", "Ben", "ana (3)", "Аnа (4)", "Ana (2)", "Ben (2)"]);
        let many = told_apart(std::iter::repeat_n("ana", 300));
        assert_eq!(300, many.iter().collect::<HashSet<_>>().len());
    }

    #[test]
    fn what_is_repeated_is_cut() {
        assert_eq!("mutual TLS …", quoted("mutual\nTLS everywhere", 12));
        assert_eq!("a b", shown(" a\t\u{200B} b "));
        assert_eq!(format!("{}…", "x".repeat(40)), shown(&"x".repeat(41)));
    }
}
