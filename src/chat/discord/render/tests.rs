//! Whatever a card says, Discord takes it, nobody is mentioned, and nothing is lost.

use super::*;
use crate::chat::discord::limits::{CONTENT, DESCRIPTION, FIELD_VALUE, MODAL_ROWS};
use crate::message::{Bar, Button, Field, FieldError, Form, Mark, Picture, Span, Text};
use jiff::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use twilight_model::channel::message::{Component, Embed};
use twilight_validate::message as valid;

fn first(card: &Card) -> Value {
    message(card, "k", 0).body
}

fn description(card: &Card) -> String {
    first(card)["embeds"][0]["description"].as_str().unwrap_or_default().to_owned()
}

/// All pages' bodies.
fn bodies(card: &Card) -> Vec<Value> {
    let pages = message(card, "k", 0).pages;
    (0..pages).map(|page| message(card, "k", page).body).collect()
}

/// All that is written in embeds, in order.
fn texts(body: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for embed in body["embeds"].as_array().unwrap() {
        found.extend(["title", "description"].iter().filter_map(|part| embed[part].as_str().map(str::to_owned)));
        for field in embed["fields"].as_array().into_iter().flatten() {
            found.push(field["value"].as_str().unwrap().to_owned());
        }
        found.extend(embed["footer"]["text"].as_str().map(str::to_owned));
    }
    found
}

#[test]
fn marks_that_people_type_are_shown_as_they_are() {
    for (typed, written) in [
        ("*a* _b_ ~~c~~ `d` ||e||", r"\*a\* \_b\_ \~\~c\~\~ \`d\` \|\|e\|\|"),
        (r"\*a\*", r"\\\*a\\\*"),
        ("# heading", r"\# heading"),
        ("-# small", r"\-# small"),
        ("- point", r"\- point"),
        ("  + point", r"  \+ point"),
        ("12. point", r"12\. point"),
        (">>> quote", r"\>>> quote"),
        ("a > b - c # d 1. e", "a > b - c # d 1. e"),
        ("1.5 of 10", "1.5 of 10"),
        ("[x](http://evil)", r"\[x\](http\://evil)"),
        ("https://evil.example", r"https\://evil.example"),
        (":tada: at 10:30", r"\:tada: at 10:30"),
        (
            "<@1> <@!1> <@&1> <#1> <t:1:R> <:e:1> <a:e:1> </quiz:1> <id:home>",
            "\\<@\u{200B}1> \\<@\u{200B}!1> \\<@\u{200B}&1> \\<#1> \\<t\\:1:R> \\<\\:e:1> \\<a\\:e:1> \\</quiz:1> \\<id:home>",
        ),
        ("@everyone @HERE a@b.c", "@\u{200B}everyone @\u{200B}HERE a@b.c"),
        ("a\u{202E}b\u{200B}c\u{7}\r\nd\te", "abc d e"),
    ] {
        assert_eq!(written, markdown::plain(typed), "{typed}");
    }
}

#[test]
fn parts_of_a_run_make_nothing_where_they_meet() {
    let run = |text: Text| description(&Card::says(text));
    assert_eq!(r"https\://x", run(Text::new().plain("https:").bold("").plain("//x")));
    assert_eq!("@\u{200B}everyone", run(Text::new().plain("@").plain("everyone")));
    assert_eq!("**a**\u{200B}**b**", run(Text::new().bold("a").bold("b")));
    assert_eq!("`a`\u{200B}`b`", run(Text::new().code("a").code("b")));
    assert_eq!("x **a** y", run(Text::new().plain("x").bold(" a ").plain("y")));
    assert_eq!(r"**\*\*a\*\***", run(Text::new().bold("**a**")));
}

