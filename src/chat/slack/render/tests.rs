//! Whatever a card says, Slack takes it, nobody is mentioned, and nothing is lost.

use super::mrkdwn::{BREAK, bold, code, fenced, literal};
use super::*;
use crate::chat::slack::limits::*;
use crate::chat::words::visible;
use crate::message::{Button, Field, FieldError, Form, Mark, Span, Text};
use jiff::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::HashSet;

mod cards;

fn first(card: &Card) -> Rendered {
    message(card, "k", 0)
}

/// All pages.
fn pages(card: &Card) -> Vec<Rendered> {
    (0..first(card).pages).map(|page| message(card, "k", page)).collect()
}

/// All that is written in blocks of text, in order.
fn written(message: &Rendered) -> Vec<String> {
    let texts = message.blocks.iter().filter_map(|block| match block["type"].as_str().unwrap() {
        "context" => block["elements"][0]["text"].as_str(),
        "actions" => None,
        _ => block["text"]["text"].as_str(),
    });
    texts.map(str::to_owned).collect()
}

fn words_of(pages: &[Rendered]) -> Vec<String> {
    let all = pages.iter().flat_map(written).collect::<Vec<_>>().join("\n");
    all.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.starts_with('w')).map(str::to_owned).collect()
}

#[test]
fn marks_that_people_type_are_shown_as_they_are() {
    for (typed, shown) in [
        ("*a* _b_ ~c~ `d`", "·*·a·*· ·_·b·_· ·~·c·~· ·`·d·`·"),
        ("**a**", "·*·*·a·*·*·"),
        ("max_ejection_percent _x", "max_ejection_percent ·_·x"),
        ("<!channel> <@U1>", "&lt;!channel&gt; &lt;@U1&gt;"),
        ("@everyone @HERE a@b.c", "@·everyone @·HERE a@b.c"),
        ("> a > b", "·&gt; a &gt; b"),
        ("  >>> a", "  ·&gt;&gt;&gt; a"),
        ("https://evil.example", "https:·//evil.example"),
        (":tada: at 10:30", ":·tada: at 10:30"),
        ("R&D &amp;", "R&amp;D &amp;amp;"),
        ("a\u{202E}b\u{200B}c\u{7}\r\nd\te", "abc d e"),
        ("שלום עולם", "שלום עולם"),
    ] {
        assert_eq!(shown.replace('·', "\u{200B}"), literal(typed), "{typed}");
    }
}

#[test]
fn parts_of_a_run_make_nothing_where_they_meet() {
    let run = |text: Text| written(&first(&Card::says(text))).concat();
    assert_eq!("https:\u{200B}//x", run(Text::new().plain("https:").bold("").plain("//x")));
    assert_eq!("@\u{200B}everyone", run(Text::new().plain("@").plain("everyone")));
    assert_eq!("*a*\u{200B}*b*", run(Text::new().bold("a").bold("b")));
    assert_eq!("`a`\u{200B}`b`", run(Text::new().code("a").code("b")));
    assert_eq!("x *a* y", run(Text::new().plain("x").bold(" a ").plain("y")));
    assert_eq!("x\u{200B}*a*, *b*.", run(Text::new().plain("x").bold("a").plain(", ").bold("b").plain(".")));
    assert_eq!("a<b&c", plain(&run(Text::new().plain("a<b").plain("&c"))));
    // What was typed would end the marks, so there are none.
    assert_eq!(literal("**a**"), bold("**a**"));
    assert_eq!(literal("a *b* c"), bold("a *b* c"));
}

#[test]
fn code_ends_where_it_should() {
    for (typed, shown) in [("x", "`x`"), ("a`b", "`aˋb`"), ("a\nb", "`a b`"), ("a<b", "`a&lt;b`"), (" ", "")] {
        assert_eq!(shown, code(typed));
    }
    for typed in ["```", "a```b", "``\n`", "`````", "````x````", "``", "`"] {
        let fenced = fenced(typed).unwrap();
        assert_eq!(2, fenced.matches("```").count(), "{fenced}");
        assert!(fenced.starts_with("```\n") && fenced.ends_with("\n```"), "{fenced}");
    }
    assert_eq!(None, fenced(" \n\u{200B}\n"));
}

