//! The services that an admin can assign to customers, except countable resources.

use super::customer::Profile;
use super::id::{MysqlServerId, PhpConfigId};
use super::resources::Services;
use serde::{Serialize, Serializer};

/// The items that an admin can assign: all of them, including later ones, or a list.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Grant<I> {
    /// All items, including those that are added later.
    #[default]
    All,
    /// Only these items, ascending.
    Only(Vec<I>),
}

/// The id that stands for all items in a list of ids, as in Froxlor's column `ip`.
pub const ALL_IDS: i64 = -1;

impl<I: Copy + PartialEq> Grant<I> {
    /// Whether the item can be assigned.
    pub fn allows(&self, id: I) -> bool {
        match self {
            Self::All => true,
            Self::Only(ids) => ids.contains(&id),
        }
    }

    /// Returns the items of `ids` that cannot be assigned.
    pub fn missing(&self, ids: &[I]) -> Vec<I> {
        ids.iter().copied().filter(|id| !self.allows(*id)).collect()
    }

    /// Converts a list of ids, which may contain [`ALL_IDS`].
    pub fn of(ids: &[i64], to_id: impl Fn(i64) -> I) -> Self {
        if ids.contains(&ALL_IDS) {
            Self::All
        } else {
            Self::Only(ids.iter().copied().map(to_id).collect())
        }
    }

    /// Returns the list of ids, or [`ALL_IDS`] alone for all items.
    pub fn ids(&self, to_number: impl Fn(I) -> i64) -> Vec<i64> {
        match self {
            Self::All => vec![ALL_IDS],
            Self::Only(ids) => ids.iter().copied().map(to_number).collect(),
        }
    }
}

/// Serializes as a list of ids, or [`ALL_IDS`] alone for all items.
impl<I: Copy + PartialEq + Into<i64>> Serialize for Grant<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.ids(Into::into).serialize(serializer)
    }
}

/// All services that an admin can assign, except countable resources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Grants {
    #[serde(rename = "allowed_phpconfigs")]
    pub php_configs: Grant<PhpConfigId>,
    #[serde(rename = "allowed_mysqlserver")]
    pub mysql_servers: Grant<MysqlServerId>,
    /// Shells of FTP users.
    #[serde(rename = "shell_allowed")]
    pub shell: bool,
    /// Perl and CGI.
    #[serde(rename = "perlenabled")]
    pub perl: bool,
}

/// The services of a profile that its owner cannot assign.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MissingGrants {
    pub php_configs: Vec<PhpConfigId>,
    pub mysql_servers: Vec<MysqlServerId>,
    pub shell: bool,
    pub perl: bool,
}

impl Grants {
    pub const ALL: Self =
        Self { php_configs: Grant::All, mysql_servers: Grant::All, shell: true, perl: true };

    /// Returns the services in `after` that these grants do not include. As with limits, services
    /// that `before` already has are accepted.
    #[must_use]
    pub fn missing_for(&self, before: Option<&Profile>, after: &Profile) -> MissingGrants {
        let mut mysql_servers = self.mysql_servers.missing(&after.mysql_servers);
        mysql_servers.retain(|id| !before.is_some_and(|before| before.mysql_servers.contains(id)));
        MissingGrants {
            mysql_servers,
            shell: after.shell_allowed
                && !self.shell
                && !before.is_some_and(|before| before.shell_allowed),
            ..self.missing_for_services(before.map(|before| &before.services), &after.services)
        }
    }

    /// Returns the same as [`missing_for`](Self::missing_for), for the services that hosting plans
    /// contain.
    #[must_use]
    pub fn missing_for_services(
        &self,
        before: Option<&Services>,
        after: &Services,
    ) -> MissingGrants {
        let mut php_configs = self.php_configs.missing(&after.php_configs);
        php_configs.retain(|id| !before.is_some_and(|before| before.php_configs.contains(id)));
        MissingGrants {
            php_configs,
            perl: after.perl && !self.perl && !before.is_some_and(|before| before.perl),
            ..MissingGrants::default()
        }
    }

    /// Returns the MySQL servers of a customer if the request names none: the default server, or
    /// else the first server that can be assigned; empty if none can.
    #[must_use]
    pub fn default_servers(&self) -> Vec<MysqlServerId> {
        let default = MysqlServerId(0);
        match &self.mysql_servers {
            Grant::Only(ids) if !ids.contains(&default) => {
                ids.first().copied().into_iter().collect()
            }
            _ => vec![default],
        }
    }
}

impl MissingGrants {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customer::tests::empty_profile;
    use serde_json::{Value, json};

