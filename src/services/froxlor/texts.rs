//! Converts Froxlor's texts into texts that Clientele's pages and forms accept.

use super::report::{self, Notes};
use super::values::quote;
use db::froxlor::Row;
use domain::contact::{Contact, ContactFields};
use domain::email::Email;
use domain::request::{ParameterType, Received, Request as _, Values};
use domain::text;
use domain::validation::{ErrorCode, ValidationError};
use serde_json::Value;

/// Maximum length of notes and descriptions, in characters.
const MAX_MULTILINE: usize = 20_000;
/// Maximum length of an email address, in characters.
const MAX_EMAIL: usize = 254;

/// Returns a text field of a contact. A text that the field does not accept is corrected.
pub(super) fn contact_line(row: &Row, field: &'static str, notes: &mut Notes) -> String {
    accept_or_clean(field, row.text(field), |text: &str| check(field, text), notes)
}

/// Checks a text by the rules of a contact field.
fn check(field: &str, value: &str) -> Result<String, ValidationError> {
    let values = Values::from_iter([(field.to_owned(), Value::from(value))]);
    match Received::<ContactFields>::new(values).finish() {
        Ok(_) => Ok(value.to_owned()),
        Err(errors) => Err(errors
            .iter()
            .next()
            .map_or(ValidationError::new(ErrorCode::FormatInvalid), |(_, errors)| {
                errors[0].clone()
            })),
    }
}

/// Returns a single line of at most `max` characters.
pub(super) fn line(column: &str, value: &str, max: usize, notes: &mut Notes) -> String {
    accept_or_clean(column, value, |value: &str| text::line(value, max), notes)
}

/// Returns a text of several lines.
pub(super) fn multiline(column: &str, value: &str, notes: &mut Notes) -> String {
    accept_or_clean(column, value, |value: &str| text::multiline(value, MAX_MULTILINE), notes)
}

type Rule<'a> = &'a dyn Fn(&str) -> Result<String, ValidationError>;

/// Returns the text as the rule accepts it. A text that the rule refuses is corrected and noted.
fn accept_or_clean(
    column: &str,
    value: &str,
    rule: impl Fn(&str) -> Result<String, ValidationError>,
    notes: &mut Notes,
) -> String {
    rule(value).unwrap_or_else(|_| {
        let kept = clean(value, &rule);
        notes
            .note(report::Kind::Text, format!("{column} {} is now {}", quote(value), quote(&kept)));
        kept
    })
}

/// Returns a similar text that the rule accepts. If uppercase letters are not enough, each refused
/// character becomes a space, and the text is cut to the accepted length.
fn clean(value: &str, rule: Rule<'_>) -> String {
    if let Ok(text) = rule(&value.to_uppercase()) {
        return text;
    }
    let mut kept = String::with_capacity(value.len());
    // Refused characters in a row, and spaces beside them, become one space.
    let mut is_after_gap = false;
    for c in value.chars() {
        // Checked between two characters that every rule accepts, because rules accept more at the
        // ends of a text than inside.
        let is_refused = rule(&format!("0{c}0")).is_err();
        if is_refused || (is_after_gap && c == ' ') {
            is_after_gap = true;
            kept.truncate(kept.trim_end_matches(' ').len());
            kept.push(' ');
        } else {
            is_after_gap = false;
            kept.push(c);
        }
    }
    let (mut low, mut high) = (0, kept.chars().count());
    // Searches for the longest accepted beginning.
    while low < high {
        let middle = (low + high).div_ceil(2);
        let part: String = kept.chars().take(middle).collect();
        if rule(&part).is_ok() { low = middle } else { high = middle - 1 }
    }
    rule(&kept.chars().take(low).collect::<String>()).unwrap_or_default()
}

/// Returns an email address. An address that is not valid is kept if it is a single line: the form
/// reports it, and an admin must correct it. Any other text is replaced by an address that receives
/// no email (RFC 2606), so that forms can be saved.
pub(super) fn email(value: &str, login_name: &str, notes: &mut Notes) -> Email {
    let value = value.trim();
    if let Ok(email) = Email::parse(value) {
        return email;
    }
    match text::line(value, MAX_EMAIL) {
        Ok(line) if !line.is_empty() => {
            notes.note(report::Kind::Email, quote(value));
            Email::stored(line)
        }
        _ => {
            notes.note(report::Kind::EmailReplaced, quote(value));
            placeholder_email(login_name)
        }
    }
}

/// Returns an address that receives no email. It is different for each login name.
pub(super) fn placeholder_email(login_name: &str) -> Email {
    Email::stored(format!("{}@unknown.invalid", login_name.to_lowercase()))
}

/// Returns the address of a mailbox or forwarder, or `None` if it cannot be stored.
pub(super) fn mail_address(value: &str, notes: &mut Notes) -> Option<String> {
    let value = value.trim();
    if Email::parse(value).is_err() && !value.starts_with('@') {
        notes.note(report::Kind::Email, quote(value));
    }
    text::line(value, 255).ok().filter(|line| !line.is_empty())
}

/// Returns the contact data of an account. If both name and company are empty, the login name
/// becomes the company.
pub(super) fn contact(row: &Row, login_name: &str, notes: &mut Notes) -> Contact {
    let mut contact = Contact::of(email(row.text("email"), login_name, notes));
    // Froxlor's columns are named like the parameters. The gender is a number, so it is read
    // separately.
    let mut values = Values::new();
    for field in ContactFields::parameters()
        .iter()
        .copied()
        .filter(|field| field.kind == ParameterType::Text)
    {
        values.insert(field.name.to_owned(), Value::from(contact_line(row, field.name, notes)));
    }
    Received::<ContactFields>::new(values).request.apply(&mut contact);
    contact.gender = super::values::gender(row);
    if contact.name.is_empty() && contact.company.is_empty() {
        notes.note(report::Kind::Unnamed, "");
        login_name.clone_into(&mut contact.company);
    }
    contact
}

/// Returns a host or domain name in lowercase ASCII, or `None` if it is not usable.
pub(super) fn domain_name(value: &str) -> Option<String> {
    let value = value.trim();
    let name = idna::domain_to_ascii(value).unwrap_or_else(|_| value.to_lowercase());
    let is_usable = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '*');
    (!name.is_empty() && name.len() <= 255 && name.chars().all(is_usable)).then_some(name)
}

/// Returns an absolute path, or `None` if it cannot be stored unchanged.
pub(super) fn path(value: &str) -> Option<String> {
    let value = value.trim();
    let has_parent = value.split('/').any(|part| part == "..");
    text::line(value, 255).ok().filter(|line| line.starts_with('/') && line == value && !has_parent)
}

/// Returns whether a name cannot be stored unchanged.
pub(super) fn is_unstorable(name: &str, max: usize) -> bool {
    text::line(name, max).ok().as_deref() != Some(name)
}
