//! Rate limits: the headers of every answer, and 429 where a bucket is empty.

use super::rest::{Reply, Request};
use super::script;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{Duration, Instant};

/// So many requests in so much time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    pub(crate) requests: u32,
    pub(crate) per: Duration,
}

const GENEROUS: Limit = Limit { requests: 1_000_000, per: Duration::from_secs(1) };

/// Limits by route, as Discord's answers show them. Discord may change them at any time, which is why clients read the headers.
const REAL: &[(&str, u32, u64)] = &[
    ("POST /channels/*/messages", 5, 5_000),
    ("PATCH /channels/*/messages/*", 5, 5_000),
    ("DELETE /channels/*/messages/*", 5, 1_000),
    ("GET /channels/*/messages", 5, 5_000),
    ("GET /channels/*/messages/*", 5, 5_000),
    ("PUT /channels/*/messages/*/reactions/*/@me", 1, 250),
    ("POST /channels/*/messages/*/threads", 5, 5_000),
    ("POST /channels/*/threads", 5, 5_000),
    ("PATCH /channels/*", 5, 15_000),
    ("POST /webhooks/*/*", 5, 2_000),
    ("PATCH /webhooks/*/*/messages/*", 5, 2_000),
];

/// The limits and what is left of them.
#[derive(Default)]
pub(crate) struct Limits {
    pub(crate) real: bool,
    pub(crate) global: Option<Limit>,
    /// By route, before the usual ones.
    pub(crate) own: Vec<(String, Limit)>,
    buckets: HashMap<(String, String), Bucket>,
    everything: Option<Bucket>,
    /// How often 429 was given.
    pub(crate) refused: usize,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    from: Instant,
    used: u32,
}

/// Whether a request may pass, with the headers of its answer.
pub(crate) enum Verdict {
    Go(Vec<(String, String)>),
    Stop(Vec<(String, String)>, Value),
}

impl Limits {
    /// Discord's: 50 a second in all, and its routes' own.
    pub(crate) fn be_real(&mut self) {
        self.real = true;
        self.global = Some(Limit { requests: 50, per: Duration::from_secs(1) });
    }

    pub(crate) fn take(&mut self, request: &Request, now: Instant) -> Verdict {
        // What answers an interaction isn't counted with the rest.
        let free = ["/interactions/", "/webhooks/"].iter().any(|start| request.path.starts_with(start));
        if let Some(limit) = self.global.filter(|_| !free)
            && let Err(wait) = fill(self.everything.get_or_insert(Bucket { from: now, used: 0 }), limit, now)
        {
            self.refused += 1;
            let (headers, reply) = too_many(wait, true);
            return Verdict::Stop(headers, reply.body);
        }
        let (route, major) = route(request);
        let limit = self.limit(request);
        let bucket = self.buckets.entry((route.clone(), major)).or_insert(Bucket { from: now, used: 0 });
        let filled = fill(bucket, limit, now);
        let left = limit.per.saturating_sub(now.duration_since(bucket.from));
        let mut headers = vec![
            ("x-ratelimit-limit".to_owned(), limit.requests.to_string()),
            ("x-ratelimit-remaining".to_owned(), limit.requests.saturating_sub(bucket.used).to_string()),
            ("x-ratelimit-reset".to_owned(), format!("{:.3}", jiff::Timestamp::now().as_duration().as_secs_f64() + left.as_secs_f64())),
            ("x-ratelimit-reset-after".to_owned(), format!("{:.3}", left.as_secs_f64())),
            ("x-ratelimit-bucket".to_owned(), name(&route)),
        ];
        match filled {
            Ok(()) => Verdict::Go(headers),
            Err(wait) => {
                self.refused += 1;
                let (more, reply) = too_many(wait, false);
                headers.extend(more);
                Verdict::Stop(headers, reply.body)
            }
        }
    }

    fn limit(&self, request: &Request) -> Limit {
        if let Some((_, own)) = self.own.iter().find(|(route, _)| script::matches(route, request)) {
            return *own;
        }
        let usual = REAL.iter().filter(|_| self.real).find(|(route, ..)| script::matches(route, request));
        usual.map_or(GENEROUS, |(_, requests, per)| Limit { requests: *requests, per: Duration::from_millis(*per) })
    }
}

/// Counts a request; how long to wait where the bucket is empty.
fn fill(bucket: &mut Bucket, limit: Limit, now: Instant) -> Result<(), Duration> {
    if now.duration_since(bucket.from) >= limit.per {
        *bucket = Bucket { from: now, used: 0 };
    }
    if bucket.used >= limit.requests {
        return Err(limit.per.saturating_sub(now.duration_since(bucket.from)));
    }
    bucket.used += 1;
    Ok(())
}

/// 429 as Discord gives it.
pub(crate) fn too_many(after: Duration, global: bool) -> (Vec<(String, String)>, Reply) {
    let mut headers = vec![
        ("retry-after".to_owned(), format!("{}", after.as_secs_f64().ceil())),
        ("via".to_owned(), "1.1 google".to_owned()),
        ("x-ratelimit-scope".to_owned(), if global { "global" } else { "user" }.to_owned()),
    ];
    if global {
        headers.push(("x-ratelimit-global".to_owned(), "true".to_owned()));
    }
    let after = (after.as_secs_f64() * 1000.0).ceil() / 1000.0;
    let body = json!({ "message": "You are being rate limited.", "retry_after": after, "global": global });
    (headers, Reply { status: 429, body })
}

/// The route with `*` for ids, and its major parameter: the channel, the server, the interaction's token.
fn route(request: &Request) -> (String, String) {
    let parts: Vec<&str> = request.path.split('/').skip(1).collect();
    let major = match parts.as_slice() {
        ["channels" | "guilds", of, ..] => *of,
        ["webhooks" | "interactions", _, token, ..] => *token,
        _ => "",
    };
    let general = |part: &&str| if part.bytes().all(|b| b.is_ascii_digit()) || part.len() > 40 { "*" } else { *part }.to_owned();
    let path: Vec<String> = parts.iter().map(general).collect();
    // One bucket for all emoji.
    let path = path.join("/");
    let path = path.split_once("/reactions/").map_or(path.clone(), |(before, _)| format!("{before}/reactions"));
    (format!("{} /{path}", request.method), major.to_owned())
}

fn name(route: &str) -> String {
    let mut hasher = DefaultHasher::new();
    route.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
