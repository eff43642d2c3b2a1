//! Copies rows. Decides whether a row is new, exists already, is a duplicate, or is a conflict.

use super::report::{Kind, Notes};
use super::{Import, ImportError};
use db::panel_import::{self, CopiedRow, ExistingRow};
use domain::resources::Resource;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};

/// A row that is ready to be written.
pub(super) struct Draft<T> {
    pub id: i64,
    /// Text that identifies the row.
    pub key: String,
    /// Content of the key's column, if it is not the whole key.
    pub column: Option<String>,
    pub row: T,
    pub notes: Notes,
    /// Usage that the row adds: customer id, resources, amount.
    pub usage: Option<(i64, &'static [Resource], u64)>,
}

/// Keys that were read from a table. They are kept as digests, because there may be millions. Keys
/// that differ only in case are equal.
#[derive(Default)]
pub(super) struct SeenKeys {
    digests: HashSet<u64>,
    state: RandomState,
}

impl SeenKeys {
    /// Adds a key. Returns whether it is new.
    pub fn insert(&mut self, key: &str) -> bool {
        self.digests.insert(self.state.hash_one(key.to_lowercase()))
    }
}

impl Import<'_> {
    /// Writes the new rows. Returns the ids of the new rows, and the ids of all drafts whose rows
    /// exist here now.
    pub(super) async fn copy<T: CopiedRow>(
        &mut self,
        table: &'static str,
        drafts: Vec<Draft<T>>,
        seen: &mut SeenKeys,
    ) -> Result<(Vec<i64>, Vec<i64>), ImportError> {
        let ids: Vec<i64> = drafts.iter().map(|draft| draft.id).collect();
        let keys: Vec<String> = drafts
            .iter()
            .map(|draft| draft.column.clone().unwrap_or_else(|| draft.key.clone()))
            .collect();
        let existing = panel_import::rows::<T>(self.cmd.tx, &ids, &keys).await?;
        let by_id: HashMap<i64, &ExistingRow> = existing.iter().map(|row| (row.id, row)).collect();
        let by_key: HashMap<String, i64> =
            existing.iter().map(|row| (row.key.to_lowercase(), row.id)).collect();
        let (mut rows, mut new, mut here) = (Vec::new(), Vec::new(), Vec::new());
        for draft in drafts {
            let key = draft.key.to_lowercase();
            let describe =
                |key: &str| if T::KEY_IS_SECRET { "the key".to_owned() } else { key.to_owned() };
            if T::KEY_IS_UNIQUE && !seen.insert(&key) {
                self.report.skip(table, draft.id, Kind::Duplicate, describe(&draft.key));
            } else if let Some(other) = by_id.get(&draft.id) {
                if other.key.to_lowercase() == key {
                    self.report.counts(table).existing += 1;
                    here.push(draft.id);
                } else {
                    self.report.add_conflict(
                        table,
                        draft.id,
                        format!("this id belongs to {} here", describe(&other.key)),
                    );
                }
            } else if T::KEY_IS_UNIQUE
                && let Some(other) = by_key.get(&key)
            {
                self.report.add_conflict(
                    table,
                    draft.id,
                    format!("{} is here already, with the id {other}", describe(&draft.key)),
                );
            } else {
                self.report.counts(table).new += 1;
                self.report.add_notes(table, draft.id, draft.notes);
                if let Some((customer, resources, n)) = draft.usage
                    && let Some(known) = self.customers.get_mut(&customer)
                {
                    for resource in resources {
                        known.added_usage[*resource] += n;
                    }
                }
                new.push(draft.id);
                here.push(draft.id);
                rows.push(draft.row);
            }
        }
        panel_import::insert(self.cmd.tx, rows).await?;
        Ok((new, here))
    }
}
