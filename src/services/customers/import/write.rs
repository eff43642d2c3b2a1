//! Adds many customers at once. Writes the same rows as [`add`](crate::customers::add()), but in a
//! few statements for hundreds of customers. A test compares the rows of both.

use super::ready::{ReadyCustomer, ReadyCustomers};
use crate::audit::{self, Action, Change, Target};
use crate::customers::{grants, new_customer, owner_quota};
use crate::jobs;
use crate::{Command, EntryPoint, Outcome, ServiceError, events, mysql_accounts};
use auth::accounts::{self, Account};
use auth::actor::{Actor, Manager};
use db::admins::Reservation;
use db::bulk::{self, BulkCustomer, Hashes};
use db::counters::{self, Counter};
use db::{DbError, logins};
use domain::customer::{Customer, DiskUsageParts, SignInHistory};
use domain::event::Event;
use domain::login_name::LoginName;
use domain::resources::{Amounts, Resource};
use domain::validation::{ErrorCode, ValidationError};
use std::collections::VecDeque;

/// Maximum number of customers that are written together.
const BATCH_SIZE: usize = 500;

/// Adds customers with their audit entries, jobs and events, all of them or none. Returns their
/// number.
///
/// # Errors
/// - [`ServiceError::Exhausted`] or [`ServiceError::Invalid`]: the manager's quota is too small for
///   all customers, or grants are missing.
/// - [`ServiceError::Forbidden`]: the manager may not act any more.
/// - [`ServiceError::Refused`] with `import-changed`: a name was taken, or the manager's rank or
///   scope changed, since the file was examined.
pub async fn add_all(cmd: Command<'_>, by: &Manager, ready: &ReadyCustomers) -> Outcome<usize> {
    owner_quota::reserve(cmd, by.id(), &total_reservation(cmd, &ready.customers)).await?;
    check_permissions(cmd, by).await?;
    let owner = grants::read_locked_owner(cmd, by.id()).await?;
    for ready in &ready.customers {
        grants::check_locked(cmd, &owner, None, &ready.profile).await?;
    }
    let mut names = next_names(cmd, ready).await?;
    let count = i64::try_from(ready.customers.len()).unwrap_or(i64::MAX);
    let mut guid = counters::next_many(cmd.tx, Counter::Guid, count).await? - count;
    for batch in ready.customers.chunks(BATCH_SIZE) {
        let mut rows = Vec::with_capacity(batch.len());
        for ready in batch {
            guid += 1;
            let requested = ready.new.login_name.clone();
            let name = requested.or_else(|| names.pop_front()).ok_or_else(import_changed)?;
            rows.push(bulk_row(cmd, by, ready, name, guid));
        }
        write_batch(cmd, by, batch, &rows).await?;
    }
    Ok(ready.customers.len())
}

/// Checks that the manager still has the permissions that they had when the file was examined.
/// Hashing may have taken minutes since.
///
/// Call it after reserving the quota. The reservation locks the manager's row.
async fn check_permissions(cmd: Command<'_>, by: &Manager) -> Outcome<()> {
    let may_act = |account: &Account| {
        !account.suspended && (account.gui_access || cmd.origin.entry_point != EntryPoint::Web)
    };
    let account = accounts::find(cmd.tx, by.login()).await?.filter(may_act);
    let Some(Actor::Manager(current)) = account.map(|account| account.actor) else {
        return Err(ServiceError::Forbidden);
    };
    if current.id() == by.id() && current.scope() == by.scope() && current.rank() == by.rank() {
        Ok(())
    } else {
        Err(import_changed())
    }
}

fn import_changed() -> ServiceError {
    ServiceError::Refused(ValidationError::new(ErrorCode::ImportChanged))
}

/// Returns the reservation for all customers together.
fn total_reservation(cmd: Command<'_>, customers: &[ReadyCustomer]) -> Reservation {
    let mut sum = Reservation::default();
    for ready in customers {
        let reservation = owner_quota::reservation_for(
            &ready.profile.services.limits,
            cmd.settings.mail_quota_enabled(),
        );
        sum.customers += reservation.customers;
        for resource in Resource::ALL {
            sum.reserved[resource] =
                sum.reserved[resource].saturating_add(reservation.reserved[resource]);
            if reservation.unlimited.contains(resource) {
                sum.unlimited.insert(resource);
            }
        }
    }
    sum
}

