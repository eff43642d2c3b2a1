//! Hosting plans.

use super::entities::{admin, customer, plan, plan_php_config};
use super::query::{contains, is_one_of, order_by_column, where_condition};
use super::values::{to_timestamp, to_u64};
use super::{DbError, Reader, Tx};
use domain::column::Columns as _;
use domain::id::{AdminId, PhpConfigId, PlanId};
use domain::plan::Plan;
use domain::query::{ListQuery, PlanColumn};
use domain::resources::Services;
use domain::scope::Scope;
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SimpleExpr, SubQueryStatement};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait as _, FromQueryResult,
    IntoSimpleExpr as _, JoinType, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, RelationDef, Select, Set,
};
use std::collections::HashMap;

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    plan: plan::Model,
    owner_name: String,
    customers: i64,
}

fn rows(scope: Scope) -> Select<plan::Entity> {
    let owner =
        plan::Entity::belongs_to(admin::Entity).from(plan::Column::OwnerId).to(admin::Column::Id);
    let customers = Query::select()
        .expr(Expr::col(customer::Column::Id).count())
        .from(customer::Entity)
        .and_where(
            Expr::col((customer::Entity, customer::Column::PlanId))
                .equals((plan::Entity, plan::Column::Id)),
        )
        .to_owned();
    let query = plan::Entity::find()
        .join(JoinType::InnerJoin, RelationDef::from(owner))
        .column_as(admin::Column::LoginName, "owner_name")
        .expr_as(
            Expr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(customers))),
            "customers",
        );
    within(query, scope)
}

/// Restricts a query to the scope.
fn within(query: Select<plan::Entity>, scope: Scope) -> Select<plan::Entity> {
    match scope {
        Scope::All => query,
        Scope::OwnedBy(AdminId(owner)) => query.filter(plan::Column::OwnerId.eq(owner)),
        // Customers own no plans, and no id is NULL, so the condition matches nothing.
        Scope::Only(_) => query.filter(plan::Column::Id.is_null()),
    }
}

/// Returns the plan with this id within the scope.
pub async fn find(on: &Reader, scope: Scope, id: PlanId) -> Result<Option<Plan>, DbError> {
    let row =
        rows(scope).filter(plan::Column::Id.eq(id.0)).into_model::<Row>().one(&on.on()).await?;
    Ok(with_php(on, row.into_iter().collect()).await?.pop())
}

/// Returns the plans with these ids within the scope.
pub async fn find_all(on: &Reader, scope: Scope, ids: &[PlanId]) -> Result<Vec<Plan>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = rows(scope).filter(plan::Column::Id.is_in(ids.iter().map(|id| id.0)));
    with_php(on, query.into_model::<Row>().all(&on.on()).await?).await
}

/// Returns the plan with this name within the scope, regardless of case. If several plans have the
/// name, returns the oldest.
pub async fn find_by_name(on: &Reader, scope: Scope, name: &str) -> Result<Option<Plan>, DbError> {
    let has_name = is_one_of(&column(PlanColumn::Name), [name]);
    let query = rows(scope).filter(has_name).order_by_asc(plan::Column::Id);
    Ok(with_php(on, query.into_model::<Row>().one(&on.on()).await?.into_iter().collect())
        .await?
        .pop())
}

/// Returns a page of plans within the scope and the total number. The word is searched for in name
/// and description. Plans are sorted by name unless the query has another order.
pub async fn list(
    on: &Reader,
    scope: Scope,
    list_query: &ListQuery<PlanColumn>,
) -> Result<(Vec<Plan>, u64), DbError> {
    let mut query = rows(scope);
    if !list_query.word.is_empty() {
        query = query.filter(
            Condition::any()
                .add(contains(&column(PlanColumn::Name), &list_query.word))
                .add(contains(&column(PlanColumn::Description), &list_query.word)),
        );
    }
    for condition in &list_query.conditions {
        query = query.filter(where_condition(
            &column(condition.column),
            condition.column.kind(),
            &condition.test,
            on.engine(),
        ));
    }
    let total = query.clone().count(&on.on()).await?;
    for (by, direction) in &list_query.order {
        query = order_by_column(query, &column(*by), by.kind(), *direction);
    }
    let query = query
        .order_by_asc(plan::Column::Name)
        .order_by_asc(plan::Column::Id)
        .limit(list_query.limit)
        .offset(list_query.offset);
    let found = query.into_model::<Row>().all(&on.on()).await?;
    Ok((with_php(on, found).await?, total))
}

/// Returns the number of plans within the scope.
pub async fn count(on: &Reader, scope: Scope) -> Result<u64, DbError> {
    Ok(within(plan::Entity::find(), scope).count(&on.on()).await?)
}

fn column(column: PlanColumn) -> SimpleExpr {
    match column {
        PlanColumn::Id => plan::Column::Id.into_simple_expr(),
        PlanColumn::Owner => plan::Column::OwnerId.into_simple_expr(),
        PlanColumn::OwnerName => admin::Column::LoginName.into_simple_expr(),
        PlanColumn::Name => plan::Column::Name.into_simple_expr(),
        PlanColumn::Description => plan::Column::Description.into_simple_expr(),
        PlanColumn::Updated => plan::Column::UpdatedAt.into_simple_expr(),
    }
}

