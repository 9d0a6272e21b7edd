//! The thread of a daily, and what becomes of the reveal where there is none, or none any more.

use super::refresh_card;
use crate::message::{Live, Speech};
use crate::quiz::scene::Scene;
use crate::store::Result;
use crate::store::outbox::{Said, Verb};
use crate::store::rounds::Round;
use uuid::Uuid;

/// Where a round's reveal is, or comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::quiz) enum Reveal {
    /// In its thread.
    InThread,
    /// In the channel, since there is no thread.
    InChannel,
    /// Nowhere that all can see: each member reads the answer in *My grade*.
    Private,
}

/// Where a round's reveal is, or comes.
pub(in crate::quiz) async fn reveal(scene: &mut Scene<'_>, round: &Round) -> Result<Reveal> {
    let said = scene.tx.said_about(scene.workspace.id, &about(round)).await?;
    if said.is_some_and(|said| said.state == "expired") {
        return Ok(Reveal::Private);
    }
    Ok(if thread(scene, round).await?.is_some() { Reveal::InThread } else { Reveal::InChannel })
}

fn about(round: &Round) -> String {
    format!("reveal:{}", round.id)
}

/// The row of a round's thread, where something may be said in it.
pub(in crate::quiz) async fn thread(scene: &mut Scene<'_>, round: &Round) -> Result<Option<Said>> {
    let row = scene.tx.said_about(scene.workspace.id, &format!("thread:{}", round.id)).await?;
    Ok(row.filter(|row| row.state != "failed"))
}

/// A round's thread is gone, or can't be opened: what was to be said there is given up, and the reveal goes into the channel.
pub(in crate::quiz) async fn lose_thread(scene: &mut Scene<'_>, round: &Round, thread: Uuid, why: &str) -> Result<()> {
    scene.tx.lose_thread(scene.workspace.id, thread, why).await?;
    // Before what else waits under it is given up. A reveal that is given up already stays so.
    scene.tx.say_in_channel(scene.workspace.id, &about(round), scene.now).await?;
    scene.tx.expire_under(scene.workspace.id, thread).await?;
    refresh_card(scene, round).await
}

/// Waits no longer for a round's thread that isn't there yet. False: it is there, or somebody is at opening it.
pub(in crate::quiz) async fn give_up_thread(scene: &mut Scene<'_>, round: &Round, why: &str) -> Result<bool> {
    match thread(scene, round).await?.filter(|thread| thread.sent_id.is_none() && thread.state != "leased") {
        Some(missing) => lose_thread(scene, round, missing.id, why).await.map(|()| true),
        None => Ok(false),
    }
}

/// Somebody took a round's post down, and its thread with it: nothing takes its place, and the reveal is said nowhere.
pub(in crate::quiz) async fn lose_post(scene: &mut Scene<'_>, round: &Round, why: &str) -> Result<()> {
    let workspace = scene.workspace.id;
    if let Some(thread) = thread(scene, round).await? {
        scene.tx.lose_thread(workspace, thread.id, why).await?;
        scene.tx.expire_under(workspace, thread.id).await?;
    }
    // It is settled before the close, so that the close adds none.
    let speech = Speech::Live(Live::Reveal(round.id));
    scene.announce(about(round), round.id, &round.channel, Verb::Post, None, speech).await?;
    scene.tx.say_nowhere(workspace, &about(round)).await
}
