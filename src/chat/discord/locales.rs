//! What commands say in other languages: one file for each of Discord's locales, named like it; what one lacks is shown in English.

use crate::quiz::questions::Pack;
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/chat/discord/locales");

/// A file: texts by what is typed, the words of the path with spaces between. A pack's own commands begin with `{pack}`, and `{title}`
/// stands for its title.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Locale {
    #[serde(default)]
    names: BTreeMap<String, String>,
    #[serde(default)]
    descriptions: BTreeMap<String, String>,
}

/// All files, by locale. One that can't be read is left out: commands in English are better than none.
pub(super) struct Locales(BTreeMap<String, Locale>);

impl Locales {
    /// Those in the binary.
    pub(super) fn embedded() -> Locales {
        let files = FILES.files().filter_map(|file| Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?)));
        let read = files.filter_map(|(locale, text)| match toml::from_str(text) {
            Ok(read) => Some((locale.to_owned(), read)),
            Err(error) => {
                tracing::error!(locale, %error, "a file of translations can't be read");
                None
            }
        });
        Locales(read.collect())
    }

    /// Adds what the files say to a command of this pack, and to everything in it. `suffix` is what follows the pack in its name.
    pub(super) fn add_to(&self, command: &mut Value, pack: &Pack, suffix: &str) {
        self.describe(command, &format!("{{pack}}{suffix}"), &pack.title);
        self.go_below(command, "", &pack.title);
    }

    fn go_below(&self, of: &mut Value, path: &str, title: &str) {
        for option in of["options"].as_array_mut().into_iter().flatten() {
            let name = option["name"].as_str().unwrap_or_default();
            let path = if path.is_empty() { name.to_owned() } else { format!("{path} {name}") };
            self.describe(option, &path, title);
            if option["options"].is_array() {
                self.go_below(option, &path, title);
            }
        }
    }

    fn describe(&self, of: &mut Value, path: &str, title: &str) {
        type Texts = fn(&Locale) -> &BTreeMap<String, String>;
        let fields: [(&str, Texts); 2] =
            [("name_localizations", |locale| &locale.names), ("description_localizations", |locale| &locale.descriptions)];
        for (field, texts) in fields {
            for (locale, file) in &self.0 {
                if let Some(text) = texts(file).get(path) {
                    of[field][locale] = super::register::cut(&text.replace("{title}", title)).into();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{limits, register};
    use super::*;
    use crate::bank::load;
    use std::collections::BTreeSet;

    /// The paths of everything that is registered, as the files name it.
    fn paths() -> BTreeSet<String> {
        fn below(of: &Value, path: &str, found: &mut BTreeSet<String>) {
            for option in of["options"].as_array().into_iter().flatten() {
                let path = format!("{path} {}", option["name"].as_str().unwrap()).trim_start().to_owned();
                below(option, &path, found);
                found.insert(path);
            }
        }
        let pack = &load::embedded().unwrap()[0];
        let mut found = BTreeSet::new();
        for command in register::commands(std::slice::from_ref(pack)) {
            found.insert(command["name"].as_str().unwrap().replace(&pack.id, "{pack}"));
            below(&command, "", &mut found);
        }
        found
    }

    /// Every file says everything, nothing that nobody would see, and nothing that has to be cut.
    #[test]
    fn every_file_is_whole() {
        let (locales, paths) = (Locales::embedded(), paths());
        assert_eq!(FILES.entries().len(), locales.0.len(), "not every file could be read");
        assert!(locales.0.contains_key("de") && paths.len() > 80, "{paths:?}");
        let longest = load::embedded().unwrap().iter().map(|pack| pack.title.clone()).max_by_key(String::len).unwrap();
        for (locale, file) in &locales.0 {
            let described: BTreeSet<String> = file.descriptions.keys().cloned().collect();
            let off: Vec<&String> = described.symmetric_difference(&paths).collect();
            assert!(off.is_empty(), "{locale} lacks these, or knows them alone: {off:?}");
            let unknown: Vec<&String> = file.names.keys().filter(|name| !paths.contains(*name)).collect();
            assert!(unknown.is_empty(), "{locale} names what there is not: {unknown:?}");
            for (texts, most) in [(&file.names, limits::COMMAND_NAME), (&file.descriptions, limits::COMMAND_DESCRIPTION)] {
                for (path, text) in texts {
                    let length = limits::length(&text.replace("{title}", &longest));
                    assert!((1..=most).contains(&length), "{locale}: {path} has {length} characters");
                }
            }
        }
    }

    #[test]
    fn what_a_file_lacks_stays_english() {
        let file = toml::from_str("[names]\n\"quiz\" = \"abfrage\"\n[descriptions]\n\"{pack}\" = \"{title}: üben\"\n").unwrap();
        let mut command = serde_json::json!({
            "name": "istio", "options": [{ "name": "quiz", "options": [{ "name": "topic" }] }],
        });
        Locales([("de".to_owned(), file)].into()).add_to(&mut command, &load::embedded().unwrap()[0], "");
        let wanted = serde_json::json!({
            "name": "istio", "description_localizations": { "de": "Istio: üben" },
            "options": [{ "name": "quiz", "name_localizations": { "de": "abfrage" }, "options": [{ "name": "topic" }] }],
        });
        assert_eq!(wanted, command);
    }
}
