//! Parsing of searches: plain words, and `field:value`, `field=value`, `field<value`,
//! `field>value`.

use super::column::{Column, Field as _};
use super::{Condition, Filter, Predicate, search_text};
use crate::account::Language;
use crate::column::{ColumnType, Columns as _};
use crate::number::Notation;
use crate::quota::Quota;
use crate::validation::{ErrorCode, ValidationError};

/// The maximum number of words and conditions in a search.
const TERMS_MAX: usize = 30;

/// Parses a search into words and conditions. Quotes keep spaces together. A comma after a word is
/// ignored, so that people find a name as the list shows it: `Meier, Hans`. Numbers are parsed in
/// the notation of the language of the person who searches, if it is known.
///
/// # Errors
/// `search-too-long` or `search-too-many-words` (`max`); or one error for each invalid condition:
/// `search-field-unknown`, `search-value-invalid` (`word`) or `number-ambiguous`.
pub fn parse_search(
    line: &str,
    language: Option<Language>,
) -> Result<Filter, Vec<ValidationError>> {
    let mut filter = Filter::default();
    let mut errors = Vec::new();
    for word in split_words(&search_text(line).map_err(|error| vec![error])?) {
        match word.parts() {
            Some((field, operator, value)) => {
                let notation = Notation::Person(language);
                match parse_condition(&word.text, field, operator, value, notation) {
                    Ok(condition) => filter.conditions.push(condition),
                    Err(error) => errors.push(error),
                }
            }
            None => {
                let search_word = word.search_word().filter(|word| !filter.words.contains(word));
                filter.words.extend(search_word);
            }
        }
    }
    if filter.words.len() + filter.conditions.len() + errors.len() > TERMS_MAX {
        return Err(vec![
            ValidationError::new(ErrorCode::SearchTooManyWords).with("max", TERMS_MAX),
        ]);
    }
    if errors.is_empty() { Ok(filter) } else { Err(errors) }
}

struct Word {
    text: String,
    /// Length of the text before the first quote, in bytes. Operators count only in this part.
    unquoted_len: usize,
}

impl Word {
    /// Returns the word in lowercase. Commas and semicolons at the end of an unquoted word are
    /// removed. Returns `None` if nothing remains.
    fn search_word(&self) -> Option<String> {
        let is_quoted = self.unquoted_len < self.text.len();
        let text =
            if is_quoted { self.text.as_str() } else { self.text.trim_end_matches([',', ';']) };
        (!text.is_empty()).then(|| text.to_lowercase())
    }

    /// Returns field, operator and value of a condition, or `None` for a plain word.
    fn parts(&self) -> Option<(&str, char, &str)> {
        let at =
            self.text.find([':', '=', '<', '>']).filter(|at| *at > 0 && *at < self.unquoted_len)?;
        let (field, rest) = self.text.split_at(at);
        let is_name = field.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
        let operator = rest.chars().next()?;
        is_name.then(|| (field, operator, &rest[operator.len_utf8()..]))
    }
}

fn split_words(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut text = String::new();
    let mut unquoted_len = None;
    let mut quoted = false;
    for c in line.chars().chain([' ']) {
        match c {
            '"' => {
                quoted = !quoted;
                unquoted_len.get_or_insert(text.len());
            }
            c if c.is_whitespace() && !quoted => {
                if !text.is_empty() {
                    let unquoted_len = unquoted_len.unwrap_or(text.len());
                    words.push(Word { text: std::mem::take(&mut text), unquoted_len });
                }
                unquoted_len = None;
            }
            c => text.push(c),
        }
    }
    let text = text.trim_end();
    if !text.is_empty() {
        words
            .push(Word { text: text.to_owned(), unquoted_len: unquoted_len.unwrap_or(text.len()) });
    }
    words
}

