//! `Customers.update` by a manager.

use super::requests::{PlanChoice, UpdateCustomer};
use super::suspension;
use super::{add, allowance, check, grants};
use crate::audit::{self, Action, Change, Target};
use crate::credentials::{self, CredentialChange};
use crate::jobs::{self, Job};
use crate::mysql_accounts;
use crate::passwords::{self, Keep, Prepared};
use crate::settings::ProviderSettings;
use crate::{Command, Env, Outcome, ServiceError, events};
use auth::actor::{Actor, Manager, ServerAdmin};
use domain::customer::{Customer, CustomerRef, Profile};
use domain::email::Email;
use domain::event::Event;
use domain::fault::{Code, Fault, FieldFaults};
use domain::id::AdminId;
use domain::password::Person;
use domain::quota::Quota;
use domain::request::Received;
use domain::resources::Resource;
use domain::scope::Scope;

/// A change of a customer: read, and the new password hashed.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// The fields that were sent.
    pub request: UpdateCustomer,
    /// The new password.
    pub password: Option<Prepared>,
    /// The new owner, and the proof that the mover may move customers.
    pub move_to: Option<(ServerAdmin, AdminId)>,
    /// Whether limits below the measured usage are refused with `below-measured`, so that a person
    /// can be asked.
    pub asks_below_usage: bool,
}

/// Checks what the database has no say in, and hashes the password, before any transaction is
/// opened.
///
/// # Errors
/// [`ServiceError::Forbidden`] when the customer is to be moved by somebody who may not, before
/// anything is changed (docs/compatibility.md#d19); every validation error, those of the reading
/// too.
pub async fn prepare_edit(
    env: &Env,
    settings: &ProviderSettings,
    by: &Manager,
    received: Received<UpdateCustomer>,
    login_name: Option<&str>,
) -> Outcome<Edit> {
    let Received { mut request, mut errors } = received;
    let person = Person { login: login_name, email: request.email.as_ref().map(Email::as_str) };
    passwords::note_broken(
        settings,
        "new_customer_password",
        &request.new_customer_password,
        person,
        &mut errors,
    );
    errors.or(())?;
    let move_to = match request.move_to_admin.as_ref() {
        None => None,
        Some(target) => Some((by.as_server_admin().ok_or(ServiceError::Forbidden)?, *target)),
    };
    let sent = std::mem::take(&mut request.new_customer_password);
    let password =
        passwords::prepare_sent(env, settings, "new_customer_password", sent, login_name).await?;
    Ok(Edit { request, password, move_to, asks_below_usage: false })
}

/// Changes a customer: all of it or nothing. The owner's limits count, whoever asks.
///
/// # Errors
/// [`ServiceError::NotFound`] outside the scope; [`ServiceError::Stale`] when he was changed since
/// the editor saw him; [`ServiceError::Invalid`] by field.
pub async fn update(
    cmd: Command<'_>,
    by: &Manager,
    which: &CustomerRef,
    edit: &Edit,
) -> Outcome<Customer> {
    let before = super::get(cmd.view(), by.scope(), which).await?;
    if edit.request.version.as_ref().is_some_and(|version| *version != before.version) {
        return Err(ServiceError::Stale(Box::new(before)));
    }
    let suspension = suspension::after(cmd, by, &before, &edit.request)?;
    let profile = profile(cmd, by, &before, edit).await?;
    let changed = profile != before.profile || suspension != before.suspension;
    if changed {
        let taking = allowance::difference(
            &before.profile.services.limits,
            &profile.services.limits,
            cmd.settings.mail_quota_enabled(),
        );
        allowance::reserve(cmd, before.owner, &taking).await?;
        grants::check(cmd, before.owner, Some(&before.profile), &profile).await?;
        if !db::customers::update(cmd.tx, &before, &profile, suspension.as_ref(), cmd.at).await? {
            return Err(db::DbError::Lost("customer changed meanwhile".to_owned()).into());
        }
    }
    let subdomain_changed = standard_subdomain(cmd, &before, &profile, edit).await?;
    if before.profile.shell_allowed && !profile.shell_allowed {
        db::ftp::take_shells(cmd.tx, &before).await?;
    }
    if suspension.is_some() && !before.suspended {
        db::sessions::end_all(cmd.tx, before.login, None).await?;
    }
    set_credentials(cmd, by, &before, &profile.contact.email, edit).await?;
    let after = super::get(cmd.view(), Scope::All, &CustomerRef::Id(before.id)).await?;
    mysql_accounts::changed(cmd, Some(&before), &after).await?;
    let space = |customer: &Customer| customer.profile.services.limits[Resource::Diskspace];
    if cmd.settings.project_quota() && space(&before) != space(&after) {
        jobs::enqueue_anew(
            cmd,
            &Job::SetHomeQuota { customer: after.id },
            after.login_name.as_str(),
        )
        .await?;
    }
    if edit.password.is_some() {
        mysql_accounts::password_changed(cmd, &after).await?;
    }
    if changed || subdomain_changed {
        note(cmd, by, &before, &after).await?;
    }
    match &edit.move_to {
        Some((mover, target)) if *target != after.owner => {
            super::move_to(cmd, mover, which, *target).await
        }
        _ => Ok(after),
    }
}

