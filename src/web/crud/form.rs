//! The form that adds or edits a record.

use super::{HandlerResult, Record};
use crate::csrf::VerifiedForm;
use crate::extract::{AsServerAdmin, origin};
use crate::flash::Flash;
use crate::form::{Field, FormState};
use crate::page::Chrome;
use crate::submission::{self, Submission};
use crate::{frame, input, original, respond, validation_errors};
use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::request::{Received, Request};
use domain::validation::FieldErrors;
use services::app::App;
use services::{Command, Outcome, ServiceError};

/// A type of record that server admins add and edit in one form.
///
/// In addition to the texts of [`Record`], it needs `<area>-add` without variables, and
/// `<area>-edit-title` and `flash-<area>-saved` with the variable `name`.
pub trait Editable: Record<By = AsServerAdmin, Key = i64> {
    /// The request that the form submits.
    type Request: Request;
    /// The validated request.
    type Input;
    /// The result of adding a record.
    type Added;

    /// Returns the fields of the form. They may differ for a stored record.
    fn fields(c: &Chrome, stored: Option<&Self>) -> Vec<Field>;

    /// Fills in the defaults of a new record.
    fn fill_new(form: &mut FormState);

    /// Fills in the stored values.
    fn fill(&self, form: &mut FormState);

    /// Returns further actions for a stored record.
    fn actions(&self, _: &Chrome) -> Vec<Action> {
        Vec::new()
    }

    /// Validates a request.
    fn read(received: Received<Self::Request>) -> Result<Self::Input, FieldErrors>;

    async fn add(cmd: Command<'_>, by: &AsServerAdmin, input: &Self::Input)
    -> Outcome<Self::Added>;

    async fn update(
        &self,
        cmd: Command<'_>,
        by: &AsServerAdmin,
        input: &Self::Input,
    ) -> Outcome<Self>;

    /// Returns the response after a record was added.
    fn added_response(
        added: Self::Added,
        app: &App,
        req: &HttpRequest,
        by: &AsServerAdmin,
        session: &Session,
    ) -> HttpResponse;
}

/// A button below the form, with a heading and an explanation.
pub struct Action {
    pub title: String,
    /// Explanation of the action.
    pub text: String,
    /// Path that the button posts to, relative to the address of the record.
    pub path: &'static str,
    pub icon: &'static str,
    /// Text of the button.
    pub label: String,
}

#[derive(Template)]
#[template(path = "crud/form.html")]
struct FormPage {
    c: Chrome,
    f: FormState,
    fields: Vec<Field>,
    /// Address that the form posts to.
    action: String,
    /// Address of the "Cancel" link.
    list: &'static str,
    actions: Vec<Action>,
}

impl FormPage {
    fn of<R: Editable>(
        app: &App,
        req: &HttpRequest,
        by: &AsServerAdmin,
        f: FormState,
        stored: Option<&R>,
    ) -> Self {
        let c = if let Some(record) = stored {
            super::chrome(app, req, by, record, "edit")
        } else {
            let c = frame::of(req, app, by.account());
            let title = c.t(&format!("{}-add", R::AREA));
            c.below(R::SECTION, title)
        };
        Self {
            fields: R::fields(&c, stored),
            action: stored.map_or_else(|| super::list_address::<R>().to_owned(), R::address),
            list: super::list_address::<R>(),
            actions: stored.map(|record| record.actions(&c)).unwrap_or_default(),
            c,
            f,
        }
    }

