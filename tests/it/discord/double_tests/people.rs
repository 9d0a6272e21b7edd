//! People type, press, choose and send, and are answered as in Discord.

use super::bot::{ask, commands};
use crate::discord::double::{Answer, Discord, Member, Place, Server};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

struct World {
    discord: Discord,
    server: Server,
    text: Place,
    ana: Member,
    clock: Arc<Mutex<Timestamp>>,
}

async fn world() -> World {
    let clock = Arc::new(Mutex::new("2026-03-02T09:00:00Z".parse().unwrap()));
    let now = clock.clone();
    let discord = Discord::start_at(Arc::new(move || *now.lock().unwrap())).await;
    let server = discord.server("Berlin");
    let (text, ana) = (server.text("istio"), server.member("Ana"));
    server.role("learners");
    server.lead("Lea");
    let path = format!("/applications/{}/commands", discord.application_id());
    assert_eq!(ask(&discord, "PUT", &path, commands()).await.0, 200);
    discord.registered().await;
    World { discord, server, text, ana, clock }
}

fn says(text: &str) -> Value {
    json!({ "content": text, "allowed_mentions": { "parse": [] } })
}

async fn answers(world: &World, to: &Answer, body: Value) -> (u16, Value) {
    ask(&world.discord, "POST", &to.callback_path(), body).await
}

async fn quiz(world: &World) -> Answer {
    world.ana.sends_command(&world.text, "/istio quiz").unwrap()
}

