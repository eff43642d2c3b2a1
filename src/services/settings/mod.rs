//! The provider's settings: their declarations, and reading and changing their values.

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

/// The current settings. A setting that was never set has its default.
#[derive(Clone, Debug, Default)]
pub struct ProviderSettings {
    values: HashMap<String, String>,
}

/// Reads the settings from the database.
pub async fn load(on: &Reader) -> Result<ProviderSettings, DbError> {
    Ok(ProviderSettings { values: db::settings::all(on).await? })
}

/// Returns the settings from the cache, for reads. A change by another process may be missing for a
/// second.
pub async fn recent(on: &Reader) -> Result<Arc<ProviderSettings>, DbError> {
    on.recent(Key::unscoped("settings"), load).await
}

impl ProviderSettings {
    /// Returns the value of a setting as text.
    #[must_use]
    pub fn text(&self, setting: &Setting) -> &str {
        self.values.get(setting.name).map_or(setting.default, String::as_str)
    }

    fn flag(&self, setting: &Setting) -> bool {
        self.text(setting) == "1"
    }

    /// Returns the value of a number, clamped to its bounds; the default if the stored text is not
    /// a number.
    fn number(&self, setting: &Setting) -> u64 {
        let Kind::Number(min, max) = setting.kind else { return 0 };
        let number = self.text(setting).parse().or_else(|_| setting.default.parse());
        number.unwrap_or(min).clamp(min, max)
    }

    fn number_i64(&self, setting: &Setting) -> i64 {
        i64::try_from(self.number(setting)).unwrap_or(i64::MAX)
    }

    /// Returns the provider's name, for emails and pages.
    #[must_use]
    pub fn provider_name(&self) -> &str {
        self.text(&list::PROVIDER_NAME)
    }

    /// Returns the provider's contact for customers; may be empty.
    #[must_use]
    pub fn provider_contact(&self) -> &str {
        self.text(&list::PROVIDER_CONTACT)
    }

    #[must_use]
    pub fn login_name_rules(&self) -> LoginNameRules {
        LoginNameRules {
            prefix: self.text(&list::ACCOUNT_PREFIX).to_owned(),
            max: usize::try_from(self.number(&list::LOGIN_NAME_MAX)).unwrap_or(usize::MAX),
            unix_names: self.flag(&list::UNIX_NAMES),
        }
    }

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

    /// Returns the rule by which an account counts as locked at `now`.
    #[must_use]
    pub fn lock_rule(&self, now: Timestamp) -> LockRule {
        LockRule {
            failures: self.max_failures(),
            since: self.failures_count_since(now).as_second(),
        }
    }

    /// Returns the policy that locks an account for one source of sign-in attempts.
    #[must_use]
    pub fn lock_policy(&self) -> LockPolicy {
        LockPolicy {
            failures: self.max_failures(),
            lock: SignedDuration::from_secs(self.number_i64(&list::LOCK_SECONDS)),
        }
    }

    fn max_failures(&self) -> u32 {
        u32::try_from(self.number(&list::MAX_FAILURES)).unwrap_or(u32::MAX)
    }

    /// Returns the moment before which failed sign-ins no longer count.
    #[must_use]
    pub fn failures_count_since(&self, now: Timestamp) -> Timestamp {
        let seconds = self.number_i64(&list::LOCK_SECONDS);
        now.checked_sub(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Returns the idle timeout of a session.
    #[must_use]
    pub fn session_idle(&self) -> SignedDuration {
        SignedDuration::from_mins(self.number_i64(&list::SESSION_IDLE_MINUTES))
    }

    /// Returns the maximum lifetime of a session.
    #[must_use]
    pub fn session_absolute(&self) -> SignedDuration {
        SignedDuration::from_hours(self.number_i64(&list::SESSION_ABSOLUTE_HOURS))
    }

    /// Returns the lifetime of a password reset link, in hours.
    #[must_use]
    pub fn reset_hours(&self) -> i64 {
        self.number_i64(&list::PASSWORD_RESET_HOURS)
    }

    /// Returns whether admins can reset their password by email.
    #[must_use]
    pub fn admins_may_reset(&self) -> bool {
        self.flag(&list::PASSWORD_RESET_FOR_ADMINS)
    }

    /// Returns the language of accounts that have not chosen one.
    #[must_use]
    pub fn default_language(&self) -> Language {
        Language::parse(self.text(&list::DEFAULT_LANGUAGE)).unwrap_or(Language::En)
    }

    /// Returns the theme of accounts that have not chosen one.
    #[must_use]
    pub fn default_theme(&self) -> Theme {
        Theme::parse(self.text(&list::DEFAULT_THEME)).unwrap_or(Theme::System)
    }

    /// Returns the default number of rows on a page.
    #[must_use]
    pub fn page_size(&self) -> u64 {
        self.number(&list::PAGE_SIZE)
    }

    /// Returns whether a new customer gets a standard subdomain by default.
    #[must_use]
    pub fn standard_subdomain_default(&self) -> bool {
        self.flag(&list::STANDARD_SUBDOMAIN)
    }

    /// Returns the parent domain of standard subdomains.
    #[must_use]
    pub fn standard_subdomain_host(&self) -> &str {
        self.text(&list::STANDARD_SUBDOMAIN_HOST)
    }

    /// Returns whether the file system enforces the customers' disk space limits.
    #[must_use]
    pub fn project_quota(&self) -> bool {
        self.flag(&list::PROJECT_QUOTA)
    }

    /// Returns whether mailbox sizes are limited.
    #[must_use]
    pub fn mail_quota_enabled(&self) -> bool {
        self.flag(&list::MAIL_QUOTA_ENABLED)
    }

    /// Returns the default mailbox storage of new customers, in bytes.
    #[must_use]
    pub fn mail_quota(&self) -> u64 {
        self.number(&list::MAIL_QUOTA).saturating_mul(1 << 20)
    }

    #[must_use]
    pub fn api_enabled(&self) -> bool {
        self.flag(&list::API_ENABLED)
    }

    /// Returns the length of the window in which API requests are counted.
    #[must_use]
    pub fn api_rate_window(&self) -> SignedDuration {
        SignedDuration::from_secs(self.number_i64(&list::API_RATE_WINDOW))
    }

    /// Returns the maximum number of requests with one key in a window.
    #[must_use]
    pub fn api_rate_per_key(&self) -> u64 {
        self.number(&list::API_RATE_PER_KEY)
    }

    /// Returns the maximum number of requests from one address in a window.
    #[must_use]
    pub fn api_rate_per_address(&self) -> u64 {
        self.number(&list::API_RATE_PER_ADDRESS)
    }

    /// Returns whether webhooks may send to private network addresses.
    #[must_use]
    pub fn private_webhooks_allowed(&self) -> bool {
        self.flag(&list::WEBHOOKS_ALLOW_PRIVATE)
    }

    /// Returns whether the API is enabled and a new customer may use it by default.
    #[must_use]
    pub fn api_allowed_default(&self) -> bool {
        self.api_enabled() && self.flag(&list::API_CUSTOMER_DEFAULT)
    }

    /// Returns whether a new customer may use shells by default.
    #[must_use]
    pub fn shell_allowed_default(&self) -> bool {
        self.flag(&list::ALLOW_SHELL)
    }

    /// Returns whether customers with PHP must have a PHP configuration.
    #[must_use]
    pub fn php_config_required(&self) -> bool {
        self.flag(&list::PHP_CONFIG_REQUIRED)
    }
}
