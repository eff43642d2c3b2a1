//! Jobs of the worker.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub kind: String,
    pub customer_id: Option<i64>,
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    pub sealed: Option<String>,
    pub state: String,
    pub attempts: i32,
    pub run_at: i64,
    pub lease: Option<String>,
    pub lease_ends_at: Option<i64>,
    pub last_error: Option<String>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
    pub priority: i16,
    pub order_key: Option<String>,
    pub slot: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
