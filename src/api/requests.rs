//! Requests that exist in the API only: references to rows, and the search, order and page of
//! lists. Requests that change something are declared by their services.

use domain::request::{Conditions, Ordering, RowId, Text, request};

request! {
    /// Reference to a customer.
    pub struct CustomerReference {
        /// the customer's id; takes precedence over loginname
        id: RowId,
        /// the customer's login name; required without an id
        loginname: Text,
    }
}

request! {
    /// Reference to a hosting plan.
    pub struct PlanReference {
        /// the plan's id; takes precedence over planname
        id: RowId,
        /// the plan's name; required without an id
        planname: Text,
    }
}

request! {
    /// Reference to an admin.
    pub struct AdminReference {
        /// the admin's id; takes precedence over loginname
        id: RowId,
        /// the admin's login name; required without an id
        loginname: Text,
    }
}

request! {
    /// Search conditions of a count.
    pub struct Count {
        /// conditions on columns, all of which must hold
        sql_search: Conditions,
    }
}

request! {
    /// Search, order and page of a list.
    pub struct Listing {
        with {
            /// search conditions
            count: Count,
        }
        /// columns and ASC or DESC, most important first
        sql_orderby: Ordering,
        /// rows in the response: 100 by default, at most 1000; larger numbers mean 1000
        sql_limit: i64,
        /// rows to skip before the first
        sql_offset: i64,
    }
}

request! {
    /// Option to include usage.
    pub struct Usages {
        /// add the number of domains and the disk space used
        show_usages: bool,
    }
}

request! {
    /// Option to remove a deleted customer's files.
    pub struct DeleteFiles {
        /// remove the customer's files too
        delete_userfiles: bool,
    }
}

request! {
    /// New owner of a customer.
    pub struct MoveTarget {
        required {
            /// id of the new owner
            adminid: i64,
        }
    }
}

request! {
    /// Filter of a list of functions.
    pub struct FunctionFilter {
        /// only functions of this module
        module: Text,
        /// only functions with this name
        function: Text,
    }
}

request! {
    /// Length of a generated password.
    pub struct PasswordLength {
        /// minimum number of characters, up to 128
        length: i64,
    }
}

/// Parameters that customers may send in an update of their own account.
pub const OWN: [&str; 6] =
    ["id", "loginname", "current_password", "def_language", "new_customer_password", "theme"];
