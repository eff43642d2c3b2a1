//! Reads admins.

use super::{columns, grants};
use crate::entities::{admin, login};
use crate::links::Links;
use crate::query::{
    contains, login_names, order_by_column, order_by_with_null_lowest, where_condition,
};
use crate::values::{language, like_substring, theme, to_timestamp, to_u64};
use crate::{DbError, Reader, Tx};
use domain::admin::{Admin, AdminProfile, AssignableQuota, Assigned};
use domain::column::Columns as _;
use domain::customer::SignInHistory;
use domain::email::Email;
use domain::id::{AdminId, LoginId};
use domain::login_name::{self, LoginName};
use domain::query::{AdminColumn, ListQuery};
use domain::quota::Quota;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, FromQueryResult, IntoSimpleExpr as _, JoinType,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, RelationDef, Select,
};

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    admin: admin::Model,
    failed_count: i64,
    last_failed_at: Option<i64>,
    last_sign_in_at: Option<i64>,
}

fn rows() -> Select<admin::Entity> {
    let login =
        admin::Entity::belongs_to(login::Entity).from(admin::Column::LoginId).to(login::Column::Id);
    admin::Entity::find()
        .join(JoinType::InnerJoin, RelationDef::from(login))
        .column_as(login::Column::FailedCount, "failed_count")
        .column_as(login::Column::LastFailedAt, "last_failed_at")
        .column_as(login::Column::LastSignInAt, "last_sign_in_at")
}

pub async fn find(on: &Reader, id: AdminId) -> Result<Option<Admin>, DbError> {
    one(on, rows().filter(admin::Column::Id.eq(id.0))).await
}

/// Returns the admin with this login name, ignoring case.
pub async fn find_by_login_name(on: &Reader, name: &str) -> Result<Option<Admin>, DbError> {
    one(on, rows().filter(login::Column::NameKey.eq(login_name::key(name)))).await
}

async fn one(on: &Reader, query: Select<admin::Entity>) -> Result<Option<Admin>, DbError> {
    let Some(row) = query.into_model::<Row>().one(&on.on()).await? else { return Ok(None) };
    let mut links = grants::read(on, std::iter::once(&row.admin)).await?;
    Ok(Some(into_domain(row, &mut links)))
}

/// Returns one page of the matching admins, and the number of all matches. Sorts by login name
/// unless the query has another order. The word is searched for in login name, name and email
/// address.
pub async fn list(
    on: &Reader,
    list_query: &ListQuery<AdminColumn>,
) -> Result<(Vec<Admin>, u64), DbError> {
    let mut query = rows();
    if !list_query.word.is_empty() {
        let lower = list_query.word.to_lowercase();
        query = query.filter(
            Condition::any()
                .add(like_substring(login::Column::NameKey.into_simple_expr(), &lower))
                .add(contains(&admin::Column::Name.into_simple_expr(), &list_query.word))
                .add(like_substring(admin::Column::EmailKey.into_simple_expr(), &lower)),
        );
    }
    for condition in &list_query.conditions {
        query = query.filter(where_condition(
            &columns::compare_column(condition.column),
            condition.column.kind(),
            &condition.test,
            on.engine(),
        ));
    }
    let total = query.clone().count(&on.on()).await?;
    for (column, direction) in &list_query.order {
        query = match column {
            AdminColumn::LastSignIn | AdminColumn::LastFailure => order_by_with_null_lowest(
                query,
                &columns::sort_column(*column),
                *direction,
                on.engine(),
            ),
            _ => order_by_column(query, &columns::sort_column(*column), column.kind(), *direction),
        };
    }
    let query = query.order_by_asc(admin::Column::LoginSort).order_by_asc(admin::Column::Id);
    let found = query
        .limit(list_query.limit)
        .offset(list_query.offset)
        .into_model::<Row>()
        .all(&on.on())
        .await?;
    let mut links = grants::read(on, found.iter().map(|row| &row.admin)).await?;
    Ok((found.into_iter().map(|row| into_domain(row, &mut links)).collect(), total))
}

/// Returns ids and login names of admins for selection lists, sorted by login name, at most
/// `limit`.
pub async fn names(on: &Reader, limit: u64) -> Result<Vec<(AdminId, String)>, DbError> {
    let found: Vec<(i64, String)> = admin::Entity::find()
        .select_only()
        .columns([admin::Column::Id, admin::Column::LoginName])
        .order_by_asc(admin::Column::LoginSort)
        .limit(limit)
        .into_tuple()
        .all(&on.on())
        .await?;
    Ok(found.into_iter().map(|(id, name)| (AdminId(id), name)).collect())
}

