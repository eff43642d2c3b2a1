//! From rows of cells to customers that could be added, and what is wrong with them.

use super::cells::{Cells, PASSWORD, SEND};
use super::file::Sheet;
use super::head::{PLAN, Target};
use super::plans::Plans;
use super::records::Record;
use super::{Options, PasswordOutcome, PreviewRow};
use crate::customers::add::{self, Checked};
use crate::machine::Machine;
use crate::{Env, Outcome, View};
use auth::actor::Manager;
use db::counters::{self, Counter};
use db::logins;
use domain::customer::Profile;
use domain::fault::{Code, Fault, FieldFaults};
use domain::login_name;
use domain::number::Notation;
use domain::quota::Quota;
use domain::request::{Parameter as _, Received};
use domain::resources::Resource;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

const LOGIN_NAME: &str = "new_loginname";
/// Names that are looked up in one statement.
const AT_ONCE: usize = 5000;
/// Rows that are read without letting other tasks of the thread go on: some milliseconds.
const WITHOUT_PAUSE: usize = 100;

/// A row, read.
pub(super) struct Row {
    pub checked: Option<Checked>,
    pub shown: PreviewRow,
    /// What the customer will have, once that is known.
    pub profile: Option<Profile>,
    /// By parameter.
    pub faults: FieldFaults,
}

impl Row {
    /// The customer, if nothing is wrong with him so far.
    pub fn ready(&self) -> Option<&Checked> {
        self.checked.as_ref().filter(|_| self.faults.is_empty())
    }

    /// The customer with their profile, likewise.
    pub fn into_ready(self) -> Option<(Checked, Profile)> {
        self.checked.filter(|_| self.faults.is_empty()).zip(self.profile)
    }

    /// For the preview: faults stand under the names that the file has for the parameters.
    pub fn shown(&self, sheet: &Sheet) -> PreviewRow {
        let limits = self.profile.as_ref().map(|profile| profile.services.limits);
        let (faults, notices) =
            (by_column(sheet, &self.faults), by_column(sheet, &self.shown.notices));
        let mut shown = PreviewRow { faults, notices, ..self.shown.clone() };
        if let Some(limits) = limits {
            shown.limits = shown
                .limits
                .into_iter()
                .map(|(resource, _)| (resource, limits[resource]))
                .collect();
        }
        shown
    }
}

/// Faults by the names that the file has for the parameters.
fn by_column(sheet: &Sheet, found: &FieldFaults) -> FieldFaults {
    let mut faults = FieldFaults::default();
    for (parameter, list) in found.iter() {
        let column = sheet.columns.iter().find(|column| column.holds(parameter));
        for fault in list {
            faults.push(column.map_or(parameter, |column| &column.name), fault.clone());
        }
    }
    faults
}

/// Reads every row, and checks what can be known before the first is added.
///
/// # Errors
/// The database's.
pub(super) async fn read(
    env: &Env,
    view: View<'_>,
    by: &Manager,
    sheet: &Sheet,
    options: Options,
) -> Outcome<Vec<Row>> {
    let plans = Plans::read(view, by, sheet).await?;
    let last_number = counters::last(view.on, Counter::AccountNumber).await?;
    let name = |record| {
        Cells::of(sheet, record)
            .parameter(LOGIN_NAME)
            .map(str::trim)
            .filter(|name| !name.is_empty())
    };
    let typed: Vec<String> = sheet.records.iter().filter_map(name).map(ToOwned::to_owned).collect();
    let machine = Arc::new(Machine::of_typed(env, typed).await?);
    let known = Known { plans: &plans, options, last_number, machine: &machine };
    let mut rows = Vec::with_capacity(sheet.records.len());
    for some in sheet.records.chunks(WITHOUT_PAUSE) {
        rows.extend(
            some.iter().map(|record| read_row(view, &Cells::of(sheet, record), record, &known)),
        );
        // Other tasks of this thread go on, the heartbeat of the job among them.
        tokio::task::yield_now().await;
    }
    let keys: Vec<String> = rows
        .iter()
        .filter_map(|row| row.shown.login_name.as_deref().map(login_name::key))
        .collect();
    let mut taken = HashSet::new();
    for some in keys.chunks(AT_ONCE) {
        taken.extend(logins::taken(view.on, some).await?);
    }
    let mut first: HashMap<String, u64> = HashMap::new();
    for row in &mut rows {
        let Some(key) = row.shown.login_name.as_deref().map(login_name::key) else { continue };
        match first.get(&key) {
            Some(number) => {
                row.faults
                    .push(LOGIN_NAME, Fault::new(Code::CsvLoginnameTwice).with("row", number));
            }
            None if taken.contains(&key) => {
                row.faults.push(LOGIN_NAME, Fault::new(Code::LoginnameExists));
            }
            None => {}
        }
        first.entry(key).or_insert(row.shown.number);
    }
    Ok(rows)
}

