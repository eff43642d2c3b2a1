//! Queries of `doctor`: the sums for the counters of admins, customers without a default FTP user,
//! unlimited customers of limited admins, the search index of PostgreSQL, and created homes.

use super::admins;
use super::entities::{admin, customer, domain_name, ftp_user, job};
use super::values::to_u64;
use super::{DbError, Reader};
use domain::admin::{Admin, Assigned};
use domain::id::AdminId;
use domain::job::JobState;
use domain::resources::{Amounts, Resource};
use sea_orm::sea_query::{Expr, Func, Query};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DbBackend, EntityTrait as _, ExprTrait as _,
    FromQueryResult, JoinType, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, RelationDef, Statement,
};
use std::collections::HashMap;

macro_rules! sums {
    (() $({ $Resource:ident $Used:ident $limit:ident $($rest:tt)* })+) => {
        #[derive(FromQueryResult)]
        struct Sums {
            owner_id: i64,
            customers: i64,
            $($limit: i64,)+
        }

        impl Sums {
            fn amounts(&self) -> Amounts {
                let mut amounts = Amounts::default();
                $(amounts[Resource::$Resource] = to_u64(self.$limit);)+
                amounts
            }
        }
    };
}

domain::each_resource!(sums!());

/// Returns every admin with the actual sums over their customers.
pub async fn admins_with_sums(on: &Reader) -> Result<Vec<(Admin, Assigned)>, DbError> {
    let sums = sums(on).await?;
    let domains = domains_by_owner(on).await?;
    let (admins, _) =
        admins::list(on, &domain::query::ListQuery::page("", u64::from(u32::MAX), 0)).await?;
    let with_sums = |admin: Admin| {
        let mut actual = sums.get(&admin.id).copied().unwrap_or_default();
        actual.domains = domains.get(&admin.id).copied().unwrap_or(0);
        (admin, actual)
    };
    Ok(admins.into_iter().map(with_sums).collect())
}

async fn sums(on: &Reader) -> Result<HashMap<AdminId, Assigned>, DbError> {
    use customer::Column as C;
    let mut query = customer::Entity::find()
        .select_only()
        .column(C::OwnerId)
        .column_as(C::Id.count(), "customers")
        .group_by(C::OwnerId);
    for resource in Resource::ALL {
        let limit = customer::Column::limit(resource);
        let sum = Func::coalesce([Expr::col(limit).sum(), Expr::value(0_i64)]);
        query = query.column_as(
            Expr::from(sum).cast_as(if on.engine() == DbBackend::MySql {
                "SIGNED"
            } else {
                "BIGINT"
            }),
            resource.name(),
        );
    }
    let rows = query.into_model::<Sums>().all(&on.on()).await?;
    Ok(rows.into_iter().map(|row| (AdminId(row.owner_id), to_assigned(&row))).collect())
}

fn to_assigned(row: &Sums) -> Assigned {
    Assigned { customers: to_u64(row.customers), domains: 0, amounts: row.amounts() }
}

async fn domains_by_owner(on: &Reader) -> Result<HashMap<AdminId, u64>, DbError> {
    let to_customer = domain_name::Entity::belongs_to(customer::Entity)
        .from(domain_name::Column::CustomerId)
        .to(customer::Column::Id);
    let rows: Vec<(i64, i64)> = domain_name::Entity::find()
        .select_only()
        .column(customer::Column::OwnerId)
        .column_as(domain_name::Column::Id.count(), "n")
        .join(JoinType::InnerJoin, RelationDef::from(to_customer))
        .filter(domain_name::Column::IsStandard.eq(false))
        .filter(domain_name::Column::ParentId.is_null())
        .group_by(customer::Column::OwnerId)
        .into_tuple()
        .all(&on.on())
        .await?;
    Ok(rows.into_iter().map(|(owner, n)| (AdminId(owner), to_u64(n))).collect())
}

/// Returns the number of customers without a default FTP user.
pub async fn customers_without_ftp(on: &Reader) -> Result<u64, DbError> {
    let with_ftp = Query::select()
        .column(ftp_user::Column::CustomerId)
        .from(ftp_user::Entity)
        .and_where(ftp_user::Column::IsDefault.eq(true))
        .to_owned();
    Ok(customer::Entity::find()
        .filter(customer::Column::Id.not_in_subquery(with_ftp))
        .count(&on.on())
        .await?)
}

/// Returns the resources that are limited for an admin and unlimited for one of their customers.
pub async fn unlimited_customers_of_limited_admins(
    on: &Reader,
) -> Result<Vec<(AdminId, Resource)>, DbError> {
    let mut found = Vec::new();
    for resource in Resource::ALL {
        let limit = admin::Column::limit(resource);
        let customers = Query::select()
            .column(customer::Column::OwnerId)
            .from(customer::Entity)
            .and_where(Expr::col(customer::Column::limit(resource)).is_null())
            .to_owned();
        let query = admin::Entity::find()
            .select_only()
            .column(admin::Column::Id)
            .filter(limit.is_not_null());
        let ids: Vec<i64> = query
            .filter(admin::Column::Id.in_subquery(customers))
            .into_tuple()
            .all(&on.on())
            .await?;
        found.extend(ids.into_iter().map(|id| (AdminId(id), resource)));
    }
    Ok(found)
}

/// Returns whether PostgreSQL lacks the index for searches of customers. The migration that creates
/// it skips it if the extension `pg_trgm` cannot be used. Returns false on other engines.
pub async fn lacks_search_index(on: &Reader) -> Result<bool, DbError> {
    if on.engine() != DbBackend::Postgres {
        return Ok(false);
    }
    let sql = "SELECT 1 FROM pg_indexes WHERE schemaname = current_schema() AND indexname = 'ix_customers_search_text'";
    Ok(on.on().query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?.is_none())
}

/// Returns the login names of the customers of the latest completed jobs that create homes.
pub async fn created_homes(on: &Reader, limit: u64) -> Result<Vec<String>, DbError> {
    let to_job = customer::Entity::belongs_to(job::Entity)
        .from(customer::Column::Id)
        .to(job::Column::CustomerId);
    let query = customer::Entity::find()
        .select_only()
        .column(customer::Column::LoginName)
        .join(JoinType::InnerJoin, RelationDef::from(to_job))
        .filter(job::Column::Kind.eq("create_home"))
        .filter(job::Column::State.eq(JobState::Done.code()))
        .order_by_desc(job::Column::Id)
        .limit(limit);
    Ok(query.into_tuple().all(&on.on()).await?)
}
