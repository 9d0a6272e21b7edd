//! Reads back what was said in a silence: after every new session, and after a fault of ours. Each message is an event with its own time and
//! the id it would have come with, so what was heard already changes nothing.

use super::inbound;
use super::rest::{Fault, Lane, Part, Request, Route};
use super::send::number;
use super::{Discord, PLATFORM};
use crate::quiz::{Heard, OpenThread};
use anyhow::Result;
use serenity::model::channel::Message;
use serenity::model::id::{ChannelId, GuildId, MessageId};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// How many messages are asked for at a time: Discord's most.
const AT_A_TIME: u8 = 100;
/// How many messages of a thread are read back, newest first.
const MOST: usize = 2_000;

impl Discord {
    /// Reads all threads back that may hold answers, each time somebody says that there was a silence.
    pub(super) async fn keep_reading_back(self: Arc<Self>) {
        let mut closed = std::pin::pin!(self.closed());
        let (mut silences, mut seen) = (self.silences.subscribe(), 0);
        loop {
            seen = tokio::select! {
                Ok(silences) = silences.wait_for(|silences| *silences > seen) => *silences,
                () = &mut closed => return,
            };
            let read = tokio::select! {
                read = self.read_back() => read,
                () = &mut closed => return,
            };
            match read {
                Ok(()) => self.made_up_for.store(seen, Ordering::SeqCst),
                Err(error) => {
                    tracing::error!(error = %format!("{error:#}"), "threads can't be read back; it is tried again");
                    self.missed.store(true, Ordering::Relaxed);
                }
            }
        }
    }

    async fn read_back(&self) -> Result<()> {
        if !self.reads_threads {
            return Ok(());
        }
        for thread in self.quiz.threads_of(PLATFORM, self.now()).await? {
            // Before the platform's own are read: what comes meanwhile is not taken for deleted.
            let heard = self.quiz.heard_in(&thread).await?;
            match self.messages_of(number(&thread.thread)).await {
                Ok(messages) => self.make_up_for(&thread, &heard, messages).await,
                // A thread that is gone, or that we may not read, has nothing to tell.
                Err(Fault::Refused { .. }) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(())
    }

    /// A thread's messages, newest first, back to its beginning or to [`MOST`] of them.
    async fn messages_of(&self, channel: u64) -> Result<Vec<Message>, Fault> {
        let mut messages: Vec<Message> = Vec::new();
        let mut part = Part::Newest;
        while messages.len() < MOST {
            let told = self.rest.call(Lane::Bulk, Request::new(Route::Messages { channel, limit: AT_A_TIME, part })).await?;
            let told = told.as_array().cloned().unwrap_or_default();
            let Some(oldest) = told.last().and_then(|message| message["id"].as_str()) else { break };
            part = Part::Before(number(oldest));
            let is_last = told.len() < usize::from(AT_A_TIME);
            messages.extend(told.into_iter().filter_map(|message| serde_json::from_value(message).ok()));
            if is_last {
                break;
            }
        }
        Ok(messages)
    }

    async fn make_up_for(&self, thread: &OpenThread, heard: &[Heard], mut messages: Vec<Message>) {
        let guild = GuildId::new(number(&thread.home.id).max(1));
        messages.iter_mut().for_each(|message| message.guild_id = Some(guild));
        for message in messages.iter().rev() {
            self.hear(inbound::read_back(message)).await;
        }
        let there: BTreeSet<u64> = messages.iter().map(|message| message.id.get()).collect();
        // What lies before the oldest that was read may well be there.
        let oldest = if messages.len() < MOST { 0 } else { there.first().copied().unwrap_or(u64::MAX) };
        for known in heard.iter().map(|heard| number(&heard.id)).filter(|id| *id >= oldest.max(1) && !there.contains(id)) {
            let channel = ChannelId::new(number(&thread.thread).max(1));
            self.hear(Some(inbound::deleted(guild, channel, MessageId::new(known), self.now()))).await;
        }
    }
}
