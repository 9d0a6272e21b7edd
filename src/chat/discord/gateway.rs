//! The connection by which Discord tells what happens: kept, resumed and sharded by serenity; its faults said in a line that helps.

use super::inbound;
use super::places::Kind;
use super::{Discord, invite};
use crate::message::Event;
use anyhow::{Result, anyhow};
use serenity::all::{Context, Event as Told, GatewayError, GuildChannel, HttpBuilder, RawEventHandler};
use serenity::async_trait;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

/// How often an event is tried that the store could not take, and how long it rests in between; then the threads are read back.
const RESTS: [Duration; 3] = [Duration::from_millis(200), Duration::from_secs(1), Duration::from_secs(5)];

struct Ear(Arc<Discord>);

#[async_trait]
impl RawEventHandler for Ear {
    async fn raw_event(&self, _: Context, told: Told) {
        self.0.told(told).await;
        self.0.heard.fetch_add(1, Ordering::SeqCst);
    }
}

impl Discord {
    /// Listens until `stop`. Reconnects by itself.
    ///
    /// # Errors
    /// Discord refuses the token or the intents; anything else is tried again.
    pub(super) async fn listen(self: &Arc<Self>, stop: impl Future<Output = ()>) -> Result<()> {
        let http = HttpBuilder::new(self.exposed_token()).proxy(self.base()).ratelimiter_disabled(true).build();
        let mut client = serenity::client::ClientBuilder::new_with_http(http, invite::intents(self.reads_threads))
            .raw_event_handler(Ear(Arc::clone(self)))
            .await?;
        client.ws_url.lock().await.clone_from(&self.gateway);
        let shards = Arc::clone(&client.shard_manager);
        tokio::select! {
            ended = client.start_shards(self.shards) => ended.map_err(|error| self.refused(error)),
            () = stop => { shards.shutdown_all().await; Ok(()) }
        }
    }

    /// Why Discord ended the connection, and what helps.
    fn refused(&self, error: serenity::Error) -> anyhow::Error {
        match error {
            serenity::Error::Gateway(GatewayError::InvalidAuthentication | GatewayError::NoAuthentication) => anyhow!(super::WRONG_TOKEN),
            serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents | GatewayError::InvalidGatewayIntents) => {
                anyhow!(super::NO_CONTENT)
            }
            error => anyhow!(error).context("the connection to Discord ended"),
        }
    }

    async fn told(self: &Arc<Self>, told: Told) {
        match told {
            Told::Ready(ready) => {
                tracing::info!(user = ready.ready.user.name, servers = ready.ready.guilds.len(), "connected to Discord");
                self.silence();
            }
            Told::MessageCreate(said) if self.may_answer(said.message.channel_id.get(), said.message.guild_id.is_some()) => {
                self.hear(inbound::message(&said.message)).await;
            }
            Told::MessageUpdate(update) if self.may_answer(update.channel_id.get(), update.guild_id.is_some()) => {
                self.hear(inbound::edited(&update)).await;
            }
            Told::MessageDelete(gone) => {
                self.gone(gone.guild_id, gone.channel_id, &[gone.message_id]).await;
            }
            Told::MessageDeleteBulk(gone) => self.gone(gone.guild_id, gone.channel_id, &gone.ids).await,
            Told::InteractionCreate(created) => self.interacted(created.interaction).await,
            Told::Unknown(unknown) => {
                *self.undecoded.lock().unwrap_or_else(PoisonError::into_inner).entry(unknown.kind.clone()).or_default() += 1;
                tracing::warn!(kind = unknown.kind, "an event of Discord's can't be read");
            }
            told => self.told_of_places(told).await,
        }
    }

    /// What changes where the bot may speak.
    async fn told_of_places(&self, told: Told) {
        match told {
            Told::GuildCreate(created) => {
                created.guild.channels.values().for_each(|channel| self.learn(channel));
                self.mended(created.guild.id.get()).await;
                // After a login all servers are read back together.
                if self.places.is_back(created.guild.id.get()) {
                    self.silence();
                }
            }
            Told::GuildDelete(left) => self.places.is_away(left.guild.id.get()),
            Told::ChannelCreate(created) => self.learn(&created.channel),
            Told::ChannelUpdate(changed) => {
                self.learn(&changed.channel);
                self.mended(changed.channel.guild_id.get()).await;
            }
            Told::ChannelDelete(deleted) => self.places.forget(deleted.channel.id.get()),
            // The bot sees a channel again, with what was written in its threads meanwhile.
            Told::ThreadListSync(seen) => {
                self.mended(seen.guild_id.get()).await;
                self.silence();
            }
            Told::ThreadUpdate(changed) => self.mended(changed.thread.guild_id.get()).await,
            Told::GuildRoleUpdate(changed) => self.mended(changed.role.guild_id.get()).await,
            Told::GuildMemberUpdate(changed) if changed.user.id.get() == self.me => self.mended(changed.guild_id.get()).await,
            _ => {}
        }
    }

    fn learn(&self, channel: &GuildChannel) {
        self.places.learn(channel.id.get(), Kind::of(u64::from(u8::from(channel.kind))));
    }

    /// A message there may be an answer: in direct messages, or in what may be a thread.
    fn may_answer(&self, channel: u64, in_server: bool) -> bool {
        !in_server || self.reads_threads && self.places.may_be_thread(channel)
    }

    /// Something may be possible now that wasn't.
    async fn mended(&self, guild: u64) {
        if let Err(error) = self.quiz.mended(&super::server(guild), None, self.now()).await {
            tracing::warn!(error = %format!("{error:#}"), "what was blocked waits for its next try");
        }
        self.changed();
    }

    async fn gone(&self, guild: Option<serenity::all::GuildId>, channel: serenity::all::ChannelId, messages: &[serenity::all::MessageId]) {
        let Some(guild) = guild.filter(|_| self.may_answer(channel.get(), true)) else { return };
        for message in messages {
            self.hear(Some(inbound::deleted(guild, channel, *message, self.now()))).await;
        }
    }

    /// Hands an event to the core. One that the store can't take is tried again, and read back later where that doesn't help.
    pub(super) async fn hear(&self, event: Option<Event>) {
        let Some(event) = event else { return };
        for rest in RESTS {
            match self.quiz.handle(&event, self.now()).await {
                Ok(_) => return self.changed(),
                Err(error) => {
                    tracing::error!(error = %format!("{error:#}"), "an event could not be handled; it is tried again");
                    tokio::time::sleep(rest).await;
                }
            }
        }
        self.missed.store(true, Ordering::Relaxed);
    }
}
