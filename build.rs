//! Rebuilds when a migration or a question is added: both folders are embedded in the binary.
fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=questions");
}
