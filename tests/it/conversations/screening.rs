//! What people call themselves and write, where others read it: nothing passes for somebody else, and nothing acts on the page.

use super::challenge::EVERYTHING;
use super::*;

both! {
    /// Members whose names look alike are told apart wherever they stand; whoever was known first keeps theirs.
    async fn look_alikes(db: Db) {
        let mut room = asked(db, "grades=thread").await;
        room.called("eve", "Аnа");
        room.called("zed", "a\u{200b}n\u{2060}a");
        for who in ["ana", "eve", "zed"] {
            room.says(who, "/istio share on").await;
        }
        room.says("ana", "a layer of proxies").await;
        room.says("eve", MESH).await;
        room.says("zed", "a layer of proxies which encrypts traffic").await;
        room.heard();
        room.says("ana", "/istio leaderboard today").await;
        room.says("lea", "/istio moderate alias Аnа (2)").await;
        room.says("lea", "/istio moderate mute ana (3)").await;
        room.at("2026-11-25T08:00").await;
        hears!(room, @"
        ana: /istio leaderboard today
          (to ana)
          Leaderboard, today
            Name     Rank  Points  Answers
            ana (3)     1      10        1
            Аnа (2)     1      10        1
            ana         3       6        1
        lea: /istio moderate alias Аnа (2)
          (to lea)
          Аnа (2) goes by no other name on boards.
        lea: /istio moderate mute ana (3)
          (to lea)
          ana (3) is muted: nothing they write in threads is an answer, and nothing is quoted. They are told so.
          /istio moderate mute ana (3) off ends it.
          (to zed)
          A lead muted you here: what you write in questions' threads isn't taken as an answer, and nothing of yours
          is quoted. What is private works as ever: answering by button, /istio quiz, /istio me. If you think that is
          a mistake, talk to a lead.
          ((thread 1), updated)
          A score was taken back.
          ((thread 1), updated)
          3 answered.
          ((#mesh), updated)
          Istio question of Tuesday 24 November
          What is a service mesh?
          Fundamentals, junior. Closed; the reveal is in the thread.
          [My grade]
          (thread 1)
          Closed: here is the answer
          What is a service mesh?
          Model answer
            | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
            | metrics without a change of code.
          Sources: https://istio.io/latest/docs/. Checked against 1.31.
          3 answers. How many made each point:
            - 3 of 3: A mesh is a layer of proxies between the services.
            - 2 of 3: It brings encryption without code changes.
          Most missed: It brings encryption without code changes. https://istio.io/latest/docs/second/
          Аnа (2), 10 points:
            | a layer of proxies between the services, it encrypts traffic
          Tuesday 24 November's board
            Name     Rank  Points  Answers
            ana (3)     1      10        1
            Аnа (2)     1      10        1
            ana         3       6        1
        ");
    }

    /// In a challenge as well.
    async fn on_the_podium(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh"]);
        room.called("eve", "ANA\u{3164}");
        room.says("ana", "/istio challenge 1 1").await;
        for who in ["ana", "eve"] {
            room.presses(who, "Join").await;
        }
        room.presses("ana", "Start").await;
        for who in ["ana", "eve"] {
            room.answers_privately(who, "Answer", EVERYTHING).await;
        }
        room.heard();
        room.wait(70).await;
        hears!(room, @"
        ((#mesh), updated)
        Challenge: 1 question, 1 minute
        Joined: ana, ANA (2).
        It is over; the podium is below.
        ((#mesh), updated)
        Question 1 of 1
        What is a service mesh?
        Fundamentals, junior. Closed with 2 answers.
        [My grade]
        (#mesh)
        The podium
          - First: ana, 10 points in 1 answer
          - First: ANA (2), 10 points in 1 answer
        The answer is in the thread. These points count on today's board.
        (thread 1)
        Question 1 of 1
        What is a service mesh?
        Model answer
          | A layer of proxies that takes the traffic between services off their hands. It brings encryption and
          | metrics without a change of code.
        Sources: https://istio.io/latest/docs/. Checked against 1.31.
        2 answers. How many made each point:
          - 2 of 2: A mesh is a layer of proxies between the services.
          - 2 of 2: It brings encryption without code changes.
        ");
    }

    /// An alias that mixes alphabets or looks like somebody's name is refused; one in any alphabet is fine.
    async fn aliases(db: Db) {
        let mut room = asked(db, "").await;
        room.says("tom", "/istio me").await;
        room.heard();
        for alias in ["Tоm", "ТОМ", "t 0 m", "раypal", "Мария", "田中Taro", "\u{3164}\u{2800}", "Z\u{335}\u{335}\u{335}\u{335}\u{335}\u{335}algo", "`/istio`"] {
            room.says("ana", &format!("/istio alias {alias}")).await;
        }
        hears!(room, @"
        ana: /istio alias Tоm
          (to ana)
          That name mixes letters of several alphabets that look alike. Write it in one of them.
        ana: /istio alias ТОМ
          (to ana)
          Somebody here is already called ТОМ. Choose another name.
        ana: /istio alias t 0 m
          (to ana)
          Somebody here is already called t 0 m. Choose another name.
        ana: /istio alias раypal
          (to ana)
          That name mixes letters of several alphabets that look alike. Write it in one of them.
        ana: /istio alias Мария
          (to ana)
          Boards call you Мария now.
        ana: /istio alias 田中Taro
          (to ana)
          Boards call you 田中Taro now.
        ana: /istio alias ㅤ⠀
          (to ana)
          That name has no letters that can be shown. Choose another.
        ana: /istio alias Z̵̵̵̵̵̵algo
          (to ana)
          Boards call you Z̵̵̵̵algo now.
        ana: /istio alias `/istio`
          (to ana)
          Boards call you '/istio' now.
        ");
    }

    /// A quoted answer is words and nothing else.
    async fn quotes(db: Db) {
        let mut room = asked(db, "").await;
        room.says("ana", "/istio share on").await;
        let hostile = "a layer of prox\u{200b}ies\u{2067} between\u{2069} the services,\n\nit encrypts\u{335}\u{336}\u{337}\u{338}\u{334}\u{335} traffic \u{e0041}<script>alert(1)</script> [x](javascript:alert(1)) \u{3164}@everyone";
        room.says("ana", hostile).await;
        room.heard();
        room.at("2026-11-25T08:00").await;
        let heard = room.heard();
        let quote: Vec<&str> = heard.lines().skip_while(|line| !line.contains("ana, ")).take(4).collect();
        insta::allow_duplicates! { insta::assert_snapshot!(quote.join("\n"), @"
        ana, 10 points:
          | a layer of proxies between the services, it encrypts̵̶̷̸ traffic <script>alert(1)</script>
          | [x](javascript:alert(1)) @everyone
        Tuesday 24 November's board
        ") }
    }
}