#[tokio::test]
async fn what_can_be_typed() {
    let world = world().await;
    let lea = world.server.lead("Lea");
    let refused = |who: &Member, line: &str| who.sends_command(&world.text, line).err().unwrap();
    let all = [
        "istio quiz",
        "/meshdrill",
        "/istio",
        "/istio quizz",
        "/istio quiz level:mid",
        "/istio quiz count:many",
        "/istio quiz count:51",
        "/istio setup role",
        "/istio setup role role:nobody",
        "/istio setup role role:learners who:Nobody",
    ];
    insta::assert_snapshot!(all.map(|line| format!("{line}: {}", refused(&world.ana, line))).join("\n"), @r#"
    istio quiz: a command begins with a slash
    /meshdrill: /meshdrill is not registered
    /istio: /istio has no "", only quiz, setup
    /istio quizz: /istio has no "quizz", only quiz, setup
    /istio quiz level:mid: "level:mid" is no option of "quiz": topic, count
    /istio quiz count:many: "count": "many" is no whole number
    /istio quiz count:51: "count": "51" is out of range
    /istio setup role: the option "role" is required
    /istio setup role role:nobody: "role": "nobody" is no role here
    /istio setup role role:learners who:Nobody: "who": "Nobody" is nobody here
    "#);
    let only_leads = json!([{ "name": "lead", "description": "Leads", "contexts": [0], "default_member_permissions": "32" }]);
    let path = format!("/applications/{}/guilds/{}/commands", world.discord.application_id(), world.server.id);
    assert_eq!(ask(&world.discord, "PUT", &path, only_leads).await.0, 200);
    assert!(lea.sends_command(&world.text, "/lead").is_ok());
    assert_eq!(refused(&world.ana, "/lead"), "/lead is not offered to Ana");
    assert_eq!(lea.sends_command(&lea.direct(), "/lead").err().unwrap(), "/lead is not registered");
    assert!(lea.sends_command(&lea.direct(), "/istio quiz count:3").is_ok());
    assert_eq!(world.discord.commands(Some(&world.server)).len(), 1);
    world.discord.end().await;
}

#[tokio::test]
async fn at_once_later_or_never() {
    let world = world().await;
    let at_once = quiz(&world).await;
    let private = json!({ "content": "only you", "flags": 64, "allowed_mentions": { "parse": [] } });
    assert_eq!(answers(&world, &at_once, json!({ "type": 4, "data": private })).await.0, 204);
    assert_eq!(answers(&world, &at_once, json!({ "type": 5 })).await.1["code"], 40060);
    let at_once = at_once.settled().await;
    assert!(at_once.private());
    assert_eq!(at_once.text(), "Meshdrill: only you\n");

    let later = quiz(&world).await;
    let path = format!("{}?with_response=true", later.callback_path());
    let (status, answer) = ask(&world.discord, "POST", &path, json!({ "type": 5 })).await;
    assert_eq!((status, &answer["interaction"]["response_message_loading"]), (200, &json!(true)));
    let original = format!("{}/messages/@original", later.webhook_path());
    assert_eq!(ask(&world.discord, "PATCH", &original, says("here it is")).await.0, 200);
    let later = later.settled().await;
    assert_eq!((later.text().as_str(), later.private()), ("Meshdrill: here it is\n", false));
    assert_eq!(ask(&world.discord, "POST", &later.webhook_path(), says("and more")).await.0, 200);
    let more = later.follow_ups(1).await;
    assert_eq!(world.discord.reads(more[0]), "Meshdrill: and more\n");
    assert_eq!(ask(&world.discord, "GET", &original, Value::Null).await.1["content"], "here it is");
    assert_eq!(ask(&world.discord, "DELETE", &original, Value::Null).await.0, 204);
    assert_eq!(ask(&world.discord, "GET", &original, Value::Null).await.1["code"], 10008);

    let filled = quiz(&world).await;
    answers(&world, &filled, json!({ "type": 5, "data": { "flags": 64 } })).await;
    assert_eq!(ask(&world.discord, "POST", &filled.webhook_path(), says("in its place")).await.0, 200);
    let filled = filled.settled().await;
    assert_eq!((filled.text().as_str(), filled.private()), ("Meshdrill: in its place\n", true));

    let never = quiz(&world).await.settled().await;
    assert!(never.failed());
    assert_eq!(never.text(), "The application did not respond");
    assert_eq!(answers(&world, &never, json!({ "type": 4, "data": says("late") })).await.1["code"], 10062);
    assert_eq!(ask(&world.discord, "POST", &never.webhook_path(), says("late")).await.1["code"], 10015);
    world.discord.end().await;
}

#[tokio::test]
async fn tokens_die_and_messages_stay() {
    let world = world().await;
    let asked = quiz(&world).await;
    let body = json!({ "content": "hi", "allowed_mentions": { "parse": [] }, "components": [{ "type": 1, "components": [
        { "type": 2, "style": 1, "label": "Go on", "custom_id": "go" },
    ] }] });
    answers(&world, &asked, json!({ "type": 4, "data": body })).await;
    *world.clock.lock().unwrap() += SignedDuration::from_mins(15);
    assert_eq!(
        ask(&world.discord, "POST", &asked.webhook_path(), says("late")).await,
        (401, json!({ "code": 50027, "message": "Invalid Webhook Token" }))
    );
    let pressed = world.ana.sends_press(asked.message(), "Go on");
    assert_eq!(answers(&world, &pressed, json!({ "type": 7, "data": says("went on") })).await.0, 204);
    assert_eq!(pressed.settled().await.text(), "Meshdrill: went on\n  [Go on]\n");
    let pressed = world.ana.sends_press(asked.message(), "Go on");
    assert_eq!(answers(&world, &pressed, json!({ "type": 6 })).await.0, 204);
    ask(&world.discord, "PATCH", &format!("{}/messages/@original", pressed.webhook_path()), json!({ "components": [] })).await;
    assert_eq!(pressed.settled().await.text(), "Meshdrill: went on\n");
    world.discord.end().await;
}

#[tokio::test]
async fn forms_menus_and_choices() {
    let world = world().await;
    let asked = quiz(&world).await;
    let menu = json!({ "type": 3, "custom_id": "level", "placeholder": "Level", "options": [{ "label": "Mid", "value": "m" }] });
    let people = json!({ "type": 5, "custom_id": "who" });
    let rows = json!([{ "type": 1, "components": [menu] }, { "type": 1, "components": [people] }]);
    let body = json!({ "content": "hi", "allowed_mentions": { "parse": [] }, "components": rows });
    answers(&world, &asked, json!({ "type": 4, "data": body })).await;
    let message = asked.settled().await.message();
    let input = |id: &str, label: &str, required: bool| {
        json!({ "type": 1, "components": [
            { "type": 4, "custom_id": id, "style": 1, "label": label, "required": required, "max_length": 10, "value": "so far" },
        ] })
    };
    let form = json!({ "custom_id": "f", "title": "Answer", "components": [input("a", "Yours", true), input("b", "Why", false)] });
    let (chosen, _) = tokio::join!(world.ana.chooses(message, "Level", &["Mid"]), async {
        let chosen = newest(&world).await;
        ask(&world.discord, "POST", &chosen, json!({ "type": 9, "data": form })).await
    });
    assert_eq!(chosen.text(), "form “Answer”\n  Yours: so far\n  Why (optional): so far\n");
    assert_eq!(world.ana.sends_form(&chosen, &[("Yours", "")]).err().unwrap(), "\"Yours\" is required");
    assert_eq!(world.ana.sends_form(&chosen, &[("Yours", "much too long")]).err().unwrap(), "\"Yours\" takes 0 to 10 characters, not 13");
    assert!(world.ana.sends_form(&chosen, &[("Mine", "x")]).is_err());
    let (sent, _) = tokio::join!(world.ana.submits(&chosen, &[("Yours", "mtls")]), async {
        let sent = newest(&world).await;
        ask(&world.discord, "POST", &sent, json!({ "type": 7, "data": says("thanks") })).await
    });
    assert!(sent.text().starts_with("Meshdrill: thanks\n"), "{}", sent.text());
    let (named, _) = tokio::join!(world.ana.chooses(message, "who", &["Lea"]), async {
        let named = newest(&world).await;
        ask(&world.discord, "POST", &named, json!({ "type": 4, "data": says("Lea it is") })).await
    });
    assert_eq!(named.text(), "Meshdrill: Lea it is\n");
    let (choices, _) = tokio::join!(world.ana.completes(&world.text, "/istio quiz topic:sec"), async {
        let typed = newest(&world).await;
        ask(&world.discord, "POST", &typed, json!({ "type": 8, "data": { "choices": [{ "name": "Security", "value": "security" }] } }))
            .await
    });
    assert_eq!(choices, [("Security".to_owned(), json!("security"))]);
    world.discord.end().await;
}

/// The callback path of the interaction that isn't answered yet.
async fn newest(world: &World) -> String {
    loop {
        if let Some(path) = world.discord.unanswered() {
            return path;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn what_people_see() {
    let world = world().await;
    let (text, ana, lea) = (&world.text, &world.ana, world.server.lead("Lea"));
    let role = world.server.role("learners");
    let daily = json!({
        "content": format!("<@&{role}>"), "allowed_mentions": { "parse": [], "roles": [role.to_string()] },
        "embeds": [{ "title": "Daily", "description": format!("Ask <@{}>, <t:1772442000:R>, 1 < 2", lea.id), "fields": [
            { "name": "Topic", "value": "basics" }, { "name": "Points", "value": "one\ntwo" },
        ], "footer": { "text": "until noon" } }],
        "components": [{ "type": 1, "components": [
            { "type": 2, "style": 1, "label": "Hint", "custom_id": "hint" },
            { "type": 2, "style": 2, "label": "Gone", "custom_id": "gone", "disabled": true },
            { "type": 2, "style": 5, "label": "Source", "url": "https://istio.io" },
        ] }, { "type": 1, "components": [
            { "type": 3, "custom_id": "level", "placeholder": "Level", "options": [{ "label": "Mid", "value": "m" }] },
        ] }],
    });
    let (_, posted) = ask(&world.discord, "POST", &format!("{}/messages", text.path()), daily).await;
    let daily = posted["id"].as_str().unwrap();
    ask(&world.discord, "POST", &format!("{}/messages/{daily}/threads", text.path()), json!({ "name": "Daily: basics" })).await;
    let thread = text.thread(1).await;
    let said = ana.types(&thread, "a proxy\nbeside the app");
    let other = lea.replies(&thread, said, "so I think");
    lea.edits(other, "so I thought");
    lea.reacts(said, "👍");
    ana.reacts(other, "👍");
    thread.set_thread(true, true);
    let post = json!({ "name": "A post", "message": says("first") });
    ask(&world.discord, "POST", &format!("{}/threads", world.server.forum("questions").path()), post).await;
    ana.types(&ana.direct(), "psst");
    let asked = quiz(&world).await;
    answers(&world, &asked, json!({ "type": 5, "data": { "flags": 64 } })).await;
    insta::assert_snapshot!(world.discord.transcript(), @r"
    ══ Berlin ══
    ── #istio ──
    Meshdrill: @learners [pings learners]
      │ **Daily**
      │ Ask @Lea, 2026-03-02 09:00 UTC, 1 < 2
      │ Topic: basics
      │ Points:
      │   one
      │   two
      │ (until noon)
      [Hint] [Gone (off)] [Source](https://istio.io)
      [Level ▾ Mid]
      thread “Daily: basics” (archived, locked)
        Ana:
          a proxy
          beside the app
          👍 Lea
        Lea (to Ana): so I thought (edited)
          👍 Ana
    ── #questions (forum) ──
    thread “A post”
      Meshdrill: first
    ── Ana and Meshdrill ──
    Ana: psst
    ── only Ana sees ──
    Meshdrill: thinking …
    ");
    assert_eq!(ana.private(), "Meshdrill: thinking …\n");
    assert_eq!(ana.newest_private(), Some(asked.message()));
    assert_eq!(ana.server().id, world.server.id);
    world.discord.end().await;
}
