//! Reads packs from the program itself or from a folder, and names every fault of every file at once.
//!
//! The format is described in `questions/README.md`.

use crate::bank::cover::{self, Cover};
use crate::bank::fault::{Fault, nearest};
use crate::bank::page::{Lines, Page, is_slug};
use crate::bank::question::{self, Spot};
use crate::bank::samples;
use crate::bank::{Pack, Question, Sample};
use include_dir::{Dir, include_dir};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/questions");

/// Files by their path below the folder of packs, parts joined by `/`.
type Files<'a> = BTreeMap<String, Cow<'a, [u8]>>;

/// Deepest useful path: `pack/topic/id.toml`.
const DEEPEST: usize = 3;

/// All that could be read of a folder of packs, and all that is wrong with it.
#[derive(Debug, Default)]
pub struct Reading {
    /// The packs, with those questions whose own file has no fault.
    pub packs: Vec<Pack>,
    /// How those questions and their samples stand in their files.
    pub written: Vec<Written>,
    /// Every fault, by file and line.
    pub faults: Vec<Fault>,
}

/// A question as it stands in its files.
#[derive(Debug, Clone)]
pub struct Written {
    /// The pack's id.
    pub pack: String,
    /// The question.
    pub question: Arc<Question>,
    /// Its file.
    pub file: String,
    /// Where everything stands in it.
    pub lines: Lines,
    /// The file of its sample answers.
    pub answers: String,
    /// Its sample answers, each with its line.
    pub samples: Vec<(usize, Sample)>,
}

/// The packs that are part of the program. Errors are all faults of all files.
pub fn embedded() -> Result<Vec<Pack>, Vec<Fault>> {
    read_embedded().sound()
}

/// The packs below `folder`. Errors are all faults of all files.
pub fn dir(folder: &Path) -> Result<Vec<Pack>, Vec<Fault>> {
    read_dir(folder).sound()
}

/// What can be read of the packs that are part of the program.
pub fn read_embedded() -> Reading {
    let mut files = Files::new();
    gather_embedded(&EMBEDDED, &mut files);
    read("questions", files, Vec::new())
}

/// What can be read of the packs below `folder`.
pub fn read_dir(folder: &Path) -> Reading {
    let (mut files, mut faults) = (Files::new(), Vec::new());
    gather(folder, "", &mut files, &mut faults);
    read(&folder.to_string_lossy(), files, faults)
}

impl Reading {
    /// The packs, if there is no fault at all.
    pub fn sound(self) -> Result<Vec<Pack>, Vec<Fault>> {
        if self.faults.is_empty() { Ok(self.packs) } else { Err(self.faults) }
    }
}

fn gather_embedded(dir: &'static Dir<'static>, files: &mut Files<'_>) {
    for file in dir.files() {
        let parts: Vec<_> = file.path().iter().map(|part| part.to_string_lossy()).collect();
        if !parts.iter().any(|part| part.starts_with('.')) {
            files.insert(parts.join("/"), Cow::Borrowed(file.contents()));
        }
    }
    for below in dir.dirs() {
        gather_embedded(below, files);
    }
}

/// Collects the files below `folder`, hidden ones left aside; `path` is what leads there.
fn gather(folder: &Path, path: &str, files: &mut Files<'_>, faults: &mut Vec<Fault>) {
    let fault = |place: &Path, error: &std::io::Error| Fault {
        file: place.to_string_lossy().into_owned(),
        line: 1,
        column: 1,
        what: format!("this can't be read: {error}"),
        cure: "name a folder of packs that may be read".to_owned(),
    };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return faults.push(fault(folder, &error)),
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let (place, path) = (entry.path(), format!("{path}{name}"));
        if name.starts_with('.') {
            continue;
        }
        if place.is_dir() && path.matches('/').count() < DEEPEST {
            gather(&place, &format!("{path}/"), files, faults);
            continue;
        }
        match std::fs::read(&place) {
            Ok(bytes) => _ = files.insert(path, Cow::Owned(bytes)),
            Err(error) => faults.push(fault(&place, &error)),
        }
    }
}

