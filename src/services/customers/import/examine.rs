//! Checks the rows of a file without writing anything, and finds all validation errors of every
//! row.
//!
//! The rules are those of adding one customer: for the profile, names and quota. Each row has the
//! quota that remains after the rows before it.

use super::file::Sheet;
use super::ready::{ReadyCustomers, find_existing};
use super::rows::{self, Row};
use super::{Options, PasswordOutcome, Preview, Progress, Stage};
use crate::customers::add::CheckedCustomer;
use crate::customers::check::{self, Facts, NAMES_PER_QUERY};
use crate::customers::grants::GrantNames;
use crate::customers::{new_customer, owner_quota};
use crate::{Env, Noun, Outcome, ServiceError, View};
use auth::actor::Manager;
use domain::admin::Admin;
use domain::customer::Profile;
use domain::id::PlanId;
use domain::login_name::LoginName;
use domain::plan::Plan;
use domain::validation::{Argument, ErrorCode, ValidationError};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

/// The rows of a file, with the results of their checks.
pub struct ExaminedRows {
    rows: Vec<Row>,
}

impl ExaminedRows {
    /// Returns the preview to display.
    #[must_use]
    pub fn preview(&self, sheet: &Sheet) -> Preview {
        let rows = self.rows.iter().map(|row| row.to_preview(sheet)).collect();
        Preview { ignored: sheet.ignored_columns(), format: sheet.format().clone(), rows }
    }

    /// Hashes the passwords and generates missing ones: see [`ReadyCustomers`].
    ///
    /// # Errors
    /// [`ServiceError::Refused`] with `import-faulty` if a row has validation errors; failures of
    /// the hasher; errors of `progress`.
    pub async fn hash_passwords(
        self,
        env: &Env,
        view: View<'_>,
        progress: &dyn Progress,
    ) -> Outcome<ReadyCustomers> {
        let invalid = || ServiceError::Refused(ValidationError::new(ErrorCode::ImportFaulty));
        let customers: Vec<(CheckedCustomer, Profile, PasswordOutcome)> = self
            .rows
            .into_iter()
            .map(|row| {
                let password = row.preview.password;
                row.into_valid_customer()
                    .map(|(checked, profile)| (checked, profile, password))
                    .ok_or_else(invalid)
            })
            .collect::<Outcome<_>>()?;
        ReadyCustomers::new(env, view, customers, progress).await
    }
}

