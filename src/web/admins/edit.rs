//! Edits an admin.

use super::form::{self, CURRENT_PASSWORD, Choices};
use crate::crud;
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{AsServerAdmin, origin};
use crate::flash::Flash;
use crate::form::FormState;
use crate::page::Chrome;
use crate::{input, original, respond, session, validation_errors};
use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use auth::accounts;
use domain::admin::{Admin, AdminRef};
use domain::password_stamp::PasswordStamp;
use domain::secret::Secret;
use services::admins::UpdateAdmin;
use services::app::{App, OwnedView};
use services::sign_in::reauthenticate;
use services::{Command, ServiceError, admins};

#[derive(Template)]
#[template(path = "admins/edit.html")]
struct EditPage {
    c: Chrome,
    f: FormState,
    o: Choices,
    admin: Admin,
}

async fn edit_page(
    req: &HttpRequest,
    app: &App,
    by: &AsServerAdmin,
    f: FormState,
    admin: Admin,
    snapshot: &OwnedView,
) -> Result<EditPage, WebError> {
    let c = crud::chrome(app, req, by, &admin, "edit");
    let o = Choices::read(app, snapshot, &c).await?;
    Ok(EditPage { c, f, o, admin })
}

/// `GET /admins/{loginname}/edit`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    name: Path<String>,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let admin = admins::get(snapshot.view(), &by, &AdminRef::Login(name.into_inner())).await?;
    Ok(respond::ok(&edit_page(&req, &app, &by, form::of(&admin), admin, &snapshot).await?))
}

/// `POST /admins/{loginname}`
pub(super) async fn save(
    app: Data<App>,
    req: HttpRequest,
    name: Path<String>,
    by: AsServerAdmin,
    session: Session,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let admin = admins::get(snapshot.view(), &by, &AdminRef::Login(name.into_inner())).await?;
    let error = match update(&app, &req, &by, &admin, &form).await {
        Ok((after, stamp)) => {
            // A new password invalidates the old password stamp in the session. Renewing the
            // session keeps the admin signed in, as after a change at `/account`.
            if after.id == by.manager().id() && !form.text("admin_password").is_empty() {
                session::renew(&session, &stamp)?;
            }
            let flash = Flash::success("flash-admin-saved").with("loginname", &after.login_name);
            return Ok(respond::redirect_with_flash(
                &session,
                &format!("/admins/{}", after.login_name),
                flash,
            ));
        }
        Err(error) => error,
    };
    let f = FormState::posted("admins", form.0.clone());
    match error {
        ServiceError::Invalid(wrong) => {
            let mut page = edit_page(&req, &app, &by, f, admin, &snapshot).await?;
            validation_errors::add_to_form(
                page.c.lang,
                &wrong,
                &mut page.f,
                input::has_field::<UpdateAdmin>,
            );
            Ok(respond::invalid(&page))
        }
        ServiceError::StaleOther => {
            let stored = form::of(&admin);
            let mut page = edit_page(&req, &app, &by, f, admin, &snapshot).await?;
            page.f = original::conflict_form(&page.c, "admins", &form, &stored);
            Ok(respond::html(StatusCode::CONFLICT, &page))
        }
        error => Err(error.into()),
    }
}

/// Saves the form. Returns the admin and the stamp of their password.
async fn update(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    admin: &Admin,
    form: &VerifiedForm,
) -> Result<(Admin, PasswordStamp), ServiceError> {
    let snapshot = app.open_view().await?;
    let mut errors = input::empty_limit_errors::<UpdateAdmin>(form);
    let origin = origin(req, app);
    let typed = Secret::new(form.text(CURRENT_PASSWORD));
    let proof = match reauthenticate(app, &origin, by.manager().login(), Some(&typed)).await {
        Err(ServiceError::Invalid(wrong)) => {
            errors.merge(wrong);
            None
        }
        proof => proof?,
    };
    let received = input::receive(form, Some(by.account().language));
    let prepared =
        admins::prepare_edit(&app.env, &snapshot.settings, received, admin.login_name.as_str())
            .await;
    let mut edit = match prepared {
        Err(ServiceError::Invalid(wrong)) => {
            errors.merge(wrong);
            return Err(errors.into());
        }
        prepared => prepared?,
    };
    errors.into_result(())?;
    edit.kept_session = session::own_id(req);
    edit.proof = proof;
    let which = AdminRef::Id(admin.id);
    app.change(&origin, async |cmd: Command<'_>| {
        let after = admins::update(cmd, by, &which, &edit).await?;
        let stamp = accounts::password_stamp(cmd.tx, after.login).await?;
        Ok((after, stamp))
    })
    .await
}
