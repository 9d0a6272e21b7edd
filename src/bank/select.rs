//! Draws questions: none twice until all have been asked, topics in turn, and the same again from the same seed.

use crate::bank::{Level, Question};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Which questions may be drawn. The default is all of them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Ids of topics; none means all.
    pub topics: &'a [String],
    /// Only this level.
    pub level: Option<Level>,
    /// Ids of questions that must not be drawn now: open, queued, or awaiting their reveal.
    pub exclude: &'a [String],
    /// Ids of the questions asked before, oldest first. Ids that no longer exist do no harm.
    pub history: &'a [String],
}

/// A generator that gives the same draws from the same seed, on every machine.
pub fn seeded(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// Draws one of `questions`, or none where nothing wanted is left.
///
/// A question comes again only when every other that is wanted has been asked since. Among those left, the topic that
/// was asked longest ago goes first; chance decides the rest.
pub fn draw(questions: &[Arc<Question>], wanted: &Wanted<'_>, chance: &mut impl Rng) -> Option<Arc<Question>> {
    let pool: Vec<_> = questions.iter().filter(|question| wanted.allows(question)).collect();
    let mut left = unasked(&pool, wanted.history);
    // When a new turn through the pool begins, the question asked last would otherwise be free at once.
    if left.len() > 1 {
        left.retain(|question| wanted.history.last() != Some(&question.id));
    }
    let last_asked = |topic: &str| {
        let of_topic = |id: &String| questions.iter().any(|question| question.id == *id && question.topic == topic);
        wanted.history.iter().rposition(of_topic)
    };
    let topics: BTreeSet<_> = left.iter().map(|question| &*question.topic).collect();
    // `None`, never asked, is less than any place.
    let longest_ago = topics.iter().map(|topic| last_asked(topic)).min()?;
    let topics: Vec<_> = topics.into_iter().filter(|topic| last_asked(topic) == longest_ago).collect();
    let topic = *pick(&topics, chance)?;
    left.retain(|question| question.topic == topic);
    pick(&left, chance).map(|question| Arc::clone(question))
}

impl Wanted<'_> {
    fn allows(&self, question: &Question) -> bool {
        (self.topics.is_empty() || self.topics.contains(&question.topic))
            && self.level.is_none_or(|level| level == question.level)
            && !self.exclude.contains(&question.id)
    }
}

/// Those of `pool` that haven't been asked since the pool was last used up.
fn unasked<'q>(pool: &[&'q Arc<Question>], history: &[String]) -> Vec<&'q Arc<Question>> {
    let mut asked = BTreeSet::new();
    for id in history.iter().filter(|id| pool.iter().any(|question| question.id == **id)) {
        asked.insert(id);
        if asked.len() == pool.len() {
            asked.clear();
        }
    }
    pool.iter().copied().filter(|question| !asked.contains(&question.id)).collect()
}

