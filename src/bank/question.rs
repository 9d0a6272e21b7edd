//! A question's file read: its keys, then what must hold between them.

use crate::bank::fault::nearest;
use crate::bank::page::{Fields, Page, Placed};
use crate::bank::{Criterion, FULL, Item, Level, Misconception, Question, points};
use std::collections::BTreeSet;
use toml::de::DeTable;

const QUESTION: &[&str] =
    &["id", "topic", "level", "revision", "release", "prompt", "answer", "hints", "sources", "criteria", "misconceptions"];
const CRITERION: &[&str] = &["id", "points", "statement", "phrasings", "alternatives", "any", "need", "nudge", "probe", "source"];
/// `need` is no key of an item, but it is written there so often that it has a cure of its own.
const ITEM: &[&str] = &["statement", "phrasings", "need"];
const MISCONCEPTION: &[&str] = &["id", "statement", "phrasings", "cost", "central", "unmakes", "correction"];

/// Fewer hints can't go from vague to plain.
const LEAST_HINTS: usize = 2;

/// Where a question's file stands and what its pack knows.
pub(super) struct Spot<'a> {
    /// The file's name without `.toml`.
    pub(super) stem: &'a str,
    /// The folder it is in.
    pub(super) folder: &'a str,
    /// The topics of the pack.
    pub(super) topics: &'a [&'a str],
}

/// The question of `table`, where all its keys could be read. Every fault is noted on the page.
pub(super) fn question(page: &Page<'_>, table: &DeTable<'_>, spot: &Spot<'_>) -> Option<Question> {
    let fields = Fields::new(page, table, 0, "question", QUESTION);
    let id = fields.slug("id");
    if let Some(id) = id.as_ref().filter(|id| id.value != spot.stem) {
        let what = format!("`id` is \"{}\" but the file is named {}.toml", id.value, spot.stem);
        fields.fault(id.at, what, format!("write `id = \"{}\"` or rename the file", spot.stem));
    }
    let topic = topic(&fields, spot);
    let level = level(&fields);
    let revision = fields.whole("revision");
    if let Some(revision) = revision.as_ref().filter(|revision| revision.value == 0) {
        fields.fault(revision.at, "`revision` is 0", "the first revision is 1");
    }
    let release = fields.text("release");
    let prompt = fields.text("prompt");
    let answer = fields.text("answer");
    let hints = hints(&fields);
    let sources = sources(&fields);
    let criteria = criteria(&fields);
    let misconceptions = misconceptions(&fields, &criterion_ids(table));
    Some(Question {
        id: id?.value,
        topic: topic?,
        level: level?,
        revision: revision?.value,
        release: release?.value,
        prompt: prompt?.value,
        answer: answer?.value,
        hints: hints?,
        sources: sources?,
        criteria: criteria?,
        misconceptions: misconceptions?,
    })
}

fn topic(fields: &Fields<'_, '_>, spot: &Spot<'_>) -> Option<String> {
    let topic = fields.text("topic")?;
    if !spot.topics.contains(&&*topic.value) {
        let cure = match nearest(&topic.value, spot.topics.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("name one of {}, or add the topic to pack.toml", spot.topics.join(", ")),
        };
        fields.fault(topic.at, format!("the pack has no topic `{}`", topic.value), cure);
    } else if topic.value != spot.folder {
        let what = format!("`topic` is \"{}\" but the file is in the folder {}", topic.value, spot.folder);
        fields.fault(topic.at, what, format!("move the file to {}/ or write `topic = \"{}\"`", topic.value, spot.folder));
    }
    Some(topic.value)
}

fn level(fields: &Fields<'_, '_>) -> Option<Level> {
    let level = fields.text("level")?;
    let found = Level::ALL.into_iter().find(|known| known.name() == level.value);
    if found.is_none() {
        let near = nearest(&level.value, Level::ALL.iter().map(|known| known.name()));
        let cure = near.map_or_else(|| "name junior, mid or senior".to_owned(), |near| format!("did you mean `{near}`?"));
        fields.fault(level.at, format!("there is no level `{}`", level.value), cure);
    }
    found
}

