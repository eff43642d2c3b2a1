//! The requests that only the API has: which row is meant, and how lists are asked. Those that
//! change something stand with their services.

use domain::request::{Conditions, Ordering, RowId, Text, request};

request! {
    /// Which customer is meant.
    pub struct CustomerReference {
        /// the customer's id; wins over loginname
        id: RowId,
        /// the customer's login name; needed without an id
        loginname: Text,
    }
}

request! {
    /// Which plan is meant.
    pub struct PlanReference {
        /// the plan's id; wins over planname
        id: RowId,
        /// the plan's name; needed without an id
        planname: Text,
    }
}

request! {
    /// Which admin is meant.
    pub struct AdminReference {
        /// the admin's id; wins over loginname
        id: RowId,
        /// the admin's login name; needed without an id
        loginname: Text,
    }
}

request! {
    /// What is counted.
    pub struct Count {
        /// conditions on columns that must all hold
        sql_search: Conditions,
    }
}

request! {
    /// Which rows are listed.
    pub struct Listing {
        with {
            /// which rows
            count: Count,
        }
        /// columns and ASC or DESC, most important first
        sql_orderby: Ordering,
        /// rows of one answer: 100 unless said otherwise, at most 1000; more is taken for 1000
        sql_limit: i64,
        /// rows to leave out before the first
        sql_offset: i64,
    }
}

request! {
    /// Whether usages are wanted.
    pub struct Usages {
        /// add domains and space used
        show_usages: bool,
    }
}

request! {
    /// Whether a deleted customer's files are removed.
    pub struct DeleteFiles {
        /// remove the customer's files too
        delete_userfiles: bool,
    }
}

request! {
    /// The admin who gets a customer.
    pub struct MoveTarget {
        required {
            /// id of the new owner
            adminid: i64,
        }
    }
}

request! {
    /// Which functions are asked for.
    pub struct FunctionFilter {
        /// only of this module
        module: Text,
        /// only of this name
        function: Text,
    }
}

request! {
    /// How long a password is to be.
    pub struct PasswordLength {
        /// at least so many characters, up to 128
        length: i64,
    }
}

/// What customers may change of their own.
pub const OWN: [&str; 6] =
    ["id", "loginname", "current_password", "def_language", "new_customer_password", "theme"];
