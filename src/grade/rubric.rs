//! A question's rubric, compiled once and then used on any number of answers.

use crate::bank::{Hundredths, Item, Lexicon, Question};
use crate::grade::concepts::{Field, Name, Names};
use crate::grade::phrase::{self, Meant, Pattern, Problem};
use crate::grade::search::{Compiled, Term, Terms};
use crate::grade::text::Text;
use crate::grade::typo::Typos;
use crate::grade::words::{Stem, Vocabulary};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// The usual window of a phrasing of `terms` terms, in content words from the first to the last.
fn usual_window(terms: usize) -> i32 {
    (2 * terms as i32 + 3).max(7)
}

/// A question's rubric, compiled. Cheap to make, cheaper to use; answers are graded by [`Rubric::grade`].
#[derive(Debug)]
pub struct Rubric {
    pub(crate) criteria: Vec<Wanted>,
    pub(crate) misconceptions: Vec<Unwanted>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) terms: Terms,
    pub(crate) typos: Typos,
    /// The field's names of several words.
    pub(crate) names: Arc<Names>,
    /// The stems of the prompt.
    pub(crate) prompt: HashSet<Stem>,
    /// The prompt asks for yes or no.
    pub(crate) asks_yes_no: bool,
    faults: Vec<PhraseFault>,
}

/// A phrasing that can't be found in any answer, or would prove nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhraseFault {
    /// Where it stands: `criteria[0].phrasings[2]`.
    pub place: String,
    /// The phrasing.
    pub phrasing: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// A criterion, compiled.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) id: String,
    pub(crate) points: Hundredths,
    /// The criterion's own statement and its alternatives: any one makes it.
    pub(crate) routes: Vec<Claim>,
    /// A list of which `need` make it.
    pub(crate) any: Vec<Claim>,
    pub(crate) need: usize,
}

/// A misconception, compiled.
#[derive(Debug)]
pub(crate) struct Unwanted {
    pub(crate) id: String,
    pub(crate) claim: Claim,
    pub(crate) cost: Hundredths,
    pub(crate) central: bool,
    /// Indices of the criteria it takes back.
    pub(crate) unmakes: Vec<usize>,
}

/// Something that can be said in several ways.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(crate) phrasings: Vec<Phrasing>,
}

/// A phrasing and the patterns it stands for.
#[derive(Debug)]
pub(crate) struct Phrasing {
    pub(crate) written: String,
    pub(crate) patterns: Vec<Compiled>,
    /// What each term of each pattern is called in an explanation.
    pub(crate) labels: Vec<Vec<String>>,
}

impl Rubric {
    /// Compiles a question's rubric. Phrasings that can't work are left out and listed by [`Rubric::faults`].
    pub fn new(question: &Question, lexicon: &Lexicon) -> Rubric {
        Rubric::in_field(question, &Field::new(lexicon))
    }

    /// The same with a lexicon that is compiled already.
    pub fn in_field(question: &Question, field: &Field) -> Rubric {
        let mut compiler = Compiler::new(question, field);
        let criteria = question.criteria.iter().enumerate().map(|(index, criterion)| {
            let place = format!("criteria[{index}]");
            let mut routes = vec![compiler.claim(&format!("{place}.phrasings"), &criterion.phrasings)];
            routes.extend(compiler.items(&format!("{place}.alternatives"), &criterion.alternatives));
            let any = compiler.items(&format!("{place}.any"), &criterion.any);
            Wanted { id: criterion.id.clone(), points: criterion.points, routes, any, need: criterion.need.max(1) }
        });
        let criteria: Vec<Wanted> = criteria.collect();
        let misconceptions = question.misconceptions.iter().enumerate().map(|(index, wrong)| Unwanted {
            id: wrong.id.clone(),
            claim: compiler.claim(&format!("misconceptions[{index}].phrasings"), &wrong.phrasings),
            cost: wrong.cost,
            central: wrong.central,
            unmakes: (0..criteria.len()).filter(|&at| wrong.unmakes.contains(&criteria[at].id)).collect(),
        });
        let misconceptions: Vec<Unwanted> = misconceptions.collect();
        compiler.finish(criteria, misconceptions)
    }

    /// What is wrong with the phrasings, in the rubric's order.
    pub fn faults(&self) -> &[PhraseFault] {
        &self.faults
    }
}

struct Compiler<'f> {
    field: &'f Field,
    vocabulary: Vocabulary,
    terms: Terms,
    /// The terms by what was written.
    numbered: HashMap<BTreeSet<(Name, Meant)>, Term>,
    /// All stems that are looked for.
    wanted: HashSet<Stem>,
    typos: Typos,
    prompt: HashSet<Stem>,
    asks_yes_no: bool,
    faults: Vec<PhraseFault>,
}

