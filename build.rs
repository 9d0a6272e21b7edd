//! Rebuilds when a migration, a question or a translation is added: their folders are embedded in the binary.
fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=questions");
    println!("cargo:rerun-if-changed=src/chat/discord/locales");
}
