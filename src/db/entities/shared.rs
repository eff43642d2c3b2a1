//! Columns that several tables have. Columns of resources and switches come from the lists in
//! `domain`, so that no table can miss one.

/// Declares the model of a table. Groups in brackets add columns, and the functions that convert
/// them: `limits`, `usage`, `switches` (which needs `limits`).
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

        impl Column {
            #[allow(dead_code, reason = "some tables need no column by resource")]
            pub const fn limit(resource: domain::resources::Resource) -> Self {
                match resource { $(domain::resources::Resource::$Resource => Self::$Resource,)+ }
            }
        }

        impl Model {
            pub fn limits(&self) -> domain::resources::Limits {
                let mut limits = domain::resources::Limits::NONE;
                $(limits[domain::resources::Resource::$Resource] = domain::quota::Quota::from_column(self.$limit);)+
                limits
            }
        }

        impl ActiveModel {
            pub fn set_limits(&mut self, limits: &domain::resources::Limits) {
                $(self.$limit = sea_orm::Set(limits[domain::resources::Resource::$Resource].to_column());)+
            }
        }
    };
}

macro_rules! usage {
    (([$($more:ident)*] $(#[$meta:meta])* { $($fields:tt)* }) $({ $Resource:ident $Used:ident $limit:ident $unlimited:ident $used:ident $($rest:tt)* })+) => {
        crate::entities::shared::model!([$($more)*] $(#[$meta])* { $($fields)* $(pub $used: i64,)+ });

        impl Column {
            pub const fn usage(resource: domain::resources::Resource) -> Self {
                match resource { $(domain::resources::Resource::$Resource => Self::$Used,)+ }
            }
        }

        impl Model {
            pub fn usage(&self) -> domain::resources::Amounts {
                let mut usage = domain::resources::Amounts::default();
                $(usage[domain::resources::Resource::$Resource] = crate::values::to_u64(self.$used);)+
                usage
            }
        }

        impl ActiveModel {
            #[allow(dead_code, reason = "only imports and bulk inserts write all usage")]
            pub fn set_usage(&mut self, usage: &domain::resources::Amounts) {
                $(self.$used = sea_orm::Set(crate::values::to_column(usage[domain::resources::Resource::$Resource]));)+
            }
        }
    };
}

macro_rules! switches {
    (([$($more:ident)*] $(#[$meta:meta])* { $($fields:tt)* }) $({ $Switch:ident $Column:ident $field:ident $column:ident $($rest:tt)* })+) => {
        crate::entities::shared::model!([$($more)*] $(#[$meta])* { $($fields)* $(pub $column: bool,)+ });

        impl Column {
            #[allow(dead_code, reason = "some tables need no column by switch")]
            pub const fn switch(switch: domain::resources::Switch) -> Self {
                match switch { $(domain::resources::Switch::$Switch => Self::$Column,)+ }
            }
        }

        impl Model {
            /// Returns limits and switches, with the PHP configurations from rows of another table.
            pub fn services(&self, php_configs: Vec<domain::id::PhpConfigId>) -> domain::resources::Services {
                domain::resources::Services { limits: self.limits(), $($field: self.$column,)+ php_configs }
            }
        }

        impl ActiveModel {
            /// Sets limits and switches. The PHP configurations are rows of another table.
            pub fn set_services(&mut self, services: &domain::resources::Services) {
                self.set_limits(&services.limits);
                $(self.$column = sea_orm::Set(services.$field);)+
            }
        }
    };
}

pub(super) use {limits, model, switches, usage};
