//! Cards too long for one message, page by page; and menus, where there is more to press than buttons have room for.

use super::double::{Id, Member, Place, Server};
use super::team::{FULL, Team, answered};
use crate::databases::Fresh;
use meshdrill::message::{Card, Speech};
use meshdrill::store::outbox::{LANE_BULK, Saying, Verb};
use uuid::Uuid;

const TEXT: fn(&Server) -> Place = |server| server.text("mesh");

/// A card of so many numbered paragraphs.
fn long(paragraphs: usize) -> Card {
    (0..paragraphs).fold(Card::titled("The long list"), |card, n| card.text(format!("Line {n} of it. {}", "and so on ".repeat(20))))
}

/// Says a card to everybody in the channel, and gives its message.
async fn says(team: &Team, card: Card) -> Id {
    let quiz = team.bot.quiz();
    let mut tx = quiz.db().begin().await.unwrap();
    let home = meshdrill::message::Home { platform: "discord".into(), id: team.server.id.to_string() };
    let workspace = tx.known_workspace(&home).await.unwrap().unwrap();
    let now = team.bot.clock.now();
    let saying = Saying {
        about: format!("test:{}", Uuid::now_v7()),
        channel: team.channel.key(),
        thread: None,
        audience: None,
        round: None,
        verb: Verb::Post,
        on_row: None,
        on_message: None,
        lane: LANE_BULK,
        speech: Speech::Card(card),
        not_before: now,
        expires: None,
    };
    tx.say(workspace.id, Uuid::now_v7(), &saying).await.unwrap();
    tx.commit().await.unwrap();
    team.settled().await;
    team.channel
        .message_where("the card", |message| message["embeds"][0]["title"] == "The long list" || message["components"][0].is_object())
        .await
}

async fn turned(who: &Member, message: Id, to: &str) -> (Id, String) {
    let answer = who.presses(message, to).await;
    (answer.message(), answered(&answer))
}

/// Pages of what stands in the channel come to whoever turns them, alone; the message itself stays on its first page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_what_everybody_reads() {
    let (mut team, _) = Team::asked(Fresh::sqlite(), TEXT).await;
    let message = says(&team, long(70)).await;
    let first = team.discord.reads(message);
    assert!(first.contains("Line 0 ") && first.contains("Page 1 of ") && !first.contains("Line 69 "), "{first}");
    let (own, second) = turned(&team.ana, message, "Next").await;
    assert!(second.contains("Page 2 of ") && !second.contains("Line 0 "), "{second}");
    assert!(own != message && team.ben.private().is_empty());
    team.bot.restart().await;
    team.discord.logged_in(2, 0).await;
    team.later(86_400 * 40);
    let (turned_again, third) = turned(&team.ana, own, "Next").await;
    assert!(turned_again == own && third.contains("Page 3 of "), "{third}");
    let (_, back) = turned(&team.ana, own, "Back").await;
    assert_eq!(second, back);
    let (_, ben) = turned(&team.ben, message, "Next").await;
    assert_eq!(second, ben);
    assert_eq!(first, team.discord.reads(message));
    team.end().await;
}

/// Pages of one's own are nobody else's; a key that nobody knows, or that is gone, says so and nothing more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_ones_own() {
    let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    for n in 0..6 {
        team.ana.types(&thread, &format!("A secret of Ana's, number {n}. {FULL} {}", "and more of the same kind ".repeat(60)));
        team.later(120);
    }
    team.settled().await;
    let export = team.ana.command(&team.channel, "/istio privacy export").await;
    let first = answered(&export);
    assert!(export.private() && first.contains("Page 1 of "), "{first}");
    let own = export.message();
    let (same, second) = turned(&team.ana, own, "Next").await;
    assert!(same == own && second.contains("Page 2 of ") && second != first, "{second}");
    let json = serde_json::to_string(&export.json()["components"]).unwrap();
    let next = json.split('"').find(|part| part.starts_with("page.")).unwrap().to_owned();
    for button in
        [&next, "page.i1.1", "page.o0000000000000000000000.0", "page.x.1", "page..0", "page.ü.0", "page.i.99999999999999999999999"]
    {
        let said = team.ben.forges(team.question(), button).await;
        let read = answered(&said);
        assert!(said.private() && !read.contains("secret") && !read.contains("Page "), "{button}: {read}");
        assert!(read.contains("no longer") || read.contains("does nothing any more"), "{button}: {read}");
    }
    team.end().await;
}

/// What is chosen from a menu is what a button would do.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_menu_of_many() {
    let (team, _) = Team::asked(Fresh::sqlite(), TEXT).await;
    let round = round_of_question(&team);
    let card = (0..28).fold(Card::titled("The long list"), |card, n| {
        card.button(format!("nothing{n}.{}", Uuid::now_v7().simple()), format!("Nothing {n}"))
    });
    let message = says(&team, card.button(format!("grade.{round}"), "My grade")).await;
    let read = team.discord.reads(message);
    assert!(read.contains("Choose one, 1 to 25 of 29 ▾ Nothing 0 |") && read.contains("| My grade]"), "{read}");
    let said = answered(&team.ana.chooses(message, "Choose one, 26 to 29 of 29", &["My grade"]).await);
    assert!(said.contains("no answer of yours to this question yet"), "{said}");
    let said = answered(&team.ana.chooses(message, "Choose one, 1 to 25 of 29", &["Nothing 3"]).await);
    assert!(said.contains("does nothing any more"), "{said}");
    team.end().await;
}

/// The id behind the question's buttons.
fn round_of_question(team: &Team) -> String {
    let question = team.question().to_string();
    let message = team.channel.messages().into_iter().find(|message| message["id"] == question).unwrap();
    let all = serde_json::to_string(&message["components"]).unwrap();
    all.split('"').find_map(|part| part.strip_prefix("grade.")).unwrap().to_owned()
}
