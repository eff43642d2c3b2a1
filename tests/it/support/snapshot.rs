//! Snapshots: texts in `tests/it/snapshots`, which people review.

use std::path::Path;

/// With this variable, the files are rewritten, and their diff shows what changed.
const UPDATE: &str = "CLIENTELE_UPDATE_SNAPSHOTS";

/// Asserts that a snapshot equals this text.
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
