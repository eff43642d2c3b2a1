//! The table of settings. A setting is declared here and nowhere else: the form, reading and
//! saving it, its checks and the audit trail follow from the declaration.

use domain::account::{Language, Theme};

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A line of text.
    Line,
    /// A whole number within bounds.
    Number(u64, u64),
    /// Yes (`1`) or no (`0`).
    Flag,
    /// One of these.
    Choice(&'static [&'static str]),
    /// A host name.
    Host,
    /// What generated login names begin with.
    LoginNamePrefix,
    /// Characters that passwords may need.
    SpecialCharacters,
}

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name: `group.name`. The text key of its label is `field-settings-<group>-<name>`, with
    /// `-` for `_`.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What holds while nobody has set it (Froxlor's default, where it has the setting).
    pub default: &'static str,
}

impl Setting {
    /// Returns the group, a section of the page. The text keys of its heading and its explanation
    /// are `settings-<group>` and `settings-<group>-text`.
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
    /// The name of the provider, in mails and on pages.
    PROVIDER_NAME = "provider.name", Kind::Line, "Clientele";
    /// How customers reach the provider; may be empty.
    PROVIDER_CONTACT = "provider.contact", Kind::Line, "";
    /// The language of people who chose none.
    DEFAULT_LANGUAGE = "panel.default_language", Kind::Choice(Language::CODES), "en";
    /// The theme of people who chose none.
    DEFAULT_THEME = "panel.default_theme", Kind::Choice(Theme::CODES), "system";
    /// Rows per page.
    PAGE_SIZE = "panel.page_size", Kind::Number(5, 200), "20";
    /// What generated login names begin with.
    ACCOUNT_PREFIX = "customer.account_prefix", Kind::LoginNamePrefix, "web";
    /// The longest login name, in characters.
    LOGIN_NAME_MAX = "customer.loginname_max", Kind::Number(2, 61), "61";
    /// Whether login names must be valid UNIX user names.
    UNIX_NAMES = "customer.unix_names", Kind::Flag, "1";
    /// Whether a new customer gets a standard subdomain unless told otherwise.
    STANDARD_SUBDOMAIN = "customer.standard_subdomain", Kind::Flag, "1";
    /// The parent domain of standard subdomains.
    STANDARD_SUBDOMAIN_HOST = "customer.standard_subdomain_host", Kind::Host, "localhost";
    /// Whether a new customer may have shells unless told otherwise.
    ALLOW_SHELL = "customer.allow_shell", Kind::Flag, "0";
    /// Whether the file system enforces disk space.
    PROJECT_QUOTA = "homes.project_quota", Kind::Flag, "0";
    /// Whether mailbox sizes are limited.
    MAIL_QUOTA_ENABLED = "mail.quota_enabled", Kind::Flag, "1";
    /// Mailbox storage of new customers, in MiB.
    MAIL_QUOTA = "mail.quota", Kind::Number(0, 1_000_000_000), "0";
    /// Whether customers with PHP need a PHP configuration.
    PHP_CONFIG_REQUIRED = "php.config_required", Kind::Flag, "0";
    /// Whether the API answers.
    API_ENABLED = "api.enabled", Kind::Flag, "1";
    /// Whether a new customer may use the API unless told otherwise.
    API_CUSTOMER_DEFAULT = "api.customer_default", Kind::Flag, "1";
    /// The period in which requests of the API are counted, in seconds.
    API_RATE_WINDOW = "api.rate_window", Kind::Number(1, 3600), "60";
    /// The most requests of one key in that period.
    API_RATE_PER_KEY = "api.rate_per_key", Kind::Number(1, 1_000_000), "600";
    /// The most requests from one address in that period.
    API_RATE_PER_ADDRESS = "api.rate_per_address", Kind::Number(1, 1_000_000), "1200";
    /// Whether webhooks may lead to private network addresses.
    WEBHOOKS_ALLOW_PRIVATE = "webhooks.allow_private", Kind::Flag, "0";
    /// The shortest password, in characters.
    PASSWORD_MIN_LENGTH = "password.min_length", Kind::Number(8, 128), "8";
    /// Whether a password needs a lower-case letter.
    PASSWORD_ALPHA_LOWER = "password.alpha_lower", Kind::Flag, "0";
    /// Whether a password needs an upper-case letter.
    PASSWORD_ALPHA_UPPER = "password.alpha_upper", Kind::Flag, "0";
    /// Whether a password needs a digit.
    PASSWORD_NUMERIC = "password.numeric", Kind::Flag, "0";
    /// Whether a password needs a special character.
    PASSWORD_SPECIAL_REQUIRED = "password.special_required", Kind::Flag, "0";
    /// The special characters of which a password needs one.
    PASSWORD_SPECIAL_CHARS = "password.special_chars", Kind::SpecialCharacters, "!?<>§$%+#=@";
    /// How long a reset link is valid, in hours.
    PASSWORD_RESET_HOURS = "password.reset_hours", Kind::Number(1, 168), "24";
    /// Whether admins can reset their password by mail.
    PASSWORD_RESET_FOR_ADMINS = "password.reset_for_admins", Kind::Flag, "0";
    /// Failed sign-ins before an account is locked.
    MAX_FAILURES = "sign_in.max_failures", Kind::Number(1, 100), "10";
    /// How long the first lock lasts, in seconds.
    LOCK_SECONDS = "sign_in.lock_seconds", Kind::Number(60, 86_400), "900";
    /// How long a session may be idle, in minutes.
    SESSION_IDLE_MINUTES = "session.idle_minutes", Kind::Number(5, 10_080), "60";
    /// How long a session lives at most, in hours.
    SESSION_ABSOLUTE_HOURS = "session.absolute_hours", Kind::Number(1, 720), "12";
}
