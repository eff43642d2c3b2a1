//! The texts are compiled into the crate.

fn main() {
    println!("cargo::rerun-if-changed=../locales");
}