fn parse_condition(
    word: &str,
    field: &str,
    operator: char,
    value: &str,
    notation: Notation,
) -> Result<Condition, ValidationError> {
    let column = find_column(field)
        .ok_or_else(|| ValidationError::new(ErrorCode::SearchFieldUnknown).with("word", field))?;
    let invalid = || ValidationError::new(ErrorCode::SearchValueInvalid).with("word", word);
    let test = match (column.kind(), operator) {
        (ColumnType::Text, ':') => Predicate::Contains(value.to_owned()),
        (ColumnType::Text, '=') => Predicate::TextIs(value.to_owned()),
        (ColumnType::Text, '<') => Predicate::TextBelow(value.to_owned()),
        (ColumnType::Text, _) => Predicate::TextAbove(value.to_owned()),
        (ColumnType::Limit(_), ':' | '=') if is_unlimited(value) => Predicate::Unlimited,
        (kind, operator) => {
            let number = parse_number(kind, value, notation)?.ok_or_else(invalid)?;
            match operator {
                '<' => Predicate::Below(number),
                '>' => Predicate::Above(number),
                _ => Predicate::NumberIs(number),
            }
        }
    };
    Ok(Condition { column, test })
}

/// Returns the column of an API name, or of a short name that people try first.
fn find_column(field: &str) -> Option<Column> {
    Column::parse(match field.to_ascii_lowercase().as_str() {
        "login" => "loginname",
        "owner" | "reseller" | "admin" => "adminname",
        "language" | "lang" => "def_language",
        "disk" => "diskspace_used",
        "notes" => "custom_notes",
        "number" => "customernumber",
        "zip" => "zipcode",
        "suspended" => "deactivated",
        "lastlogin" => "lastlogin_succ",
        _ => field,
    })
}

/// Whether a value means "no limit", in a language of the panel or as in the API.
fn is_unlimited(value: &str) -> bool {
    matches!(value.to_lowercase().as_str(), "unlimited" | "unbegrenzt" | "-1")
}

/// Parses a number in the unit of the column. Returns `None` for an invalid number.
fn parse_number(
    kind: ColumnType,
    value: &str,
    notation: Notation,
) -> Result<Option<i64>, ValidationError> {
    Ok(match kind {
        ColumnType::Flag => match value.to_ascii_lowercase().as_str() {
            "1" | "true" | "yes" | "ja" => Some(1),
            "0" | "false" | "no" | "nein" => Some(0),
            _ => None,
        },
        ColumnType::Limit(unit) | ColumnType::Size(unit) => {
            match Quota::read(value, unit, notation) {
                Err(error) if error.code == ErrorCode::NumberAmbiguous => return Err(error),
                read => read.ok().and_then(Quota::to_column),
            }
        }
        ColumnType::Time => parse_date(value).or_else(|| value.parse().ok()),
        ColumnType::Number | ColumnType::Text => value.parse().ok(),
    })
}

