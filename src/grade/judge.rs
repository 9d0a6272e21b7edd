//! Evidence to verdicts, verdicts to a grade.

use crate::bank::{FULL, Hundredths};
use crate::grade::reading::Reading;
use crate::grade::rubric::{Claim, Rubric, Unwanted, Wanted};
use crate::grade::search::{Match, Search};
use crate::grade::{Believed, Grade, Judged, Note, Verdict};

/// What an answer earns at most that holds a central misconception, or denies what it should say.
const CENTRAL: Hundredths = 100;

/// What speaks for and against one claim.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    pub(crate) said: Option<Match>,
    pub(crate) opposite: Option<Match>,
}

/// Which way the evidence goes.
#[derive(Debug)]
enum Finding<'e> {
    Said(&'e Match, bool),
    Denied(&'e Match, bool),
    Absent,
}

impl Evidence {
    /// Everything an answer says on a claim.
    pub(crate) fn gather(search: &Search<'_>, claim: &Claim) -> Evidence {
        let mut evidence = Evidence::default();
        for pattern in claim.phrasings.iter().flat_map(|phrasing| &phrasing.patterns) {
            let outcome = search.look(pattern);
            if let Some(found) = outcome.said {
                Match::keep(found, &mut evidence.said);
            }
            if let Some(found) = outcome.opposite {
                Match::keep(found, &mut evidence.opposite);
            }
        }
        evidence
    }

    /// Weighs both sides. The flag is a doubt.
    fn weigh(&self) -> Finding<'_> {
        match (&self.said, &self.opposite) {
            (None, None) => Finding::Absent,
            (Some(said), None) => Finding::Said(said, said.shaky),
            (None, Some(opposite)) => Finding::Denied(opposite, opposite.shaky),
            (Some(said), Some(opposite)) => {
                let same = said.words.iter().any(|word| opposite.words.contains(word));
                // Of the same words, the reading that takes in more of them is the right one.
                let denied =
                    if same { opposite.terms >= said.terms && !opposite.shaky } else { opposite.terms > said.terms && said.terms < 2 };
                if denied { Finding::Denied(opposite, true) } else { Finding::Said(said, said.shaky || !same) }
            }
        }
    }
}

/// A verdict with what it may be worth at least and at most.
struct Weighed {
    judged: Judged,
    range: (Hundredths, Hundredths),
}

/// Grades an answer that deserves to be read point by point.
pub(crate) fn judge(rubric: &Rubric, search: &Search<'_>) -> Grade {
    let mut weighed: Vec<Weighed> = rubric.criteria.iter().map(|wanted| criterion(search, wanted)).collect();
    let mut beliefs = Vec::new();
    let (mut cost, mut doubted, mut central) = (0, 0, false);
    for wrong in &rubric.misconceptions {
        let Some((believed, doubt)) = belief(search, wrong) else { continue };
        for &at in &wrong.unmakes {
            let Weighed { judged, range } = &mut weighed[at];
            *range = (0, if doubt { range.1 } else { 0 });
            *judged = Judged {
                criterion: std::mem::take(&mut judged.criterion),
                verdict: Verdict::Contradicted,
                points: 0,
                quotes: vec![believed.quote.clone()],
            };
        }
        cost += wrong.cost;
        doubted += if doubt { wrong.cost } else { 0 };
        central |= wrong.central;
        beliefs.push(believed);
    }
    let earned: Hundredths = weighed.iter().map(|w| w.judged.points).sum();
    let low = weighed.iter().map(|w| w.range.0).sum::<Hundredths>() - cost;
    let high = weighed.iter().map(|w| w.range.1).sum::<Hundredths>() - cost + doubted;
    let note = denies(&weighed).then_some(Note::Denied);
    let most = if central || note.is_some() { CENTRAL } else { FULL };
    let points = (earned - cost).clamp(0, most);
    Grade {
        points,
        range: (low.clamp(0, points), high.clamp(points, if doubted > 0 { FULL } else { most.max(points) })),
        verdicts: weighed.into_iter().map(|w| w.judged).collect(),
        misconceptions: beliefs,
        note,
    }
}

/// The grade of an answer that is not read point by point.
pub(crate) fn nothing(rubric: &Rubric, note: Note) -> Grade {
    let missed = |wanted: &Wanted| verdict(wanted, Verdict::Missed, 0, Vec::new());
    Grade { points: 0, range: (0, 0), verdicts: rubric.criteria.iter().map(missed).collect(), misconceptions: Vec::new(), note: Some(note) }
}

