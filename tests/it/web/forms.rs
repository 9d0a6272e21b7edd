//! Forms: sent twice they do one thing, other people's messages are theirs, and what people type is text wherever it shows.

use super::page::Filled;
use super::visitor::Said;
use super::*;
use reqwest::StatusCode;

/// Sends a form twice at one instant and once more later; each time the same page is read.
async fn three_times(visitor: &mut Visitor, form: &Filled) {
    let mut impatient = Visitor::new_at(visitor.base());
    impatient.cookies = visitor.cookies.clone();
    tokio::join!(visitor.sends(form), impatient.sends(form));
    assert_eq!(visitor.path, impatient.path);
    visitor.reload().await;
    let after = visitor.page.text();
    visitor.sends(form).await;
    assert_eq!(impatient.path, visitor.path, "the third time leads elsewhere");
    assert_eq!(after, visitor.page.text(), "the third time did something");
}

both! {
    /// Every kind of form, in the course of a day.
    async fn sent_twice(fresh: Fresh) {
        let server = empty(fresh).await;
        let mut lea = Visitor::lead(&server, "Lea").await;
        // A command, and a button.
        let setup = lea.page.filled(&[], "Set up the daily question");
        three_times(&mut lea, &setup).await;
        let start = lea.page.filled(&[], "Start");
        three_times(&mut lea, &start).await;
        server.at("2026-11-24T09:00").await;
        let mut ana = Visitor::joined(&server, "Ana").await;
        assert_eq!(1, ana.page.text().matches("Istio question of Tuesday").count(), "{}", ana.page.text());

        // Words in the thread.
        let wrote = ana.page.filled(&[("Write in the thread", "a layer of proxies")], "Send");
        three_times(&mut ana, &wrote).await;
        assert_eq!(vec!["a layer of proxies"], ana.words());
        assert!(ana.thread().contains("1 answered"), "{}", ana.thread());

        // What was written is changed.
        server.wait(60).await;
        ana.open("/").await;
        let edit = ana.page.named("a").into_iter().find(|link| link.text().starts_with("Edit")).unwrap();
        let edit = edit.attribute("href").unwrap().to_owned();
        ana.open(&edit).await;
        let changed = ana.page.filled(&[("Change your message", MESH)], "Save");
        three_times(&mut ana, &changed).await;
        assert_eq!(vec![MESH], ana.words());

        // A form of the bot's.
        ana.presses("My grade").await;
        assert!(ana.own().contains("10 of 10"), "{}", ana.own());
        let mut ben = Visitor::joined(&server, "Ben").await;
        let private = ben.page.filled(&[], "Answer privately");
        three_times(&mut ben, &private).await;
        let answered = ben.page.filled(&[("In your own words", "a layer of proxies")], "Send");
        three_times(&mut ben, &answered).await;
        assert!(ben.own().contains("6 of 10") && ben.own().contains("1 of 3 attempts used"), "{}", ben.own());
        assert!(!ben.thread().contains("Ben"), "a private answer shows in the thread: {}", ben.thread());

        // What was written is taken back.
        ana.open(&edit).await;
        let taken = ana.page.filled(&[], "Take it back");
        three_times(&mut ana, &taken).await;
        assert!(!ana.thread().contains("it encrypts traffic"), "{}", ana.thread());
        assert!(!ana.board().contains("Ana") && ana.board().contains("Ben"), "{}", ana.board());
        server.end().await;
    }

    /// Nobody changes what somebody else wrote, whatever they send.
    async fn others_messages(fresh: Fresh) {
        let (server, mut lea) = asked(fresh).await;
        lea.writes(MESH).await;
        let edit = lea.page.link("Edit what you wrote: a layer of proxies between the services,").to_owned();
        lea.open(&edit).await;
        let own = lea.page.filled(&[("Change your message", "nothing")], "Save");
        let mut ana = Visitor::joined(&server, "Ana").await;
        let before = ana.thread();
        ana.open(&edit).await;
        assert!(!ana.page.has_button("Save"), "Ana may change Lea's message: {}", ana.page.text());
        let token = ana.page.filled(&[], "Do it").get("token").to_owned();
        for way in ["edit", "delete"] {
            for message in [own.get("message"), "", "m-404", "\0"] {
                ana.sends(&own.clone().with("token", &token).with("do", way).with("message", message)).await;
                assert_eq!(StatusCode::FORBIDDEN, ana.status, "{way} {message}: {}", ana.page.text());
            }
        }
        ana.open("/").await;
        assert_eq!(before, ana.thread());
        server.end().await;
    }

    /// A form without its number, with another's, or with what no page has.
    async fn made_by_hand(fresh: Fresh) {
        let (server, mut lea) = asked(fresh).await;
        let form = lea.page.filled(&[("Write in the thread", MESH)], "Send");
        for id in ["", "1", &"g".repeat(32), &"0".repeat(33)] {
            lea.sends(&form.clone().with("id", id)).await;
            assert_eq!(StatusCode::BAD_REQUEST, lea.status, "{id}");
        }
        // The same number in somebody else's hands is another delivery.
        let mut ana = Visitor::joined(&server, "Ana").await;
        let token = ana.page.filled(&[], "Do it").get("token").to_owned();
        lea.sends(&form).await;
        ana.sends(&form.clone().with("token", &token).with("text", "a layer of proxies")).await;
        assert!(ana.thread().contains("Lea") && ana.thread().contains("Ana"), "{}", ana.thread());
        for button in ["", "nonsense", "quiz.answer:00000000000000000000000000000000", "\0", "x".repeat(5000).as_str()] {
            ana.sends(&form.clone().with("token", &token).with("id", &format!("{:032x}", button.len() + 7)).with("button", button).to("/press")).await;
            assert!(ana.status.is_success(), "{button:?}: {} {}", ana.status, ana.page.text());
        }
        for (n, what) in ["", "nonsense", "\0"].into_iter().enumerate() {
            let sent = form.clone().with("token", &token).with("id", &format!("{:032x}", n + 99)).with("form", what).to("/submit");
            ana.sends(&sent).await;
            assert!(ana.status.is_success() || ana.status == StatusCode::UNPROCESSABLE_ENTITY, "{what:?}: {}", ana.status);
        }
        // What is about a topic that never was is about none.
        ana.sends(&form.clone().with("token", &token).with("id", &"a".repeat(32)).with("topic", &"0".repeat(32))).await;
        assert!(ana.page.text().contains("There is no thread open to write in"), "{}", ana.page.text());
        server.end().await;
    }

    /// Names, answers and aliases that would like to be more than text.
    async fn hostile_text(fresh: Fresh) {
        let (server, mut lea) = asked(fresh).await;
        const TAG: &str = "<script>alert('1')</script>";
        const LINK: &str = "](javascript:alert(1)) &lt; \" onload='x";
        let mut ana = Visitor::joined(&server, TAG).await;
        ana.writes(&format!("{TAG} a layer of proxies \u{2068}{LINK}\u{2069}\n\n<b>it</b> encrypts traffic")).await;
        ana.presses("My grade").await;
        assert!(ana.own().contains("You said"), "{}", ana.own());
        lea.open("/").await;
        for page in [&ana.page, &lea.page] {
            let text = page.text();
            assert!(text.contains(&format!("{TAG} a layer of proxies {LINK} <b>it</b> encrypts traffic")), "{text}");
            assert!(!text.contains(['\u{2068}', '\u{2069}']), "{text:?}");
            assert!(page.id("board").text().contains(TAG), "{text}");
        }
        // What turns the direction of writing about is no answer, and turns nothing about where it is read.
        lea.writes("a \u{202e}seixorp fo reyal\u{0}").await;
        assert!(lea.own().contains("couldn't read any text"), "{}", lea.own());
        assert!(!lea.page.text().contains(['\u{202e}', '\0']), "{:?}", lea.thread());
        ana.commands(&format!("/istio alias {LINK}\u{202e}")).await;
        ana.open("/").await;
        assert!(ana.board().contains(&LINK[..12]) && !ana.board().contains(TAG), "{}", ana.board());
        // The message itself, ready to be changed, is what was typed.
        let edit = ana.page.named("a").into_iter().find(|link| link.text().starts_with("Edit")).unwrap().attribute("href").unwrap().to_owned();
        ana.open(&edit).await;
        assert!(ana.page.filled(&[], "Save").get("text").starts_with(TAG), "{}", ana.page.text());
        // Nothing in an address comes back as anything but text.
        for path in ["/?key=\"><script>", "/?topic=<script>", "/?leave=<b>", "/edit?message=<b>&topic=</textarea>", "/panel?topic=\"><b>"] {
            let path = path.replace('"', "%22").replace('<', "%3C").replace('>', "%3E");
            if path.starts_with("/panel") {
                let Said { body, .. } = ana.reads(&path).await;
                super::page::Element::fragment(&body).is_inert();
            } else {
                ana.open(&path).await;
            }
        }
        // A form that comes back with faults brings what was typed, as text.
        let mut guest = Visitor::new(&server);
        guest.open("/?key=%22%3E%3Cscript%3E").await;
        guest.comes_in("\u{202e}").await;
        assert_eq!("\"><script>", guest.page.filled(&[], "Come in").get("key"));
        server.end().await;
    }

    /// The field for commands takes them as people type them, and nothing typed there is said to others.
    async fn a_command_is_a_command(fresh: Fresh) {
        let (server, _) = asked(fresh).await;
        let mut ana = Visitor::joined(&server, "Ana").await;
        for typed in ["/istio me", "istio me", "/me", "me", "/ISTIO me"] {
            ana.commands(typed).await;
            assert!(ana.own().starts_with("Ana This week: no daily answers yet"), "{typed}: {}", ana.own());
        }
        assert!(ana.words().is_empty(), "{:?}", ana.words());
        server.end().await;
    }

    /// Whoever is forgotten is told so, and is a stranger from then on.
    async fn forgotten(fresh: Fresh) {
        let (server, _) = asked(fresh).await;
        let mut ana = Visitor::joined(&server, "Ana").await;
        ana.writes(MESH).await;
        ana.commands("/istio privacy delete confirm").await;
        assert!(ana.page.text().contains("You are forgotten here"), "{}", ana.page.text());
        ana.follows("Come in anew").await;
        assert!(ana.page.text().contains("Your name in the room"), "{}", ana.page.text());
        server.end().await;
    }
}
