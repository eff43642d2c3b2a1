//! The table of settings. Each setting is declared only here. The form, reading, validation, saving
//! and the audit entry are derived from the declaration.

use domain::account::{Language, Theme};

/// The type of a setting's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Line,
    /// An integer between a minimum and a maximum, inclusive.
    Number(u64, u64),
    /// `1` for yes, `0` for no.
    Flag,
    /// One of these codes.
    Choice(&'static [&'static str]),
    Host,
    /// Prefix of generated login names.
    LoginNamePrefix,
    /// Special characters for the password policy.
    SpecialCharacters,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Full name, as `group.name`. The text key of its label is `field-settings-<group>-<name>`,
    /// with `-` for `_`.
    pub name: &'static str,
    pub kind: Kind,
    /// The value while the setting is not set.
    pub default: &'static str,
}

impl Setting {
    /// Returns the group, which is a section of the page. The text keys of its heading and its
    /// explanation are `settings-<group>` and `settings-<group>-text`.
    #[must_use]
    pub fn group(&self) -> &'static str {
        self.name.split_once('.').map_or(self.name, |(group, _)| group)
    }
}

/// Declares settings: a constant for each, and the table of all.
macro_rules! settings {
    ($($(#[$doc:meta])* $constant:ident = $name:literal, $kind:expr, $default:literal;)*) => {
        $(
            $(#[$doc])*
            pub const $constant: Setting =
                Setting { name: $name, kind: $kind, default: $default };
        )*

        /// Every setting, group by group.
        pub const SETTINGS: &[Setting] = &[$($constant),*];
    };
}

settings! {
    /// The provider's name, in emails and on pages.
    PROVIDER_NAME = "provider.name", Kind::Line, "Clientele";
    /// The provider's contact for customers; may be empty.
    PROVIDER_CONTACT = "provider.contact", Kind::Line, "";
    /// Language of accounts that have not chosen one.
    DEFAULT_LANGUAGE = "panel.default_language", Kind::Choice(Language::CODES), "en";
    /// Theme of accounts that have not chosen one.
    DEFAULT_THEME = "panel.default_theme", Kind::Choice(Theme::CODES), "system";
    /// Default number of rows on a page.
    PAGE_SIZE = "panel.page_size", Kind::Number(5, 200), "20";
    /// Prefix of generated login names.
    ACCOUNT_PREFIX = "customer.account_prefix", Kind::LoginNamePrefix, "web";
    /// Maximum length of a login name, in characters.
    LOGIN_NAME_MAX = "customer.loginname_max", Kind::Number(2, 61), "61";
    /// Whether login names must be valid UNIX user names.
    UNIX_NAMES = "customer.unix_names", Kind::Flag, "1";
    /// Whether a new customer gets a standard subdomain by default.
    STANDARD_SUBDOMAIN = "customer.standard_subdomain", Kind::Flag, "1";
    /// Parent domain of standard subdomains.
    STANDARD_SUBDOMAIN_HOST = "customer.standard_subdomain_host", Kind::Host, "localhost";
    /// Whether a new customer may use shells by default.
    ALLOW_SHELL = "customer.allow_shell", Kind::Flag, "0";
    /// Whether the file system enforces the customers' disk space limits.
    PROJECT_QUOTA = "homes.project_quota", Kind::Flag, "0";
    /// Whether mailbox sizes are limited.
    MAIL_QUOTA_ENABLED = "mail.quota_enabled", Kind::Flag, "1";
    /// Default mailbox storage of new customers, in MiB.
    MAIL_QUOTA = "mail.quota", Kind::Number(0, 1_000_000_000), "0";
    /// Whether customers with PHP must have a PHP configuration.
    PHP_CONFIG_REQUIRED = "php.config_required", Kind::Flag, "0";
    /// Whether the API is enabled.
    API_ENABLED = "api.enabled", Kind::Flag, "1";
    /// Whether a new customer may use the API by default.
    API_CUSTOMER_DEFAULT = "api.customer_default", Kind::Flag, "1";
    /// Length of the window in which API requests are counted, in seconds.
    API_RATE_WINDOW = "api.rate_window", Kind::Number(1, 3600), "60";
    /// Maximum number of requests with one key in a window.
    API_RATE_PER_KEY = "api.rate_per_key", Kind::Number(1, 1_000_000), "600";
    /// Maximum number of requests from one address in a window.
    API_RATE_PER_ADDRESS = "api.rate_per_address", Kind::Number(1, 1_000_000), "1200";
    /// Whether webhooks may send to private network addresses.
    WEBHOOKS_ALLOW_PRIVATE = "webhooks.allow_private", Kind::Flag, "0";
    /// Minimum length of a password, in characters.
    PASSWORD_MIN_LENGTH = "password.min_length", Kind::Number(8, 128), "8";
    /// Whether a password must contain a lowercase letter.
    PASSWORD_ALPHA_LOWER = "password.alpha_lower", Kind::Flag, "0";
    /// Whether a password must contain an uppercase letter.
    PASSWORD_ALPHA_UPPER = "password.alpha_upper", Kind::Flag, "0";
    /// Whether a password must contain a digit.
    PASSWORD_NUMERIC = "password.numeric", Kind::Flag, "0";
    /// Whether a password must contain a special character.
    PASSWORD_SPECIAL_REQUIRED = "password.special_required", Kind::Flag, "0";
    /// The characters that count as special characters of a password.
    PASSWORD_SPECIAL_CHARS = "password.special_chars", Kind::SpecialCharacters, "!?<>§$%+#=@";
    /// Lifetime of a password reset link, in hours.
    PASSWORD_RESET_HOURS = "password.reset_hours", Kind::Number(1, 168), "24";
    /// Whether admins can reset their password by email.
    PASSWORD_RESET_FOR_ADMINS = "password.reset_for_admins", Kind::Flag, "0";
    /// Number of failed sign-ins from one source after which the account is locked for that source.
    MAX_FAILURES = "sign_in.max_failures", Kind::Number(1, 100), "10";
    /// Duration of the first lock, in seconds.
    LOCK_SECONDS = "sign_in.lock_seconds", Kind::Number(60, 86_400), "900";
    /// Idle timeout of a session, in minutes.
    SESSION_IDLE_MINUTES = "session.idle_minutes", Kind::Number(5, 10_080), "60";
    /// Maximum lifetime of a session, in hours.
    SESSION_ABSOLUTE_HOURS = "session.absolute_hours", Kind::Number(1, 720), "12";
}
