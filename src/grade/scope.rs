//! Words that negate, and how far each of them reaches.

use crate::grade::english::{self, Role};
use crate::grade::negation::Negation;
use crate::grade::reading::Reading;
use crate::grade::text::Gap;
use std::ops::Range;

/// How many content words "not" reaches over.
const CLAUSE: usize = 8;

/// How many content words "no" reaches over inside a sentence.
const PHRASE: usize = 3;

/// How many content words "without" and "instead of" reach over.
const COMPLEMENT: usize = 4;

/// No clause is longer than this, in words; it bounds the time that a hostile answer can take.
const LONGEST_CLAUSE: usize = 40;

/// A sentence in which negations are looked for.
pub(crate) struct Cues<'r, 'a> {
    reading: &'r Reading<'a>,
    sentence: Range<usize>,
}

impl<'r, 'a> Cues<'r, 'a> {
    /// For one sentence of a reading.
    pub(crate) fn new(reading: &'r Reading<'a>, sentence: Range<usize>) -> Cues<'r, 'a> {
        Cues { reading, sentence }
    }
}

impl Cues<'_, '_> {
    fn word(&self, at: usize) -> &str {
        if self.sentence.contains(&at) { self.reading.word(at) } else { "" }
    }

    fn role(&self, at: usize) -> Role {
        if self.sentence.contains(&at) { self.reading.words[at].role } else { Role::Function }
    }

    /// The negation that the word at `at` is, if it is one.
    pub(crate) fn at(&self, at: usize) -> Option<Negation> {
        let word = self.word(at);
        if let Some(negation) = self.rejection(at, word) {
            return Some(negation);
        }
        match word {
            "instead" | "rather" | "free" | "lack" | "far"
                if matches!((word, self.word(at + 1)), ("rather", "than") | ("far", "from") | (_, "of")) =>
            {
                Some(self.plain(at, self.reach(at + 2, COMPLEMENT, true)))
            }
            "w" if self.word(at + 1) == "o" => Some(self.plain(at, self.reach(at + 2, COMPLEMENT, true))),
            "lacks" | "lacking" => Some(self.plain(at, self.reach(at + 1, COMPLEMENT, true))),
            "fail" | "fails" | "failed" | "unable" | "impossible" | "refuses" if self.word(at + 1) == "to" => {
                Some(self.plain(at, self.reach(at + 2, CLAUSE, false)))
            }
            _ if denies_by_meaning(word) => Some(self.verb(at)),
            _ if self.role(at) == Role::Negator && !self.idle(at, word) => Some(self.negator(at, word)),
            _ => None,
        }
    }

    /// A verb like "refuse": it denies what follows, or its subject where it is passive.
    fn verb(&self, at: usize) -> Negation {
        let passive = at > self.sentence.start && self.role(at - 1) == Role::Auxiliary;
        let scope = if passive { self.clause_start(at)..at } else { self.reach(at + 1, COMPLEMENT, true) };
        Negation { verb: true, ..self.plain(at, scope) }
    }

    fn negator(&self, at: usize, word: &str) -> Negation {
        match word {
            "without" | "ohne" | "sin" | "sans" | "sem" | "बिना" => {
                Negation { condition: true, ..self.plain(at, self.reach(at + 1, COMPLEMENT, true)) }
            }
            "no" | "zero" | "kein" | "keine" | "keinen" | "keinem" | "ningun" | "aucun" | "aucune"
                if !matches!(self.word(at + 1), "longer" | "need" | "way" | "reason" | "one") =>
            {
                let opens = at == self.clause_start(at);
                self.plain(at, self.reach(at + 1, if opens { CLAUSE } else { PHRASE }, !opens))
            }
            // These stand behind what they negate.
            "नहीं" | "nahi" | "nahin" | "nicht" | "pas" => {
                let mut negation = self.plain(at, self.reach(at + 1, CLAUSE, false));
                negation.scope.start = at.saturating_sub(2).max(self.clause_start(at));
                negation
            }
            _ => {
                // "X, not Y": only Y, up to the next article.
                let contrast = word == "not" && at > self.sentence.start && !self.follows_verb(at);
                let mut scope = self.reach(at + 1, if contrast { COMPLEMENT } else { CLAUSE }, contrast);
                if contrast && let Some(article) = self.next_phrase(&scope) {
                    scope.end = article;
                }
                let contracted = word.ends_with("n't") || word.ends_with("nt") || word == "cannot";
                let verb = contracted || self.follows_verb(at);
                let subject = if verb { self.clause_start(at)..at } else { at..at };
                let predicate = scope.clone().find(|&w| self.role(w) == Role::Content);
                let denies_subject = predicate.is_none_or(|w| exists(self.word(w)));
                let harmless = predicate.is_some_and(|w| spares(self.word(w)));
                Negation { subject, denies_subject, harmless, ..self.plain(at, scope) }
            }
        }
    }

