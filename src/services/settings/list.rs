//! What can be set.

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
}

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name: `group.name`. The text key of its label is `field-settings-<group>-<name>`, with
    /// `-` for `_`.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What holds while nobody has set it (Froxlor's default, where it has the setting).
    pub default: &'static str,
}

const fn setting(name: &'static str, kind: Kind, default: &'static str) -> Setting {
    Setting { name, kind, default }
}

/// Every setting, group by group.
pub const SETTINGS: &[Setting] = &[
    setting("provider.name", Kind::Line, "Clientele"),
    setting("provider.contact", Kind::Line, ""),
    setting("panel.default_language", Kind::Choice(Language::CODES), "en"),
    setting("panel.default_theme", Kind::Choice(Theme::CODES), "system"),
    setting("panel.page_size", Kind::Number(5, 200), "20"),
    setting("customer.account_prefix", Kind::Line, "web"),
    setting("customer.loginname_max", Kind::Number(2, 61), "61"),
    setting("customer.unix_names", Kind::Flag, "1"),
    setting("customer.standard_subdomain", Kind::Flag, "1"),
    setting("customer.standard_subdomain_host", Kind::Host, "localhost"),
    setting("customer.allow_shell", Kind::Flag, "0"),
    setting("homes.project_quota", Kind::Flag, "0"),
    setting("mail.quota_enabled", Kind::Flag, "1"),
    setting("mail.quota", Kind::Number(0, 1_000_000_000), "0"),
    setting("php.config_required", Kind::Flag, "0"),
    setting("api.enabled", Kind::Flag, "1"),
    setting("api.customer_default", Kind::Flag, "1"),
    setting("api.rate_window", Kind::Number(1, 3600), "60"),
    setting("api.rate_per_key", Kind::Number(1, 1_000_000), "600"),
    setting("api.rate_per_address", Kind::Number(1, 1_000_000), "1200"),
    setting("webhooks.allow_private", Kind::Flag, "0"),
    setting("password.min_length", Kind::Number(8, 128), "8"),
    setting("password.alpha_lower", Kind::Flag, "0"),
    setting("password.alpha_upper", Kind::Flag, "0"),
    setting("password.numeric", Kind::Flag, "0"),
    setting("password.special_required", Kind::Flag, "0"),
    setting("password.special_chars", Kind::Line, "!?<>§$%+#=@"),
    setting("password.reset_hours", Kind::Number(1, 168), "24"),
    setting("password.reset_for_admins", Kind::Flag, "0"),
    setting("sign_in.max_failures", Kind::Number(1, 100), "10"),
    setting("sign_in.lock_seconds", Kind::Number(60, 86_400), "900"),
    setting("session.idle_minutes", Kind::Number(5, 10_080), "60"),
    setting("session.absolute_hours", Kind::Number(1, 720), "12"),
];