#[test]
fn code_ends_where_it_should() {
    for (typed, written) in [
        ("x", "`x`"),
        ("a`b", "``a`b``"),
        ("``", "``` `` ```"),
        ("a\nb", "`a b`"),
        ("/istio quiz weak", "`/istio quiz weak`"),
        ("/istio setup", "`/istio-lead setup daily`"),
        ("/istio setup 9:30 mon-fri start", "`/istio-lead setup daily 9:30 mon-fri start`"),
        ("/istio setup lead NAME [off]", "`/istio-lead setup lead NAME [off]`"),
        ("/istio setup notices", "`/istio-lead setup notices`"),
        ("/linkerd schedule resume", "`/linkerd-lead schedule resume`"),
        ("/istio question retire canary", "`/istio-lead question retire canary`"),
        ("/istio moderate mute Ana", "`/istio-lead moderate mute Ana`"),
        ("/istio questions", "`/istio questions`"),
        ("schedule show", "`schedule show`"),
    ] {
        assert_eq!(written, markdown::code(typed), "{typed}");
    }
    for typed in ["```", "a```b", "``\n`", "`````", "````x````", "``"] {
        let fenced = markdown::fenced(typed).unwrap();
        assert_eq!(2, fenced.matches("```").count(), "{fenced}");
        assert!(fenced.starts_with("```\n") && fenced.ends_with("\n```"), "{fenced}");
    }
    assert_eq!(None, markdown::fenced(" \n\u{200B}\n"));
}

#[test]
fn only_pages_are_links_and_nothing_ends_them() {
    let link = |label: &str, url: &str| description(&Card::says(Text::new().link(label, url)));
    assert_eq!("[istio.io](https://istio.io/a_b?c=d#e)", link("istio.io", "https://istio.io/a_b?c=d#e"));
    assert_eq!("[a](https://x/%28b%29%20%3E%22%5C)", link("a", "https://x/(b) >\"\\"));
    assert_eq!("[(a) (b)](https://x)", link("[a] [b]", "https://x"));
    assert_eq!("<https://x>", link(" ", "https://x"));
    assert_eq!(r"http\://y <https://x>", link("http://y", "https://x"));
    for url in ["javascript:alert(1)", "discord://x", "", "/x", "data:text/html,x"] {
        assert_eq!("press", link("press", url), "{url}");
    }
}

#[test]
fn channels_are_named_by_discord() {
    let channel = |id: &str| description(&Card::says(Text(vec![Span::Plain("It is on in ".into()), Span::Channel(id.into())])));
    assert_eq!("It is on in <#77>", channel("77"));
    assert_eq!("It is on in this chat", channel("dm:7> @everyone"));
}

#[test]
fn an_instant_is_each_readers_own() {
    let at = |second| Timestamp::from_second(second).unwrap();
    let one = Card::default().small(Text::new().plain("Open until ").time(at(60)));
    assert_eq!("-# Open until <t:60:f> (<t:60:R>)", description(&one));
    assert_eq!("<t:60:f>\n\n<t:-1:f>", description(&Card::says(Text::new().time(at(60))).text(Text::new().time(at(-1)))));
}

#[test]
fn a_grade_reads_by_words_and_not_by_colour() {
    let below = |text: &str| vec![Text::from(text)];
    let card = Card::titled("Your answer")
        .text(Text::new().bold("6 of 10").plain("."))
        .block(Block::Item { mark: Mark::Made, text: "traffic is encrypted".into(), below: below("You said “encrypts”.") })
        .item(Mark::Made, "by sidecars")
        .item(Mark::Missed, "where certificates come from")
        .item(Mark::Contradicted, "who may call")
        .item(Mark::Wrong, "it needs a gateway")
        .item(Mark::Partly, "identity")
        .text(Text::new().bold("Model answer"))
        .block(Block::Quote("Sidecars encrypt.\n\nAnd more.".into()))
        .small("You have two attempts left.");
    let body = first(&card);
    let fields: Vec<_> = body["embeds"][0]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["name"].as_str().unwrap(), f["value"].as_str().unwrap()))
        .collect();
    let expected = [
        ("made", "- traffic is encrypted\n-# You said “encrypts”.\n- by sidecars"),
        ("missing", "- where certificates come from"),
        ("opposite", "- who may call"),
        ("not so", "- it needs a gateway"),
        ("partly", "- identity"),
    ];
    assert_eq!(expected[..], fields[..]);
    assert_eq!("**6 of 10**.", body["embeds"][0]["description"]);
    assert_eq!("**Model answer**\n> Sidecars encrypt.\n> \n> And more.", body["embeds"][1]["description"]);
    assert_eq!("You have two attempts left.", body["embeds"][1]["footer"]["text"]);
    assert_eq!("Your answer", body["embeds"][0]["title"]);
    assert!(body["embeds"][1].get("title").is_none());
}