    #[test]
    fn all_items_are_written_as_minus_one() {
        let all: Grant<i64> = Grant::of(&[-1, 3], |id| id);
        assert_eq!((all.clone(), all.ids(|id| id)), (Grant::All, vec![ALL_IDS]));
        let some: Grant<i64> = Grant::of(&[1, 3], |id| id);
        assert_eq!(some.ids(|id| id), [1, 3]);
        assert_eq!((all.missing(&[7]), some.missing(&[1, 7])), (vec![], vec![7]));
        assert_eq!(Grant::<i64>::of(&[], |id| id), Grant::Only(vec![]));
    }

    /// Returns a profile with these PHP configurations, MySQL servers, shell access and Perl.
    fn profile(php_configs: &[i64], mysql_servers: &[i64], shell: bool, perl: bool) -> Profile {
        let php_configs = php_configs.iter().copied().map(PhpConfigId).collect();
        Profile {
            shell_allowed: shell,
            services: Services { perl, php_configs, ..Services::NONE },
            mysql_servers: mysql_servers.iter().copied().map(MysqlServerId).collect(),
            ..empty_profile()
        }
    }

    fn grants(php_configs: &[i64], mysql_servers: &[i64], shell: bool, perl: bool) -> Grants {
        Grants {
            php_configs: Grant::of(php_configs, PhpConfigId),
            mysql_servers: Grant::of(mysql_servers, MysqlServerId),
            shell,
            perl,
        }
    }

    #[test]
    fn grants_are_serialized_as_lists_of_ids() {
        for (grants, expected) in [
            (Grants::ALL, json!([[-1], [-1], true, true])),
            (grants(&[], &[0, 4], false, true), json!([[], [0, 4], false, true])),
        ] {
            let written = serde_json::to_value(grants).unwrap();
            let names =
                ["allowed_phpconfigs", "allowed_mysqlserver", "shell_allowed", "perlenabled"];
            assert_eq!(Value::from(names.map(|name| written[name].clone()).to_vec()), expected);
        }
    }

    #[test]
    fn services_are_missing_unless_granted_or_present_before() {
        let none = || profile(&[], &[], false, false);
        let all = || profile(&[1, 2], &[0, 4], true, true);
        let everything = || (vec![1, 2], vec![0, 4], true, true);
        let nothing = || (vec![], vec![], false, false);
        for (grants, before, after, expected) in [
            (Grants::ALL, None, all(), nothing()),
            (grants(&[], &[], false, false), None, none(), nothing()),
            (grants(&[], &[], false, false), None, all(), everything()),
            (grants(&[], &[], false, false), Some(none()), all(), everything()),
            (grants(&[], &[], false, false), Some(all()), all(), nothing()),
            (grants(&[], &[], false, false), Some(all()), none(), nothing()),
            (grants(&[1], &[4], true, false), None, all(), (vec![2], vec![0], false, true)),
            (grants(&[1], &[4], false, true), None, all(), (vec![2], vec![0], true, false)),
            (
                grants(&[], &[], false, false),
                Some(profile(&[2], &[0], true, false)),
                all(),
                (vec![1], vec![4], false, true),
            ),
            (
                grants(&[], &[], false, false),
                Some(profile(&[1], &[4], false, true)),
                all(),
                (vec![2], vec![0], true, false),
            ),
            (
                grants(&[1], &[4], false, false),
                Some(profile(&[2], &[0], true, true)),
                all(),
                nothing(),
            ),
        ] {
            let found = grants.missing_for(before.as_ref(), &after);
            let expected = MissingGrants {
                php_configs: expected.0.into_iter().map(PhpConfigId).collect(),
                mysql_servers: expected.1.into_iter().map(MysqlServerId).collect(),
                shell: expected.2,
                perl: expected.3,
            };
            let case = format!("{grants:?} {before:?}");
            assert_eq!(found, expected, "{case}");
            assert_eq!(found.is_empty(), expected == MissingGrants::default(), "{case}");
            let before = before.as_ref().map(|before| &before.services);
            assert_eq!(
                grants.missing_for_services(before, &after.services),
                MissingGrants { mysql_servers: Vec::new(), shell: false, ..expected },
                "{case}"
            );
        }
    }

    #[test]
    fn the_default_server_is_preferred_to_the_first_one() {
        for (granted, expected) in
            [(&[-1][..], &[0][..]), (&[0, 4], &[0]), (&[4, 0], &[0]), (&[4, 7], &[4]), (&[], &[])]
        {
            let servers = grants(&[], granted, false, false).default_servers();
            assert_eq!(servers.into_iter().map(i64::from).collect::<Vec<_>>(), expected);
        }
    }
}
