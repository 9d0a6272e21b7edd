//! A question's graded answers read: what each must earn.

use crate::bank::Sample;
use crate::bank::page::{Fields, Page, Placed};
use crate::bank::question::{names_criterion, values};
use std::collections::BTreeSet;
use toml::de::DeTable;

const FILE: &[&str] = &["answers"];
const SAMPLE: &[&str] = &["voice", "text", "points", "made", "missed", "blind"];

/// With fewer voices than these a rubric has not been tried.
pub const LEAST_SAMPLES: usize = 8;

/// The samples of `table` and the line of each. Every fault is noted on the page; what names a criterion is checked
/// where the question's `criteria` are known.
pub(super) fn samples(page: &Page<'_>, table: &DeTable<'_>, criteria: Option<&BTreeSet<String>>) -> Vec<(usize, Sample)> {
    let fields = Fields::new(page, table, 0, "file of answers", FILE);
    let Some(tables) = fields.tables("answers", "sample answer", SAMPLE) else {
        return Vec::new();
    };
    if tables.len() < LEAST_SAMPLES {
        let what = format!("{} of at least {LEAST_SAMPLES} sample answers", tables.len());
        fields.fault(0, what, "add [[answers]] in other voices: full, terse, paraphrase, typos, half, wrong, denied, off-topic");
    }
    let read = tables.iter().map(|table| Some((page.line(table.at), sample(table, criteria)?)));
    read.collect::<Vec<_>>().into_iter().flatten().collect()
}

fn sample(fields: &Fields<'_, '_>, criteria: Option<&BTreeSet<String>>) -> Option<Sample> {
    let voice = fields.text("voice");
    let text = fields.any_text("text");
    let points = fields.range("points");
    let blind = fields.flag("blind");
    let (made, missed) = (listed(fields, "made", criteria), listed(fields, "missed", criteria));
    if let (Some(made), Some(missed)) = (&made, &missed) {
        for both in missed.iter().filter(|name| made.iter().any(|other| other.value == name.value)) {
            let what = format!("`{}` is both made and missed", both.value);
            fields.fault(both.at, what, "keep it in one of the two lists");
        }
    }
    Some(Sample {
        voice: voice?.value,
        text: text?.value,
        points: points?.value,
        made: values(made?),
        missed: values(missed?),
        blind: blind?,
    })
}

/// The criteria under `key`; none where the key isn't there: then the sample says nothing of them.
fn listed(fields: &Fields<'_, '_>, key: &str, criteria: Option<&BTreeSet<String>>) -> Option<Vec<Placed<String>>> {
    if !fields.has(key) {
        return Some(Vec::new());
    }
    let names = fields.texts(key)?;
    if let Some(criteria) = criteria {
        names.iter().for_each(|name| _ = names_criterion(fields, key, name, criteria));
    }
    Some(names)
}
