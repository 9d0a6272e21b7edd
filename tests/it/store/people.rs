//! Workspaces and members are made once, and forgotten whole.

use super::{Team, at, at_once, daily, day, id, person, question, two};
use crate::databases::{Fresh, both};
use meshdrill::message::{Card, Home, Person, Speech, Turn};
use meshdrill::store::Db;
use meshdrill::store::answers::Counted;
use meshdrill::store::answers::Words;
use meshdrill::store::boards::Span;
use meshdrill::store::outbox::{LANE_ANSWERS, Saying, Verb};
use meshdrill::store::quizzes::{Mastery, Quiz, Wanted};

fn home() -> Home {
    Home { platform: "local".into(), id: "new".into() }
}

both! {
    async fn a_workspace_and_a_member_are_made_once(fresh: Fresh) {
        let dbs = two(&fresh).await;
        let came = at_once(&dbs, |db, n| async move {
            let mut tx = db.begin().await.unwrap();
            let workspace = tx.workspace(&home(), id(10 + n), "UTC", at(0)).await.unwrap();
            let member = tx.member(workspace.id, &person("u1"), id(20 + n), at(0)).await.unwrap();
            tx.commit().await.unwrap();
            (workspace.id, member.id)
        })
        .await;
        assert!(came.iter().all(|it| *it == came[0]), "{came:?}");
        let mut tx = dbs[0].begin().await.unwrap();
        assert_eq!(Some(came[0].0), tx.known_workspace(&home()).await.unwrap().map(|known| known.id));
        assert!(tx.known_workspace(&Home { platform: "discord".into(), ..home() }).await.unwrap().is_none());
        assert_eq!(1, tx.members(came[0].0).await.unwrap().len());
    }

    async fn a_workspace_keeps_its_zone_until_it_is_set(db: Db) {
        let mut tx = db.begin().await.unwrap();
        tx.workspace(&home(), id(1), "Asia/Tokyo", at(0)).await.unwrap();
        assert_eq!("Asia/Tokyo", tx.workspace(&home(), id(2), "UTC", at(9)).await.unwrap().zone);
        tx.set_workspace_zone(id(1), "Europe/Berlin").await.unwrap();
        assert_eq!("Europe/Berlin", tx.workspace_by_id(id(1)).await.unwrap().zone);
    }

    async fn a_member_follows_the_platform_and_keeps_what_they_chose(db: Db) {
        let team = Team::new(&db, 1).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        let mut tx = db.begin().await.unwrap();
        let new = tx.member(workspace, &person("u0"), id(99), at(1)).await.unwrap();
        assert_eq!((member, None, None, false, false, false, false), (new.id, new.alias, new.zone, new.lead, new.reviewer, new.hidden, new.shares));
        tx.set_alias(workspace, member, Some("Ünal “Öz” 🦀")).await.unwrap();
        tx.set_hidden(workspace, member, true).await.unwrap();
        tx.set_shares(workspace, member, true).await.unwrap();
        tx.set_roles(workspace, member, true, true).await.unwrap();
        assert!(!new.muted);
        tx.set_muted(workspace, member, true).await.unwrap();
        let renamed = Person { name: "O'Neil".into(), zone: Some("Asia/Tokyo".into()), ..person("u0") };
        tx.member(workspace, &renamed, id(99), at(2)).await.unwrap();
        // A platform that doesn't tell the zone doesn't take it away.
        let now = tx.member(workspace, &Person { zone: None, ..renamed }, id(99), at(3)).await.unwrap();
        assert_eq!((Some("Asia/Tokyo"), "O'Neil", "Ünal “Öz” 🦀"), (now.zone.as_deref(), now.name.as_str(), now.shown()));
        assert_eq!([true; 5], [now.lead, now.reviewer, now.hidden, now.shares, now.muted]);
        tx.set_alias(workspace, member, None).await.unwrap();
        assert_eq!("O'Neil", tx.members(workspace).await.unwrap()[0].shown());
        assert_eq!(at(0), *tx.member_since(workspace, member).await.unwrap().created_at);
    }

    async fn days_away_are_kept_in_order(db: Db) {
        let team = Team::new(&db, 2).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        let mut tx = db.begin().await.unwrap();
        tx.add_away(workspace, member, day(20), day(22)).await.unwrap();
        tx.add_away(workspace, member, day(3), day(3)).await.unwrap();
        tx.add_away(workspace, member, day(20), day(25)).await.unwrap();
        let days: Vec<_> = tx.aways(workspace, member).await.unwrap().iter().map(|away| (*away.first_day, *away.last_day)).collect();
        assert_eq!(vec![(day(3), day(3)), (day(20), day(25))], days);
        assert!(tx.aways(workspace, team.members[1]).await.unwrap().is_empty());
    }

    async fn whoever_is_forgotten_leaves_nothing_and_takes_nothing_from_others(db: Db) {
        let team = Team::new(&db, 2).await;
        let (workspace, [gone, stays]) = (team.workspace, [team.members[0], team.members[1]]);
        let mut tx = db.begin().await.unwrap();
        let round = team.round(&mut tx, 500).await;
        for (n, member) in [gone, stays].into_iter().enumerate() {
            let n = n as u128;
            tx.receive(workspace, &format!("d{n}"), at(0)).await.unwrap();
            tx.answered(workspace, &format!("d{n}"), member, &Turn::Private(Card::says("a secret"))).await.unwrap();
            tx.keep_message(workspace, round, &Words { id: &format!("m{n}"), member, via: "thread", reply_to: None, at: at(1), text: "my words", edit: false }).await.unwrap();
            let mut part = tx.lock_participation(workspace, round, member).await.unwrap();
            (part.answered, part.points, part.counted_board, part.counted_day) = (true, 700, Some("daily".into()), Some(day(24).into()));
            tx.save_participation(workspace, round, &part).await.unwrap();
            tx.count(workspace, Counted { board: "daily", pack: "istio", day: day(24), topic: &question(0).topic, member }, 700, 1).await.unwrap();
            tx.add_away(workspace, member, day(1), day(2)).await.unwrap();
            let quiz = Quiz {
                id: id(600 + n), member_id: member, pack: "istio".into(), wanted: Wanted { count: 3, ..Wanted::default() }, seed: 1,
                kind: "quiz".into(), minutes: None, spent: 0,
                state: "open".into(), round_id: None, stage: "answer".into(), channel: "@".into(), started_at: at(0).into(), last_at: at(0).into(),
            };
            tx.start_quiz(workspace, &quiz).await.unwrap();
            let asked = question(0);
            assert!(tx.open_round(workspace, &meshdrill::store::rounds::NewRound { kind: "quiz", quiz: Some(quiz.id), ..daily(id(700 + n), &asked) }).await.unwrap());
            tx.save_mastery(workspace, member, "istio", &Mastery { question_id: "q".into(), memory: 1, due_at: at(0), points: 5 }).await.unwrap();
            let saying = Saying {
                about: format!("reply:{n}"), channel: "mesh".into(), thread: None, audience: Some(format!("u{n}")), round: None, verb: Verb::Post, on_row: None,
                on_message: None, lane: LANE_ANSWERS, speech: Speech::Card(Card::says("yours")), not_before: at(0), expires: None,
            };
            tx.say(workspace, id(800 + n), &saying).await.unwrap();
        }
        assert_eq!((1, 2), (tx.kept_messages(workspace, gone).await.unwrap().len(), tx.participations(workspace, round).await.unwrap().len()));
        tx.forget_member(workspace, gone, "u0").await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = db.begin().await.unwrap();
        assert!(tx.kept_messages(workspace, gone).await.unwrap().is_empty());
        assert!(tx.kept_answers(workspace, gone).await.unwrap().is_empty());
        assert!(tx.mastery::<i32>(workspace, gone, "istio").await.unwrap().is_empty());
        assert!(tx.aways(workspace, gone).await.unwrap().is_empty());
        assert!(tx.lock_quiz(workspace, gone).await.unwrap().is_none());
        assert!(tx.round(workspace, id(700)).await.unwrap().is_none(), "a quiz's rounds go with it");
        assert_eq!(Some(Turn::None), tx.receive(workspace, "d0", at(9)).await.unwrap(), "known, but with nothing in it");
        assert!(tx.said_about(workspace, "reply:0").await.unwrap().is_none());
        assert_eq!(vec![stays], tx.members(workspace).await.unwrap().iter().map(|member| member.id).collect::<Vec<_>>());

        let span = Span { board: "daily", pack: "istio", from: day(1), to: day(30), topic: None };
        let totals = tx.totals(workspace, &span).await.unwrap();
        assert_eq!(vec![(stays, 700, 1)], totals.iter().map(|total| (total.member_id, total.points, total.answers)).collect::<Vec<_>>());
        assert_eq!(tx.day_totals(workspace, "istio").await.unwrap(), tx.day_totals_recomputed(workspace, "istio").await.unwrap());
        assert_eq!("my words", tx.kept_messages(workspace, stays).await.unwrap()[0].versions[0].1);
        assert_eq!(2, tx.kept_answers(workspace, stays).await.unwrap().len() + tx.mastery::<i32>(workspace, stays, "istio").await.unwrap().len());
        assert!(tx.lock_quiz(workspace, stays).await.unwrap().is_some() && tx.round(workspace, id(701)).await.unwrap().is_some());
        assert_eq!(Some(Turn::Private(Card::says("a secret"))), tx.receive(workspace, "d1", at(9)).await.unwrap());
        assert!(tx.said_about(workspace, "reply:1").await.unwrap().is_some() && tx.aways(workspace, stays).await.unwrap().len() == 1);
    }
}
