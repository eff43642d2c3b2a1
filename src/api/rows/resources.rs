//! Columns of limits and amounts, which rows of customers and admins share, and the columns of a
//! customer's services.

use super::{amount, limit};
use domain::resources::{Amounts, Limits, Resource, Services};
use schemars::JsonSchema;
use serde::Serialize;

macro_rules! resource_columns {
    (() $({ $Resource:ident $Used:ident $limit:ident $unlimited:ident $used:ident $($rest:tt)* })+) => {
        /// Limits, and their used or assigned amounts. Disk space and traffic are KiB (unlimited:
        /// -1024 and -1048576), `email_quota` is MiB, all others are counts (unlimited: -1).
        #[derive(Serialize, JsonSchema)]
        #[allow(missing_docs, reason = "each is named as in Froxlor's schema")]
        pub struct ResourceColumns {
            $(
                pub $limit: i64,
                pub $used: i64,
            )+
        }

        impl ResourceColumns {
            /// Returns the columns of limits and amounts.
            #[must_use]
            pub fn of(limits: &Limits, amounts: &Amounts) -> Self {
                Self {
                    $(
                        $limit: limit(Resource::$Resource, limits[Resource::$Resource]),
                        $used: amount(Resource::$Resource, amounts[Resource::$Resource]),
                    )+
                }
            }
        }
    };
}

domain::each_resource!(resource_columns!());

macro_rules! switch_columns {
    (() $({ $Switch:ident $Column:ident $field:ident $column:ident $parameter:ident $froxlor:ident $about:literal })+) => {
        /// The services of a customer as switches, 0 or 1.
        #[derive(Serialize, JsonSchema)]
        #[allow(missing_docs, reason = "each is named as in Froxlor's schema")]
        pub struct SwitchColumns {
            $(pub $froxlor: u8,)+
        }

        impl SwitchColumns {
            /// Returns the columns of services.
            #[must_use]
            pub fn of(services: &Services) -> Self {
                Self { $($froxlor: services.$field.into(),)+ }
            }
        }
    };
}

domain::each_switch!(switch_columns!());
