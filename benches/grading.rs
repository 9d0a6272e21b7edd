//! How long one answer takes to grade, and a rubric to compile.

use meshdrill::bank::load::{Reading, read_embedded};
use meshdrill::bank::{Lexicon, Question};
use meshdrill::grade::{Field, Rubric};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// An answer of 120 words, as somebody talks who knows the field: some of it right, some beside the point.
const ANSWER: &str = "So the way I understand it, every pod gets a proxy next to it, an Envoy, and whatever the app sends goes through that proxy first. \
istiod is the control plane, it watches Kubernetes and hands the configuration and the certificates to all the proxies, but no request goes through it. \
Between the services the traffic is encrypted with mutual TLS and each side proves who it is with its certificate, which is renewed automatically, so developers \
don't need to change any code. For users we check the JWT at the ingress gateway, and then a VirtualService decides where the request goes, for instance ten \
percent to the canary. Metrics, logs and traces also come from the proxies, we look at them in Grafana.";

fn main() {
    percentiles();
    divan::main();
}

/// Every question of the bank with its field.
fn questions() -> Vec<(Arc<Question>, Lexicon)> {
    let Reading { packs, .. } = read_embedded();
    packs.iter().flat_map(|pack| pack.questions.iter().map(|question| (question.clone(), pack.lexicon.clone()))).collect()
}

fn rubrics() -> Vec<Rubric> {
    questions().iter().map(|(question, lexicon)| Rubric::new(question, lexicon)).collect()
}

#[divan::bench]
fn grade_one_answer(bencher: divan::Bencher<'_, '_>) {
    let rubrics = rubrics();
    let mut at = 0;
    bencher.bench_local(|| {
        at = (at + 1) % rubrics.len();
        rubrics[at].grade(divan::black_box(ANSWER))
    });
}

#[divan::bench]
fn compile_one_rubric(bencher: divan::Bencher<'_, '_>) {
    let questions = questions();
    let fields: Vec<Field> = questions.iter().map(|(_, lexicon)| Field::new(lexicon)).collect();
    let mut at = 0;
    bencher.bench_local(|| {
        at = (at + 1) % questions.len();
        Rubric::in_field(&questions[at].0, divan::black_box(&fields[at]))
    });
}

#[divan::bench]
fn compile_one_lexicon(bencher: divan::Bencher<'_, '_>) {
    let questions = questions();
    bencher.bench_local(|| Field::new(divan::black_box(&questions[0].1)));
}

/// Prints the percentiles over all questions, the slowest ones included, which divan's mean hides.
fn percentiles() {
    const ROUNDS: usize = 500;
    let rubrics = rubrics();
    let mut times: Vec<Duration> = Vec::with_capacity(ROUNDS * rubrics.len());
    for rubric in (0..ROUNDS).flat_map(|_| &rubrics) {
        let began = Instant::now();
        divan::black_box(rubric.grade(divan::black_box(ANSWER)));
        times.push(began.elapsed());
    }
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    let words = ANSWER.split_whitespace().count();
    println!(
        "one answer of {words} words, {} questions: p50 {:?}, p90 {:?}, p99 {:?}, most {:?}",
        rubrics.len(),
        at(50),
        at(90),
        at(99),
        at(100)
    );
}
