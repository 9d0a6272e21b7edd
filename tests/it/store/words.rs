//! Whatever people type is kept as they typed it, on both engines; what PostgreSQL can't keep is replaced, not refused.

use super::{Team, at, day};
use crate::databases::both;
use meshdrill::bank::{Pack, load};
use meshdrill::message::{Card, Event, Home, Person, Place, Turn, What};
use meshdrill::quiz::Quiz;
use meshdrill::store::Db;
use meshdrill::store::answers::Words;
use meshdrill::store::outbox::{Reach, Verb};
use std::cell::Cell;
use std::path::Path;
use uuid::Uuid;

/// Texts that have broken programs.
const TEXTS: [&str; 8] = [
    "'; DROP TABLE members; --",
    r#"it's "quoted" and \'escaped\' \u0000 \\u0000"#,
    "👩‍👩‍👧 emoji 🦀 and e\u{301} and Ünal Öz",
    "\u{202E}right to left\u{202C} שלום مرحبا",
    "$1 $2 ? :name @x %s _ %",
    "line\r\nline\ttab\u{1}\u{7F}\u{FFFF}\u{10FFFF}",
    "",
    "{\"json\": [null]}",
];

both! {
    async fn texts_come_back_as_they_were(db: Db) {
        let team = Team::new(&db, 1).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        let mut tx = db.begin().await.unwrap();
        let round = team.round(&mut tx, 1).await;
        for (n, text) in TEXTS.into_iter().enumerate() {
            let message = format!("m{n}{text}");
            tx.keep_message(workspace, round, &Words { id: &message, member, via: "thread", reply_to: Some(text), at: at(1), text, edit: false }).await.unwrap();
            let kept = tx.message(workspace, round, &message).await.unwrap().unwrap();
            assert_eq!((Some(text), text), (kept.reply_to.as_deref(), kept.versions[0].1.as_str()));
            tx.receive(workspace, &message, at(0)).await.unwrap();
            tx.answered(workspace, &message, member, &Turn::Public(Card::says(text))).await.unwrap();
            assert_eq!(Some(Turn::Public(Card::says(text))), tx.receive(workspace, &message, at(0)).await.unwrap());
            tx.set_alias(workspace, member, Some(text)).await.unwrap();
            assert_eq!(Some(text), tx.members(workspace).await.unwrap()[0].alias.as_deref());
        }
    }

    async fn a_nul_is_replaced_on_both_engines(db: Db) {
        let team = Team::new(&db, 1).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        let mut tx = db.begin().await.unwrap();
        let round = team.round(&mut tx, 1).await;
        tx.keep_message(workspace, round, &Words { id: "m1", member, via: "thread", reply_to: None, at: at(1), text: "a\0b \\u0000 c", edit: false }).await.unwrap();
        assert_eq!("a\u{FFFD}b \\u0000 c", tx.message(workspace, round, "m1").await.unwrap().unwrap().versions[0].1);
        tx.receive(workspace, "d1", at(0)).await.unwrap();
        tx.answered(workspace, "d1", member, &Turn::Private(Card::says("\0"))).await.unwrap();
        assert_eq!(Some(Turn::Private(Card::says("\u{FFFD}"))), tx.receive(workspace, "d1", at(0)).await.unwrap());
        let mut part = tx.lock_participation(workspace, round, member).await.unwrap();
        part.opened = vec![at(1)];
        tx.save_participation(workspace, round, &part).await.unwrap();
    }

    async fn an_instant_is_kept_to_the_microsecond_and_sorts(db: Db) {
        let team = Team::new(&db, 1).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        let mut tx = db.begin().await.unwrap();
        let round = team.round(&mut tx, 1).await;
        let whole = at(0);
        let instants = [-1_000_000_000_000_i64, -1, 0, 1, 1_000, 1_001, 1_000_000_000_000].map(|micros| {
            (micros, whole.checked_add(jiff::SignedDuration::from_micros(micros)).unwrap())
        });
        for (micros, at) in instants.iter().rev() {
            let nanos = at.checked_add(jiff::SignedDuration::from_nanos(999)).unwrap();
            tx.keep_message(workspace, round, &Words { id: &micros.to_string(), member, via: "form", reply_to: None, at: nanos, text: "x", edit: false }).await.unwrap();
        }
        let kept: Vec<_> = tx.messages(workspace, round).await.unwrap().iter().map(|message| *message.at).collect();
        assert_eq!(instants.map(|(_, at)| at).to_vec(), kept);
    }

    async fn a_day_is_kept_at_both_ends_of_the_calendar(db: Db) {
        let team = Team::new(&db, 1).await;
        let (workspace, member) = (team.workspace, team.members[0]);
        let mut tx = db.begin().await.unwrap();
        let days = [jiff::civil::date(1, 1, 1), jiff::civil::date(2024, 2, 29), day(24), jiff::civil::date(9999, 12, 31)];
        for day in days.iter().rev() {
            tx.add_away(workspace, member, *day, *day).await.unwrap();
        }
        assert_eq!(days.to_vec(), tx.aways(workspace, member).await.unwrap().iter().map(|away| *away.first_day).collect::<Vec<_>>());
    }

    async fn binary_rubbish_said_to_the_drill_never_fails(db: Db) {
        let packs: Vec<Pack> = load::read_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/packs")).packs;
        let drill = Drill { quiz: Quiz::new(db, packs, "UTC", 7), said: Cell::new(0) };
        let Turn::Private(card) = drill.command("setup").await else { panic!("a card was expected") };
        drill.handle(true, What::Press { button: card.buttons[0].id.clone() }).await;
        drill.command("schedule post").await;
        let round = drill.round().await.simple().to_string();
        for text in [
            "\0", "quiz \0", "quiz security", "alias \0x\0", "setup \0", "leaderboard \0", "schedule skip \0", "holidays add \0", "away \0", "help \0",
            "answer: \0mTLS encrypts traffic\0 between the proxies of services, and it identifies both\0 of them",
        ] {
            let buttons = ["answer", "hint", "hint-agreed", "grade", "again", "quiz-answer"].map(|action| format!("{action}.{round}"));
            let mut whats = vec![
                What::Command { pack: "istio".into(), text: text.into(), named: Vec::new() },
                What::Command { pack: text.into(), text: text.into(), named: Vec::new() },
                What::Message { id: format!("m{text}"), text: text.into(), reply_to: None },
                What::Message { id: format!("r{text}"), text: text.into(), reply_to: Some(format!("m{text}")) },
                What::Edited { id: format!("m{text}"), text: format!("{text}\0") },
                What::Submit { form: format!("answer.{round}"), fields: vec![("answer".into(), text.into()), (text.into(), text.into())] },
                What::Submit { form: format!("answer.{round}\0"), fields: vec![] },
                What::Press { button: text.into() },
                What::Deleted { id: format!("m{text}") },
            ];
            whats.extend(buttons.map(|button| What::Press { button }));
            for what in whats {
                for private in [true, false] {
                    drill.handle(private, what.clone()).await;
                }
            }
        }
        let open = drill.round().await;
        let mut tx = drill.quiz.db().begin().await.unwrap();
        let team = tx.known_workspace(&home()).await.unwrap().unwrap();
        assert!(!tx.participations(team.id, open).await.unwrap()[0].attempts.is_empty(), "nothing was taken for an answer");
    }
}

