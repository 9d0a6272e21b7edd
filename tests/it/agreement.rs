//! How well the grader agrees with grades given by a guideline, on answers written and graded without sight of any rubric.
//!
//! `cargo test --test it agreement -- --nocapture` prints the figures. The first set was looked at while the grader was built; nobody
//! changed anything by looking at the second.

use meshdrill::bank::load;
use meshdrill::grade::Rubric;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

#[derive(Deserialize)]
struct Graded {
    question_id: String,
    kind: String,
    /// Out of 10: complete and right in any wording 10, about half 4 to 5, a fragment 2 to 3; nothing, off topic or denied 0.
    grade: f64,
    answer: String,
}

/// Pairs of (ours, the guideline's), out of 10, by the kind of answer.
type Pairs = Vec<(String, f64, f64)>;

#[test]
fn the_grader_agrees_with_the_guideline() {
    for (name, rows) in [("first", include_str!("data/blind/first.jsonl")), ("second", include_str!("data/blind/second.jsonl"))] {
        let pairs = graded(rows);
        let (agreement, error) = (kappa(&pairs), error(&pairs));
        println!("{name}: {} answers, QWK {agreement:.3}, RMSE {error:.3}", pairs.len());
        for (kind, (ours, theirs, n)) in means(&pairs) {
            println!("  {kind:28} {n:3}  ours {ours:4.1}  due {theirs:4.1}");
        }
        assert!(agreement >= 0.86, "the agreement on the {name} set fell to {agreement:.3}");
    }
}

fn graded(rows: &str) -> Pairs {
    let packs = load::embedded().unwrap();
    let pack = packs.iter().find(|pack| pack.id == "istio").unwrap();
    let mut rubrics: HashMap<&str, Rubric> = HashMap::new();
    for question in &pack.questions {
        rubrics.insert(&question.id, Rubric::new(question, &pack.lexicon));
    }
    let rows = rows.lines().map(|line| serde_json::from_str::<Graded>(line).unwrap());
    rows.map(|row| (row.kind, rubrics[row.question_id.as_str()].grade(&row.answer).points as f64 / 100.0, row.grade)).collect()
}

/// Quadratic weighted kappa over whole points: 1 is full agreement, 0 what chance would give.
fn kappa(pairs: &Pairs) -> f64 {
    let whole = |x: f64| (x + 0.5).floor().clamp(0.0, 10.0) as usize;
    let (mut seen, mut ours, mut theirs) = ([[0.0; 11]; 11], [0.0; 11], [0.0; 11]);
    for (_, a, b) in pairs {
        seen[whole(*a)][whole(*b)] += 1.0;
        ours[whole(*a)] += 1.0;
        theirs[whole(*b)] += 1.0;
    }
    let n = pairs.len() as f64;
    let (mut disagreed, mut by_chance) = (0.0, 0.0);
    for a in 0..11 {
        for b in 0..11 {
            let weight = (a as f64 - b as f64).powi(2);
            disagreed += weight * seen[a][b];
            by_chance += weight * ours[a] * theirs[b] / n;
        }
    }
    1.0 - disagreed / by_chance
}

/// Root mean square error, as a share of the full points.
fn error(pairs: &Pairs) -> f64 {
    let squares: f64 = pairs.iter().map(|(_, a, b)| ((a - b) / 10.0).powi(2)).sum();
    (squares / pairs.len() as f64).sqrt()
}

fn means(pairs: &Pairs) -> BTreeMap<&str, (f64, f64, usize)> {
    let mut kinds: BTreeMap<&str, (f64, f64, usize)> = BTreeMap::new();
    for (kind, a, b) in pairs {
        let sum = kinds.entry(kind).or_default();
        *sum = (sum.0 + a, sum.1 + b, sum.2 + 1);
    }
    kinds.into_iter().map(|(kind, (a, b, n))| (kind, (a / n as f64, b / n as f64, n))).collect()
}
