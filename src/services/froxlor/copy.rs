//! Rows that are copied: which of them are new, here already, twice there, or in somebody's way.

use super::report::{Kind, Notes};
use super::{Import, Stop};
use db::takeover::{self, Copied, There};
use domain::resources::Resource;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};

/// A row that is ready to be written.
pub(super) struct Draft<T> {
    pub id: i64,
    /// What it is known by.
    pub key: String,
    /// What the column of the key holds, where that is not all of it.
    pub column: Option<String>,
    pub row: T,
    pub notes: Notes,
    /// Whose it is, and what it takes of what he may have.
    pub takes: Option<(i64, &'static [Resource], u64)>,
}

/// The keys of a table that came by, as digests: there may be millions. Case does not tell keys
/// apart.
#[derive(Default)]
pub(super) struct Seen {
    digests: HashSet<u64>,
    state: RandomState,
}

impl Seen {
    /// Whether it comes by for the first time.
    pub fn first(&mut self, key: &str) -> bool {
        self.digests.insert(self.state.hash_one(key.to_lowercase()))
    }
}

impl Import<'_> {
    /// Writes what is new. Gives the ids of the new rows, and of those that are here, new or not.
    pub(super) async fn copy<T: Copied>(
        &mut self,
        table: &'static str,
        drafts: Vec<Draft<T>>,
        seen: &mut Seen,
    ) -> Result<(Vec<i64>, Vec<i64>), Stop> {
        let ids: Vec<i64> = drafts.iter().map(|draft| draft.id).collect();
        let keys: Vec<String> = drafts
            .iter()
            .map(|draft| draft.column.clone().unwrap_or_else(|| draft.key.clone()))
            .collect();
        let there = takeover::rows::<T>(self.cmd.tx, &ids, &keys).await?;
        let by_id: HashMap<i64, &There> = there.iter().map(|there| (there.id, there)).collect();
        let by_key: HashMap<String, i64> =
            there.iter().map(|there| (there.key.to_lowercase(), there.id)).collect();
        let (mut rows, mut new, mut here) = (Vec::new(), Vec::new(), Vec::new());
        for draft in drafts {
            let key = draft.key.to_lowercase();
            let told =
                |key: &str| if T::KEY_IS_SECRET { "the key".to_owned() } else { key.to_owned() };
            if T::KEY_IS_UNIQUE && !seen.first(&key) {
                self.report.skip(table, draft.id, Kind::Duplicate, told(&draft.key));
            } else if let Some(other) = by_id.get(&draft.id) {
                if other.key.to_lowercase() == key {
                    self.report.counts(table).there += 1;
                    here.push(draft.id);
                } else {
                    self.report.conflict(
                        table,
                        draft.id,
                        format!("this id is that of {} here", told(&other.key)),
                    );
                }
            } else if T::KEY_IS_UNIQUE
                && let Some(other) = by_key.get(&key)
            {
                self.report.conflict(
                    table,
                    draft.id,
                    format!("{} is here already, with the id {other}", told(&draft.key)),
                );
            } else {
                self.report.counts(table).new += 1;
                self.report.take(table, draft.id, draft.notes);
                if let Some((customer, resources, n)) = draft.takes
                    && let Some(known) = self.customers.get_mut(&customer)
                {
                    for resource in resources {
                        known.more[*resource] += n;
                    }
                }
                new.push(draft.id);
                here.push(draft.id);
                rows.push(draft.row);
            }
        }
        takeover::insert(self.cmd.tx, rows).await?;
        Ok((new, here))
    }
}