#[test]
fn only_pages_are_links_and_nothing_ends_them() {
    let link = |label: &str, url: &str| written(&first(&Card::says(Text::new().link(label, url)))).concat();
    assert_eq!("<https://istio.io/a_b?c=d&amp;e#f|istio.io>", link("istio.io", "https://istio.io/a_b?c=d&e#f"));
    assert_eq!("<https://x/%7C%3E%3C!channel%3E|a>", link("a", "https://x/|><!channel>"));
    assert_eq!("<https://x|&lt;a|b&gt;>", link("<a|b>", "https://x").replace(BREAK, ""));
    assert_eq!("<https://x>", link(" ", "https://x"));
    for url in ["javascript:alert(1)", "slack://x", "", "/x", "data:text/html,x"] {
        assert_eq!("press", link("press", url), "{url}");
    }
    assert_eq!("press", link("press", &format!("https://x/{}", "&".repeat(900))));
}

#[test]
fn channels_and_instants_are_slack_s_own() {
    let run = |span: Span| written(&first(&Card::says(Text(vec![span])))).concat();
    assert_eq!("<#C012AB3CD>", run(Span::Channel("C012AB3CD".into())));
    for id in ["D012", "C", "", "C1> <!channel", "c012"] {
        assert_eq!("this chat", run(Span::Channel(id.into())), "{id}");
    }
    let at = "2026-03-02T08:05:00Z".parse().unwrap();
    assert_eq!("<!date^1772438700^{date_short_pretty} {time}|2 Mar 2026, 08:05 UTC>", run(Span::Time(at)));
}

#[test]
fn only_a_group_that_asked_is_mentioned_and_once() {
    let ping = |id: &str| Card { ping: Some(id.into()), ..Card::titled("Daily").text("word ".repeat(3_000)) };
    let told = pages(&ping("S012AB3CD"));
    assert_eq!("<!subteam^S012AB3CD>", told[0].blocks[0]["text"]["text"]);
    assert!(told[0].text.starts_with("<!subteam^S012AB3CD> Daily\nword "), "{}", told[0].text);
    assert!(told.len() > 1 && told[1..].iter().all(|page| !page.text.contains("subteam") && page.blocks[0]["type"] == "header"));
    for id in ["", "U012AB3CD", "S1> <!channel", "here"] {
        assert_eq!(first(&Card { ping: None, ..ping("") }), first(&ping(id)), "{id}");
    }
}

#[test]
fn a_grade_reads_by_words_and_not_by_colour() {
    let card = Card::titled("Your answer")
        .text(Text::new().bold("6 of 10").plain("."))
        .block(Block::Item { mark: Mark::Made, text: "traffic is encrypted".into(), below: vec!["You said “encrypts”.".into()] })
        .item(Mark::Missed, "where certificates come from")
        .item(Mark::Contradicted, "who may call")
        .item(Mark::Wrong, "it needs a gateway")
        .item(Mark::Partly, "identity")
        .item(Mark::Point, "a point")
        .text(Text::new().bold("Model answer"))
        .block(Block::Quote("Sidecars encrypt.\n\nAnd more.".into()))
        .small(Text::new().plain("Two attempts left, see ").code("/istio help").plain("."))
        .primary("again.1", "Try again");
    let said = first(&card);
    let expected = "*6 of 10*.\n• *Made*: traffic is encrypted\n\u{2003}You said “encrypts”.\n• *Missing*: where certificates come from\n\
        • *Opposite*: who may call\n• *Not so*: it needs a gateway\n• *Partly*: identity\n• a point\n\n*Model answer*\n> Sidecars encrypt.\n> \n> And more.";
    let small = "Two attempts left, see `/istio help`.";
    let blocks = json!([
        { "type": "header", "text": { "type": "plain_text", "text": "Your answer", "emoji": false } },
        { "type": "section", "text": { "type": "mrkdwn", "text": expected, "verbatim": true }, "expand": true },
        { "type": "context", "elements": [{ "type": "mrkdwn", "text": small, "verbatim": true }] },
        { "type": "actions", "elements": [{
            "type": "button", "action_id": "again.1", "value": "again.1", "style": "primary",
            "text": { "type": "plain_text", "text": "Try again", "emoji": false },
        }] },
    ]);
    assert_eq!(blocks, json!(said.blocks));
    assert_eq!((format!("Your answer\n{expected}\n{small}"), 1), (said.text, said.pages));
}

