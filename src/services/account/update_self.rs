//! Self-service changes of language, theme and password.

use crate::audit::{self, Action, Change, Target};
use crate::customers::{self, SelfChange};
use crate::{Command, Outcome};
use auth::actor::{Actor, Manager};

/// Changes language, theme or password of the signed-in account.
///
/// # Errors
/// [`ServiceError::Invalid`](crate::ServiceError::Invalid) with the rules that a new password
/// breaks, and with the errors of
/// [`require_current_password`](crate::credentials::require_current_password).
pub async fn update_self(cmd: Command<'_>, by: &Actor, change: &SelfChange) -> Outcome<()> {
    match by {
        Actor::Customer(by) => customers::update_self(cmd, by, change).await.map(drop),
        Actor::Manager(by) => update_manager(cmd, by, change).await,
    }
}

async fn update_manager(cmd: Command<'_>, by: &Manager, change: &SelfChange) -> Outcome<()> {
    let actor = Actor::Manager(by.clone());
    let before = super::own_admin(cmd.view(), by).await?;
    let theme = change.theme.unwrap_or(before.profile.theme);
    let language = change.language.unwrap_or(before.profile.language);
    if theme != before.profile.theme || language != before.profile.language {
        db::admins::set_theme_and_language(cmd.tx, by.id(), theme, language, cmd.at).await?;
    }
    if let Some(password) = &change.password {
        let email = &before.profile.email;
        let revoked = change.set_password(cmd, &actor, password, email).await?;
        let password_change = revoked.change(Action::AdminPasswordChanged);
        audit::record(cmd, &actor, &Target::admin(&before), password_change).await?;
    }
    let after = super::own_admin(cmd.view(), by).await?;
    let (old, new) =
        audit::difference(audit::admin_snapshot(&before), audit::admin_snapshot(&after));
    if new.is_empty() {
        return Ok(());
    }
    let update =
        Change { action: Action::AdminUpdated, before: Some(old.into()), after: Some(new.into()) };
    audit::record(cmd, &actor, &Target::admin(&after), update).await
}
