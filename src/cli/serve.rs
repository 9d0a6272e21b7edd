//! `meshdrill serve`: the room in the browser, and the chats that are configured.

use crate::bank::Pack;
use crate::chat::discord::{self, Discord};
use crate::chat::local::web::{Doors, Hosts, Web, secret};
use crate::cli::open;
use crate::config::{self, Config};
use crate::http;
use crate::quiz::Quiz;
use anyhow::Result;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use secrecy::ExposeSecret;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::sync::watch;

/// The port where none is named.
const PORT: u16 = 4747;

/// The fewest characters of a key that somebody chose.
const SHORTEST_KEY: usize = 16;

/// Options of `meshdrill serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The port; 0 takes any free one
    #[arg(long, value_name = "NUMBER", default_value_t = PORT)]
    port: u16,
    /// Let others reach the room at this address of the machine, such as 0.0.0.0; newcomers then need the key that is printed
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<IpAddr>,
    /// A name by which browsers reach the room, beside localhost; may be given more than once
    #[arg(long, value_name = "NAME", value_parser = host)]
    host: Vec<String>,
    /// Keep the room in this folder
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Open the room in the browser beside a chat that is configured; without any chat it is open anyway
    #[arg(long)]
    room: bool,
    /// Fix the draw of questions
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
}

impl Args {
    /// What holds when nothing was typed.
    pub(crate) fn usual() -> Self {
        Args { port: PORT, listen: None, host: Vec::new(), data: None, room: false, seed: None }
    }
}

/// Opens what is configured, and serves it until the program is told to stop.
pub(crate) async fn run(args: Args, packs: Vec<Pack>, config: &Config) -> Result<ExitCode> {
    let ip = args.listen.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    // The port is taken first: a room that nobody can reach should not open its database.
    let listening = http::listen(SocketAddr::new(ip, args.port)).await?;
    let db = match &args.data {
        Some(folder) => open::sqlite(folder).await?,
        None => open::configured(config).await?,
    };
    let zone = TimeZone::system();
    let discord = config.discord.clone().map(settings);
    let quiz = Quiz::new(db, packs, zone.iana_name().unwrap_or("UTC"), args.seed.unwrap_or_else(rand::random));
    let quiz = Arc::new(match &discord {
        Some(settings) => quiz.with_abilities(discord::PLATFORM, settings.abilities()),
        None => quiz,
    });
    let stop = stop()?;
    let room = if args.room || discord.is_none() { Some(room(&args, &listening, &quiz, config).await?) } else { None };
    let done = serve(listening, room, discord, &quiz, stop).await;
    quiz.db().close().await;
    done.map(|()| ExitCode::SUCCESS)
}

/// The room in the browser; whoever started the program is told how to enter it.
async fn room(args: &Args, listening: &http::Listening, quiz: &Arc<Quiz>, config: &Config) -> Result<Arc<Web>> {
    let ip = listening.address.ip();
    // A name beside localhost means a proxy, by which others come.
    let open_to_others = !ip.is_loopback() || !args.host.is_empty();
    let doors = Doors {
        lead: secret(),
        join: if open_to_others { Some(join_key(config)?) } else { None },
        hosts: Hosts { names: args.host.clone(), any_address: !ip.is_loopback() },
        port: listening.address.port(),
    };
    if let Err(error) = greet(listening.address, &doors) {
        // Whoever started it and reads no further, as in `| head -1`, still wants the room.
        tracing::warn!(%error, "the room's address could not be printed");
    }
    Web::new(Arc::clone(quiz), doors, Arc::new(Timestamp::now)).await
}

/// Serves the room and the chats until `stop`, or until one of them can't go on; then the others end as well.
async fn serve(
    listening: http::Listening,
    room: Option<Arc<Web>>,
    discord: Option<discord::Settings>,
    quiz: &Arc<Quiz>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let (ending, ended) = watch::channel(false);
    let end = move |mut ended: watch::Receiver<bool>| async move { drop(ended.wait_for(|ended| *ended).await) };
    let watched = Arc::clone(quiz);
    let is_ready = move || {
        let quiz = Arc::clone(&watched);
        async move { quiz.next_due().await.is_ok() }
    };
    let pages = tokio::spawn(http::serve(listening, room, is_ready, end(ended.clone())));
    let chat = async {
        let Some(settings) = discord else { return std::future::pending().await };
        let discord = Discord::connect(settings, Arc::clone(quiz), Arc::new(Timestamp::now)).await?;
        writeln!(io::stdout(), "Connected to Discord. Ctrl+C ends it; what was said is kept.").ok();
        let (told, mut ended) = (Arc::clone(&discord), ended.clone());
        let closer = tokio::spawn(async move {
            let _ = ended.wait_for(|ended| *ended).await;
            told.close();
        });
        let done = discord.run().await;
        closer.abort();
        done
    };
    let stopper = tokio::spawn({
        let ending = ending.clone();
        async move {
            stop.await;
            ending.send_replace(true);
        }
    });
    let mut chat = std::pin::pin!(chat);
    let mut pages = pages;
    let done = tokio::select! {
        done = &mut chat => { ending.send_replace(true); done.and(pages.await?) }
        done = &mut pages => {
            ending.send_replace(true);
            done?
        }
    };
    stopper.abort();
    done
}

/// Discord as the environment describes it.
pub(crate) fn settings(config: config::Discord) -> discord::Settings {
    discord::Settings {
        api: config.api,
        gateway: config.gateway,
        reads_threads: config.message_content,
        dev_guild: config.dev_guild,
        ..discord::Settings::new(config.token)
    }
}

/// A host's name, without what stands around it in an address.
fn host(text: &str) -> Result<String, String> {
    let is_name = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    if is_name { Ok(text.to_owned()) } else { Err("it takes a host's name alone, such as drill.example.org".into()) }
}

/// What newcomers must bring where others can reach the room.
fn join_key(config: &Config) -> Result<String> {
    let Some(key) = &config.room_key else { return Ok(secret()) };
    let key = key.expose_secret();
    let fits = key.len() >= SHORTEST_KEY && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
    anyhow::ensure!(fits, "MESHDRILL_ROOM_KEY takes {SHORTEST_KEY} characters or more: letters, digits and -._~, which a link can hold");
    Ok(key.to_owned())
}

fn greet(address: SocketAddr, doors: &Doors) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let shown = if address.ip().is_unspecified() { SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), address.port()) } else { address };
    writeln!(out, "The room is open:   http://{shown}/")?;
    writeln!(out, "To lead it (once):  http://{shown}/?key={}", doors.lead)?;
    if let Some(join) = &doors.join {
        let invited = match doors.hosts.names.first() {
            Some(name) => format!("https://{name}"),
            None if address.ip().is_unspecified() => format!("http://THIS-MACHINE:{}", address.port()),
            None => format!("http://{address}"),
        };
        writeln!(out, "To invite others:   {invited}/?key={join}")?;
    }
    if !address.ip().is_loopback() {
        writeln!(
            out,
            "Warning: whoever reaches {address} sees this page, and the connection is not encrypted. Put a proxy with TLS before it."
        )?;
    }
    writeln!(out, "Ctrl+C closes it; what was said is kept.")?;
    out.flush()
}

/// Comes when the program is told to stop. It listens from the call on.
fn stop() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}
