//! The same conversations in a kind world, in one that delivers everything twice, and in one that ends the program at every step.
//!
//! What stands in the chat in the end, what was answered at once, and the boards must be the same in all three.

use super::challenge::EVERYTHING;
use super::*;
use crate::databases::Fresh;

/// Each script is written once and played in every world, on both engines.
macro_rules! in_every_world {
    ($($(#[$about:meta])* async fn $name:ident($room:ident asks $questions:expr) $body:block)*) => { $(mod $name {
        use super::*;

        $(#[$about])*
        async fn script($room: &mut Room) $body

        async fn outcome(fresh: Fresh, world: World) -> String {
            let mut room = Room::new(fresh.open().await, world, &$questions);
            script(&mut room).await;
            let end = room.in_the_end().await;
            let outcome = format!("{end}\n{}", room.turns());
            drop(room);
            fresh.remove().await;
            outcome
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn sqlite() {
            let kind = outcome(Fresh::sqlite(), World::Kind).await;
            for world in [World::Twice, World::Crashes] {
                same(&kind, &outcome(Fresh::sqlite(), world).await, world);
            }
        }

        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn postgres() {
            let Some(fresh) = Fresh::postgres().await else { return };
            let kind = outcome(fresh, World::Kind).await;
            for world in [World::Twice, World::Crashes] {
                let fresh = Fresh::postgres().await.expect("there was one before");
                same(&kind, &outcome(fresh, world).await, world);
            }
        }
    })* };
}

/// The outcomes are the same; otherwise the first line that isn't is named.
fn same(kind: &str, other: &str, world: World) {
    let differs = kind.lines().zip(other.lines()).position(|(kind, other)| kind != other);
    if let Some(line) = differs {
        let around = |text: &str| text.lines().skip(line.saturating_sub(6)).take(12).collect::<Vec<_>>().join("\n");
        panic!("in {world:?} it comes out otherwise from line {line} on:\n{}\n--- instead of ---\n{}", around(other), around(kind));
    }
    assert_eq!(kind.lines().count(), other.lines().count(), "{world:?} ends early or goes on");
}

in_every_world! {
    /// A day from its setup to late answers.
    async fn a_day(room asks ["what-is-a-mesh"]) {
        room.says("lea", "/istio setup").await;
        room.presses("lea", "Start").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", "it's a layer of proxies").await;
        room.says("ana", "between the services").await;
        room.says("ben", "lol").await;
        room.says("ben", "no idea").await;
        room.presses("ben", "Hint").await;
        room.wait(90).await;
        room.says("ben", "a library in each service").await;
        room.answers_privately("cleo", "Answer privately", MESH).await;
        room.presses("ana", "My grade").await;
        room.presses("ana", "Try again").await;
        room.says("ana", MESH).await;
        room.says("ana", "/istio share on").await;
        room.at("2026-11-25T08:00").await;
        room.says("dan", "sidecar beside every service, mTLS between services").await;
        room.presses("dan", "My grade").await;
        room.says("ana", "/istio leaderboard week").await;
        room.says("ana", "/istio share off").await;
        assert!(room.turns().contains("rank") || room.turns().contains("Rank"));
    }

    /// Edits and deletions, before and after the breakdown was read, and after the close.
    async fn second_thoughts(room asks ["what-is-a-mesh"]) {
        room.says("lea", "/istio setup 9:00 start").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", "a library in each service").await;
        room.edits("ana", "a layer of proxies").await;
        room.says("ben", MESH).await;
        room.deletes("ben").await;
        room.wait(90).await;
        room.says("ben", "a proxy next to each service").await;
        room.presses("ana", "My grade").await;
        room.edits("ana", MESH).await;
        room.presses("ana", "My grade").await;
        room.says("cleo", "layer of proxies").await;
        room.presses("cleo", "My grade").await;
        room.deletes("cleo").await;
        room.at("2026-11-25T08:00").await;
        room.edits("ben", MESH).await;
        room.deletes("ana").await;
    }

    /// A chat in which nothing typed can be read.
    async fn an_unread_day(room asks ["what-is-a-mesh"]) {
        room.can(super::super::abilities::unread());
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", MESH).await;
        room.answers_privately("ana", "Answer privately", MESH).await;
        room.presses("ana", "My grade").await;
        room.at("2026-11-25T08:00").await;
    }

    /// A channel that is silenced and mended, a thread and then the channel that are deleted.
    async fn troubles(room asks ALL) {
        let (silenced, gone) = (super::super::trouble::SILENCED, super::super::trouble::GONE);
        room.go_to("leads");
        room.says("lea", "/istio setup notices").await;
        room.go_to("mesh");
        room.says("lea", "/istio setup start").await;
        room.silences("mesh", silenced);
        room.at("2026-11-24T10:00").await;
        room.says("lea", "/istio schedule show").await;
        room.mends("mesh").await;
        room.says("ana", "layer of proxies, weights split traffic, mtls for services, edge of mesh").await;
        room.at("2026-11-25T08:30").await;
        room.silences("mesh", silenced);
        room.at("2026-11-27T08:30").await;
        room.opens("mesh");
        room.at("2026-11-27T10:00").await;
        let thread = room.place().thread.unwrap();
        room.loses(&thread, gone);
        room.answers_privately("ben", "Answer privately", "layer of proxies, weights split traffic, mtls for services").await;
        room.at("2026-11-30T08:00").await;
        room.loses("mesh", gone);
        room.at("2026-12-01T12:00").await;
        room.go_to("ops");
        room.says("lea", "/istio setup start").await;
        room.at("2026-12-02T12:00").await;
        room.says("ana", "/istio me").await;
    }

    /// A question of which nobody can tell whether it was posted.
    async fn unclear(room asks ["what-is-a-mesh"]) {
        room.says("lea", "/istio setup start").await;
        room.loses_track("mesh");
        room.at("2026-11-24T09:00").await;
        room.opens("mesh");
        room.says("lea", "/istio schedule show").await;
        let again = room.button("lea", "Post again");
        room.presses_id("lea", &again).await;
        room.presses_id("lea", &again).await;
        room.says("ana", MESH).await;
        room.at("2026-11-25T08:00").await;
    }

    /// Somebody alone with the bot.
    async fn direct_messages(room asks ALL) {
        room.visit("dm:id-ana");
        room.says("ana", "/istio challenge").await;
        room.says("ana", "/istio quiz 2").await;
        room.whispers("ana", "layer of proxies, weights split traffic, mtls for services, edge of mesh").await;
        room.whispers("ana", "skip").await;
        room.says("ana", "/istio me").await;
    }

    /// A quiz with everything that can be pressed and typed in it.
    async fn a_quiz(room asks ALL) {
        room.says("ana", "/istio quiz 4").await;
        room.says("ana", "/istio hint").await;
        room.answers_privately("ana", "Answer", "layer of proxies, weights split traffic, mtls for services, edge of mesh").await;
        room.whispers("ana", "encrypts traffic, step by step, jwt for users, virtualservice routes traffic").await;
        room.presses("ana", "Skip").await;
        room.whispers("ana", "no idea").await;
        room.presses("ana", "Hint").await;
        room.presses("ana", "Hint").await;
        room.presses("ana", "Show it").await;
        room.says("ana", "/istio show").await;
        room.restart();
        room.wait(31 * 60).await;
        room.says("ana", "/istio resume").await;
        room.presses("ana", "Stop").await;
        room.says("ana", "/istio leaderboard practice").await;
        room.says("ana", "/istio me").await;
    }

    /// An interview with everything that can be pressed and typed in it, over a restart, a pause and half an hour of quiet.
    async fn an_interview(room asks ["what-is-a-mesh", "mid-fundamentals-1", "canary", "gateway", "jwt-or-mtls", "junior-project-1"]) {
        room.says("ana", "/istio interview 40").await;
        room.says("ana", "/istio hint").await;
        room.answers_privately("ana", "Answer", "layer of proxies").await;
        room.presses("ana", "Pause").await;
        room.presses("ana", "Resume").await;
        room.whispers("ana", "no idea").await;
        room.restart();
        room.says("ana", "/istio show").await;
        room.answers_privately("ana", "Answer", EVERYTHING).await;
        room.whispers("ana", "lol").await;
        room.whispers("ana", "pause").await;
        room.says("ana", "/istio quiz").await;
        room.wait(31 * 60).await;
        room.whispers("ana", "resume").await;
        room.whispers("ana", "weights split traffic").await;
        let probe = format!("{}.probe", room.button("ana", "Answer"));
        room.wait(31 * 60).await;
        room.submits("ana", &probe, &[("answer", "step by step")]).await;
        room.submits("ana", &probe, &[("answer", "step by step")]).await;
        room.presses("ana", "Skip").await;
        room.answers_privately("ana", "Answer", "JWT and mTLS do the same").await;
        room.whispers("ana", "skip").await;
        room.says("ana", "/istio stop").await;
        room.says("ana", "/istio leaderboard practice").await;
        room.says("ana", "/istio me").await;
        assert!(room.turns().contains("Interview over"));
    }

    /// Hints, paid for once however often the button is pressed.
    async fn hints(room asks ["what-is-a-mesh"]) {
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", "layer of proxies").await;
        room.presses("ana", "Hint").await;
        room.presses("ana", "Hint").await;
        let show = room.button("ana", "Show it");
        room.presses_id("ana", &show).await;
        room.presses_id("ana", &show).await;
        room.presses("ana", "My grade").await;
        room.at("2026-11-25T08:00").await;
        room.says("ana", "/istio leaderboard day").await;
    }

    /// The schedule changed, held, left out, posted by hand, over a weekend and holidays.
    async fn a_schedule(room asks ALL) {
        room.says("lea", "/istio setup").await;
        room.says("lea", "/istio setup 10:00 security traffic fundamentals").await;
        room.presses("lea", "Start").await;
        room.says("lea", "/istio schedule post").await;
        room.says("ana", MESH).await;
        room.says("lea", "/istio schedule post").await;
        room.says("lea", "/istio schedule skip").await;
        room.says("lea", "/istio schedule holidays 2026-11-26").await;
        room.at("2026-11-26T12:00").await;
        room.says("lea", "/istio schedule pause").await;
        room.at("2026-11-27T12:00").await;
        room.says("lea", "/istio schedule resume").await;
        room.at("2026-11-30T12:00").await;
        let form = room.button("lea", "Change").replace("setup-change", "setup");
        room.submits("lea", &form, &[("time", "14:00"), ("days", "mon-fri"), ("zone", "Europe/Berlin"), ("topics", "all")]).await;
        room.at("2026-12-01T15:00").await;
        room.says("lea", "/istio schedule show").await;
    }

    /// A queue that is filled, reordered, asked from and emptied.
    async fn a_queue(room asks ALL) {
        room.says("lea", "/istio setup start").await;
        room.says("lea", "/istio schedule queue gateway canary").await;
        room.says("lea", "/istio schedule queue canary").await;
        room.at("2026-11-24T10:00").await;
        room.says("lea", "/istio schedule queue").await;
        room.says("lea", "/istio schedule post").await;
        room.says("lea", "/istio schedule queue gateway canary").await;
        room.at("2026-11-25T10:00").await;
        room.says("lea", "/istio schedule queue what-is-a-mesh gateway").await;
        room.says("lea", "/istio schedule preview").await;
        room.says("lea", "/istio schedule queue clear").await;
        room.at("2026-11-26T10:00").await;
        room.says("lea", "/istio schedule queue").await;
        assert!(room.turns().contains("put first"));
    }

    /// A bad question, taken back from a daily, a quiz, one put aside, and a challenge.
    async fn a_bad_question(room asks ALL) {
        room.says("lea", "/istio setup start").await;
        room.says("lea", "/istio schedule queue gateway").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", "edge of mesh").await;
        room.says("lea", "/istio question retire gateway It has two answers.").await;
        room.says("lea", "/istio question retire gateway").await;
        room.says("lea", "/istio schedule post").await;
        room.says("lea", "/istio schedule pause").await;
        room.says("lea", "/istio question restore gateway").await;
        room.says("ana", "/istio quiz traffic 2").await;
        room.says("ben", "/istio quiz traffic 2").await;
        room.whispers("ben", "edge of mesh").await;
        room.wait(31 * 60).await;
        room.says("ana", "/istio resume").await;
        room.says("lea", "/istio question retire gateway").await;
        room.says("lea", "/istio question retire canary").await;
        room.says("ben", "/istio resume").await;
        room.says("cleo", "/istio challenge 3 1").await;
        room.says("cleo", "/istio challenge join").await;
        room.says("cleo", "/istio challenge start").await;
        room.says("dan", "/istio interview").await;
        room.says("lea", "/istio question restore canary").await;
        room.says("dan", "/istio interview").await;
        room.whispers("dan", "weights split traffic").await;
        for id in ["what-is-a-mesh", "jwt-or-mtls", "canary"] {
            room.says("lea", &format!("/istio question retire {id}")).await;
        }
        for open in ["open in 1 daily,", "open in 2 quizzes,", "open in 1 challenge,"] {
            assert!(room.turns().contains(open), "{open} {}", room.turns());
        }
    }

    /// Answers taken out, a name cleared, a mute that begins and ends.
    async fn a_moderated_day(room asks ["what-is-a-mesh"]) {
        room.says("lea", "/istio setup grades=thread start").await;
        room.at("2026-11-24T09:00").await;
        for who in ["ana", "ben", "cleo"] {
            room.says(who, "/istio share on").await;
        }
        room.says("ana", "/istio alias Rude Word").await;
        room.says("ana", "a layer of proxies").await;
        room.says("lea", "/istio moderate withdraw ana").await;
        room.says("lea", "/istio moderate alias ana").await;
        room.presses("ana", "Try again").await;
        room.says("ana", MESH).await;
        room.says("ben", "a layer of proxies which encrypts traffic").await;
        room.says("lea", "/istio moderate mute ben").await;
        room.says("ben", "answer: more words about proxies").await;
        room.edits("ben", "a layer of proxies").await;
        room.answers_privately("cleo", "Answer privately", MESH).await;
        room.at("2026-11-25T08:00").await;
        room.says("lea", "/istio moderate withdraw cleo").await;
        room.says("lea", "/istio moderate withdraw cleo").await;
        room.says("lea", "/istio moderate mute ben off").await;
        room.wait(30).await;
        room.says("ana", "/istio leaderboard day").await;
        assert!(room.turns().contains("is taken out already"));
    }

    /// A member leaves and comes back.
    async fn a_farewell(room asks ["what-is-a-mesh"]) {
        room.says("lea", "/istio setup grades=thread start").await;
        room.says("ana", "/istio share on").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", MESH).await;
        room.says("ben", "a layer of proxies").await;
        room.at("2026-11-25T08:00").await;
        room.says("ana", "/istio privacy delete").await;
        room.presses("ana", "Forget me").await;
        room.says("ana", "/istio me").await;
        room.says("ben", "/istio leaderboard").await;
    }

    /// A challenge to its podium, with somebody who comes late, an answer that comes late, and a restart.
    async fn a_challenge(room asks ALL) {
        room.says("ana", "/istio challenge 3 2").await;
        room.presses("ana", "Start").await;
        room.presses("ana", "Join").await;
        room.presses("ben", "Join").await;
        room.presses("ben", "Join").await;
        room.presses("ben", "Start").await;
        room.presses("ana", "Start").await;
        room.restart();
        room.presses("cleo", "Answer").await;
        let last = room.button("cleo", "Join");
        room.presses_id("cleo", &last).await;
        room.answers_privately("ana", "Answer", EVERYTHING).await;
        room.answers_privately("ben", "Answer", "layer of proxies, mtls, weights, edge of mesh").await;
        room.answers_privately("ben", "Answer", EVERYTHING).await;
        let first = room.button("ben", "Answer");
        room.wait(130).await;
        room.submits("ben", &first, &[("answer", "an answer that comes after the close of its question")]).await;
        room.answers_privately("cleo", "Answer", "mtls for services, virtualservice routes traffic").await;
        room.wait(125).await;
        room.answers_privately("ana", "Answer", "no idea").await;
        room.presses_id("ana", &first.replace("answer", "grade")).await;
        room.wait(125).await;
        room.says("ben", "/istio share on").await;
        room.says("ana", "/istio leaderboard day").await;
        assert!(room.turns().contains("You are in, from the next question on."));
    }

    /// Challenges that nobody starts, that are stopped, and that nobody answers.
    async fn challenges_that_end_early(room asks ALL) {
        room.says("ana", "/istio challenge").await;
        room.wait(31 * 60).await;
        room.says("ana", "/istio challenge security").await;
        room.says("ben", "/istio challenge join").await;
        room.says("lea", "/istio challenge start").await;
        room.answers_privately("ben", "Answer", "mtls for services").await;
        room.says("lea", "/istio challenge stop").await;
        room.says("ana", "/istio challenge traffic 2 1").await;
        room.says("ben", "/istio challenge join").await;
        room.says("ana", "/istio challenge start").await;
        room.wait(70).await;
        room.says("ben", "/istio privacy delete confirm").await;
    }
}
