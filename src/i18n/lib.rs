//! Languages and their texts. The texts are Fluent files in `src/locales/<code>/`; the trait
//! [`Texts`] gives access to them.

pub mod format;
mod phrase;

use domain::account::Language;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};

use domain::validation::{Argument, ValidationError};

pub use phrase::Phrase;

static_loader! {
    static LOCALES = {
        locales: "../locales",
        fallback_language: "en",
        customise: |bundle| {
            // The isolation marks U+2068 and U+2069 would appear in attributes and email subjects.
            bundle.set_use_isolating(false);
            let lang = Language::ALL.iter().find(|lang| bundle.locales.contains(id(**lang)));
            bundle.set_formatter(lang.map(|lang| formatter(*lang)));
        },
    };
}

static EN: LanguageIdentifier = langid!("en");
static DE: LanguageIdentifier = langid!("de");

/// The texts of a language.
pub trait Texts: Copy {
    /// Returns the text for a key, in English if this language lacks it. A text that English lacks,
    /// too, is logged and shown as `⟦key⟧`, which the tests look for.
    #[must_use]
    fn t(self, key: &str) -> String;

    /// Returns the text for a key with arguments: `lang.t_with("greeting", [("name", name)])`.
    ///
    /// All arguments of a call have the same type. Use [`arg`] to mix types.
    #[must_use]
    fn t_with<'a, K, V, A>(self, key: &str, args: A) -> String
    where
        K: Into<Cow<'static, str>>,
        V: Into<FluentValue<'a>>,
        A: IntoIterator<Item = (K, V)>;

    /// Returns the text for a key, if it exists in this language or in English.
    #[must_use]
    fn try_t(self, key: &str) -> Option<String>;

    /// Returns the text for a key with arguments, if it exists in this language or in English and
    /// these are its arguments.
    #[must_use]
    fn try_t_with<'a, K, V, A>(self, key: &str, args: A) -> Option<String>
    where
        K: Into<Cow<'static, str>>,
        V: Into<FluentValue<'a>>,
        A: IntoIterator<Item = (K, V)>;

    /// Returns the text for a key as a phrase with placeholders of these names.
    #[must_use]
    fn phrase(self, key: &'static str, names: &[&'static str]) -> Rc<Phrase>;

    /// Returns the message of a validation error.
    #[must_use]
    fn validation_error(self, error: &ValidationError) -> String;
}

impl Texts for Language {
    fn validation_error(self, error: &ValidationError) -> String {
        self.t_with(
            &error.text_key(),
            error.args.iter().map(|(name, value)| (*name, argument(self, value))),
        )
    }

    fn phrase(self, key: &'static str, names: &[&'static str]) -> Rc<Phrase> {
        phrase::cached(self, key, names, || self.t_with(key, phrase::placeholders(names)))
    }

    fn t(self, key: &str) -> String {
        self.try_t(key).unwrap_or_else(|| missing_text(self, key))
    }

    fn t_with<'a, K, V, A>(self, key: &str, args: A) -> String
    where
        K: Into<Cow<'static, str>>,
        V: Into<FluentValue<'a>>,
        A: IntoIterator<Item = (K, V)>,
    {
        self.try_t_with(key, args).unwrap_or_else(|| missing_text(self, key))
    }

    fn try_t_with<'a, K, V, A>(self, key: &str, args: A) -> Option<String>
    where
        K: Into<Cow<'static, str>>,
        V: Into<FluentValue<'a>>,
        A: IntoIterator<Item = (K, V)>,
    {
        let args: HashMap<Cow<'static, str>, FluentValue<'a>> =
            args.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        LOCALES.try_lookup_with_args(id(self), key, &args)
    }

    fn try_t(self, key: &str) -> Option<String> {
        // A list of fifty rows reads the same texts more than a thousand times. Only existing texts
        // are cached, so that the cache stays small.
        thread_local! {
            static CACHE: RefCell<HashMap<Language, HashMap<String, String>>> = RefCell::default();
        }
        CACHE.with_borrow_mut(|cache| {
            let texts = cache.entry(self).or_default();
            if let Some(text) = texts.get(key) {
                return Some(text.clone());
            }
            let text = LOCALES.try_lookup(id(self), key)?;
            texts.insert(key.to_owned(), text.clone());
            Some(text)
        })
    }
}

fn id(lang: Language) -> &'static LanguageIdentifier {
    match lang {
        Language::En => &EN,
        Language::De => &DE,
    }
}

/// Returns the function that formats the numbers in the texts of a language.
fn formatter<M>(lang: Language) -> fn(&FluentValue<'_>, &M) -> Option<String> {
    match lang {
        Language::En => |value, _| format_number(Language::En, value),
        Language::De => |value, _| format_number(Language::De, value),
    }
}

/// Formats a whole number like [`format::number`].
fn format_number(lang: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(format::number(lang, number.as_string().parse().ok()?)),
        _ => None,
    }
}

/// Returns an argument of a validation error. Its numbers are formatted in this language.
#[must_use]
pub fn argument(lang: Language, value: &Argument) -> FluentValue<'_> {
    /// Fluent stores numbers as floats, which hold every integer below this one.
    const EXACT: u64 = 1 << 53;
    match value {
        // Only numbers select singular or plural. They are formatted by `format_number`.
        Argument::Number(number) if *number < EXACT => (*number).into(),
        Argument::Number(number) => {
            format::number(lang, i64::try_from(*number).unwrap_or(i64::MAX)).into()
        }
        Argument::Decimal { decimal } => format::decimal(lang, decimal).into(),
        Argument::Text(text) => text.as_str().into(),
    }
}

/// Converts an argument, for calls that mix numbers and words.
#[must_use]
pub fn arg<'a>(value: impl Into<FluentValue<'a>>) -> FluentValue<'a> {
    value.into()
}

fn missing_text(lang: Language, key: &str) -> String {
    tracing::error!(lang = lang.code(), key, "text is missing");
    format!("⟦{key}⟧")
}

#[cfg(test)]
mod tests;
