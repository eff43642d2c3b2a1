//! UNIX ids. Two customers must not have the same one, because it owns their files.

use super::report::{Kind, Notes};
use super::{Import, ImportError};
use db::counters::{self, Counter};
use std::collections::HashSet;

/// Largest possible UNIX id.
const LARGEST: i64 = 2_147_483_647;

/// UNIX ids that are taken.
#[derive(Debug, Default)]
pub(super) struct Guids(HashSet<i64>);

impl Guids {
    /// Marks the UNIX id of an existing customer as taken.
    pub fn note(&mut self, guid: i64) {
        self.0.insert(guid);
    }
}

impl Import<'_> {
    /// Starts new ids after the largest existing or imported id.
    pub(super) async fn init_guids(&mut self, largest: i64) -> Result<(), ImportError> {
        let ours = counters::last(self.cmd.tx, Counter::Guid).await?;
        self.next_guid = largest.min(LARGEST).max(ours) + 1;
        Ok(())
    }

    /// Returns the customer's UNIX id in Froxlor, or a new one if that id is invalid or taken.
    pub(super) fn guid(&mut self, guids: &mut Guids, old: i64, notes: &mut Notes) -> i64 {
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