    /// A form of be, do or have stands right before: "is not", "kube-proxy's not".
    fn follows_verb(&self, at: usize) -> bool {
        (at.saturating_sub(2)..at).any(|before| self.role(before) == Role::Auxiliary || self.word(before).ends_with("'s"))
    }

    /// Where, after a content word, an article opens a phrase of its own.
    fn next_phrase(&self, scope: &Range<usize>) -> Option<usize> {
        let content = scope.clone().find(|&w| self.role(w) == Role::Content)?;
        (content + 1..scope.end).find(|&w| matches!(self.word(w), "the" | "a" | "an"))
    }

    fn plain(&self, at: usize, scope: Range<usize>) -> Negation {
        Negation { at, scope, subject: at..at, denies_subject: false, harmless: true, verb: false, condition: false }
    }

    /// A negator that negates no fact: "not only", "no doubt", "if I'm not mistaken", "No, …".
    fn idle(&self, at: usize, word: &str) -> bool {
        let next = self.word(at + 1);
        if matches!(next, "only" | "just" | "merely" | "simply" | "solely" | "necessarily" | "nur" | "solo" | "seulement") {
            return true;
        }
        if matches!(
            next,
            "sure"
                | "mistaken"
                | "wrong"
                | "forget"
                | "worry"
                | "matter"
                | "mind"
                | "doubt"
                | "wonder"
                | "question"
                | "problem"
                | "worries"
                | "idea"
                | "hurt"
        ) {
            return true;
        }
        // "Not true that …" denies as a whole.
        if matches!(next, "true" | "correct" | "right" | "accurate") && self.announces(at + 1) {
            return true;
        }
        if at == 0 && self.reading.answers_no {
            return true;
        }
        let ends = |gap: Gap| gap.has(Gap::COMMA.and(Gap::STOP).and(Gap::LINE).and(Gap::ASIDE).and(Gap::COLON));
        if matches!(word, "no" | "nein" | "nope") && (at + 1 == self.sentence.end || ends(self.reading.words[at + 1].gap)) {
            return true;
        }
        let but = (at + 1..(at + 5).min(self.sentence.end)).any(|w| self.word(w) == "but" && !self.reading.words[w].gap.has(Gap::COMMA));
        let opening = at == self.sentence.start
            && matches!(word, "nothing" | "never" | "none" | "nobody")
            && self.reading.gap_after(at).has(Gap::COMMA.and(Gap::COLON));
        matches!(word, "nothing" | "none" | "nobody" | "no") && but
            || opening
            || word == "no" && self.reading.portuguese
            || matches!(self.word(at.wrapping_sub(1)), "why" | "or") && word == "not"
    }

