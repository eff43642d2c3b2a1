//! Showing and saving them.

use super::form::{self, Group, Widget};
use crate::csrf::Guarded;
use crate::error::WebError;
use crate::extract::{self, AsServerAdmin};
use crate::flash::Flash;
use crate::form::FormState;
use crate::nav::Section;
use crate::page::Chrome;
use crate::{faults, frame, respond};
use actix_session::SessionExt as _;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::number::Notation;
use domain::request::Values;
use services::app::App;
use services::settings::{SETTINGS, update};
use services::{Command, ServiceError};

#[derive(Template)]
#[template(path = "settings/edit.html")]
struct SettingsPage {
    c: Chrome,
    f: FormState,
    groups: Vec<Group>,
}

impl SettingsPage {
    fn new(req: &HttpRequest, app: &App, by: &AsServerAdmin, f: FormState) -> Self {
        let c = frame::of(req, app, by.account());
        let (title, lead) = (c.t("settings-title"), c.t("settings-lead"));
        let groups = form::groups(c.lang);
        Self { c: c.page(Section::Settings, title).lead(lead), f, groups }
    }

    /// What a field was when the form was first shown.
    fn was(&self, name: &str) -> &str {
        self.f.value(&form::was(name))
    }
}

/// Shows the settings.
pub(super) async fn show(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let look = app.look().await?;
    Ok(respond::ok(&SettingsPage::new(&req, &app, &by, form::filled(&look.settings))))
}

/// Saves what was changed.
pub(super) async fn save(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
    posted: Guarded,
) -> Result<HttpResponse, WebError> {
    let changed = Values::from_iter(form::changed(&posted));
    let notation = Notation::Person(Some(by.account().language));
    let origin = extract::origin(&req, &app);
    match app
        .change(&origin, async |cmd: Command<'_>| update(cmd, &by, &changed, notation).await)
        .await
    {
        Ok(()) => Ok(respond::done(&req.get_session(), "/settings", Flash::success("flash-saved"))),
        Err(ServiceError::Invalid(wrong)) => {
            let mut page =
                SettingsPage::new(&req, &app, &by, FormState::posted("settings", posted.0));
            faults::into_form(page.c.lang, &wrong, &mut page.f, |name| {
                SETTINGS.iter().any(|setting| setting.name == name)
            });
            Ok(respond::invalid(&page))
        }
        Err(error) => Err(error.into()),
    }
}