#[test]
fn tables_fit_a_phone() {
    let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let rows = vec![row(&["Ana", "1", "27.5"]), row(&["田中 & a rather long name with <@U1>", "2", "7"])];
    let table = first(&Card::default().block(Block::Table { head: row(&["Name", "Rank", "Points"]), rows }));
    let expected = "```\nName                      Rank  Points\nAna                          1    27.5\n田中 & a rather long         2       7\nname with <@U1>\n```";
    assert_eq!(expected, plain(&written(&table).concat()));
    let wide: Vec<String> = (1..7).map(|n| format!("A column {n}")).collect();
    let table = first(&Card::default().block(Block::Table { head: wide, rows: vec![row(&["Ana", "1", "", "3"])] }));
    assert_eq!("• *Ana*\n\u{2003}A column 2 1 · A column 4 3", written(&table).concat());
}

#[test]
fn slack_takes_every_hostile_card() {
    for (name, card) in cards::cards() {
        let pages = pages(&card);
        pages.iter().for_each(|page| check(&name, page));
        assert_eq!(message(&card, "k", 999), pages[pages.len() - 1], "{name}");
        let pressed: HashSet<String> = pages.iter().flat_map(|page| actions(page).into_iter().map(|(_, value)| value)).collect();
        assert!(card.buttons.iter().all(|button| pressed.contains(&button.id)), "{name} lost a button");
        if name.contains("ten thousand characters of") && !["table", "every span", "small"].iter().any(|short| name.contains(short)) {
            let found: HashSet<String> = words_of(&pages).into_iter().collect();
            assert!((0..1_600).all(|n| found.contains(&format!("w{n}"))), "{name} lost a word");
        }
    }
}

#[test]
fn sixty_items_and_forty_buttons_are_all_there() {
    let of = |name: &str| pages(&cards::cards().into_iter().find(|(of, _)| of == name).unwrap().1);
    let items = of("sixty items").iter().flat_map(written).collect::<Vec<_>>().join("\n");
    assert!((0..60).all(|n| items.contains(&format!("• *Made*: {n} said\n\u{2003}You said so."))));
    let buttons = of("forty buttons");
    let rows: Vec<usize> = buttons[0].blocks[1..].iter().map(|block| block["elements"].as_array().unwrap().len()).collect();
    assert_eq!((1, vec![25, 15]), (buttons.len(), rows));
    let buttons = of("two hundred buttons");
    assert_eq!(4, buttons.len());
    assert_eq!("page.k.2", buttons[1].blocks[3]["elements"][1]["action_id"]);
    assert_eq!("Page 2 of 4", written(&buttons[1]).last().unwrap());
    let same: Vec<_> = of("one action five times").iter().flat_map(actions).collect();
    let same: Vec<_> = same.iter().map(|(action, value)| (action.as_str(), value.as_str())).collect();
    let expected =
        [("same", "same"), ("same~2", "same"), ("same~3", "same"), ("same~4", "same"), ("same~5", "same"), ("same~2~2", "same~2")];
    assert_eq!(expected[..], same[..]);
}

#[test]
fn a_title_that_is_too_long_is_said_whole_below() {
    let title = "word & ".repeat(40);
    let said = first(&Card::titled(&*title));
    let texts = written(&said);
    assert!(texts[0].starts_with("word & word") && texts[0].ends_with("word…") || texts[0].ends_with("&…"), "{}", texts[0]);
    assert_eq!(format!("*{}*", escape(title.trim())), texts[1]);
}

