//! Id types that cannot be confused with each other.

use std::fmt;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl From<$name> for i64 {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

id! {
    /// A row of `logins`: the account of an admin or a customer. Sessions, API keys and password
    /// reset links belong to it.
    LoginId,
    /// An admin or reseller (`adminid` in the API).
    AdminId,
    /// A hosting customer (`customerid` in the API).
    CustomerId,
    PlanId,
    PhpConfigId,
    /// A MySQL server; 0 is the default one.
    MysqlServerId,
    /// A domain or subdomain.
    DomainId,
    ApiKeyId,
    JobId,
    /// An import of customers.
    ImportRunId,
    EventId,
    WebhookId,
    /// A delivery of one event to one endpoint.
    DeliveryId,
}

impl AdminId {
    /// The first admin of an installation, who cannot be deleted.
    pub const FIRST: Self = Self(1);
}
