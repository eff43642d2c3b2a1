//! What admins and customers choose for themselves.

use super::fault::{Code, Fault};

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident, $fault:ident, { $($(#[$vdoc:meta])* $variant:ident = $code:literal $(| $alias:literal)*),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl $name {
            /// Every choice there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// How they are stored and sent.
            pub const CODES: &'static [&'static str] = &[$($code),+];
            /// Everything that is read as one of them.
            pub const NAMES: &'static [&'static str] = &[$($code $(, $alias)*),+];

            /// How it is stored and sent.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Reads a choice; nothing outside the list gets in.
            ///
            /// # Errors
            #[doc = concat!("[`Code::", stringify!($fault), "`].")]
            pub fn parse(text: &str) -> Result<Self, Fault> {
                match text.trim() {
                    $($code $(| $alias)* => Ok(Self::$variant),)+
                    _ => Err(Fault::new(Code::$fault)),
                }
            }
        }
    };
}

choice! {
    /// A language of the panel and its mails.
    Language, LanguageUnknown, {
        /// English.
        En = "en" | "English",
        /// German.
        De = "de" | "Deutsch",
    }
}

/// English, which every text exists in.
impl Default for Language {
    fn default() -> Self {
        Self::En
    }
}

impl Language {
    /// The language's own name for itself.
    #[must_use]
    pub const fn native_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }

    /// The writing direction, for `<html dir>`.
    #[must_use]
    pub const fn dir(self) -> &'static str {
        match self {
            Self::En | Self::De => "ltr",
        }
    }
}

choice! {
    /// How the panel looks.
    Theme, ThemeUnknown, {
        /// As the user's system does; the peer's default theme, which nobody need have chosen.
        System = "system" | "auto" | "Froxlor",
        /// Dark on light.
        Light = "light",
        /// Light on dark.
        Dark = "dark" | "Froxlor_dark",
    }
}

/// As the visitor's system wishes.
impl Default for Theme {
    fn default() -> Self {
        Self::System
    }
}

impl Theme {
    /// The key of its name.
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
    /// How a customer is addressed.
    Gender, GenderUnknown, {
        /// Unknown or neither.
        None = "0",
        /// Male.
        Male = "1",
        /// Female.
        Female = "2",
    }
}

/// How somebody is called at the top of a mail and in confirmations: "first last", one of the two,
/// or the company.
#[must_use]
pub fn salutation(firstname: &str, name: &str, company: &str) -> String {
    match (firstname, name) {
        ("", "") => company.to_owned(),
        ("", one) | (one, "") => one.to_owned(),
        (first, last) => format!("{first} {last}"),
    }
}
