//! `meshdrill practice`: the room in the terminal, by hand or from a script.

use crate::bank::Pack;
use crate::chat::local;
use crate::chat::local::clock::Clock;
use crate::chat::local::render::Style;
use crate::chat::local::terminal::Terminal;
use crate::cli::open;
use crate::config::Config;
use crate::quiz::{Abilities, Floods, Quiz};
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{Editor, ExternalPrinter};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use tokio::sync::mpsc;

/// Columns of a line where the terminal doesn't say, and of a script's output.
const WIDTH: usize = 100;
/// How often the room looks whether something is due.
const LOOK: Duration = Duration::from_secs(1);

/// Options of `meshdrill practice`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Keep the room in this folder; a script's room is thrown away otherwise
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Fix the draw of questions
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
    /// Start at this time and move the clock by hand (/at, /wait): 2026-11-24T08:55
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Your time zone, such as Europe/Berlin; the system's otherwise
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// Your name in the room
    #[arg(long, value_name = "NAME", default_value = "you")]
    name: String,
}

/// Opens the room and reads it to its end.
pub(crate) async fn run(args: Args, packs: Vec<Pack>, config: &Config) -> Result<ExitCode> {
    let (interactive, shown) = (io::stdin().is_terminal(), io::stdout().is_terminal());
    let zone = zone(args.zone.as_deref())?;
    let clock = args.at.as_deref().map(|at| set_clock(at, &zone)).transpose()?.map_or(Clock::Wall, Clock::Set);
    // A script's room lives in a folder of its own and goes with it, and never in the team's PostgreSQL.
    let folder = match (&args.data, &config.data) {
        (Some(folder), _) => Some(folder.clone()),
        (None, _) if interactive && config.database_url.is_some() => None,
        (None, folder) => folder.clone(),
    };
    let scratch =
        if folder.is_none() && !interactive { Some(tempfile::tempdir().context("no temporary folder can be made")?) } else { None };
    let (db, folder) = match (&scratch, folder) {
        (Some(scratch), _) => (open::sqlite(scratch.path()).await?, scratch.path().to_owned()),
        (None, Some(folder)) => (open::sqlite(&folder).await?, folder),
        (None, None) => (open::configured(config).await?, config.data.clone().unwrap_or_else(|| PathBuf::from(open::FOLDER))),
    };
    let name = zone.iana_name().unwrap_or("UTC").to_owned();
    let alone = Abilities { floods: Floods::NONE, ..Abilities::default() };
    let quiz = Quiz::new(db.clone(), packs, &name, args.seed.unwrap_or_else(rand::random)).with_abilities(local::PLATFORM, alone);
    let style = Style { colour: shown && !config.no_colour, width: WIDTH, zone };
    let run = Timestamp::now().as_microsecond().to_string();
    let mut room = Terminal::new(&quiz, &args.name, Some(name), style, clock, run);
    room.enter().await?;
    let outcome = if interactive { by_hand(&mut room, &quiz, &folder).await } else { from_script(&mut room, scratch.is_none()).await };
    db.close().await;
    outcome.map(|()| ExitCode::SUCCESS)
}

fn zone(named: Option<&str>) -> Result<TimeZone> {
    match named {
        Some(name) => crate::quiz::zones::parse_zone(name).map_err(|fault| anyhow::anyhow!("{fault}")),
        None => {
            let system = TimeZone::system();
            Ok(if system.iana_name().is_some() { system } else { TimeZone::UTC })
        }
    }
}

fn set_clock(at: &str, zone: &TimeZone) -> Result<Timestamp> {
    if let Ok(instant) = at.parse() {
        return Ok(instant);
    }
    let Ok(local) = at.parse::<DateTime>() else { bail!("--at takes a time such as 2026-11-24T08:55, not {at}") };
    Ok(local.to_zoned(zone.clone())?.timestamp())
}

/// Reads lines to the end of the input, printing what comes of each. A backslash at a line's end goes on on the next line.
async fn from_script(room: &mut Terminal<'_>, kept: bool) -> Result<()> {
    let mut held = String::new();
    print(&room.take())?;
    let mut input = io::stdin().lock();
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        // Bytes that are no text must not end the room.
        let read = input.read_until(b'\n', &mut bytes).context("the input can't be read")?;
        if read == 0 || room.is_over() {
            break;
        }
        let line = String::from_utf8_lossy(&bytes);
        let line = line.trim_end_matches(['\n', '\r']);
        if let Some(more) = line.strip_suffix('\\') {
            held.push_str(more);
            held.push('\n');
            continue;
        }
        held.push_str(line);
        let said = std::mem::take(&mut held);
        if room.is_asking() || (!said.trim().is_empty() && !said.starts_with('#')) {
            print(&format!("\n{}{}\n", room.prompt(), said))?;
            room.line(&said).await?;
            print(&room.take())?;
        }
    }
    print("\n-- the end\n")?;
    room.leave(kept).await?;
    print(&room.take())
}

fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Reads lines typed by a person; meanwhile the clock goes on, and what is said appears above the prompt.
async fn by_hand(room: &mut Terminal<'_>, quiz: &Quiz, folder: &Path) -> Result<()> {
    let command = quiz.packs().first().map_or("istio", |pack| pack.id.as_str());
    print(&format!(
        "Meshdrill. To begin: /{command} quiz, /{command} interview   A question a day: /{command} setup   All commands: /{command} help, /room\n{}",
        room.take()
    ))?;
    let history = folder.join("history");
    let (lines, mut typed) = mpsc::channel(1);
    let (prompts, asked) = std::sync::mpsc::channel::<String>();
    let mut editor: Editor<(), FileHistory> = Editor::new()?;
    // No history yet is no fault.
    let _ = editor.load_history(&history);
    let mut above = editor.create_external_printer()?;
    let reader = std::thread::spawn(move || read_lines(editor, &history, &asked, &lines));
    let mut look = tokio::time::interval(LOOK);
    prompts.send(room.prompt())?;
    while !room.is_over() {
        tokio::select! {
            line = typed.recv() => match line {
                Some(line) => {
                    room.line(&line).await?;
                    print(&room.take())?;
                    prompts.send(room.prompt())?;
                }
                None => break,
            },
            _ = look.tick(), if !room.is_set() => {
                room.tick().await?;
                let said = room.take();
                if !said.is_empty() {
                    above.print(said)?;
                }
            }
        }
    }
    drop((prompts, typed));
    // The thread waits in the terminal until it is told that nobody listens; it ends with the program.
    if reader.is_finished() {
        let _ = reader.join();
    }
    room.leave(true).await?;
    print(&room.take())
}

/// Hands over lines as they are typed, until the input ends or nobody listens. Several pasted lines are one.
fn read_lines(
    mut editor: Editor<(), FileHistory>,
    history: &Path,
    prompts: &std::sync::mpsc::Receiver<String>,
    lines: &mpsc::Sender<String>,
) {
    while let Ok(prompt) = prompts.recv() {
        match editor.readline(&prompt) {
            Ok(line) => {
                if !line.trim().is_empty() {
                    let _ = editor.add_history_entry(&line);
                    let _ = editor.append_history(history);
                }
                if lines.blocking_send(line).is_err() {
                    return;
                }
            }
            Err(ReadlineError::Interrupted | ReadlineError::Eof | _) => return,
        }
    }
}