#[test]
fn a_form_is_a_modal() {
    let field = Field { id: "answer".into(), label: "Your answer".into(), value: "So far & on".into(), long: true, required: true };
    let form = Form { id: "answer.1".into(), title: "Answer the daily question".into(), text: "What is *it*?".into(), fields: vec![field] };
    let text = |text: &str| json!({ "type": "plain_text", "text": text, "emoji": false });
    let expected = json!({
        "type": "modal", "callback_id": "answer.1", "private_metadata": "{}",
        "title": text("Answer the daily…"), "submit": text("Send"), "close": text("Cancel"),
        "blocks": [
            { "type": "section", "text": text("What is *it*?"), "expand": true },
            { "type": "input", "block_id": "answer", "label": text("Your answer"), "optional": false, "element": {
                "type": "plain_text_input", "action_id": "answer", "multiline": true, "max_length": 3_000, "initial_value": "So far & on",
            } },
        ],
    });
    assert_eq!(expected, super::form(&form, "{}"));
    for (name, hostile) in cards::forms() {
        check_view(&name, &super::form(&hostile, "{}"));
    }
}

#[test]
fn what_is_wrong_stands_below_its_field() {
    let error = |field: &str, error: &str| FieldError { field: field.into(), error: error.into() };
    let said = form_errors(&[error("zone", "I don't know that zone."), error("time", "9:30?"), error("zone", "Try\nUTC.")]);
    let errors = json!({ "zone": "I don't know that zone. Try UTC.", "time": "9:30?" });
    assert_eq!(json!({ "response_action": "errors", "errors": errors }), said);
}

#[test]
fn signs_are_emoji_names() {
    assert_eq!(["memo", "question"], [Reaction::Graded, Reaction::Unread].map(reaction));
}

#[test]
fn what_slack_sends_is_read_as_it_was_typed() {
    for (sent, typed) in [
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("&lt;@U1&gt;", "<@U1>"),
        ("<@U012AB3CD> and <@U1|ana>", "@U012AB3CD and @ana"),
        ("<https://istio.io/?a=1&amp;b=2>", "https://istio.io/?a=1&b=2"),
        ("see <http://istio.io|istio.io>.", "see istio.io."),
        ("<mailto:a@b.c|a@b.c> <mailto:a@b.c>", "a@b.c a@b.c"),
        ("<#C1|general> <#C1> <#C1|>", "#general #C1 #C1"),
        ("<!here> <!channel> <!everyone|everyone>", "@here @channel @everyone"),
        ("<!subteam^S1|@leads> <!subteam^S1>", "@leads @S1"),
        ("<!date^0^{date}|1 Jan &amp; so>", "1 Jan & so"),
        ("a < b, <c <@U1>", "a < b, <c @U1"),
        ("1 > 0 <", "1 > 0 <"),
        ("<>", ""),
        ("*a* `b`\n&gt; c", "*a* `b`\n> c"),
    ] {
        assert_eq!(typed, plain(sent), "{sent}");
    }
}

/// What can be pressed: actions and values.
fn actions(page: &Rendered) -> Vec<(String, String)> {
    let elements = page.blocks.iter().filter(|block| block["type"] == "actions").flat_map(|block| block["elements"].as_array().unwrap());
    elements.map(|element| (element["action_id"].as_str().unwrap().to_owned(), element["value"].as_str().unwrap().to_owned())).collect()
}

#[track_caller]
fn check_text(name: &str, text: &Value, most: usize) -> usize {
    let said = text["text"].as_str().unwrap();
    assert!((1..=most).contains(&length(said)), "{name}: {} of {most} in {said:?}", length(said));
    assert!(!visible(said).trim().is_empty(), "{name}: nothing to see");
    if text["type"] == "mrkdwn" {
        assert_eq!(true, text["verbatim"], "{name}");
        check_marks(said);
    } else {
        assert_eq!((&json!("plain_text"), &json!(false)), (&text["type"], &text["emoji"]), "{name}");
    }
    length(said)
}

