//! Reading email templates.

use crate::{Outcome, View};
use auth::actor::Manager;
use domain::account::Language;
use domain::id::AdminId;
use domain::mail_text::{EmailTemplate, MailKind};

/// Returns a manager's own template for an email, or `None` if the built-in one is used.
pub async fn get(
    view: View<'_>,
    by: &Manager,
    kind: MailKind,
    language: Language,
) -> Outcome<Option<EmailTemplate>> {
    find_custom(view, by.id(), kind, language).await
}

/// Returns the kinds and languages of the emails for which a manager has a template of their own.
pub async fn customized_templates(
    view: View<'_>,
    by: &Manager,
) -> Outcome<Vec<(MailKind, Language)>> {
    Ok(db::mail_templates::list_customized(view.on, by.id()).await?)
}

/// Returns an admin's own template for emails to their customers, or `None` if the built-in one is
/// used.
pub async fn find_custom(
    view: View<'_>,
    owner: AdminId,
    kind: MailKind,
    language: Language,
) -> Outcome<Option<EmailTemplate>> {
    Ok(db::mail_templates::find(view.on, owner, kind, language).await?)
}
