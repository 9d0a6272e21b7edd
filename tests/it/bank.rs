//! The question bank: each fault with its line and cure, and the questions that the program carries.

use meshdrill::bank::load;
use meshdrill::bank::select::{self, Wanted};
use meshdrill::bank::{Level, Pack};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const PACK: &str = r#"title = "Istio"
licence = "MIT"
[[topics]]
id = "security"
title = "Security"
[[topics]]
id = "traffic"
title = "Traffic"
"#;

const LEXICON: &str = r#"known = ["mode"]
[concepts]
user = ["user", "person"]
"#;

const QUESTION: &str = r#"id = "keys"
topic = "security"
level = "mid"
revision = 1
release = "1.31"
prompt = "Who holds the keys?"
answer = "The proxy holds the key, which is short-lived."
hints = ["Think of the proxy.", "Who answers the handshake?"]
sources = ["https://istio.io/latest/docs/"]
[[criteria]]
id = "proxy"
points = 7.5
statement = "The proxy holds the key."
phrasings = ["proxy holds key"]
nudge = "Which process?"
probe = "Where on disk?"
source = "https://istio.io/latest/docs/"
[[criteria]]
id = "reasons"
points = 2.5
statement = "It is short-lived and never leaves."
need = 1
nudge = "Why there?"
probe = "How long?"
source = "https://istio.io/latest/docs/"
[[criteria.any]]
statement = "It is short-lived."
phrasings = ["short lived"]
[[criteria.any]]
statement = "It never leaves."
phrasings = ["never leaves"]
[[misconceptions]]
id = "app"
statement = "The app holds the key."
phrasings = ["app holds key"]
cost = 2
unmakes = ["proxy"]
correction = "The app has no key."
"#;

/// Eight answers, three lines each, the first at line 1.
fn answers() -> String {
    let voices = ["full", "terse", "paraphrase", "typos", "half", "wrong", "denied", "off-topic"];
    voices.map(|voice| format!("[[answers]]\nvoice = \"{voice}\"\ntext = \"The proxy does.\"\npoints = [0, 10]\n")).concat()
}

/// A pack without faults, each file of which `change` may alter.
fn folder(change: impl Fn(&str, String) -> Option<Vec<u8>>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("pack.toml", PACK.to_owned()),
        ("lexicon.toml", LEXICON.to_owned()),
        ("security/keys.toml", QUESTION.to_owned()),
        ("security/keys.answers.toml", answers()),
    ];
    for (name, text) in files {
        if let Some(bytes) = change(name, text) {
            write(folder.path(), name, &bytes);
        }
    }
    folder
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let file = folder.join("istio").join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

/// The faults below `folder`: file in its pack, line, column, what, cure.
fn faults(folder: &Path) -> String {
    let root = format!("{}/", folder.display());
    let mut lines = String::new();
    for fault in load::read_dir(folder).faults {
        let file = fault.file.strip_prefix(&root).unwrap_or("(the folder)");
        let file = file.strip_prefix("istio/").unwrap_or(file);
        let place = format!("{file}:{}:{}", fault.line, fault.column);
        writeln!(lines, "{place} {} | {}", fault.what, fault.cure).unwrap();
    }
    lines.trim_end().to_owned()
}

/// In `file` the text `was` becomes `now`, and the faults are these.
#[track_caller]
fn check(file: &str, was: &str, now: &str, expected: &[&str]) {
    let folder = folder(|name, text| {
        let text = if name == file {
            assert!(text.contains(was), "{file} has no {was}");
            text.replacen(was, now, 1)
        } else {
            text
        };
        Some(text.into_bytes())
    });
    assert_eq!(faults(folder.path()).lines().collect::<Vec<_>>(), expected, "{was} as {now}");
}

const KEYS: &str = "security/keys.toml";
const ANSWERS: &str = "security/keys.answers.toml";

#[test]
fn a_sound_pack_has_no_faults() {
    let folder = folder(|_, text| Some(text.into_bytes()));
    assert_eq!(faults(folder.path()), "");
    let packs = load::dir(folder.path()).unwrap();
    let question = packs[0].question("keys").unwrap();
    assert_eq!((question.level, question.criteria[0].points, question.criteria[1].need), (Level::Mid, 750, 1));
    assert_eq!(question.misconceptions[0].cost, 200);
    assert_eq!(packs[0].lexicon.concepts[0].names, ["user", "person"]);
    assert_eq!(packs[0].question("kees").unwrap_err().to_string(), "there is no question `kees`; did you mean `keys`?");
    assert_eq!(packs[0].topic("Trafic").unwrap_err().to_string(), "there is no topic `Trafic`; did you mean `traffic`?");
    assert_eq!(packs[0].topic("SECURITY").unwrap().title, "Security");
}

