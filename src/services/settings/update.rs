//! Changing the provider's settings.

use super::list::{Kind, SETTINGS, Setting};
use crate::audit::{self, Action, Change, Target};
use crate::{Command, Outcome};
use auth::actor::{Actor, ServerAdmin};
use domain::number::Notation;
use domain::quota::Quota;
use domain::request::{Values, text_of};
use domain::text;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use serde_json::{Map, Value};

/// Changes the settings that were sent. The others keep their values.
///
/// # Errors
/// [`ServiceError::Invalid`](crate::ServiceError::Invalid) with a validation error for each wrong
/// setting.
pub async fn update(
    cmd: Command<'_>,
    by: &ServerAdmin,
    sent: &Values,
    notation: Notation,
) -> Outcome<()> {
    let mut errors = FieldErrors::default();
    let mut changed = Vec::new();
    for setting in SETTINGS {
        let Some(value) = sent.get(setting.name).filter(|value| !value.is_null()) else { continue };
        let checked =
            text_of(value.clone()).and_then(|text| check_in_notation(setting, &text, notation));
        let value = errors.value_or_add(setting.name, checked);
        changed.extend(
            value.filter(|value| value != cmd.settings.text(setting)).map(|value| (setting, value)),
        );
    }
    errors.into_result(())?;
    if changed.is_empty() {
        return Ok(());
    }
    let mut before = Map::new();
    let mut after = Map::new();
    for (setting, value) in changed {
        before.insert(setting.name.to_owned(), Value::from(cmd.settings.text(setting)));
        db::settings::set(cmd.tx, setting.name, &value, cmd.at).await?;
        after.insert(setting.name.to_owned(), Value::from(value));
    }
    let change = Change {
        action: Action::SettingsUpdated,
        before: Some(before.into()),
        after: Some(after.into()),
    };
    audit::record(cmd, &Actor::Manager(by.manager().clone()), &Target::system("settings"), change)
        .await
}

/// Checks a value and returns it as it is stored. Numbers must be in the notation of programs.
///
/// # Errors
/// The validation error of the value.
pub fn check(setting: &Setting, value: &str) -> Result<String, ValidationError> {
    check_in_notation(setting, value, Notation::Program)
}

fn check_in_notation(
    setting: &Setting,
    value: &str,
    notation: Notation,
) -> Result<String, ValidationError> {
    match setting.kind {
        Kind::LoginNamePrefix => prefix(value),
        // Angle brackets are allowed, since passwords may contain them.
        Kind::SpecialCharacters => text::line_with_brackets(value, 64),
        Kind::Line => text::line(value, 255),
        Kind::Flag => Ok(if matches!(value, "1" | "true" | "on") { "1" } else { "0" }.to_owned()),
        Kind::Choice(choices) if choices.contains(&value) => Ok(value.to_owned()),
        Kind::Choice(_) => Err(ValidationError::new(ErrorCode::ChoiceUnknown)),
        Kind::Number(min, max) => {
            let out_of_range = || {
                ValidationError::new(ErrorCode::NumberOutOfRange).with("min", min).with("max", max)
            };
            match Quota::read(value, 1, notation) {
                Ok(Quota::Limited(number)) if (min..=max).contains(&number) => {
                    Ok(number.to_string())
                }
                Err(error) if error.code == ErrorCode::NumberAmbiguous => Err(error),
                _ => Err(out_of_range()),
            }
        }
        Kind::Host => host(value),
    }
}

/// Maximum length of the prefix of login names.
const MAX_PREFIX: usize = 20;

fn prefix(value: &str) -> Result<String, ValidationError> {
    let is_valid = value.starts_with(|c: char| c.is_ascii_alphabetic())
        && value.chars().all(|c| c.is_ascii_alphanumeric())
        && value.len() <= MAX_PREFIX;
    if is_valid {
        Ok(value.to_owned())
    } else {
        Err(ValidationError::new(ErrorCode::FormatInvalid)
            .variant("of-prefix")
            .with("max", MAX_PREFIX))
    }
}

fn host(value: &str) -> Result<String, ValidationError> {
    let host = idna::domain_to_ascii_strict(value)
        .map_err(|_| ValidationError::new(ErrorCode::HostInvalid))?;
    let is_valid = !host.is_empty()
        && host.len() <= 180
        && host.split('.').all(|label| !label.is_empty() && label.len() <= 63);
    if is_valid { Ok(host) } else { Err(ValidationError::new(ErrorCode::HostInvalid)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::list::ACCOUNT_PREFIX;

    #[test]
    fn an_invalid_prefix_names_the_allowed_characters() {
        assert_eq!(check(&ACCOUNT_PREFIX, "kd4x"), Ok("kd4x".to_owned()));
        for value in ["", "4kd", "k-d", "k d", "kdä", &"k".repeat(21)] {
            let error = check(&ACCOUNT_PREFIX, value).unwrap_err();
            assert_eq!(error.text_key(), "fault-format-invalid-of-prefix", "{value:?}");
        }
    }
}
