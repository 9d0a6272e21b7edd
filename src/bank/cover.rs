//! What a pack's questions share, read: `pack.toml` and `lexicon.toml`.

use crate::bank::page::{Fields, Page, Placed, is_slug};
use crate::bank::question::values;
use crate::bank::{Concept, Lexicon, Topic};
use std::collections::BTreeSet;
use toml::de::{DeTable, DeValue};

const PACK: &[&str] = &["title", "licence", "topics"];
const TOPIC: &[&str] = &["id", "title", "order"];
const LEXICON: &[&str] = &["known", "concepts"];

/// What `pack.toml` says.
#[derive(Debug, Default)]
pub(super) struct Cover {
    pub(super) title: String,
    pub(super) licence: String,
    pub(super) topics: Vec<Topic>,
    /// For each topic its questions' ids in the order of an interview; those not named come after.
    pub(super) order: Vec<Vec<Placed<String>>>,
}

impl Cover {
    /// Where a question of topic number `topic` stands among those of its topic.
    pub(super) fn rank(&self, topic: usize, id: &str) -> usize {
        let order = self.order.get(topic).map(Vec::as_slice).unwrap_or_default();
        order.iter().position(|named| named.value == id).unwrap_or(usize::MAX)
    }
}

/// The cover of a pack, as far as it could be read. Every fault is noted on the page.
pub(super) fn cover(page: &Page<'_>, table: &DeTable<'_>) -> Cover {
    let fields = Fields::new(page, table, 0, "pack", PACK);
    let title = fields.text("title").map(|title| title.value);
    let licence = fields.text("licence").map(|licence| licence.value);
    let tables = fields.tables("topics", "topic", TOPIC);
    if tables.as_ref().is_some_and(Vec::is_empty) {
        fields.no_tables("topics", "[[topics]]");
    }
    let mut cover = Cover { title: title.unwrap_or_default(), licence: licence.unwrap_or_default(), ..Cover::default() };
    for table in tables.unwrap_or_default() {
        topic(&table, &mut cover);
    }
    cover
}

fn topic(fields: &Fields<'_, '_>, cover: &mut Cover) {
    let (id, title) = (fields.slug("id"), fields.text("title"));
    let order = if fields.has("order") { fields.texts("order") } else { Some(Vec::new()) };
    let (Some(id), Some(title), Some(order)) = (id, title, order) else {
        return;
    };
    if cover.topics.iter().any(|topic| topic.id == id.value) {
        fields.fault(id.at, format!("a second topic `{}`", id.value), "give each its own `id`");
        return;
    }
    let mut seen = BTreeSet::new();
    for named in order.iter().filter(|named| !seen.insert(&named.value)) {
        fields.fault(named.at, format!("`order` names `{}` twice", named.value), "keep one of the two");
    }
    cover.topics.push(Topic { id: id.value, title: title.value });
    cover.order.push(order);
}

/// The lexicon of a pack, as far as it could be read, concepts in file order. Every fault is noted on the page.
pub(super) fn lexicon(page: &Page<'_>, table: &DeTable<'_>) -> Lexicon {
    let fields = Fields::new(page, table, 0, "lexicon", LEXICON);
    let known = if fields.has("known") { fields.texts("known").map(values) } else { None };
    let mut concepts = Vec::new();
    match table.get("concepts").map(|value| (value.get_ref(), value.span().start)) {
        None => fields.no_tables("concepts", "[concepts]"),
        Some((DeValue::Table(named), at)) => {
            let keys: Vec<_> = named.keys().map(|key| &**key.get_ref()).collect();
            let names = Fields::new(page, named, at, "list of concepts", &keys);
            for key in named.keys() {
                concepts.extend(concept(&names, key.get_ref(), key.span().start));
            }
        }
        Some((_, at)) => fields.fault(at, "`concepts` is no table", "write the concepts under [concepts]"),
    }
    // The parser sorts by key; the file's own order is the author's.
    concepts.sort_by_key(|(at, _)| *at);
    Lexicon { concepts: concepts.into_iter().map(|(_, concept)| concept).collect(), known: known.unwrap_or_default() }
}

fn concept(fields: &Fields<'_, '_>, id: &str, at: usize) -> Option<(usize, Concept)> {
    if !is_slug(id) {
        let what = format!("the concept's name \"{id}\" is not a slug");
        fields.fault(at, what, "use lower-case letters and digits, words joined by `-`");
    }
    let names = values(fields.texts(id)?);
    if names.is_empty() {
        fields.fault(at, format!("the concept `{id}` has no names"), "list the words that people use for it");
    }
    let id = id.to_owned();
    Some((at, Concept { id, names }))
}
