//! `/default-index`: the default page of new home directories.

use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{AsServerAdmin, origin};
use crate::flash::Flash;
use crate::form::FormState;
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond, validation_errors};
use actix_session::Session;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::page_text::PageTemplate;
use edge::routing::Routes;
use services::app::App;
use services::{ServiceError, default_index};

#[derive(Template)]
#[template(path = "settings/default_index.html")]
struct EditPage {
    c: Chrome,
    f: FormState,
    variables: [&'static str; 3],
    /// Whether the provider has customized the page.
    is_customized: bool,
}

fn page(c: Chrome, f: FormState, is_customized: bool) -> EditPage {
    let (title, lead) = (c.t("default-index-title"), c.t("default-index-lead"));
    EditPage {
        c: c.below(Section::Settings, title).lead(lead),
        f,
        variables: PageTemplate::VARIABLES,
        is_customized,
    }
}

async fn show(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let custom = default_index::find_custom(app.open_view().await?.view()).await?;
    let mut form = FormState::new("default-index");
    form.set(
        "body",
        custom.as_ref().map_or_else(PageTemplate::default_index, Clone::clone).as_str(),
    );
    Ok(respond::ok(&page(frame::of(&req, &app, by.account()), form, custom.is_some())))
}

async fn save(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
    session: Session,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let body = form.text("body");
    match app
        .change(&origin(&req, &app), async |cmd| default_index::save(cmd, &by, body).await)
        .await
    {
        Ok(()) => Ok(respond::redirect_with_flash(
            &session,
            "/default-index",
            Flash::success("flash-saved"),
        )),
        Err(ServiceError::Invalid(found)) => {
            let custom = default_index::find_custom(app.open_view().await?.view()).await?;
            let c = frame::of(&req, &app, by.account());
            let mut state = FormState::posted("default-index", form.0);
            validation_errors::add_to_form(c.lang, &found, &mut state, |name| name == "body");
            Ok(respond::invalid(&page(c, state, custom.is_some())))
        }
        Err(error) => Err(error.into()),
    }
}

async fn reset(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
    session: Session,
    _form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    app.change(&origin(&req, &app), async |cmd| default_index::reset(cmd, &by).await).await?;
    Ok(respond::redirect_with_flash(
        &session,
        "/default-index",
        Flash::success("flash-default-index-reset"),
    ))
}

pub fn routes(routes: &mut Routes) {
    routes
        .get("/default-index", show)
        .post("/default-index", save)
        .post("/default-index/reset", reset);
}
