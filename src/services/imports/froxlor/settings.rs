//! Settings that have a counterpart here.

use super::report::Kind;
use super::values::shown;
use super::{Import, Stop};
use crate::settings::{self, SETTINGS};
use db::froxlor::{Row, tables};
use domain::account::{Language, Theme};
use std::collections::BTreeMap;

/// Ours, and theirs as it is.
const SAME: [(&str, &str); 20] = [
    ("customer.account_prefix", "customer.accountprefix"),
    ("customer.unix_names", "panel.unix_names"),
    ("customer.standard_subdomain", "system.createstdsubdom_default"),
    ("customer.standard_subdomain_host", "system.stdsubdomain"),
    ("customer.allow_shell", "system.allow_customer_shell"),
    ("mail.quota_enabled", "system.mail_quota_enabled"),
    ("mail.quota", "system.mail_quota"),
    ("api.enabled", "api.enabled"),
    ("api.customer_default", "api.customer_default"),
    ("password.min_length", "panel.password_min_length"),
    ("password.alpha_lower", "panel.password_alpha_lower"),
    ("password.alpha_upper", "panel.password_alpha_upper"),
    ("password.numeric", "panel.password_numeric"),
    ("password.special_required", "panel.password_special_char_required"),
    ("password.special_chars", "panel.password_special_char"),
    ("password.reset_for_admins", "panel.allow_preset_admin"),
    ("sign_in.max_failures", "login.maxloginattempts"),
    ("sign_in.lock_seconds", "login.deactivatetime"),
    ("panel.page_size", "panel.paging"),
    ("panel.default_language", "panel.standardlanguage"),
];
/// Theirs that are read in another way.
const OTHERS: [&str; 9] = [
    "panel.default_theme",
    "session.sessiontimeout",
    "system.hostname",
    "system.mod_fcgid",
    "phpfpm.enabled",
    "system.lastguid",
    "system.lastaccountnumber",
    "panel.version",
    "panel.db_version",
];

type Theirs = BTreeMap<String, (i64, String)>;

/// Ours with its new value, and the row that it comes from.
pub(super) fn translate(theirs: &Theirs) -> Vec<(&'static str, i64, String)> {
    let get = |name: &str| theirs.get(name).map(|(id, value)| (*id, value.trim()));
    let mut found = Vec::new();
    for (ours, name) in SAME {
        let Some((id, value)) = get(name) else { continue };
        let value = match ours {
            "panel.default_language" => Language::parse(value)
                .map_or_else(|_| value.to_owned(), |language| language.code().to_owned()),
            "customer.standard_subdomain_host" if value.is_empty() => continue,
            _ => value.to_owned(),
        };
        found.push((ours, id, value));
    }
    if !found.iter().any(|(ours, ..)| *ours == "customer.standard_subdomain_host")
        && let Some((id, value)) = get("system.hostname")
    {
        found.push(("customer.standard_subdomain_host", id, value.to_owned()));
    }
    if let Some((id, value)) = get("panel.default_theme") {
        found.push((
            "panel.default_theme",
            id,
            Theme::parse(value).map_or_else(|_| value.to_owned(), |theme| theme.code().to_owned()),
        ));
    }
    if let Some((id, value)) = get("session.sessiontimeout") {
        let minutes = value
            .parse::<u64>()
            .map_or_else(|_| value.to_owned(), |seconds| seconds.div_ceil(60).to_string());
        found.push(("session.idle_minutes", id, minutes));
    }
    let modes: Vec<(i64, &str)> =
        ["system.mod_fcgid", "phpfpm.enabled"].iter().filter_map(|name| get(name)).collect();
    if let Some((id, _)) = modes.first() {
        let required = if modes.iter().any(|(_, value)| *value == "1") { "1" } else { "0" };
        found.push(("php.config_required", *id, required.to_owned()));
    }
    found
}

impl Import<'_> {
    /// Takes settings over, but for those that somebody has set here.
    pub(super) async fn settings(&mut self) -> Result<(), Stop> {
        let theirs = self.read_settings().await?;
        let number = |name: &str| {
            theirs.get(name).and_then(|(_, value)| value.trim().parse::<i64>().ok()).unwrap_or(0)
        };
        self.last_numbers = (number("system.lastguid"), number("system.lastaccountnumber"));
        self.report.version =
            theirs.get("panel.version").map(|(_, value)| value.clone()).unwrap_or_default();
        let known =
            |name: &str| SAME.iter().any(|(_, theirs)| *theirs == name) || OTHERS.contains(&name);
        self.report.settings_left = theirs.keys().filter(|name| !known(name)).cloned().collect();
        let set = db::settings::all(self.cmd.tx).await?;
        let table = tables::SETTINGS.name;
        for (ours, id, value) in translate(&theirs) {
            let Some(setting) = SETTINGS.iter().find(|setting| setting.name == ours) else {
                continue;
            };
            let checked = settings::check(setting, &value);
            let counts = self.report.counts(table);
            match (set.get(ours), checked) {
                (Some(mine), Ok(value)) if *mine == value => counts.there += 1,
                (Some(mine), _) => {
                    self.report.skip(
                        table,
                        id,
                        Kind::Setting,
                        format!("{ours} is {} and not {}", shown(mine), shown(&value)),
                    );
                }
                (None, Err(_)) => self.report.skip(
                    table,
                    id,
                    Kind::Setting,
                    format!("{ours} cannot be {}", shown(&value)),
                ),
                (None, Ok(value)) => {
                    counts.new += 1;
                    db::settings::set(self.cmd.tx, ours, &value, self.cmd.at).await?;
                    self.report.settings.push(format!("{ours} = {value}"));
                }
            }
        }
        self.settings = settings::load(self.cmd.tx).await?;
        Ok(())
    }

    /// All of them by name; of two of a name the later one counts, as it does there.
    async fn read_settings(&mut self) -> Result<Theirs, Stop> {
        let mut theirs = Theirs::new();
        let mut pages = self.pages(&tables::SETTINGS).await?;
        while let Some(rows) = self.next(&mut pages).await? {
            let name = |row: &Row| format!("{}.{}", row.text("settinggroup"), row.text("varname"));
            theirs.extend(
                rows.iter().map(|row| (name(row), (row.id(), row.text("value").to_owned()))),
            );
        }
        Ok(theirs)
    }
}
