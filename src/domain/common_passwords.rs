//! Passwords that attackers try first: common passwords, and passwords made from a known name.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The most frequent passwords of public leaks, and some German ones: one per line, in lowercase.
/// `common_passwords.LICENSE` names the source (zxcvbn) and its license.
static LIST: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// The alphabet, the digits and keyboard rows, which people type from left to right or back.
const ROWS: [&str; 6] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "qwertzuiopü",
    "asdfghjklöä",
    "yxcvbnm",
];
/// The maximum number of other characters around a common word or a name. With more of them, a
/// password does not count as common.
const MAX_DECORATION: usize = 4;
/// The minimum length of a name or word. Shorter ones are parts of too many words.
const MIN_NAME_LENGTH: usize = 4;

/// Whether the password is common, a part of a keyboard row, a repetition, or made from one of the
/// names. Ignores case. A common word also counts with digits in place of letters (`p4ssw0rd`), and
/// with a few digits and symbols before or after it (`Password1!`).
#[must_use]
pub fn is_common(password: &str, names: &[&str]) -> bool {
    let lower = password.to_lowercase();
    LIST.contains(lower.as_str())
        || is_pattern(&lower)
        || is_decorated(&lower)
        || is_made_from_names(&lower, names)
}

/// Whether the text is part of one of [`ROWS`] in either direction, or repeats a sequence of up to
/// four characters.
fn is_pattern(text: &str) -> bool {
    let reversed: String = text.chars().rev().collect();
    let in_row = ROWS.iter().any(|row| row.contains(text) || row.contains(&reversed));
    let chars: Vec<char> = text.chars().collect();
    let repeats = (1..=4).any(|unit| {
        chars.len() > unit && chars.iter().zip(&chars[unit..]).all(|(one, next)| one == next)
    });
    in_row || repeats
}

/// Whether the text is a common word with a few digits and symbols around it. A part of the
/// alphabet does not count, because API clients generate passwords such as `Abcdefg1!x`.
fn is_decorated(text: &str) -> bool {
    let forms = [text.to_owned(), text.chars().map(to_letter).collect()];
    forms.iter().any(|form| {
        let word = form.trim_matches(|c: char| !c.is_alphabetic());
        let extra = form.chars().count() - word.chars().count();
        extra <= MAX_DECORATION
            && word.chars().count() >= MIN_NAME_LENGTH
            && !ROWS[0].contains(word)
            && LIST.contains(word)
    })
}

/// Returns the letter that a digit or symbol stands for.
const fn to_letter(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// Whether only a few characters of the password remain if one of the names is removed from it.
fn is_made_from_names(text: &str, names: &[&str]) -> bool {
    names
        .iter()
        .map(|name| name.to_lowercase())
        .filter(|name| name.chars().count() >= MIN_NAME_LENGTH)
        .any(|name| {
            text.contains(&name) && text.replace(&name, "").chars().count() <= MAX_DECORATION
        })
}

#[cfg(test)]
mod tests {
    use super::is_common;

    const NAMES: [&str; 6] = [
        "acme01",
        "joerg.muster@acme.example",
        "joerg.muster",
        "acme",
        "Example Hosting",
        "ExampleHosting",
    ];

    #[test]
    fn frequent_passwords_and_names_are_common() {
        for common in [
            "password",
            "Password1!",
            "12345678",
            "87654321",
            "qwerty123",
            "QWERTZUI",
            "iloveyou",
            "P@ssw0rd",
            "Passwort1",
            "hallo1234",
            "Sommer2026",
            "11111111",
            "abcabcabc",
            "abcdefgh",
            "1q2w3e4r",
            "secret123",
            "!!dragon1",
        ] {
            assert!(is_common(common, &[]), "{common}");
        }
        for named in [
            "ExampleHosting1",
            "example hosting",
            "Joerg.Muster",
            "joerg.muster@acme.example",
            "Acme01acme01",
            "2026acme01",
        ] {
            assert!(is_common(named, &NAMES), "{named}");
        }
    }

    /// Includes passwords that API clients generate today.
    #[test]
    fn other_passwords_are_not_common() {
        for good in [
            "sdkj3JK.;x2",
            "Abcdefg1!x",
            "Abcdefgh1!",
            "aB345678",
            "Secret123Abc",
            "correct horse battery staple",
            "Correct-horse-7",
            "Xk4-pq9!",
            "acme is a company of ours",
        ] {
            assert!(!is_common(good, &NAMES), "{good}");
        }
    }

    /// None of these passwords is in the list, so only one rule applies to each of them.
    #[test]
    fn each_rule_ends_at_its_limit() {
        for (password, common) in [
            // A part of a row, in both directions.
            ("kjhgfds", true),
            ("sdfghjklö", true),
            ("sdfghjklx", false),
            // A sequence of up to four characters, repeated at least in part.
            ("§§", true),
            ("x9-x9-x9-x", true),
            ("x9-,x9-,", true),
            ("x9-,:x9-,:", false),
            ("x9-,", false),
            ("x9-", false),
            // A common word with up to four digits and symbols around it.
            ("**dragon24", true),
            ("**dragon246", false),
            ("****dragon", true),
            ("dragon*****", false),
            ("dragon6269626", false),
            ("xq;dragon", false),
            ("love!!--", true),
            ("cat--62", false),
            // A common word with digits and symbols in place of letters.
            ("dr4g0n--", true),
            ("dr@gon--", true),
            ("!l0v3y0u--", true),
            ("1loveyou--", true),
            ("mon$t3r--", true),
            ("mon573r--", true),
            ("mon2ter--", false),
        ] {
            assert_eq!(is_common(password, &[]), common, "{password}");
        }
    }

    #[test]
    fn up_to_four_characters_can_be_added_to_a_name() {
        for (password, common) in [
            ("acmex9;k", true),
            ("x9acme;k", true),
            ("acmeacmex9;k", true),
            ("acmex9;kq", false),
            ("x9;k", false),
            ("joe;x9", false),
        ] {
            assert_eq!(is_common(password, &["Acme", "joe"]), common, "{password}");
        }
    }
}
