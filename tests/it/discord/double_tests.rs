//! The Discord of our own, tried with real serenity and with plain requests.

mod bot;
mod faults;
mod gateway;
mod people;
mod rest;
mod rules;
