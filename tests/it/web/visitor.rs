//! A browser in small: it keeps cookies, follows redirects, and sends forms by what people read on them.

use super::page::{Element, Filled};
use super::server::{PATIENCE, Server};
use reqwest::header::{COOKIE, HOST, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::Value;
use std::collections::BTreeMap;

/// Somebody's browser on one server.
pub(crate) struct Visitor {
    client: Client,
    base: String,
    pub(crate) cookies: BTreeMap<String, String>,
    /// The page that is open.
    pub(crate) page: Element,
    /// Where it was found.
    pub(crate) path: String,
    /// How it was answered.
    pub(crate) status: StatusCode,
    /// What came with it.
    pub(crate) headers: HeaderMap,
    /// Every cookie that was set, as it was set.
    pub(crate) set: Vec<String>,
}

/// What a server said to one request.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// Fields as a form's body. Every byte that could mean something is written as its number.
pub(crate) fn encoded(fields: &[(String, String)]) -> String {
    let number = |text: &str| {
        let each =
            text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") });
        each.collect::<String>()
    };
    fields.iter().map(|(name, value)| format!("{}={}", number(name), number(value))).collect::<Vec<_>>().join("&")
}

/// One request as it is given, with nothing added but what HTTP asks for.
pub(crate) async fn ask(url: &str, method: Method, headers: &[(&str, &str)], body: String) -> Said {
    let mut request = client().request(method, url).body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    Said { status: response.status(), headers: response.headers().clone(), body: response.text().await.unwrap() }
}

fn client() -> Client {
    // A proxy of the machine's has no business between a test and its server.
    Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().timeout(PATIENCE).build().unwrap()
}

impl Visitor {
    /// A new browser, with nothing open.
    pub(crate) fn new(server: &Server) -> Visitor {
        Visitor::new_at(server.url(""))
    }

    /// A new browser for a server at this address.
    pub(crate) fn new_at(base: String) -> Visitor {
        Visitor {
            client: client(),
            base,
            cookies: BTreeMap::new(),
            page: Element::default(),
            path: String::new(),
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            set: Vec::new(),
        }
    }

    /// Somebody who came in by this name.
    pub(crate) async fn joined(server: &Server, name: &str) -> Visitor {
        let mut visitor = Visitor::new(server);
        visitor.open("/").await;
        visitor.comes_in(name).await;
        assert!(visitor.page.text().contains(name), "{name} didn't come in: {}", visitor.page.text());
        visitor
    }

    /// Whoever started the room, by the link it printed.
    pub(crate) async fn lead(server: &Server, name: &str) -> Visitor {
        let mut visitor = Visitor::new(server);
        visitor.open(&format!("/?key={}", super::server::LEAD_KEY)).await;
        visitor.comes_in(name).await;
        assert!(visitor.page.text().contains(&format!("{name}lead")), "{name} doesn't lead: {}", visitor.page.text());
        visitor
    }

    /// Fills in the page to join.
    pub(crate) async fn comes_in(&mut self, name: &str) {
        self.fills(&[("Your name in the room", name)], "Come in").await;
    }

    /// Opens an address.
    pub(crate) async fn open(&mut self, path: &str) {
        let response = self.request(Method::GET, path, None).await;
        self.arrive(path, response).await;
    }

    /// Where the server is.
    pub(crate) fn base(&self) -> String {
        self.base.clone()
    }

    /// What stands at an address that is no page.
    pub(crate) async fn reads(&self, path: &str) -> Said {
        let response = self.request(Method::GET, path, None).await;
        Said { status: response.status(), headers: response.headers().clone(), body: response.text().await.unwrap() }
    }

    /// Reads the page anew.
    pub(crate) async fn reload(&mut self) {
        let path = self.path.clone();
        self.open(&path).await;
    }

    /// Follows a link.
    pub(crate) async fn follows(&mut self, text: &str) {
        let path = self.page.link(text).to_owned();
        self.open(&path).await;
    }

    /// Presses a button.
    pub(crate) async fn presses(&mut self, label: &str) {
        self.fills(&[], label).await;
    }

    /// Fills in a form and sends it.
    pub(crate) async fn fills(&mut self, fields: &[(&str, &str)], label: &str) {
        let filled = self.page.filled(fields, label);
        self.sends(&filled).await;
    }

    /// Writes in the thread.
    pub(crate) async fn writes(&mut self, text: &str) {
        self.fills(&[("Write in the thread", text)], "Send").await;
    }

    /// Says a command.
    pub(crate) async fn commands(&mut self, text: &str) {
        self.fills(&[("Any command", text)], "Do it").await;
    }

    /// Sends a form that was filled in before.
    pub(crate) async fn sends(&mut self, form: &Filled) {
        let response = self.request(Method::POST, &form.action, Some(&form.fields)).await;
        self.arrive(&form.action, response).await;
    }

    /// What is only this reader's.
    pub(crate) fn own(&self) -> String {
        self.page.id("panel").text()
    }

    /// The thread, or what follows a challenge.
    pub(crate) fn thread(&self) -> String {
        self.page.id("thread").text()
    }

    /// What members wrote in the thread.
    pub(crate) fn words(&self) -> Vec<String> {
        self.page.all().into_iter().filter(|element| element.attribute("class") == Some("words")).map(Element::text).collect()
    }

    /// The board.
    pub(crate) fn board(&self) -> String {
        self.page.id("board").text()
    }

    /// Listens to what moves, as the page that is open does.
    pub(crate) async fn listens(&self) -> Result<Stream, StatusCode> {
        let room = self.page.id("room");
        let of = |name: &str| room.attribute(name).unwrap_or_default().to_owned();
        self.listens_to(&format!("/events?topic={}&seen={}", of("data-topic"), of("data-seen"))).await
    }

    /// Listens to an address.
    pub(crate) async fn listens_to(&self, path: &str) -> Result<Stream, StatusCode> {
        let response = self.request(Method::GET, path, None).await;
        match response.status() {
            StatusCode::OK => Ok(Stream { response, held: String::new() }),
            other => Err(other),
        }
    }

    async fn arrive(&mut self, path: &str, mut response: Response) {
        let mut path = path.to_owned();
        let mut steps = 0;
        loop {
            let set = response.headers().get_all(SET_COOKIE).iter().map(|set| set.to_str().unwrap().to_owned());
            for set in set.collect::<Vec<_>>() {
                let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
                self.cookies.insert(name.into(), value.into());
                self.set.push(set);
            }
            let Some(to) = response.headers().get(LOCATION) else { break };
            assert_eq!(StatusCode::SEE_OTHER, response.status());
            path = to.to_str().unwrap().split('#').next().unwrap().to_owned();
            steps += 1;
            assert!(steps < 5, "around in circles at {path}");
            response = self.request(Method::GET, &path, None).await;
        }
        (self.path, self.status, self.headers) = (path, response.status(), response.headers().clone());
        self.page = Element::page(&response.text().await.unwrap());
        self.page.is_inert();
    }

    async fn request(&self, method: Method, path: &str, form: Option<&[(String, String)]>) -> Response {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if !self.cookies.is_empty() {
            let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, cookies.join("; "));
        }
        if let Some(fields) = form {
            let host = self.base.trim_start_matches("http://");
            request = request.header(HOST, host).header(ORIGIN, &self.base);
            request = request.header("content-type", "application/x-www-form-urlencoded").body(encoded(fields));
        }
        request.send().await.unwrap()
    }
}

