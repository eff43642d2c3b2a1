//! Changes the password of the signed-in account.

use super::show;
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{self, SignedIn};
use crate::flash::Flash;
use crate::form::FormState;
use crate::{respond, session};
use actix_session::SessionExt as _;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use auth::accounts::{self, Account};
use auth::actor::Actor;
use domain::password::Person;
use domain::secret::Secret;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use services::account::update_self;
use services::app::App;
use services::customers::SelfChange;
use services::passwords;
use services::settings::ProviderSettings;
use services::sign_in::confirm;
use services::{Command, Origin, ServiceError};

/// Changes the password if the current one is correct. Ends all other sessions and renews the key
/// of this one.
pub(super) async fn change(
    app: Data<App>,
    req: HttpRequest,
    by: SignedIn,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    // An admin who acts as a customer must not change the customer's password.
    if by.0.impersonator.is_some() {
        return Err(WebError::Forbidden);
    }
    let snapshot = app.open_view().await?;
    let origin = extract::origin(&req, &app);
    let mut change = match validate(&app, &origin, &snapshot.settings, &by.0, &form).await {
        Ok(change) => change,
        Err(ServiceError::Invalid(wrong)) => {
            let typed = FormState::posted("account", form.0);
            return Ok(show::invalid(&req, &app, &snapshot.settings, &by.0, typed, &wrong));
        }
        Err(error) => return Err(error.into()),
    };
    change.kept_session = session::own_id(&req);
    let changed = app.change(&origin, async |cmd: Command<'_>| {
        update_self(cmd, &by.0.actor, &change).await?;
        Ok::<_, ServiceError>(accounts::password_stamp(cmd.tx, by.0.actor.login()).await?)
    });
    session::renew(&req.get_session(), &changed.await?)?;
    let message = if change.changes_ftp_password {
        "flash-password-changed-with-ftp"
    } else {
        "flash-password-changed"
    };
    Ok(respond::redirect_with_flash(&req.get_session(), "/account", Flash::success(message)))
}

async fn validate(
    app: &App,
    origin: &Origin,
    settings: &ProviderSettings,
    account: &Account,
    form: &VerifiedForm,
) -> Result<SelfChange, ServiceError> {
    let by = &account.actor;
    let secret = |name| Secret::new(form.text(name));
    let (old, new) = (secret("old_password"), secret("new_password"));
    let mut wrong = FieldErrors::default();
    let proof = if old.is_empty() { None } else { confirm(app, origin, by.login(), &old).await? };
    if proof.is_none() {
        wrong.push(
            "old_password",
            ValidationError::new(if old.is_empty() {
                ErrorCode::Required
            } else {
                ErrorCode::OldPasswordWrong
            }),
        );
    }
    let person = Person { login: Some(by.login_name()), email: Some(account.email.as_str()) };
    wrong.merge(passwords::check(settings, "new_password", &new, person).err().unwrap_or_default());
    if !new.constant_time_eq(&secret("new_password_confirm")) {
        wrong.push("new_password_confirm", ValidationError::new(ErrorCode::PasswordConfirmDiffers));
    }
    wrong.into_result(())?;
    let password =
        passwords::prepare(&app.env, settings, "new_password", Some(new), Some(by.login_name()))
            .await?;
    let changes_ftp_password = matches!(by, Actor::Customer(_)) && form.is_checked("ftp_password");
    Ok(SelfChange {
        password: Some(password),
        field: "new_password",
        proof,
        changes_ftp_password,
        ..SelfChange::default()
    })
}
