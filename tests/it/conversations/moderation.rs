//! A lead takes an answer out, clears a name, mutes; whoever it is about is told kindly.

use super::challenge::EVERYTHING;
use super::*;

both! {
    /// An answer of an open question is taken out: its points go, its author is told, and may answer again.
    async fn while_it_is_open(db: Db) {
        let mut room = asked(db, "grades=thread").await;
        room.says("ana", "/istio share on").await;
        room.says("ana", MESH).await;
        room.says("ben", "a layer of proxies").await;
        room.wait(30).await;
        room.heard();
        room.says("ben", "/istio moderate withdraw ana").await;
        room.says("lea", "/istio moderate withdraw zoe").await;
        room.says("lea", "/istio moderate withdraw lea").await;
        room.says("lea", "/istio moderate withdraw @Ana").await;
        room.wait(30).await;
        room.says("lea", "/istio moderate withdraw ana").await;
        hears!(room, @"
        ben: /istio moderate withdraw ana
          (to ben)
          /istio moderate withdraw is for leads. /istio help lists what everybody can do.
        lea: /istio moderate withdraw zoe
          (to lea)
          I don't know anybody named “zoe” here yet. They are known once they have said something to me.
        lea: /istio moderate withdraw lea
          (to lea)
          I have no answer of lea here from the last week.
        lea: /istio moderate withdraw @Ana
          (to lea)
          ana's answer to “What is a service mesh?” is taken out: it isn't counted or quoted. They are told so. What
          they wrote in the thread stays there; that is yours to delete.
          (to ana)
          A lead took your answer to “What is a service mesh?” out, so it isn't counted or quoted; talk to them if you
          think it should be.
          You can answer again while the question is open.
          1 of 3 attempts used; the best counts.
          [Try again]
          ((thread 1), updated)
          A score was taken back.
          ((thread 1), updated)
          1 answered.
        lea: /istio moderate withdraw ana
          (to lea)
          ana's answer to “What is a service mesh?” is taken out already.
        ");
        assert_eq!(room.standing().await, "daily 2026-11-24 ben: 600 in 1\n");
        room.says("ana", "/istio grade").await;
        room.edits("ana", "it is a layer of proxies, so it encrypts traffic").await;
        room.says("ana", "/istio grade").await;
        hears!(room, @"
        ana: /istio grade
          (to ana)
          A lead took your answer out, so it earns no points.
          1 of 3 attempts used; the best counts.
          [Try again]
        ana changes that to: it is a layer of proxies, so it encrypts traffic
          (thread 1)
          ana: 10 of 10
        ana: /istio grade
          (to ana)
          Your grade: What is a service mesh?
          10 of 10. I found 2 of 2 points.
            made      A mesh is a layer of proxies between the services. (6 of 6)
                      You said “layer of proxies”.
            made      It brings encryption without code changes. (4 of 4)
                      You said “encrypts traffic”.
        ");
        room.says("lea", "/istio moderate withdraw ana").await;
        room.heard();
        room.says("ana", "answer: proxies form a layer that encrypts traffic").await;
        room.says("lea", "/istio moderate withdraw ana").await;
        room.says("ana", "answer: a layer of proxies").await;
        room.says("ana", "/istio grade").await;
        room.deletes("ana").await;
        hears!(room, @"
        ana: answer: proxies form a layer that encrypts traffic
          (Graded)
          (thread 1)
          ana: 10 of 10
        lea: /istio moderate withdraw ana
          (to lea)
          ana's answer to “What is a service mesh?” is taken out: it isn't counted or quoted. They are told so. What
          they wrote in the thread stays there; that is yours to delete.
          (to ana)
          A lead took your answer to “What is a service mesh?” out, so it isn't counted or quoted; talk to them if you
          think it should be.
          ((thread 1), updated)
          A score was taken back.
        ana: answer: a layer of proxies
          (to ana)
          You have used your three attempts, so this changes nothing. Your best one counts.
        ana: /istio grade
          (to ana)
          A lead took your answer out, so it earns no points.
        ana takes that back
        ");
        assert_eq!(room.standing().await, "daily 2026-11-24 ben: 600 in 1\n");
    }

    /// After the close the reveal is edited: nobody is quoted or counted whose answer was taken out.
    async fn after_the_close(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", "/istio share on").await;
        room.says("ben", "/istio share on").await;
        room.answers_privately("ana", "Answer privately", MESH).await;
        room.says("ben", "layer of proxies which encrypts traffic").await;
        room.at("2026-11-25T08:00").await;
        room.says("cleo", "late, but: a layer of proxies").await;
        room.wait(30).await;
        room.heard();
        room.says("lea", "/istio moderate withdraw cleo").await;
        room.says("lea", "/istio moderate withdraw ana").await;
        room.wait(30).await;
        hears!(room, @"
        lea: /istio moderate withdraw cleo
          (to lea)
          cleo's answer to “What is a service mesh?” doesn't count anyway.
        lea: /istio moderate withdraw ana
          (to lea)
          ana's answer to “What is a service mesh?” is taken out: it isn't counted or quoted. They are told so.
          ((thread 1), updated)
          1 answered.
          (to ana)
          A lead took your answer to “What is a service mesh?” out, so it isn't counted or quoted; talk to them if you
          think it should be.
          ((thread 1), updated)
          Closed: here is the answer
          What is a service mesh?
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          1 answer. How many made each point:
            - 1 of 1: A mesh is a layer of proxies between the services.
            - 1 of 1: It brings encryption without code changes.
          ben, 10 points:
            | layer of proxies which encrypts traffic
          Tuesday 24 November's board
            Name  Rank  Points  Answers
            ben      1      10        1
        ");
        assert_eq!(room.standing().await, "daily 2026-11-24 ben: 1000 in 1\n");
        room.says("ana", "/istio grade").await;
        room.edits("ben", "something else entirely, by proxies").await;
        assert!(!room.heard().contains("ana, 10 points"));
    }

    /// In a challenge the scoreboard and the podium follow.
    async fn in_a_challenge(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh"]);
        room.says("ana", "/istio challenge 1 1").await;
        for who in ["ana", "ben"] {
            room.presses(who, "Join").await;
        }
        room.presses("ana", "Start").await;
        room.answers_privately("ana", "Answer", EVERYTHING).await;
        room.answers_privately("ben", "Answer", "a layer of proxies").await;
        room.wait(70).await;
        room.heard();
        room.says("lea", "/istio moderate withdraw ana").await;
        room.wait(10).await;
        hears!(room, @"
        lea: /istio moderate withdraw ana
          (to lea)
          ana's answer to “What is a service mesh?” is taken out: it isn't counted or quoted. They are told so.
          (to ana)
          A lead took your answer to “What is a service mesh?” out, so it isn't counted or quoted; talk to them if you
          think it should be.
          ((#mesh), updated)
          Question 1 of 1
          What is a service mesh?
          Fundamentals, junior. Closed with 1 answer.
          [My grade]
          ((#mesh), updated)
          The podium
            - First: ben, 6 points in 1 answer
          Also played: ana (0).
          The answer is in the thread. These points count on today's board.
          ((thread 1), updated)
          Question 1 of 1
          What is a service mesh?
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          1 answer. How many made each point:
            - 1 of 1: A mesh is a layer of proxies between the services.
            - 0 of 1: It brings encryption without code changes.
          Most missed: It brings encryption without code changes. https://istio.io/latest/docs/second/
        ");
    }

    /// Names are looked up as people say them; where several go by one, they are told apart by id.
    async fn whom(db: Db) {
        let mut room = asked(db, "").await;
        room.called("ann", "Ana");
        for who in ["ana", "ann", "ben", "Benny"] {
            room.says(who, "a layer of proxies").await;
        }
        room.says("ben", "/istio alias Mesh Fan").await;
        room.heard();
        for who in ["ANA", "<@id-ann>", "mesh fan", "bemmy"] {
            room.says("lea", &format!("/istio moderate withdraw {who}")).await;
        }
        hears!(room, @"
        lea: /istio moderate withdraw ANA
          (to lea)
          Several people here are called ana. Name one by id: id-ana, id-ann.
        lea: /istio moderate withdraw <@id-ann>
          (to lea)
          Ana (2)'s answer to “What is a service mesh?” is taken out: it isn't counted or quoted. They are told so.
          What they wrote in the thread stays there; that is yours to delete.
          (to ann)
          A lead took your answer to “What is a service mesh?” out, so it isn't counted or quoted; talk to them if you
          think it should be.
          You can answer again while the question is open.
          1 of 3 attempts used; the best counts.
          [Try again]
        lea: /istio moderate withdraw mesh fan
          (to lea)
          Mesh Fan's answer to “What is a service mesh?” is taken out: it isn't counted or quoted. They are told so.
          What they wrote in the thread stays there; that is yours to delete.
          (to ben)
          A lead took your answer to “What is a service mesh?” out, so it isn't counted or quoted; talk to them if you
          think it should be.
          You can answer again while the question is open.
          1 of 3 attempts used; the best counts.
          [Try again]
        lea: /istio moderate withdraw bemmy
          (to lea)
          I don't know anybody named “bemmy” here yet. Did you mean Benny? They are known once they have said
          something to me.
          ((thread 1), updated)
          2 answered.
        ");
    }

    /// A name on boards is cleared, wherever it stands.
    async fn an_alias(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", "/istio share on").await;
        room.says("ana", "/istio alias Rude Word").await;
        room.says("ana", MESH).await;
        room.says("ben", "/istio me").await;
        room.at("2026-11-25T08:00").await;
        assert!(room.heard().contains("Rude Word, 10 points"));
        room.says("lea", "/istio moderate alias rude word").await;
        room.says("lea", "/istio moderate alias ana").await;
        room.says("lea", "/istio moderate alias").await;
        hears!(room, @"
        lea: /istio moderate alias rude word
          (to lea)
          Boards call them ana again. They are told so.
          (to ana)
          A lead cleared the name you chose for boards; they call you ana again. /istio alias NAME chooses another.
          ((thread 1), updated)
          Closed: here is the answer
          What is a service mesh?
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          1 answer. How many made each point:
            - 1 of 1: A mesh is a layer of proxies between the services.
            - 1 of 1: It brings encryption without code changes.
          ana, 10 points:
            | a layer of proxies between the services, it encrypts traffic
          Tuesday 24 November's board
            Name  Rank  Points  Answers
            ana      1      10        1
        lea: /istio moderate alias ana
          (to lea)
          ana goes by no other name on boards.
        lea: /istio moderate alias
          (to lea)
          Who? Type a name, such as: moderate alias Ana
        ");
    }

    /// A mute: nothing written in threads counts, nothing is quoted; what is private works, and it ends.
    async fn a_mute(db: Db) {
        let mut room = asked(db, "grades=thread").await;
        room.says("ana", "/istio share on").await;
        room.says("ana", "a layer of proxies").await;
        room.heard();
        room.says("ben", "/istio moderate mute ana").await;
        room.says("lea", "/istio moderate mute ana").await;
        room.says("lea", "/istio moderate mute ana").await;
        hears!(room, @"
        ben: /istio moderate mute ana
          (to ben)
          /istio moderate mute is for leads. /istio help lists what everybody can do.
        lea: /istio moderate mute ana
          (to lea)
          ana is muted: nothing they write in threads is an answer, and nothing is quoted. They are told so. /istio
          moderate mute ana off ends it.
          (to ana)
          A lead muted you here: what you write in questions' threads isn't taken as an answer, and nothing of yours
          is quoted. What is private works as ever: answering by button, /istio quiz, /istio me. If you think that is
          a mistake, talk to a lead.
          ((thread 1), updated)
          A score was taken back.
        lea: /istio moderate mute ana
          (to lea)
          ana is muted already.
        ");
        room.edits("ana", MESH).await;
        room.says("ana", &format!("answer: {MESH}")).await;
        room.says("ana", &"x".repeat(5000)).await;
        room.says("ana", "/istio alias Fan").await;
        room.says("ana", "/istio challenge").await;
        room.says("ana", "/istio again").await;
        let heard = room.heard();
        assert!(!heard.contains("Graded"), "{heard}");
        let said = heard.replace(&"x".repeat(5000), "xxx…");
        insta::allow_duplicates! { insta::assert_snapshot!(said, @"
        ana changes that to: a layer of proxies between the services, it encrypts traffic
        ana: answer: a layer of proxies between the services, it encrypts traffic
        ana: xxx…
        ana: /istio alias Fan
          (to ana)
          A lead muted you here, so your name on boards stays as it is. Talk to a lead if you think that is a mistake.
        ana: /istio challenge
          (to ana)
          A lead muted you here, so you can't open a challenge. You can join others', and what is private works as
          ever.
        ana: /istio again
          (to ana)
          What you answer next is another attempt; the best one counts.
          [Answer privately]
        ") }
        room.answers_privately("ana", "Answer privately", MESH).await;
        room.says("cleo", "/istio share on").await;
        room.says("cleo", "layer of proxies, encrypts traffic").await;
        room.at("2026-11-25T08:00").await;
        let heard = room.heard();
        assert!(heard.contains("cleo, 10 points:") && !heard.contains("ana, 10 points:"), "{heard}");
        room.says("lea", "/istio moderate mute ana off").await;
        room.says("lea", "/istio moderate mute ana off").await;
        room.wait(30).await;
        hears!(room, @"
        lea: /istio moderate mute ana off
          (to lea)
          ana isn't muted any more. They are told so.
          (to ana)
          You aren't muted any more: what you write in questions' threads is taken as an answer again.
          ((thread 1), updated)
          Closed: here is the answer
          What is a service mesh?
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          2 answers. How many made each point:
            - 2 of 2: A mesh is a layer of proxies between the services.
            - 2 of 2: It brings encryption without code changes.
          ana, 10 points:
            | a layer of proxies between the services, it encrypts traffic
          cleo, 10 points:
            | layer of proxies, encrypts traffic
          Tuesday 24 November's board
            Name  Rank  Points  Answers
            ana      1      10        1
            cleo     1      10        1
        lea: /istio moderate mute ana off
          (to lea)
          ana isn't muted.
        ");
    }

    /// A lead isn't muted, and whoever is made one isn't any more.
    async fn leads(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", "/istio me").await;
        room.says("ben", "/istio me").await;
        room.says("lea", "/istio setup lead ana").await;
        room.heard();
        room.says("lea", "/istio moderate mute lea").await;
        room.says("lea", "/istio moderate mute ana").await;
        room.says("ana", "/istio moderate mute ben").await;
        room.says("ben", "a layer of proxies").await;
        room.says("ana", "/istio setup lead ben").await;
        room.says("ben", "a layer of proxies").await;
        room.says("ben", "/istio moderate mute ben").await;
        hears!(room, @"
        lea: /istio moderate mute lea
          (to lea)
          You are a lead, and leads aren't muted.
        lea: /istio moderate mute ana
          (to lea)
          ana is a lead here, and leads aren't muted. /istio setup lead ana off comes first.
        ana: /istio moderate mute ben
          (to ana)
          ben is muted: nothing they write in threads is an answer, and nothing is quoted. They are told so. /istio
          moderate mute ben off ends it.
          (to ben)
          A lead muted you here: what you write in questions' threads isn't taken as an answer, and nothing of yours
          is quoted. What is private works as ever: answering by button, /istio quiz, /istio me. If you think that is
          a mistake, talk to a lead.
        ben: a layer of proxies
        ana: /istio setup lead ben
          (to ana)
          ben is now a lead.
        ben: a layer of proxies
          (Graded)
          (thread 1)
          1 answered.
        ben: /istio moderate mute ben
          (to ben)
          You are a lead, and leads aren't muted.
        ");
        // Whom the platform makes a lead is known only when they speak: they aren't muted then.
        room.says("ana", "/istio moderate mute lea").await;
        room.heard();
        room.says("lea", MESH).await;
        hears!(room, @"
        lea: a layer of proxies between the services, it encrypts traffic
          (Graded)
        ");
    }
}
