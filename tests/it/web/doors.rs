//! Who comes in, under which name, and what is refused at the door.

use super::server::{JOIN_KEY, LEAD_KEY};
use super::visitor::{ask, encoded};
use super::*;
use reqwest::{Method, StatusCode};

both! {
    async fn names(fresh: Fresh) {
        let server = empty(fresh).await;
        let mut ana = Visitor::new(&server);
        ana.open("/").await;
        assert_eq!((StatusCode::OK, "/"), (ana.status, ana.path.as_str()));
        ana.comes_in("  Ana \u{202e} Maria ").await;
        assert!(ana.page.text().contains("Ana Maria"), "{}", ana.page.text());
        let mut ben = Visitor::new(&server);
        ben.open("/").await;
        for (name, why) in [
            ("Ana Maria", "already called that"),
            ("ana maria", "already called that"),
            // Cyrillic letters, a digit, an accent, a full-width letter.
            ("\u{410}n\u{430} M\u{430}ria", "already called that"),
            ("\u{c4}na M\u{e0}r1a", "already called that"),
            ("\u{ff21}naMaria", "already called that"),
            ("", "no letters"),
            (" \u{200b}\u{202e} ", "no letters"),
        ] {
            ben.comes_in(name).await;
            assert_eq!(StatusCode::UNPROCESSABLE_ENTITY, ben.status, "{name:?}");
            assert!(ben.page.text().contains(why), "{name:?}: {}", ben.page.text());
            // What was typed need not be typed again.
            assert_eq!(name, ben.page.filled(&[], "Come in").get("name"));
        }
        // The page lets nobody type more; a form made by hand is cut at the same length.
        ben.comes_in(&"n".repeat(300)).await;
        assert_eq!(StatusCode::OK, ben.status);
        assert!(ben.page.text().contains(&"n".repeat(40)) && !ben.page.text().contains(&"n".repeat(41)), "{}", ben.page.text());
        server.end().await;
    }

    /// The lead's link works once, however many use it; a name that was lost can be taken back with it.
    async fn the_leads_link(fresh: Fresh) {
        let mut server = empty(fresh).await;
        let mut visitors = Vec::new();
        for _ in 0..2 {
            let mut visitor = Visitor::new(&server);
            visitor.open(&format!("/?key={LEAD_KEY}")).await;
            assert!(visitor.page.text().contains("you will lead it"), "{}", visitor.page.text());
            visitors.push(visitor);
        }
        let [mut ana, mut ben] = <[Visitor; 2]>::try_from(visitors).ok().unwrap();
        tokio::join!(ana.comes_in("Ana"), ben.comes_in("Ben"));
        let leads = |visitor: &Visitor| visitor.page.text().contains("You lead this room");
        assert!(leads(&ana) != leads(&ben), "of two at once one leads\n{}\n{}", ana.page.text(), ben.page.text());
        let mut cleo = Visitor::new(&server);
        cleo.open(&format!("/?key={LEAD_KEY}")).await;
        assert!(!cleo.page.text().contains("you will lead it"), "{}", cleo.page.text());
        cleo.comes_in("Cleo").await;
        assert!(cleo.page.text().contains("Cleo") && !leads(&cleo), "{}", cleo.page.text());

        // A restart prints a new link, and people still sit where they sat.
        server.restart().await;
        cleo.open("/").await;
        assert!(cleo.page.text().contains("Cleo"), "{}", cleo.page.text());
        cleo.open(&format!("/?key={LEAD_KEY}")).await;
        let lead = cleo.page.filled(&[], "Lead the room");
        cleo.sends(&lead).await;
        cleo.sends(&lead).await;
        assert!(leads(&cleo), "{}", cleo.page.text());

        // Whoever lost their cookie has the name again by the link, and the seat of before is nobody's any more.
        server.restart().await;
        let mut dan = Visitor::new(&server);
        dan.open(&format!("/?key={LEAD_KEY}")).await;
        dan.comes_in("Cleo").await;
        assert!(leads(&dan) && dan.page.text().contains("Cleo"), "{}", dan.page.text());
        server.end().await;
    }

    /// Two who want the same name at one instant: one has it.
    async fn one_name_for_two(fresh: Fresh) {
        let server = empty(fresh).await;
        let (mut ana, mut other) = (Visitor::new(&server), Visitor::new(&server));
        tokio::join!(ana.open("/"), other.open("/"));
        tokio::join!(ana.comes_in("Ana"), other.comes_in("\u{c0}na"));
        let refused = [&ana, &other].map(|visitor| visitor.page.text().contains("already called that"));
        assert!(refused == [true, false] || refused == [false, true], "{refused:?}");
        server.end().await;
    }

    /// Sent twice at once, as by an impatient finger, the page to join makes one seat in which its owner sits.
    async fn joining_twice(fresh: Fresh) {
        let server = empty(fresh).await;
        let mut ana = Visitor::new(&server);
        ana.open("/").await;
        let form = ana.page.filled(&[("Your name in the room", "Ana")], "Come in");
        let before = ana.cookies.clone();
        ana.sends(&form).await;
        let mut again = Visitor::new(&server);
        again.cookies = before;
        again.sends(&form).await;
        assert_eq!(StatusCode::OK, again.status, "{}", again.page.text());
        assert_eq!(ana.cookies, again.cookies);
        server.end().await;
    }

    /// Where others can reach the room, a newcomer brings the key.
    async fn the_key(fresh: Fresh) {
        let server = Server::start(fresh, Opened { to_others: true, ..Opened::with(&["what-is-a-mesh"]) }).await;
        let mut ana = Visitor::new(&server);
        ana.open("/").await;
        ana.fills(&[("Your name in the room", "Ana"), ("The room's key", "guessed")], "Come in").await;
        assert_eq!(StatusCode::UNPROCESSABLE_ENTITY, ana.status);
        assert!(ana.page.text().contains("doesn't open this room"), "{}", ana.page.text());
        ana.fills(&[("Your name in the room", "Ana"), ("The room's key", &format!(" {JOIN_KEY} "))], "Come in").await;
        assert!(ana.page.text().contains("Nothing has been asked here yet"), "{}", ana.page.text());
        // The link brings it along, and the lead's link needs no other.
        let mut ben = Visitor::new(&server);
        ben.open(&format!("/?key={JOIN_KEY}")).await;
        ben.comes_in("Ben").await;
        assert!(ben.page.text().contains("Nothing has been asked here yet"), "{}", ben.page.text());
        Visitor::lead(&server, "Lea").await;
        server.end().await;
    }

    async fn the_cookie(fresh: Fresh) {
        let server = empty(fresh).await;
        let ana = Visitor::joined(&server, "Ana").await;
        assert_eq!(2, ana.set.len(), "one for the page to join, another for the seat: {:?}", ana.set);
        for set in &ana.set {
            let (pair, flags) = set.split_once("; ").unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            assert_eq!(format!("meshdrill-{}", server.address.port()), name);
            assert!(value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit()), "{value}");
            assert_eq!("Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000", flags);
        }
        assert_ne!(ana.set[0], ana.set[1], "a secret that somebody could have planted is a seat");
        let behind = ask(&server.url("/"), Method::GET, &[("x-forwarded-proto", "https")], String::new()).await;
        let set = behind.headers["set-cookie"].to_str().unwrap();
        assert!(set.ends_with("; Secure"), "{set}");
        server.end().await;
    }

    /// Every answer says the same to the browser, whatever became of the request.
    async fn headers(fresh: Fresh) {
        let server = empty(fresh).await;
        let ana = Visitor::joined(&server, "Ana").await;
        let cookie = ana.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<String>();
        let paths = ["/", "/style.css", "/room.js", "/icon.svg", "/panel", "/nothing/here", "/edit", "/join", "/livez", "/readyz"];
        for (path, own) in paths.iter().flat_map(|path| [(path, true), (path, false)]) {
            let cookie = if own { cookie.as_str() } else { "" };
            let said = ask(&server.url(path), Method::GET, &[("cookie", cookie)], String::new()).await;
            let header = |name: &str| said.headers.get(name).map_or("", |value| value.to_str().unwrap());
            if ["/livez", "/readyz"].contains(path) {
                continue;
            }
            let policy = header("content-security-policy");
            assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{path}: {policy}");
            for part in ["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'", "script-src 'self';", "style-src 'self';"] {
                assert!(policy.contains(part), "{path}: {policy}");
            }
            assert_eq!("nosniff", header("x-content-type-options"), "{path}");
            assert_eq!("same-origin", header("referrer-policy"), "{path}");
            assert_eq!("same-origin", header("cross-origin-opener-policy"), "{path}");
            assert_eq!("same-origin", header("cross-origin-resource-policy"), "{path}");
            let kept = [".css", ".js", ".svg"].iter().any(|end| path.ends_with(end));
            assert_eq!(if kept { "max-age=300" } else { "no-store" }, header("cache-control"), "{path}");
        }
        server.end().await;
    }

    /// A foreign name, a foreign page, a form without its token, too much of it, and what isn't there.
    async fn refused(fresh: Fresh) {
        let server = empty(fresh).await;
        let mut ana = Visitor::joined(&server, "Ana").await;
        let own = server.url("");
        let cookie = ana.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<String>();
        let address = server.address.to_string();
        for (host, status) in [
            (address.as_str(), 200),
            ("localhost", 200),
            ("LOCALHOST:1", 200),
            ("drill.example", 200),
            ("evil.example", 421),
            ("192.168.1.7", 421),
            ("localhost.evil.example", 421),
            ("", 421),
        ] {
            for path in ["/", "/events", "/room.js"] {
                let said = ask(&server.url(path), Method::GET, &[("host", host)], String::new()).await;
                let status = if path == "/events" && status == 200 { 403 } else { status };
                assert_eq!(status, said.status.as_u16(), "{host} {path}");
            }
        }
        let form = ana.page.filled(&[("Any command", "/istio quiz")], "Do it");
        let kind = ("content-type", "application/x-www-form-urlencoded");
        for (origin, status) in [
            (Some(own.as_str()), 303),
            (Some("http://evil.example"), 403),
            (Some("null"), 403),
            (Some(""), 403),
            (Some("http://127.0.0.1"), 403),
            (Some(address.as_str()), 403),
            (None, 403),
        ] {
            let headers: Vec<_> = [kind, ("cookie", &cookie)].into_iter().chain(origin.map(|origin| ("origin", origin))).collect();
            for action in ["/say", "/press", "/submit", "/edit", "/join"] {
                let said = ask(&server.url(action), Method::POST, &headers, encoded(&form.fields)).await;
                // With the right origin, each takes or refuses the form by what is in it.
                let taken = status == 403 && said.status == StatusCode::FORBIDDEN || status == 303 && action != "/say" || said.status == 303;
                assert!(taken, "{origin:?} {action}: {} {}", said.status, said.body);
            }
        }
        for form in [form.clone().with("token", ""), form.clone().with("token", &"0".repeat(64)), form.clone().with("token", "\u{e4}")] {
            for action in ["/say", "/press", "/submit", "/edit", "/join"] {
                ana.sends(&form.clone().to(action)).await;
                assert_eq!(StatusCode::FORBIDDEN, ana.status, "{action}");
            }
        }
        // Somebody else's token doesn't do either, and nobody's form leads to the page to join.
        let ben = Visitor::joined(&server, "Ben").await;
        ana.sends(&ben.page.filled(&[("Any command", "/istio quiz")], "Do it")).await;
        assert_eq!(StatusCode::FORBIDDEN, ana.status);
        let mut nobody = Visitor::new(&server);
        nobody.sends(&form).await;
        assert!(nobody.page.has_button("Come in"), "{}", nobody.page.text());

        ana.open("/").await;
        let much = ana.page.filled(&[("Any command", &"x".repeat(300_000))], "Do it");
        let said = ask(&server.url("/say"), Method::POST, &[kind, ("cookie", &cookie), ("origin", &own)], encoded(&much.fields)).await;
        assert_eq!(StatusCode::PAYLOAD_TOO_LARGE, said.status, "{}", said.body);
        ana.open("/nothing/here").await;
        assert_eq!(StatusCode::NOT_FOUND, ana.status);
        ana.follows("To the room").await;
        assert_eq!(StatusCode::OK, ana.status);
        for (path, method, status) in [("/say", Method::GET, 405), ("/", Method::DELETE, 405), ("/?topic=x&key=&leave=%00", Method::GET, 200)] {
            let said = ask(&server.url(path), method.clone(), &[("origin", &own), ("cookie", &cookie)], String::new()).await;
            assert_eq!(status, said.status.as_u16(), "{method} {path}: {}", said.body);
        }
        server.end().await;
    }

    async fn health(fresh: Fresh) {
        let server = empty(fresh).await;
        for (path, body) in [("/livez", "alive\n"), ("/readyz", "ready\n")] {
            // Whoever looks after the program reaches it by an address of its own.
            let said = ask(&server.url(path), Method::GET, &[("host", "10.0.0.7:8080")], String::new()).await;
            assert_eq!((StatusCode::OK, body), (said.status, said.body.as_str()), "{path}");
        }
        server.end().await;
    }
}