#[test]
fn lists_and_small_print_stand_together() {
    let card = Card::says("Days:")
        .item(Mark::Point, "- Monday")
        .item(Mark::Point, "Tuesday")
        .small(Text::new().code("a"))
        .small(Text::new().code("b"));
    assert_eq!("Days:\n- \\- Monday\n- Tuesday\n\n-# `a`\n-# `b`", description(&card));
}

#[test]
fn tables_fit_a_phone() {
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let head = row(&["Name", "Rank", "Points", "Answers"]);
    let rows = vec![row(&["Ana", "1", "27.5", "3"]), row(&["田中 with a rather long name `", "2", "7", "1"])];
    let table = description(&Card::default().block(Block::Table { head, rows }));
    let expected = "```\nName             Rank  Points  Answers\nAna                 1    27.5        3\n田中 with a         2       7        1\nrather long\nname `\n```";
    assert_eq!(expected, table);
    let wide: Vec<String> = (1..7).map(|n| format!("A column {n}")).collect();
    let table =
        description(&Card::default().block(Block::Table { head: wide, rows: vec![row(&["Ana", "1", "", "3", "x", "@everyone", "6"])] }));
    assert_eq!("- **Ana**\n-# A column 2 1 · A column 4 3 · A column 5 x · A column 6 @\u{200B}everyone · 6", table);
}

#[test]
fn only_a_group_that_asked_is_mentioned() {
    let ping = |id: &str| first(&Card { ping: Some(id.into()), ..Card::says("x") });
    assert_eq!("<@&77>", ping("77")["content"]);
    assert_eq!(json!({ "parse": [], "roles": ["77"] }), ping("77")["allowed_mentions"]);
    for body in [ping("7> @everyone"), ping(""), first(&Card::says("<@&7>"))] {
        assert_eq!(("", json!({ "parse": [] })), (body["content"].as_str().unwrap(), body["allowed_mentions"].clone()));
    }
}

#[test]
fn a_picture_is_attached_with_its_words() {
    let bars = vec![Bar { label: "Security".into(), value: "7.5".into(), length: 750 }];
    let card = Card { picture: Some(Picture { alt: "Security: 7.5 of 10".into(), bars }), ..Card::says("Security: 7.5 of 10") };
    let Rendered { body, files, .. } = message(&card, "k", 0);
    check(&body);
    assert_eq!(json!([{ "id": 0, "filename": "bars.png", "description": "Security: 7.5 of 10" }]), body["attachments"]);
    assert_eq!(json!({ "url": "attachment://bars.png", "description": "Security: 7.5 of 10" }), body["embeds"][0]["image"]);
    assert!(files.len() == 1 && files[0].bytes.starts_with(b"\x89PNG"));
    let empty = Card { picture: Some(Picture { alt: "x".repeat(2_000), bars: Vec::new() }), ..Card::says("x") };
    assert_eq!(first(&Card::says("x")), first(&empty));
}

fn buttons(n: usize) -> Card {
    (0..n).fold(Card::says("Which?"), |card, n| card.button(format!("b.{n}"), format!("Button {n}")))
}

