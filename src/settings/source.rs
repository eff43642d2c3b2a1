//! Where a setting comes from, and what is wrong with it.

use super::{FILE, KEYS};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Where a setting was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In `clientele.toml`.
    File,
    /// In the environment.
    Environment,
}

/// A mistake in the settings. It never repeats the value, which may be a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where it is.
    pub place: Place,
    /// Which setting, as it is called there.
    pub key: String,
    /// What is wrong.
    pub message: String,
}

impl Mistake {
    pub(super) fn in_file(key: &str, message: String) -> Self {
        Self { place: Place::File, key: key.to_owned(), message }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Place::File if self.key == FILE => write!(f, "{FILE}: {}", self.message),
            Place::File => write!(f, "{FILE}: {} {}", self.key, self.message),
            Place::Environment => write!(f, "{} {}", self.key, self.message),
        }
    }
}

impl std::error::Error for Mistake {}

/// File and environment, laid over each other.
pub(super) struct Source<'a> {
    file: BTreeMap<String, String>,
    env: &'a dyn Fn(&str) -> Option<String>,
    mistakes: Vec<Mistake>,
}

impl<'a> Source<'a> {
    pub(super) fn new(toml: Option<&str>, env: &'a dyn Fn(&str) -> Option<String>) -> Self {
        let mut source = Self { file: BTreeMap::new(), env, mistakes: Vec::new() };
        if let Some(text) = toml {
            source.read_file(text);
        }
        source
    }

    fn read_file(&mut self, text: &str) {
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => {
                // Its own display would repeat the line, which may hold a password.
                let line = error.span().map_or(1, |span| text.bytes().take(span.start).filter(|b| *b == b'\n').count() + 1);
                return self.mistakes.push(Mistake::in_file(FILE, format!("line {line} cannot be read: {}", error.message())));
            }
        };
        for (key, value) in table {
            if !KEYS.contains(&key.as_str()) {
                self.mistakes.push(Mistake::in_file(&key, "is not the name of a setting".to_owned()));
            } else if let Some(value) = as_text(&value) {
                self.file.insert(key, value);
            } else {
                self.mistakes.push(Mistake::in_file(&key, "must be a text".to_owned()));
            }
        }
    }

    /// The value of a setting, where it is set, and if it is right.
    pub(super) fn read<T>(&mut self, key: &str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let (_, value) = self.find(key)?;
        parse(value.trim()).map_err(|message| self.complain(key, message)).ok()
    }

    pub(super) fn parse<T: FromStr<Err = String>>(&mut self, key: &str) -> Option<T> {
        self.read(key, str::parse)
    }

    /// Notes a mistake at the place where the setting was found.
    pub(super) fn complain(&mut self, key: &str, message: String) {
        let place = self.find(key).map_or(Place::File, |(place, _)| place);
        let key = match place {
            Place::File => key.to_owned(),
            Place::Environment => variable(key),
        };
        self.mistakes.push(Mistake { place, key, message });
    }

    fn find(&self, key: &str) -> Option<(Place, String)> {
        let is_set = |value: &String| !value.trim().is_empty();
        let from_env = (self.env)(&variable(key)).filter(is_set).map(|value| (Place::Environment, value));
        from_env.or_else(|| self.file.get(key).filter(|value| is_set(value)).map(|value| (Place::File, value.clone())))
    }

    pub(super) fn finish<T>(self, settings: T) -> Result<T, Vec<Mistake>> {
        if self.mistakes.is_empty() { Ok(settings) } else { Err(self.mistakes) }
    }
}

fn variable(key: &str) -> String {
    format!("CLIENTELE_{}", key.to_ascii_uppercase())
}

/// Texts, numbers, and lists of texts, all as they would stand in the environment.
fn as_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Array(items) => Some(items.iter().map(toml::Value::as_str).collect::<Option<Vec<_>>>()?.join(",")),
        _ => None,
    }
}
