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
mod tests;
