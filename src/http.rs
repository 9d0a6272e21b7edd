//! The server: the room's pages, and two addresses that tell a supervisor how the program is.

use crate::chat::local::web::{self, Web};
use anyhow::{Context, Result, anyhow};
use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};

/// How long requests that are under way may take once the program is told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// How many connections may wait to be taken: after a restart, all who watch come back at once.
const BACKLOG: u32 = 1024;

/// A place to listen, which is held from here on.
#[derive(Debug)]
pub struct Listening {
    listener: TcpListener,
    /// Where it is; port 0 has become the one that was free.
    pub address: SocketAddr,
}

/// Takes an address.
///
/// # Errors
/// Somebody else has it, or it isn't this machine's.
pub async fn listen(address: SocketAddr) -> Result<Listening> {
    let take = || -> std::io::Result<TcpListener> {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // A room that was closed a moment ago must not keep its port from the next one.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)
    };
    let listener = take().map_err(|error| {
        let cure = if error.kind() == ErrorKind::AddrInUse { "; --port 0 takes any free port" } else { "" };
        anyhow!("{address} can't be listened on: {error}{cure}")
    })?;
    let address = listener.local_addr()?;
    Ok(Listening { listener, address })
}

/// Serves the room, where there is one, until `stop`; then ends what is under way.
///
/// # Errors
/// The listener fails.
pub async fn serve<R: Future<Output = bool> + Send>(
    listening: Listening,
    room: Option<Arc<Web>>,
    is_ready: impl Fn() -> R + Clone + Send + Sync + 'static,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let ready = move || async move {
        if is_ready().await { (StatusCode::OK, "ready\n") } else { (StatusCode::SERVICE_UNAVAILABLE, "no database\n") }
    };
    let health = Router::new().route("/livez", get(|| async { "alive\n" })).route("/readyz", get(ready));
    let app = room.as_ref().map_or_else(Router::new, |room| web::router(Arc::clone(room))).merge(health);
    let clock = room.clone().map(|room| tokio::spawn(async move { room.run().await }));
    let (stopped, stopping) = tokio::sync::oneshot::channel::<()>();
    let told = room.clone();
    let server = axum::serve(listening.listener, app).with_graceful_shutdown(async move {
        stop.await;
        if let Some(room) = told {
            room.close();
        }
        // Nobody listens any more only where the server failed before.
        let _ = stopped.send(());
    });
    tokio::select! {
        served = async { server.await } => served.context("the server failed")?,
        // A connection that never ends must not keep the program.
        () = async { let _ = stopping.await; tokio::time::sleep(GRACE).await; } => {}
    }
    if let (Some(room), Some(clock)) = (room, clock) {
        room.close();
        let _ = clock.await;
    }
    Ok(())
}