/// Reads the rows of a file and finds all their validation errors.
///
/// # Errors
/// Errors of `progress`, such as [`ServiceError::Refused`] with `interrupted`. Validation errors of
/// rows are part of the result.
pub async fn examine(
    view: View<'_>,
    env: &Env,
    by: &Manager,
    sheet: &Sheet,
    options: Options,
    progress: &dyn Progress,
) -> Outcome<ExaminedRows> {
    progress.step(Stage::Checking, 0).await?;
    let mut rows = rows::read(env, view, by, sheet, options).await?;
    warn_of_duplicates(view, by, &mut rows).await?;
    let mut checker = RowChecker::of(view, env, by, &rows).await?;
    for (done, row) in rows.iter_mut().enumerate() {
        progress.step(Stage::Checking, done).await?;
        let Some(checked) = row.valid_customer() else { continue };
        match checker.check_next(view, by, checked).await {
            Ok(profile) => row.profile = Some(profile),
            Err(ServiceError::Invalid(errors)) => row.errors.merge(errors),
            Err(ServiceError::Exhausted(error) | ServiceError::Refused(error)) => {
                row.errors.push("", error);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(ExaminedRows { rows })
}

/// Checks rows one after another, against the database and the rows before them.
struct RowChecker {
    /// The new customers' owner, whose assigned quota includes the rows that were checked.
    owner: Admin,
    /// Requested login names that already have a home directory.
    homes: HashSet<String>,
    /// Standard subdomains that existing domains or checked rows already have.
    subdomains: HashSet<String>,
    homes_dir: PathBuf,
    facts: Facts,
    grant_names: GrantNames,
    /// Plans that were read for earlier rows.
    plans: HashMap<PlanId, Plan>,
}

impl RowChecker {
    async fn of(view: View<'_>, env: &Env, by: &Manager, rows: &[Row]) -> Outcome<Self> {
        let owner =
            db::admins::find(view.on, by.id()).await?.ok_or(ServiceError::NotFound(Noun::Admin))?;
        let names: Vec<LoginName> =
            rows.iter().filter_map(|row| row.valid_customer()?.login_name.clone()).collect();
        let mut subdomains = HashSet::new();
        let hosts: Vec<String> = names
            .iter()
            .map(|name| new_customer::standard_subdomain_name(view.settings, name).to_lowercase())
            .collect();
        for batch in hosts.chunks(NAMES_PER_QUERY) {
            subdomains.extend(db::domains::taken_names(view.on, batch).await?);
        }
        let homes =
            find_existing(env.homes_dir.clone(), names.iter().map(ToString::to_string).collect())
                .await?;
        let emails: HashSet<String> = rows.iter().filter_map(email_key).collect();
        let facts = Facts::read(view, &emails.into_iter().collect::<Vec<_>>(), true).await?;
        Ok(Self {
            owner,
            homes,
            subdomains,
            homes_dir: env.homes_dir.clone(),
            facts,
            grant_names: GrantNames::default(),
            plans: HashMap::new(),
        })
    }

    /// Returns the plan with this id. Each plan is read once for all rows.
    async fn plan(&mut self, view: View<'_>, by: &Manager, id: PlanId) -> Outcome<Plan> {
        if let Some(plan) = self.plans.get(&id) {
            return Ok(plan.clone());
        }
        let plan = check::find_plan(view, by, id).await?;
        self.plans.insert(id, plan.clone());
        Ok(plan)
    }

    /// Checks the next customer, and adds their limits to the owner's assigned quota. Returns their
    /// profile.
    async fn check_next(
        &mut self,
        view: View<'_>,
        by: &Manager,
        new: &CheckedCustomer,
    ) -> Outcome<Profile> {
        let mail_quota = new_customer::default_mail_quota_for(view.settings, &self.owner);
        let plan =
            match new.request.plan_choice().and_then(|choice| Some((choice, choice.plan_id()?))) {
                Some((choice, id)) => Some((choice, self.plan(view, by, id).await?)),
                None => None,
            };
        let plan = plan.as_ref().map(|(choice, plan)| (*choice, plan));
        let mut profile = new_customer::build_profile(
            view.settings,
            &self.owner,
            &new.request,
            plan,
            mail_quota,
        )?;
        self.facts.check(view.settings, &mut profile, None)?;
        let missing = self.owner.profile.grants.missing_for(None, &profile);
        self.grant_names.errors(view, &self.owner, &missing).await?.into_result(())?;
        let reservation = owner_quota::reservation_for(
            &profile.services.limits,
            view.settings.mail_quota_enabled(),
        );
        if let Some(error) = owner_quota::customer_limit_error(&self.owner, &reservation) {
            return Err(ServiceError::Exhausted(error));
        }
        owner_quota::quota_errors(&self.owner, &reservation).into_result(())?;
        if let Some(name) = &new.login_name {
            if self.homes.contains(name.as_str()) {
                let path = self.homes_dir.join(name.as_str());
                return Err(ServiceError::field(
                    "new_loginname",
                    ValidationError::new(ErrorCode::HomeExists)
                        .with("path", path.display().to_string()),
                ));
            }
            let subdomain =
                new_customer::standard_subdomain_name(view.settings, name).to_lowercase();
            if new.standard_subdomain && !self.subdomains.insert(subdomain.clone()) {
                return Err(ServiceError::field(
                    "createstdsubdomain",
                    ValidationError::new(ErrorCode::DomainExists).with("domain", subdomain),
                ));
            }
        }
        let assigned = &mut self.owner.assigned;
        assigned.customers += 1;
        for (resource, amount) in reservation.reserved.iter() {
            assigned.amounts[resource] = assigned.amounts[resource].saturating_add(amount);
        }
        Ok(profile)
    }
}

/// Adds warnings for email addresses and customer numbers that the manager's customers or earlier
/// rows already have. Duplicates are allowed, but often a mistake.
async fn warn_of_duplicates(view: View<'_>, by: &Manager, rows: &mut [Row]) -> Outcome<()> {
    let number = |row: &Row| row.checked.as_ref().and_then(customer_number);
    let mut emails: Vec<String> = rows.iter().filter_map(email_key).collect();
    let mut numbers: Vec<String> = rows.iter().filter_map(number).collect();
    let known_emails = login_names_by_value(view, by, &mut emails, true).await?;
    let known_numbers = login_names_by_value(view, by, &mut numbers, false).await?;
    let mut first_rows: [HashMap<String, u64>; 2] = [HashMap::new(), HashMap::new()];
    for row in rows {
        let found = [
            ("email", email_key(row), &known_emails),
            ("customernumber", number(row), &known_numbers),
        ];
        for ((field, value, known), first) in found.into_iter().zip(&mut first_rows) {
            let Some(value) = value else { continue };
            if let Some(login_name) = known.get(&value) {
                row.preview.notices.push(
                    field,
                    ValidationError::new(ErrorCode::CsvValueExists).with("loginname", login_name),
                );
            }
            match first.get(&value) {
                Some(number) => row.preview.notices.push(
                    field,
                    ValidationError::new(ErrorCode::CsvValueTwice)
                        .with("row", Argument::name(number)),
                ),
                None => drop(first.insert(value, row.preview.number)),
            }
        }
    }
    Ok(())
}

fn email_key(row: &Row) -> Option<String> {
    Some(row.checked.as_ref()?.request.email.as_ref()?.key())
}

fn customer_number(checked: &CheckedCustomer) -> Option<String> {
    checked
        .request
        .contact
        .customernumber
        .as_ref()
        .map(|number| number.0.clone())
        .filter(|number| !number.is_empty())
}

/// Returns login names of the manager's customers by email address or, without `by_email`, by
/// customer number.
async fn login_names_by_value(
    view: View<'_>,
    by: &Manager,
    values: &mut Vec<String>,
    by_email: bool,
) -> Outcome<HashMap<String, String>> {
    values.sort();
    values.dedup();
    let mut known = HashMap::new();
    for batch in values.chunks(NAMES_PER_QUERY) {
        known.extend(if by_email {
            db::customers::login_names_by_email(view.on, by.scope(), batch).await?
        } else {
            db::customers::login_names_by_number(view.on, by.scope(), batch).await?
        });
    }
    Ok(known)
}
