//! Each row is said once, by one sender at a time, and nothing that changed meanwhile is lost.

use super::{Team, at, at_once, id, two};
use crate::databases::{Fresh, both};
use jiff::Timestamp;
use meshdrill::message::{Card, Live, Speech};
use meshdrill::store::Db;
use meshdrill::store::outbox::{GivenUp, LANE_ANSWERS, LANE_BULK, Leased, Reach, Saying, Verb};
use uuid::Uuid;

fn saying(about: &str) -> Saying {
    Saying {
        about: about.into(),
        channel: "mesh".into(),
        thread: None,
        audience: None,
        round: None,
        verb: Verb::Post,
        on_row: None,
        on_message: None,
        lane: LANE_BULK,
        speech: Speech::Card(Card::says(about)),
        not_before: at(0),
        expires: None,
    }
}

async fn say(db: &Db, team: &Team, n: u128, saying: &Saying) {
    let mut tx = db.begin().await.unwrap();
    tx.say(team.workspace, id(n), saying).await.unwrap();
    tx.commit().await.unwrap();
}

async fn lease(db: &Db, now: i64) -> Vec<Leased> {
    let mut tx = db.begin().await.unwrap();
    let leased = tx.lease(Reach::of("local"), at(now), at(now + 60), 20).await.unwrap();
    tx.commit().await.unwrap();
    leased
}