#[test]
fn buttons_stand_in_rows_and_many_of_them_in_menus() {
    let rows = |n: usize| {
        let body = first(&buttons(n));
        check(&body);
        body["components"].as_array().unwrap().iter().map(|row| row["components"].as_array().unwrap().len()).collect::<Vec<_>>()
    };
    assert_eq!(rows(0), [0; 0]);
    assert_eq!(rows(10), [5, 5]);
    assert_eq!(rows(11), [1]);
    assert_eq!(rows(125), [1; 5]);
    let menu = &first(&buttons(60))["components"][2]["components"][0];
    assert_eq!(("choose.2", "Choose one, 51 to 60 of 60"), (menu["custom_id"].as_str().unwrap(), menu["placeholder"].as_str().unwrap()));
    assert_eq!("b.59", menu["options"][9]["value"]);
    // Too many for one message: nothing is left out.
    let pages = bodies(&buttons(260));
    assert_eq!(3, pages.len());
    let all = serde_json::to_string(&pages).unwrap();
    assert!((0..260).all(|n| all.contains(&format!("\"b.{n}\""))));
    // The same twice is one.
    let twice = Card::says("x").primary("a", "One").button("a", "Two");
    assert_eq!(first(&twice)["components"][0]["components"], json!([{ "type": 2, "style": 1, "label": "One", "custom_id": "a" }]));
}

#[test]
#[should_panic(expected = "can't be a custom_id")]
fn an_id_that_is_too_long_is_noticed() {
    first(&Card::says("x").button("x".repeat(101), "Go"));
}

#[test]
fn long_cards_have_pages() {
    let words = |from: usize, n: usize| (from..from + n).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    let card = Card::titled("Long")
        .block(Block::Lead(words(0, 900)))
        .text(Text::new().plain(words(1_000, 900)).bold(words(2_000, 900)).code(words(3_000, 900)))
        .block(Block::Quote(words(4_000, 1_800).replace("0 ", "0\n")))
        .block(Block::Code(words(6_000, 1_800).replace("0 ", "0\n")))
        .block(Block::Item { mark: Mark::Made, text: words(8_000, 500).into(), below: vec![words(8_500, 400).into()] })
        .block(Block::Table { head: vec![], rows: (9_000..9_400).map(|n| vec![words(n, 1)]).collect() })
        .small(words(9_400, 20))
        .primary("a.1", "Go");
    let pages = bodies(&card);
    assert!(pages.len() > 3);
    let all = pages.iter().flat_map(texts).collect::<Vec<_>>().join("\n");
    let found: Vec<&str> = all.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.starts_with('w')).collect();
    let numbers = (0..900).chain(1_000..1_900).chain(2_000..2_900).chain(3_000..3_900).chain(4_000..5_800).chain(6_000..7_800);
    let expected: Vec<String> = numbers.chain(8_000..8_900).chain(9_000..9_420).map(|n| format!("w{n}")).collect();
    assert_eq!(expected, found);
    for (n, body) in pages.iter().enumerate() {
        check(body);
        assert_eq!("Long", body["embeds"][0]["title"]);
        let rows = body["components"].as_array().unwrap();
        assert_eq!("a.1", rows[0]["components"][0]["custom_id"]);
        let turns: Vec<_> = rows[1]["components"].as_array().unwrap().iter().map(|b| b["custom_id"].as_str().unwrap().to_owned()).collect();
        let around = [n.checked_sub(1), Some(n + 1).filter(|next| *next < pages.len())];
        assert_eq!(turns, around.into_iter().flatten().map(|to| format!("page.k.{to}")).collect::<Vec<_>>());
        let footer = body["embeds"].as_array().unwrap().last().unwrap()["footer"]["text"].as_str().unwrap();
        assert!(footer.ends_with(&format!("Page {} of {}", n + 1, pages.len())), "{footer}");
    }
    assert_eq!(message(&card, "k", 999), message(&card, "k", pages.len() - 1));
}

#[test]
fn a_title_that_is_too_long_is_said_whole_below() {
    let title = "word*".repeat(80);
    let body = first(&Card::titled(&*title));
    check(&body);
    assert!(body["embeds"][0]["title"].as_str().unwrap().ends_with('…'));
    assert_eq!(format!("**{}**", title.replace('*', "\\*")), body["embeds"][0]["description"]);
}

