//! Storing and resetting the email templates of a manager.

use crate::audit::{self, Action, Change, Target, TargetKind};
use crate::{Command, Noun, Outcome, ServiceError};
use auth::actor::{Actor, Manager};
use domain::account::Language;
use domain::mail_text::{EmailTemplate, MailKind};
use serde_json::{Value, json};

/// Stores a manager's own template for emails to their customers.
///
/// # Errors
/// [`ServiceError::Invalid`] with validation errors of `subject` and `body`.
pub async fn save(
    cmd: Command<'_>,
    by: &Manager,
    kind: MailKind,
    language: Language,
    subject: &str,
    body: &str,
) -> Outcome<()> {
    let text = EmailTemplate::parse(kind, subject, body)?;
    let before = db::mail_templates::find(cmd.tx, by.id(), kind, language).await?;
    if before.as_ref() == Some(&text) {
        return Ok(());
    }
    db::mail_templates::set(cmd.tx, by.id(), kind, language, &text, cmd.at).await?;
    record(cmd, by, (kind, language), before.as_ref(), Some(&text)).await
}

/// Removes a manager's own template, so that the built-in one is used again.
///
/// # Errors
/// [`ServiceError::NotFound`] if the manager has no template of their own.
pub async fn reset(
    cmd: Command<'_>,
    by: &Manager,
    kind: MailKind,
    language: Language,
) -> Outcome<()> {
    let before = db::mail_templates::find(cmd.tx, by.id(), kind, language).await?;
    if !db::mail_templates::remove(cmd.tx, by.id(), kind, language).await? {
        return Err(ServiceError::NotFound(Noun::MailTemplate));
    }
    record(cmd, by, (kind, language), before.as_ref(), None).await
}

async fn record(
    cmd: Command<'_>,
    by: &Manager,
    template: (MailKind, Language),
    before: Option<&EmailTemplate>,
    after: Option<&EmailTemplate>,
) -> Outcome<()> {
    let snapshot =
        |text: &EmailTemplate| -> Value { json!({ "subject": text.subject, "body": text.body }) };
    let target = Target::other(
        TargetKind::MailTemplate,
        by.id().0,
        &format!("{} ({})", template.0.code(), template.1.code()),
        Some(by.id()),
    );
    let change = Change {
        action: Action::MailTemplateChanged,
        before: before.map(snapshot),
        after: after.map(snapshot),
    };
    audit::record(cmd, &Actor::Manager(by.clone()), &target, change).await
}
