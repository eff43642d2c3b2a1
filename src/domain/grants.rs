//! What an admin may hand out to customers beside countable resources.

use super::customer::Profile;
use super::id::{MysqlServerId, PhpConfigId};
use super::resources::Services;
use serde::{Serialize, Serializer};

/// Things that an admin may hand out: every one, later ones included, or those that are named.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Grant<I> {
    /// Every one there is and will be.
    #[default]
    All,
    /// These alone, ascending.
    Only(Vec<I>),
}

/// The id that stands for every one where ids are listed, as in Froxlor's column `ip`.
pub const EVERY: i64 = -1;

impl<I: Copy + PartialEq> Grant<I> {
    /// Whether this one may be handed out.
    pub fn allows(&self, id: I) -> bool {
        match self {
            Self::All => true,
            Self::Only(ids) => ids.contains(&id),
        }
    }

    /// Those of `ids` that may not be handed out.
    pub fn missing(&self, ids: &[I]) -> Vec<I> {
        ids.iter().copied().filter(|id| !self.allows(*id)).collect()
    }

    /// From ids, [`EVERY`] among them or not.
    pub fn of(ids: &[i64], make: impl Fn(i64) -> I) -> Self {
        if ids.contains(&EVERY) {
            Self::All
        } else {
            Self::Only(ids.iter().copied().map(make).collect())
        }
    }

    /// The ids as they are listed; [`EVERY`] alone stands for every one.
    pub fn ids(&self, number: impl Fn(I) -> i64) -> Vec<i64> {
        match self {
            Self::All => vec![EVERY],
            Self::Only(ids) => ids.iter().copied().map(number).collect(),
        }
    }
}

/// As they are listed: ids, or [`EVERY`] alone.
impl<I: Copy + PartialEq + Into<i64>> Serialize for Grant<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.ids(Into::into).serialize(serializer)
    }
}

/// Everything that an admin may hand out beside countable resources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Grants {
    /// PHP configurations.
    #[serde(rename = "allowed_phpconfigs")]
    pub php_configs: Grant<PhpConfigId>,
    /// MySQL servers.
    #[serde(rename = "allowed_mysqlserver")]
    pub mysql_servers: Grant<MysqlServerId>,
    /// Shells of FTP users.
    #[serde(rename = "shell_allowed")]
    pub shell: bool,
    /// Perl and CGI.
    #[serde(rename = "perlenabled")]
    pub perl: bool,
}

/// What a profile holds that its owner was not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lack {
    /// PHP configurations.
    pub php_configs: Vec<PhpConfigId>,
    /// MySQL servers.
    pub mysql_servers: Vec<MysqlServerId>,
    /// Shells.
    pub shell: bool,
    /// Perl.
    pub perl: bool,
}

impl Grants {
    /// Everything.
    pub const ALL: Self =
        Self { php_configs: Grant::All, mysql_servers: Grant::All, shell: true, perl: true };

    /// Whether nothing is held back.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::ALL
    }

    /// What `after` holds beyond these grants; what `before` held already is left alone, as with
    /// limits.
    #[must_use]
    pub fn lack(&self, before: Option<&Profile>, after: &Profile) -> Lack {
        let mut mysql_servers = self.mysql_servers.missing(&after.mysql_servers);
        mysql_servers.retain(|id| !before.is_some_and(|before| before.mysql_servers.contains(id)));
        Lack {
            mysql_servers,
            shell: after.shell_allowed
                && !self.shell
                && !before.is_some_and(|before| before.shell_allowed),
            ..self.lack_of_services(before.map(|before| &before.services), &after.services)
        }
    }

    /// Likewise for what a plan gives.
    #[must_use]
    pub fn lack_of_services(&self, before: Option<&Services>, after: &Services) -> Lack {
        let mut php_configs = self.php_configs.missing(&after.php_configs);
        php_configs.retain(|id| !before.is_some_and(|before| before.php_configs.contains(id)));
        Lack {
            php_configs,
            perl: after.perl && !self.perl && !before.is_some_and(|before| before.perl),
            ..Lack::default()
        }
    }

    /// Where databases lie unless a server is named: on the default one, or on the first that was
    /// given.
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

impl Lack {
    /// Whether nothing is lacking.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_one_is_written_as_minus_one() {
        let all: Grant<i64> = Grant::of(&[-1, 3], |id| id);
        assert_eq!((all.clone(), all.ids(|id| id)), (Grant::All, vec![EVERY]));
        let some: Grant<i64> = Grant::of(&[1, 3], |id| id);
        assert_eq!(some.ids(|id| id), [1, 3]);
        assert_eq!((all.missing(&[7]), some.missing(&[1, 7])), (vec![], vec![7]));
        assert_eq!(Grant::<i64>::of(&[], |id| id), Grant::Only(vec![]));
    }
}
