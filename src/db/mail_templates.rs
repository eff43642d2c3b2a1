//! Email templates that admins changed. Each applies to emails to the admin's own customers.

use super::entities::mail_template;
use super::{DbError, Reader, Tx};
use domain::account::Language;
use domain::id::AdminId;
use domain::mail_text::{EmailTemplate, MailKind};
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

/// Returns an admin's template for an email in a language, or `None` if the default applies.
pub async fn find(
    on: &Reader,
    owner: AdminId,
    kind: MailKind,
    language: Language,
) -> Result<Option<EmailTemplate>, DbError> {
    let query = mail_template::Entity::find()
        .filter(mail_template::Column::OwnerId.eq(owner.0))
        .filter(mail_template::Column::Name.eq(kind.code()))
        .filter(mail_template::Column::Language.eq(language.code()));
    Ok(query.one(&on.on()).await?.map(|row| EmailTemplate { subject: row.subject, body: row.body }))
}

/// Returns the emails and languages for which an admin has a template.
pub async fn list_customized(
    on: &Reader,
    owner: AdminId,
) -> Result<Vec<(MailKind, Language)>, DbError> {
    let rows = mail_template::Entity::find()
        .filter(mail_template::Column::OwnerId.eq(owner.0))
        .all(&on.on())
        .await?;
    Ok(rows
        .iter()
        .filter_map(|row| Some((MailKind::parse(&row.name)?, Language::parse(&row.language).ok()?)))
        .collect())
}

/// Stores an admin's template, which replaces an earlier one.
pub async fn set(
    tx: &Tx,
    owner: AdminId,
    kind: MailKind,
    language: Language,
    text: &EmailTemplate,
    at: Timestamp,
) -> Result<(), DbError> {
    use mail_template::Column as C;
    let row = mail_template::ActiveModel {
        id: ActiveValue::NotSet,
        owner_id: Set(owner.0),
        name: Set(kind.code().to_owned()),
        language: Set(language.code().to_owned()),
        subject: Set(text.subject.clone()),
        body: Set(text.body.clone()),
        updated_at: Set(at.as_second()),
    };
    let replace = OnConflict::columns([C::OwnerId, C::Name, C::Language])
        .update_columns([C::Subject, C::Body, C::UpdatedAt])
        .to_owned();
    mail_template::Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(&tx.on())
        .await?;
    Ok(())
}

/// Removes an admin's template, so that the default applies again. Returns whether it existed.
pub async fn remove(
    tx: &Tx,
    owner: AdminId,
    kind: MailKind,
    language: Language,
) -> Result<bool, DbError> {
    let query = mail_template::Entity::delete_many()
        .filter(mail_template::Column::OwnerId.eq(owner.0))
        .filter(mail_template::Column::Name.eq(kind.code()))
        .filter(mail_template::Column::Language.eq(language.code()));
    Ok(query.exec(&tx.on()).await?.rows_affected > 0)
}
