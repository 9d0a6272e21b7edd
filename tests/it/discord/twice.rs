//! Two fingers on one button: two interactions of different ids for the same thing, at once, do it once.

use super::double::{Answer, Member, Place, Server};
use super::team::{FULL, HALF, Team, answered};
use crate::databases::Fresh;

const TEXT: fn(&Server) -> Place = |server| server.text("mesh");

/// Both are answered; what they say.
async fn both(sent: [Answer; 2]) -> [String; 2] {
    let [first, second] = sent;
    let (first, second) = tokio::join!(first.settled(), second.settled());
    [answered(&first), answered(&second)]
}

async fn number(team: &Team, sql: &'static str) -> i64 {
    let (number,): (i64,) = team.bot.quiz().db().sql(sql).one().await.unwrap();
    number
}

/// Shows the private card that somebody got last.
fn card(who: &Member) -> u64 {
    who.newest_private().unwrap()
}

/// The second hint is bought once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hint_is_charged_once() {
    let (team, _) = Team::asked(Fresh::sqlite(), TEXT).await;
    team.ana.presses(team.question(), "Hint").await;
    let offer = answered(&team.ana.presses(team.question(), "Hint").await);
    assert!(offer.contains("costs one point"), "{offer}");
    let card = card(&team.ana);
    both([team.ana.sends_press(card, "Show it"), team.ana.sends_press(card, "Show it")]).await;
    assert_eq!(2, number(&team, "SELECT SUM(hints) FROM participations").await);
    team.end().await;
}

/// A quiz is begun once, its question answered once, and its form sent twice is one attempt.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quiz_is_begun_once() {
    let team = Team::gather(Fresh::sqlite(), TEXT).await;
    let begin = || team.ana.sends_command(&team.channel, "/istio quiz count:2").unwrap();
    let said = both([begin(), begin()]).await;
    assert_eq!(1, said.iter().filter(|said| said.contains("under way")).count(), "{said:?}");
    assert_eq!(1, number(&team, "SELECT COUNT(*) FROM quizzes").await);
    let form = team.ana.presses(card(&team.ana), "Answer").await;
    let send = || team.ana.sends_form(&form, &[("Your answer", FULL)]).unwrap();
    let said = both([send(), send()]).await;
    assert_eq!(1, said.iter().filter(|said| said.contains("That question is done")).count(), "{said:?}");
    assert_eq!(vec![("Ana".to_owned(), 1)], team.attempts().await);
    assert_eq!(2, number(&team, "SELECT COUNT(*) FROM rounds").await);
    team.end().await;
}

/// A daily is set up once and asked once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_daily_is_begun_once() {
    let team = Team::gather(Fresh::sqlite(), TEXT).await;
    let offer = team.lea.command(&team.channel, "/istio-lead setup daily").await;
    let said = both([team.lea.sends_press(offer.message(), "Start"), team.lea.sends_press(offer.message(), "Start")]).await;
    assert!(said.iter().all(|said| said.contains("is on")), "{said:?}");
    team.at("2026-11-24T09:01").await;
    assert_eq!(1, team.questions().len(), "{}", team.channel.transcript());
    team.end().await;
}

/// The same form sent again, at once or after Discord said that it failed, is the same attempt; other words are another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_is_one_attempt() {
    let (team, _) = Team::asked(Fresh::sqlite(), TEXT).await;
    let form = team.ana.presses(team.question(), "Answer privately").await;
    let send = |words: &str| team.ana.sends_form(&form, &[("In your own words", words)]).unwrap();
    let said = both([send(HALF), send(HALF)]).await;
    assert!(said.iter().all(|said| said.contains("6 of 10")), "{said:?}");
    assert_eq!(vec![("Ana".to_owned(), 1)], team.attempts().await);
    team.later(90);
    let said = answered(&send(HALF).settled().await);
    assert!(said.contains("6 of 10") && said.contains("1 of 3 attempts used"), "{said}");
    let said = answered(&send(FULL).settled().await);
    assert!(said.contains("10 of 10"), "{said}");
    assert_eq!(vec![("Ana".to_owned(), 2)], team.attempts().await);
    team.end().await;
}

/// What nobody could tell of is posted again once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn post_again_posts_once() {
    let (team, thread) = Team::asked(Fresh::sqlite(), TEXT).await;
    team.ana.types(&thread, FULL);
    team.at("2026-11-25T08:30").await;
    let lost = "UPDATE outbox SET state = 'unknown', sent_id = NULL, sent_at = NULL WHERE verb = 'post' AND speech LIKE '%Reveal%'";
    let mut tx = team.bot.quiz().db().begin().await.unwrap();
    assert_eq!(1, tx.sql(lost).run().await.unwrap());
    tx.commit().await.unwrap();
    let before = team.own(&thread).len();
    let asked = team.lea.command(&team.channel, "/istio-lead schedule show").await.message();
    both([team.lea.sends_press(asked, "Post again"), team.lea.sends_press(asked, "Post again")]).await;
    team.settled().await;
    assert_eq!(before + 1, team.own(&thread).len(), "{}", thread.transcript());
    team.end().await;
}
