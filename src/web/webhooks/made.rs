//! A webhook with its new secret, shown once.

use crate::extract::AsServerAdmin;
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use services::app::App;
use services::webhooks::Made;

#[derive(Template)]
#[template(path = "webhooks/made.html")]
struct MadePage {
    c: Chrome,
    made: Made,
}

/// No redirect, which would lose the secret; and like every page, no cache keeps this one.
pub(super) fn page(app: &App, req: &HttpRequest, by: &AsServerAdmin, made: Made) -> HttpResponse {
    let c = frame::of(req, app, by.account());
    let (title, above) =
        (c.t_with("webhooks-made", &[("label", made.webhook.label.as_str())]), c.t("nav-webhooks"));
    respond::ok(&MadePage { c: c.page(Section::Webhooks, title).crumb(above, "/webhooks"), made })
}
