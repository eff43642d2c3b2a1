//! Settings that have a counterpart here.

use super::report::Kind;
use super::values::quote;
use super::{Import, ImportError};
use crate::settings::{self, Setting, list};
use db::froxlor::{Row, tables};
use domain::account::{Language, Theme};
use std::collections::BTreeMap;

/// Our settings that get their value from one setting of Froxlor, with the name of that setting.
const SAME: [(Setting, &str); 20] = [
    (list::ACCOUNT_PREFIX, "customer.accountprefix"),
    (list::UNIX_NAMES, "panel.unix_names"),
    (list::STANDARD_SUBDOMAIN, "system.createstdsubdom_default"),
    (list::STANDARD_SUBDOMAIN_HOST, "system.stdsubdomain"),
    (list::ALLOW_SHELL, "system.allow_customer_shell"),
    (list::MAIL_QUOTA_ENABLED, "system.mail_quota_enabled"),
    (list::MAIL_QUOTA, "system.mail_quota"),
    (list::API_ENABLED, "api.enabled"),
    (list::API_CUSTOMER_DEFAULT, "api.customer_default"),
    (list::PASSWORD_MIN_LENGTH, "panel.password_min_length"),
    (list::PASSWORD_ALPHA_LOWER, "panel.password_alpha_lower"),
    (list::PASSWORD_ALPHA_UPPER, "panel.password_alpha_upper"),
    (list::PASSWORD_NUMERIC, "panel.password_numeric"),
    (list::PASSWORD_SPECIAL_REQUIRED, "panel.password_special_char_required"),
    (list::PASSWORD_SPECIAL_CHARS, "panel.password_special_char"),
    (list::PASSWORD_RESET_FOR_ADMINS, "panel.allow_preset_admin"),
    (list::MAX_FAILURES, "login.maxloginattempts"),
    (list::LOCK_SECONDS, "login.deactivatetime"),
    (list::PAGE_SIZE, "panel.paging"),
    (list::DEFAULT_LANGUAGE, "panel.standardlanguage"),
];
/// Froxlor's settings that are read in another way.
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

type FroxlorSettings = BTreeMap<String, (i64, String)>;

/// Returns our settings with their new value, and the id of the row that it comes from.
pub(super) fn translate(theirs: &FroxlorSettings) -> Vec<(Setting, i64, String)> {
    let get = |name: &str| theirs.get(name).map(|(id, value)| (*id, value.trim()));
    let mut found = Vec::new();
    for (ours, name) in SAME {
        let Some((id, value)) = get(name) else { continue };
        let value = match ours {
            list::DEFAULT_LANGUAGE => Language::parse(value)
                .map_or_else(|_| value.to_owned(), |language| language.code().to_owned()),
            list::STANDARD_SUBDOMAIN_HOST if value.is_empty() => continue,
            _ => value.to_owned(),
        };
        found.push((ours, id, value));
    }
    if !found.iter().any(|(ours, ..)| *ours == list::STANDARD_SUBDOMAIN_HOST)
        && let Some((id, value)) = get("system.hostname")
    {
        found.push((list::STANDARD_SUBDOMAIN_HOST, id, value.to_owned()));
    }
    if let Some((id, value)) = get("panel.default_theme") {
        found.push((
            list::DEFAULT_THEME,
            id,
            Theme::parse(value).map_or_else(|_| value.to_owned(), |theme| theme.code().to_owned()),
        ));
    }
    if let Some((id, value)) = get("session.sessiontimeout") {
        let minutes = value
            .parse::<u64>()
            .map_or_else(|_| value.to_owned(), |seconds| seconds.div_ceil(60).to_string());
        found.push((list::SESSION_IDLE_MINUTES, id, minutes));
    }
    let modes: Vec<(i64, &str)> =
        ["system.mod_fcgid", "phpfpm.enabled"].iter().filter_map(|name| get(name)).collect();
    if let Some((id, _)) = modes.first() {
        let required = if modes.iter().any(|(_, value)| *value == "1") { "1" } else { "0" };
        found.push((list::PHP_CONFIG_REQUIRED, *id, required.to_owned()));
    }
    found
}

impl Import<'_> {
    /// Imports settings, except for those that were changed here.
    pub(super) async fn import_settings(&mut self) -> Result<(), ImportError> {
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
        for (setting, id, value) in translate(&theirs) {
            let ours = setting.name;
            let checked = settings::check(&setting, &value);
            let counts = self.report.counts(table);
            match (set.get(ours), checked) {
                (Some(mine), Ok(value)) if *mine == value => counts.existing += 1,
                (Some(mine), _) => {
                    self.report.skip(
                        table,
                        id,
                        Kind::Setting,
                        format!("{ours} is {} and not {}", quote(mine), quote(&value)),
                    );
                }
                (None, Err(_)) => self.report.skip(
                    table,
                    id,
                    Kind::Setting,
                    format!("{ours} cannot be {}", quote(&value)),
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

    /// Reads all settings by name. As in Froxlor, the later of two rows with the same name counts.
    async fn read_settings(&mut self) -> Result<FroxlorSettings, ImportError> {
        let mut theirs = FroxlorSettings::new();
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
