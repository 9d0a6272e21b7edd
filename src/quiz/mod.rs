//! The core: what happens when somebody says something, and when the clock says something. It returns; it never speaks.
//!
//! [`Quiz::handle`] takes an event and gives the turn that answers it; whatever else is to be said goes into the outbox in the same
//! transaction. [`Quiz::due`] takes the next deadline. [`Quiz::render`] gives a live message as it stands. Time is passed in, and so
//! is chance, as a seed. No platform is known here.
//!
//! The calendar of daily schedules is pure: [`calendar`] says when a daily is posted and closes, [`period`] which days a
//! board covers, [`streak`] how long a row of answers is. [`weekdays`], [`when`], [`zones`], [`dates`] and [`ics`] read
//! what people type or paste about it. So are [`substance`] (is this an answer?), [`answer`] (the fold) and [`copy`].

mod abilities;
pub mod answer;
mod board;
mod buttons;
pub mod calendar;
mod challenge;
mod commands;
pub mod copy;
mod counting;
mod daily;
pub mod dates;
mod feedback;
mod floods;
mod help;
mod hints;
pub mod holidays;
pub mod ics;
mod kept;
mod live;
mod mastery;
mod memory;
mod moderation;
mod names;
pub mod period;
mod plan;
mod practice;
mod privacy;
mod profile;
pub mod progress;
pub mod questions;
mod queue;
mod retirement;
mod reveal;
pub mod room;
mod scene;
mod schedule;
pub mod seats;
mod setup;
mod silence;
pub mod streak;
pub mod substance;
mod summary;
mod threads;
mod trouble;
mod unclear;
pub mod weekdays;
pub mod when;
mod whom;
mod wishes;
mod wording;
pub mod zones;

pub use abilities::Abilities;
pub use buttons::{opener, response};
pub use floods::Floods;
pub use help::reference;
pub use silence::{Heard, OpenThread};

use crate::bank::{Pack, Question};
use crate::grade::Rubric;
use crate::message::{Event, Home, Turn, What};
use crate::store::deadlines::Deadline;
use crate::store::{Db, Tx};
use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use scene::{Scene, Speaker};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// How long a delivery and what was said to one member are kept; no platform delivers again after days.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The drill, on one store and one bank.
#[derive(Debug)]
pub struct Quiz {
    db: Db,
    packs: Vec<Pack>,
    /// Every word of each pack's field, in lower case.
    fields: HashMap<String, HashSet<String>>,
    zone: String,
    /// What platforms' chats can do, where that isn't as by default.
    abilities: HashMap<String, Abilities>,
    chance: Mutex<Chance>,
    rubrics: Mutex<Compiled>,
}

/// Compiled rubrics by pack and question, each with the question it was compiled from.
type Compiled = HashMap<(String, String), (Question, Arc<Rubric>)>;

/// Where ids and seeds come from.
#[derive(Debug)]
struct Chance {
    rng: ChaCha8Rng,
    last: i64,
    count: u16,
}

impl Quiz {
    /// A drill over `packs`. New workspaces count their days in `zone` (IANA); `seed` fixes every draw and id.
    pub fn new(db: Db, packs: Vec<Pack>, zone: &str, seed: u64) -> Quiz {
        let chance = Chance { rng: ChaCha8Rng::seed_from_u64(seed), last: 0, count: 0 };
        let fields = packs.iter().map(|pack| (pack.id.clone(), field_words(pack))).collect();
        Quiz { db, packs, fields, zone: zone.to_owned(), abilities: HashMap::new(), chance: Mutex::new(chance), rubrics: Mutex::default() }
    }

    /// The store, for delivery.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The packs, for registering commands and for completion.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Takes one event and gives its turn. Delivered again, it gives the same turn and changes nothing.
    ///
    /// # Errors
    /// Only where the store fails; nothing of the event has then happened, and it may be delivered again.
    pub async fn handle(&self, event: &Event, now: Timestamp) -> Result<Turn> {
        let event = &wording::cleaned(event);
        let mut tx = self.db.begin().await?;
        if is_talk(&mut tx, event).await? {
            return Ok(Turn::None);
        }
        let workspace = tx.workspace(&event.workspace, self.id(now), &self.zone, now).await?;
        if let Some(turn) = tx.receive(workspace.id, &event.delivery, now).await? {
            return Ok(turn);
        }
        let mut scene = Scene { core: self, tx, workspace, now };
        // Who deleted a message is often not told, and makes no difference: nobody is known by it.
        if let What::Deleted { id } = &event.what {
            threads::deleted(&mut scene, &event.place, id, event.at).await?;
            scene.tx.commit().await?;
            return Ok(Turn::None);
        }
        let person = wording::screened(&event.by);
        let member = scene.tx.member(scene.workspace.id, &person, self.id(now), now).await?;
        let by = Speaker {
            lead: event.by.lead || member.lead,
            member,
            place: event.place.clone(),
            at: event.at,
            delivery: event.delivery.clone(),
        };
        let turn = match floods::held_back(&mut scene, &by, &event.what).await? {
            Some(turn) => turn,
            None => Box::pin(self.respond(&mut scene, &by, &event.what)).await.with_context(|| format!("handling {}", event.delivery))?,
        };
        scene.tx.answered(scene.workspace.id, &event.delivery, by.member.id, &turn).await?;
        scene.tx.commit().await?;
        Ok(turn)
    }

