//! Buttons of long ago, of somebody else, of another server: refused kindly, and nothing is told.

use super::double::{Member, Place, Server};
use super::team::{FULL, HALF, Team, answered};
use crate::databases::Fresh;

const TEXT: fn(&Server) -> Place = |server| server.text("mesh");

/// What a button of the question's message is about.
fn round(team: &Team) -> String {
    let question = team.question().to_string();
    let message = team.channel.messages().into_iter().find(|message| message["id"] == question).unwrap();
    let all = serde_json::to_string(&message["components"]).unwrap();
    all.split('"').find_map(|part| part.strip_prefix("grade.")).unwrap().to_owned()
}

/// What a forged press is answered; it must be one short line to its presser alone.
async fn refused(who: &Member, on: u64, button: &str) -> String {
    let answer = who.forges(on, button).await;
    let said = answered(&answer);
    assert!(answer.private() && said.lines().count() < 6, "{button}: {said}");
    for secret in ["of 10", "Hint:", "Model answer", "proxies", "You said"] {
        assert!(!said.contains(secret), "{button}: {said}");
    }
    said
}

/// After a restart and a quarter of an hour, cards that only their author sees still work, and so does a form left open.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_quarter_of_an_hour() {
    let (mut team, _) = Team::asked(Fresh::sqlite(), TEXT).await;
    team.ana.presses(team.question(), "Hint").await;
    let offer = team.ana.presses(team.question(), "Hint").await;
    let form = team.ana.presses(team.question(), "Answer privately").await;
    team.bot.restart().await;
    team.discord.logged_in(2, 0).await;
    team.wait(16 * 60).await;
    let hint = answered(&team.ana.presses(offer.message(), "Show it").await);
    assert!(hint.contains("Hint:"), "{hint}");
    let graded = team.ana.submits(&form, &[("In your own words", HALF)]).await;
    assert!(answered(&graded).contains("6 of 10"), "{}", graded.text());
    team.wait(30 * 86_400).await;
    let again = answered(&team.ana.presses(graded.message(), "Try again").await);
    assert!(again.contains("This question is closed"), "{again}");
    let late = answered(&team.ana.presses(offer.message(), "Show it").await);
    assert!(late.contains("closed"), "{late}");
    team.end().await;
}

/// What is pressed on a question that has closed meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_closed_question() {
    let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    let round = round(&team);
    team.ben.types(&thread, FULL);
    team.at("2026-11-25T08:30").await;
    let question = team.question();
    for button in ["answer", "again", "hint"] {
        let said = refused(&team.ana, question, &format!("{button}.{round}")).await;
        assert!(said.contains("closed"), "{button}: {said}");
    }
    let said = refused(&team.ana, question, &format!("hint-agreed.{round}.1")).await;
    assert!(said.contains("closed"), "{said}");
    let said = refused(&team.ana, question, &format!("grade.{round}")).await;
    assert!(said.contains("no answer of yours"), "{said}");
    team.end().await;
}

/// Another member's buttons do for the presser what they would, on the presser's own, or nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_another_member() {
    let team = Team::gather(Fresh::sqlite(), TEXT).await;
    let quiz = team.ana.command(&team.channel, "/istio quiz count:2").await;
    team.sets_up().await;
    team.at("2026-11-24T09:00").await;
    let thread = team.channel.thread(1).await;
    team.ana.types(&thread, FULL);
    team.settled().await;
    let question = team.question();
    let said = refused(&team.ben, question, &format!("grade.{}", round(&team))).await;
    assert!(said.contains("no answer of yours"), "{said}");
    let buttons = serde_json::to_string(&quiz.json()["components"]).unwrap();
    let asked = buttons.split('"').find_map(|part| part.strip_prefix("quiz-answer."));
    let asked = asked.unwrap_or_else(|| panic!("{}", quiz.text())).to_owned();
    for button in ["quiz-answer", "quiz-show", "quiz-skip", "quiz-pause", "quiz-resume", "quiz-stop", "hint"] {
        let said = refused(&team.ben, question, &format!("{button}.{asked}")).await;
        assert!(said.contains("No quiz") || said.contains("done"), "{button}: {said}");
    }
    for button in ["grade", "answer", "again"] {
        let said = refused(&team.ben, question, &format!("{button}.{asked}")).await;
        assert!(said.contains("isn't here any more"), "{button}: {said}");
    }
    let form = team.ana.presses(quiz.message(), "Answer").await;
    let said = answered(&team.ben.submits(&form, &[("Your answer", FULL)]).await);
    assert!(said.contains("That question is done"), "{said}");
    let mine = team.ana.presses(quiz.message(), "Hint").await;
    assert!(answered(&mine).contains("Hint:"), "{}", mine.text());
    team.end().await;
}

/// A row of another server is none of this one's, whoever presses, and however it is named.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_another_server() {
    let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    let round = round(&team);
    team.ana.types(&thread, FULL);
    team.settled().await;
    let offer = team.lea.command(&team.channel, "/istio-lead setup daily").await;
    let buttons = serde_json::to_string(&offer.json()["components"]).unwrap();
    let schedule = buttons.split('"').find_map(|part| part.strip_prefix("setup-change.")).unwrap().to_owned();
    let elsewhere = team.discord.server("Elsewhere");
    let (there, eve) = (elsewhere.text("mesh"), elsewhere.lead("Eve"));
    // Ana is in both; what she said here isn't there either.
    let ana = elsewhere.member("Ana");
    let on = eve.command(&there, "/istio-lead setup daily").await.message();
    let shown = ana.command(&there, "/istio help").await.message();
    for button in ["grade", "answer", "again", "hint", "hint-agreed", "quiz-answer", "quiz-stop", "challenge-join", "challenge-stop"] {
        let button = format!("{button}.{round}.1");
        refused(&eve, on, &button).await;
        refused(&ana, shown, &button).await;
    }
    for button in ["setup-start", "setup-change", "post-again", "was-sent"] {
        refused(&eve, on, &format!("{button}.{schedule}")).await;
    }
    for button in ["", "grade", "grade.", "grade.x", "grade.00000000000000000000000000000000", "🙂", "setup-start..", "page."] {
        if !button.is_empty() {
            refused(&eve, on, button).await;
        }
    }
    assert!(team.grade(&team.ana).await.contains("10 of 10"));
    team.end().await;
}
