//! UNIX ids. Two customers must not have the same one, because it owns their files.

use super::report::{Kind, Notes};
use super::{Import, ImportError};
use db::counters::{self, Counter};
use std::collections::HashSet;

/// Largest possible UNIX id.
const LARGEST: i64 = 2_147_483_647;
/// Number of ids that must remain after the id from which the numbering continues.
const RESERVE: i64 = 1_000_000;

/// Returns the UNIX id if the numbering can continue after it, otherwise 0. A customer with an id
/// near [`LARGEST`] keeps it, but new customers get lower ids: MySQL stores the largest possible
/// number instead of a larger one.
pub(super) fn start_of_numbering(id: i64) -> i64 {
    if id <= LARGEST - RESERVE { id } else { 0 }
}

/// UNIX ids that are in use.
#[derive(Debug, Default)]
pub(super) struct Guids(HashSet<i64>);

impl Guids {
    /// Marks the UNIX id of an existing customer as used.
    pub fn add(&mut self, guid: i64) {
        self.0.insert(guid);
    }
}

impl Import<'_> {
    /// Sets the next new UNIX id: after the last assigned one and after `largest`, the largest
    /// imported one that the numbering can continue after.
    pub(super) async fn init_guids(&mut self, largest: i64) -> Result<(), ImportError> {
        let last = counters::last(self.cmd.tx, Counter::Guid).await?;
        self.next_guid = largest.max(last) + 1;
        Ok(())
    }

    /// Returns the customer's UNIX id in Froxlor, or a new one if that id is invalid or in use.
    /// Marks the returned id as used.
    pub(super) fn assign_guid(&mut self, guids: &mut Guids, old: i64, notes: &mut Notes) -> i64 {
        if (1..=LARGEST).contains(&old) && guids.0.insert(old) {
            return old;
        }
        let new = self.next_guid;
        self.next_guid += 1;
        guids.0.insert(new);
        notes.note(Kind::Guid, format!("{old} is now {new}"));
        new
    }

    /// Continues the numbering of customers after the imported ones.
    pub(super) async fn continue_numbering(&mut self) -> Result<(), ImportError> {
        let (_, account) = self.last_numbers;
        counters::advance(self.cmd.tx, Counter::Guid, self.next_guid - 1).await?;
        counters::advance(self.cmd.tx, Counter::AccountNumber, account).await?;
        Ok(())
    }
}