fn parse_date(value: &str) -> Option<i64> {
    let date: jiff::civil::Date = value.parse().ok()?;
    Some(date.in_tz("UTC").ok()?.timestamp().as_second())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::ContactColumn;
    use crate::query::LimitOf;
    use crate::resources::Resource;
    use proptest::prelude::*;

    /// Returns the only error of a search.
    fn error(line: &str, language: Option<Language>) -> ValidationError {
        let mut errors = parse_search(line, language).unwrap_err();
        assert_eq!(errors.len(), 1, "{line}: {errors:?}");
        errors.remove(0)
    }

    #[test]
    fn words_and_conditions_are_parsed() {
        let filter = parse_search(
            r#"Meier city:köln diskspace>1.5 deactivated=1 "two words" name:"van Gogh""#,
            None,
        )
        .unwrap();
        assert_eq!(filter.words, ["meier", "two words"]);
        assert_eq!(
            filter.conditions,
            [
                Condition {
                    column: Column::Contact(ContactColumn::City),
                    test: Predicate::Contains("köln".into())
                },
                Condition {
                    column: Column::Limit(LimitOf(Resource::Diskspace)),
                    test: Predicate::Above(1_572_864)
                },
                Condition { column: Column::Suspended, test: Predicate::NumberIs(1) },
                Condition {
                    column: Column::Contact(ContactColumn::Name),
                    test: Predicate::Contains("van Gogh".into())
                },
            ]
        );
    }

    #[test]
    fn limits_dates_and_quotes_are_parsed() {
        assert_eq!(
            parse_search("traffic:unlimited", None).unwrap().conditions[0].test,
            Predicate::Unlimited
        );
        assert_eq!(
            parse_search("lastlogin<1970-01-02", None).unwrap().conditions[0].test,
            Predicate::Below(86400)
        );
        assert_eq!(
            parse_search("diskspace>2GB", None).unwrap().conditions[0].test,
            Predicate::Above(2_000_000_000)
        );
        assert_eq!(
            parse_search("disk<\"1,5 GiB\"", None).unwrap().conditions[0].test,
            Predicate::Below(3 << 29)
        );
        assert_eq!(error("disk>2.048", None).code.as_str(), "number-ambiguous");
        assert_eq!(
            parse_search("diskspace>2.048", Some(Language::De)).unwrap().conditions[0].test,
            Predicate::Above(2048 << 20)
        );
        assert_eq!(error("diskspace>2.048", Some(Language::En)).code.as_str(), "number-ambiguous");
        assert_eq!(
            parse_search("traffic:unbegrenzt", None).unwrap().conditions[0].test,
            Predicate::Unlimited
        );
        assert_eq!(error("emails>2.5", None).code.as_str(), "search-value-invalid");
        assert_eq!(parse_search(r#""a:b""#, None).unwrap().words, ["a:b"]);
        assert_eq!(
            parse_search(r#"unclosed "quote here"#, None).unwrap().words,
            ["unclosed", "quote here"]
        );
    }

    #[test]
    fn names_are_found_as_the_list_shows_them() {
        assert_eq!(parse_search("Meier, Hans", None).unwrap().words, ["meier", "hans"]);
        assert_eq!(
            parse_search(r#""Meier, Hans" , x,"#, None).unwrap().words,
            ["meier, hans", "x"]
        );
        assert_eq!(parse_search("Mu\u{308}ller", None).unwrap().words, ["müller"]);
    }

    #[test]
    fn a_search_is_bounded() {
        let words = |n: usize| (0..n).map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(parse_search(&words(30), None).unwrap().words.len(), 30);
        assert_eq!(
            error(&words(31), None),
            ValidationError::new(ErrorCode::SearchTooManyWords).with("max", 30_u64)
        );
        assert_eq!(parse_search(&"a ".repeat(250), None).unwrap().words, ["a"]);
        assert_eq!(parse_search(&"ü".repeat(500), None).unwrap().words, ["ü".repeat(500)]);
        assert_eq!(
            error(&"ü".repeat(501), None),
            ValidationError::new(ErrorCode::SearchTooLong).with("max", 500_u64)
        );
    }

    #[test]
    fn errors_name_the_word() {
        assert_eq!(
            error("password:x", None),
            ValidationError::new(ErrorCode::SearchFieldUnknown).with("word", "password")
        );
        assert_eq!(
            error("x diskspace>many", None),
            ValidationError::new(ErrorCode::SearchValueInvalid).with("word", "diskspace>many")
        );
        let errors = parse_search("password:x diskspace>many disk>1.000", None).unwrap_err();
        let codes: Vec<_> = errors.iter().map(|error| error.code.as_str()).collect();
        assert_eq!(codes, ["search-field-unknown", "search-value-invalid", "number-ambiguous"]);
    }

    proptest! {
        #[test]
        fn no_input_causes_a_panic(line in "\\PC*") {
            let _ = parse_search(&line, None);
        }
    }
}