/// What is known beside a row.
struct Known<'a> {
    plans: &'a Plans,
    options: Options,
    last_number: i64,
    machine: &'a Arc<Machine>,
}

fn read_row(view: View<'_>, cells: &Cells<'_>, record: &Record, known: &Known<'_>) -> Row {
    let plans = known.plans;
    let mut faults = FieldFaults::default();
    let plan = match (cells.get(&Target::Plan), cells.parameter(PLAN)) {
        (Some(name), _) => faults.keep(PLAN, plans.named(name)),
        (None, Some(id)) => plans.of_id(id),
        (None, None) => None,
    };
    let values = cells.parameters(plan, known.options);
    let shown = PreviewRow {
        number: record.number,
        login_name: cells.parameter(LOGIN_NAME).map(|name| name.trim().to_owned()),
        name: cells.display_name(),
        email: cells.parameter("email").unwrap_or_default().trim().to_owned(),
        plan: plan.map(|plan| plan.name.clone()),
        password: password(cells, &values),
        limits: limits(cells, &values),
        faults: FieldFaults::default(),
        notices: FieldFaults::default(),
    };
    // Where a cell is missing or one too many, those behind it may stand under the wrong names.
    if let Some(found) = cells.ragged {
        let fault = Fault::new(Code::CsvRagged).with("cells", found).with("columns", cells.columns);
        return Row { checked: None, shown, profile: None, faults: FieldFaults::one("", fault) };
    }
    let mut received = Received::read(values, Notation::Person(None));
    received.errors.merge(faults);
    match add::check(view.settings, received, known.last_number, known.machine) {
        Ok(checked) => {
            Row { checked: Some(checked), shown, profile: None, faults: FieldFaults::default() }
        }
        Err(faults) => Row { checked: None, shown, profile: None, faults: told(cells, &faults) },
    }
}

/// The same faults, told of cells: spreadsheets have line breaks in cells whose fields have one
/// line, and do not show them.
fn told(cells: &Cells<'_>, found: &FieldFaults) -> FieldFaults {
    let mut faults = FieldFaults::default();
    for (parameter, list) in found.iter() {
        let has_break =
            cells.parameter(parameter).is_some_and(|cell| cell.trim().contains(['\r', '\n']));
        for fault in list {
            let fault = if has_break && fault.code == Code::FormatInvalid {
                Fault::new(Code::CsvLineBreak)
            } else {
                fault.clone()
            };
            faults.push(parameter, fault);
        }
    }
    faults
}

/// The limits that the row sets, and those of its plan but for what it does not include; how high
/// they are is known once the profile is.
fn limits(cells: &Cells<'_>, values: &Map<String, Value>) -> Vec<(Resource, Quota)> {
    let is_set = |resource: &Resource| {
        let says = |name: &str| cells.parameter(name).is_some();
        says(resource.name())
            || says(resource.unlimited_name())
            || values.get(resource.name()).is_some_and(|value| value != "0")
    };
    Resource::ALL.into_iter().filter(is_set).map(|resource| (resource, Quota::NONE)).collect()
}

fn password(cells: &Cells<'_>, values: &Map<String, Value>) -> PasswordOutcome {
    let mailed = values.get(SEND).cloned().and_then(|value| bool::read(value).ok().flatten());
    match (mailed, cells.parameter(PASSWORD)) {
        (Some(true), _) => PasswordOutcome::Mailed,
        (_, Some(_)) => PasswordOutcome::Typed,
        (_, None) => PasswordOutcome::Unknown,
    }
}