/// Returns the next free numbered names, one for each customer without a requested name.
async fn next_names(cmd: Command<'_>, ready: &ReadyCustomers) -> Outcome<VecDeque<LoginName>> {
    let count = ready.customers.iter().filter(|ready| ready.new.login_name.is_none()).count();
    let rules = cmd.settings.login_name_rules();
    let mut names = VecDeque::with_capacity(count);
    while names.len() < count {
        let missing = i64::try_from((count - names.len()).min(BATCH_SIZE)).unwrap_or(1);
        let last = counters::next_many(cmd.tx, Counter::AccountNumber, missing).await?;
        let numbers = last - missing + 1..=last;
        let candidates: Vec<LoginName> = numbers
            .map(|number| {
                LoginName::numbered(number, &rules)
                    .map_err(|error| ServiceError::field("new_loginname", error))
            })
            .collect::<Outcome<_>>()?;
        let keys: Vec<String> = candidates.iter().map(LoginName::key).collect();
        let taken = logins::taken_keys(cmd.tx, &keys).await?;
        let is_free =
            |name: &LoginName| !taken.contains(&name.key()) && !ready.homes.contains(name.as_str());
        names.extend(candidates.into_iter().filter(is_free));
    }
    Ok(names)
}

fn bulk_row(
    cmd: Command<'_>,
    by: &Manager,
    ready: &ReadyCustomer,
    login_name: LoginName,
    guid: i64,
) -> BulkCustomer {
    let subdomain = ready
        .new
        .standard_subdomain
        .then(|| new_customer::standard_subdomain_name(cmd.settings, &login_name));
    BulkCustomer {
        owner: by.id(),
        profile: ready.profile.clone(),
        guid,
        document_root: format!("{}/", cmd.env.homes_dir.join(login_name.as_str()).display()),
        suspended: false,
        used: Amounts::default(),
        space: DiskUsageParts::default(),
        sign_in: SignInHistory::default(),
        created_at: cmd.at,
        standard_subdomain: subdomain,
        domains: Vec::new(),
        login_name,
    }
}

/// Writes a batch of customers with their jobs, audit entries and events.
async fn write_batch(
    cmd: Command<'_>,
    by: &Manager,
    ready: &[ReadyCustomer],
    rows: &[BulkCustomer],
) -> Outcome<()> {
    let hashes: Vec<Hashes<'_>> = ready
        .iter()
        .map(|ready| Hashes {
            panel: &ready.new.password.panel_hash,
            ftp: &ready.new.password.ftp_hash,
        })
        .collect();
    let ids = match bulk::insert(cmd.tx, rows, &hashes).await {
        Err(DbError::UniqueViolation(_)) => return Err(import_changed()),
        outcome => outcome?,
    };
    let mut new_jobs = Vec::new();
    for ((ready, row), id) in ready.iter().zip(rows).zip(&ids) {
        for (job, secret) in
            new_customer::jobs_of(cmd.settings, &ready.new, *id, &row.login_name, row.guid)
        {
            new_jobs.push(jobs::new_job(cmd, &job, row.login_name.as_str(), secret)?);
        }
    }
    let customers = crate::customers::find_by_ids(cmd.view(), by, &ids).await?;
    if customers.len() != ids.len() {
        return Err(anyhow::anyhow!("customers that were just written are not found").into());
    }
    let passwords =
        ready.iter().zip(&customers).map(|(ready, customer)| (customer, &ready.new.password.plain));
    new_jobs.extend(mysql_accounts::prepare_accounts(cmd, passwords).await?);
    jobs::enqueue_all(cmd, new_jobs).await?;
    audit::record_all(cmd, &Actor::Manager(by.clone()), customers.iter().map(audit_entry)).await?;
    events::emit_all(cmd, &Event::Added, &customers).await
}

fn audit_entry(customer: &Customer) -> (Target, Change) {
    let after = Some(audit::customer_snapshot(customer).into());
    (Target::customer(customer), Change { action: Action::CustomerAdded, before: None, after })
}
