//! The provider's settings: one table of what there is, read with defaults, written with checks.

pub mod list;
mod update;

use db::customers::LockRule;
use db::{DbError, Key, Reader};
use domain::account::{Language, Theme};
use domain::lockout::LockPolicy;
use domain::login_name::LoginNameRules;
use domain::password::PasswordPolicy;
use jiff::{SignedDuration, Timestamp};
pub use list::{Kind, SETTINGS, Setting};
use std::collections::HashMap;
use std::sync::Arc;
pub use update::{check, update};

/// The settings as they are now; what was never set has its default.
#[derive(Clone, Debug, Default)]
pub struct ProviderSettings {
    values: HashMap<String, String>,
}

/// Reads the settings.
///
/// # Errors
/// The database's.
pub async fn load(on: &Reader) -> Result<ProviderSettings, DbError> {
    Ok(ProviderSettings { values: db::settings::all(on).await? })
}

/// The settings for those who only look: a change by another process may be a second old.
///
/// # Errors
/// The database's.
pub async fn recent(on: &Reader) -> Result<Arc<ProviderSettings>, DbError> {
    on.recent(Key::whole("settings"), load).await
}

impl ProviderSettings {
    /// The value of a setting, as text.
    #[must_use]
    pub fn text(&self, setting: &Setting) -> &str {
        self.values.get(setting.name).map_or(setting.default, String::as_str)
    }

    fn flag(&self, setting: &Setting) -> bool {
        self.text(setting) == "1"
    }

    /// The value of a number, within its bounds; the default where the stored text is no number.
    fn number(&self, setting: &Setting) -> u64 {
        let Kind::Number(min, max) = setting.kind else { return 0 };
        let number = self.text(setting).parse().or_else(|_| setting.default.parse());
        number.unwrap_or(min).clamp(min, max)
    }

    fn whole(&self, setting: &Setting) -> i64 {
        i64::try_from(self.number(setting)).unwrap_or(i64::MAX)
    }

    /// What the provider is called, in mails and on pages.
    #[must_use]
    pub fn provider_name(&self) -> &str {
        self.text(&list::PROVIDER_NAME)
    }

    /// How customers reach the provider; may be empty.
    #[must_use]
    pub fn provider_contact(&self) -> &str {
        self.text(&list::PROVIDER_CONTACT)
    }

    /// The rules for login names.
    #[must_use]
    pub fn login_name_rules(&self) -> LoginNameRules {
        LoginNameRules {
            prefix: self.text(&list::ACCOUNT_PREFIX).to_owned(),
            max: usize::try_from(self.number(&list::LOGIN_NAME_MAX)).unwrap_or(usize::MAX),
            unix_names: self.flag(&list::UNIX_NAMES),
        }
    }

    /// The rules for passwords.
    #[must_use]
    pub fn password_policy(&self) -> PasswordPolicy {
        PasswordPolicy {
            min_length: usize::try_from(self.number(&list::PASSWORD_MIN_LENGTH))
                .unwrap_or(usize::MAX),
            alpha_lower: self.flag(&list::PASSWORD_ALPHA_LOWER),
            alpha_upper: self.flag(&list::PASSWORD_ALPHA_UPPER),
            numeric: self.flag(&list::PASSWORD_NUMERIC),
            special_required: self.flag(&list::PASSWORD_SPECIAL_REQUIRED),
            special_chars: self.text(&list::PASSWORD_SPECIAL_CHARS).to_owned(),
            provider: self.provider_name().to_owned(),
        }
    }

    /// When an account counts as locked.
    #[must_use]
    pub fn lock_rule(&self, now: Timestamp) -> LockRule {
        let failures = u32::try_from(self.number(&list::MAX_FAILURES)).unwrap_or(u32::MAX);
        LockRule { failures, since: self.forget_failures_before(now).as_second() }
    }

    /// When tries to sign in from one place are refused.
    #[must_use]
    pub fn lock_policy(&self) -> LockPolicy {
        let failures = u32::try_from(self.number(&list::MAX_FAILURES)).unwrap_or(u32::MAX);
        LockPolicy { failures, lock: SignedDuration::from_secs(self.whole(&list::LOCK_SECONDS)) }
    }

