//! One connection to the gateway: HELLO, login or resuming, heartbeats, and the ways it ends.

use super::super::Shared;
use super::Out;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

/// Accepts connections until it is dropped, and every connection with it.
pub(in super::super) async fn serve(shared: Arc<Shared>, listener: TcpListener) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Ok((stream, _)) = listener.accept() => {
                let shared = shared.clone();
                connections.spawn(async move { connection(&shared, stream).await });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(shared: &Shared, stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else { return };
    let (out, mut outgoing) = unbounded_channel();
    let heartbeat = shared.with(|state| state.gateway.heartbeat);
    let hello = json!({ "op": 10, "t": null, "s": null, "d": { "heartbeat_interval": heartbeat, "_trace": ["double"] } });
    let _ = out.send(Out::Text(hello.to_string()));
    let mut session = None;
    loop {
        tokio::select! {
            Some(what) = outgoing.recv() => if !sent(&mut socket, what).await { break },
            said = socket.next() => match said {
                Some(Ok(Message::Text(text))) => hear(shared, &mut session, &text, &out),
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => {}
            },
        }
    }
    shared.with(|state| {
        let left = session.and_then(|number| state.gateway.sessions.get_mut(&number));
        // A session that was taken up again meanwhile has another way out.
        if let Some(left) = left.filter(|left| left.out.as_ref().is_some_and(|own| own.same_channel(&out))) {
            left.out = None;
        }
    });
}

/// Sends; false where the connection is over.
async fn sent(socket: &mut WebSocketStream<TcpStream>, what: Out) -> bool {
    match what {
        Out::Text(text) => socket.send(Message::Text(text)).await.is_ok(),
        Out::Close(code) => {
            let frame = CloseFrame { code: CloseCode::from(code), reason: "".into() };
            let _ = socket.close(Some(frame)).await;
            // The frame arrives before the end of the connection only where its answer is awaited.
            let rest = async { while let Some(Ok(_)) = socket.next().await {} };
            let _ = tokio::time::timeout(std::time::Duration::from_secs(1), rest).await;
            false
        }
        Out::Abort => {
            let _ = socket.get_ref().set_zero_linger();
            false
        }
    }
}

fn hear(shared: &Shared, session: &mut Option<u64>, text: &str, out: &UnboundedSender<Out>) {
    let Ok(said) = serde_json::from_str::<Value>(text) else {
        let _ = out.send(Out::Close(4002));
        return;
    };
    let answer = shared.with(|state| match (said["op"].as_u64(), *session) {
        (Some(1), _) if state.gateway.acks_withheld => None,
        (Some(1), _) => Some(Out::Text(json!({ "op": 11 }).to_string())),
        (Some(2 | 6), Some(_)) => Some(Out::Close(4005)),
        (Some(2), None) => match state.identify(&said["d"], out.clone()) {
            Ok(number) => {
                *session = Some(number);
                None
            }
            Err(code) => Some(Out::Close(code)),
        },
        (Some(6), None) => {
            *session = state.resume(&said["d"], out.clone());
            session.is_none().then(|| Out::Text(json!({ "op": 9, "d": false }).to_string()))
        }
        (Some(3 | 4 | 8), Some(_)) => None,
        (Some(3 | 4 | 8), None) => Some(Out::Close(4003)),
        _ => Some(Out::Close(4001)),
    });
    if let Some(answer) = answer {
        let _ = out.send(answer);
    }
}
