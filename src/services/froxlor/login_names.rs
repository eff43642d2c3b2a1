//! Who is called what. A name belongs to one account here, whatever its case and kind; there it
//! could be two. So all names are looked at before anybody is written: the first keeps his name,
//! admins first, and another one is made for the second.

use super::report::{Kind, Notes};
use super::values::shown;
use db::froxlor::Row;
use domain::login_name::{self, LoginName};
use std::collections::{HashMap, HashSet};

/// The longest name, with room for a number behind it.
const LONGEST: usize = 56;
/// Would be hidden behind the address of the form for new ones.
const HIDDEN: &str = "new";

/// Names that are not what they were.
#[derive(Debug, Default)]
pub(super) struct LoginNames {
    changed: HashMap<(&'static str, i64), LoginName>,
}

impl LoginNames {
    /// What he is called here.
    pub fn of(&self, row: &Row, notes: &mut Notes) -> LoginName {
        let old = row.text("loginname").trim();
        let Some(changed) = self.changed.get(&(row.table(), row.id())) else {
            return LoginName::stored(old.to_owned());
        };
        notes.note(Kind::LoginName, format!("{} is now {}", shown(old), shown(changed.as_str())));
        changed.clone()
    }
}

/// The name as our pages can live with it: letters, digits and `-_.`, a letter or digit first.
pub(super) fn usable(name: &str, id: i64) -> String {
    let kept: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        .collect();
    let kept = kept.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let kept = &kept[..kept.len().min(LONGEST)];
    if kept.is_empty() || kept.eq_ignore_ascii_case(HIDDEN) {
        format!("user{id}")
    } else {
        kept.to_owned()
    }
}

/// Gives everybody a name of his own. `accounts` are table, id and name, in the order of who keeps
/// his.
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