/// A drill to which one person says things with NUL in every place.
struct Drill {
    quiz: Quiz,
    said: Cell<u32>,
}

fn home() -> Home {
    Home { platform: "local".into(), id: "r\0".into() }
}

impl Drill {
    async fn command(&self, text: &str) -> Turn {
        self.handle(false, What::Command { pack: "istio".into(), text: text.into(), named: Vec::new() }).await
    }

    async fn handle(&self, private: bool, what: What) -> Turn {
        self.said.set(self.said.get() + 1);
        let by = Person { id: "u\0".into(), name: "n\0".into(), lead: true, zone: Some("UTC\0".into()) };
        let place = Place { channel: if private { "@u\0" } else { "mesh" }.into(), private, thread: (!private).then(|| "t".into()) };
        let event = Event { delivery: format!("d\0{}", self.said.get()), workspace: home(), place, by, at: at(0), what };
        let turn = self.quiz.handle(&event, at(0)).await.unwrap_or_else(|e| panic!("{event:?}: {e:#}"));
        while self.quiz.due(at(0)).await.unwrap() {}
        turn
    }

    /// The daily that is open; its thread, once there is one to be opened, is `t`.
    async fn round(&self) -> Uuid {
        let mut tx = self.quiz.db().begin().await.unwrap();
        let team = tx.known_workspace(&home()).await.unwrap().unwrap();
        loop {
            let rows = tx.lease(Reach::of("local"), at(0), at(60), 20).await.unwrap();
            if rows.is_empty() {
                break;
            }
            for row in rows {
                tx.sent(&row, Some(if row.verb() == Verb::Thread { "t" } else { "m\0" }), at(0)).await.unwrap();
            }
        }
        let round = tx.open_dailies(team.id).await.unwrap()[0].id;
        tx.commit().await.unwrap();
        round
    }
}
