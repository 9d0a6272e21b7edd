//! One TOML file being read: its keys by hand, with every fault noted at its place.

use crate::bank::fault::{Fault, nearest};
use crate::bank::{FULL, Hundredths};
use std::cell::RefCell;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The line of every value of a file, by path: `criteria[0].phrasings[2]`.
pub type Lines = BTreeMap<String, usize>;

/// A value and the byte at which it stands in its file.
#[derive(Debug, Clone)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) at: usize,
}

/// A file and the faults found in it so far.
pub(super) struct Page<'t> {
    file: String,
    text: &'t str,
    is_text: bool,
    faults: RefCell<Vec<Fault>>,
}

impl<'t> Page<'t> {
    pub(super) fn new(file: impl Into<String>, bytes: &'t [u8]) -> Self {
        let text = std::str::from_utf8(bytes);
        let page = Self {
            file: file.into(),
            // Of a file that isn't text, what comes before the first wrong byte gives the place of the fault.
            text: text.unwrap_or_else(|wrong| std::str::from_utf8(&bytes[..wrong.valid_up_to()]).unwrap_or_default()),
            is_text: text.is_ok(),
            faults: RefCell::default(),
        };
        if !page.is_text {
            page.fault(page.text.len(), "this is not UTF-8 text", "save the file as UTF-8");
        }
        page
    }

    /// Reads the file as TOML and notes each slip of syntax. Where anything but a repeated key is wrong, there is
    /// no table: what can be recovered would only give rise to faults that aren't there.
    pub(super) fn parse(&self) -> Option<DeTable<'t>> {
        if !self.is_text {
            return None;
        }
        let (table, errors) = DeTable::parse_recoverable(self.text);
        let mut readable = true;
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            let message = error.message().trim().replace('\n', ", ");
            let repeated = message.contains("duplicate key");
            readable &= repeated;
            let cure =
                if repeated { "keep one of the two" } else { "write TOML here: `key = \"text\"`, lists in [ ], tables under [[name]]" };
            self.fault(at, format!("this is not TOML: {message}"), cure);
        }
        readable.then(|| table.into_inner())
    }

    /// Notes a fault at byte `at`.
    pub(super) fn fault(&self, at: usize, what: impl Into<String>, cure: impl Into<String>) {
        let before = self.text.get(..at).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        self.faults.borrow_mut().push(Fault {
            file: self.file.clone(),
            line: self.line(at),
            column: before[line_start..].chars().count() + 1,
            what: what.into(),
            cure: cure.into(),
        });
    }

    /// The line of byte `at`, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }

    pub(super) fn faultless(&self) -> bool {
        self.faults.borrow().is_empty()
    }

    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }

    /// The line of every value below `table`.
    pub(super) fn lines(&self, table: &DeTable<'_>) -> Lines {
        let mut starts = vec![0];
        starts.extend(self.text.match_indices('\n').map(|(at, _)| at + 1));
        let mut lines = Lines::new();
        for (key, value) in table.iter() {
            note_lines(&mut lines, &starts, key.get_ref().to_string(), value);
        }
        lines
    }
}

fn note_lines(lines: &mut Lines, starts: &[usize], path: String, value: &Spanned<DeValue<'_>>) {
    match value.get_ref() {
        DeValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                note_lines(lines, starts, format!("{path}[{index}]"), item);
            }
        }
        DeValue::Table(table) => {
            for (key, item) in table.iter() {
                note_lines(lines, starts, format!("{path}.{}", key.get_ref()), item);
            }
        }
        _ => {}
    }
    lines.insert(path, starts.partition_point(|start| *start <= value.span().start));
}

/// The keys of one table of a page, read one by one. A getter that gives nothing has noted why.
pub(super) struct Fields<'p, 't> {
    page: &'p Page<'t>,
    table: &'p DeTable<'t>,
    /// Where the table begins.
    pub(super) at: usize,
    /// What a person calls the table: "criterion".
    name: &'static str,
}