    /// "It is not true that …", "… is a myth", "people think …, but".
    fn rejection(&self, at: usize, word: &str) -> Option<Negation> {
        let end = self.sentence.end;
        let negated = |w: usize| (w.saturating_sub(3)..w).any(|b| self.role(b) == Role::Negator);
        match word {
            "true" | "correct" | "right" | "accurate" if negated(at) && self.announces(at) => Some(self.plain(at, at + 1..end)),
            "wrong" | "false" | "untrue" | "myth" | "misconception" | "nonsense" | "incorrect" | "lie"
                if !negated(at) && self.judges(at, word) =>
            {
                if self.announces(at) || (word == "misconception" || word == "myth") && self.role(at + 1) == Role::Auxiliary {
                    return Some(self.plain(at, at + 1..end));
                }
                let start = self.clause_start(at);
                let content = (start..at).any(|w| self.role(w) == Role::Content);
                let before = self.reading.sentence_of(at).checked_sub(1).map(|s| self.reading.sentences[s].words.clone());
                match before {
                    _ if content => Some(self.plain(at, start..at)),
                    _ if start > self.sentence.start => Some(self.plain(at, self.sentence.start..start)),
                    Some(words) => Some(self.plain(at, words)),
                    None => None,
                }
            }
            "think" | "believe" | "say" | "assume" | "claim" | "thought" | "expect" | "expected" if self.others_say(at) => {
                let but = (at..end).find(|&w| matches!(self.word(w), "but" | "however" | "though"));
                Some(self.plain(at, at + 1..but.unwrap_or(end)))
            }
            _ => None,
        }
    }

    /// The judgement comes before what is judged: "… that", "… to say".
    fn announces(&self, at: usize) -> bool {
        matches!(self.word(at + 1), "that" | "to")
            || self.reading.words.get(at + 1).is_some_and(|next| at + 1 < self.sentence.end && next.gap.has(Gap::COLON))
    }

    /// The word is what something is said to be: "is wrong", "that's a myth".
    fn judges(&self, at: usize, word: &str) -> bool {
        // "… is false" may be the value of a setting.
        if word == "false" && !self.announces(at) && !(self.clause_start(at)..at).all(|w| self.role(w) != Role::Content) {
            return false;
        }
        (at.saturating_sub(4).max(self.sentence.start)..at)
            .any(|w| self.role(w) == Role::Auxiliary || matches!(self.word(w), "that's" | "it's" | "thats" | "common" | "popular"))
    }

    /// "People think …", "some say that …": somebody else's opinion.
    fn others_say(&self, at: usize) -> bool {
        let others = |w: usize| matches!(self.word(w), "people" | "some" | "many" | "most" | "folks" | "everyone" | "everybody");
        let before = at.saturating_sub(2).max(self.sentence.start)..at;
        let opinion = matches!(self.word(at), "think" | "believe" | "assume" | "expect" | "thought" | "expected");
        before.into_iter().any(others) && (opinion || self.word(at + 1) == "that")
    }

    /// The first word of the clause that has `at`.
    fn clause_start(&self, at: usize) -> usize {
        let parts = Gap::COMMA.and(Gap::ASIDE).and(Gap::COLON).and(Gap::ARROW).and(Gap::PLUS);
        let opens = |&w: &usize| match self.role(w) {
            _ if self.reading.words[w].gap.has(parts) => true,
            Role::Conjunction => true,
            // "… fails and the services can't": a subject of its own.
            Role::Coordinator => matches!(self.word(w + 1), "the" | "a" | "an") || self.role(w + 1) == Role::Pronoun,
            _ => false,
        };
        let earliest = self.sentence.start.max(at.saturating_sub(LONGEST_CLAUSE));
        let first = (earliest..=at).rev().find(opens).unwrap_or(earliest);
        let skip = |&w: &usize| matches!(self.role(w), Role::Function | Role::Conjunction | Role::Coordinator) || self.word(w) == "there";
        (first..at).find(|w| !skip(w)).unwrap_or(at)
    }

    /// The words from `start` on that a negation reaches: at most `limit` content words of its clause.
    fn reach(&self, start: usize, limit: usize, narrow: bool) -> Range<usize> {
        let end = self.sentence.end.min(start + LONGEST_CLAUSE);
        let mut content = 0;
        for at in start..end {
            if at == start && self.reading.words[at].gap.has(Gap::COMMA.and(Gap::COLON).and(Gap::ARROW).and(Gap::ASIDE).and(Gap::PLUS)) {
                return start..start;
            }
            if at > start && self.ends_scope(start, at, narrow) {
                return start..at;
            }
            content += usize::from(self.role(at) == Role::Content);
            if content > limit {
                return start..at;
            }
        }
        start.min(end)..end
    }

