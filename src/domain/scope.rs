//! Scopes and ranks: the customers that an account sees, and the permissions of an admin.

use super::id::{AdminId, CustomerId};

/// The customers that an account sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Every customer (`customers_see_all`).
    All,
    /// The customers of this reseller.
    OwnedBy(AdminId),
    /// One customer, who sees only themselves.
    Only(CustomerId),
}

/// The rank of an admin. A higher rank compares as greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Sees only their own customers.
    Reseller,
    /// Sees every customer.
    Admin,
    /// Can also change the server's settings and manage admins.
    ServerAdmin,
}

impl Rank {
    /// Returns the code as it is stored and sent.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reseller => "reseller",
            Self::Admin => "admin",
            Self::ServerAdmin => "server_admin",
        }
    }

    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Reseller, Self::Admin, Self::ServerAdmin]
            .into_iter()
            .find(|rank| rank.code() == code)
    }

    /// Returns the text key of the rank's name.
    #[must_use]
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Reseller => "role-reseller",
            Self::Admin => "role-admin",
            Self::ServerAdmin => "role-server-admin",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_ascend_and_have_codes_and_names() {
        let ranks = [
            (Rank::Reseller, "reseller", "role-reseller"),
            (Rank::Admin, "admin", "role-admin"),
            (Rank::ServerAdmin, "server_admin", "role-server-admin"),
        ];
        assert!(ranks.is_sorted_by(|(lower, ..), (higher, ..)| lower < higher));
        for (rank, code, key) in ranks {
            assert_eq!((rank.code(), rank.text_key()), (code, key));
            assert_eq!(Rank::from_code(code), Some(rank));
        }
        assert_eq!((Rank::from_code("customer"), Rank::from_code("Admin")), (None, None));
    }
}