/// What a file says, what it says instead, and the faults that are then found.
type Change = (&'static str, &'static str, &'static [&'static str]);

const QUESTION_FAULTS: &[Change] = &[
    (
        "hints =",
        "hint =",
        &[
            r#"security/keys.toml:1:1 the question has no `hints` | add `hints = ["…"]`"#,
            "security/keys.toml:8:1 a question has no key `hint` | did you mean `hints`?",
        ],
    ),
    ("prompt = \"Who holds the keys?\"\n", "", &[r#"security/keys.toml:1:1 the question has no `prompt` | add `prompt = "…"`"#]),
    (r#""Who holds the keys?""#, r#"" ""#, &["security/keys.toml:6:10 `prompt` is empty | write what the question says there"]),
    (r#""Who holds the keys?""#, "7", &[r#"security/keys.toml:6:10 `prompt` is a number | it must be text, like "…""#]),
    (
        "answer = \"The proxy holds the key, which is short-lived.\"\n",
        "",
        &[r#"security/keys.toml:1:1 the question has no `answer` | add `answer = "…"`"#],
    ),
    (
        r#""The proxy holds the key, which is short-lived.""#,
        r#""""#,
        &["security/keys.toml:7:10 `answer` is empty | write what the question says there"],
    ),
    (
        r#"id = "keys""#,
        r#"id = "locks""#,
        &[r#"security/keys.toml:1:6 `id` is "locks" but the file is named keys.toml | write `id = "keys"` or rename the file"#],
    ),
    (
        r#"id = "keys""#,
        r#"id = "Keys!""#,
        &[r#"security/keys.toml:1:6 `id` is "Keys!", not a slug | use lower-case letters and digits, words joined by `-`"#],
    ),
    (
        r#"topic = "security""#,
        r#"topic = "secrets""#,
        &["security/keys.toml:2:9 the pack has no topic `secrets` | did you mean `security`?"],
    ),
    (
        r#"topic = "security""#,
        r#"topic = "traffic""#,
        &[
            r#"security/keys.toml:2:9 `topic` is "traffic" but the file is in the folder security | move the file to traffic/ or write `topic = "security"`"#,
        ],
    ),
    (r#"level = "mid""#, r#"level = "middle""#, &["security/keys.toml:3:9 there is no level `middle` | did you mean `mid`?"]),
    (r#"level = "mid""#, r#"level = "x""#, &["security/keys.toml:3:9 there is no level `x` | name junior, mid or senior"]),
    ("revision = 1", "revision = 0", &["security/keys.toml:4:12 `revision` is 0 | the first revision is 1"]),
    ("revision = 1", r#"revision = "1""#, &["security/keys.toml:4:12 `revision` is text | it must be a whole number, like 1"]),
    (r#""1.31""#, "1.31", &[r#"security/keys.toml:5:11 `release` is a number | it must be text, like "…""#]),
    (
        r#""Think of the proxy.", "#,
        "",
        &["security/keys.toml:8:10 the question has 1 of at least 2 hints | add hints to `hints`, from vague to plain"],
    ),
    (r#""Think of the proxy.""#, r#""""#, &["security/keys.toml:8:10 `hints` holds an empty text | write it or take it out"]),
    (r#""Think of the proxy.""#, "5", &[r#"security/keys.toml:8:10 `hints` is a number | it must be text, like "…""#]),
    (
        r#"sources = ["https://istio.io/latest/docs/"]"#,
        "sources = []",
        &["security/keys.toml:1:1 the question has no source | add to `sources` the https address of a page that says so"],
    ),
    (
        r#"sources = ["https://istio.io"#,
        r#"sources = ["http://istio.io"#,
        &[
            r#"security/keys.toml:9:12 `sources` names "http://istio.io/latest/docs/", which is no https address | give the page as https://…"#,
        ],
    ),
    (
        r#"sources = ["https://istio.io/latest/docs/"]"#,
        r#"sources = "https://istio.io/""#,
        &[r#"security/keys.toml:9:11 `sources` is text | it must be a list of texts, like ["…", "…"]"#],
    ),
    (
        "cost = 2",
        "cost = 2\nprize = 3",
        &[
            "security/keys.toml:37:1 a misconception has no key `prize` | the keys of a misconception are id, statement, phrasings, cost, central, unmakes, correction",
        ],
    ),
    (
        r#"release = "1.31""#,
        r#"release = "1.31"#,
        &[
            r#"security/keys.toml:5:16 this is not TOML: invalid basic string, expected `"` | write TOML here: `key = "text"`, lists in [ ], tables under [[name]]"#,
        ],
    ),
    (
        r#"release = "1.31""#,
        "release = \"1.31\"\nrelease = \"1.32\"",
        &["security/keys.toml:6:1 this is not TOML: duplicate key | keep one of the two"],
    ),
];

#[test]
fn each_fault_of_a_question_has_its_line_and_cure() {
    for (was, now, expected) in QUESTION_FAULTS {
        check(KEYS, was, now, expected);
    }
}

const RUBRIC_FAULTS: &[Change] = &[
    ("points = 7.5", "points = 7", &["security/keys.toml:10:1 the points of the criteria sum to 9.5, not 10 | add 0.5 in all"]),
    ("points = 7.5", "points = 9", &["security/keys.toml:10:1 the points of the criteria sum to 11.5, not 10 | take away 1.5 in all"]),
    (
        "points = 7.5",
        "points = 7.505",
        &["security/keys.toml:12:10 `points` is 7.505, finer than a hundredth | use at most two decimals, like 2.25"],
    ),
    ("points = 7.5", "points = 75", &["security/keys.toml:12:10 `points` is 75, outside 0 to 10 | give points from 0 to 10"]),
    ("points = 7.5", "points = -7.5", &["security/keys.toml:12:10 `points` is -7.5, outside 0 to 10 | give points from 0 to 10"]),
    ("points = 7.5", r#"points = "7.5""#, &["security/keys.toml:12:10 `points` is text | it must be a number of points, like 4 or 2.5"]),
    (
        "points = 7.5",
        "points = 0",
        &[
            "security/keys.toml:10:1 the points of the criteria sum to 2.5, not 10 | add 7.5 in all",
            "security/keys.toml:12:10 the criterion is worth nothing | give it points, or take it out",
        ],
    ),
    ("points = 7.5\n", "", &["security/keys.toml:10:1 the criterion has no `points` | add `points = 4`"]),
    (r#"id = "reasons""#, r#"id = "proxy""#, &["security/keys.toml:19:6 a second criterion `proxy` | give each its own `id`"]),
    (
        "id = \"proxy\"\n",
        "",
        &[
            r#"security/keys.toml:10:1 the criterion has no `id` | add `id = "…"`"#,
            "security/keys.toml:36:12 `unmakes` names no criterion: `proxy` | the criteria are reasons",
        ],
    ),
    (r#"["proxy holds key"]"#, "[]", &["security/keys.toml:10:1 `phrasings` is empty | add ways to say it, so that it can be found"]),
    (
        r#"["proxy holds key"]"#,
        r#"["proxy holds key", " "]"#,
        &["security/keys.toml:14:33 `phrasings` holds an empty text | write it or take it out"],
    ),
    ("phrasings = [\"proxy holds key\"]\n", "", &[r#"security/keys.toml:10:1 the criterion has no `phrasings` | add `phrasings = ["…"]`"#]),
    (r#"["short lived"]"#, "[]", &["security/keys.toml:26:1 `phrasings` is empty | add ways to say it, so that it can be found"]),
    (
        "statement = \"It is short-lived.\"\n",
        "",
        &[r#"security/keys.toml:26:1 the listed item has no `statement` | add `statement = "…"`"#],
    ),
    (
        r#"statement = "The proxy holds the key.""#,
        r#"statement = """#,
        &["security/keys.toml:13:13 `statement` is empty | write what the criterion says there"],
    ),
    ("nudge = \"Which process?\"\n", "", &[r#"security/keys.toml:10:1 the criterion has no `nudge` | add `nudge = "…"`"#]),
    ("probe = \"Where on disk?\"\n", "", &[r#"security/keys.toml:10:1 the criterion has no `probe` | add `probe = "…"`"#]),
    (
        "source = \"https://istio.io/latest/docs/\"\n",
        "",
        &[r#"security/keys.toml:10:1 the criterion has no `source` | add `source = "…"`"#],
    ),
    (
        r#"source = "https://istio.io/latest/docs/""#,
        r#"source = "the docs""#,
        &[r#"security/keys.toml:17:10 `source` names "the docs", which is no https address | give the page as https://…"#],
    ),
    (
        "need = 1",
        "need = 3",
        &["security/keys.toml:22:8 `need` is 3, but 2 items are listed | ask for 1 to 2, or list more under [[criteria.any]]"],
    ),
    (
        "need = 1",
        "need = 0",
        &["security/keys.toml:22:8 `need` is 0, but 2 items are listed | ask for 1 to 2, or list more under [[criteria.any]]"],
    ),
    ("need = 1\n", "", &["security/keys.toml:18:1 the criterion has no `need` | add `need = 1`"]),
    (
        r#"statement = "It is short-lived.""#,
        "statement = \"It is short-lived.\"\nneed = 1",
        &["security/keys.toml:28:8 an item has no key `need` | it belongs to the criterion: write it above, below [[criteria]]"],
    ),
    (
        r#"nudge = "Which process?""#,
        "nudge = \"Which process?\"\nneed = 1",
        &["security/keys.toml:16:8 `need` without a list | add [[criteria.any]] items, or take `need` out"],
    ),
    (
        "[[criteria.any]]\nstatement = \"It is short-lived.\"\nphrasings = [\"short lived\"]\n[[criteria.any]]\nstatement = \"It never leaves.\"\nphrasings = [\"never leaves\"]",
        r#"any = ["short lived"]"#,
        &["security/keys.toml:26:7 `any` is a list | it must be tables, each under its own [[criteria.any]]"],
    ),
    (
        r#"unmakes = ["proxy"]"#,
        r#"unmakes = ["prox"]"#,
        &["security/keys.toml:37:12 `unmakes` names no criterion: `prox` | did you mean `proxy`?"],
    ),
    (
        r#"unmakes = ["proxy"]"#,
        r#"unmakes = ["zzz"]"#,
        &["security/keys.toml:37:12 `unmakes` names no criterion: `zzz` | the criteria are proxy, reasons"],
    ),
    ("cost = 2", "cost = 0", &["security/keys.toml:36:8 the misconception costs nothing | give it a cost above 0"]),
    ("cost = 2", "cost = 11", &["security/keys.toml:36:8 `cost` is 11, outside 0 to 10 | give points from 0 to 10"]),
    ("cost = 2", "central = \"yes\"\ncost = 2", &["security/keys.toml:36:11 `central` is text | it must be true or false"]),
    (r#"["app holds key"]"#, "[]", &["security/keys.toml:32:1 `phrasings` is empty | add ways to say it, so that it can be found"]),
    (
        "correction = \"The app has no key.\"\n",
        "",
        &[r#"security/keys.toml:32:1 the misconception has no `correction` | add `correction = "…"`"#],
    ),
];

#[test]
fn each_fault_of_a_rubric_has_its_line_and_cure() {
    for (was, now, expected) in RUBRIC_FAULTS {
        check(KEYS, was, now, expected);
    }
}

const ANSWER_FAULTS: &[Change] = &[
    (
        "[[answers]]\nvoice = \"full\"\ntext = \"The proxy does.\"\npoints = [0, 10]\n",
        "",
        &[
            "security/keys.answers.toml:1:1 7 of at least 8 sample answers | add [[answers]] in other voices: full, terse, paraphrase, typos, half, wrong, denied, off-topic",
        ],
    ),
    ("voice = \"full\"\n", "", &[r#"security/keys.answers.toml:1:1 the sample answer has no `voice` | add `voice = "…"`"#]),
    (
        r#"voice = "full""#,
        r#"voices = "full""#,
        &[
            r#"security/keys.answers.toml:1:1 the sample answer has no `voice` | add `voice = "…"`"#,
            "security/keys.answers.toml:2:1 a sample answer has no key `voices` | did you mean `voice`?",
        ],
    ),
    ("text = \"The proxy does.\"\n", "", &[r#"security/keys.answers.toml:1:1 the sample answer has no `text` | add `text = "…"`"#]),
    ("points = [0, 10]\n", "", &["security/keys.answers.toml:1:1 the sample answer has no `points` | add `points = [8, 10]`"]),
    (
        "points = [0, 10]",
        "points = [9, 2]",
        &["security/keys.answers.toml:4:10 `points` is reversed: the least is above the most | write the smaller number first"],
    ),
    (
        "points = [0, 10]",
        "points = [0, 11]",
        &["security/keys.answers.toml:4:14 `points` is 11, outside 0 to 10 | give points from 0 to 10"],
    ),
    (
        "points = [0, 10]",
        "points = 10",
        &["security/keys.answers.toml:4:10 `points` is a number | it must be the least and the most, like [8, 10]"],
    ),
    (
        "points = [0, 10]",
        "points = [0]",
        &["security/keys.answers.toml:4:10 `points` is a list | it must be the least and the most, like [8, 10]"],
    ),
    (
        "points = [0, 10]",
        "points = [0, 10]\nmade = [\"proxi\"]\nmissed = [\"zzz\"]",
        &[
            "security/keys.answers.toml:5:9 `made` names no criterion: `proxi` | did you mean `proxy`?",
            "security/keys.answers.toml:6:11 `missed` names no criterion: `zzz` | the criteria are proxy, reasons",
        ],
    ),
    (
        "points = [0, 10]",
        "points = [0, 10]\nmade = [\"proxy\"]\nmissed = [\"reasons\", \"proxy\"]",
        &["security/keys.answers.toml:6:22 `proxy` is both made and missed | keep it in one of the two lists"],
    ),
    (
        "points = [0, 10]",
        "points = [0, 10]\nmade = \"proxy\"",
        &[r#"security/keys.answers.toml:5:8 `made` is text | it must be a list of texts, like ["…", "…"]"#],
    ),
    ("points = [0, 10]", "points = [0, 10]\nblind = 1", &["security/keys.answers.toml:5:9 `blind` is a number | it must be true or false"]),
    (
        "[[answers]]",
        "[[answer]]",
        &[
            "security/keys.answers.toml:1:1 7 of at least 8 sample answers | add [[answers]] in other voices: full, terse, paraphrase, typos, half, wrong, denied, off-topic",
            "security/keys.answers.toml:1:3 a file of answers has no key `answer` | did you mean `answers`?",
        ],
    ),
];

#[test]
fn each_fault_of_the_sample_answers_has_its_line_and_cure() {
    for (was, now, expected) in ANSWER_FAULTS {
        check(ANSWERS, was, now, expected);
    }
}

const PACK_FAULTS: &[Change] = &[
    ("title = \"Istio\"\n", "", &[r#"pack.toml:1:1 the pack has no `title` | add `title = "…"`"#]),
    (
        "licence",
        "license",
        &[
            r#"pack.toml:1:1 the pack has no `licence` | add `licence = "…"`"#,
            "pack.toml:2:1 a pack has no key `license` | did you mean `licence`?",
        ],
    ),
    (r#"id = "traffic""#, r#"id = "security""#, &["pack.toml:7:6 a second topic `security` | give each its own `id`"]),
    (
        r#"id = "traffic""#,
        r#"id = "Traffic""#,
        &[r#"pack.toml:7:6 `id` is "Traffic", not a slug | use lower-case letters and digits, words joined by `-`"#],
    ),
    (
        r#"title = "Security""#,
        "title = \"Security\"\norder = [\"keys\", \"kees\"]",
        &["pack.toml:6:18 `order` names no question: `kees` | did you mean `keys`? Otherwise write security/kees.toml"],
    ),
    (
        r#"title = "Security""#,
        "title = \"Security\"\norder = [\"keys\", \"keys\"]",
        &["pack.toml:6:18 `order` names `keys` twice | keep one of the two"],
    ),
];

#[test]
fn each_fault_of_the_pack_has_its_line_and_cure() {
    for (was, now, expected) in PACK_FAULTS {
        check("pack.toml", was, now, expected);
    }
}

const LEXICON_FAULTS: &[Change] = &[
    ("[concepts]\nuser = [\"user\", \"person\"]\n", "", &["lexicon.toml:1:1 the lexicon has no `concepts` | add them under [concepts]"]),
    (r#"["user", "person"]"#, "[]", &["lexicon.toml:3:1 the concept `user` has no names | list the words that people use for it"]),
    (r#"["user", "person"]"#, r#""user""#, &[r#"lexicon.toml:3:8 `user` is text | it must be a list of texts, like ["…", "…"]"#]),
    (r#"["user", "person"]"#, r#"["user", ""]"#, &["lexicon.toml:3:17 `user` holds an empty text | write it or take it out"]),
    (
        "user =",
        "User =",
        &[r#"lexicon.toml:3:1 the concept's name "User" is not a slug | use lower-case letters and digits, words joined by `-`"#],
    ),
    ("known", "knwon", &["lexicon.toml:1:1 a lexicon has no key `knwon` | did you mean `known`?"]),
    (r#"["mode"]"#, "[1]", &[r#"lexicon.toml:1:10 `known` is a number | it must be text, like "…""#]),
];

#[test]
fn each_fault_of_the_lexicon_has_its_line_and_cure() {
    for (was, now, expected) in LEXICON_FAULTS {
        check("lexicon.toml", was, now, expected);
    }
}

#[test]
fn every_fault_of_every_file_is_named_at_once() {
    let folder = folder(|name, text| match name {
        "security/keys.toml" => Some(text.replace("points = 7.5", "points = 7").replace("hints", "hint").into_bytes()),
        "security/keys.answers.toml" => Some(text.replacen("points = [0, 10]", "points = [0, 12]", 2).into_bytes()),
        "lexicon.toml" => Some(text.replace("known", "know").into_bytes()),
        _ => Some(text.replace("licence = \"MIT\"\n", "").into_bytes()),
    });
    insta::assert_snapshot!(faults(folder.path()), @r#"
    lexicon.toml:1:1 a lexicon has no key `know` | did you mean `known`?
    pack.toml:1:1 the pack has no `licence` | add `licence = "…"`
    security/keys.answers.toml:4:14 `points` is 12, outside 0 to 10 | give points from 0 to 10
    security/keys.answers.toml:8:14 `points` is 12, outside 0 to 10 | give points from 0 to 10
    security/keys.toml:1:1 the question has no `hints` | add `hints = ["…"]`
    security/keys.toml:8:1 a question has no key `hint` | did you mean `hints`?
    security/keys.toml:10:1 the points of the criteria sum to 9.5, not 10 | add 0.5 in all
    "#);
    assert_eq!(load::dir(folder.path()).unwrap_err().len(), 7);
}

#[test]
fn a_fault_of_a_file_as_a_whole_has_its_cure() {
    let folder = folder(|name, text| match name {
        "pack.toml" => None,
        "security/keys.answers.toml" => Some(b"[[answers]]\nvoice = \"\xff\"".to_vec()),
        _ => Some(text.into_bytes()),
    });
    write(folder.path(), "traffic/keys.toml", QUESTION.replace("security", "traffic").as_bytes());
    write(folder.path(), "traffic/gate.answers.toml", answers().as_bytes());
    write(folder.path(), "traffic/notes.txt", b"later");
    write(folder.path(), "traffic/old/keys.toml", b"later");
    write(folder.path(), ".draft/keys.toml", b"hidden files are nobody's business");
    write(folder.path(), "README.md", b"# Istio");
    fs::write(folder.path().join("todo.toml"), "").unwrap();
    insta::assert_snapshot!(faults(folder.path()), @r#"
    pack.toml:1:1 the pack has no such file | add pack.toml; questions/README.md says what it holds
    security/keys.answers.toml:2:10 this is not UTF-8 text | save the file as UTF-8
    traffic/gate.answers.toml:1:1 answers without a question | write traffic/gate.toml
    traffic/keys.toml:1:1 a question without sample answers | write traffic/keys.answers.toml with at least 8 [[answers]]
    traffic/keys.toml:1:1 a second question `keys`: the first is in the folder security | give each its own id
    traffic/notes.txt:1:1 a stray file | questions are <topic>/<id>.toml with <topic>/<id>.answers.toml; take other files away
    traffic/old/keys.toml:1:1 a stray file | questions are <topic>/<id>.toml with <topic>/<id>.answers.toml; take other files away
    todo.toml:1:1 a stray file | a pack is a folder; move the file into one, or take it away
    "#);
}

#[test]
fn a_folder_that_holds_no_packs_says_so() {
    let folder = folder(|_, text| Some(text.into_bytes()));
    let empty = tempfile::tempdir().unwrap();
    let faults = [faults(empty.path()), faults(&empty.path().join("none")), faults(&folder.path().join("istio"))];
    insta::assert_snapshot!(faults.join("\n"), @r#"
    (the folder):1:1 there is no pack here | add a folder with pack.toml, lexicon.toml and questions
    (the folder):1:1 this can't be read: No such file or directory (os error 2) | name a folder of packs that may be read
    pack.toml:1:1 this folder is a pack, not a folder of packs | name the folder above it
    "#);
}

#[test]
fn a_question_with_a_fault_leaves_the_others_readable() {
    let folder = folder(|_, text| Some(text.into_bytes()));
    write(folder.path(), "security/locks.toml", QUESTION.replace("\"keys\"", "\"locks\"").replace("level", "lvl").as_bytes());
    write(folder.path(), "security/locks.answers.toml", answers().as_bytes());
    let reading = load::read_dir(folder.path());
    assert_eq!(reading.packs[0].questions.len(), 1);
    assert_eq!(reading.written[0].samples.iter().map(|(line, _)| *line).take(3).collect::<Vec<_>>(), [1, 5, 9]);
    assert_eq!(reading.written[0].lines["criteria[1].any[1].phrasings[0]"], 31);
}

/// The questions of the pack: topic, id, prompt, in the order of an interview.
const ISTIO: [(&str, &str, &str); 20] = [
    ("fundamentals", "what-is-istio", "Can you explain what Istio is and why companies use it?"),
    ("fundamentals", "main-components", "What are the main components of Istio?"),
    ("fundamentals", "envoy-role", "What does Envoy do in Istio?"),
    ("traffic", "traffic-entry", "How does traffic enter an Istio mesh?"),
    ("traffic", "gateway-vs-virtualservice", "Difference between Gateway and VirtualService?"),
    ("traffic", "canary-deployment", "How did you implement canary deployment in Istio?"),
    ("traffic", "load-balancing-place", "Where does load balancing actually happen?"),
    ("security", "service-to-service-security", "How does Istio secure service-to-service communication?"),
    ("security", "certificate-management", "Do developers need to manage certificates in Istio?"),
    ("security", "peer-authentication", "What is PeerAuthentication and where did you use it?"),
    ("security", "restrict-service-calls", "How do you restrict which service can call another service?"),
    ("security", "jwt-vs-mtls", "JWT vs mTLS – why both?"),
    ("observability", "observability-without-code", "How does Istio provide observability without code changes?"),
    ("observability", "first-metrics", "What metrics do you usually monitor first?"),
    ("observability", "debug-high-latency", "How do you debug high latency in Istio?"),
    ("production", "certificate-expiry", "What happens if a service certificate expires?"),
    ("production", "migrate-to-mtls", "How do you migrate an existing cluster to mTLS?"),
    ("production", "when-to-avoid-istio", "When would you avoid using Istio?"),
    ("project", "explain-your-project", "Explain the Istio project you built locally."),
    ("project", "improve-for-production", "What would you improve if this went to production?"),
];

/// The embedded Istio pack, which must be without faults.
#[track_caller]
fn istio() -> Pack {
    let mut packs = load::embedded().unwrap_or_else(|faults| {
        let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
        panic!("the embedded questions have faults:\n{}", faults.join("\n"))
    });
    assert_eq!(packs.len(), 1);
    packs.remove(0)
}

#[test]
fn the_embedded_pack_holds_its_questions_in_interview_order() {
    let pack = istio();
    assert_eq!((&*pack.id, &*pack.title), ("istio", "Istio"));
    let topics: Vec<_> = pack.topics.iter().map(|topic| &*topic.id).collect();
    assert_eq!(topics, ["fundamentals", "traffic", "security", "observability", "production", "project"]);
    let questions: Vec<_> = pack.questions.iter().map(|question| (&*question.topic, &*question.id, &*question.prompt)).collect();
    assert_eq!(questions, ISTIO);
}

#[test]
fn the_embedded_pack_is_drawn_the_same_from_a_seed_and_whole() {
    let pack = istio();
    let play = |seed| {
        let (mut chance, mut history) = (select::seeded(seed), Vec::new());
        for _ in 0..20 {
            let next = select::draw(&pack.questions, &Wanted { history: &history, ..Wanted::default() }, &mut chance);
            history.push(next.unwrap().id.clone());
        }
        history
    };
    let (one, other) = (play(1), play(2));
    assert_eq!(one, play(1));
    assert_ne!(one, other);
    for mut history in [one, other] {
        history.sort();
        let mut all: Vec<_> = ISTIO.map(|(_, id, _)| id).into();
        all.sort_unstable();
        assert_eq!(history, all);
    }
}

/// Runs `meshdrill --questions FOLDER questions ARGS`, with `input` piped in: exit code, output, errors, the folder's
/// path as FOLDER.
fn questions(folder: &Path, args: &[&str], input: &str) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_meshdrill"))
        .arg("--questions")
        .arg(folder)
        .arg("questions")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&*folder.to_string_lossy(), "FOLDER");
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn check_names_faults_with_cures_and_counts() {
    let folder = folder(|name, text| match name {
        "security/keys.toml" => Some(text.replace("points = 7.5", "points = 7").replace("sources", "source").into_bytes()),
        _ => Some(text.into_bytes()),
    });
    write(folder.path(), "traffic/gate.answers.toml", answers().as_bytes());
    let (code, out, _) = questions(folder.path(), &["check"], "");
    insta::assert_snapshot!(out, @r#"
    FOLDER/istio/security/keys.toml:1: the question has no `sources`
        add `sources = ["…"]`
    FOLDER/istio/security/keys.toml:9: a question has no key `source`
        did you mean `sources`?
    FOLDER/istio/security/keys.toml:10: the points of the criteria sum to 9.5, not 10
        add 0.5 in all
    FOLDER/istio/traffic/gate.answers.toml:1: answers without a question
        write traffic/gate.toml
    4 faults
    "#);
    assert_eq!(code, 1);
    let (code, out, _) = questions(folder.path(), &["check", "gate"], "");
    insta::assert_snapshot!(out, @r#"
    FOLDER/istio/traffic/gate.answers.toml:1: answers without a question
        write traffic/gate.toml
    1 fault
    "#);
    assert_eq!(code, 1);
    let (code, _, err) = questions(folder.path(), &["check", "kezs"], "");
    assert_eq!((code, &*err), (2, "meshdrill: there is no question `kezs`; `meshdrill questions list` names them all\n"));
}

#[test]
fn list_and_show_are_for_people() {
    let folder = folder(|_, text| Some(text.into_bytes()));
    let (code, out, _) = questions(folder.path(), &["list", "--topic", "security", "--level", "mid"], "");
    insta::assert_snapshot!(out, @r#"
    Istio (/istio)

    Security
      keys                         mid     Who holds the keys?
    "#);
    assert_eq!(code, 0);
    let (code, out, _) = questions(folder.path(), &["show", "keys"], "");
    insta::assert_snapshot!(out, @r#"
    Who holds the keys?

    keys · security · mid · revision 1 · checked against 1.31
    FOLDER/istio/security/keys.toml

    Model answer
      The proxy holds the key, which is short-lived.

    Rubric
       7.5  The proxy holds the key.  [proxy]
            found by: proxy holds key
            nudge: Which process?
            probe: Where on disk?
            https://istio.io/latest/docs/
       2.5  It is short-lived and never leaves.  [reasons]
            any 1 of:
            - It is short-lived.
              found by: short lived
            - It never leaves.
              found by: never leaves
            nudge: Why there?
            probe: How long?
            https://istio.io/latest/docs/

    Misconceptions
        -2  The app holds the key.  [app]
            found by: app holds key
            unmakes proxy
            true instead: The app has no key.

    Hints
      1. Think of the proxy.
      2. Who answers the handshake?

    Sources
      https://istio.io/latest/docs/
    "#);
    assert_eq!(code, 0);
    let (code, _, err) = questions(folder.path(), &["show", "kees"], "");
    assert_eq!((code, &*err), (2, "meshdrill: there is no question `kees`; did you mean `keys`?\n"));
    let (code, _, err) = questions(folder.path(), &["list", "--topic", "trafic"], "");
    assert_eq!((code, &*err), (2, "meshdrill: there is no topic `trafic`; did you mean `traffic`?\n"));
}

#[test]
fn check_grades_statements_model_answer_and_samples() {
    let sound = folder(|_, text| Some(text.into_bytes()));
    let (code, out, _) = questions(sound.path(), &["check"], "");
    assert_eq!((code, &*out), (0, "no faults in 1 question, 2 criteria, 8 sample answers\n"));

    let folder = folder(|name, text| match name {
        "security/keys.toml" => {
            let text =
                text.replace("[\"proxy holds key\"]", "[\"proxy holds key\", \"of the\"]").replace("[\"short lived\"]", "[\"brief\"]");
            Some(text.replace("[\"app holds key\"]", "[\"application owns secret\"]").into_bytes())
        }
        "security/keys.answers.toml" => {
            let now = "text = \"The proxy holds the key.\"\npoints = [9, 10]\nmade = [\"reasons\"]\nmissed = [\"proxy\"]";
            Some(text.replacen("text = \"The proxy does.\"\npoints = [0, 10]", now, 1).into_bytes())
        }
        _ => Some(text.into_bytes()),
    });
    let (code, out, _) = questions(folder.path(), &["check", "keys"], "");
    insta::assert_snapshot!(out, @r#"
    FOLDER/istio/security/keys.answers.toml:1: the answer "The proxy holds the key." (full) earns 7.5, not 9 to 10, makes `proxy`, does not make `reasons`
        proxy made (7.5) "proxy holds the key"; reasons missed (0)
        mend the phrasings or the sample; `meshdrill questions try keys` shows why
    FOLDER/istio/security/keys.toml:7: the model answer earns 7.5, not 9 or more: proxy made (7.5) "proxy holds the key"; reasons missed (0)
        say the missing points in the answer, or widen their phrasings
    FOLDER/istio/security/keys.toml:14: the phrasing "of the" can't be found: it has no content words
        name what must be said
    FOLDER/istio/security/keys.toml:27: "It is short-lived." does not make `reasons`: missed
        add a phrasing that the statement holds, or reword it
    FOLDER/istio/security/keys.toml:34: the statement of the misconception `app` is not found by its phrasings
        add a phrasing that the statement holds
    5 faults
    "#);
    assert_eq!(code, 1);
}

#[test]
fn try_says_what_was_found_and_why_the_rest_missed() {
    let folder = folder(|_, text| Some(text.into_bytes()));
    let (code, out, _) =
        questions(folder.path(), &["try", "keys"], "the proxy has it\n\nThe proxy holds the key,\nand it is short-lived.\n");
    insta::assert_snapshot!(out, @r#"
    Who holds the keys?

    0 of 10
        0 of 7.5  missed       proxy
                  The proxy holds the key.
                    proxy holds key — not said: holds, key
        0 of 2.5  missed       reasons
                  It is short-lived and never leaves.
                    any[1]: never leaves — not said: leaves
                    any[0]: short lived — not said: short, lived

    10 of 10
      7.5 of 7.5  made         proxy  "proxy holds the key"
      2.5 of 2.5  made         reasons  "short-lived"
    "#);
    assert_eq!(code, 0);
    let (code, _, err) = questions(folder.path(), &["try", "kees"], "");
    assert_eq!((code, &*err), (2, "meshdrill: there is no question `kees`; did you mean `keys`?\n"));
}

#[test]
fn the_embedded_questions_earn_what_they_say() {
    let output = Command::new(env!("CARGO_BIN_EXE_meshdrill")).args(["questions", "check"]).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{out}");
    assert!(out.starts_with("no faults in 20 questions, "), "{out}");
}
