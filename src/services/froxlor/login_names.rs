//! Login names. Here, only one account can have a login name, and names that differ only in case
//! are the same. In Froxlor, two accounts can have the same name. All names are therefore read
//! before the first account is written. The first account keeps its name, admins before customers;
//! the second gets another one.

use super::report::{Kind, Notes};
use super::values::quote;
use db::froxlor::Row;
use domain::login_name::{self, LoginName};
use std::collections::{HashMap, HashSet};

/// Maximum length of a name, in characters. A number can still be appended to it.
const MAX_LENGTH: usize = 56;
/// Reserved name: `/admins/new` and `/customers/new` are forms, so no account can have its page
/// there.
const RESERVED: &str = "new";

/// Login names that the import changes.
#[derive(Debug, Default)]
pub(super) struct LoginNames {
    changed: HashMap<(&'static str, i64), LoginName>,
}

impl LoginNames {
    /// Returns the login name that the account of this row has here.
    pub fn of(&self, row: &Row, notes: &mut Notes) -> LoginName {
        let old = row.text("loginname").trim();
        let Some(changed) = self.changed.get(&(row.table(), row.id())) else {
            return LoginName::stored(old.to_owned());
        };
        notes.note(Kind::LoginName, format!("{} is now {}", quote(old), quote(changed.as_str())));
        changed.clone()
    }
}

/// Returns the name with only the characters that Clientele's pages accept: letters, digits and
/// `-_.`, with a letter or digit at the beginning. Returns `user` and the id if nothing remains, or
/// if the name is reserved.
pub(super) fn make_usable(name: &str, id: i64) -> String {
    let kept: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        .collect();
    let kept = kept.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let kept = &kept[..kept.len().min(MAX_LENGTH)];
    if kept.is_empty() || kept.eq_ignore_ascii_case(RESERVED) {
        format!("user{id}")
    } else {
        kept.to_owned()
    }
}

/// Assigns a unique login name to every account. `accounts` are table, id and name. The first
/// account with a name keeps it, if it is usable.
pub(super) fn assign(accounts: &[(&'static str, i64, String)]) -> LoginNames {
    let wanted: HashSet<String> =
        accounts.iter().map(|(_, _, name)| login_name::key(name)).collect();
    let mut assigned = HashSet::with_capacity(accounts.len());
    let mut changed = HashMap::new();
    for (table, id, name) in accounts {
        let name = name.trim();
        let base = make_usable(name, *id);
        let is_free = |candidate: &str, assigned: &HashSet<String>| {
            let key = login_name::key(candidate);
            !assigned.contains(&key) && (candidate == name || !wanted.contains(&key))
        };
        let candidates =
            std::iter::once(base.clone()).chain((2_u64..).map(|n| format!("{base}{n}")));
        let own =
            candidates.into_iter().find(|candidate| is_free(candidate, &assigned)).unwrap_or(base);
        assigned.insert(login_name::key(&own));
        if own != name {
            changed.insert((*table, *id), LoginName::stored(own));
        }
    }
    LoginNames { changed }
}
