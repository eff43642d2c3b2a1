//! Ids that cannot be taken for one another.

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
    /// A row of `logins`: one account of either kind. Sessions, keys and reset links belong to it.
    LoginId,
    /// An admin or reseller (`adminid` in the API).
    AdminId,
    /// A hosting customer (`customerid` in the API).
    CustomerId,
    /// A hosting plan.
    PlanId,
    /// A PHP configuration.
    PhpConfigId,
    /// A MySQL server; 0 is the default one.
    MysqlServerId,
    /// A domain or subdomain.
    DomainId,
    /// A key of the API.
    ApiKeyId,
    /// A job of the worker.
    JobId,
    /// A file of customers that the worker imports.
    ImportRunId,
    /// Something that happened.
    EventId,
    /// A receiver of events over HTTP.
    WebhookId,
    /// One event for one receiver.
    DeliveryId,
}
