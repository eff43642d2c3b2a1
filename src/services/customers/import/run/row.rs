//! The row of a run: its options, and its change to another state.

use super::state::RunState;
use crate::customers::import::{Options, TextEncoding};
use db::import_runs::StateChange;
use domain::import_run::ImportRun;
use jiff::{SignedDuration, Timestamp};

/// Time after which a run that the worker has not processed is deleted: a day longer than jobs are
/// retried.
pub(super) const WORK_PERIOD: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Returns the options of the import.
#[must_use]
pub fn options(row: &ImportRun) -> Options {
    Options {
        send_passwords: row.send_passwords,
        encoding: row.encoding.as_deref().and_then(TextEncoding::parse),
    }
}

/// Returns the change from the run's current state to another.
pub(super) fn state_change(row: &ImportRun, to: RunState, expires: Timestamp) -> StateChange<'_> {
    StateChange {
        from: &row.state,
        encoding: row.encoding.as_deref(),
        to: to.code(),
        report: None,
        is_final: false,
        expires,
    }
}
