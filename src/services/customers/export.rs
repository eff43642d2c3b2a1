//! Customers as rows of a CSV file: its columns, and the parameters that an import sets from them.
//! The import ([`super::import`]) uses the same table of columns.

use super::requests::AddCustomer;
use crate::{Outcome, View};
use auth::actor::Manager;
use domain::customer::Customer;
use domain::id::CustomerId;
use domain::quota::Quota;
use domain::request::{ParameterDeclaration, Request as _, Visibility};
use domain::resources::Resource;
use domain::text;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::sync::LazyLock;

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Name in the header row.
    pub name: String,
    /// Value that the column sets in an import.
    pub sets: ColumnTarget,
    cell: Cell,
}

/// Value that an imported column sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnTarget {
    /// This parameter of `add`.
    Parameter(&'static str),
    /// The plan, by its name.
    Plan,
    /// Nothing. Only the program can set this value.
    Nothing,
}

/// Value of the customer that a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    /// The field of the customer's record with this parameter name.
    Field(&'static str),
    Limit(Resource),
    Used(Resource),
    LoginName,
    Email,
    Owner,
    Plan,
    Status,
    Guid,
    LastSignIn,
    Created,
    StandardSubdomain,
}

/// First columns of the file: login name, names, email address, owner, plan and status. The other
/// parameters of `add` follow.
const FIRST_COLUMNS: [(&str, ColumnTarget, Cell); 8] = [
    ("loginname", ColumnTarget::Parameter("new_loginname"), Cell::LoginName),
    ("name", ColumnTarget::Parameter("name"), Cell::Field("name")),
    ("firstname", ColumnTarget::Parameter("firstname"), Cell::Field("firstname")),
    ("company", ColumnTarget::Parameter("company"), Cell::Field("company")),
    ("email", ColumnTarget::Parameter("email"), Cell::Email),
    ("adminname", ColumnTarget::Nothing, Cell::Owner),
    ("plan", ColumnTarget::Plan, Cell::Plan),
    ("state", ColumnTarget::Nothing, Cell::Status),
];

/// Last columns of the file.
const LAST_COLUMNS: [(&str, ColumnTarget, Cell); 6] = [
    ("createstdsubdomain", ColumnTarget::Parameter("createstdsubdomain"), Cell::StandardSubdomain),
    ("diskspace_used_mib", ColumnTarget::Nothing, Cell::Used(Resource::Diskspace)),
    ("traffic_used_gib", ColumnTarget::Nothing, Cell::Used(Resource::Traffic)),
    ("guid", ColumnTarget::Nothing, Cell::Guid),
    ("lastlogin_succ", ColumnTarget::Nothing, Cell::LastSignIn),
    ("created", ColumnTarget::Nothing, Cell::Created),
];

/// Parameters without a column of their name: passwords, options of the command itself, and values
/// that another column holds. Hidden parameters and `_ul` switches have no column either.
pub(super) const NOT_EXPORTED: [&str; 5] = [
    "new_loginname",
    "new_customer_password",
    "sendpassword",
    "store_defaultindex",
    "hosting_plan_id",
];

/// All columns, in the order of the file.
pub(super) static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let column = |(name, sets, cell): (&str, ColumnTarget, Cell)| Column {
        name: name.to_owned(),
        sets,
        cell,
    };
    let mut columns: Vec<Column> = FIRST_COLUMNS.into_iter().map(column).collect();
    for ParameterDeclaration { name, visibility, .. } in AddCustomer::parameters().iter().copied() {
        let has_fixed_position = FIRST_COLUMNS
            .iter()
            .chain(&LAST_COLUMNS)
            .any(|(_, sets, _)| *sets == ColumnTarget::Parameter(name));
        if has_fixed_position
            || visibility == Visibility::Hidden
            || NOT_EXPORTED.contains(&name)
            || name.ends_with("_ul")
        {
            continue;
        }
        let (name_in_file, cell) =
            match Resource::ALL.into_iter().find(|resource| resource.name() == name) {
                Some(resource) => (limit_column_name(resource), Cell::Limit(resource)),
                None => (name.to_owned(), Cell::Field(name)),
            };
        columns.push(Column { name: name_in_file, sets: ColumnTarget::Parameter(name), cell });
    }
    columns.extend(LAST_COLUMNS.into_iter().map(column));
    columns
});

/// Returns the name of a limit's column with its unit, such as `diskspace_mib`.
fn limit_column_name(resource: Resource) -> String {
    let unit = resource.unit().label().to_ascii_lowercase();
    format!("{}_{unit}", resource.name()).trim_end_matches('_').to_owned()
}

