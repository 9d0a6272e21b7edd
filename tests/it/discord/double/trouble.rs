//! Discord's refusals: status, code and words.

use serde_json::{Value, json};

/// A refusal.
#[derive(Debug, Clone)]
pub(crate) struct Trouble {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

/// The codes this double gives, with their status and message.
const CODES: &[(u64, u16, &str)] = &[
    (0, 401, "401: Unauthorized"),
    (10002, 404, "Unknown Application"),
    (10003, 404, "Unknown Channel"),
    (10004, 404, "Unknown Guild"),
    (10008, 404, "Unknown Message"),
    (10013, 404, "Unknown User"),
    (10014, 400, "Unknown Emoji"),
    (10015, 404, "Unknown Webhook"),
    (10062, 404, "Unknown interaction"),
    (10063, 404, "Unknown application command"),
    (30010, 400, "Maximum number of reactions reached (20)"),
    (40067, 400, "A tag is required to create a forum post in this channel"),
    (40060, 400, "Interaction has already been acknowledged."),
    (40333, 403, "internal network error"),
    (50001, 403, "Missing Access"),
    (50005, 403, "Cannot edit a message authored by another user"),
    (50006, 400, "Cannot send an empty message"),
    (50007, 403, "Cannot send messages to this user"),
    (50008, 400, "Cannot send messages in a non-text channel"),
    (50013, 403, "Missing Permissions"),
    (50021, 403, "Cannot execute action on a system message"),
    (50024, 400, "Cannot execute action on this channel type"),
    (50027, 401, "Invalid Webhook Token"),
    (50083, 400, "Thread is archived"),
    (50109, 400, "The request body contains invalid JSON."),
    (160004, 400, "A thread has already been created for this message"),
    (160005, 403, "Thread is locked"),
];

/// One of [`CODES`].
pub(crate) fn refuse(code: u64) -> Trouble {
    let (_, status, message) = CODES.iter().find(|(known, ..)| *known == code).copied().unwrap_or((code, 400, "Bad Request"));
    Trouble { status, body: json!({ "message": message, "code": code }) }
}

/// The body isn't what the route takes: each field's path, its code and what is wrong.
pub(crate) fn invalid(faults: &[(String, &str, String)]) -> Trouble {
    let mut errors = json!({});
    for (path, code, message) in faults {
        let mut at = &mut errors;
        for step in path.split('.').filter(|step| !step.is_empty()) {
            at = &mut at[step];
        }
        if at.get("_errors").is_none() {
            at["_errors"] = json!([]);
        }
        if let Some(list) = at["_errors"].as_array_mut() {
            list.push(json!({ "code": code, "message": message }));
        }
    }
    Trouble { status: 400, body: json!({ "message": "Invalid Form Body", "code": 50035, "errors": errors }) }
}

/// An address that isn't one of Discord's.
pub(crate) fn no_route() -> Trouble {
    Trouble { status: 404, body: json!({ "message": "404: Not Found", "code": 0 }) }
}
