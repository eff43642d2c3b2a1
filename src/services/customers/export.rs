//! Customers as rows of a file: its columns, and what an import may set of them. Whoever reads a
//! file back ([`super::import`]) looks here, so that both always speak of the same columns.

use super::requests::AddCustomer;
use crate::{Outcome, View};
use auth::actor::Manager;
use domain::customer::Customer;
use domain::id::CustomerId;
use domain::quota::Quota;
use domain::request::{Declared, Request as _, Visibility};
use domain::resources::Resource;
use domain::text;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::sync::LazyLock;

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Its name in the head.
    pub name: String,
    /// What it sets where the file is imported.
    pub sets: Sets,
    cell: Cell,
}

/// What an imported column sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sets {
    /// This parameter of `add`.
    Parameter(&'static str),
    /// The plan, by its name.
    Plan,
    /// Nothing: it tells what only the program can know.
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    /// The field of the record with the name of the parameter.
    Field(&'static str),
    Limit(Resource),
    Used(Resource),
    LoginName,
    Email,
    Owner,
    Plan,
    State,
    Guid,
    LastSignIn,
    Created,
    StandardSubdomain,
}

/// What stands first in the file: who the customer is. The parameters of `add` follow by
/// themselves.
const FIRST: [(&str, Sets, Cell); 8] = [
    ("loginname", Sets::Parameter("new_loginname"), Cell::LoginName),
    ("name", Sets::Parameter("name"), Cell::Field("name")),
    ("firstname", Sets::Parameter("firstname"), Cell::Field("firstname")),
    ("company", Sets::Parameter("company"), Cell::Field("company")),
    ("email", Sets::Parameter("email"), Cell::Email),
    ("adminname", Sets::Nothing, Cell::Owner),
    ("plan", Sets::Plan, Cell::Plan),
    ("state", Sets::Nothing, Cell::State),
];

/// What stands last in the file.
const LAST: [(&str, Sets, Cell); 6] = [
    ("createstdsubdomain", Sets::Parameter("createstdsubdomain"), Cell::StandardSubdomain),
    ("diskspace_used_mib", Sets::Nothing, Cell::Used(Resource::Diskspace)),
    ("traffic_used_gib", Sets::Nothing, Cell::Used(Resource::Traffic)),
    ("guid", Sets::Nothing, Cell::Guid),
    ("lastlogin_succ", Sets::Nothing, Cell::LastSignIn),
    ("created", Sets::Nothing, Cell::Created),
];

/// Parameters that say nothing of a customer: a password, what happens once, and what another
/// column says.
pub(super) const NOT_EXPORTED: [&str; 5] = [
    "new_loginname",
    "new_customer_password",
    "sendpassword",
    "store_defaultindex",
    "hosting_plan_id",
];

/// Every column, in the order of the file: who the customer is first, then what `add` takes.
pub(super) static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| {
    let column =
        |(name, sets, cell): (&str, Sets, Cell)| Column { name: name.to_owned(), sets, cell };
    let mut columns: Vec<Column> = FIRST.into_iter().map(column).collect();
    for Declared { name, visibility, .. } in AddCustomer::parameters().iter().copied() {
        let has_place =
            FIRST.iter().chain(&LAST).any(|(_, sets, _)| *sets == Sets::Parameter(name));
        if has_place
            || visibility == Visibility::Hidden
            || NOT_EXPORTED.contains(&name)
            || name.ends_with("_ul")
        {
            continue;
        }
        let (name_in_file, cell) =
            match Resource::ALL.into_iter().find(|resource| resource.name() == name) {
                Some(resource) => (with_unit(resource), Cell::Limit(resource)),
                None => (name.to_owned(), Cell::Field(name)),
            };
        columns.push(Column { name: name_in_file, sets: Sets::Parameter(name), cell });
    }
    columns.extend(LAST.into_iter().map(column));
    columns
});

