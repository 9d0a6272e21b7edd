//! A server on loopback that answers what a test tells it to, and remembers what it was asked and when.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, Uri};
use meshdrill::chat::discord::rest::{Limits, Rest};
use secrecy::SecretString;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

pub(crate) const TOKEN: &str = "bot-token-that-nobody-may-see";

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) at: Instant,
    pub(crate) method: Method,
    /// Without `/api/v10`, with the query.
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// What is answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: String,
    pub(crate) after: Duration,
}

impl Answer {
    pub(crate) fn new(status: u16, body: &str) -> Answer {
        Answer { status, headers: Vec::new(), body: body.to_owned(), after: Duration::ZERO }
    }

    pub(crate) fn ok() -> Answer {
        Answer::new(200, r#"{"id":"1"}"#)
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl ToString) -> Answer {
        self.headers.push((name, value.to_string()));
        self
    }

    pub(crate) fn after(self, after: Duration) -> Answer {
        Answer { after, ..self }
    }
}

type Script = dyn Fn(&Asked, usize) -> Answer + Send + Sync;

struct Desk {
    script: Box<Script>,
    asked: Mutex<Vec<Asked>>,
}

/// It ends with the test.
pub(crate) struct Server {
    desk: Arc<Desk>,
    pub(crate) base: String,
    task: JoinHandle<()>,
}

impl Server {
    /// Answers as `script` says from the request and the number of those before it.
    pub(crate) async fn start(script: impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static) -> Server {
        let desk = Arc::new(Desk { script: Box::new(script), asked: Mutex::default() });
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(Arc::clone(&desk));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Server { desk, base, task }
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.desk.asked.lock().unwrap().clone()
    }

    /// `POST /path` of each request, in their order.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.asked().iter().map(|asked| format!("{} {}", asked.method, asked.path)).collect()
    }

    /// Waits until so many have come.
    pub(crate) async fn wait_for(&self, count: usize) {
        while self.desk.asked.lock().unwrap().len() < count {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    pub(crate) fn rest(&self, limits: Limits) -> Rest {
        Rest::with_limits(&self.base, &SecretString::from(TOKEN), limits).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(desk): State<Arc<Desk>>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let path = uri.to_string().trim_start_matches("/api/v10").to_owned();
    let asked = Asked { at: Instant::now(), method, path, headers, body };
    let answer = {
        let mut all = desk.asked.lock().unwrap();
        let answer = (desk.script)(&asked, all.len());
        all.push(asked);
        answer
    };
    tokio::time::sleep(answer.after).await;
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(*name, value);
    }
    response.body(Body::from(answer.body)).unwrap()
}
