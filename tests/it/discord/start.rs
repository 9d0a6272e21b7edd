//! How it begins: what stands in the way is said in one line that helps, commands are registered once, and the program itself does it all.

use super::double::Discord;
use super::team::{FULL, Team, answered};
use crate::databases::Fresh;
use crate::web::server::PATIENCE;
use crate::web::visitor::ask;
use reqwest::{Method, StatusCode};
use secrecy::SecretString;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

/// How often commands were put.
fn puts(discord: &Discord) -> usize {
    discord.requests().iter().filter(|seen| seen.method == "PUT" && seen.path.ends_with("/commands")).count()
}

/// A token that nobody knows, and an intent that isn't granted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_said_in_a_line() {
    let mut team = Team::gather(Fresh::sqlite(), |server| server.text("mesh")).await;
    team.bot.stop().await;
    let token = team.bot.settings.token.clone();
    // One that nobody knows, and one that no token looks like.
    for wrong in ["MTE.nobody.knows", "MTE.nobody\nknows"] {
        team.bot.settings.token = SecretString::from(wrong);
        let said = format!("{:#}", team.bot.try_run().await.unwrap_err());
        assert!(said.contains("Reset Token") && said.contains("go to Bot") && said.lines().count() == 1, "{said}");
        assert!(!said.contains("MTE.nobody"), "{said}");
    }
    team.bot.settings.token = token;
    team.discord.grant_intents(false);
    let refused = match team.bot.try_run().await {
        Err(refused) => refused,
        Ok(()) => team.bot.ended().await.unwrap_err(),
    };
    let said = format!("{refused:#}");
    assert!(said.contains("Message Content Intent") && said.contains("go to Bot") && said.lines().count() == 1, "{said}");
    team.end().await;
}

/// Without the intent everything goes privately, and setup says so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_reading_messages() {
    let mut team = Team::gather(Fresh::sqlite(), |server| server.text("mesh")).await;
    team.bot.stop().await;
    team.bot.settings.reads_threads = false;
    team.discord.grant_intents(false);
    team.bot.run().await;
    team.discord.logged_in(2, 0).await;
    let offer = team.lea.command(&team.channel, "/istio-lead setup daily").await;
    assert!(offer.text().contains("Message Content Intent"), "{}", offer.text());
    team.lea.presses(offer.message(), "Start").await;
    team.at("2026-11-24T09:00").await;
    let thread = team.channel.thread(1).await;
    let typed = team.ben.types(&thread, FULL);
    let form = team.ana.presses(team.question(), "Answer privately").await;
    let graded = answered(&team.ana.submits(&form, &[("In your own words", FULL)]).await);
    assert!(graded.contains("10 of 10"), "{graded}");
    team.settled().await;
    assert!(!team.has_sign(typed));
    team.end().await;
}

/// Commands are put once, and again only where they differ; for development in one server.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_are_registered_once() {
    let mut team = Team::gather(Fresh::sqlite(), |server| server.text("mesh")).await;
    assert_eq!(1, puts(&team.discord));
    team.bot.restart().await;
    team.discord.logged_in(2, 0).await;
    assert_eq!(1, puts(&team.discord));
    team.bot.settings.dev_guild = Some(team.server.id);
    for login in 3..5 {
        team.bot.restart().await;
        team.discord.logged_in(login, 0).await;
        assert_eq!(2, puts(&team.discord));
    }
    assert_eq!(team.discord.commands(None).len(), team.discord.commands(Some(&team.server)).len());
    for command in team.discord.commands(None) {
        let (english, german) = (command["description"].as_str().unwrap(), command["description_localizations"]["de"].as_str().unwrap());
        assert!(english.starts_with("Istio: ") && german.starts_with("Istio: ") && english != german, "{english}, {german}");
    }
    team.end().await;
}

/// The program itself, told of the double.
fn meshdrill(discord: &Discord, folder: &tempfile::TempDir, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_meshdrill"));
    for name in ["DATABASE_URL", "MESHDRILL_DATA", "MESHDRILL_PACKS", "RUST_LOG", "DISCORD_MESSAGE_CONTENT", "DISCORD_DEV_GUILD"] {
        command.env_remove(name);
    }
    command.env("DISCORD_TOKEN", discord.token()).env("DISCORD_API_URL", discord.api_url());
    command.env("DISCORD_GATEWAY_URL", discord.gateway_url()).args(args).current_dir(folder.path());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

async fn output(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_gives_the_link() {
    let (discord, folder) = (Discord::start().await, tempfile::tempdir().unwrap());
    let told = output(meshdrill(&discord, &folder, &["discord", "invite"])).await;
    let link = String::from_utf8(told.stdout).unwrap();
    let begins = format!("https://discord.com/oauth2/authorize?client_id={}&scope=bot+applications.commands&", discord.application_id());
    assert!(told.status.success() && link.starts_with(&begins) && link.lines().count() == 1, "{link}");
    assert!(link.contains(&format!("permissions={}&", super::double::permissions::OF_THE_BOT)), "{link}");
    let mut wrong = meshdrill(&discord, &folder, &["discord", "invite"]);
    wrong.env("DISCORD_TOKEN", "nobody.knows.it");
    let told = output(wrong).await;
    let said = String::from_utf8(told.stderr).unwrap();
    assert!(!told.status.success() && said.contains("Reset Token") && said.lines().count() == 1, "{said}");
    discord.end().await;
}

/// A program that doesn't outlive its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts `serve` and reads what it prints up to its last line.
async fn serving(discord: &Discord, folder: &tempfile::TempDir, args: &[&str]) -> (Running, Vec<String>) {
    let mut running = Running(meshdrill(discord, folder, args).arg("--data").arg(folder.path().join("data")).spawn().unwrap());
    let out = running.0.stdout.take().unwrap();
    let read = tokio::task::spawn_blocking(move || {
        let mut lines = Vec::new();
        for line in BufReader::new(out).lines() {
            lines.push(line.unwrap());
            if lines.last().is_some_and(|line| line.contains("Ctrl+C")) {
                break;
            }
        }
        lines
    });
    (running, tokio::time::timeout(PATIENCE, read).await.unwrap().unwrap())
}

/// Served to Discord alone, and to a room as well.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_serves() {
    for (with_room, args) in [(false, vec!["serve", "--port"]), (true, vec!["serve", "--room", "--port"])] {
        let (discord, folder) = (Discord::start().await, tempfile::tempdir().unwrap());
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
        let server = discord.server("Platform team");
        let (channel, ana) = (server.text("mesh"), server.member("Ana"));
        let (running, lines) = serving(&discord, &folder, &[args.as_slice(), &[free.as_str()]].concat()).await;
        assert_eq!(with_room, lines.iter().any(|line| line.contains("The room is open")), "{lines:?}");
        discord.ready().await;
        let seen = answered(&ana.command(&channel, "/istio help").await);
        assert!(seen.contains("/istio quiz"), "{seen}");
        let live = ask(&format!("http://127.0.0.1:{free}/livez"), Method::GET, &[], String::new()).await;
        assert_eq!(StatusCode::OK, live.status);
        let page = ask(&format!("http://127.0.0.1:{free}/"), Method::GET, &[], String::new()).await;
        assert_eq!(with_room, page.status == StatusCode::OK, "{page:?}");
        rustix::process::kill_process(rustix::process::Pid::from_child(&running.0), rustix::process::Signal::TERM).unwrap();
        let mut running = running;
        let ended = tokio::task::spawn_blocking(move || running.0.wait().unwrap()).await.unwrap();
        assert!(ended.success(), "{ended}");
        discord.end().await;
    }
}
