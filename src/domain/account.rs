//! Choices of an account: language, theme and form of address.

use super::validation::{ErrorCode, ValidationError};

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident, $error:ident, { $($(#[$vdoc:meta])* $variant:ident = $code:literal $(| $alias:literal)*),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The codes as they are stored and sent.
            pub const CODES: &'static [&'static str] = &[$($code),+];
            /// Every accepted spelling: the codes and their aliases.
            pub const NAMES: &'static [&'static str] = &[$($code $(, $alias)*),+];

            /// Returns the code as it is stored and sent.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Parses a code or an alias.
            ///
            /// # Errors
            #[doc = concat!("[`ErrorCode::", stringify!($error), "`].")]
            pub fn parse(text: &str) -> Result<Self, ValidationError> {
                match text.trim() {
                    $($code $(| $alias)* => Ok(Self::$variant),)+
                    _ => Err(ValidationError::new(ErrorCode::$error)),
                }
            }
        }
    };
}

choice! {
    /// A language of the panel and of emails.
    Language, LanguageUnknown, {
        En = "en" | "English",
        De = "de" | "Deutsch",
    }
}

/// English, because every text exists in English.
impl Default for Language {
    fn default() -> Self {
        Self::En
    }
}

impl Language {
    /// Returns the language's name in the language itself.
    #[must_use]
    pub const fn native_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    /// Returns the writing direction, for `<html dir>`.
    #[must_use]
    pub const fn dir(self) -> &'static str {
        match self {
            Self::En | Self::De => "ltr",
        }
    }
}

choice! {
    /// A theme of the panel.
    Theme, ThemeUnknown, {
        /// Follows the visitor's system. Froxlor's default theme maps to it, because accounts have
        /// that theme without having chosen it.
        System = "system" | "auto" | "Froxlor",
        Light = "light",
        Dark = "dark" | "Froxlor_dark",
    }
}

/// Follows the visitor's system.
impl Default for Theme {
    fn default() -> Self {
        Self::System
    }
}

impl Theme {
    /// Returns the text key of the theme's name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Light => "theme-light",
            Self::Dark => "theme-dark",
            Self::System => "theme-system",
        }
    }
}

choice! {
    /// A customer's form of address.
    Gender, GenderUnknown, {
        /// Unknown or neither.
        None = "0",
        Male = "1",
        Female = "2",
    }
}

impl Gender {
    /// Returns the code as a number, for the API.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Male => 1,
            Self::Female => 2,
        }
    }
}

/// Returns the name in salutations and confirmations: "first last", one of the two, or the company.
#[must_use]
pub fn salutation(firstname: &str, name: &str, company: &str) -> String {
    match (firstname, name) {
        ("", "") => company.to_owned(),
        ("", one) | (one, "") => one.to_owned(),
        (first, last) => format!("{first} {last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_gender_is_its_code() {
        for gender in Gender::ALL {
            assert_eq!(gender.number().to_string(), gender.code());
        }
    }

    #[test]
    fn languages_and_themes_have_names() {
        for (language, native, dir) in
            [(Language::En, "English", "ltr"), (Language::De, "Deutsch", "ltr")]
        {
            assert_eq!((language.native_name(), language.dir()), (native, dir));
        }
        for (theme, key) in [
            (Theme::System, "theme-system"),
            (Theme::Light, "theme-light"),
            (Theme::Dark, "theme-dark"),
        ] {
            assert_eq!(theme.key(), key);
        }
    }

    #[test]
    fn people_are_addressed_by_name_before_company() {
        for (firstname, name, company, expected) in [
            ("Ann", "Lee", "Acme", "Ann Lee"),
            ("Ann", "", "Acme", "Ann"),
            ("", "Lee", "Acme", "Lee"),
            ("", "", "Acme", "Acme"),
            ("", "", "", ""),
        ] {
            assert_eq!(salutation(firstname, name, company), expected);
        }
    }
}
