//! Adding a webhook.

use super::form::{self, FormPage};
use super::made;
use crate::csrf::Guarded;
use crate::error::WebError;
use crate::extract::{AsServerAdmin, origin};
use crate::form::FormState;
use crate::input;
use crate::nav::Section;
use crate::submission::{self, Once};
use crate::{faults, frame, respond};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use domain::event::EventName;
use services::app::App;
use services::webhooks::{self, Made, SaveWebhook, WebhookInput};
use services::{Command, ServiceError};

fn form_page(app: &App, req: &HttpRequest, by: &AsServerAdmin, f: FormState) -> FormPage {
    let c = frame::of(req, app, by.account());
    let (title, above) = (c.t("webhooks-add"), c.t("nav-webhooks"));
    let events = form::events(&c);
    FormPage {
        c: c.page(Section::Webhooks, title).crumb(above, "/webhooks"),
        f,
        action: "/webhooks".to_owned(),
        events,
        webhook: None,
    }
}

/// `GET /webhooks/new`
pub(super) async fn page(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let mut f = FormState::new("webhooks");
    f.set("submission", submission::token(&app)).set("enabled", 1);
    for name in EventName::ALL {
        f.add("events", name.code());
    }
    Ok(respond::ok(&form_page(&app, &req, &by, f)))
}

/// `POST /webhooks`: its answer is the only page that shows the secret.
pub(super) async fn create(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
    form: Guarded,
) -> Result<HttpResponse, WebError> {
    let error = match submission::once(&app, by.manager().login(), &form, async || {
        add(&app, &req, &by, &form).await
    })
    .await?
    {
        Once::Earlier(answer) => return Ok(answer),
        Once::Made(new) => return Ok(made::page(&app, &req, &by, new)),
        Once::Failed(error) => error,
    };
    let ServiceError::Invalid(wrong) = error else { return Err(error.into()) };
    let mut page = form_page(&app, &req, &by, FormState::posted("webhooks", form.0));
    faults::into_form(page.c.lang, &wrong, &mut page.f, input::has_field::<SaveWebhook>);
    Ok(respond::invalid(&page))
}

async fn add(
    app: &App,
    req: &HttpRequest,
    by: &AsServerAdmin,
    form: &Guarded,
) -> Result<Made, ServiceError> {
    let input = WebhookInput::of(input::receive(form, None))?;
    app.change(&origin(req, app), async |cmd: Command<'_>| {
        let made = webhooks::add(cmd, by, &input).await?;
        submission::note(cmd, by.manager().login(), form, "/webhooks").await?;
        Ok(made)
    })
    .await
}