/// The profile that the stored one, the request and the plan give together.
async fn profile(
    cmd: Command<'_>,
    by: &Manager,
    before: &Customer,
    edit: &Edit,
) -> Outcome<Profile> {
    let mut profile = before.profile.clone();
    edit.request.apply(&mut profile);
    match edit.request.plan() {
        None => {}
        Some(PlanChoice::None) => profile.plan = None,
        // He keeps the plan he has, even if its owner is somebody else since he was moved.
        Some(PlanChoice::Named(id) | PlanChoice::Values(id)) if before.profile.plan == Some(id) => {
        }
        Some(PlanChoice::Named(id)) => {
            profile.plan = Some(check::plan(cmd.view(), by, id).await?.id);
        }
        Some(PlanChoice::Values(id)) => {
            let plan = check::plan(cmd.view(), by, id).await?;
            profile.plan = Some(plan.id);
            profile.services = plan.services;
        }
    }
    // Databases for the first time and no server named: the default one, as in Froxlor.
    let had_none = before.profile.services.limits[Resource::Mysqls] == Quota::NONE;
    if had_none
        && !edit.request.profile.allowed_mysqlserver.is_sent()
        && profile.services.limits[Resource::Mysqls] != Quota::NONE
    {
        profile.mysql_servers = grants::granted(cmd.view(), before.owner).await?.default_servers();
    }
    check::profile(cmd.view(), &mut profile, Some(&before.profile)).await?;
    let mut faults = FieldFaults::default();
    for server in db::mysql_servers::with_databases_of(cmd.tx, before.id).await? {
        if before.profile.mysql_servers.contains(&server)
            && !profile.mysql_servers.contains(&server)
        {
            faults
                .push("allowed_mysqlserver", Fault::new(Code::MysqlServerInUse).with("id", server));
        }
    }
    faults.or(())?;
    allowance::covers_usage(&before.profile, &profile, &before.used)?;
    if edit.asks_below_usage {
        allowance::below_measured(&before.profile, &profile, &before.used).or(())?;
    }
    Ok(profile)
}

/// Suspending does not touch it: resuming must bring back what was (docs/compatibility.md#d16).
async fn standard_subdomain(
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

/// A new password ends every session, key of the API and reset link; it is for the panel and MySQL
/// servers, not for FTP, as in Froxlor. Whoever changes it or the address, the customer is told.
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
        password: edit.password.as_ref().map(|password| (password, Keep::default())),
        password_is_mailed: edit.request.sendpassword.or_default(),
        old_email: &customer.profile.contact.email,
        new_email: email,
    };
    let ended = credentials::change(cmd, &change).await?;
    let (Some(password), Some(ended)) = (&edit.password, ended) else { return Ok(()) };
    db::customers::touch(cmd.tx, customer, cmd.at).await?;
    mysql_accounts::keep_password(cmd, customer.id, &password.plain).await?;
    jobs::withdraw_passwords(cmd, customer.id).await?;
    if edit.request.sendpassword.or_default() {
        let job = Job::SendNewPassword { customer: customer.id };
        jobs::enqueue(cmd, &job, customer.login_name.as_str(), Some(&password.plain)).await?;
    }
    audit::record(
        cmd,
        &Actor::Manager(by.clone()),
        &Target::customer(customer),
        ended.change(Action::CustomerPasswordSet),
    )
    .await
}

async fn note(cmd: Command<'_>, by: &Manager, before: &Customer, after: &Customer) -> Outcome<()> {
    let action = match (before.suspended, after.suspended) {
        (false, true) => Action::CustomerSuspended,
        (true, false) => Action::CustomerResumed,
        _ => Action::CustomerUpdated,
    };
    let (old, new) =
        audit::difference(audit::customer_snapshot(before), audit::customer_snapshot(after));
    let change = Change { action, before: Some(old.into()), after: Some(new.into()) };
    audit::record(cmd, &Actor::Manager(by.clone()), &Target::customer(after), change).await?;
    tell(cmd, before, after).await
}

/// What was changed beside suspending or resuming is an event of its own.
async fn tell(cmd: Command<'_>, before: &Customer, after: &Customer) -> Outcome<()> {
    events::emit_updated(cmd, before, after).await?;
    match (before.suspended, after.suspended) {
        (false, true) => events::emit(cmd, &Event::Suspended, after).await,
        (true, false) => events::emit(cmd, &Event::Resumed, after).await,
        _ => Ok(()),
    }
}
