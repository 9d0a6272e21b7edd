//! Meshdrill: an interview-practice bot for team chat. It posts a daily question, takes the answers in the question's thread, grades each
//! against a rubric, and keeps the team's leaderboard.
//!
//! # The way of the data
//! ```text
//! chat payload ─ inbound ─▶ Event ─▶ quiz.handle(event, now) ─▶ command │ fold, grade ─▶ store ─▶ Turn ─ render ─▶ chat
//!                                                               └─ same transaction ─▶ outbox ─▶ delivery ─ render ─▶ chat
//! clock ─▶ quiz.due(now) ─ takes a deadline ─▶ transition ─▶ outbox
//! ```
//! **The core never speaks.** [`quiz::Quiz::handle`] takes one [`message::Event`] in one transaction and returns a [`message::Turn`], the
//! immediate answer to an interaction and nothing else. The turn is kept under the platform's delivery id in that transaction, so an event
//! that is delivered again, also after a crash between commit and send, gets the same turn and changes nothing. Everything else that is to
//! be said is an outbox row, written in the same transaction, unique by what it is about, and sent by [`chat::delivery`], the only part that
//! talks to chats. A row whose fate is unclear is looked for before it is sent again, and left *unknown* where nobody can look.
//!
//! **No state lives in a process.** What is to happen at a time is a deadline row, taken by deleting it in the transaction of its transition;
//! buttons and forms name rows; a quiz is a row, and so is an interview. The tests' harness starts a new program for every event.
//!
//! **An answer is a fold.** Messages are kept as they come, with their versions and deletions, and [`quiz::answer`] folds what one member
//! said to a round, by the platform's time, into attempts; it runs again at every change, under the round's lock. Twice is harmless, and the
//! order of arrival doesn't matter. [`quiz::substance`] tells answers from talk, [`quiz::copy`] one's own words from others'.
//!
//! **Time and chance are passed in**: `now` with every call, a seed with the core. [`grade`] is pure: no clock, no chance, no I/O, and the
//! same words always earn the same.
//!
//! # The modules, in reading order
//! - [`message`]: the words all chats share. Knows no platform. A card is blocks of plain data; whoever renders it escapes all of it.
//! - [`screening`]: what people wrote, made fit to be shown to others. Everything shown goes through it.
//! - [`bank`]: packs, questions, rubrics; [`bank::load`] reads them and names every fault, [`bank::select`] draws. Knows no grading.
//! - [`grade`]: text to words, words to concepts, concepts to criteria, criteria to a grade with the words that earned it.
//! - [`command`]: each chat command once; parser, help and the README's table come from one list. Does nothing itself.
//! - [`store`]: what is remembered, in one set of SQL for SQLite and PostgreSQL. Decides nothing.
//! - [`quiz`]: the core. Knows no SQL and no platform.
//! - [`chat`]: delivery, and the chats: Discord, and the room, in the terminal and in the browser. Of Slack there are the app's manifest,
//!   the check of signatures and the rendering; nothing connects to it yet. Decides nothing about the quiz.
//! - [`http`]: the server of the room in the browser, and of health checks.
//! - [`config`]: the environment, read once.
//! - [`cli`]: one subcommand a file.
//!
//! `tests/it/house_rules.rs` checks who imports whom.
//!
//! # Decisions that are not obvious
//! - Attempts, grades and messages are kept as JSON within their row where they are only ever read whole, and as columns where they are
//!   asked for. The boards' sums are rows of their own, changed in the transaction of each grade; a test computes them anew and compares.
//! - A daily counts for its schedule's local date, everything else for the workspace's date; both are frozen when earned.
//! - A schedule's draws come from its own seed and the number of its rounds, so a preview tells the truth and any process draws the same.
//! - One message of a round is folded at a time (the round's row is the lock), and members whose message now has somebody else's before it
//!   are folded again, so that "while nobody else has spoken" doesn't depend on the order of arrival.
//! - A challenge's questions are drawn when it is opened, and kept from every other draw until it ends. Its points count like a daily's, for
//!   the workspace's date on which each question was asked.
//! - What is retired is one of a workspace's taken questions, which every draw leaves out. A round that is taken back frees its date for
//!   another, and what was earned in it is undone by the same counting that earned it.
//! - What a lead takes out of a round is kept as times: whatever attempts had begun by the last of them count for nothing, and each of them
//!   seals what was said, so that folding again gives the same.
//! - An interview is a quiz of another kind, so that both go one way. Its plan (the topic of each question) is made when it begins; the level
//!   comes from its rounds each time. Its clock is a sum: each word adds the time since the one before, unless it was put aside or its member
//!   was gone for ten minutes, so that a pause, an idle deadline and a downtime come to the same.
//! - The room in the browser keeps nothing but keys and who watches: a page is read from the outbox (what was said to everybody), the inbox
//!   (what its member was answered) and the messages, in a transaction that only reads. What waits to be said is said by noting it so, since
//!   the page is the outbox; one pass serves all who wait for it. One task finds what is new once for all who watch, and looks every two
//!   seconds for what other processes did.
//! - Nobody vouches for people in that room, so a name is bound to the digest of a cookie (a seat); the leads' link of a start can take one
//!   back.
//! - A private card to a member with no interaction at hand is an outbox row for that member. In a server of Discord nobody can be spoken to
//!   unasked, so it waits there until they next press or type something, and then comes below that answer.
//! - What is said in one channel is sent in the order it was written, channels side by side. Answers and what people wait for have a lane of
//!   their own, before dailies, down to the requests to Discord: its sender is ours ([`chat::discord::rest`]), because serenity's limiter has no
//!   lanes, is bypassed where requests go elsewhere than to Discord, and doesn't tell how long it was told to wait.
//! - A row whose outcome is unclear is sent again with the same nonce while Discord surely remembers it, and looked for by its buttons and
//!   heading afterwards. A thread on a message has the message's id, so opening it twice comes to one; a forum's post is its own thread.
//! - What can't be sent because something is in the way waits, and the leads are told once; a daily that nobody could see before its close
//!   counts for nobody.
//! - Whoever deletes a forum's post wants nothing in its place, so the reveal isn't made another post: it is private, in *My grade*.
//! - How much a member did within a minute is counted from what is kept anyway, so a restart changes nothing. Forms are always taken, and a
//!   message that could be an answer and isn't read gets a sign.
//! - Discord has permissions only for whole commands, so what leads do stands under a second one, and the renderer writes it so.
//! - After every new session the threads of open and lately closed questions are read back: each message is an event with the id it would
//!   have come with, so what was heard already changes nothing.

pub mod bank;
pub mod chat;
pub mod cli;
pub mod command;
pub mod config;
pub mod grade;
pub mod http;
pub mod message;
pub mod quiz;
pub mod screening;
pub mod store;
