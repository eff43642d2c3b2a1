//! Actors: the accounts on whose behalf services run. A service takes an actor as its argument, and
//! the type is the permission: only this crate creates actors.

use crate::password::PasswordCheck;
use domain::account::Language;
use domain::id::{AdminId, CustomerId, LoginId};
use domain::password_stamp::PasswordStamp;
use domain::scope::{Rank, Scope};

/// An admin or reseller.
#[derive(Clone, Debug)]
pub struct Manager {
    pub(crate) id: AdminId,
    pub(crate) login: LoginId,
    pub(crate) login_name: String,
    pub(crate) sees_all: bool,
    pub(crate) changes_settings: bool,
    pub(crate) language: Language,
}

impl Manager {
    /// Returns the customers that the account sees.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        if self.sees_all { Scope::All } else { Scope::OwnedBy(self.id) }
    }

    /// Whether the account sees every customer (`customers_see_all`).
    #[must_use]
    pub const fn sees_all(&self) -> bool {
        self.sees_all
    }

    #[must_use]
    pub const fn rank(&self) -> Rank {
        match (self.changes_settings, self.sees_all) {
            (true, _) => Rank::ServerAdmin,
            (false, true) => Rank::Admin,
            (false, false) => Rank::Reseller,
        }
    }

    /// Returns the account as a server admin, if it has `change_serversettings`.
    #[must_use]
    pub fn as_server_admin(&self) -> Option<ServerAdmin> {
        self.changes_settings.then(|| ServerAdmin(self.clone()))
    }
}

/// An admin with `change_serversettings`, who can manage admins and settings and move customers.
#[derive(Clone, Debug)]
pub struct ServerAdmin(Manager);

impl ServerAdmin {
    /// Returns the same account as a manager of customers.
    #[must_use]
    pub const fn manager(&self) -> &Manager {
        &self.0
    }
}

/// A customer on whose own account a service runs.
#[derive(Clone, Debug)]
pub struct CustomerSelf {
    pub(crate) id: CustomerId,
    pub(crate) login: LoginId,
    pub(crate) login_name: String,
    pub(crate) language: Language,
}

/// Defines the accessors that managers and customers have.
macro_rules! accessors {
    ($($Actor:ident: $Id:ty),+) => {$(
        impl $Actor {
            #[must_use]
            pub const fn id(&self) -> $Id {
                self.id
            }

            #[must_use]
            pub const fn login(&self) -> LoginId {
                self.login
            }

            #[must_use]
            pub fn login_name(&self) -> &str {
                &self.login_name
            }

            /// Returns the language of the panel and of emails.
            #[must_use]
            pub const fn language(&self) -> Language {
                self.language
            }
        }
    )+};
}

accessors! { Manager: AdminId, CustomerSelf: CustomerId }

/// Proof that the account's password was entered for this request. A session or an API key is
/// weaker evidence, since it can be stolen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reauthenticated {
    login: LoginId,
    stamp: PasswordStamp,
}

impl Reauthenticated {
    /// Returns the proof, if the account exists and the password was right.
    #[must_use]
    pub fn from_check(check: &PasswordCheck) -> Option<Self> {
        let (login, stamp) = check.verified_account()?;
        Some(Self { login, stamp: stamp.clone() })
    }

    #[must_use]
    pub const fn login(&self) -> LoginId {
        self.login
    }

    /// Returns the stamp of the password that was entered.
    #[must_use]
    pub const fn stamp(&self) -> &PasswordStamp {
        &self.stamp
    }
}

/// An account on whose behalf a service runs.
#[derive(Clone, Debug)]
pub enum Actor {
    Manager(Manager),
    Customer(CustomerSelf),
}

impl Actor {
    #[must_use]
    pub const fn login(&self) -> LoginId {
        match self {
            Self::Manager(manager) => manager.login,
            Self::Customer(customer) => customer.login,
        }
    }

    #[must_use]
    pub fn login_name(&self) -> &str {
        match self {
            Self::Manager(manager) => &manager.login_name,
            Self::Customer(customer) => &customer.login_name,
        }
    }

    /// Returns the language of the panel and of emails.
    #[must_use]
    pub const fn language(&self) -> Language {
        match self {
            Self::Manager(manager) => manager.language,
            Self::Customer(customer) => customer.language,
        }
    }

    /// Returns the customers that the account sees.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        match self {
            Self::Manager(manager) => manager.scope(),
            Self::Customer(customer) => Scope::Only(customer.id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manager(sees_all: bool, changes_settings: bool) -> Manager {
        Manager {
            id: AdminId(3),
            login: LoginId(5),
            login_name: "desk".to_owned(),
            sees_all,
            changes_settings,
            language: Language::De,
        }
    }

    #[test]
    fn the_permissions_of_a_manager_decide_scope_and_rank() {
        for (sees_all, changes_settings, scope, rank) in [
            (false, false, Scope::OwnedBy(AdminId(3)), Rank::Reseller),
            (true, false, Scope::All, Rank::Admin),
            (true, true, Scope::All, Rank::ServerAdmin),
            (false, true, Scope::OwnedBy(AdminId(3)), Rank::ServerAdmin),
        ] {
            let manager = manager(sees_all, changes_settings);
            assert_eq!((manager.sees_all(), manager.scope()), (sees_all, scope));
            assert_eq!(Actor::Manager(manager.clone()).scope(), scope);
            assert_eq!(manager.rank(), rank);
            let server_admin = manager.as_server_admin();
            assert_eq!(
                server_admin.as_ref().map(|admin| admin.manager().id()),
                changes_settings.then_some(AdminId(3))
            );
        }
    }

    #[test]
    fn an_actor_is_its_account() {
        let customer = CustomerSelf {
            id: CustomerId(4),
            login: LoginId(6),
            login_name: "kunde".to_owned(),
            language: Language::De,
        };
        assert_eq!((customer.id(), customer.login()), (CustomerId(4), LoginId(6)));
        assert_eq!((customer.login_name(), customer.language()), ("kunde", Language::De));
        let manager = manager(true, true);
        assert_eq!((manager.id(), manager.login()), (AdminId(3), LoginId(5)));
        assert_eq!((manager.login_name(), manager.language()), ("desk", Language::De));
        for (actor, login, login_name, scope) in [
            (Actor::Manager(manager), LoginId(5), "desk", Scope::All),
            (Actor::Customer(customer), LoginId(6), "kunde", Scope::Only(CustomerId(4))),
        ] {
            assert_eq!((actor.login(), actor.login_name()), (login, login_name));
            assert_eq!((actor.language(), actor.scope()), (Language::De, scope));
        }
    }
}