    /// Failed sign-ins from before this moment no longer count.
    #[must_use]
    pub fn forget_failures_before(&self, now: Timestamp) -> Timestamp {
        let seconds = self.whole(&list::LOCK_SECONDS);
        now.checked_sub(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// How long a session may lie idle.
    #[must_use]
    pub fn session_idle(&self) -> SignedDuration {
        SignedDuration::from_mins(self.whole(&list::SESSION_IDLE_MINUTES))
    }

    /// How long a session lives at most.
    #[must_use]
    pub fn session_absolute(&self) -> SignedDuration {
        SignedDuration::from_hours(self.whole(&list::SESSION_ABSOLUTE_HOURS))
    }

    /// How long a link for a lost password holds.
    #[must_use]
    pub fn reset_hours(&self) -> i64 {
        self.whole(&list::PASSWORD_RESET_HOURS)
    }

    /// Whether admins too may have a lost password replaced by mail.
    #[must_use]
    pub fn admins_may_reset(&self) -> bool {
        self.flag(&list::PASSWORD_RESET_FOR_ADMINS)
    }

    /// Language of those who chose none.
    #[must_use]
    pub fn default_language(&self) -> Language {
        Language::parse(self.text(&list::DEFAULT_LANGUAGE)).unwrap_or(Language::En)
    }

    /// Theme of those who chose none.
    #[must_use]
    pub fn default_theme(&self) -> Theme {
        Theme::parse(self.text(&list::DEFAULT_THEME)).unwrap_or(Theme::System)
    }

    /// Rows a page, where nothing else was asked for.
    #[must_use]
    pub fn page_size(&self) -> u64 {
        self.number(&list::PAGE_SIZE)
    }

    /// Whether a new customer gets a standard subdomain unless told otherwise.
    #[must_use]
    pub fn standard_subdomain_default(&self) -> bool {
        self.flag(&list::STANDARD_SUBDOMAIN)
    }

    /// The host that standard subdomains are under.
    #[must_use]
    pub fn standard_subdomain_host(&self) -> &str {
        self.text(&list::STANDARD_SUBDOMAIN_HOST)
    }

    /// Whether the file system holds customers to their disk space.
    #[must_use]
    pub fn project_quota(&self) -> bool {
        self.flag(&list::PROJECT_QUOTA)
    }

    /// Whether mailbox sizes are limited at all.
    #[must_use]
    pub fn mail_quota_enabled(&self) -> bool {
        self.flag(&list::MAIL_QUOTA_ENABLED)
    }

    /// Sum of mailbox sizes given to whom nothing else was given, in bytes.
    #[must_use]
    pub fn mail_quota(&self) -> u64 {
        self.number(&list::MAIL_QUOTA).saturating_mul(1 << 20)
    }

    /// Whether the API answers at all.
    #[must_use]
    pub fn api_enabled(&self) -> bool {
        self.flag(&list::API_ENABLED)
    }

    /// How long calls of the API are counted before the count starts anew.
    #[must_use]
    pub fn api_rate_window(&self) -> SignedDuration {
        SignedDuration::from_secs(self.whole(&list::API_RATE_WINDOW))
    }

    /// How many calls one key may make in that time.
    #[must_use]
    pub fn api_rate_per_key(&self) -> u64 {
        self.number(&list::API_RATE_PER_KEY)
    }

    /// How many calls may come from one address in that time.
    #[must_use]
    pub fn api_rate_per_address(&self) -> u64 {
        self.number(&list::API_RATE_PER_ADDRESS)
    }

    /// Whether webhooks may lead to machines that are not on the public internet.
    #[must_use]
    pub fn private_webhooks_allowed(&self) -> bool {
        self.flag(&list::WEBHOOKS_ALLOW_PRIVATE)
    }

    /// Whether a new customer may use the API unless told otherwise.
    #[must_use]
    pub fn api_allowed_default(&self) -> bool {
        self.api_enabled() && self.flag(&list::API_CUSTOMER_DEFAULT)
    }

    /// Whether a new customer may have shells unless told otherwise.
    #[must_use]
    pub fn shell_allowed_default(&self) -> bool {
        self.flag(&list::ALLOW_SHELL)
    }

    /// Whether PHP needs a chosen configuration.
    #[must_use]
    pub fn php_config_required(&self) -> bool {
        self.flag(&list::PHP_CONFIG_REQUIRED)
    }
}
