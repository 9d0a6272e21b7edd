//! What a negation governs: from "not" to the end of its clause, and no further.

use crate::grade::reading::Reading;
use crate::grade::scope::Cues;
use std::ops::Range;

/// A negation and the words it governs.
#[derive(Debug, Clone)]
pub(crate) struct Negation {
    /// The word that negates.
    pub(crate) at: usize,
    /// The words it governs.
    pub(crate) scope: Range<usize>,
    /// The subject of what it negates: "plaintext" in "plaintext isn't accepted".
    pub(crate) subject: Range<usize>,
    /// The subject is negated as well: "plaintext doesn't exist".
    pub(crate) denies_subject: bool,
    /// It takes nothing from the subject: "mTLS doesn't need …".
    pub(crate) harmless: bool,
    /// It is a verb that denies by its meaning ("refuses plaintext"), which matters only where a denial is looked for.
    pub(crate) verb: bool,
    /// It states a condition ("without mTLS …"), so that another negation in the sentence undoes it.
    pub(crate) condition: bool,
}

/// How a set of words stands to the negations of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Polarity {
    /// Affirmed.
    Affirmed,
    /// Denied.
    Denied,
    /// The words are only the subject of something denied.
    SubjectOfDenied,
    /// The same, where the denial takes nothing from the subject: "mTLS doesn't need …".
    SubjectOfHarmless,
}

/// All negations of an answer, in reading order.
pub(crate) fn find(reading: &Reading<'_>) -> Vec<Negation> {
    let mut found: Vec<Negation> = Vec::new();
    for sentence in &reading.sentences {
        let cues = Cues::new(reading, sentence.words.clone());
        for at in sentence.words.clone() {
            let Some(negation) = cues.at(at) else { continue };
            // "neither … nor" and "not … nor" are one negation.
            match found.last_mut() {
                Some(last) if reading.word(at) == "nor" && last.at >= sentence.words.start => {
                    last.scope.end = negation.scope.end.max(last.scope.end)
                }
                _ => found.push(negation),
            }
        }
    }
    found
}

/// Whether words are affirmed or denied. A word that is itself part of what was looked for negates nothing; verbs
/// that deny by their meaning count where `verbs` says so.
pub(crate) fn polarity(negations: &[Negation], words: &[usize], verbs: bool) -> Polarity {
    let (mut denied, mut subject, mut harmless) = (false, false, true);
    let mut governing: Option<&Negation> = None;
    for negation in negations.iter().filter(|negation| verbs || !negation.verb) {
        if words.contains(&negation.at) {
            continue;
        }
        let governs = words.iter().any(|word| negation.governs(*word));
        if governs {
            // Two negations of the same words, or a condition and a negation, undo each other; two clauses that both
            // deny something don't.
            let undoes = |other: &Negation| {
                let shared = words.iter().any(|word| negation.governs(*word) && other.governs(*word));
                shared || negation.condition || other.condition || negation.governs(other.at)
            };
            denied = !(denied && governing.is_some_and(undoes));
            governing = Some(negation);
        } else if words.iter().all(|word| negation.subject.contains(word)) {
            subject = true;
            harmless &= negation.harmless;
        }
    }
    match (denied, subject) {
        (true, _) => Polarity::Denied,
        (false, true) if harmless => Polarity::SubjectOfHarmless,
        (false, true) => Polarity::SubjectOfDenied,
        (false, false) => Polarity::Affirmed,
    }
}

impl Negation {
    fn governs(&self, word: usize) -> bool {
        self.scope.contains(&word) || (self.denies_subject && self.subject.contains(&word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::text::Text;
    use crate::grade::words::Vocabulary;

    /// Whether `answer` affirms (+), denies (-) or has as the subject of a denial (0) the words looked for.
    fn sign(answer: &str, looked_for: &str) -> char {
        let text = Text::new(answer);
        let reading = Reading::new(answer, &text, Vocabulary::default().words(&text), false);
        let place = |wanted: &str| (0..reading.words.len()).find(|&at| reading.word(at) == wanted).unwrap();
        let words: Vec<usize> = looked_for.split(' ').map(place).collect();
        match polarity(&reading.negations, &words, false) {
            Polarity::Affirmed => '+',
            Polarity::Denied => '-',
            Polarity::SubjectOfDenied | Polarity::SubjectOfHarmless => '0',
        }
    }

    #[test]
    fn a_negation_reaches_what_it_governs_and_no_further() {
        let table = [
            ("Envoy doesn't encrypt the traffic", "encrypt traffic", '-'),
            ("envoy dont encrypt traffic", "encrypt traffic", '-'),
            ("Traffic is never encrypted", "traffic encrypted", '-'),
            ("there is no downtime and the traffic stays encrypted", "traffic encrypted", '+'),
            ("It encrypts traffic without touching the code", "encrypts traffic", '+'),
            ("It encrypts traffic without touching the code", "touching code", '-'),
            ("Not only does it encrypt traffic, it also routes", "encrypt traffic", '+'),
            ("It doesn't just encrypt traffic", "encrypt traffic", '+'),
            ("Nothing but mtls protects it", "mtls protects", '+'),
            ("It doesn't route, retry or balance", "balance", '-'),
            ("It doesn't need code changes, encrypts traffic, and adds metrics", "encrypts traffic", '+'),
            ("The traffic isn't plaintext, it's encrypted", "traffic encrypted", '+'),
            ("it happens in the proxy not in istiod the strategy is set by a rule", "proxy strategy", '+'),
            ("it happens in the proxy not in istiod the strategy is set by a rule", "happens istiod", '-'),
            ("The handshake fails and the services can't talk", "handshake fails", '+'),
            ("I never split traffic with weights, and Istio does not support subsets.", "split traffic weights", '-'),
            ("By config instead of changing code", "changing code", '-'),
            ("The proxy rather than the app encrypts", "proxy encrypts", '+'),
            ("No, the agent renews it", "agent renews", '+'),
            ("Never, the agent renews it", "agent renews", '+'),
            ("It is not true that the agent renews it", "agent renews", '-'),
            ("It is not true that the agent doesn't renew it", "agent renew", '+'),
            ("It's a myth that the gateway is required", "gateway required", '-'),
            ("The gateway is mandatory - that's wrong", "gateway mandatory", '-'),
            ("The default allow is false", "default allow", '+'),
            ("Neither the gateway nor the sidecar renews", "gateway renews", '-'),
            ("Neither the gateway nor the sidecar renews", "sidecar renews", '-'),
            ("Without the proxy nothing is encrypted", "proxy encrypted", '+'),
            ("No request gets in without a token", "request token", '+'),
            ("Tokens do not name services, and certs don't name users", "services users", '-'),
            ("People think the gateway balances, but the sidecar does", "gateway balances", '-'),
            ("If it can't, connections break", "connections break", '+'),
            ("Plaintext is not accepted", "plaintext", '-'),
            ("Mutual auth doesn't slow it", "auth", '0'),
            ("If I'm not mistaken it encrypts traffic", "encrypts traffic", '+'),
            ("Der Proxy verschlüsselt nicht", "verschlusselt", '-'),
            ("sin cambiar el codigo", "cambiar codigo", '-'),
            ("Primeiro olho no dashboard qual dos serviços está lento", "dashboard", '+'),
        ];
        for (answer, looked_for, expected) in table {
            assert_eq!(sign(answer, looked_for), expected, "{answer}: {looked_for}");
        }
    }
}
