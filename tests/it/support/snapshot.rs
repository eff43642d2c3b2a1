//! Texts that tests compare with a file in `tests/it/snapshots`, which people read.

use std::path::Path;

/// Set to anything, the files are written anew; the difference then shows what changed.
const UPDATE: &str = "CLIENTELE_UPDATE_SNAPSHOTS";

/// Asserts that a file holds this text.
#[track_caller]
pub fn check(name: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/snapshots").join(name);
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&file, text).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    let lines = text.lines().zip(expected.lines()).enumerate();
    for (index, (now, before)) in lines {
        let line = index + 1;
        assert_eq!(now, before, "line {line} of {name}; if it is right, run with {UPDATE}=1");
    }
    assert_eq!(text, expected, "{name}; if it is right, run with {UPDATE}=1");
}
