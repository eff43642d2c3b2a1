//! Reads rows of cells into customers to be added, and collects their validation errors.

use super::cells::{Cells, SEND_PASSWORD};
use super::file::Sheet;
use super::header::{PASSWORD, PLAN, Target};
use super::plans::Plans;
use super::records::Record;
use super::{Options, PasswordOutcome, PreviewRow};
use crate::customers::add::{self, CheckedCustomer};
use crate::customers::check::NAMES_PER_QUERY;
use crate::machine::Machine;
use crate::{Env, Outcome, View};
use auth::actor::Manager;
use db::counters::{self, Counter};
use db::logins;
use domain::customer::Profile;
use domain::login_name;
use domain::number::Notation;
use domain::request::{Parameter as _, Received};
use domain::resources::Resource;
use domain::validation::{Argument, ErrorCode, FieldErrors, ValidationError};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

const LOGIN_NAME: &str = "new_loginname";
/// Number of rows that are read before other tasks of the thread may run. Reading so many rows
/// takes a few milliseconds.
const ROWS_PER_YIELD: usize = 100;

/// A row of the file, with the results of its checks.
pub(super) struct Row {
    /// The new customer, unless a check without the database found validation errors.
    pub checked: Option<CheckedCustomer>,
    pub preview: PreviewRow,
    /// Resources whose limits the row or its plan sets. The amounts are in the profile.
    limited: Vec<Resource>,
    /// Profile of the new customer, once it is determined.
    pub profile: Option<Profile>,
    /// Validation errors by parameter.
    pub errors: FieldErrors,
}

impl Row {
    /// Returns the customer if the row has no validation errors so far.
    pub fn valid_customer(&self) -> Option<&CheckedCustomer> {
        self.checked.as_ref().filter(|_| self.errors.is_empty())
    }

    /// Returns the customer with their profile if the row has no validation errors.
    pub fn into_valid_customer(self) -> Option<(CheckedCustomer, Profile)> {
        self.checked.filter(|_| self.errors.is_empty()).zip(self.profile)
    }

    /// Returns the row for the preview, with validation errors by the file's column names.
    pub fn to_preview(&self, sheet: &Sheet) -> PreviewRow {
        let (errors, notices) =
            (errors_by_column(sheet, &self.errors), errors_by_column(sheet, &self.preview.notices));
        let limits = self.profile.as_ref().map_or_else(Vec::new, |profile| {
            let limits = &profile.services.limits;
            self.limited.iter().map(|resource| (*resource, limits[*resource])).collect()
        });
        PreviewRow { limits, errors, notices, ..self.preview.clone() }
    }
}

/// Returns validation errors by the file's column names instead of parameters.
fn errors_by_column(sheet: &Sheet, found: &FieldErrors) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for (parameter, list) in found.iter() {
        let column = sheet.columns.iter().find(|column| column.reports_errors_of(parameter));
        for error in list {
            errors.push(column.map_or(parameter, |column| &column.name), error.clone());
        }
    }
    errors
}

/// Reads all rows, and runs those checks of each row that do not depend on its profile. Also checks
/// that login names are unique, both in the database and within the file.
pub(super) async fn read(
    env: &Env,
    view: View<'_>,
    by: &Manager,
    sheet: &Sheet,
    options: Options,
) -> Outcome<Vec<Row>> {
    let plans = Plans::read(view, by, sheet).await?;
    let last_number = counters::last(view.on, Counter::AccountNumber).await?;
    let typed_name = |record| {
        Cells::of(sheet, record)
            .parameter(LOGIN_NAME)
            .map(str::trim)
            .filter(|name| !name.is_empty())
    };
    let typed: Vec<String> =
        sheet.records.iter().filter_map(typed_name).map(ToOwned::to_owned).collect();
    let machine = Arc::new(Machine::of_typed(env, typed).await?);
    let context = FileContext { plans: &plans, options, last_number, machine: &machine };
    let mut rows = Vec::with_capacity(sheet.records.len());
    for batch in sheet.records.chunks(ROWS_PER_YIELD) {
        rows.extend(
            batch.iter().map(|record| read_row(view, &Cells::of(sheet, record), record, &context)),
        );
        // Lets other tasks of this thread run, such as the heartbeat of the job.
        tokio::task::yield_now().await;
    }
    let keys: Vec<String> = rows
        .iter()
        .filter_map(|row| row.preview.login_name.as_deref().map(login_name::key))
        .collect();
    let mut taken = HashSet::new();
    for batch in keys.chunks(NAMES_PER_QUERY) {
        taken.extend(logins::taken_keys(view.on, batch).await?);
    }
    let mut first_rows: HashMap<String, u64> = HashMap::new();
    for row in &mut rows {
        let Some(key) = row.preview.login_name.as_deref().map(login_name::key) else { continue };
        match first_rows.get(&key) {
            Some(number) => {
                row.errors.push(
                    LOGIN_NAME,
                    ValidationError::new(ErrorCode::CsvLoginnameTwice)
                        .with("row", Argument::name(number)),
                );
            }
            None if taken.contains(&key) => {
                row.errors.push(LOGIN_NAME, ValidationError::new(ErrorCode::LoginnameExists));
            }
            None => {}
        }
        first_rows.entry(key).or_insert(row.preview.number);
    }
    Ok(rows)
}

