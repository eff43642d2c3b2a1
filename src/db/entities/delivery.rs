//! Deliveries of events to webhook endpoints and hooks.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deliveries")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub event_id: i64,
    pub webhook_id: Option<i64>,
    pub hook: Option<String>,
    pub receiver: String,
    pub job_id: Option<i64>,
    pub last_status: Option<i32>,
    pub delivered_at: Option<i64>,
    pub created_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