/// Half or more of what was found says the opposite.
fn denies(weighed: &[Weighed]) -> bool {
    let count = |wanted: &[Verdict]| weighed.iter().filter(|w| wanted.contains(&w.judged.verdict)).count();
    let (denied, made) = (count(&[Verdict::Contradicted]), count(&[Verdict::Made, Verdict::Partly]));
    denied > 0 && denied >= made && (denied > 1 || made == 0)
}

fn criterion(search: &Search<'_>, wanted: &Wanted) -> Weighed {
    let routes: Vec<Evidence> = wanted.routes.iter().map(|claim| Evidence::gather(search, claim)).collect();
    let mut denial = None;
    let mut best: Option<(&Match, bool)> = None;
    for finding in routes.iter().map(Evidence::weigh) {
        match finding {
            Finding::Said(found, doubt) if best.is_none_or(|(_, doubted)| doubted && !doubt) => best = Some((found, doubt)),
            Finding::Denied(found, doubt) => denial = denial.or(Some((found, doubt))),
            _ => {}
        }
    }
    if let Some((found, doubt)) = best {
        let judged = verdict(wanted, Verdict::Made, wanted.points, quotes(search.reading, found));
        return Weighed { judged, range: (if doubt { 0 } else { wanted.points }, wanted.points) };
    }
    if !wanted.any.is_empty() {
        let evidence: Vec<Evidence> = wanted.any.iter().map(|claim| Evidence::gather(search, claim)).collect();
        return list(search, wanted, &evidence, denial);
    }
    match denial {
        Some((found, doubt)) => {
            let judged = verdict(wanted, Verdict::Contradicted, 0, quotes(search.reading, found));
            Weighed { judged, range: (0, if doubt { wanted.points } else { 0 }) }
        }
        None => Weighed { judged: verdict(wanted, Verdict::Missed, 0, Vec::new()), range: (0, 0) },
    }
}

/// A criterion that asks for some of a list.
fn list<'e>(search: &Search<'_>, wanted: &Wanted, evidence: &'e [Evidence], mut denial: Option<(&'e Match, bool)>) -> Weighed {
    let (mut found, mut certain, mut words) = (0, 0, Vec::new());
    for finding in evidence.iter().map(Evidence::weigh) {
        match finding {
            Finding::Said(said, doubt) => {
                found += 1;
                certain += usize::from(!doubt);
                words.extend(quotes(search.reading, said));
            }
            Finding::Denied(opposite, doubt) => denial = denial.or(Some((opposite, doubt))),
            Finding::Absent => {}
        }
    }
    let share = |count: usize| wanted.points * count.min(wanted.need) as Hundredths / wanted.need as Hundredths;
    let range = (share(certain), share(found));
    let judged = match (found, denial) {
        (0, Some((opposite, _))) => verdict(wanted, Verdict::Contradicted, 0, quotes(search.reading, opposite)),
        (0, None) => verdict(wanted, Verdict::Missed, 0, Vec::new()),
        _ if found >= wanted.need => verdict(wanted, Verdict::Made, wanted.points, words),
        _ => verdict(wanted, Verdict::Partly, share(found), words),
    };
    Weighed { judged, range }
}

fn verdict(wanted: &Wanted, verdict: Verdict, points: Hundredths, mut quotes: Vec<String>) -> Judged {
    quotes.dedup();
    Judged { criterion: wanted.id.clone(), verdict, points, quotes }
}

/// A misconception, if the answer holds it, and whether that is doubtful.
fn belief(search: &Search<'_>, wrong: &Unwanted) -> Option<(Believed, bool)> {
    let evidence = Evidence::gather(search, &wrong.claim);
    let said = evidence.said.as_ref()?;
    // Said and denied: somebody else's error is being put right.
    if evidence.opposite.as_ref().is_some_and(|opposite| opposite.terms >= said.terms) {
        return None;
    }
    let quote = quotes(search.reading, said).join(" … ");
    Some((Believed { misconception: wrong.id.clone(), cost: wrong.cost, quote }, said.shaky))
}

/// The answer's own words for a match: from the first to the last, what was taken over from before by itself.
pub(crate) fn quotes(reading: &Reading<'_>, found: &Match) -> Vec<String> {
    let start = reading.sentences[found.sentence].words.start;
    let (before, own): (Vec<usize>, Vec<usize>) = found.words.iter().partition(|&&word| word < start);
    let span = |words: &[usize]| Some(reading.quote(*words.iter().min()?, *words.iter().max()?).to_owned());
    [before, own].iter().filter_map(|words| span(words)).collect()
}