/// A message that Slack takes, by the limits of the house.
#[track_caller]
fn check(name: &str, page: &Rendered) {
    assert!((1..=MESSAGE_TEXT).contains(&length(&page.text)), "{name}: {} of text", length(&page.text));
    assert!((1..=BLOCKS_OF_MESSAGE).contains(&page.blocks.len()), "{name}: {} blocks", page.blocks.len());
    check_marks(&page.text);
    let mut total = 0;
    for block in &page.blocks {
        total += match block["type"].as_str().unwrap() {
            "header" => {
                assert_eq!("plain_text", block["text"]["type"]);
                check_text(name, &block["text"], HEADER_TEXT)
            }
            "section" => check_text(name, &block["text"], SECTION_TEXT),
            "context" => {
                let elements = block["elements"].as_array().unwrap();
                assert!((1..=CONTEXT_ELEMENTS).contains(&elements.len()));
                elements.iter().map(|element| check_text(name, element, CONTEXT_TEXT)).sum()
            }
            "actions" => {
                let elements = block["elements"].as_array().unwrap();
                assert!((1..=ACTIONS_ELEMENTS).contains(&elements.len()), "{name}: {} buttons", elements.len());
                elements.iter().map(|element| check_text(name, &element["text"], BUTTON_TEXT)).sum()
            }
            other => panic!("{name}: a block of the kind {other}"),
        };
    }
    assert!(total <= MESSAGE_BLOCKS_TEXT, "{name}: {total}");
    let pressed = actions(page);
    let once: HashSet<&String> = pressed.iter().map(|(action, _)| action).collect();
    assert_eq!(once.len(), pressed.len(), "{name}: an action twice");
    for (action, value) in &pressed {
        assert!((1..=ID).contains(&length(action)) && (1..=BUTTON_VALUE).contains(&length(value)), "{name}: {action}");
    }
}

#[track_caller]
fn check_view(name: &str, view: &Value) {
    for part in ["title", "submit", "close"] {
        check_text(name, &view[part], MODAL_TITLE);
    }
    let blocks = view["blocks"].as_array().unwrap();
    assert!(
        (1..=BLOCKS_OF_VIEW).contains(&blocks.len()) && length(view["private_metadata"].as_str().unwrap()) <= PRIVATE_METADATA,
        "{name}"
    );
    for block in blocks {
        if block["type"] == "section" {
            check_text(name, &block["text"], SECTION_TEXT);
            continue;
        }
        check_text(name, &block["label"], INPUT_LABEL);
        let element = &block["element"];
        assert!(block["block_id"] == element["action_id"] && element["max_length"] == INPUT_TEXT, "{name}");
        assert!(element["initial_value"].as_str().map_or(0, length) <= INPUT_TEXT, "{name}");
    }
}

/// What stands between `<` and `>` is ours, and every mark is ours or has a break on either side.
#[track_caller]
fn check_marks(text: &str) {
    let mut bare = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        bare.push_str(&rest[..at]);
        let end = rest[at..].find('>').unwrap_or_else(|| panic!("an open < in {text:?}")) + at;
        let inner = &rest[at + 1..end];
        let ours = ["http://", "https://", "!date^", "#C", "#G", "!subteam^S"]
            .iter()
            .any(|ours| inner.to_ascii_lowercase().starts_with(&ours.to_ascii_lowercase()));
        assert!(ours && !inner.contains('<'), "{inner:?} in {text:?}");
        if let Some((_, label)) = inner.split_once('|') {
            bare.push_str(label);
        }
        rest = &rest[end + 1..];
    }
    bare.push_str(rest);
    let mut fenced = false;
    for line in bare.split('\n') {
        if line == "```" {
            fenced = !fenced;
        } else if fenced {
            assert!(!line.contains("```"), "{line:?} in {text:?}");
        } else {
            check_line(line.strip_prefix("> ").unwrap_or(line), text);
        }
    }
    assert!(!fenced, "a fence without an end in {text:?}");
}

