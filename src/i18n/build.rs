//! Rebuilds the crate when a text changes, because the texts are compiled into it.

fn main() {
    println!("cargo::rerun-if-changed=../locales");
}