    /// Returns the form with its validation errors.
    fn invalid<R: Editable>(mut self, wrong: &FieldErrors) -> HttpResponse {
        validation_errors::add_to_form(
            self.c.lang,
            wrong,
            &mut self.f,
            input::has_field::<R::Request>,
        );
        respond::invalid(&self)
    }
}

/// `GET /<area>/new`
pub async fn new<R: Editable>(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> HandlerResult {
    let mut f = FormState::new(R::AREA);
    R::fill_new(&mut f);
    f.set("submission", submission::token(&app));
    Ok(respond::ok(&FormPage::of::<R>(&app, &req, &by, f, None)))
}

/// `POST /<area>`
pub async fn create<R: Editable>(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
    session: Session,
    form: VerifiedForm,
) -> HandlerResult {
    let login = by.manager().login();
    let add = async || add::<R>(&app, &req, &by, &form).await;
    match submission::once(&app, login, &form, add).await? {
        Submission::Duplicate(response) => Ok(response),
        Submission::Created(added) => Ok(R::added_response(added, &app, &req, &by, &session)),
        Submission::Failed(ServiceError::Invalid(wrong)) => {
            let f = FormState::posted(R::AREA, form.0);
            Ok(FormPage::of::<R>(&app, &req, &by, f, None).invalid::<R>(&wrong))
        }
        Submission::Failed(error) => Err(error.into()),
    }
}

async fn add<R: Editable>(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    form: &VerifiedForm,
) -> Outcome<R::Added> {
    let input = R::read(input::receive(form, None))?;
    app.change(&origin(req, app), async |cmd: Command<'_>| {
        let added = R::add(cmd, by, &input).await?;
        submission::record_result(cmd, by.manager().login(), form, super::list_address::<R>())
            .await?;
        Ok(added)
    })
    .await
}

/// `GET /<area>/{id}/edit`
pub async fn edit<R: Editable>(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
) -> HandlerResult {
    let record = R::get(app.open_view().await?.view(), &by, *id).await?;
    Ok(respond::ok(&FormPage::of(&app, &req, &by, stored_form(&record), Some(&record))))
}

/// `POST /<area>/{id}`
pub async fn save<R: Editable>(
    app: Data<App>,
    req: HttpRequest,
    id: Path<i64>,
    by: AsServerAdmin,
    session: Session,
    form: VerifiedForm,
) -> HandlerResult {
    let error = match update::<R>(&app, &req, &by, *id, &form).await {
        Ok(after) => return Ok(redirect_to_list(&session, &after, "saved")),
        Err(error) => error,
    };
    match error {
        ServiceError::Invalid(wrong) => {
            let record = R::get(app.open_view().await?.view(), &by, *id).await?;
            let form = original::merge_stored(&form, &stored_form(&record));
            let f = FormState::posted(R::AREA, form.0);
            Ok(FormPage::of(&app, &req, &by, f, Some(&record)).invalid::<R>(&wrong))
        }
        ServiceError::StaleOther => {
            let record = R::get(app.open_view().await?.view(), &by, *id).await?;
            let stored = stored_form(&record);
            let mut page = FormPage::of(&app, &req, &by, stored.clone(), Some(&record));
            page.f = original::conflict_form(&page.c, R::AREA, &form, &stored);
            Ok(respond::html(StatusCode::CONFLICT, &page))
        }
        error => Err(error.into()),
    }
}

/// Saves the fields that were edited. The record is read in the same transaction, so that no other
/// change comes between the comparison and the update.
///
/// # Errors
/// [`ServiceError::StaleOther`] if someone else has changed an edited field to another value.
async fn update<R: Editable>(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    id: i64,
    form: &VerifiedForm,
) -> Outcome<R> {
    app.change(&origin(req, app), async |cmd: Command<'_>| {
        let record = R::get(cmd.view(), by, id).await?;
        let stored = stored_form(&record);
        if !original::conflicting_fields(form, &stored).is_empty() {
            return Err(ServiceError::StaleOther);
        }
        let input = R::read(input::receive(&original::merge_stored(form, &stored), None))?;
        record.update(cmd, by, &input).await
    })
    .await
}

/// Redirects to the list with the flash message `flash-<area>-<event>`, which has the variable
/// `name`.
pub fn redirect_to_list<R: Record>(session: &Session, record: &R, event: &str) -> HttpResponse {
    let flash = Flash::success(&format!("flash-{}-{event}", R::AREA)).with("name", record.name());
    respond::redirect_with_flash(session, super::list_address::<R>(), flash)
}

/// Returns a form with the stored values.
fn stored_form<R: Editable>(record: &R) -> FormState {
    let mut form = FormState::new(R::AREA);
    record.fill(&mut form);
    original::store_original(&mut form);
    form
}
