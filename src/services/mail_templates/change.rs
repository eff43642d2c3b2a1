//! Wording a mail anew, and going back to the panel's words.

use crate::audit::{self, Action, Change, Target};
use crate::{Command, Noun, Outcome, ServiceError};
use auth::actor::{Actor, Manager};
use domain::account::Language;
use domain::mail_text::{MailKind, MailText};
use serde_json::{Value, json};

/// Stores a manager's words for the mails to his customers.
///
/// # Errors
/// Faults of `subject` and `body`.
pub async fn save(
    cmd: Command<'_>,
    by: &Manager,
    kind: MailKind,
    language: Language,
    subject: &str,
    body: &str,
) -> Outcome<()> {
    let text = MailText::parse(kind, subject, body)?;
    let before = db::mail_templates::find(cmd.tx, by.id(), kind, language).await?;
    if before.as_ref() == Some(&text) {
        return Ok(());
    }
    db::mail_templates::set(cmd.tx, by.id(), kind, language, &text, cmd.at).await?;
    note(cmd, by, (kind, language), before.as_ref(), Some(&text)).await
}

/// Goes back to the panel's words.
///
/// # Errors
/// [`ServiceError::NotFound`] when there are no others.
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
    note(cmd, by, (kind, language), before.as_ref(), None).await
}

async fn note(
    cmd: Command<'_>,
    by: &Manager,
    which: (MailKind, Language),
    before: Option<&MailText>,
    after: Option<&MailText>,
) -> Outcome<()> {
    let words =
        |text: &MailText| -> Value { json!({ "subject": text.subject, "body": text.body }) };
    let target = Target::other(
        "mail_template",
        by.id().0,
        &format!("{} ({})", which.0.code(), which.1.code()),
        Some(by.id()),
    );
    let change = Change {
        action: Action::MailTemplateChanged,
        before: before.map(words),
        after: after.map(words),
    };
    audit::record(cmd, &Actor::Manager(by.clone()), &target, change).await
}
