//! The Discord of our own, tried with real serenity and with plain requests.

mod bot;
mod gateway;
mod rules;