/// Values that are the same for all rows.
struct FileContext<'a> {
    plans: &'a Plans,
    options: Options,
    last_number: i64,
    machine: &'a Arc<Machine>,
}

fn read_row(view: View<'_>, cells: &Cells<'_>, record: &Record, context: &FileContext<'_>) -> Row {
    let plans = context.plans;
    let mut errors = FieldErrors::default();
    let plan = match (cells.get(&Target::Plan), cells.parameter(PLAN)) {
        (Some(name), _) => errors.value_or_add(PLAN, plans.find_by_name(name)),
        (None, Some(id)) => plans.find_by_id(id),
        (None, None) => None,
    };
    let values = cells.parameters(plan, context.options);
    let preview = PreviewRow {
        number: record.number,
        login_name: cells.parameter(LOGIN_NAME).map(|name| name.trim().to_owned()),
        name: cells.display_name(),
        email: cells.parameter("email").unwrap_or_default().trim().to_owned(),
        plan: plan.map(|plan| plan.name.clone()),
        password: password_outcome(cells, &values),
        limits: Vec::new(),
        errors: FieldErrors::default(),
        notices: FieldErrors::default(),
    };
    let limited = limited_resources(cells, &values);
    // A missing or additional cell shifts the cells after it to the wrong columns, so the row is
    // not checked.
    if let Some(found) = cells.wrong_cell_count {
        let error = ValidationError::new(ErrorCode::CsvRagged)
            .with("cells", found)
            .with("columns", cells.column_count);
        let errors = FieldErrors::one("", error);
        return Row { checked: None, preview, limited, profile: None, errors };
    }
    let mut received = Received::read(values, Notation::Person(None));
    received.errors.merge(errors);
    let (checked, errors) =
        match add::check(view.settings, received, context.last_number, context.machine) {
            Ok(checked) => (Some(checked), FieldErrors::default()),
            Err(errors) => (None, replace_line_break_errors(cells, &errors)),
        };
    Row { checked, preview, limited, profile: None, errors }
}

/// Changes the format errors of cells that contain line breaks to `csv-line-break`. Spreadsheets
/// may not show such line breaks, and the fields allow one line only.
fn replace_line_break_errors(cells: &Cells<'_>, found: &FieldErrors) -> FieldErrors {
    let mut errors = FieldErrors::default();
    for (parameter, list) in found.iter() {
        let has_break =
            cells.parameter(parameter).is_some_and(|cell| cell.trim().contains(['\r', '\n']));
        for error in list {
            let error = if has_break && error.code == ErrorCode::FormatInvalid {
                ValidationError::new(ErrorCode::CsvLineBreak)
            } else {
                error.clone()
            };
            errors.push(parameter, error);
        }
    }
    errors
}

/// Returns the resources whose limits the row sets, and those whose limits in its plan are not 0.
fn limited_resources(cells: &Cells<'_>, values: &Map<String, Value>) -> Vec<Resource> {
    let is_set = |resource: &Resource| {
        let is_filled = |name: &str| cells.parameter(name).is_some();
        is_filled(resource.name())
            || is_filled(resource.unlimited_name())
            || values.get(resource.name()).is_some_and(|value| value != "0")
    };
    Resource::ALL.into_iter().filter(is_set).collect()
}

fn password_outcome(cells: &Cells<'_>, values: &Map<String, Value>) -> PasswordOutcome {
    let is_emailed =
        values.get(SEND_PASSWORD).cloned().and_then(|value| bool::read(value).ok().flatten());
    match (is_emailed, cells.parameter(PASSWORD)) {
        (Some(true), _) => PasswordOutcome::Emailed,
        (_, Some(_)) => PasswordOutcome::Typed,
        (_, None) => PasswordOutcome::NotShown,
    }
}
