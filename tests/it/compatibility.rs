//! docs/compatibility.md: every citation in tests and sources has an anchor there, and nothing
//! outside the repository is cited.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders and files that may contain citations.
const CITING: [&str; 8] =
    ["src", "tests", "migrations", "templates", "deploy", "docs", "README.md", "CONTRIBUTING.md"];
/// Extensions of the files that are read.
const EXTENSIONS: [&str; 7] = ["rs", "md", "html", "ftl", "py", "jsonl", "sh"];
/// Names of documents that are not in the repository, and the beginning of a reference to them.
const OUTSIDE: [&str; 7] = [
    "api-envelope.md",
    "customers-commands.md",
    "upstream-tests.md",
    "panel-ui.md",
    "schema.md",
    "peers.md",
    "(reference:",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn collect_files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            collect_files(&entry.unwrap().path(), found);
        }
    } else if path
        .extension()
        .is_some_and(|extension| EXTENSIONS.iter().any(|known| extension == *known))
    {
        found.push(path.to_owned());
    }
}

/// Returns path and text of every file that may contain citations, except this one.
fn citing_files() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for place in CITING.map(|place| root().join(place)).iter().filter(|place| place.exists()) {
        collect_files(place, &mut found);
    }
    found.retain(|path| !path.ends_with("tests/it/compatibility.rs"));
    found.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// Returns the citations in a text: `#diff-7`, `#d24`, `#c10`, `#p1`, `#a12`.
fn cited(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for part in text.split('#').skip(1) {
        let word: String =
            part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        let digits = word
            .strip_prefix("diff-")
            .or_else(|| word.strip_prefix(['d', 'c', 'p', 'a']))
            .unwrap_or_default();
        if (1..=2).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|b| b.is_ascii_digit())
        {
            found.insert(word);
        }
    }
    found
}

fn anchors(document: &str) -> Vec<&str> {
    document.split("<a id=\"").skip(1).filter_map(|part| part.split('"').next()).collect()
}

#[test]
fn every_cited_anchor_exists() {
    let document = fs::read_to_string(root().join("docs/compatibility.md")).unwrap();
    let anchors = anchors(&document);
    let distinct: BTreeSet<&str> = anchors.iter().copied().collect();
    assert_eq!(distinct.len(), anchors.len(), "an anchor exists twice");
    for n in 1..=60 {
        assert!(distinct.contains(format!("d{n}").as_str()), "d{n}");
    }
    let mut wrong = Vec::new();
    let mut all = BTreeSet::new();
    for (path, text) in citing_files() {
        for anchor in cited(&text) {
            if !distinct.contains(anchor.as_str()) {
                wrong.push(format!("{}: #{anchor}", path.display()));
            }
            all.insert(anchor);
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_ne!(all, BTreeSet::new(), "no citations were found");
}

#[test]
fn nothing_outside_the_repository_is_cited() {
    let cites = |text: &str| {
        OUTSIDE
            .iter()
            .filter(|name| text.contains(*name))
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let found: Vec<_> = citing_files()
        .into_iter()
        .filter_map(|(path, text)| {
            Some((path, cites(&text))).filter(|(_, names)| !names.is_empty())
        })
        .collect();
    assert_eq!(found, vec![]);
}

#[test]
fn citations_are_found() {
    let found = cited("see #d24, (#diff-7) [x](#c10) but not #d1d5db, #c00, #diff-, #e5 or #100");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["c10", "d24", "diff-7"]);
}
