//! The quiz core: what is asked, what counts as an answer, what follows from it.

pub mod answer;
pub mod copy;
pub mod substance;
