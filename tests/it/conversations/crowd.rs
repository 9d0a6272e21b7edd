//! Many at once, and two teams apart.

use super::*;
use meshdrill::message::What;

both! {
    /// Ten members answer at once, each twice delivered by two programs; everybody counts once.
    async fn ten_at_once(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh"]);
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-24T09:00").await;
        room.heard();
        let (place, now) = (room.place(), room.now());
        let programs: Vec<_> = (0..2).map(|n| std::sync::Arc::new(room.program(50 + n))).collect();
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..10_u64 {
            let what = What::Message { id: format!("m{n}"), text: MESH.into(), reply_to: None };
            let mut event = room.made(&format!("member-{n}"), what, place.clone(), now);
            event.delivery = format!("crowd-{n}");
            for program in &programs {
                let (program, event) = (program.clone(), event.clone());
                tasks.spawn(async move { program.handle(&event, now).await });
            }
        }
        for outcome in tasks.join_all().await {
            outcome.unwrap();
        }
        room.wait(20).await;
        let heard = room.heard();
        assert!(heard.contains("10 answered."), "{heard}");
        assert_eq!(heard.matches("(Graded)").count(), 10, "{heard}");
        let standing = room.standing().await;
        assert_eq!(standing.lines().filter(|line| line.ends_with(": 1000 in 1")).count(), 10, "{standing}");
    }

    /// One member's many presses and messages at once come to what they come to one after the other.
    async fn one_in_a_hurry(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh"]);
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", "a layer of proxies").await;
        room.presses("ana", "Hint").await;
        room.presses("ana", "Hint").await;
        let show = room.button("ana", "Show it");
        let (place, now) = (room.place(), room.now());
        let program = std::sync::Arc::new(room.program(50));
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..8 {
            let mut event = room.made("ana", What::Press { button: show.clone() }, place.clone(), now);
            event.delivery = format!("press-{n}");
            let program = program.clone();
            tasks.spawn(async move { program.handle(&event, now).await });
        }
        for outcome in tasks.join_all().await {
            outcome.unwrap();
        }
        assert_eq!(room.standing().await, "daily 2026-11-24 ana: 500 in 1\n", "one hint was bought");
    }

    /// Two teams with the same ids and names know nothing of each other.
    async fn two_teams(db: Db) {
        let mut room = Room::new(db, World::Kind, &["what-is-a-mesh"]);
        room.says("lea", "/istio setup grades=thread start").await;
        room.visit("others");
        room.says("lea", "/istio setup start").await;
        room.at("2026-11-24T09:00").await;
        room.says("ana", "a layer of proxies").await;
        room.says("ana", "/istio alias Mesh Fan").await;
        room.visit("team");
        room.says("ana", MESH).await;
        room.says("ana", "/istio share on").await;
        room.heard();
        let theirs = room.button("ana", "Answer privately");
        room.says("ben", "/istio alias Mesh Fan").await;
        room.says("ana", "/istio leaderboard").await;
        room.visit("others");
        room.says("ana", "/istio leaderboard").await;
        room.presses_id("ana", &theirs).await;
        room.presses_id("ana", &theirs.replace("answer", "grade")).await;
        room.says("ana", "/istio privacy export").await;
        room.says("ana", "/istio privacy delete confirm").await;
        hears!(room, @r#"
        ben: /istio alias Mesh Fan
          (to ben)
          Boards call you Mesh Fan now.
        ana: /istio leaderboard
          (to ana)
          Leaderboard, this week
            Name  Rank  Points  Answers
            ana      1      10        1
        ana: /istio leaderboard
          (to ana)
          Leaderboard, this week
            Name      Rank  Points  Answers
            Mesh Fan     1       6        1
        ana presses answer.01a20c91a0007000b42c992548396487
          (to ana)
          That question isn't here any more; it counts for nobody.
        ana presses grade.01a20c91a0007000b42c992548396487
          (to ana)
          That question isn't here any more; it counts for nobody.
        ana: /istio privacy export
          (to ana)
          All that is kept about you
            {
              "answers": [
                {
                  "attempts": [
                    {
                      "at": "2026-11-24T08:00:00Z",
                      "grade": {
                        "misconceptions": [],
                        "note": null,
                        "points": 600,
                        "range": [
                          600,
                          600
                        ],
                        "verdicts": [
                          {
                            "criterion": "first",
                            "points": 600,
                            "quotes": [
                              "layer of proxies"
                            ],
                            "verdict": "made"
                          },
                          {
                            "criterion": "second",
                            "points": 0,
                            "quotes": [],
                            "verdict": "missed"
                          }
                        ]
                      },
                      "late": false,
                      "messages": [
                        "ana-2"
                      ],
                      "number": 1,
                      "text": "a layer of proxies",
                      "withdrawn": false
                    }
                  ],
                  "date": "2026-11-24",
                  "hints": 0,
                  "kind": "daily",
                  "points": 600,
                  "question": "what-is-a-mesh",
                  "taken_out": []
                }
              ],
              "away": [],
              "challenges": [],
              "learned": [],
              "messages": [
                {
                  "deleted": null,
                  "message": "ana-2",
                  "question": "what-is-a-mesh",
                  "versions": [
                    [
                      "2026-11-24T08:00:00Z",
                      "a layer of proxies"
                    ]
                  ]
                }
              ],
              "you": {
                "alias": "Mesh Fan",
                "hidden": false,
                "id": "id-ana",
                "lead": false,
                "muted": false,
                "name": "ana",
                "reviewer": false,
                "shares": false,
                "since": "2026-11-24T08:00:00Z",
                "zone": "Europe/Berlin"
              }
            }
          Points are in hundredths. /istio privacy delete forgets it all.
        ana: /istio privacy delete confirm
          (to ana)
          Done: nothing about you is kept here any more. If you write to me again, we start anew.
          ((thread 2), updated)
          Nobody has answered yet.
        "#);
        room.visit("team");
        assert_eq!(room.standing().await, "daily 2026-11-24 ana: 1000 in 1\n");
    }
}