impl<'p, 't> Fields<'p, 't> {
    /// Begins reading `table`, and notes each key that isn't one of `known`.
    pub(super) fn new(page: &'p Page<'t>, table: &'p DeTable<'t>, at: usize, name: &'static str, known: &[&str]) -> Self {
        for key in table.keys().filter(|key| !known.contains(&&**key.get_ref())) {
            let cure = match nearest(key.get_ref(), known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys of a {name} are {}", known.join(", ")),
            };
            let what = format!("a {name} has no key `{}`", key.get_ref());
            page.fault(key.span().start, what, cure);
        }
        Self { page, table, at, name }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Text that isn't blank.
    pub(super) fn text(&self, key: &str) -> Option<Placed<String>> {
        let value = self.value(key, "\"…\"")?;
        let text = self.text_of(key, value)?;
        if text.value.trim().is_empty() {
            self.fault(text.at, format!("`{key}` is empty"), format!("write what the {} says there", self.name));
            return None;
        }
        Some(text)
    }

    /// Text that may be blank.
    pub(super) fn any_text(&self, key: &str) -> Option<Placed<String>> {
        let value = self.value(key, "\"…\"")?;
        self.text_of(key, value)
    }

    /// A list of texts, none blank; it must be there but may be empty.
    pub(super) fn texts(&self, key: &str) -> Option<Vec<Placed<String>>> {
        let value = self.value(key, "[\"…\"]")?;
        let Some(items) = value.get_ref().as_array() else {
            return self.wrong_type(key, value, "a list of texts, like [\"…\", \"…\"]");
        };
        let texts: Vec<_> = items.iter().map(|item| self.item(key, item)).collect();
        texts.into_iter().collect()
    }

    fn item(&self, key: &str, item: &Spanned<DeValue<'t>>) -> Option<Placed<String>> {
        let text = self.text_of(key, item)?;
        if text.value.trim().is_empty() {
            self.fault(text.at, format!("`{key}` holds an empty text"), "write it or take it out");
            return None;
        }
        Some(text)
    }

    /// Lower-case words joined by hyphens.
    pub(super) fn slug(&self, key: &str) -> Option<Placed<String>> {
        let text = self.text(key)?;
        if !is_slug(&text.value) {
            let what = format!("`{key}` is \"{}\", not a slug", text.value);
            self.fault(text.at, what, "use lower-case letters and digits, words joined by `-`");
            return None;
        }
        Some(text)
    }

    /// An address that begins with `https://`.
    pub(super) fn link(&self, key: &str) -> Option<Placed<String>> {
        let text = self.text(key)?;
        self.is_link(key, &text).then_some(text)
    }

    /// Whether `text` is an address that begins with `https://`.
    pub(super) fn is_link(&self, key: &str, text: &Placed<String>) -> bool {
        let rest = text.value.strip_prefix("https://").unwrap_or_default();
        let good = rest.contains('.') && !rest.contains(char::is_whitespace);
        if !good {
            let what = format!("`{key}` names \"{}\", which is no https address", text.value);
            self.fault(text.at, what, "give the page as https://…");
        }
        good
    }

    /// A number of points, 0 to 10 with at most two decimals.
    pub(super) fn points(&self, key: &str) -> Option<Placed<Hundredths>> {
        let value = self.value(key, "4")?;
        self.points_of(key, value)
    }

    /// `[least, most]` points.
    pub(super) fn range(&self, key: &str) -> Option<Placed<(Hundredths, Hundredths)>> {
        let value = self.value(key, "[8, 10]")?;
        let pair = value.get_ref().as_array().filter(|items| items.len() == 2);
        let Some(pair) = pair else {
            return self.wrong_type(key, value, "the least and the most, like [8, 10]");
        };
        let (least, most) = (self.points_of(key, &pair[0]), self.points_of(key, &pair[1]));
        let (least, most) = (least?.value, most?.value);
        let at = value.span().start;
        if least > most {
            self.fault(at, format!("`{key}` is reversed: the least is above the most"), "write the smaller number first");
            return None;
        }
        Some(Placed { value: (least, most), at })
    }

    /// A whole number.
    pub(super) fn whole(&self, key: &str) -> Option<Placed<u32>> {
        let value = self.value(key, "1")?;
        let number = value.get_ref().as_integer().filter(|number| number.radix() == 10);
        match number.and_then(|number| number.as_str().parse().ok()) {
            Some(number) => Some(Placed { value: number, at: value.span().start }),
            None => self.wrong_type(key, value, "a whole number, like 1"),
        }
    }

    /// `true` or `false`; `false` where the key isn't there.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        let Some(value) = self.table.get(key) else {
            return Some(false);
        };
        match value.get_ref().as_bool() {
            Some(flag) => Some(flag),
            None => self.wrong_type(key, value, "true or false"),
        }
    }

    /// The tables under `[[key]]`; none where there are none.
    pub(super) fn tables(&self, key: &str, name: &'static str, known: &[&str]) -> Option<Vec<Fields<'p, 't>>> {
        let Some(value) = self.table.get(key) else {
            return Some(Vec::new());
        };
        let items = value.get_ref().as_array().into_iter().flatten();
        let tables: Option<Vec<_>> = items.map(|item| Some((item.get_ref().as_table()?, item.span().start))).collect();
        match tables.filter(|_| value.get_ref().is_array()) {
            Some(tables) => Some(tables.into_iter().map(|(table, at)| Fields::new(self.page, table, at, name, known)).collect()),
            None => {
                let above = if self.name == "criterion" { "criteria." } else { "" };
                self.wrong_type(key, value, &format!("tables, each under its own [[{above}{key}]]"))
            }
        }
    }

    /// The text under `key`, if it is text; notes nothing.
    pub(super) fn peek(&self, key: &str) -> Option<Placed<String>> {
        let value = self.table.get(key)?;
        let text = value.get_ref().as_str()?.to_owned();
        Some(Placed { value: text, at: value.span().start })
    }

    /// Notes a fault at byte `at` of the file.
    pub(super) fn fault(&self, at: usize, what: impl Into<String>, cure: impl Into<String>) {
        self.page.fault(at, what, cure);
    }

    /// Notes that `key` is missing; `example` is a value it could have.
    fn missing(&self, key: &str, example: &str) {
        let what = format!("the {} has no `{key}`", self.name);
        self.fault(self.at, what, format!("add `{key} = {example}`"));
    }

    /// Notes that there is no table under `[[key]]`, or whatever `header` says.
    pub(super) fn no_tables(&self, key: &str, header: &str) {
        self.fault(self.at, format!("the {} has no `{key}`", self.name), format!("add them under {header}"));
    }

    fn value(&self, key: &str, example: &str) -> Option<&'p Spanned<DeValue<'t>>> {
        let value = self.table.get(key);
        if value.is_none() {
            self.missing(key, example);
        }
        value
    }

    fn text_of(&self, key: &str, value: &Spanned<DeValue<'t>>) -> Option<Placed<String>> {
        match value.get_ref().as_str() {
            Some(text) => Some(Placed { value: text.to_owned(), at: value.span().start }),
            None => self.wrong_type(key, value, "text, like \"…\""),
        }
    }

    fn points_of(&self, key: &str, value: &Spanned<DeValue<'t>>) -> Option<Placed<Hundredths>> {
        let at = value.span().start;
        let written = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            _ => return self.wrong_type(key, value, "a number of points, like 4 or 2.5"),
        };
        match hundredths(written) {
            Some(points) if (0..=FULL).contains(&points) => Some(Placed { value: points, at }),
            Some(_) => {
                self.fault(at, format!("`{key}` is {written}, outside 0 to 10"), "give points from 0 to 10");
                None
            }
            None => {
                self.fault(at, format!("`{key}` is {written}, finer than a hundredth"), "use at most two decimals, like 2.25");
                None
            }
        }
    }

    fn wrong_type<T>(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) -> Option<T> {
        let what = format!("`{key}` is {}", kind(value.get_ref()));
        self.fault(value.span().start, what, format!("it must be {wanted}"));
        None
    }
}

/// Whether `text` is lower-case words and digits joined by hyphens.
pub(super) fn is_slug(text: &str) -> bool {
    let plain = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.split('-').all(plain)
}

/// The kind of a TOML value in plain words.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// "2.5" as 250. Nothing where there are more than two decimals, an exponent, or no number at all.
fn hundredths(written: &str) -> Option<Hundredths> {
    let unsigned = written.trim_start_matches(['+', '-']);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    if decimals.len() > 2 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let points = whole.parse::<Hundredths>().ok()?.checked_mul(100)?;
    let points = points.checked_add(format!("{decimals:0<2}").parse().ok()?)?;
    Some(if written.starts_with('-') { -points } else { points })
}