fn hints(fields: &Fields<'_, '_>) -> Option<Vec<String>> {
    let hints = fields.texts("hints")?;
    if hints.len() < LEAST_HINTS {
        let at = hints.first().map_or(fields.at, |hint| hint.at);
        let what = format!("the question has {} of at least {LEAST_HINTS} hints", hints.len());
        fields.fault(at, what, "add hints to `hints`, from vague to plain");
    }
    Some(values(hints))
}

fn sources(fields: &Fields<'_, '_>) -> Option<Vec<String>> {
    let sources = fields.texts("sources")?;
    if sources.is_empty() {
        fields.fault(fields.at, "the question has no source", "add to `sources` the https address of a page that says so");
    }
    sources.iter().for_each(|source| _ = fields.is_link("sources", source));
    Some(values(sources))
}

/// The ids that the criteria of `table` have, as far as they can be read; notes nothing.
pub(super) fn criterion_ids(table: &DeTable<'_>) -> BTreeSet<String> {
    let criteria = table.get("criteria").and_then(|value| value.get_ref().as_array());
    let ids = criteria.into_iter().flatten().filter_map(|item| item.get_ref().get("id")?.get_ref().as_str());
    ids.map(str::to_owned).collect()
}

fn criteria(fields: &Fields<'_, '_>) -> Option<Vec<Criterion>> {
    let tables = fields.tables("criteria", "criterion", CRITERION)?;
    if tables.is_empty() {
        fields.no_tables("criteria", "[[criteria]]");
        return None;
    }
    let criteria: Vec<_> = tables.iter().map(criterion).collect();
    let places = tables.iter().map(|table| table.peek("id"));
    unique(fields, "criterion", places);
    let criteria: Vec<_> = criteria.into_iter().collect::<Option<_>>()?;
    let sum: i64 = criteria.iter().map(|criterion| criterion.points).sum();
    if sum != FULL {
        let (change, gap) = if sum < FULL { ("add", FULL - sum) } else { ("take away", sum - FULL) };
        let what = format!("the points of the criteria sum to {}, not 10", points(sum));
        fields.fault(tables[0].at, what, format!("{change} {} in all", points(gap)));
    }
    Some(criteria)
}

fn criterion(fields: &Fields<'_, '_>) -> Option<Criterion> {
    let id = fields.slug("id");
    let worth = fields.points("points");
    if let Some(worth) = worth.as_ref().filter(|worth| worth.value == 0) {
        fields.fault(worth.at, "the criterion is worth nothing", "give it points, or take it out");
    }
    let statement = fields.text("statement");
    let alternatives = items(fields, "alternatives", "alternative");
    let any = items(fields, "any", "listed item");
    let listed = any.as_ref().is_none_or(|any| !any.is_empty());
    let phrasings = if listed && !fields.has("phrasings") { Some(Vec::new()) } else { phrasings(fields, listed) };
    let need = any.as_ref().and_then(|any| need(fields, any.len()));
    let (nudge, probe, source) = (fields.text("nudge"), fields.text("probe"), fields.link("source"));
    Some(Criterion {
        id: id?.value,
        points: worth?.value,
        statement: statement?.value,
        phrasings: phrasings?,
        alternatives: alternatives?,
        any: any?,
        need: need?,
        nudge: nudge?.value,
        probe: probe?.value,
        source: source?.value,
    })
}

/// How many of the `listed` items of `any` make the criterion; 0 where there is no list.
fn need(fields: &Fields<'_, '_>, listed: usize) -> Option<usize> {
    if listed == 0 && !fields.has("need") {
        return Some(0);
    }
    let need = fields.whole("need")?;
    let count = need.value as usize;
    if listed == 0 {
        fields.fault(need.at, "`need` without a list", "add [[criteria.any]] items, or take `need` out");
    } else if !(1..=listed).contains(&count) {
        let what = format!("`need` is {count}, but {listed} items are listed");
        fields.fault(need.at, what, format!("ask for 1 to {listed}, or list more under [[criteria.any]]"));
    }
    Some(count)
}

