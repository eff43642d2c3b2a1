//! The columns of a file, identified by its header row.

use super::aliases;
use super::records::trimmed_len;
use crate::customers::export::{COLUMNS, ColumnTarget, NOT_EXPORTED};
use crate::customers::requests::AddCustomer;
use domain::request::{Request as _, Visibility};
use domain::validation::{ErrorCode, FieldErrors, ValidationError};

/// Parameter for the id of the plan. A file can also have a column for the name: [`Target::Plan`].
pub(super) const PLAN: &str = "hosting_plan_id";
/// Parameter for a customer's password.
pub(super) const PASSWORD: &str = "new_customer_password";

/// An example file. Its people are invented, and its domains are reserved for examples.
pub const EXAMPLE: &str = "\
email,firstname,name,company,city,def_language,new_loginname,diskspace,traffic,emails,email_imap,sendpassword\r
anna@example.com,Anna,Muster,,Köln,de,,2048,100,10,1,1\r
office@example.org,,,\"Example Ltd, Bakers\",Dublin,en,bakers,unlimited,500,25,1,0\r
";

/// A column of a file.
pub(super) struct Column {
    /// Name as the file has it.
    pub name: String,
    pub sets: Target,
}

/// Value that a column sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// This parameter of `add`.
    Parameter(String),
    /// The plan, by its name.
    Plan,
    /// Nothing: the column is ignored.
    Nothing,
}

impl Target {
    /// Returns whether this is the customer's password.
    pub fn is_password(&self) -> bool {
        matches!(self, Self::Parameter(name) if name == PASSWORD)
    }
}

impl Column {
    pub fn sets_nothing(&self) -> bool {
        self.sets == Target::Nothing
    }

    /// Returns whether validation errors of this parameter belong to this column.
    pub fn reports_errors_of(&self, parameter: &str) -> bool {
        self.parameter() == Some(parameter)
            || self.parameter().is_some_and(|own| parameter.strip_suffix("_ul") == Some(own))
    }

    fn parameter(&self) -> Option<&str> {
        match &self.sets {
            Target::Parameter(name) => Some(name),
            Target::Plan => Some(PLAN),
            Target::Nothing => None,
        }
    }
}

/// Returns the columns of a header row. Empty cells at its end are ignored.
///
/// # Errors
/// `csv-column-unnamed`, `csv-column-unknown`, `csv-column-twice` and `csv-column-missing`, by
/// column name.
pub(super) fn columns(head: &csv::StringRecord) -> Result<Vec<Column>, FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut columns: Vec<Column> = Vec::new();
    for (index, name) in head.iter().take(trimmed_len(head)).enumerate() {
        let name = name.trim();
        match find_target(name) {
            None if name.is_empty() => {
                errors.push(
                    "",
                    ValidationError::new(ErrorCode::CsvColumnUnnamed).with("number", index + 1),
                );
            }
            None => errors.push(name, ValidationError::new(ErrorCode::CsvColumnUnknown)),
            Some(sets) => {
                let column = Column { name: name.to_owned(), sets };
                if let Some(duplicate) = columns.iter().find(|earlier| {
                    column.parameter().is_some() && earlier.parameter() == column.parameter()
                }) {
                    errors.push(
                        name,
                        ValidationError::new(ErrorCode::CsvColumnTwice)
                            .with("other", &duplicate.name),
                    );
                }
                columns.push(column);
            }
        }
    }
    if !columns.iter().any(|column| column.parameter() == Some("email")) {
        errors.push("email", ValidationError::new(ErrorCode::CsvColumnMissing));
    }
    errors.into_result(columns)
}

/// Returns whether a column with this name exists.
pub(super) fn is_known(name: &str) -> bool {
    find_target(name.trim()).is_some()
}

/// Returns whether a column with this name holds passwords.
pub(super) fn is_password(name: &str) -> bool {
    find_target(name.trim()).is_some_and(|target| target.is_password())
}

/// Returns the target of a column name: a column of the export, a parameter of `add`, or an alias
/// of either. Case is ignored.
fn find_target(name: &str) -> Option<Target> {
    let lower = name.to_lowercase();
    exact_target(&lower).or_else(|| exact_target(aliases::find_column(name)?))
}

fn exact_target(name: &str) -> Option<Target> {
    if let Some(column) = COLUMNS.iter().find(|column| column.name == name) {
        return Some(match column.sets {
            ColumnTarget::Parameter(parameter) => Target::Parameter(parameter.to_owned()),
            ColumnTarget::Plan => Target::Plan,
            ColumnTarget::Nothing => Target::Nothing,
        });
    }
    is_parameter(name).then_some(Target::Parameter(name.to_owned()))
}

/// Returns whether `add` has a documented parameter with this name.
fn is_parameter(name: &str) -> bool {
    AddCustomer::parameters()
        .iter()
        .any(|parameter| parameter.name == name && parameter.visibility != Visibility::Hidden)
}

/// Returns the names of columns that set something, for help texts: those of the export, and
/// parameters that are not exported.
#[must_use]
pub fn documented_columns() -> Vec<&'static str> {
    COLUMNS
        .iter()
        .filter(|column| column.sets != ColumnTarget::Nothing)
        .map(|column| column.name.as_str())
        .chain(NOT_EXPORTED)
        .collect()
}