/// Returns the header row of the file.
#[must_use]
pub fn header_row() -> Vec<&'static str> {
    COLUMNS.iter().map(|column| column.name.as_str()).collect()
}

/// Returns rows of the file for the customers with these ids, in the order of `ids`. Omits
/// customers who do not exist any more and those outside the manager's scope. Cells are escaped, so
/// that no spreadsheet evaluates them as formulas.
pub async fn export_rows(
    view: View<'_>,
    by: &Manager,
    ids: &[CustomerId],
) -> Outcome<Vec<Vec<String>>> {
    let customers = super::find_by_ids(view, by, ids).await?;
    let row = |customer: &Customer| {
        let record = customer.record();
        COLUMNS
            .iter()
            .map(|column| escape_formula(&column.cell.of(customer, &record)).into_owned())
            .collect()
    };
    Ok(customers.iter().map(row).collect())
}

impl Cell {
    fn of(self, customer: &Customer, record: &Map<String, Value>) -> String {
        match self {
            Self::Field(name) => cell_text(record.get(name).unwrap_or(&Value::Null)),
            Self::LoginName => customer.login_name.to_string(),
            Self::Email => customer.profile.contact.email.to_unicode(),
            Self::Owner => customer.owner_name.clone(),
            Self::Plan => customer.plan_name.clone(),
            Self::Status => customer.status().code().to_owned(),
            Self::Guid => customer.guid.to_string(),
            Self::LastSignIn => {
                customer.sign_in.last_success.map(|at| at.to_string()).unwrap_or_default()
            }
            Self::Created => customer.created_at.to_string(),
            Self::StandardSubdomain => cell_text(&customer.standard_subdomain.is_some().into()),
            Self::Limit(resource) => {
                format_quota(resource, customer.profile.services.limits[resource])
            }
            Self::Used(resource) => format_quota(resource, Quota::Limited(customer.used[resource])),
        }
    }
}

/// Text in the cell of an unlimited quota.
const UNLIMITED: &str = "unlimited";

fn format_quota(resource: Resource, quota: Quota) -> String {
    quota.in_units(resource.unit().size()).unwrap_or_else(|| UNLIMITED.to_owned())
}

/// Formats a value as a cell. Lists keep their brackets: a spreadsheet would read `1,2` as a
/// number, and an empty list must differ from an empty cell, which sets nothing.
fn cell_text(value: &Value) -> String {
    match value {
        Value::Bool(on) => if *on { "1" } else { "0" }.to_owned(),
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

/// Returns whether a spreadsheet may evaluate a cell as a formula. Its first visible character
/// decides, in ASCII or full width. A control character such as a tab or line break at the
/// beginning also counts, since some programs look for formulas after it.
fn is_formula(cell: &str) -> bool {
    const SIGNS: [char; 12] = ['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠', '｜', '％'];
    let visible = cell
        .trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || text::is_invisible(c));
    cell.starts_with(|c: char| c.is_control()) || visible.starts_with(SIGNS)
}

/// Escapes a formula with an apostrophe in front, so that it is read as text. Cells that already
/// look escaped get one more apostrophe, so that [`unescape_formula`] restores them exactly.
fn escape_formula(cell: &str) -> Cow<'_, str> {
    if is_formula(cell.trim_start_matches('\'')) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Removes the apostrophe that [`escape_formula`] added.
pub(super) fn unescape_formula(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in [
            "=1+1",
            "+49 30 1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "  =1",
            "\u{a0}=1",
            "\u{200b}=1",
            "|cmd",
            "%0A",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "\u{3000}＝1",
        ] {
            assert_eq!(escape_formula(cell), format!("'{cell}"));
        }
        assert_eq!(escape_formula("web1"), "web1");
        assert_eq!(escape_formula("'t Hart"), "'t Hart");
        assert_eq!(escape_formula(""), "");
    }

    #[test]
    fn every_limit_has_a_column_with_its_unit() {
        for resource in Resource::ALL {
            let column = COLUMNS
                .iter()
                .find(|column| column.sets == ColumnTarget::Parameter(resource.name()));
            let unit = resource.unit().label().to_ascii_lowercase();
            assert_eq!(
                column.map(|column| column.name.as_str()),
                Some(format!("{}_{unit}", resource.name()).trim_end_matches('_'))
            );
        }
    }

    proptest! {
        #[test]
        fn escaped_cells_are_restored(cell in "['=+@|%＝＋－＠ \t\r\n\u{3000}-]{0,4}\\PC*") {
            let escaped = escape_formula(&cell);
            prop_assert!(!is_formula(&escaped));
            prop_assert_eq!(unescape_formula(&escaped), cell.as_str());
        }
    }
}
