//! Reads settings from file and environment, and collects mistakes.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// The keys of all settings in the file. The environment variable of a setting is `CLIENTELE_` and
/// its key in capitals.
pub const KEYS: [&str; 18] = [
    "connections_per_address",
    "database_url",
    "data_dir",
    "forwarded_header",
    "ftp_accounts_file",
    "homes_dir",
    "hooks_dir",
    "listen",
    "log",
    "log_format",
    "mail_from",
    "metrics_token",
    "otlp_url",
    "public_url",
    "secret_key",
    "secret_key_file",
    "smtp_url",
    "trusted_proxies",
];

/// The place where a setting was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The path of the file.
    File(String),
    Environment,
}

/// A mistake in the settings. It never repeats the value, which may be a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub place: Place,
    /// Name of the setting at that place; empty for a mistake that concerns the whole file.
    pub key: String,
    pub message: String,
}

impl Mistake {
    /// Returns a mistake in a file. An empty `key` means the whole file.
    pub(super) fn in_file(file: &str, key: &str, message: String) -> Self {
        Self { place: Place::File(file.to_owned()), key: key.to_owned(), message }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::File(file) if self.key.is_empty() => write!(f, "{file}: {}", self.message),
            Place::File(file) => write!(f, "{file}: {} {}", self.key, self.message),
            Place::Environment => write!(f, "{} {}", self.key, self.message),
        }
    }
}

impl std::error::Error for Mistake {}

/// Settings in the file and in the environment, which takes precedence.
pub(super) struct Source<'a> {
    name: String,
    file: BTreeMap<String, String>,
    env: &'a dyn Fn(&str) -> Option<String>,
    mistakes: Vec<Mistake>,
}

impl<'a> Source<'a> {
    pub(super) fn new(
        file: Option<(&Path, &str)>,
        env: &'a dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let name = file.map(|(path, _)| path.display().to_string()).unwrap_or_default();
        let mut source = Self { name, file: BTreeMap::new(), env, mistakes: Vec::new() };
        if let Some((_, text)) = file {
            source.read_file(text);
        }
        source
    }

    fn read_file(&mut self, text: &str) {
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => {
                // The error's own text would quote the line, which may contain a password.
                let line = error.span().map_or(1, |span| {
                    text.bytes().take(span.start).filter(|b| *b == b'\n').count() + 1
                });
                return self.mistakes.push(Mistake::in_file(
                    &self.name,
                    "",
                    format!("line {line} cannot be read: {}", error.message()),
                ));
            }
        };
        for (key, value) in table {
            if !KEYS.contains(&key.as_str()) {
                self.mistakes.push(Mistake::in_file(
                    &self.name,
                    &key,
                    "is not the name of a setting".to_owned(),
                ));
            } else if let Some(value) = as_text(&value) {
                self.file.insert(key, value);
            } else {
                self.mistakes.push(Mistake::in_file(
                    &self.name,
                    &key,
                    "must be a string, a whole number or a list of strings".to_owned(),
                ));
            }
        }
    }

    /// Returns the value of a setting if it is set and valid. Records a mistake if it is not valid.
    pub(super) fn read<T>(
        &mut self,
        key: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let (_, value) = self.find(key)?;
        parse(value.trim()).map_err(|message| self.record_mistake(key, message)).ok()
    }

    pub(super) fn parse<T: FromStr<Err = String>>(&mut self, key: &str) -> Option<T> {
        self.read(key, str::parse)
    }

    /// Records a mistake at the place where the setting was found.
    pub(super) fn record_mistake(&mut self, key: &str, message: String) {
        let place =
            self.find(key).map_or_else(|| Place::File(self.name.clone()), |(place, _)| place);
        let key = match place {
            Place::File(_) => key.to_owned(),
            Place::Environment => variable_name(key),
        };
        self.mistakes.push(Mistake { place, key, message });
    }

    fn find(&self, key: &str) -> Option<(Place, String)> {
        let is_set = |value: &String| !value.trim().is_empty();
        let from_env =
            (self.env)(&variable_name(key)).filter(is_set).map(|value| (Place::Environment, value));
        from_env.or_else(|| {
            self.file
                .get(key)
                .filter(|value| is_set(value))
                .map(|value| (Place::File(self.name.clone()), value.clone()))
        })
    }

    pub(super) fn finish<T>(self, settings: T) -> Result<T, Vec<Mistake>> {
        if self.mistakes.is_empty() { Ok(settings) } else { Err(self.mistakes) }
    }
}

fn variable_name(key: &str) -> String {
    format!("CLIENTELE_{}", key.to_ascii_uppercase())
}

/// Returns a text, number or list of texts in the form that the environment has; `None` for other
/// values.
fn as_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Array(items) => {
            Some(items.iter().map(toml::Value::as_str).collect::<Option<Vec<_>>>()?.join(","))
        }
        _ => None,
    }
}