/// The name of a limit with its unit, such as `diskspace_mib`.
fn with_unit(resource: Resource) -> String {
    let unit = resource.unit().label().to_ascii_lowercase();
    format!("{}_{unit}", resource.name()).trim_end_matches('_').to_owned()
}

/// The first row of the file.
#[must_use]
pub fn head() -> Vec<&'static str> {
    COLUMNS.iter().map(|column| column.name.as_str()).collect()
}

/// The rows of those of some customers who still are there and the manager's, in the order of
/// `ids`. A spreadsheet takes none of their cells for a formula.
///
/// # Errors
/// The database's.
pub async fn records(
    view: View<'_>,
    by: &Manager,
    ids: &[CustomerId],
) -> Outcome<Vec<Vec<String>>> {
    let customers = super::of_ids(view, by, ids).await?;
    let row = |customer: &Customer| {
        let record = customer.record();
        COLUMNS
            .iter()
            .map(|column| harmless(&column.cell.of(customer, &record)).into_owned())
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
            Self::State => customer.status().code().to_owned(),
            Self::Guid => customer.guid.to_string(),
            Self::LastSignIn => {
                customer.sign_in.last_success.map(|at| at.to_string()).unwrap_or_default()
            }
            Self::Created => customer.created_at.to_string(),
            Self::StandardSubdomain => cell_text(&customer.standard_subdomain.is_some().into()),
            Self::Limit(resource) => amount(resource, customer.profile.services.limits[resource]),
            Self::Used(resource) => amount(resource, Quota::Limited(customer.used[resource])),
        }
    }
}

/// What stands for no limit.
const UNLIMITED: &str = "unlimited";

fn amount(resource: Resource, quota: Quota) -> String {
    quota.in_units(resource.unit().size()).unwrap_or_else(|| UNLIMITED.to_owned())
}

/// A value as a cell. Lists stand in brackets, so that a spreadsheet does not take `1,2` for a
/// number, and so that none at all is said: an empty cell says nothing.
fn cell_text(value: &Value) -> String {
    match value {
        Value::Bool(on) => if *on { "1" } else { "0" }.to_owned(),
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

/// Whether a spreadsheet may take a cell for a formula: by its first character that is seen, in
/// ASCII or full width, or by a tab or line break in front, behind which some look for one.
fn is_formula(cell: &str) -> bool {
    const SIGNS: [char; 12] = ['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠', '｜', '％'];
    let seen = cell
        .trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || text::is_invisible(c));
    cell.starts_with(|c: char| c.is_control()) || seen.starts_with(SIGNS)
}

/// With an apostrophe in front it is text. A cell that begins like that already gets one more, so
/// that [`plain`] gives back exactly what was there.
fn harmless(cell: &str) -> Cow<'_, str> {
    if is_formula(cell.trim_start_matches('\'')) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Takes the apostrophe off again.
pub(super) fn plain(cell: &str) -> &str {
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
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        assert_eq!(harmless("web1"), "web1");
        assert_eq!(harmless("'t Hart"), "'t Hart");
        assert_eq!(harmless(""), "");
    }

    #[test]
    fn every_limit_has_a_column_with_its_unit() {
        for resource in Resource::ALL {
            let column =
                COLUMNS.iter().find(|column| column.sets == Sets::Parameter(resource.name()));
            let unit = resource.unit().label().to_ascii_lowercase();
            assert_eq!(
                column.map(|column| column.name.as_str()),
                Some(format!("{}_{unit}", resource.name()).trim_end_matches('_'))
            );
        }
    }

    proptest! {
        #[test]
        fn a_cell_comes_back_as_it_was(cell in "['=+@|%＝＋－＠ \t\r\n\u{3000}-]{0,4}\\PC*") {
            let written = harmless(&cell);
            prop_assert!(!is_formula(&written));
            prop_assert_eq!(plain(&written), cell.as_str());
        }
    }
}
