//! The provider's settings: one table of what there is, read with defaults, written with checks.

mod list;
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
    pub fn text(&self, name: &str) -> &str {
        let default = || {
            SETTINGS
                .iter()
                .find(|setting| setting.name == name)
                .map_or("", |setting| setting.default)
        };
        self.values.get(name).map_or_else(default, String::as_str)
    }

    fn flag(&self, name: &str) -> bool {
        self.text(name) == "1"
    }

    fn number(&self, name: &str) -> u64 {
        self.text(name).parse().unwrap_or(0)
    }

    /// What the provider is called, in mails and on pages.
    #[must_use]
    pub fn provider_name(&self) -> &str {
        self.text("provider.name")
    }

    /// How customers reach the provider; may be empty.
    #[must_use]
    pub fn provider_contact(&self) -> &str {
        self.text("provider.contact")
    }

    /// The rules for login names.
    #[must_use]
    pub fn login_name_rules(&self) -> LoginNameRules {
        LoginNameRules {
            prefix: self.text("customer.account_prefix").to_owned(),
            max: usize::try_from(self.number("customer.loginname_max")).unwrap_or(32),
            unix_names: self.flag("customer.unix_names"),
        }
    }

    /// The rules for passwords.
    #[must_use]
    pub fn password_policy(&self) -> PasswordPolicy {
        PasswordPolicy {
            min_length: usize::try_from(self.number("password.min_length")).unwrap_or(8),
            alpha_lower: self.flag("password.alpha_lower"),
            alpha_upper: self.flag("password.alpha_upper"),
            numeric: self.flag("password.numeric"),
            special_required: self.flag("password.special_required"),
            special_chars: self.text("password.special_chars").to_owned(),
            provider: self.provider_name().to_owned(),
        }
    }

    /// When an account counts as locked.
    #[must_use]
    pub fn lock_rule(&self, now: Timestamp) -> LockRule {
        let failures = u32::try_from(self.number("sign_in.max_failures")).unwrap_or(10).max(1);
        LockRule { failures, since: self.forget_failures_before(now).as_second() }
    }

    /// When tries to sign in from one place are refused.
    #[must_use]
    pub fn lock_policy(&self) -> LockPolicy {
        let failures = u32::try_from(self.number("sign_in.max_failures")).unwrap_or(10).max(1);
        LockPolicy {
            failures,
            lock: SignedDuration::from_secs(
                i64::try_from(self.number("sign_in.lock_seconds")).unwrap_or(900).max(1),
            ),
        }
    }

    /// Failed sign-ins from before this moment no longer count.
    #[must_use]
    pub fn forget_failures_before(&self, now: Timestamp) -> Timestamp {
        let seconds = i64::try_from(self.number("sign_in.lock_seconds")).unwrap_or(900);
        now.checked_sub(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// How long a session may lie idle.
    #[must_use]
    pub fn session_idle(&self) -> SignedDuration {
        SignedDuration::from_mins(
            i64::try_from(self.number("session.idle_minutes")).unwrap_or(60).max(1),
        )
    }

    /// How long a session lives at most.
    #[must_use]
    pub fn session_absolute(&self) -> SignedDuration {
        SignedDuration::from_hours(
            i64::try_from(self.number("session.absolute_hours")).unwrap_or(12).max(1),
        )
    }

    /// How long a link for a lost password holds.
    #[must_use]
    pub fn reset_hours(&self) -> i64 {
        i64::try_from(self.number("password.reset_hours")).unwrap_or(24).max(1)
    }

    /// Whether admins too may have a lost password replaced by mail.
    #[must_use]
    pub fn admins_may_reset(&self) -> bool {
        self.flag("password.reset_for_admins")
    }

    /// Language of those who chose none.
    #[must_use]
    pub fn default_language(&self) -> Language {
        Language::parse(self.text("panel.default_language")).unwrap_or(Language::En)
    }

    /// Theme of those who chose none.
    #[must_use]
    pub fn default_theme(&self) -> Theme {
        Theme::parse(self.text("panel.default_theme")).unwrap_or(Theme::System)
    }

    /// Rows a page, where nothing else was asked for.
    #[must_use]
    pub fn page_size(&self) -> u64 {
        self.number("panel.page_size").clamp(5, 200)
    }

    /// Whether a new customer gets a standard subdomain unless told otherwise.
    #[must_use]
    pub fn standard_subdomain_default(&self) -> bool {
        self.flag("customer.standard_subdomain")
    }

    /// The host that standard subdomains are under.
    #[must_use]
    pub fn standard_subdomain_host(&self) -> &str {
        self.text("customer.standard_subdomain_host")
    }

    /// Whether the file system holds customers to their disk space.
    #[must_use]
    pub fn project_quota(&self) -> bool {
        self.flag("homes.project_quota")
    }

    /// Whether mailbox sizes are limited at all.
    #[must_use]
    pub fn mail_quota_enabled(&self) -> bool {
        self.flag("mail.quota_enabled")
    }

    /// Sum of mailbox sizes given to whom nothing else was given, in bytes.
    #[must_use]
    pub fn mail_quota(&self) -> u64 {
        self.number("mail.quota").saturating_mul(1 << 20)
    }

    /// Whether the API answers at all.
    #[must_use]
    pub fn api_enabled(&self) -> bool {
        self.flag("api.enabled")
    }

    /// How long calls of the API are counted before the count starts anew.
    #[must_use]
    pub fn api_rate_window(&self) -> SignedDuration {
        SignedDuration::from_secs(
            i64::try_from(self.number("api.rate_window")).unwrap_or(60).max(1),
        )
    }

    /// How many calls one key may make in that time.
    #[must_use]
    pub fn api_rate_per_key(&self) -> u64 {
        self.number("api.rate_per_key").max(1)
    }

    /// How many calls may come from one address in that time.
    #[must_use]
    pub fn api_rate_per_address(&self) -> u64 {
        self.number("api.rate_per_address").max(1)
    }

    /// Whether webhooks may lead to machines that are not on the public internet.
    #[must_use]
    pub fn private_webhooks_allowed(&self) -> bool {
        self.flag("webhooks.allow_private")
    }

    /// Whether a new customer may use the API unless told otherwise.
    #[must_use]
    pub fn api_allowed_default(&self) -> bool {
        self.api_enabled() && self.flag("api.customer_default")
    }

    /// Whether a new customer may have shells unless told otherwise.
    #[must_use]
    pub fn shell_allowed_default(&self) -> bool {
        self.flag("customer.allow_shell")
    }

    /// Whether PHP needs a chosen configuration.
    #[must_use]
    pub fn php_config_required(&self) -> bool {
        self.flag("php.config_required")
    }
}
