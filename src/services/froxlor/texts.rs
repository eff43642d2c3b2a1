//! From their texts to texts that our pages and forms can live with.

use super::report::{self, Notes};
use super::values::shown;
use db::froxlor::Row;
use domain::contact::{Contact, ContactFields};
use domain::email::Email;
use domain::fault::{Code, Fault};
use domain::request::{Kind, Received, Request as _, Values};
use domain::text;
use serde_json::Value;

/// The longest notes and descriptions that forms take.
const LONG: usize = 20_000;
/// The longest address of a column.
const EMAIL: usize = 254;

/// A text field of a contact; what its rule refuses is cleaned.
pub(super) fn contact_line(row: &Row, field: &'static str, notes: &mut Notes) -> String {
    cleaned(field, row.text(field), |text: &str| check(field, text), notes)
}

/// Whether a text is allowed in this field of a contact.
fn check(field: &str, value: &str) -> Result<String, Fault> {
    let values = Values::from_iter([(field.to_owned(), Value::from(value))]);
    match Received::<ContactFields>::new(values).finish() {
        Ok(_) => Ok(value.to_owned()),
        Err(errors) => Err(errors
            .iter()
            .next()
            .map_or(Fault::new(Code::FormatInvalid), |(_, errors)| errors[0].clone())),
    }
}

/// A line of at most `max` characters.
pub(super) fn line(column: &str, value: &str, max: usize, notes: &mut Notes) -> String {
    cleaned(column, value, |value: &str| text::line(value, max), notes)
}

/// Several lines.
pub(super) fn long(column: &str, value: &str, notes: &mut Notes) -> String {
    cleaned(column, value, |value: &str| text::multiline(value, LONG), notes)
}

type Rule<'a> = &'a dyn Fn(&str) -> Result<String, Fault>;

fn cleaned(
    column: &str,
    value: &str,
    rule: impl Fn(&str) -> Result<String, Fault>,
    notes: &mut Notes,
) -> String {
    rule(value).unwrap_or_else(|_| {
        let kept = clean(value, &rule);
        notes
            .note(report::Kind::Text, format!("{column} {} is now {}", shown(value), shown(&kept)));
        kept
    })
}

/// The nearest text that the rule takes: in capitals if that is all, else with a space for every
/// character that it refuses, and cut where it is too long.
fn clean(value: &str, rule: Rule<'_>) -> String {
    if let Ok(text) = rule(&value.to_uppercase()) {
        return text;
    }
    let mut kept = String::with_capacity(value.len());
    // One space for all that is refused in a row, and for spaces beside it.
    let mut gap = false;
    for c in value.chars() {
        // Between two characters that every rule takes: at the ends of a text more is taken than
        // inside.
        let refused = rule(&format!("0{c}0")).is_err();
        if refused || (gap && c == ' ') {
            gap = true;
            kept.truncate(kept.trim_end_matches(' ').len());
            kept.push(' ');
        } else {
            gap = false;
            kept.push(c);
        }
    }
    let (mut low, mut high) = (0, kept.chars().count());
    // The longest beginning that is taken.
    while low < high {
        let middle = (low + high).div_ceil(2);
        let part: String = kept.chars().take(middle).collect();
        if rule(&part).is_ok() { low = middle } else { high = middle - 1 }
    }
    rule(&kept.chars().take(low).collect::<String>()).unwrap_or_default()
}

/// A mail address. One that is not valid is kept as long as it is a line: somebody must look at it,
/// and its form says so. Where it is not even that, one that reaches nobody takes its place (RFC
/// 2606), so that forms can be sent.
pub(super) fn email(value: &str, login_name: &str, notes: &mut Notes) -> Email {
    let value = value.trim();
    if let Ok(email) = Email::parse(value) {
        return email;
    }
    match text::line(value, EMAIL) {
        Ok(line) if !line.is_empty() => {
            notes.note(report::Kind::Email, shown(value));
            Email::stored(line)
        }
        _ => {
            notes.note(report::Kind::EmailReplaced, shown(value));
            nobody(login_name)
        }
    }
}

/// An address that reaches nobody, another one for each login name.
pub(super) fn nobody(login_name: &str) -> Email {
    Email::stored(format!("{}@unknown.invalid", login_name.to_lowercase()))
}

/// The address of a mailbox or forwarder; none where it cannot be stored.
pub(super) fn mail_address(value: &str, notes: &mut Notes) -> Option<String> {
    let value = value.trim();
    if Email::parse(value).is_err() && !value.starts_with('@') {
        notes.note(report::Kind::Email, shown(value));
    }
    text::line(value, 255).ok().filter(|line| !line.is_empty())
}

/// Who somebody is; he is called like his login name if nothing else is known.
pub(super) fn contact(row: &Row, login_name: &str, notes: &mut Notes) -> Contact {
    let mut contact = Contact::of(email(row.text("email"), login_name, notes));
    // Froxlor's columns have the names of the parameters; the form of address is read by its
    // number.
    let mut values = Values::new();
    for field in
        ContactFields::parameters().iter().copied().filter(|field| field.kind == Kind::Text)
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

/// A host or domain name in lower case and ASCII.
pub(super) fn domain_name(value: &str) -> Option<String> {
    let value = value.trim();
    let name = idna::domain_to_ascii(value).unwrap_or_else(|_| value.to_lowercase());
    let usable = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '*');
    (!name.is_empty() && name.len() <= 255 && name.chars().all(usable)).then_some(name)
}

/// An absolute path, if it is one that can be stored as it is.
pub(super) fn path(value: &str) -> Option<String> {
    let value = value.trim();
    let climbs = value.split('/').any(|part| part == "..");
    text::line(value, 255).ok().filter(|line| line.starts_with('/') && line == value && !climbs)
}

/// Whether a name is none that can be stored as it is.
pub(super) fn is_odd(name: &str, max: usize) -> bool {
    text::line(name, max).ok().as_deref() != Some(name)
}
