//! UNIX ids: nobody's files may be somebody else's.

use super::report::{Kind, Notes};
use super::{Import, Stop};
use db::bulk;
use db::counters::Counter;
use std::collections::HashSet;

/// Ids beyond this are none.
const LARGEST: i64 = 2_147_483_647;

/// UNIX ids that were given out with this import.
#[derive(Debug, Default)]
pub(super) struct Guids(HashSet<i64>);

impl Guids {
    /// Somebody who is here already has it.
    pub fn note(&mut self, guid: i64) {
        self.0.insert(guid);
    }
}

impl Import<'_> {
    /// New ids begin behind every id there is.
    pub(super) async fn begin_guids(&mut self, largest: i64) -> Result<(), Stop> {
        let ours = bulk::last_number(self.cmd.tx, Counter::Guid).await?;
        self.next_guid = largest.min(LARGEST).max(ours) + 1;
        Ok(())
    }

    /// His id, or a new one where it is none or somebody else's there.
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

    /// New customers are numbered after all that came over.
    pub(super) async fn numbers_go_on(&mut self) -> Result<(), Stop> {
        let (_, account) = self.last_numbers;
        bulk::number_from(self.cmd.tx, Counter::Guid, self.next_guid - 1).await?;
        bulk::number_from(self.cmd.tx, Counter::AccountNumber, account).await?;
        Ok(())
    }
}