/// One of `items`. Written out, because how the crate picks may change with its version, and a seed must keep its draws.
fn pick<'i, T>(items: &'i [T], chance: &mut impl Rng) -> Option<&'i T> {
    let index = chance.next_u64().checked_rem(items.len() as u64)?;
    items.get(index as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn question(id: &str, topic: &str, level: Level) -> Arc<Question> {
        Arc::new(Question {
            id: id.into(),
            topic: topic.into(),
            level,
            revision: 1,
            release: "1.31".into(),
            prompt: String::new(),
            answer: String::new(),
            hints: Vec::new(),
            sources: Vec::new(),
            criteria: Vec::new(),
            misconceptions: Vec::new(),
        })
    }

    /// One letter a topic, one question a letter: "aab" is a0 and a1 of topic a, b2 of topic b.
    fn questions(topics: &str) -> Vec<Arc<Question>> {
        let levels = Level::ALL.into_iter().cycle();
        let numbered = topics.chars().enumerate().zip(levels);
        numbered.map(|((index, topic), level)| question(&format!("{topic}{index}"), &topic.to_string(), level)).collect()
    }

    /// Draws `count` times, each draw remembered.
    fn drawn(questions: &[Arc<Question>], wanted: Wanted<'_>, seed: u64, count: usize) -> Vec<String> {
        let (mut chance, mut history) = (seeded(seed), wanted.history.to_vec());
        for _ in 0..count {
            let next = draw(questions, &Wanted { history: &history, ..wanted }, &mut chance);
            history.extend(next.map(|question| question.id.clone()));
        }
        history.split_off(wanted.history.len())
    }

    #[test]
    fn topics_take_turns() {
        let bank = questions("aaabbbccc");
        for seed in 0..50 {
            let order = drawn(&bank, Wanted::default(), seed, 9);
            let turns: Vec<_> = order.chunks(3).map(|turn| turn.iter().map(|id| &id[..1]).collect::<BTreeSet<_>>()).collect();
            assert!(turns.iter().all(|turn| turn.len() == 3), "{order:?}");
        }
    }

    #[test]
    fn the_topic_asked_longest_ago_is_next() {
        let bank = questions("aabbcc");
        let history = ["a0", "c4", "b2"].map(String::from);
        let next = drawn(&bank, Wanted { history: &history, ..Wanted::default() }, 7, 1);
        assert_eq!(next, ["a1"]);
    }

    #[test]
    fn a_new_question_is_asked_once_not_until_it_catches_up() {
        let old = questions("aaa");
        let history = drawn(&old, Wanted::default(), 1, 9);
        let bank = questions("aaaa");
        let next = drawn(&bank, Wanted { history: &history, ..Wanted::default() }, 1, 5);
        assert_eq!(next[0], "a3");
        assert_eq!(next[1..].iter().filter(|id| *id == "a3").count(), 1, "{next:?}");
    }

    #[test]
    fn the_last_one_is_not_asked_again_at_once() {
        let bank = questions("aaa");
        for seed in 0..50 {
            let order = drawn(&bank, Wanted::default(), seed, 12);
            assert!(order.windows(2).all(|pair| pair[0] != pair[1]), "{order:?}");
        }
    }

    #[test]
    fn only_what_is_wanted() {
        let bank = questions("aaabbbccc");
        let topics = ["a".to_owned(), "b".to_owned()];
        let exclude = ["a0".to_owned()];
        let wanted = Wanted { topics: &topics, level: Some(Level::Junior), exclude: &exclude, history: &[] };
        assert_eq!(drawn(&bank, wanted, 3, 2), ["b3", "b3"]);
        let nothing = Wanted { topics: &topics[..1], ..wanted };
        assert_eq!(draw(&bank, &nothing, &mut seeded(3)), None);
        assert_eq!(draw(&[], &Wanted::default(), &mut seeded(3)), None);
    }

    #[test]
    fn a_seed_keeps_its_draws() {
        let bank = questions("aaabbbccc");
        let order = drawn(&bank, Wanted::default(), 2026, 9);
        assert_eq!(order, drawn(&bank, Wanted::default(), 2026, 9));
        insta::assert_snapshot!(order.join(" "), @"c6 a1 b5 c7 a0 b4 c8 a2 b3");
        assert!((0..20).map(|seed| drawn(&bank, Wanted::default(), seed, 9)).collect::<BTreeSet<_>>().len() > 10);
    }

    proptest! {
        #[test]
        fn none_twice_until_all_were_asked(topics in "[a-d]{1,14}", seed: u64) {
            let bank = questions(&topics);
            let order = drawn(&bank, Wanted::default(), seed, bank.len() * 3);
            for turn in order.chunks(bank.len()) {
                prop_assert_eq!(turn.iter().collect::<BTreeSet<_>>().len(), bank.len(), "{:?}", order);
            }
        }

        #[test]
        fn whatever_the_history_the_draw_is_wanted(
            topics in "[a-c]{1,9}",
            seed: u64,
            history in prop::collection::vec("[a-d][0-9]", 0..30),
            exclude in prop::collection::vec("[a-c][0-9]", 0..6),
            wanted_topics in prop::collection::vec("[a-c]", 0..3),
        ) {
            let bank = questions(&topics);
            let wanted = Wanted { topics: &wanted_topics, level: None, exclude: &exclude, history: &history };
            let possible = bank.iter().any(|question| wanted.allows(question));
            let next = draw(&bank, &wanted, &mut seeded(seed));
            prop_assert_eq!(next.is_some(), possible);
            prop_assert!(next.is_none_or(|question| wanted.allows(&question)));
        }
    }
}
