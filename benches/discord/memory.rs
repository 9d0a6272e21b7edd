//! What the program holds in memory in 1,000 servers of 100 channels each.

use crate::databases::Fresh;
use crate::discord::double::Discord as Double;
use std::process::{Command, Stdio};
use std::time::Duration;

const SERVERS: usize = 1_000;
const CHANNELS: usize = 100;

pub(crate) async fn measure() {
    let Some(fresh) = Fresh::postgres().await else { return };
    let double = Double::start().await;
    double.check_nothing();
    let servers: Vec<_> = (0..SERVERS).map(|n| double.server(&format!("Server {n}"))).collect();
    for server in &servers {
        for n in 0..CHANNELS {
            server.text(&format!("channel-{n}"));
        }
    }
    let mut program = Command::new(env!("CARGO_BIN_EXE_meshdrill"))
        .args(["serve", "--port", "0"])
        .env("DISCORD_TOKEN", double.token())
        .env("DISCORD_API_URL", double.api_url())
        .env("DISCORD_GATEWAY_URL", double.gateway_url())
        .env("DATABASE_URL", fresh.url().unwrap())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    double.ready().await;
    // Ten times as long as all servers take to be told of.
    tokio::time::sleep(Duration::from_secs(20)).await;
    let lea = servers[SERVERS - 1].lead("Lea");
    let channel = servers[SERVERS - 1].text("mesh");
    assert!(!lea.command(&channel, "/istio help").await.failed(), "the bot answers in the last server");
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
    let held = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("unknown").trim().to_owned();
    println!("{SERVERS} servers of {CHANNELS} channels: {} resident, at most {}", held("VmRSS:"), held("VmHWM:"));
    program.kill().unwrap();
    program.wait().unwrap();
    fresh.remove().await;
}