async fn sent(db: &Db, row: &Leased, sent_id: &str, now: i64) {
    let mut tx = db.begin().await.unwrap();
    tx.sent(row, Some(sent_id), at(now)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn refresh(db: &Db, team: &Team, about: &str, not_before: Timestamp) -> bool {
    let mut tx = db.begin().await.unwrap();
    let changed = tx.refresh(team.workspace, about, not_before).await.unwrap();
    tx.commit().await.unwrap();
    changed
}

fn ids(rows: &[Leased]) -> Vec<Uuid> {
    rows.iter().map(|row| row.id).collect()
}

async fn states(db: &Db, team: &Team) -> Vec<String> {
    db.outbox(team.workspace).await.unwrap().into_iter().map(|said| said.state).collect()
}

both! {
    async fn the_same_said_twice_is_one_row(db: Db) {
        let team = Team::new(&db, 0).await;
        say(&db, &team, 1, &saying("daily")).await;
        say(&db, &team, 2, &saying("daily")).await;
        assert_eq!(vec![id(1)], ids(&lease(&db, 0).await));
        sent(&db, &lease(&db, 100).await[0], "m1", 100).await;
        say(&db, &team, 3, &saying("daily")).await;
        assert_eq!(vec!["sent"], states(&db, &team).await, "nor once it was sent");
        // Another workspace has its own.
        let other = Team::named(&db, "other", 0).await;
        say(&db, &other, 1, &saying("daily")).await;
        assert_eq!(1, lease(&db, 200).await.len());
    }

    async fn a_row_comes_back_as_it_was_said(db: Db) {
        let team = Team::new(&db, 0).await;
        let speech = Speech::Live(Live::Tally(id(77)));
        let whole = Saying {
            thread: Some("t".into()), audience: Some("u1".into()), round: Some(id(9)), verb: Verb::React, on_message: Some("m".into()), speech: speech.clone(),
            ..saying("all")
        };
        say(&db, &team, 1, &whole).await;
        let row = lease(&db, 0).await.remove(0);
        assert_eq!((team.workspace, id(1), "mesh", Verb::React), (row.workspace_id, row.id, row.channel.as_str(), row.verb()));
        assert_eq!((Some("t"), Some("u1"), Some("m")), (row.thread.as_deref(), row.audience.as_deref(), row.on_message.as_deref()));
        assert_eq!((speech, 1, 1, None), (row.speech, row.version, row.tries, row.parent_id));
    }

    async fn a_lease_is_one_senders_until_it_runs_out(db: Db) {
        let team = Team::new(&db, 0).await;
        say(&db, &team, 1, &saying("daily")).await;
        assert_eq!(1, lease(&db, 0).await[0].tries);
        assert!(lease(&db, 59).await.is_empty());
        let again = lease(&db, 60).await;
        assert_eq!(2, again[0].tries, "what became of the first is unclear");
        sent(&db, &again[0], "m1", 61).await;
        assert!(lease(&db, 1000).await.is_empty());
        let said = db.outbox(team.workspace).await.unwrap().remove(0);
        assert_eq!((Some("m1"), Some(at(61)), None), (said.sent_id.as_deref(), said.sent_at.map(|at| *at), said.reason));
    }

    async fn what_is_surely_not_sent_is_tried_anew(db: Db) {
        let team = Team::new(&db, 0).await;
        say(&db, &team, 1, &saying("daily")).await;
        let row = lease(&db, 0).await.remove(0);
        let mut tx = db.begin().await.unwrap();
        tx.try_later(&row, at(30)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(lease(&db, 29).await.is_empty());
        // Nobody needs to look for it: it isn't there.
        assert_eq!(1, lease(&db, 30).await[0].tries);
    }

    async fn late_news_of_a_lost_lease_changes_nothing(db: Db) {
        let team = Team::new(&db, 0).await;
        for n in 1..=3 {
            say(&db, &team, n, &saying(&n.to_string())).await;
        }
        let slow = lease(&db, 0).await;
        let quick = lease(&db, 60).await;
        sent(&db, &quick[0], "m1", 61).await;
        let mut tx = db.begin().await.unwrap();
        tx.try_later(&slow[0], at(70)).await.unwrap();
        tx.give_up(&slow[1], GivenUp::Failed, "no").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(vec!["sent", "leased", "leased"], states(&db, &team).await);
        // That it was sent is true whoever says so.
        sent(&db, &slow[2], "m3", 70).await;
        assert_eq!(vec!["sent", "leased", "sent"], states(&db, &team).await);
    }

    async fn what_is_given_up_says_why(db: Db) {
        let team = Team::new(&db, 0).await;
        for n in 1..=2 {
            say(&db, &team, n, &saying(&n.to_string())).await;
        }
        let rows = lease(&db, 0).await;
        let mut tx = db.begin().await.unwrap();
        tx.give_up(&rows[0], GivenUp::Failed, "no such channel").await.unwrap();
        tx.give_up(&rows[1], GivenUp::Unknown, "nobody can tell").await.unwrap();
        let failed = tx.said_about(team.workspace, "1").await.unwrap().unwrap();
        assert_eq!(("failed", Some("no such channel")), (failed.state.as_str(), failed.reason.as_deref()));
        assert!(tx.said_about(team.workspace, "none").await.unwrap().is_none());
        tx.commit().await.unwrap();
        assert!(lease(&db, 1000).await.is_empty());
        assert!(!refresh(&db, &team, "2", at(0)).await, "nor does a change bring it back");
        assert_eq!(vec!["failed", "unknown"], states(&db, &team).await);
    }

    async fn a_live_message_that_changes_while_it_is_sent_goes_again(db: Db) {
        let team = Team::new(&db, 0).await;
        say(&db, &team, 1, &saying("tally")).await;
        let first = lease(&db, 0).await.remove(0);
        assert!(refresh(&db, &team, "tally", at(500)).await);
        sent(&db, &first, "m1", 1).await;
        let second = lease(&db, 2).await.remove(0);
        assert_eq!((2, 1), (second.version, second.tries), "nothing about it is unclear");
        sent(&db, &second, "other", 3).await;
        assert!(lease(&db, 1000).await.is_empty());
        let said = db.outbox(team.workspace).await.unwrap().remove(0);
        assert_eq!(Some("m1"), said.sent_id.as_deref(), "it stays the message that it is");
    }

    async fn a_change_waits_for_its_time(db: Db) {
        let team = Team::new(&db, 0).await;
        say(&db, &team, 1, &saying("tally")).await;
        assert!(!refresh(&db, &team, "nothing", at(0)).await);
        sent(&db, &lease(&db, 0).await[0], "m1", 0).await;
        assert!(refresh(&db, &team, "tally", at(15)).await);
        // A change of what waits already doesn't put it off.
        assert!(refresh(&db, &team, "tally", at(29)).await);
        assert!(lease(&db, 14).await.is_empty());
        assert_eq!(3, lease(&db, 15).await[0].version);
    }

    async fn what_is_reworded_is_said_again_in_its_new_words(db: Db) {
        let team = Team::new(&db, 1).await;
        let score = format!("score:r1:{}:1", team.members[0]);
        say(&db, &team, 1, &saying(&score)).await;
        say(&db, &team, 2, &saying("score:r1:somebody:1")).await;
        for row in lease(&db, 0).await {
            sent(&db, &row, "m1", 0).await;
        }
        let mut tx = db.begin().await.unwrap();
        assert_eq!(vec![score.clone()], tx.scores_said(team.workspace, team.members[0]).await.unwrap());
        tx.reword(team.workspace, &score, &Speech::Card(Card::says("gone")), at(5)).await.unwrap();
        tx.reword(team.workspace, "nothing", &Speech::Card(Card::says("gone")), at(5)).await.unwrap();
        tx.commit().await.unwrap();
        let again = lease(&db, 5).await;
        assert_eq!((vec![id(1)], &Speech::Card(Card::says("gone")), 2), (ids(&again), &again[0].speech, again[0].version));
    }

    async fn what_follows_a_row_waits_until_it_is_sent(db: Db) {
        let team = Team::new(&db, 0).await;
        say(&db, &team, 1, &saying("post")).await;
        say(&db, &team, 2, &Saying { verb: Verb::Thread, on_row: Some(id(1)), round: Some(id(5)), ..saying("thread") }).await;
        say(&db, &team, 3, &Saying { verb: Verb::Post, on_row: Some(id(2)), lane: LANE_ANSWERS, ..saying("in the thread") }).await;
        for (now, n, parent) in [(0, 1, None), (1, 2, Some("m1")), (2, 3, Some("m2"))] {
            let rows = lease(&db, now).await;
            assert_eq!((vec![id(n)], parent), (ids(&rows), rows[0].parent_id.as_deref()));
            assert_eq!(parent.filter(|_| n == 3), rows[0].into_thread());
            sent(&db, &rows[0], &format!("m{n}"), now).await;
        }
        let mut tx = db.begin().await.unwrap();
        assert_eq!(Some(id(5)), tx.round_of_thread(team.workspace, "m2").await.unwrap());
        assert_eq!(None, tx.round_of_thread(team.workspace, "m1").await.unwrap(), "a post is no thread");
    }

    async fn what_waited_too_long_is_not_said(db: Db) {
        let team = Team::new(&db, 0).await;
        say(&db, &team, 1, &Saying { expires: Some(at(10)), not_before: at(5), ..saying("late") }).await;
        say(&db, &team, 2, &Saying { expires: Some(at(10)), on_row: Some(id(1)), ..saying("later") }).await;
        say(&db, &team, 3, &Saying { expires: Some(at(11)), ..saying("leased") }).await;
        assert_eq!(vec![id(3)], ids(&lease(&db, 4).await));
        assert!(lease(&db, 10).await.is_empty());
        assert_eq!(vec!["expired", "expired", "leased"], states(&db, &team).await);
        assert_eq!(2, lease(&db, 64).await[0].tries, "it may have been sent: somebody has to look");
    }

    async fn answers_go_before_the_rest_and_the_older_before_the_newer(db: Db) {
        let team = Team::new(&db, 0).await;
        for (n, lane) in [(4, LANE_BULK), (1, LANE_BULK), (3, LANE_ANSWERS), (2, LANE_ANSWERS)] {
            say(&db, &team, n, &Saying { lane, ..saying(&n.to_string()) }).await;
        }
        let mut tx = db.begin().await.unwrap();
        assert_eq!(vec![id(2), id(3), id(1)], ids(&tx.lease(Reach::of("local"), at(0), at(60), 3).await.unwrap()));
    }

    async fn eight_senders_never_share_a_row(fresh: Fresh) {
        let dbs = two(&fresh).await;
        let team = Team::new(&dbs[0], 0).await;
        let mut tx = dbs[0].begin().await.unwrap();
        for n in 0..200 {
            tx.say(team.workspace, id(n), &saying(&n.to_string())).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mine = at_once(&dbs, |db, n| async move {
            let mut mine = Vec::new();
            loop {
                let mut tx = db.begin().await.unwrap();
                let rows = tx.lease(Reach::of("local"), at(0), at(60), 7).await.unwrap();
                // Some programs die before they commit; others get their rows.
                if n % 2 == 0 && !rows.is_empty() && mine.len() % 14 == 7 {
                    drop(tx);
                    mine.push(None);
                    continue;
                }
                tx.commit().await.unwrap();
                if rows.is_empty() {
                    return mine;
                }
                mine.extend(rows.iter().map(|row| Some((row.id, row.tries))));
            }
        })
        .await;
        let mut all: Vec<_> = mine.into_iter().flatten().flatten().collect();
        // What the last of the dead had, when the others had looked and gone.
        loop {
            let rows = lease(&dbs[0], 0).await;
            if rows.is_empty() {
                break;
            }
            all.extend(rows.iter().map(|row| (row.id, row.tries)));
        }
        all.sort();
        assert_eq!((0..200).map(|n| (id(n), 1)).collect::<Vec<_>>(), all);
    }

    async fn changing_rows_in_any_order_and_leasing_them_goes_on(fresh: Fresh) {
        let dbs = two(&fresh).await;
        let team = Team::new(&dbs[0], 0).await;
        for n in 0..20 {
            say(&dbs[0], &team, n, &Saying { expires: (n < 5).then(|| at(5)), ..saying(&n.to_string()) }).await;
        }
        let workspace = team.workspace;
        at_once(&dbs, |db, n| async move {
            for round in 0..20 {
                let mut tx = db.begin().await.unwrap();
                if n % 4 == 0 {
                    // Newest first: the other way round than they are leased.
                    for about in (0..20).rev() {
                        tx.refresh(workspace, &about.to_string(), at(0)).await.unwrap();
                    }
                } else {
                    let rows = tx.lease(Reach::of("local"), at(round), at(round), 20).await.unwrap();
                    tx.commit().await.unwrap();
                    tx = db.begin().await.unwrap();
                    for row in rows.iter().filter(|row| row.tries % 3 == 0) {
                        tx.sent(row, None, at(round)).await.unwrap();
                        tx.commit().await.unwrap();
                        tx = db.begin().await.unwrap();
                    }
                }
                tx.commit().await.unwrap();
            }
        })
        .await;
    }
}