fn read(root: &str, files: Files<'_>, faults: Vec<Fault>) -> Reading {
    let mut reading = Reading { faults, ..Reading::default() };
    if files.contains_key("pack.toml") {
        reading.fault(format!("{root}/pack.toml"), "this folder is a pack, not a folder of packs", "name the folder above it");
        return reading;
    }
    let mut packs: BTreeMap<&str, BTreeMap<&str, &[u8]>> = BTreeMap::new();
    for (path, bytes) in &files {
        let file = format!("{root}/{path}");
        match path.split_once('/') {
            Some((pack, below)) => _ = packs.entry(pack).or_default().insert(below, bytes),
            None if path == "README.md" => {}
            None => reading.fault(file, "a stray file", "a pack is a folder; move the file into one, or take it away"),
        }
    }
    if packs.is_empty() && reading.faults.is_empty() {
        reading.fault(root.to_owned(), "there is no pack here", "add a folder with pack.toml, lexicon.toml and questions");
    }
    for (id, files) in packs {
        PackFiles { root, id, files }.read(&mut reading);
    }
    reading.faults.sort();
    reading
}

impl Reading {
    /// Notes a fault of a file as a whole.
    fn fault(&mut self, file: String, what: impl Into<String>, cure: impl Into<String>) {
        let page = Page::new(file, b"");
        page.fault(0, what, cure);
        self.faults.extend(page.into_faults());
    }
}

/// The files of one pack, by their path below its folder.
struct PackFiles<'a> {
    root: &'a str,
    id: &'a str,
    files: BTreeMap<&'a str, &'a [u8]>,
}