impl<'f> Compiler<'f> {
    fn new(question: &Question, field: &'f Field) -> Compiler<'f> {
        let mut vocabulary = Vocabulary::over(field.vocabulary.clone());
        // Split spellings must be put together alike everywhere, so all phrasings are learnt before any is read.
        for phrasing in all_phrasings(question) {
            vocabulary.learn(&Text::new(phrasing), true);
        }
        let prompt = Text::new(&question.prompt);
        vocabulary.learn(&prompt, false);
        let stems = vocabulary.words(&prompt).iter().filter(|word| word.is_content()).map(|word| word.stem).collect();
        // Words that the bank's authors use are right as they stand.
        vocabulary.learn(&Text::new(&question.answer), false);
        for criterion in &question.criteria {
            vocabulary.learn(&Text::new(&criterion.statement), false);
        }
        let first = prompt.pieces.first().map_or("", |piece| prompt.word(piece));
        let asks_yes_no =
            matches!(first, "do" | "does" | "did" | "is" | "are" | "can" | "could" | "should" | "would" | "will" | "has" | "have");
        Compiler {
            field,
            vocabulary,
            terms: Terms::default(),
            numbered: HashMap::new(),
            wanted: HashSet::new(),
            typos: Typos::default(),
            prompt: stems,
            asks_yes_no,
            faults: Vec::new(),
        }
    }

    fn items(&mut self, place: &str, items: &[Item]) -> Vec<Claim> {
        items.iter().enumerate().map(|(index, item)| self.claim(&format!("{place}[{index}].phrasings"), &item.phrasings)).collect()
    }

    fn claim(&mut self, place: &str, phrasings: &[String]) -> Claim {
        let mut claim = Claim { phrasings: Vec::with_capacity(phrasings.len()) };
        for (index, written) in phrasings.iter().enumerate() {
            match self.phrasing(written) {
                Ok(phrasing) => claim.phrasings.push(phrasing),
                Err(problem) => self.faults.push(PhraseFault { place: format!("{place}[{index}]"), phrasing: written.clone(), problem }),
            }
        }
        claim
    }

    fn phrasing(&mut self, written: &str) -> Result<Phrasing, Problem> {
        let patterns = phrase::parse(written, self.field, &self.vocabulary)?;
        if patterns.iter().all(|pattern| !pattern.negated && self.only_prompt(pattern)) {
            return Err(Problem::OnlyPrompt);
        }
        let labels = patterns.iter().map(|pattern| pattern.slots.iter().map(|slot| slot.label.clone()).collect()).collect();
        let patterns = patterns.into_iter().map(|pattern| self.compile(pattern)).collect();
        Ok(Phrasing { written: written.to_owned(), patterns, labels })
    }

    /// Every name of every slot is made of the prompt's words.
    fn only_prompt(&self, pattern: &Pattern) -> bool {
        let known = |name: &Name| name.iter().all(|stem| self.prompt.contains(stem));
        let written = pattern.slots.iter().all(|slot| slot.written.iter().all(|(name, _)| known(name)));
        written && pattern.slots.iter().all(|slot| slot.names(self.field).keys().all(known))
    }

    fn compile(&mut self, pattern: Pattern) -> Compiled {
        let window = pattern.window.unwrap_or_else(|| usual_window(pattern.slots.len()));
        let terms = pattern.slots.into_iter().map(|slot| {
            let precedes = slot.precedes;
            let term = match self.numbered.get(&slot.written) {
                Some(term) => *term,
                None => {
                    let names = slot.names(self.field);
                    self.wanted.extend(names.keys().flatten());
                    let term = self.terms.add(&names);
                    self.numbered.insert(slot.written, term);
                    term
                }
            };
            (term, precedes)
        });
        Compiled { terms: terms.collect(), negated: pattern.negated, window }
    }

    fn finish(self, criteria: Vec<Wanted>, misconceptions: Vec<Unwanted>) -> Rubric {
        let mut typos = self.typos;
        typos.aim_at(&self.vocabulary, &self.wanted);
        Rubric {
            criteria,
            misconceptions,
            vocabulary: self.vocabulary,
            terms: self.terms,
            typos,
            names: self.field.several.clone(),
            prompt: self.prompt,
            asks_yes_no: self.asks_yes_no,
            faults: self.faults,
        }
    }
}

fn all_phrasings(question: &Question) -> impl Iterator<Item = &str> {
    let criteria = question.criteria.iter().flat_map(|criterion| {
        let items = criterion.alternatives.iter().chain(&criterion.any);
        criterion.phrasings.iter().chain(items.flat_map(|item| &item.phrasings))
    });
    criteria.chain(question.misconceptions.iter().flat_map(|wrong| &wrong.phrasings)).map(String::as_str)
}