fn items(fields: &Fields<'_, '_>, key: &'static str, name: &'static str) -> Option<Vec<Item>> {
    let items = fields.tables(key, name, ITEM)?;
    let items: Vec<_> = items.iter().map(item).collect();
    items.into_iter().collect()
}

fn item(fields: &Fields<'_, '_>) -> Option<Item> {
    let (statement, phrasings) = (fields.text("statement"), phrasings(fields, false));
    if fields.has("need") {
        let at = fields.whole("need").map_or(fields.at, |need| need.at);
        fields.fault(at, "an item has no key `need`", "it belongs to the criterion: write it above, below [[criteria]]");
    }
    Some(Item { statement: statement?.value, phrasings: phrasings? })
}

/// The phrasings of a table; none at all only where `may_be_empty`.
fn phrasings(fields: &Fields<'_, '_>, may_be_empty: bool) -> Option<Vec<String>> {
    let phrasings = fields.texts("phrasings")?;
    if phrasings.is_empty() && !may_be_empty {
        fields.fault(fields.at, "`phrasings` is empty", "add ways to say it, so that it can be found");
    }
    Some(values(phrasings))
}

fn misconceptions(fields: &Fields<'_, '_>, criteria: &BTreeSet<String>) -> Option<Vec<Misconception>> {
    let tables = fields.tables("misconceptions", "misconception", MISCONCEPTION)?;
    let read: Vec<_> = tables.iter().map(|table| misconception(table, criteria)).collect();
    unique(fields, "misconception", tables.iter().map(|table| table.peek("id")));
    read.into_iter().collect()
}

fn misconception(fields: &Fields<'_, '_>, criteria: &BTreeSet<String>) -> Option<Misconception> {
    let id = fields.slug("id");
    let statement = fields.text("statement");
    let phrasings = phrasings(fields, false);
    let cost = fields.points("cost");
    if let Some(cost) = cost.as_ref().filter(|cost| cost.value == 0) {
        fields.fault(cost.at, "the misconception costs nothing", "give it a cost above 0");
    }
    let central = fields.flag("central");
    let unmakes = if fields.has("unmakes") { fields.texts("unmakes") } else { Some(Vec::new()) };
    if let Some(unmakes) = &unmakes {
        unmakes.iter().for_each(|name| _ = names_criterion(fields, "unmakes", name, criteria));
    }
    let correction = fields.text("correction");
    Some(Misconception {
        id: id?.value,
        statement: statement?.value,
        phrasings: phrasings?,
        cost: cost?.value,
        central: central?,
        unmakes: values(unmakes?),
        correction: correction?.value,
    })
}

/// Whether `name` is one of the question's criteria; notes a fault where it isn't.
pub(super) fn names_criterion(fields: &Fields<'_, '_>, key: &str, name: &Placed<String>, criteria: &BTreeSet<String>) -> bool {
    let known = criteria.contains(&name.value);
    if !known {
        let cure = match nearest(&name.value, criteria.iter().map(|id| &**id)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the criteria are {}", criteria.iter().map(|id| &**id).collect::<Vec<_>>().join(", ")),
        };
        fields.fault(name.at, format!("`{key}` names no criterion: `{}`", name.value), cure);
    }
    known
}

/// Notes each id that was there before.
fn unique(fields: &Fields<'_, '_>, name: &str, ids: impl Iterator<Item = Option<Placed<String>>>) {
    let mut seen = BTreeSet::new();
    for id in ids.flatten() {
        if !seen.insert(id.value.clone()) {
            fields.fault(id.at, format!("a second {name} `{}`", id.value), "give each its own `id`");
        }
    }
}

pub(super) fn values(placed: Vec<Placed<String>>) -> Vec<String> {
    placed.into_iter().map(|text| text.value).collect()
}