#[test]
fn threads_have_names() {
    for (card, name) in [
        (Card::titled("Daily: *mTLS*\n<@1>"), "Daily: *mTLS* <@1>".to_owned()),
        (Card::default().block(Block::Lead("What is it?".into())), "What is it?".to_owned()),
        (Card::default(), "Question".to_owned()),
        (Card::titled(" \u{200B}"), "Question".to_owned()),
        (Card::titled("word ".repeat(30)), format!("{}word…", "word ".repeat(19))),
        (Card::titled("🦀".repeat(80)), format!("{}…", "🦀".repeat(49))),
    ] {
        assert_eq!(name, thread_name(&card));
    }
}

fn field(id: &str, value: &str) -> Field {
    Field { id: id.into(), label: format!("{id}: this or that"), value: value.into(), long: false, required: true }
}

#[test]
fn a_form_is_a_modal() {
    let question = "What is a mesh? ".repeat(10);
    let answer = Field { long: true, ..field("answer", "") };
    let modal = form(&Form { id: "answer.1".into(), title: "Your answer".into(), text: question, fields: vec![answer] });
    let input = &modal["components"][0]["components"][0];
    assert_eq!(json!(["answer.1", "Your answer"]), json!([modal["custom_id"], modal["title"]]));
    assert_eq!(json!(["answer", 2, true, 4_000]), json!([input["custom_id"], input["style"], input["required"], input["max_length"]]));
    let asked = input["placeholder"].as_str().unwrap();
    assert!(asked.starts_with("What is a mesh? What") && asked.ends_with('…') && length(asked) <= 100, "{asked}");
    check_modal(&modal);
}

#[test]
fn more_fields_than_rows_share_one() {
    let ids = ["time", "days", "zone", "topics", "answers", "grades"];
    let fields = ids.iter().map(|id| field(id, "x=y")).collect();
    let modal = form(&Form { id: "setup.1".into(), title: "t".into(), text: "text".into(), fields });
    check_modal(&modal);
    let last = &modal["components"][4]["components"][0];
    assert_eq!(
        json!(["answers+grades", "Answers and grades", "answers: x=y\ngrades: x=y"]),
        json!([last["custom_id"], last["label"], last["value"]])
    );
    let back = |text: &str| typed(&[("time".into(), "9:30".into()), ("answers+grades".into(), text.into())]);
    let expected = |rest: &[(&str, &str)]| {
        std::iter::once(&("time", "9:30")).chain(rest).map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(expected(&[("answers", "x=y"), ("grades", "x=y")]), back(last["value"].as_str().unwrap()));
    assert_eq!(expected(&[("grades", "author"), ("answers", "both")]), back("Grades = author\n\nANSWERS:both "));
    assert_eq!(expected(&[("answers", "both"), ("grades", "author")]), back("both\nauthor\n"));
    assert_eq!(expected(&[("grades", "author\nor so")]), back("grades: author\nor so"));
    assert_eq!(expected(&[]), back(" "));
}

#[test]
fn a_form_that_cannot_be_taken_gives_everything_back() {
    let errors = [FieldError { field: "zone".into(), error: "I don't know that zone; try `Europe/Berlin`.".into() }];
    let long = (0..1_500).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    let typed = [("zone".to_owned(), "Mars".to_owned()), ("topics".to_owned(), long.clone())];
    let said = form_errors(&errors, &typed, Some("change.1"), "k", 0);
    assert!(said.pages > 1);
    let opening = said.body["embeds"][0]["description"].as_str().unwrap();
    assert!(opening.starts_with("- **Zone**: I don't know that zone; try `Europe/Berlin`.\n\nZone:\n```\nMars\n```"), "{opening}");
    let pages = (0..said.pages).map(|page| form_errors(&errors, &typed, Some("change.1"), "k", page).body).collect::<Vec<_>>();
    pages.iter().for_each(check);
    let all = pages.iter().flat_map(texts).collect::<Vec<_>>().join("\n");
    let words: Vec<&str> = all.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.starts_with('w')).collect();
    assert_eq!(long.split(' ').collect::<Vec<_>>(), words);
    assert_eq!("change.1", said.body["components"][0]["components"][0]["custom_id"]);
    let alone = form_errors(&errors, &typed[..1], None, "k", 0).body;
    assert_eq!("- I don't know that zone; try `Europe/Berlin`.\n\nYou typed:\n```\nMars\n```", alone["embeds"][0]["description"]);
    assert_eq!(json!([]), alone["components"]);
}

