//! `Customers.update` by a manager.

use super::requests::{PlanChoice, UpdateCustomer};
use super::suspension;
use super::{add, check, grants, owner_quota};
use crate::audit::{self, Action, Change, Target};
use crate::credentials::{self, CredentialChange};
use crate::jobs::{self, Job};
use crate::mysql_accounts;
use crate::passwords::{self, ExemptFromRevocation, HashedPassword};
use crate::settings::ProviderSettings;
use crate::{Command, Env, Outcome, ServiceError, events};
use auth::actor::{Actor, Manager, ServerAdmin};
use domain::customer::{Customer, CustomerRef, Profile};
use domain::email::Email;
use domain::event::Event;
use domain::id::AdminId;
use domain::password::Person;
use domain::quota::Quota;
use domain::request::Received;
use domain::resources::Resource;
use domain::scope::Scope;
use domain::validation::{Argument, ErrorCode, FieldErrors, ValidationError};

/// A change of a customer. The new password is hashed.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    pub request: UpdateCustomer,
    /// New password of the customer.
    pub password: Option<HashedPassword>,
    /// The new owner, with the server admin who moves the customer.
    pub move_to: Option<(ServerAdmin, AdminId)>,
    /// Whether limits below the measured usage are refused with `below-measured`, so that the panel
    /// can ask for confirmation.
    pub refuses_below_usage: bool,
}

/// Runs the checks that need no transaction, and hashes the new password.
///
/// # Errors
/// All validation errors, including those of reading the request. [`ServiceError::Forbidden`] if
/// the request moves the customer and the manager is not a server admin: the request is then
/// refused before anything is changed (docs/compatibility.md#d19).
pub async fn prepare_edit(
    env: &Env,
    settings: &ProviderSettings,
    by: &Manager,
    received: Received<UpdateCustomer>,
    login_name: Option<&str>,
) -> Outcome<Edit> {
    let Received { mut request, mut errors } = received;
    let person = Person { login: login_name, email: request.email.as_ref().map(Email::as_str) };
    passwords::check_sent(
        settings,
        "new_customer_password",
        &request.new_customer_password,
        person,
        &mut errors,
    );
    errors.into_result(())?;
    let move_to = match request.move_to_admin.as_ref() {
        None => None,
        Some(target) => Some((by.as_server_admin().ok_or(ServiceError::Forbidden)?, *target)),
    };
    let sent = std::mem::take(&mut request.new_customer_password);
    let password =
        passwords::prepare_sent(env, settings, "new_customer_password", sent, login_name).await?;
    Ok(Edit { request, password, move_to, refuses_below_usage: false })
}

/// Changes a customer; all changes are written together or not at all. The owner's limits apply
/// whichever manager makes the change.
///
/// # Errors
/// [`ServiceError::NotFound`] outside the manager's scope; [`ServiceError::Stale`] if the customer
/// has changed since the editor read them; [`ServiceError::Invalid`] with validation errors by
/// field. If the request moves the customer, also the errors of [`move_to`](super::move_to).
pub async fn update(
    cmd: Command<'_>,
    by: &Manager,
    customer_ref: &CustomerRef,
    edit: &Edit,
) -> Outcome<Customer> {
    let before = super::get(cmd.view(), by.scope(), customer_ref).await?;
    if edit.request.version.as_ref().is_some_and(|version| *version != before.version) {
        return Err(ServiceError::Stale(Box::new(before)));
    }
    let suspension = suspension::apply_request(cmd, by, &before, &edit.request)?;
    let profile = combine_profile(cmd, by, &before, edit).await?;
    let changed = profile != before.profile || suspension != before.suspension;
    if changed {
        let reservation = owner_quota::reservation_for_change(
            &before.profile.services.limits,
            &profile.services.limits,
            cmd.settings.mail_quota_enabled(),
        );
        owner_quota::reserve(cmd, before.owner, &reservation).await?;
        grants::check(cmd, before.owner, Some(&before.profile), &profile).await?;
        if !db::customers::update(cmd.tx, &before, &profile, suspension.as_ref(), cmd.at).await? {
            return Err(db::DbError::Conflict("customer changed meanwhile".to_owned()).into());
        }
    }
    let subdomain_changed = set_standard_subdomain(cmd, &before, &profile, edit).await?;
    if before.profile.shell_allowed && !profile.shell_allowed {
        db::ftp::remove_shells(cmd.tx, &before).await?;
    }
    if suspension.is_some() && !before.suspended {
        db::sessions::end_all(cmd.tx, before.login, None).await?;
    }
    set_credentials(cmd, by, &before, &profile.contact.email, edit).await?;
    let after = super::get(cmd.view(), Scope::All, &CustomerRef::Id(before.id)).await?;
    mysql_accounts::sync_after_change(cmd, Some(&before), &after).await?;
    let disk_limit = |customer: &Customer| customer.profile.services.limits[Resource::Diskspace];
    if cmd.settings.project_quota() && disk_limit(&before) != disk_limit(&after) {
        jobs::enqueue_replacing(
            cmd,
            &Job::SetHomeQuota { customer: after.id },
            after.login_name.as_str(),
        )
        .await?;
    }
    if edit.password.is_some() {
        mysql_accounts::sync_after_password_change(cmd, &after).await?;
    }
    if changed || subdomain_changed {
        record_change(cmd, by, &before, &after).await?;
    }
    match &edit.move_to {
        Some((server_admin, target)) if *target != after.owner => {
            super::move_to(cmd, server_admin, customer_ref, *target).await
        }
        _ => Ok(after),
    }
}

