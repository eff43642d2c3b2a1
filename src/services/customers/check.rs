//! Checks that need the database, shared by adding and updating.

use crate::db;
use crate::domain::actor::{Manager, Scope};
use crate::domain::customer::Profile;
use crate::domain::fault::{Fault, FieldFaults};
use crate::domain::id::PlanId;
use crate::domain::plan::Plan;
use crate::domain::quota::Quota;
use crate::domain::resources::Resource;
use crate::services::{Outcome, ServiceError, View};

/// Everything of a profile that can be wrong once it is put together. What was there before and stays as it is breaks no rule:
/// a customer without any name stays one until somebody names them.
///
/// # Errors
/// Every fault, by field.
pub(super) async fn profile(view: View<'_>, profile: &mut Profile, before: Option<&Profile>) -> Outcome<()> {
    let mut faults = FieldFaults::default();
    let email_changed = before.is_none_or(|before| before.contact.email.key() != profile.contact.email.key());
    if before.is_none_or(|before| !before.contact.is_called_like(&profile.contact)) {
        profile.contact.check(&mut faults);
    }
    // The address of an admin would make him and the customer one to whoever writes to it (CVE-2025-29773).
    if email_changed && db::admins::email_used(view.on, &profile.contact.email, None).await? {
        faults.push("email", Fault::new("email-of-admin"));
    }
    let services = &mut profile.services;
    if services.limits[Resource::Mysqls] == Quota::NONE {
        profile.mysql_servers.clear();
    }
    for id in db::php_configs::missing(view.on, &services.php_configs).await? {
        faults.push("allowed_phpconfigs", Fault::new("id-unknown").with("id", id));
    }
    for id in db::mysql_servers::missing(view.on, &profile.mysql_servers).await? {
        faults.push("allowed_mysqlserver", Fault::new("id-unknown").with("id", id));
    }
    let had_no_config = before.is_some_and(|before| before.services.php && before.services.php_configs.is_empty());
    if services.php && services.php_configs.is_empty() && !had_no_config && view.settings.php_config_required() {
        faults.push("allowed_phpconfigs", Fault::new("php-without-config"));
    }
    if !view.settings.mail_quota_enabled() {
        services.limits[Resource::EmailQuota] = Quota::Unlimited;
    }
    Ok(faults.or(())?)
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
