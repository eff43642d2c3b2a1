//! `Customers.update` by customers for themselves: language, password and theme only.

use crate::audit::{self, Action, Change, Target};
use crate::credentials::{self, CredentialChange, CredentialOwner};
use crate::passwords::{ExemptFromRevocation, HashedPassword, RevokedAccess};
use crate::{Command, Outcome, events, jobs, mysql_accounts};
use auth::actor::{Actor, CustomerSelf, Reauthenticated};
use domain::account::{Language, Theme};
use domain::customer::{Customer, CustomerRef};
use domain::email::Email;
use domain::id::ApiKeyId;
use domain::scope::Scope;
use domain::validation::FieldErrors;

/// Changes that customers, admins and resellers make to their own accounts.
#[derive(Clone, Debug, Default)]
pub struct SelfChange {
    /// Language of the panel and of emails.
    pub language: Option<Language>,
    pub theme: Option<Theme>,
    /// The new password.
    pub password: Option<HashedPassword>,
    /// Name of the form field or parameter with the new password, for validation errors.
    pub field: &'static str,
    /// Proof that the user of the account knows the current password.
    pub proof: Option<Reauthenticated>,
    /// Whether the new password also applies to the customer's default FTP user.
    pub changes_ftp_password: bool,
    /// Digest of the session that is kept after a password change. All others end.
    pub kept_session: Option<String>,
    /// API key that requested the password change and is kept. All others are revoked.
    pub kept_api_key: Option<ApiKeyId>,
}

impl SelfChange {
    /// Returns the session and the API key that are kept after a password change.
    #[must_use]
    pub fn exempt_from_revocation(&self) -> ExemptFromRevocation<'_> {
        ExemptFromRevocation { session: self.kept_session.as_deref(), api_key: self.kept_api_key }
    }

    /// Sets the new password of the requester's own account, which has this email address. Returns
    /// the revoked access.
    ///
    /// # Errors
    /// As [`update_self`].
    pub(crate) async fn set_password(
        &self,
        cmd: Command<'_>,
        by: &Actor,
        password: &HashedPassword,
        email: &Email,
    ) -> Outcome<RevokedAccess> {
        let mut errors = FieldErrors::default();
        credentials::require_current_password(
            cmd,
            by,
            CredentialOwner::Own,
            self.proof.as_ref(),
            &mut errors,
        )
        .await?;
        errors.into_result(())?;
        let change = CredentialChange {
            login: by.login(),
            name: by.login_name(),
            field: self.field,
            password: Some((password, self.exempt_from_revocation())),
            password_is_emailed: false,
            old_email: email,
            new_email: email,
        };
        Ok(credentials::change(cmd, &change).await?.unwrap_or_default())
    }
}

/// Changes a customer's own account.
///
/// # Errors
/// [`ServiceError::Invalid`](crate::ServiceError::Invalid) with the rules that a new password
/// breaks, and with the errors of [`credentials::require_current_password`].
pub async fn update_self(
    cmd: Command<'_>,
    by: &CustomerSelf,
    change: &SelfChange,
) -> Outcome<Customer> {
    let (own_ref, actor) = (CustomerRef::Id(by.id()), Actor::Customer(by.clone()));
    let before = super::get(cmd.view(), Scope::Only(by.id()), &own_ref).await?;
    let theme = change.theme.unwrap_or(before.profile.theme);
    let language = change.language.unwrap_or(before.profile.language);
    if theme != before.profile.theme || language != before.profile.language {
        db::customers::set_theme_and_language(cmd.tx, by.id(), theme, language, cmd.at).await?;
    }
    if let Some(password) = &change.password {
        let email = &before.profile.contact.email;
        let revoked = change.set_password(cmd, &actor, password, email).await?;
        if change.changes_ftp_password {
            db::ftp::set_default_password(cmd.tx, by.id(), &password.ftp_hash).await?;
        }
        db::customers::touch(cmd.tx, &before, cmd.at).await?;
        mysql_accounts::store_password(cmd, by.id(), &password.plain).await?;
        mysql_accounts::sync_after_password_change(cmd, &before).await?;
        jobs::cancel_password_emails(cmd, by.id()).await?;
        let action = if change.changes_ftp_password {
            Action::CustomerPasswordChangedWithFtp
        } else {
            Action::CustomerPasswordChanged
        };
        audit::record(cmd, &actor, &Target::customer(&before), revoked.change(action)).await?;
    }
    let after = super::get(cmd.view(), Scope::Only(by.id()), &own_ref).await?;
    let (old, new) =
        audit::difference(audit::customer_snapshot(&before), audit::customer_snapshot(&after));
    if !new.is_empty() {
        let update = Change {
            action: Action::CustomerUpdated,
            before: Some(old.into()),
            after: Some(new.into()),
        };
        audit::record(cmd, &actor, &Target::customer(&after), update).await?;
        events::emit_updated(cmd, &before, &after).await?;
    }
    Ok(after)
}
