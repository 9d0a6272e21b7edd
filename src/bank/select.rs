//! Draws questions.
