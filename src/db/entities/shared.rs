//! Columns that several tables have. Columns of resources and switches come from the lists in
//! `domain`, so that no table can miss one.

/// Declares the model of a table. Groups in brackets add columns: `limits`, `usage`, `switches`.
macro_rules! model {
    ([] $(#[$meta:meta])* { $($fields:tt)* }) => {
        #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
        $(#[$meta])*
        pub struct Model { $($fields)* }
    };
    ([limits $($more:ident)*] $($rest:tt)*) => {
        domain::each_resource!(crate::entities::shared::limits!([$($more)*] $($rest)*));
    };
    ([usage $($more:ident)*] $($rest:tt)*) => {
        domain::each_resource!(crate::entities::shared::usage!([$($more)*] $($rest)*));
    };
    ([switches $($more:ident)*] $($rest:tt)*) => {
        domain::each_switch!(crate::entities::shared::switches!([$($more)*] $($rest)*));
    };
}

macro_rules! limits {
    (([$($more:ident)*] $(#[$meta:meta])* { $($fields:tt)* }) $({ $Resource:ident $Used:ident $limit:ident $($rest:tt)* })+) => {
        crate::entities::shared::model!([$($more)*] $(#[$meta])* { $($fields)* $(pub $limit: Option<i64>,)+ });
    };
}

macro_rules! usage {
    (([$($more:ident)*] $(#[$meta:meta])* { $($fields:tt)* }) $({ $Resource:ident $Used:ident $limit:ident $unlimited:ident $used:ident $($rest:tt)* })+) => {
        crate::entities::shared::model!([$($more)*] $(#[$meta])* { $($fields)* $(pub $used: i64,)+ });
    };
}

macro_rules! switches {
    (([$($more:ident)*] $(#[$meta:meta])* { $($fields:tt)* }) $({ $Switch:ident $Column:ident $field:ident $column:ident $($rest:tt)* })+) => {
        crate::entities::shared::model!([$($more)*] $(#[$meta])* { $($fields)* $(pub $column: bool,)+ });
    };
}

pub(super) use {limits, model, switches, usage};
