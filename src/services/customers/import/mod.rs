//! `customers import`: many customers from one file of comma-separated values; all of them or none.
//!
//! A door reads the file ([`Sheet::read`]), shows what would come of it ([`preview`], in a transaction that is undone), and
//! once somebody has seen that, prepares ([`prepare`], which hashes the passwords before any transaction is open) and adds
//! ([`add_all`], in one transaction). Between the two looks the panel keeps the file sealed ([`keep`], [`kept`]).
//!
//! The rules are those of [`super::add`]: each row is read by the parser of every door, and the preview adds the customers
//! for real before it undoes it all. So no fault can be known to one of them and not to the other.

mod file;
mod head;
mod keep;
mod plans;
mod rows;
#[cfg(test)]
mod tests;

pub use file::{MAX_BYTES, MAX_ROWS, Sheet};
pub use head::{EXAMPLE, parameters};
pub use keep::{Kept, forget, keep, kept};

use super::add::{self, NewCustomer};
use crate::domain::actor::Manager;
use crate::domain::fault::{Fault, FieldFaults};
use crate::services::{Command, Env, Outcome, ServiceError, View};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use std::num::NonZero;

/// What somebody says beside the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Mail the password to each customer of whom the file does not say whether to.
    pub send_passwords: bool,
}

/// What would come of an import.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The rows of the file, in its order.
    pub rows: Vec<PreviewRow>,
    /// Columns that tell what cannot be set; they are passed over.
    pub ignored: Vec<String>,
}

/// A row of the file, and what is wrong with it. There is no password in here.
#[derive(Clone, Debug)]
pub struct PreviewRow {
    /// Its number in the file, as a spreadsheet counts: the head is row 1.
    pub number: u64,
    /// The login name that it asks for; none for the next free number.
    pub login_name: Option<String>,
    /// How a list will call the customer.
    pub name: String,
    /// His mail address, as the file has it.
    pub email: String,
    /// Name of the plan he gets.
    pub plan: Option<String>,
    /// What becomes of his password.
    pub password: PasswordOutcome,
    /// What is wrong, by the columns' names in the file; under no name what belongs to none.
    pub faults: FieldFaults,
}

/// What becomes of a new customer's password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordOutcome {
    /// It is mailed to him, typed or generated.
    Mailed,
    /// It is in the file, and whoever has the file passes it on.
    Typed,
    /// It is generated and told to nobody: somebody has to set another.
    Unknown,
}

impl Preview {
    /// How many rows have faults.
    #[must_use]
    pub fn faulty(&self) -> usize {
        self.rows.iter().filter(|row| !row.faults.is_empty()).count()
    }

    /// For how many this becomes of the password.
    #[must_use]
    pub fn passwords(&self, outcome: PasswordOutcome) -> usize {
        self.rows.iter().filter(|row| row.password == outcome).count()
    }
}

/// Finds every fault of every row. It adds all customers that can be added; the transaction of `cmd` must be undone
/// afterwards ([`App::trial`](crate::app::App::trial)). So each row also counts against the owner's allowance what the rows
/// before it take.
///
/// # Errors
/// The database's.
pub async fn preview(cmd: Command<'_>, by: &Manager, sheet: &Sheet, options: Options) -> Outcome<Preview> {
    let mut rows = rows::read(cmd.env, cmd.view(), by, sheet, options).await?;
    for row in &mut rows {
        let Some(new) = row.ready().map(add::Checked::on_trial) else { continue };
        let added = cmd.tx.attempt(async |tx| add::add(Command { tx, ..cmd }, by, &new).await).await;
        match added.map(|_| ()) {
            Ok(()) => {}
            Err(ServiceError::Invalid(faults)) => row.faults.merge(faults),
            Err(ServiceError::Exhausted(fault) | ServiceError::Refused(fault)) => row.faults.push("", fault),
            Err(error) => return Err(error),
        }
    }
    Ok(Preview { ignored: sheet.ignored(), rows: rows.into_iter().map(|row| row.shown(sheet)).collect() })
}

/// Customers that are ready to be added, in the order of the file: read, and their passwords hashed or made, several at a
/// time, but no more than there are cores: somebody who signs in meanwhile waits for one hash and not for a thousand.
///
/// # Errors
/// [`ServiceError::Refused`] with `import-faulty` when a row has faults; [`preview`] tells which. Or that hashing failed.
pub async fn prepare(env: &Env, view: View<'_>, by: &Manager, sheet: &Sheet, options: Options) -> Outcome<Vec<NewCustomer>> {
    let rows = rows::read(env, view, by, sheet, options).await?;
    let faulty = || ServiceError::Refused(Fault::new("import-faulty"));
    let ready: Vec<_> = rows.into_iter().map(|row| row.into_ready().ok_or_else(faulty)).collect::<Outcome<_>>()?;
    let at_a_time = std::thread::available_parallelism().map_or(1, NonZero::get);
    stream::iter(ready).map(|row| row.hashed(env, view.settings)).buffered(at_a_time).try_collect().await
}

/// Adds them, each as `add` does: with his audit row and his jobs. All or none.
///
/// # Errors
/// Those of the first that cannot be added.
pub async fn add_all(cmd: Command<'_>, by: &Manager, customers: &[NewCustomer]) -> Outcome<usize> {
    for new in customers {
        add::add(cmd, by, new).await?;
    }
    Ok(customers.len())
}
