//! Who acts. The signature of a service is its permission: only this crate makes these, so holding
//! one is the proof.

use crate::password::Checked;
use domain::account::Language;
use domain::id::{AdminId, CustomerId, LoginId};
use domain::password_stamp::PasswordStamp;
use domain::scope::{Rank, Scope};

/// Any admin account that may act: admin or reseller.
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
    /// Which customers the account sees.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        if self.sees_all { Scope::All } else { Scope::OwnedBy(self.id) }
    }

    /// Whether the admin sees every customer.
    #[must_use]
    pub const fn sees_all(&self) -> bool {
        self.sees_all
    }

    /// Their rank.
    #[must_use]
    pub const fn rank(&self) -> Rank {
        match (self.changes_settings, self.sees_all) {
            (true, _) => Rank::ServerAdmin,
            (false, true) => Rank::Admin,
            (false, false) => Rank::Reseller,
        }
    }

    /// The proof that the admin may change the server's settings, if that is so.
    #[must_use]
    pub fn as_server_admin(&self) -> Option<ServerAdmin> {
        self.changes_settings.then(|| ServerAdmin(self.clone()))
    }
}

/// An admin with `change_serversettings`, who manages admins and settings and moves customers.
#[derive(Clone, Debug)]
pub struct ServerAdmin(Manager);

impl ServerAdmin {
    /// The same person as manager of customers.
    #[must_use]
    pub const fn manager(&self) -> &Manager {
        &self.0
    }
}

/// A signed-in customer.
#[derive(Clone, Debug)]
pub struct CustomerSelf {
    pub(crate) id: CustomerId,
    pub(crate) login: LoginId,
    pub(crate) login_name: String,
    pub(crate) language: Language,
}

/// Writes the accessors that every kind of account has.
macro_rules! accessors {
    ($($Actor:ident: $Id:ty),+) => {$(
        impl $Actor {
            /// The id of the account.
            #[must_use]
            pub const fn id(&self) -> $Id {
                self.id
            }

            /// The login of the account.
            #[must_use]
            pub const fn login(&self) -> LoginId {
                self.login
            }

            /// The login name of the account.
            #[must_use]
            pub fn login_name(&self) -> &str {
                &self.login_name
            }

            /// The language of panel and mails.
            #[must_use]
            pub const fn language(&self) -> Language {
                self.language
            }
        }
    )+};
}

accessors! { Manager: AdminId, CustomerSelf: CustomerId }

/// Proof that somebody has shown their password for this very request. A session or an API key can
/// be stolen and proves less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reauthenticated {
    login: LoginId,
    stamp: PasswordStamp,
}

impl Reauthenticated {
    /// The proof that an account's password was shown, if it was the right one.
    #[must_use]
    pub fn of(checked: &Checked) -> Option<Self> {
        let (login, stamp) = checked.right()?;
        Some(Self { login, stamp: stamp.clone() })
    }

    /// The account.
    #[must_use]
    pub const fn login(&self) -> LoginId {
        self.login
    }

    /// The stamp of the password that was shown.
    #[must_use]
    pub const fn stamp(&self) -> &PasswordStamp {
        &self.stamp
    }
}

/// Anybody who is signed in.
#[derive(Clone, Debug)]
pub enum Actor {
    /// An admin or reseller.
    Manager(Manager),
    /// A customer.
    Customer(CustomerSelf),
}

impl Actor {
    /// The login of the account.
    #[must_use]
    pub const fn login(&self) -> LoginId {
        match self {
            Self::Manager(manager) => manager.login,
            Self::Customer(customer) => customer.login,
        }
    }

    /// The login name of the account.
    #[must_use]
    pub fn login_name(&self) -> &str {
        match self {
            Self::Manager(manager) => &manager.login_name,
            Self::Customer(customer) => &customer.login_name,
        }
    }

    /// The language of panel and mails.
    #[must_use]
    pub const fn language(&self) -> Language {
        match self {
            Self::Manager(manager) => manager.language,
            Self::Customer(customer) => customer.language,
        }
    }

    /// Which customers the account sees.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        match self {
            Self::Manager(manager) => manager.scope(),
            Self::Customer(customer) => Scope::Only(customer.id),
        }
    }
}