    fn ends_scope(&self, start: usize, at: usize, narrow: bool) -> bool {
        let word = &self.reading.words[at];
        if word.gap.has(Gap::COLON.and(Gap::ARROW).and(Gap::ASIDE).and(Gap::PLUS)) {
            return true;
        }
        if word.gap.has(Gap::COMMA) {
            return !self.goes_on_in_list(at);
        }
        match (word.role, self.word(at)) {
            (Role::Conjunction, "which" | "where" | "who" | "that" | "how" | "what" | "whether") => false,
            (Role::Conjunction, _) | (_, "instead" | "rather" | "only" | "always" | "just") => true,
            (Role::Coordinator, "and" | "und" | "y" | "et") => narrow || self.starts_anew(at + 1),
            (Role::Pronoun, "i" | "we" | "they" | "he" | "she") => at > start && !self.says(start),
            (Role::Pronoun, "you" | "it") => narrow && at > start + 1,
            (Role::Auxiliary, _) => narrow && at > start + 1,
            (Role::Content, verb) if narrow && at > start => english::is_verb(verb),
            _ => false,
        }
    }

    /// The negated verb is one of saying or meaning, whose clause is negated with it: "doesn't mean they …".
    fn says(&self, start: usize) -> bool {
        matches!(self.word(start), "mean" | "imply" | "think" | "believe" | "say" | "require" | "let" | "make" | "need")
    }

    /// A list under one negation: "doesn't route, retry or balance".
    fn goes_on_in_list(&self, comma: usize) -> bool {
        let mut since = 0;
        for at in comma..(comma + 8).min(self.sentence.end) {
            if matches!(self.word(at), "or" | "nor" | "oder" | "o" | "ou") {
                return true;
            }
            since = if self.reading.words[at].gap.has(Gap::COMMA) { 0 } else { since + 1 };
            if since > 3 || matches!(self.role(at), Role::Conjunction | Role::Negator | Role::Pronoun) {
                return false;
            }
        }
        false
    }

    /// After "and": a subject, an article or a verb of its own, and so no longer under the negation.
    fn starts_anew(&self, at: usize) -> bool {
        let word = self.word(at);
        matches!(self.role(at), Role::Pronoun | Role::Negator | Role::Auxiliary | Role::Conjunction | Role::Preposition)
            || matches!(word, "the" | "a" | "an" | "also")
            || (at + 1..at + 3).any(|w| matches!(self.role(w), Role::Auxiliary | Role::Negator))
            || word.ends_with('s') && !word.ends_with("ss")
    }
}

/// A predicate that, negated, leaves nothing of its subject.
fn exists(word: &str) -> bool {
    matches!(
        word,
        "possible"
            | "supported"
            | "support"
            | "need"
            | "needed"
            | "necessary"
            | "required"
            | "require"
            | "available"
            | "used"
            | "exist"
            | "exists"
            | "allowed"
            | "accepted"
            | "accept"
            | "involved"
            | "present"
            | "true"
            | "happen"
            | "happens"
            | "work"
            | "works"
            | "anymore"
            | "longer"
            | "part"
            | "included"
            | "reason"
            | "worth"
            | "argument"
            | "option"
    )
}

/// A verb that denies by its meaning.
fn denies_by_meaning(word: &str) -> bool {
    const VERBS: [&str; 12] =
        ["refuse", "reject", "block", "forbid", "prohibit", "drop", "disallow", "prevent", "deny", "denies", "denied", "eliminate"];
    VERBS.iter().any(|verb| word.strip_prefix(verb).is_some_and(|end| matches!(end, "" | "s" | "d" | "ed" | "ing" | "ped" | "ping")))
}

/// A predicate that, negated, speaks well of its subject or of something else.
fn spares(word: &str) -> bool {
    matches!(
        word,
        "require"
            | "need"
            | "touch"
            | "change"
            | "know"
            | "care"
            | "notice"
            | "matter"
            | "affect"
            | "break"
            | "replace"
            | "cost"
            | "see"
            | "interrupt"
            | "hurt"
            | "hard"
            | "restart"
    )
}