/// Returns ids and names of plans within the scope, for select fields; at most `limit`.
pub async fn names(
    on: &Reader,
    scope: Scope,
    limit: u64,
) -> Result<Vec<(PlanId, String)>, DbError> {
    let query = within(plan::Entity::find(), scope);
    ids_and_names(on, query.order_by_asc(plan::Column::Name).limit(limit)).await
}

/// Returns ids and names of the plans within the scope that have one of these names. Several plans
/// can have the same name.
pub async fn find_ids_by_names(
    on: &Reader,
    scope: Scope,
    names: &[String],
) -> Result<Vec<(PlanId, String)>, DbError> {
    let query = within(plan::Entity::find(), scope);
    ids_and_names(on, query.filter(plan::Column::Name.is_in(names))).await
}

/// Returns the names of these plans, regardless of their owner: a customer keeps their plan when
/// they move to another owner.
pub async fn names_of(on: &Reader, ids: &[PlanId]) -> Result<HashMap<PlanId, String>, DbError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let query = plan::Entity::find().filter(plan::Column::Id.is_in(ids.iter().map(|id| id.0)));
    Ok(ids_and_names(on, query).await?.into_iter().collect())
}

async fn ids_and_names(
    on: &Reader,
    query: Select<plan::Entity>,
) -> Result<Vec<(PlanId, String)>, DbError> {
    let query = query.select_only().columns([plan::Column::Id, plan::Column::Name]);
    let found: Vec<(i64, String)> = query.into_tuple().all(&on.on()).await?;
    Ok(found.into_iter().map(|(id, name)| (PlanId(id), name)).collect())
}

async fn with_php(on: &Reader, rows: Vec<Row>) -> Result<Vec<Plan>, DbError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let links = plan_php_config::Entity::find()
        .filter(plan_php_config::Column::PlanId.is_in(rows.iter().map(|row| row.plan.id)))
        .order_by_asc(plan_php_config::Column::PhpConfigId)
        .all(&on.on())
        .await?;
    let plan = |Row { plan: row, owner_name, customers }: Row| {
        let php = links
            .iter()
            .filter(|link| link.plan_id == row.id)
            .map(|link| PhpConfigId(link.php_config_id))
            .collect();
        Plan {
            id: PlanId(row.id),
            owner: AdminId(row.owner_id),
            owner_name,
            services: row.services(php),
            customers: to_u64(customers),
            updated_at: to_timestamp(row.updated_at),
            version: row.version,
            name: row.name,
            description: row.description,
        }
    };
    Ok(rows.into_iter().map(plan).collect())
}

pub async fn insert(
    tx: &Tx,
    owner: AdminId,
    name: &str,
    description: &str,
    services: &Services,
    at: Timestamp,
) -> Result<PlanId, DbError> {
    let mut row = columns(name, description, services, at);
    row.owner_id = Set(owner.0);
    row.created_at = Set(at.as_second());
    row.version = Set(1);
    let id = PlanId(row.insert(&tx.on()).await?.id);
    write_php(tx, id, services).await?;
    Ok(id)
}

/// Updates a plan if its version is still the one in `before`. Returns whether the plan was
/// updated.
pub async fn update(
    tx: &Tx,
    before: &Plan,
    name: &str,
    description: &str,
    services: &Services,
    at: Timestamp,
) -> Result<bool, DbError> {
    let mut row = columns(name, description, services, at);
    row.version = Set(before.version + 1);
    let query = plan::Entity::update_many()
        .set(row)
        .filter(plan::Column::Id.eq(before.id.0))
        .filter(plan::Column::Version.eq(before.version));
    if query.exec(&tx.on()).await?.rows_affected == 0 {
        return Ok(false);
    }
    plan_php_config::Entity::delete_many()
        .filter(plan_php_config::Column::PlanId.eq(before.id.0))
        .exec(&tx.on())
        .await?;
    write_php(tx, before.id, services).await?;
    Ok(true)
}

/// Removes a plan. Customers keep the services that it gave them.
pub async fn remove(tx: &Tx, plan: &Plan) -> Result<(), DbError> {
    plan::Entity::delete_by_id(plan.id.0).exec(&tx.on()).await?;
    Ok(())
}

async fn write_php(tx: &Tx, plan: PlanId, services: &Services) -> Result<(), DbError> {
    let links = services
        .php_configs
        .iter()
        .map(|id| plan_php_config::ActiveModel { plan_id: Set(plan.0), php_config_id: Set(id.0) });
    let links: Vec<_> = links.collect();
    if !links.is_empty() {
        plan_php_config::Entity::insert_many(links).exec_without_returning(&tx.on()).await?;
    }
    Ok(())
}

fn columns(name: &str, description: &str, services: &Services, at: Timestamp) -> plan::ActiveModel {
    let mut row = plan::ActiveModel {
        name: Set(name.to_owned()),
        description: Set(description.to_owned()),
        updated_at: Set(at.as_second()),
        ..Default::default()
    };
    row.set_services(services);
    row
}
