//! Every rule of the double catches a body that breaks it, and lets a good one pass.

use super::bot::ask;
use crate::discord::double::{Discord, Id};
use serde_json::{Value, json};

/// A discord with a text channel, a forum and a message of the bot's, and the path of each kind of body.
async fn world() -> (Discord, Id, Id) {
    let discord = Discord::start().await;
    let server = discord.server("Berlin");
    let (text, forum) = (server.text("istio"), server.forum("questions"));
    (discord, text.id, forum.id)
}

/// The good body passes; with the change it is refused, or noted where Discord itself would take it, with this code.
async fn catches(method: &str, path: &str, good: Value, bad: &[(&str, Value, &str)]) {
    let (discord, text, forum) = world().await;
    let app = discord.application_id();
    let path = path.replace("TEXT", &text.to_string()).replace("FORUM", &forum.to_string()).replace("APP", &app.to_string());
    let (status, answer) = ask(&discord, method, &path, good.clone()).await;
    assert!(status < 300, "{status} {answer}");
    assert_eq!(discord.take_violations(), Vec::<String>::new(), "{good}");
    for (pointer, value, code) in bad {
        let mut body = good.clone();
        set(&mut body, pointer, value.clone());
        ask(&discord, method, &path, body.clone()).await;
        let found = discord.take_violations();
        assert!(found.iter().any(|one| one.contains(&format!("({code})"))), "{pointer} {value} should be {code}: {found:?}");
    }
    discord.end().await;
}

/// Sets what a pointer names, and makes what leads there; null takes it away.
fn set(body: &mut Value, pointer: &str, value: Value) {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap_or_else(|| panic!("{pointer} is nowhere"));
    match parent {
        Value::Array(all) if last == "-" => all.push(value),
        Value::Array(all) => all[last.parse::<usize>().unwrap()] = value,
        fields if value.is_null() => drop(fields.as_object_mut().unwrap().remove(last)),
        fields => fields[last] = value,
    }
}

fn no_pings() -> Value {
    json!({ "parse": [] })
}

fn many(number: usize, one: &Value) -> Value {
    Value::Array(vec![one.clone(); number])
}

fn button(id: &str) -> Value {
    json!({ "type": 2, "style": 2, "label": "Hint", "custom_id": id })
}

