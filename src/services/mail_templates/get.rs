//! Looking at mail texts.

use crate::{Outcome, View};
use auth::actor::Manager;
use domain::account::Language;
use domain::id::AdminId;
use domain::mail_text::{MailKind, MailText};

/// A manager's own words for a mail, if he has any.
///
/// # Errors
/// The database's.
pub async fn get(
    view: View<'_>,
    by: &Manager,
    kind: MailKind,
    language: Language,
) -> Outcome<Option<MailText>> {
    own(view, by.id(), kind, language).await
}

/// Which mails a manager has worded anew.
///
/// # Errors
/// The database's.
pub async fn worded(view: View<'_>, by: &Manager) -> Outcome<Vec<(MailKind, Language)>> {
    Ok(db::mail_templates::worded(view.on, by.id()).await?)
}

/// The words in which mails go to an admin's customers, where they are not the panel's.
///
/// # Errors
/// The database's.
pub async fn own(
    view: View<'_>,
    owner: AdminId,
    kind: MailKind,
    language: Language,
) -> Outcome<Option<MailText>> {
    Ok(db::mail_templates::find(view.on, owner, kind, language).await?)
}
