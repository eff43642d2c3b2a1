//! What an account sees, and how much it may do.

use super::id::{AdminId, CustomerId};

/// Which customers somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Every customer (`customers_see_all`).
    All,
    /// The customers of one reseller.
    OwnedBy(AdminId),
    /// One customer: himself.
    Only(CustomerId),
}

/// How much an admin may do; a higher rank is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Sees their own customers.
    Reseller,
    /// Sees every customer.
    Admin,
    /// May change the server's settings and manage admins.
    ServerAdmin,
}

impl Rank {
    /// As it is stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reseller => "reseller",
            Self::Admin => "admin",
            Self::ServerAdmin => "server_admin",
        }
    }

    /// The rank of that code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Reseller, Self::Admin, Self::ServerAdmin]
            .into_iter()
            .find(|rank| rank.code() == code)
    }

    /// The key of its name.
    #[must_use]
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Reseller => "role-reseller",
            Self::Admin => "role-admin",
            Self::ServerAdmin => "role-server-admin",
        }
    }
}