    async fn respond(&self, scene: &mut Scene<'_>, by: &Speaker, what: &What) -> Result<Turn> {
        match what {
            What::Command { pack, text, named } => commands::run(scene, by, pack, text, named).await,
            What::Press { button } => buttons::press(scene, by, button).await,
            What::Submit { form, fields } => buttons::submit(scene, by, form, fields).await,
            What::Message { id, text, .. } if by.place.private => {
                let turn = practice::typed(scene, by, id, text).await?;
                match turn {
                    Turn::Private(card) | Turn::Public(card) | Turn::Update(card) if scene.abilities().posts_private => {
                        scene.reply(by, card).await
                    }
                    turn => Ok(turn),
                }
            }
            What::Message { id, text, reply_to } => threads::message(scene, by, id, text, reply_to.as_deref()).await,
            What::Edited { id, text } => threads::edited(scene, by, id, text).await,
            // That was taken before anybody was known to speak.
            What::Deleted { .. } => Ok(Turn::None),
        }
    }

    /// Takes the oldest deadline that is due by `now` and makes it so. False: there was none.
    ///
    /// # Errors
    /// Where the store fails. The deadline is put off by a minute, so that it doesn't hold up the others.
    pub async fn due(&self, now: Timestamp) -> Result<bool> {
        let mut tx = self.db.begin().await?;
        let Some(deadline) = tx.take_deadline(now).await? else { return Ok(false) };
        let workspace = tx.workspace_by_id(deadline.workspace_id).await?;
        let mut scene = Scene { core: self, tx, workspace, now };
        if let Err(e) = self.make_so(&mut scene, &deadline).await {
            drop(scene);
            let mut tx = self.db.begin().await?;
            tx.put_off(&deadline, now + SignedDuration::from_mins(1)).await?;
            tx.commit().await?;
            return Err(e).with_context(|| format!("{} of {}", deadline.kind, deadline.subject));
        }
        scene.tx.commit().await?;
        Ok(true)
    }

    async fn make_so(&self, scene: &mut Scene<'_>, deadline: &Deadline) -> Result<()> {
        scene.tx.forget_deliveries(deadline.workspace_id, scene.now - KEPT).await?;
        match deadline.kind.as_str() {
            daily::POST => daily::post_due(scene, deadline.subject).await,
            daily::CLOSE => daily::close_due(scene, deadline.subject).await,
            challenge::STEP => challenge::step_due(scene, deadline.subject).await,
            practice::IDLE => practice::idle_due(scene, deadline.subject).await,
            kind => Err(anyhow::anyhow!("there is no deadline of the kind {kind}")),
        }
    }

    /// When the next deadline is due.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn next_due(&self) -> Result<Option<Timestamp>> {
        let mut tx = self.db.look().await?;
        Ok(tx.next_deadline().await?)
    }

    /// A quiz of this person waits for their words.
    ///
    /// # Errors
    /// Where the store fails.
    pub async fn is_drilling(&self, home: &Home, person: &str) -> Result<bool> {
        let mut tx = self.db.look().await?;
        match tx.known_workspace(home).await? {
            Some(workspace) => Ok(tx.is_drilling(workspace.id, person).await?),
            None => Ok(false),
        }
    }

    /// A fresh id: a UUID of version 7 whose ids of one process and millisecond still sort by their making.
    fn id(&self, now: Timestamp) -> Uuid {
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        let at = now.as_millisecond();
        // A clock that jumps back doesn't make ids that sort before the last one.
        (chance.last, chance.count) = if at > chance.last { (at, 0) } else { (chance.last, chance.count + 1) };
        let mut random: [u8; 10] = chance.rng.random();
        random[..2].copy_from_slice(&chance.count.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(chance.last).unwrap_or_default(), &random).into_uuid()
    }

    fn seed(&self) -> i64 {
        self.chance.lock().unwrap_or_else(PoisonError::into_inner).rng.random()
    }

    fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    /// The word, in lower case and in the singular, belongs to the pack's field.
    fn is_field_word(&self, pack: &str, word: &str) -> bool {
        self.fields.get(pack).is_some_and(|words| words.contains(word))
    }

    /// The compiled rubric of a question as it was asked, which may differ from the one that is in the bank today.
    fn rubric(&self, pack: &str, question: &Question) -> Arc<Rubric> {
        let mut rubrics = self.rubrics.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (pack.to_owned(), question.id.clone());
        if let Some((compiled_from, rubric)) = rubrics.get(&key)
            && compiled_from == question
        {
            return Arc::clone(rubric);
        }
        let lexicon = self.pack(pack).map(|pack| pack.lexicon.clone()).unwrap_or_default();
        let rubric = Arc::new(Rubric::new(question, &lexicon));
        rubrics.insert(key, (question.clone(), Arc::clone(&rubric)));
        rubric
    }
}

/// It is a message in a channel, and not in the thread of a question: nothing of it is kept, not even that somebody wrote.
async fn is_talk(tx: &mut Tx, event: &Event) -> Result<bool> {
    if event.place.private || !matches!(event.what, What::Message { .. } | What::Edited { .. } | What::Deleted { .. }) {
        return Ok(false);
    }
    let Some(thread) = &event.place.thread else { return Ok(true) };
    let Some(workspace) = tx.known_workspace(&event.workspace).await? else { return Ok(true) };
    Ok(tx.round_of_thread(workspace.id, thread).await?.is_none())
}

/// The words of a pack's lexicon: the single ones, and the names of several words as they stand in code, written together.
fn field_words(pack: &Pack) -> HashSet<String> {
    let names = pack.lexicon.concepts.iter().flat_map(|concept| &concept.names).chain(&pack.lexicon.known);
    names.map(|name| name.to_lowercase().replace([' ', '-'], "")).collect()
}
