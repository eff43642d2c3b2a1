//! The audit log. Entries hold names and snapshots instead of references, because they outlive the
//! objects that they describe.

use super::entities::audit_entry;
use super::query::contains;
use super::values::{storable, to_timestamp};
use super::{DbError, Reader, Tx, bulk};
use domain::audit::{AuditEntry, AuditFilter};
use domain::id::AdminId;
use domain::scope::Scope;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, Condition, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select, Set,
};

pub async fn insert(tx: &Tx, entry: AuditEntry) -> Result<(), DbError> {
    row(entry).insert(&tx.on()).await?;
    Ok(())
}

pub async fn insert_all(tx: &Tx, entries: Vec<AuditEntry>) -> Result<(), DbError> {
    bulk::insert_all::<audit_entry::Entity, _>(tx, entries.into_iter().map(row).collect()).await
}

fn row(entry: AuditEntry) -> audit_entry::ActiveModel {
    audit_entry::ActiveModel {
        id: ActiveValue::NotSet,
        at: Set(entry.at.as_second()),
        actor_kind: Set(entry.actor_kind),
        actor_id: Set(entry.actor_id),
        actor_name: Set(entry.actor_name),
        door: Set(entry.entry_point),
        address: Set(entry.address),
        action: Set(entry.action),
        target_kind: Set(entry.target_kind),
        target_id: Set(entry.target_id),
        target_name: Set(entry.target_name),
        owner_id: Set(entry.owner.map(|owner| owner.0)),
        former_owner_id: Set(entry.former_owner.map(|owner| owner.0)),
        before: Set(entry.before),
        after: Set(entry.after),
    }
}

/// Returns a page of audit entries, newest first, and the total number. [`Scope::OwnedBy`] covers
/// the entries whose owner or former owner is that admin.
pub async fn list(
    on: &Reader,
    scope: Scope,
    filter: &AuditFilter,
    limit: u64,
    offset: u64,
) -> Result<(Vec<AuditEntry>, u64), DbError> {
    let query = entries(scope, filter);
    let total = query.clone().count(&on.on()).await?;
    Ok((newest(on, query, limit, offset).await?, total))
}

/// Returns the newest entries without counting all of them.
pub async fn latest(
    on: &Reader,
    scope: Scope,
    filter: &AuditFilter,
    limit: u64,
) -> Result<Vec<AuditEntry>, DbError> {
    newest(on, entries(scope, filter), limit, 0).await
}

async fn newest(
    on: &Reader,
    query: Select<audit_entry::Entity>,
    limit: u64,
    offset: u64,
) -> Result<Vec<AuditEntry>, DbError> {
    use audit_entry::Column as C;
    let rows = query
        .order_by_desc(C::At)
        .order_by_desc(C::Id)
        .limit(limit)
        .offset(offset)
        .all(&on.on())
        .await?;
    Ok(rows.into_iter().map(into_entry).collect())
}

fn entries(scope: Scope, filter: &AuditFilter) -> Select<audit_entry::Entity> {
    use audit_entry::Column as C;
    let mut query = audit_entry::Entity::find();
    query = match scope {
        Scope::All => query,
        Scope::OwnedBy(AdminId(owner)) => {
            query.filter(Condition::any().add(C::OwnerId.eq(owner)).add(C::FormerOwnerId.eq(owner)))
        }
        Scope::Only(customer) => {
            query.filter(C::TargetKind.eq("customer")).filter(C::TargetId.eq(customer.0))
        }
    };
    if let Some(kind) = &filter.target_kind {
        query = query.filter(C::TargetKind.eq(storable(kind)));
    }
    if let Some(id) = filter.target_id {
        query = query.filter(C::TargetId.eq(id));
    }
    if !filter.without.is_empty() {
        query = query.filter(C::Action.is_not_in(filter.without.iter().copied()));
    }
    if !filter.word.is_empty() {
        let found = [C::ActorName, C::Action, C::TargetName]
            .map(|column| contains(&Expr::col(column), &filter.word));
        query = query.filter(found.into_iter().fold(Condition::any(), Condition::add));
    }
    query
}

fn into_entry(row: audit_entry::Model) -> AuditEntry {
    AuditEntry {
        at: to_timestamp(row.at),
        actor_kind: row.actor_kind,
        actor_id: row.actor_id,
        actor_name: row.actor_name,
        entry_point: row.door,
        address: row.address,
        action: row.action,
        target_kind: row.target_kind,
        target_id: row.target_id,
        target_name: row.target_name,
        owner: row.owner_id.map(AdminId),
        former_owner: row.former_owner_id.map(AdminId),
        before: row.before,
        after: row.after,
    }
}
