//! Parameters that exist in the API only: references to rows, the search, order and page of lists,
//! and options of single commands. The fields of rows are declared by their services.

use domain::request::{Conditions, Ordering, RowId, Text, request};

request! {
    /// Reference to a customer.
    pub struct CustomerReference {
        /// Id of the customer; takes precedence over loginname
        id: RowId,
        /// Login name of the customer; required without an id
        loginname: Text,
    }
}

request! {
    /// Reference to a hosting plan.
    pub struct PlanReference {
        /// Id of the plan; takes precedence over planname
        id: RowId,
        /// Name of the plan; required without an id
        planname: Text,
    }
}

request! {
    /// Reference to an admin.
    pub struct AdminReference {
        /// Id of the admin; takes precedence over loginname
        id: RowId,
        /// Login name of the admin; required without an id
        loginname: Text,
    }
}

request! {
    /// Search conditions of a count.
    pub struct Count {
        /// Search conditions by column, combined with AND
        sql_search: Conditions,
    }
}

request! {
    /// Search, order and page of a list.
    pub struct Listing {
        with {
            /// Search conditions
            count: Count,
        }
        /// Sort order by column, ASC or DESC; the most important column comes first
        sql_orderby: Ordering,
        /// Maximum number of rows, 100 by default; numbers above 1000 mean 1000
        sql_limit: i64,
        /// Number of rows to skip, 0 by default
        sql_offset: i64,
    }
}

request! {
    /// Option to include usage.
    pub struct Usages {
        /// Whether to include the number of domains and the measured disk usage
        show_usages: bool,
    }
}

request! {
    /// Option to delete a customer's files and databases.
    pub struct DeleteFiles {
        /// Whether to delete the customer's files and, on administered MySQL servers, their
        /// databases
        delete_userfiles: bool,
    }
}

request! {
    /// New owner of a customer.
    pub struct MoveTarget {
        required {
            /// Id of the new owner
            adminid: i64,
        }
    }
}

request! {
    /// Filter of a list of functions.
    pub struct FunctionFilter {
        /// Name of a module; by default all modules
        module: Text,
        /// Name of a function; by default all functions
        function: Text,
    }
}

request! {
    /// Length of a generated password.
    pub struct PasswordLength {
        /// Minimum number of characters, up to 128; never less than the provider's minimum, which
        /// is the default
        length: i64,
    }
}

/// Parameters that customers can send in an update of their own account.
pub const CUSTOMER_PARAMETERS: [&str; 6] =
    ["id", "loginname", "current_password", "def_language", "new_customer_password", "theme"];
