//! Bare lists of keywords: many short items, and nothing that puts them in relation. No rubric is asked.

use crate::grade::english::{self, Role};
use crate::grade::reading::Reading;
use crate::grade::text::Gap;

/// How much of a bare list of keywords an answer is, 0 to 1. Statements, and short lists, are 0.
pub(crate) fn likeness(reading: &Reading<'_>) -> f64 {
    let count = Count::new(reading);
    if count.content < 6.0 {
        return 0.0;
    }
    let unrelated = 1.0 - rise(0.05, 0.16, count.relations / count.content);
    // An honest short list ("rate, errors, latency, saturation") has few items; a long one of single words is bare.
    let list = rise(6.5, 10.0, count.items) * (1.0 - rise(2.1, 3.0, count.content / count.items));
    let pile = rise(5.5, 8.5, count.longest);
    unrelated * list.max(pile)
}

/// From 0 at `low` to 1 at `high`.
fn rise(low: f64, high: f64, value: f64) -> f64 {
    let x = ((value - low) / (high - low)).clamp(0.0, 1.0);
    x * x * (3.0 - 2.0 * x)
}

/// A colon before more items than this opens a list instead of saying something.
const STATED: usize = 3;

#[derive(Debug, Default)]
struct Count {
    content: f64,
    items: f64,
    /// Words and signs that say how things belong together.
    relations: f64,
    /// The longest run of content words with nothing in between.
    longest: f64,
}

impl Count {
    fn new(reading: &Reading<'_>) -> Count {
        let mut count = Count::default();
        let mut run = 0.0;
        let parts = Gap::COMMA.and(Gap::STOP).and(Gap::LINE).and(Gap::ITEM).and(Gap::COLON).and(Gap::DASH).and(Gap::ARROW);
        for (at, word) in reading.words.iter().enumerate() {
            let opens = at == 0 || word.gap.has(parts);
            count.items += f64::from(u8::from(opens));
            let relates = Self::relates(reading, at, opens);
            count.relations += relates;
            if opens || relates > 0.0 {
                run = 0.0;
            }
            // The parts of an identifier are one word.
            let part = Gap::HYPHEN.covers(word.gap) && at > 0;
            if word.is_content() && !part {
                count.content += 1.0;
                run += 1.0;
                count.longest = count.longest.max(run);
            }
        }
        count
    }

    /// How much a word, or the sign before it, relates what stands around it.
    fn relates(reading: &Reading<'_>, at: usize, opens: bool) -> f64 {
        let word = &reading.words[at];
        let dash = word.gap.has(Gap::DASH) && !dashed(reading, at);
        let sign = word.gap.has(Gap::ARROW) || ((word.gap.has(Gap::COLON) || dash) && listed(reading, at) <= STATED);
        let name = reading.word(at);
        let hyphenated = word.gap == Gap::HYPHEN || reading.gap_after(at) == Gap::HYPHEN;
        let goes_on = at + 1 < reading.words.len();
        let by_word = match word.role {
            Role::Auxiliary | Role::Pronoun | Role::Conjunction => 1.0,
            Role::Negator if name != "zero" => 1.0,
            Role::Preposition if goes_on => 1.0,
            Role::Function if matches!(name, "the" | "a" | "an" | "der" | "den" | "el" | "la" | "le") => 1.0,
            Role::Coordinator if !opens => 0.3,
            // In capitals it is a constant (ALLOW), in "deny-all" a name.
            Role::Content if english::is_verb(name) && !hyphenated && !reading.quote(at, at).chars().all(char::is_uppercase) => 1.0,
            _ => 0.0,
        };
        by_word + f64::from(u8::from(sign))
    }
}

/// Dashes as separators: three or more close together.
fn dashed(reading: &Reading<'_>, at: usize) -> bool {
    /// How many words around a dash are looked at.
    const NEAR: usize = 8;
    let words = &reading.words[at.saturating_sub(NEAR)..(at + NEAR).min(reading.words.len())];
    words.iter().filter(|word| word.gap.has(Gap::DASH) && !word.gap.has(Gap::LINE)).count() > 2
}

/// How many items of a list follow, up to the end of the sentence.
fn listed(reading: &Reading<'_>, at: usize) -> usize {
    let ends = Gap::STOP.and(Gap::LINE).and(Gap::COLON).and(Gap::DASH);
    let rest = reading.words[at + 1..].iter().take_while(|word| !word.gap.has(ends));
    1 + rest.filter(|word| word.gap.has(Gap::COMMA)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::text::Text;
    use crate::grade::words::Vocabulary;

    #[test]
    fn lists_of_keywords_are_told_from_terse_answers() {
        let table = [
            ("kubernetes docker helm terraform ansible jenkins gitlab prometheus grafana elk vault consul", 0.9..=1.0),
            ("Docker, Helm, Terraform, Ansible, Jenkins, GitLab, Vault, Consul, Nomad, Packer", 0.9..=1.0),
            ("scaling: HPA, VPA, KEDA, cluster autoscaler. storage: PV, PVC, CSI, snapshots. day 2. cloud native.", 0.7..=1.0),
            ("Nomad runs the jobs, Consul finds them, Vault keeps the secrets", 0.0..=0.1),
            ("nomad - consul - vault - packer - terraform - waypoint - boundary - sentinel - vagrant - waypoint", 0.7..=1.0),
            ("Service NodePort EXPOSE ALLOW selector labels port targetPort protocol TCP UDP deny-all", 0.9..=1.0),
            ("HA masters/workers, own registry, quotas + limits, alerts/SLOs, GitOps, staged upgrades.", 0.0..=0.1),
            ("HPA for load, VPA for size, no restarts by hand", 0.0..=0.1),
            ("requests, errors, saturation, tail latency", 0.0..=0.1),
            ("Helm = packages, Terraform = infrastructure, Vault = secrets", 0.0..=0.1),
            ("kind: Service\nspec:\n  type: NodePort\n  port: 80\n  selector: web\n  name: web", 0.0..=0.2),
            ("DNS -> load balancer -> node port -> pod -> container", 0.0..=0.1),
        ];
        for (answer, expected) in table {
            let text = Text::new(answer);
            let likeness = likeness(&Reading::new(answer, &text, Vocabulary::default().words(&text), false));
            assert!(expected.contains(&likeness), "{answer}: {likeness}");
        }
    }
}