#[track_caller]
fn check_line(line: &str, text: &str) {
    assert!(!line.trim_start().starts_with("&gt;") && !line.contains('>'), "a quote in {text:?}");
    // Code and stressed words: between marks that have no break within.
    let parts: Vec<&str> = line.split('`').collect();
    let mut outside = String::new();
    let mut n = 0;
    while n < parts.len() {
        outside.push_str(parts[n]);
        let typed = parts[n].ends_with(BREAK) && parts.get(n + 1).is_some_and(|next| next.starts_with(BREAK));
        if typed || n + 1 == parts.len() {
            n += 1;
            continue;
        }
        assert!(n + 2 < parts.len(), "code without an end in {line:?} of {text:?}");
        assert!(!parts[n + 1].is_empty(), "{line:?} of {text:?}");
        outside.push('.');
        n += 2;
    }
    let chars: Vec<char> = outside.chars().collect();
    let mut ours = 0;
    for (n, c) in chars.iter().enumerate().filter(|(_, c)| "*_~".contains(**c)) {
        let beside = [n.checked_sub(1).map(|n| chars[n]), chars.get(n + 1).copied()];
        let broken = beside == [Some(BREAK); 2];
        let in_word = *c == '_' && beside.iter().all(|c| c.is_some_and(char::is_alphanumeric));
        ours += usize::from(*c == '*' && !broken);
        assert!(broken || in_word || *c == '*', "{outside:?} in {text:?}");
    }
    assert!(ours % 2 == 0, "{outside:?} in {text:?}");
    let lower = outside.to_lowercase();
    assert!(!["@everyone", "@here", "@channel", "://"].iter().any(|told| lower.contains(told)), "{outside:?}");
}

fn words() -> impl Strategy<Value = String> {
    let hostile: Vec<String> = cards::texts().into_iter().map(|(_, text)| text.chars().take(300).collect()).collect();
    let signs = select(vec![
        "<", ">", "&", "|", "&amp;", "&lt;", "<!", "<@U1>", "*", "_", "~", "`", "```", "@", "everyone", "http", "://", ":tada:", "\n", " ",
        "\u{202E}", "\u{200B}", "word", "田中", "🦀", "^", "#C1", "•",
    ]);
    prop_oneof![
        4 => vec(signs, 0..12).prop_map(|parts| parts.concat()),
        2 => any::<String>(),
        1 => select(hostile),
        1 => (any::<String>(), 1usize..60).prop_map(|(part, times)| format!("{part} x").repeat(times)),
        1 => (1usize..2_000).prop_map(|n| "*".repeat(n)),
    ]
}

fn run_of() -> impl Strategy<Value = Text> {
    let span = prop_oneof![
        3 => words().prop_map(Span::Plain),
        1 => words().prop_map(Span::Bold),
        1 => words().prop_map(Span::Code),
        1 => (words(), prop_oneof![words(), words().prop_map(|rest| format!("https://{rest}"))]).prop_map(|(label, url)| Span::Link { label, url }),
        1 => prop_oneof![words(), Just("C123".to_owned())].prop_map(Span::Channel),
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
    (proptest::option::of(words()), vec(block(), 0..6), vec(button, 0..60), proptest::option::of(words()))
        .prop_map(|(title, blocks, buttons, ping)| Card { title, blocks, buttons, ping, picture: None })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn slack_takes_any_card_and_it_marks_nothing_that_was_not_meant(card in card()) {
        pages(&card).iter().for_each(|page| check("any", page));
    }

    #[test]
    fn slack_takes_any_form(title in words(), text in words(), fields in vec((words(), "[^\u{0}]{0,90}", any::<bool>(), any::<bool>()), 1..9)) {
        let fields = fields.into_iter().enumerate();
        let fields = fields.map(|(n, (label, value, long, required))| Field { id: format!("f{n}"), label, value, long, required });
        check_view("any", &form(&Form { id: "f.1".into(), title, text, fields: fields.collect() }, "{}"));
    }

    #[test]
    fn what_is_escaped_comes_back(text in prop_oneof![words(), any::<String>()]) {
        prop_assert_eq!(&text, &plain(&escape(&text)));
    }

    #[test]
    fn reading_never_fails(text in prop_oneof![words(), any::<String>()]) {
        plain(&text);
    }

    #[test]
    fn what_is_shown_reads_as_it_was_typed(text in prop_oneof![words(), any::<String>()]) {
        prop_assert_eq!(visible(&text).replace('\n', " "), plain(&literal(&text).replace(BREAK, "")));
    }
}
