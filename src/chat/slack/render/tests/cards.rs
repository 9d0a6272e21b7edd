//! Cards and forms that try to break a message, for every test of what Slack is sent.

use super::{Block, Button, Card, Field, Form, Mark, Span, Text, Timestamp};

/// Texts that mean something to Slack, or to nobody.
pub(super) fn texts() -> Vec<(&'static str, String)> {
    vec![
        ("nothing", String::new()),
        ("spaces", " \n\t \n".into()),
        ("nothing to see", "\u{200B}\u{2060}\u{FEFF}\u{200D}".into()),
        ("one character", "a".into()),
        ("mentions", "<!channel> <!here> <!everyone> <@U012AB3CD> <!subteam^S012AB3CD> <#C012AB3CD> @everyone @here @channel".into()),
        ("links", "<https://evil.example|istio.io> https://evil.example http://a.b mailto:a@b.c <mailto:a@b.c|a>".into()),
        ("entities", "&amp; &lt;!channel&gt; &amp;lt; R&D a<b>c &".into()),
        ("marks", "*a* _b_ ~c~ `d` **e** __f__ ~~g~~ ``h`` *_~`i`~_* max_ejection_percent 2*3*4".into()),
        ("unclosed marks", "*a _b ~c `d ```e".into()),
        ("quotes", "> a\n>>> b\n &gt; c\n>".into()),
        ("fences", "```\na\n```\n````b````\n`````".into()),
        ("emoji codes", ":tada: a:b:c 10:30:00 ::".into()),
        ("an instant", "<!date^0^{date}|never> {date} {time}".into()),
        ("lines", "a\r\nb\n\n\n\nc\u{2028}d\u{85}e".into()),
        ("ten thousand letters", "x".repeat(10_000)),
        ("ten thousand signs", "&<>*".repeat(2_500)),
        ("ten thousand spaces", " ".repeat(10_000)),
        ("ten thousand characters of words", (0..1_600).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ")),
        ("ten thousand characters of lines", (0..1_600).map(|n| format!("w{n}")).collect::<Vec<_>>().join("\n")),
        ("emoji", "👩‍💻🏳️‍🌈👍🏽🇩🇪 e\u{301} 🦀".repeat(40)),
        ("right to left", "مرحبا بالعالم שלום עולם \u{202E}abc\u{202C} می\u{200C}خواهم".into()),
        ("many scripts", "田中さん 한국어 ไทย हिन्दी".into()),
        ("controls", "a\u{0}b\u{1B}[31mc\u{7F}".into()),
    ]
}

/// One card for every kind of block with each of the texts, and cards of many parts.
pub(super) fn cards() -> Vec<(String, Card)> {
    let mut cards = Vec::new();
    for (name, text) in texts() {
        let run = || Text::new().plain(text.clone());
        let row = || vec![text.clone(), "1".to_owned(), text.clone()];
        // Every span in one place is long enough without being long seven times.
        let short: String = text.chars().take(400).collect();
        let every = Text(vec![
            Span::Plain(short.clone()),
            Span::Bold(short.clone()),
            Span::Code(short.clone()),
            Span::Link { label: short.clone(), url: format!("https://istio.io/{short}") },
            Span::Link { label: short.clone(), url: short.clone() },
            Span::Channel(short.clone()),
            Span::Time(Timestamp::UNIX_EPOCH),
        ]);
        let kinds = [
            ("text", Block::Text(run())),
            ("every span", Block::Text(every.clone())),
            ("lead", Block::Lead(text.clone())),
            ("quote", Block::Quote(text.clone())),
            ("code", Block::Code(text.clone())),
            ("item", Block::Item { mark: Mark::Missed, text: every.clone(), below: vec![run(), every.clone()] }),
            ("table", Block::Table { head: row(), rows: vec![row(), vec![], row()] }),
            ("narrow table", Block::Table { head: vec![], rows: vec![vec![text.clone()]; 3] }),
            ("small", Block::Small(every)),
        ];
        // Together they are long enough where each is short.
        let together = if text.len() > 1_000 { 1 } else { kinds.len() };
        let all = kinds[..together].iter().fold(Card::titled(text.clone()), |card, (_, block)| card.block(block.clone()));
        cards.extend(kinds.into_iter().map(|(kind, block)| (format!("{kind} of {name}"), Card::default().block(block))));
        let pressed = Button { id: "b".into(), label: text.clone(), primary: true };
        cards.push((format!("all of {name}"), Card { buttons: vec![pressed], ping: Some(text.clone()), ..all }));
    }
    cards.extend(many());
    cards
}

fn many() -> Vec<(String, Card)> {
    let buttons =
        |n: usize| (0..n).fold(Card::says("Which?"), |card, n| card.button(format!("b.{n}"), format!("Button {n} {}", "long ".repeat(20))));
    let items = |n: usize, text: &str| {
        let item = |card: Card, n: usize| {
            card.block(Block::Item { mark: Mark::Made, text: format!("{n} {text}").into(), below: vec!["You said so.".into()] })
        };
        (0..n).fold(Card::titled("Items"), item)
    };
    let between =
        (0..120).fold(Card::default(), |card, n| if n % 2 == 0 { card.text(format!("t{n}")) } else { card.small(format!("s{n}")) });
    let same = (0..5).fold(Card::says("x"), |card, n| card.button("same", format!("Button {n}"))).button("same~2", "Its own");
    let rows = (0..200).map(|n| vec![format!("Ana {n}"), n.to_string()]).collect();
    vec![
        ("an empty card".into(), Card::default()),
        ("buttons alone".into(), Card::default().primary("a", "Go")),
        ("sixty items".into(), items(60, "said")),
        ("sixty long items".into(), items(60, &"words and words ".repeat(30))),
        ("small print between".into(), between),
        ("forty buttons".into(), buttons(40)),
        ("two hundred buttons".into(), buttons(200)),
        ("buttons under pages".into(), items(60, &"words ".repeat(60)).and(buttons(25))),
        ("one action five times".into(), same),
        ("a long table".into(), Card::default().block(Block::Table { head: vec!["Name".into(), "Points".into()], rows })),
    ]
}

/// A form of each of the texts, and one of many fields.
pub(super) fn forms() -> Vec<(String, Form)> {
    let field = |id: String, text: &str| Field {
        id,
        label: text.to_owned(),
        value: text.chars().take(1_500).collect(),
        long: true,
        required: text.len().is_multiple_of(2),
    };
    let of = |(name, text): (&str, String)| {
        let fields = vec![field("answer".into(), &text)];
        (format!("a form of {name}"), Form { id: "answer.1".into(), title: text.clone(), text, fields })
    };
    let many = (0..60).map(|n| field(format!("f{n}"), "Which?")).collect();
    let many = Form { id: "setup.1".into(), title: "Change the daily question".into(), text: String::new(), fields: many };
    texts().into_iter().map(of).chain([("a form of many fields".to_owned(), many)]).collect()
}