/// A stream of events that is open.
pub(crate) struct Stream {
    response: Response,
    held: String,
}

impl Stream {
    /// The next event; none once the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        tokio::time::timeout(PATIENCE, self.read()).await.expect("nothing came")
    }

    async fn read(&mut self) -> Option<Value> {
        loop {
            if let Some((event, rest)) = self.held.split_once("\n\n") {
                let data: String = event.lines().filter_map(|line| line.strip_prefix("data: ")).collect();
                self.held = rest.to_owned();
                // Without data it only keeps the connection open.
                if !data.is_empty() {
                    return Some(serde_json::from_str(&data).unwrap());
                }
                continue;
            }
            let more = self.response.chunk().await.unwrap()?;
            self.held.push_str(std::str::from_utf8(&more).unwrap());
        }
    }

    /// Waits for an event with these words in it, and gives the id of what holds them and all that is in it.
    pub(crate) async fn until(&mut self, words: &str) -> (String, String) {
        loop {
            let event = self.next().await.unwrap_or_else(|| panic!("the stream ended before {words}"));
            let parts = event["parts"].as_object().unwrap().iter().map(|(id, html)| (id.clone(), html));
            let lines = event["lines"].as_array().unwrap().iter().map(|line| (line["id"].as_str().unwrap().to_owned(), &line["html"]));
            for (id, html) in parts.chain(lines) {
                let read = Element::fragment(html.as_str().unwrap());
                read.is_inert();
                if read.text().contains(words) {
                    return (id, read.text());
                }
            }
        }
    }
}
