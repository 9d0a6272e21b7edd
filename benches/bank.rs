//! How long the bank takes to load: it stands between the start of the program and its first answer.

use meshdrill::bank::load;

fn main() {
    divan::main();
}

/// The embedded packs, checked, with all their questions and samples. Target: under 50 ms.
#[divan::bench]
fn loaded() -> usize {
    load::read_embedded().written.len()
}
