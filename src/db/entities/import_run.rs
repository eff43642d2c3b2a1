//! Imports of customer files, which the worker checks and runs.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_runs")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub login_id: i64,
    pub seal_key: String,
    pub state: String,
    pub stage: String,
    pub rows_total: i64,
    pub rows_done: i64,
    pub send_passwords: bool,
    pub encoding: Option<String>,
    pub address: String,
    pub report: Option<Vec<u8>>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
    pub expires_at: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
