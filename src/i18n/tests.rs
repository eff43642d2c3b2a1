//! Tests of the texts.

use super::*;
use domain::number::Notation;
use domain::quota::Quota;
use domain::validation::ErrorCode;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[test]
fn arguments_are_inserted_and_unknown_keys_are_marked() {
    let text = Language::De
        .t_with("pager-range", [("from", arg("1")), ("to", arg("20")), ("total", arg("1.234"))]);
    assert_eq!(text, "1–20 von 1.234");
    assert_eq!(Language::En.t("no-such-key"), "⟦no-such-key⟧");
}

#[test]
fn numbers_of_errors_follow_the_language() {
    let text = |lang: Language, value: Argument| {
        let error = ValidationError::new(ErrorCode::BelowUsage);
        let text = lang.validation_error(&error.with("used", value).with("unit", "MiB"));
        text.rsplit_once(": ").unwrap().1.to_owned()
    };
    for (value, en, de) in [
        (Argument::Number(7), "7 MiB", "7 MiB"),
        (Argument::Number(1200), "1,200 MiB", "1.200 MiB"),
        (
            Argument::Number(i64::MAX as u64),
            "9,223,372,036,854,775,807 MiB",
            "9.223.372.036.854.775.807 MiB",
        ),
        (Argument::decimal("4.1"), "4.1 MiB", "4,1 MiB"),
        (Argument::decimal("1030.5"), "1,030.5 MiB", "1.030,5 MiB"),
        (Argument::name(1200), "1200 MiB", "1200 MiB"),
    ] {
        assert_eq!(text(Language::En, value.clone()), en);
        assert_eq!(text(Language::De, value), de);
    }
}

#[test]
fn numbers_select_singular_or_plural() {
    let text = |lang: Language, count: u64| {
        lang.validation_error(&ValidationError::new(ErrorCode::InUse).with("count", count))
    };
    assert!(text(Language::En, 1).starts_with("One customer still uses"));
    assert!(text(Language::En, 2).starts_with("2 customers still use"));
    assert!(text(Language::En, 1200).starts_with("1,200 customers still use"));
    assert_eq!(
        Language::En.validation_error(
            &ValidationError::new(ErrorCode::CsvColumnTwice).with("other", "007")
        ),
        "This column and the column 007 belong to the same field. Remove one of the two columns."
    );
}

#[test]
fn ambiguous_numbers_use_the_decimal_mark_of_the_reader() {
    let error = Quota::read("2.048", 1 << 20, Notation::Person(None)).unwrap_err();
    assert!(Language::En.validation_error(&error).contains(" 2048 or 2.0480. "));
    assert!(Language::De.validation_error(&error).contains(" 2048 oder 2,0480 "));
}

/// Returns the keys of a language with the variables that their texts use.
fn variables_by_key(code: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    let dir = Path::new("../locales").join(code);
    for entry in std::fs::read_dir(dir).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let mut key = String::new();
        for line in text.lines() {
            if let Some((name, _)) = line.split_once(" =")
                && line.starts_with(|c: char| c.is_ascii_lowercase())
            {
                name.clone_into(&mut key);
                let is_duplicate = found.insert(key.clone(), BTreeSet::new()).is_some();
                assert!(!is_duplicate, "{code}: {key} exists twice");
            }
            for part in line.split('$').skip(1) {
                let name: String =
                    part.chars().take_while(|c| c.is_alphanumeric() || "-_".contains(*c)).collect();
                found.entry(key.clone()).or_default().insert(name);
            }
        }
    }
    found
}

#[test]
fn every_language_has_the_same_keys_and_variables() {
    let english = variables_by_key("en");
    for lang in Language::ALL {
        assert_eq!(variables_by_key(lang.code()), english, "{}", lang.code());
        for key in english.keys() {
            let args = english[key].iter().map(|name| (name.clone().into(), arg(1)));
            let args: HashMap<Cow<'static, str>, FluentValue> = args.collect();
            assert!(
                LOCALES.try_lookup_with_args(id(*lang), key, &args).is_some(),
                "{}: {key} does not parse",
                lang.code()
            );
        }
    }
}

