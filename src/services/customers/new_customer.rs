//! Rules for new customers, shared by adding one ([`super::add()`]) and importing many
//! ([`super::import`]).

use super::requests::{AddCustomer, PlanChoice};
use super::{check, grants};
use crate::jobs::Job;
use crate::machine::Machine;
use crate::passwords::HashedPassword;
use crate::settings::ProviderSettings;
use crate::{Noun, Outcome, ServiceError, View};
use auth::actor::Manager;
use domain::admin::Admin;
use domain::contact::Contact;
use domain::customer::Profile;
use domain::id::CustomerId;
use domain::login_name::LoginName;
use domain::plan::Plan;
use domain::quota::Quota;
use domain::resources::{Resource, Services};
use domain::secret::Secret;
use domain::validation::{ErrorCode, ValidationError};
use std::sync::Arc;

/// A customer to be added, after all checks that need no transaction. The password is hashed.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    pub(super) request: AddCustomer,
    pub(super) login_name: Option<LoginName>,
    pub(super) password: HashedPassword,
    pub(super) standard_subdomain: bool,
    pub(super) machine: Arc<Machine>,
}

impl NewCustomer {
    /// Returns whether the password is emailed to the customer.
    pub(super) fn sends_password(&self) -> bool {
        self.request.sendpassword.or_default()
    }
}

/// Combines the profile from the request, the plan and the provider's defaults, and checks it.
///
/// # Errors
/// All validation errors, by field.
pub(super) async fn combine_profile(
    view: View<'_>,
    by: &Manager,
    request: &AddCustomer,
) -> Outcome<Profile> {
    let owner =
        db::admins::find(view.on, by.id()).await?.ok_or(ServiceError::NotFound(Noun::Admin))?;
    let choice = request.plan_choice();
    let plan = match choice.and_then(PlanChoice::plan_id) {
        Some(id) => Some(check::find_plan(view, by, id).await?),
        None => None,
    };
    let mut profile = build_profile(
        view.settings,
        &owner,
        request,
        choice.zip(plan.as_ref()),
        default_mail_quota_for(view.settings, &owner),
    )?;
    check::check_profile(view, &mut profile, None).await?;
    grants::missing_grant_errors(view, &owner, &owner.profile.grants.missing_for(None, &profile))
        .await?
        .into_result(())?;
    Ok(profile)
}

/// Combines the profile as [`combine_profile`] does, but with a plan that is already read and
/// without checks.
///
/// # Errors
/// `required` for the field `email` if it is missing.
pub(super) fn build_profile(
    settings: &ProviderSettings,
    owner: &Admin,
    request: &AddCustomer,
    plan: Option<(PlanChoice, &Plan)>,
    mail_quota: Quota,
) -> Outcome<Profile> {
    let Some(email) = request.email.as_ref().cloned() else {
        return Err(ServiceError::field("email", ValidationError::new(ErrorCode::Required)));
    };
    let owner_grants = &owner.profile.grants;
    let mut profile = Profile {
        contact: Contact::of(email),
        language: settings.default_language(),
        theme: settings.default_theme(),
        gui_access: true,
        api_allowed: settings.api_allowed_default(),
        // A default value must not make adding a customer fail.
        shell_allowed: settings.shell_allowed_default() && owner_grants.shell,
        notes: String::new(),
        notes_shown: false,
        services: Services::NONE,
        mysql_servers: owner_grants.default_servers(),
        plan: None,
    };
    profile.services.limits[Resource::EmailQuota] = mail_quota;
    request.contact.apply(&mut profile.contact);
    request.profile.apply(&mut profile);
    if let Some((choice, plan)) = plan {
        profile.plan = Some(plan.id);
        if matches!(choice, PlanChoice::WithPlanValues(_)) {
            profile.services = plan.services.clone();
        }
    }
    Ok(profile)
}

/// Returns the default mailbox quota of a new customer: see
/// [`default_mail_quota`](super::default_mail_quota).
pub(super) fn default_mail_quota_for(settings: &ProviderSettings, owner: &Admin) -> Quota {
    let default = settings.mail_quota();
    Quota::Limited(match owner.profile.quota.limits[Resource::EmailQuota] {
        Quota::Unlimited => default,
        Quota::Limited(limit) => {
            default.min(limit.saturating_sub(owner.assigned.amounts[Resource::EmailQuota]))
        }
    })
}

/// Returns the name of a standard subdomain, `<login name>.<host>`. The login name is in lowercase,
/// with hyphens instead of underscores.
pub(super) fn standard_subdomain_name(
    settings: &ProviderSettings,
    login_name: &LoginName,
) -> String {
    format!("{}.{}", login_name.key().replace('_', "-"), settings.standard_subdomain_host())
}

/// Returns the jobs to enqueue for a new customer, with the secrets that they need.
pub(super) fn jobs_of<'a>(
    settings: &ProviderSettings,
    new: &'a NewCustomer,
    customer: CustomerId,
    login_name: &LoginName,
    guid: i64,
) -> Vec<(Job, Option<&'a Secret>)> {
    let home = Job::CreateHome {
        customer,
        login_name: login_name.to_string(),
        guid,
        default_index: new.request.store_defaultindex.or_default(),
    };
    let mut jobs = vec![(home, None)];
    if settings.project_quota() {
        jobs.push((Job::SetHomeQuota { customer }, None));
    }
    if new.sends_password() {
        jobs.push((Job::SendWelcome { customer }, Some(&new.password.plain)));
    }
    jobs
}
