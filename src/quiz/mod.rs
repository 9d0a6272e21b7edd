//! The core: what happens when somebody says something, and when the clock says something.
//!
//! The calendar of daily schedules is pure: [`calendar`] says when a daily is posted and closes, [`period`] which days a
//! board covers, [`streak`] how long a row of answers is. [`weekdays`], [`when`], [`zones`], [`dates`] and [`ics`] read
//! what people type or paste about it. None of them knows what time it is: that is passed in.

pub mod calendar;
pub mod dates;
pub mod holidays;
pub mod ics;
pub mod period;
pub mod streak;
pub mod weekdays;
pub mod when;
pub mod zones;