/// Combines the profile from the stored one, the request and the plan, and checks it.
async fn combine_profile(
    cmd: Command<'_>,
    by: &Manager,
    before: &Customer,
    edit: &Edit,
) -> Outcome<Profile> {
    let mut profile = before.profile.clone();
    edit.request.apply(&mut profile);
    match edit.request.plan_choice() {
        None => {}
        Some(PlanChoice::None) => profile.plan = None,
        // The customer keeps their plan, even if they were moved and the plan belongs to another
        // admin.
        Some(PlanChoice::WithSentValues(id) | PlanChoice::WithPlanValues(id))
            if before.profile.plan == Some(id) => {}
        Some(PlanChoice::WithSentValues(id)) => {
            profile.plan = Some(check::find_plan(cmd.view(), by, id).await?.id);
        }
        Some(PlanChoice::WithPlanValues(id)) => {
            let plan = check::find_plan(cmd.view(), by, id).await?;
            profile.plan = Some(plan.id);
            profile.services = plan.services;
        }
    }
    // If the request lets a customer have databases for the first time and contains no server, the
    // customer gets the default servers, as in Froxlor.
    let had_no_databases = before.profile.services.limits[Resource::Mysqls] == Quota::NONE;
    if had_no_databases
        && !edit.request.profile.allowed_mysqlserver.is_sent()
        && profile.services.limits[Resource::Mysqls] != Quota::NONE
    {
        profile.mysql_servers =
            grants::grants_of(cmd.view(), before.owner).await?.default_servers();
    }
    check::check_profile(cmd.view(), &mut profile, Some(&before.profile)).await?;
    let mut errors = FieldErrors::default();
    for server in db::mysql_servers::servers_with_databases_of(cmd.tx, before.id).await? {
        if before.profile.mysql_servers.contains(&server)
            && !profile.mysql_servers.contains(&server)
        {
            errors.push(
                "allowed_mysqlserver",
                ValidationError::new(ErrorCode::MysqlServerInUse)
                    .with("id", Argument::name(server)),
            );
        }
    }
    errors.into_result(())?;
    owner_quota::check_usage(&before.profile, &profile, &before.used)?;
    if edit.refuses_below_usage {
        owner_quota::measured_usage_warnings(&before.profile, &profile, &before.used)
            .into_result(())?;
    }
    Ok(profile)
}

/// Adds or removes the standard subdomain as requested. Returns whether it changed. Suspending
/// keeps it, since resuming must restore the customer as they were (docs/compatibility.md#d16).
async fn set_standard_subdomain(
    cmd: Command<'_>,
    before: &Customer,
    profile: &Profile,
    edit: &Edit,
) -> Outcome<bool> {
    match (edit.request.createstdsubdomain.as_ref().copied(), &before.standard_subdomain) {
        (Some(true), None) => {
            add::add_standard_subdomain(
                cmd,
                before.id,
                &before.login_name,
                &before.document_root,
                profile.services.php,
            )
            .await?;
            Ok(true)
        }
        (Some(false), Some(_)) => {
            db::domains::remove_standard(cmd.tx, before).await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Sets the new password and notifies the customer by email of a changed password or email address.
/// A new password revokes all sessions, API keys and reset links. It applies to the panel and MySQL
/// servers, but not to FTP, as in Froxlor.
async fn set_credentials(
    cmd: Command<'_>,
    by: &Manager,
    customer: &Customer,
    email: &Email,
    edit: &Edit,
) -> Outcome<()> {
    let change = CredentialChange {
        login: customer.login,
        name: customer.login_name.as_str(),
        field: "new_customer_password",
        password: edit
            .password
            .as_ref()
            .map(|password| (password, ExemptFromRevocation::default())),
        password_is_emailed: edit.request.sendpassword.or_default(),
        old_email: &customer.profile.contact.email,
        new_email: email,
    };
    let revoked = credentials::change(cmd, &change).await?;
    let (Some(password), Some(revoked)) = (&edit.password, revoked) else { return Ok(()) };
    db::customers::touch(cmd.tx, customer, cmd.at).await?;
    mysql_accounts::store_password(cmd, customer.id, &password.plain).await?;
    jobs::cancel_password_emails(cmd, customer.id).await?;
    if edit.request.sendpassword.or_default() {
        let job = Job::SendNewPassword { customer: customer.id };
        jobs::enqueue(cmd, &job, customer.login_name.as_str(), Some(&password.plain)).await?;
    }
    audit::record(
        cmd,
        &Actor::Manager(by.clone()),
        &Target::customer(customer),
        revoked.change(Action::CustomerPasswordSet),
    )
    .await
}

async fn record_change(
    cmd: Command<'_>,
    by: &Manager,
    before: &Customer,
    after: &Customer,
) -> Outcome<()> {
    let action = match (before.suspended, after.suspended) {
        (false, true) => Action::CustomerSuspended,
        (true, false) => Action::CustomerResumed,
        _ => Action::CustomerUpdated,
    };
    let (old, new) =
        audit::difference(audit::customer_snapshot(before), audit::customer_snapshot(after));
    let change = Change { action, before: Some(old.into()), after: Some(new.into()) };
    audit::record(cmd, &Actor::Manager(by.clone()), &Target::customer(after), change).await?;
    emit_events(cmd, before, after).await
}

/// Emits the events of an update. Suspending and resuming are events of their own, separate from
/// other changes.
async fn emit_events(cmd: Command<'_>, before: &Customer, after: &Customer) -> Outcome<()> {
    events::emit_updated(cmd, before, after).await?;
    match (before.suspended, after.suspended) {
        (false, true) => events::emit(cmd, &Event::Suspended, after).await,
        (true, false) => events::emit(cmd, &Event::Resumed, after).await,
        _ => Ok(()),
    }
}
