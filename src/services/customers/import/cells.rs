//! The cells of a row, by the parameters that they set.

use super::Options;
use super::aliases;
use super::file::Sheet;
use super::header::{PASSWORD, PLAN, Target};
use super::records::Record;
use crate::customers::export::unescape_formula;
use domain::plan::Plan;
use domain::record::record;
use domain::resources::Resource;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Parameter that says whether the password is emailed.
pub(super) const SEND_PASSWORD: &str = "sendpassword";

/// The non-empty cells of a row. An empty cell sets nothing, so that the default applies.
pub(super) struct Cells<'a> {
    values: BTreeMap<&'a str, &'a str>,
    plan: Option<&'a str>,
    /// Number of cells if it differs from the number of columns.
    pub wrong_cell_count: Option<usize>,
    pub column_count: usize,
}

impl<'a> Cells<'a> {
    /// Reads the cells of a row.
    pub fn of(sheet: &'a Sheet, record: &'a Record) -> Self {
        let column_count = sheet.columns.len();
        let mut cells = Self {
            values: BTreeMap::new(),
            plan: None,
            wrong_cell_count: record.wrong_cell_count(column_count),
            column_count,
        };
        for (column, cell) in sheet.columns.iter().zip(&record.cells) {
            match &column.sets {
                // The export never writes passwords. An apostrophe at the beginning of one is
                // therefore part of the password and must stay.
                Target::Parameter(name) if name == PASSWORD && !cell.is_empty() => {
                    cells.values.insert(name, cell);
                }
                _ if cell.trim().is_empty() => {}
                Target::Parameter(name) => {
                    cells.values.insert(name, unescape_formula(cell));
                }
                Target::Plan => cells.plan = Some(unescape_formula(cell)),
                Target::Nothing => {}
            }
        }
        cells
    }

    /// Returns the cell of the column with this target.
    pub fn get(&self, target: &Target) -> Option<&'a str> {
        match target {
            Target::Parameter(name) => self.parameter(name),
            Target::Plan => self.plan,
            Target::Nothing => None,
        }
    }

    pub fn parameter(&self, name: &str) -> Option<&'a str> {
        self.values.get(name).copied()
    }

    /// Returns the parameters of `add`. Cells of the row override values of the plan. An unknown
    /// plan id is passed on, so that the parser and `add` report it.
    pub fn parameters(&self, plan: Option<&Plan>, options: Options) -> Map<String, Value> {
        let mut values = plan.map(parameters_of).unwrap_or_default();
        for (name, cell) in self.values.iter().filter(|(name, _)| **name != PLAN || plan.is_none())
        {
            let is_limit = Resource::ALL.iter().any(|resource| resource.name() == *name);
            // The parser reads -1 as unlimited.
            let value = if is_limit && aliases::is_unlimited(cell) {
                Cow::Borrowed("-1")
            } else {
                aliases::translate_value(name, cell)
            };
            values.insert((*name).to_owned(), value.into_owned().into());
        }
        if options.send_passwords {
            values.entry(SEND_PASSWORD).or_insert(Value::Bool(true));
        }
        values
    }

    /// Returns the name as lists show it: "Name, First name", one of the two, or the company.
    pub fn display_name(&self) -> String {
        let part = |name| self.parameter(name).unwrap_or_default().trim();
        match (part("name"), part("firstname")) {
            ("", "") => part("company").to_owned(),
            ("", only) | (only, "") => only.to_owned(),
            (name, first) => format!("{name}, {first}"),
        }
    }
}

/// Returns the parameters that a plan sets, as if it had filled in the form. Cells of the row
/// override them.
fn parameters_of(plan: &Plan) -> Map<String, Value> {
    let mut values = record(&plan.services);
    for (resource, quota) in plan.services.limits.iter() {
        let limit = quota.in_units(resource.unit().size()).unwrap_or_else(|| "-1".to_owned());
        values.insert(resource.name().to_owned(), limit.into());
    }
    values.insert(PLAN.to_owned(), plan.id.0.into());
    values.insert("plan_applied".to_owned(), plan.id.0.into());
    values
}