/// A body that Discord takes, by the limits of the house and by models and rules that others wrote.
#[track_caller]
fn check(body: &Value) {
    let embeds: Vec<Embed> = serde_json::from_value(with_kinds(&body["embeds"])).unwrap();
    valid::embeds(&embeds).unwrap();
    let rows: Vec<Component> = serde_json::from_value(body["components"].clone()).unwrap();
    valid::components(&rows, false).unwrap();
    valid::content(body["content"].as_str().unwrap()).unwrap();
    for attached in body["attachments"].as_array().unwrap() {
        valid::attachment_filename(attached["filename"].as_str().unwrap()).unwrap();
        valid::attachment_description(attached["description"].as_str().unwrap()).unwrap();
    }
    assert!(!embeds.is_empty() && length(body["content"].as_str().unwrap()) <= CONTENT);
    let mut total = 0;
    for embed in body["embeds"].as_array().unwrap() {
        let of = |value: &Value| value.as_str().map_or(0, length);
        let fields = embed["fields"].as_array().cloned().unwrap_or_default();
        assert!(of(&embed["title"]) <= TITLE && of(&embed["description"]) <= DESCRIPTION);
        assert!(fields.iter().all(|field| (1..=FIELD_VALUE).contains(&of(&field["value"])) && of(&field["name"]) > 0));
        total += of(&embed["title"]) + of(&embed["description"]) + of(&embed["footer"]["text"]);
        total += fields.iter().map(|field| of(&field["name"]) + of(&field["value"])).sum::<usize>();
        assert!(["title", "description", "fields"].iter().any(|part| !embed[part].is_null()), "an embed of nothing");
    }
    assert!(total <= EMBEDS_TOTAL, "{total}");
    let mut ids: Vec<String> = Vec::new();
    for pressed in body["components"].as_array().unwrap().iter().flat_map(|row| row["components"].as_array().unwrap()) {
        ids.push(pressed["custom_id"].as_str().unwrap().to_owned());
        ids.extend(pressed["options"].as_array().into_iter().flatten().map(|option| option["value"].as_str().unwrap().to_owned()));
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(count, ids.len(), "an id twice");
    assert_eq!(json!([]), body["allowed_mentions"]["parse"]);
}

/// What Discord adds to an embed by itself, which the models want to see.
fn with_kinds(embeds: &Value) -> Value {
    let mut embeds = embeds.clone();
    embeds.as_array_mut().unwrap().iter_mut().for_each(|embed| embed["type"] = "rich".into());
    embeds
}

#[track_caller]
fn check_modal(modal: &Value) {
    let rows: Vec<Component> = serde_json::from_value(modal["components"].clone()).unwrap();
    assert!((1..=MODAL_ROWS).contains(&rows.len()));
    rows.iter().for_each(|row| twilight_validate::component::component_v1(row).unwrap());
    assert!(
        (1..=45).contains(&length(modal["title"].as_str().unwrap())) && (1..=100).contains(&length(modal["custom_id"].as_str().unwrap()))
    );
}

/// The markdown without what is escaped or code, and with ours taken out: what is left marks nothing, links to nothing and mentions nobody.
#[track_caller]
fn check_marks(text: &str) {
    for (at, _) in text.match_indices('@') {
        let rest = text[at + 1..].to_lowercase();
        let named = rest.trim_start_matches(['!', '&']).starts_with(|c: char| c.is_ascii_digit());
        assert!(!named && !rest.starts_with("everyone") && !rest.starts_with("here"), "a mention in {text:?}");
    }
    let left = bare(text);
    for line in left.lines() {
        let own = ["> ", "-# ", "- "].iter().find_map(|sign| line.strip_prefix(sign)).unwrap_or(line);
        assert!(!own.trim_start().starts_with(['#', '>', '-', '+']), "{line:?} in {text:?}");
        assert!(!own.contains(['*', '_', '~', '`', '|', '[', ']', '<']) && !own.contains("://"), "{own:?} in {text:?}");
    }
}

/// Takes out code, escaped characters, our links and instants, and pairs of `**`.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches('`').len();
        if c == '\\' {
            out.push('.');
            rest = &rest[1 + rest[1..].chars().next().map_or(0, char::len_utf8)..];
        } else if run > 0 {
            let mut from = run;
            // The next run of the same length.
            rest = loop {
                let at = from + rest[from..].find('`').unwrap_or_else(|| panic!("code without an end in {text:?}"));
                let length = rest[at..].len() - rest[at..].trim_start_matches('`').len();
                from = at + length;
                if length == run {
                    break &rest[from..];
                }
            };
            out.push('.');
        } else if let Some(end) = ours(rest) {
            out.push('.');
            rest = &rest[end..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    assert_eq!(0, out.matches("**").count() % 2, "{text:?}");
    out.replace("**", "")
}

/// Where an instant, an address or a link of ours ends that begins here.
fn ours(rest: &str) -> Option<usize> {
    let safe = |url: &str| url.bytes().all(|b| b.is_ascii_graphic() && !b"()<>[]\"\\`*|@".contains(&b));
    if let Some(inner) = rest.strip_prefix("<t:") {
        let end = inner.find('>')?;
        let (second, style) = inner[..end].split_once(':')?;
        return (second.parse::<i64>().is_ok() && ["f", "R"].contains(&style)).then_some(end + 4);
    }
    if let Some(id) = rest.strip_prefix("<#") {
        let end = id.find('>')?;
        return id[..end].bytes().all(|byte| byte.is_ascii_digit()).then_some(end + 3);
    }
    if rest.starts_with("<http") {
        let end = rest.find('>')?;
        return safe(&rest[1..end]).then_some(end + 1);
    }
    if rest.starts_with('[') {
        let label = rest.find("](")?;
        let end = label + rest[label..].find(')')?;
        let url = &rest[label + 2..end];
        return (url.starts_with("http") && safe(url) && !rest[1..label].contains(['[', ']', '\n'])).then_some(end + 1);
    }
    None
}

fn words() -> impl Strategy<Value = String> {
    let hostile = select(vec![
        "@everyone",
        "<@1>",
        "@here",
        "<@&123456789012345678>",
        "<#5>",
        "<t:1:R>",
        "<:e:1>",
        "```",
        "`",
        "``",
        "**",
        "*",
        "__",
        "_",
        "||",
        "~~",
        "> ",
        ">>> ",
        "# ",
        "- ",
        "-# ",
        "1. ",
        "\n",
        "\n\n",
        "[x](https://evil)",
        "](",
        "[",
        "https://evil",
        "http",
        "://",
        ":tada:",
        ":",
        "\\",
        "\u{202E}",
        "\u{200B}",
        " ",
        "\t",
        "word",
        "田中",
        "🦀",
        "é",
        "/istio setup",
        "@",
        "everyone",
    ]);
    prop_oneof![
        4 => vec(hostile, 0..12).prop_map(|parts| parts.concat()),
        2 => any::<String>(),
        1 => (any::<String>(), 1usize..60).prop_map(|(part, times)| format!("{part} x").repeat(times)),
        1 => (1usize..6_000).prop_map(|n| "*".repeat(n)),
    ]
}

fn run_of() -> impl Strategy<Value = Text> {
    let span = prop_oneof![
        3 => words().prop_map(Span::Plain),
        1 => words().prop_map(Span::Bold),
        1 => words().prop_map(Span::Code),
        1 => (words(), prop_oneof![words(), words().prop_map(|rest| format!("https://{rest}"))]).prop_map(|(label, url)| Span::Link { label, url }),
        1 => prop_oneof![words(), Just("123".to_owned())].prop_map(Span::Channel),
        1 => any::<i32>().prop_map(|second| Span::Time(Timestamp::from_second(second.into()).unwrap())),
    ];
    vec(span, 0..5).prop_map(Text)
}

fn block() -> impl Strategy<Value = Block> {
    let mark = select(vec![Mark::Point, Mark::Made, Mark::Partly, Mark::Missed, Mark::Contradicted, Mark::Wrong]);
    prop_oneof![
        run_of().prop_map(Block::Text),
        words().prop_map(Block::Lead),
        words().prop_map(Block::Quote),
        words().prop_map(Block::Code),
        run_of().prop_map(Block::Small),
        (mark, run_of(), vec(run_of(), 0..3)).prop_map(|(mark, text, below)| Block::Item { mark, text, below }),
        (vec(words(), 0..4), vec(vec(words(), 0..4), 0..6)).prop_map(|(head, rows)| Block::Table { head, rows }),
    ]
}

fn card() -> impl Strategy<Value = Card> {
    let button = ("[a-z.]{1,100}", words(), any::<bool>()).prop_map(|(id, label, primary)| Button { id, label, primary });
    (proptest::option::of(words()), vec(block(), 0..8), vec(button, 0..14), proptest::option::of(words()))
        .prop_map(|(title, blocks, buttons, ping)| Card { title, blocks, buttons, ping, picture: None })
}

/// Words that are told apart by their numbers, in a block of some kind.
fn numbered(kind: u8, from: usize, n: usize) -> Block {
    let words = (from..from + n).map(|n| format!("w{n}")).collect::<Vec<_>>();
    let text = words.join(" ");
    let run = || Text::new().plain(text.clone());
    match kind % 8 {
        0 => Block::Lead(text),
        1 => Block::Quote(text.replace("7 ", "7\n")),
        2 => Block::Code(words.join("\n")),
        3 => Block::Small(run()),
        4 => Block::Small(Text::new().bold(text.clone())),
        5 => Block::Table { head: Vec::new(), rows: words.chunks(2).map(<[String]>::to_vec).collect() },
        6 => Block::Item { mark: Mark::Point, text: run(), below: Vec::new() },
        _ => Block::Item { mark: [Mark::Made, Mark::Missed][n % 2], text: "·".into(), below: vec![run()] },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn discord_takes_any_card_and_it_marks_nothing_that_was_not_meant(card in card()) {
        for body in bodies(&card) {
            check(&body);
            for embed in body["embeds"].as_array().unwrap() {
                let fields = embed["fields"].as_array().into_iter().flatten().map(|field| &field["value"]);
                fields.chain([&embed["title"], &embed["description"]]).filter_map(Value::as_str).for_each(check_marks);
            }
        }
        prop_assert!((1..=100).contains(&length(&thread_name(&card))));
    }

    #[test]
    fn no_page_loses_a_word(blocks in vec((any::<u8>(), prop_oneof![1usize..30, 1usize..1_500]), 1..12)) {
        let mut from = 0;
        let mut card = Card::titled("Title");
        for (kind, n) in blocks {
            card = card.block(numbered(kind, from, n));
            from += n;
        }
        let all = bodies(&card).iter().inspect(|body| check(body)).flat_map(texts).collect::<Vec<_>>().join("\n");
        let found: Vec<&str> = all.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.starts_with('w')).collect();
        prop_assert_eq!((0..from).map(|n| format!("w{n}")).collect::<Vec<_>>(), found);
    }

    #[test]
    fn discord_takes_any_form(title in words(), text in words(), fields in vec((any::<String>(), "[^\u{0}]{0,90}", any::<bool>(), any::<bool>()), 1..9)) {
        let fields = fields.into_iter().enumerate();
        let fields = fields.map(|(n, (label, value, long, required))| Field { id: format!("f{n}"), label, value, long, required });
        check_modal(&form(&Form { id: "f.1".into(), title, text, fields: fields.collect() }));
    }
}
