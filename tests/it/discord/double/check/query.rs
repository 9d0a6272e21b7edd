//! Queries: parameters that a route has, and no others.

use super::super::rest::Request;
use super::Findings;

pub(super) fn check(found: &mut Findings, request: &Request) {
    let parts: Vec<&str> = request.path.split('/').skip(1).collect();
    let known: &[&str] = match (request.method.as_str(), parts.as_slice()) {
        ("GET", ["channels", _, "messages"]) => &["limit", "before", "after", "around"],
        ("POST", ["interactions", _, _, "callback"]) => &["with_response"],
        ("GET", ["applications", .., "commands"]) => &["with_localizations"],
        ("POST", ["webhooks", _, _]) => &["wait", "thread_id", "with_components"],
        (_, ["webhooks", _, _, "messages", _]) => &["thread_id", "with_components"],
        ("GET", ["guilds", _]) => &["with_counts"],
        _ => &[],
    };
    for (name, _) in &request.query {
        if !known.contains(&name.as_str()) {
            found.note(&format!("?{name}"), "UNKNOWN_FIELD", "there is no such parameter");
        }
        if request.query.iter().filter(|(other, _)| other == name).count() > 1 {
            found.note(&format!("?{name}"), "REPEATED", "the parameter stands there more than once");
        }
    }
    let bounds = ["before", "after", "around"].iter().filter(|name| request.param(name).is_some()).count();
    if bounds > 1 {
        found.note("?before", "MUTUALLY_EXCLUSIVE", "only one of before, after and around counts");
    }
}
