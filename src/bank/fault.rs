//! What is wrong in a question file, where it stands, and how to mend it.

use std::fmt;

/// One thing wrong in a question file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, as a path a person can open.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, as a sentence without a full stop.
    pub what: String,
    /// How to mend it.
    pub cure: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, what, cure, .. } = self;
        write!(out, "{file}:{line}: {what}\n    {cure}")
    }
}

/// A name that stands for nothing here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no {kind} `{name}`{}", suggestion(.nearest.as_deref()))]
pub struct Unknown {
    /// What was looked for: "topic", "question".
    pub kind: &'static str,
    /// The name as it was given.
    pub name: String,
    /// The nearest name there is, if one is near.
    pub nearest: Option<String>,
}

/// The known name that `name` was most likely meant to be; nothing where none is near.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Below this likeness two names are just different: "zone" is no slip of "security".
    const ALIKE: f64 = 0.7;
    let name = name.to_lowercase();
    let likeness = |other: &str| {
        let other = other.to_lowercase();
        // One slip in a short word ("md") weighs too much in the other measure.
        if strsim::damerau_levenshtein(&name, &other) == 1 { 1.0 } else { strsim::jaro_winkler(&name, &other) }
    };
    let near = known.into_iter().map(|other| (likeness(other), other)).filter(|(likeness, _)| *likeness >= ALIKE);
    near.max_by(|one, two| one.0.total_cmp(&two.0)).map(|(_, other)| other)
}

/// "; did you mean `x`?", or nothing.
pub(super) fn suggestion(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}