/// Returns id and login name of the admin with this login name or id.
pub async fn find_id_and_name(
    on: &Reader,
    text: &str,
) -> Result<Option<(AdminId, String)>, DbError> {
    let by_name = login::Column::NameKey.eq(domain::login_name::key(text));
    let wanted = match text.parse::<i64>() {
        Ok(id) => ExprTrait::or(by_name, admin::Column::Id.eq(id)),
        Err(_) => by_name,
    };
    let to_login =
        admin::Entity::belongs_to(login::Entity).from(admin::Column::LoginId).to(login::Column::Id);
    let query =
        admin::Entity::find().select_only().columns([admin::Column::Id, admin::Column::LoginName]);
    let query = query.join(JoinType::InnerJoin, RelationDef::from(to_login)).filter(wanted);
    let found: Option<(i64, String)> = query.into_tuple().one(&on.on()).await?;
    Ok(found.map(|(id, name)| (AdminId(id), name)))
}

/// Returns the login of the oldest admin who sees all customers, may change the server settings and
/// is not suspended.
pub async fn oldest_server_admin(on: &Reader) -> Result<Option<LoginId>, DbError> {
    let query = admin::Entity::find()
        .filter(admin::Column::CustomersSeeAll.eq(true))
        .filter(admin::Column::ChangeServersettings.eq(true))
        .filter(admin::Column::Suspended.eq(false))
        .order_by_asc(admin::Column::Id);
    Ok(query.one(&on.on()).await?.map(|row| LoginId(row.login_id)))
}

/// Returns whether any admin exists.
pub async fn any_exists(on: &Reader) -> Result<bool, DbError> {
    Ok(admin::Entity::find().limit(1).one(&on.on()).await?.is_some())
}

/// Returns login ids and login names of the admins with this email address, sorted by login name,
/// at most `limit`.
pub async fn logins_with_email(
    on: &Reader,
    email: &Email,
    limit: u64,
) -> Result<Vec<(LoginId, String)>, DbError> {
    let query = admin::Entity::find()
        .filter(admin::Column::EmailKey.eq(email.key()))
        .order_by_asc(admin::Column::LoginSort);
    login_names(on, query, [admin::Column::LoginId, admin::Column::LoginName], limit).await
}

/// Returns whether an admin other than `except` has this email address. Addresses are compared by
/// their keys.
pub async fn is_email_used(
    on: &Reader,
    email: &Email,
    except: Option<AdminId>,
) -> Result<bool, DbError> {
    let mut query = admin::Entity::find().filter(admin::Column::EmailKey.eq(email.key()));
    if let Some(AdminId(id)) = except {
        query = query.filter(admin::Column::Id.ne(id));
    }
    Ok(query.one(&on.on()).await?.is_some())
}

/// Returns those of the email address keys that belong to an admin.
pub async fn used_email_keys(on: &Reader, keys: &[String]) -> Result<Vec<String>, DbError> {
    let query = admin::Entity::find()
        .select_only()
        .column(admin::Column::EmailKey)
        .filter(admin::Column::EmailKey.is_in(keys));
    Ok(query.into_tuple().all(&on.on()).await?)
}

/// Returns whether an admin other than `except` may change the server settings and can sign in.
/// Locks the rows of these admins until the transaction ends, so that two of them cannot remove
/// each other at the same time.
pub async fn has_other_server_admin(tx: &Tx, except: AdminId) -> Result<bool, DbError> {
    let active = admin::Entity::find()
        .filter(admin::Column::ChangeServersettings.eq(true))
        .filter(admin::Column::GuiAccess.eq(true))
        .filter(admin::Column::Suspended.eq(false))
        .order_by_asc(admin::Column::Id)
        .lock_exclusive();
    Ok(active.all(&tx.on()).await?.iter().any(|row| row.id != except.0))
}

fn into_domain(row: Row, links: &mut Links) -> Admin {
    let Row { admin: row, failed_count, last_failed_at, last_sign_in_at } = row;
    let grants = grants::take(links, &row);
    Admin {
        id: AdminId(row.id),
        login: LoginId(row.login_id),
        assigned: Assigned {
            customers: to_u64(row.customers_used),
            domains: to_u64(row.domains_used),
            amounts: row.usage(),
        },
        suspended: row.suspended,
        sign_in: SignInHistory {
            failures: u32::try_from(failed_count).unwrap_or(0),
            locked: false,
            last_success: last_sign_in_at.map(to_timestamp),
            last_failure: last_failed_at.map(to_timestamp),
        },
        created_at: to_timestamp(row.created_at),
        version: row.version,
        profile: AdminProfile {
            quota: AssignableQuota {
                customers: Quota::from_column(row.customers),
                domains: Quota::from_column(row.domains),
                limits: row.limits(),
            },
            grants,
            name: row.name,
            email: Email::stored(row.email),
            language: language(&row.language),
            theme: theme(&row.theme),
            gui_access: row.gui_access,
            api_allowed: row.api_allowed,
            notes: row.notes,
            notes_shown: row.notes_shown,
            customers_see_all: row.customers_see_all,
            change_serversettings: row.change_serversettings,
            caneditphpsettings: row.caneditphpsettings,
        },
        login_name: LoginName::stored(row.login_name),
    }
}
