//! Mail texts that admins worded anew, each for the mails to his own customers.

use super::entities::mail_template;
use super::{DbError, Reader, Tx};
use domain::account::Language;
use domain::id::AdminId;
use domain::mail_text::{MailKind, MailText};
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ColumnTrait as _, EntityTrait as _, QueryFilter as _, Set};

/// An admin's words for a mail in a language, if he has any.
///
/// # Errors
/// The database's.
pub async fn find(
    on: &Reader,
    owner: AdminId,
    kind: MailKind,
    language: Language,
) -> Result<Option<MailText>, DbError> {
    let query = mail_template::Entity::find()
        .filter(mail_template::Column::OwnerId.eq(owner.0))
        .filter(mail_template::Column::Name.eq(kind.code()))
        .filter(mail_template::Column::Language.eq(language.code()));
    Ok(query.one(&on.on()).await?.map(|row| MailText { subject: row.subject, body: row.body }))
}

/// Which mails an admin has worded anew.
///
/// # Errors
/// The database's.
pub async fn worded(on: &Reader, owner: AdminId) -> Result<Vec<(MailKind, Language)>, DbError> {
    let rows = mail_template::Entity::find()
        .filter(mail_template::Column::OwnerId.eq(owner.0))
        .all(&on.on())
        .await?;
    Ok(rows
        .iter()
        .filter_map(|row| Some((MailKind::parse(&row.name)?, Language::parse(&row.language).ok()?)))
        .collect())
}

/// Stores an admin's words.
///
/// # Errors
/// The database's.
pub async fn set(
    tx: &Tx,
    owner: AdminId,
    kind: MailKind,
    language: Language,
    text: &MailText,
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

/// Goes back to the panel's words; gives whether there were others.
///
/// # Errors
/// The database's.
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
