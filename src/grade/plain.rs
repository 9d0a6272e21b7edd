//! A phrasing in words that need no knowledge of its language.

use crate::grade::phrase::{split_window, units};

/// What a phrasing looks for, for people: `no developer (need|see) ~5` is "no + developer + need or see (within 5 words)". Words joined by
/// `+` stand near each other in any order, those joined by "then" in this one, and a word in quotes is that very word. What can't be read
/// stays as it is.
pub fn in_words(phrasing: &str) -> String {
    read(phrasing).unwrap_or_else(|| phrasing.to_owned())
}

fn read(phrasing: &str) -> Option<String> {
    let (body, window) = split_window(phrasing).ok()?;
    let places = units(body).ok()?;
    let mut said = String::new();
    for place in &places {
        said.push_str(&listed(place.alternatives.iter().map(|words| alternative(words)).collect()));
        said.push_str(if place.precedes { ", then " } else { " + " });
    }
    // Nothing comes after the last place.
    said.truncate(said.trim_end_matches(" + ").len());
    if let Some(window) = window {
        said.push_str(&match window {
            1 => " (side by side)".to_owned(),
            words => format!(" (within {words} words)"),
        });
    }
    Some(said)
}

/// `code, app or service`.
fn listed(mut alternatives: Vec<String>) -> String {
    let last = alternatives.pop().unwrap_or_default();
    if alternatives.is_empty() { last } else { format!("{} or {last}", alternatives.join(", ")) }
}

fn alternative(words: &[String]) -> String {
    let words = words.iter().map(|word| match word.strip_prefix('=') {
        Some(exactly) => format!("“{exactly}”"),
        None => word.clone(),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn signs_become_words() {
        for (phrasing, said) in [
            ("encrypts traffic", "encrypts + traffic"),
            ("code|app", "code or app"),
            ("no (code|app|source tree) change", "no + code, app or source tree + change"),
            ("(control plane|istiod) issue ~6", "control plane or istiod + issue (within 6 words)"),
            ("gateway > virtualservice", "gateway, then virtualservice"),
            ("=where envoy ~1", "“where” + envoy (side by side)"),
            ("no", "no"),
            ("broken (group", "broken (group"),
        ] {
            assert_eq!(said, in_words(phrasing), "{phrasing}");
        }
    }
}
