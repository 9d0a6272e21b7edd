//! Evidence to verdicts, verdicts to a grade.

use crate::bank::{FULL, Hundredths};
use crate::grade::elsewhere;
use crate::grade::reading::Reading;
use crate::grade::rubric::{Claim, Rubric, Unwanted, Wanted};
use crate::grade::search::{Match, Search};
use crate::grade::words::UNKNOWN;
use crate::grade::{Believed, Grade, Judged, Note, Verdict};

/// What an answer earns at most that holds a central misconception, or denies what it should say.
const CENTRAL: Hundredths = 100;

/// A paragraph with more content words than this that says one word of the rubric speaks of something else.
const LONG: usize = 8;

/// What speaks for and against one claim.
#[derive(Debug, Default)]
struct Evidence {
    said: Option<Match>,
    opposite: Option<Match>,
}

/// Which way the evidence goes. The flag is a doubt.
#[derive(Debug, Clone, Copy)]
enum Finding<'e> {
    Said(&'e Match, bool),
    Denied(&'e Match, bool),
    Absent,
}

impl Evidence {
    /// Everything an answer says on a claim.
    fn gather(search: &Search<'_>, claim: &Claim) -> Evidence {
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

    /// Weighs both sides. Of the same words, the reading that takes in more of them is the right one; what is said in
    /// one place stands against what is denied in another.
    fn weigh(&self) -> Finding<'_> {
        match (&self.said, &self.opposite) {
            (None, None) => Finding::Absent,
            (Some(said), None) => Finding::Said(said, said.shaky),
            (None, Some(opposite)) => Finding::Denied(opposite, opposite.shaky),
            (Some(said), Some(opposite)) => {
                let same = said.words.iter().any(|word| opposite.words.contains(word));
                if same && opposite.outright && opposite.strength >= said.strength && !opposite.shaky {
                    Finding::Denied(opposite, true)
                } else {
                    Finding::Said(said, said.shaky || (!same && opposite.outright))
                }
            }
        }
    }
}

/// A verdict with what it may be worth at least and at most.
struct Weighed {
    judged: Judged,
    range: (Hundredths, Hundredths),
    /// The answer denies it in so many words.
    denied: bool,
    /// How many words the evidence has.
    strength: usize,
    /// The first of them.
    word: usize,
}

impl Weighed {
    fn missed(wanted: &Wanted) -> Weighed {
        Weighed { judged: verdict(wanted, Verdict::Missed, 0, Vec::new()), range: (0, 0), denied: false, strength: 0, word: 0 }
    }

    fn denied(wanted: &Wanted, words: Vec<String>, doubt: bool) -> Weighed {
        let judged = verdict(wanted, Verdict::Contradicted, 0, words);
        Weighed { judged, range: (0, if doubt { wanted.points } else { 0 }), denied: true, strength: 0, word: 0 }
    }

    /// A misconception takes it back.
    fn unmake(&mut self, quote: &str, doubt: bool) {
        self.range = (0, if doubt { self.range.1 } else { 0 });
        self.judged.verdict = Verdict::Contradicted;
        self.judged.points = 0;
        self.judged.quotes = vec![quote.to_owned()];
    }
}

/// Grades an answer that deserves to be read point by point.
pub(crate) fn judge(rubric: &Rubric, search: &Search<'_>) -> Grade {
    let mut weighed: Vec<Weighed> = rubric.criteria.iter().map(|wanted| criterion(search, wanted)).collect();
    doubt_stray_word(&mut weighed, search.reading);
    let mut beliefs = Vec::new();
    let (mut cost, mut doubted, mut central) = (0, 0, false);
    let elsewhere = elsewhere::find(search.reading, search.in_prompt);
    let own = Search { passed_over: &elsewhere, ..*search };
    for wrong in &rubric.misconceptions {
        let Some((believed, doubt)) = belief(&own, wrong) else { continue };
        for &at in &wrong.unmakes {
            weighed[at].unmake(&believed.quote, doubt);
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
    let verdicts = rubric.criteria.iter().map(|wanted| Weighed::missed(wanted).judged).collect();
    Grade { points: 0, range: (0, 0), verdicts, misconceptions: Vec::new(), note: Some(note) }
}

/// The most an answer may be worth, for what the grader can't read in it: words of another language, or a long answer
/// in the field's words in which it found nothing.
pub(crate) fn unread(grade: &Grade, reading: &Reading<'_>) -> Hundredths {
    /// An answer in the field's words with this many of them says something, even if it was not recognised.
    const TALKATIVE: usize = 25;
    if grade.note.is_some() || !grade.misconceptions.is_empty() {
        return 0;
    }
    let content: Vec<_> = reading.words.iter().filter(|word| word.is_content()).collect();
    let foreign = content.iter().filter(|word| word.stem == UNKNOWN && !reading.source[word.source.clone()].is_ascii()).count();
    let known = content.iter().filter(|word| word.stem != UNKNOWN).count();
    if foreign * 2 > content.len() {
        FULL
    } else if grade.points == 0 && content.len() >= TALKATIVE && known * 2 > content.len() {
        FULL / 2
    } else {
        0
    }
}

/// Half or more of what was found says the opposite.
fn denies(weighed: &[Weighed]) -> bool {
    let denied = weighed.iter().filter(|w| w.denied).count();
    let made = weighed.iter().filter(|w| w.judged.points > 0).count();
    denied > 0 && denied >= made && (denied > 1 || made == 0)
}

/// A single word of the rubric in a long paragraph about something else is no statement.
fn doubt_stray_word(weighed: &mut [Weighed], reading: &Reading<'_>) {
    let mut made = weighed.iter_mut().filter(|w| w.judged.points > 0);
    if let (Some(only), None) = (made.next(), made.next())
        && only.strength == 1
        && reading.paragraph_content(only.word) > LONG
    {
        only.judged.verdict = Verdict::Missed;
        only.range = (0, only.judged.points);
        only.judged.points = 0;
        only.judged.quotes.clear();
    }
}

fn criterion(search: &Search<'_>, wanted: &Wanted) -> Weighed {
    let routes: Vec<Evidence> = wanted.routes.iter().map(|claim| Evidence::gather(search, claim)).collect();
    let mut denial = None;
    let mut best: Option<(&Match, bool)> = None;
    for finding in routes.iter().map(Evidence::weigh) {
        match finding {
            Finding::Said(found, doubt) if best.is_none_or(|(_, doubted)| doubted && !doubt) => best = Some((found, doubt)),
            // One word near a negator is too little to tell somebody that they said the opposite.
            Finding::Denied(found, doubt) if found.outright => denial = denial.or(Some((found, doubt))),
            _ => {}
        }
    }
    if let Some((found, doubt)) = best {
        let judged = verdict(wanted, Verdict::Made, wanted.points, quotes(search.reading, found));
        let strongest = routes.iter().filter_map(|evidence| evidence.said.as_ref()).map(|said| said.strength).max();
        let range = (if doubt { 0 } else { wanted.points }, wanted.points);
        return Weighed { judged, range, denied: false, strength: strongest.unwrap_or(0), word: found.words[0] };
    }
    if !wanted.any.is_empty() {
        let evidence: Vec<Evidence> = wanted.any.iter().map(|claim| Evidence::gather(search, claim)).collect();
        return list(search, wanted, &evidence, denial);
    }
    denial.map_or_else(|| Weighed::missed(wanted), |(found, doubt)| Weighed::denied(wanted, quotes(search.reading, found), doubt))
}

/// A criterion that asks for some of a list.
fn list<'e>(search: &Search<'_>, wanted: &Wanted, evidence: &'e [Evidence], mut denial: Option<(&'e Match, bool)>) -> Weighed {
    let (mut found, mut certain, mut strength, mut word, mut words) = (0, 0, 0, 0, Vec::new());
    for finding in evidence.iter().map(Evidence::weigh) {
        match finding {
            Finding::Said(said, doubt) => {
                found += 1;
                certain += usize::from(!doubt);
                strength += said.strength;
                word = said.words[0];
                words.extend(quotes(search.reading, said));
            }
            Finding::Denied(opposite, doubt) if opposite.outright => denial = denial.or(Some((opposite, doubt))),
            Finding::Denied(..) | Finding::Absent => {}
        }
    }
    let share = |count: usize| wanted.points * count.min(wanted.need) as Hundredths / wanted.need as Hundredths;
    let judged = match (found, denial) {
        (0, Some((opposite, doubt))) => return Weighed::denied(wanted, quotes(search.reading, opposite), doubt),
        (0, None) => return Weighed::missed(wanted),
        _ if found >= wanted.need => verdict(wanted, Verdict::Made, wanted.points, words),
        _ => verdict(wanted, Verdict::Partly, share(found), words),
    };
    Weighed { judged, range: (share(certain), share(found)), denied: false, strength, word }
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
    if evidence.opposite.as_ref().is_some_and(|opposite| opposite.strength >= said.strength) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{Concept, Criterion, Item, Level, Lexicon, Misconception, Question};

    fn strings(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    fn criterion(id: &str, points: Hundredths, phrasings: &[&str], any: &[&str], need: usize) -> Criterion {
        let item = |phrasing: &&str| Item { statement: String::new(), phrasings: strings(&[phrasing]) };
        Criterion {
            id: id.into(),
            points,
            statement: String::new(),
            phrasings: strings(phrasings),
            alternatives: Vec::new(),
            any: any.iter().map(item).collect(),
            need,
            nudge: String::new(),
            probe: String::new(),
            source: String::new(),
        }
    }

    fn misconception(id: &str, phrasing: &str, cost: Hundredths, central: bool, unmakes: &[&str]) -> Misconception {
        let (statement, correction) = (String::new(), String::new());
        Misconception { id: id.into(), statement, phrasings: strings(&[phrasing]), cost, central, unmakes: strings(unmakes), correction }
    }

    /// A question about trains, so that nothing here is tuned to the bank.
    fn rubric() -> Rubric {
        let question = Question {
            id: "signals".into(),
            topic: "trains".into(),
            level: Level::Junior,
            revision: 1,
            release: "1".into(),
            prompt: "What does a signal box do for trains?".into(),
            answer: "It sets points and signals.".into(),
            hints: Vec::new(),
            sources: Vec::new(),
            criteria: vec![
                criterion("route", 400, &["sets points|switches", "chooses the track"], &[], 0),
                criterion("safe", 400, &["no collision", "keeps trains apart"], &[], 0),
                criterion("knows", 200, &[], &["track circuit", "axle counter", "timetable"], 2),
            ],
            misconceptions: vec![
                misconception("drives", "box drives|brakes the locomotive", 400, true, &[]),
                misconception("whistle", "guard sets|throws points", 200, false, &["route"]),
            ],
        };
        let points = Concept { id: "points".into(), names: strings(&["points", "railroad switch", "Weiche"]) };
        Rubric::new(&question, &Lexicon { concepts: vec![points], known: Vec::new() })
    }

    /// What an answer earns, and its verdicts by their first letters.
    fn graded(answer: &str) -> (Hundredths, String) {
        let grade = rubric().grade(answer);
        let letter = |judged: &Judged| match judged.verdict {
            Verdict::Made => 'M',
            Verdict::Partly => 'P',
            Verdict::Missed => '-',
            Verdict::Contradicted => 'C',
        };
        (grade.points, grade.verdicts.iter().map(letter).collect())
    }

    #[test]
    fn answers_earn_what_they_say() {
        let table = [
            ("It sets the points, keeps trains apart, watches track circuits and axle counters.", 1000, "MMM"),
            ("Sets every railroad switch so that there's no collision.", 800, "MM-"),
            ("Stellt die Weiche (sets it), reads the timetable", 500, "M-P"),
            ("It doesn't set the points and it doesn't keep trains apart.", 0, "CC-"),
            ("It sets points. It never keeps trains apart.", 400, "MC-"),
            ("The box drives the locomotive, sets points, keeps trains apart", 100, "MM-"),
            ("The box doesn't drive the locomotive, it sets points and keeps trains apart", 800, "MM-"),
            ("People think the box drives the locomotive, but it sets points", 400, "M--"),
            ("The guard sets the points. Trains are kept apart.", 200, "CM-"),
            ("A signal box for trains", 0, "---"),
            ("sets ponits, chooses the trak", 400, "M--"),
            ("", 0, "---"),
        ];
        for (answer, points, verdicts) in table {
            assert_eq!(graded(answer), (points, verdicts.to_owned()), "{answer}");
        }
    }

    #[test]
    fn what_an_answer_looks_like_changes_nothing() {
        let plain = graded("It sets the points and keeps trains apart. It does not drive the locomotive.");
        let same = [
            "IT SETS THE POINTS AND KEEPS TRAINS APART. IT DOES NOT DRIVE THE LOCOMOTIVE.",
            "It does not drive the locomotive. It sets the points and keeps trains apart.",
            "- **sets** the `points`\n- keeps _trains_ apart\n- does not drive the locomotive",
            "It se\u{200b}ts the po\u{ad}ints and keeps trains apart. It doesn’t drive the locomotive.",
            "It sеts the pоints and keeps trains apart. It doesnt drive the locomotive.",
            "> The box drives the locomotive.\nIt sets the points and keeps trains apart. It can't drive the locomotive.",
        ];
        for answer in same {
            assert_eq!(graded(answer), plain, "{answer}");
        }
    }

    #[test]
    fn doubt_shows_as_a_range() {
        let table = [
            ("It sets the points", true),
            ("It sets the ponits", false),
            ("It sets the points. It doesn't set the points.", false),
            ("Она переводит стрелки", false),
            ("Nothing to do with it", true),
        ];
        for (answer, sure) in table {
            assert_eq!(rubric().grade(answer).sure(), sure, "{answer}");
        }
    }

    #[test]
    fn quotes_are_the_answers_own_words() {
        let grade = rubric().grade("Well, it Sets – as we say – the Points, of course");
        assert_eq!(grade.verdicts[0].quotes, ["Sets – as we say – the Points"]);
    }
}