/// Returns the text of all files below a folder, except `.ftl` files, tests, and lines that are
/// comments.
fn read(folder: &str) -> String {
    let mut found = String::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(path) = open.pop() {
        if path.is_dir() && !path.ends_with("tests") {
            let entries = std::fs::read_dir(path).unwrap();
            open.extend(entries.map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|end| end != "ftl")
            && !path.to_string_lossy().ends_with("tests.rs")
        {
            let text = std::fs::read_to_string(path).unwrap();
            let code = text.split("#[cfg(test)]\nmod").next().unwrap_or_default().lines();
            for line in code.filter(|line| !line.trim_start().starts_with("//")) {
                found.push_str(line);
                found.push('\n');
            }
        }
    }
    found
}

#[test]
fn keys_used_by_pages_exist() {
    let text = read("../../templates") + &read("../web");
    let calls = [".t(\"", ".t_with(\""].into_iter();
    let keys: BTreeSet<&str> = calls
        .flat_map(|call| text.split(call).skip(1))
        .filter_map(|rest| Some(rest.split_once('"')?.0))
        .collect();
    assert!(!keys.is_empty());
    let english = variables_by_key("en");
    let missing: Vec<_> = keys.iter().filter(|key| !english.contains_key(**key)).collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
}

/// Patterns of keys that functions build from parts, except patterns that are literals in the code.
const BUILT_PATTERNS: [&str; 12] = [
    "audit-action-{}",
    "audit-entry-point-{}",
    "audit-system-{}",
    "audit-target-{}",
    "customers-event-{}",
    "event-{}",
    "field-{}",
    "field-{}-{}",
    "hint-{}",
    "hint-{}-{}",
    "job-{}",
    "mail-kind-{}",
];

/// Returns the words of a text, such as names and codes, in the form that they have in keys.
fn words(text: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let mut words = BTreeSet::new();
    for word in text.split(|c| !is_part(c)).map(|word| word.trim_matches(['.', '_', '-'])) {
        words.insert(word.replace(['.', '_'], "-"));
        // Pages of customers omit the start of `customer.added`.
        words.extend(word.split_once('.').map(|(_, rest)| rest.replace(['.', '_'], "-")));
    }
    words
}

/// Returns whether a key consists of the pieces of a pattern with a word for each placeholder.
fn is_built(key: &str, pieces: &[&str], is_word: &dyn Fn(&str) -> bool) -> bool {
    let [piece, others @ ..] = pieces else { return false };
    key.strip_prefix(*piece).is_some_and(|rest| {
        others.is_empty() && rest.is_empty()
            || rest.char_indices().any(|(at, c)| {
                let (word, after) = rest.split_at(at + c.len_utf8());
                !others.is_empty() && is_word(word) && is_built(after, others, is_word)
            })
    })
}

#[test]
fn every_text_is_used() {
    let text = read("../../templates") + &read("..");
    let (words, english) = (words(&text), variables_by_key("en"));
    let areas: BTreeSet<String> = std::fs::read_dir("../locales/en")
        .unwrap()
        .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let is_pattern = |part: &&str| {
        let is_part = |c: char| c.is_ascii_lowercase() || "-_{}".contains(c);
        part.contains('{') && part.chars().all(is_part)
    };
    let patterns: Vec<Vec<&str>> = text
        .split('"')
        .filter(is_pattern)
        .chain(BUILT_PATTERNS)
        .map(|pattern| {
            pattern.split('{').map(|part| part.rsplit('}').next().unwrap_or(part)).collect()
        })
        .filter(|pieces: &Vec<&str>| pieces.iter().any(|piece| piece.len() > 1))
        .collect();
    let is_used = |key: &str| {
        words.contains(key)
            || patterns.iter().any(|pieces| {
                // The start of a key is an area or another key.
                let is_start = |word: &str| {
                    areas.contains(word) || english.contains_key(word) && words.contains(word)
                };
                let is_word = |word: &str| words.contains(word);
                match pieces.as_slice() {
                    ["", others @ ..] => (1..key.len()).any(|end| {
                        is_start(&key[..end]) && is_built(&key[end..], others, &is_word)
                    }),
                    pieces => is_built(key, pieces, &is_word),
                }
            })
    };
    let unused: Vec<&String> = english.keys().filter(|key| !is_used(key)).collect();
    assert!(unused.is_empty(), "nothing uses {unused:?}");
}
