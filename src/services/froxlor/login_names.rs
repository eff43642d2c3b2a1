//! Login names. Here, a login name belongs to one account, whatever its case and type; in Froxlor,
//! two accounts can have it. All names are therefore read before the first account is written. The
//! first account keeps its name, admins before customers; the second gets another one.

use super::report::{Kind, Notes};
use super::values::shown;
use db::froxlor::Row;
use domain::login_name::{self, LoginName};
use std::collections::{HashMap, HashSet};

/// Maximum length of a name. Leaves space for a number after it.
const LONGEST: usize = 56;
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
        notes.note(Kind::LoginName, format!("{} is now {}", shown(old), shown(changed.as_str())));
        changed.clone()
    }
}

/// Returns the name with the characters that our pages accept: letters, digits and `-_.`. It begins
/// with a letter or digit.
pub(super) fn usable(name: &str, id: i64) -> String {
    let kept: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        .collect();
    let kept = kept.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let kept = &kept[..kept.len().min(LONGEST)];
    if kept.is_empty() || kept.eq_ignore_ascii_case(RESERVED) {
        format!("user{id}")
    } else {
        kept.to_owned()
    }
}

/// Gives every account a login name of its own. `accounts` are table, id and name; the first
/// account with a name keeps it.
pub(super) fn assign(accounts: &[(&'static str, i64, String)]) -> LoginNames {
    let wanted: HashSet<String> =
        accounts.iter().map(|(_, _, name)| login_name::key(name)).collect();
    let mut given = HashSet::with_capacity(accounts.len());
    let mut changed = HashMap::new();
    for (table, id, name) in accounts {
        let name = name.trim();
        let base = usable(name, *id);
        let free = |candidate: &str, given: &HashSet<String>| {
            let key = login_name::key(candidate);
            !given.contains(&key) && (candidate == name || !wanted.contains(&key))
        };
        let candidates =
            std::iter::once(base.clone()).chain((2_u64..).map(|n| format!("{base}{n}")));
        let own = candidates.into_iter().find(|candidate| free(candidate, &given)).unwrap_or(base);
        given.insert(login_name::key(&own));
        if own != name {
            changed.insert((*table, *id), LoginName::stored(own));
        }
    }
    LoginNames { changed }
}
