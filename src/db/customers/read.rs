//! Reads single customers.

use super::links;
use crate::entities::{admin, customer, domain_name, login, plan};
use crate::links::Links;
use crate::query::login_names;
use crate::values::{language, theme, to_timestamp, to_u64};
use crate::{DbError, Reader};
use domain::account::Language;
use domain::customer::{Customer, CustomerRef, DiskUsageParts, Profile, SignInHistory, Suspension};
use domain::email::Email;
use domain::id::{AdminId, CustomerId, DomainId, LoginId, PlanId};
use domain::login_name::{self, LoginName};
use domain::scope::{Rank, Scope};
use sea_orm::sea_query::{Expr, ExprTrait as _, IntoCondition as _};
use sea_orm::{
    ColumnTrait as _, DerivePartialModel, EntityTrait as _, FromQueryResult, JoinType,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

/// A customer's row with the joined columns of other tables.
#[derive(FromQueryResult)]
pub(super) struct Row {
    #[sea_orm(nested)]
    pub customer: customer::Model,
    owner_name: String,
    plan_name: Option<String>,
    failed_count: i64,
    last_failed_at: Option<i64>,
    last_sign_in_at: Option<i64>,
    standard_id: Option<i64>,
    standard_name: Option<String>,
}

/// Selects customers joined to their owner, login, plan and standard subdomain.
pub(super) fn rows() -> Select<customer::Entity> {
    let owner = customer::Entity::belongs_to(admin::Entity)
        .from(customer::Column::OwnerId)
        .to(admin::Column::Id);
    let login = customer::Entity::belongs_to(login::Entity)
        .from(customer::Column::LoginId)
        .to(login::Column::Id);
    let plan = customer::Entity::belongs_to(plan::Entity)
        .from(customer::Column::PlanId)
        .to(plan::Column::Id);
    let standard = customer::Entity::belongs_to(domain_name::Entity)
        .from(customer::Column::Id)
        .to(domain_name::Column::CustomerId)
        .on_condition(|_, domain| {
            Expr::col((domain, domain_name::Column::IsStandard)).eq(true).into_condition()
        });
    customer::Entity::find()
        .join(JoinType::InnerJoin, sea_orm::RelationDef::from(owner))
        .join(JoinType::InnerJoin, sea_orm::RelationDef::from(login))
        .join(JoinType::LeftJoin, sea_orm::RelationDef::from(plan))
        .join(JoinType::LeftJoin, sea_orm::RelationDef::from(standard))
        .column_as(admin::Column::LoginName, "owner_name")
        .column_as(plan::Column::Name, "plan_name")
        .column_as(login::Column::FailedCount, "failed_count")
        .column_as(login::Column::LastFailedAt, "last_failed_at")
        .column_as(login::Column::LastSignInAt, "last_sign_in_at")
        .column_as(domain_name::Column::Id, "standard_id")
        .column_as(domain_name::Column::Name, "standard_name")
}

/// Restricts a query to the scope.
pub(super) fn within(query: Select<customer::Entity>, scope: Scope) -> Select<customer::Entity> {
    match scope {
        Scope::All => query,
        Scope::OwnedBy(AdminId(owner)) => query.filter(customer::Column::OwnerId.eq(owner)),
        Scope::Only(CustomerId(id)) => query.filter(customer::Column::Id.eq(id)),
    }
}

/// Returns the customer with this login name or id, if they lie within the scope.
pub async fn find(
    on: &Reader,
    scope: Scope,
    by: &CustomerRef,
) -> Result<Option<Customer>, DbError> {
    let query = match by {
        CustomerRef::Id(CustomerId(id)) => rows().filter(customer::Column::Id.eq(*id)),
        // The unique key on login names is in `logins`, so names are looked up there.
        CustomerRef::Login(name) => rows().filter(login::Column::NameKey.eq(login_name::key(name))),
    };
    let Some(row) = within(query, scope).into_model::<Row>().one(&on.on()).await? else {
        return Ok(None);
    };
    let mut links = links::read(on, &[row.customer.id]).await?;
    Ok(Some(row.into_domain(&mut links)))
}

/// Returns the customer with this id without a check of the scope, for callers that act for the
/// system, such as the worker.
pub async fn find_unscoped(on: &Reader, id: CustomerId) -> Result<Option<Customer>, DbError> {
    find(on, Scope::All, &CustomerRef::Id(id)).await
}

/// Returns whether any customer has this email address. Addresses are compared by their keys.
pub async fn is_email_used(on: &Reader, email: &Email) -> Result<bool, DbError> {
    Ok(customer::Entity::find()
        .filter(customer::Column::EmailKey.eq(email.key()))
        .one(&on.on())
        .await?
        .is_some())
}

/// Returns the reason for a customer's suspension, if there is one that the customer may read.
pub async fn shown_suspend_reason(
    on: &Reader,
    login_name: &str,
) -> Result<Option<String>, DbError> {
    let login = customer::Entity::belongs_to(login::Entity)
        .from(customer::Column::LoginId)
        .to(login::Column::Id);
    let query = customer::Entity::find()
        .select_only()
        .column(customer::Column::SuspendReason)
        .join(JoinType::InnerJoin, sea_orm::RelationDef::from(login))
        .filter(login::Column::NameKey.eq(login_name::key(login_name)))
        .filter(customer::Column::Suspended.eq(true))
        .filter(customer::Column::SuspendReasonShown.eq(true));
    let found: Option<String> = query.into_tuple().one(&on.on()).await?;
    Ok(found.filter(|reason| !reason.is_empty()))
}

/// Account data of a signed-in customer that `auth` reads at every request.
#[derive(Clone, Debug)]
pub struct SignedInCustomer {
    pub id: CustomerId,
    pub login_name: String,
    /// Language of the panel and of emails.
    pub language: Language,
    pub theme: domain::account::Theme,
    pub suspended: bool,
    /// Whether the customer may sign in to the panel.
    pub gui_access: bool,
    /// Whether the customer may use the API.
    pub api_allowed: bool,
    pub email: Email,
    /// First and last name, or the company if both are empty.
    pub salutation: String,
}

/// The columns that [`SignedInCustomer`] is built from.
#[derive(DerivePartialModel)]
#[sea_orm(entity = "customer::Entity")]
struct SignedInRow {
    id: i64,
    login_name: String,
    language: String,
    theme: String,
    suspended: bool,
    gui_access: bool,
    api_allowed: bool,
    email: String,
    name: String,
    firstname: String,
    company: String,
}

/// Returns the owner of a customer, or `None` if the customer does not exist.
pub async fn owner_of(on: &Reader, id: CustomerId) -> Result<Option<AdminId>, DbError> {
    let query = customer::Entity::find_by_id(id.0).select_only().column(customer::Column::OwnerId);
    Ok(query.into_tuple::<i64>().one(&on.on()).await?.map(AdminId))
}

/// Returns login ids and login names of the customers with this email address, sorted by login
/// name, at most `limit`.
pub async fn logins_with_email(
    on: &Reader,
    email: &Email,
    limit: u64,
) -> Result<Vec<(LoginId, String)>, DbError> {
    let query = customer::Entity::find()
        .filter(customer::Column::EmailKey.eq(email.key()))
        .order_by_asc(customer::Column::LoginSort);
    login_names(on, query, [customer::Column::LoginId, customer::Column::LoginName], limit).await
}

/// Returns the account data of the customer with this login.
pub async fn find_signed_in(
    on: &Reader,
    login: LoginId,
) -> Result<Option<SignedInCustomer>, DbError> {
    let query = customer::Entity::find().filter(customer::Column::LoginId.eq(login.0));
    let row = query.into_partial_model::<SignedInRow>().one(&on.on()).await?;
    Ok(row.map(|row| SignedInCustomer {
        id: CustomerId(row.id),
        language: language(&row.language),
        theme: theme(&row.theme),
        suspended: row.suspended,
        gui_access: row.gui_access,
        api_allowed: row.api_allowed,
        salutation: domain::account::salutation(&row.firstname, &row.name, &row.company),
        email: Email::stored(row.email),
        login_name: row.login_name,
    }))
}

impl Row {
    /// Converts the row to a customer. Takes their PHP configurations and MySQL servers out of
    /// `links`.
    pub(super) fn into_domain(self, links: &mut Links) -> Customer {
        let row = self.customer;
        let (php_configs, mysql_servers) = links.take(row.id);
        let (contact, services) = (row.contact(), row.services(php_configs));
        Customer {
            id: CustomerId(row.id),
            login: LoginId(row.login_id),
            owner: AdminId(row.owner_id),
            owner_name: self.owner_name,
            plan_name: self.plan_name.unwrap_or_default(),
            used: row.usage(),
            space: DiskUsageParts {
                web: to_u64(row.web_used),
                mail: to_u64(row.mail_used),
                mysql: to_u64(row.mysql_used),
            },
            guid: row.guid,
            standard_subdomain: self.standard_id.map(DomainId).zip(self.standard_name),
            suspended: row.suspended,
            suspension: row.suspended.then_some(Suspension {
                by: row.suspended_by_id.map(AdminId),
                by_name: row.suspended_by_name,
                rank: row.suspended_by_rank.as_deref().and_then(Rank::from_code),
                at: row.suspended_at.map(to_timestamp),
                reason: row.suspend_reason,
                reason_shown: row.suspend_reason_shown,
            }),
            sign_in: SignInHistory {
                failures: u32::try_from(self.failed_count).unwrap_or(0),
                locked: false,
                last_success: self.last_sign_in_at.map(to_timestamp),
                last_failure: self.last_failed_at.map(to_timestamp),
            },
            created_at: to_timestamp(row.created_at),
            updated_at: to_timestamp(row.updated_at),
            version: row.version,
            profile: Profile {
                services,
                language: language(&row.language),
                theme: theme(&row.theme),
                gui_access: row.gui_access,
                api_allowed: row.api_allowed,
                shell_allowed: row.shell_allowed,
                notes: row.notes,
                notes_shown: row.notes_shown,
                mysql_servers,
                plan: row.plan_id.map(PlanId),
                contact,
            },
            login_name: LoginName::stored(row.login_name),
            document_root: row.document_root,
        }
    }
}
