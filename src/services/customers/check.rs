//! Checks of customers' profiles and plans, shared by adding, importing and updating.

use crate::settings::ProviderSettings;
use crate::{Outcome, ServiceError, View};
use auth::actor::Manager;
use domain::customer::Profile;
use domain::id::{MysqlServerId, PhpConfigId, PlanId};
use domain::plan::Plan;
use domain::quota::Quota;
use domain::resources::{Resource, Services};
use domain::validation::{Argument, ErrorCode, FieldErrors, ValidationError};
use std::collections::HashSet;

/// Maximum number of names or addresses that one statement looks up.
pub(super) const NAMES_PER_QUERY: usize = 2000;

/// Database values that profiles are checked against. They are read once for any number of
/// profiles.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Keys of the admins' email addresses.
    admin_emails: HashSet<String>,
    php_configs: HashSet<PhpConfigId>,
    mysql_servers: HashSet<MysqlServerId>,
}

impl Facts {
    /// Reads the values that are required to check customers with these keys of email addresses.
    /// `has_choices` says whether a customer may have PHP configurations or MySQL servers.
    pub async fn read(view: View<'_>, emails: &[String], has_choices: bool) -> Outcome<Self> {
        let mut admin_emails = HashSet::new();
        for batch in emails.chunks(NAMES_PER_QUERY) {
            admin_emails.extend(db::admins::used_email_keys(view.on, batch).await?);
        }
        if !has_choices {
            return Ok(Self { admin_emails, ..Self::default() });
        }
        let php_configs =
            db::php_configs::all(view.on).await?.into_iter().map(|config| config.id).collect();
        let mysql_servers =
            db::mysql_servers::all(view.on).await?.into_iter().map(|server| server.id).collect();
        Ok(Self { admin_emails, php_configs, mysql_servers })
    }
}

/// Checks a complete profile as [`Facts::check`] does.
///
/// # Errors
/// All validation errors, by field.
pub(super) async fn check_profile(
    view: View<'_>,
    profile: &mut Profile,
    before: Option<&Profile>,
) -> Outcome<()> {
    let email = profile.contact.email.key();
    let emails = if before.is_some_and(|before| before.contact.email.key() == email) {
        Vec::new()
    } else {
        vec![email]
    };
    let has_choices = !profile.services.php_configs.is_empty() || !profile.mysql_servers.is_empty();
    let facts = Facts::read(view, &emails, has_choices).await?;
    Ok(facts.check(view.settings, profile, before)?)
}

impl Facts {
    /// Checks a complete profile, and adjusts values that depend on others.
    ///
    /// Values that are the same as in `before` are neither checked nor adjusted, except that MySQL
    /// servers must exist. A rule that was introduced later must not block a change of other
    /// values.
    ///
    /// # Errors
    /// All validation errors, by field.
    pub fn check(
        &self,
        settings: &ProviderSettings,
        profile: &mut Profile,
        before: Option<&Profile>,
    ) -> Result<(), FieldErrors> {
        let comparison = Comparison { before };
        let mut errors = FieldErrors::default();
        if before.is_none_or(|before| !before.contact.has_same_name(&profile.contact)) {
            profile.contact.check(&mut errors);
        }
        // If an admin and a customer share an address, it receives the password reset links of both
        // (CVE-2025-29773).
        let email_changed = comparison.differs(profile, |profile| profile.contact.email.key());
        if email_changed && self.admin_emails.contains(&profile.contact.email.key()) {
            errors.push("email", ValidationError::new(ErrorCode::EmailOfAdmin));
        }
        let servers_changed = comparison.differs(profile, |profile| {
            (profile.services.limits[Resource::Mysqls], profile.mysql_servers.clone())
        });
        if servers_changed && profile.services.limits[Resource::Mysqls] == Quota::NONE {
            profile.mysql_servers.clear();
        }
        if comparison.differs(profile, |profile| {
            (profile.services.php, profile.services.php_configs.clone())
        }) {
            self.check_php(settings, &profile.services, &mut errors);
        }
        for id in profile.mysql_servers.iter().filter(|id| !self.mysql_servers.contains(id)) {
            errors.push(
                "allowed_mysqlserver",
                ValidationError::new(ErrorCode::IdUnknown).with("id", Argument::name(id)),
            );
        }
        if comparison.differs(profile, |profile| profile.services.limits[Resource::EmailQuota])
            && !settings.mail_quota_enabled()
        {
            profile.services.limits[Resource::EmailQuota] = Quota::Unlimited;
        }
        errors.into_result(())
    }

    fn check_php(
        &self,
        settings: &ProviderSettings,
        services: &Services,
        errors: &mut FieldErrors,
    ) {
        for id in services.php_configs.iter().filter(|id| !self.php_configs.contains(id)) {
            errors.push(
                "allowed_phpconfigs",
                ValidationError::new(ErrorCode::IdUnknown).with("id", Argument::name(id)),
            );
        }
        if services.php && services.php_configs.is_empty() && settings.php_config_required() {
            errors.push("allowed_phpconfigs", ValidationError::new(ErrorCode::PhpWithoutConfig));
        }
    }
}

/// Compares the values of a profile with the stored ones.
struct Comparison<'a> {
    /// The stored profile. `None` for a new customer, whose values all count as changed.
    before: Option<&'a Profile>,
}

impl Comparison<'_> {
    fn differs<T: PartialEq>(&self, profile: &Profile, part: impl Fn(&Profile) -> T) -> bool {
        self.before.is_none_or(|before| part(before) != part(profile))
    }
}

/// Returns the plan with this id if the manager may use it.
///
/// # Errors
/// `plan-unknown` for the field `hosting_plan_id`.
pub(super) async fn find_plan(view: View<'_>, by: &Manager, id: PlanId) -> Outcome<Plan> {
    let found = db::plans::find(view.on, by.scope(), id).await?;
    found.ok_or_else(|| {
        ServiceError::field(
            "hosting_plan_id",
            ValidationError::new(ErrorCode::PlanUnknown).with("id", Argument::name(id)),
        )
    })
}