impl PackFiles<'_> {
    fn read(&self, reading: &mut Reading) {
        if !is_slug(self.id) {
            let cure = "it is the slash command: use lower-case letters and digits, words joined by `-`";
            reading.fault(self.file("pack.toml"), format!("the folder's name \"{}\" is not a slug", self.id), cure);
        }
        let (cover_page, lexicon_page) = (self.page("pack.toml"), self.page("lexicon.toml"));
        let cover = cover_page.as_ref().and_then(|page| Some(cover::cover(page, &page.parse()?)));
        let lexicon = lexicon_page.as_ref().and_then(|page| Some(cover::lexicon(page, &page.parse()?)));
        let covered = cover.is_some();
        let cover = cover.unwrap_or_default();
        let stems = self.stems(reading);
        let mut written = Vec::new();
        let mut seen = BTreeMap::new();
        for (folder, stem) in &stems {
            if let Some(first) = seen.insert(*stem, *folder) {
                let what = format!("a second question `{stem}`: the first is in the folder {first}");
                reading.fault(self.file(&format!("{folder}/{stem}.toml")), what, "give each its own id");
            }
            written.extend(self.question(folder, stem, covered.then_some(&cover), reading));
        }
        for (page, missing) in [(cover_page, "pack.toml"), (lexicon_page, "lexicon.toml")] {
            match page {
                Some(page) => {
                    if missing == "pack.toml" {
                        order_names_questions(&page, &cover, &stems);
                    }
                    reading.faults.extend(page.into_faults());
                }
                None => reading.fault(
                    self.file(missing),
                    "the pack has no such file",
                    format!("add {missing}; questions/README.md says what it holds"),
                ),
            }
        }
        written.sort_by_key(|written| place(&cover, &written.question));
        reading.packs.push(Pack {
            id: self.id.to_owned(),
            title: cover.title,
            topics: cover.topics,
            licence: cover.licence,
            lexicon: lexicon.unwrap_or_default(),
            questions: written.iter().map(|written| written.question.clone()).collect(),
            samples: written.iter().map(|written| (written.question.id.clone(), samples_of(written))).collect(),
        });
        reading.written.extend(written);
    }

    /// Topic folder and name of each question that has a file of either kind; stray files are noted.
    fn stems(&self, reading: &mut Reading) -> BTreeSet<(&str, &str)> {
        let mut stems = BTreeSet::new();
        for path in self.files.keys() {
            let parts: Vec<_> = path.split('/').collect();
            match parts[..] {
                ["pack.toml" | "lexicon.toml" | "README.md"] => {}
                [folder, name] if name.ends_with(".toml") => {
                    let stem = name.strip_suffix(".answers.toml").or_else(|| name.strip_suffix(".toml"));
                    stems.insert((folder, stem.unwrap_or(name)));
                }
                _ => reading.fault(
                    self.file(path),
                    "a stray file",
                    "questions are <topic>/<id>.toml with <topic>/<id>.answers.toml; take other files away",
                ),
            }
        }
        stems
    }

    /// Reads a question with its answers.
    fn question(&self, folder: &str, stem: &str, cover: Option<&Cover>, reading: &mut Reading) -> Option<Written> {
        let (file, answers) = (format!("{folder}/{stem}.toml"), format!("{folder}/{stem}.answers.toml"));
        let (mut read, mut criteria) = (None, None);
        if let Some(page) = self.page(&file) {
            if let Some(table) = page.parse() {
                let topics: Vec<_> = cover.map_or_else(|| vec![folder], |cover| cover.topics.iter().map(|topic| &*topic.id).collect());
                let question = question::question(&page, &table, &Spot { stem, folder, topics: &topics });
                criteria = Some(question::criterion_ids(&table));
                read = question.filter(|_| page.faultless()).map(|question| (Arc::new(question), page.lines(&table)));
            }
            reading.faults.extend(page.into_faults());
        } else {
            let cure = match self.unanswered(folder, stem) {
                Some(near) => format!("are they the answers of {near}? Otherwise write {file}"),
                None => format!("write {file}"),
            };
            reading.fault(self.file(&answers), "answers without a question", cure);
        }
        let samples = self.answers(&answers, &file, criteria.as_ref(), reading);
        let (question, lines) = read?;
        Some(Written { pack: self.id.to_owned(), question, file: self.file(&file), lines, answers: self.file(&answers), samples })
    }

    /// Reads the sample `answers` of the question in `file`, and checks what they name where its `criteria` are known.
    fn answers(&self, answers: &str, file: &str, criteria: Option<&BTreeSet<String>>, reading: &mut Reading) -> Vec<(usize, Sample)> {
        let Some(page) = self.page(answers) else {
            let cure = format!("write {answers} with at least {} [[answers]]", samples::LEAST_SAMPLES);
            reading.fault(self.file(file), "a question without sample answers", cure);
            return Vec::new();
        };
        let read = page.parse().map(|table| samples::samples(&page, &table, criteria));
        reading.faults.extend(page.into_faults());
        read.unwrap_or_default()
    }

    /// The question in `folder` that has no answers and whose name is nearest to `stem`.
    fn unanswered(&self, folder: &str, stem: &str) -> Option<&str> {
        let here = self.files.keys().filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".toml"));
        nearest(
            stem,
            here.filter(|other| !other.ends_with(".answers") && !self.files.contains_key(&*format!("{folder}/{other}.answers.toml"))),
        )
    }

    fn page(&self, path: &str) -> Option<Page<'_>> {
        self.files.get(path).map(|bytes| Page::new(self.file(path), bytes))
    }

    fn file(&self, path: &str) -> String {
        format!("{}/{}/{path}", self.root, self.id)
    }
}

fn samples_of(written: &Written) -> Vec<Sample> {
    written.samples.iter().map(|(_, sample)| sample.clone()).collect()
}

/// Notes each id that an `order` names and no file has.
fn order_names_questions(page: &Page<'_>, cover: &Cover, stems: &BTreeSet<(&str, &str)>) {
    for (topic, order) in cover.topics.iter().zip(&cover.order) {
        let here = || stems.iter().filter(|(folder, _)| *folder == topic.id).map(|(_, stem)| *stem);
        for named in order.iter().filter(|named| !here().any(|stem| stem == named.value)) {
            let cure = match nearest(&named.value, here()) {
                Some(near) => format!("did you mean `{near}`? Otherwise write {}/{}.toml", topic.id, named.value),
                None => format!("write {}/{}.toml, or take the name out", topic.id, named.value),
            };
            page.fault(named.at, format!("`order` names no question: `{}`", named.value), cure);
        }
    }
}

/// Where a question stands in its pack: by topic, then by the topic's order, then by id.
fn place(cover: &Cover, question: &Question) -> (usize, usize, String) {
    let topic = cover.topics.iter().position(|topic| topic.id == question.topic).unwrap_or(usize::MAX);
    (topic, cover.rank(topic, &question.id), question.id.clone())
}
