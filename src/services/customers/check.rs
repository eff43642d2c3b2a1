//! Checks that need the database, shared by adding and updating.

use crate::db;
use crate::domain::actor::{Manager, Scope};
use crate::domain::customer::Profile;
use crate::domain::fault::{Fault, FieldFaults};
use crate::domain::id::PlanId;
use crate::domain::plan::Plan;
use crate::domain::quota::Quota;
use crate::domain::resources::{Resource, Services};
use crate::services::{Outcome, ServiceError, View};

/// Everything of a profile that can be wrong once it is put together. What is as it is stored in `before` is neither checked nor
/// adjusted: a rule that came later must not stand in the way of another change.
///
/// # Errors
/// Every fault, by field.
pub(super) async fn profile(view: View<'_>, profile: &mut Profile, before: Option<&Profile>) -> Outcome<()> {
    let changed = Changed { before };
    let mut faults = FieldFaults::default();
    if before.is_none_or(|before| !before.contact.is_called_like(&profile.contact)) {
        profile.contact.check(&mut faults);
    }
    // The address of an admin would make him and the customer one to whoever writes to it (CVE-2025-29773).
    let email_changed = changed.any(profile, |profile| profile.contact.email.key());
    if email_changed && db::admins::email_used(view.on, &profile.contact.email, None).await? {
        faults.push("email", Fault::new("email-of-admin"));
    }
    let servers_changed = changed.any(profile, |profile| (profile.services.limits[Resource::Mysqls], profile.mysql_servers.clone()));
    if servers_changed && profile.services.limits[Resource::Mysqls] == Quota::NONE {
        profile.mysql_servers.clear();
    }
    if changed.any(profile, |profile| (profile.services.php, profile.services.php_configs.clone())) {
        php(view, &profile.services, &mut faults).await?;
    }
    for id in db::mysql_servers::missing(view.on, &profile.mysql_servers).await? {
        faults.push("allowed_mysqlserver", Fault::new("id-unknown").with("id", id));
    }
    if changed.any(profile, |profile| profile.services.limits[Resource::EmailQuota]) && !view.settings.mail_quota_enabled() {
        profile.services.limits[Resource::EmailQuota] = Quota::Unlimited;
    }
    Ok(faults.or(())?)
}

async fn php(view: View<'_>, services: &Services, faults: &mut FieldFaults) -> Outcome<()> {
    for id in db::php_configs::missing(view.on, &services.php_configs).await? {
        faults.push("allowed_phpconfigs", Fault::new("id-unknown").with("id", id));
    }
    if services.php && services.php_configs.is_empty() && view.settings.php_config_required() {
        faults.push("allowed_phpconfigs", Fault::new("php-without-config"));
    }
    Ok(())
}

/// What a profile is compared with.
struct Changed<'a> {
    /// The stored one; nothing for a new customer, of whom everything counts as changed.
    before: Option<&'a Profile>,
}

impl Changed<'_> {
    fn any<T: PartialEq>(&self, profile: &Profile, part: impl Fn(&Profile) -> T) -> bool {
        self.before.is_none_or(|before| part(before) != part(profile))
    }
}

/// The plan of that id, if the manager may use it.
///
/// # Errors
/// `plan-unknown` of the field `hosting_plan_id`.
pub(super) async fn plan(view: View<'_>, by: &Manager, id: PlanId) -> Outcome<Plan> {
    plan_within(view, by.scope(), id).await
}

async fn plan_within(view: View<'_>, scope: Scope, id: PlanId) -> Outcome<Plan> {
    let found = db::plans::find(view.on, scope, id).await?;
    found.ok_or_else(|| ServiceError::field("hosting_plan_id", Fault::new("plan-unknown").with("id", id)))
}