#[tokio::test]
async fn messages() {
    let good = json!({ "content": "hi", "allowed_mentions": no_pings(), "nonce": "0123456789012345678901234", "enforce_nonce": true });
    let bad = [
        ("/content", json!("x".repeat(2_001)), "BASE_TYPE_BAD_LENGTH"),
        ("/content", json!("  "), "EMPTY"),
        ("/content", json!(3), "STRING_TYPE_CONVERT"),
        ("/contents", json!("hi"), "UNKNOWN_FIELD"),
        ("/flags", json!(64), "UNKNOWN_FLAG"),
        ("/flags", json!(1_u64 << 40), "UNKNOWN_FLAG"),
        ("/flags", json!("4"), "NUMBER_TYPE_COERCE"),
        ("/flags", json!(1 << 15), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
        ("/tts", json!("yes"), "BOOLEAN_TYPE_CONVERT"),
        ("/nonce", json!("x".repeat(26)), "BASE_TYPE_MAX_LENGTH"),
        ("/nonce", Value::Null, "NO_NONCE"),
        ("/enforce_nonce", json!(false), "NOT_ENFORCED"),
        ("/message_reference", json!({ "message": "1" }), "UNKNOWN_FIELD"),
        ("/attachments", json!([{ "filename": "a.png" }]), "BASE_TYPE_REQUIRED"),
        ("/attachments", json!([{ "id": 0, "alt": "a" }]), "UNKNOWN_FIELD"),
        ("/attachments", json!([{ "id": 0, "description": "x".repeat(1_025) }]), "BASE_TYPE_BAD_LENGTH"),
        ("/attachments", json!([{ "id": 0 }, { "id": 0 }]), "DUPLICATE"),
    ];
    catches("POST", "/channels/TEXT/messages", good, &bad).await;
}

#[tokio::test]
async fn mentions() {
    let good = json!({ "content": "hi", "allowed_mentions": { "parse": [], "roles": ["123456789012345678"], "replied_user": false } });
    let bad = [
        ("/allowed_mentions", Value::Null, "MISSING"),
        ("/allowed_mentions/parse", Value::Null, "MISSING"),
        ("/allowed_mentions/parse", json!(["roles"]), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"),
        ("/allowed_mentions/parse", json!(["everyone"]), "MASS_MENTION"),
        ("/allowed_mentions/parse", json!(["nobody"]), "BASE_TYPE_CHOICES"),
        ("/allowed_mentions/reply_user", json!(true), "UNKNOWN_FIELD"),
        ("/allowed_mentions/users", many(101, &json!("123456789012345678")), "BASE_TYPE_BAD_LENGTH"),
        ("/allowed_mentions/roles", json!(["learners"]), "TWILIGHT"),
    ];
    catches("POST", "/channels/TEXT/messages", good, &bad).await;
}

#[tokio::test]
async fn embeds() {
    let embed = json!({
        "title": "Daily", "description": "What is a sidecar?", "color": 5, "timestamp": "2026-03-02T09:00:00Z", "url": "https://istio.io",
        "fields": [{ "name": "Topic", "value": "basics", "inline": true }], "footer": { "text": "junior" }, "author": { "name": "Istio" },
    });
    let good = json!({ "embeds": [embed], "allowed_mentions": no_pings() });
    let long = json!({ "description": "x".repeat(3_001) });
    let bad = [
        ("/embeds", many(11, &embed), "BASE_TYPE_BAD_LENGTH"),
        ("/embeds", json!([long, long]), "MAX_EMBED_SIZE_EXCEEDED"),
        ("/embeds", json!([{}]), "BASE_TYPE_REQUIRED"),
        ("/embeds/0/title", json!("x".repeat(257)), "BASE_TYPE_BAD_LENGTH"),
        ("/embeds/0/description", json!("x".repeat(4_097)), "BASE_TYPE_BAD_LENGTH"),
        ("/embeds/0/descripton", json!("x"), "UNKNOWN_FIELD"),
        ("/embeds/0/url", json!("istio.io"), "URL_TYPE_INVALID_SCHEME"),
        ("/embeds/0/color", json!(0x0100_0000), "NUMBER_TYPE_MAX"),
        ("/embeds/0/timestamp", json!("yesterday"), "DATETIME_TYPE_CONVERT"),
        ("/embeds/0/fields", many(26, &json!({ "name": "a", "value": "b" })), "BASE_TYPE_BAD_LENGTH"),
        ("/embeds/0/fields/0/name", json!(""), "BASE_TYPE_REQUIRED"),
        ("/embeds/0/fields/0/name", json!("x".repeat(257)), "BASE_TYPE_BAD_LENGTH"),
        ("/embeds/0/fields/0/value", json!(" "), "BASE_TYPE_REQUIRED"),
        ("/embeds/0/fields/0/value", json!("x".repeat(1_025)), "BASE_TYPE_BAD_LENGTH"),
        ("/embeds/0/fields/0/inlined", json!(true), "UNKNOWN_FIELD"),
        ("/embeds/0/fields/0/inline", json!(1), "BOOLEAN_TYPE_CONVERT"),
        ("/embeds/0/footer", json!({ "text": "x".repeat(2_049) }), "BASE_TYPE_BAD_LENGTH"),
        ("/embeds/0/author", json!({ "name": "x".repeat(257) }), "BASE_TYPE_BAD_LENGTH"),
        ("/embeds/0/image", json!({ "url": "attachment://a.png" }), "NO_SUCH_FILE"),
        ("/embeds/0/image", json!({ "url": "a.png" }), "URL_TYPE_INVALID_SCHEME"),
    ];
    catches("POST", "/channels/TEXT/messages", good, &bad).await;
}

#[tokio::test]
async fn buttons_and_menus() {
    let option = json!({ "label": "Mid", "value": "mid", "description": "Some years" });
    let menu = json!({ "type": 3, "custom_id": "level", "placeholder": "Level", "options": [option] });
    let good = json!({
        "content": "hi", "allowed_mentions": no_pings(),
        "components": [{ "type": 1, "components": [button("hint"), button("grade")] }, { "type": 1, "components": [menu] }],
    });
    let row = json!({ "type": 1, "components": [button("x")] });
    let first = "/components/0/components/0";
    let on = |field: &str| format!("{first}/{field}");
    let of_menu = |field: &str| format!("/components/1/components/0/{field}");
    let bad = [
        ("/components".to_owned(), many(6, &row), "BASE_TYPE_BAD_LENGTH"),
        ("/components/0".to_owned(), button("x"), "UNION_TYPE_CHOICES"),
        ("/components/0/components".to_owned(), json!([]), "BASE_TYPE_BAD_LENGTH"),
        ("/components/0/components".to_owned(), many(6, &button("x")), "BASE_TYPE_BAD_LENGTH"),
        ("/components/0/components/-".to_owned(), menu.clone(), "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
        (first.to_owned(), json!({ "type": 4, "custom_id": "t", "style": 1, "label": "T" }), "UNION_TYPE_CHOICES"),
        (on("custom_id"), Value::Null, "BASE_TYPE_REQUIRED"),
        (on("custom_id"), json!("x".repeat(101)), "BASE_TYPE_BAD_LENGTH"),
        (on("custom_id"), json!("grade"), "COMPONENT_CUSTOM_ID_DUPLICATED"),
        (on("custom_id"), json!("level"), "COMPONENT_CUSTOM_ID_DUPLICATED"),
        (on("label"), json!("x".repeat(81)), "BASE_TYPE_BAD_LENGTH"),
        (on("label"), json!(" "), "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"),
        (on("lable"), json!("x"), "UNKNOWN_FIELD"),
        (on("style"), json!(9), "BASE_TYPE_CHOICES"),
        (on("style"), json!(5), "BUTTON_COMPONENT_CUSTOM_ID_FORBIDDEN"),
        (on("url"), json!("https://istio.io"), "BUTTON_COMPONENT_URL_FORBIDDEN"),
        (on("disabled"), json!("no"), "BOOLEAN_TYPE_CONVERT"),
        (on("emoji"), json!({ "text": "x" }), "UNKNOWN_FIELD"),
        (of_menu("placeholder"), json!("x".repeat(151)), "BASE_TYPE_BAD_LENGTH"),
        (of_menu("max_values"), json!(2), "NUMBER_TYPE_MAX"),
        (of_menu("options"), json!([]), "BASE_TYPE_BAD_LENGTH"),
        (of_menu("options"), json!([option, option]), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
        (of_menu("options/0/label"), json!("x".repeat(101)), "BASE_TYPE_BAD_LENGTH"),
        (of_menu("options/0/description"), json!("x".repeat(101)), "BASE_TYPE_BAD_LENGTH"),
        (of_menu("options/0/text"), json!("x"), "UNKNOWN_FIELD"),
        (
            of_menu("options"),
            json!([{ "label": "a", "value": "a", "default": true }, { "label": "b", "value": "b", "default": true }]),
            "SELECT_COMPONENT_TOO_MANY_DEFAULTS",
        ),
    ];
    let bad: Vec<_> = bad.iter().map(|(pointer, value, code)| (pointer.as_str(), value.clone(), *code)).collect();
    catches("POST", "/channels/TEXT/messages", good, &bad).await;
}

#[tokio::test]
async fn threads_and_forum_posts() {
    let message = json!({ "content": "first", "allowed_mentions": no_pings() });
    let good = json!({ "name": "Daily", "auto_archive_duration": 1_440, "message": message });
    let bad = [
        ("/name", json!(""), "BASE_TYPE_BAD_LENGTH"),
        ("/name", json!(" "), "BASE_TYPE_REQUIRED"),
        ("/name", json!("x".repeat(101)), "BASE_TYPE_BAD_LENGTH"),
        ("/auto_archive_duration", json!(30), "BASE_TYPE_CHOICES"),
        ("/rate_limit_per_user", json!(30_000), "NUMBER_TYPE_MAX"),
        ("/title", json!("x"), "UNKNOWN_FIELD"),
        ("/message/content", json!(""), "EMPTY"),
        ("/message/allowed_mentions", Value::Null, "MISSING"),
        ("/message/nonce", json!("a"), "UNKNOWN_FIELD"),
    ];
    catches("POST", "/channels/FORUM/threads", good, &bad).await;
}

#[tokio::test]
async fn commands() {
    let choice = json!({ "name": "Mid", "value": "mid" });
    let option = |name: &str, required: bool| json!({ "type": 3, "name": name, "description": "One", "required": required });
    let good = json!([{
        "name": "istio", "description": "Practice", "contexts": [0, 1], "name_localizations": { "de": "istio" },
        "default_member_permissions": "32", "options": [
            { "type": 2, "name": "setup", "description": "Set up", "options": [
                { "type": 1, "name": "role", "description": "Who", "options": [option("a", true), option("b", false)] },
            ] },
            { "type": 1, "name": "quiz", "description": "A quiz", "options": [
                { "type": 3, "name": "level", "description": "Which", "choices": [choice] },
                { "type": 3, "name": "topic", "description": "Which", "autocomplete": true },
            ] },
        ],
    }]);
    let (group, quiz) = ("/0/options/0", "/0/options/1");
    let within = |path: &str, rest: &str| format!("{path}/{rest}");
    let bad = [
        ("/-".to_owned(), good[0].clone(), "APPLICATION_COMMANDS_DUPLICATE_NAME"),
        ("/0/name".to_owned(), json!("Istio"), "APPLICATION_COMMAND_INVALID_NAME"),
        ("/0/name".to_owned(), json!("is tio"), "APPLICATION_COMMAND_INVALID_NAME"),
        ("/0/name".to_owned(), json!("x".repeat(33)), "BASE_TYPE_BAD_LENGTH"),
        ("/0/description".to_owned(), json!(""), "BASE_TYPE_BAD_LENGTH"),
        ("/0/description".to_owned(), json!("x".repeat(101)), "BASE_TYPE_BAD_LENGTH"),
        ("/0/name_localizations".to_owned(), json!({ "xx": "istio" }), "BASE_TYPE_CHOICES"),
        ("/0/contexts".to_owned(), json!([7]), "BASE_TYPE_CHOICES"),
        ("/0/default_permissions".to_owned(), json!("32"), "UNKNOWN_FIELD"),
        ("/0/default_member_permissions".to_owned(), json!("MANAGE_GUILD"), "NUMBER_TYPE_COERCE"),
        ("/0/options".to_owned(), json!([option("a", false), option("b", true)]), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"),
        ("/0/options/-".to_owned(), option("a", false), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"),
        (within(group, "options/0/options"), many(26, &option("a", false)), "BASE_TYPE_BAD_LENGTH"),
        (within(group, "options/0/options/1/name"), json!("a"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"),
        (within(group, "options/0/type"), json!(3), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"),
        (within(group, "options/0/options/0/description"), json!(""), "BASE_TYPE_BAD_LENGTH"),
        (within(group, "options/0/options/0/min_value"), json!(1), "WRONG_BOUND"),
        (within(group, "options/0/options/0/max_length"), json!(6_001), "NUMBER_TYPE_MAX"),
        (within(group, "options/0/options/0/type"), json!(12), "BASE_TYPE_CHOICES"),
        (within(quiz, "options/0/choices"), many(26, &choice), "BASE_TYPE_BAD_LENGTH"),
        (within(quiz, "options/0/choices/-"), choice.clone(), "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS"),
        (within(quiz, "options/0/choices/0/value"), json!(3), "BASE_TYPE_CONVERT"),
        (within(quiz, "options/0/choices/0/label"), json!("x"), "UNKNOWN_FIELD"),
        (within(quiz, "options/0/autocomplete"), json!(true), "APPLICATION_COMMAND_AUTOCOMPLETE_INVALID"),
    ];
    let bad: Vec<_> = bad.iter().map(|(pointer, value, code)| (pointer.as_str(), value.clone(), *code)).collect();
    catches("PUT", "/applications/APP/commands", good, &bad).await;
}

/// Answers to interactions: each good one passes, each change of it is caught.
#[tokio::test]
async fn answers() {
    let (discord, text, _) = world().await;
    let server = discord.server("Bern");
    let (ana, place) = (server.member("Ana"), server.text("istio"));
    assert_ne!(place.id, text);
    let app = discord.application_id();
    ask(&discord, "PUT", &format!("/applications/{app}/commands"), json!([{ "name": "istio", "description": "Practice" }])).await;
    let input = json!({ "type": 4, "custom_id": "answer", "style": 2, "label": "Answer", "max_length": 100 });
    let row = json!({ "type": 1, "components": [input] });
    let message = json!({ "type": 4, "data": { "content": "hi", "allowed_mentions": no_pings(), "flags": 64 } });
    let modal = json!({ "type": 9, "data": { "custom_id": "form", "title": "Answer", "components": [row] } });
    let first = "/data/components/0/components/0";
    let on = |field: &str| format!("{first}/{field}");
    let bad = [
        (&message, "/type".to_owned(), json!(3), "BASE_TYPE_CHOICES"),
        (&message, "/datum".to_owned(), json!({}), "UNKNOWN_FIELD"),
        (&message, "/data/flags".to_owned(), json!(128), "UNKNOWN_FLAG"),
        (&message, "/data/content".to_owned(), json!("x".repeat(2_001)), "BASE_TYPE_BAD_LENGTH"),
        (&message, "/data/allowed_mentions".to_owned(), Value::Null, "MISSING"),
        (&message, "/data/ephemeral".to_owned(), json!(true), "UNKNOWN_FIELD"),
        (&modal, "/data/title".to_owned(), json!("x".repeat(46)), "BASE_TYPE_BAD_LENGTH"),
        (&modal, "/data/custom_id".to_owned(), json!("x".repeat(101)), "BASE_TYPE_BAD_LENGTH"),
        (&modal, "/data/components".to_owned(), many(6, &row), "BASE_TYPE_BAD_LENGTH"),
        (&modal, "/data/components".to_owned(), many(2, &row), "COMPONENT_CUSTOM_ID_DUPLICATED"),
        (&modal, "/data/components/0/components".to_owned(), json!([input, input]), "UNION_TYPE_CHOICES"),
        (&modal, "/data/components/0/components".to_owned(), json!([button("x")]), "UNION_TYPE_CHOICES"),
        (&modal, on("label"), json!("x".repeat(46)), "BASE_TYPE_BAD_LENGTH"),
        (&modal, on("placeholder"), json!("x".repeat(101)), "BASE_TYPE_BAD_LENGTH"),
        (&modal, on("value"), json!("x".repeat(101)), "BASE_TYPE_BAD_LENGTH"),
        (&modal, on("max_length"), json!(4_001), "NUMBER_TYPE_MAX"),
        (&modal, on("min_length"), json!(101), "NUMBER_TYPE_MAX"),
        (&modal, on("style"), json!(3), "BASE_TYPE_CHOICES"),
        (&modal, on("text"), json!("x"), "UNKNOWN_FIELD"),
    ];
    for (good, pointer, value, code) in bad {
        let asked = ana.sends_command(&place, "/istio").unwrap();
        let path = asked.callback_path();
        let mut body = good.clone();
        set(&mut body, &pointer, value.clone());
        ask(&discord, "POST", &path, body).await;
        let found = discord.take_violations();
        assert!(found.iter().any(|one| one.contains(&format!("({code})"))), "{pointer} {value} should be {code}: {found:?}");
    }
    for good in [message, modal] {
        let path = ana.sends_command(&place, "/istio").unwrap().callback_path();
        assert_eq!(ask(&discord, "POST", &path, good).await.0, 204);
    }
    discord.end().await;
}
