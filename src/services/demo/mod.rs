//! Demo data: resellers, plans and customers as a provider might have them. The same number of
//! customers results in the same data, except for times and values that depend on the installation.
//! The people do not exist, and the email addresses receive no email (`.example`, RFC 2606).

mod customers;
mod owners;
mod people;
mod random;
mod words;

pub use owners::Owner;

use super::admins::{AdminToCreate, create_as_system};
use super::audit::{self, Change, Target};
use super::passwords::HashedPassword;
use super::{Command, Outcome, ServiceError, View};
use crate::app::App;
use crate::audit::Action;
use customers::DemoRun;
use db::admins::Reservation;
use db::bulk::{self, BulkCustomer, Hashes};
use db::counters::{self, Counter};
use domain::email::Email;
use domain::id::AdminId;
use domain::query::ListQuery;
use domain::random::SeededRandom;
use domain::resources::{Amounts, Resource};
use domain::validation::{ErrorCode, ValidationError};
use random::DemoRandom;
use std::collections::BTreeMap;

/// Number of customers that one transaction writes. Other transactions can run between two batches.
const BATCH: u64 = 4_000;
/// Seed of the random data. Any fixed number works; this one is the first digits of pi.
const SEED: u64 = 31_415_926;

/// Generates demo customers in batches.
#[derive(Debug)]
pub struct DemoGenerator {
    run: DemoRun,
    seeded: SeededRandom,
    next: u64,
}

/// Creates resellers and plans, and an admin `admin` if there is no server admin who sees all
/// customers. Returns the generator of their customers.
///
/// # Errors
/// [`ServiceError::Refused`] with `demo-not-empty` if customers exist already; errors of
/// [`create_as_system`].
pub async fn begin(
    cmd: Command<'_>,
    customers: u64,
    password: &HashedPassword,
) -> Outcome<DemoGenerator> {
    if bulk::any_customer(cmd.tx).await? {
        return Err(ServiceError::Refused(ValidationError::new(ErrorCode::DemoNotEmpty)));
    }
    let seeded = SeededRandom::new(SEED);
    let first = find_or_create_admin(cmd, password).await?;
    let owners =
        owners::create(cmd, DemoRandom(&seeded), first, customers, &password.panel_hash).await?;
    let run = DemoRun {
        owners,
        at: cmd.at,
        customers,
        prefix: cmd.settings.login_name_rules().prefix,
        first_account_number: counters::last(cmd.tx, Counter::AccountNumber).await? + 1,
        first_guid: counters::last(cmd.tx, Counter::Guid).await? + 1,
        homes_dir: cmd.env.homes_dir.clone(),
        host: cmd.settings.standard_subdomain_host().to_owned(),
        failures: cmd.settings.lock_rule(cmd.at).failures,
    };
    let after = Some(serde_json::json!({ "customers": customers }));
    audit::record_system(
        cmd,
        &Target::system("demo"),
        Change { action: Action::DemoLoaded, before: None, after },
    )
    .await?;
    Ok(DemoGenerator { run, seeded, next: 0 })
}

/// Returns the id of a server admin who sees all customers. Creates the admin if there is none.
async fn find_or_create_admin(cmd: Command<'_>, password: &HashedPassword) -> Outcome<AdminId> {
    let (admins, _) = db::admins::list(cmd.tx, &ListQuery::page("", 1_000, 0)).await?;
    if let Some(admin) = admins
        .iter()
        .find(|admin| admin.profile.change_serversettings && admin.profile.customers_see_all)
    {
        return Ok(admin.id);
    }
    let email = Email::stored("admin@provider.example".to_owned());
    let new = AdminToCreate {
        login_name: "admin".to_owned(),
        email,
        reseller: false,
        password: password.clone(),
    };
    Ok(create_as_system(cmd, &new).await?.id)
}

impl DemoGenerator {
    /// Returns the next customers; empty after the last.
    pub fn next_batch(&mut self) -> Vec<BulkCustomer> {
        let end = self.run.customers.min(self.next + BATCH);
        let batch = (self.next..end)
            .map(|number| customers::customer(DemoRandom(&self.seeded), &self.run, number))
            .collect();
        self.next = end;
        batch
    }

    /// Returns the number of generated customers, and the total.
    #[must_use]
    pub const fn progress(&self) -> (u64, u64) {
        (self.next, self.run.customers)
    }
}

/// Writes a batch: the customers, the quota that their owners have assigned to them, and the last
/// used numbers. The database is consistent after each batch.
///
/// # Errors
/// [`ServiceError::Internal`] if the limits of an owner are too low.
pub async fn load(
    cmd: Command<'_>,
    batch: &[BulkCustomer],
    password: &HashedPassword,
) -> Outcome<()> {
    for (owner, reservation) in reservations(batch) {
        if !db::admins::reserve(cmd.tx, owner, &reservation).await? {
            return Err(anyhow::anyhow!(
                "the limits of the admin with the id {owner} are too low for so many customers"
            )
            .into());
        }
    }
    let hashes = vec![Hashes { panel: &password.panel_hash, ftp: &password.ftp_hash }; batch.len()];
    bulk::insert(cmd.tx, batch, &hashes).await?;
    if let Some(last) = batch.last() {
        counters::advance(cmd.tx, Counter::Guid, last.guid).await?;
        let last_number = counters::last(cmd.tx, Counter::AccountNumber).await?
            + i64::try_from(batch.len()).unwrap_or(0);
        counters::advance(cmd.tx, Counter::AccountNumber, last_number).await?;
    }
    Ok(())
}

fn reservations(batch: &[BulkCustomer]) -> BTreeMap<AdminId, Reservation> {
    let mut reservations: BTreeMap<AdminId, Reservation> = BTreeMap::new();
    for customer in batch {
        let reservation = reservations.entry(customer.owner).or_default();
        let limits = &customer.profile.services.limits;
        let finite = Amounts::finite(limits);
        reservation.customers += 1;
        reservation.domains += customer.domains.len() as u64;
        for resource in Resource::ALL {
            reservation.reserved[resource] += finite[resource];
            if limits[resource].is_unlimited() {
                reservation.unlimited.insert(resource);
            }
        }
    }
    reservations
}

/// Returns the login names of admins who see all customers, and of resellers: at most three of
/// each.
pub async fn sample_login_names(view: View<'_>) -> Outcome<(Vec<String>, Vec<String>)> {
    let (admins, _) = db::admins::list(view.on, &ListQuery::page("", 100, 0)).await?;
    let names = |sees_all: bool| {
        admins
            .iter()
            .filter(|admin| admin.profile.customers_see_all == sees_all)
            .map(|admin| admin.login_name.to_string())
            .take(3)
            .collect()
    };
    Ok((names(true), names(false)))
}

/// Updates the statistics of the database's query planner, after the demo data was loaded.
pub async fn update_statistics(app: &App) -> Outcome<()> {
    Ok(app.db.update_statistics().await?)
}
